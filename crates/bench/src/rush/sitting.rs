//! The rush: everybody begins within ten seconds.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use clap::Args;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::task::LocalSet;
use tokio::time::{Instant, sleep};

use super::book::Book;
use super::candidate::Candidate;
use super::server::{Server, Used};
use super::stage::{ASKED, Stage};
use super::{Outcome, Place};

/// Within which time everybody begins.
const DOORS: Duration = Duration::from_secs(10);
/// How long those who are cut off stay away.
const AWAY: Duration = Duration::from_secs(30);

/// How they sit.
#[derive(Debug, Args)]
pub struct Sit {
    /// How many.
    #[arg(long, default_value_t = 500)]
    candidates: usize,
    /// Seconds for sixteen answers.
    #[arg(long, default_value_t = 120)]
    think: u64,
    /// The server is killed (`kill -9`) in the middle, and started again.
    #[arg(long)]
    kill: bool,
    /// Every third is cut off for 30 seconds in the middle.
    #[arg(long)]
    cut: bool,
}

/// Sits an exam and prints a row: what happened, times of start, save, reload and submit, errors and losses,
/// memory and processor.
pub async fn run(place: &Place, sit: &Sit) -> Outcome<()> {
    let stage = Stage::read(place)?;
    let mut server = Server::start(place).await?;
    let exam = stage.exam(&server, sit.candidates).await?;
    let before = (server.used(), Used::own());
    let book = Rc::new(RefCell::new(Book::default()));
    let begin = Instant::now() + Duration::from_millis(500);
    let middle = begin + DOORS / 2 + Duration::from_secs(sit.think) / 2;
    let pause = Duration::from_secs(sit.think).div_f64(ASKED as f64);
    let all = LocalSet::new();
    for (n, who) in stage.people.into_iter().take(sit.candidates).enumerate() {
        let mut chance = ChaCha8Rng::seed_from_u64(n as u64);
        let at = begin + DOORS.mul_f64(chance.random_range(0.0..1.0));
        let candidate = Candidate {
            server: place.listen,
            from: 0,
            who,
            book: book.clone(),
            chance,
            cut: (sit.cut && n % 3 == 0).then_some(middle..middle + AWAY),
            line: None,
            seq: 0,
        };
        all.spawn_local(candidate.sit(exam.clone(), at, pause));
    }
    let mut killed = Used::default();
    let disturb = async {
        if sit.kill {
            sleep(middle - Instant::now()).await;
            killed = server.used();
            server.kill()?;
            server = Server::start(place).await?;
        }
        Outcome::Ok(())
    };
    let (disturbed, ()) = tokio::join!(disturb, all);
    disturbed?;
    let after = (server.used(), Used::own());
    let mut book = book.borrow_mut();
    print(sit, &mut book);
    let spent = after.0.cpu_s + killed.cpu_s - before.0.cpu_s;
    println!(
        " {} | {:.0} s / {:.0} s |",
        after.0.most_mb.max(killed.most_mb),
        spent,
        after.1.cpu_s - before.1.cpu_s
    );
    for error in book.errors.iter().take(5) {
        eprintln!("error: {error}");
    }
    Ok(())
}

fn print(sit: &Sit, book: &mut Book) {
    let mut what = format!("{} candidates", sit.candidates);
    if sit.kill {
        what += ", kill -9";
    }
    if sit.cut {
        what += ", a third cut off";
    }
    let (saves, errors) = (book.saves.len(), book.errors.len());
    print!(
        "| {what} | {} | {} | {} | {} | {saves} | {} | {errors} | {} | {} |",
        book.starts.cell(),
        book.saves.cell(),
        book.reloads.cell(),
        book.submits.cell(),
        book.again,
        book.lost,
        book.graded
    );
}
