//! What was found, in a sentence that a director can trust: the size with its interval, and no more than
//! the data can bear. Pure.

use kexun_service::kpi::rules::{Better, Text, Unit};

use super::outcome::{Effect, EffectLack, EffectVerdict, Lacking, Outcome, Trend};

/// Which way it went, if it went: a difference is one only where the interval leaves out zero.
pub(super) fn verdict(effect: &Effect, better: Option<Better>) -> EffectVerdict {
    let rose = effect.low > 0.0;
    match better {
        _ if !rose && effect.high >= 0.0 => EffectVerdict::NoDifference,
        None => EffectVerdict::Changed,
        Some(Better::Up) if rose => EffectVerdict::Better,
        Some(Better::Down) if !rose => EffectVerdict::Better,
        Some(_) => EffectVerdict::Worse,
    }
}

/// The outcome in words, Chinese and English.
pub(super) fn words(outcome: &Outcome, unit: Unit) -> Text {
    match (&outcome.estimate, &outcome.lacking) {
        (Some(effect), _) => {
            let (found, trend) = (found(outcome.verdict, effect, unit), trend(outcome.trend.as_ref()));
            text(format!("{}；{}", found.zh, trend.zh), format!("{}; {}", found.en, trend.en))
        }
        (None, Some(lacking)) => {
            let lack = lack(lacking, outcome.left_out.is_some());
            text(
                format!("数据太少，还不能判断：{}", lack.zh),
                format!("Not enough data to tell: {}", lack.en),
            )
        }
        (None, None) => text("数据太少，还不能判断".to_owned(), "Not enough data to tell".to_owned()),
    }
}

fn text(zh: String, en: String) -> Text {
    Text { zh, en }
}

fn found(verdict: EffectVerdict, effect: &Effect, unit: Unit) -> Text {
    let scale = Scale::of(unit, effect);
    let (low, high) = (effect.low, effect.high);
    if verdict == EffectVerdict::NoDifference {
        let (low, high) = (scale.signed(low), scale.signed(high));
        return text(
            format!("看不出差别：95% 区间 {low} 至 {high}{}", scale.zh),
            format!("No difference can be seen: 95% interval {low} to {high}{}", scale.en),
        );
    }
    let rose = effect.effect > 0.0;
    let (zh, en) = match (unit, rose) {
        (Unit::Seconds, true) => ("延长了", "Longer"),
        (Unit::Seconds, false) => ("缩短了", "Shorter"),
        (_, true) => ("提高了", "Up"),
        (_, false) => ("降低了", "Down"),
    };
    let (near, far) = if rose { (low, high) } else { (-high, -low) };
    let (size, near, far) = (scale.plain(effect.effect.abs()), scale.plain(near), scale.plain(far));
    text(
        format!("{zh} {size}{}（95% 区间 {near}–{far}）", scale.zh),
        format!("{en} by {size}{} (95% interval {near}–{far})", scale.en),
    )
}

/// More decimals than this are no help to anybody.
const MOST_DECIMALS: usize = 6;

/// How numbers of a unit are told: as finely as their interval is narrow.
struct Scale {
    factor: f64,
    decimals: usize,
    zh: &'static str,
    en: &'static str,
}

impl Scale {
    fn of(unit: Unit, effect: &Effect) -> Scale {
        let (factor, zh, en) = match unit {
            Unit::Seconds => (1.0, " 秒", " s"),
            Unit::Share => (100.0, " 个百分点", " percentage points"),
            Unit::Count | Unit::Ratio => (1.0, "", ""),
        };
        // The interval decides how many decimals mean something.
        let width = (effect.high - effect.low) * factor;
        let decimals = if width >= 10.0 {
            0
        } else if width >= 1.0 {
            1
        } else {
            2
        };
        let mut scale = Scale { factor, decimals, zh, en };
        // An interval that leaves out zero must not be told as one that begins with it.
        let nearest = effect.low.abs().min(effect.high.abs());
        while (effect.low > 0.0 || effect.high < 0.0)
            && scale.decimals < MOST_DECIMALS
            && scale.is_nothing(nearest)
        {
            scale.decimals += 1;
        }
        scale
    }

    /// Whether nothing of a size is left when it is told.
    fn is_nothing(&self, size: f64) -> bool {
        self.plain(size).bytes().all(|b| matches!(b, b'0' | b'.'))
    }

    fn plain(&self, value: f64) -> String {
        format!("{:.*}", self.decimals, value * self.factor)
    }

    fn signed(&self, value: f64) -> String {
        if self.is_nothing(value.abs()) {
            return "0".to_owned();
        }
        format!("{}{}", if value < 0.0 { "−" } else { "+" }, self.plain(value.abs()))
    }
}

fn trend(trend: Option<&Trend>) -> Text {
    match trend {
        Some(trend) if trend.differs => text(
            "但培训前两组走势已不同，结果要谨慎看".to_owned(),
            "but both groups moved apart already before, so take it with care".to_owned(),
        ),
        Some(_) => text(
            "培训前两组走势未见异常".to_owned(),
            "both groups moved alike before, as far as can be seen".to_owned(),
        ),
        None => text(
            "培训前的周数太少，走势无法核对".to_owned(),
            "too few weeks before to check that both groups moved alike".to_owned(),
        ),
    }
}

fn lack(lacking: &Lacking, chosen: bool) -> Text {
    let (found, needed) = (lacking.found.floor(), lacking.needed.ceil());
    match lacking.what {
        EffectLack::Trained => text(
            format!("培训前后都有数据的受训人员 {found} 人，至少需要 {needed} 人"),
            format!("{found} of the trained have figures before and after; it takes {needed}"),
        ),
        EffectLack::Controls => text(
            format!("前后都有数据的可比人员 {found} 人，至少需要 {needed} 人"),
            format!("{found} people to compare with have figures before and after; it takes {needed}"),
        ),
        EffectLack::Before if chosen => text(
            "除去据以选人的那几周，受训人员在培训前没有数据".to_owned(),
            "without the weeks by which they were chosen, those trained have no figures before the training"
                .to_owned(),
        ),
        EffectLack::Before => text(
            "受训人员在培训前没有数据".to_owned(),
            "those trained have no figures before the training".to_owned(),
        ),
        EffectLack::After => text(
            "受训人员在培训后还没有数据".to_owned(),
            "those trained have no figures after the training yet".to_owned(),
        ),
        EffectLack::Cases => text(
            format!("其中一组只有 {found} 例，至少需要 {needed} 例"),
            format!("one side has {found} cases; it takes {needed}"),
        ),
        EffectLack::Common => text(
            "两组没有同时有数据的周".to_owned(),
            "there is no week in which both groups have figures".to_owned(),
        ),
        EffectLack::Scatter => text(
            "数值都一样，没有波动，说不出有多少把握".to_owned(),
            "all values are alike: without any ups and downs nobody can say how sure it is".to_owned(),
        ),
        EffectLack::Spread => {
            text("结果几乎只取决于一两个人".to_owned(), "one or two people decide almost alone".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use kexun_base::time::Day;

    use super::*;
    use crate::evaluation::outcome::{ComparedWith, People, Table};

    fn outcome(interval: [f64; 3], better: Option<Better>, trend: Option<(f64, f64)>) -> Outcome {
        let [effect, low, high] = interval;
        let estimate = Effect { effect, se: 1.0, dof: 9.0, low, high, p: 0.01 };
        let differs = |(low, high): (f64, f64)| low > 0.0 || high < 0.0;
        Outcome {
            verdict: verdict(&estimate, better),
            estimate: Some(estimate),
            lacking: None,
            trend: trend.map(|(low, high)| Trend {
                slope: 0.0,
                low,
                high,
                p: 0.5,
                differs: differs((low, high)),
            }),
            first_day: Day(0),
            last_day: Day(0),
            comparison: ComparedWith::Team,
            trained: People::default(),
            controls: People::default(),
            beyond_reach: 0,
            taught_elsewhere: 0,
            left_out: None,
            table: Table::default(),
            weeks: Vec::new(),
            since: Vec::new(),
        }
    }

    #[test]
    fn a_change_is_told_with_its_interval() {
        let shorter = outcome([-23.4, -37.2, -9.1], Some(Better::Down), Some((-1.0, 1.0)));
        assert_eq!(shorter.verdict, EffectVerdict::Better);
        let told = words(&shorter, Unit::Seconds);
        assert_eq!(told.zh, "缩短了 23 秒（95% 区间 9–37）；培训前两组走势未见异常");
        assert_eq!(
            told.en,
            "Shorter by 23 s (95% interval 9–37); both groups moved alike before, as far as can be seen"
        );
        let fewer = outcome([-0.032, -0.053, -0.011], Some(Better::Up), Some((0.1, 0.2)));
        assert_eq!(fewer.verdict, EffectVerdict::Worse);
        let told = words(&fewer, Unit::Share);
        assert_eq!(told.zh, "降低了 3.2 个百分点（95% 区间 1.1–5.3）；但培训前两组走势已不同，结果要谨慎看");
        assert_eq!(outcome([0.5, 0.1, 0.9], None, None).verdict, EffectVerdict::Changed);
    }

    #[test]
    fn an_interval_with_zero_in_it_is_no_difference() {
        let nothing = outcome([1.0, -5.0, 8.0], Some(Better::Down), None);
        assert_eq!(nothing.verdict, EffectVerdict::NoDifference);
        let told = words(&nothing, Unit::Seconds);
        assert_eq!(told.zh, "看不出差别：95% 区间 −5 至 +8 秒；培训前的周数太少，走势无法核对");
        assert_eq!(outcome([1.0, 0.0, 2.0], Some(Better::Up), None).verdict, EffectVerdict::NoDifference);
        assert_eq!(outcome([-1.0, -2.0, 0.0], Some(Better::Up), None).verdict, EffectVerdict::NoDifference);
    }

    #[test]
    fn an_interval_without_zero_is_not_told_with_it() {
        let near = outcome([-6.1, -11.8, -0.4], Some(Better::Down), None);
        let told = words(&near, Unit::Seconds);
        assert!(told.zh.starts_with("缩短了 6.1 秒（95% 区间 0.4–11.8）"), "{}", told.zh);
        let nearer = outcome([0.06, 0.000_02, 0.12], Some(Better::Up), None);
        let told = words(&nearer, Unit::Share);
        assert!(
            told.en.starts_with("Up by 6.000 percentage points (95% interval 0.002–12.000)"),
            "{}",
            told.en
        );
        // An end at the other side of zero may be told as zero: that interval holds it.
        let across = outcome([6.0, -0.2, 12.2], Some(Better::Up), None);
        assert!(words(&across, Unit::Seconds).en.contains("95% interval 0 to +12 s"));
    }

    #[test]
    fn values_all_alike_are_no_certainty() {
        let mut alike = outcome([0.0; 3], None, None);
        alike.estimate = None;
        alike.lacking = Some(Lacking { what: EffectLack::Scatter, found: 0.0, needed: 1.0 });
        let told = words(&alike, Unit::Share);
        assert_eq!(told.zh, "数据太少，还不能判断：数值都一样，没有波动，说不出有多少把握");
        assert!(told.en.contains("all values are alike"), "{}", told.en);
    }

    #[test]
    fn too_little_is_said_to_be_too_little() {
        let mut few = outcome([0.0; 3], None, None);
        few.estimate = None;
        few.lacking = Some(Lacking { what: EffectLack::Trained, found: 2.0, needed: 3.0 });
        let told = words(&few, Unit::Share);
        assert_eq!(told.zh, "数据太少，还不能判断：培训前后都有数据的受训人员 2 人，至少需要 3 人");
        assert!(told.en.starts_with("Not enough data to tell: 2 of the trained"), "{}", told.en);
    }
}
