//! Dossiers as compressed bytes.
//!
//! A chat has some hundred bytes, too few to repeat itself: by itself it hardly gets smaller, and most of the work goes
//! into tables for it. So it is compressed with a dictionary of what is said in shops day by day
//! (ADR 0020), which stands in the program and never changes: each transcript names the one that it needs, and those
//! of before name none.

use std::cell::RefCell;
use std::sync::LazyLock;

use kexun_base::{Error, Result};
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{get_dict_id_from_frame, get_frame_content_size};

use super::dossier::{self, Dossier};

/// With the dictionary, level 1 leaves two thirds of a chat; level 3 leaves hardly less and takes a third longer.
const LEVEL: i32 = 1;
/// What a transcript may unpack to: a damaged or hostile row must not ask for more.
const LIMIT: usize = 256 << 20;
/// Made of `phrases.txt` by `scripts/train-dictionary.sh`. What was written with it is read with it: a better one stands
/// beside it, with the next id.
const DICTIONARY: &[u8] = include_bytes!("transcript.dict");
/// Its id, as transcripts name it.
const DICTIONARY_ID: u32 = 1;

static PACKING: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static UNPACKING: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

thread_local! {
    // Setting them up costs more than their work on a chat.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Packs a dossier.
///
/// # Errors
/// `invalid` for one too large to be unpacked again; when compressing fails.
pub fn pack(dossier: &Dossier) -> Result<Vec<u8>> {
    let plain = dossier::encode(dossier);
    if plain.len() > LIMIT {
        return Err(Error::invalid(format!(
            "a conversation would hold {} MB, where {} are the most: does its id or its customer stand for many?",
            plain.len() >> 20,
            LIMIT >> 20
        )));
    }
    COMPRESSOR.with_borrow_mut(|slot| {
        let compressor = match slot {
            Some(compressor) => compressor,
            none => none.insert(Compressor::with_prepared_dictionary(&PACKING)?),
        };
        Ok(compressor.compress(&plain)?)
    })
}

/// Unpacks a dossier.
///
/// # Errors
/// When the bytes are damaged.
pub fn unpack(bytes: &[u8]) -> Result<Dossier> {
    let damaged = || Error::internal("a transcript is damaged: run `kexun check`");
    let size = get_frame_content_size(bytes).ok().flatten().ok_or_else(damaged)?;
    let size = usize::try_from(size).ok().filter(|s| *s <= LIMIT).ok_or_else(damaged)?;
    let plain = match get_dict_id_from_frame(bytes).map(u32::from) {
        None => zstd::bulk::decompress(bytes, size),
        Some(DICTIONARY_ID) => DECOMPRESSOR.with_borrow_mut(|slot| {
            let decompressor = match slot {
                Some(decompressor) => decompressor,
                none => none.insert(Decompressor::with_prepared_dictionary(&UNPACKING)?),
            };
            decompressor.decompress(bytes, size)
        }),
        Some(_) => return Err(Error::internal("a transcript was written by a newer version of the program")),
    };
    dossier::decode(&plain.map_err(|_| damaged())?)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kexun_base::time::Micros;
    use zstd::zstd_safe::get_dict_id_from_dict;

    use super::*;
    use crate::conversations::dossier::{Message, Source};
    use crate::kpi::rules::{Channel, Sender};

    const PHRASES: &str = include_str!("phrases.txt");

    /// Numbers that look drawn and are the same every time.
    fn draw(state: &mut u64, below: usize) -> usize {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) as usize % below
    }

    /// A chat of so many sentences of the phrases.
    fn chat(state: &mut u64) -> Dossier {
        let phrases: Vec<&str> = PHRASES.lines().filter(|line| !line.starts_with('#')).collect();
        let (mut at, mut row) = (1_767_225_600_000_000, draw(state, 1_000_000) as u64);
        let messages = (0..3 + draw(state, 10)).map(|n| {
            at += draw(state, 600_000_000) as i64;
            row += draw(state, 3_000) as u64;
            Message {
                ident: (draw(state, 1 << 31) as u64) << 33 | draw(state, 1 << 31) as u64,
                at: Micros(at),
                sender: if n % 2 == 0 { Sender::Customer } else { Sender::Agent },
                agent: (n % 2 == 1).then_some(draw(state, 200) as u32),
                channel: Channel::Chat,
                text: phrases[draw(state, phrases.len())].to_owned(),
                sealed: Vec::new(),
                order: None,
                product: None,
                sources: vec![Source { import: 1, row }],
            }
        });
        Dossier { messages: messages.collect(), ..Dossier::default() }
    }

    #[test]
    fn what_is_packed_unpacks_and_got_smaller() {
        let state = &mut 7;
        let (mut without, mut packed) = (0, 0);
        for _ in 0..300 {
            let dossier = chat(state);
            let bytes = pack(&dossier).unwrap();
            assert_eq!(unpack(&bytes).unwrap(), dossier);
            without += zstd::bulk::compress(&dossier::encode(&dossier), 3).unwrap().len();
            packed += bytes.len();
        }
        assert!(packed * 4 < without * 3, "{packed} bytes, {without} without the dictionary");
    }

    #[test]
    fn a_transcript_of_before_the_dictionary_is_read() {
        let dossier = chat(&mut 11);
        let before = zstd::bulk::compress(&dossier::encode(&dossier), 3).unwrap();
        assert_eq!(unpack(&before).unwrap(), dossier);
    }

    #[test]
    fn one_of_a_later_dictionary_is_told_apart() {
        let mut bytes = pack(&chat(&mut 13)).unwrap();
        assert_eq!(get_dict_id_from_dict(DICTIONARY).map(u32::from), Some(DICTIONARY_ID));
        // Magic number, descriptor, then the id.
        assert_eq!(u32::from(bytes[5]), DICTIONARY_ID);
        bytes[5] += 1;
        assert!(unpack(&bytes).unwrap_err().to_string().contains("newer version"));
    }

    #[test]
    fn damaged_bytes_are_an_error() {
        let bytes = pack(&chat(&mut 17)).unwrap();
        for end in 0..bytes.len() {
            assert!(unpack(&bytes[..end]).is_err());
        }
    }

    /// Writes what `scripts/train-dictionary.sh` trains on.
    #[test]
    #[ignore = "writes samples into KEXUN_SAMPLES"]
    fn samples_for_training() {
        let folder = std::env::var("KEXUN_SAMPLES").expect("KEXUN_SAMPLES names a folder");
        let state = &mut 1;
        for n in 0..4_000 {
            let file = Path::new(&folder).join(format!("{n:04}"));
            std::fs::write(file, dossier::encode(&chat(state))).unwrap();
        }
    }
}
