//! Group commit: many small writes share one transaction, so that one sync to disk serves them all.
//!
//! What waits while one group is being written goes into the next. Each write has a savepoint of its
//! own: one that fails takes back only itself. Nobody is answered before the common commit.

use std::sync::{Arc, Mutex};

use futures::future::BoxFuture;
use sea_orm::TransactionTrait;
use tokio::sync::{Mutex as Turn, oneshot};

use super::{Db, Tx};
use crate::errors::{Code, Error, Result};

/// The most writes in one transaction: others who want to write wait no longer than these take.
const MOST: usize = 128;

/// Tells a writer how his own write and the common commit went.
type Answer = Box<dyn FnOnce(Result<(), &Error>) + Send>;
type Work = Box<dyn for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Done> + Send>;

/// A write that was tried.
struct Done {
    answer: Answer,
    /// Why nothing else can be written in the common transaction: a full disk ends it as a whole.
    ended: Option<Error>,
}

/// Writes that wait for their common transaction.
#[derive(Default)]
pub(super) struct Group {
    waiting: Mutex<Vec<Work>>,
    turn: Turn<()>,
}

impl std::fmt::Debug for Group {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Group")
    }
}

impl Group {
    /// Does a write together with others.
    pub(super) async fn write<T, F>(self: &Arc<Self>, db: &Db, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let work: Work = Box::new(move |tx| {
            Box::pin(async move {
                let (outcome, ended) = apart(tx, work).await;
                let answer: Answer = Box::new(move |committed| {
                    // Who went away meanwhile needs no answer.
                    let _ = tell.send(committed.map_err(of_group).and(outcome));
                });
                Done { answer, ended }
            })
        });
        self.waiting.lock().expect("no holder panics").push(work);
        // A task of its own: a caller who hangs up must not stop the writes of the others.
        let (group, db) = (self.clone(), db.clone());
        tokio::spawn(async move { group.lead(&db).await });
        told.await.unwrap_or_else(|_| Err(Error::new(Code::Unavailable, LOST)))
    }

    /// Writes whatever waits. Everybody who comes tries; the first one does it for all.
    async fn lead(&self, db: &Db) {
        let _turn = self.turn.lock().await;
        let group: Vec<Work> = {
            let mut waiting = self.waiting.lock().expect("no holder panics");
            let count = waiting.len().min(MOST);
            waiting.drain(..count).collect()
        };
        if group.is_empty() {
            return;
        }
        let mut answers = Vec::with_capacity(group.len());
        let committed = together(db, group, &mut answers).await;
        for answer in answers {
            answer(committed.as_ref().copied());
        }
    }
}

const LOST: &str = "the database is busy or does not answer; nothing was changed; try again";

async fn together(db: &Db, group: Vec<Work>, answers: &mut Vec<Answer>) -> Result<()> {
    let tx = db.begin().await?;
    for work in group {
        let done = work(&tx).await;
        answers.push(done.answer);
        if let Some(error) = done.ended {
            // Those behind it were not tried; their writers are told that nothing was changed.
            return Err(error);
        }
    }
    Ok(tx.commit().await?)
}

/// In a savepoint, taken back when the write fails. Where that cannot be, the transaction has ended, with
/// whatever was written in it before: the second value says why.
async fn apart<T, F>(tx: &Tx, work: F) -> (Result<T>, Option<Error>)
where
    F: for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Result<T>>,
{
    let own = match tx.begin().await.map_err(Error::from) {
        Ok(own) => own,
        Err(error) => return (Err(of_group(&error)), Some(error)),
    };
    let failed = match work(&own).await {
        Ok(done) => match own.commit().await.map_err(Error::from) {
            Ok(()) => return (Ok(done), None),
            Err(error) => return (Err(of_group(&error)), Some(error)),
        },
        Err(error) => error,
    };
    let ended = own.rollback().await.is_err().then(|| of_group(&failed));
    (Err(failed), ended)
}

/// One failure, told to each of the group.
fn of_group(error: &Error) -> Error {
    Error::new(error.code, error.detail.clone())
}
