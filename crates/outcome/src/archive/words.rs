//! The archive's words, for sheets. The web has the same in its own translations. Pure.

use kexun_importers::Lang;
use kexun_people::competences::Competence;

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

/// A competence.
pub fn competence(competence: Competence, lang: Lang) -> &'static str {
    match competence {
        Competence::Culture => lang.pick("企业文化", "Company culture"),
        Competence::Attitude => lang.pick("服务态度与职业道德", "Attitude and ethics"),
        Competence::PlatformRules => lang.pick("平台规则", "Platform rules"),
        Competence::Product => lang.pick("商品知识", "Products"),
        Competence::Communication => lang.pick("沟通技巧", "Communication"),
        Competence::Complaints => lang.pick("投诉处理", "Complaints"),
        Competence::Chat => lang.pick("接待效率", "Chat and phone"),
        Competence::AfterSales => lang.pick("售后政策", "After-sales"),
        Competence::Systems => lang.pick("系统与工具", "Systems and tools"),
        Competence::Office => lang.pick("办公软件", "Office software"),
        Competence::Stress => lang.pick("压力与情绪", "Stress and emotion"),
        Competence::Career => lang.pick("职业发展", "Career"),
    }
}
