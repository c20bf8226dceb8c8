//! The idempotency key under which a task works.
//!
//! A request's own task knows it by itself; work that another task does for it is told.

use uuid::Uuid;

use crate::time::Micros;

/// A key that a request holds.
#[derive(Debug, Clone)]
pub(crate) struct Keyed {
    /// Whose request.
    pub owner: Uuid,
    /// The key.
    pub key: String,
    /// Since when it holds it: one that takes too long loses it to the same request, sent again.
    pub since: Micros,
}

tokio::task_local! {
    static KEYED: Keyed;
}

/// The key under which this task works, if it does.
pub(crate) fn current() -> Option<Keyed> {
    KEYED.try_with(Clone::clone).ok()
}

/// Does work under a key, or under none.
pub(crate) async fn under<T>(keyed: Option<Keyed>, work: impl Future<Output = T>) -> T {
    match keyed {
        Some(keyed) => KEYED.scope(keyed, work).await,
        None => work.await,
    }
}
