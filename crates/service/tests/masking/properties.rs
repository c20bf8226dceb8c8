//! What holds for every text, tried on texts put together from the fragments that the rules look for.

use kexun_service::privacy::masking::{self, Kind, MaskedPiece};

use crate::made::Dice;

const FRAGMENTS: &[&str] = &[
    "138",
    "0013",
    "8000",
    "13800138000",
    "1",
    "3",
    "86",
    "+",
    "0571",
    "(",
    ")",
    "-",
    " ",
    ".",
    "_",
    "/",
    "@",
    "qq.com",
    "a",
    "X",
    "x",
    "11010119900307",
    "851",
    "6222",
    "0202",
    "路",
    "街",
    "号",
    "栋",
    "室",
    "单元",
    "小区",
    "杭州",
    "浙江省",
    "西湖区",
    "文三",
    "镇",
    "村",
    "组",
    "地址",
    "电话",
    "订单",
    "订单号",
    "身份证",
    "卡号",
    "收货人",
    ":",
    "：",
    "张三",
    "王",
    ",",
    "，",
    "。",
    "\n",
    "\0",
    "１３８",
    "\u{200b}",
    "\u{fe0f}",
    "\u{20e3}",
    "幺",
    "三",
    "八",
    "零",
    "𝟏",
    "⟦",
    "⟧",
    "⟦mobile⟧",
    "mobile",
    "⟦id⟧",
    "😀",
    "𠮷",
    "é",
    "\u{301}",
    "元",
    "是",
    "这个",
    "http://",
    "=",
    "#",
];

#[test]
fn every_text_comes_back_and_stays_masked() {
    let mut dice = Dice(7);
    for round in 0..60_000 {
        let len = dice.below(if round % 50 == 0 { 120 } else { 14 });
        let text: String = (0..len)
            .map(|_| match dice.below(12) {
                0 => dice.digits(11),
                1 => char::from_u32(dice.below(0x11_0000) as u32).unwrap_or('\u{fffd}').to_string(),
                _ => FRAGMENTS[dice.below(FRAGMENTS.len())].to_owned(),
            })
            .collect();
        holds(&text);
    }
}

#[test]
fn long_texts_come_back() {
    for unit in [
        "1",
        "1 ",
        "13800138000",
        "13800138000 ",
        "文三路88号",
        "号",
        "a@",
        "@a.",
        "一",
        "订单",
        "1-",
        "路1",
        "收货人:",
        "一",
        "1.",
        "一 ",
        "路一号",
        "地址",
        "栋1",
        "1@",
        "13800138000,",
        "#",
        "86 ",
    ] {
        holds(&unit.repeat(60_000 / unit.len()));
    }
}

fn holds(text: &str) {
    let mut end = 0;
    for piece in masking::find(text) {
        assert!(end <= piece.range.start && piece.range.start < piece.range.end, "{text:?}");
        assert!(text.get(piece.range.clone()).is_some(), "{text:?}");
        end = piece.range.end;
    }
    let masked = masking::mask(text);
    assert_eq!(masking::restore(&masked.text, &masked.pieces), text);
    let again = masking::mask(&masked.text);
    assert!(again.pieces.is_empty(), "{text:?} → {:?} → {:?}", masked.text, again.text);
    for piece in &masked.pieces {
        assert_eq!(&masked.text[piece.start..piece.start + piece.len], piece.kind.placeholder());
    }
}

#[test]
fn digits_split_by_characters_without_width_are_found() {
    for between in ["\u{200b}", "\u{200d}", "\u{feff}", "\u{2060}", "\u{ad}", "\u{fe0f}\u{20e3}"] {
        let text: String = "打13800138000吧"
            .chars()
            .map(|ch| if ch.is_ascii_digit() { format!("{ch}{between}") } else { ch.to_string() })
            .collect();
        let masked = masking::mask(&text);
        assert_eq!(masked.pieces.len(), 1, "{text:?}");
        assert!(!masked.text.contains(|ch: char| ch.is_ascii_digit()));
        assert_eq!(masking::restore(&masked.text, &masked.pieces), text);
    }
}

#[test]
fn some_pieces_come_back_and_others_stay() {
    let masked = masking::mask("电话13800138000,邮箱a@b.com");
    assert_eq!(masked.text, "电话⟦mobile⟧,邮箱⟦email⟧");
    assert_eq!(masking::restore(&masked.text, &masked.pieces[1..]), "电话⟦mobile⟧,邮箱a@b.com");
    let foreign = MaskedPiece { kind: Kind::Email, start: 900, len: usize::MAX, original: "x".to_owned() };
    assert_eq!(masking::restore(&masked.text, &[foreign]), masked.text);
}

#[test]
fn codes_name_their_kinds() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_code(kind.code()), Some(kind));
        assert_eq!(kind.placeholder(), format!("⟦{}⟧", kind.code()));
    }
    assert_eq!(Kind::from_code("phone number"), None);
}
