//! The demonstration walks the whole loop, and what it shows of its two trainings is what is truly so.

use kexun::demo;
use kexun_simulation::{Organisation, Plan, Role, Training};
use kexun_testkit::{Backend, Client, TestApp};
use serde_json::{Value, json};

use crate::service::{kexun, outcome};

/// Eight weeks before the first training, ten after it, as dense as the small demonstration.
fn plan() -> Plan {
    let last_day = "2026-06-30".parse().unwrap();
    Plan { days: 128, conversations: 28_000, ..Plan::small(1, last_day) }
}

async fn sign_in(app: &TestApp, login: &str) -> Client {
    let body = json!({ "login": login, "password": kexun_people::sign_in::DEMO_PASSWORD });
    let answer = app.nobody().post("/api/v1/session", body).await;
    let cookie = answer.set_cookie();
    answer.ok();
    app.nobody().cookie(cookie.split(';').next().unwrap())
}

/// The evaluation by the figure of a training: HR's, which comes after those of supervisors.
async fn evaluation(client: &Client, training: &Training) -> Value {
    let all = client.get("/api/v1/evaluations?limit=50").await.ok();
    let of = |line: &&Value| line["figure"]["key"] == training.figure;
    let lines: Vec<&Value> = all["items"].as_array().unwrap().iter().filter(of).collect();
    let newest = lines.first().unwrap_or_else(|| panic!("{} is not in {all}", training.figure));
    (*newest).clone()
}

async fn effects_are_those_of_the_truth(client: &Client, trainings: &[Training]) -> String {
    let found = evaluation(client, &trainings[0]).await;
    let [low, high] = ["low", "high"].map(|end| found["estimate"][end].as_f64().unwrap());
    let truth = trainings[0].effect;
    assert!(low <= truth && truth <= high && high < 0.0, "{truth} is not in {found}");
    let idle = evaluation(client, &trainings[1]).await;
    let [low, high] = ["low", "high"].map(|end| idle["estimate"][end].as_f64().unwrap());
    assert!(low < 0.0 && 0.0 < high && idle["verdict"] == "no_difference", "{idle}");
    found["subject"]["id"].as_str().unwrap().to_owned()
}

#[test]
fn the_demonstration_walks_the_loop() {
    kexun_testkit::databases::run(Backend::Sqlite, |plain| async move {
        let app = TestApp::build(plain.backend()).settings(|s| s.demo = true).start().await;
        let organisation = Organisation::build(&plan());
        let trainings = organisation.truth().trainings;
        demo::build(app.ctx(), &plan(), &|_| {}).await.unwrap();
        app.run_jobs().await;
        app.seal().await;
        let login = |role| organisation.staff.iter().find(|s| s.tenant == "yunzhi" && s.has(role)).unwrap();
        let hr = sign_in(&app, &login(Role::Hr).login).await;
        let class = effects_are_those_of_the_truth(&hr, &trainings).await;

        let thread = hr.get(&format!("/api/v1/thread/class/{class}")).await.ok();
        let empty = thread["stages"].as_array().unwrap().iter().any(|s| s["things"] == json!([]));
        assert!(!empty, "{thread}");

        let trained = organisation.staff.iter().find(|s| s.account == trainings[0].accounts[0]).unwrap();
        let own = sign_in(&app, &trained.login).await.get("/api/v1/archive").await.ok().to_string();
        for title in ["快速应答入门", "快速应答：先接住，再解决", "快速应答结业考试"]
        {
            assert!(own.contains(title), "{title} is not in {own}");
        }
        let (status, report) = outcome(&kexun(&app).args(["check", "--json"]).output().unwrap());
        assert_eq!(status, 0, "{report}");

        let count = |page: Value| page["items"].as_array().unwrap().len();
        let needs = count(hr.get("/api/v1/needs?limit=200").await.ok());
        demo::build(app.ctx(), &plan(), &|_| {}).await.unwrap();
        assert_eq!(count(hr.get("/api/v1/needs?limit=200").await.ok()), needs, "built again, nothing is new");
    });
}
