//! Questions from a file: the question sheet (XLSX, CSV, JSON Lines) or GIFT. What stands in the bank
//! already changes nothing; a bad row is reported and loses no good one; what is known to be of a kind
//! that there is not here is named as skipped.

use std::collections::HashSet;
use std::path::Path;

use kexun_base::{Code, Ctx, Error, Result};
use kexun_importers::gift::{self, GiftItem};
use kexun_importers::{FileError, Lang, Options, Outcome, QuestionRow, Source};
use kexun_people::competences::Competence;
use kexun_people::rights::{By, Right};
use kexun_people::tenants;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::body::Key;
use super::entity::question::Model;
use super::{Draft, check, from_gift, from_sheet, service, store};

/// More questions than this are no file of a teacher.
const MOST_QUESTIONS: usize = 20_000;
/// Questions that a report shows.
const SHOWN: usize = 200;

/// What an import of questions did, or would do.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct QuestionReport {
    /// Questions of the file, bad and skipped ones too.
    pub rows: u64,
    /// Questions that are new in the bank.
    pub imported: u64,
    /// Questions that stood in the bank already, or earlier in the file.
    pub unchanged: u64,
    /// Questions that are not in, and why.
    pub rejected: Vec<RejectedQuestion>,
    /// Questions of kinds that there are not here, and texts between questions.
    pub skipped: Vec<SkippedQuestion>,
    /// What a person should know.
    pub warnings: Vec<String>,
    /// The first 200 good questions as they were read.
    pub questions: Vec<ReadQuestion>,
}

/// A question that is not in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RejectedQuestion {
    /// As a person opening the file counts: the header is row 1; in GIFT the line.
    pub row: u64,
    /// English name of the column at fault; none: the question as a whole.
    pub column: Option<String>,
    /// Why, and what would be right.
    pub reason: String,
}

/// A question of a kind that there is not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SkippedQuestion {
    /// As for a rejected one.
    pub row: u64,
    /// Why.
    pub reason: String,
    /// The beginning of its text.
    pub text: String,
}

/// A question as it was read from a file.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReadQuestion {
    /// As for a rejected one.
    pub row: u64,
    /// Whether it is new in the bank.
    pub new: bool,
    /// What it asks.
    pub text: String,
    /// What is right.
    pub key: Key,
    /// Topic; may be empty.
    pub topic: String,
    /// Competence.
    pub competence: Option<Competence>,
    /// Difficulty, 1 to 5.
    pub difficulty: i32,
    /// Explanation; may be empty.
    pub explanation: String,
}

/// Imports questions from a file; with `dry_run` only says what would happen. `name` is the file's: one
/// that ends in `.gift` is GIFT, any other where it is no table.
///
/// # Errors
/// `unreadable_file` when the file holds no questions; `forbidden` without the right to write them.
pub async fn import(
    ctx: &Ctx,
    by: By<'_>,
    file: &Path,
    name: &str,
    lang: Lang,
    dry_run: bool,
) -> Result<QuestionReport> {
    let tenant = by.scope(Right::QuestionWrite)?.tenant;
    let (path, is_gift) = (file.to_owned(), name.to_lowercase().ends_with(".gift"));
    let read = tokio::task::spawn_blocking(move || read(&path, is_gift, lang)).await;
    let (drafts, mut report) =
        read.map_err(|e| Error::internal(format!("reading the file broke: {e}")))??;
    let tx = ctx.db().begin().await?;
    // Two imports of one file at once would not see each other's questions.
    tenants::lock(&tx, tenant).await?;
    let fingerprints: Result<Vec<String>> =
        drafts.iter().map(|(_, draft)| service::fingerprint(&draft.text, &draft.key)).collect();
    let fingerprints = fingerprints?;
    let known = store::of_fingerprints(&tx, tenant, &fingerprints).await?;
    let mut known: HashSet<String> = known.into_keys().collect();
    let mut rows: Vec<Model> = Vec::new();
    for ((row, draft), fingerprint) in drafts.into_iter().zip(fingerprints) {
        let new = known.insert(fingerprint);
        report.imported += u64::from(new);
        report.unchanged += u64::from(!new);
        if report.questions.len() < SHOWN {
            report.questions.push(shown(row, new, &draft));
        }
        if new {
            rows.push(service::row(ctx, tenant, draft)?);
        }
    }
    if dry_run || rows.is_empty() {
        tx.rollback().await?;
        return Ok(report);
    }
    store::append(ctx, &tx, by.actor().person(), rows).await?;
    let data = json!({
        "rows": report.rows, "imported": report.imported,
        "rejected": report.rejected.len(), "skipped": report.skipped.len(),
    });
    service::record(ctx, &tx, by, "question.imported", tenant.0, data).await?;
    tx.commit().await?;
    Ok(report)
}

fn shown(row: u64, new: bool, draft: &Draft) -> ReadQuestion {
    let Draft { text, key, topic, competence, difficulty, explanation, .. } = draft.clone();
    ReadQuestion { row, new, text, key, topic, competence, difficulty, explanation }
}

type Drafts = Vec<(u64, Draft)>;

fn read(path: &Path, is_gift: bool, lang: Lang) -> Result<(Drafts, QuestionReport)> {
    let unreadable = |e: FileError| Error::new(Code::UnreadableFile, e.message(lang));
    if is_gift {
        return read_gift(path, lang).map_err(unreadable)?;
    }
    match read_sheet(path, lang) {
        // No table of questions: a text file may be GIFT by another name.
        Err(FileError::NoKnownColumn { found }) => {
            let no_table = unreadable(FileError::NoKnownColumn { found });
            match read_gift(path, lang) {
                Ok(Ok((drafts, report))) if !drafts.is_empty() => Ok((drafts, report)),
                _ => Err(no_table),
            }
        }
        other => other.map_err(unreadable)?,
    }
}

/// What became of a file: unreadable as a whole, too many questions, or these.
type Read = Result<Result<(Drafts, QuestionReport)>, FileError>;

fn read_sheet(path: &Path, lang: Lang) -> Read {
    let mut reader = Source::open(path, &Options::default())?.reader::<QuestionRow>()?;
    let (mut drafts, mut report) = (Drafts::new(), QuestionReport::default());
    while let Some(outcome) = reader.next()? {
        report.rows += 1;
        match outcome {
            Outcome::Row { row, value } => match from_sheet::draft(value) {
                Ok(draft) => take(row, draft, lang, &mut drafts, &mut report),
                Err(fault) => report.reject(row, Some(fault.field), fault.message(lang).to_owned()),
            },
            Outcome::Rejected(rejection) => {
                let reason = rejection.reason.message(lang);
                report.reject(rejection.row, rejection.column_name(), reason);
            }
        }
        if report.rows > MOST_QUESTIONS as u64 {
            return Ok(Err(too_many()));
        }
    }
    report.warnings = reader.warnings().iter().map(|w| w.message(lang)).collect();
    Ok(Ok((drafts, report)))
}

fn read_gift(path: &Path, lang: Lang) -> Read {
    let (mut drafts, mut report) = (Drafts::new(), QuestionReport::default());
    let mut category = String::new();
    for (row, item) in gift::read(path)? {
        let question = match item {
            GiftItem::Category(path) => {
                category = path;
                continue;
            }
            GiftItem::Broken(reason) => {
                report.rows += 1;
                report.reject(row, None, reason.message(lang));
                continue;
            }
            GiftItem::Question(question) => question,
        };
        report.rows += 1;
        match from_gift::draft(&question, &category) {
            Ok(draft) => take(row, draft, lang, &mut drafts, &mut report),
            Err((zh, en)) => {
                let text = from_gift::plain(&question.stem).chars().take(80).collect();
                report.skipped.push(SkippedQuestion { row, reason: lang.pick(zh, en).into(), text });
            }
        }
        if report.rows > MOST_QUESTIONS as u64 {
            return Ok(Err(too_many()));
        }
    }
    Ok(Ok((drafts, report)))
}

fn take(row: u64, draft: Draft, lang: Lang, drafts: &mut Drafts, report: &mut QuestionReport) {
    match check::checked(draft) {
        Ok(draft) => drafts.push((row, draft)),
        Err(fault) => {
            // The sheet has no column of this name, the question is at fault as a whole.
            let column = match fault.field {
                "text" => Some("question"),
                "key" => None,
                field => Some(field),
            };
            report.reject(row, column, fault.message(lang).to_owned());
        }
    }
}

fn too_many() -> Error {
    Error::new(Code::UnreadableFile, format!("more than {MOST_QUESTIONS} questions; split the file"))
}

impl QuestionReport {
    fn reject(&mut self, row: u64, column: Option<&str>, reason: String) {
        self.rejected.push(RejectedQuestion { row, column: column.map(str::to_owned), reason });
    }
}
