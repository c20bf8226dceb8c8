//! Staff from a spreadsheet. An empty cell says nothing and changes nothing; the same file again
//! changes nothing; a bad row is reported and loses no good one.

use std::collections::HashMap;
use std::path::Path;

use kexun_base::db::Tx;
use kexun_base::time::Day;
use kexun_base::{Code, Ctx, Error, Result};
use kexun_importers::records::Choice;
use kexun_importers::{Lang, Options, Outcome, Source, StaffRow};
use sea_orm::TransactionTrait;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::known::Known;
use super::service::{self, Change, Draft, record};
use super::{StaffId, roles, rules, store};
use crate::rights::{By, Grant, Right, Role};
use crate::sign_in;
use crate::tenants::{self, ShopId, TeamId};

/// More members than this are no spreadsheet.
const MOST_ROWS: usize = 50_000;

/// What an import of staff did, or would do.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct StaffReport {
    /// Rows of the file.
    pub rows: u64,
    /// Members entered or changed.
    pub imported: u64,
    /// Members about whom the file says nothing new.
    pub unchanged: u64,
    /// Rows that are not in, and why.
    pub rejected: Vec<RejectedRow>,
    /// What a person should know.
    pub warnings: Vec<Warning>,
}

/// A row that is not in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RejectedRow {
    /// As a person opening the file counts: the header is row 1.
    pub row: u64,
    /// English name of the column at fault; none: the row as a whole.
    pub column: Option<String>,
    /// Why, and what would be right.
    pub reason: String,
}

/// Something a person should know about the file.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = StaffImportWarning)]
pub struct Warning {
    /// What, to be translated.
    pub code: String,
    /// What, in words.
    pub detail: String,
}

/// Imports members from a file in Kexun's own format; with `dry_run` only says what would happen.
/// Shops and teams that the file names are made where the caller may make them. Roles are added,
/// never withdrawn. What is new is in as a whole when this ends, or not at all: one transaction, which holds up other
/// writers on SQLite, so that rows which say nothing new are told from the others before it.
///
/// # Errors
/// `unreadable_file` when the file is no table of staff; `forbidden` without the right to enter staff.
pub async fn import(ctx: &Ctx, by: By<'_>, file: &Path, lang: Lang, dry_run: bool) -> Result<StaffReport> {
    let scope = by.scope(Right::StaffWrite)?;
    let path = file.to_owned();
    let read = tokio::task::spawn_blocking(move || read(&path, lang)).await;
    let (rows, mut report) = read.map_err(|e| Error::internal(format!("reading the file broke: {e}")))??;
    let mut known = Known::load(ctx.db().read(), scope).await?;
    let news = with_news(rows, &known, &mut report);
    if !news.is_empty() {
        let tx = ctx.db().begin().await?;
        for (number, row) in news {
            take_or_reject(ctx, &tx, by, (number, row), &mut known, &mut report).await?;
        }
        if dry_run || report.imported == 0 {
            tx.rollback().await?;
        } else {
            let data = json!({ "rows": report.rows, "imported": report.imported, "rejected": report.rejected.len() });
            record(ctx, &tx, by, "staff.imported", "tenant", by.tenant().0, data).await?;
            tx.commit().await?;
        }
    }
    report.rejected.sort_by_key(|r| r.row);
    Ok(report)
}

/// The rows that may say something new; counts those that do not, and rejects those whose account stood before.
fn with_news(rows: Rows, known: &Known, report: &mut StaffReport) -> Rows {
    let (mut seen, mut news) = (HashMap::new(), Vec::new());
    for (number, row) in rows {
        if let Some(first) = seen.get(&row.account) {
            let reason = format!("{:?} stands in row {first} already", row.account);
            report.rejected.push(RejectedRow { row: number, column: Some("account".into()), reason });
            continue;
        }
        seen.insert(row.account.clone(), number);
        if known.says_nothing_new(&row) {
            report.unchanged += 1;
        } else {
            news.push((number, row));
        }
    }
    news
}

/// Takes one row in; one that is refused leaves nothing but its line in the report.
async fn take_or_reject(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    (number, row): (u64, StaffRow),
    known: &mut Known,
    report: &mut StaffReport,
) -> Result<()> {
    let savepoint = tx.begin().await?;
    match take(ctx, &savepoint, by, row, known).await {
        Ok(changed) => {
            savepoint.commit().await?;
            known.keep();
            report.imported += u64::from(changed);
            report.unchanged += u64::from(!changed);
        }
        Err(error) if refusal(error.code) => {
            savepoint.rollback().await?;
            known.forget();
            let column = error.fields.first().map(|f| f.field.trim_end_matches("_id").to_owned());
            let reason = error.fields.first().map_or(error.detail.to_string(), |f| f.detail.clone());
            report.rejected.push(RejectedRow { row: number, column, reason });
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

fn refusal(code: Code) -> bool {
    matches!(code, Code::Invalid | Code::Conflict | Code::Forbidden | Code::NotFound)
}

type Rows = Vec<(u64, StaffRow)>;

fn read(path: &Path, lang: Lang) -> Result<(Rows, StaffReport)> {
    let unreadable = |e: kexun_importers::FileError| Error::new(Code::UnreadableFile, e.message(lang));
    let source = Source::open(path, &Options::default()).map_err(unreadable)?;
    let mut reader = source.reader::<StaffRow>().map_err(unreadable)?;
    let (mut rows, mut report) = (Vec::new(), StaffReport::default());
    while let Some(outcome) = reader.next().map_err(unreadable)? {
        report.rows += 1;
        match outcome {
            Outcome::Row { row, value } => rows.push((row, value)),
            Outcome::Rejected(rejection) => report.rejected.push(RejectedRow {
                row: rejection.row,
                column: rejection.column_name().map(str::to_owned),
                reason: rejection.reason.message(lang),
            }),
        }
        if report.rows > MOST_ROWS as u64 {
            return Err(Error::new(
                Code::UnreadableFile,
                format!("more than {MOST_ROWS} rows; split the file"),
            ));
        }
    }
    let known = |w: &kexun_importers::Warning| Warning { code: w.code().to_owned(), detail: w.message(lang) };
    report.warnings = reader.warnings().iter().map(known).collect();
    if rows.iter().any(|(_, row)| row.mentor.is_some()) {
        let detail = lang
            .pick("导师一列暂不使用，其余各列照常导入", "the mentor column is not used yet; all others are");
        report.warnings.push(Warning { code: "mentor_unused".into(), detail: detail.into() });
    }
    Ok((rows, report))
}

/// Says whether the row changed anything.
async fn take(ctx: &Ctx, tx: &Tx, by: By<'_>, row: StaffRow, known: &mut Known) -> Result<bool> {
    let member = store::member_of_account(tx, by.tenant(), &row.account).await?;
    let shop = match &row.shop {
        Some(named) => Some(shop_of(ctx, tx, by, named, known).await?),
        None => member.as_ref().and_then(|member| member.shop_id),
    };
    let team = match (&row.team, shop) {
        (Some(_), None) => return Err(Error::field("team", "a team needs its shop; fill in the shop too")),
        (Some(named), Some(shop)) => Some(team_of(ctx, tx, by, (shop, named), known).await?),
        (None, _) => None,
    };
    let joined_on = row.joined_on.map(Day::from);
    let wanted: Vec<Role> = row.roles.iter().filter_map(|role| Role::of_word(role.as_str())).collect();
    let Some(member) = member else {
        let roles = wanted.into_iter().map(|role| rules::grant_of_row(role, shop, team)).collect();
        let StaffRow { account, name, level, position, phone, email, .. } = row;
        let draft = Draft {
            account,
            name,
            shop,
            team,
            level,
            position,
            joined_on,
            phone,
            email,
            roles,
            ..Draft::default()
        };
        service::create_in(ctx, tx, by, draft, None).await?;
        return Ok(true);
    };
    let change = Change {
        name: Some(row.name),
        shop: row.shop.is_some().then_some(shop),
        team: team.map(Some),
        level: row.level.map(Some),
        position: row.position.map(Some),
        joined_on: joined_on.map(Some),
        phone: row.phone.map(Some),
        email: row.email.map(Some),
        ..Change::default()
    };
    let changed = service::change_in(ctx, tx, by, member.id, change, None).await?;
    Ok(give(ctx, tx, by, member.id, wanted).await? || changed)
}

/// Gives a member the roles that he lacks where he is now; says whether there were any.
async fn give(ctx: &Ctx, tx: &Tx, by: By<'_>, member: StaffId, wanted: Vec<Role>) -> Result<bool> {
    let now = store::member(tx, by.tenant(), member).await?;
    let held = store::grants_of(tx, by.tenant(), member).await?;
    let mut changed = false;
    for role in wanted {
        let grant: Grant = rules::grant_of_row(role, now.shop_id, now.team_id);
        if !held.contains(&grant) {
            sign_in::known::doubt(ctx, tx, now.person_id).await?;
            roles::grant_in(ctx, tx, by, &now, grant).await?;
            changed = true;
        }
    }
    Ok(changed)
}

async fn shop_of(ctx: &Ctx, tx: &Tx, by: By<'_>, named: &str, known: &mut Known) -> Result<ShopId> {
    if let Some(shop) = known.shop(named) {
        return Ok(shop);
    }
    let (shop, made) = tenants::ensure_shop(ctx, tx, by.tenant(), named).await?;
    if made {
        by.whole(Right::OrgWrite).map_err(|_| {
            Error::field("shop", format!("there is no shop {named:?}, and you may not open one"))
        })?;
        let data = json!({ "code": shop.code, "name": shop.name, "zone": shop.zone.name() });
        record(ctx, tx, by, "shop.created", "shop", shop.id.0, data).await?;
    }
    known.add_shop(named, shop.id);
    Ok(shop.id)
}

async fn team_of(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    (shop, named): (ShopId, &str),
    known: &mut Known,
) -> Result<TeamId> {
    if let Some(team) = known.team(shop, named) {
        return Ok(team);
    }
    let (team, made) = tenants::ensure_team(ctx, tx, by.actor(), by.tenant(), shop, named).await?;
    if made && !by.scope(Right::OrgWrite).is_ok_and(|scope| scope.holds_shop(shop)) {
        return Err(Error::field("team", format!("there is no team {named:?}, and you may not make one")));
    }
    known.add_team(shop, named, team.id);
    Ok(team.id)
}
