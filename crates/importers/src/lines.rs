//! Physical lines with a bound on memory.

use std::io::{self, BufRead};

/// What became of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// The file has ended.
    End,
    /// The line is in the buffer, without its end.
    Whole,
    /// The line was longer than the limit; the buffer holds its beginning.
    Cut,
}

/// Reads up to the next `\n` or `\r\n`; `read` gets the bytes taken from the input added.
pub(crate) fn read_line(
    input: &mut impl BufRead,
    buffer: &mut Vec<u8>,
    limit: usize,
    read: &mut u64,
) -> io::Result<Line> {
    buffer.clear();
    let mut cut = false;
    let mut any = false;
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        any = true;
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let taken = end.unwrap_or(chunk.len());
        let room = limit.saturating_sub(buffer.len());
        cut |= taken > room;
        buffer.extend_from_slice(&chunk[..taken.min(room)]);
        let used = taken + usize::from(end.is_some());
        *read += used as u64;
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    if !any {
        return Ok(Line::End);
    }
    if cut {
        return Ok(Line::Cut);
    }
    if buffer.last() == Some(&b'\r') {
        buffer.pop();
    }
    Ok(Line::Whole)
}
