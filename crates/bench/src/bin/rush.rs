//! `rush`: an examination rush against a server of its own (`scripts/bench/rush.sh`).

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let outcome = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(kexun_bench::rush::run(kexun_bench::rush::Cli::parse())));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rush: {error}");
            ExitCode::FAILURE
        }
    }
}
