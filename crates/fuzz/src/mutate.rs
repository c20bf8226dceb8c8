//! Changes to an input: the small ones of which bugs are made.

/// Pseudo-random numbers (SplitMix64): the same for ever from the same seed.
#[derive(Debug, Clone)]
pub struct Draw(u64);

impl Draw {
    /// Numbers from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Draw(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where nothing is below.
    pub fn below(&mut self, end: usize) -> usize {
        (self.number() >> 33) as usize % end.max(1)
    }

    /// One of them.
    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// What stands where a number stood.
const NUMBERS: [&str; 12] = [
    "0",
    "-1",
    "1e308",
    "9223372036854775808",
    "4294967296",
    "2147483648",
    "65536",
    "00000000",
    "0.1",
    "-0",
    "1e-999",
    "NaN",
];

/// A change of `input`, at most `most` bytes long. `words` are what the format is made of, `others` inputs to take
/// pieces from.
#[must_use]
pub fn mutate(draw: &mut Draw, input: &[u8], others: &[Vec<u8>], words: &[&str], most: usize) -> Vec<u8> {
    let mut bytes = input.to_vec();
    // Mostly few changes: many at once seldom leave anything that is understood.
    let changes = 1 + draw.below(4) * draw.below(4);
    for _ in 0..changes {
        change(draw, &mut bytes, others, words);
        bytes.truncate(most);
    }
    bytes
}

fn change(draw: &mut Draw, bytes: &mut Vec<u8>, others: &[Vec<u8>], words: &[&str]) {
    let at = draw.below(bytes.len() + 1);
    let piece = at..bytes.len().min(at + 1 + draw.below(24));
    match draw.below(11) {
        0 if at < bytes.len() => bytes[at] ^= 1 << draw.below(8),
        1 if at < bytes.len() => bytes[at] = draw.number() as u8,
        2 => drop(bytes.splice(at..at, [draw.number() as u8])),
        3 => drop(bytes.drain(piece)),
        4 => {
            let copy = bytes[piece.clone()].to_vec().repeat(1 + draw.below(5));
            bytes.splice(piece.start..piece.start, copy);
        }
        5 => {
            let copy = bytes[piece].to_vec();
            let to = draw.below(bytes.len() + 1);
            bytes.splice(to..to, copy);
        }
        6 => {
            let other = draw.of(others);
            let from = draw.below(other.len());
            let taken = &other[from..other.len().min(from + 1 + draw.below(80))];
            bytes.splice(piece, taken.iter().copied());
        }
        7 => number(draw, bytes, at),
        8 => {
            let ch = char::from_u32(draw.below(0x3000) as u32 + 0x80 * draw.below(0x200) as u32)
                .unwrap_or('\u{7f}');
            bytes.splice(at..at, ch.to_string().into_bytes());
        }
        9 => drop(bytes.splice(piece, draw.of(words).bytes())),
        _ => drop(bytes.splice(at..at, draw.of(words).bytes())),
    }
}

/// Another number instead of the first behind `at`.
fn number(draw: &mut Draw, bytes: &mut Vec<u8>, at: usize) {
    let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|found| at + found) else { return };
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    bytes.splice(start..start + length, draw.of(&NUMBERS).bytes());
}

/// An input of about `length` bytes in which a piece of `input` comes again and again: what takes more than
/// proportionate time shows there.
#[must_use]
pub fn stretched(input: &[u8], piece: std::ops::Range<usize>, length: usize) -> Vec<u8> {
    let times = length.saturating_sub(input.len()) / piece.len().max(1);
    let mut bytes = input[..piece.end].to_vec();
    bytes.extend(input[piece.clone()].repeat(times));
    bytes.extend(&input[piece.end..]);
    bytes
}
