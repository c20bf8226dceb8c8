//! Who takes part in the sweep: a marketplace `mall` with the merchants `target` and `sibling`, a
//! company `stranger`, in `target` somebody of every role, and things to be reached.

use std::collections::HashMap;

use kexun_base::events::{self, Actor, NewEvent};
use kexun_base::ids::Uuid;
use kexun_base::jobs;
use kexun_people::notices;
use kexun_people::rights::Role;
use kexun_people::tenants::TenantId;
use kexun_testkit::{Client, TestApp};
use serde_json::{Value, json};

use crate::outcome::{happens, thing};
use crate::people::{member, person, session, shop_and_team, tenant};

/// A conversation of the format that the program imports.
const CHATS: &str = "conversation_id,shop,customer,sent_at,sender,agent,text\n\
    c1,S1,alice,2026-06-30 10:00:00,customer,,在吗\n\
    c1,S1,alice,2026-06-30 10:01:00,agent,agent,您好\n";

/// Rooms whose lists show what there is.
const ROOMS: &[&str] = &[
    "accounts",
    "classes",
    "conversations?from=2026-06-01&to=2026-07-01",
    "customers?q=ali",
    "evaluations",
    "imports",
    "jobs",
    "needs",
    "notices",
    "papers",
    "questions",
    "plans",
    "shops",
    "staff",
    "tasks",
    "tokens",
];

/// The tenants; people are known by their logins.
pub struct Cast {
    target: TenantId,
}

impl Cast {
    /// Brings everybody in.
    pub async fn assemble(app: &TestApp) -> Cast {
        let ctx = app.ctx();
        let mall = tenant(app, "mall", None).await;
        let target = tenant(app, "target", Some(mall)).await;
        let sibling = tenant(app, "sibling", Some(mall)).await;
        let stranger = tenant(app, "stranger", None).await;
        for role in Role::ALL {
            member(ctx, target, role.word(), &[*role]).await;
        }
        for role in [Role::Admin, Role::Marketplace, Role::Agent, Role::Hr] {
            member(ctx, mall, &format!("mall-{role}"), &[role]).await;
        }
        member(ctx, sibling, "sibling-admin", &[Role::Admin]).await;
        member(ctx, stranger, "stranger-admin", &[Role::Admin]).await;
        Cast { target }
    }

    /// Requests as somebody, with a session of his own.
    pub async fn session(&self, app: &TestApp, who: &str) -> Client {
        session(app, who).await
    }

    /// Ids of things in `target`, by room, and of the variable parts that have names of their own.
    pub async fn ids(&self, app: &TestApp) -> HashMap<String, String> {
        let admin = session(app, "admin").await;
        let (_, team) = shop_and_team(&admin, "S1", "甲组").await;
        let boss = person(app.ctx(), "admin").await;
        let tx = app.ctx().db().begin().await.unwrap();
        notices::send(app.ctx(), &tx, self.target, &[boss], "import_done", &json!({}), None).await.unwrap();
        jobs::enqueue(app.ctx(), &tx, Some(self.target.0), "sweep", &json!({})).await.unwrap();
        tx.commit().await.unwrap();
        let rights = json!({ "name": "sweep", "rights": ["org:read"] });
        admin.post("/api/v1/tokens", rights).await.ok();
        admin.upload("/api/v1/imports?kind=conversations", "chats.csv", CHATS.as_bytes()).await.ok();
        app.run_jobs().await;
        let need = thing(app, "need");
        happens(app, self.target, Actor::Person(boss.0), ("need.raised", need), json!({}), &[]).await;
        let mut ids = HashMap::from([
            ("kind".to_owned(), "need".to_owned()),
            ("thread".to_owned(), need.id.to_string()),
            ("teams".to_owned(), team),
            ("tenants".to_owned(), self.target.to_string()),
        ]);
        class(&admin).await;
        ids.extend(course(&admin).await);
        question_and_paper(&admin).await;
        plan_and_task(&admin).await;
        ids.insert("class".to_owned(), self.evaluated(app, &admin).await);
        ids.extend(first_of_each(&admin).await);
        let member = &admin.get("/api/v1/staff?q=hr").await.ok()["items"][0];
        ids.insert("staff".to_owned(), member["id"].as_str().unwrap().to_owned());
        ids.insert("staff_id".to_owned(), member["id"].as_str().unwrap().to_owned());
        ids.insert("archive".to_owned(), member["id"].as_str().unwrap().to_owned());
        let look = json!({ "staff": member["id"], "purpose": "sweep", "days": 1 });
        let look = session(app, "supervisor").await.post("/api/v1/archive-requests", look).await.ok();
        ids.insert("archive-requests".to_owned(), look["id"].as_str().unwrap().to_owned());
        ids.insert("assignment_id".to_owned(), member["roles"][0]["id"].as_str().unwrap().to_owned());
        ids.extend(super::exams::ids(app, &admin, &session(app, "agent").await).await);
        ids
    }

    /// A class that `hr` took part in, and an evaluation of it; the id of the class.
    async fn evaluated(&self, app: &TestApp, admin: &Client) -> String {
        let ctx = app.ctx();
        let class: Uuid = ctx.id();
        let staff = admin.get("/api/v1/staff?q=hr").await.ok()["items"][0]["id"].clone();
        let event = NewEvent {
            tenant: self.target.0,
            kind: "class.attended",
            actor: Actor::System,
            subject_kind: "class",
            subject: class,
            data: json!({ "staff": staff, "title": "sweep", "status": "present" }),
            caused_by: None,
        };
        let tx = ctx.db().begin().await.unwrap();
        events::record(ctx, &tx, event).await.unwrap();
        tx.commit().await.unwrap();
        let of_class = json!({ "subject": { "kind": "class", "id": class }, "figure": "first_response" });
        admin.post("/api/v1/evaluations", of_class).await.ok();
        class.to_string()
    }
}

/// The id of the first thing of each list.
async fn first_of_each(admin: &Client) -> HashMap<String, String> {
    let mut ids = HashMap::new();
    for room in ROOMS {
        let list = admin.get(&format!("/api/v1/{room}")).await;
        let list: Value = serde_json::from_slice(&list.body).unwrap_or_default();
        if let Some(id) = list["items"][0]["id"].as_str() {
            let room = room.split('?').next().unwrap_or_default();
            ids.insert(room.to_owned(), id.to_owned());
        }
    }
    ids
}

/// A class that is planned.
async fn class(admin: &Client) {
    let lecturer = admin.get("/api/v1/staff?q=lecturer").await.ok()["items"][0]["id"].clone();
    let class = json!({
        "title": "扫", "competence": "chat", "lecturer": lecturer, "place": "一号会议室",
        "starts_at": "2026-07-02T02:00:00Z", "ends_at": "2026-07-02T03:00:00Z",
    });
    admin.post("/api/v1/classes", class).await.ok();
}

/// A question, and a paper of it.
async fn question_and_paper(admin: &Client) {
    let truth = json!({ "text": "Is it so?", "key": { "kind": "true_false", "answer": true } });
    let question = admin.post("/api/v1/questions", truth).await.ok()["id"].clone();
    let content = json!({ "kind": "fixed", "questions": [{ "question": question, "points": 1 }] });
    admin.post("/api/v1/papers", json!({ "title": "sweep", "content": content })).await.ok();
}

/// A course with a file and a lesson.
async fn course(admin: &Client) -> [(String, String); 3] {
    let id = |made: &Value| made["id"].as_str().unwrap().to_owned();
    let draft = json!({ "title": "sweep", "competence": "chat", "level": "basic" });
    let course = id(&admin.post("/api/v1/courses", draft).await.ok()["course"]);
    let path = format!("/api/v1/courses/{course}");
    let file = id(&admin.upload(&format!("{path}/files"), "a.pdf", b"%PDF-1.7").await.ok());
    let text = json!({ "title": "a", "kind": "text", "body": "a", "minutes": 1, "required": true });
    let lesson = id(&admin.post(&format!("{path}/lessons"), text).await.ok()["lessons"][0]);
    [("courses".to_owned(), course), ("file".to_owned(), file), ("lesson".to_owned(), lesson)]
}

/// A need, a task that came of another, and a draft of a plan.
async fn plan_and_task(admin: &Client) {
    let boss = &admin.get("/api/v1/staff?q=admin").await.ok()["items"][0];
    for title in ["商品不熟", "页面写错"] {
        admin.post("/api/v1/needs", json!({ "title": title })).await.ok();
    }
    let need = &admin.get("/api/v1/needs").await.ok()["items"][0];
    let task = json!({
        "kind": "improvement", "assignee": boss["id"], "due_on": "2026-07-31", "department": "运营",
    });
    let settle = format!("/api/v1/needs/{}/settle", need["id"].as_str().unwrap());
    admin.post(&settle, json!({ "version": 1, "task": task })).await.ok();
    let plan = json!({
        "kind": "monthly", "title": "七月", "from": "2026-07-01", "to": "2026-07-31", "items": [],
    });
    admin.post("/api/v1/plans", plan).await.ok();
}
