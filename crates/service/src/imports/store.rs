//! The only queries on imports and rejections.

use std::str::FromStr;

use kexun_base::db::Tx;
use kexun_base::events::Actor;
use kexun_base::http::{Page, PageRequest};
use kexun_base::time::Day;
use kexun_base::{Code, Ctx, Error, Result};
use kexun_importers::{FileError, Lang};
use kexun_people::persons::{self, PersonId};
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ActiveValue::Set, PaginatorTrait, QueryOrder, QuerySelect};
use serde_json::json;

use super::entity::{import, rejection};
use super::refused::{InChinese, Refused};
use super::{Asked, Import, ImportId, Kind, OrderedBy, RejectedRow, State};

/// What is written when an import begins.
pub(super) struct NewImport {
    pub id: ImportId,
    pub tenant: TenantId,
    pub kind: Kind,
    pub file_name: String,
    pub asked: Asked,
    pub bytes: u64,
    pub actor: Actor,
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, new: NewImport) -> Result<Import> {
    kexun_people::tenants::lock(tx, new.tenant).await?;
    let last: Option<Option<i32>> = import::Entity::find()
        .filter(import::Column::TenantId.eq(new.tenant))
        .select_only()
        .column_as(import::Column::Number.max(), "last")
        .into_tuple()
        .one(tx)
        .await?;
    let row = import::ActiveModel {
        id: Set(new.id),
        tenant_id: Set(new.tenant),
        number: Set(last.flatten().unwrap_or(0) + 1),
        kind: Set(new.kind.word().to_owned()),
        file_name: Set(new.file_name),
        options: Set(serde_json::to_string(&new.asked)?),
        state: Set(State::Queued.word().to_owned()),
        bytes_total: Set(i64::try_from(new.bytes).unwrap_or(i64::MAX)),
        bytes_read: Set(0),
        rows: Set(0),
        imported: Set(0),
        unchanged: Set(0),
        rejected: Set(0),
        warnings: Set("[]".into()),
        header: Set("[]".into()),
        error_code: Set(None),
        error_detail: Set(None),
        error_detail_zh: Set(None),
        from_day: Set(None),
        to_day: Set(None),
        actor_id: Set(new.actor.person()),
        created_at: Set(ctx.now()),
        finished_at: Set(None),
        version: Set(1),
    };
    Ok(row.insert(tx).await?.into())
}

/// The tenant's imports of these numbers, by number.
///
/// # Errors
/// When the database refuses.
pub async fn by_numbers(db: &impl ConnectionTrait, tenant: TenantId, numbers: &[i32]) -> Result<Vec<Import>> {
    let query = import::Entity::find().filter(import::Column::TenantId.eq(tenant));
    let query = query.filter(import::Column::Number.is_in(numbers.iter().copied()));
    Ok(query.order_by_asc(import::Column::Number).all(db).await?.into_iter().map(Import::from).collect())
}

/// An import of a tenant.
///
/// # Errors
/// `not_found` when the tenant has no such import.
pub async fn get(db: &impl ConnectionTrait, tenant: TenantId, id: ImportId) -> Result<Import> {
    let query = import::Entity::find_by_id(id).filter(import::Column::TenantId.eq(tenant));
    let mut import = query.one(db).await?.map(Import::from).ok_or_else(|| Error::not_found("import"))?;
    name(db, std::slice::from_mut(&mut import)).await?;
    Ok(import)
}

/// Fills in the names of whoever ordered imports.
async fn name(db: &impl ConnectionTrait, imports: &mut [Import]) -> Result<()> {
    let ids: Vec<PersonId> = imports.iter().filter_map(|i| i.by.as_ref().map(|by| by.id)).collect();
    let persons = persons::by_ids(db, &ids).await?;
    for by in imports.iter_mut().filter_map(|i| i.by.as_mut()) {
        by.name = persons.get(&by.id).map(|p| p.name.clone()).unwrap_or_default();
    }
    Ok(())
}

/// Imports of a tenant, newest first; of one person only where `by` names him.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    by: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<Import>> {
    let mut query = import::Entity::find().filter(import::Column::TenantId.eq(tenant));
    if let Some(by) = by {
        query = query.filter(import::Column::ActorId.eq(by));
    }
    if let Some(number) = page.after::<i32>()? {
        query = query.filter(import::Column::Number.lt(number));
    }
    let rows = query.order_by_desc(import::Column::Number).limit(page.limit() + 1).all(db).await?;
    let mut page = page.page(rows, |row| row.number).map(Import::from);
    name(db, &mut page.items).await?;
    Ok(page)
}

/// Rows that an import did not take, in the order of the file.
///
/// # Errors
/// When the database refuses.
pub async fn rejections(
    db: &impl ConnectionTrait,
    import: ImportId,
    page: &PageRequest,
) -> Result<Page<RejectedRow>> {
    let after = page.after::<i64>()?.unwrap_or(0);
    let query = rejection::Entity::find()
        .filter(rejection::Column::ImportId.eq(import))
        .filter(rejection::Column::Row.gt(after))
        .order_by_asc(rejection::Column::Row)
        .limit(page.limit() + 1);
    Ok(page.page(query.all(db).await?, |row| row.row).map(RejectedRow::from))
}

/// How many rows an import did not take.
///
/// # Errors
/// When the database refuses.
pub async fn count_rejections(db: &impl ConnectionTrait, import: ImportId) -> Result<u64> {
    Ok(rejection::Entity::find().filter(rejection::Column::ImportId.eq(import)).count(db).await?)
}

/// Forgets the rejections of an earlier try.
pub(super) async fn clear_rejections(tx: &Tx, import: ImportId) -> Result<()> {
    rejection::Entity::delete_many().filter(rejection::Column::ImportId.eq(import)).exec(tx).await?;
    Ok(())
}

/// Writes down rows that were not taken.
pub(super) async fn add_rejections(tx: &Tx, import: ImportId, refused: Vec<Refused>) -> Result<()> {
    let mut refused = refused.into_iter().peekable();
    while refused.peek().is_some() {
        let rows = refused.by_ref().take(500).map(|r| rejection::ActiveModel {
            import_id: Set(import),
            row: Set(i64::try_from(r.row).unwrap_or(i64::MAX)),
            column: Set(r.column.map(str::to_owned)),
            code: Set(r.code.to_owned()),
            reason: Set(r.reason),
            reason_zh: Set(r.reason_zh),
            cells: Set(r.cells),
        });
        rejection::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Adds rejections of rows that turned out wrong while merging; their cells are not at hand any more.
pub(super) async fn add_late_rejection(
    tx: &Tx,
    import: ImportId,
    row: u64,
    code: &str,
    words: (&str, &str),
) -> Result<()> {
    let row = rejection::ActiveModel {
        import_id: Set(import),
        row: Set(i64::try_from(row).unwrap_or(i64::MAX)),
        column: Set(Some("message_id".into())),
        code: Set(code.to_owned()),
        reason: Set(words.0.to_owned()),
        reason_zh: Set(words.1.to_owned()),
        cells: Set("[]".into()),
    };
    rejection::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Changes of an import while it goes on. None: as it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Change {
    /// Only while its version is this one: another state is another version, so whoever began it anew, or brought it
    /// to its end, holds it since.
    pub held: Option<i32>,
    pub state: Option<State>,
    pub bytes_read: Option<u64>,
    pub rows: Option<u64>,
    pub imported: Option<u64>,
    pub unchanged: Option<u64>,
    pub rejected: Option<u64>,
    pub warnings: Option<serde_json::Value>,
    pub header: Option<Vec<String>>,
    pub error: Option<Fault>,
    pub days: Option<(Day, Day)>,
}

/// Changes an import.
///
/// # Errors
/// `unavailable` when somebody else holds it since; `not_found` when there is none; when the database refuses.
pub(super) async fn change(ctx: &Ctx, tx: &Tx, id: ImportId, change: Change) -> Result<()> {
    use import::Column as C;
    let number = |n: u64| Expr::value(i64::try_from(n).unwrap_or(i64::MAX));
    let mut update = import::Entity::update_many().filter(C::Id.eq(id));
    if let Some(version) = change.held {
        update = update.filter(C::Version.eq(version));
    }
    if let Some(state) = change.state {
        let ended = matches!(state, State::Done | State::Failed | State::Undone);
        update = update.col_expr(C::State, Expr::value(state.word()));
        update = update.col_expr(C::FinishedAt, Expr::value(ended.then(|| ctx.now())));
        update = update.col_expr(C::Version, Expr::col(C::Version).add(1));
    }
    let counts = [
        (C::BytesRead, change.bytes_read),
        (C::Rows, change.rows),
        (C::Imported, change.imported),
        (C::Unchanged, change.unchanged),
        (C::Rejected, change.rejected),
    ];
    for (column, count) in counts {
        if let Some(count) = count {
            update = update.col_expr(column, number(count));
        }
    }
    if let Some(warnings) = change.warnings {
        update = update.col_expr(C::Warnings, Expr::value(warnings.to_string()));
    }
    if let Some(header) = change.header {
        update = update.col_expr(C::Header, Expr::value(serde_json::to_string(&header)?));
    }
    if let Some(Fault { code, detail, detail_zh }) = change.error {
        update = update.col_expr(C::ErrorCode, Expr::value(code));
        update = update.col_expr(C::ErrorDetail, Expr::value(detail));
        update = update.col_expr(C::ErrorDetailZh, Expr::value(detail_zh));
    }
    if let Some((from, to)) = change.days {
        update = update.col_expr(C::FromDay, Expr::value(from)).col_expr(C::ToDay, Expr::value(to));
    }
    // An empty change is no statement.
    update = update.col_expr(C::Id, Expr::value(id));
    match update.exec(tx).await?.rows_affected {
        1 => Ok(()),
        _ if change.held.is_some() => Err(Error::new(
            Code::Unavailable,
            "another process took this import over, or ended it; this one stops",
        )),
        _ => Err(Error::not_found("import")),
    }
}

impl From<import::Model> for Import {
    fn from(row: import::Model) -> Self {
        let (en, zh) = (row.error_detail, row.error_detail_zh);
        let error = row.error_code.map(|code| json!({"code": code, "detail": en, "detail_zh": zh}));
        Import {
            id: row.id,
            number: row.number,
            kind: Kind::from_str(&row.kind).unwrap_or(Kind::Conversations),
            file_name: row.file_name,
            state: State::ALL.into_iter().find(|s| s.word() == row.state).unwrap_or(State::Failed),
            bytes_total: row.bytes_total,
            bytes_read: row.bytes_read,
            rows: row.rows,
            imported: row.imported,
            unchanged: row.unchanged,
            rejected: row.rejected,
            warnings: serde_json::from_str(&row.warnings).unwrap_or_default(),
            error,
            from_day: row.from_day,
            to_day: row.to_day,
            by: row.actor_id.map(|id| OrderedBy { id: PersonId(id), name: String::new() }),
            created_at: row.created_at,
            finished_at: row.finished_at,
            version: row.version,
            asked: serde_json::from_str(&row.options).unwrap_or_default(),
            header: serde_json::from_str(&row.header).unwrap_or_default(),
        }
    }
}

impl From<rejection::Model> for RejectedRow {
    fn from(row: rejection::Model) -> Self {
        RejectedRow {
            row: row.row,
            column: row.column,
            code: row.code,
            reason: row.reason,
            reason_zh: row.reason_zh,
            cells: serde_json::from_str(&row.cells).unwrap_or_default(),
        }
    }
}

/// Why an import failed, as it is kept.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    /// The word of its code.
    code: String,
    /// In English.
    detail: String,
    /// In Chinese, where there is a wording of ours.
    detail_zh: Option<String>,
}

impl From<&Error> for Fault {
    fn from(error: &Error) -> Self {
        let code = serde_json::to_value(error.code).ok().and_then(|v| v.as_str().map(str::to_owned));
        let cause = error.cause.as_ref();
        let of_file = cause.and_then(|cause| cause.downcast_ref::<FileError>()).map(|c| c.message(Lang::Zh));
        let of_ours = || cause.and_then(|cause| cause.downcast_ref::<InChinese>()).map(|c| c.0.clone());
        let (detail, detail_zh) = match error.code {
            Code::Internal => {
                (format!("{error}; the log has more"), Some("程序内部出错；详情见日志".to_owned()))
            }
            _ => (error.to_string(), of_file.or_else(of_ours)),
        };
        Fault { code: code.unwrap_or_default(), detail, detail_zh }
    }
}
