//! Papers (试卷): which questions, for how many points, in which order; fixed, or drawn by rule for
//! each who sits.

use kexun_base::{Error, Result};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use crate::points::Points;
use crate::questions::QuestionId;
use crate::questions::body::Key;

kexun_base::id!(
    /// A paper.
    PaperId
);

/// A paper as one person gets it: kept with his attempt, so that later changes of the bank do not
/// change it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The questions in the order in which they are asked.
    pub items: Vec<SheetItem>,
}

/// A question of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetItem {
    /// Which question.
    pub question: QuestionId,
    /// Which revision of it.
    pub revision: i32,
    /// What it asks.
    pub text: String,
    /// What is right.
    pub key: Key,
    /// The order in which options are shown: numbers in their written order. Empty where there are none.
    pub order: Vec<u16>,
    /// What it is worth.
    pub points: Points,
}

/// Draws a sheet of a paper. The same `seed` gives the same sheet as long as paper and bank do not
/// change.
///
/// # Errors
/// `not_found`; `conflict` when the bank has too few questions for a rule of the paper.
pub async fn sheet(
    _db: &impl ConnectionTrait,
    _tenant: TenantId,
    _paper: PaperId,
    _seed: u64,
) -> Result<Sheet> {
    Err(Error::not_found("paper"))
}
