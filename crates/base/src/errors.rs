//! The one error type of the house and its enumerated codes.
//!
//! An error is answered as an RFC 9457 problem. The web translates `code`; `detail` is for whoever
//! reads the answer of the API and says what was wrong, where, and what to do.

use std::borrow::Cow;
use std::io::ErrorKind;

use sea_orm::{DbErr, SqlErr};
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::dialect::{is_unstorable, trouble};

/// Result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Every reason for which a request can be refused. Stable: clients decide by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// 401: no valid session or token.
    NotSignedIn,
    /// 401: login and password do not belong together.
    WrongPassword,
    /// 401: the password is right, and a code of the second factor is needed as well.
    SecondFactorNeeded,
    /// 401: the code of the second factor is not right, or was used already.
    WrongCode,
    /// 403: signed in, but without the right.
    Forbidden,
    /// 403: a changing request by cookie without the `X-Kexun` header.
    CrossSite,
    /// 404: no such thing, or none that the caller may see.
    NotFound,
    /// 405: the path exists, the method does not.
    MethodNotAllowed,
    /// 409: it is there already, or something else stands against it.
    Conflict,
    /// 409: the thing was changed since the caller read it.
    StaleVersion,
    /// 409: the same idempotency key is still being worked on.
    InProgress,
    /// 413: more bytes than are accepted.
    TooLarge,
    /// 415: not a kind of content that is read here.
    UnsupportedContent,
    /// 422: the request cannot be understood; `fields` says where.
    Invalid,
    /// 422: the idempotency key was used for another request.
    IdempotencyMismatch,
    /// 422: the uploaded file cannot be read at all.
    UnreadableFile,
    /// 429: too many tries; wait.
    Throttled,
    /// 500: our fault; the log has it under the request id.
    Internal,
    /// 503: the database or another part is out of reach; try again.
    Unavailable,
}

impl Code {
    /// All codes, for the translations' completeness test.
    pub const ALL: [Code; 19] = [
        Code::NotSignedIn,
        Code::WrongPassword,
        Code::SecondFactorNeeded,
        Code::WrongCode,
        Code::Forbidden,
        Code::CrossSite,
        Code::NotFound,
        Code::MethodNotAllowed,
        Code::Conflict,
        Code::StaleVersion,
        Code::InProgress,
        Code::TooLarge,
        Code::UnsupportedContent,
        Code::Invalid,
        Code::IdempotencyMismatch,
        Code::UnreadableFile,
        Code::Throttled,
        Code::Internal,
        Code::Unavailable,
    ];

    /// The HTTP status that goes with the code.
    pub fn status(self) -> u16 {
        match self {
            Code::NotSignedIn | Code::WrongPassword | Code::SecondFactorNeeded | Code::WrongCode => 401,
            Code::Forbidden | Code::CrossSite => 403,
            Code::NotFound => 404,
            Code::MethodNotAllowed => 405,
            Code::Conflict | Code::StaleVersion | Code::InProgress => 409,
            Code::TooLarge => 413,
            Code::UnsupportedContent => 415,
            Code::Invalid | Code::IdempotencyMismatch | Code::UnreadableFile => 422,
            Code::Throttled => 429,
            Code::Internal => 500,
            Code::Unavailable => 503,
        }
    }

    /// A short English title.
    pub fn title(self) -> &'static str {
        match self {
            Code::NotSignedIn => "Not signed in",
            Code::WrongPassword => "Wrong login or password",
            Code::SecondFactorNeeded => "Second factor needed",
            Code::WrongCode => "Wrong code",
            Code::Forbidden => "Not allowed",
            Code::CrossSite => "Refused: possible cross-site request",
            Code::NotFound => "Not found",
            Code::MethodNotAllowed => "Method not allowed",
            Code::Conflict => "Conflict",
            Code::StaleVersion => "Changed meanwhile",
            Code::InProgress => "Still in progress",
            Code::TooLarge => "Too large",
            Code::UnsupportedContent => "Unsupported content",
            Code::Invalid => "Invalid request",
            Code::IdempotencyMismatch => "Idempotency key used for another request",
            Code::UnreadableFile => "File cannot be read",
            Code::Throttled => "Too many attempts",
            Code::Internal => "Internal error",
            Code::Unavailable => "Temporarily unavailable",
        }
    }
}

/// One field at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldFault {
    /// Name of the field as the request has it.
    pub field: String,
    /// What is wrong with it and what would be right.
    pub detail: String,
}

/// An error of the house.
#[derive(Debug, thiserror::Error)]
#[error("{detail}")]
pub struct Error {
    /// What the client decides by.
    pub code: Code,
    /// What was wrong, where, and what to do.
    pub detail: Cow<'static, str>,
    /// The fields at fault, if any.
    pub fields: Vec<FieldFault>,
    /// Seconds after which to try again, where that is known.
    pub retry_after: Option<u32>,
    /// The cause, for the log only.
    #[source]
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error with a code and a detail.
    pub fn new(code: Code, detail: impl Into<Cow<'static, str>>) -> Self {
        Error { code, detail: detail.into(), fields: Vec::new(), retry_after: None, cause: None }
    }

    /// The same, to be tried again after so many seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        Error { retry_after: Some(seconds), ..self }
    }

    /// The request makes no sense.
    pub fn invalid(detail: impl Into<Cow<'static, str>>) -> Self {
        Error::new(Code::Invalid, detail)
    }

    /// One field of the request is at fault.
    pub fn field(field: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let mut error = Error::invalid(format!("{field}: {detail}"));
        error.fields.push(FieldFault { field: field.to_owned(), detail });
        error
    }

    /// There is no such thing, or none that the caller may see.
    pub fn not_found(what: &str) -> Self {
        Error::new(Code::NotFound, format!("there is no such {what}, or you may not see it"))
    }

    /// The caller lacks the right.
    pub fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Error::new(Code::Forbidden, detail)
    }

    /// Something stands against it.
    pub fn conflict(detail: impl Into<Cow<'static, str>>) -> Self {
        Error::new(Code::Conflict, detail)
    }

    /// The thing was changed since the caller read it.
    pub fn stale() -> Self {
        Error::new(
            Code::StaleVersion,
            "it was changed since you opened it; load it again and repeat your change",
        )
    }

    /// Our fault.
    pub fn internal(detail: impl Into<Cow<'static, str>>) -> Self {
        Error::new(Code::Internal, detail)
    }

    /// Whether the cause is a broken unique constraint.
    pub fn is_unique_violation(&self) -> bool {
        self.code == Code::Conflict && self.cause.is_some()
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        let (code, detail) = match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => (Code::Conflict, "it exists already"),
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => {
                (Code::Conflict, "it refers to something that is not there, or something refers to it")
            }
            _ if is_unstorable(&error) => {
                (Code::Invalid, "a text holds a character that cannot be kept (NUL); take it out")
            }
            _ => match trouble(&error) {
                Some(trouble) => (Code::Unavailable, trouble.detail()),
                None => (Code::Internal, "the database refused; nothing was changed"),
            },
        };
        Error { cause: Some(Box::new(error)), ..Error::new(code, detail) }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        let full = [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge];
        let (code, detail) = if full.contains(&error.kind()) {
            let detail =
                format!("the disk is full, a file was not written ({error}): free space, then try again");
            (Code::Unavailable, detail)
        } else {
            (Code::Internal, format!("reading or writing a file failed: {error}"))
        };
        Error { cause: Some(Box::new(error)), ..Error::new(code, detail) }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error { cause: Some(Box::new(error)), ..Error::internal("stored JSON cannot be read or written") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_have_error_statuses() {
        let names: std::collections::BTreeSet<_> =
            Code::ALL.iter().map(|c| serde_json::to_string(c).unwrap()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(Code::ALL.iter().all(|c| (400..600).contains(&c.status())));
    }
}
