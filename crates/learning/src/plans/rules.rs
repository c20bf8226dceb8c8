//! What decides about plans. Pure.

use std::collections::BTreeSet;

use kexun_base::{Error, Result};
use kexun_people::rights::{Reach, Scope};
use kexun_people::staff::Audience;
use kexun_people::tenants::{ShopId, TeamId, TenantId};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{Content, PlanItemId, PlanKind, PlanState};

/// Where a plan holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceOf {
    /// In this shop only.
    pub shop: Option<ShopId>,
    /// In this team only.
    pub team: Option<TeamId>,
}

impl PlaceOf {
    /// Everything in it, as a scope.
    pub fn scope(self, tenant: TenantId) -> Scope {
        let reach = match (self.shop, self.team) {
            (_, Some(team)) => Reach { teams: BTreeSet::from([team]), ..Reach::default() },
            (Some(shop), None) => Reach { shops: BTreeSet::from([shop]), ..Reach::default() },
            (None, None) => return Scope::whole(tenant),
        };
        Scope { tenant, reach }
    }
}

/// An audience that reaches no further than a place: `everybody` is everybody there.
///
/// # Errors
/// `invalid` on `field` when it names another shop or team.
pub fn confined(mut audience: Audience, place: PlaceOf, field: &str) -> Result<Audience> {
    let by_rule = audience.everybody
        || !(audience.shops.is_empty() && audience.teams.is_empty() && audience.levels.is_empty());
    let elsewhere = || Error::field(field, "reaches beyond the plan's shop or team; choose within it");
    if !by_rule {
        return Ok(audience);
    }
    match (place.shop, place.team) {
        (_, Some(team)) => {
            if audience.teams.iter().any(|t| *t != team)
                || audience.shops.iter().any(|s| Some(*s) != place.shop)
            {
                return Err(elsewhere());
            }
            audience.teams.insert(team);
            audience.everybody = false;
        }
        (Some(shop), None) => {
            if audience.shops.iter().any(|s| *s != shop) {
                return Err(elsewhere());
            }
            audience.shops.insert(shop);
            audience.everybody = false;
        }
        (None, None) => {}
    }
    Ok(audience)
}

/// Whether a plan of this kind is of the whole organisation, by who plans for all of it.
pub fn of_the_whole(kind: PlanKind) -> bool {
    matches!(kind, PlanKind::Annual | PlanKind::Temporary)
}

/// Whether a version can still be written.
pub fn is_written(state: PlanState) -> bool {
    matches!(state, PlanState::Draft | PlanState::Returned)
}

kexun_base::words!(
    /// What became of a part of a plan.
    PlanChangeKind {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It is otherwise.
        Changed = "changed",
    }
);

/// A difference between two versions.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = PlanChange)]
pub struct Change {
    /// What became of it.
    pub what: PlanChangeKind,
    /// Which item; none: the plan as a whole.
    pub item: Option<PlanItemId>,
    /// What the item is called now, or was.
    pub title: String,
    /// Which field is otherwise.
    pub field: Option<String>,
    /// What it was.
    pub before: Value,
    /// What it is.
    pub after: Value,
}

/// What differs between two versions: of the plan field by field, then by item: those changed field by
/// field, those that are new, those that are gone. The order of items does not matter.
pub fn difference(before: &Content, after: &Content) -> Vec<Change> {
    let mut changes = fields(None, "", &object(before), &object(after));
    for item in &after.items {
        match before.items.iter().find(|old| old.id.is_some() && old.id == item.id) {
            Some(old) => changes.extend(fields(item.id, &item.title, &object(old), &object(item))),
            None => changes.push(whole(PlanChangeKind::Added, item.id, &item.title)),
        }
    }
    for old in &before.items {
        if after.items.iter().all(|item| item.id != old.id) {
            changes.push(whole(PlanChangeKind::Removed, old.id, &old.title));
        }
    }
    changes
}

fn whole(what: PlanChangeKind, item: Option<PlanItemId>, title: &str) -> Change {
    let title = title.to_owned();
    Change { what, item, title, field: None, before: Value::Null, after: Value::Null }
}

/// As an object of fields; items are compared by themselves.
fn object(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(mut fields)) => {
            fields.remove("items");
            fields
        }
        _ => Map::new(),
    }
}

fn fields(
    item: Option<PlanItemId>,
    title: &str,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Vec<Change> {
    let changed = after.iter().filter(|(name, value)| before.get(*name) != Some(value));
    let change = |(name, value): (&String, &Value)| Change {
        what: PlanChangeKind::Changed,
        item,
        title: title.to_owned(),
        field: Some(name.clone()),
        before: before.get(name).cloned().unwrap_or_default(),
        after: value.clone(),
    };
    changed.map(change).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use kexun_base::ids::Uuid;
    use kexun_base::time::Day;
    use kexun_people::competences::Competence;

    use super::*;
    use crate::plans::Item;

    pub fn item(id: u128, title: &str) -> Item {
        Item {
            id: Some(PlanItemId(Uuid::from_u128(id))),
            title: title.into(),
            contents: String::new(),
            competence: Competence::Chat,
            figure: None,
            target: String::new(),
            audience: Audience::default(),
            lecturer: None,
            minutes: 60,
            from: Day(10),
            to: Day(20),
            reason: String::new(),
            needs: BTreeSet::new(),
            budget: 0,
        }
    }

    fn content(items: Vec<Item>) -> Content {
        Content {
            kind: PlanKind::Annual,
            title: "年度".into(),
            goals: String::new(),
            from: Day(0),
            to: Day(364),
            shop: None,
            team: None,
            notify: Audience::default(),
            items,
        }
    }

    #[test]
    fn a_difference_names_what_is_new_gone_and_otherwise() {
        let before = content(vec![item(1, "甲"), item(2, "乙"), item(3, "丙")]);
        let mut after = content(vec![item(3, "丙"), item(1, "甲"), item(4, "丁")]);
        after.goals = "更快".into();
        after.items[1].minutes = 90;
        after.items[1].title = "甲改".into();
        let told: Vec<_> = difference(&before, &after)
            .into_iter()
            .map(|c| (c.what, c.title, c.field.unwrap_or_default(), c.before, c.after))
            .collect();
        use PlanChangeKind::*;
        let null = Value::Null;
        assert_eq!(
            told,
            [
                (Changed, String::new(), "goals".into(), "".into(), "更快".into()),
                (Changed, "甲改".into(), "minutes".into(), 60.into(), 90.into()),
                (Changed, "甲改".into(), "title".into(), "甲".into(), "甲改".into()),
                (Added, "丁".into(), String::new(), null.clone(), null.clone()),
                (Removed, "乙".into(), String::new(), null.clone(), null),
            ]
        );
        assert!(difference(&after, &after).is_empty());
    }

    #[test]
    fn a_rule_reaches_no_further_than_the_place() {
        let (shop, other) = (ShopId(Uuid::from_u128(1)), ShopId(Uuid::from_u128(2)));
        let team = TeamId(Uuid::from_u128(3));
        let everybody = Audience { everybody: true, ..Audience::default() };
        let in_shop = PlaceOf { shop: Some(shop), team: None };
        let in_team = PlaceOf { shop: Some(shop), team: Some(team) };
        let whole = PlaceOf { shop: None, team: None };
        let narrowed = confined(everybody.clone(), in_shop, "f").unwrap();
        assert!(!narrowed.everybody && narrowed.shops == BTreeSet::from([shop]));
        let narrowed = confined(everybody.clone(), in_team, "f").unwrap();
        assert!(!narrowed.everybody && narrowed.teams == BTreeSet::from([team]));
        assert_eq!(confined(everybody.clone(), whole, "f").unwrap(), everybody);
        let levels = Audience { levels: BTreeSet::from(["新人".to_owned()]), ..Audience::default() };
        assert_eq!(confined(levels, in_shop, "f").unwrap().shops, BTreeSet::from([shop]));
        let elsewhere = Audience { shops: BTreeSet::from([other]), ..Audience::default() };
        assert!(
            confined(elsewhere.clone(), in_shop, "f").is_err() && confined(elsewhere, in_team, "f").is_err()
        );
        let nobody = Audience::default();
        assert!(confined(nobody, in_shop, "f").unwrap().is_empty());
    }
}
