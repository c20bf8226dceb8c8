//! 服务用语: the training that changes nothing.

use super::{Asked, Lesson, Lore, Question};

/// Its words.
pub const LORE: Lore = Lore {
    competence: "communication",
    topic: "沟通技巧",
    observed: (
        "回复用语生硬，顾客评价里提到态度",
        "抽看了上月的差评会话，有几段只回“不行”“没有”，没有说明原因，也没有给别的办法。",
    ),
    difficulty: (
        "拒绝顾客时不知道怎么说才不生硬",
        "顾客要求超出政策时，我只会说“规定不允许”，说完对方就更生气了。",
    ),
    forwarded: "先统一一次服务用语，再看满意度有没有变化。",
    plan: "服务用语规范计划（满意度）",
    goals: "统一礼貌用语和禁用语，减少因用语引起的差评。",
    class: "服务用语：把话说得让人愿意听",
    contents: "称呼与问候、拒绝时的三段式表达、禁用语清单，分组改写真实会话中的句子。",
    target: "满意度高于培训前",
    course: "服务用语规范",
    lessons: &[
        Lesson {
            title: "称呼、问候与结束语",
            body: "称呼统一用“您”。问候一句即可，不要连发三条表情。\n\n结束语说明接下来会发生什么：\n\n> “已经帮您登记换货，明天下午会有快递员联系您取件。还有别的问题随时找我。”\n\n**不要**在问题没有解决时说“祝您生活愉快”。",
            minutes: 5,
        },
        Lesson {
            title: "拒绝的三段式",
            body: "政策之外的要求可以拒绝，但要分三段说：\n\n1. **听见**：“您想把已经洗过的衣服退掉，我理解您不满意它的颜色。”\n2. **原因**：“洗过的衣服不能再次销售，所以不在七天无理由的范围里。”\n3. **办法**：“如果是掉色，请拍一张照片，我帮您按质量问题申请。”\n\n只有第二段，就是“规定不允许”。",
            minutes: 7,
        },
        Lesson {
            title: "禁用语清单",
            body: "下面的话任何情况都不说：\n\n| 不说 | 换成 |\n|---|---|\n| 你自己看详情页 | 详情页第三张图写了，我念给您听：…… |\n| 这不归我管 | 我请负责的同事来看，您不用再说一遍 |\n| 别人都没有这个问题 | 您这种情况我第一次遇到，我先记下来查清楚 |\n| 随便你 | 您看这两种办法哪一种更方便 |",
            minutes: 5,
        },
    ],
    paper: "服务用语结业卷",
    exam: "服务用语结业考试",
    questions: &[
        Question {
            text: "拒绝顾客不合政策的要求时，“三段式”的正确次序是什么？",
            asked: Asked::Single(&["原因、办法、听见", "听见、原因、办法", "办法、道歉、结束"], 1),
            difficulty: 1,
            points: 10,
        },
        Question {
            text: "下列哪些属于禁用语？",
            asked: Asked::Multiple(
                &["你自己看详情页", "这不归我管", "您看这两种办法哪一种更方便", "别人都没有这个问题"],
                &[0, 1, 3],
            ),
            difficulty: 2,
            points: 10,
        },
        Question {
            text: "问题没有解决时，也可以用“祝您生活愉快”结束会话。",
            asked: Asked::TrueFalse(false),
            difficulty: 1,
            points: 10,
        },
        Question {
            text: "对顾客的称呼统一用哪个字？",
            asked: Asked::FillIn("您"),
            difficulty: 1,
            points: 10,
        },
        Question {
            text: "顾客问到不归自己负责的事，应当怎么回答？",
            asked: Asked::Single(&["请他另找负责的部门", "请负责的同事来看，并转述清楚", "告诉他不清楚"], 1),
            difficulty: 2,
            points: 10,
        },
        Question {
            text: "好的结束语应说明哪些内容？",
            asked: Asked::Multiple(&["已经做了什么", "接下来会发生什么", "请顾客给五星好评"], &[0, 1]),
            difficulty: 2,
            points: 10,
        },
        Question {
            text: "连发三条表情可以代替问候。",
            asked: Asked::TrueFalse(false),
            difficulty: 1,
            points: 10,
        },
        Question {
            text: "顾客要求退掉洗过的衣服。请用三段式写出你的回复。",
            asked: Asked::Short {
                model: "听见顾客的不满；说明洗过的衣服不能再次销售；给出按质量问题申请等办法。",
                rubric: "听见（10 分）；原因（10 分）；办法（10 分）。",
                good: "我理解您对颜色不满意。洗过的衣服不能再次销售，所以不在七天无理由的范围里。如果是掉色，麻烦拍张照片，我帮您按质量问题申请。",
                poor: "洗过不能退，规定不允许。",
            },
            difficulty: 3,
            points: 30,
        },
    ],
    lacking: "只有原因，没有听见顾客，也没有给办法。",
};
