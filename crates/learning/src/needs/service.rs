//! Who sees which need, and reporting.

use std::collections::BTreeSet;

use kexun_base::events::{self, NewEvent, Subject};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Right, Scope};
use kexun_people::staff::{self, Member, StaffId};
use kexun_people::tenants::{ShopId, TeamId, TenantId};
use kexun_people::text::{lines, required};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::entity::need;
use super::rules;
use super::wire::Report;
use super::{NeedId, NeedSource, NeedState, store};
use crate::plans::Asked;
use crate::roster::{Notice, Roster, doer, own};

/// Whether a need lies within what a scope reaches.
pub(super) fn holds(scope: &Scope, row: &need::Model) -> bool {
    let reach = &scope.reach;
    reach.all
        || row.shop_id.is_some_and(|shop| reach.shops.contains(&shop))
        || row.team_id.is_some_and(|team| reach.teams.contains(&team))
}

/// The same, or it is one's own report.
pub(super) fn sees(scope: &Scope, row: &need::Model) -> bool {
    holds(scope, row) || (row.reported_by.is_some() && row.reported_by == scope.reach.own)
}

/// A need that a scope of `need:read` shows.
///
/// # Errors
/// `not_found`.
pub(super) async fn visible(db: &impl ConnectionTrait, scope: &Scope, id: NeedId) -> Result<need::Model> {
    let row = store::need(db, scope.tenant, id).await?;
    if sees(scope, &row) { Ok(row) } else { Err(Error::not_found("need")) }
}

/// Those of these needs that a scope of `need:read` shows.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn seen(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[NeedId],
) -> Result<Vec<need::Model>> {
    let rows = store::by_ids(db, scope.tenant, ids).await?;
    Ok(rows.into_iter().filter(|row| sees(scope, row)).collect())
}

/// Needs as a plan is proposed from them, with the evidence of those that are part of them.
///
/// # Errors
/// `not_found` for one that a scope of `need:read` does not show; `conflict` for one that is settled.
pub(crate) async fn to_plan(db: &impl ConnectionTrait, scope: &Scope, ids: &[NeedId]) -> Result<Vec<Asked>> {
    let rows = seen(db, scope, ids).await?;
    let mut people = store::people(db, scope.tenant, ids).await?;
    let mut asked = Vec::with_capacity(rows.len());
    for id in ids.iter().collect::<BTreeSet<_>>() {
        let row = rows.iter().find(|row| row.id == *id).ok_or_else(|| Error::not_found("need"))?;
        if !row.state.is_open() {
            return Err(Error::conflict(format!(
                "the need “{}” is settled already: {}",
                row.title, row.state
            )));
        }
        let mut evidence: Vec<_> = store::evidence(row)?.into_iter().collect();
        for part in store::merged_into(db, scope.tenant, row.id).await? {
            evidence.extend(store::evidence(&part)?);
        }
        asked.push(Asked {
            id: row.id,
            title: row.title.clone(),
            competence: row.competence,
            severity: row.severity.unwrap_or(1),
            evidence,
            people: people.remove(id).unwrap_or_default(),
        });
    }
    Ok(asked)
}

/// A need that somebody is about to sort or settle.
pub(super) async fn to_sort(
    db: &impl ConnectionTrait,
    by: By<'_>,
    id: NeedId,
    version: i32,
) -> Result<need::Model> {
    let row = visible(db, &by.scope(Right::NeedRead)?, id).await?;
    if !holds(&by.scope(Right::NeedWrite)?, &row) {
        return Err(Error::forbidden("whoever answers for that place sorts this need; yours it is not"));
    }
    if row.version != version {
        return Err(Error::stale());
    }
    if !row.state.is_open() {
        return Err(Error::conflict(format!("the need “{}” is settled already: {}", row.title, row.state)));
    }
    Ok(row)
}

/// An event about a need.
pub(super) fn event(by: By<'_>, kind: &'static str, need: NeedId, data: Value) -> NewEvent {
    NewEvent {
        tenant: by.tenant().0,
        kind,
        actor: by.actor(),
        subject_kind: "need",
        subject: need.0,
        data,
        caused_by: None,
    }
}

/// A need as a thing in a thread.
pub(crate) fn subject(id: NeedId) -> Subject {
    Subject { kind: "need", id: id.0 }
}

/// Where people stand together: their team, else their shop, else nowhere.
fn common_place(people: &[&Member]) -> (Option<ShopId>, Option<TeamId>) {
    let Some(first) = people.first() else { return (None, None) };
    let shop = first.shop.filter(|_| people.iter().all(|m| m.shop == first.shop));
    let team = first.team.filter(|_| people.iter().all(|m| m.team == first.team));
    (shop, team)
}

/// Reports a difficulty: one's own, or, for who answers for people, theirs.
///
/// # Errors
/// `invalid`; `forbidden` for others' difficulties without the right to sort needs.
pub(super) async fn report(ctx: &Ctx, by: By<'_>, report: Report) -> Result<NeedId> {
    let scope = by.scope(Right::NeedReport)?;
    let (title, description) =
        (required("title", &report.title, 120)?, lines("description", &report.description, 4000)?);
    let tx = ctx.db().begin().await?;
    let roster = Roster::load(&tx, scope.tenant).await?;
    let people = whom(&tx, by, report.people).await?;
    let members: Vec<&Member> = people.iter().filter_map(|id| roster.member(*id)).collect();
    let (shop_id, team_id) = common_place(&members);
    let mut row = blank(ctx, scope.tenant, title);
    row.description = description;
    row.competence = report.competence;
    row.reported_by = own(by);
    (row.shop_id, row.team_id) = (shop_id, team_id);
    if let Some(severity) = report.severity {
        let sorts = by.scope(Right::NeedWrite).is_ok_and(|w| holds(&w, &row));
        if !sorts {
            return Err(Error::field("severity", "is said by whoever sorts the need; leave it out"));
        }
        row.severity = Some(rules::severity(severity)?);
    }
    row.people = i32::try_from(people.len()).unwrap_or(i32::MAX);
    row.weight = rules::weight(row.severity, row.people);
    let (id, title) = (row.id, row.title.clone());
    store::insert(&tx, row, &people).await?;
    let data =
        json!({ "source": NeedSource::Report, "competence": report.competence, "people": people.len() });
    events::record(ctx, &tx, event(by, "need.reported", id, data)).await?;
    let name = own(by).map(|id| roster.name(id)).unwrap_or_default();
    let notice = Notice {
        kind: "need_reported",
        params: json!({ "title": title, "name": name }),
        link: Some(link(id)),
        but: doer(by),
    };
    let sorters = roster.answering(Right::NeedWrite, shop_id, team_id);
    roster.tell(ctx, &tx, scope.tenant, sorters, notice).await?;
    tx.commit().await?;
    Ok(id)
}

/// The page of a need.
pub(super) fn link(id: NeedId) -> String {
    format!("/needs?need={id}")
}

/// A need of which only the title is known yet.
pub(super) fn blank(ctx: &Ctx, tenant: TenantId, title: String) -> need::Model {
    need::Model {
        id: ctx.id(),
        tenant_id: tenant,
        source: NeedSource::Report,
        state: NeedState::Reported,
        title,
        description: String::new(),
        competence: None,
        shop_id: None,
        team_id: None,
        severity: None,
        people: 1,
        weight: 1,
        reported_by: None,
        agent_account_id: None,
        figure: None,
        evidence_to: None,
        evidence: None,
        plan_id: None,
        plan_item_id: None,
        merged_into: None,
        created_at: ctx.now(),
        version: 1,
    }
}

/// Whom a report is about: oneself if nobody is named, else people one answers for.
async fn whom(db: &impl ConnectionTrait, by: By<'_>, named: BTreeSet<StaffId>) -> Result<BTreeSet<StaffId>> {
    let own = own(by);
    if named.is_empty() {
        let own =
            own.ok_or_else(|| Error::field("people", "is empty; you are no member here: name somebody"))?;
        return Ok(BTreeSet::from([own]));
    }
    if named.iter().any(|id| Some(*id) != own) {
        let Ok(scope) = by.scope(Right::NeedWrite) else {
            return Err(Error::forbidden("you report your own difficulties; leave `people` out"));
        };
        among(db, &scope, &named).await?;
    }
    Ok(named)
}

/// Refuses those who do not lie within a scope.
pub(super) async fn among(db: &impl ConnectionTrait, scope: &Scope, named: &BTreeSet<StaffId>) -> Result<()> {
    let mine: BTreeSet<StaffId> = staff::members(db, scope).await?.into_iter().map(|m| m.id).collect();
    if named.is_subset(&mine) {
        return Ok(());
    }
    Err(Error::field("people", "names somebody who is not among your people"))
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;
    use kexun_people::persons::PersonId;

    use super::*;

    #[test]
    fn people_stand_where_they_all_stand() {
        let member = |n, shop, team| Member {
            id: StaffId(Uuid::from_u128(n)),
            person: PersonId(Uuid::from_u128(n)),
            account: String::new(),
            name: String::new(),
            shop: Some(ShopId(Uuid::from_u128(shop))),
            team: Some(TeamId(Uuid::from_u128(team))),
            level: String::new(),
            joined_on: None,
        };
        let (a, b, c) = (member(1, 1, 1), member(2, 1, 2), member(3, 2, 3));
        assert_eq!(common_place(&[]), (None, None));
        assert_eq!(common_place(&[&a]), (a.shop, a.team));
        assert_eq!(common_place(&[&a, &b]), (a.shop, None));
        assert_eq!(common_place(&[&a, &c]), (None, None));
    }
}
