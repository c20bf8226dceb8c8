//! Plans from needs to approval and revision, and who may do and see what.

use kexun::operations;
use kexun_base::ids::Uuid;
use kexun_learning::{needs, plans};
use kexun_people::rights::Role;
use kexun_people::tenants::TeamId;
use kexun_testkit::{Client, Company, Member, TestApp, both_databases};
use serde_json::{Value, json};

use super::needs::{agent, detail, id, leads, notices, of_team};

both_databases![a_plan_is_drafted_returned_approved_and_revised, who_plans_what, what_cannot_be_planned,];

pub const PATH: &str = "/api/v1/plans";

/// A need that HR reports for somebody, ready to be planned.
pub async fn need(hr: &Client, of: &Member, title: &str) -> String {
    let report = json!({ "title": title, "people": [of.staff], "competence": "product", "severity": 2 });
    id(&hr.post("/api/v1/needs", report).await.status(201).ok())
}

/// The version that a step on a plan goes by.
pub fn step(plan: &Value) -> Value {
    json!({ "version": plan["plan"]["version"] })
}

/// What the program proposes against these needs.
pub async fn draft(client: &Client, needs: &[&String]) -> Value {
    let asked = json!({ "kind": "temporary", "from": "2026-07-01", "to": "2026-07-31", "needs": needs });
    client.post(&format!("{PATH}/draft"), asked).await.ok()
}

async fn a_plan_is_drafted_returned_approved_and_revised(app: TestApp) {
    let acme = app.company().await;
    let (wang, li) = (
        of_team(&app, &acme, "小王", acme.team, agent()).await,
        of_team(&app, &acme, "小李", acme.team, agent()).await,
    );
    let teacher = of_team(&app, &acme, "讲师", acme.team, agent()).await;
    let (hr, chief) = (app.sign_in(&acme, Role::Hr).await, app.sign_in(&acme, Role::Director).await);
    let (first, second) = (need(&hr, &wang, "不懂面料").await, need(&hr, &li, "不懂尺码").await);

    let content = two_items(&hr, &[&first, &second], [&wang, &li], &teacher).await;
    let made = hr.post(PATH, content).await.status(201).ok();
    let plan = id(&made["plan"]);
    let path = format!("{PATH}/{plan}");
    let submitted = hr.post(&format!("{path}/submit"), step(&made)).await.ok();
    assert_eq!((&submitted["state"], &submitted["may_write"]), (&json!("submitted"), &json!(false)));
    hr.put(&path, json!({ "version": submitted["plan"]["version"], "content": submitted["content"] }))
        .await
        .status(409)
        .refused("conflict");
    hr.post(&format!("{path}/approve"), step(&submitted)).await.refused("forbidden");
    assert_eq!(notices(&chief).await, ["plan_submitted"]);
    let home = chief.get("/api/v1/home").await.ok();
    assert!(home["now"].as_array().unwrap().iter().any(|l| l["kind"] == "plans_to_approve"), "{home}");

    let returned = sent_back(&hr, &chief, &path, &submitted).await;
    let mut content = returned["content"].clone();
    content["goals"] = json!("尺码答对九成");
    let saved = json!({ "version": returned["plan"]["version"], "content": content });
    let saved = hr.put(&path, saved.clone()).await.ok();
    hr.put(&path, json!({ "version": 1, "content": content })).await.status(409).refused("stale_version");
    let submitted = hr.post(&format!("{path}/submit"), step(&saved)).await.ok();
    let approved = chief.post(&format!("{path}/approve"), step(&submitted)).await.ok();
    assert_eq!((&approved["state"], &approved["plan"]["in_force"]), (&json!("approved"), &json!(1)));

    // Its needs are planned, and everybody concerned knows.
    let seen = detail(&hr, &first).await;
    assert_eq!((&seen["need"]["state"], &seen["need"]["plan"]["id"]), (&json!("planned"), &json!(plan)));
    assert_eq!(notices(&app.session(&wang).await).await, ["plan_for_you"]);
    assert_eq!(notices(&app.session(&teacher).await).await, ["plan_teach", "plan_teach"]);
    assert!(notices(&hr).await.contains(&"plan_approved".to_owned()));

    // What is approved never changes; a revision stands beside it.
    hr.put(&path, json!({ "version": approved["plan"]["version"], "content": content }))
        .await
        .status(409)
        .refused("conflict");
    revised(&app, &acme, (&hr, &chief), &plan, &approved).await;
    // The need that no item answers any more is open again.
    assert_eq!(detail(&hr, &second).await["need"]["state"], "forwarded");
    assert_eq!(detail(&hr, &first).await["need"]["state"], "planned");
    assert!(operations::check(app.ctx()).await.unwrap().findings.faults.is_empty());
}

/// The draft answers both needs with one item; here each gets its own, and a teacher.
async fn two_items(hr: &Client, needs: &[&String; 2], people: [&Member; 2], teacher: &Member) -> Value {
    let mut content = draft(hr, needs).await;
    let item = &content["items"][0];
    assert_eq!((content["items"].as_array().unwrap().len(), &item["needs"]), (1, &json!(sorted(needs))));
    assert!(item["reason"].as_str().unwrap().contains("不懂面料"), "{item}");
    assert_eq!(item["audience"]["staff"].as_array().unwrap().len(), 2);
    content["items"][0]["needs"] = json!([needs[0]]);
    content["items"][0]["audience"]["staff"] = json!([people[0].staff]);
    content["items"][0]["lecturer"] = json!(teacher.staff);
    let mut more = content["items"][0].clone();
    more["title"] = json!("尺码课");
    more["needs"] = json!([needs[1]]);
    more["audience"]["staff"] = json!([people[1].staff]);
    content["items"].as_array_mut().unwrap().push(more);
    content
}

/// The director returns what was submitted, and says why.
async fn sent_back(hr: &Client, chief: &Client, path: &str, submitted: &Value) -> Value {
    let back = |comment: &str| json!({ "version": submitted["plan"]["version"], "comment": comment });
    let fault = chief.post(&format!("{path}/return"), back(" ")).await.status(422).refused("invalid");
    assert_eq!(fault["fields"][0]["field"], "comment");
    let returned = chief.post(&format!("{path}/return"), back("目标写清楚")).await.ok();
    assert_eq!(returned["comments"][0]["words"], "目标写清楚");
    assert_eq!(notices(hr).await, ["plan_returned"]);
    let home = hr.get("/api/v1/home").await.ok();
    assert!(home["now"].as_array().unwrap().iter().any(|l| l["kind"] == "plans_returned"), "{home}");
    returned
}

/// A revision with one item less is written, compared, and takes the place of what was approved.
async fn revised(
    app: &TestApp,
    acme: &Company,
    (hr, chief): (&Client, &Client),
    plan: &str,
    approved: &Value,
) {
    let path = format!("{PATH}/{plan}");
    let revised = hr.post(&format!("{path}/revise"), step(approved)).await.ok();
    assert_eq!((&revised["number"], &revised["changes"]), (&json!(2), &json!([])));
    let mut next = revised["content"].clone();
    next["items"].as_array_mut().unwrap().pop();
    next["items"][0]["minutes"] = json!(45);
    let saved = json!({ "version": revised["plan"]["version"], "content": next });
    let saved = hr.put(&path, saved).await.ok();
    let told: Vec<_> =
        saved["changes"].as_array().unwrap().iter().map(|c| (&c["what"], &c["field"])).collect();
    assert_eq!(told, [(&json!("changed"), &json!("minutes")), (&json!("removed"), &Value::Null)]);
    in_force(app, acme, plan, approved).await;
    let submitted = hr.post(&format!("{path}/submit"), step(&saved)).await.ok();
    chief.post(&format!("{path}/approve"), step(&submitted)).await.ok();
    let old = hr.get(&format!("{path}?number=1")).await.ok();
    assert_eq!((&old["state"], &old["content"]), (&json!("superseded"), &approved["content"]));
}

fn sorted(ids: &[&String]) -> Vec<String> {
    let mut ids: Vec<String> = ids.iter().map(|id| (*id).clone()).collect();
    ids.sort();
    ids
}

/// What other rooms are told is the version in force, whatever is being written.
async fn in_force(app: &TestApp, acme: &Company, plan: &str, approved: &Value) {
    let db = app.ctx().db().read();
    let items = plans::items_of(db, acme.id, plan.parse().unwrap()).await.unwrap();
    assert_eq!(items.len(), 2);
    let of = &approved["content"]["items"][0];
    let item: Uuid = of["id"].as_str().unwrap().parse().unwrap();
    let head = plans::item(db, acme.id, item.into()).await.unwrap();
    assert_eq!((json!(head.title), json!(head.audience)), (of["title"].clone(), of["audience"].clone()));
    assert_eq!(plans::item_titles(db, acme.id, &[item]).await.unwrap()[&item], head.title);
    let need: Uuid = of["needs"][0].as_str().unwrap().parse().unwrap();
    assert_eq!(needs::titles(db, acme.id, &[need]).await.unwrap()[&need], "不懂面料");
    let stranger = app.company_named("other").await;
    assert!(plans::item(db, stranger.id, item.into()).await.is_err());
    assert!(plans::titles(db, stranger.id, &[plan.parse().unwrap()]).await.unwrap().is_empty());
}

fn plan(kind: &str, team: Option<TeamId>) -> Value {
    json!({
        "kind": kind, "title": "计划", "from": "2026-07-01", "to": "2026-07-31", "team": team,
        "items": [{
            "title": "课", "competence": "chat", "minutes": 60, "from": "2026-07-01", "to": "2026-07-31",
            "audience": { "everybody": true },
        }],
    })
}

async fn who_plans_what(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let other = admin.post("/api/v1/teams", json!({ "shop_id": acme.shop, "name": "乙组" })).await.ok();
    let other: TeamId = id(&other).parse().unwrap();
    let boss = app.session(&of_team(&app, &acme, "主管", acme.team, leads(&acme, acme.team)).await).await;
    let rival = app.session(&of_team(&app, &acme, "别组", other, leads(&acme, other)).await).await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    for kind in ["annual", "temporary"] {
        boss.post(PATH, plan(kind, None)).await.refused("forbidden");
    }
    boss.post(PATH, plan("monthly", None)).await.refused("forbidden");
    boss.post(PATH, plan("monthly", Some(other))).await.refused("forbidden");
    let own = boss.post(PATH, plan("monthly", Some(acme.team))).await.status(201).ok();
    // Everybody is everybody of the team.
    assert_eq!(own["content"]["items"][0]["audience"]["teams"], json!([acme.team]));
    assert_eq!(own["people"], json!([1]));
    let path = format!("{PATH}/{}", id(&own["plan"]));
    rival.get(&path).await.refused("not_found");
    rival.post(&format!("{path}/submit"), step(&own)).await.refused("not_found");
    lecturer.get(&path).await.refused("not_found");

    // Who may do both still does not decide on his own.
    let annual = admin.post(PATH, plan("annual", None)).await.status(201).ok();
    let path = format!("{PATH}/{}", id(&annual["plan"]));
    boss.get(&path).await.refused("not_found");
    let submitted = admin.post(&format!("{path}/submit"), step(&annual)).await.ok();
    assert_eq!(submitted["may_decide"], false);
    let decision = json!({ "version": submitted["plan"]["version"], "comment": "好" });
    admin.post(&format!("{path}/approve"), decision.clone()).await.refused("forbidden");
    admin.post(&format!("{path}/return"), decision.clone()).await.refused("forbidden");
    let chief = app.sign_in(&acme, Role::Director).await;
    let approved = chief.post(&format!("{path}/approve"), decision).await.ok();

    // Once in force, whoever plans beneath it reads it, but not what is being written anew.
    let revised = admin.post(&format!("{path}/revise"), step(&approved)).await.ok();
    let mut content = revised["content"].clone();
    content["title"] = json!("秘密");
    let save = json!({ "version": revised["plan"]["version"], "content": content });
    admin.put(&path, save).await.ok();
    let read = boss.get(&path).await.ok();
    assert_eq!((&read["number"], &read["content"]["title"]), (&json!(1), &json!("计划")));
    assert!(read["comments"].as_array().unwrap().is_empty() && read["may_revise"] == json!(false));
    boss.get(&format!("{path}?number=2")).await.refused("not_found");
    let listed = boss.get(PATH).await.ok();
    assert!(
        !listed.to_string().contains("秘密") && listed["items"].as_array().unwrap().len() == 2,
        "{listed}"
    );
    assert_eq!(rival.get(PATH).await.ok()["items"].as_array().unwrap().len(), 1);
}

async fn what_cannot_be_planned(app: TestApp) {
    let acme = app.company().await;
    let wang = of_team(&app, &acme, "小王", acme.team, vec![]).await;
    let hr = app.sign_in(&acme, Role::Hr).await;
    let stranger = app.company_named("other").await;
    let outsider = app.member(&stranger, "外人", vec![]).await;
    let need = need(&hr, &wang, "不懂面料").await;
    let with = |change: &dyn Fn(&mut Value)| {
        let mut plan = plan("monthly", None);
        change(&mut plan["items"][0]);
        plan
    };
    let cases: [(&str, Value); 7] = [
        ("items[0].title", with(&|i| i["title"] = json!(" "))),
        ("items[0].minutes", with(&|i| i["minutes"] = json!(0))),
        ("items[0].figure", with(&|i| i["figure"] = json!("nonsense"))),
        ("items[0].to", with(&|i| i["to"] = json!("2026-08-01"))),
        ("items[0].lecturer", with(&|i| i["lecturer"] = json!(outsider.staff))),
        ("items[0].audience", with(&|i| i["audience"] = json!({ "staff": [outsider.staff] }))),
        ("items[0].id", with(&|i| i["id"] = json!(wang.staff))),
    ];
    for (field, plan) in cases {
        let fault = hr.post(PATH, plan).await.status(422).refused("invalid");
        assert_eq!(fault["fields"][0]["field"], field);
    }
    let empty =
        json!({ "kind": "monthly", "title": "空", "from": "2026-07-01", "to": "2026-07-31", "items": [] });
    let empty = hr.post(PATH, empty).await.status(201).ok();
    let submit = format!("{PATH}/{}/submit", id(&empty["plan"]));
    hr.post(&submit, step(&empty)).await.status(422).refused("invalid");

    // Settled while the plan waited: it is not approved over that.
    let content = draft(&hr, &[&need]).await;
    let made = hr.post(PATH, content).await.status(201).ok();
    let path = format!("{PATH}/{}", id(&made["plan"]));
    let submitted = hr.post(&format!("{path}/submit"), step(&made)).await.ok();
    let refused = json!({ "version": 1, "reason": "已换岗" });
    hr.post(&format!("/api/v1/needs/{need}/settle"), refused).await.ok();
    let chief = app.sign_in(&acme, Role::Director).await;
    let fault =
        chief.post(&format!("{path}/approve"), step(&submitted)).await.status(409).refused("conflict");
    assert!(fault["detail"].as_str().unwrap().contains("不懂面料"), "{fault}");
    assert_eq!(chief.get(&path).await.ok()["state"], "submitted", "nothing of it was done");
    let asked = json!({ "kind": "temporary", "from": "2026-07-01", "to": "2026-07-31", "needs": [need] });
    hr.post(&format!("{PATH}/draft"), asked).await.status(409).refused("conflict");
}
