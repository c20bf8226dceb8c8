//! Dossiers as compressed bytes.

use kexun_base::{Error, Result};

use super::dossier::{self, Dossier};

/// Level 3 compresses chats to a third at hundreds of megabytes a second.
const LEVEL: i32 = 3;
/// What a transcript may unpack to: a damaged or hostile row must not ask for more.
const LIMIT: usize = 256 << 20;

/// Packs a dossier.
///
/// # Errors
/// When compressing fails.
pub fn pack(dossier: &Dossier) -> Result<Vec<u8>> {
    thread_local! {
        // Setting a compressor up costs more than compressing a chat.
        static COMPRESSOR: std::cell::RefCell<Option<zstd::bulk::Compressor<'static>>> =
            const { std::cell::RefCell::new(None) };
    }
    let plain = dossier::encode(dossier);
    COMPRESSOR.with_borrow_mut(|slot| {
        let compressor = match slot {
            Some(compressor) => compressor,
            none => none.insert(zstd::bulk::Compressor::new(LEVEL)?),
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
    let size = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten().ok_or_else(damaged)?;
    let size = usize::try_from(size).ok().filter(|s| *s <= LIMIT).ok_or_else(damaged)?;
    let plain = zstd::bulk::decompress(bytes, size).map_err(|_| damaged())?;
    dossier::decode(&plain)
}
