//! Requests as somebody, and assertions on their answers.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower::ServiceExt;

/// Makes requests as one person (or nobody), in one tenant. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    router: Router,
    headers: HeaderMap,
    address: SocketAddr,
}

/// A part of an upload.
pub struct Part<'a> {
    /// Name of the form's field.
    pub name: &'a str,
    /// Name of the file.
    pub file: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

const BORDER: &str = "kexun-testkit-border";

impl Client {
    pub(crate) fn nobody(router: Router) -> Self {
        let mut headers = HeaderMap::new();
        // What the web sends with everything it changes.
        headers.insert("x-kexun", HeaderValue::from_static("1"));
        Client { router, headers, address: SocketAddr::from(([127, 0, 0, 1], 40_000)) }
    }

    /// The same with a header more (or another value of it).
    ///
    /// # Panics
    /// When these are no header's name and value.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).expect("a header's name");
        self.headers.insert(name, HeaderValue::try_from(value).expect("a header's value"));
        self
    }

    /// The same without a header.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// The same with the session of this cookie (`name=value`).
    #[must_use]
    pub fn cookie(self, cookie: &str) -> Self {
        self.header("cookie", cookie)
    }

    /// The same with an API token instead of a session.
    #[must_use]
    pub fn token(self, token: &str) -> Self {
        self.without("cookie").without("x-kexun").header("authorization", &format!("Bearer {token}"))
    }

    /// The same acting in another tenant.
    #[must_use]
    pub fn in_tenant(self, slug: &str) -> Self {
        self.header("kexun-tenant", slug)
    }

    /// The same from another network address.
    #[must_use]
    pub fn from(mut self, address: [u8; 4]) -> Self {
        self.address = SocketAddr::from((address, 40_000));
        self
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, Body::empty()).await
    }

    /// POST of JSON.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.json(Method::POST, path, body).await
    }

    /// PUT of JSON.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.json(Method::PUT, path, body).await
    }

    /// PATCH of JSON.
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.json(Method::PATCH, path, body).await
    }

    /// Any method with JSON.
    pub async fn json(&self, method: Method, path: &str, body: Value) -> Answer {
        self.send(method, path, Some("application/json"), Body::from(body.to_string())).await
    }

    /// POST of one file in the field `file`.
    pub async fn upload(&self, path: &str, file: &str, bytes: &[u8]) -> Answer {
        self.upload_parts(path, &[Part { name: "file", file, bytes }]).await
    }

    /// POST of several parts.
    pub async fn upload_parts(&self, path: &str, parts: &[Part<'_>]) -> Answer {
        let mut body = Vec::new();
        for part in parts {
            let Part { name, file, bytes } = part;
            let head = format!(
                "--{BORDER}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BORDER}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BORDER}");
        self.send(Method::POST, path, Some(&kind), Body::from(body)).await
    }

    /// Any request.
    ///
    /// # Panics
    /// When it is none, or the answer breaks off.
    pub async fn send(&self, method: Method, path: &str, kind: Option<&str>, body: Body) -> Answer {
        let asked = format!("{method} {path}");
        let mut request = Request::builder().method(method).uri(path).body(body).expect("a request");
        request.headers_mut().extend(self.headers.clone());
        if let Some(kind) = kind {
            request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::try_from(kind).expect("a kind"));
        }
        request.extensions_mut().insert(ConnectInfo(self.address));
        let response = self.router.clone().oneshot(request).await.expect("a router cannot fail");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the answer arrives whole").to_bytes();
        Answer { asked, status: parts.status, headers: parts.headers, body }
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    asked: String,
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header's value; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The cookie that the answer sets, as `name=value`.
    ///
    /// # Panics
    /// When it sets none.
    #[track_caller]
    pub fn set_cookie(&self) -> String {
        let set = self.header("set-cookie");
        assert!(!set.is_empty(), "{}: no cookie was set: {}", self.asked, self.text());
        set.split(';').next().unwrap_or_default().to_owned()
    }

    /// The JSON of an answer that must be a success; null where it is empty.
    ///
    /// # Panics
    /// When it is none.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{}: {} {}", self.asked, self.status, self.text());
        if self.body.is_empty() { Value::Null } else { self.value() }
    }

    /// Like [`Answer::ok`], as a type.
    ///
    /// # Panics
    /// When it is no success or not of this type.
    #[track_caller]
    pub fn read<T: DeserializeOwned>(self) -> T {
        assert!(self.status.is_success(), "{}: {} {}", self.asked, self.status, self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{}: {e}: {}", self.asked, self.text()))
    }

    /// The answer must have this status.
    ///
    /// # Panics
    /// When it has another.
    #[track_caller]
    pub fn status(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.asked, self.text());
        self
    }

    /// The problem of an answer that must refuse with this code.
    ///
    /// # Panics
    /// When it does not, or is no proper problem.
    #[track_caller]
    pub fn refused(self, code: &str) -> Value {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}: {}",
            self.asked,
            self.text()
        );
        let problem = self.value();
        assert_eq!(problem["code"], code, "{}: {problem}", self.asked);
        assert_eq!(problem["status"], self.status.as_u16(), "{}: the status stands twice", self.asked);
        assert!(problem["detail"].as_str().is_some_and(|d| !d.is_empty()), "{}: {problem}", self.asked);
        problem
    }

    #[track_caller]
    fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{}: {e}: {}", self.asked, self.text()))
    }
}
