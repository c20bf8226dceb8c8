//! Tenants, people, sign-in, notices, audit.

mod access;
mod audit;
mod isolation;
mod known;
mod notices;
mod second_factor;
mod sessions;
mod sign_in;
mod staff;
mod staff_import;
mod tenants;
mod tokens;

use kexun_base::Ctx;
use kexun_base::events::Actor;
use kexun_people::persons::PersonId;
use kexun_people::rights::{By, Grant, Role};
use kexun_people::sign_in::open_session;
use kexun_people::staff::{self as members, Draft, StaffId};
use kexun_people::tenants::{self as rooms, NewTenant, TenantId};
use kexun_testkit::{Client, TestApp};
use serde_json::json;

/// The password of everybody in these tests.
pub const PASSWORD: &str = "correct horse 马";

/// A tenant by the operator's hand.
pub async fn tenant(app: &TestApp, slug: &str, parent: Option<TenantId>) -> TenantId {
    let tx = app.ctx().db().begin().await.unwrap();
    let new = NewTenant { slug: slug.into(), name: format!("{slug} 公司"), parent };
    let tenant = rooms::create(app.ctx(), &tx, Actor::Operator, new).await.unwrap();
    tx.commit().await.unwrap();
    tenant.id
}

/// A member with roles on the whole tenant; his login is his account.
pub async fn member(ctx: &Ctx, tenant: TenantId, account: &str, roles: &[Role]) -> StaffId {
    let roles = roles.iter().map(|role| Grant { role: *role, shop_id: None, team_id: None }).collect();
    let draft = Draft { account: account.into(), name: account.into(), roles, ..Draft::default() };
    members::create(ctx, By::Operator(tenant), draft).await.unwrap()
}

/// The same with a password.
pub async fn member_with_password(ctx: &Ctx, tenant: TenantId, account: &str, roles: &[Role]) -> StaffId {
    let roles = roles.iter().map(|role| Grant { role: *role, shop_id: None, team_id: None }).collect();
    let password = Some(PASSWORD.into());
    let draft = Draft { account: account.into(), name: account.into(), password, roles, ..Draft::default() };
    members::create(ctx, By::Operator(tenant), draft).await.unwrap()
}

/// The person of a login.
pub async fn person(ctx: &Ctx, login: &str) -> PersonId {
    members::find(ctx, login, None).await.unwrap().0.id
}

/// Requests as the person of a login, with a real session (but without the costly password).
pub async fn session(app: &TestApp, login: &str) -> Client {
    let person = person(app.ctx(), login).await;
    let tx = app.ctx().db().begin().await.unwrap();
    let (_, secret) = open_session(app.ctx(), &tx, person, "test").await.unwrap();
    tx.commit().await.unwrap();
    app.nobody().cookie(&format!("kexun_session={}", secret.0))
}

/// Requests as a fresh administrator of a fresh company `acme`.
pub async fn admin_of_acme(app: &TestApp) -> (TenantId, Client) {
    let acme = tenant(app, "acme", None).await;
    member(app.ctx(), acme, "boss", &[Role::Admin]).await;
    (acme, session(app, "boss").await)
}

/// A shop with a team, through the API; their ids.
pub async fn shop_and_team(admin: &Client, code: &str, team: &str) -> (String, String) {
    let shop = admin.post("/api/v1/shops", json!({ "code": code, "name": code })).await.ok();
    let shop = shop["id"].as_str().unwrap().to_owned();
    let made = admin.post("/api/v1/teams", json!({ "shop_id": shop, "name": team })).await.ok();
    (shop, made["id"].as_str().unwrap().to_owned())
}
