//! Extractors that refuse with a problem, not with a bare text.

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
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedContent,
        _ => Code::Invalid,
    };
    Error::new(code, rejection.body_text())
}

/// The query of the address.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let found = axum::extract::Query::from_request_parts(parts, state).await;
        let axum::extract::Query(value) = found.map_err(|e: QueryRejection| Error::invalid(e.body_text()))?;
        Ok(Query(value))
    }
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
