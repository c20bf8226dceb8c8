//! The storm before it: everybody signs in with his password.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use clap::Args;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use tokio::task::LocalSet;
use tokio::time::{Instant, sleep_until};

use super::book::Book;
use super::candidate::Candidate;
use super::figures::Times;
use super::server::Server;
use super::stage::{PASSWORD, Stage};
use super::{Outcome, Place};

/// How they come.
#[derive(Debug, Args)]
pub struct Storm {
    /// How many.
    #[arg(long, default_value_t = 500)]
    people: usize,
    /// From how many addresses; 1: all from one office.
    #[arg(long, default_value_t = 1)]
    addresses: u8,
    /// Within how many seconds.
    #[arg(long, default_value_t = 10)]
    within: u64,
}

/// Signs everybody in, from his first try until he is in; prints a row.
pub async fn run(place: &Place, storm: &Storm) -> Outcome<()> {
    let stage = Stage::read(place)?;
    let server = Server::start(place).await?;
    let before = server.used();
    let book = Rc::new(RefCell::new(Book::default()));
    let times = Rc::new(RefCell::new(Times::default()));
    let (begin, all) = (Instant::now(), LocalSet::new());
    for (n, mut who) in stage.people.into_iter().take(storm.people).enumerate() {
        let mut chance = ChaCha8Rng::seed_from_u64(n as u64);
        let at = begin + Duration::from_secs(storm.within).mul_f64(chance.random_range(0.0..1.0));
        who.session = String::new();
        let from = (n % usize::from(storm.addresses)) as u8;
        let (book, times, server) = (book.clone(), times.clone(), place.listen);
        let mut client = Candidate { server, from, who, book, chance, cut: None, line: None, seq: 0 };
        all.spawn_local(async move {
            sleep_until(at).await;
            let body = json!({ "login": client.who.login, "password": PASSWORD }).to_string();
            match client.ask("POST", "/api/v1/session", &body).await {
                Ok((reply, _)) if reply.session.is_some() => times.borrow_mut().add(at.elapsed()),
                Ok(_) => client.book.borrow_mut().errors.push("signed in without a session".into()),
                Err(error) => client.book.borrow_mut().errors.push(error),
            }
        });
    }
    all.await;
    let took = begin.elapsed().as_secs_f64();
    let used = server.used();
    let (mut times, book) = (times.borrow_mut(), book.borrow());
    println!(
        "| {} people, {} addresses | {} | {} | {} | {} | {took:.1} s | {:.1} s | {} |",
        storm.people,
        storm.addresses,
        times.len(),
        times.cell(),
        book.again,
        book.errors.len(),
        used.cpu_s - before.cpu_s,
        used.most_mb,
    );
    for error in book.errors.iter().take(5) {
        eprintln!("error: {error}");
    }
    Ok(())
}
