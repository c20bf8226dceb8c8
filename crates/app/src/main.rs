//! The program `kexun`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    kexun::commands::run(kexun::commands::Cli::parse())
}
