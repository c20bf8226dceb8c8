//! The thread: from any thing of a chain to all others, as far as one may read them.

use kexun_base::events::{Actor, Subject};
use kexun_people::rights::{Grant, Role};
use kexun_people::staff::Draft;
use kexun_people::tenants::{ShopId, TenantId};
use kexun_testkit::{Client, Company, Member, TestApp, both_databases};
use serde_json::{Value, json};

use super::{happens, thing};

both_databases![
    the_chain_is_found_from_every_link,
    what_one_may_not_read_is_counted_only,
    a_supervisor_is_not_told_the_needs_of_another_shop,
    what_is_not_there_has_no_thread,
];

/// Need (reported by `who`) → plan item → class → exam and its make-up, → evaluation.
struct Chain {
    need: Subject,
    item: Subject,
    class: Subject,
    exam: Subject,
    make_up: Subject,
    evaluation: Subject,
}

async fn chain(app: &TestApp, tenant: TenantId, who: Actor) -> Chain {
    let chain = Chain {
        need: thing(app, "need"),
        item: thing(app, "plan_item"),
        class: thing(app, "class"),
        exam: thing(app, "exam"),
        make_up: thing(app, "exam"),
        evaluation: thing(app, "evaluation"),
    };
    let Chain { need, item, class, exam, make_up, evaluation } = chain;
    happens(app, tenant, who, ("need.reported", need), json!({}), &[]).await;
    for (kind, thing, cause) in [
        ("plan_item.added", item, need),
        ("class.arranged", class, item),
        ("exam.set", exam, class),
        ("exam.set", make_up, exam),
        ("evaluation.made", evaluation, class),
    ] {
        happens(app, tenant, Actor::System, (kind, thing), json!({}), &[cause]).await;
    }
    chain
}

/// Count and named things of each stage of a chain.
async fn stages(client: &Client, of: Subject) -> Vec<(String, u64, Vec<String>)> {
    let answer = client.get(&format!("/api/v1/thread/{}/{}", of.kind, of.id)).await.ok();
    let stage = |s: &Value| {
        let ids = s["things"].as_array().unwrap().iter().map(|t| t["id"].as_str().unwrap().to_owned());
        (s["stage"].as_str().unwrap().to_owned(), s["count"].as_u64().unwrap(), ids.collect())
    };
    answer["stages"].as_array().unwrap().iter().map(stage).collect()
}

async fn the_chain_is_found_from_every_link(app: TestApp) {
    let acme = app.company().await;
    let chain = chain(&app, acme.id, Actor::System).await;
    let director = app.sign_in(&acme, Role::Director).await;
    let expected = |exams: Vec<Subject>, effects: Vec<Subject>| {
        let named = |stage: &str, things: Vec<Subject>| {
            let ids: Vec<String> = things.iter().map(|t| t.id.to_string()).collect();
            (stage.to_owned(), ids.len() as u64, ids)
        };
        vec![
            named("conversations", vec![]),
            named("weak_spot", vec![]),
            named("need", vec![chain.need]),
            named("plan_item", vec![chain.item]),
            named("class", vec![chain.class]),
            named("exam", exams),
            named("effect", effects),
        ]
    };
    let both = || vec![chain.exam, chain.make_up];
    for from in [chain.need, chain.item, chain.class] {
        assert_eq!(stages(&director, from).await, expected(both(), vec![chain.evaluation]));
    }
    // Examination and effect part at the class; each is shown beside the other.
    let effect = || vec![chain.evaluation];
    assert_eq!(stages(&director, chain.exam).await, expected(both(), effect()));
    let back = vec![chain.make_up, chain.exam];
    assert_eq!(stages(&director, chain.make_up).await, expected(back, effect()));
    assert_eq!(stages(&director, chain.evaluation).await, expected(both(), effect()));
    let answer = director.get(&format!("/api/v1/thread/class/{}", chain.class.id)).await.ok();
    let link = |stage: usize| answer["stages"][stage]["things"][0]["link"].clone();
    assert_eq!(link(2), format!("/needs?need={}", chain.need.id));
    assert_eq!(link(4), format!("/classes/{}", chain.class.id));
    assert_eq!(link(5), format!("/exams/{}", chain.exam.id));
}

async fn what_one_may_not_read_is_counted_only(app: TestApp) {
    let acme = app.company().await;
    let li = app.member(&acme, "li", vec![super::of_whole(Role::Agent)]).await;
    let chain = chain(&app, acme.id, Actor::Person(li.person.0)).await;
    let (li, other) = (app.session(&li).await, app.sign_in(&acme, Role::Agent).await);
    // His own need he may read; what came of it he learns as a number.
    let own = stages(&li, chain.need).await;
    assert_eq!((own[2].1, own[2].2.len()), (1, 1));
    assert_eq!((own[3].1, own[3].2.len(), own[5].1, own[5].2.len()), (1, 0, 2, 0));
    let foreign = stages(&other, chain.class).await;
    assert!(foreign.iter().all(|(_, _, named)| named.is_empty()), "{foreign:?}");
    assert_eq!(foreign.iter().map(|(_, count, _)| count).sum::<u64>(), 6);
    for closed in [chain.item, chain.evaluation] {
        li.get(&format!("/api/v1/thread/{}/{}", closed.kind, closed.id)).await.refused("not_found");
    }
}

async fn agent_of(app: &TestApp, acme: &Company, name: &str, shop: ShopId) -> Member {
    let draft = Draft { account: name.into(), name: name.into(), shop: Some(shop), ..Draft::default() };
    app.enter(acme, draft).await
}

/// An item answers needs of two shops; a class and an exam came of it.
async fn a_supervisor_is_not_told_the_needs_of_another_shop(app: TestApp) {
    let acme = app.company().await;
    let boss = app.sign_in(&acme, Role::Admin).await;
    let made =
        boss.post("/api/v1/shops", json!({ "code": "S2", "name": "二店", "zone": "Asia/Shanghai" })).await;
    let second: ShopId = made.ok()["id"].as_str().unwrap().parse().unwrap();
    let hr = app.sign_in(&acme, Role::Hr).await;
    let mut needs = Vec::new();
    for (name, shop) in [("张三", acme.shop), ("李四", second)] {
        let whose = agent_of(&app, &acme, name, shop).await;
        let report = json!({ "title": format!("首次响应时间：{name}"), "people": [whose.staff] });
        let need = hr.post("/api/v1/needs", report).await.status(201).ok();
        needs.push(Subject { kind: "need", id: need["id"].as_str().unwrap().parse().unwrap() });
    }
    let (item, class) = (thing(&app, "plan_item"), thing(&app, "class"));
    let exam = thing(&app, "exam");
    happens(&app, acme.id, Actor::System, ("plan_item.added", item), json!({}), &needs).await;
    happens(&app, acme.id, Actor::System, ("class.arranged", class), json!({}), &[item]).await;
    happens(&app, acme.id, Actor::System, ("exam.set", exam), json!({}), &[class]).await;
    let told = async |shop: ShopId| {
        let grant = Grant { role: Role::Supervisor, shop_id: Some(shop), team_id: None };
        let client = app.sign_in_with(&acme, grant).await;
        let stages = stages(&client, class).await;
        let answer = client.get(&format!("/api/v1/thread/class/{}", class.id)).await.ok().to_string();
        // What the thread names is what the room itself shows.
        for need in &needs {
            let named = stages[2].2.contains(&need.id.to_string());
            let seen = client.get(&format!("/api/v1/needs/{}", need.id)).await;
            if named { drop(seen.ok()) } else { drop(seen.refused("not_found")) }
        }
        // A plan, class and exam that are none of his are counted too.
        assert!([3, 4, 5].iter().all(|at| stages[*at].1 == 1 && stages[*at].2.is_empty()), "{stages:?}");
        (stages[2].clone(), answer)
    };
    let (first, answer) = told(acme.shop).await;
    assert_eq!((first.1, first.2), (2, vec![needs[0].id.to_string()]));
    assert!(answer.contains("张三") && !answer.contains("李四"), "{answer}");
    let (other, answer) = told(second).await;
    assert_eq!((other.1, other.2), (2, vec![needs[1].id.to_string()]));
    assert!(!answer.contains("张三") && answer.contains("李四"), "{answer}");
    let whole = stages(&hr, class).await;
    assert_eq!((whole[2].1, whole[2].2.len()), (2, 2));
}

async fn what_is_not_there_has_no_thread(app: TestApp) {
    let acme = app.company().await;
    let chain = chain(&app, acme.id, Actor::System).await;
    let other = app.company_named("other").await;
    let stranger = app.sign_in(&other, Role::Admin).await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let need = chain.need.id;
    stranger.get(&format!("/api/v1/thread/need/{need}")).await.refused("not_found");
    admin.get(&format!("/api/v1/thread/need/{need}")).await.ok();
    admin.get(&format!("/api/v1/thread/class/{need}")).await.refused("not_found");
    admin.get(&format!("/api/v1/thread/anything/{need}")).await.refused("not_found");
    app.nobody().get(&format!("/api/v1/thread/need/{need}")).await.refused("not_signed_in");
}
