//! Tables are made at start, once, whoever starts.

use kexun::wiring::Migrator;
use kexun_base::db::Db;
use kexun_testkit::databases::Scratch;
use kexun_testkit::{TestApp, both_databases};
use sea_orm_migration::MigratorTrait;

both_databases![four_start_at_once, names_are_unique_and_stay, starting_again_keeps_the_data];

async fn four_start_at_once(app: TestApp) {
    let scratch = Scratch::empty(app.backend()).await;
    let starts = (0..4).map(|_| {
        let target = scratch.target().clone();
        tokio::spawn(async move { Db::open::<Migrator>(&target).await })
    });
    for start in starts.collect::<Vec<_>>() {
        let db = start.await.unwrap().expect("each of them starts");
        db.ping().await.unwrap();
        assert!(Migrator::get_pending_migrations(db.read()).await.unwrap().is_empty());
        db.close().await.unwrap();
    }
}

/// The database remembers migrations by name: a name that comes twice or changes breaks every
/// installation.
async fn names_are_unique_and_stay(_: TestApp) {
    let names: Vec<_> = Migrator::migrations().iter().map(|m| m.name().to_owned()).collect();
    let mut unique = names.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), names.len(), "{names:?}");
}

async fn starting_again_keeps_the_data(app: TestApp) {
    let backend = app.backend();
    let company = app.company().await;
    let scratch = app.stop().await;
    let app = TestApp::build(backend).start_on(scratch).await;
    let found = kexun_people::tenants::tenant_by_slug(app.ctx().db().read(), &company.slug).await.unwrap();
    assert_eq!(found.id, company.id);
}
