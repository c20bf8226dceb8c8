//! Classes: arranging, telling, signing in, feedback.

mod arranging;
mod attendance;
mod crash;
mod exams;
mod feedback;
mod moving;
mod notices;

use kexun_base::time::Micros;
use kexun_people::rights::{Grant, Role};
use kexun_people::staff::Draft;
use kexun_testkit::app::START;
use kexun_testkit::{Client, Company, Member, TestApp};
use serde_json::{Value, json};

/// Minutes after the test's beginning, as the API writes instants.
pub fn at(minutes: i64) -> Value {
    json!(START.plus_seconds(minutes * 60))
}

/// A company with those who have to do with classes.
pub struct School {
    pub acme: Company,
    pub hr: Client,
    pub lecturer: Member,
    /// Three agents of the team.
    pub agents: Vec<Member>,
}

impl School {
    pub async fn open(app: &TestApp) -> School {
        Self::open_in(app, app.company().await).await
    }

    pub async fn open_in(app: &TestApp, acme: Company) -> School {
        let lecturer =
            app.member(&acme, &format!("{}-teacher", acme.slug), vec![whole(Role::Lecturer)]).await;
        let mut agents = Vec::new();
        for n in 1..=3 {
            agents.push(agent(app, &acme, &format!("{}-a{n}", acme.slug)).await);
        }
        School { hr: app.sign_in(&acme, Role::Hr).await, acme, lecturer, agents }
    }

    /// A class from one minute to another, for these agents.
    pub fn draft(&self, from: i64, to: i64, place: &str, agents: &[usize]) -> Value {
        let staff: Vec<Value> = agents.iter().map(|n| json!(self.agents[*n].staff)).collect();
        json!({
            "title": "售后话术", "competence": "after_sales", "starts_at": at(from), "ends_at": at(to),
            "place": place, "lecturer": self.lecturer.staff, "audience": { "staff": staff },
        })
    }

    /// An announced class of all agents, from one minute to another.
    pub async fn announced(&self, from: i64, to: i64) -> String {
        let class =
            self.hr.post("/api/v1/classes", self.draft(from, to, "一号会议室", &[0, 1, 2])).await.ok();
        let id = class["id"].as_str().unwrap().to_owned();
        self.hr.post(&format!("/api/v1/classes/{id}/announce"), json!({ "version": 1 })).await.ok();
        id
    }

    pub async fn session(&self, app: &TestApp, agent: usize) -> Client {
        app.session(&self.agents[agent]).await
    }
}

pub fn whole(role: Role) -> Grant {
    Grant { role, shop_id: None, team_id: None }
}

/// An agent in the company's team.
pub async fn agent(app: &TestApp, company: &Company, account: &str) -> Member {
    let draft = Draft {
        account: account.into(),
        name: account.into(),
        shop: Some(company.shop),
        team: Some(company.team),
        roles: vec![Grant { role: Role::Agent, shop_id: Some(company.shop), team_id: None }],
        ..Draft::default()
    };
    app.enter(company, draft).await
}

/// The code on the screen of a class now.
pub async fn code(client: &Client, class: &str) -> String {
    let code = client.get(&format!("/api/v1/classes/{class}/code")).await.ok();
    code["code"].as_str().expect("signing in is open").to_owned()
}

/// How somebody stands in a class, as one sees it in whose hands it is.
pub async fn status(hands: &Client, class: &str, who: &Member) -> Value {
    let class = hands.get(&format!("/api/v1/classes/{class}")).await.ok();
    let all = class["participants"].as_array().unwrap().clone();
    all.into_iter().find(|p| p["id"] == json!(who.staff)).expect("he takes part")
}

/// The data of the events of a kind, oldest first.
pub async fn told(app: &TestApp, company: &Company, kind: &str) -> Vec<Value> {
    let auditor = app.sign_in(company, Role::Admin).await;
    let events = auditor.get(&format!("/api/v1/events?kind={kind}")).await.ok();
    let mut all: Vec<Value> = events["items"].as_array().unwrap().iter().map(|e| e["data"].clone()).collect();
    all.reverse();
    all
}

/// An instant so many seconds after another.
pub fn after(at: Micros, seconds: i64) -> Value {
    json!(at.plus_seconds(seconds))
}
