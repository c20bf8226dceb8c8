//! Which cell styles show a number as a date.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::package::Package;
use super::xml::{Xml, attribute};
use crate::error::FileError;

/// What a number in a cell of some style means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    Number,
    /// A day only.
    Day,
    /// A time of day, with or without the day.
    Time,
}

/// Cell formats beyond this are not real.
const MOST_FORMATS: usize = 100_000;

/// The meaning of each cell style by index.
pub(super) fn read(package: &Package, name: Option<&str>) -> Result<Vec<Shows>, FileError> {
    let part = match name {
        Some(name) => package.part(name)?,
        None => None,
    };
    let Some(part) = part else { return Ok(Vec::new()) };
    let mut xml = Xml::new(part);
    let mut custom = HashMap::new();
    let mut styles = Vec::new();
    let mut in_cell_formats = false;
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "numFmt" if custom.len() < MOST_FORMATS => {
                    let id = attribute(element, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                    if let (Some(id), Some(code)) = (id, attribute(element, "formatCode")) {
                        custom.insert(id, of_code(&code));
                    }
                }
                "cellXfs" => in_cell_formats = true,
                "xf" if in_cell_formats && styles.len() < MOST_FORMATS => {
                    let id = attribute(element, "numFmtId").and_then(|id| id.parse().ok());
                    let id = id.unwrap_or(0);
                    styles.push(custom.get(&id).copied().unwrap_or_else(|| built_in(id)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                in_cell_formats = false;
            }
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// ECMA-376 part 1, 18.8.30, the Chinese ones included.
fn built_in(id: u32) -> Shows {
    match id {
        14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shows::Day,
        18..=22 | 32..=35 | 45..=47 | 55 | 56 => Shows::Time,
        _ => Shows::Number,
    }
}

/// What a number format of one's own shows: its letters outside quotes, escapes and brackets.
fn of_code(code: &str) -> Shows {
    let mut day = false;
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            // Elapsed time such as [h] is a time; colours and locales are in brackets too.
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                if !inside.is_empty() && inside.chars().all(|c| matches!(c, 'h' | 'H' | 's' | 'S')) {
                    return Shows::Time;
                }
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            'h' | 'H' | 's' | 'S' => return Shows::Time,
            'y' | 'Y' | 'd' | 'D' | 'm' | 'M' => day = true,
            // "General" and what follows it has letters that mean nothing.
            'G' if code.contains("General") => return Shows::Number,
            _ => {}
        }
    }
    if day { Shows::Day } else { Shows::Number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        assert_eq!(of_code("yyyy\\-mm\\-dd"), Shows::Day);
        assert_eq!(of_code("yyyy\"年\"m\"月\"d\"日\""), Shows::Day);
        assert_eq!(of_code("yyyy/m/d h:mm;@"), Shows::Time);
        assert_eq!(of_code("[$-804]yyyy-mm-dd hh:mm:ss"), Shows::Time);
        assert_eq!(of_code("0.00_);[Red]\\(0.00\\)"), Shows::Number);
        assert_eq!(of_code("0\"days\""), Shows::Number);
        assert_eq!(of_code("General"), Shows::Number);
        assert_eq!(of_code("[h]:mm"), Shows::Time);
    }
}
