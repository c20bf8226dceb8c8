//! Opening the data for a command.

use std::path::Path;
use std::sync::Arc;

use kexun_base::ctx::Parts;
use kexun_base::db::{Db, Target};
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

/// Opens the data, up to date, with the machine's clock and randomness.
pub async fn open(place: &Place, settings: Settings) -> Result<Ctx> {
    let db = Db::open::<Migrator>(&target(place)).await?;
    let random = Arc::new(OsRandom);
    let key = master_key(&place.data, &*random)?;
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

/// The master key that there is; none is made.
pub fn existing_key(data: &Path) -> Result<Key> {
    let is_set = std::env::var_os("KEXUN_KEY").is_some();
    let named = std::env::var_os("KEXUN_KEY_FILE").map(std::path::PathBuf::from);
    let file = named.unwrap_or_else(|| data.join("master.key"));
    if !is_set && !file.exists() {
        let file = file.display();
        return Err(Error::invalid(format!(
            "there is no master key in {file}: a backup does not hold it; set KEXUN_KEY, or KEXUN_KEY_FILE, or put \
             the key there that was in use when the backup was made"
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
