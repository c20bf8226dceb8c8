//! The command line.

mod backup;
mod check;
mod demo;
mod import;
mod kpi;
mod open;
mod questions;
mod restore;
mod serve;
mod staff;
mod tenant;
mod token;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use kexun_base::Result;

/// 客训 Kexun: training and service quality for customer-service organisations.
#[derive(Debug, Parser)]
#[command(name = "kexun", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Where the data lies.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// Folder of the data.
    #[arg(long, env = "KEXUN_DATA", default_value = "./kexun-data", global = true)]
    pub data: PathBuf,
    /// PostgreSQL database instead: postgres://user:password@host/name
    #[arg(long, env = "KEXUN_DATABASE_URL", global = true)]
    pub database_url: Option<String>,
    /// Ledger of erasures, outside of what a restored backup replaces; erasures.log in the data folder if not said.
    #[arg(long, env = "KEXUN_ERASURES", global = true)]
    pub erasures: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the web pages and the API.
    Serve(serve::Serve),
    Tenant(tenant::Tenant),
    User(user::User),
    Token(token::Token),
    /// Build the simulated organisation (once) and serve it.
    Demo(demo::Arguments),
    /// Bring a file of what really happened into the service record.
    Import(import::Arguments),
    /// Print figures.
    Kpi(kpi::Arguments),
    /// Look whether the data are sound.
    Check(check::Arguments),
    /// Write everything into one file.
    Backup(backup::Arguments),
    /// Bring a backup back into an empty database.
    Restore(restore::Arguments),
    /// Print the API's OpenAPI document.
    Openapi,
}

/// Runs the command and says with which status the program ends: 0 done, 1 failed and nothing was
/// changed, 2 wrong use, 3 done in part.
pub fn run(cli: Cli) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("kexun: {error}");
            return ExitCode::from(1);
        }
    };
    match runtime.block_on(dispatch(cli.command)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("kexun: {error}");
            ExitCode::from(1)
        }
    }
}

async fn dispatch(command: Command) -> Result<ExitCode> {
    match command {
        Command::Serve(serve) => serve.run().await,
        Command::Demo(demo) => demo.run().await,
        Command::Import(import) => import.run().await,
        Command::Kpi(kpi) => kpi.run().await,
        Command::Check(check) => check.run().await,
        Command::Backup(backup) => backup.run().await,
        Command::Restore(restore) => restore.run().await,
        Command::Tenant(tenant) => tenant.run().await,
        Command::User(user) => user.run().await,
        Command::Token(token) => token.run().await,
        Command::Openapi => {
            let (_, document) = crate::wiring::api();
            println!("{}", serde_json::to_string_pretty(&document)?);
            Ok(ExitCode::SUCCESS)
        }
    }
}
