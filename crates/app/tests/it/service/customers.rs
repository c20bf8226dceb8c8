//! Customers: looking them up, and erasing them so that they stay erased.

use kexun_people::rights::Role;
use kexun_service::customers::ledger;
use kexun_testkit::company::Company;
use kexun_testkit::{Client, TestApp, both_databases};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{HEADER, figures, undo, upload};

both_databases![
    customers_are_found_by_name,
    an_erased_customer_is_gone_and_his_figures_stay,
    the_same_files_do_not_bring_him_back,
    a_restored_backup_does_not_bring_him_back,
    a_customer_unknown_to_the_backup_comes_back_erased,
    erasing_is_a_right,
    rows_of_one_conversation_may_name_several,
];

const CHAT: &str = "k1,S1,小王,2026-06-01 10:00:00,客户,,我是王小明 电话13812345678\n\
                    k1,S1,小王,2026-06-01 10:01:00,客服,A,王小明您好\n\
                    k2,S1,小李,2026-06-01 11:00:00,客户,,有货吗\n\
                    ,S1,小王,2026-06-03 09:00:00,客户,,还是我王小明\n";
const RATINGS: &str =
    "rating_id,shop,conversation_id,rated_at,score,comment\nr1,S1,k1,2026-06-01 12:00,5,王小明谢谢\n";

async fn bring_in(app: &TestApp, admin: &Client) -> (Value, Value) {
    let chat = upload(app, admin, "conversations", format!("{HEADER}\n{CHAT}").as_bytes()).await;
    assert_eq!(chat["state"], "done", "{chat}");
    (chat, upload(app, admin, "ratings", RATINGS.as_bytes()).await)
}

async fn with_customers(app: &TestApp) -> (Company, Client) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    bring_in(app, &admin).await;
    (acme, admin)
}

async fn customers(client: &Client, query: &str) -> Vec<(Value, Value)> {
    let listed = client.get(&format!("/api/v1/customers{query}")).await.ok();
    listed["items"].as_array().unwrap().iter().map(|c| (c["name"].clone(), c["erased"].clone())).collect()
}

async fn id_of(client: &Client, name: &str) -> String {
    let listed = client.get(&format!("/api/v1/customers?q={name}")).await.ok();
    listed["items"][0]["id"].as_str().unwrap().to_owned()
}

async fn erase(app: &TestApp, client: &Client, name: &str) {
    let path = format!("/api/v1/customers/{}/erase", id_of(client, name).await);
    client.post(&path, json!({"reason": "客户来信要求删除"})).await.status(202);
    app.run_jobs().await;
}

/// Every text of every conversation, and every comment.
async fn texts(client: &Client) -> Vec<String> {
    let listed = client.get("/api/v1/conversations").await.ok();
    let mut texts = Vec::new();
    for item in listed["items"].as_array().unwrap() {
        let id = item["id"].as_str().unwrap();
        let found = client.get(&format!("/api/v1/conversations/{id}")).await.ok();
        let turns = found["turns"].as_array().unwrap().iter().map(|t| &t["text"]);
        let comments = found["ratings"].as_array().unwrap().iter().map(|r| &r["comment"]);
        texts.extend(turns.chain(comments).map(|t| t.as_str().unwrap().to_owned()));
    }
    texts
}

async fn all_figures(client: &Client) -> Vec<(String, Value)> {
    figures(client, "2026-06-01", "2026-06-30", "day").await
}

async fn customers_are_found_by_name(app: TestApp) {
    let (_, admin) = with_customers(&app).await;
    let expected = ["小李", "小王"].map(|name| (json!(name), json!(false)));
    assert_eq!(customers(&admin, "").await, expected);
    assert_eq!(customers(&admin, "?q=李").await, expected[..1]);
    let first = admin.get("/api/v1/customers?limit=1").await.ok();
    let next = first["next"].as_str().unwrap();
    assert_eq!(customers(&admin, &format!("?limit=1&cursor={next}")).await, expected[1..]);
    let id = id_of(&admin, "小王").await;
    let his = admin.get(&format!("/api/v1/conversations?customer={id}")).await.ok();
    assert_eq!(his["items"].as_array().unwrap().len(), 2);
}

async fn an_erased_customer_is_gone_and_his_figures_stay(app: TestApp) {
    let (acme, admin) = with_customers(&app).await;
    let (before, told) = (all_figures(&admin).await, texts(&admin).await);
    assert!(told.iter().any(|t| t.contains("王小明")), "{told:?}");
    erase(&app, &admin, "小王").await;
    assert_eq!(texts(&admin).await.iter().filter(|t| !t.is_empty()).collect::<Vec<_>>(), ["有货吗"]);
    let expected = [(json!("小李"), json!(false)), (Value::Null, json!(true))];
    assert_eq!(customers(&admin, "").await, expected);
    assert_eq!(all_figures(&admin).await, before);
    // Nothing is left behind in earlier editions either.
    let db = app.ctx().db().read();
    let edition = kexun_service::editions::published(db, acme.id).await.unwrap();
    let dead = format!("SELECT row_id FROM transcript WHERE died <= {edition}");
    let dead = sea_orm::Statement::from_string(app.ctx().db().backend(), dead);
    assert_eq!(db.query_all_raw(dead).await.unwrap().len(), 0);
    let events = admin.get("/api/v1/events?kind=customer.").await.ok();
    let kinds: Vec<&Value> = events["items"].as_array().unwrap().iter().map(|e| &e["kind"]).collect();
    assert!(kinds.contains(&&json!("customer.erased")) && kinds.contains(&&json!("customer.erase_ordered")));
    let listed = admin.get("/api/v1/customers").await.ok();
    let again = format!("/api/v1/customers/{}/erase", listed["items"][1]["id"].as_str().unwrap());
    admin.post(&again, json!({"reason": "再一次"})).await.status(409).refused("conflict");
}

async fn the_same_files_do_not_bring_him_back(app: TestApp) {
    let (_, admin) = with_customers(&app).await;
    let before = all_figures(&admin).await;
    erase(&app, &admin, "小王").await;
    let (chat, ratings) = bring_in(&app, &admin).await;
    for import in [&chat, &ratings] {
        assert_eq!((&import["imported"], &import["rejected"]), (&json!(0), &json!(0)), "{import}");
    }
    assert_eq!(texts(&admin).await.iter().filter(|t| !t.is_empty()).collect::<Vec<_>>(), ["有货吗"]);
    assert_eq!(all_figures(&admin).await, before);
    // New messages of his count, and stay without words.
    let more = format!("{HEADER}\nk9,S1,小王,2026-06-05 10:00:00,客户,,王小明又来了13812345678\n");
    assert_eq!(upload(&app, &admin, "conversations", more.as_bytes()).await["imported"], 1);
    assert!(!texts(&admin).await.iter().any(|t| t.contains("王小明")));
    // Taking the imports back and bringing them in anew neither.
    undo(&app, &admin, &chat).await;
    bring_in(&app, &admin).await;
    assert!(!texts(&admin).await.iter().any(|t| t.contains("王小明")));
    assert!(customers(&admin, "?q=小王").await.is_empty());
}

async fn a_restored_backup_does_not_bring_him_back(app: TestApp) {
    let (acme, admin) = with_customers(&app).await;
    let before = all_figures(&admin).await;
    erase(&app, &admin, "小王").await;
    // A backup from before the erasure: other data folder contents, the ledger where it was.
    let old = TestApp::start(app.backend()).await;
    let (again, admin) = {
        let tenant = old.company().await;
        let admin = old.sign_in(&tenant, Role::Admin).await;
        bring_in(&old, &admin).await;
        (tenant, admin)
    };
    // The same master key, but another tenant and shop: what the ledger says is told in their words.
    let shop = |app: &Company, name| kexun_service::customers::name_hash(old.ctx(), app.id, app.shop, name);
    assert!(ledger::erased_of(app.ctx(), acme.id, &[shop(&acme, "小王")]).await.unwrap().len() == 1);
    ledger::append(old.ctx(), again.id, shop(&again, "小王")).await.unwrap();
    assert_eq!(ledger::apply(old.ctx()).await.unwrap(), 1);
    assert_eq!(texts(&admin).await.iter().filter(|t| !t.is_empty()).collect::<Vec<_>>(), ["有货吗"]);
    assert_eq!(all_figures(&admin).await, before);
    assert_eq!(ledger::apply(old.ctx()).await.unwrap(), 0, "once is enough");
    // A ledger that was lost is made anew from the database.
    std::fs::remove_file(ledger::path(old.ctx())).unwrap();
    assert_eq!(ledger::apply(old.ctx()).await.unwrap(), 0);
    assert_eq!(ledger::read(old.ctx()).await.unwrap()[&again.id].len(), 1);
    old.stop().await;
}

async fn a_customer_unknown_to_the_backup_comes_back_erased(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let hash = kexun_service::customers::name_hash(app.ctx(), acme.id, acme.shop, "小王");
    ledger::append(app.ctx(), acme.id, hash).await.unwrap();
    bring_in(&app, &admin).await;
    assert_eq!(texts(&admin).await.iter().filter(|t| !t.is_empty()).collect::<Vec<_>>(), ["有货吗"]);
    assert_eq!(customers(&admin, "").await[1], (Value::Null, json!(true)));
}

async fn erasing_is_a_right(app: TestApp) {
    let (acme, admin) = with_customers(&app).await;
    let path = format!("/api/v1/customers/{}/erase", id_of(&admin, "小王").await);
    for role in [Role::Director, Role::Supervisor, Role::Inspector, Role::Agent, Role::Operations] {
        let client = app.sign_in(&acme, role).await;
        client.post(&path, json!({"reason": "x"})).await.status(403).refused("forbidden");
    }
    admin.post(&path, json!({"reason": " "})).await.status(422).refused("invalid");
    assert_eq!(customers(&admin, "?q=小王").await.len(), 1);
}

/// The conversation is its first customer's; a number that stands in a row of somebody else is his, too, and is
/// opened with his key, though nothing but that row made one necessary.
async fn rows_of_one_conversation_may_name_several(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let file = "k1,S1,小王,2026-06-01 10:00:00,客户,,在吗\n\
                k1,S1,小王的新号,2026-06-01 10:01:00,客户,,打13812345678\n\
                k2,S1,小王,2026-06-01 12:00:00,客户,,有货吗\n\
                k2,S1,王小王,2026-06-01 12:01:00,客户,,或者13987654321\n";
    let done = upload(&app, &admin, "conversations", format!("{HEADER}\n{file}").as_bytes()).await;
    assert_eq!((&done["state"], &done["imported"]), (&json!("done"), &json!(4)), "{done}");
    let mut met: Vec<Value> = customers(&admin, "").await.into_iter().map(|(name, _)| name).collect();
    met.sort_by_key(|name| name.to_string());
    assert_eq!(met, [json!("小王"), json!("小王的新号"), json!("王小王")]);
    let his = format!("/api/v1/conversations?customer={}", id_of(&admin, "小王").await);
    let listed = admin.get(&his).await.ok();
    let listed = listed["items"].as_array().unwrap();
    assert_eq!(listed.len(), 2, "{listed:?}");
    let inspector = app.sign_in(&acme, Role::Inspector).await;
    for (conversation, clear) in listed.iter().zip(["或者13987654321", "打13812345678"]) {
        let path = format!("/api/v1/conversations/{}/unmask", conversation["id"].as_str().unwrap());
        let opened = inspector.post(&path, json!({"reason": "核实电话"})).await.ok();
        assert_eq!(opened, json!({"turns": [{"index": 1, "text": clear}]}));
    }
    // The same file again: what is known now has a key, and nothing changes.
    let again = upload(&app, &admin, "conversations", format!("{HEADER}\n{file}").as_bytes()).await;
    assert_eq!((&again["imported"], &again["unchanged"]), (&json!(0), &json!(4)), "{again}");
}
