//! From which day a shop's new zone counts. Pure.

use std::collections::HashSet;

use chrono_tz::Tz;
use kexun_base::ids::Uuid;
use kexun_base::time::{Day, Micros};

/// The zones of a shop that takes a new one `now`: it counts from the first day that has not begun in any of its zones,
/// so that no day that is under way changes its borders.
pub fn zones_from_tomorrow(old: &[(Day, Tz)], new: Tz, now: Micros) -> Vec<(Day, Tz)> {
    let latest = old.iter().map(|(_, zone)| now.day(*zone)).fold(now.day(new), Day::max);
    let tomorrow = latest.plus(1);
    let mut zones: Vec<(Day, Tz)> = old.iter().copied().filter(|(from, _)| *from < tomorrow).collect();
    zones.push((tomorrow, new));
    zones
}

/// Whether an import is under way, from what the events of a tenant, newest first, say of its imports by kind and
/// subject: one was ordered and has not failed. One whose program was killed counts until it is run to its end.
pub fn import_under_way<'a>(events: impl IntoIterator<Item = (&'a str, Uuid)>) -> bool {
    let mut ended = HashSet::new();
    for (kind, import) in events {
        match kind {
            "import.failed" => drop(ended.insert(import)),
            "import.ordered" if !ended.contains(&import) => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use Tz::{America__Los_Angeles as ANGELES, America__New_York as YORK, Asia__Shanghai as SHANGHAI};

    use super::*;

    #[test]
    fn a_new_zone_counts_from_a_day_that_has_begun_nowhere() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let first = Day::default();
        // 08:00 of 1 July in Shanghai; in Los Angeles it is 30 June still.
        let morning = day("2026-07-01").begins(SHANGHAI).plus_seconds(8 * 3600);
        let west = zones_from_tomorrow(&[(first, SHANGHAI)], ANGELES, morning);
        assert_eq!(west, [(first, SHANGHAI), (day("2026-07-02"), ANGELES)]);
        let east = zones_from_tomorrow(&[(first, ANGELES)], SHANGHAI, morning);
        assert_eq!(east, [(first, ANGELES), (day("2026-07-02"), SHANGHAI)]);
        // Changed again on the same day: the zone that never counted is gone, the day of the one that does still holds.
        assert_eq!(zones_from_tomorrow(&west, YORK, morning), [(first, SHANGHAI), (day("2026-07-02"), YORK)]);
    }

    #[test]
    fn an_import_is_under_way_until_it_failed() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!(!import_under_way([]));
        assert!(import_under_way([("import.ordered", one)]));
        assert!(!import_under_way([("import.failed", one), ("import.ordered", one)]));
        let second =
            [("import.ordered", two), ("import.failed", one), ("import.ordered", one), ("import.other", two)];
        assert!(import_under_way(second));
    }
}
