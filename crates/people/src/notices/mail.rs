//! Sending a notice by mail: a job, so that a mail server that is down delays nothing else. Mails to one
//! person have a lane: they go out in order, however long the server was down. When it cannot be reached
//! at all, the first mail that finds out lets all others wait.

use kexun_base::calendar::{Entry, Invitation};
use kexun_base::jobs::{Handler, hold_back};
use kexun_base::{Code, Ctx, Error, Result};
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

use super::{NoticeId, store, words};
use crate::persons::{self, PersonId};

/// How long a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// For how long no other mail is tried when the server cannot be reached.
const PAUSE_SECONDS: i64 = 60;

/// Kind of the job.
pub const JOB: &str = "notices.mail";

/// What the job is told.
pub fn payload(notice: NoticeId) -> Value {
    json!({ "notice": notice })
}

/// In which order mails go out: those to one person one after the other.
pub fn lane(person: PersonId) -> String {
    format!("mail {person}")
}

/// Does the job.
pub fn handler() -> Handler {
    Arc::new(|ctx, payload| Box::pin(send(ctx, payload)))
}

async fn send(ctx: Ctx, payload: Value) -> Result<()> {
    let id = serde_json::from_value(payload["notice"].clone())?;
    let Some(url) = &ctx.settings().smtp_url else { return Ok(()) };
    let row = store::by_id(ctx.db().read(), id).await?;
    if row.mailed_at.is_some() {
        return Ok(());
    }
    let person = persons::by_id(ctx.db().read(), row.person_id).await?;
    let Some(email) = person.email else { return Ok(()) };
    let link = row.link.map(|link| format!("{}{link}", ctx.settings().public_url));
    let params = serde_json::from_str(&row.params)?;
    let (subject, text) = words::mail(&row.kind, &params, &person.locale, &person.name, link.as_deref());
    let to: Address = email.parse().map_err(|e| Error::invalid(format!("{email:?} is no address: {e}")))?;
    let from: Mailbox = ctx.settings().mail_from.parse().map_err(|e| wrong("the sender's address", e))?;
    let entry: Option<Entry> = row.calendar.as_deref().map(serde_json::from_str).transpose()?;
    let sender = from.email.to_string();
    let to = Mailbox::new(Some(person.name.clone()), to);
    let message = Message::builder().from(from).to(to).subject(subject).date(row.created_at.utc().into());
    // The same at every try: should the answer to a mail get lost, its copy is known as one.
    let message =
        message.message_id(Some(format!("<{id}@{}>", sender.rsplit('@').next().unwrap_or("kexun"))));
    let message = match entry {
        None => message.header(ContentType::TEXT_PLAIN).body(text),
        Some(entry) => {
            let to = Invitation { organizer: &sender, attendee: &email, name: &person.name };
            message.multipart(invitation(&entry, &to, text)?)
        }
    };
    let message = message.map_err(|e| wrong("a mail", e))?;
    hand_over(&ctx, url, message).await?;
    let tx = ctx.db().begin().await?;
    store::set_mailed(&tx, id, ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Gives a mail to the server.
///
/// # Errors
/// `unavailable` when the server cannot be reached or asks to come again; `internal` when it refuses the
/// mail for good.
async fn hand_over(ctx: &Ctx, url: &str, message: Message) -> Result<()> {
    let server =
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|e| wrong("the SMTP address", e))?;
    let Err(error) = server.timeout(Some(PATIENCE)).build().send(message).await else { return Ok(()) };
    if error.is_permanent() {
        return Err(Error::internal(format!("the mail server refused the mail: {error}")));
    }
    if !error.is_transient() {
        // Nobody is there: each further mail would only wait for as long.
        hold_back(ctx, JOB, ctx.now().plus_seconds(PAUSE_SECONDS)).await?;
    }
    Err(Error::new(Code::Unavailable, format!("the mail server did not take the mail: {error}")))
}

/// Mail programs that know invitations show their buttons for the first kind of the calendar part, all
/// others offer the file.
fn invitation(entry: &Entry, to: &Invitation<'_>, text: String) -> Result<MultiPart> {
    let kind = |text: &str| ContentType::parse(text).map_err(|e| wrong("a content type", e));
    let file = entry.file(Some(to));
    let inline = format!("text/calendar; charset=utf-8; method={}", entry.method(Some(to)));
    let inline = SinglePart::builder().header(kind(&inline)?).body(file.clone());
    let either = MultiPart::alternative().singlepart(SinglePart::plain(text)).singlepart(inline);
    let attached = Attachment::new("invite.ics".into()).body(file, kind("application/ics")?);
    Ok(MultiPart::mixed().multipart(either).singlepart(attached))
}

fn wrong(what: &str, error: impl std::fmt::Display) -> Error {
    Error::invalid(format!("{what} cannot be used: {error}"))
}
