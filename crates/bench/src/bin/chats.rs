//! Writes a month of a shop organisation's chats as CSV: `chats --messages 1000000 --out chats.csv`.

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Parser;
use kexun_bench::chats::{Settings, write};

/// Writes a month of a shop organisation's chats as CSV, the same for the same options.
#[derive(Parser)]
struct Options {
    /// How many messages.
    #[arg(long, default_value_t = 1_000_000)]
    messages: u64,
    /// How many agents; 100 to 600, growing with the messages, where it is not said.
    #[arg(long)]
    agents: Option<u64>,
    /// How many shops; one for fifty agents where it is not said.
    #[arg(long)]
    shops: Option<u64>,
    /// The first day.
    #[arg(long, default_value = "2026-01-01")]
    from: NaiveDate,
    /// How many days.
    #[arg(long, default_value_t = 31)]
    days: u64,
    /// Other numbers make other chats.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The file to write.
    #[arg(long)]
    out: PathBuf,
}

fn main() -> std::io::Result<()> {
    let options = Options::parse();
    let agents = options.agents.unwrap_or((options.messages / 16_667).clamp(100, 600)).max(1);
    let settings = Settings {
        messages: options.messages,
        agents,
        shops: options.shops.unwrap_or(agents.div_ceil(50)).clamp(1, agents),
        from: options.from,
        days: options.days.max(1),
        seed: options.seed,
    };
    write(&settings, BufWriter::with_capacity(1 << 20, File::create(options.out)?))
}
