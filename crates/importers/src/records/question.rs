//! One question of the sheet in which teachers write them.

use crate::fields::{Fault, Fields};
use crate::reason::Reason;
use crate::records::{Column, Record, choice, optional, required};

choice! {
    /// How a question is answered.
    QuestionWord {
        /// One of several options.
        Single: "single" | "单选" | "单选题" | "single choice" | "single_choice",
        /// All that are right of several options.
        Multiple: "multiple" | "多选" | "多选题" | "multiple choice" | "multiple_choice",
        /// True or false.
        TrueFalse: "true_false" | "判断" | "判断题" | "是非题" | "true/false" | "true false",
        /// A word or number is written.
        FillIn: "fill_in" | "填空" | "填空题" | "fill in",
        /// Sentences, marked by hand.
        ShortAnswer: "short_answer" | "简答" | "简答题" | "问答" | "问答题" | "论述题" | "short answer" | "essay",
    }
}

choice! {
    /// A field of competence.
    CompetenceWord {
        /// The company and its ways.
        Culture: "culture" | "企业文化",
        /// Attitude and ethics.
        Attitude: "attitude" | "服务态度与职业道德" | "服务态度" | "职业道德",
        /// The platform's rules.
        PlatformRules: "platform_rules" | "平台规则",
        /// Products.
        Product: "product" | "商品知识" | "产品知识",
        /// Listening, expression, questions, empathy.
        Communication: "communication" | "沟通技巧" | "沟通",
        /// Complaints.
        Complaints: "complaints" | "投诉处理" | "投诉",
        /// Quick and complete answers.
        Chat: "chat" | "接待效率" | "接待",
        /// Returns, exchanges, repairs.
        AfterSales: "after_sales" | "售后政策" | "售后",
        /// Systems and tools.
        Systems: "systems" | "系统与工具" | "系统" | "工具",
        /// Office software.
        Office: "office" | "办公软件",
        /// Stress and emotion.
        Stress: "stress" | "压力与情绪" | "压力与情绪管理" | "情绪管理",
        /// Career.
        Career: "career" | "职业发展",
    }
}

/// One question as its row says it; what it means is not judged here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionRow {
    /// How it is answered.
    pub kind: QuestionWord,
    /// What it asks.
    pub text: String,
    /// Options A to H; none where the cell is blank.
    pub options: [Option<String>; 8],
    /// Letters of the right options, a word for true or false, or what counts as the right word.
    pub answer: Option<String>,
    /// Topic.
    pub topic: Option<String>,
    /// Competence.
    pub competence: Option<CompetenceWord>,
    /// Difficulty, 1 to 5.
    pub difficulty: Option<i64>,
    /// What is said afterwards.
    pub explanation: Option<String>,
    /// A model answer.
    pub model: Option<String>,
    /// What to look for when marking.
    pub rubric: Option<String>,
}

const COLUMNS: &[Column] = &[
    required("type", "题型", &["题目类型", "试题类型", "kind", "question_type"]),
    required("question", "题干", &["题目", "试题", "题目内容", "问题", "text", "stem"]),
    optional("option_a", "选项A", &["A", "A选项"]),
    optional("option_b", "选项B", &["B", "B选项"]),
    optional("option_c", "选项C", &["C", "C选项"]),
    optional("option_d", "选项D", &["D", "D选项"]),
    optional("option_e", "选项E", &["E", "E选项"]),
    optional("option_f", "选项F", &["F", "F选项"]),
    optional("option_g", "选项G", &["G", "G选项"]),
    optional("option_h", "选项H", &["H", "H选项"]),
    optional("answer", "答案", &["正确答案", "标准答案"]),
    optional("topic", "知识点", &["主题", "分类", "章节", "category"]),
    optional("competence", "能力", &["能力项", "能力维度"]),
    optional("difficulty", "难度", &["难度等级", "level"]),
    optional("explanation", "解析", &["答案解析", "试题解析", "feedback"]),
    optional("model_answer", "参考答案", &["范例答案", "model"]),
    optional("rubric", "评分要点", &["评分标准", "得分点"]),
];

const OPTIONS: [&str; 8] =
    ["option_a", "option_b", "option_c", "option_d", "option_e", "option_f", "option_g", "option_h"];

/// The most characters of a cell.
const LONGEST: usize = 8_000;

impl Record for QuestionRow {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn read(fields: &Fields<'_>) -> Result<Self, Fault> {
        let text_opt = |name: &'static str| {
            let text = fields.text_opt(name)?;
            if text.as_ref().is_some_and(|text| text.chars().nth(LONGEST).is_some()) {
                let column = COLUMNS.iter().find(|column| column.name == name);
                return Err(Fault { column, reason: Reason::TooLong(LONGEST) });
            }
            Ok(text)
        };
        let mut options = [const { None }; 8];
        for (option, name) in options.iter_mut().zip(OPTIONS) {
            *option = text_opt(name)?;
        }
        Ok(QuestionRow {
            kind: fields.choice("type")?,
            text: text_opt("question")?.ok_or_else(|| fields.missing("question"))?,
            options,
            answer: text_opt("answer")?,
            topic: text_opt("topic")?,
            competence: fields.choice_opt("competence")?,
            difficulty: fields.whole_opt("difficulty", 1, 5)?,
            explanation: text_opt("explanation")?,
            model: text_opt("model_answer")?,
            rubric: text_opt("rubric")?,
        })
    }
}
