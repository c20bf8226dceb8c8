//! A set of characters with a test that costs one load: the finders ask it for every character of a text.

/// Characters below U+10000, a bit each.
pub(super) struct CharSet([u64; 1024]);

impl CharSet {
    /// The characters of `list`, all of them below U+10000.
    pub const fn of(list: &str) -> CharSet {
        CharSet([0; 1024]).with(list)
    }

    /// This set and the characters of `list`.
    pub const fn with(mut self, list: &str) -> CharSet {
        let mut at = 0;
        while at < list.len() {
            let (code, len) = decode(list.as_bytes(), at);
            self.0[code >> 6] |= 1 << (code & 63);
            at += len;
        }
        self
    }

    pub fn contains(&self, ch: char) -> bool {
        let code = u32::from(ch) as usize;
        code < 0x1_0000 && self.0[code >> 6] & (1 << (code & 63)) != 0
    }
}

/// The character that begins at `at`, and its bytes: `str::chars` for constants. Characters of up to three bytes only.
pub(super) const fn decode(bytes: &[u8], at: usize) -> (usize, usize) {
    let lead = bytes[at] as usize;
    if lead < 0x80 {
        return (lead, 1);
    }
    let mid = (bytes[at + 1] & 63) as usize;
    if lead < 0xe0 {
        return ((lead & 31) << 6 | mid, 2);
    }
    assert!(lead < 0xf0, "a character of four bytes");
    ((lead & 15) << 12 | mid << 6 | (bytes[at + 2] & 63) as usize, 3)
}
