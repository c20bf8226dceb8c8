//! Confidentiality (ORG-6): personal data is taken out of texts while they are imported, and kept
//! sealed with the key of the customer it belongs to.

pub mod masking;
mod vault;

pub use vault::{pieces_of_bytes, pieces_to_bytes};
