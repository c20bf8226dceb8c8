//! Notices as words, for mails. The web has the same in its own translations. Pure.

use serde_json::Value;

/// The kinds that have words of their own, in Chinese and in English; `{name}` stands for a parameter.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "import_done",
        "“{file_name}”导入完成：入库 {imported} 行，退回 {rejected} 行",
        "“{file_name}” imported: {imported} rows are in, {rejected} were sent back",
    ),
    ("import_failed", "“{file_name}”没有导入成功", "“{file_name}” could not be imported"),
    ("import_undone", "“{file_name}”的导入已撤销", "The import of “{file_name}” was undone"),
    ("job_dead", "任务“{kind}”多次失败，已停下", "The job “{kind}” failed repeatedly and has stopped"),
    (
        "chain_broken",
        "审计链在第 {at} 条断开，请尽快查看",
        "The audit chain breaks at entry {at}: please look soon",
    ),
    ("password_changed", "你的密码已修改", "Your password was changed"),
    (
        "second_factor_on",
        "两步验证已开启；如果不是你的操作，请立即联系管理员",
        "Two-step verification was turned on; if that was not you, tell an administrator now",
    ),
    (
        "second_factor_off",
        "两步验证已关闭；如果不是你的操作，请立即修改密码并联系管理员",
        "Two-step verification was turned off; if that was not you, change your password now and tell an administrator",
    ),
    (
        "second_factor_reset",
        "管理员已为你关闭两步验证；如果你没有要求，请立即联系管理员",
        "An administrator turned your two-step verification off; if you did not ask for it, contact them now",
    ),
    (
        "recovery_codes_renewed",
        "你的恢复码已更换，旧的不能再用",
        "Your recovery codes were replaced; the old ones no longer work",
    ),
    (
        "recovery_code_used",
        "你的一个恢复码刚被使用；如果不是你，请立即修改密码并更换恢复码",
        "One of your recovery codes was just used; if that was not you, change your password and replace the codes now",
    ),
    (
        "exam_set",
        "考试“{title}”已安排：{opens} 至 {closes}，请在这段时间内完成",
        "The exam “{title}” is set: sit it between {opens} and {closes}",
    ),
    (
        "exam_cancelled",
        "考试“{title}”已取消，不用参加了",
        "The exam “{title}” was called off; there is nothing to sit",
    ),
    ("exam_graded", "考试“{title}”的成绩出来了", "Your result of the exam “{title}” is there"),
    (
        "exam_make_up",
        "考试“{title}”为你安排了补考：{opens} 至 {closes}",
        "A make-up of the exam “{title}” is set for you: sit it between {opens} and {closes}",
    ),
    ("course_assigned", "请学习课程“{title}”", "Please learn the course “{title}”"),
    (
        "course_assigned_due",
        "请在 {due} 前学完课程“{title}”",
        "Please complete the course “{title}” by {due}",
    ),
    (
        "archive_requested",
        "{name} 申请查阅 {staff} 的培训档案，等你审批",
        "{name} applies for a look into {staff}’s training archive; please decide",
    ),
    (
        "archive_decided",
        "查阅 {staff} 培训档案的申请有结果了",
        "Your application for {staff}’s training archive has been decided",
    ),
    ("role_granted", "你有了新的角色", "You have a new role"),
    (
        "need_reported",
        "{name} 上报了一条需求“{title}”，等你整理",
        "{name} reported a need: “{title}”; it waits for you to sort it",
    ),
    (
        "need_forwarded",
        "你提出的“{title}”已整理，转给培训安排",
        "“{title}”, which you raised, was sorted and handed on to who plans training",
    ),
    (
        "need_merged",
        "你提出的“{title}”已与另一条需求合并",
        "“{title}”, which you raised, became part of another need",
    ),
    (
        "need_planned",
        "你提出的“{title}”已列入培训计划",
        "“{title}”, which you raised, is in the training plan now",
    ),
    ("need_coaching", "你提出的“{title}”已安排辅导", "“{title}”, which you raised, is answered by coaching"),
    (
        "need_improvement",
        "你提出的“{title}”已交给相关部门改进",
        "“{title}”, which you raised, was given to a department to improve",
    ),
    (
        "need_refused",
        "你提出的“{title}”不予安排，理由见详情",
        "“{title}”, which you raised, was refused; the reason stands with it",
    ),
    ("task_set", "你有一项新任务“{title}”，{due} 前完成", "A new task for you: “{title}”, due {due}"),
    (
        "coaching_set",
        "{name} 将辅导你：“{title}”，{due} 前完成",
        "{name} will coach you: “{title}”, until {due}",
    ),
    ("task_done", "{name} 完成了任务“{title}”", "{name} finished the task “{title}”"),
    ("plan_submitted", "计划“{title}”等你审批", "The plan “{title}” waits for your approval"),
    (
        "plan_returned",
        "计划“{title}”被退回，请看意见",
        "The plan “{title}” was sent back; please read the comment",
    ),
    ("plan_approved", "计划“{title}”已批准", "The plan “{title}” was approved"),
    (
        "plan_announced",
        "培训计划“{title}”已批准，请知悉",
        "The training plan “{title}” was approved, for your information",
    ),
    (
        "plan_teach",
        "计划“{title}”请你讲授“{item}”（{from} 至 {to}）",
        "The plan “{title}” asks you to teach “{item}” ({from} to {to})",
    ),
    (
        "plan_for_you",
        "“{item}”培训与你有关，安排在 {from} 至 {to}",
        "A training is meant for you: “{item}”, {from} to {to}",
    ),
    (
        "class_announced",
        "请参加培训班“{title}”：{starts}，{place}，讲师{lecturer}",
        "You take part in the class “{title}”: {starts}, {place}, taught by {lecturer}",
    ),
    (
        "class_to_teach",
        "请讲授培训班“{title}”：{starts}，{place}，{count} 人",
        "You teach the class “{title}”: {starts}, {place}, {count} people",
    ),
    (
        "class_changed",
        "培训班“{title}”有改动：现为 {starts}，{place}，讲师{lecturer}",
        "The class “{title}” was changed: now {starts}, {place}, taught by {lecturer}",
    ),
    (
        "class_cancelled",
        "培训班“{title}”（{starts}）不办了：{reason}",
        "The class “{title}” ({starts}) does not take place: {reason}",
    ),
    (
        "class_removed",
        "你不用参加培训班“{title}”（{starts}）了",
        "You need not come to the class “{title}” ({starts})",
    ),
    ("class_leave_asked", "{name} 想在培训班“{title}”请假", "{name} asks for leave from the class “{title}”"),
    ("class_leave_granted", "培训班“{title}”准你请假", "You have leave from the class “{title}”"),
    (
        "class_leave_refused",
        "培训班“{title}”没有准假，请到场",
        "You have no leave from the class “{title}”: please come",
    ),
    (
        "class_feedback",
        "培训班“{title}”结束了，说说你的看法",
        "The class “{title}” is over: say what you think of it",
    ),
];
const OTHER: (&str, &str) = ("有一条新通知", "There is a new notice");

/// Subject and text of a mail about a notice, in the language of `locale` (Chinese unless it is `en`).
pub fn mail(kind: &str, params: &Value, locale: &str, name: &str, link: Option<&str>) -> (String, String) {
    let english = locale == "en";
    let (zh, en) = WORDS.iter().find(|w| w.0 == kind).map_or(OTHER, |w| (w.1, w.2));
    let line = filled(if english { en } else { zh }, params);
    let link = link.map(|l| format!("\n\n{l}")).unwrap_or_default();
    if english {
        let text = format!(
            "Dear {name},\n\n{line}.{link}\n\nThis mail was sent by Kexun; please do not answer it.\n"
        );
        (format!("[Kexun] {line}"), text)
    } else {
        let text = format!("{name}，你好：\n\n{line}。{link}\n\n本邮件由客训系统发出，请勿回复。\n");
        (format!("[客训] {line}"), text)
    }
}

fn filled(pattern: &str, params: &Value) -> String {
    let mut text = pattern.to_owned();
    for (name, value) in params.as_object().into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        // A line break in a file's name must not become one in a mail's subject.
        let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        text = text.replace(&format!("{{{name}}}"), &value);
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_mail_speaks_the_readers_language() {
        let params = json!({ "file_name": "a\r\nb.csv", "imported": 9, "rejected": 1 });
        let (subject, text) = mail("import_done", &params, "zh-CN", "李雷", Some("http://x/imports/1"));
        assert_eq!(subject, "[客训] “a  b.csv”导入完成：入库 9 行，退回 1 行");
        assert!(text.contains("李雷") && text.contains("http://x/imports/1"), "{text}");
        assert_eq!(
            mail("password_changed", &json!({}), "en", "Li", None).0,
            "[Kexun] Your password was changed"
        );
        assert_eq!(mail("what", &json!({}), "en", "Li", None).0, "[Kexun] There is a new notice");
    }

    #[test]
    fn every_kind_names_the_same_parameters_in_both_languages() {
        let names = |text: &str| {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next())
                .map(str::to_owned)
                .collect();
            names.sort();
            names
        };
        for (kind, zh, en) in WORDS {
            assert_eq!(names(zh), names(en), "{kind}");
        }
    }
}
