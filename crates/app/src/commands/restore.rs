//! `kexun restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kexun_base::Result;
use kexun_service::customers::ledger;
use serde_json::json;

use super::backup::progress;
use super::{Place, open};
use crate::operations::{self, Order};
use crate::wiring::Migrator;

/// Bring a backup back into an empty database; stop the program first.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The backup.
    file: PathBuf,
    /// Throw away everything that the database holds.
    #[arg(long)]
    force: bool,
    /// Print one JSON object on standard output.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Arguments {
    /// Restores the backup, and erases again whoever was erased since it was made.
    pub async fn run(self) -> Result<ExitCode> {
        let (target, key) = (open::target(&self.place), open::existing_key(&self.place.data)?);
        let order = Order {
            file: &self.file,
            key: &key,
            target: &target,
            folder: &self.place.data,
            force: self.force,
        };
        let contents = operations::restore::<Migrator>(&order, &progress).await?;
        let ctx = open::open(&self.place, open::settings(&self.place)).await?;
        let erased = ledger::apply(&ctx).await?;
        ctx.db().close().await?;
        if self.json {
            println!("{}", json!({"contents": contents, "erased_again": erased}));
            return Ok(ExitCode::SUCCESS);
        }
        println!(
            "{} rows and {} files were restored; everybody signs in anew",
            contents.rows, contents.files
        );
        if erased > 0 {
            println!("{erased} customers that were erased since the backup were erased again");
        }
        Ok(ExitCode::SUCCESS)
    }
}
