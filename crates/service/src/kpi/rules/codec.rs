//! Variable-length integers (LEB128), the alphabet of the compact encodings.
//!
//! Every encoding here is canonical: one value has one byte string, and decoding accepts no other.
//! So equal bytes mean equal figures, and damage shows as an error rather than as another figure.

use std::fmt;

/// Why bytes are not what they should be. They come from Kexun's own database, so this means
/// damage (or a newer version), never a mistake of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError(pub(super) &'static str);

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a valid encoding: {}", self.0)
    }
}

impl std::error::Error for DecodeError {}

/// Appends `value` in seven-bit groups, lowest first.
pub(super) fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads what [`put`] wrote, refusing anything that it would not have written.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Checks the leading version byte.
    pub(super) fn new(bytes: &'a [u8], version: u8) -> Result<Self, DecodeError> {
        match bytes.split_first() {
            Some((&first, rest)) if first == version => Ok(Self { rest }),
            Some(_) => Err(DecodeError("unknown version")),
            None => Err(DecodeError("empty")),
        }
    }

    pub(super) fn u64(&mut self) -> Result<u64, DecodeError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.rest.split_first().ok_or(DecodeError("cut off"))?;
            self.rest = rest;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                break;
            }
            value |= part << shift;
            if byte < 0x80 {
                return if byte == 0 && shift > 0 { Err(DecodeError("overlong number")) } else { Ok(value) };
            }
        }
        Err(DecodeError("number too large"))
    }

    pub(super) fn u32(&mut self) -> Result<u32, DecodeError> {
        u32::try_from(self.u64()?).map_err(|_| DecodeError("number too large"))
    }

    /// A number of things of at least `min_bytes` each: refused if the bytes left cannot hold
    /// them, so that a damaged length never makes us ask for gigabytes.
    pub(super) fn count(&mut self, min_bytes: usize) -> Result<usize, DecodeError> {
        let count = self.u64()?;
        if count > (self.rest.len() / min_bytes) as u64 {
            return Err(DecodeError("length beyond the end"));
        }
        Ok(count as usize)
    }

    pub(super) fn end(self) -> Result<(), DecodeError> {
        if self.rest.is_empty() { Ok(()) } else { Err(DecodeError("bytes after the end")) }
    }
}
