//! The made set: each template filled ten times from one seed. Committed as text, so that what the figures speak of can
//! be read.

use std::fmt::Write;

const TEMPLATES: &str = include_str!("../data/masking-templates.txt");
const HEAD: &str = "# Made from masking-templates.txt by tests/masking/made.rs; see there. Do not edit.\n";
const TIMES: usize = 10;

/// The set as committed.
pub fn set() -> String {
    let mut dice = Dice(20_241_111);
    let mut set = String::from(HEAD);
    for template in TEMPLATES.lines().filter(|line| !line.starts_with('#')) {
        for _ in 0..TIMES {
            fill(template, &mut dice, &mut set);
            set.push('\n');
        }
    }
    set
}

fn fill(template: &str, dice: &mut Dice, set: &mut String) {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, after) = after.split_once('}').expect("every slot is closed");
        set.push_str(before);
        let (mark, text) = slot_text(slot, dice);
        match mark {
            Some(mark) => write!(set, "«{mark}:{text}»").expect("strings take everything"),
            None => set.push_str(&text),
        }
        rest = after;
    }
    set.push_str(rest);
}

/// A seeded generator (splitmix64): the set must be the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((value ^ (value >> 31)) % end as u64) as usize
    }

    pub fn digits(&mut self, len: usize) -> String {
        (0..len).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    pub fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }
}

/// The mark and the text of a slot; no mark where the text is neither personal nor number-like.
fn slot_text(slot: &str, dice: &mut Dice) -> (Option<char>, String) {
    let personal = match slot {
        "m" => ('m', mobile_as_typed(dice)),
        "M" => ('m', mobile(dice)),
        "l" => ('l', landline(dice)),
        "i" => ('i', identity(dice)),
        "c" => ('c', card(dice)),
        "e" => ('e', email(dice)),
        "a" => ('a', address(dice)),
        "s" => ('a', site(dice)),
        "n" => ('n', name(dice)),
        "n2" => return (None, name(dice)),
        "region" => return (None, region(dice)),
        other => ('x', lookalike(other, dice)),
    };
    (Some(personal.0), personal.1)
}

fn mobile(dice: &mut Dice) -> String {
    format!("1{}{}", dice.between(3, 9), dice.digits(9))
}

fn mobile_as_typed(dice: &mut Dice) -> String {
    let plain = mobile(dice);
    let (a, b, c) = (&plain[..3], &plain[3..7], &plain[7..]);
    match dice.below(14) {
        0 => format!("{a} {b} {c}"),
        1 => format!("{a}-{b}-{c}"),
        2 => wide(&plain),
        3 => format!("+86{plain}"),
        4 => format!("+86 {a} {b} {c}"),
        5 => format!("0086-{plain}"),
        6 => format!("86{plain}"),
        7 => format!("{a}.{b}.{c}"),
        8 => plain.chars().map(String::from).collect::<Vec<_>>().join(" "),
        9 => format!("{a}\u{200b}{b}\u{200b}{c}"),
        10 => plain
            .chars()
            .map(|ch| "零幺二三四五六七八九".chars().nth(ch as usize - 48).expect("a digit"))
            .collect(),
        11 => format!("{a}\u{3000}{b}\u{3000}{c}"),
        _ => plain,
    }
}

fn wide(text: &str) -> String {
    text.chars().map(|ch| char::from_u32(u32::from(ch) + 0xfee0).expect("full-width forms")).collect()
}

fn landline(dice: &mut Dice) -> String {
    let long = dice.below(2) == 0;
    let code = if long {
        dice.one(&["010", "021", "022", "023", "025", "027", "028", "020"])
    } else {
        dice.one(&["0571", "0755", "0512", "0531", "0311", "0851", "0991", "0898"])
    };
    let number = format!("{}{}", dice.between(2, 8), dice.digits(7));
    match dice.below(6) {
        0 => format!("{code}{number}"),
        1 => format!("({code}){number}"),
        2 => format!("{code} {number}"),
        3 => format!("（{code}）{} {}", &number[..4], &number[4..]),
        4 => format!("{code}-{number}-{}", dice.between(100, 8999)),
        _ => format!("{code}-{number}"),
    }
}

fn identity(dice: &mut Dice) -> String {
    let place = dice.one(&[
        "110105", "310104", "440305", "330106", "510107", "420106", "370202", "650102", "230103", "460105",
    ]);
    let body = format!(
        "{place}{}{:02}{:02}{}",
        dice.between(1940, 2012),
        dice.between(1, 12),
        dice.between(1, 28),
        dice.digits(3)
    );
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).expect("a digit") * weight).sum();
    let check = b"10X98765432"[sum as usize % 11] as char;
    let whole = format!("{body}{check}");
    match dice.below(6) {
        0 => whole.to_lowercase(),
        1 => format!("{} {} {}", &whole[..6], &whole[6..14], &whole[14..]),
        2 => wide(&whole),
        3 => format!("{}-{}-{}", &whole[..6], &whole[6..14], &whole[14..]),
        _ => whole,
    }
}

fn card(dice: &mut Dice) -> String {
    let (prefix, len) = [
        ("621700", 19),
        ("622202", 19),
        ("622848", 19),
        ("621661", 19),
        ("625955", 16),
        ("622588", 16),
        ("436742", 16),
        ("518710", 16),
        ("356869", 16),
    ][dice.below(9)];
    let body = format!("{prefix}{}", dice.digits(len - 7));
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let value = u32::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    let whole = format!("{body}{}", (10 - sum % 10) % 10);
    let groups: Vec<&str> =
        (0..whole.len()).step_by(4).map(|at| &whole[at..whole.len().min(at + 4)]).collect();
    match dice.below(5) {
        0 => groups.join(" "),
        1 => groups.join("-"),
        2 => wide(&whole),
        _ => whole,
    }
}

fn email(dice: &mut Dice) -> String {
    let local = match dice.below(4) {
        0 => dice.digits(9),
        1 => format!("{}{}", dice.one(&["zhang", "li", "wang", "lucky", "tb"]), dice.digits(4)),
        2 => format!("{}_{}", dice.one(&["sun", "moon", "xiao"]), dice.one(&["fei", "ming", "yu"])),
        _ => format!("{}.{}", dice.one(&["wei", "jing", "lei"]), dice.one(&["Chen", "Liu", "Wu"])),
    };
    format!(
        "{local}{}{}",
        dice.one(&["@", "@", "@", "＠"]),
        dice.one(&["qq.com", "163.com", "126.com", "gmail.com", "outlook.com", "sina.com.cn", "foxmail.com"])
    )
}

fn name(dice: &mut Dice) -> String {
    format!(
        "{}{}",
        dice.one(&["王", "李", "张", "刘", "陈", "杨", "欧阳", "周", "吴", "徐"]),
        dice.one(&["伟", "芳", "秀英", "敏", "静", "建华", "雪", "子涵", "浩然"])
    )
}

const REGIONS: [&str; 14] = [
    "浙江省杭州市西湖区",
    "浙江杭州余杭区",
    "广东省深圳市南山区",
    "北京市海淀区",
    "上海市闵行区",
    "四川省成都市武侯区",
    "湖北武汉江岸区",
    "江苏省苏州市吴中区",
    "山东省济南市历下区",
    "河南省郑州市二七区",
    "陕西省西安市碑林区",
    "福建省厦门市湖里区",
    "新疆维吾尔自治区乌鲁木齐市天山区",
    "辽宁省沈阳市和平区",
];

fn region(dice: &mut Dice) -> String {
    dice.one(&REGIONS).to_owned()
}

fn address(dice: &mut Dice) -> String {
    let region = region(dice);
    let gap = dice.one(&["", "", "", " "]);
    match dice.below(5) {
        0 => format!("{region}{gap}{}{}号", road(dice), dice.between(1, 999)),
        1 => format!(
            "{region}{gap}{}镇{}村{}组",
            dice.one(&["长安", "三墩", "古城"]),
            dice.one(&["王庄", "李家", "东山"]),
            dice.between(1, 9)
        ),
        2 => format!("{region}{gap}{}街道{}", dice.one(&["文新", "五常", "粤海"]), estate(dice)),
        _ => format!("{region}{gap}{}{}号{}", road(dice), dice.between(1, 999), estate(dice)),
    }
}

/// An address without its city.
fn site(dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => format!(
            "{}{}号{}栋{}室",
            road(dice),
            dice.between(1, 999),
            dice.between(1, 30),
            dice.between(101, 3305)
        ),
        1 => estate(dice),
        _ => format!("{}{}号", road(dice), dice.between(1, 999)),
    }
}

fn road(dice: &mut Dice) -> String {
    format!(
        "{}{}",
        dice.one(&["文三", "建设", "人民", "解放", "中山", "学院", "长江", "滨江", "和平", "科技园"]),
        dice.one(&["路", "路", "路", "街", "大道", "东路", "南路", "北街"])
    )
}

fn estate(dice: &mut Dice) -> String {
    let name = dice.one(&[
        "阳光小区",
        "金地花园",
        "绿城家园",
        "万科公寓",
        "翡翠城",
        "星河湾",
        "紫荆苑",
        "华侨新村",
        "湖畔雅苑",
    ]);
    let (block, entrance, room) = (dice.between(1, 30), dice.between(1, 4), dice.between(101, 2804));
    match dice.below(6) {
        0 => format!("{name}{block}-{entrance}-{room}"),
        1 => format!("{name}{block}号楼{entrance}单元{room}室"),
        2 => format!("{name}{block}幢{room}"),
        3 => wide_digits(&format!("{name}{block}栋{entrance}单元{room}")),
        4 => format!("{name}{block}栋"),
        _ => format!("{name}{block}栋{entrance}单元{room}室"),
    }
}

fn wide_digits(text: &str) -> String {
    text.chars()
        .map(|ch| {
            if ch.is_ascii_digit() {
                char::from_u32(u32::from(ch) + 0xfee0).expect("full-width digits")
            } else {
                ch
            }
        })
        .collect()
}

/// What looks like personal data and is none.
fn lookalike(slot: &str, dice: &mut Dice) -> String {
    match slot {
        "taobao" => format!("{}{}", dice.between(1, 4), dice.digits(18)),
        "pdd" => format!("24{:02}{:02}-{}", dice.between(1, 12), dice.between(1, 28), dice.digits(15)),
        "jd" => format!("{}{}", dice.between(1, 3), dice.digits(11)),
        "douyin" => format!("69{}", dice.digits(17)),
        "alipay" => {
            format!("2024{:02}{:02}2200{}", dice.between(1, 12), dice.between(1, 28), dice.digits(16))
        }
        "sf" => format!("SF{}", dice.digits(13)),
        "yt" => format!("YT{}", dice.digits(13)),
        "zto" => format!("78{}", dice.digits(12)),
        "yd" => format!("46{}", dice.digits(13)),
        "jdv" => format!("JDVA{}", dice.digits(11)),
        "o11" => mobile(dice),
        "sku" => format!(
            "{}{}{}{}",
            dice.one(&["A", "KF-", "XJ", "ZB2024-"]),
            dice.digits(4),
            dice.one(&["", "-", "B", "/"]),
            dice.digits(5)
        ),
        "d" => dice.between(1, 30).to_string(),
        "barcode" => format!("69{}", dice.digits(11)),
        "imei" => format!("86{}", dice.digits(13)),
        "serial" => format!("{}{}", dice.one(&["SN", "2024", "PF", "C02"]), dice.digits(10)),
        "price" => format!("{}.{:02}", dice.between(1, 19_999), dice.below(100)),
        "date" => format!("2024-{:02}-{:02}", dice.between(1, 12), dice.between(1, 28)),
        "ymd" => format!("2024{:02}{:02}", dice.between(1, 12), dice.between(1, 28)),
        "time" => format!("{:02}:{:02}:{:02}", dice.below(24), dice.below(60), dice.below(60)),
        "size" => format!("{}*{}*{}", dice.between(10, 220), dice.between(10, 220), dice.between(10, 99)),
        "h" => dice.between(150, 190).to_string(),
        "w" => dice.between(80, 190).to_string(),
        "qq" => format!("{}{}", dice.between(1, 9), dice.digits(8)),
        "code" => dice.digits(6),
        "tail" => dice.digits(4),
        "hot" => format!("400-{}-{}", dice.digits(3), dice.digits(4)),
        "tax" => format!("91330106MA{}X", dice.digits(7)),
        "ip" => format!("{}.{}.{}.{}", dice.below(256), dice.below(256), dice.below(256), dice.below(256)),
        "shoe" => (0..7).map(|at| (35 + at).to_string()).collect::<Vec<_>>().join(" "),
        other => panic!("unknown slot {other}"),
    }
}
