//! The web pages, embedded in the program.

use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use kexun_base::http::server;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// A file of the web pages; any other address is the single page itself, which knows its own routes.
pub async fn serve(method: Method, uri: Uri) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return server::no_such_method().await;
    }
    let path = uri.path().trim_start_matches('/');
    let asset = Dist::get(path).filter(|_| !path.is_empty());
    let (name, file) = match asset {
        Some(file) => (path, Some(file)),
        // A missing script must not be answered with a page.
        None if path.starts_with("assets/") => return StatusCode::NOT_FOUND.into_response(),
        None => ("index.html", Dist::get("index.html")),
    };
    let Some(file) = file else {
        let hint =
            "The web pages were not built into this program: run `make run`, or `npm run build` in web/.\n";
        return (StatusCode::NOT_FOUND, hint).into_response();
    };
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let mut response = file.data.into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(kind.as_ref()) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    // Names of assets carry a hash of their content.
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}
