//! The second factor: setting it up, signing in with it, losing it, and who must have one.

use kexun_people::rights::Role;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret, Totp};

use super::{PASSWORD, admin_of_acme, member, member_with_password, session, tenant};

both_databases![
    a_code_opens_a_session_once,
    a_code_is_good_for_one_of_two,
    a_recovery_code_is_good_once,
    guessing_codes_must_wait,
    a_secret_is_asked_for_once_it_was_confirmed,
    turning_it_off_takes_both_factors,
    an_administrator_helps_who_lost_it,
    a_role_may_need_one,
    the_policy_is_the_organisations_own,
];

const FACTOR: &str = "/api/v1/me/second-factor";

/// Somebody's phone.
struct Phone(Totp);

impl Phone {
    fn with(secret: &str) -> Phone {
        let secret = Secret::try_from_base32(secret).unwrap();
        Phone(Builder::new().with_secret(secret).build().unwrap())
    }

    /// The code that it shows now.
    fn code(&self, app: &TestApp) -> String {
        self.0.generate(app.ctx().now().seconds() as u64).to_string()
    }

    /// One that it does not show now, nor just before or after.
    fn wrong(&self, app: &TestApp) -> String {
        let now = app.ctx().now().seconds() as u64;
        let shown = [now - 30, now, now + 30].map(|at| self.0.generate(at).to_string());
        (0..).map(|n| format!("{n:06}")).find(|code| !shown.contains(code)).unwrap()
    }
}

async fn sign_in(app: &TestApp, code: Option<&str>) -> kexun_testkit::Answer {
    let sent = json!({ "login": "li", "password": PASSWORD, "code": code });
    app.nobody().post("/api/v1/session", sent).await
}

/// Turns the second factor of a signed-in person on; his phone and his recovery codes.
async fn set_up(app: &TestApp, client: &Client) -> (Phone, Vec<String>) {
    let begun = client.post(FACTOR, json!({ "password": PASSWORD })).await.ok();
    let phone = Phone::with(begun["secret"].as_str().unwrap());
    let code = json!({ "code": phone.code(app) });
    let codes = client.post(&format!("{FACTOR}/confirmation"), code).await.ok()["recovery_codes"].take();
    (phone, serde_json::from_value(codes).unwrap())
}

/// Li of Acme, an agent with a second factor; the administrator, Li's browser and phone, his recovery codes.
async fn li(app: &TestApp) -> (Client, Client, Phone, Vec<String>) {
    let (acme, boss) = admin_of_acme(app).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    let li = session(app, "li").await;
    let (phone, codes) = set_up(app, &li).await;
    app.advance(60);
    (boss, li, phone, codes)
}

/// What was written down about second factors, by kind.
async fn kinds(boss: &Client) -> Vec<String> {
    let events = boss.get("/api/v1/events?limit=50").await.ok();
    let kind = |event: &Value| event["kind"].as_str().unwrap().to_owned();
    let mut kinds: Vec<String> = events["items"].as_array().unwrap().iter().map(kind).collect();
    kinds.retain(|kind| kind.starts_with("second_factor."));
    kinds.sort_unstable();
    kinds
}

async fn a_code_opens_a_session_once(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    let (here, there) = (session(&app, "li").await, session(&app, "li").await);
    let off = json!({ "on": false, "since": null, "recovery_codes_left": 0 });
    assert_eq!(here.get(FACTOR).await.ok(), off);
    let (phone, codes) = set_up(&app, &here).await;
    assert_eq!(codes.len(), 10);
    let on = here.get(FACTOR).await.ok();
    assert_eq!((&on["on"], &on["recovery_codes_left"]), (&json!(true), &json!(10)));
    assert_eq!(here.get("/api/v1/me").await.ok()["second_factor"], json!({ "on": true, "needed": false }));
    there.get("/api/v1/me").await.refused("not_signed_in");
    // The code that confirmed is used up.
    sign_in(&app, None).await.status(401).refused("second_factor_needed");
    sign_in(&app, Some("  ")).await.refused("second_factor_needed");
    sign_in(&app, Some(&phone.code(&app))).await.status(401).refused("wrong_code");
    app.advance(60);
    sign_in(&app, Some(&phone.wrong(&app))).await.refused("wrong_code");
    let code = phone.code(&app);
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    sign_in(&app, Some(&spaced)).await.ok();
    sign_in(&app, Some(&code)).await.refused("wrong_code");
    app.advance(30);
    sign_in(&app, Some(&phone.code(&app))).await.ok();
    // Whoever has no factor is not asked, whatever he sends.
    member_with_password(app.ctx(), acme, "han", &[Role::Agent]).await;
    let han = json!({ "login": "han", "password": PASSWORD, "code": "123456" });
    app.nobody().post("/api/v1/session", han).await.ok();
    assert_eq!(kinds(&boss).await, ["second_factor.on"]);
}

async fn a_code_is_good_for_one_of_two(app: TestApp) {
    let (_, _, phone, _) = li(&app).await;
    let code = phone.code(&app);
    let (one, two) = tokio::join!(sign_in(&app, Some(&code)), sign_in(&app, Some(&code)));
    let let_in = [one.status, two.status].iter().filter(|status| **status == 200).count();
    assert_eq!(let_in, 1, "{} and {}", one.status, two.status);
}

async fn a_recovery_code_is_good_once(app: TestApp) {
    let (boss, li, phone, codes) = li(&app).await;
    sign_in(&app, Some(&codes[3])).await.ok();
    sign_in(&app, Some(&codes[3])).await.refused("wrong_code");
    sign_in(&app, Some(&codes[4].to_lowercase().replace('-', " "))).await.ok();
    assert_eq!(li.get(FACTOR).await.ok()["recovery_codes_left"], 8);
    let renew = format!("{FACTOR}/recovery-codes");
    li.post(&renew, json!({ "code": phone.wrong(&app) })).await.status(401).refused("wrong_code");
    let renewed = li.post(&renew, json!({ "code": phone.code(&app) })).await.ok();
    sign_in(&app, Some(&codes[5])).await.refused("wrong_code");
    sign_in(&app, renewed["recovery_codes"][0].as_str()).await.ok();
    let told = ["codes_renewed", "on", "recovered", "recovered", "recovered"];
    assert_eq!(kinds(&boss).await, told.map(|kind| format!("second_factor.{kind}")));
}

async fn guessing_codes_must_wait(app: TestApp) {
    let (_, _, phone, codes) = li(&app).await;
    for _ in 0..5 {
        sign_in(&app, Some(&phone.wrong(&app))).await.refused("wrong_code");
        // The right password in between forgets nothing, as long as nobody has to wait.
        let between = sign_in(&app, None).await;
        assert!([401, 429].contains(&between.status.as_u16()));
    }
    sign_in(&app, Some(&phone.code(&app))).await.status(429).refused("throttled");
    sign_in(&app, Some(&codes[0])).await.refused("throttled");
    // Who has waited does not begin to wait again by the first of the two steps.
    app.advance(31);
    sign_in(&app, None).await.refused("second_factor_needed");
    sign_in(&app, Some(&phone.code(&app))).await.ok();
}

async fn a_secret_is_asked_for_once_it_was_confirmed(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    let li = session(&app, "li").await;
    let confirm = format!("{FACTOR}/confirmation");
    li.post(&confirm, json!({ "code": "123456" })).await.status(409).refused("conflict");
    li.post(FACTOR, json!({ "password": "guess guess" })).await.status(401).refused("wrong_password");
    let first = li.post(FACTOR, json!({ "password": PASSWORD })).await.ok();
    let address = first["address"].as_str().unwrap();
    assert!(address.starts_with("otpauth://totp/Kexun:li?secret=") && address.ends_with("&issuer=Kexun"));
    sign_in(&app, None).await.ok();
    // Begun anew, the first secret is worth nothing.
    let second = li.post(FACTOR, json!({ "password": PASSWORD })).await.ok();
    assert_ne!(first["secret"], second["secret"]);
    let stale = Phone::with(first["secret"].as_str().unwrap()).code(&app);
    li.post(&confirm, json!({ "code": stale })).await.refused("wrong_code");
    let phone = Phone::with(second["secret"].as_str().unwrap());
    li.post(&confirm, json!({ "code": phone.code(&app) })).await.ok();
    li.post(FACTOR, json!({ "password": PASSWORD })).await.status(409).refused("conflict");
    li.post(&confirm, json!({ "code": phone.code(&app) })).await.refused("conflict");
    // A program does not set one up for whom it acts for.
    let made = boss.post("/api/v1/tokens", json!({ "name": "t", "rights": ["org:read"] })).await.ok();
    let program = app.nobody().token(made["token"].as_str().unwrap());
    program.post(FACTOR, json!({ "password": PASSWORD })).await.refused("forbidden");
}

async fn turning_it_off_takes_both_factors(app: TestApp) {
    let (boss, li, phone, _) = li(&app).await;
    let off = format!("{FACTOR}/off");
    let with = |password: &str, code: String| json!({ "password": password, "code": code });
    boss.post(&off, with(PASSWORD, "123456".into())).await.status(409).refused("conflict");
    li.post(&off, with("guess guess", phone.code(&app))).await.refused("wrong_password");
    li.post(&off, with(PASSWORD, phone.wrong(&app))).await.refused("wrong_code");
    li.post(&off, with(PASSWORD, phone.code(&app))).await.status(204);
    li.get("/api/v1/me").await.ok();
    sign_in(&app, None).await.ok();
    let notices = li.get("/api/v1/notices").await.ok();
    assert_eq!(notices["items"][0]["kind"], "second_factor_off");
}

async fn an_administrator_helps_who_lost_it(app: TestApp) {
    let (boss, li, ..) = li(&app).await;
    let staff = boss.get("/api/v1/staff?q=li").await.ok()["items"][0].take();
    assert_eq!(staff["second_factor"], true);
    let his = format!("/api/v1/staff/{}/second-factor", staff["id"].as_str().unwrap());
    li.delete(&his).await.status(403).refused("forbidden");
    let other = tenant(&app, "other", None).await;
    member(app.ctx(), other, "stranger", &[Role::Admin]).await;
    session(&app, "stranger").await.delete(&his).await.status(404).refused("not_found");
    let made = boss
        .post("/api/v1/tokens", json!({ "name": "t", "rights": ["staff:write", "role:write"] }))
        .await
        .ok();
    app.nobody().token(made["token"].as_str().unwrap()).delete(&his).await.refused("forbidden");
    boss.delete(&his).await.status(204);
    let told = session(&app, "li").await.get("/api/v1/notices").await.ok();
    assert_eq!(told["items"][0]["kind"], "second_factor_reset");
    li.get("/api/v1/me").await.refused("not_signed_in");
    sign_in(&app, None).await.ok();
    boss.delete(&his).await.status(409).refused("conflict");
    // Nobody takes it from who outranks him.
    let hr = app.ctx();
    let acme = kexun_people::tenants::tenant_by_slug(hr.db().read(), "acme").await.unwrap().id;
    member(hr, acme, "hr", &[Role::Hr]).await;
    let boss_id = boss.get("/api/v1/me").await.ok()["staff_id"].as_str().unwrap().to_owned();
    let bosss = format!("/api/v1/staff/{boss_id}/second-factor");
    session(&app, "hr").await.delete(&bosss).await.status(403).refused("forbidden");
    // Nor his own without password and code.
    let refused = boss.delete(&bosss).await.status(403).refused("forbidden");
    assert!(refused["detail"].as_str().unwrap().contains("your own"), "{refused}");
}

async fn a_role_may_need_one(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Supervisor]).await;
    let li = session(&app, "li").await;
    li.get("/api/v1/staff").await.ok();
    let made = li.get("/api/v1/me").await.ok();
    assert_eq!(made["second_factor"]["needed"], false);
    boss.put("/api/v1/second-factor/policy", json!({ "roles": ["supervisor", "hr"] })).await.ok();
    // At once, in the session that goes on.
    let me = li.get("/api/v1/me").await.ok();
    assert_eq!(me["second_factor"], json!({ "on": false, "needed": true }));
    assert_eq!((&me["roles"], &me["rights"]), (&json!([]), &json!([])));
    let refused = li.get("/api/v1/staff").await.status(403).refused("forbidden");
    assert!(refused["detail"].as_str().unwrap().contains("second factor"), "{refused}");
    let own_archive = li.get("/api/v1/archive").await.status;
    assert!([403, 404].contains(&own_archive.as_u16()), "{own_archive}");
    boss.get("/api/v1/staff").await.ok();
    let (phone, _) = set_up(&app, &li).await;
    li.get("/api/v1/archive").await.ok();
    assert_eq!(li.get("/api/v1/me").await.ok()["second_factor"], json!({ "on": true, "needed": false }));
    li.get("/api/v1/staff").await.ok();
    // Off again, his roles rest again.
    app.advance(60);
    let both = json!({ "password": PASSWORD, "code": phone.code(&app) });
    li.post(&format!("{FACTOR}/off"), both).await.status(204);
    li.get("/api/v1/staff").await.refused("forbidden");
    boss.put("/api/v1/second-factor/policy", json!({ "roles": [] })).await.ok();
    li.get("/api/v1/staff").await.ok();
}

async fn the_policy_is_the_organisations_own(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    member(app.ctx(), acme, "li", &[Role::Agent]).await;
    let policy = "/api/v1/second-factor/policy";
    assert_eq!(boss.get(policy).await.ok(), json!({ "roles": [] }));
    let made = boss.post("/api/v1/tokens", json!({ "name": "t", "rights": ["org:read"] })).await.ok();
    // Nobody makes a rule for those who outrank him.
    member(app.ctx(), acme, "hr", &[Role::Hr]).await;
    let hr = session(&app, "hr").await;
    hr.put(policy, json!({ "roles": ["agent"] })).await.ok();
    hr.put(policy, json!({ "roles": ["agent", "admin"] })).await.status(403).refused("forbidden");
    boss.put(policy, json!({ "roles": ["admin"] })).await.ok();
    hr.put(policy, json!({ "roles": [] })).await.status(403).refused("forbidden");
    session(&app, "li").await.put(policy, json!({ "roles": [] })).await.status(403).refused("forbidden");
    // Its programs go on.
    app.nobody().token(made["token"].as_str().unwrap()).get("/api/v1/shops").await.ok();
    let other = tenant(&app, "other", None).await;
    member(app.ctx(), other, "their", &[Role::Admin]).await;
    let their = session(&app, "their").await;
    assert_eq!(their.get(policy).await.ok(), json!({ "roles": [] }));
    boss.put(policy, json!({ "roles": ["king"] })).await.refused("forbidden");
    their.put(policy, json!({ "roles": ["king"] })).await.status(422).refused("invalid");
}
