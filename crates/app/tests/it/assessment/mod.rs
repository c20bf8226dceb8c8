//! The question bank, papers, exams.

mod exams;
mod exams_again;
mod exams_crash;
mod exams_results;
pub mod exams_stage;
mod papers;
mod questions;

use kexun_testkit::Client;
use serde_json::{Value, json};

/// Writes a question into the bank; its id.
pub async fn question(client: &Client, text: &str, key: Value, more: Value) -> String {
    let mut body = json!({ "text": text, "key": key });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    client.post("/api/v1/questions", body).await.ok()["id"].as_str().unwrap().to_owned()
}

/// What is right of a true/false question.
pub fn truth(answer: bool) -> Value {
    json!({ "kind": "true_false", "answer": answer })
}

/// Two options, the first of them right.
pub fn single() -> Value {
    json!({ "kind": "single", "options": [{ "text": "right", "share": 1 }, { "text": "wrong", "share": 0 }] })
}
