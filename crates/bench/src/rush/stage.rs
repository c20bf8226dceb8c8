//! The company: made by the program's own functions, without the server, so that thousands are there in a
//! minute; bank and paper by the API.

use std::path::Path;
use std::sync::Arc;

use clap::Args;
use kexun_base::ctx::Parts;
use kexun_base::db::{Db, Target};
use kexun_base::events::Actor;
use kexun_base::ids::OsRandom;
use kexun_base::jobs::Jobs;
use kexun_base::secrets::Key;
use kexun_base::time::SystemClock;
use kexun_base::{Ctx, Settings};
use kexun_people::persons;
use kexun_people::rights::{By, Grant, Role, Scope};
use kexun_people::sign_in::{open_session, prepare_password, set_password};
use kexun_people::staff::{self, Draft, Lang, Member};
use kexun_people::tenants::{self, NewTenant};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::server::Server;
use super::{Outcome, Place};

/// What those who sign in with a password sign in with.
pub const PASSWORD: &str = "rush hour 2026";
/// Questions of the bank; a sheet has sixteen of them.
const BANK: usize = 240;
/// Questions of a sheet.
pub const ASKED: usize = 16;

/// How large the company is.
#[derive(Debug, Args)]
pub struct Size {
    /// Its agents.
    #[arg(long, default_value_t = 3_000)]
    people: usize,
    /// Those of them who have a password.
    #[arg(long, default_value_t = 500)]
    passwords: usize,
}

/// Who sits exams.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Person {
    /// As which member.
    pub staff: String,
    /// What he signs in with.
    pub login: String,
    /// His session.
    pub session: String,
}

/// What the runs need of the company.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stage {
    /// The session of who sets exams.
    pub hr: String,
    /// The paper.
    pub paper: String,
    /// The agents.
    pub people: Vec<Person>,
}

impl Stage {
    /// The one that was made in this folder.
    pub fn read(place: &Place) -> Outcome<Stage> {
        let file = place.data.join("stage.json");
        let text = std::fs::read(&file).map_err(|e| format!("{}: {e}; run `rush stage`", file.display()))?;
        Ok(serde_json::from_slice(&text)?)
    }

    /// Sets an exam for the first `count` people, open for the next day; its id.
    pub async fn exam(&self, server: &Server, count: usize) -> Outcome<String> {
        if self.people.len() < count {
            return Err(format!("the stage has {} people; make a larger one", self.people.len()).into());
        }
        let now = kexun_base::time::Clock::now(&SystemClock);
        let staff: Vec<&str> = self.people[..count].iter().map(|p| p.staff.as_str()).collect();
        let exam = json!({
            "title": "平台规则考试", "competence": "platform_rules", "paper": self.paper,
            "opens_at": now.plus_seconds(-60), "closes_at": now.plus_seconds(86_400), "minutes": 120, "attempts": 1,
            "limits": { "excellent": 0.9, "good": 0.8, "pass": 0.6 }, "credits": 1.5, "make_up": null,
            "shows_answers": "after_close", "audience": { "staff": staff },
        });
        let made = server.tell("POST", "/api/v1/exams", &self.hr, &exam).await?;
        Ok(made["id"].as_str().ok_or("an exam without an id")?.to_owned())
    }
}

/// Makes the company and leaves what the runs need in `stage.json`.
pub async fn make(place: &Place, size: &Size) -> Outcome<()> {
    // The program makes its tables itself, whichever build it is.
    drop(Server::start(place).await?);
    let ctx = open(place).await?;
    let (hr, people) = company(&ctx, &place.data, size).await?;
    ctx.db().close().await?;
    let server = Server::start(place).await?;
    let mut rules = Vec::new();
    for (kind, count) in [("single", 8), ("multiple", 4), ("true_false", 4)] {
        for n in 0..BANK * count / ASKED {
            server.tell("POST", "/api/v1/questions", &hr, &question(kind, n)).await?;
        }
        rules.push(json!({ "question_kind": kind, "count": count, "points": 5 }));
    }
    let paper = json!({ "title": "平台规则卷", "content": { "kind": "drawn", "rules": rules },
        "shuffle_questions": true, "shuffle_options": true });
    let paper = server.tell("POST", "/api/v1/papers", &hr, &paper).await?;
    let paper = paper["id"].as_str().ok_or("a paper without an id")?.to_owned();
    let stage = Stage { hr, paper, people };
    std::fs::write(place.data.join("stage.json"), serde_json::to_vec(&stage)?)?;
    Ok(())
}

async fn open(place: &Place) -> Outcome<Ctx> {
    let target = match &place.database_url {
        Some(url) => Target::Postgres(url.clone()),
        None => Target::Folder(place.data.clone()),
    };
    let db = Db::connect(&target).await?;
    let random = Arc::new(OsRandom);
    // The file where the server will look for it.
    let key = Key::from_file(&place.data.join("master.key"), &*random)?;
    let settings = Settings::local(place.data.clone());
    Ok(Ctx::new(Parts { db, clock: Arc::new(SystemClock), random, key, settings, jobs: Jobs::default() }))
}

async fn company(ctx: &Ctx, folder: &Path, size: &Size) -> Outcome<(String, Vec<Person>)> {
    let tx = ctx.db().begin().await?;
    let new = NewTenant { slug: "rush".into(), name: "赶考公司".into(), parent: None };
    let tenant = tenants::create(ctx, &tx, Actor::Operator, new).await?.id;
    tx.commit().await?;
    let role = Grant { role: Role::Hr, shop_id: None, team_id: None };
    let hr = Draft { account: "hr".into(), name: "人事".into(), roles: vec![role], ..Draft::default() };
    let hr = staff::create(ctx, By::Operator(tenant), hr).await?;
    let file = folder.join("staff.csv");
    let row = |n: usize| format!("c{n:05},考生{n},总店,班组{},agent\n", n % 40);
    let rows: String = (0..size.people).map(row).collect();
    std::fs::write(&file, format!("account,name,shop,team,roles\n{rows}"))?;
    let report = staff::import(ctx, By::Operator(tenant), &file, Lang::En, false).await?;
    if report.imported != size.people as u64 {
        return Err(format!("of {} people {} came in", size.people, report.imported).into());
    }
    let members = staff::members(ctx.db().read(), &Scope::whole(tenant)).await?;
    let (hr, agents): (Vec<Member>, Vec<Member>) = members.into_iter().partition(|m| m.id == hr);
    // One hash for all: what checking it costs does not depend on whose it is.
    let password = prepare_password(ctx, "nobody", PASSWORD).await?;
    let ids: Vec<_> = agents.iter().map(|m| m.person).collect();
    let logins = persons::by_ids(ctx.db().read(), &ids).await?;
    let tx = ctx.db().begin().await?;
    for agent in agents.iter().take(size.passwords) {
        set_password(ctx, &tx, By::Operator(tenant), agent.person, &password).await?;
    }
    let hr = hr.first().ok_or("nobody to set exams")?;
    let hr = open_session(ctx, &tx, hr.person, "rush").await?.1.0;
    let mut people = Vec::with_capacity(agents.len());
    for agent in &agents {
        let session = open_session(ctx, &tx, agent.person, "rush").await?.1.0;
        let login = logins.get(&agent.person).map(|p| p.login.clone()).unwrap_or_default();
        people.push(Person { staff: agent.id.to_string(), login, session });
    }
    tx.commit().await?;
    Ok((hr, people))
}

fn question(kind: &str, n: usize) -> Value {
    let options = |shares: &[f64]| -> Vec<Value> {
        let option = |(at, share): (usize, &f64)| {
            json!({ "text": format!("第{n}题的做法{at}：先安抚客户，再核对订单，然后按规则处理"), "share": share,
                "feedback": "见平台规则第二章" })
        };
        shares.iter().enumerate().map(option).collect()
    };
    let key = match kind {
        "single" => json!({ "kind": kind, "options": options(&[0.0, 1.0, 0.0, 0.0]) }),
        "multiple" => json!({ "kind": kind, "options": options(&[0.5, 0.5, -0.5, -0.5]) }),
        _ => json!({ "kind": kind, "answer": n.is_multiple_of(2) }),
    };
    json!({ "text": format!("（{kind}）第{n}题：客户签收后第五天要求退货，包装已拆，客服应当怎样答复和处理？"),
        "key": key })
}
