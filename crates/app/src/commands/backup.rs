//! `kexun backup`.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kexun_base::Result;
use serde_json::json;

use super::{Place, open};
use crate::operations;
use crate::wiring::Migrator;

/// Write everything into one file, of one moment, while the program may be in use.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The file; one that is there is replaced when the new one is complete.
    file: PathBuf,
    /// Print one JSON object on standard output.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Arguments {
    /// Writes the file; returns once it is synced to disk.
    pub async fn run(self) -> Result<ExitCode> {
        let ctx = open::existing(&self.place, open::settings(&self.place)).await?;
        let contents = operations::backup::<Migrator>(&ctx, &self.file, &progress).await?;
        ctx.db().close().await?;
        let bytes = std::fs::metadata(&self.file)?.len();
        if self.json {
            println!("{}", json!({"file": self.file, "bytes": bytes, "contents": contents}));
            return Ok(ExitCode::SUCCESS);
        }
        let megabytes = bytes.div_ceil(1 << 20);
        println!("{}: {} rows, {} files, {megabytes} MB", self.file.display(), contents.rows, contents.files);
        println!(
            "The file is sealed with the master key and does NOT hold it. Keep a copy of the key elsewhere: without \
             it nobody can restore this backup."
        );
        Ok(ExitCode::SUCCESS)
    }
}

/// Says at a terminal what is being done.
pub fn progress(what: &str) {
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K{what}\r");
    }
}
