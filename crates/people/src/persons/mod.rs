//! Persons: somebody, above all tenants, with memberships (staff) in them.
//!
//! A login names one person in the whole program; upper and lower case are the same.

mod entity;
pub mod migration;
mod store;

pub(crate) use store::{NewPerson, by_id, change, create};
pub use store::{by_ids, by_login};

kexun_base::id!(
    /// A person.
    PersonId
);

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// His id.
    pub id: PersonId,
    /// What he signs in with, lower case.
    pub login: String,
    /// His name.
    pub name: String,
    /// Where mails for him go.
    pub email: Option<String>,
    /// His telephone.
    pub phone: Option<String>,
    /// The language that he reads: `zh-CN` or `en`.
    pub locale: String,
    /// Counts the changes.
    pub version: i32,
}
