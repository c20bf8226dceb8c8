//! What a look through the data found: faults, and notes that are none.

use serde::Serialize;

/// Findings of one sort that are kept word for word; more are only counted.
const KEPT: usize = 200;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at: `events`, `references`, `conversations`, `figures`, `jobs`, `imports`.
    pub area: &'static str,
    /// Short name of the tenant it belongs to, if it belongs to one.
    pub tenant: Option<String>,
    /// Where it is.
    pub place: String,
    /// What is wrong there.
    pub what: String,
    /// What to do about it.
    pub todo: &'static str,
}

/// Findings as they are gathered; memory is bounded however many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// What is wrong; the first ones of many.
    pub faults: Vec<Finding>,
    /// How many faults there are in all.
    pub faults_total: u64,
    /// What is worth knowing and no fault; the first ones of many.
    pub notes: Vec<Finding>,
    #[serde(skip)]
    tenant: Option<String>,
}

impl Findings {
    /// The tenant that what follows belongs to.
    pub fn look_at(&mut self, tenant: Option<&str>) {
        self.tenant = tenant.map(str::to_owned);
    }

    /// Something is wrong.
    pub fn fault(
        &mut self,
        area: &'static str,
        place: impl Into<String>,
        what: impl Into<String>,
        todo: &'static str,
    ) {
        self.faults_total += 1;
        if self.faults.len() < KEPT {
            let finding = self.finding(area, place.into(), what.into(), todo);
            self.faults.push(finding);
        }
    }

    /// Something is worth knowing.
    pub fn note(
        &mut self,
        area: &'static str,
        place: impl Into<String>,
        what: impl Into<String>,
        todo: &'static str,
    ) {
        if self.notes.len() < KEPT {
            let finding = self.finding(area, place.into(), what.into(), todo);
            self.notes.push(finding);
        }
    }

    fn finding(&self, area: &'static str, place: String, what: String, todo: &'static str) -> Finding {
        Finding { area, tenant: self.tenant.clone(), place, what, todo }
    }
}
