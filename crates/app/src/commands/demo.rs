//! `kexun demo`.

use std::process::ExitCode;

use chrono::{Days, NaiveDate};
use clap::Args;
use kexun_base::{Ctx, Result, Settings};
use kexun_simulation::Plan;

use super::{Place, open, serve};
use crate::demo;

/// Build the simulated organisation (once) and serve it.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The same seed and last day build the same organisation.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How much happened in the last six months: 40,000, 200,000 or 1,000,000 conversations.
    #[arg(long, default_value = "small", value_parser = ["small", "medium", "large"])]
    scale: String,
    /// Last day of the record; yesterday if not said.
    #[arg(long)]
    last_day: Option<NaiveDate>,
    /// Only build, do not serve.
    #[arg(long)]
    build_only: bool,
    /// Address to listen on.
    #[arg(long, env = "KEXUN_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    #[command(flatten)]
    place: Place,
}

impl Arguments {
    /// Builds what is missing, prints who may sign in, and serves.
    pub async fn run(self) -> Result<ExitCode> {
        serve::start_log();
        let public_url = format!("http://{}", self.listen);
        let settings = Settings { demo: true, public_url, ..open::settings(&self.place) };
        let ctx = open::open(&self.place, settings).await?;
        let plan = self.plan(&ctx);
        demo::build(&ctx, &plan, &|step| tracing::info!("building the demonstration: {step}")).await?;
        if self.build_only {
            ctx.db().close().await?;
            return Ok(ExitCode::SUCCESS);
        }
        println!("{}", welcome(&plan, &self.listen));
        serve::serve_until_stopped(ctx, &self.listen, None).await?;
        Ok(ExitCode::SUCCESS)
    }

    fn plan(&self, ctx: &Ctx) -> Plan {
        let yesterday = || ctx.now().utc().date_naive() - Days::new(1);
        let last_day = self.last_day.unwrap_or_else(yesterday);
        match self.scale.as_str() {
            "medium" => Plan::medium(self.seed, last_day),
            "large" => Plan::large(self.seed, last_day),
            _ => Plan::small(self.seed, last_day),
        }
    }
}

/// The address, and a sign-in of each role.
fn welcome(plan: &Plan, listen: &str) -> String {
    use std::fmt::Write;
    let organisation = kexun_simulation::Organisation::build(&Plan { conversations: 0, ..*plan });
    let mut text = format!("\n客训 Kexun  http://{listen}\n\n");
    for role in kexun_simulation::Role::ALL {
        if let Some(person) = organisation.staff.iter().find(|s| s.has(role)) {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {:<15} {:<24} {}", role.as_str(), person.login, person.name);
        }
    }
    let _ = write!(text, "\n  password of all: {}\n", kexun_people::sign_in::DEMO_PASSWORD);
    text
}
