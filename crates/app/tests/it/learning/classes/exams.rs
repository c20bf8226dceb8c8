//! The exams that came of a class, as its page shows them.

use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::School;
use crate::assessment::exams_stage::{exam, paper, questions, set, sit};

both_databases![of_a_make_up_hears_only_who_sits_it];

/// The exams on the page of a class.
async fn shown(who: &Client, class: &str) -> Vec<Value> {
    let page = who.get(&format!("/api/v1/classes/{class}")).await.ok();
    page["exams"].as_array().unwrap().clone()
}

async fn of_a_make_up_hears_only_who_sits_it(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(20, 80).await;
    let bank = paper(&school.hr, &questions()).await;
    let mut draft = exam(&app, &bank, &[&school.agents[0], &school.agents[1]]);
    draft["causes"] = json!([{ "kind": "class", "id": class }]);
    draft["make_up"] = json!({ "after_days": 3, "window_days": 2, "times": 1 });
    let set = set(&school.hr, draft).await;
    app.advance(60);
    let (fails, passes) = (school.session(&app, 0).await, school.session(&app, 1).await);
    sit(&fails, &set, 0).await;
    sit(&passes, &set, 4).await;

    let all = shown(&school.hr, &class).await;
    assert_eq!(all.iter().filter(|e| e["make_up"] == true).count(), 1, "{all:?}");
    assert_eq!((all.len(), &all[0]["passed"]), (2, &json!(1)));
    assert_eq!(shown(&fails, &class).await.len(), 2);
    let theirs = shown(&passes, &class).await;
    assert_eq!((theirs.len(), &theirs[0]["id"], &theirs[0]["passed"]), (1, &json!(set), &Value::Null));
    assert!(shown(&school.session(&app, 2).await, &class).await.is_empty(), "he is to sit none of them");
}
