//! 退换货: what is under way today.

use super::{Asked, Lesson, Lore, Question};

/// Its words.
pub const LORE: Lore = Lore {
    competence: "after_sales",
    topic: "售后政策",
    observed: (
        "运费险和上门取件经常答错",
        "本周质检抽到四段会话，把运费险的赔付说成由店铺退，顾客事后来追问。新政策上线后没有讲过。",
    ),
    difficulty: (
        "预售商品的发货时间说不清",
        "顾客问什么时候发货，页面写的是十五天内，仓库说七天，我不知道该按哪个回答。",
    ),
    forwarded: "新政策三条变化都要讲，全店相关同事一起。",
    plan: "售后新政策培训计划",
    goals: "退换货新政策上线后，答错率降到零。",
    class: "退换货新政策：三种情形怎么答",
    contents: "七天无理由、质量问题、运费险三种情形，各看两段真实会话。",
    target: "质检抽查无答错",
    course: "退换货新政策",
    lessons: &[
        Lesson {
            title: "七天无理由的范围",
            body: "从签收次日零点起算七天。**吊牌完好、不影响二次销售**即可，不需要顾客说明原因。\n\n定制商品、拆封的贴身衣物不在范围内，下单页有提示；顾客说没看见时，先核对订单快照再答复。",
            minutes: 5,
        },
        Lesson {
            title: "质量问题怎么认定",
            body: "请顾客提供：\n\n1. 整体照片一张；\n2. 问题部位近照两张；\n3. 吊牌照片一张。\n\n能确认的当场登记；不能确认的二十四小时内由质检答复。运费由店铺承担。",
            minutes: 5,
        },
        Lesson {
            title: "运费险由谁赔",
            body: "运费险由**保险公司**赔付，不是店铺退款。退货签收后七十二小时内自动打到顾客账户，金额按距离计算，不一定等于实付运费。\n\n不要承诺“全额退运费”。",
            minutes: 4,
        },
        Lesson {
            title: "上门取件",
            body: "申请通过后系统自动预约，顾客可改时间两次。取件员不检查质量，只核对件数。\n\n顾客说没人来取：先看预约时间，再催单，并给顾客一个回复的时间。",
            minutes: 4,
        },
    ],
    paper: "退换货新政策卷",
    exam: "退换货新政策考试",
    questions: &[
        Question {
            text: "七天无理由退货从什么时候起算？",
            asked: Asked::Single(&["下单当天", "发货当天", "签收次日零点"], 2),
            difficulty: 1,
            points: 20,
        },
        Question {
            text: "运费险的赔付由谁承担？",
            asked: Asked::Single(&["店铺", "保险公司", "快递公司"], 1),
            difficulty: 1,
            points: 20,
        },
        Question {
            text: "哪些商品不适用七天无理由退货？",
            asked: Asked::Multiple(&["定制商品", "拆封的贴身衣物", "吊牌完好的外套"], &[0, 1]),
            difficulty: 2,
            points: 20,
        },
        Question {
            text: "上门取件的取件员会检查商品质量。",
            asked: Asked::TrueFalse(false),
            difficulty: 1,
            points: 20,
        },
        Question {
            text: "顾客说：“运费险怎么只赔了八块，我付了十二块。”请写出你的回复。",
            asked: Asked::Short {
                model: "理解；说明由保险公司按距离赔付；给出查询办法。",
                rubric: "理解（5 分）；谁赔、怎么算（10 分）；办法（5 分）。",
                good: "理解您觉得差了四块钱。运费险由保险公司按距离计算赔付，不一定等于实付运费；您可以在订单的保险页看到明细，我也可以帮您查一下。",
                poor: "这是保险公司的事。",
            },
            difficulty: 3,
            points: 20,
        },
    ],
    lacking: "没有说明按什么计算，也没有给查询办法。",
};
