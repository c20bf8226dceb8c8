//! What decides about needs. Pure.

use kexun_base::time::Day;
use kexun_base::{Error, Result};
use kexun_people::competences::Competence;

use super::{Evidence, NeedState};

/// Severities: 1 slight, 2 plain, 3 grave.
pub const SEVERITIES: std::ops::RangeInclusive<i32> = 1..=3;

/// A severity that there is.
pub fn severity(severity: i32) -> Result<i32> {
    if SEVERITIES.contains(&severity) {
        return Ok(severity);
    }
    Err(Error::field("severity", "must be 1 (slight), 2 (plain) or 3 (grave)"))
}

/// How far up the list: how bad it is, times how many it is about. What nobody sorted yet counts as
/// slight.
pub fn weight(severity: Option<i32>, people: i32) -> i32 {
    severity.unwrap_or(1).saturating_mul(people.max(1))
}

/// How grave a weak spot is: how far the estimate lies beyond what it is held against. Times by their
/// ratio (half as long again: plain; twice as long: grave), shares by their difference (ten points: plain;
/// twenty: grave).
pub fn size(evidence: &Evidence) -> i32 {
    let against = if evidence.against == "target" { evidence.target } else { evidence.peers };
    let Some(against) = against.or(evidence.peers).or(evidence.target) else { return 1 };
    let (plain, grave, by) = if evidence.unit == "seconds" {
        (0.5, 1.0, if against > 0.0 { evidence.estimate / against - 1.0 } else { f64::INFINITY })
    } else {
        (0.1, 0.2, (evidence.estimate - against).abs())
    };
    // A difference of exactly ten points is plain although binary fractions fall just short of it.
    let by = by + 1e-9;
    1 + i32::from(by >= plain) + i32::from(by >= grave)
}

/// What one lacks who is weak in a figure; somebody may know better and change it.
pub fn competence_of(figure: &str) -> Competence {
    match figure {
        "satisfaction" => Competence::Communication,
        "resolution" => Competence::AfterSales,
        _ => Competence::Chat,
    }
}

/// A need that there is for an account and a figure.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// How it stands; a merged one stands as the need it is part of.
    pub state: NeedState,
    /// Last day of its evidence.
    pub to: Option<Day>,
}

/// Whether a weak spot found in the days from `from` on is news: none is open for it, and none was
/// raised from the same days. What is weak again after it was settled is a new need.
pub fn is_news(known: &[Known], from: Day) -> bool {
    known.iter().all(|k| !k.state.is_open() && k.to.is_none_or(|to| to < from))
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;
    use kexun_people::staff::AccountId;
    use kexun_people::tenants::ShopId;

    use super::*;
    use crate::needs::Said;

    fn spot(unit: &str, estimate: f64, peers: Option<f64>, target: Option<f64>, against: &str) -> Evidence {
        let said = || Said { zh: String::new(), en: String::new() };
        Evidence {
            key: "k".into(),
            figure: said(),
            unit: unit.into(),
            from: Day(0),
            to: Day(27),
            account: AccountId(Uuid::nil()),
            account_name: "a".into(),
            shop: ShopId(Uuid::nil()),
            team: None,
            n: 9,
            value: estimate,
            estimate,
            low: estimate,
            high: estimate,
            peers,
            target,
            against: against.into(),
            certainty: 0.99,
            words: said(),
        }
    }

    #[test]
    fn severity_grows_with_the_distance() {
        let time = |estimate| size(&spot("seconds", estimate, Some(40.0), None, "peers"));
        assert_eq!([45.0, 59.9, 60.0, 79.0, 80.0, 900.0].map(time), [1, 1, 2, 2, 3, 3]);
        let share = |estimate| size(&spot("share", estimate, Some(0.9), Some(0.8), "target"));
        assert_eq!([0.75, 0.7, 0.61, 0.6, 0.1].map(share), [1, 2, 2, 3, 3]);
        assert_eq!(size(&spot("share", 0.3, None, None, "peers")), 1);
        assert_eq!(size(&spot("seconds", 3.0, Some(0.0), None, "peers")), 3);
    }

    #[test]
    fn the_list_is_ordered_by_how_bad_times_how_many() {
        assert_eq!([weight(None, 0), weight(Some(3), 1), weight(Some(2), 7)], [1, 3, 14]);
        assert!(severity(0).is_err() && severity(4).is_err() && severity(3).is_ok());
    }

    #[test]
    fn nothing_is_raised_twice() {
        let known = |state, to| Known { state, to: Some(Day(to)) };
        assert!(is_news(&[], Day(10)));
        assert!(!is_news(&[known(NeedState::Forwarded, 1)], Day(10)), "open");
        assert!(!is_news(&[known(NeedState::Refused, 10)], Day(10)), "the same days");
        assert!(is_news(&[known(NeedState::Planned, 9), known(NeedState::Refused, 2)], Day(10)));
    }
}
