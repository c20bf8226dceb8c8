//! What one must be able to do: the words by which needs, courses, questions and archives are sorted
//! (TRN-1).

use kexun_importers::Lang;

kexun_base::words!(
    /// A field of competence.
    Competence {
        /// 企业文化: the company and its ways.
        Culture = "culture",
        /// 服务态度与职业道德: attitude and ethics.
        Attitude = "attitude",
        /// 平台规则: the platform's rules and penalties.
        PlatformRules = "platform_rules",
        /// 商品知识: products.
        Product = "product",
        /// 沟通技巧: listening, expression, questions, empathy.
        Communication = "communication",
        /// 投诉处理: complaints.
        Complaints = "complaints",
        /// 接待效率: quick and complete answers on chat and phone.
        Chat = "chat",
        /// 售后政策: returns, exchanges, repairs.
        AfterSales = "after_sales",
        /// 系统与工具: systems and tools.
        Systems = "systems",
        /// 办公软件: office software.
        Office = "office",
        /// 压力与情绪: stress and emotion.
        Stress = "stress",
        /// 职业发展: career.
        Career = "career",
    }
);

impl Competence {
    /// What it is called, in sheets, plans and wherever the server writes it; the web has the same words.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Competence::Culture => lang.pick("企业文化", "Company culture"),
            Competence::Attitude => lang.pick("服务态度与职业道德", "Attitude and ethics"),
            Competence::PlatformRules => lang.pick("平台规则", "Platform rules"),
            Competence::Product => lang.pick("商品知识", "Products"),
            Competence::Communication => lang.pick("沟通技巧", "Communication"),
            Competence::Complaints => lang.pick("投诉处理", "Complaints"),
            Competence::Chat => lang.pick("接待效率", "Answering"),
            Competence::AfterSales => lang.pick("售后政策", "After-sales"),
            Competence::Systems => lang.pick("系统与工具", "Systems and tools"),
            Competence::Office => lang.pick("办公软件", "Office software"),
            Competence::Stress => lang.pick("压力与情绪", "Stress and emotion"),
            Competence::Career => lang.pick("职业发展", "Career"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_web_calls_them_the_same() {
        let zh = include_str!("../../../web/src/i18n/zh-CN/common.json");
        let en = include_str!("../../../web/src/i18n/en/common.json");
        for (text, lang) in [(zh, Lang::Zh), (en, Lang::En)] {
            let words: serde_json::Value = serde_json::from_str(text).unwrap();
            for competence in Competence::ALL {
                assert_eq!(words["competence"][competence.word()], competence.name(lang));
            }
        }
    }
}
