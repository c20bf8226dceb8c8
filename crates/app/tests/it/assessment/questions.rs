//! The question bank, and files of questions.

use std::path::PathBuf;

use kexun_people::rights::Role;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{question, single, truth};
use crate::service::import_bytes;

both_databases![
    a_question_is_written_found_and_revised,
    what_cannot_be_asked_is_refused,
    no_question_stands_in_the_bank_twice,
    nobody_of_another_company_sees_it,
    a_sheet_is_imported_once,
    the_template_can_be_imported,
    gift_is_imported_and_the_rest_named,
    golden_gift_files_are_imported_but_for_what_is_named,
    what_holds_no_questions_is_refused,
    the_command_line_imports_them_too,
];

const PATH: &str = "/api/v1/questions";
const IMPORT: &str = "/api/v1/questions/import";

async fn lecturer(app: &TestApp) -> Client {
    let acme = app.company().await;
    app.sign_in(&acme, Role::Lecturer).await
}

/// What the questions found ask, sorted: ids made in one instant have no order.
async fn texts(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("{PATH}?{query}")).await.ok();
    let items = page["items"].as_array().unwrap().iter();
    let mut texts: Vec<String> = items.map(|q| q["text"].as_str().unwrap().to_owned()).collect();
    texts.sort();
    texts
}

async fn a_question_is_written_found_and_revised(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    let more = json!({ "topic": " 退换  货 ", "competence": "after_sales", "difficulty": 2, "explanation": "看规则" });
    let id = question(&lecturer, "七天从哪天算起？", single(), more).await;
    question(&lecturer, "平台会罚款吗？", truth(true), json!({ "topic": "规则", "state": "draft" })).await;
    let path = format!("{PATH}/{id}");
    let first = lecturer.get(&path).await.ok();
    assert_eq!(
        (&first["topic"], &first["revision"], &first["state"]),
        (&json!("退换 货"), &json!(1), &json!("active"))
    );
    assert_eq!(texts(&lecturer, "").await, ["七天从哪天算起？", "平台会罚款吗？"]);
    assert_eq!(texts(&lecturer, "q=%E7%BD%9A").await, ["平台会罚款吗？"]);
    for query in
        ["kind=single", "difficulty=2", "competence=after_sales", "state=active", "limit=1&state=active"]
    {
        assert_eq!(texts(&lecturer, query).await, ["七天从哪天算起？"], "{query}");
    }
    let topics = lecturer.get("/api/v1/questions/topics").await.ok()["items"].clone();
    assert_eq!(topics, json!([{ "topic": "退换 货", "questions": 1 }]), "a draft is not asked");

    // Where it is sorted is no revision; what it asks is.
    let sorted = json!({ "topic": "售后", "competence": null, "version": 1 });
    let sorted = lecturer.patch(&path, sorted).await.ok();
    assert_eq!(
        (&sorted["revision"], &sorted["competence"], &sorted["version"]),
        (&json!(1), &Value::Null, &json!(2))
    );
    lecturer.patch(&path, json!({ "topic": "x", "version": 1 })).await.status(409).refused("stale_version");
    let asked = json!({ "text": "七天从签收当天算起？", "key": truth(false), "version": 2 });
    let asked = lecturer.patch(&path, asked).await.ok();
    assert_eq!((&asked["revision"], &asked["kind"]), (&json!(2), &json!("true_false")));
    let revisions = asked["revisions"].as_array().unwrap();
    assert_eq!(revisions.iter().map(|r| r["revision"].as_i64().unwrap()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!((&revisions[1]["text"], &revisions[1]["key"]), (&json!("七天从哪天算起？"), &first["key"]));
    let back = lecturer.patch(&path, json!({ "state": "draft", "version": 3 })).await.status(422);
    assert_eq!(back.refused("invalid")["fields"][0]["field"], "state");
    lecturer.patch(&path, json!({ "state": "retired", "version": 3 })).await.ok();

    let auditor = app.sign_in(&acme, Role::Admin).await;
    let events = auditor.get("/api/v1/events?kind=question.changed").await.ok();
    assert_eq!(events["items"].as_array().unwrap().len(), 3);
}

async fn what_cannot_be_asked_is_refused(app: TestApp) {
    let lecturer = lecturer(&app).await;
    let options = |shares: &[f64]| -> Value {
        shares.iter().enumerate().map(|(n, share)| json!({ "text": n.to_string(), "share": share })).collect()
    };
    for (body, field, said) in [
        (json!({ "text": " ", "key": truth(true) }), "text", "empty"),
        (json!({ "text": "?", "key": truth(true), "difficulty": 6 }), "difficulty", "1 to 5"),
        (
            json!({ "text": "?", "key": { "kind": "single", "options": options(&[1.0, 1.0]) } }),
            "key",
            "several",
        ),
        (
            json!({ "text": "?", "key": { "kind": "multiple", "options": options(&[0.5, 0.0]) } }),
            "key",
            "add up to 0.5",
        ),
        (json!({ "text": "?", "key": { "kind": "fill_in", "accepted": [] } }), "key", "share 1"),
    ] {
        let fault = lecturer.post(PATH, body).await.status(422).refused("invalid");
        assert_eq!(fault["fields"][0]["field"], field);
        assert!(fault["detail"].as_str().unwrap().contains(said), "{fault}");
    }
    lecturer.post(PATH, json!({ "text": "?", "key": { "kind": "guess" } })).await.status(422);
}

async fn no_question_stands_in_the_bank_twice(app: TestApp) {
    let lecturer = lecturer(&app).await;
    question(&lecturer, "Same?", truth(true), json!({})).await;
    let twin = json!({ "text": " Same? ", "key": truth(true), "topic": "other" });
    lecturer.post(PATH, twin).await.status(409).refused("conflict");
    let other = question(&lecturer, "Same?", truth(false), json!({})).await;
    let become_twin = json!({ "key": truth(true), "version": 1 });
    lecturer.patch(&format!("{PATH}/{other}"), become_twin).await.status(409).refused("conflict");
}

async fn nobody_of_another_company_sees_it(app: TestApp) {
    let lecturer = lecturer(&app).await;
    let id = question(&lecturer, "Ours?", truth(true), json!({})).await;
    let other = app.company_named("other").await;
    let stranger = app.sign_in(&other, Role::Lecturer).await;
    stranger.get(&format!("{PATH}/{id}")).await.status(404).refused("not_found");
    stranger
        .patch(&format!("{PATH}/{id}"), json!({ "text": "Theirs?", "version": 1 }))
        .await
        .refused("not_found");
    assert_eq!(texts(&stranger, "").await, Vec::<String>::new());
    // What stands in another's bank does not keep it out of one's own.
    question(&stranger, "Ours?", truth(true), json!({})).await;
    let agent = app.sign_in(&other, Role::Agent).await;
    for path in [PATH, "/api/v1/questions/topics", "/api/v1/questions/template.xlsx"] {
        agent.get(path).await.status(403).refused("forbidden");
    }
}

const SHEET: &str = "题型,题干,选项A,选项B,选项C,答案,知识点,能力,难度,解析\n\
    单选题,退货要几天内？,7天,15天,30天,A,退换货,售后政策,2,从签收次日起\n\
    多选题,哪些影响二次销售？,拆封,试穿,洗过,AC,退换货,售后政策,,\n\
    判断题,可以骂买家。,,,,错,,服务态度,1,\n\
    填空题,首次响应不超过几秒？,,,,60|六十,接待,,,\n\
    单选题,没有答案,是,否,,,,,,\n\
    选择题,题型不对,是,否,,A,,,,\n\
    单选题,重复选项,是,是,,A,,,,\n\
    判断题,可以骂买家。,,,,错,,,,\n";

async fn send(client: &Client, path: &str, name: &str, bytes: &[u8]) -> Value {
    client.upload(path, name, bytes).await.ok()
}

fn counts(report: &Value) -> [u64; 4] {
    let count = |list: &str| report[list].as_array().unwrap().len() as u64;
    let number = |field: &str| report[field].as_u64().unwrap();
    [number("rows"), number("imported"), number("unchanged"), count("rejected")]
}

async fn a_sheet_is_imported_once(app: TestApp) {
    let lecturer = lecturer(&app).await;
    let dry = send(&lecturer, &format!("{IMPORT}?dry_run=true"), "题库.csv", SHEET.as_bytes()).await;
    assert_eq!(counts(&dry), [8, 4, 1, 3]);
    assert_eq!(dry["questions"][1]["key"]["options"][1]["share"], json!(-1.0));
    assert_eq!(texts(&lecturer, "").await.len(), 0, "a dry run changes nothing");
    let report = send(&lecturer, IMPORT, "题库.csv", SHEET.as_bytes()).await;
    assert_eq!(report, dry);
    let rejected: Vec<_> = report["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["row"].clone(), r["column"].clone()))
        .collect();
    assert_eq!(rejected, [(json!(6), json!("answer")), (json!(7), json!("type")), (json!(8), Value::Null)]);
    assert_eq!(texts(&lecturer, "topic=%E9%80%80%E6%8D%A2%E8%B4%A7&difficulty=2").await, ["退货要几天内？"]);
    let again = send(&lecturer, IMPORT, "题库.csv", SHEET.as_bytes()).await;
    assert_eq!(counts(&again), [8, 0, 5, 3]);
    assert_eq!(texts(&lecturer, "").await.len(), 4);
}

async fn the_template_can_be_imported(app: TestApp) {
    let lecturer = lecturer(&app).await;
    let template = lecturer.get("/api/v1/questions/template.xlsx").await;
    assert!(template.header("content-disposition").contains("questions.xlsx"));
    let report = send(&lecturer, IMPORT, "questions.xlsx", &template.body).await;
    assert_eq!(counts(&report), [2, 2, 0, 0], "{report}");
    assert_eq!(report["warnings"], json!([]));
    assert_eq!(report["questions"][1]["key"]["rubric"], "致歉；有具体状态；有下一步和时间");
}

async fn gift_is_imported_and_the_rest_named(app: TestApp) {
    let lecturer = lecturer(&app).await;
    let gift = "$CATEGORY: $course$/top/售后\n\nReturn within{~3 =7 ~30} days.\n\nHow many?{#7}\n\nForgotten {=a ~b\n\nTrue?{T}\n";
    // Told by its content, whatever its name.
    let report = send(&lecturer, IMPORT, "questions.txt", gift.as_bytes()).await;
    assert_eq!(counts(&report), [4, 2, 0, 1]);
    assert_eq!(report["skipped"][0]["row"], 5);
    assert_eq!(report["skipped"][0]["text"], "How many?");
    assert_eq!(report["rejected"][0]["row"], 7);
    assert_eq!(texts(&lecturer, "topic=%E5%94%AE%E5%90%8E").await, ["Return within _____ days.", "True?"]);
    assert_eq!(counts(&send(&lecturer, IMPORT, "again.gift", gift.as_bytes()).await), [4, 0, 2, 1]);
}

async fn golden_gift_files_are_imported_but_for_what_is_named(app: TestApp) {
    let folder =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/gift-golden/tests/questions");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let lecturer = lecturer(&app).await;
    for path in files.map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "gift")) {
        let golden: Value =
            serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
        let golden = golden.as_array().cloned().unwrap_or_else(|| vec![golden]);
        let of = |types: &[&str]| {
            golden.iter().filter(|q| types.contains(&q["type"].as_str().unwrap())).count() as u64
        };
        let bytes = std::fs::read(&path).unwrap();
        let report = send(&lecturer, &format!("{IMPORT}?dry_run=true"), "golden.gift", &bytes).await;
        let [rows, imported, unchanged, rejected] = counts(&report);
        let skipped = report["skipped"].as_array().unwrap().len() as u64;
        let name = path.display();
        assert_eq!(rejected, 0, "{name}: {report}");
        assert_eq!(imported + unchanged, of(&["MC", "TF", "Short", "Essay"]), "{name}: {report}");
        assert_eq!(skipped, of(&["Matching", "Numerical", "Description"]), "{name}: {report}");
        assert_eq!(rows, skipped + imported + unchanged, "{name}");
    }
}

async fn what_holds_no_questions_is_refused(app: TestApp) {
    let lecturer = lecturer(&app).await;
    for bytes in [b"" as &[u8], b"a,b,c\n1,2,3\n", b"\x89PNG\r\n\x1a\n\0\0"] {
        lecturer.upload(IMPORT, "x.csv", bytes).await.status(422).refused("unreadable_file");
    }
    lecturer.upload_parts(IMPORT, &[]).await.status(422);
}

async fn the_command_line_imports_them_too(app: TestApp) {
    let lecturer = lecturer(&app).await;
    let (status, report) = import_bytes(&app, "questions", b"True?{T}\n\nHow many?{#7}\n", &[]);
    assert_eq!((status, counts(&report)), (3, [2, 1, 0, 0]), "{report}");
    assert_eq!(report["skipped"][0]["row"], 3);
    let (status, report) = import_bytes(&app, "questions", b"True?{T}\n", &[]);
    assert_eq!((status, counts(&report)), (0, [1, 0, 1, 0]), "{report}");
    let (status, said) = import_bytes(&app, "questions", b"a,b\n1,2\n", &[]);
    assert_eq!(status, 1, "{said}");
    assert_eq!(texts(&lecturer, "").await, ["True?"]);
}
