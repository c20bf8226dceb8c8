//! Errors as RFC 9457 problems.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::errors::{Code, Error, FieldFault};

/// What a refused request is answered with (`application/problem+json`).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: `code` is the identifier.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Short English title of the code.
    pub title: &'static str,
    /// The HTTP status again.
    pub status: u16,
    /// What clients decide by.
    pub code: Code,
    /// What was wrong, where, and what to do.
    pub detail: String,
    /// The fields at fault, if any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldFault>,
    /// Id of the request, under which the log has more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// When to try again what is unavailable, if nothing else is known.
const SOON_SECONDS: u32 = 2;

tokio::task_local! {
    /// Id of the request that this task answers.
    pub(super) static REQUEST: String;
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if self.code.status() >= 500 {
            let cause = self.cause.as_deref().map(ToString::to_string);
            tracing::error!(code = ?self.code, detail = %self.detail, cause, "request failed");
        }
        let soon = (self.code == Code::Unavailable).then_some(SOON_SECONDS);
        let retry_after = self.retry_after.or(soon);
        let problem = Problem {
            kind: "about:blank",
            title: self.code.title(),
            status: self.code.status(),
            code: self.code,
            // What failed inside is for the log: it may name files, tables or worse.
            detail: match self.code {
                Code::Internal => "the request failed; the log has the reason".to_owned(),
                _ => self.detail.into_owned(),
            },
            fields: self.fields,
            request_id: REQUEST.try_with(Clone::clone).ok(),
        };
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(problem)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
