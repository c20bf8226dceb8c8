//! A class as an entry of a calendar.

use kexun_base::Ctx;
use kexun_base::calendar::Entry;

use super::ClassState;
use super::entity::class::Model;

/// The entry of a class as it stands now; `place` and `lecturer` are names.
pub(super) fn entry(ctx: &Ctx, class: &Model, place: Option<&str>, lecturer: &str) -> Entry {
    let mut about = vec![format!("讲师 Lecturer: {lecturer}")];
    about.extend(class.online_url.clone());
    about.extend(class.description.clone());
    Entry {
        uid: format!("class-{}@kexun", class.id),
        sequence: class.sequence,
        stamp: ctx.now(),
        starts_at: class.starts_at,
        ends_at: class.ends_at,
        summary: class.title.clone(),
        description: about.join("\n"),
        location: place.map(str::to_owned).or_else(|| class.online_url.clone()),
        url: Some(format!("{}/classes/{}", ctx.settings().public_url, class.id)),
        cancelled: class.state == ClassState::Cancelled,
    }
}

/// When a class is, as people are told: `2026-07-01 10:00–11:30`, in its own zone.
pub(super) fn when(class: &Model) -> String {
    let zone = zone(class);
    let at = |at: kexun_base::time::Micros, form| at.utc().with_timezone(&zone).format(form).to_string();
    format!("{}–{}", at(class.starts_at, "%Y-%m-%d %H:%M"), at(class.ends_at, "%H:%M"))
}

/// The day of a class: that on which it begins, in its own zone.
pub(super) fn day(class: &Model) -> kexun_base::time::Day {
    class.starts_at.day(zone(class))
}

/// The zone of a class; only names of the zone table are ever written.
pub(super) fn zone(class: &Model) -> chrono_tz::Tz {
    class.zone.parse().unwrap_or(kexun_people::tenants::DEFAULT_ZONE)
}
