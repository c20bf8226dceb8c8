//! What the document says of every operation, and what is answered to requests that no form of ours sends.
//! `make contract` tries many more.

use axum::body::Body;
use axum::http::Method;
use kexun::wiring;
use kexun_testkit::{TestApp, both_databases};
use serde_json::{Value, json};

use crate::people::{admin_of_acme, shop_and_team};

both_databases![
    a_field_at_fault_is_named,
    a_form_without_a_boundary_is_refused_with_a_problem,
    a_version_that_nothing_can_have_is_stale,
    a_word_that_is_none_is_refused,
];

fn document() -> Value {
    serde_json::to_value(wiring::api().1).unwrap()
}

/// All operations by method and path.
fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        let item = item.as_object().unwrap();
        item.iter().map(move |(method, operation)| (format!("{method} {path}"), operation.clone()))
    });
    all.filter(|(_, operation)| operation.is_object()).collect()
}

#[test]
fn every_operation_says_how_it_is_refused() {
    let document = document();
    let refusals = &document["components"]["responses"];
    for (name, operation) in operations(&document) {
        let responses = operation["responses"].as_object().unwrap();
        for status in ["500", "503"] {
            assert!(responses.contains_key(status), "{name} says nothing of {status}");
        }
        let signed_in = operation["x-rights"] != "open";
        assert_eq!(operation["security"].is_array(), signed_in, "{name} says who may send it");
        for (status, response) in responses.iter().filter(|(status, _)| status.as_str() >= "420") {
            let reference = response["$ref"].as_str().unwrap_or_default();
            let refusal = &refusals[reference.trim_start_matches("#/components/responses/")];
            let schema = &refusal["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/Problem", "{name}: {status}");
        }
    }
}

#[test]
fn no_schema_is_left_open() {
    // What an event or a plan's field held is of as many kinds as there are.
    let open = ["Event.data", "PlanChange.before", "PlanChange.after", "Page_Event.data"];
    let document = document();
    let mut found = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        loose(name, schema, &mut found);
    }
    for (name, operation) in operations(&document) {
        for response in operation["responses"].as_object().unwrap().values() {
            for media in response["content"].as_object().into_iter().flat_map(|content| content.values()) {
                loose(&name, &media["schema"], &mut found);
            }
        }
    }
    found.retain(|path| !open.contains(&path.as_str()));
    assert!(found.is_empty(), "these say `object` and nothing more: {found:?}");
}

/// Finds schemas that any object fits; names them by schema and property.
fn loose(path: &str, schema: &Value, found: &mut Vec<String>) {
    let Some(map) = schema.as_object() else { return };
    let says = ["$ref", "properties", "additionalProperties", "oneOf", "anyOf", "allOf", "enum"];
    let object = map.get("type").is_none_or(|kind| kind.to_string().contains("object"));
    if object && !says.iter().any(|key| map.contains_key(*key)) {
        found.push(path.to_owned());
    }
    let root = path.split('.').next().unwrap_or(path);
    for (name, property) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
        loose(&format!("{root}.{name}"), property, found);
    }
    for key in ["items", "additionalProperties"] {
        map.get(key).into_iter().for_each(|inner| loose(path, inner, found));
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        let parts = map.get(key).and_then(Value::as_array).into_iter().flatten();
        parts.filter(|part| part["type"] != "null").for_each(|part| loose(path, part, found));
    }
}

async fn a_field_at_fault_is_named(app: TestApp) {
    let (_, admin) = admin_of_acme(&app).await;
    let missing = admin.post("/api/v1/shops", json!({ "code": "A" })).await.refused("invalid");
    assert_eq!(missing["fields"], json!([{ "field": "name", "detail": "is missing" }]));
    let wrong = json!({ "account": "li", "name": "李雷", "roles": [{ "role": "king" }] });
    let wrong = admin.post("/api/v1/staff", wrong).await.refused("invalid");
    assert_eq!(wrong["fields"][0]["field"], "roles[0].role");
    let query = admin.get("/api/v1/staff?limit=many").await.refused("invalid");
    assert_eq!(query["fields"][0]["field"], "limit");
    let broken = admin.send(Method::POST, "/api/v1/shops", Some("application/json"), Body::from("{")).await;
    assert!(broken.status(422).text().contains("line 1 column 1"));
}

async fn a_form_without_a_boundary_is_refused_with_a_problem(app: TestApp) {
    let (_, admin) = admin_of_acme(&app).await;
    for path in ["/api/v1/imports?kind=ratings", "/api/v1/staff/import", "/api/v1/questions/import"] {
        let kinds = [None, Some("multipart/form-data"), Some("application/json")];
        for kind in kinds {
            let answer = admin.send(Method::POST, path, kind, Body::from("x")).await.status(415);
            assert_eq!(answer.header("content-type"), "application/problem+json");
            answer.refused("unsupported_content");
        }
    }
}

async fn a_version_that_nothing_can_have_is_stale(app: TestApp) {
    let (_, admin) = admin_of_acme(&app).await;
    let (_, team) = shop_and_team(&admin, "A", "甲组").await;
    let change = json!({ "name": "乙组", "version": i32::MAX });
    admin.patch(&format!("/api/v1/teams/{team}"), change).await.refused("stale_version");
}

async fn a_word_that_is_none_is_refused(app: TestApp) {
    let (_, admin) = admin_of_acme(&app).await;
    let refused = admin.get("/api/v1/staff/export?format=pdf").await.refused("invalid");
    assert_eq!(refused["fields"][0]["field"], "format");
    assert!(refused["detail"].as_str().unwrap().contains("`csv`"), "{refused}");
}
