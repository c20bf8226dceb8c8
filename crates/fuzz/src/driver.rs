//! Gives a target its corpus and mutations of it, and watches what comes of them.

use std::cell::RefCell;
use std::collections::HashSet;
use std::panic::{self, AssertUnwindSafe};

use crate::measure;
use crate::mutate::{Draw, mutate, stretched};
use crate::targets::Target;

/// So much memory an execution may take, whatever the input.
const BASE_BYTES: u64 = 48 << 20;
/// And so many times the input's length.
const TIMES_INPUT: u64 = 400;
/// Processor seconds that an execution may take. Inputs are small: ordinary ones take milliseconds.
const MOST_SECONDS: f64 = 5.0;
/// One of so many executions also looks at how time grows.
const GROWTH_EVERY: u64 = 400;
/// Length of the longest input with which it does.
const GROWTH_BYTES: usize = 128 << 10;
/// The most inputs that a run remembers.
const MOST_INPUTS: usize = 4000;

/// Something that is wrong.
#[derive(Debug, Clone)]
pub struct Find {
    /// The input.
    pub input: Vec<u8>,
    /// What is wrong.
    pub what: String,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Run {
    /// Inputs given to the target.
    pub executions: u64,
    /// Inputs after which it behaved as after none before.
    pub behaviours: usize,
    /// The most processor seconds that one took.
    pub slowest: f64,
    /// What is wrong, one a kind.
    pub finds: Vec<Find>,
    kinds: HashSet<String>,
}

thread_local! {
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps the words of panics instead of printing them.
pub fn catch_panics() {
    panic::set_hook(Box::new(|info| PANIC.with(|words| *words.borrow_mut() = info.to_string())));
}

/// Gives one input to a target.
///
/// # Errors
/// What is wrong.
pub fn execute(target: &Target, input: &[u8]) -> Result<(u64, f64), String> {
    measure::forget_peak();
    let (held, begun) = (measure::held_bytes(), measure::processor_seconds());
    let behaviour = panic::catch_unwind(AssertUnwindSafe(|| (target.check)(input)));
    let seconds = measure::processor_seconds() - begun;
    let taken = measure::peak_bytes().saturating_sub(held);
    let behaviour = behaviour.map_err(|_| PANIC.with(|words| words.borrow().clone()))?;
    if taken > BASE_BYTES + TIMES_INPUT * input.len() as u64 {
        return Err(format!("memory: {taken} bytes for {} bytes of input", input.len()));
    }
    if seconds > MOST_SECONDS {
        return Err(format!("time: {seconds:.1} s for {} bytes of input", input.len()));
    }
    Ok((behaviour, seconds))
}

/// Runs a target from a seed for as long as `go_on` says, given the executions so far. `before` sees each input
/// before the target does. `growth`: whether to look at how time grows, too.
pub fn run(
    target: &Target,
    corpus: &[Vec<u8>],
    seed: u64,
    growth: bool,
    mut before: impl FnMut(&[u8]),
    mut go_on: impl FnMut(u64) -> bool,
) -> Run {
    let mut run = Run::default();
    let mut seen = HashSet::new();
    let mut inputs = vec![Vec::new()];
    for input in corpus {
        before(input);
        run.give(target, input, &mut seen);
        inputs.push(input.clone());
    }
    let mut draw = Draw::new(seed);
    while go_on(run.executions) {
        let chosen = draw.of(&inputs);
        let input = mutate(&mut draw.clone(), chosen, &inputs, target.words, target.most_bytes);
        draw.number();
        before(&input);
        if run.give(target, &input, &mut seen) && inputs.len() < MOST_INPUTS {
            inputs.push(input.clone());
        }
        if growth && run.executions.is_multiple_of(GROWTH_EVERY) && !input.is_empty() {
            run.grow(target, &mut draw, &input, &mut before);
        }
    }
    run
}

impl Run {
    /// Whether the target behaved as never before.
    fn give(&mut self, target: &Target, input: &[u8], seen: &mut HashSet<u64>) -> bool {
        self.executions += 1;
        match execute(target, input) {
            Ok((behaviour, seconds)) => {
                self.slowest = self.slowest.max(seconds);
                let new = seen.insert(behaviour);
                self.behaviours += usize::from(new);
                new
            }
            Err(what) => {
                self.found(input, what);
                false
            }
        }
    }

    /// Whether twice the input takes much more than twice the time, twice over.
    fn grow(&mut self, target: &Target, draw: &mut Draw, input: &[u8], before: &mut impl FnMut(&[u8])) {
        let start = draw.below(input.len());
        let piece = start..input.len().min(start + 1 + draw.below(40));
        let mut took = Vec::new();
        for part in [8, 4, 2, 1] {
            let long = stretched(input, piece.clone(), GROWTH_BYTES / part);
            before(&long);
            self.executions += 1;
            match execute(target, &long) {
                Ok((_, seconds)) => took.push(seconds),
                Err(what) => return self.found(&long, what),
            }
            let grew = |from: usize| took[from + 1] > 0.02 && took[from + 1] > took[from] * 3.2;
            if took.len() == 4 && grew(1) && grew(2) {
                let what = format!("growth: {took:.3?} s while the input doubles to {} bytes", long.len());
                return self.found(&long, what);
            }
        }
    }

    /// Keeps one of a kind: the same words at the same place, whatever their numbers.
    fn found(&mut self, input: &[u8], what: String) {
        let kind: String =
            what.lines().next().unwrap_or_default().chars().filter(|c| !c.is_ascii_digit()).collect();
        let place = what.split("panicked at ").nth(1).and_then(|rest| rest.lines().next());
        if self.kinds.insert(place.map_or(kind, str::to_owned)) {
            self.finds.push(Find { input: input.to_vec(), what });
        }
    }
}
