//! `kexun import questions`.

use std::path::Path;
use std::process::ExitCode;

use kexun_assessment::questions::{self, QuestionReport};
use kexun_base::{Ctx, Result};
use kexun_people::rights::By;
use kexun_people::staff::Lang;
use kexun_people::tenants::TenantId;
use serde_json::json;

/// Imports questions from a file and says what became of them: in words, or as one JSON object.
pub async fn import(ctx: &Ctx, tenant: TenantId, file: &Path, as_json: bool) -> Result<ExitCode> {
    let name = file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let report = questions::import(ctx, By::Operator(tenant), file, &name, Lang::En, false).await?;
    if as_json {
        let QuestionReport { rows, imported, unchanged, rejected, skipped, warnings, .. } = &report;
        println!(
            "{}",
            json!({
                "rows": rows, "imported": imported, "unchanged": unchanged,
                "rejected": rejected, "skipped": skipped, "warnings": warnings,
            })
        );
    } else {
        print_words(&report);
    }
    let whole = report.rejected.is_empty() && report.skipped.is_empty();
    Ok(ExitCode::from(if whole { 0 } else { 3 }))
}

fn print_words(report: &QuestionReport) {
    let QuestionReport { rows, imported, unchanged, rejected, skipped, warnings, .. } = report;
    println!(
        "{rows} questions: {imported} imported, {unchanged} known already, {} skipped, {} rejected",
        skipped.len(),
        rejected.len()
    );
    for warning in warnings {
        println!("note: {warning}");
    }
    let lost = rejected.iter().map(|r| {
        let column = r.column.as_deref().map(|c| format!("{c}: ")).unwrap_or_default();
        format!("row {}: {column}{}", r.row, r.reason)
    });
    let skipped = skipped.iter().map(|s| format!("row {}: skipped: {} ({})", s.row, s.reason, s.text));
    let lines: Vec<String> = lost.chain(skipped).collect();
    for line in lines.iter().take(20) {
        println!("{line}");
    }
    if lines.len() > 20 {
        println!("… and {} more; --json lists them all", lines.len() - 20);
    }
}
