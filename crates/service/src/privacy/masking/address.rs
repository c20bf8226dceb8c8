//! Postal addresses: markers that stand together, and enough of them.
//!
//! A place is personal once it narrows to a house, a building, a village or a housing estate. "发货地是浙江省杭州市吗"
//! and "拍3号链接" must stay; "文三路88号" and "3栋2单元502室" must go. So no single marker is an address: a road needs
//! its number, an estate its building, a number its road.

use super::context::starts_with;
use super::markers::{self, Marker, Sort, is_sentence};
use super::{Kind, Span};

/// The longest name without a word that ends it, between two markers: "88号**西湖国际**B座".
const LONGEST_GAP: usize = 6;

pub(super) fn find(chars: &[char], spans: &mut Vec<Span>) {
    let markers = markers::find(chars);
    let mut first = 0;
    while first < markers.len() {
        let mut end = first + 1;
        while end < markers.len() && stand_together(chars, markers[end - 1], markers[end]) {
            end += 1;
        }
        let group = &markers[first..end];
        let labelled = is_labelled(chars, group[0].start);
        let tail = tail(chars, group[group.len() - 1]);
        if is_address(chars, group, tail, labelled) {
            spans.push(Span { kind: Kind::Address, start: group[0].start, end: spot(chars, tail) });
        }
        first = end;
    }
}

fn stand_together(chars: &[char], left: Marker, right: Marker) -> bool {
    // Addresses narrow; a city behind a comma begins the next one: 北京某酒店、北京某公寓. Regions alone may have commas.
    let comma = chars[left.end..right.start].contains(&',');
    if right.sort == Sort::Region && comma && (left.sort != Sort::Region || right.start - left.end > 1) {
        return false;
    }
    let mut gap = left.end..right.start;
    while gap.start < gap.end && " ,-/.()".contains(chars[gap.start]) {
        gap.start += 1;
    }
    while gap.start < gap.end && " ,-/.()".contains(chars[gap.end - 1]) {
        gap.end -= 1;
    }
    let both_roads = left.sort == Sort::Road && right.sort == Sort::Road;
    if both_roads && matches!(chars[gap.clone()], ['与' | '和']) {
        return true;
    }
    let edges = (right.start - left.end) - gap.len();
    if gap.is_empty() {
        return edges <= 2;
    }
    // Behind a region a bare number is a date or a link: 杭州3号发货.
    let named = right.sort != Sort::Number || left.sort != Sort::Region;
    edges <= 2 && named && gap.len() <= LONGEST_GAP && !gap.into_iter().any(|at| is_sentence(chars, at))
}

/// Where the address ends: bare numbers directly behind the last marker are the door (3单元**502**, 阳光小区**3-2-501**).
fn tail(chars: &[char], last: Marker) -> usize {
    if matches!(last.sort, Sort::Region | Sort::Town | Sort::Village) {
        return last.end;
    }
    let at =
        last.end + usize::from(matches!(chars[last.end..], [' ' | '-', digit, ..] if digit.is_ascii_digit()));
    let run = chars[at..].iter().take_while(|ch| ch.is_ascii_digit() || **ch == '-').count();
    let digits = chars[at..at + run].iter().filter(|ch| ch.is_ascii_digit()).count();
    let closed =
        !chars.get(at + run).is_some_and(|ch| ch.is_ascii_alphanumeric() || "元块件个天.:".contains(*ch));
    let door = chars[at..].first().is_some_and(char::is_ascii_digit) && (1..=9).contains(&digits) && closed;
    if !door {
        return last.end;
    }
    at + run - chars[at..at + run].iter().rev().take_while(|ch| **ch == '-').count()
}

/// Where the address ends with the spot at the house: 东门, 菜鸟驿站.
fn spot(chars: &[char], mut end: usize) -> usize {
    const SPOTS: [&str; 24] = [
        "门口菜鸟驿站",
        "门口驿站",
        "门口快递柜",
        "菜鸟驿站",
        "快递驿站",
        "快递柜",
        "驿站",
        "丰巢",
        "东门",
        "西门",
        "南门",
        "北门",
        "正门",
        "后门",
        "门卫",
        "物业",
        "交叉口",
        "交汇处",
        "路口",
        "中段",
        "东段",
        "西段",
        "南段",
        "北段",
    ];
    while let Some(word) = SPOTS.iter().find(|word| starts_with(&chars[end..], word)) {
        end += word.chars().count();
    }
    end
}

/// Whether 地址 or the like stands directly before.
fn is_labelled(chars: &[char], start: usize) -> bool {
    let before: String = chars[start.saturating_sub(6)..start].iter().collect();
    let before = before.trim_end_matches([' ', ':', '是', '为', '在', '】', ']', '\n']);
    ["地址", "住址", "寄到", "寄往", "送到", "住在", "地址改成", "地址改为"]
        .iter()
        .any(|label| before.ends_with(label))
}

fn is_address(chars: &[char], group: &[Marker], tail: usize, labelled: bool) -> bool {
    let count = |sort: Sort| group.iter().filter(|marker| marker.sort == sort).count();
    let has = |sort: Sort| count(sort) > 0;
    let last = group[group.len() - 1];
    // A bare number behind the last marker, and whether it has the form of a door.
    let door = tail > last.end && chars[last.end..tail].iter().filter(|ch| ch.is_ascii_digit()).count() >= 3;
    let dashed = chars[last.end..tail].iter().skip(1).any(|ch| *ch == '-');
    let inner = [Sort::Block, Sort::Entrance, Sort::Room].into_iter().filter(|sort| has(*sort)).count();
    // Addresses narrow: a city behind the estate is the next shop of a list, not a part of this place.
    let regions = group.iter().take_while(|marker| matches!(marker.sort, Sort::Region | Sort::Town)).count();
    let follows = |number: Sort, sorts: &[Sort]| {
        group.windows(2).any(|pair| {
            pair[1].sort == number && sorts.contains(&pair[0].sort) && pair[1].start - pair[0].end <= 1
        })
    };
    let house = follows(Sort::Number, &[Sort::Road, Sort::Village, Sort::Estate, Sort::Building]);
    let site = has(Sort::Road) || has(Sort::Estate) || has(Sort::Village);
    house && (has(Sort::Road) || has(Sort::Village) || inner > 0 || regions > 0)
        || count(Sort::Road) > 1 && spot(chars, tail) > tail
        || has(Sort::Road) && (inner > 0 || tail > last.end && last.sort == Sort::Road)
        || (has(Sort::Estate) || has(Sort::Building)) && (inner > 0 || door && dashed)
        || inner >= 2
        || inner == 1 && last.sort == Sort::Block && door && tail - last.end <= 5
        || regions >= 2 && (has(Sort::Estate) || has(Sort::Village))
        || regions >= 3 && has(Sort::Road)
        || regions >= 1 && follows(Sort::Number, &[Sort::Town])
        || has(Sort::Village) && follows(Sort::Part, &[Sort::Village])
        || labelled && (site && (regions > 0 || group.len() > 1) || has(Sort::Estate) || inner > 0)
}
