//! The ledger of erasures: which customers were erased, kept beside the database, so that a backup
//! from before the erasure does not bring them back.
//!
//! A line holds a tenant, the keyed hash of a customer's name at his shop, and when he was erased:
//! nothing that names him, and nothing without the master key. Lines are only ever appended, each
//! synced to disk before the erasure is published. The file lies beside the master key by default; it
//! must not be part of what a restored backup replaces, so `KEXUN_ERASURES` may place it elsewhere.
//! Where several servers share a database, it lies where all of them reach it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use kexun_base::events::Actor;
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::TenantId;
use uuid::Uuid;

use super::{erase, store};

/// Where the ledger lies: where the settings say, else `erasures.log` in the data folder.
pub fn path(ctx: &Ctx) -> PathBuf {
    let settings = ctx.settings();
    settings.erasures.clone().unwrap_or_else(|| settings.folder.join("erasures.log"))
}

/// Writes down that a customer is being erased; synced to disk when this returns.
///
/// # Errors
/// When the file cannot be written: then the customer must not be erased yet.
pub async fn append(ctx: &Ctx, tenant: TenantId, name_hash: Uuid) -> Result<()> {
    let (file, line) = (path(ctx), format!("{tenant} {name_hash} {}\n", ctx.now()));
    let written = tokio::task::spawn_blocking(move || append_line(&file, &line)).await;
    written.map_err(|e| Error::internal(format!("writing the ledger of erasures broke: {e}")))?
}

fn append_line(file: &Path, line: &str) -> Result<()> {
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut options = std::fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut ledger = options.open(file)?;
    // A line that a crash cut off ends here, so that it does not swallow the next one.
    let cut_off = !ends_with_newline(&mut ledger)?;
    ledger.write_all(format!("{}{line}", if cut_off { "\n" } else { "" }).as_bytes())?;
    ledger.sync_all()?;
    // The file's name must survive a crash, too.
    Ok(std::fs::File::open(folder)?.sync_all()?)
}

fn ends_with_newline(ledger: &mut std::fs::File) -> std::io::Result<bool> {
    if ledger.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    ledger.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    ledger.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// All that the ledger holds, by tenant.
///
/// # Errors
/// When there is a file that cannot be read.
pub async fn read(ctx: &Ctx) -> Result<BTreeMap<TenantId, BTreeSet<Uuid>>> {
    match tokio::fs::read(path(ctx)).await {
        Ok(bytes) => Ok(parse(&String::from_utf8_lossy(&bytes))),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(e) => Err(e.into()),
    }
}

fn parse(text: &str) -> BTreeMap<TenantId, BTreeSet<Uuid>> {
    let mut erased: BTreeMap<TenantId, BTreeSet<Uuid>> = BTreeMap::new();
    for line in text.lines() {
        let mut words = line.split(' ');
        let ids = words.next().and_then(|w| w.parse().ok()).zip(words.next().and_then(|w| w.parse().ok()));
        // A line that was cut off belongs to an erasure that was never published.
        if let (Some((tenant, hash)), Some(_)) = (ids, words.next()) {
            erased.entry(tenant).or_default().insert(hash);
        }
    }
    erased
}

/// Which of these customers of a tenant were ever erased.
///
/// # Errors
/// When there is a ledger that cannot be read.
pub async fn erased_of(ctx: &Ctx, tenant: TenantId, hashes: &[Uuid]) -> Result<HashSet<Uuid>> {
    let erased = read(ctx).await?.remove(&tenant).unwrap_or_default();
    Ok(hashes.iter().copied().filter(|hash| erased.contains(hash)).collect())
}

/// Erases again whoever came back from a restored backup; and writes into the ledger whoever is
/// erased in the database and missing in it. Called before the program serves, and after a restore.
/// Returns how many were erased again.
///
/// # Errors
/// When the ledger cannot be read or written, or the database refuses: do not serve then.
pub async fn apply(ctx: &Ctx) -> Result<u64> {
    let ledger = read(ctx).await?;
    for (tenant, hash) in store::erased(ctx.db().read()).await? {
        if !ledger.get(&tenant).is_some_and(|known| known.contains(&hash)) {
            append(ctx, tenant, hash).await?;
        }
    }
    let mut again = 0;
    for (tenant, hashes) in ledger {
        let hashes: Vec<Uuid> = hashes.into_iter().collect();
        for customer in store::back_from_the_dead(ctx.db().read(), tenant, &hashes).await? {
            erase::erase(ctx, tenant, customer, Actor::System, "restored backup").await?;
            again += 1;
        }
    }
    if again > 0 {
        tracing::warn!(customers = again, "erased again: a restored backup had brought them back");
    }
    Ok(again)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(tenant: u128, hash: u128) -> String {
        format!("{} {} 2026-07-01T02:00:00Z\n", Uuid::from_u128(tenant), Uuid::from_u128(hash))
    }

    #[test]
    fn lines_add_up_and_a_torn_one_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kept/erasures.log");
        append_line(&file, &line(1, 10)).unwrap();
        append_line(&file, &line(2, 20)).unwrap();
        let whole = std::fs::read_to_string(&file).unwrap();
        let of = |tenant| TenantId(Uuid::from_u128(tenant));
        let torn = line(1, 11);
        for cut in 0..torn.len() - 1 {
            std::fs::write(&file, format!("{whole}{}", &torn[..cut])).unwrap();
            append_line(&file, &line(1, 12)).unwrap();
            let erased = parse(&std::fs::read_to_string(&file).unwrap());
            assert!(erased[&of(1)].contains(&Uuid::from_u128(10)));
            assert!(erased[&of(1)].contains(&Uuid::from_u128(12)), "{cut}");
            assert_eq!(erased[&of(2)].len(), 1);
        }
    }
}
