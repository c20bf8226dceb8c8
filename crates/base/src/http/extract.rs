//! Extractors that refuse with a problem, not with a bare text.

use std::error::Error as StdError;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::errors::{Code, Error};

/// A JSON body, read or answered.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let axum::Json(value) = axum::Json::from_request(request, state).await.map_err(json_error)?;
        Ok(Json(value))
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

fn json_error(rejection: JsonRejection) -> Error {
    let code = match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            let detail = "the body must be JSON and come with the header Content-Type: application/json";
            return Error::new(Code::UnsupportedContent, detail);
        }
        _ => Code::Invalid,
    };
    fault_of::<serde_json::Error>(&rejection).unwrap_or_else(|| Error::new(code, rejection.body_text()))
}

/// The field that could not be read, where the reader of the format knows it. The reason for a whole body that
/// is no JSON names line and column instead.
fn fault_of<E: StdError + 'static>(rejection: &(dyn StdError + 'static)) -> Option<Error> {
    let mut cause = rejection;
    let fault = loop {
        match cause.downcast_ref::<serde_path_to_error::Error<E>>() {
            Some(fault) => break fault,
            None => cause = cause.source()?,
        }
    };
    let (path, reason) = (fault.path(), fault.inner().to_string());
    // A field that is not there is named in the reason; the path leads to where it should be.
    let missing = reason.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    match (path.iter().next(), missing) {
        (None, missing) => missing.map(|field| Error::field(field, "is missing")),
        (Some(_), Some(field)) => Some(Error::field(&format!("{path}.{field}"), "is missing")),
        (Some(_), None) => Some(Error::field(&path.to_string(), reason)),
    }
}

/// The query of the address.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let found = axum::extract::Query::from_request_parts(parts, state).await;
        let axum::extract::Query(value) = found.map_err(query_error)?;
        Ok(Query(value))
    }
}

fn query_error(rejection: QueryRejection) -> Error {
    fault_of::<serde::de::value::Error>(&rejection).unwrap_or_else(|| Error::invalid(rejection.body_text()))
}

/// A form with a file, as browsers send it.
#[derive(Debug)]
pub struct Form(axum::extract::Multipart);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let refused = |_| {
            let detail = "send the file as the field `file` of a multipart/form-data request";
            Error::new(Code::UnsupportedContent, detail)
        };
        axum::extract::Multipart::from_request(request, state).await.map(Form).map_err(refused)
    }
}

impl Form {
    /// The next field, if there is another.
    ///
    /// # Errors
    /// `invalid` when the form breaks off, `too_large` beyond the route's limit.
    pub async fn next(&mut self) -> Result<Option<Field<'_>>, Error> {
        self.0.next_field().await.map_err(form_error)
    }
}

fn form_error(error: MultipartError) -> Error {
    let too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
    let code = if too_large { Code::TooLarge } else { Code::Invalid };
    Error::new(code, error.body_text())
}

/// The variable parts of the path. What cannot be read as such a part names nothing: 404.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let found = axum::extract::Path::from_request_parts(parts, state).await;
        let axum::extract::Path(value) =
            found.map_err(|e: PathRejection| Error::new(Code::NotFound, e.body_text()))?;
        Ok(Path(value))
    }
}
