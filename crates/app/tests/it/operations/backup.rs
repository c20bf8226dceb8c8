//! `kexun backup` and `kexun restore`: out of one database and into another, whichever they are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kexun::operations::{self, Contents, Order};
use kexun::wiring::{Migrator, background};
use kexun_base::db::{Db, Target, copy};
use kexun_base::ids::Uuid;
use kexun_base::secrets::Key;
use kexun_base::time::ManualClock;
use kexun_base::{Ctx, Result, Settings};
use kexun_people::rights::Scope;
use kexun_people::tenants::tenant_by_slug;
use kexun_service::kpi;
use kexun_testkit::app::open;
use kexun_testkit::databases::Scratch;
use kexun_testkit::{Backend, TestApp, both_databases};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use serde_json::Value;

use super::{company_with_record, record};
use crate::service::{HEADER, import_command, kexun, outcome};

both_databases![
    a_backup_comes_back_on_either_database,
    a_backup_needs_its_master_key,
    a_damaged_backup_is_refused_and_nothing_is_changed,
    a_restore_that_breaks_off_changes_nothing,
    data_that_are_there_are_kept,
    an_older_backup_is_brought_up_to_date_and_a_newer_one_refused,
    a_backup_taken_under_load_is_of_one_moment,
    the_program_backs_up_and_restores,
];

fn key() -> Key {
    Key::from_bytes([42; 32])
}

fn quiet(_: &str) {}

async fn backup(app: &TestApp) -> (tempfile::TempDir, PathBuf, Contents) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.kexun");
    let contents = operations::backup::<Migrator>(app.ctx(), &file, &quiet).await.unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    (folder, file, contents)
}

async fn restore(file: &Path, to: &Scratch, force: bool) -> Result<Contents> {
    let (key, target, folder) = (key(), to.target(), to.folder());
    operations::restore::<Migrator>(&Order { file, key: &key, target, folder, force }, &quiet).await
}

async fn opened(app: &TestApp, on: &Scratch) -> Ctx {
    let settings = Settings::local(on.folder().to_owned());
    open(on.target(), Arc::new(ManualClock::at(app.ctx().now())), settings, background(), 3).await
}

/// All rows of all tables, in a form that does not tell the databases apart.
async fn rows(ctx: &Ctx) -> BTreeMap<String, Vec<Vec<u8>>> {
    let db = ctx.db().snapshot().await.unwrap();
    let mut all = BTreeMap::new();
    for table in copy::tables(&db).await.unwrap() {
        let rows = copy::read(&db, &table, None, 100_000).await.unwrap();
        let mut rows: Vec<_> = rows.into_iter().map(|r| copy::encode(&table, &[r]).unwrap()).collect();
        // Texts are ordered by other rules on PostgreSQL.
        rows.sort();
        all.insert(table.name, rows);
    }
    all
}

async fn figures(ctx: &Ctx) -> Value {
    let tenant = tenant_by_slug(ctx.db().read(), "acme").await.unwrap().id;
    let asked = kpi::api::Asked {
        from: "2026-06-01".parse().unwrap(),
        to: "2026-06-30".parse().unwrap(),
        by: Some("agent".into()),
        per: Some("day".into()),
        keys: None,
        shop: None,
        team: None,
        agent: None,
        format: None,
    };
    let answer = kpi::ask(ctx, &Scope::whole(tenant), &asked.question().unwrap()).await.unwrap();
    serde_json::to_value(answer).unwrap()
}

/// Names of the tables that a database has.
async fn tables(on: &Scratch) -> Vec<String> {
    let db = Db::connect(on.target()).await.unwrap();
    let names = copy::tables(db.read()).await.unwrap().into_iter().map(|t| t.name).collect();
    db.close().await.unwrap();
    names
}

async fn is_the_same(app: &TestApp, before: &BTreeMap<String, Vec<Vec<u8>>>, shown: &Value, on: &Scratch) {
    let ctx = opened(app, on).await;
    let mut expected = before.clone();
    // Nobody stays signed in, and no process holds anything.
    expected.insert("session".into(), Vec::new());
    expected.insert("lease".into(), Vec::new());
    let found = rows(&ctx).await;
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (table, rows) in &expected {
        assert!(found[table] == *rows, "table {table}: {} rows, {} expected", found[table].len(), rows.len());
    }
    let report = operations::check(&ctx).await.unwrap();
    assert!(report.sound, "{report:#?}");
    assert_eq!(figures(&ctx).await, *shown);
    ctx.db().close().await.unwrap();
}

async fn a_backup_comes_back_on_either_database(app: TestApp) {
    let acme = company_with_record(&app).await;
    let member = app.member(&acme, "somebody", vec![]).await;
    app.session(&member).await;
    let id = app.ctx().id::<Uuid>();
    let bytes: Vec<u8> = (0..3_000_000u32).map(|n| (n % 251) as u8).collect();
    std::fs::create_dir_all(app.ctx().files().folder()).unwrap();
    std::fs::write(app.ctx().files().path(id), &bytes).unwrap();
    std::fs::write(app.ctx().files().folder().join(format!("{id}.part")), "on its way").unwrap();
    app.seal().await;
    let (before, shown) = (rows(app.ctx()).await, figures(app.ctx()).await);
    assert!(!before["session"].is_empty() && !before["kpi_day"].is_empty());
    let (_folder, file, contents) = backup(&app).await;
    assert_eq!(contents.files, 1);
    // From PostgreSQL to SQLite, and from there to either: together with SQLite to SQLite, all ways.
    let there = Scratch::empty(Backend::Sqlite).await;
    assert_eq!(restore(&file, &there, false).await.unwrap(), contents);
    is_the_same(&app, &before, &shown, &there).await;
    let files: Vec<_> = std::fs::read_dir(there.folder().join("files")).unwrap().collect();
    assert_eq!(files.len(), 1);
    assert!(std::fs::read(files[0].as_ref().unwrap().path()).unwrap() == bytes);
    assert!(!there.folder().join("files.restoring").exists());
    let ctx = opened(&app, &there).await;
    let second = there.folder().join("again.kexun");
    operations::backup::<Migrator>(&ctx, &second, &quiet).await.unwrap();
    let home = Scratch::empty(app.backend()).await;
    restore(&second, &home, false).await.unwrap();
    is_the_same(&app, &before, &shown, &home).await;
}

async fn a_backup_needs_its_master_key(app: TestApp) {
    company_with_record(&app).await;
    let (_folder, file, _) = backup(&app).await;
    let bytes = std::fs::read(&file).unwrap();
    let holds = |what: &[u8]| bytes.windows(what.len()).any(|w| w == what);
    assert!(!holds(&[42; 32]) && !holds("2a".repeat(32).as_bytes()), "the key is not in it");
    assert!(!holds("acme".as_bytes()), "nothing can be read without the key");
    let there = Scratch::empty(app.backend()).await;
    let (key, target, folder) = (Key::from_bytes([1; 32]), there.target(), there.folder());
    let order = Order { file: &file, key: &key, target, folder, force: false };
    let error = operations::restore::<Migrator>(&order, &quiet).await.unwrap_err();
    assert!(error.to_string().contains("another master key"), "{error}");
    assert!(tables(&there).await.is_empty());
}

async fn a_damaged_backup_is_refused_and_nothing_is_changed(app: TestApp) {
    company_with_record(&app).await;
    let (folder, file, _) = backup(&app).await;
    let whole = std::fs::read(&file).unwrap();
    let there = Scratch::empty(app.backend()).await;
    let damaged = folder.path().join("damaged");
    let mut refused = Vec::new();
    for place in (0..whole.len()).step_by(whole.len() / 60) {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        refused.push(bytes);
        refused.push(whole[..place].to_vec());
    }
    refused.push(whole[..whole.len() - 1].to_vec());
    refused.push([whole.as_slice(), b"x"].concat());
    refused.push(b"rowid,name\n1,2\n".to_vec());
    for bytes in refused {
        std::fs::write(&damaged, &bytes).unwrap();
        let error = operations::check_archive(&damaged, &key()).unwrap_err().to_string();
        let words = ["damaged", "another master key", "no backup"];
        assert!(words.iter().any(|w| error.contains(w)), "{error}");
    }
    std::fs::write(&damaged, &whole[..whole.len() / 2]).unwrap();
    restore(&damaged, &there, false).await.unwrap_err();
    assert!(tables(&there).await.is_empty());
    restore(&file, &there, false).await.unwrap();
}

async fn a_restore_that_breaks_off_changes_nothing(app: TestApp) {
    company_with_record(&app).await;
    let (_folder, file, _) = backup(&app).await;
    let there = Arc::new(Scratch::empty(app.backend()).await);
    let dying = {
        let (there, file) = (there.clone(), file.clone());
        tokio::spawn(async move {
            let (key, target, folder) = (key(), there.target(), there.folder());
            let order = Order { file: &file, key: &key, target, folder, force: false };
            let die = |table: &str| assert_ne!(table, "transcript", "as if killed");
            operations::restore::<Migrator>(&order, &die).await
        })
    };
    assert!(dying.await.is_err());
    assert!(tables(&there).await.is_empty());
    restore(&file, &there, false).await.unwrap();
}

async fn data_that_are_there_are_kept(app: TestApp) {
    company_with_record(&app).await;
    let (_folder, file, _) = backup(&app).await;
    let other = TestApp::start(app.backend()).await;
    other.company_named("other").await;
    let scratch = other.stop().await;
    let error = restore(&file, &scratch, false).await.unwrap_err();
    assert!(error.to_string().contains("is not empty"), "{error}");
    let ctx = opened(&app, &scratch).await;
    tenant_by_slug(ctx.db().read(), "other").await.unwrap();
    ctx.db().close().await.unwrap();
    restore(&file, &scratch, true).await.unwrap();
    is_the_same(&app, &rows(app.ctx()).await, &figures(app.ctx()).await, &scratch).await;
    // A database that was only ever opened is empty.
    let fresh = TestApp::start(app.backend()).await.stop().await;
    restore(&file, &fresh, false).await.unwrap();
}

/// The program as it was before a migration that makes tables.
struct Older;

impl MigratorTrait for Older {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = Migrator::migrations();
        let newer = all.iter().position(|one| one.name() == "service_conversations_2");
        all.truncate(newer.expect("it is one of the migrations"));
        all
    }
}

async fn an_older_backup_is_brought_up_to_date_and_a_newer_one_refused(app: TestApp) {
    let old = Scratch::empty(app.backend()).await;
    Db::open::<Older>(old.target()).await.unwrap().close().await.unwrap();
    let old_tables = tables(&old).await;
    let db = Db::connect(old.target()).await.unwrap();
    let settings = Settings::local(old.folder().to_owned());
    let random = Arc::new(kexun_base::ids::SeededRandom::new(4));
    let clock = Arc::new(ManualClock::at(app.ctx().now()));
    let parts = kexun_base::ctx::Parts { db, clock, random, key: key(), settings, jobs: background() };
    let ctx = Ctx::new(parts);
    let tx = ctx.db().begin().await.unwrap();
    let new =
        kexun_people::tenants::NewTenant { slug: "acme".into(), name: "甲公司".into(), parent: None };
    kexun_people::tenants::create(&ctx, &tx, kexun_base::events::Actor::Operator, new).await.unwrap();
    tx.commit().await.unwrap();
    let file = old.folder().join("old.kexun");
    operations::backup::<Older>(&ctx, &file, &quiet).await.unwrap();
    let there = Scratch::empty(app.backend()).await;
    restore(&file, &there, false).await.unwrap();
    assert!(tables(&there).await.len() > old_tables.len());
    let restored = opened(&app, &there).await;
    assert_eq!(tenant_by_slug(restored.db().read(), "acme").await.unwrap().name, "甲公司");
    let (_folder, newer, _) = backup(&app).await;
    let empty = Scratch::empty(app.backend()).await;
    let (key, target, folder) = (key(), empty.target(), empty.folder());
    let order = Order { file: &newer, key: &key, target, folder, force: false };
    let error = operations::restore::<Older>(&order, &quiet).await.unwrap_err();
    assert!(error.to_string().contains("newer version"), "{error}");
    assert!(tables(&empty).await.is_empty());
}

async fn a_backup_taken_under_load_is_of_one_moment(app: TestApp) {
    company_with_record(&app).await;
    let importing = tempfile::NamedTempFile::new().unwrap();
    let more: String = (1..6).map(|month| record().replace("2026-06", &format!("2026-0{month}"))).collect();
    std::fs::write(importing.path(), more.replace(&format!("\n{HEADER}"), "").replace('k', "m")).unwrap();
    let mut child = import_command(&app, "conversations", importing.path(), &[]).spawn().unwrap();
    let mut taken = Vec::new();
    while child.try_wait().unwrap().is_none() {
        taken.push(backup(&app).await);
    }
    assert!(child.wait().unwrap().success());
    assert!(!taken.is_empty());
    for (_folder, file, _) in taken.iter().rev().take(3) {
        let there = Scratch::empty(app.backend()).await;
        restore(file, &there, false).await.unwrap();
        let ctx = opened(&app, &there).await;
        let report = operations::check(&ctx).await.unwrap();
        assert!(report.sound, "{report:#?}");
        ctx.db().close().await.unwrap();
    }
}

async fn the_program_backs_up_and_restores(app: TestApp) {
    company_with_record(&app).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("b.kexun");
    let output = kexun(&app).arg("backup").arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(said.contains("does NOT hold it"), "{said}");
    let there = Scratch::empty(app.backend()).await;
    let at = |arguments: &[&str]| {
        let mut command = kexun(&app);
        command.env("KEXUN_DATA", there.folder());
        if let Target::Postgres(address) = there.target() {
            command.env("KEXUN_DATABASE_URL", address);
        }
        command.args(arguments);
        command
    };
    let name = file.to_str().unwrap();
    let unkeyed = at(&["restore", name]).env_remove("KEXUN_KEY").output().unwrap();
    assert_eq!(unkeyed.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unkeyed.stderr).contains("there is no master key in"), "{unkeyed:?}");
    assert!(!there.folder().join("master.key").exists(), "none is made");
    let restored = outcome(&at(&["restore", name, "--json"]).output().unwrap());
    assert_eq!(restored.0, 0, "{}", restored.1);
    assert_eq!(restored.1["erased_again"], 0);
    assert_eq!(at(&["restore", name]).output().unwrap().status.code(), Some(1), "it is not empty any more");
    let checked = outcome(&at(&["check", "--json"]).output().unwrap());
    assert_eq!((checked.0, &checked.1["sound"]), (0, &Value::Bool(true)), "{}", checked.1);
    let nowhere = folder.path().join("nowhere");
    let looked =
        kexun(&app).env_remove("KEXUN_DATABASE_URL").env("KEXUN_DATA", &nowhere).arg("check").output();
    assert_eq!(looked.unwrap().status.code(), Some(1));
    assert!(!nowhere.exists(), "looking at nothing makes nothing");
}
