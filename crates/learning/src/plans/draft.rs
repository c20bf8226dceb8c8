//! Items proposed from needs, with the reason in words. Pure; a person decides.

use std::collections::{BTreeMap, BTreeSet};

use kexun_base::time::Day;
use kexun_importers::Lang;
use kexun_people::competences::Competence;
use kexun_people::staff::{Audience, StaffId};

use super::Item;
use crate::needs::{Evidence, NeedId};

/// A need about to be planned.
pub(crate) struct Asked {
    /// Which need.
    pub id: NeedId,
    /// What it is called.
    pub title: String,
    /// Of which field.
    pub competence: Option<Competence>,
    /// 1 to 3.
    pub severity: i32,
    /// What it was raised from, with what was merged into it.
    pub evidence: Vec<Evidence>,
    /// Whom it is about.
    pub people: BTreeSet<StaffId>,
}

/// When items may take place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    /// First day of the plan.
    pub from: Day,
    /// Last day of the plan.
    pub to: Day,
    /// Today.
    pub today: Day,
}

/// Items for needs: one for each field and figure, the weightiest first.
pub(super) fn propose(needs: &[Asked], days: Days, english: bool) -> Vec<Item> {
    let mut groups: BTreeMap<(Competence, Option<String>), Vec<&Asked>> = BTreeMap::new();
    for need in needs {
        let figure = need.evidence.first().map(|e| e.key.clone());
        // Nobody said of which field it is: answering on chat is what all of them do.
        let competence = need.competence.unwrap_or(Competence::Chat);
        groups.entry((competence, figure)).or_default().push(need);
    }
    let mut items: Vec<(i32, Item)> = groups
        .into_iter()
        .map(|((competence, figure), group)| item(competence, figure, &group, days, english))
        .collect();
    items.sort_by_key(|(weight, _)| -weight);
    items.into_iter().map(|(_, item)| item).collect()
}

fn item(
    competence: Competence,
    figure: Option<String>,
    group: &[&Asked],
    days: Days,
    english: bool,
) -> (i32, Item) {
    let worst = group.iter().map(|need| need.severity).max().unwrap_or(1).clamp(1, 3);
    let people: BTreeSet<StaffId> = group.iter().flat_map(|need| need.people.iter().copied()).collect();
    let weight = group.iter().map(|n| n.severity * i32::try_from(n.people.len().max(1)).unwrap_or(1)).sum();
    let from = days.today.max(days.from).min(days.to);
    // What is grave is to be taught within two weeks, what is slight within two months.
    let within = [60, 30, 14][usize::try_from(worst - 1).unwrap_or(0)];
    let evidence: Vec<&Evidence> = group.iter().flat_map(|need| &need.evidence).collect();
    let proposed = Item {
        id: None,
        title: title(competence, &evidence, group, english),
        contents: String::new(),
        competence,
        figure,
        target: target(&evidence, english),
        audience: Audience { staff: people, ..Audience::default() },
        lecturer: None,
        minutes: 30 + 30 * worst,
        from,
        to: from.plus(within).min(days.to),
        reason: reason(group, &evidence, english),
        needs: group.iter().map(|need| need.id).collect(),
        budget: 0,
    };
    (weight, proposed)
}

fn title(competence: Competence, evidence: &[&Evidence], group: &[&Asked], english: bool) -> String {
    let field = competence.name(if english { Lang::En } else { Lang::Zh });
    match (evidence.first(), group) {
        (Some(first), _) if english => format!("{field}: {}", first.figure.en),
        (Some(first), _) => format!("{field}：{}", first.figure.zh),
        (None, [only]) if english => format!("{field}: {}", only.title),
        (None, [only]) => format!("{field}：{}", only.title),
        (None, _) => field.to_owned(),
    }
    .chars()
    .take(120)
    .collect()
}

/// Why: how many, in what, by how much, and what people said.
fn reason(group: &[&Asked], evidence: &[&Evidence], english: bool) -> String {
    let mut parts = Vec::new();
    for of_figure in by_figure(evidence) {
        parts.push(of_evidence(&of_figure, english));
    }
    let said: Vec<&&Asked> = group.iter().filter(|need| need.evidence.is_empty()).collect();
    if !said.is_empty() {
        let titles: Vec<String> = said.iter().map(|need| format!("“{}”", need.title)).collect();
        let n = titles.len();
        parts.push(if english {
            format!("{n} reported: {}.", titles.join(", "))
        } else {
            format!("{n} 条上报：{}。", titles.join("、"))
        });
    }
    let reason = parts.join(if english { " " } else { "" });
    reason.chars().take(4000).collect()
}

/// Evidence figure by figure, in the order in which the figures first appear: needs of several figures can
/// be merged, and seconds and shares have no range in common.
fn by_figure<'a>(evidence: &[&'a Evidence]) -> Vec<Vec<&'a Evidence>> {
    let mut figures: Vec<Vec<&'a Evidence>> = Vec::new();
    for &one in evidence {
        match figures.iter_mut().find(|of| of[0].key == one.key) {
            Some(of) => of.push(one),
            None => figures.push(vec![one]),
        }
    }
    figures
}

/// A sentence about evidence of one figure, of which there is some.
fn of_evidence(evidence: &[&Evidence], english: bool) -> String {
    let first = evidence[0];
    let told = |value: f64| told(value, &first.unit, english);
    let range = |values: Vec<f64>| {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if told(low) == told(high) { told(low) } else { format!("{}–{}", told(low), told(high)) }
    };
    let accounts: BTreeSet<_> = evidence.iter().map(|e| e.account).collect();
    let estimates = range(evidence.iter().map(|e| e.estimate).collect());
    let peers: Vec<f64> = evidence.iter().filter(|e| e.against == "peers").filter_map(|e| e.peers).collect();
    let targets: Vec<f64> =
        evidence.iter().filter(|e| e.against == "target").filter_map(|e| e.target).collect();
    let from = evidence.iter().map(|e| e.from).min().unwrap_or(first.from);
    let to = evidence.iter().map(|e| e.to).max().unwrap_or(first.to);
    let cases: u64 = evidence.iter().map(|e| e.n).sum();
    let n = accounts.len();
    let against = |list: Vec<f64>, words: &str| (!list.is_empty()).then(|| format!("{words}{}", range(list)));
    if english {
        let worse = if first.unit == "seconds" { "slower" } else { "weaker" };
        let yardsticks = [against(peers, "team "), against(targets, "target ")];
        let yardsticks: Vec<String> = yardsticks.into_iter().flatten().collect();
        return format!(
            "{n} agent{} {worse} than the team or the target in {}: about {estimates} ({}; {from} to {to}, {cases} cases).",
            if n == 1 { "" } else { "s" },
            first.figure.en,
            yardsticks.join(", "),
        );
    }
    let worse = match (first.unit.as_str(), peers.is_empty()) {
        (_, true) => "未达目标",
        ("seconds", false) => "慢于同组",
        (_, false) => "弱于同组",
    };
    let yardsticks = [against(peers, "同组约 "), against(targets, "目标 ")];
    let yardsticks: Vec<String> = yardsticks.into_iter().flatten().collect();
    // A figure whose name begins with a number stands apart from the word before it.
    let apart = if first.figure.zh.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
    format!(
        "{n} 位客服{apart}{}{worse}：约 {estimates}（{}；{from} 至 {to}，共 {cases} 例）。",
        first.figure.zh,
        yardsticks.join("，"),
    )
}

fn told(value: f64, unit: &str, english: bool) -> String {
    match (unit, english) {
        ("seconds", true) => format!("{value:.0} s"),
        ("seconds", false) => format!("{value:.0} 秒"),
        (_, true) => format!("{:.1} %", 100.0 * value),
        (_, false) => format!("{:.1}%", 100.0 * value),
    }
}

/// What is to be reached: what the others do, or the target.
fn target(evidence: &[&Evidence], english: bool) -> String {
    let Some(first) = evidence.first() else { return String::new() };
    let told = |value| told(value, &first.unit, english);
    match (first.target, first.peers) {
        (Some(target), _) if english => format!("reach the target, {}", told(target)),
        (Some(target), _) => format!("达到目标 {}", told(target)),
        (None, Some(peers)) if english => format!("as the rest of the team, about {}", told(peers)),
        (None, Some(peers)) => format!("达到同组水平，约 {}", told(peers)),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;
    use kexun_people::staff::AccountId;
    use kexun_people::tenants::ShopId;

    use super::*;
    use crate::needs::Said;

    fn evidence(n: u128, key: &str, estimate: f64) -> Evidence {
        let said = |zh: &str, en: &str| Said { zh: zh.into(), en: en.into() };
        Evidence {
            key: key.into(),
            figure: said("首次响应时间", "First response"),
            unit: "seconds".into(),
            from: Day(0),
            to: Day(27),
            account: AccountId(Uuid::from_u128(n)),
            account_name: "a".into(),
            shop: ShopId(Uuid::nil()),
            team: None,
            n: 60,
            value: estimate,
            estimate,
            low: estimate,
            high: estimate,
            peers: Some(25.0),
            target: None,
            against: "peers".into(),
            certainty: 0.99,
            words: said("", ""),
        }
    }

    fn asked(n: u128, severity: i32, evidence: Vec<Evidence>) -> Asked {
        Asked {
            id: NeedId(Uuid::from_u128(n)),
            title: format!("难点{n}"),
            competence: Some(if evidence.is_empty() { Competence::Product } else { Competence::Chat }),
            severity,
            evidence,
            people: BTreeSet::from([StaffId(Uuid::from_u128(n))]),
        }
    }

    #[test]
    fn needs_of_one_figure_become_one_item_with_its_reason() {
        let needs = [
            asked(1, 1, vec![]),
            asked(2, 3, vec![evidence(2, "first_response", 63.0)]),
            asked(3, 2, vec![evidence(3, "first_response", 41.0)]),
        ];
        let days = Days { from: Day(0), to: Day(100), today: Day(30) };
        let items = propose(&needs, days, false);
        let [first, second] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!(first.title, "接待效率：首次响应时间");
        assert_eq!(
            first.reason,
            "2 位客服首次响应时间慢于同组：约 41 秒–63 秒（同组约 25 秒；1970-01-01 至 1970-01-28，共 120 例）。"
        );
        assert_eq!((first.minutes, first.from, first.to), (120, Day(30), Day(44)));
        assert_eq!(first.audience.staff.len(), 2);
        assert_eq!(
            (second.title.as_str(), second.reason.as_str()),
            ("商品知识：难点1", "1 条上报：“难点1”。")
        );
        let english = propose(&needs, days, true);
        assert!(english[0].reason.starts_with("2 agents slower than the team"), "{}", english[0].reason);
    }

    #[test]
    fn figures_that_were_merged_keep_a_sentence_and_a_unit_each() {
        let satisfaction = Evidence {
            figure: Said { zh: "满意度".into(), en: "Satisfaction".into() },
            unit: "share".into(),
            peers: Some(0.88),
            n: 40,
            ..evidence(3, "satisfaction", 0.71)
        };
        let merged =
            vec![evidence(2, "first_response", 63.0), satisfaction, evidence(4, "first_response", 41.0)];
        let days = Days { from: Day(0), to: Day(100), today: Day(30) };
        let items = propose(&[asked(2, 3, merged)], days, false);
        let [only] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!(
            only.reason,
            "2 位客服首次响应时间慢于同组：约 41 秒–63 秒（同组约 25 秒；1970-01-01 至 1970-01-28，共 120 例）。\
             1 位客服满意度弱于同组：约 71.0%（同组约 88.0%；1970-01-01 至 1970-01-28，共 40 例）。"
        );
        assert_eq!(
            (only.figure.as_deref(), only.target.as_str()),
            (Some("first_response"), "达到同组水平，约 25 秒")
        );
    }

    #[test]
    fn an_item_stays_within_the_plan() {
        let needs = [asked(1, 1, vec![])];
        let late = propose(&needs, Days { from: Day(0), to: Day(5), today: Day(30) }, false);
        assert_eq!((late[0].from, late[0].to), (Day(5), Day(5)));
        let early = propose(&needs, Days { from: Day(40), to: Day(50), today: Day(30) }, false);
        assert_eq!((early[0].from, early[0].to), (Day(40), Day(50)));
    }
}
