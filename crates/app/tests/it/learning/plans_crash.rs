//! A server that is killed the moment it has acknowledged that a plan is approved.

use kexun::operations;
use kexun_people::rights::{Grant, Role};
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

use super::needs::{agent, detail, id, notices, of_team};
use super::plans::{PATH, draft, need, step};
use crate::service::crash::kill;
use crate::service::crash_server::{request, serve, token_of};

both_databases![an_acknowledged_approval_survives_kill_9];

async fn an_acknowledged_approval_survives_kill_9(app: TestApp) {
    let acme = app.company().await;
    let wang = of_team(&app, &acme, "小王", acme.team, agent()).await;
    let hr = app.sign_in(&acme, Role::Hr).await;
    let chief = Grant { role: Role::Director, shop_id: None, team_id: None };
    app.member(&acme, "chief", vec![chief]).await;
    let chief = token_of(&app, "chief");
    let asked = need(&hr, &wang, "不懂面料").await;
    let made = hr.post(PATH, draft(&hr, &[&asked]).await).await.status(201).ok();
    let path = format!("{PATH}/{}", id(&made["plan"]));
    let submitted = hr.post(&format!("{path}/submit"), step(&made)).await.ok();

    let (server, address) = serve(&app);
    let approve =
        format!("POST {path}/approve HTTP/1.1\r\ncontent-type: application/json\r\nidempotency-key: once");
    let body = step(&submitted).to_string();
    let (status, approved) = request(&address, &approve, &chief, body.as_bytes());
    kill(server);
    assert_eq!((status, &approved["state"]), (200, &json!("approved")), "{approved}");
    let found = hr.get(&path).await.ok();
    assert_eq!((&found["state"], &found["content"]), (&json!("approved"), &approved["content"]));
    // All of it or nothing: the need is planned and who learns has been told.
    assert_eq!(detail(&hr, &asked).await["need"]["state"], "planned");
    let wang = app.session(&wang).await;
    assert_eq!(notices(&wang).await, ["plan_for_you"]);

    // Who never saw the answer asks the next server again: it is the same one, and nothing happens twice.
    let (server, address) = serve(&app);
    assert_eq!(request(&address, &approve, &chief, body.as_bytes()), (200, approved));
    kill(server);
    assert_eq!(notices(&wang).await, ["plan_for_you"]);
    let told = app.sign_in(&acme, Role::Admin).await.get("/api/v1/events?kind=plan.approved").await.ok();
    assert_eq!(told["items"].as_array().unwrap().len(), 1, "{told}");
    assert!(operations::check(app.ctx()).await.unwrap().findings.faults.is_empty());
}
