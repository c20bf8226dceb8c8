//! What people are told: an inbox per person and tenant, and the same by mail.
//!
//! A notice is a *kind* with parameters; the web turns it into words, mails take theirs from
//! [`words`]. It is written in the transaction of the change it tells of.

mod api;
mod entity;
mod mail;
pub mod migration;
mod store;
mod words;

use kexun_base::calendar::Entry;
use kexun_base::db::Tx;
use kexun_base::jobs::{self, Jobs};
use kexun_base::{Ctx, Result};
use serde_json::Value;

use crate::persons::{self, PersonId};
use crate::tenants::TenantId;

pub(crate) use api::router;
pub(crate) use store::{latest, unread};

kexun_base::id!(
    /// A notice.
    NoticeId
);

/// What is told.
#[derive(Debug, Clone, Copy)]
pub struct Note<'a> {
    /// What it is about; the web and [`words`] have the words.
    pub kind: &'a str,
    /// An object of texts and numbers for the words.
    pub params: &'a Value,
    /// An address of the web pages, beginning with a slash.
    pub link: Option<&'a str>,
    /// The calendar entry that its mail carries.
    pub calendar: Option<&'a Entry>,
}

/// Puts a notice into the inboxes of these persons and orders a mail to each who has an address,
/// where mail is set up. `params` is an object of texts and numbers; `link` is an address of the web
/// pages, beginning with a slash.
///
/// # Errors
/// When the database refuses.
pub async fn send(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    persons: &[PersonId],
    kind: &str,
    params: &Value,
    link: Option<&str>,
) -> Result<()> {
    tell(ctx, tx, tenant, persons, Note { kind, params, link, calendar: None }).await
}

/// The same for a notice whose mail may carry a calendar entry.
///
/// # Errors
/// When the database refuses.
pub async fn tell(ctx: &Ctx, tx: &Tx, tenant: TenantId, persons: &[PersonId], note: Note<'_>) -> Result<()> {
    let notices = store::insert(ctx, tx, tenant, persons, note).await?;
    if ctx.settings().smtp_url.is_none() {
        return Ok(());
    }
    let known = persons::by_ids(tx, persons).await?;
    for (person, notice) in persons.iter().zip(notices) {
        if known.get(person).is_some_and(|p| p.email.is_some()) {
            let (order, lane) = (mail::payload(notice), mail::lane(*person));
            jobs::enqueue_in_lane(ctx, tx, Some(tenant.0), mail::JOB, &order, &lane).await?;
        }
    }
    Ok(())
}

/// Adds the background work of this room.
pub(crate) fn jobs(jobs: Jobs) -> Jobs {
    jobs.with(mail::JOB, mail::handler())
}
