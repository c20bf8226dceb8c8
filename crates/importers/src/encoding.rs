//! How bytes become text.
//!
//! UTF-8 and GB18030 share a property that the readers build on: separators, quotes and line
//! ends are single ASCII bytes that never occur inside another character. So files in them are
//! cut into cells as bytes, and each row is decoded by itself; a broken byte costs its row alone.
//! UTF-16 lacks the property and is rewritten as UTF-8 into a temporary file first.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_16BE, UTF_16LE};

/// An encoding in which rows are cut as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Gb18030,
}

impl Encoding {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Gb18030 => "GB18030",
        }
    }

    /// The text, or none where a byte does not belong.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Encoding::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Encoding::Gb18030 => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
        }
    }

    /// The text with `U+FFFD` for what does not belong.
    pub(crate) fn decode_lossy(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Encoding::Utf8 => String::from_utf8_lossy(bytes),
            Encoding::Gb18030 => GB18030.decode_without_bom_handling(bytes).0,
        }
    }
}

/// A file of text ready to be cut: where its text begins and how it is encoded.
pub(crate) struct TextFile {
    pub(crate) file: File,
    pub(crate) start: u64,
    pub(crate) encoding: Encoding,
}

/// Finds the encoding of a file that is known to be text.
pub(crate) fn open_text(mut file: File) -> io::Result<TextFile> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    (&mut file).take(4).read_to_end(&mut head)?;
    let (start, encoding) = match head.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => (3, Encoding::Utf8),
        [0x84, 0x31, 0x95, 0x33] => (4, Encoding::Gb18030),
        [0xFF, 0xFE, ..] => return transcode(file, UTF_16LE.new_decoder_without_bom_handling()),
        [0xFE, 0xFF, ..] => return transcode(file, UTF_16BE.new_decoder_without_bom_handling()),
        _ => (0, guess(&mut file)?),
    };
    file.seek(SeekFrom::Start(start))?;
    Ok(TextFile { file, start, encoding })
}

/// This much evidence decides; until then the file is read on, so that a long ASCII beginning
/// does not mislead.
const EVIDENCE: u64 = 4096;

/// UTF-8 where its sequences are well formed, or nearly all are: one broken byte in a UTF-8 file
/// must cost a row and not turn all others into nonsense. (GB18030 text read as UTF-8 is mostly
/// broken: only about one pair in seven looks like a sequence.)
fn guess(file: &mut File) -> io::Result<Encoding> {
    file.seek(SeekFrom::Start(0))?;
    let (mut good, mut bad) = (0_u64, 0_u64);
    let mut buffer = vec![0; 1 << 16];
    let mut kept = 0;
    while good + bad < EVIDENCE {
        let read = file.read(&mut buffer[kept..])?;
        let filled = kept + read;
        let rest = count_sequences(&buffer[..filled], read == 0, &mut good, &mut bad);
        if read == 0 {
            break;
        }
        buffer.copy_within(filled - rest..filled, 0);
        kept = rest;
    }
    let utf8 = bad == 0 || good > bad * 4;
    Ok(if utf8 { Encoding::Utf8 } else { Encoding::Gb18030 })
}

/// Counts characters beyond ASCII and broken bytes; gives the length of a sequence cut at the end.
fn count_sequences(mut bytes: &[u8], at_end: bool, good: &mut u64, bad: &mut u64) -> usize {
    loop {
        let (valid, error) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]);
                (valid.unwrap_or_default(), Some(error))
            }
        };
        *good += valid.bytes().filter(|byte| *byte >= 0xC0).count() as u64;
        let Some(error) = error else { return 0 };
        bytes = &bytes[error.valid_up_to()..];
        match error.error_len() {
            Some(length) => bytes = &bytes[length..],
            None if at_end => {
                *bad += 1;
                return 0;
            }
            None => return bytes.len(),
        }
        *bad += 1;
    }
}

/// Rewrites UTF-16 (its BOM already read) as UTF-8. A lone surrogate becomes the byte 0xFF, which
/// is never UTF-8, so that its row is rejected like any other broken one.
fn transcode(mut file: File, mut decoder: Decoder) -> io::Result<TextFile> {
    file.seek(SeekFrom::Start(2))?;
    let mut out = BufWriter::new(tempfile::tempfile()?);
    let mut input = vec![0; 1 << 16];
    let mut output = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut input)?;
        let mut pending = &input[..read];
        loop {
            let (result, used, written) =
                decoder.decode_to_utf8_without_replacement(pending, &mut output, read == 0);
            out.write_all(&output[..written])?;
            pending = &pending[used..];
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => out.write_all(&[0xFF])?,
            }
        }
        if read == 0 {
            break;
        }
    }
    let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(TextFile { file, start: 0, encoding: Encoding::Utf8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(bytes: &[u8]) -> (Encoding, Vec<u8>) {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let mut text = open_text(file).unwrap();
        let mut rest = Vec::new();
        text.file.read_to_end(&mut rest).unwrap();
        (text.encoding, rest)
    }

    #[test]
    fn utf8_is_told_from_gb18030() {
        assert_eq!(open("你好，世界😀".as_bytes()).0, Encoding::Utf8);
        assert_eq!(open(b"plain ascii").0, Encoding::Utf8);
        let gb = GB18030.encode("客户说：这件衣服有点大，可以换小一码吗").0;
        assert_eq!(open(&gb).0, Encoding::Gb18030);
        let mut late = vec![b'a'; 3_000_000];
        late.extend_from_slice(&gb);
        assert_eq!(open(&late).0, Encoding::Gb18030);
    }

    #[test]
    fn one_broken_byte_does_not_turn_utf8_into_gb18030() {
        let mut bytes = "客户说：这件衣服有点大".as_bytes().to_vec();
        bytes.push(0xFF);
        bytes.extend_from_slice("可以换小一码吗".as_bytes());
        assert_eq!(open(&bytes).0, Encoding::Utf8);
    }

    #[test]
    fn sequences_cut_by_the_read_buffer_are_whole() {
        let text = "世".repeat(100_000);
        for shift in 0..3 {
            let bytes = [&b"abc"[..shift], text.as_bytes()].concat();
            assert_eq!(open(&bytes).0, Encoding::Utf8);
        }
    }

    #[test]
    fn boms_are_taken_off() {
        assert_eq!(open(b"\xEF\xBB\xBFab").1, b"ab");
        assert_eq!(open(b"\x84\x31\x95\x33ab"), (Encoding::Gb18030, b"ab".to_vec()));
        let le: Vec<u8> = "\u{FEFF}好,😀".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(open(&le), (Encoding::Utf8, "好,😀".as_bytes().to_vec()));
        let be: Vec<u8> = "\u{FEFF}好,😀".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(open(&be), (Encoding::Utf8, "好,😀".as_bytes().to_vec()));
    }

    #[test]
    fn a_lone_surrogate_is_a_broken_byte() {
        assert_eq!(open(&[0xFF, 0xFE, 0x61, 0, 0, 0xD8, 0x62, 0]).1, b"a\xFFb");
    }
}
