//! Figures as they are answered: the shape of formats.md, the same from API, command line and page.

use kexun_base::time::Day;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::query::By;
use super::rules::Value;

/// The answer to a question.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// Zone of the shops in it; none where they have several.
    pub zone: Option<String>,
    /// One row a scope and period.
    pub rows: Vec<AnswerRow>,
}

/// Figures of one scope in one period.
#[derive(Debug, Clone)]
pub struct AnswerRow {
    /// What kind of scope.
    pub by: By,
    /// Its name; none: of no known agent or team.
    pub name: Option<String>,
    /// Its id.
    pub id: Option<Uuid>,
    /// First day of the period.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Values by key, in the order asked for.
    pub values: Vec<(String, Value)>,
}

impl Serialize for AnswerRow {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = Map::new();
        row.insert(self.by.word().to_owned(), json!(self.name));
        row.insert("id".to_owned(), json!(self.id));
        row.insert("from".to_owned(), json!(self.from));
        row.insert("to".to_owned(), json!(self.to));
        let values: Map<String, Json> = self.values.iter().map(|(k, v)| (k.clone(), json!(v))).collect();
        row.insert("values".to_owned(), Json::Object(values));
        row.serialize(serializer)
    }
}

/// The answer as CSV: a row a scope, period and key.
pub fn to_csv(answer: &Answer) -> String {
    use std::fmt::Write;
    let mut out = String::from("scope,from,to,key,value,n\r\n");
    for row in &answer.rows {
        let name = row.name.as_deref().unwrap_or_default();
        for (key, value) in &row.values {
            let number = value.value.map(|v| v.as_f64().to_string()).unwrap_or_default();
            let n = value.n.map(|n| n.to_string()).unwrap_or_default();
            let name = kexun_importers::export::defused(name).replace('"', "\"\"");
            // Writing to a string does not fail.
            let _ = write!(out, "\"{name}\",{},{},{key},{number},{n}\r\n", row.from, row.to);
        }
    }
    out
}
