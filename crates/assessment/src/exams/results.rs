//! Results of an exam for who may see them, as a list and as a sheet.

use std::collections::HashMap;
use std::io::Cursor;

use kexun_base::events;
use kexun_base::{Ctx, Error, Result};
use kexun_importers::{Lang, SheetFormat, TableWriter, Value};
use kexun_people::rights::{Caller, Right, Scope};
use kexun_people::staff::{self, Member, StaffId};
use kexun_people::tenants::ShopId;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::entity::{Model, candidate};
use super::rules::{ExamStanding, Grade};
use super::sight::Sight;
use super::{ExamId, service, sittings, store};
use crate::points::Points;

/// What came of an exam for one of its candidates.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExamResult)]
pub(super) struct ResultItem {
    /// Who.
    pub staff: StaffId,
    /// His name; empty where he has left.
    pub name: String,
    /// His account.
    pub account: String,
    /// His shop.
    pub shop: Option<ShopId>,
    /// How it stands.
    pub standing: ExamStanding,
    /// How many attempts he began.
    pub attempts: i32,
    /// Share of points of his best attempt, 0–1.
    pub score: Option<f64>,
    /// Its grade.
    pub grade: Option<Grade>,
    /// Credits he earned by it.
    pub credits: Points,
    /// The make-up that he is in.
    pub make_up: Option<ExamId>,
    /// How often he left the page while sitting.
    pub left_page: u32,
    /// For how many seconds together.
    pub left_page_s: i64,
}

/// The results of an exam that the caller sees, by account.
///
/// # Errors
/// `not_found` for who sees nobody of it.
pub(super) async fn of_exam(ctx: &Ctx, caller: &Caller, id: ExamId) -> Result<(Model, Vec<ResultItem>)> {
    let db = ctx.db().read();
    let sight = Sight::of(db, caller, Right::ExamRead).await?;
    let exam = store::exam(db, sight.tenant, id).await?;
    let candidates = sight.part(&exam, store::candidates(db, sight.tenant, &[id]).await?);
    if candidates.is_empty() && !sight.whole_of(&exam) {
        return Err(Error::not_found("exam"));
    }
    let members = staff::members(db, &Scope::whole(sight.tenant)).await?;
    let members: HashMap<StaffId, Member> = members.into_iter().map(|m| (m.id, m)).collect();
    let waits = sittings::of_candidates(db, sight.tenant, &[id]).await?;
    let signs = sittings::signs(db, sight.tenant, id).await?;
    let now = ctx.now();
    let item = |row: candidate::Model| {
        let member = members.get(&row.staff_id);
        let (left_page, left_page_s) = signs.get(&row.staff_id).copied().unwrap_or_default();
        ResultItem {
            staff: row.staff_id,
            name: member.map(|m| m.name.clone()).unwrap_or_default(),
            account: member.map(|m| m.account.clone()).unwrap_or_default(),
            shop: member.and_then(|m| m.shop),
            standing: exam.case(&row, waits.get(&(id, row.staff_id)).copied()).standing(now),
            attempts: row.begun,
            score: row.score,
            grade: row.grade,
            credits: row.credits,
            make_up: row.make_up,
            left_page,
            left_page_s,
        }
    };
    let mut items: Vec<ResultItem> = candidates.into_iter().map(item).collect();
    items.sort_by(|a, b| a.account.cmp(&b.account).then(a.staff.cmp(&b.staff)));
    Ok((exam, items))
}

/// The same as a sheet. It leaves the program, so it is audited.
///
/// # Errors
/// As [`of_exam`].
pub(super) async fn export(
    ctx: &Ctx,
    caller: &Caller,
    id: ExamId,
    format: SheetFormat,
    lang: Lang,
) -> Result<Vec<u8>> {
    let (exam, items) = of_exam(ctx, caller, id).await?;
    let tx = ctx.db().begin().await?;
    let data = json!({ "rows": items.len(), "format": format.extension() });
    events::record(ctx, &tx, service::event(&exam, "exam.exported", caller.actor(), data)).await?;
    tx.commit().await?;
    let written = tokio::task::spawn_blocking(move || write(&items, format, lang)).await;
    Ok(written.map_err(|e| Error::internal(format!("writing the sheet broke: {e}")))??)
}

const COLUMNS: [(&str, &str); 6] = [
    ("账号", "account"),
    ("姓名", "name"),
    ("作答次数", "attempts"),
    ("得分率", "score"),
    ("等级", "grade"),
    ("学分", "credits"),
];

fn write(items: &[ResultItem], format: SheetFormat, lang: Lang) -> std::io::Result<Vec<u8>> {
    let header: Vec<&str> = COLUMNS.iter().map(|&(zh, en)| lang.pick(zh, en)).collect();
    let mut table = TableWriter::new(format, Cursor::new(Vec::new()), &header)?;
    for item in items {
        let score = item.score.map_or(Value::Empty, |score| Value::Number((score * 1e4).round() / 1e4));
        table.row(&[
            Value::Text(&item.account),
            Value::Text(&item.name),
            Value::Whole(i64::from(item.attempts)),
            score,
            item.grade.map_or(Value::Empty, |grade| Value::Text(named(grade, lang))),
            Value::Number(f64::from(item.credits.0) / 100.0),
        ])?;
    }
    Ok(table.finish()?.into_inner())
}

fn named(grade: Grade, lang: Lang) -> &'static str {
    match grade {
        Grade::Excellent => lang.pick("优秀", "excellent"),
        Grade::Good => lang.pick("良好", "good"),
        Grade::Pass => lang.pick("合格", "pass"),
        Grade::Fail => lang.pick("不合格", "fail"),
    }
}
