//! `kexun import`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kexun_base::events::Actor;
use kexun_base::http::PageRequest;
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants;
use kexun_service::imports::{self, Asked, Import, Kind, Order, Progress};
use serde_json::{Value, json};

use super::{Place, open, questions, staff};

/// Bring a file of what really happened into the service record.
#[derive(Debug, Args)]
pub struct Arguments {
    /// What the file holds.
    #[arg(value_parser = ["conversations", "contacts", "ratings", "staff", "questions"])]
    kind: String,
    /// The file: CSV, XLSX or JSON Lines; questions also GIFT.
    file: PathBuf,
    /// Short name of the tenant.
    #[arg(long)]
    tenant: String,
    /// Shop (name or code) of rows that name none.
    #[arg(long)]
    shop: Option<String>,
    /// What the file is, where its content does not tell.
    #[arg(long, default_value = "auto", value_parser = ["auto", "kexun", "csv", "xlsx", "jsonl"])]
    format: String,
    /// How 3/4/2026 is meant; without it such dates are refused.
    #[arg(long, value_parser = ["dmy", "mdy"])]
    date_order: Option<String>,
    /// Print one JSON object on standard output.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Arguments {
    /// Imports the file; returns once it is visible and synced to disk.
    pub async fn run(self) -> Result<ExitCode> {
        let size = std::fs::metadata(&self.file)
            .map_err(|e| Error::invalid(format!("{} cannot be read: {e}", self.file.display())))?
            .len();
        let ctx = open::open(&self.place, open::settings(&self.place)).await?;
        let tenant = tenants::tenant_by_slug(ctx.db().read(), &self.tenant).await?.id;
        let done = match self.kind.as_str() {
            "staff" => Some(staff::import(&ctx, tenant, &self.file, self.json).await?),
            "questions" => Some(questions::import(&ctx, tenant, &self.file, self.json).await?),
            _ => None,
        };
        if let Some(done) = done {
            ctx.db().close().await?;
            return Ok(done);
        }
        let order = Order {
            tenant,
            kind: self.kind.parse::<Kind>()?,
            file_name: self.file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned()),
            asked: Asked {
                shop: self.shop,
                format: Some(self.format),
                date_order: self.date_order,
                only: None,
            },
            bytes: size,
            actor: Actor::Operator,
        };
        let import = imports::begin(&ctx, ctx.id(), order, false).await?;
        let shown = std::io::stderr().is_terminal();
        let report = |progress| {
            if shown {
                draw(progress)
            }
        };
        let import = imports::run(&ctx, tenant, import.id, &self.file, false, report).await?;
        if shown {
            eprintln!();
        }
        let rejected = rejected(&ctx, &import).await?;
        if self.json {
            let report = json!({
                "rows": import.rows, "imported": import.imported, "unchanged": import.unchanged,
                "rejected": rejected, "warnings": import.warnings, "import": import.number,
            });
            println!("{report}");
        } else {
            print_words(&import, &rejected);
        }
        ctx.db().close().await?;
        Ok(ExitCode::from(if import.rejected > 0 { 3 } else { 0 }))
    }
}

fn draw(progress: Progress) {
    let line = match progress {
        Progress::Reading(bytes, total, rows) => {
            format!("reading  {:3} %  {rows} rows", bytes * 100 / total.max(1))
        }
        Progress::Merging(done, rows) => {
            format!("merging  {:3} %  {done} of {rows} rows", done * 100 / rows.max(1))
        }
        Progress::Writing(done) => format!("writing  {done} conversations"),
        Progress::Counting(days) => format!("counting {days} days of shops anew"),
    };
    // A terminal that is gone is no reason to stop.
    let _ = write!(std::io::stderr(), "\r\x1b[K{line}");
}

async fn rejected(ctx: &Ctx, import: &Import) -> Result<Vec<Value>> {
    let mut rejected = Vec::new();
    let mut page = PageRequest { cursor: None, limit: Some(200) };
    loop {
        let part = imports::rejections(ctx.db().read(), import.id, &page).await?;
        let rows = part.items.into_iter();
        rejected.extend(rows.map(|r| json!({"row": r.row, "column": r.column, "reason": r.reason})));
        match part.next {
            Some(next) => page.cursor = Some(next),
            None => return Ok(rejected),
        }
    }
}

fn print_words(import: &Import, rejected: &[Value]) {
    println!(
        "{} rows: {} imported, {} known already, {} rejected",
        import.rows, import.imported, import.unchanged, import.rejected
    );
    for warning in import.warnings.as_array().into_iter().flatten() {
        println!("note: {}", warning["detail"].as_str().unwrap_or_default());
    }
    for row in rejected.iter().take(20) {
        let column = row["column"].as_str().map(|c| format!("{c}: ")).unwrap_or_default();
        println!("row {}: {column}{}", row["row"], row["reason"].as_str().unwrap_or_default());
    }
    if rejected.len() > 20 {
        println!("… and {} more; --json lists them all", rejected.len() - 20);
    }
}
