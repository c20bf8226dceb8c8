//! What every request and job carries: database, clock, randomness, keys, files, settings.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::db::Db;
use crate::files::Files;
use crate::ids::{Ids, Random, Uuid};
use crate::jobs::Jobs;
use crate::secrets::Key;
use crate::time::{Clock, Micros};

/// What the operator decides.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder for uploaded files and temporary runs.
    pub folder: PathBuf,
    /// Address under which people reach the server, for links in mails, without a final slash.
    pub public_url: String,
    /// Whether this is the simulated organisation: the sign-in page then lists its people.
    pub demo: bool,
    /// `smtp://user:password@host:port`, `smtps://…`; none: notices stay in the inbox.
    pub smtp_url: Option<String>,
    /// Sender of mails.
    pub mail_from: String,
    /// Whether the session cookie is sent over HTTPS only.
    pub secure_cookies: bool,
    /// Whether a proxy of the operator's own stands before the server: the last address of
    /// `X-Forwarded-For` is then the client's. Otherwise anybody could write that header.
    pub behind_proxy: bool,
    /// Where the ledger of erasures lies; none: in `folder`.
    pub erasures: Option<PathBuf>,
}

impl Settings {
    /// Settings for a server on this machine that keeps its files in `folder`.
    pub fn local(folder: PathBuf) -> Self {
        Settings {
            folder,
            public_url: "http://127.0.0.1:8080".into(),
            demo: false,
            smtp_url: None,
            mail_from: "kexun@localhost".into(),
            secure_cookies: false,
            behind_proxy: false,
            erasures: None,
        }
    }
}

/// The parts that [`Ctx`] is made of.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Where random bytes come from.
    pub random: Arc<dyn Random>,
    /// The master key.
    pub key: Key,
    /// What the operator decides.
    pub settings: Settings,
    /// The kinds of background work that this process can do.
    pub jobs: Jobs,
}

/// The context, shared by all requests and jobs of a process. Cheap to clone.
#[derive(Clone)]
pub struct Ctx(Arc<Inner>);

struct Inner {
    parts: Parts,
    files: Files,
    ids: Ids,
    process: Uuid,
    kept: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl Ctx {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        let files = Files::in_folder(parts.settings.folder.join("files"));
        let ids = Ids::default();
        let process = ids.next(parts.clock.now(), &*parts.random);
        Ctx(Arc::new(Inner { parts, files, ids, process, kept: Mutex::default() }))
    }

    /// The same with another clock: for writing down a past, as the demonstration does.
    #[must_use]
    pub fn with_clock(&self, clock: Arc<dyn Clock>) -> Self {
        let Parts { db, random, key, settings, jobs, .. } = &self.0.parts;
        Ctx::new(Parts {
            db: db.clone(),
            clock,
            random: random.clone(),
            key: key.clone(),
            settings: settings.clone(),
            jobs: jobs.clone(),
        })
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.parts.db
    }

    /// The present instant.
    pub fn now(&self) -> Micros {
        self.0.parts.clock.now()
    }

    /// A new id, after all that were given before.
    pub fn id<T: From<Uuid>>(&self) -> T {
        self.0.ids.next(self.now(), self.random()).into()
    }

    /// So many new ids, ascending: rows with ids in order are cheaper to store.
    pub fn ids(&self, count: usize) -> Vec<Uuid> {
        self.0.ids.many(self.now(), self.random(), count)
    }

    /// Random bytes fit for keys and tokens.
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.parts.random.fill(&mut bytes);
        bytes
    }

    /// The source of random bytes.
    pub fn random(&self) -> &dyn Random {
        &*self.0.parts.random
    }

    /// The master key.
    pub fn key(&self) -> &Key {
        &self.0.parts.key
    }

    /// What the operator decides.
    pub fn settings(&self) -> &Settings {
        &self.0.parts.settings
    }

    /// The kinds of background work that this process can do.
    pub fn jobs(&self) -> &Jobs {
        &self.0.parts.jobs
    }

    /// Uploaded files.
    pub fn files(&self) -> &Files {
        &self.0.files
    }

    /// What a room keeps in memory for as long as the process runs: one of each kind, made when it is first asked
    /// for. Nothing that the database does not have.
    pub fn kept<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut kept = self.0.kept.lock().expect("no holder panics");
        let one = kept.entry(TypeId::of::<T>()).or_insert_with(|| Arc::<T>::default());
        one.clone().downcast().expect("it stands under its own type")
    }

    /// Name of this process among all that share the database, new at every start.
    pub fn process(&self) -> Uuid {
        self.0.process
    }
}
