//! Figures as they are answered: the shape of formats.md, the same from API, command line and page.

use kexun_base::time::Day;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::query::By;
use super::rules::Value;

/// The answer to a question.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Figures)]
pub struct Answer {
    /// Zone of the shops in it; none where they have several.
    pub zone: Option<String>,
    /// One row a scope and period.
    #[schema(value_type = Vec<FigureRow>)]
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

/// Figures of one scope in one period, as they are written: with the one of the first four that was asked for
/// by `by`, which is null where the agent or team is not known.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only says in the contract what `Serialize` writes")]
struct FigureRow {
    /// The agent account's name.
    #[schema(required = false)]
    agent: Option<String>,
    /// The team's name.
    #[schema(required = false)]
    team: Option<String>,
    /// The shop's name.
    #[schema(required = false)]
    shop: Option<String>,
    /// The tenant's short name.
    #[schema(required = false)]
    tenant: Option<String>,
    /// Its id.
    #[schema(required)]
    id: Option<Uuid>,
    /// First day of the period.
    #[schema(value_type = String, format = Date)]
    from: Day,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    to: Day,
    /// Values by key.
    #[schema(value_type = HashMap<String, FigureValue>)]
    values: (),
}

/// The value of a figure.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only says in the contract what `Serialize` writes")]
struct FigureValue {
    /// A count, seconds, a share (0 to 1) or a ratio; null is *no value*: the denominator is 0.
    #[schema(required)]
    value: Option<f64>,
    /// The denominator: of how many; a count has none.
    n: Option<u64>,
    /// The version of the definition.
    version: u32,
    /// Of times: the median, seconds.
    p50: Option<f64>,
    /// Of times: nine of ten are at most this, seconds.
    p90: Option<f64>,
    /// Of ratings: the share of the contacts that were rated at all.
    rated_share: Option<f64>,
    /// Of what can still change: UTC seconds after which it cannot.
    final_after: Option<i64>,
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
