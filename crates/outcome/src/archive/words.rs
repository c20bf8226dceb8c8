//! The archive's words, for sheets. The web has the same in its own translations. Pure.

use kexun_importers::Lang;

use super::rules::{EntryGrade, EntryKind, EntryStatus};

/// A kind of entry.
pub fn kind(kind: EntryKind, lang: Lang) -> &'static str {
    match kind {
        EntryKind::Course => lang.pick("课程", "Course"),
        EntryKind::Class => lang.pick("培训班", "Class"),
        EntryKind::Feedback => lang.pick("培训反馈", "Feedback"),
        EntryKind::Exam => lang.pick("考试", "Exam"),
        EntryKind::Coaching => lang.pick("辅导", "Coaching"),
    }
}

/// Whether somebody was there.
pub fn status(status: EntryStatus, lang: Lang) -> &'static str {
    match status {
        EntryStatus::Present => lang.pick("出勤", "Present"),
        EntryStatus::Late => lang.pick("迟到", "Late"),
        EntryStatus::Leave => lang.pick("请假", "Excused"),
        EntryStatus::Absent => lang.pick("缺勤", "Absent"),
    }
}

/// A grade.
pub fn grade(grade: EntryGrade, lang: Lang) -> &'static str {
    match grade {
        EntryGrade::Excellent => lang.pick("优秀", "Excellent"),
        EntryGrade::Good => lang.pick("良好", "Good"),
        EntryGrade::Pass => lang.pick("合格", "Pass"),
        EntryGrade::Fail => lang.pick("不合格", "Fail"),
    }
}
