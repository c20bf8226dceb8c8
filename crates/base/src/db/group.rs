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
type Work = Box<dyn for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Answer> + Send>;

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
                let outcome = apart(tx, work).await;
                let answer: Answer = Box::new(move |committed| {
                    // Who went away meanwhile needs no answer.
                    let _ = tell.send(committed.map_err(of_group).and(outcome));
                });
                answer
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

const LOST: &str = "the database does not answer; nothing was changed; try again";

async fn together(db: &Db, group: Vec<Work>, answers: &mut Vec<Answer>) -> Result<()> {
    let tx = db.begin().await?;
    for work in group {
        answers.push(work(&tx).await);
    }
    Ok(tx.commit().await?)
}

/// In a savepoint, taken back when the write fails.
async fn apart<T, F>(tx: &Tx, work: F) -> Result<T>
where
    F: for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Result<T>>,
{
    let own = tx.begin().await?;
    match work(&own).await {
        Ok(done) => own.commit().await.map(|()| done).map_err(Error::from),
        Err(error) => {
            own.rollback().await?;
            Err(error)
        }
    }
}

/// One failure, told to each of the group.
fn of_group(error: &Error) -> Error {
    Error::new(error.code, error.detail.clone())
}
