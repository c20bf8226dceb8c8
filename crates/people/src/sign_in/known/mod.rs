//! Callers who were looked up before: who is known need not be looked up at every request.
//!
//! Whatever takes something away from a person or changes who he is (a sign-out, a role, an account) puts him in
//! **doubt** ([`doubt`]) in its own transaction. In doubt he is looked up at each request for a few seconds, and
//! nothing kept of him is believed. Other processes hear of doubts by asking the database; a process that has not
//! heard anything for [`DEAF_US`] believes nobody. So a withdrawal acts at once in the process that did it, and
//! within that time in all others.

mod entity;
pub mod migration;
mod store;

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::time::Duration;

use kexun_base::db::Tx;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Result};
use tokio_util::sync::CancellationToken;

use super::SessionId;
use super::service::{SEEN_SECONDS, secret_hash};
use crate::persons::PersonId;
use crate::rights::Caller;

kexun_base::id!(
    /// That somebody is in doubt.
    DoubtId
);

/// How often doubts are asked for.
const ASK_EVERY: Duration = Duration::from_millis(400);
/// A process that has not heard for so long believes nobody.
const DEAF_US: i64 = 1_500_000;
/// For so long a person in doubt is looked up at each request: until the transaction that put him there has
/// ended, and those who looked just before.
const DOUBT_SECONDS: i64 = 5;
/// So old a doubt may be when it is first heard: a long transaction, or a clock that is wrong.
const LATE_SECONDS: i64 = 600;
/// Nobody keeps more callers than this.
const MOST: usize = 20_000;

/// Puts a person in doubt: something that he could do, or who he is, changes in this transaction.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn doubt(ctx: &Ctx, tx: &Tx, person: PersonId) -> Result<()> {
    ctx.kept::<Known>().doubt(&[person], ctx.now());
    store::insert(ctx, tx, person).await
}

/// Listens for doubts until told to stop. Without it nobody is known, and everybody looked up at each request.
pub async fn listen(ctx: Ctx, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = hear(&ctx).await {
            tracing::warn!(%error, "doubts about callers could not be asked for; everybody is looked up");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(ASK_EVERY) => {}
        }
    }
}

/// Asks once for doubts.
///
/// # Errors
/// When the database refuses.
pub async fn hear(ctx: &Ctx) -> Result<()> {
    let asked_at = ctx.now();
    let since = asked_at.plus_seconds(-LATE_SECONDS);
    let doubts = store::since(ctx.db().read(), since).await?;
    ctx.kept::<Known>().hear(doubts, asked_at);
    Ok(())
}

/// What a request proves who asks with: the hash of a secret, and the tenant that it names.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Proof {
    hash: [u8; 32],
    named: Option<String>,
}

impl Proof {
    pub fn of(ctx: &Ctx, purpose: &str, secret: &str, named: Option<&str>) -> Self {
        Proof { hash: secret_hash(ctx, purpose, secret), named: named.map(str::to_owned) }
    }
}

/// For how long a session or token may be believed unseen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub expires_at: Option<Micros>,
    pub seen_at: Option<Micros>,
}

impl Term {
    /// Until it ends, or "last seen" would have to be written.
    fn until(self) -> Micros {
        let seen = self.seen_at.unwrap_or_default().plus_seconds(SEEN_SECONDS);
        self.expires_at.map_or(seen, |end| end.min(seen))
    }
}

struct Entry {
    caller: Caller,
    session: Option<SessionId>,
    until: Micros,
}

/// The callers that this process knows.
#[derive(Default)]
pub(super) struct Known(Mutex<State>);

#[derive(Default)]
struct State {
    entries: HashMap<Proof, Entry>,
    /// Who is in doubt, and until when.
    doubted: HashMap<PersonId, Micros>,
    /// Doubts that were heard, and when.
    heard: HashMap<DoubtId, Micros>,
    asked_at: Option<Micros>,
}

impl Known {
    /// Who brings this proof, if he is known.
    pub fn get(&self, proof: &Proof, now: Micros) -> Option<(Caller, Option<SessionId>)> {
        let state = self.0.lock().expect("no holder panics");
        let entry = state.entries.get(proof)?;
        let believed = state.hears(now) && now < entry.until && !state.in_doubt(entry.caller.person, now);
        believed.then(|| (entry.caller.clone(), entry.session))
    }

    /// Remembers who brings a proof.
    pub fn put(&self, proof: Proof, caller: &Caller, session: Option<SessionId>, term: Term, now: Micros) {
        let mut state = self.0.lock().expect("no holder panics");
        if !state.hears(now) || state.in_doubt(caller.person, now) {
            return;
        }
        if state.entries.len() >= MOST {
            state.entries.clear();
        }
        state.entries.insert(proof, Entry { caller: caller.clone(), session, until: term.until() });
    }

    fn doubt(&self, persons: &[PersonId], now: Micros) {
        let mut state = self.0.lock().expect("no holder panics");
        state.doubt(persons, now);
    }

    fn hear(&self, doubts: Vec<(DoubtId, PersonId)>, asked_at: Micros) {
        let mut state = self.0.lock().expect("no holder panics");
        let mut news = Vec::new();
        for (id, person) in doubts {
            if state.heard.insert(id, asked_at).is_none() {
                news.push(person);
            }
        }
        state.doubt(&news, asked_at);
        // What was not told again is too old to be told.
        state.heard.retain(|_, at| *at == asked_at);
        state.doubted.retain(|_, until| *until > asked_at);
        state.entries.retain(|_, entry| entry.until > asked_at);
        state.asked_at = Some(asked_at);
    }
}

impl State {
    fn doubt(&mut self, persons: &[PersonId], now: Micros) {
        if persons.is_empty() {
            return;
        }
        for person in persons {
            self.doubted.insert(*person, now.plus_seconds(DOUBT_SECONDS));
        }
        let persons: HashSet<&PersonId> = persons.iter().collect();
        self.entries.retain(|_, entry| !persons.contains(&entry.caller.person));
    }

    /// A clock that was set back makes deaf until the next asking.
    fn hears(&self, now: Micros) -> bool {
        self.asked_at.is_some_and(|at| (0..=DEAF_US).contains(&(now.0 - at.0)))
    }

    fn in_doubt(&self, person: PersonId, now: Micros) -> bool {
        self.doubted.get(&person).is_some_and(|until| now < *until)
    }
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;

    use super::*;
    use crate::tenants::TenantId;

    const PERSON: PersonId = PersonId(Uuid::from_u128(1));

    fn at(millis: i64) -> Micros {
        Micros(1_000_000_000 + millis * 1000)
    }

    fn proof() -> Proof {
        Proof { hash: [7; 32], named: None }
    }

    fn put(known: &Known, millis: i64) {
        let tenant = TenantId(Uuid::from_u128(2));
        let (grants, accounts) = (Vec::new(), Default::default());
        let caller =
            Caller { person: PERSON, tenant, staff: None, grants, accounts, only: None, unproven: false };
        let term = Term { expires_at: Some(at(100_000)), seen_at: Some(at(0)) };
        known.put(proof(), &caller, None, term, at(millis));
    }

    fn knows(known: &Known, millis: i64) -> bool {
        known.get(&proof(), at(millis)).is_some()
    }

    #[test]
    fn nobody_is_known_to_who_does_not_hear() {
        let known = Known::default();
        put(&known, 0);
        assert!(!knows(&known, 0));
        known.hear(Vec::new(), at(0));
        put(&known, 100);
        assert!(knows(&known, 1_500) && !knows(&known, 1_501));
        assert!(!knows(&known, -1), "the clock was set back");
        known.hear(Vec::new(), at(2_000));
        assert!(knows(&known, 2_001));
        known.hear(Vec::new(), at(100_000));
        assert!(!knows(&known, 100_001), "the session has ended");
    }

    #[test]
    fn who_is_in_doubt_is_looked_up() {
        let known = Known::default();
        known.hear(Vec::new(), at(0));
        put(&known, 0);
        known.doubt(&[PERSON], at(10));
        assert!(!knows(&known, 10));
        put(&known, 20);
        assert!(!knows(&known, 20), "looked up before the change was committed, perhaps");
        let told = vec![(DoubtId(Uuid::from_u128(9)), PERSON)];
        known.hear(told.clone(), at(4_900));
        known.hear(told.clone(), at(9_800));
        put(&known, 9_850);
        assert!(!knows(&known, 9_860), "heard of at 4.9 s");
        put(&known, 9_901);
        assert!(knows(&known, 9_902));
        known.hear(told, at(10_000));
        assert!(knows(&known, 10_001), "what was heard before is no news");
    }
}
