//! The operations, read from the OpenAPI document, with a body that fits each.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use axum::http::Method;
use kexun::wiring;
use serde_json::{Map, Value, json};

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its method.
    pub method: Method,
    /// Its path, with names of variable parts in braces.
    pub path: String,
    /// What its `x-rights` says.
    pub rights: String,
    /// A body with everything that its schema requires.
    pub body: Value,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl Operation {
    /// The address with ids of things that there are not.
    pub fn nowhere(&self) -> String {
        let parts = self.path.split('/');
        let nil = "01890000-0000-7000-8000-000000000000";
        parts.map(|part| if part.starts_with('{') { nil } else { part }).collect::<Vec<_>>().join("/")
    }

    /// The room it belongs to: what follows `/api/v1/`.
    pub fn room(&self) -> String {
        self.path.split('/').nth(3).unwrap_or_default().to_owned()
    }

    /// The address with real ids: `{id}` by room, others by their own name.
    pub fn at(&self, ids: &HashMap<String, String>) -> Option<String> {
        let room = self.room();
        let real = |part: &str| match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
            None => Some(part.to_owned()),
            Some("id") => ids.get(&room).cloned(),
            Some(name) => ids.get(name).cloned(),
        };
        let parts: Option<Vec<String>> = self.path.split('/').map(real).collect();
        Some(parts?.join("/"))
    }
}

/// All operations of the document.
///
/// Panics where one says nothing about rights.
pub fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(wiring::api().1).expect("the document is JSON");
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().expect("there are paths") {
        for (method, operation) in item.as_object().expect("a path has operations") {
            let Ok(method) = Method::from_bytes(method.to_uppercase().as_bytes()) else { continue };
            if !operation.is_object() || operation.get("responses").is_none() {
                continue;
            }
            let rights = operation["x-rights"].as_str();
            let rights = rights.unwrap_or_else(|| panic!("{method} {path} says nothing about rights"));
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let body = sample(&document, schema, 0);
            all.push(Operation { method, path: path.clone(), rights: rights.to_owned(), body });
        }
    }
    assert!(all.len() > 30, "the document has its operations");
    all
}

/// All but those after which a session is over.
pub fn without_sign_out() -> Vec<Operation> {
    let ends = |o: &Operation| o.method == Method::DELETE && o.path.contains("/session");
    operations().into_iter().filter(|o| !ends(o)).collect()
}

/// The committed list, as `METHOD path`; each line must have a reason.
pub fn open_list() -> BTreeSet<String> {
    let lines =
        include_str!("../open-endpoints.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    lines
        .map(|line| {
            let mut words = line.splitn(3, ' ');
            let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            assert!(words.next().is_some_and(|reason| reason.len() > 10), "{line}: no reason");
            format!("{method} {path}")
        })
        .collect()
}

/// A value that fits a schema, no more than it requires.
fn sample(document: &Value, schema: &Value, depth: u8) -> Value {
    assert!(depth < 20, "a schema that never ends");
    if let Some(pointer) = schema["$ref"].as_str() {
        let target = document.pointer(pointer.trim_start_matches('#')).expect("a reference leads somewhere");
        return sample(document, target, depth + 1);
    }
    if let Some(first) = schema["enum"].as_array().and_then(|words| words.first()) {
        return first.clone();
    }
    for either in ["oneOf", "anyOf"] {
        if let Some(first) =
            schema[either].as_array().and_then(|all| all.iter().find(|s| s["type"] != "null"))
        {
            return sample(document, first, depth + 1);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut whole = Map::new();
        for part in parts {
            whole.extend(sample(document, part, depth + 1).as_object().cloned().unwrap_or_default());
        }
        return Value::Object(whole);
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
    match kind {
        "string" => string(schema),
        "integer" | "number" => json!(1),
        "boolean" => json!(true),
        "array" => json!([sample(document, &schema["items"], depth + 1)]),
        "null" => Value::Null,
        _ => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let required = required.iter().filter_map(Value::as_str);
            let fields = required
                .map(|name| (name.to_owned(), sample(document, &schema["properties"][name], depth + 1)));
            Value::Object(fields.collect())
        }
    }
}

fn string(schema: &Value) -> Value {
    match schema["format"].as_str().unwrap_or_default() {
        "uuid" => json!("01890000-0000-7000-8000-000000000000"),
        "date" => json!("2026-07-01"),
        "date-time" => json!("2026-07-01T00:00:00Z"),
        _ => json!("sweeping"),
    }
}
