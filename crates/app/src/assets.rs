//! The web pages, embedded in the program.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use kexun_base::http::server;
use kexun_base::secrets::hex;
use kexun_base::{Ctx, Error, Result};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

const PAGE: &str = "index.html";

/// Stands in the page where each answer has a fresh number, which its scripts put on the styles they insert:
/// a style that somebody else managed to get into the page has none and does not apply.
const NONCE: &str = "{{nonce}}";

/// A file of the web pages; any other address is the single page itself, which knows its own routes.
///
/// # Errors
/// When the page cannot be sent with a policy of its own.
pub async fn serve(State(ctx): State<Ctx>, method: Method, uri: Uri, headers: HeaderMap) -> Result<Response> {
    if method != Method::GET && method != Method::HEAD {
        return Ok(server::no_such_method().await);
    }
    let path = uri.path().trim_start_matches('/');
    if let Some(file) = Dist::get(path).filter(|_| !path.is_empty() && path != PAGE) {
        return Ok(asset(path, file, &headers));
    }
    // A missing script must not be answered with a page.
    if path.starts_with("assets/") {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    match Dist::get(PAGE) {
        Some(file) => page(&ctx, &file.data),
        None => {
            let hint = "The web pages were not built into this program: run `make run`, or `npm run build` in web/.\n";
            Ok((StatusCode::NOT_FOUND, hint).into_response())
        }
    }
}

/// The page: small, and different each time, so that no packed copy of it helps.
fn page(ctx: &Ctx, html: &[u8]) -> Result<Response> {
    let nonce = hex(&ctx.random_bytes::<16>());
    let html = String::from_utf8_lossy(html).replace(NONCE, &nonce);
    let policy = format!(
        "default-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; media-src 'self' blob:; \
         frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    let policy = HeaderValue::from_str(&policy)
        .map_err(|_| Error::internal("the page's policy cannot be written as a header"))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, html).into_response())
}

/// The file, or the packed copy that the build put beside it, for a browser that takes it.
fn asset(name: &str, file: EmbeddedFile, asked: &HeaderMap) -> Response {
    let packed = Dist::get(&format!("{name}.gz"));
    let varies = packed.is_some();
    let packed = packed.filter(|_| takes_gzip(asked));
    let is_packed = packed.is_some();
    let mut response = packed.unwrap_or(file).data.into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&kind_of(name)) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if varies {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if is_packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    // Names of assets carry a hash of their content.
    let cache = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// The media type, which for texts names the one encoding that they have.
fn kind_of(name: &str) -> String {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    match (kind.type_().as_str(), kind.subtype().as_str()) {
        ("text", _) | (_, "javascript") => format!("{}; charset=utf-8", kind.essence_str()),
        _ => kind.to_string(),
    }
}

/// Whether the request names gzip, and not only to refuse it.
fn takes_gzip(asked: &HeaderMap) -> bool {
    let lists = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let refused = parts.any(|part| {
            part.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0)
        });
        gzip && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))])
    }

    #[test]
    fn packed_files_go_to_those_who_take_them() {
        for takes in ["gzip", "gzip, deflate, br", "br, GZIP;q=0.5"] {
            assert!(takes_gzip(&asking(takes)), "{takes}");
        }
        for refuses in ["", "br", "identity", "gzip;q=0", "gzip; q=0.0, br"] {
            assert!(!takes_gzip(&asking(refuses)), "{refuses}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
