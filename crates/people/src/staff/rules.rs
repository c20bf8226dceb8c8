//! What the roles of a spreadsheet reach, and what a history shows. Pure.

use kexun_base::time::Day;

use super::Position;
use crate::rights::{Grant, Role};
use crate::tenants::{ShopId, TeamId};

/// The grant that a role in a spreadsheet means: who works with people at a place holds it on that
/// place, 运营 on the shop, all others on the whole tenant.
pub fn grant_of_row(role: Role, shop: Option<ShopId>, team: Option<TeamId>) -> Grant {
    match role {
        Role::Agent | Role::Mentor | Role::Lecturer | Role::Supervisor => {
            Grant { role, shop_id: shop, team_id: team }
        }
        Role::Operations => Grant { role, shop_id: shop, team_id: None },
        _ => Grant { role, shop_id: None, team_id: None },
    }
}

/// A login for a new member: his account, or, where that is taken, the account with the tenant's
/// short name and then a number behind it.
pub fn login_candidates(account: &str, slug: &str) -> impl Iterator<Item = String> {
    let plain: String = account.chars().map(|c| if c.is_whitespace() { '_' } else { c }).collect();
    let plain: String = plain.to_lowercase().chars().take(40).collect();
    let slug = slug.to_lowercase();
    let with_slug = format!("{plain}@{slug}");
    let numbered = (2..).map(move |n| format!("{plain}@{slug}-{n}"));
    [account.to_lowercase(), with_slug].into_iter().filter(|l| login_will_do(l)).chain(numbered)
}

fn login_will_do(login: &str) -> bool {
    crate::text::login("login", login).is_ok()
}

/// The steps that lasted, each with its last day (none: it lasts). Of several steps on one day the
/// last counts.
pub fn shown(history: Vec<Position>) -> Vec<(Position, Option<Day>)> {
    let mut kept: Vec<Position> = Vec::with_capacity(history.len());
    for step in history {
        if kept.last().is_some_and(|last| last.from == step.from) {
            kept.pop();
        }
        kept.push(step);
    }
    let ends: Vec<Option<Day>> =
        kept.iter().skip(1).map(|next| Some(next.from.plus(-1))).chain([None]).collect();
    kept.into_iter().zip(ends).collect()
}

/// The steps of a history from `new.from` on, once what differs between `old` (where he stood until now) and `new` counts
/// from that day: later steps keep what did not change, and go where nothing else is left of them. Shop and team are one.
pub fn rewritten(history: &[Position], old: &Position, new: &Position) -> Vec<Position> {
    let changed = |step: &Position, from: Day| {
        let moved = place(old) != place(new);
        let (shop, team) = place(if moved { new } else { step });
        let level = if old.level == new.level { &step.level } else { &new.level };
        let position = if old.position == new.position { &step.position } else { &new.position };
        Position { staff: new.staff, from, shop, team, level: level.clone(), position: position.clone() }
    };
    // Before the first known step that one counts.
    let stood = history.iter().rfind(|step| step.from <= new.from).or(history.first()).unwrap_or(old);
    let mut steps = vec![changed(stood, new.from)];
    for step in history.iter().filter(|step| step.from > new.from) {
        let step = changed(step, step.from);
        let same = |last: &Position| {
            place(last) == place(&step) && last.level == step.level && last.position == step.position
        };
        if !steps.last().is_some_and(same) {
            steps.push(step);
        }
    }
    steps
}

/// Shop and team.
pub fn place(step: &Position) -> (Option<ShopId>, Option<TeamId>) {
    (step.shop, step.team)
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;

    use super::*;
    use crate::staff::StaffId;

    #[test]
    fn a_history_shows_what_lasted() {
        let step = |day: i32, level: &str| Position {
            staff: StaffId(Uuid::nil()),
            from: Day(day),
            shop: None,
            team: None,
            level: level.into(),
            position: String::new(),
        };
        let shown = shown(vec![step(1, "a"), step(5, "b"), step(5, "c"), step(9, "d")]);
        let facts: Vec<_> =
            shown.iter().map(|(s, to)| (s.from.0, to.map(|d| d.0), s.level.as_str())).collect();
        assert_eq!(facts, [(1, Some(4), "a"), (5, Some(8), "c"), (9, None, "d")]);
    }

    #[test]
    fn a_change_reaches_beyond_later_steps() {
        let step = |day: i32, team: u128, level: &str| Position {
            staff: StaffId(Uuid::nil()),
            from: Day(day),
            shop: None,
            team: Some(TeamId(Uuid::from_u128(team))),
            level: level.into(),
            position: String::new(),
        };
        let history = [step(5, 1, "a"), step(64, 2, "a"), step(80, 2, "b")];
        let now = step(90, 2, "b");
        // To team 3 from day 60: the move of day 64 is gone, the level of day 80 is not.
        assert_eq!(rewritten(&history, &now, &step(60, 3, "b")), [step(60, 3, "a"), step(80, 3, "b")]);
        // A level from day 60: where he stood, and the later move, stay.
        assert_eq!(rewritten(&history, &now, &step(60, 2, "c")), [step(60, 1, "c"), step(64, 2, "c")]);
        assert_eq!(rewritten(&history, &now, &step(80, 3, "c")), [step(80, 3, "c")]);
        assert_eq!(rewritten(&history, &now, &step(90, 3, "b")), [step(90, 3, "b")]);
        // Before the first step.
        assert_eq!(rewritten(&history, &now, &step(1, 3, "b")), [step(1, 3, "a"), step(80, 3, "b")]);
        assert_eq!(rewritten(&[], &now, &step(9, 3, "b")), [step(9, 3, "b")]);
    }

    #[test]
    fn roles_of_a_row_reach_its_place_or_the_whole() {
        let (shop, team) = (Some(ShopId(Uuid::from_u128(1))), Some(TeamId(Uuid::from_u128(2))));
        assert_eq!(grant_of_row(Role::Supervisor, shop, team).team_id, team);
        assert_eq!(
            grant_of_row(Role::Operations, shop, team),
            Grant { role: Role::Operations, shop_id: shop, team_id: None }
        );
        assert_eq!(grant_of_row(Role::Admin, shop, team).shop_id, None);
    }

    #[test]
    fn a_taken_login_gets_the_tenant_behind_it() {
        let logins: Vec<String> = login_candidates("小 美", "Acme").take(3).collect();
        assert_eq!(logins, ["小_美@acme", "小_美@acme-2", "小_美@acme-3"]);
        assert_eq!(login_candidates("Li", "acme").next().unwrap(), "li");
    }
}
