//! One candidate: his connection, his device, his answers.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;

use rand::{Rng, RngCore};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, sleep_until};

use super::book::{Acknowledged, Book};
use super::stage::Person;
use super::wire::{Line, Reply, request};

/// A client that comes again until it is answered.
pub struct Candidate {
    /// Where the server is.
    pub server: SocketAddr,
    /// From which address he comes.
    pub from: u8,
    /// Who he is.
    pub who: Person,
    /// What all write into.
    pub book: Rc<RefCell<Book>>,
    /// His own chance.
    pub chance: ChaCha8Rng,
    /// When he has no connection.
    pub cut: Option<Range<Instant>>,
    /// His connection.
    pub line: Option<Line>,
    /// The sequence of his last answer.
    pub seq: i64,
}

impl Candidate {
    /// Asks until the server answers. What it costs from the last sending on is the second.
    ///
    /// # Errors
    /// What the server said where that is neither success nor "come again".
    #[allow(clippy::disallowed_methods, reason = "a benchmark measures")]
    pub async fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<(Reply, Duration), String> {
        let bytes = request(method, path, &self.who.session, body);
        loop {
            self.stay_away().await;
            let sent = std::time::Instant::now();
            let reply = match self.once(&bytes).await {
                Some(reply) => reply,
                None => {
                    self.line = None;
                    self.book.borrow_mut().again += 1;
                    sleep(Duration::from_millis(200 + u64::from(self.chance.next_u32() % 300))).await;
                    continue;
                }
            };
            match reply.status {
                200..300 => return Ok((reply, sent.elapsed())),
                429 | 503 => {
                    self.book.borrow_mut().again += 1;
                    let wait = Duration::from_secs(reply.retry_after.unwrap_or(1));
                    sleep(wait + Duration::from_millis(u64::from(self.chance.next_u32() % 1000))).await;
                }
                status => {
                    let said = String::from_utf8_lossy(&reply.body).into_owned();
                    return Err(format!("{method} {path}: {status} {said}"));
                }
            }
        }
    }

    /// One try; none when the connection broke, or broke off because he is cut off now.
    async fn once(&mut self, bytes: &[u8]) -> Option<Reply> {
        if self.line.is_none() {
            self.line = Some(Line::open(self.server, self.from).await.ok()?);
        }
        let line = self.line.as_mut()?;
        match self.cut.as_ref().filter(|cut| Instant::now() < cut.start) {
            None => line.ask(bytes).await.ok(),
            Some(cut) => tokio::select! {
                reply = line.ask(bytes) => reply.ok(),
                () = sleep_until(cut.start) => None,
            },
        }
    }

    async fn stay_away(&mut self) {
        if let Some(cut) = &self.cut
            && cut.contains(&Instant::now())
        {
            self.line = None;
            sleep_until(cut.end).await;
        }
    }

    /// Begins, answers what the sheet asks with a think time before each answer, loads the attempt again, compares
    /// it with what was acknowledged, and hands in.
    pub async fn sit(mut self, exam: String, at: Instant, pause: Duration) {
        sleep_until(at).await;
        let outcome = self.sit_through(&exam, pause).await;
        if let Err(error) = outcome {
            self.book.borrow_mut().errors.push(error);
        }
    }

    async fn sit_through(&mut self, exam: &str, pause: Duration) -> Result<(), String> {
        let sitting = self.begin(exam).await?;
        let attempt = sitting["attempt"].as_str().unwrap_or_default().to_owned();
        let mut acknowledged = Acknowledged::default();
        let mut due = Instant::now();
        for item in sitting["items"].as_array().into_iter().flatten() {
            due += pause.mul_f64(self.chance.random_range(0.5..1.5));
            // Who was cut off has gone on answering: what is late is sent at once, in its order.
            sleep_until(due).await;
            let (n, response) = (item["n"].as_i64().unwrap_or_default(), self.response(item));
            let time = self.save(&attempt, n, &response).await?;
            acknowledged.note(n, self.seq, response);
            self.book.borrow_mut().saves.add(time);
        }
        let (reply, time) = self.ask("GET", &format!("/api/v1/attempts/{attempt}"), "").await?;
        let missing = acknowledged.missing_in(&reply.json());
        {
            let mut book = self.book.borrow_mut();
            book.reloads.add(time);
            book.lost += missing;
        }
        let (reply, time) = self.ask("POST", &format!("/api/v1/attempts/{attempt}/submit"), "{}").await?;
        let mut book = self.book.borrow_mut();
        book.submits.add(time);
        book.graded += u64::from(reply.json()["state"] == "graded");
        Ok(())
    }

    /// Begins an attempt.
    pub async fn begin(&mut self, exam: &str) -> Result<Value, String> {
        let (reply, time) = self.ask("POST", &format!("/api/v1/exams/{exam}/attempts"), "{}").await?;
        self.book.borrow_mut().starts.add(time);
        Ok(reply.json())
    }

    /// Saves an answer under the next sequence.
    pub async fn save(&mut self, attempt: &str, n: i64, response: &Value) -> Result<Duration, String> {
        self.seq += 1;
        let body = json!({ "response": response, "client_seq": self.seq }).to_string();
        let (_, time) = self.ask("PUT", &format!("/api/v1/attempts/{attempt}/answers/{n}"), &body).await?;
        Ok(time)
    }

    /// Something that a question takes.
    pub fn response(&mut self, item: &Value) -> Value {
        let kind = item["kind"].as_str().unwrap_or_default();
        match kind {
            "true_false" => json!({ "kind": kind, "answer": self.chance.random_bool(0.5) }),
            _ => {
                let options = item["options"].as_array().map_or(1, Vec::len).max(1);
                let option = self.chance.random_range(0..options);
                match kind {
                    "single" => json!({ "kind": kind, "option": option }),
                    _ => json!({ "kind": kind, "options": [option] }),
                }
            }
        }
    }
}
