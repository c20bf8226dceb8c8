//! The sheet of the rows that an import did not take, to be corrected and imported again.

use std::io::Cursor;

use kexun_base::http::PageRequest;
use kexun_base::{Ctx, Error, Result};
use kexun_importers::{Lang, RejectionSheet, SheetFormat};
use tokio::sync::mpsc;

use super::{Import, RejectedRow, store};
use crate::blocking::blocking;

/// Rows that an XLSX sheet has room for beside its heading.
const MOST_ROWS: u64 = 1_048_575;

/// The sheet as bytes. Rows are read here while another thread writes them into it.
///
/// # Errors
/// `invalid` when there are more rows than the format holds; when the database refuses.
pub async fn sheet(ctx: &Ctx, import: &Import, format: SheetFormat, lang: Lang) -> Result<Vec<u8>> {
    fits(format, store::count_rejections(ctx.db().read(), import.id).await?)?;
    let (send, receive) = mpsc::channel(4);
    let header = import.header.clone();
    let writing = blocking("writing the rejected rows", move || written(&header, format, lang, receive));
    let reading = async {
        let mut page = PageRequest { cursor: None, limit: Some(200) };
        loop {
            let part = store::rejections(ctx.db().read(), import.id, &page).await?;
            // Why the writing ended is said by itself.
            if send.send(part.items).await.is_err() {
                break;
            }
            match part.next {
                Some(next) => page.cursor = Some(next),
                None => break,
            }
        }
        drop(send);
        Ok::<_, Error>(())
    };
    tokio::try_join!(writing, reading).map(|(sheet, ())| sheet)
}

fn written(
    header: &[String],
    format: SheetFormat,
    lang: Lang,
    mut rows: mpsc::Receiver<Vec<RejectedRow>>,
) -> Result<Vec<u8>> {
    let mut sheet = RejectionSheet::new(format, Cursor::new(Vec::new()), header, lang)?;
    while let Some(part) = rows.blocking_recv() {
        for row in part {
            let cells: Vec<String> = serde_json::from_value(row.cells)?;
            sheet.row(&cells, lang.pick(&row.reason_zh, &row.reason))?;
        }
    }
    Ok(sheet.finish()?.into_inner())
}

fn fits(format: SheetFormat, rows: u64) -> Result<()> {
    if format == SheetFormat::Csv || rows <= MOST_ROWS {
        return Ok(());
    }
    let detail = format!("{rows} rows were rejected and an xlsx sheet holds {MOST_ROWS}: ask for csv");
    Err(Error::field("format", detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_xlsx_holds_is_to_be_asked_for_as_csv() {
        assert!(fits(SheetFormat::Xlsx, 1_048_575).is_ok());
        assert!(fits(SheetFormat::Csv, 2_000_000).is_ok());
        let refused = fits(SheetFormat::Xlsx, 1_048_576).unwrap_err();
        assert_eq!(refused.fields[0].field, "format");
        assert!(refused.fields[0].detail.contains("csv"), "{refused}");
    }
}
