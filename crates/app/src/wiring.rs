//! The one place where all wings are put together: tables, routes, jobs.

use axum::routing::get;
use axum::{Extension, Router};
use kexun_base::http::contract::Shared;
use kexun_base::http::{Json, OpenApiRouter, server};
use kexun_base::jobs::Jobs;
use kexun_base::{Ctx, events, jobs};
use kexun_people::additions::Additions;
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

use crate::assets;

/// The tables' history of all rooms, oldest first. Only ever append.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(events::migration::Migration),
            Box::new(jobs::migration::Migration),
            Box::new(kexun_people::tenants::migration::Migration),
            Box::new(kexun_people::persons::migration::Migration),
            Box::new(kexun_people::staff::migration::Migration),
            Box::new(kexun_people::sign_in::migration::Migration),
            Box::new(kexun_people::notices::migration::Migration),
            Box::new(kexun_service::editions::migration::Migration),
            Box::new(kexun_service::customers::migration::Migration),
            Box::new(kexun_service::conversations::migration::Migration),
            Box::new(kexun_service::imports::migration::Migration),
            Box::new(kexun_service::kpi::migration::Migration),
            Box::new(kexun_service::kpi::targets::migration::Migration),
            Box::new(events::migration::Causes),
            Box::new(kexun_learning::courses::migration::Migration),
            Box::new(kexun_assessment::questions::migration::Migration),
            Box::new(kexun_assessment::papers::migration::Migration),
            Box::new(kexun_assessment::exams::migration::Migration),
            Box::new(kexun_outcome::archive::migration::Migration),
            Box::new(kexun_outcome::evaluation::migration::Migration),
            Box::new(kexun_learning::needs::migration::Migration),
            Box::new(kexun_learning::plans::migration::Migration),
            Box::new(kexun_people::notices::migration::Calendars),
            Box::new(kexun_learning::classes::migration::Migration),
            Box::new(jobs::migration::Lanes),
            Box::new(kexun_people::sign_in::known::migration::Migration),
            Box::new(kexun_service::kpi::contacts::migration::Migration),
            Box::new(kexun_people::sign_in::migration::Addresses),
            Box::new(kexun_service::conversations::migration::Lean),
            Box::new(kexun_service::customers::migration::Lean),
            Box::new(kexun_service::kpi::migration::Dead),
            Box::new(kexun_service::imports::migration::InChinese),
            Box::new(kexun_people::sign_in::second_factor::migration::Migration),
            Box::new(kexun_outcome::archive::migration::Days),
        ]
    }
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kexun",
        description = "Training and service quality for customer-service organisations. Errors are RFC 9457 problems \
                   with a stable `code`; lists are paged by `cursor`; `x-rights` names the right an operation needs.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(kexun_base::http::problem::Problem)),
    modifiers(&Shared)
)]
struct Contract;

/// All routes under `/api/v1` and the document that describes them.
pub fn api() -> (Router<Ctx>, Document) {
    let wings = kexun_people::router()
        .merge(kexun_service::router())
        .merge(kexun_assessment::router())
        .merge(kexun_learning::router())
        .merge(kexun_outcome::router());
    OpenApiRouter::with_openapi(Contract::openapi()).nest("/api/v1", wings).split_for_parts()
}

/// Everything the server answers.
pub fn routes(ctx: &Ctx) -> Router<Ctx> {
    let (api, document) = api();
    let document = std::sync::Arc::new(document);
    let api = api
        .route("/api/v1/openapi.json", get(move || async move { Json(document) }))
        .route("/api/{*rest}", axum::routing::any(server::nothing_here))
        .method_not_allowed_fallback(server::no_such_method)
        .layer(Extension(additions()));
    kexun_people::with_callers(ctx, api).fallback(assets::serve)
}

/// What wings add to the answers of lower ones.
fn additions() -> Additions {
    let additions = kexun_service::additions(Additions::default());
    kexun_outcome::additions(kexun_learning::additions(kexun_assessment::additions(additions)))
}

/// The kinds of background work of all wings.
pub fn background() -> Jobs {
    let jobs = kexun_service::jobs(kexun_people::jobs(Jobs::default()));
    kexun_outcome::jobs(kexun_learning::jobs(kexun_assessment::jobs(jobs)))
}
