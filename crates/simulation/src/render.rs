//! Turns a line into words: fills the slots, adds the small slips and emoji of real chats.

use std::fmt::Write;

use crate::catalogue::SHOPS;
use crate::conversation::{Conversation, Line};
use crate::draw::mix;
use crate::model::{ProductLine, Sender};
use crate::names::{GIVEN, SURNAMES};

const COURIERS: &[&str] = &["顺丰", "中通", "圆通", "韵达", "申通", "极兔", "邮政", "京东物流"];
const CITIES: &[&str] = &[
    "杭州", "武汉", "成都", "广州", "郑州", "长沙", "西安", "合肥", "南昌", "沈阳", "昆明", "济南", "苏州",
    "佛山",
];
const STREETS: &[&str] = &["梧桐弄", "望星路", "青禾街", "听雨巷", "云帆大道", "白鹭路", "竹影街", "暖阳路"];
const ESTATES: &[&str] = &["晴川苑", "半山花园", "锦鲤小区", "月湖家园", "枫林里", "和风雅居"];
const COLOURS: &[&str] = &["黑色", "米白色", "雾霾蓝", "浅灰色", "奶茶色", "墨绿色", "藕粉色", "卡其色"];
const FLAVOURS: &[&str] = &["原味", "香辣味", "海苔味", "蜂蜜味", "五香味", "甜辣味", "无糖款"];
const GIFTS: &[&str] = &["小样一份", "收纳袋", "贺卡", "运费券", "小风扇", "替换装一个", "帆布袋"];
const CLOTHES: &[&str] = &["S码", "M码", "L码", "XL码", "2XL码", "均码"];
const CHILDREN: &[&str] = &["73码", "80码", "90码", "100码", "110码", "120码"];
const SIZES: &[&str] = &["标准款", "大号", "小号", "升级版", "基础版", "两件装"];
const CUSTOMER_EMOJI: &[&str] = &["😂", "😭", "🙏", "😊", "🤔", "😤", "[捂脸]", "[微笑]", "[流泪]", "👍"];
const AGENT_EMOJI: &[&str] = &["~", "😊", "🌹", "[微笑]", "[爱心]", "哦~", "❤", "呢~"];
/// Slips of the thumb and of the pinyin input, and the words of the net.
const SLIPS: &[(&str, &str)] = &[
    ("吗", "嘛"),
    ("在", "再"),
    ("没有", "木有"),
    ("怎么", "咋"),
    ("什么", "啥"),
    ("快递", "快第"),
    ("的", "得"),
    ("这个", "这个个"),
    ("知道", "造"),
    ("可以", "口以"),
    ("退货", "退贷"),
    ("发货", "发贷"),
];

/// The words of a line; `agent` is the account of the agent named on it.
pub(crate) fn render(line: &Line, conversation: &Conversation, agent: Option<&str>) -> String {
    let mut text = fill(line.template, conversation, agent);
    let salt = mix(u64::from(line.salt));
    match line.sender {
        Sender::Customer => roughen(&mut text, salt, [90, 110, 60], CUSTOMER_EMOJI),
        Sender::Agent => roughen(&mut text, salt, [15, 0, 80], AGENT_EMOJI),
        Sender::Robot | Sender::System => {}
    }
    text
}

/// Slips, lost full stops and emoji, each in so many of a thousand lines.
fn roughen(text: &mut String, salt: u64, per_mille: [u64; 3], emoji: &[&str]) {
    let draw = |n: u32| (salt >> (n * 10)) % 1000;
    // A slip must not change numbers or names, so it touches only the listed words.
    if draw(0) < per_mille[0] {
        let begin = (salt >> 50) as usize;
        let slips = (0..SLIPS.len()).map(|i| SLIPS[(begin + i) % SLIPS.len()]);
        if let Some((right, wrong)) = slips.into_iter().find(|(right, _)| text.contains(right)) {
            *text = text.replacen(right, wrong, 1);
        }
    }
    if draw(1) < per_mille[1] {
        // A lone "?" stays: it is all that was said.
        let kept = text.trim_end_matches(['。', '?', '!', '~']).len();
        if kept > 0 {
            text.truncate(kept);
        }
    }
    if draw(2) < per_mille[2] {
        if text.ends_with(['。', '~']) {
            text.pop();
        }
        text.push_str(emoji[(salt >> 40) as usize % emoji.len()]);
    }
}

/// Replaces `{slot}`s; a conversation fills a slot with the same value wherever it occurs.
fn fill(template: &'static str, conversation: &Conversation, agent: Option<&str>) -> String {
    let mut text = String::with_capacity(template.len() + 24);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (slot, tail) = after.split_once('}').unwrap_or((after, ""));
        put(&mut text, slot, conversation, agent);
        rest = tail;
    }
    text.push_str(rest);
    text
}

fn put(text: &mut String, slot: &str, conversation: &Conversation, agent: Option<&str>) {
    let shop = &SHOPS[conversation.shop];
    // The slot's name is its salt, so that slots are independent of each other.
    let hash = mix(slot.bytes().fold(conversation.slots, |h, b| mix(h ^ u64::from(b))));
    let number = |low: u64, high: u64| low + hash % (high - low + 1);
    let one = |list: &[&'static str]| list[(hash % list.len() as u64) as usize];
    // Writing to a string cannot fail.
    let _ = match slot {
        "product" => text.write_str(conversation.product.unwrap_or(shop.products[0])),
        "shop" => text.write_str(shop.name),
        "nick" => text.write_str(agent.and_then(|a| a.split_once(':')).map_or("小助手", |(_, nick)| nick)),
        "size" => text.write_str(one(match shop.line {
            ProductLine::Apparel => CLOTHES,
            ProductLine::Baby => CHILDREN,
            _ => SIZES,
        })),
        "color" => text.write_str(one(if shop.line == ProductLine::Food { FLAVOURS } else { COLOURS })),
        "gift" => text.write_str(one(GIFTS)),
        "courier" => text.write_str(one(COURIERS)),
        "city" => text.write_str(one(CITIES)),
        "price" => write!(text, "{}.9", number(19, 389)),
        "coupon" => write!(text, "{}", number(1, 8) * 5),
        "days" => write!(text, "{}", number(2, 7)),
        "hours" => write!(text, "{}", [12, 24, 48][(hash % 3) as usize]),
        "n" => write!(text, "{}", number(2, 6)),
        "height" => write!(text, "{}", number(152, 176)),
        "weight" => write!(text, "{}", number(44, 72)),
        "track" => {
            write!(text, "{}{:013}", ["SF", "YT", "ZT", "JT"][(hash % 4) as usize], hash % 10_000_000_000_000)
        }
        "order" => text.write_str(conversation.order_id.as_deref().unwrap_or_default()),
        // 154-0000 was never given to subscribers: nobody can be called.
        "phone" => write!(text, "1540000{:04}", hash % 10_000),
        "pname" => write!(text, "{}{}", pick(SURNAMES, hash), pick(GIVEN, hash >> 20)),
        "address" => write!(
            text,
            "{}市{}{}号{}{}栋{}室",
            one(CITIES),
            STREETS[(hash >> 8) as usize % STREETS.len()],
            1 + (hash >> 16) % 300,
            ESTATES[(hash >> 24) as usize % ESTATES.len()],
            1 + (hash >> 32) % 28,
            101 + (hash >> 40) % 20 * 100 + (hash >> 48) % 4,
        ),
        "email" => write!(
            text,
            "{}{}@example.com",
            SURNAMES[(hash % SURNAMES.len() as u64) as usize].1,
            (hash >> 9) % 10_000
        ),
        unknown => write!(text, "{{{unknown}}}"),
    };
}

fn pick(list: &[(&'static str, &str)], hash: u64) -> &'static str {
    list[(hash % list.len() as u64) as usize].0
}
