//! Group commit: many small writes share one transaction, so that one sync to disk serves them all.
//!
//! What waits while one group is being written goes into the next. Nobody is answered before the common
//! commit. There are two kinds: works of any sort, each in a savepoint of its own ([`Group`]), and writes of
//! one sort, which a few statements do together ([`Batch`]).

use std::any::{Any, TypeId};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use futures::future::BoxFuture;
use sea_orm::TransactionTrait;
use tokio::sync::oneshot;

use super::{Db, Tx};
use crate::errors::{Code, Error, Result};
use crate::keyed;

/// The most writes in one transaction: others who want to write wait no longer than these take.
const MOST: usize = 128;

/// What waits, and how many are writing.
struct Queue<W>(Mutex<(VecDeque<W>, usize)>);

impl<W> Default for Queue<W> {
    fn default() -> Self {
        Queue(Mutex::default())
    }
}

impl<W: Send + 'static> Queue<W> {
    /// Puts a write into the queue, and sees to it that somebody writes: at most `leaders` groups at a time.
    fn put<F>(self: &Arc<Self>, one: W, leaders: usize, write: impl Fn(Vec<W>) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        {
            let mut state = self.0.lock().expect("no holder panics");
            state.0.push_back(one);
            if state.1 >= leaders {
                return;
            }
            state.1 += 1;
        }
        // Tasks of their own: a caller who hangs up must not stop the writes of the others, nor must a
        // write that breaks.
        let queue = self.clone();
        tokio::spawn(async move {
            while let Some(group) = queue.take() {
                tokio::spawn(write(group)).await.ok();
            }
        });
    }

    /// The next group; none: nothing waits, and this leader has gone.
    fn take(&self) -> Option<Vec<W>> {
        let mut state = self.0.lock().expect("no holder panics");
        if state.0.is_empty() {
            state.1 -= 1;
            return None;
        }
        let count = state.0.len().min(MOST);
        Some(state.0.drain(..count).collect())
    }
}

/// Tells a writer how his own write and the common commit went.
type Answer = Box<dyn FnOnce(Result<(), &Error>) + Send>;
/// `true`: it has the transaction for itself.
type Work = Box<dyn for<'a> FnOnce(&'a Tx, bool) -> BoxFuture<'a, Done> + Send>;

/// A write that was tried.
struct Done {
    answer: Answer,
    /// Whether it went well.
    well: bool,
    /// Why nothing else can be written in the common transaction: a full disk ends it as a whole.
    ended: Option<Error>,
}

/// Works that wait for their common transaction, and batches by their kind.
#[derive(Default)]
pub(super) struct Group {
    works: Arc<Queue<Work>>,
    batches: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl std::fmt::Debug for Group {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Group")
    }
}

const LOST: &str = "the database is busy or does not answer; nothing was changed; try again";

impl Group {
    /// Does a write together with others.
    pub(super) async fn write<T, F>(&self, db: &Db, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let keyed = keyed::current();
        let work: Work = Box::new(move |tx, alone| {
            Box::pin(keyed::under(keyed, async move {
                // Who is alone needs no savepoint: what failed is taken back with the whole.
                let (outcome, ended) = if alone { (work(tx).await, None) } else { apart(tx, work).await };
                let well = outcome.is_ok();
                let answer: Answer = Box::new(move |committed| {
                    // Who went away meanwhile needs no answer.
                    let _ = tell.send(committed.map_err(of_group).and(outcome));
                });
                Done { answer, well, ended }
            }))
        });
        let db = db.clone();
        self.works.put(work, 1, move |group| together(db.clone(), group));
        told.await.unwrap_or_else(|_| Err(Error::new(Code::Unavailable, LOST)))
    }

    /// Does a write of a kind in one batch with others.
    pub(super) async fn write_batched<B: Batch>(&self, db: &Db, leaders: usize, one: B) -> Result<B::Done> {
        let (tell, told) = oneshot::channel();
        let db = db.clone();
        self.queue::<B>().put((one, tell), leaders, move |batch| all(db.clone(), batch));
        told.await.unwrap_or_else(|_| Err(Error::new(Code::Unavailable, LOST)))
    }

    fn queue<B: Batch>(&self) -> Arc<Queue<Waiting<B>>> {
        let mut batches = self.batches.lock().expect("no holder panics");
        let queue = batches.entry(TypeId::of::<B>()).or_insert_with(|| {
            let queue: Arc<Queue<Waiting<B>>> = Arc::default();
            queue
        });
        queue.clone().downcast().expect("it stands under its own type")
    }
}

async fn together(db: Db, group: Vec<Work>) {
    let mut answers = Vec::with_capacity(group.len());
    let committed = write_all(&db, group, &mut answers).await;
    for answer in answers {
        answer(committed.as_ref().copied());
    }
}

async fn write_all(db: &Db, group: Vec<Work>, answers: &mut Vec<Answer>) -> Result<()> {
    let tx = db.begin().await?;
    let alone = group.len() == 1;
    let mut keeps = !alone;
    for work in group {
        let done = work(&tx, alone).await;
        answers.push(done.answer);
        keeps |= done.well;
        if let Some(error) = done.ended {
            // Those behind it were not tried; their writers are told that nothing was changed.
            return Err(error);
        }
    }
    if keeps { Ok(tx.commit().await?) } else { Ok(tx.rollback().await?) }
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

/// A small write of a kind of which many come at once and which a few statements do together.
pub trait Batch: Clone + Send + 'static {
    /// What becomes of it.
    type Done: Send + 'static;

    /// Does them all: what becomes of each, in their order. One that cannot be done is an error of its own and
    /// has written nothing. An error of the whole means that nothing was written; each is then tried alone.
    fn write(tx: &Tx, batch: Vec<Self>) -> BoxFuture<'_, Result<Vec<Result<Self::Done>>>>;
}

type Waiting<B> = (B, oneshot::Sender<Result<<B as Batch>::Done>>);

/// How a batch failed.
enum Failure {
    /// Nothing was written.
    Unwritten(Error),
    /// It was not acknowledged.
    Uncommitted(Error),
}

async fn all<B: Batch>(db: Db, batch: Vec<Waiting<B>>) {
    let (writes, callers): (Vec<B>, Vec<_>) = batch.into_iter().unzip();
    match at_once(&db, writes.clone()).await {
        Ok(outcomes) => {
            for (tell, outcome) in callers.into_iter().zip(outcomes) {
                let _ = tell.send(outcome);
            }
        }
        // One that the database does not take must not fail the others.
        Err(Failure::Unwritten(error)) if writes.len() > 1 && error.code != Code::Unavailable => {
            for (write, tell) in writes.into_iter().zip(callers) {
                let outcome = at_once(&db, vec![write]).await.map(|mut outcomes| outcomes.pop());
                let lost = || Err(Error::new(Code::Unavailable, LOST));
                let outcome =
                    outcome.map_or_else(|failure| Err(failure.error()), |one| one.unwrap_or_else(lost));
                let _ = tell.send(outcome);
            }
        }
        Err(failure) => {
            let error = failure.error();
            for tell in callers {
                let _ = tell.send(Err(of_group(&error)));
            }
        }
    }
}

impl Failure {
    fn error(self) -> Error {
        match self {
            Failure::Unwritten(error) | Failure::Uncommitted(error) => error,
        }
    }
}

async fn at_once<B: Batch>(db: &Db, writes: Vec<B>) -> Result<Vec<Result<B::Done>>, Failure> {
    let tx = db.begin().await.map_err(Failure::Unwritten)?;
    let outcomes = B::write(&tx, writes).await.map_err(Failure::Unwritten)?;
    tx.commit().await.map_err(|error| Failure::Uncommitted(error.into()))?;
    Ok(outcomes)
}
