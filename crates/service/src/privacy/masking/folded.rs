//! One spelling for what people type in many: full-width and mathematical digits, all kinds of blanks and dashes,
//! characters without width between digits. The finders see the folded characters; ranges go back to the bytes.

use std::ops::Range;

/// A text as the finders see it.
pub(super) struct Folded {
    /// The folded characters; those without width are left out.
    pub chars: Vec<char>,
    /// For each character its bytes in the text.
    bytes: Vec<(usize, usize)>,
}

impl Folded {
    pub fn new(text: &str) -> Folded {
        let mut folded =
            Folded { chars: Vec::with_capacity(text.len() / 2), bytes: Vec::with_capacity(text.len() / 2) };
        for (at, ch) in text.char_indices() {
            if let Some(plain) = fold(ch) {
                folded.chars.push(plain);
                folded.bytes.push((at, at + ch.len_utf8()));
            }
        }
        folded
    }

    /// The bytes of the characters `start..end`, which must not be empty. Characters without width that stand between
    /// them belong to it, those around it do not.
    pub fn bytes(&self, start: usize, end: usize) -> Range<usize> {
        self.bytes[start].0..self.bytes[end - 1].1
    }
}

/// The plain form of a character; `None` for characters without width, which only hide digits from machines.
fn fold(ch: char) -> Option<char> {
    Some(match ch {
        '\u{21}'..='\u{7e}' => ch,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(ch) - 0xfee0).expect("the ASCII characters"),
        // Mathematical digits: five alphabets of ten.
        '\u{1d7ce}'..='\u{1d7ff}' => char::from_digit((u32::from(ch) - 0x1d7ce) % 10, 10).expect("below ten"),
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '·' | '•' | '・' | '․' => '.',
        '、' => ',',
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => {
            return None;
        }
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => {
            return None;
        }
        // The frame of the keycap emoji 1️⃣.
        '\u{20e3}' => return None,
        other => other,
    })
}
