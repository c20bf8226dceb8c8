//! `kexun check`.

use std::process::ExitCode;

use clap::Args;
use kexun_base::Result;
use kexun_base::findings::Finding;

use super::{Place, open};
use crate::operations::{self, Report};

/// Look whether the data are sound: nothing is changed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Make figures and archives that are wrong anew, and look again.
    #[arg(long)]
    recount: bool,
    /// Print one JSON object on standard output.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Arguments {
    /// Says what is wrong, where, and what to do; status 0 where nothing is.
    pub async fn run(self) -> Result<ExitCode> {
        let ctx = open::existing(&self.place, open::settings(&self.place)).await?;
        let mut report = operations::check(&ctx).await?;
        if self.recount && operations::recount(&ctx, &report).await? > 0 {
            report = operations::check(&ctx).await?;
        }
        if self.json {
            println!("{}", serde_json::to_string(&report)?);
        } else {
            print_words(&report);
        }
        ctx.db().close().await?;
        Ok(ExitCode::from(u8::from(!report.sound)))
    }
}

fn print_words(report: &Report) {
    for tenant in &report.tenants {
        println!(
            "{}: {} sealed events, {} conversations, figures of {} days of shops, {} archive entries",
            tenant.tenant, tenant.events, tenant.conversations, tenant.days, tenant.archive_entries
        );
    }
    let findings = &report.findings;
    findings.notes.iter().for_each(|note| print_finding("note", note));
    findings.faults.iter().for_each(|fault| print_finding("WRONG", fault));
    let hidden = findings.faults_total - findings.faults.len() as u64;
    if hidden > 0 {
        println!("… and {hidden} more that are wrong");
    }
    match findings.faults_total {
        0 => println!("everything is sound"),
        n => println!("{n} things are wrong"),
    }
}

fn print_finding(word: &str, finding: &Finding) {
    let tenant = finding.tenant.as_ref().map(|t| format!("{t}: ")).unwrap_or_default();
    println!("{word} [{}] {tenant}{}: {}", finding.area, finding.place, finding.what);
    println!("      to do: {}", finding.todo);
}
