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

use crate::people::{member, person, session, shop_and_team, tenant};

/// A conversation of the format that the program imports.
const CHATS: &str = "conversation_id,shop,customer,sent_at,sender,agent,text\n\
    c1,S1,alice,2026-06-30 10:00:00,customer,,在吗\n\
    c1,S1,alice,2026-06-30 10:01:00,agent,agent,您好\n";

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
        let mut ids =
            HashMap::from([("teams".to_owned(), team), ("tenants".to_owned(), self.target.to_string())]);
        ids.insert("class".to_owned(), self.evaluated(app, &admin).await);
        let rooms = [
            "accounts",
            "conversations?from=2026-06-01&to=2026-07-01",
            "customers?q=ali",
            "evaluations",
            "imports",
            "jobs",
            "notices",
            "shops",
            "staff",
            "tokens",
        ];
        for room in rooms {
            let list = admin.get(&format!("/api/v1/{room}")).await;
            let list: Value = serde_json::from_slice(&list.body).unwrap_or_default();
            if let Some(id) = list["items"][0]["id"].as_str() {
                let room = room.split('?').next().unwrap_or_default();
                ids.insert(room.to_owned(), id.to_owned());
            }
        }
        let member = &admin.get("/api/v1/staff?q=hr").await.ok()["items"][0];
        ids.insert("staff".to_owned(), member["id"].as_str().unwrap().to_owned());
        ids.insert("assignment_id".to_owned(), member["roles"][0]["id"].as_str().unwrap().to_owned());
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
