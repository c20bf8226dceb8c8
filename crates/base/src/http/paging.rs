//! Lists by cursor: stable while rows come and go, cheap at any depth.
//!
//! A cursor is the sort key of the last row shown, as JSON in URL-safe characters. It is no secret;
//! a made-up one only shows another place of a list that the caller may read anyway.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::errors::{Error, Result};

const MAX_LIMIT: u64 = 200;

/// Which part of a list is wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageRequest {
    /// `next` of the page before; none for the first page.
    pub cursor: Option<String>,
    /// Items wanted, 1 to 200; 50 if not said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u64>,
}

/// A part of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Cursor of the next page; none: this is the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The same page with each item turned into something else.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }

    /// A list that is short enough to be shown whole.
    pub fn whole(items: Vec<T>) -> Self {
        Page { items, next: None }
    }
}

impl PageRequest {
    /// Number of items wanted, within bounds.
    pub fn limit(&self) -> u64 {
        self.limit.unwrap_or(50).clamp(1, MAX_LIMIT)
    }

    /// The sort key after which the page begins.
    ///
    /// # Errors
    /// When the cursor is none of ours.
    pub fn after<K: DeserializeOwned>(&self) -> Result<Option<K>> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let wrong = || Error::field("cursor", "is not a cursor of this list; leave it out to begin anew");
        let bytes = decode_hex(cursor).ok_or_else(wrong)?;
        serde_json::from_slice(&bytes).map(Some).map_err(|_| wrong())
    }

    /// Makes a page of rows that were asked for with `limit() + 1`.
    pub fn page<T, K: Serialize>(&self, mut rows: Vec<T>, key: impl Fn(&T) -> K) -> Page<T> {
        let limit = self.limit() as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).and_then(|row| serde_json::to_vec(&key(row)).ok());
        Page { items: rows, next: next.map(|bytes| crate::secrets::hex(&bytes)) }
    }
}

fn decode_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_to_the_next_page() {
        let first = PageRequest { cursor: None, limit: Some(2) };
        let page = first.page(vec![5, 4, 3], |n| *n);
        assert_eq!(page.items, [5, 4]);
        let second = PageRequest { cursor: page.next, limit: Some(2) };
        assert_eq!(second.after::<i32>().unwrap(), Some(4));
        assert!(second.page(vec![3], |n| *n).next.is_none());
    }

    #[test]
    fn a_made_up_cursor_is_refused() {
        for cursor in ["x", "zz", "7b", "七七"] {
            let request = PageRequest { cursor: Some(cursor.into()), limit: None };
            assert!(request.after::<i32>().is_err(), "{cursor}");
        }
    }
}
