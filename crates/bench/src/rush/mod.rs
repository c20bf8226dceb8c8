//! An examination rush: a company of thousands, its people at their places at once, and a book of every
//! answer that was acknowledged, against which the server is checked afterwards.
//!
//! `stage` makes the company; the other commands start the server on it, load it and print one row of a table.
//! The load runs on one thread, beside the server on the same machine.

mod book;
mod candidate;
mod figures;
mod flood;
mod server;
mod sitting;
mod stage;
mod storm;
mod wire;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// What goes wrong in a measurement ends it.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The command line.
#[derive(Debug, Parser)]
pub struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Which server, on which data.
#[derive(Debug, Args)]
pub struct Place {
    /// The program to be measured.
    #[arg(long, default_value = "target/release/kexun")]
    program: PathBuf,
    /// Its data folder.
    #[arg(long)]
    data: PathBuf,
    /// Its PostgreSQL database; SQLite in the data folder if not said.
    #[arg(long)]
    database_url: Option<String>,
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:4300")]
    listen: SocketAddr,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes the company, its people with sessions, the bank and the paper.
    Stage(stage::Size),
    /// Candidates start within ten seconds, answer at their own pace, reload, hand in.
    Sit(sitting::Sit),
    /// Answers are saved as fast as they are acknowledged.
    Flood(flood::Flood),
    /// People sign in with their passwords within ten seconds.
    Storm(storm::Storm),
}

/// Does what the command line asks.
///
/// # Errors
/// When the server does not start or answers what it must not.
pub async fn run(cli: Cli) -> Outcome<()> {
    match cli.command {
        Command::Stage(size) => stage::make(&cli.place, &size).await,
        Command::Sit(sit) => sitting::run(&cli.place, &sit).await,
        Command::Flood(flood) => flood::run(&cli.place, &flood).await,
        Command::Storm(storm) => storm::run(&cli.place, &storm).await,
    }
}
