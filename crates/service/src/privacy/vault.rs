//! Masked pieces as bytes, to be sealed.

use kexun_base::bytes::{Reader, put_str, put_u64};
use kexun_base::{Error, Result};

use super::masking::{Kind, MaskedPiece};

/// Writes pieces compactly; none make no bytes.
pub fn pieces_to_bytes(pieces: &[MaskedPiece]) -> Vec<u8> {
    let mut out = Vec::new();
    for piece in pieces {
        put_str(&mut out, piece.kind.code());
        put_u64(&mut out, piece.start as u64);
        put_u64(&mut out, piece.len as u64);
        put_str(&mut out, &piece.original);
    }
    out
}

/// Reads what [`pieces_to_bytes`] wrote.
///
/// # Errors
/// When the bytes are damaged.
pub fn pieces_of_bytes(bytes: &[u8]) -> Result<Vec<MaskedPiece>> {
    let mut reader = Reader::new(bytes);
    let mut pieces = Vec::new();
    while !reader.is_empty() {
        let kind = Kind::from_code(reader.str()?)
            .ok_or_else(|| Error::internal("a sealed piece has no known kind"))?;
        let place = |n: u64| usize::try_from(n).map_err(|_| Error::internal("a sealed piece is damaged"));
        let (start, len) = (place(reader.u64()?)?, place(reader.u64()?)?);
        pieces.push(MaskedPiece { kind, start, len, original: reader.str()?.to_owned() });
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::masking::{mask, restore};

    #[test]
    fn sealed_pieces_restore_the_text() {
        let text = "我的电话13812345678,寄到浙江省杭州市西湖区文三路90号";
        let masked = mask(text);
        let pieces = pieces_of_bytes(&pieces_to_bytes(&masked.pieces)).unwrap();
        assert_eq!(restore(&masked.text, &pieces), text);
    }
}
