//! Hashing passwords: argon2id, 19 MiB, two passes (the least that OWASP's password storage cheat
//! sheet names), off the threads that serve requests and a few at a time, so that a flood of tries
//! takes neither all memory nor all cores. Tries wait in a queue with a bound: whom it does not take, or
//! who waited too long, is asked to come again.

use std::sync::{Arc, LazyLock, Mutex, mpsc};
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use kexun_base::{Code, Ctx, Error, Result};
use tokio::sync::{Semaphore, SemaphorePermit, oneshot};

/// Hashes computed at once, 19 MiB each.
const AT_ONCE: usize = 2;
static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);
/// Tries under way at once: as many as keep the places busy while others read and write. Fewer than an
/// address may fail, so that those of an office that share one do not count as its failures.
static TURNS: Semaphore = Semaphore::const_new(6);
/// Tries that may wait for their turn.
static QUEUE: Semaphore = Semaphore::const_new(400);
const PATIENCE: Duration = Duration::from_secs(10);
/// When to come again: by then a good part of the queue is gone.
const AGAIN_SECONDS: u32 = 4;

/// Checked where there is no such login, so that the answer takes as long.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn argon2id() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("the parameters are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash to store, parameters and salt in it.
///
/// # Errors
/// `unavailable` when too many wait.
pub async fn hash(ctx: &Ctx, password: &str) -> Result<String> {
    let password = password.to_owned();
    let salt: [u8; 16] = ctx.random_bytes();
    aside(move || {
        let hashed: Result<PasswordHash, _> = argon2id().hash_password_with_salt(password.as_bytes(), &salt);
        hashed.map(|h| h.to_string()).map_err(|e| Error::internal(format!("hashing a password failed: {e}")))
    })
    .await?
}

/// Whether the password is the one that was hashed; takes as long where nothing was.
///
/// # Errors
/// `unavailable` when too many wait.
pub async fn verify(password: &str, stored: Option<String>) -> Result<bool> {
    let password = password.to_owned();
    aside(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODYS.to_owned());
        let hash = PasswordHash::new(&stored)
            .map_err(|e| Error::internal(format!("a stored hash is broken: {e}")))?;
        Ok(argon2id().verify_password(password.as_bytes(), &hash).is_ok() && known)
    })
    .await?
}

/// One's turn to try a password; it ends when this is dropped.
pub struct Turn(#[expect(dead_code, reason = "held, not read")] SemaphorePermit<'static>);

/// Waits for one's turn.
///
/// # Errors
/// `unavailable`, with when to come again, when too many wait.
pub async fn turn() -> Result<Turn> {
    let _queued = QUEUE.try_acquire().map_err(|_| busy())?;
    let turn = tokio::time::timeout(PATIENCE, TURNS.acquire()).await.map_err(|_| busy())?;
    turn.map(Turn).map_err(|_| busy())
}

fn busy() -> Error {
    Error::new(Code::Unavailable, "too many sign-ins at once; try again in a moment")
        .retry_after(AGAIN_SECONDS)
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let waiting = tokio::time::timeout(PATIENCE, PLACES.acquire()).await.map_err(|_| busy())?;
    let _place = waiting.map_err(|_| busy())?;
    let (tell, told) = oneshot::channel();
    let job: Job = Box::new(move || drop(tell.send(work())));
    HASHERS.send(job).map_err(|_| broke())?;
    told.await.map_err(|_| broke())
}

fn broke() -> Error {
    Error::internal("hashing a password broke; nothing was changed")
}

type Job = Box<dyn FnOnce() + Send>;

/// Threads that hash and do nothing else. An allocator keeps what a thread has freed: with threads that come
/// and go, a storm of sign-ins holds hundreds of megabytes.
static HASHERS: LazyLock<mpsc::Sender<Job>> = LazyLock::new(|| {
    let (send, jobs) = mpsc::channel::<Job>();
    let jobs = Arc::new(Mutex::new(jobs));
    for _ in 0..AT_ONCE {
        let jobs = jobs.clone();
        std::thread::spawn(move || {
            loop {
                let job = jobs.lock().expect("no holder panics").recv();
                let Ok(job) = job else { return };
                // Who waits for one that broke is told by its channel.
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(job)).ok();
            }
        });
    }
    send
});

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nobody_has_no_password() {
        assert!(!verify("", None).await.unwrap());
        assert!(!verify("anything", None).await.unwrap());
    }

    #[tokio::test]
    async fn only_the_hashed_password_fits() {
        let salt = [7u8; 16];
        let hash: PasswordHash = argon2id().hash_password_with_salt("客服 2026".as_bytes(), &salt).unwrap();
        let stored = hash.to_string();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("客服 2026", Some(stored.clone())).await.unwrap());
        assert!(!verify("客服 2027", Some(stored)).await.unwrap());
    }
}
