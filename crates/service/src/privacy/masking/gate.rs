//! The fast path: one pass that counts the characters without which no piece exists.
//!
//! It may say yes in vain (the finders then find nothing) but never no where a finder would find something. It costs a
//! table look-up per character; ordinary small talk ends here.

use super::charset::decode;

/// What a text may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct MayHold {
    pub numbers: bool,
    pub email: bool,
    pub address: bool,
    pub name: bool,
}

impl MayHold {
    pub fn anything(self) -> bool {
        self.numbers || self.email || self.address || self.name
    }
}

const HAN_DIGITS: &str = "零〇洞一二三四五六七八九十百幺拐勾两壹贰叁肆伍陆柒捌玖";
/// With these a house number may begin or end besides digits.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ甲乙丙丁附第";
/// Directly behind a number these make a part of an address.
const UNITS: &str = "号栋幢座塔室弄组队层楼户房区期单";
/// These end the names of roads, villages and housing estates, which can be an address without any number.
const SITES: &str = "路街道巷胡村屯区园苑寓墅庄邸庭舍院馆";
/// These end the names of estates and buildings only directly before a number.
const HOUSES: &str = "城府湾居轩阁郡里际厂厦场楼心学校司店";
/// These end the labels of names, and separate them from the name.
const LABELS: &str = "人名:：";
/// Without width: a number goes on behind them.
const SILENT: &str = "\u{ad}\u{34f}\u{61c}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2060}\u{2061}\u{2062}\u{2063}\u{2064}\u{2066}\u{2067}\u{2068}\u{2069}\u{20e3}\u{fe00}\u{fe01}\u{fe02}\u{fe03}\u{fe04}\u{fe05}\u{fe06}\u{fe07}\u{fe08}\u{fe09}\u{fe0a}\u{fe0b}\u{fe0c}\u{fe0d}\u{fe0e}\u{fe0f}\u{feff}";

const DIGIT: u16 = 1;
const HAN_DIGIT: u16 = 2;
const LETTER: u16 = 4;
const AT: u16 = 8;
const UNIT: u16 = 16;
const SITE: u16 = 32;
const HOUSE: u16 = 64;
const LABEL: u16 = 128;
const SILENCE: u16 = 256;

/// The classes of a character, for the characters below U+10000: a page of 64 for every 64 characters, one shared page
/// for all that hold nothing, so that the tables of an ordinary text stay in the nearest cache.
struct Classes {
    page_of: [u8; 1024],
    pages: [[u16; 64]; PAGES],
}

const PAGES: usize = 112;

static CLASSES: Classes = classes();

const fn classes() -> Classes {
    let mut table = Classes { page_of: [0; 1024], pages: [[0; 64]; PAGES] };
    let mut used = 1;
    used = add(&mut table, used, "0123456789０１２３４５６７８９", DIGIT);
    used = add(&mut table, used, HAN_DIGITS, HAN_DIGIT);
    used = add(&mut table, used, LETTERS, LETTER);
    used = add(&mut table, used, "@＠", AT);
    used = add(&mut table, used, UNITS, UNIT);
    used = add(&mut table, used, SITES, SITE);
    used = add(&mut table, used, HOUSES, HOUSE);
    used = add(&mut table, used, LABELS, LABEL);
    used = add(&mut table, used, SILENT, SILENCE);
    assert!(used <= PAGES, "every page has a place");
    table
}

/// Gives the characters of `list` the class; `used` pages are taken before, the result after.
const fn add(table: &mut Classes, mut used: usize, list: &str, class: u16) -> usize {
    let mut at = 0;
    while at < list.len() {
        let (code, len) = decode(list.as_bytes(), at);
        if table.page_of[code >> 6] == 0 {
            table.page_of[code >> 6] = used as u8;
            used += 1;
        }
        table.pages[table.page_of[code >> 6] as usize][code & 63] |= class;
        at += len;
    }
    used
}

/// Looks over a text once.
pub(super) fn look(text: &str) -> MayHold {
    let (mut digits, mut han_digits, mut labels) = (0_u32, 0_u32, 0_u32);
    let mut seen = 0;
    let mut before = 0;
    // Whether a number stood directly before a unit, or a name's last word directly before a number.
    let (mut unit, mut door) = (false, false);
    for ch in text.chars() {
        let code = u32::from(ch) as usize;
        let class = if code < 0x1_0000 {
            CLASSES.pages[usize::from(CLASSES.page_of[code >> 6])][code & 63]
        } else {
            u16::from((0x1_d7ce..=0x1_d7ff).contains(&code)) * DIGIT
        };
        if class == 0 {
            before = 0;
            continue;
        }
        if class == SILENCE {
            continue;
        }
        seen |= class;
        digits += u32::from(class & DIGIT != 0);
        han_digits += u32::from(class & HAN_DIGIT != 0);
        labels += u32::from(class & LABEL != 0);
        unit |= class & UNIT != 0 && before & (DIGIT | HAN_DIGIT | LETTER) != 0;
        door |= class & (DIGIT | HAN_DIGIT | LETTER) != 0 && before & (UNIT | HOUSE) != 0;
        before = class;
    }
    MayHold {
        numbers: digits >= 7 || digits + han_digits >= 11,
        email: seen & AT != 0,
        address: unit || door || seen & SITE != 0,
        name: labels > 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::folded::Folded;
    use super::super::{Span, address, email, names, numbers, spoken};
    use super::*;

    const FRAGMENTS: &str = "浙江 杭州 省 市 西湖区 镇 街道 文三路 人民大道 与 交叉口 3 12 502 ３ - 号 栋 单元 室 楼 期 A 一 阳光小区 花园 翡翠城 万达广场 大厦 \
        王庄村 组 地址 地址: 寄到 收货人: 收货人 ： 张三 138 0013 8000 13800138000 0571 电话 幺三八零零幺三八零零零 a @ ＠ qq.com \u{200b} 𝟏 龙湖 软件园 国际 学校 胡同";

    #[test]
    fn never_says_no_where_a_finder_finds() {
        let fragments: Vec<&str> = FRAGMENTS.split_whitespace().collect();
        let mut state = 1_u64;
        let mut next = |end: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % end
        };
        for _ in 0..100_000 {
            let text: String = (0..1 + next(8)).map(|_| fragments[next(fragments.len())]).collect();
            let may_hold = look(&text);
            let chars = Folded::new(&text).chars;
            let finds = |find: fn(&[char], &mut Vec<Span>)| {
                let mut spans = Vec::new();
                find(&chars, &mut spans);
                !spans.is_empty()
            };
            assert!(may_hold.email || !finds(email::find), "{text}");
            assert!(may_hold.numbers || !(finds(numbers::find) || finds(spoken::find)), "{text}");
            assert!(may_hold.address || !finds(address::find), "{text}");
            assert!(may_hold.name || !finds(names::find), "{text}");
        }
    }
}
