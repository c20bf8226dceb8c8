//! Tables of questions and their revisions.

/// A question as it is now.
pub mod question {
    use kexun_base::time::Micros;
    use kexun_people::competences::Competence;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::questions::body::QuestionKind;
    use crate::questions::{QuestionId, QuestionState};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "question")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: QuestionId,
        pub tenant_id: TenantId,
        pub text: String,
        pub kind: QuestionKind,
        /// What is right, as JSON.
        pub key: String,
        pub topic: String,
        pub competence: Option<Competence>,
        pub difficulty: i32,
        pub explanation: String,
        pub state: QuestionState,
        pub revision: i32,
        pub fingerprint: String,
        pub changed_at: Micros,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a question asked, and what was right, from a moment on.
pub mod revision {
    use kexun_base::ids::Uuid;
    use kexun_base::time::Micros;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::questions::{QuestionId, RevisionId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_revision")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RevisionId,
        pub tenant_id: TenantId,
        pub question_id: QuestionId,
        pub revision: i32,
        pub text: String,
        /// What is right, as JSON.
        pub key: String,
        pub made_at: Micros,
        /// The person who made it; none: the operator.
        pub made_by: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
