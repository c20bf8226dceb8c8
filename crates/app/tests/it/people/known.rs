//! Callers who are known from an earlier request: what is withdrawn elsewhere is heard of in time.

use kexun_people::rights::{By, Grant, Role};
use kexun_people::sign_in::known::hear;
use kexun_people::sign_in::{prepare_password, set_password};
use kexun_people::staff;
use kexun_testkit::{Client, TestApp, both_databases};

use super::{admin_of_acme, member, session, tenant};

both_databases![
    what_another_process_withdraws_is_heard,
    who_hears_nothing_believes_nobody,
    what_this_process_withdraws_acts_at_once,
];

/// Signs li out everywhere, in another process.
async fn sign_li_out_elsewhere(app: &TestApp) {
    let other = app.second(Default::default()).await;
    let (li, acme, _) = staff::find(&other, "li", None).await.unwrap();
    let password = prepare_password(&other, "li", "another one 马").await.unwrap();
    let tx = other.db().begin().await.unwrap();
    set_password(&other, &tx, By::Operator(acme), li.id, &password).await.unwrap();
    tx.commit().await.unwrap();
}

/// li's session, known since a request before.
async fn known(app: &TestApp) -> Client {
    let acme = tenant(app, "acme", None).await;
    member(app.ctx(), acme, "li", &[Role::Agent]).await;
    let li = session(app, "li").await;
    hear(app.ctx()).await.unwrap();
    li.get("/api/v1/me").await.ok();
    li
}

async fn what_another_process_withdraws_is_heard(app: TestApp) {
    let li = known(&app).await;
    sign_li_out_elsewhere(&app).await;
    app.advance(1);
    li.get("/api/v1/me").await.ok();
    hear(app.ctx()).await.unwrap();
    li.get("/api/v1/me").await.refused("not_signed_in");
}

async fn who_hears_nothing_believes_nobody(app: TestApp) {
    let li = known(&app).await;
    sign_li_out_elsewhere(&app).await;
    app.advance(2);
    li.get("/api/v1/me").await.refused("not_signed_in");
}

async fn what_this_process_withdraws_acts_at_once(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let li = member(app.ctx(), acme, "li", &[Role::Agent]).await;
    let director = Grant { role: Role::Director, shop_id: None, team_id: None };
    let (here, there) = (session(&app, "li").await, session(&app, "li").await);
    hear(app.ctx()).await.unwrap();
    for client in [&here, &there, &boss] {
        client.get("/api/v1/me").await.ok();
    }
    let path = "/api/v1/weak-spots?from=2026-06-01&to=2026-06-30";
    here.get(path).await.refused("forbidden");
    let (grant, _) = staff::grant(app.ctx(), By::Operator(acme), li, director).await.unwrap();
    here.get(path).await.ok();
    staff::withdraw(app.ctx(), By::Operator(acme), li, grant).await.unwrap();
    here.get(path).await.refused("forbidden");
    here.delete("/api/v1/session").await.status(204);
    here.get("/api/v1/me").await.refused("not_signed_in");
    there.get("/api/v1/me").await.ok();
    // Who was in doubt is known again later, as long as doubts are heard.
    app.advance(10);
    hear(app.ctx()).await.unwrap();
    there.get("/api/v1/me").await.ok();
    there.delete("/api/v1/sessions").await.status(204);
    there.get("/api/v1/me").await.refused("not_signed_in");
}
