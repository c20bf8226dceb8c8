//! Masking: what it takes out it can put back, and what it leaves holds nothing more.

use std::collections::BTreeSet;

use kexun_service::privacy::masking::{self, Kind};
use kexun_service::privacy::{pieces_of_bytes, pieces_to_bytes};

use super::{behaviour, size};

pub const WORDS: [&str; 62] = [
    "13800138000",
    "138-0013-8000",
    "138 0013 8000",
    "+86 13800138000",
    "8613800138000",
    "１３８００１３８０００",
    "𝟏𝟑𝟖",
    "幺三八零零幺三八零零零",
    "一三八",
    "11010519491231002X",
    "110105194912310021",
    "110105491231002",
    "0571-88888888",
    "(021)55556666",
    "88886666",
    "转8001",
    "6222020200112233445",
    "6222 0202 0011 2233 445",
    "zhang.san@example.com",
    "zhang＠qq.com",
    "@",
    "a@b",
    ".cn",
    "浙江省杭州市西湖区文三路12号3栋2单元501室",
    "文三路",
    "西湖区",
    "阳光小区",
    "12号",
    "3栋",
    "５０１室",
    "王庄村",
    "翡翠城",
    "收货人：",
    "收货人:张三",
    "姓名",
    "联系人 李四",
    "电话",
    "手机号",
    "身份证",
    "卡号",
    "地址",
    "订单号",
    "货号",
    "快递单号",
    "SF1234567890123",
    "https://a.cn/13800138000",
    "⟦mobile⟧",
    "⟦",
    "⟧",
    "⟦name⟧",
    " ",
    "\n",
    "-",
    "，",
    "。",
    "：",
    "/",
    "\u{200b}",
    "\u{feff}",
    "\u{20e3}",
    "号",
    "0",
];

/// One text.
pub fn masking(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let masked = masking::mask(&text);
    assert_eq!(masking::restore(&masked.text, &masked.pieces), text, "what was taken out can be put back");
    let again = masking::mask(&masked.text);
    assert!(
        again.pieces.is_empty(),
        "masking twice is masking once: {:?} in {:?}",
        again.pieces,
        masked.text
    );
    let mut done = 0;
    let mut sought = BTreeSet::new();
    for piece in &masked.pieces {
        assert!(piece.start >= done, "pieces come in the order of the text and do not overlap");
        assert!(!piece.original.is_empty(), "a piece is something");
        done = piece.start + piece.len;
        let there = masked.text.get(piece.start..done);
        assert_eq!(there, Some(piece.kind.placeholder()), "a placeholder stands where the piece stood");
        // Each once: what an input repeats a thousand times need not be looked for as often.
        if sought.insert((piece.kind, &piece.original)) {
            gone(&masked, piece);
        }
    }
    let found = masking::find(&text);
    assert_eq!(found.len(), masked.pieces.len(), "what is found is masked");
    let stored = pieces_of_bytes(&pieces_to_bytes(&masked.pieces)).expect("pieces are stored and read again");
    assert_eq!(stored, masked.pieces, "pieces are stored as they are");
    let kinds: BTreeSet<(Kind, u32, bool)> =
        masked.pieces.iter().map(|p| (p.kind, size(p.original.len()), p.original.is_ascii())).collect();
    behaviour(&(size(masked.pieces.len()), kinds))
}

/// What is personal by its form alone stands nowhere else in the text either. Of other pieces the same characters
/// can be something else elsewhere: digits of a telephone number in an order number, a name that is a word.
fn gone(masked: &masking::Masked, piece: &masking::MaskedPiece) {
    if !matches!(piece.kind, Kind::Identity | Kind::Email) {
        return;
    }
    let edge = |ch: Option<char>| ch.is_none_or(|ch| !ch.is_alphanumeric() && !"-_.@＠+%".contains(ch));
    for (at, found) in masked.text.match_indices(&piece.original) {
        let free = edge(masked.text[..at].chars().next_back())
            && edge(masked.text[at + found.len()..].chars().next());
        assert!(!free, "{found:?} was masked and stands in {:?} still", masked.text);
    }
}
