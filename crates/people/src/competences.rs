//! What one must be able to do: the words by which needs, courses, questions and archives are sorted
//! (TRN-1).

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
        /// 压力与情绪管理: stress and emotion.
        Stress = "stress",
        /// 职业发展: career.
        Career = "career",
    }
);
