//! Two servers on one database: nothing is right on one of them only. `scripts/drills/two-servers.sh` does
//! the same with whole programs behind a proxy, and kills one.

use futures::future::join;
use kexun_people::rights::{Grant, Role};
use kexun_people::staff::Draft;
use kexun_testkit::{Answer, Client, TestApp, both_databases};
use serde_json::{Value, json};

use crate::people::{PASSWORD, member_with_password, tenant};
use crate::service::worked_example;

both_databases![
    a_session_holds_on_both_and_ends_on_both,
    guesses_are_counted_together,
    a_key_is_used_once,
    of_two_approvals_one_counts,
    a_code_shown_by_one_is_taken_by_the_other,
    a_file_taken_in_by_one_is_read_by_the_other,
    work_ordered_on_one_is_done_once,
];

/// The same request at the same time on both.
async fn on_both(clients: &[Client; 2], path: &str, body: &Value) -> [Answer; 2] {
    let [first, second] = clients;
    join(first.post(path, body.clone()), second.post(path, body.clone())).await.into()
}

/// A session of a member, as each of the servers sees it.
async fn session_on_both(app: &TestApp, beside: &TestApp, member: &kexun_testkit::Member) -> [Client; 2] {
    let cookie = app.cookie(member).await;
    [app.nobody().cookie(&cookie), beside.nobody().cookie(&cookie)]
}

fn whole(role: Role) -> Vec<Grant> {
    vec![Grant { role, shop_id: None, team_id: None }]
}

async fn a_session_holds_on_both_and_ends_on_both(app: TestApp) {
    let beside = app.beside().await;
    let acme = tenant(&app, "acme", None).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    let with = json!({ "login": "li", "password": PASSWORD });
    let stolen = app.nobody().post("/api/v1/session", with.clone()).await.set_cookie();
    let owner = beside.nobody().cookie(&stolen);
    // Whoever has the cookie is the person, from wherever he comes …
    let thief = app.nobody().from([203, 0, 113, 9]).cookie(&stolen);
    owner.get("/api/v1/me").await.ok();
    thief.get("/api/v1/me").await.ok();
    // … until it is signed out, on either server, in the same moment.
    let elsewhere = beside.nobody().post("/api/v1/session", with.clone()).await.set_cookie();
    owner.delete("/api/v1/session").await.status(204);
    for server in [&app, &beside] {
        let gone = server.nobody().from([203, 0, 113, 9]).cookie(&stolen);
        gone.get("/api/v1/me").await.status(401).refused("not_signed_in");
        gone.header("idempotency-key", "k").patch("/api/v1/me", json!({ "locale": "en" })).await.status(401);
    }
    // A new password ends what somebody else may have.
    let second = app.nobody().cookie(&elsewhere);
    let third = app.nobody().post("/api/v1/session", with).await.set_cookie();
    let change = json!({ "old": PASSWORD, "new": "another password 马" });
    app.nobody().cookie(&third).post("/api/v1/me/password", change).await.status(204);
    second.get("/api/v1/me").await.refused("not_signed_in");
    beside.nobody().cookie(&third).get("/api/v1/me").await.ok();
}

async fn guesses_are_counted_together(app: TestApp) {
    let beside = app.beside().await;
    let acme = tenant(&app, "acme", None).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    for n in 0..5 {
        let server = if n % 2 == 0 { &app } else { &beside };
        let guess = json!({ "login": "li", "password": "guess guess" });
        server.nobody().post("/api/v1/session", guess).await.refused("wrong_password");
    }
    for server in [&app, &beside] {
        let right = json!({ "login": "li", "password": PASSWORD });
        server.nobody().post("/api/v1/session", right).await.status(429).refused("throttled");
    }
}

async fn a_key_is_used_once(app: TestApp) {
    let beside = app.beside().await;
    let acme = app.company().await;
    let admin = app.member(&acme, "admin", whole(Role::Admin)).await;
    let both = session_on_both(&app, &beside, &admin).await;
    let keyed = both.map(|client| client.header("idempotency-key", "once"));
    let shop = json!({ "code": "A", "name": "一店" });
    let [first, second] = on_both(&keyed, "/api/v1/shops", &shop).await;
    let statuses = [first.status.as_u16(), second.status.as_u16()];
    assert!(statuses.contains(&201) && statuses.iter().all(|s| [201, 409].contains(s)), "{statuses:?}");
    let [first, second] = on_both(&keyed, "/api/v1/shops", &shop).await;
    assert_eq!((first.header("idempotent-replay"), second.header("idempotent-replay")), ("true", "true"));
    assert_eq!(first.ok(), second.ok(), "both tell the same answer");
    let other = json!({ "code": "B", "name": "二店" });
    for client in &keyed {
        client.post("/api/v1/shops", other.clone()).await.status(422).refused("idempotency_mismatch");
    }
    let shops = keyed[0].get("/api/v1/shops").await.ok();
    assert_eq!(shops["items"].as_array().unwrap().len(), 2, "{shops}");
}

async fn of_two_approvals_one_counts(app: TestApp) {
    let beside = app.beside().await;
    let acme = app.company().await;
    let hr = app.sign_in(&acme, Role::Hr).await;
    let learner = app.member(&acme, "wang", whole(Role::Agent)).await;
    let chiefs = [
        app.member(&acme, "chief1", whole(Role::Director)).await,
        app.member(&acme, "chief2", whole(Role::Director)).await,
    ];
    let report =
        json!({ "title": "不懂面料", "people": [learner.staff], "competence": "product", "severity": 2 });
    let need = hr.post("/api/v1/needs", report).await.status(201).ok()["id"].clone();
    let asked = json!({ "kind": "temporary", "from": "2026-07-01", "to": "2026-07-31", "needs": [need] });
    let content = hr.post("/api/v1/plans/draft", asked).await.ok();
    let made = hr.post("/api/v1/plans", content).await.status(201).ok();
    let path = format!("/api/v1/plans/{}", made["plan"]["id"].as_str().unwrap());
    let step = |plan: &Value| json!({ "version": plan["plan"]["version"] });
    let submitted = hr.post(&format!("{path}/submit"), step(&made)).await.ok();
    let [one, other] = &chiefs;
    let clients = [app.session(one).await, beside.nobody().cookie(&app.cookie(other).await)];
    let answers = on_both(&clients, &format!("{path}/approve"), &step(&submitted)).await;
    let mut statuses = answers.map(|answer| answer.status.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "one approves, the other is told that it is done");
    let admin = app.sign_in(&acme, Role::Admin).await;
    let told = admin.get("/api/v1/events?kind=plan.approved").await.ok();
    assert_eq!(told["items"].as_array().unwrap().len(), 1, "{told}");
    let notices = app.session(&learner).await.get("/api/v1/notices").await.ok();
    assert_eq!(notices["items"].as_array().unwrap().len(), 1, "{notices}");
}

async fn a_code_shown_by_one_is_taken_by_the_other(app: TestApp) {
    let beside = app.beside().await;
    let acme = app.company().await;
    let hr = app.sign_in(&acme, Role::Hr).await;
    let lecturer = app.member(&acme, "teacher", whole(Role::Lecturer)).await;
    let mut agents = Vec::new();
    for name in ["one", "two"] {
        let roles = vec![Grant { role: Role::Agent, shop_id: Some(acme.shop), team_id: None }];
        let (shop, team) = (Some(acme.shop), Some(acme.team));
        let draft = Draft { account: name.into(), name: name.into(), shop, team, roles, ..Draft::default() };
        agents.push(app.enter(&acme, draft).await);
    }
    let at = |minutes: i64| json!(app.ctx().now().plus_seconds(60 * minutes));
    let class = json!({
        "title": "售后话术", "competence": "after_sales", "starts_at": at(10), "ends_at": at(70), "place": "一号会议室",
        "lecturer": lecturer.staff, "audience": { "staff": agents.iter().map(|a| a.staff).collect::<Vec<_>>() },
    });
    let class = hr.post("/api/v1/classes", class).await.ok();
    let path = format!("/api/v1/classes/{}", class["id"].as_str().unwrap());
    hr.post(&format!("{path}/announce"), json!({ "version": 1 })).await.ok();
    let screen = app.session(&lecturer).await;
    let code = screen.get(&format!("{path}/code")).await.ok()["code"].clone();
    let typed = json!({ "code": code });
    let both = session_on_both(&app, &beside, &agents[0]).await;
    let [first, second] = on_both(&both, &format!("{path}/sign-in"), &typed).await;
    assert_eq!(first.ok()["signed_in_at"], second.ok()["signed_in_at"]);
    // Wrong codes count together, and so do those who came.
    let both = session_on_both(&app, &beside, &agents[1]).await;
    for n in 0..10 {
        both[n % 2].post(&format!("{path}/sign-in"), json!({ "code": "no" })).await.status(422);
    }
    for client in &both {
        client.post(&format!("{path}/sign-in"), typed.clone()).await.status(429).refused("throttled");
    }
    let screen = beside.nobody().cookie(&app.cookie(&lecturer).await);
    assert_eq!(screen.get(&format!("{path}/code")).await.ok()["came"], 1);
}

async fn a_file_taken_in_by_one_is_read_by_the_other(app: TestApp) {
    let beside = app.beside().await;
    let acme = app.company().await;
    let operations = app.member(&acme, "ops", whole(Role::Operations)).await;
    let [here, there] = session_on_both(&app, &beside, &operations).await;
    let path = "/api/v1/imports?kind=conversations";
    let ordered = here.upload(path, "a.csv", worked_example().as_bytes()).await.status(202).ok();
    let path = format!("/api/v1/imports/{}", ordered["id"].as_str().unwrap());
    assert_eq!(there.get(&path).await.ok()["state"], "queued");
    assert!(beside.run_jobs().await > 0);
    assert_eq!(here.get(&path).await.ok()["state"], "done", "whoever asks sees how far it is");
}

async fn work_ordered_on_one_is_done_once(app: TestApp) {
    let beside = app.beside().await;
    let acme = app.company().await;
    let operations = app.member(&acme, "ops", whole(Role::Operations)).await;
    let [here, there] = session_on_both(&app, &beside, &operations).await;
    let path = "/api/v1/imports?kind=conversations";
    for client in [&here, &there] {
        client.upload(path, "a.csv", worked_example().as_bytes()).await.status(202);
    }
    let (first, second) = join(app.run_jobs(), beside.run_jobs()).await;
    app.advance(60);
    let rest = app.run_jobs().await + beside.run_jobs().await;
    let imports = there.get("/api/v1/imports").await.ok();
    let states: Vec<_> = imports["items"].as_array().unwrap().iter().map(|i| i["state"].clone()).collect();
    assert_eq!(states, ["done", "done"], "{first} + {second} + {rest} jobs: {imports}");
    let told = app.sign_in(&acme, Role::Admin).await.get("/api/v1/events?kind=import.published").await.ok();
    assert_eq!(told["items"].as_array().unwrap().len(), 2, "each once: {told}");
    let (one, other) = join(app.seal(), beside.seal()).await;
    assert!(one + other > 0);
    app.seal().await;
    assert!(kexun::operations::check(app.ctx()).await.unwrap().sound);
}
