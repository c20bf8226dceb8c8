//! Real support chats: the #ubuntu logs with their reply links, as Kexun's own format.
//!
//! The rule of the conversion: lines that are linked to each other, over however many links, are a
//! thread, and a thread is a conversation. Who wrote its first line is the customer; everybody else
//! who writes in it is an agent. Lines of the server (`=== …`) are nobody's and left out, and so is
//! what was never annotated. Each log is a shop. A clock that goes back has passed midnight.
//!
//! What the figures ought to be is counted here from the links alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kexun_people::rights::Role;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::upload;

both_databases![figures_of_real_chats_are_those_of_their_links];

/// A line of a log: minutes since the log's first midnight, who, what.
struct Line {
    minute: u32,
    nick: String,
    text: String,
}

/// A log: its name, the lines that somebody wrote by number, and the threads as lists of numbers.
struct Log {
    name: String,
    lines: BTreeMap<usize, Line>,
    threads: Vec<Vec<usize>>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/irc-support/dev")
}

fn logs() -> Vec<Log> {
    let Ok(entries) = fs::read_dir(folder()) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.to_string_lossy().ends_with(".ascii.txt"));
    paths.sort();
    paths.iter().map(|p| log(p)).collect()
}

fn log(path: &Path) -> Log {
    let name = path.file_name().unwrap().to_string_lossy().replace(".ascii.txt", "");
    let text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    let (mut lines, mut midnights, mut last) = (BTreeMap::new(), 0, 0);
    for (number, line) in text.lines().enumerate() {
        let Some((clock, nick, said)) = spoken(line) else { continue };
        if clock + 120 < last {
            midnights += 1;
        }
        last = clock;
        let line = Line { minute: midnights * 1440 + clock, nick: nick.to_owned(), text: said.to_owned() };
        lines.insert(number, line);
    }
    let links = fs::read_to_string(path.with_file_name(format!("{name}.annotation.txt"))).unwrap();
    let threads = threads(&links, &lines);
    Log { name, lines, threads }
}

/// `[12:18] <nick> text` as minutes, nick, text.
fn spoken(line: &str) -> Option<(u32, &str, &str)> {
    let (clock, rest) = line.strip_prefix('[')?.split_once("] <")?;
    let (hours, minutes) = clock.split_once(':')?;
    let (nick, text) = rest.split_once('>')?;
    Some((hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?, nick, text.trim()))
}

/// Connected components of the links, each in order.
fn threads(links: &str, lines: &BTreeMap<usize, Line>) -> Vec<Vec<usize>> {
    let mut above: BTreeMap<usize, usize> = BTreeMap::new();
    fn root(above: &BTreeMap<usize, usize>, mut line: usize) -> usize {
        while let Some(next) = above.get(&line).filter(|next| **next != line) {
            line = *next;
        }
        line
    }
    for link in links.lines() {
        let mut ends = link.split_whitespace().filter_map(|w| w.parse().ok());
        let (Some(a), Some(b)) = (ends.next(), ends.next()) else { continue };
        let (a, b) = (root(&above, a), root(&above, b));
        above.insert(a, a);
        above.insert(a.max(b), a.min(b));
    }
    let mut threads: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for line in above.keys().filter(|line| lines.contains_key(line)) {
        threads.entry(root(&above, *line)).or_default().push(*line);
    }
    threads.into_values().collect()
}

impl Log {
    /// The log's lines as JSON Lines.
    fn rows(&self) -> String {
        let mut rows = String::new();
        let first: chrono::NaiveDate = self.name[..10].parse().unwrap();
        for thread in &self.threads {
            let customer = &self.lines[&thread[0]].nick;
            for number in thread {
                let Line { minute, nick, text } = &self.lines[number];
                let midnight = first.and_hms_opt(0, 0, 0).unwrap();
                let at = midnight + chrono::Duration::minutes(i64::from(*minute));
                let mut row = json!({
                    "conversation_id": format!("{}/{}", self.name, thread[0]),
                    "shop": self.name, "customer": customer, "text": text,
                    "sent_at": at.format("%Y-%m-%d %H:%M:%S").to_string(),
                    "message_id": number.to_string(), "sender": "customer",
                });
                if nick != customer {
                    row["sender"] = json!("agent");
                    row["agent"] = json!(nick);
                }
                rows += &format!("{row}\n");
            }
        }
        rows
    }

    /// First and other response times in seconds, with the agent: counted from the links.
    fn responses(&self) -> Counted {
        let mut counted = Counted::default();
        for thread in &self.threads {
            let customer = &self.lines[&thread[0]].nick;
            let (mut waiting, mut first, mut helped) = (None, true, false);
            for Line { minute, nick, .. } in thread.iter().map(|n| &self.lines[n]) {
                if nick == customer {
                    waiting = waiting.or(Some(*minute));
                    continue;
                }
                helped = true;
                if let Some(since) = waiting.take() {
                    let seconds = f64::from((minute - since) * 60);
                    counted.all.push(seconds);
                    counted.by_agent.entry(nick.clone()).or_default().push(seconds);
                    if first {
                        counted.first.push(seconds);
                        first = false;
                    }
                }
            }
            *if helped { &mut counted.helped } else { &mut counted.alone } += 1;
        }
        counted
    }
}

#[derive(Default)]
struct Counted {
    first: Vec<f64>,
    all: Vec<f64>,
    by_agent: BTreeMap<String, Vec<f64>>,
    helped: u64,
    alone: u64,
}

#[track_caller]
fn is_mean(found: &Value, times: &[f64], what: &str) {
    assert_eq!(found["n"], times.len(), "{what}: {found}");
    if times.is_empty() {
        assert!(found["value"].is_null(), "{what}: {found}");
        return;
    }
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    assert!((found["value"].as_f64().unwrap() - mean).abs() < 1e-6, "{what}: {found}, counted {mean}");
}

async fn rows(client: &Client, by: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    // A question spans at most ten years.
    for (from, to) in [("2004-01-01", "2010-12-31"), ("2011-01-01", "2017-12-31")] {
        let path = format!("/api/v1/kpi?from={from}&to={to}&by={by}");
        rows.extend(client.get(&path).await.ok()["rows"].as_array().unwrap().iter().cloned());
    }
    rows
}

async fn figures_of_real_chats_are_those_of_their_links(app: TestApp) {
    let logs = logs();
    if logs.is_empty() {
        println!("PASSED OVER: {} is not there", folder().display());
        return;
    }
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let file: String = logs.iter().map(Log::rows).collect();
    let import = upload(&app, &operations, "conversations", file.as_bytes()).await;
    assert_eq!((&import["state"], &import["rejected"]), (&json!("done"), &json!(0)), "{import}");
    assert_eq!(import["imported"], file.lines().count());
    let by_shop = rows(&operations, "shop").await;
    let mut total = Counted::default();
    for log in &logs {
        let counted = log.responses();
        let named = |r: &&Value| r["shop"] == log.name.as_str() && r["values"]["customers"]["value"] != 0;
        let values = &by_shop.iter().find(named).expect("the log is a shop")["values"];
        is_mean(&values["first_response"], &counted.first, &log.name);
        is_mean(&values["average_response"], &counted.all, &log.name);
        assert_eq!(values["conversations"]["value"], counted.helped, "{}", log.name);
        assert_eq!(values["unanswered"]["value"], counted.alone, "{}", log.name);
        total.helped += counted.helped;
        total.first.extend(counted.first);
        total.all.extend(counted.all);
    }
    agents_are_right(&operations, &logs).await;
    println!(
        "{} logs, {} lines, {} threads with help; first response {:.1} s, average {:.1} s",
        logs.len(),
        file.lines().count(),
        total.helped,
        total.first.iter().sum::<f64>() / total.first.len() as f64,
        total.all.iter().sum::<f64>() / total.all.len() as f64,
    );
}

async fn agents_are_right(client: &Client, logs: &[Log]) {
    let found = rows(client, "agent").await;
    for (half, years) in [(0, 2004..=2010), (1, 2011..=2017)] {
        let mut by_agent: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for log in logs.iter().filter(|l| years.contains(&l.name[..4].parse().unwrap())) {
            for (agent, times) in log.responses().by_agent {
                by_agent.entry(agent).or_default().extend(times);
            }
        }
        let from = ["2004-01-01", "2011-01-01"][half];
        for (agent, times) in by_agent {
            let row = found.iter().find(|r| r["agent"] == agent.as_str() && r["from"] == from);
            is_mean(&row.expect("every helper is an agent")["values"]["average_response"], &times, &agent);
        }
    }
}
