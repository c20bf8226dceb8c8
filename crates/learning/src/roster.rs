//! Everybody in a tenant, read once for many questions: names, whom to tell, who answers for a place.

use std::collections::{BTreeSet, HashMap};

use kexun_base::db::Tx;
use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Result};
use kexun_people::notices;
use kexun_people::persons::{self, PersonId};
use kexun_people::rights::{By, Grant, Right, Role, Scope, answers};
use kexun_people::staff::{self, Member, StaffId};
use kexun_people::tenants::{ShopId, TeamId, TenantId};
use sea_orm::ConnectionTrait;
use serde_json::Value;

/// The members of a tenant and what they hold.
pub(crate) struct Roster {
    /// All members, by account.
    pub members: Vec<Member>,
    grants: HashMap<StaffId, Vec<Grant>>,
}

impl Roster {
    /// Everybody as he stands now.
    pub async fn load(db: &impl ConnectionTrait, tenant: TenantId) -> Result<Roster> {
        let members = staff::members(db, &Scope::whole(tenant)).await?;
        Ok(Roster { members, grants: staff::all_grants(db, tenant).await? })
    }

    /// A member.
    pub fn member(&self, id: StaffId) -> Option<&Member> {
        self.members.iter().find(|m| m.id == id)
    }

    /// His name; a dash for who is no member any more.
    pub fn name(&self, id: StaffId) -> String {
        self.member(id).map_or_else(|| "—".to_owned(), |m| m.name.clone())
    }

    /// The name of a person here; none for a stranger, or the program itself.
    pub fn name_of_person(&self, person: Uuid) -> Option<String> {
        self.members.iter().find(|m| m.person.0 == person).map(|m| m.name.clone())
    }

    /// The roles that a member holds, each once.
    pub fn roles(&self, id: StaffId) -> BTreeSet<Role> {
        self.grants.get(&id).into_iter().flatten().map(|g| g.role).collect()
    }

    /// Who answers for a place by a right: those who hold it on that shop or team; if there are none,
    /// those who hold it on the whole.
    pub fn answering(&self, right: Right, shop: Option<ShopId>, team: Option<TeamId>) -> Vec<StaffId> {
        let near = |g: &Grant| match (g.shop_id, g.team_id) {
            (_, Some(of)) => Some(of) == team,
            (Some(of), None) => Some(of) == shop,
            (None, None) => false,
        };
        let whole = |g: &Grant| g.shop_id.is_none() && g.team_id.is_none() && g.role != Role::Admin;
        let who = |place: &dyn Fn(&Grant) -> bool| -> Vec<StaffId> {
            let holds = |held: &[Grant]| held.iter().any(|g| answers(g.role, right) && place(g));
            self.members
                .iter()
                .map(|m| m.id)
                .filter(|id| self.grants.get(id).is_some_and(|h| holds(h)))
                .collect()
        };
        let found = who(&near);
        if found.is_empty() { who(&whole) } else { found }
    }

    /// Tells members something, each once and not the one who did it.
    pub async fn tell(
        &self,
        ctx: &Ctx,
        tx: &Tx,
        tenant: TenantId,
        to: impl IntoIterator<Item = StaffId>,
        notice: Notice<'_>,
    ) -> Result<()> {
        let to: BTreeSet<StaffId> = to.into_iter().collect();
        let persons: Vec<PersonId> = self
            .members
            .iter()
            .filter(|m| to.contains(&m.id) && Some(m.person) != notice.but)
            .map(|m| m.person)
            .collect();
        notices::send(ctx, tx, tenant, &persons, notice.kind, &notice.params, notice.link.as_deref()).await
    }
}

/// What is told.
pub(crate) struct Notice<'a> {
    /// Kind of notice; the web and the mails have the words.
    pub kind: &'a str,
    /// Texts and numbers for them.
    pub params: Value,
    /// Where it leads.
    pub link: Option<String>,
    /// Who did it and knows.
    pub but: Option<PersonId>,
}

/// Something by id and name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Named {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

impl Roster {
    /// A member by id and name.
    pub fn named(&self, id: StaffId) -> Named {
        Named { id: id.0, name: self.name(id) }
    }
}

/// Whether somebody reads English; the program itself writes Chinese.
pub(crate) async fn reads_english(db: &impl ConnectionTrait, by: By<'_>) -> Result<bool> {
    let By::Caller(caller) = by else { return Ok(false) };
    let known = persons::by_ids(db, &[caller.person]).await?;
    Ok(known.get(&caller.person).is_some_and(|p| p.locale == "en"))
}

/// The person who does something; none: the operator.
pub(crate) fn doer(by: By<'_>) -> Option<PersonId> {
    match by {
        By::Caller(caller) => Some(caller.person),
        By::Operator(_) => None,
    }
}

/// As which member somebody does something.
pub(crate) fn own(by: By<'_>) -> Option<StaffId> {
    match by {
        By::Caller(caller) => caller.staff,
        By::Operator(_) => None,
    }
}
