//! `kexun import staff`.

use std::path::Path;
use std::process::ExitCode;

use kexun_base::{Ctx, Result};
use kexun_people::rights::By;
use kexun_people::staff::{self, Lang, StaffReport};
use kexun_people::tenants::TenantId;
use serde_json::json;

/// Imports members from a file and says what became of its rows: in words, or as one JSON object.
pub async fn import(ctx: &Ctx, tenant: TenantId, file: &Path, as_json: bool) -> Result<ExitCode> {
    let report = staff::import(ctx, By::Operator(tenant), file, Lang::En, false).await?;
    if as_json {
        println!("{}", json!(report));
    } else {
        print_words(&report);
    }
    Ok(ExitCode::from(if report.rejected.is_empty() { 0 } else { 3 }))
}

fn print_words(report: &StaffReport) {
    let StaffReport { rows, imported, unchanged, rejected, warnings } = report;
    println!("{rows} rows: {imported} imported, {unchanged} known already, {} rejected", rejected.len());
    for warning in warnings {
        println!("note: {}", warning.detail);
    }
    for row in rejected.iter().take(20) {
        let column = row.column.as_deref().map(|c| format!("{c}: ")).unwrap_or_default();
        println!("row {}: {column}{}", row.row, row.reason);
    }
    if rejected.len() > 20 {
        println!("… and {} more; --json lists them all", rejected.len() - 20);
    }
}
