//! The marketplace, its merchants and shops, and what they sell. All invented.

use crate::model::{Marketplace, ProductLine};

/// The marketplace.
pub(crate) const MARKETPLACE: Marketplace =
    Marketplace { slug: "baichuan", name: "百川市集", name_en: "Baichuan Market" };

/// Merchants: slug, Chinese name, English name.
pub(crate) const MERCHANTS: [(&str, &str, &str); 3] = [
    ("yunzhi", "云织服饰", "Yunzhi Apparel"),
    ("qiming", "启明数码", "Qiming Digital"),
    ("hesui", "禾穗生活", "Hesui Living"),
];

/// A shop before it has staff.
pub(crate) struct ShopSketch {
    pub merchant: &'static str,
    pub code: &'static str,
    pub name: &'static str,
    pub name_en: &'static str,
    pub line: ProductLine,
    /// Share of the conversations.
    pub share: f64,
    /// Whether its exports carry message ids.
    pub message_ids: bool,
    /// Agents in 售前组, 售后组, 投诉组.
    pub agents: [usize; 3],
    pub products: &'static [&'static str],
}

/// Teams: Chinese and English name.
pub(crate) const TEAMS: [(&str, &str); 3] =
    [("售前组", "Pre-sales"), ("售后组", "After-sales"), ("投诉组", "Complaints")];

/// The five shops.
pub(crate) const SHOPS: [ShopSketch; 5] = [
    ShopSketch {
        merchant: "yunzhi",
        code: "YZ01",
        name: "云织女装旗舰店",
        name_en: "Yunzhi Womenswear",
        line: ProductLine::Apparel,
        share: 0.31,
        message_ids: true,
        agents: [5, 4, 2],
        products: &[
            "法式碎花连衣裙",
            "高腰直筒牛仔裤",
            "羊毛混纺大衣",
            "纯棉基础款T恤",
            "针织开衫",
            "轻薄羽绒服",
            "雪纺衬衫",
            "百褶半身裙",
            "西装外套",
            "加绒卫衣",
            "真丝吊带",
            "阔腿休闲裤",
        ],
    },
    ShopSketch {
        merchant: "yunzhi",
        code: "YZ02",
        name: "云织家居生活馆",
        name_en: "Yunzhi Home",
        line: ProductLine::Home,
        share: 0.16,
        message_ids: true,
        agents: [4, 3, 0],
        products: &[
            "实木书桌",
            "人体工学椅",
            "全棉四件套",
            "记忆棉枕头",
            "简易衣柜",
            "遮光窗帘",
            "北欧吊灯",
            "不锈钢置物架",
            "乳胶床垫",
            "收纳箱三件套",
            "折叠餐桌",
            "珊瑚绒毛毯",
        ],
    },
    ShopSketch {
        merchant: "qiming",
        code: "QM01",
        name: "启明数码专营店",
        name_en: "Qiming Digital",
        line: ProductLine::Electronics,
        share: 0.24,
        message_ids: false,
        agents: [4, 3, 2],
        products: &[
            "降噪蓝牙耳机",
            "智能手表S3",
            "65W快充头",
            "机械键盘K87",
            "无线鼠标M2",
            "移动电源20000毫安",
            "高清投影仪",
            "平板支架",
            "电动牙刷",
            "空气炸锅5L",
            "扫地机器人R7",
            "家用路由器AX3",
        ],
    },
    ShopSketch {
        merchant: "hesui",
        code: "HS01",
        name: "禾穗零食铺",
        name_en: "Hesui Snacks",
        line: ProductLine::Food,
        share: 0.17,
        message_ids: true,
        agents: [4, 4, 0],
        products: &[
            "每日坚果礼盒",
            "手撕牛肉干",
            "芒果干500克",
            "全麦吐司整箱",
            "冻干草莓",
            "螺蛳粉六包装",
            "蜂蜜柚子茶",
            "鸭脖大礼包",
            "黑芝麻丸",
            "鲜炖银耳羹",
            "低脂鸡胸肉",
            "无糖苏打饼干",
        ],
    },
    ShopSketch {
        merchant: "hesui",
        code: "HS02",
        name: "禾穗母婴馆",
        name_en: "Hesui Mother & Baby",
        line: ProductLine::Baby,
        share: 0.12,
        message_ids: false,
        agents: [3, 3, 0],
        products: &[
            "婴儿连体衣",
            "宝宝防摔护头枕",
            "儿童保温杯",
            "婴儿推车轻便款",
            "纸尿裤L码整箱",
            "恒温调奶器",
            "儿童餐椅",
            "宝宝爬行垫",
            "婴儿湿巾80抽",
            "益智积木桶",
            "儿童羽绒马甲",
            "辅食研磨碗",
        ],
    },
];
