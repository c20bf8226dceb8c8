//! What an execution took, as Linux tells it. Elsewhere nothing is measured, and nothing found by it.

use std::fs;

/// Processor time of this thread in seconds: unlike the clock it does not count what else the machine does.
#[must_use]
pub fn processor_seconds() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|word| word.parse::<u64>().ok());
    nanoseconds.unwrap_or_default() as f64 / 1e9
}

/// The most memory that the process held since [`forget_peak`], in bytes.
#[must_use]
pub fn peak_bytes() -> u64 {
    status("VmHWM:")
}

/// The memory that the process holds, in bytes.
#[must_use]
pub fn held_bytes() -> u64 {
    status("VmRSS:")
}

/// Begins to look for the peak anew.
pub fn forget_peak() {
    // Refused in some containers: then the peak of the whole process is compared, which finds less.
    fs::write("/proc/self/clear_refs", "5").ok();
}

fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or_default() * 1024
}
