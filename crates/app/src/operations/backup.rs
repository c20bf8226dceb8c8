//! Taking the data away: one file that holds one state of all tables, and the uploaded files.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use kexun_base::db::{Tx, copy};
use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Error, Result};
use sea_orm_migration::MigratorTrait;

use super::Contents;
use super::archive::{Header, Part, Writer, key_check};

/// Tables whose rows stay behind. Sessions: whoever was signed out since must not be signed in again
/// by a backup. Leases: they belong to processes.
const LEFT_BEHIND: [&str; 2] = ["session", "lease"];
/// Rows read at once and kept in one frame.
const ROWS: u64 = 200;
/// Bytes of a file kept in one frame.
const BYTES: u64 = 1 << 20;

/// Writes a backup of the data that `ctx` has open, which may be in use meanwhile: all of it is of
/// one moment. `file` appears as a whole, synced to disk, or not at all; `say` hears what is being
/// written.
///
/// # Errors
/// When the database refuses or the file cannot be written: nothing is left then.
pub async fn backup<M: MigratorTrait>(
    ctx: &Ctx,
    file: &Path,
    say: &(impl Fn(&str) + Sync),
) -> Result<Contents> {
    let mut draft = file.as_os_str().to_owned();
    draft.push(".part");
    let draft = PathBuf::from(draft);
    let written = match write::<M>(ctx, &draft, say).await {
        Ok(contents) => std::fs::rename(&draft, file).map(|()| contents).map_err(Error::from),
        Err(error) => Err(error),
    };
    if written.is_err() {
        std::fs::remove_file(&draft).ok();
    }
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let contents = written?;
    // The file's name must survive a crash, too.
    File::open(folder)?.sync_all()?;
    Ok(contents)
}

async fn write<M: MigratorTrait>(ctx: &Ctx, draft: &Path, say: &(impl Fn(&str) + Sync)) -> Result<Contents> {
    let db = ctx.db().snapshot().await?;
    // The first query fixes the moment.
    let migrations = M::get_applied_migrations_read_only(&db).await?;
    let header = Header {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: ctx.now(),
        migrations: migrations.iter().map(|m| m.name().to_owned()).collect(),
        key_check: key_check(ctx.key()),
    };
    let mut archive = Writer::create(draft, ctx.key(), ctx.random(), &header)?;
    let mut contents = Contents::default();
    // Files first: one that a row speaks of may be removed as soon as its work is done.
    write_files(ctx, &mut archive, &mut contents, say)?;
    for table in copy::tables(&db).await? {
        if !LEFT_BEHIND.contains(&table.name.as_str()) {
            say(&table.name);
            contents.rows += write_table(&db, &table, &mut archive).await?;
            contents.tables += 1;
        }
    }
    db.rollback().await?;
    archive.finish(contents)?;
    Ok(contents)
}

async fn write_table(db: &Tx, table: &copy::Table, archive: &mut Writer<'_>) -> Result<u64> {
    archive.put(&Part::Table(table.clone()))?;
    let mut last: Option<copy::Row> = None;
    let mut written = 0;
    loop {
        let mut rows = copy::read(db, table, last.as_ref(), ROWS).await?;
        if rows.is_empty() {
            return Ok(written);
        }
        archive.put(&Part::Rows(copy::encode(table, &rows)?))?;
        written += rows.len() as u64;
        last = rows.pop();
    }
}

fn write_files(
    ctx: &Ctx,
    archive: &mut Writer<'_>,
    contents: &mut Contents,
    say: &impl Fn(&str),
) -> Result<()> {
    let entries = match std::fs::read_dir(ctx.files().folder()) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e.into()),
    };
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        // Whatever is not named by an id is still on its way in.
        let Ok(id) = Uuid::parse_str(&name) else { continue };
        match File::open(ctx.files().path(id)) {
            Ok(file) => {
                say("files");
                write_file(file, &name, archive)?;
                contents.files += 1;
            }
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            Err(e) => return Err(e.into()),
        }
    }
    Ok(())
}

fn write_file(mut file: File, name: &str, archive: &mut Writer<'_>) -> Result<()> {
    archive.put(&Part::File(name.to_owned()))?;
    loop {
        let mut bytes = Vec::new();
        file.by_ref().take(BYTES).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Ok(());
        }
        archive.put(&Part::Bytes(bytes))?;
    }
}
