//! The exams that came of a class.

use std::collections::BTreeSet;

use kexun_assessment::exams::{self, ExamId};
use kexun_base::Result;
use kexun_base::events::lineage::{self, Link};
use kexun_base::ids::Uuid;
use kexun_base::time::Micros;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::ClassId;

/// An exam that came of a class; the numbers only for who sees more than himself.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClassExam {
    /// Its id.
    id: ExamId,
    /// What it is called.
    title: String,
    /// Whether it is a make-up of another.
    make_up: bool,
    /// From when on one may begin.
    #[schema(value_type = String, format = DateTime)]
    opens_at: Micros,
    /// When every sitting ends.
    #[schema(value_type = String, format = DateTime)]
    closes_at: Micros,
    /// Who are to sit it.
    candidates: Option<u32>,
    /// Who have begun.
    sat: Option<u32>,
    /// Who have a grade.
    graded: Option<u32>,
    /// Whose grade is a pass or better.
    passed: Option<u32>,
}

/// The exams of a class, make-ups among them, the first set first. Without `numbers`, those that concern
/// the reader himself: of a make-up of others he would learn that a colleague failed.
pub(super) async fn of_class(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    id: ClassId,
    (numbers, own): (bool, Option<StaffId>),
) -> Result<Vec<ClassExam>> {
    let class = Link { kind: "class".to_owned(), id: id.0 };
    let after = lineage::of(db, tenant.0, &class).await?.after;
    let ids: Vec<ExamId> = after.iter().filter(|l| l.kind == "exam").map(|l| ExamId(l.id)).collect();
    let mut heads = exams::heads(db, tenant, &ids).await?;
    if !numbers {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let his = match own {
            Some(own) => exams::concerning(db, tenant, own, &ids).await?,
            None => BTreeSet::new(),
        };
        heads.retain(|head| his.contains(&head.id.0));
    }
    let shown = |head: exams::ExamHead| ClassExam {
        id: head.id,
        title: head.title,
        make_up: head.make_up,
        opens_at: head.opens_at,
        closes_at: head.closes_at,
        candidates: numbers.then_some(head.candidates),
        sat: numbers.then_some(head.sat),
        graded: numbers.then_some(head.graded),
        passed: numbers.then_some(head.passed),
    };
    Ok(heads.into_iter().map(shown).collect())
}
