//! What a class can be made of: rooms, lecturers and people to choose from, and what stands against a
//! choice.

use kexun_base::time::Micros;
use kexun_base::{Ctx, Result};
use kexun_people::rights::{By, Caller, Right};
use kexun_people::staff::{self, Audience, Member, StaffId};
use kexun_people::tenants::{ShopId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::clashes::Conflict;
use super::{ClassId, places, service, sight};

/// Somebody who can be chosen.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClassPerson {
    /// Which member.
    id: StaffId,
    /// His name.
    name: String,
    /// His account.
    account: String,
    /// His shop.
    shop_id: Option<ShopId>,
    /// His team.
    team_id: Option<TeamId>,
    /// His level.
    level: String,
}

impl From<Member> for ClassPerson {
    fn from(m: Member) -> Self {
        let Member { id, name, account, shop, team, level, .. } = m;
        ClassPerson { id, name, account, shop_id: shop, team_id: team, level }
    }
}

/// What a class can be made of.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClassChoices {
    /// Names of rooms that were used before.
    places: Vec<String>,
    /// Who may teach; only you, where you arrange what you teach yourself.
    lecturers: Vec<ClassPerson>,
    /// Who may be chosen to take part.
    people: Vec<ClassPerson>,
    /// Whether people can be chosen by shop, team and level.
    by_rule: bool,
}

pub(super) async fn choices(ctx: &Ctx, caller: &Caller) -> Result<ClassChoices> {
    let scope = caller.scope(Right::ClassWrite)?;
    let db = ctx.db().read();
    let mut places: Vec<String> = places::names(db, scope.tenant).await?.into_values().collect();
    places.sort();
    let mut lecturers = staff::holders(db, scope.tenant, Right::ClassTeach).await?;
    let by_rule = sight::leads(&scope);
    if !by_rule {
        lecturers.retain(|m| Some(m.id) == scope.reach.own);
    }
    let people = if by_rule { staff::members(db, &scope).await? } else { Vec::new() };
    let people = people.into_iter().map(ClassPerson::from).collect();
    Ok(ClassChoices {
        places,
        lecturers: lecturers.into_iter().map(ClassPerson::from).collect(),
        people,
        by_rule,
    })
}

/// A class that somebody is about to write down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ClassWanted)]
pub(super) struct Wanted {
    /// The class that is being changed, if it is one.
    pub class: Option<ClassId>,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Micros,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Micros,
    /// Name of the room.
    pub place: Option<String>,
    /// Who teaches.
    pub lecturer: StaffId,
    /// Who takes part; none: who does so already.
    pub audience: Option<Audience>,
}

/// What stands against a class.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClassConflicts {
    /// Rooms and people that are booked already, rooms first.
    conflicts: Vec<Conflict>,
    /// How many would take part.
    count: usize,
}

pub(super) async fn conflicts(ctx: &Ctx, caller: &Caller, wanted: &Wanted) -> Result<ClassConflicts> {
    let (conflicts, count) = service::preview(ctx, By::Caller(caller), wanted).await?;
    Ok(ClassConflicts { conflicts, count })
}
