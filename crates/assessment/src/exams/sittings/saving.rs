//! Saving answers: all that come at the same time are one batch, two statements and one sync to disk.

use std::collections::HashSet;

use futures::future::BoxFuture;
use kexun_base::db::{Batch, Tx};
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use serde::Serialize;
use utoipa::ToSchema;

use super::entity::answer;
use super::store::{self, Head, Key};
use super::{AttemptState, rules};
use crate::exams::AttemptId;
use crate::exams::rules::in_time;
use crate::questions::body::Response;

/// That an answer is on disk.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AnswerSaved)]
pub struct Saved {
    /// Of which question.
    pub n: i32,
    /// Its sequence.
    pub client_seq: i64,
    /// The server's time.
    #[schema(value_type = String, format = DateTime)]
    pub server_now: Micros,
}

/// An answer about to be saved.
#[derive(Clone)]
pub struct Save {
    ctx: Ctx,
    tenant: TenantId,
    staff: StaffId,
    key: Key,
    response: Response,
    /// The response as it is stored.
    text: String,
}

impl Save {
    /// An answer of somebody's attempt. What no text may hold is taken out of it: an answer is not lost for a
    /// character that nobody sees.
    pub fn new(
        ctx: &Ctx,
        (tenant, staff): (TenantId, StaffId),
        attempt: AttemptId,
        item: i32,
        client_seq: i64,
        response: Response,
    ) -> Result<Save> {
        let response = response.cleaned();
        let text = serde_json::to_string(&response)?;
        Ok(Save { ctx: ctx.clone(), tenant, staff, key: (attempt, item, client_seq), response, text })
    }

    /// Whether the attempt takes it, and is open.
    fn check(&self, head: Option<&Head>, now: Micros) -> Result<bool> {
        let head = head.filter(|head| (head.tenant_id, head.staff_id) == (self.tenant, self.staff));
        let head = head.ok_or_else(|| Error::not_found("attempt"))?;
        rules::check(&head.shapes, self.key.1, &self.response, self.key.2)?;
        Ok(head.state == AttemptState::Sitting && in_time(now, head.deadline))
    }

    fn row(&self, at: Micros) -> answer::Model {
        let (attempt_id, item, client_seq) = self.key;
        let (tenant_id, response) = (self.tenant, self.text.clone());
        answer::Model { attempt_id, item, client_seq, tenant_id, response, at }
    }
}

impl Batch for Save {
    type Done = Saved;

    fn write(tx: &Tx, batch: Vec<Self>) -> BoxFuture<'_, Result<Vec<Result<Saved>>>> {
        Box::pin(append(tx, batch))
    }
}

async fn append(tx: &Tx, batch: Vec<Save>) -> Result<Vec<Result<Saved>>> {
    let Some(first) = batch.first() else { return Ok(Vec::new()) };
    let heads = store::heads(tx, batch.iter().map(|save| save.key.0).collect()).await?;
    // After the attempts are held: nobody is told that he was in time who was not.
    let now = first.ctx.now();
    let checked: Vec<Result<bool>> =
        batch.iter().map(|save| save.check(heads.get(&save.key.0), now)).collect();
    let mut keys = HashSet::new();
    let open = batch.iter().zip(&checked).filter(|(_, open)| matches!(open, Ok(true)));
    let rows = open.filter(|(save, _)| keys.insert(save.key)).map(|(save, _)| save.row(now)).collect();
    let mut written = store::append(tx, rows).await?;
    let mut outcomes = Vec::with_capacity(batch.len());
    for (save, checked) in batch.into_iter().zip(checked) {
        outcomes.push(match checked {
            Err(error) => Err(error),
            Ok(_) if written.remove(&save.key) => Ok(save.saved(now)),
            Ok(_) => again(tx, save, now).await?,
        });
    }
    Ok(outcomes)
}

/// Sent again because its acknowledgement was lost: it is saved, whatever happened since.
async fn again(tx: &Tx, save: Save, now: Micros) -> Result<Result<Saved>> {
    Ok(match store::saved(tx, save.key).await? {
        Some(known) if known == save.text => Ok(save.saved(now)),
        Some(_) => Err(Error::conflict(
            "another device saved another answer under this client_seq; load the attempt again and go on \
             from its last_seq",
        )),
        None => Err(Error::conflict("the time is over, or it was handed in; what was saved before counts")),
    })
}

impl Save {
    fn saved(&self, now: Micros) -> Saved {
        Saved { n: self.key.1, client_seq: self.key.2, server_now: now }
    }
}
