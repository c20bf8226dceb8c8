//! What people write in a shop's chat: sentences put together of parts, so that thousands differ.

use super::{Chat, Draw};

/// Who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Customer,
    Agent,
    Robot,
    System,
}

impl Who {
    /// As the column says it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Who::Customer => "customer",
            Who::Agent => "agent",
            Who::Robot => "robot",
            Who::System => "system",
        }
    }
}

const OPENINGS: &[&str] = &[
    "你好，在吗",
    "在不在",
    "请问这款{p}还有货吗",
    "{p}的{c}有没有{s}码",
    "你好，我想问一下{p}什么时候发货",
    "我昨天拍的{p}怎么还没有物流信息",
    "这个{p}支持七天无理由退货吗",
    "身高{h}体重{w}斤穿多大的{p}合适",
    "{p}可以便宜一点吗，想买两件",
    "收到的{p}有一点瑕疵，怎么处理",
    "优惠券为什么用不了",
    "想换成{c}的，还没有发货可以改吗",
    "我的快递显示已签收，可是我没有收到",
    "你们家的{p}和隔壁店{n}元的有什么区别",
    "发票怎么开，抬头是公司",
    "{y}几天能到？",
    "买大了一码，想换{s}码",
    "{p}掉色严重，洗了一次就没法穿了，我要退款",
    "这款{p}会不会起球",
    "订单{o}麻烦查一下到哪里了",
];

const QUESTIONS: &[&str] = &[
    "好的",
    "好的，谢谢",
    "嗯嗯",
    "知道了，那我再等等",
    "那大概几号能到{y}呢",
    "运费谁出",
    "可以送运费险吗",
    "有没有实物图，详情页的颜色看不太准",
    "{c}和{d}哪个更好看一点",
    "我{h}，{w}斤，平时穿{s}码",
    "那我拍{n}件可以包邮吗",
    "什么时候能退款到账",
    "已经等了{n}天了，太慢了吧",
    "你们每次都这样说",
    "行，那就{s}码吧",
    "{p}里面加绒吗，冬天穿会不会冷",
    "可以发顺丰吗，我加钱",
    "快递单号发我一下",
    "刚才付款的，优惠{n}元没有减",
    "退货地址发一下",
    "图片上这条是{c}还是{d}",
    "我看评价里有人说{p}偏小，是真的吗？",
    "算了，不要了，帮我取消吧",
    "收到了，质量不错，给你们好评",
    "这个{p}机洗可以吗，会不会缩水",
    "能不能备注一下，送人的，不要放价格单",
];

const ANSWERS: &[&str] = &[
    "亲，您好，很高兴为您服务",
    "您好，在的，请问有什么可以帮您？",
    "亲，这款{p}现在有现货，今天下午四点前付款当天发出哦",
    "{p}建议您选{s}码，喜欢宽松可以再大一码",
    "亲亲，{c}现在库存不多了，喜欢可以先拍下来",
    "已经帮您催促仓库了，预计{n}天内发出，请您耐心等待",
    "您的包裹已经到{y}中转站了，预计明天派送",
    "非常抱歉给您带来不好的体验，我马上为您核实处理",
    "亲，支持七天无理由退换，不影响二次销售就可以的",
    "您这边方便拍一下照片吗，我们看一下瑕疵的位置",
    "亲，运费险是自动赠送的，退货的时候可以抵扣运费",
    "好的，已经为您备注{c}，{s}码，请放心",
    "退款会在一到三个工作日内原路退回，请注意查收",
    "这款是纯棉面料，{n}支纱，不容易起球的",
    "{c}偏暖一点，{d}更显白，看您平时的穿搭风格",
    "满{n}元减{m}元的活动到今晚十二点结束",
    "亲，订单{o}已经签收了，麻烦您问一下家人或者驿站",
    "已经为您登记补发，单号出来以后第一时间告诉您",
    "您稍等，我查一下",
    "不客气，祝您生活愉快，再见",
    "麻烦您提供一下订单号，我这边帮您查询",
    "亲，{p}可以机洗，建议使用洗衣袋，水温不超过{n}度",
    "改地址需要在发货前申请，我帮您看看还来不来得及",
    "感谢您的理解和支持，给您申请了{m}元的优惠券",
];

const ROBOT: &[&str] = &[
    "您好，我是智能客服小禾，请简单描述您的问题",
    "您是不是想问：1. 什么时候发货 2. 如何退换货 3. 尺码怎么选",
    "正在为您转接人工客服，前面还有{n}位在排队",
    "物流信息请在“我的订单”里查看，有疑问回复“人工”",
];

const SYSTEM: &[&str] =
    &["会话已转接", "客户长时间没有回复，会话即将结束", "客服已接入会话", "客户发送了一张图片"];

/// With these a sentence may begin or end; they make the many of a few.
const BEFORE: &[&str] = &["", "", "", "亲，", "亲亲，", "另外，", "还有，", "对了，", "哦，", "嗯，"];
const AFTER: &[&str] = &["", "", "", "", "～", "。", "，谢谢", "，麻烦了", "哈", "！", "呢", ", 谢谢啦"];

const PERSONAL: &[&str] = &[
    "我的电话是{t}，到了打给我",
    "收货人：{name}，{t}，{address}",
    "地址改成{address}，{name}收",
    "麻烦改一下手机号 {t}",
    "发票发到{mail}就可以",
    "退款打到这张卡吧，卡号{card}",
    "实名信息：{name} {id}",
    "寄到{address}，电话{t}",
];

const PRODUCTS: &[&str] = &[
    "连衣裙",
    "羽绒服",
    "针织开衫",
    "牛仔裤",
    "运动鞋",
    "帆布包",
    "保温杯",
    "电饭煲",
    "空气炸锅",
    "床上四件套",
    "儿童书包",
    "防晒衣",
    "瑜伽裤",
    "真丝衬衫",
    "蓝牙耳机",
    "行李箱",
    "加湿器",
    "阔腿裤",
    "皮鞋",
    "雪纺衫",
    "面霜",
    "洗面奶",
    "坚果礼盒",
    "猫粮",
    "台灯",
    "办公椅",
    "毛呢大衣",
    "马丁靴",
    "腰带",
    "围巾",
];
const COLOURS: &[&str] =
    &["黑色", "白色", "米色", "藏青", "卡其色", "雾霾蓝", "豆沙粉", "墨绿", "灰色", "酒红"];
const SIZES: &[&str] = &["S", "M", "L", "XL", "XXL", "均", "38", "42"];
const CITIES: &[&str] = &["北京", "上海", "广州", "成都", "杭州", "武汉", "西安", "沈阳", "昆明", "乌鲁木齐"];
const SURNAMES: &[&str] = &["张", "王", "李", "赵", "陈", "杨", "周", "吴", "徐", "孙", "欧阳"];
const GIVEN: &[&str] = &["伟", "芳", "秀英", "敏", "静", "丽", "强", "晓明", "建国", "雨桐", "子涵"];
const ROADS: &[&str] =
    &["文三路", "解放路", "中山北路", "人民大道", "朝阳街", "长江路", "学院路", "南京西路"];
const DISTRICTS: &[&str] =
    &["浙江省杭州市西湖区", "广东省深圳市南山区", "江苏省苏州市吴中区", "四川省成都市武侯区", "北京市海淀区"];

/// Puts the next text of a chat into `text`.
pub(super) fn say(draw: &mut Draw, who: Who, chat: &Chat, text: &mut String) {
    text.clear();
    let people = matches!(who, Who::Customer | Who::Agent);
    // Customers write five messages of eight, and now and then an agent repeats an address.
    if people && draw.below(1000) < if who == Who::Customer { 36 } else { 6 } {
        let sentence = draw.one(PERSONAL);
        return fill(draw, sentence, chat, text);
    }
    let sentence = match who {
        Who::Customer if chat.last.is_none() => draw.one(OPENINGS),
        Who::Customer => draw.one(QUESTIONS),
        Who::Agent => draw.one(ANSWERS),
        Who::Robot => draw.one(ROBOT),
        Who::System => draw.one(SYSTEM),
    };
    if people {
        text.push_str(draw.one(BEFORE));
    }
    fill(draw, sentence, chat, text);
    if people {
        text.push_str(draw.one(AFTER));
    }
}

/// Appends a sentence with its gaps filled.
fn fill(draw: &mut Draw, sentence: &str, chat: &Chat, text: &mut String) {
    let mut rest = sentence;
    while let Some((before, behind)) = rest.split_once('{') {
        text.push_str(before);
        let (gap, behind) = behind.split_once('}').unwrap_or((behind, ""));
        put_gap(draw, gap, chat, text);
        rest = behind;
    }
    text.push_str(rest);
}

fn put_gap(draw: &mut Draw, gap: &str, chat: &Chat, text: &mut String) {
    let topic = chat.topic as usize;
    match gap {
        "p" => text.push_str(PRODUCTS[topic % PRODUCTS.len()]),
        "c" => text.push_str(COLOURS[topic / 32 % COLOURS.len()]),
        "d" => text.push_str(draw.one(COLOURS)),
        "s" => text.push_str(draw.one(SIZES)),
        "y" => text.push_str(draw.one(CITIES)),
        "h" => text.push_str(&(150 + draw.below(40)).to_string()),
        "w" => text.push_str(&(85 + draw.below(110)).to_string()),
        "n" => text.push_str(&(2 + draw.below(98)).to_string()),
        "m" => text.push_str(&(5 * (1 + draw.below(20))).to_string()),
        "o" => text.push_str(&chat.order.unwrap_or(2_600_000_000_000_000_000 + chat.number * 7).to_string()),
        _ => put_personal(draw, gap, text),
    }
}

fn put_personal(draw: &mut Draw, gap: &str, text: &mut String) {
    match gap {
        "t" => text.push_str(&(13_000_000_000 + draw.below(6_999_999_999)).to_string()),
        "name" => {
            text.push_str(draw.one(SURNAMES));
            text.push_str(draw.one(GIVEN));
        }
        "mail" => text.push_str(&format!("user{}@example.com", draw.below(1_000_000))),
        "card" => text.push_str(&with_luhn(622_202_000_000_000_000 + draw.below(1_000_000_000_000))),
        "id" => text.push_str(&identity(draw)),
        _ => {
            text.push_str(draw.one(DISTRICTS));
            text.push_str(draw.one(ROADS));
            let (house, block, room) = (1 + draw.below(300), 1 + draw.below(20), 101 + draw.below(2000));
            text.push_str(&format!("{house}号{block}栋{room}室"));
        }
    }
}

/// A card number of eighteen digits and the check digit of Luhn.
fn with_luhn(digits: u64) -> String {
    let mut sum = 0;
    let mut rest = digits;
    for place in 0..18 {
        let value = rest % 10 * if place % 2 == 0 { 2 } else { 1 };
        sum += value / 10 + value % 10;
        rest /= 10;
    }
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// An identity number with its check digit.
fn identity(draw: &mut Draw) -> String {
    const WEIGHTS: [u64; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (year, month, day) = (1960 + draw.below(45), 1 + draw.below(12), 1 + draw.below(28));
    let digits = format!("330106{year}{month:02}{day:02}{:03}", draw.below(1000));
    let sum: u64 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u64::from(digit - b'0') * weight).sum();
    format!("{digits}{}", &"10X98765432"[(sum % 11) as usize..][..1])
}
