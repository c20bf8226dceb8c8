//! Neutral rows as compact bytes.

use sea_orm::Value;
use uuid::Uuid;

use super::{Kind, Row, Table};
use crate::bytes::{Reader, put_bytes, put_i64, put_str, put_u64};
use crate::errors::{Error, Result};

/// Writes rows: their number, then value after value, each behind a byte that says whether there is
/// one.
///
/// # Errors
/// When a row is not of this table: a fault of the program.
pub fn encode(table: &Table, rows: &[Row]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    put_u64(&mut out, rows.len() as u64);
    for (column, value) in rows.iter().flat_map(|row| table.columns.iter().zip(row)) {
        match (column.kind, value) {
            (Kind::Truth, Value::Bool(Some(truth))) => out.extend([1, u8::from(*truth)]),
            (Kind::Integer, Value::BigInt(Some(number))) => present(&mut out, |o| put_i64(o, *number)),
            (Kind::Real, Value::Double(Some(real))) => {
                present(&mut out, |o| o.extend_from_slice(&real.to_le_bytes()));
            }
            (Kind::Text, Value::String(Some(text))) => present(&mut out, |o| put_str(o, text)),
            (Kind::Bytes, Value::Bytes(Some(bytes))) => present(&mut out, |o| put_bytes(o, bytes)),
            (Kind::Uuid, Value::Uuid(Some(id))) => {
                present(&mut out, |o| o.extend_from_slice(id.as_bytes()));
            }
            (kind, value) if *value == none(kind) => out.push(0),
            _ => {
                let place = format!("{}.{}", table.name, column.name);
                return Err(Error::internal(format!("a value of {place} is not of its kind")));
            }
        }
    }
    Ok(out)
}

fn present(out: &mut Vec<u8>, put: impl FnOnce(&mut Vec<u8>)) {
    out.push(1);
    put(out);
}

fn none(kind: Kind) -> Value {
    match kind {
        Kind::Truth => Value::Bool(None),
        Kind::Integer => Value::BigInt(None),
        Kind::Real => Value::Double(None),
        Kind::Text => Value::String(None),
        Kind::Bytes => Value::Bytes(None),
        Kind::Uuid => Value::Uuid(None),
    }
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// When the bytes are damaged.
pub fn decode(table: &Table, bytes: &[u8]) -> Result<Vec<Row>> {
    let mut reader = Reader::new(bytes);
    let rows = (0..reader.count()?).map(|_| row(table, &mut reader)).collect::<Result<Vec<_>>>()?;
    if reader.is_empty() { Ok(rows) } else { Err(damaged()) }
}

fn row(table: &Table, reader: &mut Reader<'_>) -> Result<Row> {
    table.columns.iter().map(|column| value(column.kind, reader)).collect()
}

fn value(kind: Kind, reader: &mut Reader<'_>) -> Result<Value> {
    match reader.u8()? {
        0 => return Ok(none(kind)),
        1 => {}
        _ => return Err(damaged()),
    }
    Ok(match kind {
        Kind::Truth => Value::Bool(Some(reader.u8()? != 0)),
        Kind::Integer => Value::BigInt(Some(reader.i64()?)),
        Kind::Real => {
            let bytes = reader.take(8)?.try_into().expect("eight bytes were taken");
            Value::Double(Some(f64::from_le_bytes(bytes)))
        }
        Kind::Text => Value::String(Some(reader.str()?.to_owned())),
        Kind::Bytes => Value::Bytes(Some(reader.bytes()?.to_vec())),
        Kind::Uuid => Value::Uuid(Some(Uuid::from_slice(reader.take(16)?).map_err(|_| damaged())?)),
    })
}

fn damaged() -> Error {
    Error::invalid("the rows of the archive cannot be read")
}

#[cfg(test)]
mod tests {
    use super::super::Column;
    use super::*;

    #[test]
    fn rows_of_every_kind_come_back() {
        let kinds = [Kind::Truth, Kind::Integer, Kind::Real, Kind::Text, Kind::Bytes, Kind::Uuid];
        let column = |kind| Column { name: format!("{kind:?}"), kind, narrow: false };
        let columns = kinds.into_iter().map(column).collect();
        let table = Table { name: "t".into(), columns, key: vec![1] };
        let full = vec![
            Value::Bool(Some(true)),
            Value::BigInt(Some(i64::MIN)),
            Value::Double(Some(-0.1)),
            Value::String(Some("您好".into())),
            Value::Bytes(Some(vec![0, 255])),
            Value::Uuid(Some(Uuid::from_u128(7))),
        ];
        let rows = vec![full, kinds.map(none).to_vec()];
        let bytes = encode(&table, &rows).unwrap();
        assert_eq!(decode(&table, &bytes).unwrap(), rows);
        for cut in 0..bytes.len() {
            assert!(decode(&table, &bytes[..cut]).is_err(), "{cut}");
        }
    }
}
