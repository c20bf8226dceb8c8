//! Checked reading and writing of compact encodings: varints, zigzag, byte strings.
//!
//! Whatever is stored as a blob is written here and read back here; a damaged blob is an error,
//! never a panic and never a huge allocation.

use crate::errors::{Error, Result};

/// Appends an unsigned number, 7 bits a byte, low bits first.
pub fn put_u64(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value as u8) | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a signed number; small absolute values take few bytes.
pub fn put_i64(out: &mut Vec<u8>, value: i64) {
    put_u64(out, ((value << 1) ^ (value >> 63)) as u64);
}

/// Appends a length and that many bytes.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_u64(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Appends a text.
pub fn put_str(out: &mut Vec<u8>, text: &str) {
    put_bytes(out, text.as_bytes());
}

/// Appends an optional text: 0 for none, else its length plus one and its bytes.
pub fn put_opt_str(out: &mut Vec<u8>, text: Option<&str>) {
    match text {
        None => put_u64(out, 0),
        Some(text) => {
            put_u64(out, text.len() as u64 + 1);
            out.extend_from_slice(text.as_bytes());
        }
    }
}

/// Reads what the functions above wrote; every read is checked.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Starts at the beginning of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { rest: bytes }
    }

    /// Whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// One byte.
    ///
    /// # Errors
    /// At the end of the bytes (as do all the functions below).
    pub fn u8(&mut self) -> Result<u8> {
        let (first, rest) = self.rest.split_first().ok_or_else(damaged)?;
        self.rest = rest;
        Ok(*first)
    }

    /// An unsigned number.
    pub fn u64(&mut self) -> Result<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.u8()?;
            if shift == 63 && byte > 1 {
                return Err(damaged());
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(damaged())
    }

    /// An unsigned number that must fit in 32 bits.
    pub fn u32(&mut self) -> Result<u32> {
        u32::try_from(self.u64()?).map_err(|_| damaged())
    }

    /// A signed number.
    pub fn i64(&mut self) -> Result<i64> {
        let value = self.u64()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A number of items that follow; at least one byte each, so a damaged count cannot ask for
    /// more memory than the blob itself has bytes.
    pub fn count(&mut self) -> Result<usize> {
        let count = usize::try_from(self.u64()?).map_err(|_| damaged())?;
        if count > self.rest.len() { Err(damaged()) } else { Ok(count) }
    }

    /// So many raw bytes.
    pub fn take(&mut self, n: usize) -> Result<&'a [u8]> {
        let (head, rest) = self.rest.split_at_checked(n).ok_or_else(damaged)?;
        self.rest = rest;
        Ok(head)
    }

    /// A byte string with its length before it.
    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        let n = self.count()?;
        self.take(n)
    }

    /// A text.
    pub fn str(&mut self) -> Result<&'a str> {
        std::str::from_utf8(self.bytes()?).map_err(|_| damaged())
    }

    /// An optional text.
    pub fn opt_str(&mut self) -> Result<Option<&'a str>> {
        let n = usize::try_from(self.u64()?).map_err(|_| damaged())?;
        if n == 0 {
            return Ok(None);
        }
        std::str::from_utf8(self.take(n - 1)?).map(Some).map_err(|_| damaged())
    }
}

fn damaged() -> Error {
    Error::internal("a stored record is damaged: run `kexun check`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_come_back() {
        let mut out = Vec::new();
        for n in [0, 1, 127, 128, u64::MAX] {
            put_u64(&mut out, n);
        }
        for n in [0, -1, 1, i64::MIN, i64::MAX] {
            put_i64(&mut out, n);
        }
        put_str(&mut out, "您好");
        put_opt_str(&mut out, None);
        put_opt_str(&mut out, Some(""));
        let mut reader = Reader::new(&out);
        for n in [0, 1, 127, 128, u64::MAX] {
            assert_eq!(reader.u64().unwrap(), n);
        }
        for n in [0, -1, 1, i64::MIN, i64::MAX] {
            assert_eq!(reader.i64().unwrap(), n);
        }
        assert_eq!(reader.str().unwrap(), "您好");
        assert_eq!(reader.opt_str().unwrap(), None);
        assert_eq!(reader.opt_str().unwrap(), Some(""));
        assert!(reader.is_empty());
    }

    #[test]
    fn damage_is_an_error() {
        assert!(Reader::new(&[0xff; 11]).u64().is_err());
        assert!(Reader::new(&[0x80]).u64().is_err());
        assert!(Reader::new(&[200, 1, 0]).bytes().is_err());
        assert!(Reader::new(&[1, 0xff]).str().is_err());
    }
}
