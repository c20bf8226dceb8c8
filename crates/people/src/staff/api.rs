//! `/staff`.

use std::collections::HashMap;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use kexun_base::http::contract::{self, FileForm, SheetFile};
use kexun_base::http::server::DONE;
use kexun_base::http::{Form, Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::ids::Uuid;
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use kexun_importers::{Lang, SheetFormat};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::entity::staff::Model;
use super::import::StaffReport;
use super::service::{self, Change, Draft};
use super::upload::Upload;
use super::{GrantId, StaffFilter, StaffId, Step, access, export, roles, store};
use crate::persons::{self, PersonId};
use crate::rights::route::guarded;
use crate::rights::{By, Caller, Grant, Right, Role};
use crate::sign_in::{InPerson, second_factor};
use crate::tenants::{self, ShopId, TeamId, TenantId};
use crate::text::some_or_null;

/// A spreadsheet of staff is small.
const MOST_BYTES: u64 = 64 << 20;

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::StaffWrite, routes!(import)))
        .layer(DefaultBodyLimit::disable())
        .routes(guarded(Right::StaffRead, routes!(list)))
        .routes(guarded(Right::StaffWrite, routes!(create)))
        .routes(guarded(Right::StaffRead, routes!(get)))
        .routes(guarded(Right::StaffWrite, routes!(change)))
        .routes(guarded(Right::StaffWrite, routes!(reset_second_factor)))
        .routes(guarded(Right::RoleWrite, routes!(grant)))
        .routes(guarded(Right::RoleWrite, routes!(withdraw)))
        .routes(guarded(Right::StaffRead, routes!(export_sheet)))
        .merge(super::accounts::router())
}

/// Something by id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Ref {
    /// Its id.
    id: Uuid,
    /// Its name.
    name: String,
}

/// A role that a member holds.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Assignment {
    /// Its id, to withdraw it by.
    id: GrantId,
    /// The role and its place.
    #[serde(flatten)]
    grant: Grant,
}

/// A member of staff.
#[derive(Debug, Serialize, ToSchema)]
struct StaffItem {
    /// Its id.
    id: StaffId,
    /// The person behind it.
    person_id: PersonId,
    /// Account name, unique in the tenant.
    account: String,
    /// Name.
    name: String,
    /// What he signs in with.
    login: String,
    /// Telephone.
    phone: Option<String>,
    /// E-mail.
    email: Option<String>,
    /// Level, in the tenant's own words.
    level: String,
    /// Position, in the tenant's own words.
    position: String,
    /// The day of joining.
    #[schema(value_type = Option<String>, format = Date)]
    joined_on: Option<Day>,
    /// His shop.
    shop: Option<Ref>,
    /// His team.
    team: Option<Ref>,
    /// Roles that he holds.
    roles: Vec<Assignment>,
    /// Whether he signs in with a second factor.
    second_factor: bool,
    /// Send it back with a change.
    version: i32,
}

/// A member of staff with his history.
#[derive(Debug, Serialize, ToSchema)]
struct StaffDetail {
    /// The member.
    #[serde(flatten)]
    item: StaffItem,
    /// His steps, oldest first.
    history: Vec<Step>,
}

/// Names of shops and teams, dissolved ones too.
struct Names {
    shops: HashMap<ShopId, String>,
    teams: HashMap<TeamId, String>,
}

impl Names {
    async fn load(ctx: &Ctx, tenant: TenantId) -> Result<Names> {
        let db = ctx.db().read();
        let shops = tenants::shops(db, tenant).await?.into_iter().map(|s| (s.id, s.name)).collect();
        let teams = tenants::teams_ever(db, tenant).await?.into_iter().map(|t| (t.id, t.name)).collect();
        Ok(Names { shops, teams })
    }

    fn shop(&self, id: Option<ShopId>) -> Option<Ref> {
        id.and_then(|id| Some(Ref { id: id.0, name: self.shops.get(&id)?.clone() }))
    }

    fn team(&self, id: Option<TeamId>) -> Option<Ref> {
        id.and_then(|id| Some(Ref { id: id.0, name: self.teams.get(&id)?.clone() }))
    }
}

async fn items(ctx: &Ctx, tenant: TenantId, rows: Vec<Model>) -> Result<Vec<StaffItem>> {
    let db = ctx.db().read();
    let names = Names::load(ctx, tenant).await?;
    let people: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let factors = second_factor::having(db, &people).await?;
    let mut people = persons::by_ids(db, &people).await?;
    let ids: Vec<StaffId> = rows.iter().map(|row| row.id).collect();
    let mut grants = store::grants(db, tenant, Some(&ids)).await?;
    let item = |row: Model| {
        let person =
            people.remove(&row.person_id).ok_or_else(|| Error::internal("a member without a person"))?;
        let roles = grants.remove(&row.id).unwrap_or_default();
        Ok(StaffItem {
            id: row.id,
            person_id: row.person_id,
            account: row.account,
            name: row.name,
            login: person.login,
            phone: person.phone,
            email: person.email,
            level: row.level,
            position: row.position,
            joined_on: row.joined_on,
            shop: names.shop(row.shop_id),
            team: names.team(row.team_id),
            roles: roles.into_iter().map(|(id, grant)| Assignment { id, grant }).collect(),
            second_factor: factors.contains(&row.person_id),
            version: row.version,
        })
    };
    rows.into_iter().map(item).collect()
}

/// Members of staff, by account.
#[utoipa::path(get, path = "/staff", tag = "staff", params(StaffFilter, PageRequest),
    responses((status = 200, body = Page<StaffItem>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(filter): Query<StaffFilter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<StaffItem>>> {
    let scope = caller.scope(Right::StaffRead)?;
    let Page { items: rows, next } = store::page(ctx.db().read(), &scope, &filter, &page).await?;
    Ok(Json(Page { items: items(&ctx, scope.tenant, rows).await?, next }))
}

async fn detail(ctx: &Ctx, caller: &Caller, id: StaffId) -> Result<StaffDetail> {
    let scope = caller.scope(Right::StaffRead)?;
    let row = store::member(ctx.db().read(), scope.tenant, id).await?;
    if !scope.holds(row.shop_id, row.team_id) {
        return Err(Error::not_found("member of staff"));
    }
    let history = super::history(ctx.db().read(), scope.tenant, id).await?;
    let item = items(ctx, scope.tenant, vec![row]).await?.pop();
    Ok(StaffDetail { item: item.ok_or_else(|| Error::not_found("member of staff"))?, history })
}

/// One member with his history.
#[utoipa::path(get, path = "/staff/{id}", tag = "staff", params(("id" = StaffId, Path)),
    responses((status = 200, body = StaffDetail)))]
async fn get(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<StaffId>) -> Result<Json<StaffDetail>> {
    detail(&ctx, &caller, id).await.map(Json)
}

/// A member to be entered.
#[derive(Deserialize, ToSchema)]
struct NewStaff {
    /// Account name, unique in the tenant.
    account: String,
    /// Name.
    name: String,
    /// What he will sign in with; the account, or something like it, if not said.
    login: Option<String>,
    /// First password: 8 characters or more; without one he cannot sign in yet.
    #[schema(format = Password)]
    password: Option<String>,
    /// His shop.
    shop_id: Option<ShopId>,
    /// His team.
    team_id: Option<TeamId>,
    /// Level.
    level: Option<String>,
    /// Position.
    position: Option<String>,
    /// The day of joining.
    #[schema(value_type = Option<String>, format = Date)]
    joined_on: Option<Day>,
    /// Telephone.
    phone: Option<String>,
    /// E-mail.
    email: Option<String>,
    /// Roles that he will hold.
    #[serde(default)]
    roles: Vec<Grant>,
}

/// Enters a member.
#[utoipa::path(post, path = "/staff", tag = "staff", request_body = NewStaff,
    responses((status = 201, body = StaffDetail)))]
async fn create(State(ctx): State<Ctx>, caller: Caller, Json(new): Json<NewStaff>) -> Result<Response> {
    let draft = Draft {
        account: new.account,
        name: new.name,
        login: new.login,
        password: new.password.filter(|p| !p.is_empty()),
        shop: new.shop_id,
        team: new.team_id,
        level: new.level,
        position: new.position,
        joined_on: new.joined_on,
        phone: new.phone,
        email: new.email,
        roles: new.roles,
    };
    let id = service::create(&ctx, By::Caller(&caller), draft).await?;
    Ok((StatusCode::CREATED, Json(detail(&ctx, &caller, id).await?)).into_response())
}

/// What changes about a member; what is left out stays, null empties.
#[derive(Deserialize, ToSchema)]
struct StaffChange {
    /// New account name; the agent account of the old one stays his.
    account: Option<String>,
    /// New name.
    name: Option<String>,
    /// New login, not one's own.
    login: Option<String>,
    /// New password, not one's own; he is signed out everywhere.
    #[schema(format = Password)]
    password: Option<String>,
    /// New shop.
    #[serde(default, deserialize_with = "some_or_null")]
    #[schema(value_type = Option<ShopId>)]
    shop_id: Option<Option<ShopId>>,
    /// New team.
    #[serde(default, deserialize_with = "some_or_null")]
    #[schema(value_type = Option<TeamId>)]
    team_id: Option<Option<TeamId>>,
    /// New level.
    #[serde(default, deserialize_with = "some_or_null")]
    #[schema(value_type = Option<String>)]
    level: Option<Option<String>>,
    /// New position.
    #[serde(default, deserialize_with = "some_or_null")]
    #[schema(value_type = Option<String>)]
    position: Option<Option<String>>,
    /// The day of joining.
    #[serde(default, deserialize_with = "some_or_null")]
    #[schema(value_type = Option<String>, format = Date)]
    joined_on: Option<Option<Day>>,
    /// Telephone.
    #[serde(default, deserialize_with = "some_or_null")]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<String>>,
    /// E-mail.
    #[serde(default, deserialize_with = "some_or_null")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
    /// From which day the new place, level or position counts, beyond later changes of it; today at the latest, and if
    /// not said.
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Day>,
    /// The version that you saw.
    version: i32,
}

/// Changes a member. Login and password only in person, not with a token, and only of whoever you could grant all of his
/// roles.
#[utoipa::path(patch, path = "/staff/{id}", tag = "staff", params(("id" = StaffId, Path)),
    request_body = StaffChange, responses((status = 200, body = StaffDetail)))]
async fn change(
    State(ctx): State<Ctx>,
    caller: Caller,
    in_person: Result<InPerson>,
    Path(id): Path<StaffId>,
    Json(new): Json<StaffChange>,
) -> Result<Json<StaffDetail>> {
    let change = Change {
        account: new.account,
        name: new.name,
        login: new.login,
        password: new.password.filter(|p| !p.is_empty()),
        shop: new.shop_id,
        team: new.team_id,
        level: new.level,
        position: new.position,
        joined_on: new.joined_on,
        phone: new.phone,
        email: new.email,
        from: new.from,
        version: Some(new.version),
        in_person: in_person.is_ok(),
    };
    service::change(&ctx, By::Caller(&caller), id, change).await?;
    detail(&ctx, &caller, id).await.map(Json)
}

/// Takes a member's second factor away, who lost it; he is signed out everywhere and told. Only whoever could grant
/// all of his roles may do that.
#[utoipa::path(delete, path = "/staff/{id}/second-factor", tag = "staff", params(("id" = StaffId, Path)),
    responses((status = 204)))]
async fn reset_second_factor(
    State(ctx): State<Ctx>,
    caller: Caller,
    _: InPerson,
    Path(id): Path<StaffId>,
) -> Result<StatusCode> {
    access::reset_second_factor(&ctx, By::Caller(&caller), id).await?;
    Ok(DONE)
}

/// A role to be granted.
#[derive(Debug, Deserialize, ToSchema)]
struct NewRole {
    /// Which.
    role: Role,
    /// On this shop only.
    shop_id: Option<ShopId>,
    /// On this team only.
    team_id: Option<TeamId>,
}

/// Grants a role. You need every right that it stands for, on that place, yourself.
#[utoipa::path(post, path = "/staff/{id}/roles", tag = "staff", params(("id" = StaffId, Path)),
    request_body = NewRole, responses((status = 201, body = Assignment)))]
async fn grant(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<StaffId>,
    Json(new): Json<NewRole>,
) -> Result<Response> {
    let new = Grant { role: new.role, shop_id: new.shop_id, team_id: new.team_id };
    let (id, grant) = roles::grant(&ctx, By::Caller(&caller), id, new).await?;
    Ok((StatusCode::CREATED, Json(Assignment { id, grant })).into_response())
}

/// Withdraws a role, at once.
#[utoipa::path(delete, path = "/staff/{id}/roles/{assignment_id}", tag = "staff",
    params(("id" = StaffId, Path), ("assignment_id" = GrantId, Path)), responses((status = 204)))]
async fn withdraw(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path((id, assignment)): Path<(StaffId, GrantId)>,
) -> Result<StatusCode> {
    roles::withdraw(&ctx, By::Caller(&caller), id, assignment).await?;
    Ok(DONE)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImportAsked {
    /// Only say what would happen.
    dry_run: Option<bool>,
}

/// Imports members from a spreadsheet.
#[utoipa::path(post, path = "/staff/import", tag = "staff", params(ImportAsked),
    request_body(content_type = "multipart/form-data", content = FileForm),
    responses((status = 200, body = StaffReport)))]
async fn import(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(asked): Query<ImportAsked>,
    mut form: Form,
) -> Result<Json<StaffReport>> {
    while let Some(field) = form.next().await? {
        if field.name() != Some("file") {
            continue;
        }
        let sheet = Upload::save(&ctx, field.boxed(), MOST_BYTES).await?;
        let lang = lang(&ctx, &caller).await?;
        let dry_run = asked.dry_run.unwrap_or(false);
        return super::import(&ctx, By::Caller(&caller), &sheet.path(), lang, dry_run).await.map(Json);
    }
    Err(Error::field("file", "is missing; send the spreadsheet as the form's field `file`"))
}

async fn lang(ctx: &Ctx, caller: &Caller) -> Result<Lang> {
    let person = persons::by_id(ctx.db().read(), caller.person).await?;
    Ok(if person.locale == "en" { Lang::En } else { Lang::Zh })
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ExportAsked {
    /// `xlsx` (if not said) or `csv`.
    #[param(inline, value_type = Option<contract::SheetFormat>)]
    format: Option<SheetFormat>,
}

/// Members as a spreadsheet, in the columns that the import reads.
#[utoipa::path(get, path = "/staff/export", tag = "staff", params(ExportAsked), responses(SheetFile))]
async fn export_sheet(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(asked): Query<ExportAsked>,
) -> Result<Response> {
    let format = asked.format.unwrap_or_default();
    let lang = lang(&ctx, &caller).await?;
    let sheet = export::export(&ctx, &caller, format, lang).await?;
    let disposition = format!("attachment; filename=\"staff.{}\"", format.extension());
    let headers =
        [(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, sheet).into_response())
}
