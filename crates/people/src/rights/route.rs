//! Rights at the route: one declaration that is enforced and documented.

use std::borrow::Cow;

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use kexun_base::http::UtoipaMethodRouter;
use kexun_base::http::contract::{self, Access};
use kexun_base::{Code, Ctx, Error};
use serde_json::json;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, PathItem};

use super::{Caller, Right};

/// Routes that need a right. Whoever is not signed in gets 401, whoever lacks the right 403, before
/// the handler runs; how far the right reaches the service function decides.
pub fn guarded(right: Right, routes: UtoipaMethodRouter<Ctx>) -> UtoipaMethodRouter<Ctx> {
    let (schemas, mut paths, methods) = routes;
    for item in paths.paths.values_mut() {
        declare(item, right.word(), Access::SignedIn);
    }
    let check = move |request: Request, next: Next| check(right, request, next);
    (schemas, paths, methods.layer(from_fn(check)))
}

/// Routes for whoever is signed in, about himself only.
pub fn signed_in(routes: UtoipaMethodRouter<Ctx>) -> UtoipaMethodRouter<Ctx> {
    let (schemas, mut paths, methods) = routes;
    for item in paths.paths.values_mut() {
        declare(item, "signed-in", Access::SignedIn);
    }
    let check = |request: Request, next: Next| async move {
        if request.extensions().get::<Caller>().is_none() {
            refuse(&request)
        } else {
            next.run(request).await
        }
    };
    (schemas, paths, methods.layer(from_fn(check)))
}

/// Routes for everybody. Each stands, with its reason, in the list of the sweep test.
pub fn open(routes: UtoipaMethodRouter<Ctx>) -> UtoipaMethodRouter<Ctx> {
    let (schemas, mut paths, methods) = routes;
    for item in paths.paths.values_mut() {
        declare(item, "open", Access::Open);
    }
    (schemas, paths, methods)
}

async fn check(right: Right, request: Request, next: Next) -> Response {
    match request.extensions().get::<Caller>() {
        None => refuse(&request),
        Some(caller) if caller.may(right) => next.run(request).await,
        Some(caller) if caller.unproven => {
            let detail = "your role needs a second factor: set it up under your account first, with POST /api/v1/me/second-factor";
            Error::forbidden(detail).into_response()
        }
        Some(caller) => {
            let (person, tenant) = (caller.person.0, caller.tenant.0);
            tracing::info!(%person, %tenant, %right, "refused: without the right");
            Error::forbidden(format!("this needs the right {right}; ask an administrator for it"))
                .into_response()
        }
    }
}

/// Why a request that brought a session or token has no [`Caller`] all the same.
#[derive(Debug, Clone)]
pub(crate) struct NoCaller(pub Code, pub Cow<'static, str>);

fn refuse(request: &Request) -> Response {
    let reason = request.extensions().get::<NoCaller>().cloned();
    let NoCaller(code, detail) = reason.unwrap_or(NoCaller(
        Code::NotSignedIn,
        "sign in first, or send a valid token; nothing was changed".into(),
    ));
    Error::new(code, detail).into_response()
}

fn declare(item: &mut PathItem, rights: &str, access: Access) {
    contract::declare(item, access);
    for operation in operations(item) {
        let extension = ExtensionsBuilder::new().add("x-rights", json!(rights)).build();
        match &mut operation.extensions {
            Some(extensions) => extensions.merge(extension),
            none => *none = Some(extension),
        }
    }
}

/// All operations of a path.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten()
}
