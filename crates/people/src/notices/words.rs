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
