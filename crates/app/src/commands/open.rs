//! Opening the data for a command.

use std::path::Path;
use std::sync::Arc;

use kexun_base::ctx::Parts;
use kexun_base::db::{Db, Target, copy};
use kexun_base::ids::{OsRandom, Random};
use kexun_base::secrets::Key;
use kexun_base::time::SystemClock;
use kexun_base::{Ctx, Error, Result, Settings};

use super::Place;
use crate::wiring::{Migrator, background};

/// The settings of a command that works on a place.
pub fn settings(place: &Place) -> Settings {
    Settings { erasures: place.erasures.clone(), ..Settings::local(place.data.clone()) }
}

/// Opens the data, up to date, with the machine's clock and randomness. Where there are none yet they are
/// begun, with a new master key if none is there.
///
/// # Errors
/// When there are data and no master key, or the database cannot be opened.
pub async fn open(place: &Place, settings: Settings) -> Result<Ctx> {
    let target = target(place);
    let random = Arc::new(OsRandom);
    // The key comes before the tables: of two programs that start at once the second finds both, or neither.
    let key = if is_there(&target).await? {
        existing_key(&place.data)?
    } else {
        make_folder(&place.data)?;
        master_key(&place.data, &*random)?
    };
    let db = Db::open::<Migrator>(&target).await?;
    let parts = Parts { db, clock: Arc::new(SystemClock), random, key, settings, jobs: background() };
    Ok(Ctx::new(parts))
}

/// As [`open`], but refuses where there are no data yet: looking at nothing, or backing nothing up,
/// is hardly what was meant.
pub async fn existing(place: &Place, settings: Settings) -> Result<Ctx> {
    if place.database_url.is_none() && !Db::is_in(&place.data) {
        let folder = place.data.display();
        return Err(Error::invalid(format!(
            "there are no data of Kexun in {folder}: say --data or --database-url"
        )));
    }
    open(place, settings).await
}

/// The database that a place means.
pub fn target(place: &Place) -> Target {
    match &place.database_url {
        Some(url) => Target::Postgres(url.clone()),
        None => Target::Folder(place.data.clone()),
    }
}

/// Whether a database has been begun there.
async fn is_there(target: &Target) -> Result<bool> {
    match target {
        Target::Folder(folder) => Ok(Db::is_in(folder)),
        Target::Postgres(_) => {
            let db = Db::connect(target).await?;
            let there = copy::was_migrated(db.read()).await;
            db.close().await?;
            there
        }
    }
}

/// The data folder, in which nobody else on the machine reads; one that is there stays as it is.
fn make_folder(folder: &Path) -> Result<()> {
    let mut own = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut own, 0o700);
    Ok(own.recursive(true).create(folder)?)
}

/// The master key that there is; none is made.
///
/// # Errors
/// When there is none.
pub fn existing_key(data: &Path) -> Result<Key> {
    let is_set = std::env::var_os("KEXUN_KEY").is_some();
    let named = std::env::var_os("KEXUN_KEY_FILE").map(std::path::PathBuf::from);
    let file = named.unwrap_or_else(|| data.join("master.key"));
    if !is_set && !file.exists() {
        let file = file.display();
        return Err(Error::invalid(format!(
            "there is no master key in {file}, and another one would open nothing of what is there: set KEXUN_KEY or \
             KEXUN_KEY_FILE as it is set for the server, or put the key there that was in use until now (a backup \
             does not hold it)"
        )));
    }
    master_key(data, &OsRandom)
}

/// `KEXUN_KEY`, or the file that `KEXUN_KEY_FILE` names, or a key file in the data folder: handy to
/// begin with, and said so, since whoever has the folder then has the key.
fn master_key(data: &Path, random: &dyn Random) -> Result<Key> {
    if let Ok(hex) = std::env::var("KEXUN_KEY") {
        return Key::from_hex(&hex);
    }
    if let Ok(file) = std::env::var("KEXUN_KEY_FILE") {
        return Key::from_file(Path::new(&file), random);
    }
    tracing::warn!("the master key lies in the data folder; for earnest use set KEXUN_KEY or KEXUN_KEY_FILE");
    Key::from_file(&data.join("master.key"), random)
}
