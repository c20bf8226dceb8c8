//! Needs and tasks as somebody may see them.

use std::collections::{BTreeSet, HashMap};

use kexun_base::time::Day;
use kexun_base::{Ctx, Result};
use kexun_people::rights::{Caller, Right, Scope};
use kexun_people::staff::StaffId;
use kexun_people::tenants::{self, ShopId, TeamId};
use sea_orm::ConnectionTrait;

use super::entity::{need, task};
use super::service::{holds, sees};
use super::wire::{MergedNeed, NeedDetail, NeedItem, TaskItem};
use super::{NeedId, NeedState, TaskState, store, timeline};
use crate::plans;
use crate::roster::{Named, Roster};

/// What is needed to show needs to somebody.
pub struct Views {
    roster: Roster,
    reads: Scope,
    writes: Option<Scope>,
    shops: HashMap<ShopId, String>,
    teams: HashMap<TeamId, String>,
    today: Day,
}

/// What a number of needs refer to.
struct Behind {
    people: HashMap<NeedId, BTreeSet<StaffId>>,
    targets: HashMap<NeedId, need::Model>,
    plans: HashMap<kexun_base::ids::Uuid, String>,
}

impl Views {
    pub async fn load(ctx: &Ctx, db: &impl ConnectionTrait, caller: &Caller) -> Result<Views> {
        let tenant = caller.tenant;
        let teams = tenants::teams_ever(db, tenant).await?;
        Ok(Views {
            roster: Roster::load(db, tenant).await?,
            reads: caller.scope(Right::NeedRead)?,
            writes: caller.scope(Right::NeedWrite).ok(),
            shops: tenants::shops(db, tenant).await?.into_iter().map(|s| (s.id, s.name)).collect(),
            teams: teams.into_iter().map(|t| (t.id, t.name)).collect(),
            today: tenants::today(ctx, db, tenant, None).await?,
        })
    }

    /// Needs as list items.
    pub async fn items(&self, db: &impl ConnectionTrait, rows: &[need::Model]) -> Result<Vec<NeedItem>> {
        let ids: Vec<NeedId> = rows.iter().map(|r| r.id).collect();
        let tenant = self.reads.tenant;
        let targets: Vec<NeedId> = rows.iter().filter_map(|r| r.merged_into).collect();
        let plans: Vec<_> = rows.iter().filter_map(|r| r.plan_id).map(|p| p.0).collect();
        let behind = Behind {
            people: store::people(db, tenant, &ids).await?,
            targets: store::by_ids(db, tenant, &targets).await?.into_iter().map(|r| (r.id, r)).collect(),
            plans: plans::titles(db, tenant, &plans).await?,
        };
        rows.iter().map(|row| self.item(row, &behind)).collect()
    }

    fn item(&self, row: &need::Model, behind: &Behind) -> Result<NeedItem> {
        let all = holds(&self.reads, row);
        let about = behind.people.get(&row.id).into_iter().flatten();
        let who = about.filter(|id| all || self.reads.reach.own == Some(**id));
        let named = |name: Option<&String>, id| name.map(|n| Named { id, name: n.clone() });
        Ok(NeedItem {
            id: row.id,
            source: row.source,
            state: row.state,
            became: row.merged_into.and_then(|into| behind.targets.get(&into)).map(|t| t.state),
            title: row.title.clone(),
            description: row.description.clone(),
            competence: row.competence,
            severity: row.severity,
            people: row.people,
            who: who.map(|id| self.roster.named(*id)).collect(),
            shop: row.shop_id.and_then(|id| named(self.shops.get(&id), id.0)),
            team: row.team_id.and_then(|id| named(self.teams.get(&id), id.0)),
            reported_by: row.reported_by.map(|id| self.roster.named(id)),
            evidence: if all { store::evidence(row)? } else { None },
            plan: row.plan_id.and_then(|id| named(behind.plans.get(&id.0), id.0)),
            own: row.reported_by.is_some() && row.reported_by == self.reads.reach.own,
            may_sort: self.writes.as_ref().is_some_and(|w| holds(w, row)) && row.state.is_open(),
            created_at: row.created_at,
            version: row.version,
        })
    }

    /// A need with all that belongs to it.
    pub async fn detail(&self, db: &impl ConnectionTrait, row: &need::Model) -> Result<NeedDetail> {
        let tenant = self.reads.tenant;
        let need = self.items(db, std::slice::from_ref(row)).await?.remove(0);
        let all = holds(&self.reads, row);
        let parts = if all { store::merged_into(db, tenant, row.id).await? } else { Vec::new() };
        let merged = parts.iter().map(|part| {
            let evidence = store::evidence(part)?;
            let links = evidence.as_ref().map(super::Evidence::links);
            let (title, description) = (part.title.clone(), part.description.clone());
            Ok(MergedNeed { id: part.id, title, source: part.source, description, evidence, links })
        });
        // What became of a need that is part of another became of that one.
        let stands = row.merged_into.unwrap_or(row.id);
        let tasks = store::tasks_of(db, tenant, &[stands]).await?;
        let target = match row.merged_into {
            Some(into) => Some(store::need(db, tenant, into).await?),
            None => None,
        };
        let merged_into = target.as_ref().filter(|t| sees(&self.reads, t));
        let tasks_seen = if target.is_some() && merged_into.is_none() { Vec::new() } else { tasks.clone() };
        Ok(NeedDetail {
            links: need.evidence.as_ref().map(super::Evidence::links),
            merged: merged.collect::<Result<_>>()?,
            merged_into: merged_into.map(|t| Named { id: t.id.0, name: t.title.clone() }),
            tasks: tasks_seen.iter().map(|task| self.task(task, true)).collect(),
            timeline: timeline::of(db, tenant, row, &tasks, &self.roster).await?,
            need,
        })
    }

    /// Tasks as list items.
    pub async fn tasks(&self, db: &impl ConnectionTrait, rows: &[task::Model]) -> Result<Vec<TaskItem>> {
        let ids: Vec<NeedId> = rows.iter().map(|r| r.need_id).collect();
        let needs = store::by_ids(db, self.reads.tenant, &ids).await?;
        let seen: BTreeSet<NeedId> = needs.iter().filter(|n| sees(&self.reads, n)).map(|n| n.id).collect();
        Ok(rows.iter().map(|row| self.task(row, seen.contains(&row.need_id))).collect())
    }

    fn task(&self, row: &task::Model, need_visible: bool) -> TaskItem {
        TaskItem {
            id: row.id,
            kind: row.kind,
            state: row.state,
            title: row.title.clone(),
            description: row.description.clone(),
            department: row.department.clone(),
            need: row.need_id,
            need_visible,
            assignee: self.roster.named(row.assignee),
            set_by: row.set_by.map(|id| self.roster.named(id)),
            due_on: row.due_on,
            overdue: row.state == TaskState::Open && row.due_on < self.today,
            note: row.note.clone(),
            done_at: row.done_at,
            own: Some(row.assignee) == self.reads.reach.own,
            version: row.version,
        }
    }
}

/// How a need stands, seen through the one that it is part of.
pub fn stands(row: &need::Model, targets: &HashMap<NeedId, NeedState>) -> NeedState {
    row.merged_into.and_then(|into| targets.get(&into).copied()).unwrap_or(row.state)
}
