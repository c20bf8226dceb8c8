//! What archives look like in the API.

use kexun_base::ids::Uuid;
use kexun_base::time::{Day, Micros};
use kexun_people::competences::Competence;
use kexun_people::staff::{Member, StaffId, Step};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::access::Ground;
use super::entity::entry::Model as Entry;
use super::rules::{EntryGrade, EntryKind, EntryStatus, RequestState, Totals};
use super::service::{Archive, Looked, day_of};
use super::{EntryId, RequestId};

/// A line of an archive.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ArchiveEntry)]
pub(super) struct EntryOut {
    /// Its id.
    id: EntryId,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    at: Micros,
    /// The day of that in the member's zone.
    #[schema(value_type = String, format = Date)]
    day: Day,
    /// What it tells of.
    kind: EntryKind,
    /// What it is called.
    title: String,
    /// What it taught or tried.
    competence: Option<Competence>,
    /// How long it took, in minutes.
    minutes: Option<i32>,
    /// The score, 0–1.
    score: Option<f64>,
    /// The grade.
    grade: Option<EntryGrade>,
    /// Credits that it gave.
    credits: Option<f64>,
    /// Whether the exam was a make-up.
    make_up: bool,
    /// Whether he was there.
    status: Option<EntryStatus>,
    /// Whether a later entry corrects this one.
    replaced: bool,
    /// Kind of the thing it tells of.
    subject_kind: String,
    /// That thing.
    subject: Uuid,
}

impl EntryOut {
    fn of(entry: Entry, replaced: bool, zone: chrono_tz::Tz) -> Self {
        EntryOut {
            id: entry.id,
            at: entry.at,
            day: day_of(&entry, zone),
            kind: entry.kind,
            title: entry.title,
            competence: entry.competence,
            minutes: entry.minutes,
            score: entry.score,
            grade: entry.grade,
            credits: entry.credits,
            make_up: entry.make_up,
            status: entry.status,
            replaced,
            subject_kind: entry.subject_kind,
            subject: entry.subject,
        }
    }
}

/// What stands over an archive that is looked into by somebody else than its owner.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ArchiveWatermark)]
pub(super) struct Watermark {
    /// Who looks.
    reader: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Micros,
    /// The purpose that he stated; none where he keeps the archive.
    purpose: Option<String>,
    /// Until when he may look; none: without end.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Micros>,
}

/// Somebody's archive.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Archive)]
pub(super) struct ArchiveOut {
    /// Whose.
    staff: StaffId,
    /// His name.
    name: String,
    /// His account.
    account: String,
    /// The day of joining.
    #[schema(value_type = Option<String>, format = Date)]
    joined_on: Option<Day>,
    /// Where he stood, oldest first.
    history: Vec<Step>,
    /// What the entries add up to.
    totals: Totals,
    /// The entries, newest first.
    entries: Vec<EntryOut>,
    /// What must stand over it; none over one's own.
    watermark: Option<Watermark>,
}

impl From<Archive> for ArchiveOut {
    fn from(archive: Archive) -> Self {
        let Archive { member, history, zone, entries, totals, ground, reader, at } = archive;
        let watermark = (ground != Ground::Own).then(|| Watermark {
            reader,
            at,
            purpose: ground.purpose().map(str::to_owned),
            until: ground.until(),
        });
        let entries = entries.into_iter().rev().map(|(entry, replaced)| EntryOut::of(entry, replaced, zone));
        ArchiveOut {
            staff: member.id,
            name: member.name,
            account: member.account,
            joined_on: member.joined_on,
            history,
            totals,
            entries: entries.collect(),
            watermark,
        }
    }
}

/// Somebody with what his archive adds up to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ArchivePerson)]
pub(super) struct PersonOut {
    /// Which member.
    id: StaffId,
    /// His name.
    name: String,
    /// His account.
    account: String,
    /// His level.
    level: String,
    /// What his archive adds up to.
    totals: Totals,
}

impl From<(Member, Totals)> for PersonOut {
    fn from((member, totals): (Member, Totals)) -> Self {
        let Member { id, name, account, level, .. } = member;
        PersonOut { id, name, account, level, totals }
    }
}

/// A look that somebody took.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ArchiveLook)]
pub(super) struct LookOut {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Micros,
    /// Who.
    who: Option<String>,
    /// Whether he took it away as a spreadsheet.
    exported: bool,
    /// The application on which he might; none where he keeps the archive.
    request: Option<Uuid>,
    /// The purpose that he stated.
    purpose: Option<String>,
}

impl From<Looked> for LookOut {
    fn from(look: Looked) -> Self {
        let Looked { at, who, exported, request, purpose } = look;
        LookOut { at, who, exported, request, purpose }
    }
}

/// A member by id and name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ArchiveCandidate)]
pub(super) struct Named {
    /// Which member.
    pub id: StaffId,
    /// His name.
    pub name: String,
    /// His account.
    pub account: String,
}

/// An application for a look into somebody's archive.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ArchiveRequest)]
pub(super) struct RequestOut {
    /// Its id.
    pub id: RequestId,
    /// Whose archive.
    pub staff: StaffId,
    /// His name.
    pub staff_name: String,
    /// Who applies.
    pub applicant: String,
    /// Whether that is you.
    pub mine: bool,
    /// Why.
    pub purpose: String,
    /// For how many days.
    pub days: i32,
    /// How it stands now.
    pub state: RequestState,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Micros,
    /// Who decided on it.
    pub decided_by: Option<String>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub decided_at: Option<Micros>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Until when the archive is open.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Micros>,
    /// Whether you may decide on it.
    pub may_decide: bool,
    /// Send it back with a decision.
    pub version: i32,
}

/// An application to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewArchiveRequest)]
pub(super) struct NewRequest {
    /// Whose archive.
    pub staff: StaffId,
    /// Why; 1 to 500 characters.
    pub purpose: String,
    /// For how many days from the decision on, 1 to 30.
    pub days: i32,
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ArchiveDecision)]
pub(super) struct DecisionIn {
    /// Granted or refused.
    pub granted: bool,
    /// For how many days; as many as were asked for, if not said.
    pub days: Option<i32>,
    /// Why it is refused.
    pub reason: Option<String>,
    /// The version that you saw.
    pub version: i32,
}

/// Taking back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ArchiveWithdrawal)]
pub(super) struct WithdrawalIn {
    /// The version that you saw.
    pub version: i32,
}
