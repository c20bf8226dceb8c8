//! What the contract says of every operation alike, so that no room has to: how requests are refused, who
//! may ask, how a file comes in and how it goes out.

use std::collections::BTreeMap;

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder, SecurityRequirement};
use utoipa::{IntoResponses, Modify, ToSchema};

use crate::errors::Code;

const PROBLEM: &str = "application/problem+json";
const COOKIE: &str = "session";
const TOKEN: &str = "token";

/// Who may send a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever is signed in, by session or token.
    SignedIn,
    /// Everybody.
    Open,
}

/// Declares with each operation how it can be refused, and who may send it. What an operation says itself
/// is left as it is.
pub fn declare(item: &mut PathItem, access: Access) {
    let reading = [&mut item.get].into_iter().flatten();
    reading.for_each(|operation| declare_one(operation, access, false));
    let changing = [&mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten();
    changing.for_each(|operation| declare_one(operation, access, true));
}

fn declare_one(operation: &mut Operation, access: Access, changing: bool) {
    let signed_in = access == Access::SignedIn;
    let asked = operation.parameters.as_ref().is_some_and(|all| !all.is_empty());
    let body = operation.request_body.is_some();
    let statuses = [
        (401, signed_in),
        (403, signed_in),
        (404, signed_in && (asked || body)),
        (409, signed_in && changing),
        (413, body),
        (415, body),
        // Every operation heeds `Kexun-Tenant`, every change `Idempotency-Key`: both can be malformed.
        (422, signed_in || asked || body),
        (500, true),
        (503, true),
    ];
    for (status, _) in statuses.into_iter().filter(|(_, may)| *may) {
        let refused = Ref::from_response_name(name(status));
        operation.responses.responses.entry(status.to_string()).or_insert(RefOr::Ref(refused));
    }
    if signed_in {
        let either = [COOKIE, TOKEN].map(|scheme| SecurityRequirement::new(scheme, [""; 0]));
        operation.security.get_or_insert_with(|| either.to_vec());
    }
}

/// The name of the response of a refusal.
fn name(status: u16) -> String {
    format!("Refused{status}")
}

/// A refusal that only some operations have, in the words of all: `responses((status = 429, response = …))`
/// would have to repeat them.
#[derive(Debug, Clone, Copy)]
pub struct Refused<const STATUS: u16>;

impl<const STATUS: u16> IntoResponses for Refused<STATUS> {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        BTreeMap::from([(STATUS.to_string(), RefOr::Ref(Ref::from_response_name(name(STATUS))))])
    }
}

/// Writes into the document what [`declare`] refers to.
#[derive(Debug, Clone, Copy)]
pub struct Shared;

impl Modify for Shared {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        for code in Code::ALL {
            let status = code.status();
            components.responses.entry(name(status)).or_insert_with(|| RefOr::T(refusal(status)));
        }
        let cookie = "the session cookie; a changing request also needs the header `X-Kexun: 1`";
        let cookie = ApiKey::Cookie(ApiKeyValue::with_description("kexun_session", cookie));
        let token =
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("an API token")).build();
        let schemes = &mut components.security_schemes;
        schemes.insert(COOKIE.to_owned(), RefOr::T(SecurityScheme::ApiKey(cookie)));
        schemes.insert(TOKEN.to_owned(), RefOr::T(SecurityScheme::Http(token)));
    }
}

fn refusal(status: u16) -> Response {
    let titles: Vec<&str> =
        Code::ALL.into_iter().filter(|code| code.status() == status).map(Code::title).collect();
    let problem = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(problem)).build();
    ResponseBuilder::new().description(titles.join("; ")).content(PROBLEM, content).build()
}

/// A file that comes in, as a form of one field.
#[derive(Debug, ToSchema)]
pub struct FileForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}

/// A file that goes out: 200 with one of these media types.
pub fn file(media_types: &[&str]) -> Response {
    let bytes = || {
        let format = SchemaFormat::KnownFormat(KnownFormat::Binary);
        Schema::Object(ObjectBuilder::new().schema_type(Type::String).format(Some(format)).build())
    };
    let response = ResponseBuilder::new().description("the file");
    let content = |response: ResponseBuilder, kind: &&str| {
        response.content(*kind, ContentBuilder::new().schema(Some(bytes())).build())
    };
    media_types.iter().fold(response, content).build()
}

/// The words for what a spreadsheet is written as; the type that reads them is the importers'.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum SheetFormat {
    /// A workbook.
    Xlsx,
    /// Text.
    Csv,
}

/// The words for the language of a spreadsheet.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// A spreadsheet that goes out.
#[derive(Debug, Clone, Copy)]
pub struct SheetFile;

impl IntoResponses for SheetFile {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        BTreeMap::from([("200".to_owned(), RefOr::T(file(&[xlsx, "text/csv"])))])
    }
}
