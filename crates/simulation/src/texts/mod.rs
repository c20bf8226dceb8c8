//! The words of the chats, in text files beside this one so that they can be read and mended
//! as what they are. All are our own writing.
//!
//! A situation file holds blocks: `@ key | 中文名 | English name | phase | lines | weight`, then
//! `?` openings of the customer, `!` good answers, `~` poor answers, and `> question | good
//! answer | poor answer` for what follows. The pool file holds blocks `@ name` of plain lines.
//! `{…}` are slots, filled by `render`.

use std::sync::LazyLock;

use crate::model::ProductLine;

/// Before or after the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// 售前
    PreSales,
    /// 售后
    AfterSales,
    /// 投诉: for the complaints team where there is one, else for after-sales.
    Complaint,
}

/// A question that follows the first answer, with its answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exchange {
    pub question: &'static str,
    pub good: &'static str,
    pub poor: &'static str,
}

/// What a conversation is about.
#[derive(Debug, Clone)]
pub struct Situation {
    /// Stable key.
    pub key: &'static str,
    /// Chinese name; the `type` of contacts.
    pub name: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Before or after the order.
    pub phase: Phase,
    /// Product lines in which it occurs.
    pub lines: Vec<ProductLine>,
    pub(crate) weight: f64,
    pub(crate) openings: Vec<&'static str>,
    pub(crate) good: Vec<&'static str>,
    pub(crate) poor: Vec<&'static str>,
    pub(crate) follow: Vec<Exchange>,
}

impl Situation {
    /// Number of different lines of the customer, of the agent in good and in poor style.
    pub fn variants(&self) -> (usize, usize, usize) {
        let follow = self.follow.len();
        (self.openings.len() + follow, self.good.len() + follow, self.poor.len() + follow)
    }
}

/// Lines that fit any situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pool {
    Hello,
    Robot,
    RobotNight,
    NightAgain,
    Extra,
    Nudge,
    Again,
    AgentHello,
    Curt,
    Transfer,
    TransferSystem,
    TransferHello,
    Thanks,
    ThanksAnswer,
    Closing,
    Invite,
    Outbound,
    OutboundReply,
    OutboundAnswer,
    Personal,
    Praise,
    Blame,
}

impl Pool {
    const NAMES: [&'static str; 22] = [
        "hello",
        "robot",
        "robot_night",
        "night_again",
        "extra",
        "nudge",
        "again",
        "agent_hello",
        "curt",
        "transfer",
        "transfer_system",
        "transfer_hello",
        "thanks",
        "thanks_answer",
        "closing",
        "invite",
        "outbound",
        "outbound_reply",
        "outbound_answer",
        "personal",
        "praise",
        "blame",
    ];

    /// Its lines; never empty.
    pub(crate) fn lines(self) -> &'static [&'static str] {
        &POOLS[self as usize]
    }
}

static SITUATIONS: LazyLock<Vec<Situation>> = LazyLock::new(|| {
    let files = [
        include_str!("presales.txt"),
        include_str!("logistics.txt"),
        include_str!("returns.txt"),
        include_str!("service.txt"),
    ];
    files.iter().flat_map(|file| parse_situations(file)).collect()
});

static POOLS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let blocks = blocks(include_str!("pools.txt"));
    let find = |name: &&str| blocks.iter().find(|(head, _)| head == name).map(|(_, lines)| lines.clone());
    Pool::NAMES.iter().map(|name| find(name).unwrap_or_default()).collect()
});

/// All situations that chats are about.
pub fn situations() -> &'static [Situation] {
    &SITUATIONS
}

/// Splits a file into blocks: the words after `@`, and the lines up to the next.
fn blocks(file: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in file.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(head) = line.strip_prefix('@') {
            all.push((head.trim(), Vec::new()));
        } else if let Some((_, lines)) = all.last_mut() {
            lines.push(line);
        }
    }
    all
}

fn parse_situations(file: &'static str) -> Vec<Situation> {
    let parse = |(head, lines): (&'static str, Vec<&'static str>)| {
        let parts: Vec<&'static str> = head.split('|').map(str::trim).collect();
        let &[key, name, name_en, phase, sold, weight] = parts.as_slice() else {
            panic!("situation head needs six parts: {head}");
        };
        let marked = |mark| lines.iter().filter_map(|l| l.strip_prefix(mark)).map(str::trim).collect();
        let follow = lines.iter().filter_map(|l| l.strip_prefix('>')).map(exchange).collect();
        Situation {
            key,
            name,
            name_en,
            phase: phase_of(phase),
            lines: sold_in(sold),
            weight: weight.parse().expect("embedded weights are numbers"),
            openings: marked('?'),
            good: marked('!'),
            poor: marked('~'),
            follow,
        }
    };
    blocks(file).into_iter().map(parse).collect()
}

fn exchange(line: &'static str) -> Exchange {
    let mut parts = line.split('|').map(str::trim);
    let mut next = || parts.next().unwrap_or_else(|| panic!("an exchange has three parts: {line}"));
    Exchange { question: next(), good: next(), poor: next() }
}

fn phase_of(word: &str) -> Phase {
    match word {
        "pre" => Phase::PreSales,
        "complaint" => Phase::Complaint,
        _ => Phase::AfterSales,
    }
}

fn sold_in(words: &str) -> Vec<ProductLine> {
    use ProductLine::{Apparel, Baby, Electronics, Food, Home};
    let named =
        [("apparel", Apparel), ("electronics", Electronics), ("food", Food), ("home", Home), ("baby", Baby)];
    let wanted = |word: &str| words == "all" || words.split(' ').any(|w| w == word);
    named.into_iter().filter(|(word, _)| wanted(word)).map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn situations_are_rich_enough() {
        assert!(situations().len() >= 25, "{}", situations().len());
        for situation in situations() {
            let (customer, good, poor) = situation.variants();
            assert!(situation.openings.len() >= 8, "{}", situation.key);
            assert!(customer >= 8 && good >= 8 && poor >= 8, "{}: {customer} {good} {poor}", situation.key);
            assert!(situation.weight > 0.0 && !situation.lines.is_empty(), "{}", situation.key);
            assert!(situation.follow.len() >= 3, "{}", situation.key);
        }
        let mut keys: Vec<_> = situations().iter().map(|s| s.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), situations().len(), "keys are unique");
    }

    #[test]
    fn pools_are_filled() {
        for (name, lines) in Pool::NAMES.iter().zip(POOLS.iter()) {
            assert!(lines.len() >= 8, "{name}: {}", lines.len());
        }
        assert_eq!(Pool::Blame as usize + 1, Pool::NAMES.len());
    }
}
