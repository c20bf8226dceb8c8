//! Files that people uploaded, on their way back: whole or in the part that a player asks for
//! (`Range`), not again where the browser has them (`ETag`), and never as something that runs.

use std::path::Path;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeFile;

use crate::errors::{Error, Result};

/// Even opened in a tab of its own such a file runs no script, sends no form and loads nothing.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub struct Download<'a> {
    /// Where it lies.
    pub path: &'a Path,
    /// What it is; decided by its content when it came in, never by its name.
    pub media_type: &'static str,
    /// Its name where it is saved.
    pub name: &'a str,
    /// Whether a page may show it; otherwise it is saved.
    pub inline: bool,
}

/// Answers a request for a file, heeding `Range` and the conditions it carries: 200, 206, 304, 412 or
/// 416. The browser may keep it and asks each time whether it may show it still.
///
/// # Errors
/// `not_found` when the file is not there.
pub async fn send(file: Download<'_>, request: Request) -> Result<Response> {
    let served = ServeFile::new(file.path).try_call(request).await?;
    if served.status() == StatusCode::NOT_FOUND {
        return Err(Error::not_found("file"));
    }
    let mut response = served.map(Body::new).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    dispose(headers, &file);
    Ok(response)
}

fn dispose(headers: &mut HeaderMap, file: &Download<'_>) {
    let way = if file.inline { "inline" } else { "attachment" };
    let value = format!("{way}; filename*=UTF-8''{}", percent_encoded(file.name));
    if let Ok(value) = HeaderValue::from_str(&value) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
}

/// As RFC 8187 wants names that are not plain ASCII.
fn percent_encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    name.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(percent_encoded("退货 a\"\r\n.pdf"), "%E9%80%80%E8%B4%A7%20a%22%0D%0A.pdf");
    }
}
