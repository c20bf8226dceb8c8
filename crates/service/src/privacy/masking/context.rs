//! What the words around a number say about it.
//!
//! Customers name a number before they write it: 订单号 is followed by an order number, 电话 by a telephone. Only the
//! words **directly** before count against masking (between them and the number nothing but "是", colons, brackets,
//! "发你" and the like), because "订单留的电话 …" ends in a telephone and "订单还没到, 138…" in one too. The words
//! directly behind count when they point back ("…是订单号", "…这个订单"); "…的订单" does not: that is the order of
//! whoever has the number.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What the words say that a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// An order, parcel, article, code, account of a game or messenger: not personal.
    Other,
    /// A telephone.
    Phone,
    /// An identity document.
    Identity,
    /// A bank card.
    Card,
}

/// What stands directly before a number names it. The longest word that fits decides, so that 快递员 beats 快递.
const NAMES: [(Topic, &str); 4] = [
    (
        Topic::Other,
        "订单 订单号 订单号码 订单编号 订单尾号 单号 单子 单号码 运单 运单号 快递单 快递单号 快递号 快递 物流 物流号 物流单号 物流编号 包裹 \
         顺丰 圆通 中通 申通 韵达 极兔 百世 德邦 邮政 京东 EMS SF YTO ZTO STO 编号 编码 物料号 料号 图号 档案号 备案号 设备号 机器码 校验码 箱号 柜号 桌号 房号 货号 款号 型号 款式 商品 商品号 产品 产品号 宝贝 \
         SKU SPU ID 条码 条形码 69码 商家编码 券码 优惠码 优惠券 兑换码 核销码 激活码 验证码 提货码 取件码 取货码 密码 口令 卡密 \
         流水号 流水 交易号 交易单号 支付单号 商户单号 退款号 退款单 退货单 售后单 工单 工单号 服务单 发票号 发票号码 发票代码 发票 税号 \
         批号 批次 批次号 序列号 机身号 SN S/N IMEI MEID QQ QQ号 QQ群 群 群号 扣扣 会员号 会员卡 会员卡号 会员编号 旺旺 工号 房间号 直播间 \
         链接 合同号 合同编号 合同 保单 保单号 案件号 单据号 票号 车次 学号 准考证号 ISBN No No. Order Order# Invoice tracking number# SN码 \
         串号 版本 版本号 尺寸 价格 原价 现价 总价 库存 销量 粉丝 积分 余额",
    ),
    (
        Topic::Phone,
        "电话 手机 手机号 手机号码 电话号码 电话号 联系方式 联系电话 联系 号码 座机 固话 固定电话 热线 致电 拨打 打 打我 回电 来电 call tel phone \
         mobile mob cell telephone 微信 微信号 VX wx 微 V 快递员 快递小哥 小哥 师傅 老板 本人 机主 传真 fax 打给 联系我 加我 呼叫 \
         收货人 收件人 联系人 备用 电话打 收货电话 店里电话 家里电话 TEL 传真号",
    ),
    (
        Topic::Identity,
        "身份证 身份证号 身份证号码 身份证件号 证件号 证件号码 证件 身份号码 身份信息 实名 实名信息",
    ),
    (
        Topic::Card,
        "卡号 银行卡 银行卡号 信用卡 信用卡号 储蓄卡 借记卡 银行账号 银行账户 银行卡账号 工行 建行 农行 中行 交行 招行 邮储 工商银行 \
         建设银行 农业银行 中国银行 交通银行 招商银行 邮储银行 浦发 兴业 民生 中信 平安 光大 农商 信用社 打款账号 收款账号 收款卡号 打卡里 卡里",
    ),
];

/// What may stand between a name and its number.
const FILLERS: &str = "是 为 的 就是 这个 这是 如下 给你 发你 发给你 在这 这里 有 我的 应该是 填的 写的 留的 改成 改为 换成 更正为 这 我 号 码 吧 哈 呢 了 亲 后面 用 往 到 请";

/// Words that point back from behind a number.
const POINTERS: [&str; 17] = [
    "这个",
    "这",
    "这一",
    "这是",
    "是",
    "就是",
    "是我的",
    "是我",
    "那个",
    "那",
    "该",
    "此",
    "这条",
    "这笔",
    "这几个",
    "我的",
    "为",
];

/// What pointers point back to.
const POINTED: [&str; 28] = [
    "订单",
    "单",
    "运单",
    "快递",
    "物流",
    "包裹",
    "货号",
    "款",
    "产品",
    "商品",
    "编号",
    "编码",
    "型号",
    "优惠码",
    "券码",
    "流水",
    "交易",
    "QQ",
    "群",
    "链接",
    "条码",
    "序列号",
    "会员号",
    "工单",
    "退款",
    "验证码",
    "取件码",
    "发票",
];

/// Units that make a number an amount.
const AMOUNTS: [&str; 17] = [
    "元", "块", "万", "亿", "mAh", "毫安", "个", "件", "人", "次", "米", "克", "斤", "毫升", "ml", "kg", "GB",
];

/// Longer than any number with its separators, in characters.
const LONGEST_NUMBER: usize = 40;

type ByLast = HashMap<char, Vec<(&'static str, Option<Topic>)>>;

/// The names, and the fillers without a topic, by their last character: the whole list is too long to try at every number.
static BY_LAST: LazyLock<ByLast> = LazyLock::new(|| {
    let mut words = ByLast::new();
    let named =
        NAMES.iter().flat_map(|(topic, list)| list.split_whitespace().map(|word| (word, Some(*topic))));
    for (word, topic) in named.chain(FILLERS.split_whitespace().map(|word| (word, None))) {
        let last = word.chars().next_back().expect("words are not empty");
        words.entry(last.to_ascii_lowercase()).or_default().push((word, topic));
    }
    words
});

/// How far before a number a word may stand to be near it, in characters.
const NEAR: usize = 14;

/// What the words directly before `at` say, across earlier numbers of a list with `len` digits each
/// ("订单号 …、…": an order number is followed by another of the same length).
pub(super) fn directly_before(chars: &[char], at: usize, len: usize) -> Option<Topic> {
    let mut at = at;
    for _ in 0..8 {
        let end = skip_fillers(chars, at);
        if let Some(topic) = named(&chars[..end]) {
            return Some(topic);
        }
        let list = skip_list_words(chars, at);
        let start = number_start(chars, list);
        if start == list || chars[start..list].iter().filter(|ch| ch.is_ascii_digit()).count() != len {
            return None;
        }
        at = start;
    }
    None
}

/// Whether a word of the topic stands near before `at`, in the same sentence.
pub(super) fn near_before(chars: &[char], at: usize, topic: Topic) -> bool {
    let mut start = at;
    while start > 0 && at - start < NEAR && !"。!?;\n⟧".contains(chars[start - 1]) {
        start -= 1;
    }
    (start + 1..=at)
        .any(|end| word_before(&chars[start..end], true).is_some_and(|(_, named)| named == Some(topic)))
}

/// Whether the words directly behind `at` point back to something that is not personal, or make it an amount.
pub(super) fn other_behind(chars: &[char], at: usize) -> bool {
    let rest = &chars[at..];
    if AMOUNTS.iter().any(|word| starts_with(rest, word)) {
        return true;
    }
    let rest = &rest[rest.iter().take_while(|ch| " )]】」》".contains(**ch)).count()..];
    POINTERS.iter().filter(|word| starts_with(rest, word)).any(|word| {
        let behind = &rest[word.chars().count()..];
        POINTED.iter().any(|word| starts_with(behind, word))
    })
}

/// What the characters say if they end with a word that names a number.
fn named(before: &[char]) -> Option<Topic> {
    word_before(before, true).and_then(|(_, topic)| topic)
}

/// The longest name or else filler that the characters end with: its length in characters and its topic.
fn word_before(before: &[char], name: bool) -> Option<(usize, Option<Topic>)> {
    BY_LAST
        .get(&before.last()?.to_ascii_lowercase())?
        .iter()
        .filter(|(word, topic)| topic.is_some() == name && ends_with(before, word))
        .max_by_key(|(word, _)| word.len())
        .map(|(word, topic)| (word.chars().count(), *topic))
}

/// Where the name of a number would end: before signs and fillers, unless a name already ends here.
fn skip_fillers(chars: &[char], mut end: usize) -> usize {
    loop {
        while end > 0 && " :=#()[]{}<>【】「」《》\"'“”‘’*_-+".contains(chars[end - 1]) {
            end -= 1;
        }
        if named(&chars[..end]).is_some() {
            return end;
        }
        match word_before(&chars[..end], false) {
            Some((len, _)) => end -= len,
            None => return end,
        }
    }
}

fn skip_list_words(chars: &[char], mut end: usize) -> usize {
    while end > 0 && " ,/\n和或者跟与及还有以;&".contains(chars[end - 1]) {
        end -= 1;
    }
    end
}

/// Where the number that ends at `end` begins; `end` itself if none does.
fn number_start(chars: &[char], end: usize) -> usize {
    let mut start = end;
    while start > 0
        && end - start < LONGEST_NUMBER
        && (chars[start - 1].is_ascii_digit()
            || (start < end
                && " -".contains(chars[start - 1])
                && start > 1
                && chars[start - 2].is_ascii_digit()))
    {
        start -= 1;
    }
    start
}

/// Whether the characters end with the word; letters in either case, and a word of letters not inside a longer one.
fn ends_with(chars: &[char], word: &str) -> bool {
    let mut rest = chars;
    for letter in word.chars().rev() {
        match rest {
            [head @ .., last] if last.eq_ignore_ascii_case(&letter) => rest = head,
            _ => return false,
        }
    }
    let inside = word.starts_with(|ch: char| ch.is_ascii_alphabetic())
        && rest.last().is_some_and(char::is_ascii_alphanumeric);
    !inside
}

/// Whether the characters begin with the word; letters in either case.
pub(super) fn starts_with(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|letter| rest.next().is_some_and(|ch| ch.eq_ignore_ascii_case(&letter)))
}
