//! `skeleton`: the least that an answer can cost with the libraries Kexun is built from (`scripts/bench/rush.sh`).

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    match kexun_bench::skeleton::run(kexun_bench::skeleton::Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("skeleton: {error}");
            ExitCode::FAILURE
        }
    }
}
