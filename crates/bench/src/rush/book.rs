//! What the clients remember: times, and every answer that was acknowledged.

use std::collections::BTreeMap;

use serde_json::Value;

use super::figures::Times;

/// What all clients of a run write into.
#[derive(Debug, Default)]
pub struct Book {
    /// Beginning an attempt.
    pub starts: Times,
    /// Saving an answer.
    pub saves: Times,
    /// Loading the attempt again before it is handed in.
    pub reloads: Times,
    /// Handing in.
    pub submits: Times,
    /// Requests sent again: the connection broke, or the server asked to come back later.
    pub again: u64,
    /// Answers that must not be: anything but success, a broken connection or "come back later".
    pub errors: Vec<String>,
    /// Answers that were acknowledged and not there afterwards.
    pub lost: u64,
    /// Attempts that were graded in the end.
    pub graded: u64,
}

/// What one candidate was acknowledged.
#[derive(Debug, Default)]
pub struct Acknowledged(BTreeMap<i64, (i64, Value)>);

impl Acknowledged {
    /// An answer of question `n` was acknowledged under a sequence.
    pub fn note(&mut self, n: i64, seq: i64, response: Value) {
        self.0.insert(n, (seq, response));
    }

    /// How many of them an attempt, as the server shows it, does not have.
    pub fn missing_in(&self, sitting: &Value) -> u64 {
        let last = sitting["last_seq"].as_i64().unwrap_or_default();
        let is_there = |(n, (seq, response)): (&i64, &(i64, Value))| {
            last >= *seq && &sitting["answers"][n.to_string()] == response
        };
        self.0.iter().filter(|answer| !is_there(*answer)).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_that_is_not_there_is_missed() {
        let mut acknowledged = Acknowledged::default();
        acknowledged.note(1, 1, json!({ "kind": "single", "option": 0 }));
        acknowledged.note(2, 2, json!({ "kind": "single", "option": 1 }));
        acknowledged.note(1, 3, json!({ "kind": "single", "option": 2 }));
        let whole = json!({ "last_seq": 3, "answers": {
            "1": { "kind": "single", "option": 2 }, "2": { "kind": "single", "option": 1 } } });
        assert_eq!(acknowledged.missing_in(&whole), 0);
        let old = json!({ "last_seq": 2, "answers": {
            "1": { "kind": "single", "option": 0 }, "2": { "kind": "single", "option": 1 } } });
        assert_eq!(acknowledged.missing_in(&old), 1);
        assert_eq!(acknowledged.missing_in(&json!({ "last_seq": 0, "answers": {} })), 2);
    }
}
