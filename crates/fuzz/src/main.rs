//! `make fuzz`: each target for some time, and one input again.
//!
//!     kexun-fuzz [--seconds N] [--seed N] [TARGET…]
//!     kexun-fuzz replay TARGET FILE…

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};
use std::{fs, io, thread};

use kexun_fuzz::driver::{self, Run, execute};
use kexun_fuzz::targets::{TARGETS, Target, named};
use kexun_fuzz::{corpus, corpus_of};

/// Where finds are written.
const FINDS: &str = "target/fuzz-finds";
/// An execution of so many seconds hangs.
const HANGS_SECONDS: u64 = 60;

/// Seconds since the start at which the execution under way began.
static BEGAN: AtomicU64 = AtomicU64::new(0);

struct Asked {
    targets: Vec<&'static Target>,
    seconds: u64,
    seed: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((word, rest)) if word == "replay" => replay(rest),
        _ => asked(&arguments)
            .and_then(|asked| fuzz(&asked).map_err(|e| format!("a file cannot be written: {e}"))),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(what) => {
            eprintln!("fuzz: {what}");
            ExitCode::from(2)
        }
    }
}

fn target(name: &str) -> Result<&'static Target, String> {
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    named(name).ok_or_else(|| format!("there is no target {name:?}; there are {}", names.join(", ")))
}

#[allow(clippy::disallowed_methods, reason = "a seed nobody chose is what a long run wants; it is printed")]
fn asked(arguments: &[String]) -> Result<Asked, String> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let mut asked = Asked { targets: Vec::new(), seconds: 60, seed: now.as_secs() };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|n| n.parse().ok()).ok_or(format!("{word} needs a number"));
        match word.as_str() {
            "--seconds" => asked.seconds = number()?,
            "--seed" => asked.seed = number()?,
            name => asked.targets.push(target(name)?),
        }
    }
    if asked.targets.is_empty() {
        asked.targets = TARGETS.iter().collect();
    }
    Ok(asked)
}

/// One input of a target again, with all that is said.
fn replay(arguments: &[String]) -> Result<bool, String> {
    let (name, files) = arguments.split_first().ok_or("replay needs a target and a file")?;
    let target = target(name)?;
    for file in files {
        let input = fs::read(file).map_err(|e| format!("{file} cannot be read: {e}"))?;
        match execute(target, &input) {
            Ok((_, seconds)) => println!("{file}: fine, {seconds:.3} s"),
            Err(what) => {
                println!("{file}: {what}");
                return Ok(false);
            }
        }
    }
    Ok(true)
}

#[allow(clippy::disallowed_methods, reason = "tells how fast the machine is; decides nothing of the program")]
fn fuzz(asked: &Asked) -> io::Result<bool> {
    let finds = Path::new(FINDS);
    fs::create_dir_all(finds)?;
    driver::catch_panics();
    let start = Instant::now();
    watch(start);
    println!("seed {}", asked.seed);
    println!(
        "| target | seconds | executions | executions/s | behaviours | slowest, s | finds |\n|---|---|---|---|---|---|---|"
    );
    let mut fine = true;
    for target in &asked.targets {
        let inputs: Vec<Vec<u8>> = corpus(target.name)?.into_iter().map(|(_, input)| input).collect();
        let begun = Instant::now();
        let until = Duration::from_secs(asked.seconds);
        let now = finds.join(format!("{}.now", target.name));
        // Kept so that an input that ends the process, or never ends, is there afterwards.
        let before = |input: &[u8]| {
            BEGAN.store(start.elapsed().as_secs() + 1, Ordering::Relaxed);
            fs::write(&now, input).ok();
        };
        let run = driver::run(target, &inputs, asked.seed, true, before, |_| begun.elapsed() < until);
        BEGAN.store(0, Ordering::Relaxed);
        fs::remove_file(&now).ok();
        tell(target, &run, begun.elapsed().as_secs_f64());
        fine &= run.finds.is_empty();
        keep(target, &run, finds)?;
    }
    if fine {
        println!("nothing found");
    }
    Ok(fine)
}

fn tell(target: &Target, run: &Run, seconds: f64) {
    let rate = run.executions as f64 / seconds;
    let (name, executions, behaviours) = (target.name, run.executions, run.behaviours);
    let (slowest, finds) = (run.slowest, run.finds.len());
    println!("| {name} | {seconds:.0} | {executions} | {rate:.0} | {behaviours} | {slowest:.3} | {finds} |");
}

fn keep(target: &Target, run: &Run, folder: &Path) -> io::Result<()> {
    for (n, find) in run.finds.iter().enumerate() {
        let path: PathBuf = folder.join(format!("{}-{n}", target.name));
        fs::write(&path, &find.input)?;
        println!("  {}", find.what.replace('\n', "\n  "));
        let (name, path) = (target.name, path.display());
        println!("  again: cargo run -p kexun-fuzz -- replay {name} {path}");
        println!("  once mended, keep it: cp {path} {}/", corpus_of(target.name).display());
    }
    Ok(())
}

/// Ends the process when an execution does not.
fn watch(start: Instant) {
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_secs(1));
            let began = BEGAN.load(Ordering::Relaxed);
            if began > 0 && start.elapsed().as_secs() > began + HANGS_SECONDS {
                eprintln!("fuzz: an execution hangs; its input is {FINDS}/<target>.now");
                std::process::exit(1);
            }
        }
    });
}
