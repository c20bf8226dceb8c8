//! Tables of the evaluations.

/// What is evaluated, by which figure and how.
pub mod evaluation {
    use kexun_base::time::Micros;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::evaluation::trained::EvaluatedKind;
    use crate::evaluation::{ComparedWith, EvaluationId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "evaluation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EvaluationId,
        pub tenant_id: TenantId,
        pub subject_kind: EvaluatedKind,
        pub subject_id: Uuid,
        /// What the subject was called when it was last calculated.
        pub title: String,
        pub figure: String,
        pub weeks_before: i32,
        pub weeks_after: i32,
        /// As asked; none: the nearest.
        pub comparison: Option<ComparedWith>,
        /// Ids of those named to compare with, as JSON.
        pub named: String,
        pub invited: bool,
        /// Shops and teams that the maker's right reached on, as JSON.
        pub reach: String,
        /// Ids of the trained whom it speaks of, as JSON.
        pub trained: String,
        pub made_at: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What an evaluation found at one time; never changed.
pub mod result {
    use kexun_base::time::Micros;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::evaluation::{EvaluationId, EvaluationResultId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "evaluation_result")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EvaluationResultId,
        pub tenant_id: TenantId,
        pub evaluation_id: EvaluationId,
        pub computed_at: Micros,
        /// The outcome, as JSON.
        pub outcome: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
