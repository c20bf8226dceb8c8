//! A finding in plain words.

use kexun_stats::weak::{Comparison, Verdict};

use super::measures::Measure;
use super::rules::{Found, Yardstick};
use crate::kpi::rules::{Text, Unit};

/// The finding in one or two sentences.
pub fn words(found: &Found) -> Text {
    let n = found.finding.n;
    let (zh_cases, en_cases) = cases(found.measure, n);
    let Some((yardstick, comparison)) = found.telling().filter(|_| found.finding.verdict != Verdict::TooFew)
    else {
        return Text {
            zh: format!("{zh_cases}，太少，不能判断。"),
            en: format!("{en_cases}: too few to tell."),
        };
    };
    let size = size(found, yardstick, &comparison);
    if found.finding.verdict == Verdict::Weak {
        let more = more(found, &comparison);
        Text {
            zh: format!("{}，按 {zh_cases}估计{}。", size.zh, more.zh),
            en: format!("{}, judging by {en_cases}{}.", size.en, more.en),
        }
    } else {
        Text {
            zh: format!("{}；差距是否大到要紧，凭 {zh_cases}还不能确定。", size.zh),
            en: format!("{}; {en_cases} do not settle whether that is enough to matter.", size.en),
        }
    }
}

/// How much worse, with the interval.
fn size(found: &Found, yardstick: Yardstick, comparison: &Comparison) -> Text {
    let (finding, reference) = (&found.finding, comparison.reference);
    let name = found.measure.name();
    if found.measure.unit() == Unit::Seconds && yardstick == Yardstick::Peers && reference > 0.0 {
        let percent = |value: f64| 100.0 * found.worse_by(value, reference);
        let (low, high) = (percent(finding.interval.0), percent(finding.interval.1));
        return Text {
            zh: format!(
                "{}比同组{}（{low:.0}% 至 {high:.0}%）",
                name.zh,
                slower(percent(finding.estimate), "慢", "快")
            ),
            en: format!(
                "{}: {} than the team ({low:.0}% to {high:.0}%)",
                name.en,
                slower_en(percent(finding.estimate)),
            ),
        };
    }
    let told = |value: f64| match found.measure.unit() {
        Unit::Seconds => (format!("{value:.0} 秒"), format!("{value:.0} s")),
        _ => (format!("{:.1}%", 100.0 * value), format!("{:.1}%", 100.0 * value)),
    };
    let (estimate, reference) = (told(finding.estimate), told(reference));
    let (low, high) = (told(finding.interval.0), told(finding.interval.1));
    let (zh_against, en_against) = match yardstick {
        Yardstick::Peers => ("同组约", "the others of the team have about"),
        Yardstick::Target => ("目标", "the target is"),
    };
    Text {
        zh: format!("{}约 {}（{} 至 {}），{zh_against} {}", name.zh, estimate.0, low.0, high.0, reference.0),
        en: format!(
            "{}: about {} ({} to {}), {en_against} {}",
            name.en, estimate.1, low.1, high.1, reference.1
        ),
    }
}

fn slower(percent: f64, worse: &str, better: &str) -> String {
    if percent >= 0.0 { format!("{worse}约 {percent:.0}%") } else { format!("{better}约 {:.0}%", -percent) }
}

fn slower_en(percent: f64) -> String {
    if percent >= 0.0 {
        format!("about {percent:.0}% slower")
    } else {
        format!("about {:.0}% faster", -percent)
    }
}

/// What that cost the customers.
fn more(found: &Found, comparison: &Comparison) -> Text {
    if found.measure.unit() == Unit::Seconds {
        let seconds = found.finding.n as f64 * (found.finding.estimate - comparison.reference);
        return match seconds {
            s if s < 60.0 => Text { zh: String::new(), en: String::new() },
            s if s < 5400.0 => {
                let minutes = s / 60.0;
                Text {
                    zh: format!("，客户合计多等了约 {minutes:.0} 分钟"),
                    en: format!("; customers waited about {minutes:.0} minutes more in all"),
                }
            }
            s => {
                let hours = s / 3600.0;
                Text {
                    zh: format!("，客户合计多等了约 {hours:.0} 小时"),
                    en: format!("; customers waited about {hours:.0} hours more in all"),
                }
            }
        };
    }
    if comparison.excess < 0.5 {
        return Text { zh: String::new(), en: String::new() };
    }
    let excess = comparison.excess;
    let (zh, en) = bad_cases(found.measure);
    Text {
        zh: format!("，比应有的多约 {excess:.0} {zh}"),
        en: format!("; about {excess:.0} {en} more than there should be"),
    }
}

/// So many cases.
fn cases(measure: Measure, n: u64) -> (String, String) {
    let s = if n == 1 { "" } else { "s" };
    match measure {
        Measure::AverageResponse => (format!("{n} 轮回复"), format!("{n} answer{s}")),
        Measure::AnsweredWithin(_) | Measure::Taobao3min => (format!("{n} 轮对话"), format!("{n} round{s}")),
        Measure::Douyin3min => (format!("{n} 条客户消息"), format!("{n} customer message{s}")),
        Measure::Satisfaction => (format!("{n} 条评价"), format!("{n} rating{s}")),
        Measure::FirstResponse | Measure::Unanswered | Measure::Resolution | Measure::Jd30s => {
            (format!("{n} 个会话"), format!("{n} conversation{s}"))
        }
    }
}

/// What a bad case is, counted.
fn bad_cases(measure: Measure) -> (&'static str, &'static str) {
    match measure {
        Measure::AnsweredWithin(_) | Measure::Taobao3min => ("轮没有按时回复", "rounds not answered in time"),
        Measure::Douyin3min => ("条消息没有按时回复", "messages not answered in time"),
        Measure::Jd30s => ("个会话没有按时应答", "conversations not answered in time"),
        Measure::Unanswered => ("个会话没有回复", "conversations without an answer"),
        Measure::Satisfaction => ("条不满意的评价", "ratings below 4"),
        Measure::Resolution => ("个会话没有解决", "conversations not solved"),
        // Times are told as time lost, see `more`.
        Measure::FirstResponse | Measure::AverageResponse => ("次等待", "waits"),
    }
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;
    use kexun_people::tenants::ShopId;
    use kexun_stats::weak::Finding;

    use super::*;
    use crate::weak_spots::evidence::Agent;

    fn found(measure: Measure, n: u64, values: [f64; 4], verdict: Verdict) -> Found {
        let [estimate, low, high, reference] = values;
        let excess = n as f64 * (reference - estimate).abs();
        let peers = Comparison { reference, boundary: reference, certainty: 0.9, excess, listed: true };
        let finding = Finding {
            measure: 0,
            unit: 0,
            group: 0,
            n,
            value: estimate,
            estimate,
            interval: (low, high),
            weight: 1.0,
            peers: Some(peers),
            target: None,
            certainty: 0.9,
            verdict,
        };
        let agent = Agent { shop: ShopId(Uuid::nil()), team: None, account: 1 };
        Found { measure, agent, finding }
    }

    #[test]
    fn a_finding_reads_like_this() {
        let slow = words(&found(Measure::FirstResponse, 320, [70.0, 64.0, 77.5, 50.0], Verdict::Weak));
        assert_eq!(
            slow.zh,
            "首次响应时长比同组慢约 40%（28% 至 55%），按 320 个会话估计，客户合计多等了约 2 小时。"
        );
        assert!(
            slow.en.starts_with("First response: about 40% slower than the team (28% to 55%), judging by")
        );
        let unhappy = words(&found(Measure::Satisfaction, 200, [0.8, 0.75, 0.85, 0.9], Verdict::Weak));
        assert_eq!(
            unhappy.zh,
            "满意率约 80.0%（75.0% 至 85.0%），同组约 90.0%，按 200 条评价估计，比应有的多约 20 条不满意的评价。"
        );
        let few = words(&found(Measure::Satisfaction, 1, [0.8, 0.1, 0.9, 0.9], Verdict::TooFew));
        assert_eq!(
            (few.zh.as_str(), few.en.as_str()),
            ("1 条评价，太少，不能判断。", "1 rating: too few to tell.")
        );
        let near = words(&found(Measure::Resolution, 50, [0.85, 0.7, 0.9, 0.9], Verdict::Unclear));
        assert!(near.zh.ends_with("凭 50 个会话还不能确定。"), "{}", near.zh);
    }
}
