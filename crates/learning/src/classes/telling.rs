//! What people are told of a class: to the inbox, and by mail with the calendar entry.

use std::collections::BTreeSet;

use kexun_base::calendar::Entry;
use kexun_base::db::Tx;
use kexun_base::{Ctx, Result};
use kexun_people::notices::{self, Note};
use kexun_people::persons::PersonId;
use kexun_people::staff::{self, StaffId};
use serde_json::{Value, json};

use super::calendar::{entry, when};
use super::entity::class::Model;
use super::places;

/// Tells people of one class.
pub(super) struct Teller<'a> {
    ctx: &'a Ctx,
    tx: &'a Tx,
    class: &'a Model,
    entry: Entry,
    lecturer: String,
    link: String,
}

impl<'a> Teller<'a> {
    pub async fn of(ctx: &'a Ctx, tx: &'a Tx, class: &'a Model) -> Result<Teller<'a>> {
        let lecturer = staff::some(tx, class.tenant_id, &[class.lecturer]).await?;
        let lecturer = lecturer.into_iter().next().map(|m| m.name).unwrap_or_default();
        let rooms = places::names(tx, class.tenant_id).await?;
        let place = class.place_id.and_then(|id| rooms.get(&id));
        let entry = entry(ctx, class, place.map(String::as_str), &lecturer);
        Ok(Teller { ctx, tx, class, entry, lecturer, link: format!("/classes/{}", class.id) })
    }

    /// What every notice of a class may name, with more.
    fn params(&self, more: Value) -> Value {
        let place = self.entry.location.clone().unwrap_or_default();
        let mut params = json!({
            "title": self.class.title, "starts": when(self.class), "place": place, "lecturer": self.lecturer,
        });
        if let (Some(all), Value::Object(more)) = (params.as_object_mut(), more) {
            all.extend(more);
        }
        params
    }

    /// Tells these members of a class for the first time. What is over goes into no calendar.
    pub async fn announce(&self, kind: &str, staff: &BTreeSet<StaffId>, more: Value) -> Result<()> {
        let to_come = self.ctx.now() < self.class.ends_at;
        self.send(kind, staff, more, to_come.then_some(&self.entry)).await
    }

    /// Tells these members, whose mail carries the entry as it stands.
    pub async fn invite(&self, kind: &str, staff: &BTreeSet<StaffId>, more: Value) -> Result<()> {
        self.send(kind, staff, more, Some(&self.entry)).await
    }

    /// Tells these members that they need not come: their calendars drop the entry.
    pub async fn uninvite(&self, kind: &str, staff: &BTreeSet<StaffId>, more: Value) -> Result<()> {
        let off = Entry { cancelled: true, ..self.entry.clone() };
        self.send(kind, staff, more, Some(&off)).await
    }

    /// Tells these members something that changes no calendar.
    pub async fn say(&self, kind: &str, staff: &BTreeSet<StaffId>, more: Value) -> Result<()> {
        self.send(kind, staff, more, None).await
    }

    async fn send(
        &self,
        kind: &str,
        staff: &BTreeSet<StaffId>,
        more: Value,
        calendar: Option<&Entry>,
    ) -> Result<()> {
        let ids: Vec<StaffId> = staff.iter().copied().collect();
        let members = staff::some(self.tx, self.class.tenant_id, &ids).await?;
        let persons: Vec<PersonId> = members.into_iter().map(|m| m.person).collect();
        self.send_to(kind, &persons, more, calendar).await
    }

    /// Tells persons: whoever arranged it may be no member.
    pub async fn send_to(
        &self,
        kind: &str,
        persons: &[PersonId],
        more: Value,
        calendar: Option<&Entry>,
    ) -> Result<()> {
        let params = self.params(more);
        let note = Note { kind, params: &params, link: Some(&self.link), calendar };
        notices::tell(self.ctx, self.tx, self.class.tenant_id, persons, note).await
    }
}
