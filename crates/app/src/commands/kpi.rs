//! `kexun kpi`.

use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;
use kexun_base::Result;
use kexun_people::rights::Scope;
use kexun_people::tenants;
use kexun_service::kpi::api::Asked;
use kexun_service::kpi::{Answer, ask, to_csv};

use super::{Place, open};

/// Print figures.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Short name of the tenant.
    #[arg(long)]
    tenant: String,
    /// First day.
    #[arg(long)]
    from: NaiveDate,
    /// Last day.
    #[arg(long)]
    to: NaiveDate,
    /// Rows.
    #[arg(long, default_value = "tenant", value_parser = ["agent", "team", "shop", "tenant"])]
    by: String,
    /// How the period is split.
    #[arg(long, default_value = "all", value_parser = ["day", "week", "month", "all"])]
    per: String,
    /// Keys, separated by commas; all that ship if none.
    #[arg(long)]
    keys: Option<String>,
    /// How to print.
    #[arg(long, default_value = "table", value_parser = ["table", "json", "csv"])]
    format: String,
    #[command(flatten)]
    place: Place,
}

impl Arguments {
    /// Prints the figures.
    pub async fn run(self) -> Result<ExitCode> {
        let ctx = open::open(&self.place, open::settings(&self.place)).await?;
        let tenant = tenants::tenant_by_slug(ctx.db().read(), &self.tenant).await?.id;
        let asked = Asked {
            from: self.from,
            to: self.to,
            by: Some(self.by),
            per: Some(self.per),
            keys: self.keys,
            shop: None,
            team: None,
            agent: None,
            format: None,
        };
        let answer = ask(&ctx, &Scope::whole(tenant), &asked.question()?).await?;
        match self.format.as_str() {
            "json" => println!("{}", serde_json::to_string(&answer)?),
            "csv" => print!("{}", to_csv(&answer)),
            _ => print_table(&answer),
        }
        ctx.db().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print_table(answer: &Answer) {
    println!("{:<24} {:<23} {:<22} {:>14} {:>9}", "scope", "period", "key", "value", "n");
    for row in &answer.rows {
        let name = row.name.as_deref().unwrap_or("—");
        for (key, value) in &row.values {
            let number = value.value.map_or("—".to_owned(), |v| format!("{:.3}", v.as_f64()));
            let number = number.trim_end_matches("000").trim_end_matches('.');
            let n = value.n.map(|n| n.to_string()).unwrap_or_default();
            println!("{name:<24} {} … {} {key:<22} {number:>14} {n:>9}", row.from, row.to);
        }
    }
}
