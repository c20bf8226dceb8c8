//! How far people are, as a sheet.

use std::io::Cursor;

use kexun_base::events;
use kexun_base::{Ctx, Error, Result};
use kexun_importers::{Lang, SheetFormat, TableWriter, Value};
use kexun_people::rights::By;
use serde_json::json;

use super::LearningState;
use super::assign::{CourseLearner, learners};
use crate::courses::CourseId;
use crate::courses::service::event;

/// Those of one's people who are in a course, as a sheet. It leaves the program, so it is audited.
///
/// # Errors
/// As [`learners`].
pub async fn export(
    ctx: &Ctx,
    by: By<'_>,
    course: CourseId,
    format: SheetFormat,
    lang: Lang,
) -> Result<Vec<u8>> {
    let tx = ctx.db().begin().await?;
    let (course, learners) = learners(ctx, &tx, by, course).await?;
    let data = json!({ "title": course.title, "rows": learners.len(), "format": format.extension() });
    events::record(ctx, &tx, event(by, &course, "course.exported", data)).await?;
    tx.commit().await?;
    let written = tokio::task::spawn_blocking(move || write(&learners, format, lang)).await;
    Ok(written.map_err(|e| Error::internal(format!("writing the sheet broke: {e}")))??)
}

fn write(learners: &[CourseLearner], format: SheetFormat, lang: Lang) -> std::io::Result<Vec<u8>> {
    let header = [
        lang.pick("账号", "account"),
        lang.pick("姓名", "name"),
        lang.pick("状态", "state"),
        lang.pick("已学必修", "required lessons done"),
        lang.pick("必修", "required lessons"),
        lang.pick("截止日期", "due"),
        lang.pick("完成日期", "completed on"),
    ];
    let mut table = TableWriter::new(format, Cursor::new(Vec::new()), &header)?;
    for learner in learners {
        let learning = &learner.learning;
        let due = learning.due.map(|day| day.to_string());
        let completed = learning.completed_on.map(|day| day.to_string());
        table.row(&[
            Value::Text(&learner.account),
            Value::Text(&learner.name),
            Value::Text(state(learning.state, learning.overdue, lang)),
            Value::Whole(learning.done.into()),
            Value::Whole(learning.required.into()),
            due.as_ref().into(),
            completed.as_ref().into(),
        ])?;
    }
    Ok(table.finish()?.into_inner())
}

fn state(state: LearningState, overdue: bool, lang: Lang) -> &'static str {
    match (state, overdue) {
        (LearningState::Done, _) => lang.pick("已完成", "done"),
        (LearningState::Begun, true) => lang.pick("学习中，已逾期", "begun, overdue"),
        (LearningState::Begun, false) => lang.pick("学习中", "begun"),
        (LearningState::Assigned, true) => lang.pick("未开始，已逾期", "not begun, overdue"),
        (LearningState::Assigned, false) => lang.pick("未开始", "not begun"),
    }
}
