//! Entering and changing members.

use kexun_base::db::Tx;
use kexun_base::events::{self, NewEvent};
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::accounts::{self, Account};
use super::entity::staff::Model;
use super::{AccountId, StaffId, access, roles, rules, store};
use crate::persons::{self, NewPerson, Person};
use crate::rights::{By, Grant, Right, Scope};
use crate::sign_in::{self, PasswordHash};
use crate::tenants::{self, ShopId, TeamId, TenantId};
use crate::text;

/// A member about to be entered.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Account name, unique in the tenant.
    pub account: String,
    /// Name.
    pub name: String,
    /// What he will sign in with; the account, or something like it, if not said.
    pub login: Option<String>,
    /// His first password; without one he cannot sign in yet.
    pub password: Option<String>,
    /// His shop.
    pub shop: Option<ShopId>,
    /// His team.
    pub team: Option<TeamId>,
    /// Level, in the tenant's own words.
    pub level: Option<String>,
    /// Position, in the tenant's own words.
    pub position: Option<String>,
    /// The day of joining.
    pub joined_on: Option<Day>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Roles he will hold.
    pub roles: Vec<Grant>,
}

/// Enters a member, with the person behind him.
///
/// # Errors
/// `invalid`; `conflict` when account or login are taken; `forbidden` beyond the caller's rights.
pub async fn create(ctx: &Ctx, by: By<'_>, draft: Draft) -> Result<StaffId> {
    let password = match &draft.password {
        Some(password) => {
            let login = draft.login.as_deref().unwrap_or(&draft.account);
            Some(sign_in::prepare_password_of(ctx, &[login, &draft.name], password).await?)
        }
        None => None,
    };
    let tx = ctx.db().begin().await?;
    let member = create_in(ctx, &tx, by, draft, password).await?;
    tx.commit().await?;
    Ok(member.id)
}

/// As [`create`], within a transaction.
pub(super) async fn create_in(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    draft: Draft,
    password: Option<PasswordHash>,
) -> Result<Model> {
    let name = text::required("name", &draft.name, 100)?;
    let new = NewPerson {
        login: free_login(tx, by.tenant(), &draft).await?,
        name,
        email: text::email("email", draft.email.as_deref())?,
        phone: text::optional("phone", draft.phone.as_deref(), 40)?,
    };
    let person = persons::create(ctx, tx, new).await?;
    let member = join(ctx, tx, by, &person, draft).await?;
    if let Some(hash) = &password {
        sign_in::set_password(ctx, tx, by, person.id, hash).await?;
    }
    Ok(member)
}

/// Enters somebody who is already a person of another tenant. Only the operator may: a tenant never
/// learns of another's people.
///
/// # Errors
/// `not_found` for the login; otherwise as [`create`].
pub async fn attach(ctx: &Ctx, tenant: TenantId, login: &str, draft: Draft) -> Result<StaffId> {
    let tx = ctx.db().begin().await?;
    let person = persons::by_login(&tx, login).await?.ok_or_else(|| Error::not_found("login"))?;
    if store::member_of_person(&tx, tenant, person.id).await?.is_some() {
        return Err(Error::conflict(format!("{login} belongs to that organisation already")));
    }
    sign_in::known::doubt(ctx, &tx, person.id).await?;
    let member = join(ctx, &tx, By::Operator(tenant), &person, draft).await?;
    tx.commit().await?;
    Ok(member.id)
}

async fn join(ctx: &Ctx, tx: &Tx, by: By<'_>, person: &Person, draft: Draft) -> Result<Model> {
    let scope = by.scope(Right::StaffWrite)?;
    let (shop_id, team_id) = place(tx, scope.tenant, draft.shop, draft.team).await?;
    if !scope.holds(shop_id, team_id) {
        return Err(Error::forbidden("you may not enter staff there"));
    }
    tenants::lock(tx, scope.tenant).await?;
    let account = text::required("account", &draft.account, 100)?;
    if store::member_of_account(tx, scope.tenant, &account).await?.is_some() {
        return Err(Error::conflict(format!("there is a member with the account {account:?} already")));
    }
    let row = Model {
        id: ctx.id(),
        tenant_id: scope.tenant,
        person_id: person.id,
        account,
        name: text::required("name", &draft.name, 100)?,
        shop_id,
        team_id,
        level: text::optional("level", draft.level.as_deref(), 60)?.unwrap_or_default(),
        position: text::optional("position", draft.position.as_deref(), 60)?.unwrap_or_default(),
        joined_on: draft.joined_on,
        version: 1,
    };
    let row = store::insert(tx, row).await?;
    let today = tenants::today(ctx, tx, scope.tenant, shop_id).await?;
    let first = store::step(&row, row.joined_on.unwrap_or(today).min(today));
    store::add_position(ctx, tx, scope.tenant, first).await?;
    own_account(ctx, tx, by, &row).await?;
    let data = json!({ "account": row.account, "name": row.name, "shop_id": shop_id, "team_id": team_id,
        "level": row.level, "position": row.position, "joined_on": row.joined_on });
    record(ctx, tx, by, "staff.created", "staff", row.id.0, data).await?;
    for grant in draft.roles {
        roles::grant_in(ctx, tx, by, &row, grant).await?;
    }
    Ok(row)
}

/// The login asked for, or a free one like the account.
async fn free_login(tx: &Tx, tenant: TenantId, draft: &Draft) -> Result<String> {
    if let Some(login) = draft.login.as_deref().filter(|l| !l.trim().is_empty()) {
        let login = text::login("login", login)?;
        if persons::by_login(tx, &login).await?.is_some() {
            return Err(Error::conflict(format!("the login {login:?} is taken; choose another")));
        }
        return Ok(login);
    }
    let account = text::required("account", &draft.account, 100)?;
    if let Ok(login) = text::login("login", &account)
        && persons::by_login(tx, &login).await?.is_none()
    {
        return Ok(login);
    }
    let slug = tenants::tenant(tx, tenant).await?.slug;
    for login in rules::login_candidates(&account, &slug).take(1000) {
        if persons::by_login(tx, &login).await?.is_none() {
            return Ok(login);
        }
    }
    Err(Error::conflict("no login like that account is free; give one"))
}

/// Shop and team that belong together; a team alone brings its shop.
pub(super) async fn place(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    shop: Option<ShopId>,
    team: Option<TeamId>,
) -> Result<(Option<ShopId>, Option<TeamId>)> {
    if let Some(shop) = shop {
        tenants::shop(db, tenant, shop).await.map_err(|_| Error::field("shop_id", "is no shop of yours"))?;
    }
    let Some(team) = team else { return Ok((shop, None)) };
    let found = tenants::team(db, tenant, team).await;
    let found = found.map_err(|_| Error::field("team_id", "is no team of yours"))?;
    if shop.is_some_and(|shop| shop != found.shop) {
        return Err(Error::field("team_id", "belongs to another shop"));
    }
    Ok((Some(found.shop), Some(team)))
}

/// Gives a member the agent account of his name; says which, where it was not his before.
async fn own_account(ctx: &Ctx, tx: &Tx, by: By<'_>, row: &Model) -> Result<Option<AccountId>> {
    let account = accounts::ensure_one(ctx, tx, row.tenant_id, &row.account).await?;
    match account.staff_id {
        Some(owner) if owner == row.id => return Ok(None),
        Some(_) => {
            let detail = format!("the account {:?} belongs to another member", row.account);
            return Err(Error::conflict(detail));
        }
        None => by.check_opens_conversations(row.person_id, None, None)?,
    }
    accounts::set_staff(tx, &account, Some(row.id)).await?;
    Ok(Some(account.id))
}

/// What changes about a member; what is none stays.
#[derive(Debug, Clone, Default)]
pub(super) struct Change {
    pub account: Option<String>,
    pub name: Option<String>,
    pub login: Option<String>,
    pub password: Option<String>,
    pub shop: Option<Option<ShopId>>,
    pub team: Option<Option<TeamId>>,
    pub level: Option<Option<String>>,
    pub position: Option<Option<String>>,
    pub joined_on: Option<Option<Day>>,
    pub phone: Option<Option<String>>,
    pub email: Option<Option<String>>,
    /// From which day the new place, level or position counts, today at the latest; today if not said.
    pub from: Option<Day>,
    /// The version that the change was made from; none: the present one.
    pub version: Option<i32>,
    /// Whether a person's own session asks, as against a token.
    pub in_person: bool,
}

/// Changes a member.
///
/// # Errors
/// `not_found` beyond the caller's scope; `invalid`, `conflict`, `forbidden`, `stale_version`.
pub(super) async fn change(ctx: &Ctx, by: By<'_>, id: StaffId, change: Change) -> Result<()> {
    let password = match &change.password {
        Some(password) => Some(access::prepare(ctx, by, id, &change, password).await?),
        None => None,
    };
    let tx = ctx.db().begin().await?;
    change_in(ctx, &tx, by, id, change, password).await?;
    Ok(tx.commit().await?)
}

/// As [`change`], within a transaction; says whether anything changed.
pub(super) async fn change_in(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    id: StaffId,
    change: Change,
    password: Option<PasswordHash>,
) -> Result<bool> {
    let scope = by.scope(Right::StaffWrite)?;
    let old = member_within(tx, &scope, id).await?;
    if change.version.is_some_and(|seen| seen != old.version) {
        return Err(Error::stale());
    }
    let new = changed(tx, &old, &change).await?;
    if !scope.holds(new.shop_id, new.team_id) {
        return Err(Error::forbidden("you may not move staff there"));
    }
    let mut fields = differences(&old, &new);
    if new.account != old.account && store::member_of_account(tx, scope.tenant, &new.account).await?.is_some()
    {
        return Err(Error::conflict(format!("there is a member with the account {:?} already", new.account)));
    }
    let new = if fields.is_empty() { new } else { store::update(tx, new).await? };
    let from = place_anew(ctx, tx, by, (&old, &new), change.from).await?;
    if new.account != old.account {
        sign_in::known::doubt(ctx, tx, new.person_id).await?;
        if let Some(account) = own_account(ctx, tx, by, &new).await? {
            let data = json!({ "account": new.account, "staff_id": id });
            record(ctx, tx, by, "account.linked", "account", account.0, data).await?;
        }
    }
    fields.extend(access::change(ctx, tx, by, &new, &change, password).await?);
    if fields.is_empty() {
        return Ok(false);
    }
    let data = json!({ "fields": fields, "account": new.account, "shop_id": new.shop_id, "team_id": new.team_id,
        "level": new.level, "position": new.position, "from": from });
    record(ctx, tx, by, "staff.changed", "staff", id.0, data).await?;
    Ok(true)
}

/// A member within a scope; beyond it there is none.
pub(super) async fn member_within(db: &impl ConnectionTrait, scope: &Scope, id: StaffId) -> Result<Model> {
    let member = store::member(db, scope.tenant, id).await?;
    if scope.holds(member.shop_id, member.team_id) {
        Ok(member)
    } else {
        Err(Error::not_found("member of staff"))
    }
}

/// Writes a new place, level or position into a member's history; says from which day it counts, if there is one. Rights
/// and lists know where he stands now and nothing of tomorrow, so that nothing counts from a later day.
async fn place_anew(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    (old, new): (&Model, &Model),
    from: Option<Day>,
) -> Result<Option<Day>> {
    let stays = store::step(old, Day::default()) == store::step(new, Day::default());
    if stays && from.is_none() {
        return Ok(None);
    }
    let today = tenants::today(ctx, tx, new.tenant_id, new.shop_id).await?;
    if from.is_some_and(|from| from > today) {
        let detail = format!("lies after today, {today}; enter the change when it counts");
        return Err(Error::field("from", detail));
    }
    if stays {
        return Ok(None);
    }
    let from = from.unwrap_or(today);
    let (was, is) = (store::step(old, from), store::step(new, from));
    let history = store::positions(tx, new.tenant_id, Some(new.id)).await?;
    let steps = rules::rewritten(&history, &was, &is);
    store::set_positions(ctx, tx, (new.tenant_id, new.id), from, steps).await?;
    if rules::place(&was) != rules::place(&is) {
        let data = json!({ "account": new.account, "from": from, "shop_id": new.shop_id, "team_id": new.team_id,
            "old_shop_id": old.shop_id, "old_team_id": old.team_id });
        record(ctx, tx, by, "staff.moved", "staff", new.id.0, data).await?;
    }
    Ok(Some(from))
}

async fn changed(tx: &Tx, old: &Model, change: &Change) -> Result<Model> {
    let mut new = old.clone();
    if let Some(account) = &change.account {
        new.account = text::required("account", account, 100)?;
    }
    if let Some(name) = &change.name {
        new.name = text::required("name", name, 100)?;
    }
    if let Some(level) = &change.level {
        new.level = text::optional("level", level.as_deref(), 60)?.unwrap_or_default();
    }
    if let Some(position) = &change.position {
        new.position = text::optional("position", position.as_deref(), 60)?.unwrap_or_default();
    }
    if let Some(joined_on) = change.joined_on {
        new.joined_on = joined_on;
    }
    if change.shop.is_some() || change.team.is_some() {
        // A new shop without a word about the team leaves the old shop's team.
        let team = change.team.unwrap_or(old.team_id.filter(|_| change.shop == Some(old.shop_id)));
        let shop = change.shop.unwrap_or(if team.is_some() { None } else { old.shop_id });
        (new.shop_id, new.team_id) = place(tx, old.tenant_id, shop, team).await?;
    }
    Ok(new)
}

fn differences(old: &Model, new: &Model) -> Vec<&'static str> {
    let pairs = [
        ("account", old.account != new.account),
        ("name", old.name != new.name),
        ("shop", old.shop_id != new.shop_id),
        ("team", old.team_id != new.team_id),
        ("level", old.level != new.level),
        ("position", old.position != new.position),
        ("joined_on", old.joined_on != new.joined_on),
    ];
    pairs.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
}

/// Links an agent account to a member, or to nobody.
///
/// # Errors
/// `not_found`; `conflict` when it is the account of a member's own name; `forbidden` for linking it to oneself without
/// the right to read all conversations.
pub(super) async fn link_account(
    ctx: &Ctx,
    by: By<'_>,
    id: AccountId,
    owner: Option<StaffId>,
) -> Result<Account> {
    let tenant = by.whole(Right::StaffWrite)?.tenant;
    let tx = ctx.db().begin().await?;
    let account = accounts::account(&tx, tenant, id).await?;
    for linked in owner.into_iter().chain(account.staff_id) {
        let member = store::member(&tx, tenant, linked).await?;
        if account.staff_id != Some(linked) {
            by.check_opens_conversations(member.person_id, None, None)?;
        }
        sign_in::known::doubt(ctx, &tx, member.person_id).await?;
    }
    let named = store::member_of_account(&tx, tenant, &account.name).await?;
    if named.is_some_and(|member| Some(member.id) != owner) {
        return Err(Error::conflict("this account bears a member's own account name; change that first"));
    }
    accounts::set_staff(&tx, &account, owner).await?;
    let data = json!({ "account": account.name, "staff_id": owner });
    record(ctx, &tx, by, "account.linked", "account", id.0, data).await?;
    tx.commit().await?;
    Ok(Account { staff_id: owner, version: account.version.saturating_add(1), ..account })
}

/// The person of a login or else of an agent account's name, and the tenant he is meant in: for the
/// command line. `tenant`: look there only.
///
/// # Errors
/// `not_found`, saying what to do.
pub async fn find(ctx: &Ctx, named: &str, tenant: Option<TenantId>) -> Result<(Person, TenantId, StaffId)> {
    let db = ctx.db().read();
    let here = |t: &TenantId| tenant.is_none_or(|wanted| wanted == *t);
    if let Some(person) = persons::by_login(db, named).await? {
        let own = store::memberships(db, person.id).await?;
        if let Some(member) = own.iter().find(|m| here(&m.tenant)) {
            return Ok((person, member.tenant, member.staff));
        }
    }
    for account in accounts::named_anywhere(db, named).await? {
        let (at, Some(owner)) = account else { continue };
        if here(&at) {
            let member = store::member(db, at, owner).await?;
            return Ok((persons::by_id(db, member.person_id).await?, at, owner));
        }
    }
    Err(Error::new(
        kexun_base::Code::NotFound,
        format!(
            "nobody has the login or the linked agent account {named:?}; `kexun user create` makes somebody"
        ),
    ))
}

pub(super) async fn record(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    kind: &'static str,
    subject_kind: &'static str,
    subject: kexun_base::ids::Uuid,
    data: Value,
) -> Result<()> {
    let (tenant, actor) = (by.tenant().0, by.actor());
    events::record(ctx, tx, NewEvent { tenant, kind, actor, subject_kind, subject, data, caused_by: None })
        .await
        .map(drop)
}
