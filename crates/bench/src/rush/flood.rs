//! Saving without think time: how many answers a second.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use clap::Args;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use tokio::task::LocalSet;
use tokio::time::Instant;

use super::book::{Acknowledged, Book};
use super::candidate::Candidate;
use super::figures::Times;
use super::server::{Server, Used};
use super::stage::{ASKED, Person, Stage};
use super::{Outcome, Place};

/// How they answer.
#[derive(Debug, Args)]
pub struct Flood {
    /// How many at a time, each on a connection of his own.
    #[arg(long, default_value_t = 128)]
    clients: usize,
    /// For how long.
    #[arg(long, default_value_t = 15)]
    seconds: u64,
    /// Stops after so many saves of each: for counting syncs.
    #[arg(long)]
    saves: Option<u64>,
    /// Against the skeleton: nobody signs in and nothing is checked afterwards.
    #[arg(long)]
    skeleton: bool,
    /// Prints the server's process and waits so many seconds before the load: for looking at it from outside.
    #[arg(long, default_value_t = 0)]
    wait: u64,
    /// What the row is called.
    #[arg(long)]
    name: Option<String>,
}

struct Done {
    saves: u64,
    lost: u64,
}

/// Saves as fast as answers are acknowledged; prints a row.
pub async fn run(place: &Place, flood: &Flood) -> Outcome<()> {
    let server = Server::start(place).await?;
    let book = Rc::new(RefCell::new(Book::default()));
    let people = people(place, flood)?;
    let exam = match flood.skeleton {
        true => None,
        false => Some(Stage::read(place)?.exam(&server, flood.clients).await?),
    };
    let clients = begun(place, flood, people, exam.as_deref(), &book).await?;
    if flood.wait > 0 {
        eprintln!("pid {}", server.pid());
        tokio::time::sleep(Duration::from_secs(flood.wait)).await;
    }
    let before = (server.used(), Used::own());
    let (begin, all) = (Instant::now(), LocalSet::new());
    let until = begin + Duration::from_secs(flood.seconds);
    let most = flood.saves.unwrap_or(u64::MAX);
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|(c, s)| all.spawn_local(answer(c, s, until, most, flood.skeleton)))
        .collect();
    all.await;
    let took = begin.elapsed().as_secs_f64();
    let after = (server.used(), Used::own());
    let (mut saves, mut lost) = (0, 0);
    for task in tasks {
        let done = task.await?;
        saves += done.saves;
        lost += done.lost;
    }
    let micros = |before: Used, after: Used| (after.cpu_s - before.cpu_s) * 1e6 / saves as f64;
    let name = flood.name.as_deref().unwrap_or("Kexun");
    let mut book = book.borrow_mut();
    let mut times = std::mem::take::<Times>(&mut book.saves);
    println!(
        "| {name}, {} clients | {:.0} | {} | {} | {} | {lost} | {:.0} µs / {:.0} µs | {} |",
        flood.clients,
        saves as f64 / took,
        times.cell(),
        book.again,
        book.errors.len(),
        micros(before.0, after.0),
        micros(before.1, after.1),
        after.0.most_mb,
    );
    for error in book.errors.iter().take(5) {
        eprintln!("error: {error}");
    }
    Ok(())
}

/// Clients that have begun and only need to answer.
async fn begun(
    place: &Place,
    flood: &Flood,
    people: Vec<Person>,
    exam: Option<&str>,
    book: &Rc<RefCell<Book>>,
) -> Outcome<Vec<(Candidate, Value)>> {
    let mut clients = Vec::new();
    for (n, who) in people.into_iter().take(flood.clients).enumerate() {
        let chance = ChaCha8Rng::seed_from_u64(n as u64);
        let server = place.listen;
        let book = book.clone();
        let mut client = Candidate { server, from: 0, who, book, chance, cut: None, line: None, seq: 0 };
        let sitting = match exam {
            Some(exam) => client.begin(exam).await?,
            None => json!({ "attempt": client.who.staff, "items": items() }),
        };
        clients.push((client, sitting));
    }
    Ok(clients)
}

fn people(place: &Place, flood: &Flood) -> Outcome<Vec<Person>> {
    if !flood.skeleton {
        return Ok(Stage::read(place)?.people);
    }
    let person = |n: usize| {
        let staff = format!("018f0000-0000-7000-8000-{n:012x}");
        Person { staff, login: String::new(), session: String::new() }
    };
    Ok((0..flood.clients).map(person).collect())
}

fn items() -> Vec<Value> {
    let item = |n: usize| json!({ "n": n, "kind": "single", "options": [{}, {}, {}, {}] });
    (1..=ASKED).map(item).collect()
}

async fn answer(mut client: Candidate, sitting: Value, until: Instant, most: u64, skeleton: bool) -> Done {
    let attempt = sitting["attempt"].as_str().unwrap_or_default().to_owned();
    let items = sitting["items"].as_array().cloned().unwrap_or_default();
    let mut acknowledged = Acknowledged::default();
    let mut saves = 0;
    while Instant::now() < until && saves < most {
        let item = &items[client.chance.random_range(0..items.len())];
        let (n, response) = (item["n"].as_i64().unwrap_or_default(), client.response(item));
        match client.save(&attempt, n, &response).await {
            Ok(time) => client.book.borrow_mut().saves.add(time),
            Err(error) => {
                client.book.borrow_mut().errors.push(error);
                break;
            }
        }
        acknowledged.note(n, client.seq, response);
        saves += 1;
    }
    if skeleton {
        return Done { saves, lost: 0 };
    }
    let lost = match client.ask("GET", &format!("/api/v1/attempts/{attempt}"), "").await {
        Ok((reply, _)) => acknowledged.missing_in(&reply.json()),
        Err(_) => saves,
    };
    Done { saves, lost }
}
