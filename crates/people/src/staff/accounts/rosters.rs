//! Which team an account belonged to on a day.

use std::collections::HashMap;

use kexun_base::Result;
use kexun_base::time::Day;
use sea_orm::ConnectionTrait;

use crate::staff::{StaffId, store};
use crate::tenants::{self, TenantId};

/// Team by agent account and day, from the position history of the staff. Loaded once for many
/// questions: a tenant's whole history is a few rows a person.
#[derive(Debug, Clone, Default)]
pub struct Rosters {
    /// By account number: from which day in which team, days ascending.
    steps: HashMap<i32, Vec<(Day, Option<i32>)>>,
}

impl Rosters {
    /// The tenant's rosters as they stand now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(db: &impl ConnectionTrait, tenant: TenantId) -> Result<Rosters> {
        let teams: HashMap<_, _> =
            tenants::teams_ever(db, tenant).await?.into_iter().map(|t| (t.id, t.number)).collect();
        let mut histories: HashMap<StaffId, Vec<(Day, Option<i32>)>> = HashMap::new();
        for row in store::positions(db, tenant, None).await? {
            let team = row.team.and_then(|id| teams.get(&id).copied());
            histories.entry(row.staff).or_default().push((row.from, team));
        }
        let accounts = super::list_all(db, tenant).await?;
        let owned =
            accounts.into_iter().filter_map(|a| Some((a.number, histories.get(&a.staff_id?)?.clone())));
        Ok(Rosters { steps: owned.collect() })
    }

    /// The number of the team that the account belonged to on the day. None: the account is linked
    /// to nobody, or its owner was in no team. Before the first known position that one counts: a
    /// member entered today has mostly been there before.
    pub fn team_of(&self, account: i32, day: Day) -> Option<i32> {
        let steps = self.steps.get(&account)?;
        let begun = steps.partition_point(|(from, _)| *from <= day);
        steps.get(begun.saturating_sub(1))?.1
    }

    /// Whether the account belongs, or ever belonged, to one of these teams.
    pub fn ever_in(&self, account: i32, teams: &[i32]) -> bool {
        let in_team = |step: &(Day, Option<i32>)| step.1.is_some_and(|team| teams.contains(&team));
        self.steps.get(&account).is_some_and(|steps| steps.iter().any(in_team))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_step_before_the_day_counts() {
        let steps = vec![(Day(10), Some(1)), (Day(20), None), (Day(30), Some(3)), (Day(30), Some(4))];
        let rosters = Rosters { steps: HashMap::from([(7, steps)]) };
        let teams = [5, 10, 19, 20, 29, 30, 99].map(|day| rosters.team_of(7, Day(day)));
        assert_eq!(teams, [Some(1), Some(1), Some(1), None, None, Some(4), Some(4)]);
        assert_eq!(rosters.team_of(8, Day(10)), None);
    }
}
