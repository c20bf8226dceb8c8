//! An archive as a spreadsheet. Its first row, which stays in sight, says who took it when and what for.

use std::io::Cursor;

use kexun_base::{Ctx, Error, Result};
use kexun_importers::{Lang, SheetFormat, TableWriter, Value};
use kexun_people::persons;
use kexun_people::rights::Caller;

use super::access::Ground;
use super::entity::entry::Model as Entry;
use super::service::{Archive, day_of};
use super::words;

const COLUMNS: [(&str, &str); 10] = [
    ("日期", "Date"),
    ("类别", "Kind"),
    ("名称", "Title"),
    ("能力", "Competence"),
    ("考勤", "Attendance"),
    ("时长（分钟）", "Minutes"),
    ("得分（%）", "Score (%)"),
    ("等级", "Grade"),
    ("学分", "Credits"),
    ("备注", "Remark"),
];

/// The sheet, in the caller's language.
///
/// # Errors
/// When the sheet cannot be written.
pub(super) async fn sheet(ctx: &Ctx, caller: &Caller, archive: Archive) -> Result<Vec<u8>> {
    let known = persons::by_ids(ctx.db().read(), &[caller.person]).await?;
    let english = known.get(&caller.person).is_some_and(|person| person.locale == "en");
    let lang = if english { Lang::En } else { Lang::Zh };
    let written = tokio::task::spawn_blocking(move || write(&archive, lang)).await;
    Ok(written.map_err(|e| Error::internal(format!("writing the sheet broke: {e}")))??)
}

/// Who took it when and what for.
fn taken(archive: &Archive, lang: Lang) -> String {
    let Archive { reader, at, zone, .. } = archive;
    let at = at.utc().with_timezone(zone).format("%Y-%m-%d %H:%M");
    let purpose = match &archive.ground {
        Ground::Own => lang.pick("本人查阅", "own archive"),
        Ground::Keeper => lang.pick("档案管理", "keeping archives"),
        Ground::Granted(request) => &request.purpose,
    };
    match lang {
        Lang::En => format!("Exported by {reader} at {at} ({zone}); purpose: {purpose}"),
        Lang::Zh => format!("{reader} 于 {at}（{zone}）导出；用途：{purpose}"),
    }
}

fn write(archive: &Archive, lang: Lang) -> std::io::Result<Vec<u8>> {
    let mut table = TableWriter::new(SheetFormat::Xlsx, Cursor::new(Vec::new()), &[&taken(archive, lang)])?;
    let member = &archive.member;
    let joined = member.joined_on.map(|day| day.to_string());
    table.row(&[
        Value::Text(lang.pick("姓名", "Name")),
        Value::Text(&member.name),
        Value::Text(lang.pick("账号", "Account")),
        Value::Text(&member.account),
        Value::Text(lang.pick("入职日期", "Joined on")),
        joined.as_ref().into(),
    ])?;
    let totals = &archive.totals;
    let count = |n: u64| Value::Whole(n.cast_signed());
    table.row(&[
        Value::Text(lang.pick("学分", "Credits")),
        Value::Number(totals.credits),
        Value::Text(lang.pick("培训分钟", "Minutes in class")),
        Value::Whole(totals.minutes),
        Value::Text(lang.pick("到课 / 应到", "Attended / classes")),
        count(totals.attended),
        count(totals.classes),
        Value::Text(lang.pick("合格 / 考试", "Passed / exams")),
        count(totals.passed),
        count(totals.exams),
    ])?;
    for step in &archive.history {
        let to = step.to.map(|day| day.to_string());
        table.row(&[
            Value::Text(lang.pick("任职", "Position")),
            Value::Text(&step.from.to_string()),
            to.as_ref().into(),
            step.shop.as_ref().into(),
            step.team.as_ref().into(),
            Value::Text(&step.level),
            Value::Text(&step.position),
        ])?;
    }
    table.row(&[])?;
    table.row(&COLUMNS.map(|(zh, en)| Value::Text(lang.pick(zh, en))))?;
    for (entry, replaced) in archive.entries.iter().rev() {
        line(&mut table, archive, entry, *replaced, lang)?;
    }
    Ok(table.finish()?.into_inner())
}

fn line(
    table: &mut TableWriter<Cursor<Vec<u8>>>,
    archive: &Archive,
    entry: &Entry,
    replaced: bool,
    lang: Lang,
) -> std::io::Result<()> {
    let make_up = if entry.make_up { lang.pick("补考", "Make-up") } else { "" };
    let remark = if replaced { lang.pick("已更正", "Corrected later") } else { make_up };
    table.row(&[
        Value::Text(&day_of(entry, archive.zone).to_string()),
        Value::Text(words::kind(entry.kind, lang)),
        Value::Text(&entry.title),
        entry.competence.map(|c| c.name(lang)).into(),
        entry.status.map(|s| words::status(s, lang)).into(),
        entry.minutes.map(i64::from).into(),
        entry.score.map(|score| (score * 1000.0).round() / 10.0).into(),
        entry.grade.map(|g| words::grade(g, lang)).into(),
        entry.credits.into(),
        Value::Text(remark),
    ])
}
