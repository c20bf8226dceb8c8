//! A class as it is to be, and what may stand in it.

use chrono_tz::Tz;
use kexun_base::time::Micros;
use kexun_base::{Error, Result};
use kexun_people::competences::Competence;
use kexun_people::staff::{Audience, StaffId};
use kexun_people::tenants;
use kexun_people::text::{lines, optional, required};
use serde::Deserialize;
use utoipa::ToSchema;

use super::rules::{LONGEST_S, Slot};
use crate::courses::CourseId;
use crate::plans::PlanItemId;

/// Minutes after which one is late, if nothing else is said.
const LATE_AFTER_MIN: i32 = 10;

/// A class as it is to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ClassDraft)]
pub struct Draft {
    /// What it is called: at most 100 characters.
    pub title: String,
    /// What it is about: at most 4,000 characters.
    pub description: Option<String>,
    /// What it teaches.
    pub competence: Competence,
    /// The course that it is held on; settled when the class is made.
    pub course: Option<CourseId>,
    /// The plan item that it comes of; settled when the class is made.
    pub plan_item: Option<PlanItemId>,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Micros,
    /// When it ends: after it began, at most 24 hours.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Micros,
    /// The zone in which people are told its times, e.g. `Asia/Shanghai`; Shanghai's if not said.
    pub zone: Option<String>,
    /// Name of the room; a new name makes a new one.
    pub place: Option<String>,
    /// Where it can be attended from afar: an address beginning with http:// or https://.
    pub online_url: Option<String>,
    /// Who teaches: somebody who may.
    pub lecturer: StaffId,
    /// How many may take part, 1 to 5,000; none: as many as like.
    #[schema(minimum = 1, maximum = 5000)]
    pub seats: Option<i32>,
    /// Minutes after its beginning from which one is late, 0 to 240; 10 if not said.
    #[schema(minimum = 0, maximum = 240)]
    pub late_after_min: Option<i32>,
    /// Who takes part, of the people that you may choose; none: nobody yet, or, in a change, the same as
    /// before.
    pub audience: Option<Audience>,
    /// Book people although they are in another class at the time. A room is never booked twice.
    #[serde(default)]
    pub accept_conflicts: bool,
}

/// What was found sound in a draft.
#[derive(Debug)]
pub(super) struct Sound {
    pub title: String,
    pub description: Option<String>,
    pub slot: Slot,
    pub zone: Tz,
    pub place: Option<String>,
    pub online_url: Option<String>,
    pub seats: Option<i32>,
    pub late_after_min: i32,
}

impl Draft {
    /// What stands in it, cleaned.
    pub(super) fn sound(&self) -> Result<Sound> {
        let zone = self.zone.as_deref().unwrap_or(tenants::DEFAULT_ZONE.name());
        let zone = zone.parse().map_err(|_| {
            Error::field("zone", format!("{zone:?} is no time zone; write one such as Asia/Shanghai"))
        })?;
        Ok(Sound {
            title: required("title", &self.title, 100)?,
            description: prose("description", self.description.as_deref(), 4000)?,
            slot: slot(self.starts_at, self.ends_at)?,
            zone,
            place: optional("place", self.place.as_deref(), 60)?,
            online_url: address(self.online_url.as_deref())?,
            seats: bounded("seats", self.seats, 1, 5000)?,
            late_after_min: bounded("late_after_min", self.late_after_min, 0, 240)?.unwrap_or(LATE_AFTER_MIN),
        })
    }
}

/// A time that a class may have.
///
/// # Errors
/// `invalid` when it ends before it begins or lasts too long.
pub(super) fn slot(starts_at: Micros, ends_at: Micros) -> Result<Slot> {
    if ends_at <= starts_at {
        return Err(Error::field("ends_at", "is not after the beginning; choose a later time"));
    }
    if ends_at > starts_at.plus_seconds(LONGEST_S) {
        return Err(Error::field(
            "ends_at",
            "is more than 24 hours after the beginning; make several classes",
        ));
    }
    Ok(Slot { starts_at, ends_at })
}

/// A text of several lines; blank is none.
pub(super) fn prose(field: &str, text: Option<&str>, most: usize) -> Result<Option<String>> {
    let text = lines(field, text.unwrap_or_default(), most)?;
    Ok((!text.is_empty()).then_some(text))
}

fn address(text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = optional("online_url", text, 500)? else { return Ok(None) };
    // Anything else, a script above all, must not become a link.
    if text.starts_with("https://") || text.starts_with("http://") {
        return Ok(Some(text));
    }
    Err(Error::field("online_url", "must begin with https:// or http://"))
}

fn bounded(field: &str, value: Option<i32>, least: i32, most: i32) -> Result<Option<i32>> {
    match value {
        Some(n) if !(least..=most).contains(&n) => {
            Err(Error::field(field, format!("must be from {least} to {most}")))
        }
        fine => Ok(fine),
    }
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;

    use super::*;

    fn draft() -> Draft {
        Draft {
            title: " 售后话术 ".into(),
            description: Some("第一行\r\n第二行 ".into()),
            competence: Competence::AfterSales,
            course: None,
            plan_item: None,
            starts_at: Micros::from_seconds(0),
            ends_at: Micros::from_seconds(3600),
            zone: None,
            place: Some("  ".into()),
            online_url: None,
            lecturer: StaffId(Uuid::nil()),
            seats: None,
            late_after_min: None,
            audience: None,
            accept_conflicts: false,
        }
    }

    #[test]
    fn a_draft_is_cleaned() {
        let sound = draft().sound().unwrap();
        assert_eq!(sound.title, "售后话术");
        assert_eq!(sound.description.as_deref(), Some("第一行\n第二行"));
        assert_eq!((sound.place, sound.late_after_min), (None, LATE_AFTER_MIN));
    }

    #[test]
    fn what_cannot_be_is_named() {
        let refused = |change: fn(&mut Draft)| {
            let mut draft = draft();
            change(&mut draft);
            draft.sound().unwrap_err().fields[0].field.clone()
        };
        assert_eq!(refused(|d| d.title = "\n".into()), "title");
        assert_eq!(refused(|d| d.description = Some("字".repeat(4001))), "description");
        assert_eq!(refused(|d| d.ends_at = d.starts_at), "ends_at");
        assert_eq!(refused(|d| d.ends_at = d.starts_at.plus_seconds(LONGEST_S + 1)), "ends_at");
        assert_eq!(refused(|d| d.zone = Some("Mars/Base".into())), "zone");
        assert_eq!(refused(|d| d.online_url = Some("javascript:alert(1)".into())), "online_url");
        assert_eq!(refused(|d| d.seats = Some(0)), "seats");
        assert_eq!(refused(|d| d.late_after_min = Some(-1)), "late_after_min");
    }
}
