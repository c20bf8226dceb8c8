//! The workbook part: which sheet is read, where it and its helpers are, how days are counted.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::package::Package;
use super::xml::{Xml, attribute};
use crate::error::FileError;
use crate::header::Warning;

/// What the workbook says about itself.
pub(super) struct Workbook {
    /// The part of the sheet that a person sees first.
    pub(super) sheet: String,
    pub(super) strings: Option<String>,
    pub(super) styles: Option<String>,
    /// Days are counted from 1904 instead of 1900.
    pub(super) since_1904: bool,
    /// Set where there are sheets that are not read.
    pub(super) warning: Option<Warning>,
}

struct Sheet {
    name: String,
    relation: String,
    hidden: bool,
}

struct Relation {
    /// The last segment of the type, the same in both flavours of the standard.
    kind: String,
    target: String,
}

/// More sheets or relations than this are not real.
const MOST: usize = 10_000;

impl Workbook {
    pub(super) fn read(package: &Package) -> Result<Self, FileError> {
        let root = relations(package, "_rels/.rels", "")?;
        let main = root.into_values().find(|relation| relation.kind == "officeDocument");
        let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
        if !package.has(&main) || !main.to_lowercase().ends_with(".xml") {
            return Err(FileError::NotXlsx);
        }
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let relations = relations(package, &joined(folder, &format!("_rels/{file}.rels")), folder)?;
        let (sheets, since_1904) = sheets(package, &main)?;
        let part_of = |sheet: &Sheet| {
            let relation = relations.get(&sheet.relation)?;
            let found = relation.kind == "worksheet" && package.has(&relation.target);
            found.then(|| relation.target.clone())
        };
        let mut visible = sheets.iter().filter(|sheet| !sheet.hidden);
        let chosen = visible.find_map(|sheet| Some((sheet, part_of(sheet)?)));
        let Some((sheet, part)) = chosen else {
            return Err(FileError::NotXlsx);
        };
        let helper = |kind| {
            let found = relations.values().find(|relation| relation.kind == kind);
            found.map(|relation| relation.target.clone())
        };
        let others = sheets.iter().filter(|sheet| !sheet.hidden).count() - 1;
        let warning = (others > 0).then(|| Warning::OtherSheets { read: sheet.name.clone(), others });
        Ok(Workbook {
            sheet: part,
            strings: helper("sharedStrings"),
            styles: helper("styles"),
            since_1904,
            warning,
        })
    }
}

fn sheets(package: &Package, main: &str) -> Result<(Vec<Sheet>, bool), FileError> {
    let mut sheets = Vec::new();
    let mut since_1904 = false;
    each_element(package, main, |element| match element.local_name().as_ref() {
        "workbookPr" => {
            let set = attribute(element, "date1904");
            since_1904 |= set.is_some_and(|set| set == "1" || set == "true");
        }
        "sheet" if sheets.len() < MOST => sheets.push(Sheet {
            name: attribute(element, "name").unwrap_or_default(),
            relation: attribute(element, "id").unwrap_or_default(),
            hidden: attribute(element, "state").is_some_and(|state| state != "visible"),
        }),
        _ => {}
    })?;
    Ok((sheets, since_1904))
}

fn relations(package: &Package, part: &str, folder: &str) -> Result<HashMap<String, Relation>, FileError> {
    let mut relations = HashMap::new();
    each_element(package, part, |element| {
        if element.local_name().as_ref() != "Relationship" || relations.len() >= MOST {
            return;
        }
        let id = attribute(element, "Id").unwrap_or_default();
        let kind = attribute(element, "Type").unwrap_or_default();
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        let target = attribute(element, "Target").unwrap_or_default();
        let target = joined(folder, &target);
        relations.insert(id, Relation { kind, target });
    })?;
    Ok(relations)
}

fn each_element(
    package: &Package,
    part: &str,
    mut visit: impl FnMut(&BytesStart<'_>),
) -> Result<(), FileError> {
    let Some(part) = package.part(part)? else { return Ok(()) };
    let mut xml = Xml::new(part);
    loop {
        match xml.next()? {
            Event::Start(element) | Event::Empty(element) => visit(&element),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// A target relative to a folder, as a name of a part.
fn joined(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}
