//! A server that is killed while somebody answers has every answer that it acknowledged.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kexun_base::time::{Clock, SystemClock};
use kexun_testkit::{TestApp, both_databases};
use serde_json::{Value, json};

use super::exams_stage::{exam, paper, set, stage};
use crate::service::crash::kill;
use crate::service::crash_server::{request, serve, token_of};

both_databases![every_acknowledged_answer_survives_a_kill];

const ITEMS: usize = 5;

async fn every_acknowledged_answer_survives_a_kill(app: TestApp) {
    let stage = stage(&app, 1).await;
    let fill_in = |n: usize| json!({ "text": format!("第{n}题"), "key": { "kind": "fill_in", "accepted": [{ "text": "对", "share": 1.0 }] } });
    let bank = paper(&stage.hr, &(0..ITEMS).map(fill_in).collect::<Vec<_>>()).await;
    let mut draft = exam(&app, &bank, &[&stage.agents[0].0]);
    // Servers in processes of their own go by the machine's clock.
    let now = SystemClock.now();
    draft["opens_at"] = json!(now.plus_seconds(-3_600));
    draft["closes_at"] = json!(now.plus_seconds(7_200));
    let exam = set(&stage.hr, draft).await;
    let token = token_of(&app, "agent0");

    let begin = format!("POST /api/v1/exams/{exam}/attempts HTTP/1.1");
    let acknowledged = Arc::new(Mutex::new(vec![0u64; ITEMS]));
    let mut seq = 0;
    let mut attempt = Value::Null;
    for round in 0..2u64 {
        let (server, address) = serve(&app);
        let (status, sitting) = request(&address, &begin, &token, b"");
        assert_eq!(status, 200, "{sitting}");
        assert!(round == 0 || sitting["attempt"] == attempt, "it goes on with the same attempt");
        attempt = sitting["attempt"].clone();
        compare(&sitting, &acknowledged.lock().unwrap());
        let first = sitting["last_seq"].as_u64().unwrap().max(seq) + 1;
        let writer = {
            let (token, acknowledged) = (token.clone(), acknowledged.clone());
            let attempt = attempt.as_str().unwrap().to_owned();
            std::thread::spawn(move || answer_on(&address, &token, &attempt, first, &acknowledged))
        };
        let before: u64 = acknowledged.lock().unwrap().iter().sum();
        while acknowledged.lock().unwrap().iter().sum::<u64>() < before + 10 * first {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        kill(server);
        seq = writer.join().expect("it stops when nobody listens");
    }
    let (server, address) = serve(&app);
    let (_, sitting) = request(&address, &begin, &token, b"");
    compare(&sitting, &acknowledged.lock().unwrap());
    kill(server);
}

/// Answers item after item until the server is gone; the last sequence that was sent.
fn answer_on(address: &str, token: &str, attempt: &str, first: u64, acknowledged: &Mutex<Vec<u64>>) -> u64 {
    for seq in first.. {
        let item = seq as usize % ITEMS;
        let head = format!(
            "PUT /api/v1/attempts/{attempt}/answers/{} HTTP/1.1\r\ncontent-type: application/json",
            item + 1
        );
        let body = json!({ "response": { "kind": "fill_in", "text": seq.to_string() }, "client_seq": seq });
        let sent = std::panic::catch_unwind(|| request(address, &head, token, body.to_string().as_bytes()));
        match sent {
            Ok((200, _)) => acknowledged.lock().unwrap()[item] = seq,
            Ok((status, problem)) => panic!("{status} {problem}"),
            Err(_) => return seq,
        }
    }
    unreachable!("sequences do not end")
}

/// Each item has the answer that was acknowledged last, or one that was on its way then.
fn compare(sitting: &Value, acknowledged: &[u64]) {
    for (item, last) in acknowledged.iter().enumerate() {
        let text = sitting["answers"][(item + 1).to_string()]["text"].as_str().unwrap_or("0");
        let kept: u64 = text.parse().unwrap();
        assert!(kept >= *last, "item {}: {last} was acknowledged, {kept} is there", item + 1);
    }
}
