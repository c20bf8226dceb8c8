//! Mobile numbers in Chinese numerals, wholly or partly: 幺三八零零…, 138一二三四5678. Typed so that the platform's
//! own filter does not see them.
//!
//! Exactly eleven numerals in a row, at least four of them Chinese: prices and dates in words have 十, 百, 千, 万 or 年
//! among them and are shorter.

use super::context::{self, Topic};
use super::{Kind, Span, checks};

pub(super) fn find(chars: &[char], spans: &mut Vec<Span>) {
    let mut at = 0;
    while at < chars.len() {
        if numeral(chars[at]).is_none() {
            at += 1;
            continue;
        }
        let start = at;
        let mut end = at;
        let mut digits = Vec::new();
        let mut han = 0;
        while at < chars.len() {
            match numeral(chars[at]) {
                Some(digit) => {
                    digits.push(digit);
                    han += usize::from(!chars[at].is_ascii_digit());
                    end = at + 1;
                }
                None if matches!(chars[at], ' ' | '-' | '.') && end == at => {}
                None => break,
            }
            at += 1;
        }
        let glued = start > 0 && chars[start - 1].is_ascii_alphanumeric();
        if han >= 4
            && checks::is_mobile(&digits)
            && !glued
            && context::directly_before(chars, start, digits.len()) != Some(Topic::Other)
            && !context::other_behind(chars, end)
        {
            spans.push(Span { kind: Kind::Mobile, start, end });
        }
    }
}

fn numeral(ch: char) -> Option<u8> {
    Some(match ch {
        '0'..='9' => ch as u8 - b'0',
        '零' | '〇' | '洞' => 0,
        '一' | '幺' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' | '拐' => 7,
        '八' | '捌' => 8,
        '九' | '玖' | '勾' => 9,
        _ => return None,
    })
}
