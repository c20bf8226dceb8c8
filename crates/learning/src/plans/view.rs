//! Plans as somebody may see them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kexun_base::ids::Uuid;
use kexun_base::{Error, Result};
use kexun_people::rights::{By, Caller, Right, Scope};
use kexun_people::staff::{self, Audience, StaffId};
use kexun_people::tenants;
use sea_orm::ConnectionTrait;

use super::check::may_write;
use super::entity::{plan, version};
use super::rules::{difference, is_written};
use super::service::visible;
use super::wire::{PlanComment, PlanDetail, PlanHead, PlanVersion};
use super::{Content, PlanId, PlanState, store};
use crate::needs;
use crate::roster::{Named, Roster};

/// What is needed to show plans to somebody.
pub(super) struct Views<'a> {
    caller: &'a Caller,
    scope: Scope,
    roster: Roster,
    /// Shops and teams by id.
    places: HashMap<Uuid, String>,
}

impl<'a> Views<'a> {
    pub(super) async fn load(db: &impl ConnectionTrait, caller: &'a Caller) -> Result<Views<'a>> {
        let tenant = caller.tenant;
        let shops = tenants::shops(db, tenant).await?.into_iter().map(|s| (s.id.0, s.name));
        let teams = tenants::teams_ever(db, tenant).await?.into_iter().map(|t| (t.id.0, t.name));
        Ok(Views {
            caller,
            scope: caller.scope(Right::PlanRead)?,
            roster: Roster::load(db, tenant).await?,
            places: shops.chain(teams).collect(),
        })
    }

    /// A plan as a list item. Who sees only what is in force learns nothing of a newer draft.
    pub(super) fn head(&self, row: &plan::Model) -> PlanHead {
        let all = row.held_by(&self.scope);
        let place = |id: Uuid| self.places.get(&id).map(|name| Named { id, name: name.clone() });
        PlanHead {
            id: row.id,
            kind: row.kind,
            title: row.title.clone(),
            from: row.from_day,
            to: row.to_day,
            shop: row.shop_id.and_then(|id| place(id.0)),
            team: row.team_id.and_then(|id| place(id.0)),
            state: if all { row.state } else { PlanState::Approved },
            in_force: row.in_force,
            made_by: row.made_by.map(|id| self.roster.named(id)),
            version: row.version,
        }
    }

    /// A plan with one of its versions.
    ///
    /// # Errors
    /// `not_found` for the plan or the version.
    pub(super) async fn detail(
        &self,
        db: &impl ConnectionTrait,
        id: PlanId,
        number: Option<i32>,
    ) -> Result<PlanDetail> {
        let tenant = self.caller.tenant;
        let (row, all) = visible(db, &self.scope, id).await?;
        let mut versions = store::versions(db, tenant, id).await?;
        versions.retain(|v| all || Some(v.number) == row.in_force);
        let shown = match number {
            Some(number) => versions.iter().find(|v| v.number == number),
            None => versions.first(),
        };
        let shown = shown.ok_or_else(|| Error::not_found("version of the plan"))?;
        let content: Content = serde_json::from_str(&shown.content)?;
        let was = |v: &&version::Model| {
            v.number < shown.number && matches!(v.state, PlanState::Approved | PlanState::Superseded)
        };
        let before = versions.iter().find(was);
        let changes = match before {
            Some(before) => difference(&serde_json::from_str(&before.content)?, &content),
            None => Vec::new(),
        };
        let here = staff::members(db, &row.place().scope(tenant)).await?;
        let newest = shown.number == row.number;
        let writes = may_write(By::Caller(self.caller), row.kind, row.place()).is_ok();
        Ok(PlanDetail {
            plan: self.head(&row),
            number: shown.number,
            state: shown.state,
            people: content.items.iter().map(|item| item.audience.of(&here).len()).collect(),
            budget: content.budget(),
            needs: self.needs(db, &content).await?,
            names: self.names(db, &content, &changes).await?,
            versions: versions.iter().map(|v| self.version(v)).collect(),
            compared_with: before.map(|v| v.number),
            changes,
            comments: if all { self.comments(db, id).await? } else { Vec::new() },
            may_write: newest && writes && is_written(row.state),
            may_decide: newest && self.may_decide(&row, shown),
            may_revise: newest && writes && row.state == PlanState::Approved,
            content,
        })
    }

    fn may_decide(&self, row: &plan::Model, newest: &version::Model) -> bool {
        let reaches =
            self.caller.scope(Right::PlanApprove).is_ok_and(|scope| scope.holds(row.shop_id, row.team_id));
        reaches && row.state == PlanState::Submitted && newest.submitted_by != Some(self.caller.person)
    }

    fn version(&self, row: &version::Model) -> PlanVersion {
        let name = |person: Option<kexun_people::persons::PersonId>| {
            person.and_then(|person| self.roster.name_of_person(person.0))
        };
        PlanVersion {
            number: row.number,
            state: row.state,
            submitted_by: name(row.submitted_by),
            submitted_at: row.submitted_at,
            decided_by: name(row.decided_by),
            decided_at: row.decided_at,
        }
    }

    async fn comments(&self, db: &impl ConnectionTrait, id: PlanId) -> Result<Vec<PlanComment>> {
        let rows = store::comments(db, self.caller.tenant, id).await?;
        let comment = |row: super::entity::comment::Model| PlanComment {
            number: row.number,
            by: row.person_id.and_then(|person| self.roster.name_of_person(person.0)),
            at: row.at,
            state: row.state,
            words: row.words,
        };
        Ok(rows.into_iter().map(comment).collect())
    }

    async fn needs(&self, db: &impl ConnectionTrait, content: &Content) -> Result<Vec<Named>> {
        let scope = self.caller.scope(Right::NeedRead)?;
        let rows = needs::seen(db, &scope, &content.needs()).await?;
        Ok(rows.into_iter().map(|row| Named { id: row.id.0, name: row.title }).collect())
    }

    /// Names that a plan mentions, now or in what differs: shops, teams and lecturers, and of the others
    /// those among one's own people.
    async fn names(
        &self,
        db: &impl ConnectionTrait,
        content: &Content,
        changes: &[super::rules::Change],
    ) -> Result<BTreeMap<Uuid, String>> {
        let mine: BTreeSet<StaffId> =
            staff::members(db, &self.scope).await?.into_iter().map(|m| m.id).collect();
        let audiences = content.items.iter().map(|item| &item.audience).chain([&content.notify]);
        let mut named: BTreeSet<StaffId> = audiences.flat_map(|a| a.staff.iter().copied()).collect();
        for change in changes {
            for value in [&change.before, &change.after] {
                let audience: Option<Audience> = serde_json::from_value(value.clone()).ok();
                named.extend(audience.into_iter().flat_map(|a| a.staff));
            }
        }
        named.retain(|id| mine.contains(id));
        named.extend(content.items.iter().filter_map(|item| item.lecturer));
        for change in changes.iter().filter(|c| c.field.as_deref() == Some("lecturer")) {
            let lecturer: Option<StaffId> = serde_json::from_value(change.before.clone()).ok();
            named.extend(lecturer);
        }
        let members = named.into_iter().map(|id| (id.0, self.roster.name(id)));
        Ok(members.chain(self.places.iter().map(|(id, name)| (*id, name.clone()))).collect())
    }
}
