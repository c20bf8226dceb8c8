//! Following the chain and naming what the caller may read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kexun_assessment::exams;
use kexun_base::events::{self, lineage};
use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Error, Result};
use kexun_learning::classes;
use kexun_people::rights::Caller;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::describers;
use super::rules::{ThreadKind, ThreadStage, may_read, reads_all};
use crate::archive;

/// A thing in the chain.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ThreadThing)]
pub struct Thing {
    /// What kind of thing.
    kind: String,
    /// Which one.
    id: Uuid,
    /// What it is called; none where nobody named it.
    title: Option<String>,
    /// The address of its page; none where it has none yet.
    link: Option<String>,
}

/// A stage of the chain.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ThreadStep)]
pub struct StageOut {
    /// Which.
    stage: ThreadStage,
    /// How many things of the chain stand in it; 0: nothing happened there (yet).
    count: usize,
    /// Those that you may read, the nearest first.
    things: Vec<Thing>,
}

/// The chain through a thing, all stages in order.
///
/// # Errors
/// `not_found` for what does not exist in the caller's tenant, or is of a kind he may not read.
pub async fn thread(ctx: &Ctx, caller: &Caller, kind: ThreadKind, id: Uuid) -> Result<Vec<StageOut>> {
    let (db, tenant) = (ctx.db().read(), caller.tenant);
    let known = events::told_of(db, tenant.0, &[id], None).await?;
    if !may_read(caller, kind) || !known.contains(&(kind.word().to_owned(), id)) {
        return Err(Error::not_found(kind.word()));
    }
    let chain = chain(db, tenant, kind, id).await?;
    let seen = seen(ctx, caller, &chain).await?;
    let named = |(_, id): &(ThreadKind, Uuid)| seen.contains(id);
    let titles = titles(db, tenant, chain.iter().filter(|link| named(link))).await?;
    let mut stages: BTreeMap<ThreadStage, (usize, Vec<Thing>)> = BTreeMap::new();
    for link in &chain {
        let Some(stage) = link.0.stage() else { continue };
        let (count, things) = stages.entry(stage).or_default();
        *count += 1;
        if named(link) {
            things.push(thing(db, tenant, *link, &titles).await?);
        }
    }
    let needs: Vec<Uuid> =
        chain.iter().filter(|(kind, _)| *kind == ThreadKind::Need).map(|(_, id)| *id).collect();
    for (need, evidence) in describers::evidence(db, tenant, &needs).await? {
        let found = [
            (ThreadStage::Conversations, evidence.conversations),
            (ThreadStage::WeakSpot, evidence.weak_spot),
        ];
        for (stage, link) in found {
            let (count, things) = stages.entry(stage).or_default();
            *count += 1;
            if named(&(ThreadKind::Need, need)) {
                let (kind, link) = (stage.word().to_owned(), Some(link));
                things.push(Thing { kind, id: need, title: None, link });
            }
        }
    }
    let all = ThreadStage::ALL.iter().map(|stage| {
        let (count, things) = stages.remove(stage).unwrap_or_default();
        StageOut { stage: *stage, count, things }
    });
    Ok(all.collect())
}

/// The thing, what led to it and what came of it. A plan stands for its items: needs lead to those.
async fn chain(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    kind: ThreadKind,
    id: Uuid,
) -> Result<Vec<(ThreadKind, Uuid)>> {
    let own = lineage::Link { kind: kind.word().to_owned(), id };
    let found = lineage::of(db, tenant.0, &own).await?;
    let mut links: Vec<lineage::Link> = vec![own];
    if matches!(kind, ThreadKind::Exam | ThreadKind::Evaluation) {
        links.extend(beside(db, tenant, &found.before).await?);
    }
    links.extend(found.before.into_iter().chain(found.after));
    let plans: Vec<Uuid> = links.iter().filter(|l| l.kind == ThreadKind::Plan.word()).map(|l| l.id).collect();
    for plan in plans {
        for item in describers::items(db, tenant, plan).await? {
            let item = lineage::Link { kind: ThreadKind::PlanItem.word().to_owned(), id: item };
            let found = lineage::of(db, tenant.0, &item).await?;
            // Of what others than the asked plan led to, only what led to it belongs here.
            let after = if plan == id { found.after } else { Vec::new() };
            links.extend(std::iter::once(item).chain(found.before).chain(after));
        }
    }
    let mut seen = BTreeSet::new();
    let known = links.iter().filter_map(|link| Some((ThreadKind::of_word(&link.kind)?, link.id)));
    Ok(known.filter(|(_, id)| seen.insert(*id)).collect())
}

/// At a class or course the chain parts into examination and effect: the one belongs beside the other.
async fn beside(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    before: &[lineage::Link],
) -> Result<Vec<lineage::Link>> {
    let one_of = |link: &lineage::Link, kinds: [ThreadKind; 2]| kinds.iter().any(|k| k.word() == link.kind);
    let mut found = Vec::new();
    for taught in before.iter().filter(|l| one_of(l, [ThreadKind::Class, ThreadKind::Course])) {
        let after = lineage::of(db, tenant.0, taught).await?.after;
        found.extend(after.into_iter().filter(|l| one_of(l, [ThreadKind::Exam, ThreadKind::Evaluation])));
    }
    Ok(found)
}

/// Those things that the caller sees: his own, and what their rooms show him.
async fn seen(ctx: &Ctx, caller: &Caller, chain: &[(ThreadKind, Uuid)]) -> Result<BTreeSet<Uuid>> {
    let mut seen = own(ctx.db().read(), caller, chain).await?;
    for kind in ThreadKind::ALL.iter().copied().filter(|kind| may_read(caller, *kind)) {
        let of_kind = chain.iter().filter(|(of, id)| *of == kind && !seen.contains(id));
        let ids: Vec<Uuid> = of_kind.map(|(_, id)| *id).collect();
        if reads_all(caller, kind) {
            seen.extend(ids);
        } else if !ids.is_empty() {
            seen.extend(describers::visible(ctx, caller, kind, &ids).await?);
        }
    }
    Ok(seen)
}

/// Those things that belong to the caller.
async fn own(
    db: &impl ConnectionTrait,
    caller: &Caller,
    chain: &[(ThreadKind, Uuid)],
) -> Result<BTreeSet<Uuid>> {
    let ids: Vec<Uuid> = chain.iter().map(|(_, id)| *id).collect();
    let did = events::told_of(db, caller.tenant.0, &ids, Some(caller.person.0)).await?;
    let mut own: BTreeSet<Uuid> = did.into_iter().map(|(_, id)| id).collect();
    if let Some(staff) = caller.staff {
        own.extend(archive::standing_in(db, caller.tenant, staff, &ids).await?);
        own.extend(classes::concerning(db, caller.tenant, staff, &ids).await?);
        own.extend(exams::concerning(db, caller.tenant, staff, &ids).await?);
    }
    own.retain(|id| chain.iter().any(|(kind, of)| of == id && may_read(caller, *kind)));
    Ok(own)
}

async fn titles(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    links: impl Iterator<Item = &(ThreadKind, Uuid)>,
) -> Result<HashMap<Uuid, String>> {
    let mut by_kind: BTreeMap<ThreadKind, Vec<Uuid>> = BTreeMap::new();
    for (kind, id) in links {
        by_kind.entry(*kind).or_default().push(*id);
    }
    let mut titles = HashMap::new();
    for (kind, ids) in by_kind {
        titles.extend(describers::titles(db, tenant, kind, &ids).await?);
    }
    Ok(titles)
}

async fn thing(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    (kind, id): (ThreadKind, Uuid),
    titles: &HashMap<Uuid, String>,
) -> Result<Thing> {
    let plan = if kind == ThreadKind::PlanItem { describers::plan_of(db, tenant, id).await? } else { None };
    let title = titles.get(&id).cloned();
    Ok(Thing { kind: kind.word().to_owned(), id, title, link: kind.link(id, plan) })
}
