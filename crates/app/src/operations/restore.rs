//! Bringing a backup back: into an empty database, in one transaction.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use kexun_base::db::dialect::{defer_references, demand_references};
use kexun_base::db::{Db, Target, Tx, copy};
use kexun_base::ids::Uuid;
use kexun_base::secrets::Key;
use kexun_base::{Error, Result};
use sea_orm_migration::MigratorTrait;

use super::Contents;
use super::archive::{Header, Part, Reader, damaged};

/// What is to be restored, and where to.
#[derive(Debug)]
pub struct Order<'a> {
    /// The backup.
    pub file: &'a Path,
    /// The master key that was in use when it was made.
    pub key: &'a Key,
    /// The database.
    pub target: &'a Target,
    /// The folder of files.
    pub folder: &'a Path,
    /// Whether what the database holds may be thrown away.
    pub force: bool,
}

/// Reads a backup from beginning to end, touching nothing.
///
/// # Errors
/// When it is none, is damaged or cut off, or was made with another master key.
pub fn check_archive(file: &Path, key: &Key) -> Result<Contents> {
    let (mut archive, _) = Reader::open(file, key)?;
    loop {
        if let Part::End(contents) = archive.next()? {
            return Ok(contents);
        }
    }
}

/// Restores a backup; `say` hears what is being restored. The database becomes what it was, on
/// whichever of the two kinds, and then is brought up to date; or nothing is changed at all.
///
/// # Errors
/// When the backup cannot be used, was made by a newer version of the program, or the database holds
/// something and is not to be overwritten.
pub async fn restore<M: MigratorTrait>(order: &Order<'_>, say: &(impl Fn(&str) + Sync)) -> Result<Contents> {
    let expected = check_archive(order.file, order.key)?;
    let (archive, header) = Reader::open(order.file, order.key)?;
    let steps = steps::<M>(&header)?;
    let db = Db::connect(order.target).await?;
    let files = Arriving::in_folder(order.folder)?;
    let result = restore_all::<M>(&db, order, archive, steps, files, expected, say).await;
    let closed = db.close().await;
    result?;
    closed?;
    Ok(expected)
}

/// How many of this program's migrations the backup's tables have seen.
fn steps<M: MigratorTrait>(header: &Header) -> Result<u32> {
    let known: Vec<String> = M::migrations().iter().map(|m| m.name().to_owned()).collect();
    if !known.starts_with(&header.migrations) {
        let (made_by, own) = (&header.program, env!("CARGO_PKG_VERSION"));
        return Err(Error::invalid(format!(
            "the backup was made by a newer version of the program ({made_by}; this is {own}), or by another one: \
             restore it with the version that made it or a newer one"
        )));
    }
    u32::try_from(header.migrations.len()).map_err(|_| damaged())
}

async fn restore_all<M: MigratorTrait>(
    db: &Db,
    order: &Order<'_>,
    archive: Reader,
    steps: u32,
    mut files: Arriving,
    expected: Contents,
    say: &(impl Fn(&str) + Sync),
) -> Result<()> {
    let tx = db.begin_migrating().await?;
    make_room(&tx, order.force).await?;
    if steps > 0 {
        M::up(&tx, Some(steps)).await?;
    }
    let tables = copy::tables(&tx).await?;
    // Migrations may put rows in; the backup has its own.
    copy::clear(&tx, &tables).await?;
    defer_references(&tx).await?;
    let found = fill(&tx, archive, &tables, &mut files, say).await?;
    if found != expected {
        return Err(damaged());
    }
    demand_references(&tx).await?;
    M::up(&tx, None).await?;
    // Files go before the rows that speak of them: a file that no row speaks of does no harm.
    files.arrive()?;
    Ok(tx.commit().await?)
}

/// Removes all tables, after making sure that nothing is lost with them.
async fn make_room(tx: &Tx, force: bool) -> Result<()> {
    let tables = copy::tables(tx).await?;
    if tables.is_empty() && !copy::was_migrated(tx).await? {
        return Ok(());
    }
    if !copy::was_migrated(tx).await? {
        return Err(Error::conflict(
            "the database holds tables that are not Kexun's: give Kexun one of its own",
        ));
    }
    if !force {
        for table in tables.iter().filter(|t| t.name != "lease") {
            if copy::count(tx, table).await? > 0 {
                return Err(Error::conflict(format!(
                    "the database is not empty (table {}): restore into an empty one, or say --force to throw away \
                     everything it holds",
                    table.name
                )));
            }
        }
    }
    copy::drop_all(tx, &tables).await
}

async fn fill(
    tx: &Tx,
    mut archive: Reader,
    tables: &[copy::Table],
    files: &mut Arriving,
    say: &(impl Fn(&str) + Sync),
) -> Result<Contents> {
    let mut found = Contents::default();
    let mut table: Option<&copy::Table> = None;
    loop {
        match archive.next()? {
            Part::Table(kept) => {
                say(&kept.name);
                let here = tables.iter().find(|t| t.fits(&kept));
                table = Some(here.ok_or_else(|| {
                    let detail = format!("table {} of the backup is none of this program's", kept.name);
                    Error::invalid(detail)
                })?);
                found.tables += 1;
            }
            Part::Rows(bytes) => {
                let table = table.ok_or_else(damaged)?;
                let rows = copy::decode(table, &bytes)?;
                found.rows += rows.len() as u64;
                copy::write(tx, table, rows).await?;
            }
            Part::File(name) => {
                files.begin(&name)?;
                found.files += 1;
            }
            Part::Bytes(bytes) => files.write(&bytes)?,
            Part::End(_) => return Ok(found),
        }
    }
}

/// Files that wait beside their folder until all else is done.
struct Arriving {
    waiting: PathBuf,
    folder: PathBuf,
    names: Vec<String>,
    open: Option<File>,
}

impl Arriving {
    fn in_folder(folder: &Path) -> Result<Arriving> {
        let waiting = folder.join("files.restoring");
        // What a restore that was killed left there.
        match std::fs::remove_dir_all(&waiting) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
        Ok(Arriving { waiting, folder: folder.join("files"), names: Vec::new(), open: None })
    }

    fn begin(&mut self, name: &str) -> Result<()> {
        self.close()?;
        let id = Uuid::parse_str(name).map_err(|_| damaged())?;
        std::fs::create_dir_all(&self.waiting)?;
        self.open = Some(File::create(self.waiting.join(id.to_string()))?);
        self.names.push(id.to_string());
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.open.as_mut().ok_or_else(damaged)?.write_all(bytes)?)
    }

    fn close(&mut self) -> Result<()> {
        if let Some(file) = self.open.take() {
            file.sync_all()?;
        }
        Ok(())
    }

    fn arrive(&mut self) -> Result<()> {
        self.close()?;
        if self.names.is_empty() {
            return Ok(());
        }
        std::fs::create_dir_all(&self.folder)?;
        for name in &self.names {
            std::fs::rename(self.waiting.join(name), self.folder.join(name))?;
        }
        Ok(File::open(&self.folder)?.sync_all()?)
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        // Nothing there is fine.
        std::fs::remove_dir_all(&self.waiting).ok();
    }
}
