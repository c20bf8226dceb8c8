//! Conversations: lists, the evidence behind figures, who may see which, and unmasking.

use kexun_people::rights::{Grant, Role};
use kexun_people::staff::Draft;
use kexun_testkit::company::{Company, Member};
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{upload, worked_example};

both_databases![
    a_conversation_opens_with_rounds_and_waits,
    a_list_is_sorted_filtered_and_paged,
    every_figure_opens_the_conversations_it_is_made_of,
    what_makes_a_figure_worse_is_found,
    a_target_says_what_is_slow,
    an_agent_sees_only_what_is_his,
    a_limit_tells_nothing_of_figures_out_of_reach,
    a_supervisor_sees_what_counts_for_his_team,
    another_tenant_sees_nothing,
    unmasking_is_a_right_and_leaves_a_trace,
    search_and_home_show_what_one_may_see,
];

const JUNE: &str = "from=2026-06-01&to=2026-06-30";

fn agent(company: &Company, account: &str) -> Draft {
    Draft {
        account: account.into(),
        name: format!("{account}员"),
        login: Some(format!("{}-{account}", company.slug).to_lowercase()),
        shop: Some(company.shop),
        joined_on: Some("2026-01-01".parse().unwrap()),
        roles: vec![Grant { role: Role::Agent, shop_id: None, team_id: None }],
        ..Draft::default()
    }
}

/// The worked example (k1), and three conversations on the day after: k2 quick, by A; k3 never
/// answered, assigned to B; k4 slow, by B, with a telephone number in it. k2 is rated 5, k4 2.
async fn with_conversations(app: &TestApp) -> (Company, Client) {
    let acme = app.company().await;
    app.enter(&acme, Draft { team: Some(acme.team), ..agent(&acme, "A") }).await;
    app.enter(&acme, agent(&acme, "B")).await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let more = "k2,S1,小李,2026-06-02 11:00:00,客户,,有货吗\n\
                k2,S1,小李,2026-06-02 11:00:10,客服,A,有的\n\
                k3,S1,小赵,2026-06-02 12:00:00,客户,B,什么时候发货\n\
                k4,S1,小钱,2026-06-02 13:00:00,客户,,我的电话13812345678\n\
                k4,S1,小钱,2026-06-02 13:20:00,客服,B,好的\n";
    let done = upload(app, &admin, "conversations", format!("{}{more}", worked_example()).as_bytes()).await;
    assert_eq!((&done["state"], &done["imported"]), (&json!("done"), &json!(13)), "{done}");
    let ratings = "rating_id,shop,conversation_id,rated_at,score,comment\n\
                   r1,S1,k2,2026-06-02 11:05,5,很好\nr2,S1,k4,2026-06-02 14:00,2,太慢\n";
    assert_eq!(upload(app, &admin, "ratings", ratings.as_bytes()).await["imported"], 2);
    (acme, admin)
}

async fn list(client: &Client, query: &str) -> Value {
    client.get(&format!("/api/v1/conversations?{query}")).await.ok()
}

/// The shop's ids of the conversations listed, in order.
async fn ids(client: &Client, query: &str) -> Vec<String> {
    let listed = list(client, query).await;
    let items = listed["items"].as_array().unwrap();
    items.iter().map(|i| i["source_id"].as_str().unwrap_or("—").to_owned()).collect()
}

async fn id_of(client: &Client, source: &str) -> String {
    let listed = list(client, &format!("q={source}")).await;
    listed["items"][0]["id"].as_str().unwrap_or_else(|| panic!("no {source} in {listed}")).to_owned()
}

async fn account(client: &Client, name: &str) -> String {
    let answer = client.get(&format!("/api/v1/kpi?{JUNE}&by=agent&keys=rounds")).await.ok();
    let rows = answer["rows"].as_array().unwrap();
    rows.iter().find(|r| r["agent"] == name).unwrap()["id"].as_str().unwrap().to_owned()
}

async fn a_conversation_opens_with_rounds_and_waits(app: TestApp) {
    let (_, admin) = with_conversations(&app).await;
    let id = id_of(&admin, "k1").await;
    let found = admin.get(&format!("/api/v1/conversations/{id}")).await.ok();
    let turns = found["turns"].as_array().unwrap();
    let marks: Vec<Value> =
        turns.iter().map(|t| json!([t["sender"], t["round"], t["wait_s"], t["unanswered"]])).collect();
    let expected = json!([
        ["customer", 1, null, false],
        ["robot", null, null, false],
        ["customer", 1, null, false],
        ["agent", 1, 60, false],
        ["agent", null, null, false],
        ["customer", 2, null, false],
        ["agent", 2, 270, false],
        ["customer", 3, null, true],
    ]);
    assert_eq!(json!(marks), expected);
    assert_eq!(turns[2]["text"], "我的快递还没到");
    assert_eq!(turns[3]["agent"]["name"], "A");
    let names: Vec<&Value> = found["agents"].as_array().unwrap().iter().map(|a| &a["name"]).collect();
    assert_eq!(names, ["A", "B"]);
    assert_eq!(
        (&found["rounds"], &found["answered"], &found["slowest_s"]),
        (&json!(3), &json!(2), &json!(270))
    );
    assert_eq!((&found["masked"], &found["imports"][0]["number"]), (&json!(false), &json!(1)));
    let slow = admin.get(&format!("/api/v1/conversations/{}", id_of(&admin, "k4").await)).await.ok();
    assert_eq!(slow["turns"][0]["text"], "我的电话⟦mobile⟧");
    assert_eq!(slow["turns"][0]["pieces"], json!([{"kind": "mobile", "shown": "⟦mobile⟧"}]));
    assert_eq!((&slow["rating"]["score"], &slow["rating"]["comment"]), (&json!(2), &json!("太慢")));
    assert_eq!(slow["masked"], true);
    admin
        .get("/api/v1/conversations/00000000-0000-7000-8000-000000000000")
        .await
        .status(404)
        .refused("not_found");
}

async fn a_list_is_sorted_filtered_and_paged(app: TestApp) {
    let (acme, admin) = with_conversations(&app).await;
    assert_eq!(ids(&admin, "").await, ["k4", "k3", "k2", "k1"]);
    assert_eq!(ids(&admin, "sort=started_at").await, ["k1", "k2", "k3", "k4"]);
    assert_eq!(ids(&admin, "sort=-first_response").await, ["k4", "k1", "k2", "k3"]);
    assert_eq!(ids(&admin, "sort=slowest").await, ["k2", "k1", "k4", "k3"]);
    assert_eq!(ids(&admin, "sort=score").await, ["k4", "k2", "k3", "k1"]);
    assert_eq!(ids(&admin, "from=2026-06-02").await, ["k4", "k3", "k2"]);
    assert_eq!(ids(&admin, "to=2026-06-01").await, ["k1"]);
    assert_eq!(ids(&admin, "q=小李").await, ["k2"]);
    assert_eq!(ids(&admin, &format!("shop={}", acme.shop)).await.len(), 4);
    let b = account(&admin, "B").await;
    assert_eq!(ids(&admin, &format!("agent={b}")).await, ["k4", "k3", "k1"]);
    assert_eq!(ids(&admin, &format!("team={}", acme.team)).await, ["k2", "k1"]);
    for sort in ["-started_at", "started_at", "-first_response", "score"] {
        let whole = ids(&admin, &format!("sort={sort}")).await;
        let mut path = format!("sort={sort}&limit=1");
        let mut found = Vec::new();
        loop {
            let page = list(&admin, &path).await;
            found.extend(
                page["items"].as_array().unwrap().iter().map(|i| i["source_id"].as_str().unwrap().to_owned()),
            );
            assert_eq!(page["total"].is_null(), found.len() > 1, "the first page alone counts: {page}");
            let Some(next) = page["next"].as_str() else { break };
            path = format!("sort={sort}&limit=1&cursor={next}");
        }
        assert_eq!(found, whole, "{sort}");
    }
    assert_eq!(list(&admin, "limit=1").await["total"], json!({"count": 4, "more": false}));
    for wrong in [
        "key=nonsense&from=2026-06-01&to=2026-06-02",
        "key=rounds",
        "miss=true",
        "sort=nonsense",
        "cursor=zz",
    ] {
        admin.get(&format!("/api/v1/conversations?{wrong}")).await.status(422).refused("invalid");
    }
    let nothing = "00000000-0000-7000-8000-000000000000";
    for unknown in ["shop", "team", "agent"] {
        admin
            .get(&format!("/api/v1/conversations?{unknown}={nothing}"))
            .await
            .status(404)
            .refused("not_found");
    }
    assert!(ids(&admin, &format!("customer={nothing}")).await.is_empty());
}

async fn every_figure_opens_the_conversations_it_is_made_of(app: TestApp) {
    let (acme, admin) = with_conversations(&app).await;
    let (a, b) = (account(&admin, "A").await, account(&admin, "B").await);
    let of = |key: &str, scope: String| format!("key={key}&{JUNE}&{scope}");
    let none = String::new;
    let agent = |id: &str| format!("agent={id}");
    let expected = [
        ("conversations", none(), vec!["k4", "k2", "k1"]),
        ("unanswered", none(), vec!["k3"]),
        ("outbound", none(), vec![]),
        ("first_response", none(), vec!["k4", "k2", "k1"]),
        ("first_response", agent(&a), vec!["k2", "k1"]),
        ("first_response", agent(&b), vec!["k4"]),
        ("average_response", agent(&b), vec!["k4", "k1"]),
        ("answered_within_180", agent(&b), vec!["k4", "k3", "k1"]),
        ("satisfaction", none(), vec!["k4", "k2"]),
        ("satisfaction", format!("team={}", acme.team), vec!["k2"]),
        ("fcr_72", none(), vec!["k4", "k3", "k2", "k1"]),
        ("resolution", none(), vec![]),
    ];
    for (key, scope, sources) in expected {
        assert_eq!(ids(&admin, &of(key, scope.clone())).await, sources, "{key} {scope}");
    }
    // A figure of one day is made of what counts on that day.
    assert_eq!(ids(&admin, "key=rounds&from=2026-06-01&to=2026-06-01").await, ["k1"]);
}

async fn what_makes_a_figure_worse_is_found(app: TestApp) {
    let (_, admin) = with_conversations(&app).await;
    let expected = [
        ("unanswered", vec!["k3"]),
        ("first_response", vec!["k4"]),
        ("first_response&over=59", vec!["k4", "k1"]),
        ("first_response&over=60", vec!["k4"]),
        ("answered_within_180", vec!["k4", "k3", "k1"]),
        ("answered_within_1200", vec!["k3", "k1"]),
        ("satisfaction", vec!["k4"]),
        ("jd_30s", vec!["k4", "k3", "k1"]),
        ("pdd_effective_reply", vec!["k3", "k1"]),
        ("fcr_72", vec![]),
        // Neither more nor fewer words are worse: all are shown.
        ("reply_ratio", vec!["k4", "k3", "k2", "k1"]),
    ];
    for (key, sources) in expected {
        assert_eq!(ids(&admin, &format!("key={key}&miss=true&{JUNE}")).await, sources, "{key}");
    }
    let all = list(&admin, &format!("key=first_response&{JUNE}")).await;
    let misses: Vec<&Value> = all["items"].as_array().unwrap().iter().map(|i| &i["miss"]).collect();
    assert_eq!((json!(misses), &all["limit_s"]), (json!([true, false, false]), &json!(1199)));
}

async fn a_target_says_what_is_slow(app: TestApp) {
    let (_, admin) = with_conversations(&app).await;
    let target = json!({"key": "first_response", "shop_id": null, "target": 45.0, "version": 0});
    admin.put("/api/v1/kpi/targets", target).await.status(200);
    let slow = list(&admin, &format!("key=first_response&miss=true&{JUNE}")).await;
    assert_eq!((slow["items"].as_array().unwrap().len(), &slow["limit_s"]), (2, &json!(45)), "{slow}");
}

async fn an_agent_sees_only_what_is_his(app: TestApp) {
    let (acme, admin) = with_conversations(&app).await;
    let member = |account: &'static str| {
        let found = kexun_people::staff::find(app.ctx(), account, Some(acme.id));
        async move { found.await.unwrap() }
    };
    let (person, _, staff) = member("A").await;
    let a =
        kexun_testkit::company::Member { person: person.id, staff, login: person.login, account: "A".into() };
    let a = app.session(&a).await;
    assert_eq!(ids(&a, "").await, ["k2", "k1"]);
    // Of a figure, his own part: k1 was not slow by him.
    assert_eq!(ids(&a, &format!("key=answered_within_180&miss=true&{JUNE}")).await, Vec::<String>::new());
    assert_eq!(ids(&a, &format!("key=answered_within_180&{JUNE}")).await, ["k2", "k1"]);
    let b = account(&admin, "B").await;
    assert_eq!(ids(&a, &format!("agent={b}")).await, ["k1"]);
    assert!(ids(&a, "q=小钱").await.is_empty());
    let (own, foreign) = (id_of(&admin, "k2").await, id_of(&admin, "k4").await);
    a.get(&format!("/api/v1/conversations/{own}")).await.status(200);
    a.get(&format!("/api/v1/conversations/{foreign}")).await.status(404).refused("not_found");
    let seen = a.get(&format!("/api/v1/conversations/{own}")).await.ok();
    assert_eq!(seen["imports"], json!([]), "imports are not for agents");
    a.post(&format!("/api/v1/conversations/{own}/unmask"), json!({"reason": "看看"})).await.status(403);
    // A role without conversations has none.
    let hr = app.sign_in(&acme, Role::Hr).await;
    hr.get("/api/v1/conversations").await.status(403).refused("forbidden");
    app.nobody().get("/api/v1/conversations").await.status(401).refused("not_signed_in");
    // An agent without an account of his own sees nothing, and no error.
    let nobody = app.sign_in(&acme, Role::Agent).await;
    assert!(ids(&nobody, "").await.is_empty());
}

/// What is slow follows from a figure, so that it is told to whoever may see that figure.
async fn a_limit_tells_nothing_of_figures_out_of_reach(app: TestApp) {
    let (acme, admin) = with_conversations(&app).await;
    let of = |place: &str| format!("key=first_response&{JUNE}&{place}");
    let (a, b) = (account(&admin, "A").await, account(&admin, "B").await);
    let (of_a, of_b) = (of(&format!("agent={a}")), of(&format!("agent={b}")));
    let of_team = of(&format!("team={}", acme.team));
    let of_shop = of(&format!("shop={}", acme.shop));
    for path in [&of_a, &of_b, &of_team, &of_shop] {
        assert!(!list(&admin, path).await["limit_s"].is_null(), "{path}");
    }
    let refused = async |client: &Client, path: &str| {
        client.get(&format!("/api/v1/conversations?{path}")).await.status(404).refused("not_found");
    };
    let (person, _, staff) = kexun_people::staff::find(app.ctx(), "A", Some(acme.id)).await.unwrap();
    let a = Member { person: person.id, staff, login: person.login, account: "A".into() };
    let a = app.session(&a).await;
    assert!(!list(&a, &of_a).await["limit_s"].is_null(), "his own he may know");
    refused(&a, &of_b).await;
    refused(&a, &of_team).await;
    let idle = app.sign_in(&acme, Role::Agent).await;
    assert!(list(&idle, &of_shop).await["limit_s"].is_null());
    let team = Grant { role: Role::Supervisor, shop_id: Some(acme.shop), team_id: Some(acme.team) };
    let leader = app.sign_in_with(&acme, team).await;
    for path in [&of_a, &of_team] {
        assert!(!list(&leader, path).await["limit_s"].is_null(), "{path}");
    }
    refused(&leader, &of_b).await;
    let shop = json!({"code": "S2", "name": "二店", "zone": "Asia/Shanghai"});
    let shop = admin.post("/api/v1/shops", shop).await.ok()["id"].as_str().unwrap().parse().unwrap();
    let other = Grant { role: Role::Supervisor, shop_id: Some(shop), team_id: None };
    let other = app.sign_in_with(&acme, other).await;
    for path in [&of_b, &of_shop] {
        assert!(list(&other, path).await["limit_s"].is_null(), "of his shop alone: {path}");
    }
}

async fn a_supervisor_sees_what_counts_for_his_team(app: TestApp) {
    let (acme, admin) = with_conversations(&app).await;
    let of_team = Grant { role: Role::Supervisor, shop_id: Some(acme.shop), team_id: Some(acme.team) };
    let supervisor = app.sign_in_with(&acme, of_team).await;
    assert_eq!(ids(&supervisor, "").await, ["k2", "k1"]);
    assert_eq!(ids(&supervisor, &format!("key=conversations&{JUNE}")).await, ["k2", "k1"]);
    let foreign = id_of(&admin, "k3").await;
    supervisor.get(&format!("/api/v1/conversations/{foreign}")).await.status(404);
    assert_eq!(supervisor.get("/api/v1/customers").await.ok()["items"], json!([]));
    let of_shop = Grant { role: Role::Supervisor, shop_id: Some(acme.shop), team_id: None };
    assert_eq!(ids(&app.sign_in_with(&acme, of_shop).await, "").await.len(), 4);
    // A new shop's supervisor does not see the old one.
    let shop = admin
        .post("/api/v1/shops", json!({"code": "S2", "name": "二店", "zone": "Asia/Shanghai"}))
        .await
        .ok();
    let other = Grant {
        role: Role::Supervisor,
        shop_id: Some(shop["id"].as_str().unwrap().parse().unwrap()),
        team_id: None,
    };
    let other = app.sign_in_with(&acme, other).await;
    assert!(ids(&other, "").await.is_empty());
    assert!(ids(&other, &format!("shop={}", acme.shop)).await.is_empty());
}

async fn another_tenant_sees_nothing(app: TestApp) {
    let (acme, admin) = with_conversations(&app).await;
    let other = app.company_named("other").await;
    let stranger = app.sign_in(&other, Role::Admin).await;
    let id = id_of(&admin, "k4").await;
    assert!(ids(&stranger, "").await.is_empty());
    assert!(ids(&stranger, "q=k4").await.is_empty());
    stranger.get(&format!("/api/v1/conversations/{id}")).await.status(404).refused("not_found");
    stranger.post(&format!("/api/v1/conversations/{id}/unmask"), json!({"reason": "x"})).await.status(404);
    stranger.get(&format!("/api/v1/conversations?shop={}", acme.shop)).await.status(404);
    stranger.get(&format!("/api/v1/conversations?team={}", acme.team)).await.status(404);
    let agent = account(&admin, "A").await;
    stranger.get(&format!("/api/v1/conversations?agent={agent}")).await.status(404);
    assert_eq!(stranger.get("/api/v1/customers").await.ok()["items"], json!([]));
    let customer = admin.get("/api/v1/customers").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
    stranger.post(&format!("/api/v1/customers/{customer}/erase"), json!({"reason": "x"})).await.status(404);
    assert_eq!(stranger.get("/api/v1/search?q=k").await.ok(), json!([]));
}

async fn unmasking_is_a_right_and_leaves_a_trace(app: TestApp) {
    let (acme, admin) = with_conversations(&app).await;
    let id = id_of(&admin, "k4").await;
    let path = format!("/api/v1/conversations/{id}/unmask");
    let director = app.sign_in(&acme, Role::Director).await;
    director.post(&path, json!({"reason": "想看"})).await.status(403).refused("forbidden");
    let inspector = app.sign_in(&acme, Role::Inspector).await;
    for none in ["", "  "] {
        inspector.post(&path, json!({ "reason": none })).await.status(422).refused("invalid");
    }
    let reason = json!({"reason": "客户来电13812345678核实地址"});
    let clear = inspector.clone().header("idempotency-key", "once").post(&path, reason.clone()).await.ok();
    assert_eq!(clear, json!({"turns": [{"index": 0, "text": "我的电话13812345678"}]}));
    // The answer is not kept for whoever sends the request again.
    inspector
        .clone()
        .header("idempotency-key", "once")
        .post(&path, reason)
        .await
        .status(409)
        .refused("conflict");
    let events = admin.get("/api/v1/events?kind=conversation.unmasked").await.ok();
    let events = events["items"].as_array().unwrap().clone();
    assert_eq!(events.len(), 1, "neither refusals nor repetitions are told: {events:?}");
    assert_eq!(events[0]["data"], json!({"reason": "客户来电⟦mobile⟧核实地址", "messages": 1}));
    assert_eq!(events[0]["subject"]["id"], id);
}

async fn search_and_home_show_what_one_may_see(app: TestApp) {
    let (acme, admin) = with_conversations(&app).await;
    let kinds = |hits: Value| -> Vec<(String, String)> {
        let word = |v: &Value| v.as_str().unwrap().to_owned();
        hits.as_array().unwrap().iter().map(|h| (word(&h["kind"]), word(&h["title"]))).collect()
    };
    let found = kinds(admin.get("/api/v1/search?q=一店").await.ok());
    assert_eq!(found, [("shop".to_owned(), "一店".to_owned())]);
    let found = kinds(admin.get("/api/v1/search?q=小钱").await.ok());
    assert_eq!(found, [("customer".into(), "小钱".into()), ("conversation".into(), "k4".into())]);
    let hr = app.sign_in(&acme, Role::Hr).await;
    assert!(kinds(hr.get("/api/v1/search?q=小钱").await.ok()).is_empty());
    admin.get("/api/v1/search?q=").await.status(422).refused("invalid");
    app.nobody().get("/api/v1/search?q=k").await.status(401);

    // The record ends on 2 June: the figures are of the week that ends there, not of an empty one.
    let home = admin.get("/api/v1/home").await.ok();
    assert_eq!(home["week"], json!({ "from": "2026-05-27", "to": "2026-06-02", "several": false }));
    let figure =
        |key: &str| home["stands"].as_array().unwrap().iter().find(|f| f["key"] == key).unwrap().clone();
    assert_eq!(figure("conversations")["value"], 3.0);
    assert_eq!(
        (&figure("unanswered")["value"], &figure("conversations")["previous"]),
        (&json!(1.0), &json!(0.0))
    );
    let kinds = |home: &Value| -> Vec<Value> {
        home["now"].as_array().unwrap().iter().map(|line| line["kind"].clone()).collect()
    };
    assert!(kinds(&home).contains(&json!("unanswered")), "{home}");
    let empty = app.company_named("empty").await;
    let first = app.sign_in(&empty, Role::Admin).await.get("/api/v1/home").await.ok();
    assert_eq!((kinds(&first), &first["stands"]), (vec![json!("start_import")], &json!([])));
    assert_eq!(first["week"], Value::Null);
    let mentor = app.sign_in(&acme, Role::Mentor).await;
    let none = mentor.get("/api/v1/home").await.ok();
    assert_eq!((&none["week"], &none["stands"]), (&Value::Null, &json!([])));

    // Who answers for two shops is told so, instead of that there was nothing.
    let mut shops = admin.get("/api/v1/shops").await.ok();
    let one = shops["items"].as_array_mut().unwrap().iter_mut().find(|shop| shop["name"] == "一店").unwrap();
    let shop_id = serde_json::from_value(one["id"].take()).unwrap();
    let of_one = app.sign_in_with(&acme, Grant { role: Role::Supervisor, shop_id, team_id: None }).await;
    let home = of_one.get("/api/v1/home").await.ok();
    assert_eq!((&home["week"]["several"], home["stands"].as_array().unwrap().len()), (&json!(false), 5));
    let second = admin.post("/api/v1/shops", json!({ "code": "s2", "name": "二店" })).await.ok();
    let his = of_one.get("/api/v1/me").await.ok()["staff_id"].as_str().unwrap().to_owned();
    let agent = app.sign_in(&acme, Role::Agent).await.get("/api/v1/home").await.ok();
    assert_eq!(
        (&agent["week"]["several"], &agent["stands"]),
        (&json!(false), &json!([])),
        "without an account"
    );
    let role = json!({ "role": "supervisor", "shop_id": second["id"] });
    admin.post(&format!("/api/v1/staff/{his}/roles"), role).await.ok();
    let home = of_one.get("/api/v1/home").await.ok();
    assert_eq!((&home["week"]["several"], &home["stands"]), (&json!(true), &json!([])));

    // A marketplace has no record of its own: its week is that of its merchants.
    let market = app.company_named("market").await;
    let merchant = app.merchant_of(&market, "merchant").await;
    let own = app.sign_in(&merchant, Role::Admin).await;
    assert_eq!(upload(&app, &own, "conversations", worked_example().as_bytes()).await["state"], "done");
    let above = app.sign_in(&market, Role::Marketplace).await.get("/api/v1/home").await.ok();
    let week = json!({ "from": "2026-05-26", "to": "2026-06-01", "several": false });
    assert_eq!((&above["week"], &above["stands"]), (&week, &json!([])));
}
