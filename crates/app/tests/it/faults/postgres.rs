//! A PostgreSQL server that goes, comes back, or only reads: what `scripts/drills` does with whole
//! servers, here with the database of one test.

use kexun_base::db::Target;
use kexun_people::rights::Role;
use kexun_testkit::{Backend, Client, TestApp, databases};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use serde_json::json;

#[test]
fn broken_connections_are_replaced() {
    databases::run(Backend::Postgres, replaced);
}

#[test]
fn a_database_that_is_away_is_said_to_be_and_found_again() {
    databases::run(Backend::Postgres, away_and_back);
}

#[test]
fn a_standby_serves_readers_and_says_that_it_takes_no_writes() {
    databases::run(Backend::Postgres, standby);
}

/// The operator's connection, and the name of the test's database.
async fn operator(app: &TestApp) -> (DatabaseConnection, String) {
    let Target::Postgres(address) = app.target() else { panic!("this test is for PostgreSQL") };
    let rest = address.trim_start_matches("postgres://kexun@localhost/");
    let name = rest.split('?').next().unwrap().to_owned();
    (Database::connect(address.replace(&name, "postgres")).await.unwrap(), name)
}

/// Ends all connections to a database, as a server does that stops.
async fn cut_off(operator: &DatabaseConnection, name: &str) {
    let sql = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    operator.execute_unprepared(&sql).await.unwrap();
}

async fn shop(admin: &Client, n: usize) -> kexun_testkit::Answer {
    admin.post("/api/v1/shops", json!({ "code": format!("S-{n}"), "name": "店" })).await
}

async fn shops(admin: &Client) -> usize {
    admin.get("/api/v1/shops").await.ok()["items"].as_array().unwrap().len()
}

async fn replaced(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let (operator, name) = operator(&app).await;
    let mut made = 0;
    for round in 0..3 {
        cut_off(&operator, &name).await;
        let all = futures::future::join_all((0..10).map(|n| shop(&admin, 10 * round + n))).await;
        made += all.len();
        all.into_iter().for_each(|answer| drop(answer.status(201)));
    }
    // In the middle of requests: each is done or says that it may not be.
    let working = futures::future::join_all((100..140).map(|n| shop(&admin, n)));
    let cutting = async {
        for _ in 0..5 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            cut_off(&operator, &name).await;
        }
    };
    let (answers, ()) = futures::future::join(working, cutting).await;
    let mut unsure = 0;
    for answer in answers {
        match answer.status.as_u16() {
            201 => made += 1,
            _ => {
                answer.status(503).refused("unavailable");
                unsure += 1;
            }
        }
    }
    let there = shops(&admin).await - 1;
    assert!((made..=made + unsure).contains(&there), "{made} acknowledged, {unsure} unsure, {there} there");
    operator.close().await.unwrap();
}

async fn away_and_back(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let (operator, name) = operator(&app).await;
    operator.execute_unprepared(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await.unwrap();
    cut_off(&operator, &name).await;
    app.nobody().get("/healthz").await.status(200);
    app.nobody().get("/readyz").await.status(503).refused("unavailable");
    let said = shop(&admin, 1).await.status(503).refused("unavailable");
    assert!(said["detail"].as_str().unwrap().contains("does not answer"), "{said}");
    operator.execute_unprepared(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await.unwrap();
    app.nobody().get("/readyz").await.status(200);
    shop(&admin, 1).await.status(201);
    operator.close().await.unwrap();
}

async fn standby(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let (operator, name) = operator(&app).await;
    let read_only = async |on: &str| {
        let sql = format!("ALTER DATABASE {name} SET default_transaction_read_only = {on}");
        operator.execute_unprepared(&sql).await.unwrap();
        cut_off(&operator, &name).await;
    };
    read_only("on").await;
    assert_eq!(shops(&admin).await, 1);
    let said = shop(&admin, 1).await.status(503).refused("unavailable");
    assert!(said["detail"].as_str().unwrap().contains("takes no writes"), "{said}");
    app.nobody().get("/readyz").await.status(503).refused("unavailable");
    read_only("off").await;
    shop(&admin, 1).await.status(201);
    app.nobody().get("/readyz").await.status(200);
    operator.close().await.unwrap();
}
