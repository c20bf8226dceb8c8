//! What is asked and answered about attendance.

use kexun_base::time::Micros;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::classes::Attendance;

/// The code on the lecturer's screen.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassCode {
    /// Six digits; none while nobody can sign in.
    pub code: Option<String>,
    /// When the code changes.
    #[schema(value_type = String, format = DateTime)]
    pub changes_at: Micros,
    /// The server's time, by which it changes.
    #[schema(value_type = String, format = DateTime)]
    pub now: Micros,
    /// When signing in begins.
    #[schema(value_type = String, format = DateTime)]
    pub opens_at: Micros,
    /// When signing in ends.
    #[schema(value_type = String, format = DateTime)]
    pub closes_at: Micros,
    /// How many came.
    pub came: usize,
    /// How many are expected: who has leave is not.
    pub expected: usize,
}

/// A code that somebody typed or scanned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassSignIn {
    /// Six digits; spaces do not matter.
    pub code: String,
}

/// How somebody stands who signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassSignedIn {
    /// Present or late, or what was set by hand.
    pub status: Attendance,
    /// When he signed in first.
    #[schema(value_type = String, format = DateTime)]
    pub signed_in_at: Micros,
    /// Minutes since the beginning when he signed in; negative: before it.
    pub after_min: i64,
}

/// How somebody stands, set by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendanceChange {
    /// Present, late, leave or absent; invited takes back what was set, and leaves a sign-in as it was.
    pub status: Attendance,
    /// Why it is set by hand: at most 200 characters.
    pub reason: String,
    /// The version that you saw.
    pub version: i32,
}

/// An application for leave.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveWish {
    /// Why: at most 200 characters.
    pub reason: String,
}

/// The answer to an application for leave.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveAnswer {
    /// Whether he need not come.
    pub granted: bool,
    /// The version that you saw.
    pub version: i32,
}

/// The version of a class that was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassVersion {
    /// The version that you saw.
    pub version: i32,
}
