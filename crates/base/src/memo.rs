//! Answers kept in memory, so that what was asked a moment ago is not worked out again.
//!
//! Only what follows from its key alone may be kept: nothing is ever taken back, it is only forgotten, what
//! was asked for longest ago first. A key therefore names the state it was answered from.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Bytes kept at most, all answers together.
const ROOM: usize = 8 << 20;

type Answer = Arc<dyn Any + Send + Sync>;

/// The answers that a process keeps.
#[derive(Default)]
pub struct Memo(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    answers: HashMap<String, Entry>,
    bytes: usize,
    asked: u64,
}

struct Entry {
    answer: Answer,
    bytes: usize,
    asked: u64,
}

impl Memo {
    /// The answer kept under a key.
    pub fn get<T: Send + Sync + 'static>(&self, key: &str) -> Option<Arc<T>> {
        let mut kept = self.0.lock().expect("no holder panics");
        kept.asked += 1;
        let now = kept.asked;
        let entry = kept.answers.get_mut(key)?;
        entry.asked = now;
        entry.answer.clone().downcast().ok()
    }

    /// Keeps an answer of about so many bytes; one that is too large for all the room is not kept.
    pub fn keep<T: Send + Sync + 'static>(&self, key: String, answer: Arc<T>, bytes: usize) {
        let bytes = bytes + key.len();
        if bytes > ROOM / 2 {
            return;
        }
        let mut kept = self.0.lock().expect("no holder panics");
        kept.asked += 1;
        let entry = Entry { answer, bytes, asked: kept.asked };
        kept.bytes += bytes;
        if let Some(before) = kept.answers.insert(key, entry) {
            kept.bytes -= before.bytes;
        }
        while kept.bytes > ROOM {
            let oldest = kept.answers.iter().min_by_key(|(_, entry)| entry.asked).map(|(key, _)| key.clone());
            let Some(gone) = oldest.and_then(|key| kept.answers.remove(&key)) else { break };
            kept.bytes -= gone.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_longest_ago_goes_first() {
        let memo = Memo::default();
        let size = ROOM / 4;
        for key in ["a", "b", "c"] {
            memo.keep(key.to_owned(), Arc::new(key.to_owned()), size);
        }
        assert_eq!(memo.get::<String>("a").as_deref().map(String::as_str), Some("a"));
        memo.keep("d".to_owned(), Arc::new("d".to_owned()), size);
        assert!(memo.get::<String>("b").is_none());
        assert!(memo.get::<String>("a").is_some() && memo.get::<String>("d").is_some());
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let memo = Memo::default();
        memo.keep("a".to_owned(), Arc::new(1), ROOM);
        assert!(memo.get::<i32>("a").is_none());
    }
}
