//! A server that is killed the moment it has acknowledged a sign-in.

use kexun_base::time::Micros;
use kexun_testkit::{TestApp, both_databases};
use serde_json::{Value, json};

use super::{School, status};
use crate::service::crash::kill;
use crate::service::crash_server::{request, serve, token_of};

both_databases![an_acknowledged_sign_in_survives_kill_9];

#[allow(clippy::disallowed_methods, reason = "the server in its own process goes by the wall clock")]
fn wall_clock() -> Micros {
    Micros::from(chrono::Utc::now())
}

async fn an_acknowledged_sign_in_survives_kill_9(app: TestApp) {
    let school = School::open(&app).await;
    let now = wall_clock();
    let mut draft = school.draft(0, 1, "一号会议室", &[0, 1, 2]);
    draft["starts_at"] = json!(now.plus_seconds(-60));
    draft["ends_at"] = json!(now.plus_seconds(3600));
    let class = school.hr.post("/api/v1/classes", draft).await.ok();
    let class = class["id"].as_str().unwrap().to_owned();
    school.hr.post(&format!("/api/v1/classes/{class}/announce"), json!({ "version": 1 })).await.ok();
    let (teacher, mine) =
        (token_of(&app, &school.lecturer.account), token_of(&app, &school.agents[0].account));

    let (server, address) = serve(&app);
    let code = format!("GET /api/v1/classes/{class}/code HTTP/1.1");
    let (ok, screen) = request(&address, &code, &teacher, b"");
    assert_eq!(ok, 200, "{screen}");
    let body = json!({ "code": screen["code"] }).to_string();
    let sign_in = format!("POST /api/v1/classes/{class}/sign-in HTTP/1.1\r\ncontent-type: application/json");
    let (ok, signed_in): (u16, Value) = request(&address, &sign_in, &mine, body.as_bytes());
    kill(server);
    assert_eq!((ok, &signed_in["status"]), (200, &json!("present")), "{signed_in}");
    let found = status(&school.hr, &class, &school.agents[0]).await;
    assert_eq!((&found["status"], &found["signed_in_at"]), (&json!("present"), &signed_in["signed_in_at"]));

    // The next server knows it too, and tells the same again.
    let (server, address) = serve(&app);
    assert_eq!(request(&address, &sign_in, &mine, body.as_bytes()), (200, signed_in));
    kill(server);
}
