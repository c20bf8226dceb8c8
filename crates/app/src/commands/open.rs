//! Opening the data for a command.

use std::path::Path;
use std::sync::Arc;

use kexun_base::ctx::Parts;
use kexun_base::db::{Db, Target};
use kexun_base::ids::{OsRandom, Random};
use kexun_base::secrets::Key;
use kexun_base::time::SystemClock;
use kexun_base::{Ctx, Result, Settings};

use super::Place;
use crate::wiring::{Migrator, background};

/// Opens the data, up to date, with the machine's clock and randomness.
pub async fn open(place: &Place, settings: Settings) -> Result<Ctx> {
    let target = match &place.database_url {
        Some(url) => Target::Postgres(url.clone()),
        None => Target::Folder(place.data.clone()),
    };
    let db = Db::open::<Migrator>(&target).await?;
    let random = Arc::new(OsRandom);
    let key = master_key(&place.data, &*random)?;
    let parts = Parts { db, clock: Arc::new(SystemClock), random, key, settings, jobs: background() };
    Ok(Ctx::new(parts))
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
