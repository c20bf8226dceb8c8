//! The thread: from any thing of a chain to all others, as far as one may read them.

use kexun_base::events::{Actor, Subject};
use kexun_people::rights::Role;
use kexun_people::tenants::TenantId;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{happens, thing};

both_databases![
    the_chain_is_found_from_every_link,
    what_one_may_not_read_is_counted_only,
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
