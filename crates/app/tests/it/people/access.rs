//! Who sets logins and passwords, and who opens conversations to whom.

use kexun_people::rights::Role;
use kexun_people::staff::accounts;
use kexun_people::tenants::TenantId;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::json;

use super::{admin_of_acme, member, member_with_password, session};

both_databases![
    nobody_sets_his_own_password_over_the_staff_list,
    a_token_sets_nobodys_login_or_password,
    a_password_is_not_the_login_or_the_name,
    who_may_not_read_conversations_makes_himself_no_agent,
    who_may_not_read_conversations_links_himself_no_account,
];

/// The address of a member.
fn staff(id: impl std::fmt::Display) -> String {
    format!("/api/v1/staff/{id}")
}

async fn own_id(client: &Client) -> String {
    client.get("/api/v1/me").await.ok()["staff_id"].as_str().unwrap().to_owned()
}

async fn nobody_sets_his_own_password_over_the_staff_list(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let own = staff(own_id(&boss).await);
    for change in
        [json!({ "password": "a new password", "version": 1 }), json!({ "login": "b", "version": 1 })]
    {
        let refused = boss.patch(&own, change).await.status(403).refused("forbidden");
        assert!(refused["detail"].as_str().unwrap().contains("under your account"), "{refused}");
    }
    // What the page sends along unchanged is no change of it.
    let saved = json!({ "login": "Boss", "password": "", "name": "老板", "version": 1 });
    assert_eq!(boss.patch(&own, saved).await.ok()["name"], "老板");
}

async fn a_token_sets_nobodys_login_or_password(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let li = staff(member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await);
    let rights = json!({ "name": "t", "rights": ["staff:read", "staff:write", "role:write"] });
    let made = boss.post("/api/v1/tokens", rights).await.ok();
    let program = app.nobody().token(made["token"].as_str().unwrap());
    for change in
        [json!({ "password": "a new password", "version": 1 }), json!({ "login": "l", "version": 1 })]
    {
        let refused = program.patch(&li, change).await.status(403).refused("forbidden");
        assert!(refused["detail"].as_str().unwrap().contains("a token"), "{refused}");
    }
    let level = json!({ "login": "li", "level": "高级", "version": 1 });
    assert_eq!(program.patch(&li, level).await.ok()["level"], "高级");
}

async fn a_password_is_not_the_login_or_the_name(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let id = member(app.ctx(), acme, "vxqjzkwtrb", &[Role::Agent]).await;
    boss.patch(&staff(id), json!({ "name": "Ozgqwvut", "version": 1 })).await.ok();
    for password in ["vxqjzkwtrb", "Ozgqwvut"] {
        let set = json!({ "password": password, "version": 2 });
        let refused = boss.patch(&staff(id), set).await.status(422).refused("invalid");
        assert_eq!(refused["fields"][0]["field"], "password");
    }
    // What will be his login counts, not what was.
    let both = json!({ "login": "ozyptlfghk", "password": "ozyptlfghk", "version": 2 });
    boss.patch(&staff(id), both).await.refused("invalid");
    let named = json!({ "account": "x", "name": "qhvzwkpjtx", "password": "qhvzwkpjtx" });
    boss.post("/api/v1/staff", named).await.refused("invalid");
}

/// An HR officer of Acme, his id and his session.
async fn hr(app: &TestApp, acme: TenantId) -> (String, Client) {
    let id = member(app.ctx(), acme, "hr", &[Role::Hr]).await;
    (id.to_string(), session(app, "hr").await)
}

async fn who_may_not_read_conversations_makes_himself_no_agent(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let (own, hr) = hr(&app, acme).await;
    let agent = json!({ "role": "agent" });
    let refused =
        hr.post(&format!("{}/roles", staff(&own)), agent.clone()).await.status(403).refused("forbidden");
    assert!(refused["detail"].as_str().unwrap().contains("conversation:read"), "{refused}");
    let sheet = hr
        .upload("/api/v1/staff/import", "staff.csv", "account,name,roles\nhr,hr,agent\n".as_bytes())
        .await
        .ok();
    assert_eq!((&sheet["imported"], &sheet["rejected"][0]["row"]), (&json!(0), &json!(2)));
    // Others he makes agents, and others make him one.
    let li = member(app.ctx(), acme, "li", &[]).await;
    hr.post(&format!("{}/roles", staff(li)), agent.clone()).await.status(201);
    boss.post(&format!("{}/roles", staff(&own)), agent.clone()).await.status(201);
    // Who may read them anyhow makes himself one.
    boss.post(&format!("{}/roles", staff(own_id(&boss).await)), agent).await.status(201);
}

async fn who_may_not_read_conversations_links_himself_no_account(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let (own, hr) = hr(&app, acme).await;
    // An agent too: by that he reads his own, and must not choose which are his.
    boss.post(&format!("{}/roles", staff(&own)), json!({ "role": "agent" })).await.status(201);
    let tx = app.ctx().db().begin().await.unwrap();
    let names = ["小美", "小丽"].map(str::to_owned);
    let made = accounts::ensure(app.ctx(), &tx, acme, &names).await.unwrap();
    tx.commit().await.unwrap();
    let account = |name: &str| format!("/api/v1/accounts/{}", made[name].id);
    hr.patch(&account("小美"), json!({ "staff_id": own })).await.status(403).refused("forbidden");
    hr.patch(&staff(&own), json!({ "account": "小丽", "version": 1 })).await.status(403).refused("forbidden");
    let li = member(app.ctx(), acme, "li", &[Role::Agent]).await;
    hr.patch(&account("小美"), json!({ "staff_id": li })).await.ok();
    hr.patch(&account("小美"), json!({ "staff_id": null })).await.ok();
    // By the hand of who may read them all he gets one, keeps it, and gives it up.
    boss.patch(&account("小美"), json!({ "staff_id": own })).await.ok();
    hr.patch(&account("小美"), json!({ "staff_id": own })).await.ok();
    hr.patch(&account("小美"), json!({ "staff_id": null })).await.ok();
    let renamed = boss.patch(&staff(li), json!({ "account": "小丽", "version": 1 })).await.ok();
    assert_eq!(renamed["account"], "小丽");
    let linked = boss.get("/api/v1/events?kind=account.linked").await.ok();
    let newest = &linked["items"][0]["data"];
    assert_eq!(*newest, json!({ "account": "小丽", "staff_id": li }), "a new account name links its account");
}
