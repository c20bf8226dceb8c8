//! Work that takes the processor for long, on a thread where no request waits for its turn.

use kexun_base::{Error, Result};

/// Does a piece of work on such a thread; `what` says in the log which one broke.
///
/// # Errors
/// The work's own; `internal` when it panicked.
pub(crate) async fn blocking<T: Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|e| Error::internal(format!("{what} broke: {e}")))?
}
