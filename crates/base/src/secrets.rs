//! The master key and what is derived from it: sealed bytes, keyed hashes, token hashes.
//!
//! The key holds 32 bytes. In earnest use it comes from `KEXUN_KEY` (64 hex digits) or from a key
//! file that lies outside the data folder, so that a stolen data folder or backup tells nothing.

use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use crate::errors::{Error, Result};
use crate::ids::Random;

/// A key of 32 bytes. It never appears in logs: its `Debug` says nothing.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A key of these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Key(bytes)
    }

    /// A fresh random key.
    pub fn random(random: &dyn Random) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Key(bytes)
    }

    /// Reads a key written as 64 hexadecimal digits.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn from_hex(text: &str) -> Result<Self> {
        let text = text.trim();
        let wrong = || Error::invalid("the key must be 64 hexadecimal digits (32 bytes)");
        if text.len() != 64 || !text.is_ascii() {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| wrong())?;
        }
        Ok(Key(bytes))
    }

    /// The key in `file`; when there is none yet, a random one is made, readable by its owner only,
    /// and synced to disk before anything is sealed with it.
    ///
    /// # Errors
    /// When the file cannot be read or written, or holds no key.
    pub fn from_file(file: &Path, random: &dyn Random) -> Result<Self> {
        match std::fs::read_to_string(file) {
            Ok(text) => Key::from_hex(&text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key = Key::random(random);
                key.write_new(file)?;
                // Two processes may have raced: whoever linked first wins, both read that one.
                Key::from_hex(&std::fs::read_to_string(file)?)
            }
            Err(e) => Err(e.into()),
        }
    }

    fn write_new(&self, file: &Path) -> Result<()> {
        use std::io::Write;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let draft = file.with_extension(format!("new-{}", std::process::id()));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut out = options.open(&draft)?;
        writeln!(out, "{}", hex(&self.0))?;
        out.sync_all()?;
        let linked = std::fs::hard_link(&draft, file);
        std::fs::remove_file(&draft)?;
        match linked {
            Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => return Err(e.into()),
            _ => {}
        }
        // Its name, too: whatever is sealed from now on is worth nothing without it.
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        Ok(std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?)
    }

    /// A key for one purpose, so that a hash made for one is worthless for another.
    pub fn derive(&self, purpose: &str) -> Key {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(b"kexun derive 1\0");
        hasher.update(purpose.as_bytes());
        Key(*hasher.finalize().as_bytes())
    }

    /// Keyed hash of several parts; part borders count, so `("ab","c")` differs from `("a","bc")`.
    pub fn hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut bytes = [0; 512];
        let mut used = 0;
        // What fits is hashed in one go: most of a hash's time goes into taking many small parts.
        let fits = parts.iter().all(|part| {
            let (start, end) = (used + 8, used + 8 + part.len());
            used = end;
            bytes.get_mut(start - 8..end).is_some_and(|place| {
                place[..8].copy_from_slice(&(part.len() as u64).to_le_bytes());
                place[8..].copy_from_slice(part);
                true
            })
        });
        if fits {
            return *blake3::keyed_hash(&self.0, &bytes[..used]).as_bytes();
        }
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        *hasher.finalize().as_bytes()
    }

    /// Encrypts and authenticates bytes; `bound_to` must be the same when they are opened.
    pub fn seal(&self, random: &dyn Random, bound_to: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; 24];
        random.fill(&mut nonce);
        let payload = chacha20poly1305::aead::Payload { msg: plain, aad: bound_to };
        let sealed =
            self.cipher().encrypt(&XNonce::from(nonce), payload).expect("sealing fails only beyond 256 GiB");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`Key::seal`] made.
    ///
    /// # Errors
    /// When the bytes were changed, belong elsewhere, or another key sealed them.
    pub fn open(&self, bound_to: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        let refuse = || Error::internal("sealed bytes do not open: wrong key, or they were changed");
        let (nonce, body) = sealed.split_at_checked(24).ok_or_else(refuse)?;
        let nonce: [u8; 24] = nonce.try_into().map_err(|_| refuse())?;
        let payload = chacha20poly1305::aead::Payload { msg: body, aad: bound_to };
        self.cipher().decrypt(&XNonce::from(nonce), payload).map_err(|_| refuse())
    }

    /// The raw bytes, for wrapping this key with another.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

/// Lower-case hexadecimal digits of bytes.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SeededRandom;

    #[test]
    fn sealed_bytes_open_only_with_their_key_and_place() {
        let random = SeededRandom::new(1);
        let key = Key::random(&random);
        let sealed = key.seal(&random, b"here", b"13800138000");
        assert_eq!(key.open(b"here", &sealed).unwrap(), b"13800138000");
        assert!(key.open(b"there", &sealed).is_err());
        assert!(key.derive("other").open(b"here", &sealed).is_err());
        assert!(key.open(b"here", &sealed[..10]).is_err());
    }

    #[test]
    fn the_key_file_is_made_once() {
        let random = SeededRandom::new(2);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("k/master.key");
        let first = Key::from_file(&file, &random).unwrap();
        let again = Key::from_file(&file, &random).unwrap();
        assert_eq!(first.bytes(), again.bytes());
        std::fs::write(&file, "nonsense").unwrap();
        assert!(Key::from_file(&file, &random).is_err());
    }

    #[test]
    fn part_borders_count() {
        let key = Key::from_bytes([7; 32]);
        assert_ne!(key.hash(&[b"ab", b"c"]), key.hash(&[b"a", b"bc"]));
    }

    #[test]
    fn a_hash_is_the_same_however_long_its_parts_are() {
        for length in [0, 1, 495, 496, 497, 5000] {
            let long = vec![9; length];
            let key = Key::from_bytes([7; 32]);
            let mut hasher = blake3::Hasher::new_keyed(key.bytes());
            for part in [long.as_slice(), b"z"] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
            assert_eq!(key.hash(&[&long, b"z"]), *hasher.finalize().as_bytes());
        }
    }
}
