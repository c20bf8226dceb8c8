//! How often the 95 % interval holds the true effect.
//!
//! `cargo test -p kexun-stats --test effects -- --ignored --nocapture` prints the table
//! that `docs/statistics.md` quotes.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use kexun_stats::effects::{Options, Weights, effect};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::world::{Chosen, Figure, LeftOut, World};

/// What came of the runs of one world.
#[derive(Clone, Copy, Default)]
struct Score {
    /// Panels drawn.
    drawn: usize,
    /// Panels of which a figure was told.
    told: usize,
    held: usize,
    /// Intervals that leave 0 out: the true effect is not 0.
    found: usize,
    width: f64,
    error: f64,
}

impl Score {
    fn coverage(&self) -> f64 {
        self.held as f64 / self.told as f64
    }
}

fn run(world: &World, options: &Options, runs: usize, seed: u64) -> Score {
    let mut score = Score::default();
    let rng = &mut ChaCha8Rng::seed_from_u64(seed);
    while score.told < runs {
        score.drawn += 1;
        let (observations, design) = world.draw(rng);
        let Ok(effect) = effect(&observations, &design, options) else { continue };
        score.told += 1;
        score.held += usize::from((effect.lower..=effect.upper).contains(&world.effect()));
        score.found += usize::from(effect.upper < 0.0);
        score.width += effect.upper - effect.lower;
        score.error += effect.value - world.effect();
    }
    score
}

const SIZES: [(u32, u32); 4] = [(8, 4), (8, 3), (20, 10), (60, 30)];
const FIGURES: [Figure; 3] = [Figure::Normal, Figure::Share, Figure::Time];

/// Name, world, options.
type Trial = (String, World, Options);

/// Every size with every figure; three of eight with gaps.
fn trials() -> Vec<Trial> {
    let sizes = SIZES.into_iter().flat_map(|size| FIGURES.map(|figure| (size, figure)));
    sizes
        .map(|((units, trained), figure)| {
            let mut world = World::new(figure, units, trained);
            world.missing = if trained * 2 == units { 0.0 } else { 0.1 };
            (format!("{trained} of {units} trained, {figure:?}"), world, Options::default())
        })
        .collect()
}

/// Worlds less kind than those.
fn harder() -> Vec<Trial> {
    let mut all = Vec::new();
    for (units, trained) in SIZES {
        let world = World::new(Figure::Normal, units, trained);
        let equal = Options { weights: Weights::Equal, ..Options::default() };
        let cases = Options { weights: Weights::Cases, ..Options::default() };
        let mut add =
            |name, world, options| all.push((format!("{trained} of {units}, {name}"), world, options));
        add("all the same", world, equal);
        add("by cases", world, cases);
        add("sizes 1:100", World { sizes: 100.0, ..world }, Options::default());
        add("sizes 1:100, no noise", World { sizes: 100.0, noise: 0.0, ..world }, Options::default());
        add("noise only", World { noise: 60.0, ..world }, Options::default());
        add("with gaps", World { missing: 0.2, ..world }, Options::default());
        add("uneven effect", World { uneven: 1.0, ..world }, Options::default());
        if trained > 5 {
            add("staggered, gaps", World { staggered: true, missing: 0.1, ..world }, Options::default());
        }
    }
    all
}

/// Two threads or more share the trials, the heaviest first.
fn measure(trials: &[Trial], runs: usize) -> Vec<Score> {
    let next = AtomicUsize::new(0);
    let scores = Mutex::new(vec![Score::default(); trials.len()]);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(i) = trials.len().checked_sub(1 + next.fetch_add(1, Ordering::Relaxed)) {
                    let (_, world, options) = &trials[i];
                    let score = run(world, options, runs, 2_026 + i as u64);
                    scores.lock().unwrap()[i] = score;
                }
            });
        }
    });
    scores.into_inner().unwrap()
}

fn print(trials: &[Trial], scores: &[Score]) {
    println!("| world | told | 95 % interval holds | effect found | mean width | bias |");
    println!("|---|---|---|---|---|---|");
    for ((name, world, _), score) in trials.iter().zip(scores) {
        let n = score.told as f64;
        println!(
            "| {name} | {:.1} % | {:.1} % | {:.0} % | {:.2} | {:+.3} |",
            100.0 * n / score.drawn as f64,
            100.0 * score.coverage(),
            100.0 * score.found as f64 / n,
            score.width / n / world.effect().abs(),
            score.error / n / world.effect().abs(),
        );
    }
}

/// Those with the worst values of four periods are trained: their evidence stays in, or is left out.
fn chosen(left_out: LeftOut) -> Vec<Trial> {
    let mut all = Vec::new();
    for (units, trained) in [(20, 5), (60, 10), (60, 30)] {
        for gap in [0, 2] {
            let how = Chosen { before: 8, evidence: 4, gap, left_out };
            let world =
                World { levels: 1.0, chosen: Some(how), ..World::new(Figure::Normal, units, trained) };
            let name = format!("worst {trained} of {units}, {gap} periods later, left out: {left_out:?}");
            all.push((name, world, Options::default()));
        }
    }
    all
}

#[test]
fn who_was_chosen_for_bad_periods_gets_better_by_himself_unless_these_are_left_out() {
    check_chosen(1_000);
}

fn check_chosen(runs: usize) {
    let (kept, left_out) = (chosen(LeftOut::Nothing), chosen(LeftOut::Around));
    let scores = measure(&kept, runs);
    print(&kept, &scores);
    for ((name, world, _), score) in kept.iter().zip(&scores) {
        // A bias towards more effect than there is (the effect is negative), and intervals that miss it.
        assert!(score.error / score.told as f64 / world.effect() > 0.1, "{name}");
        assert!(score.coverage() < 0.93, "{name}: {}", score.coverage());
    }
    // The evidence alone takes away more than half of the bias, and not all where time has passed since.
    let evidence = chosen(LeftOut::Evidence);
    let partly = measure(&evidence, runs);
    print(&evidence, &partly);
    for ((name, _, _), (all, some)) in evidence.iter().zip(scores.iter().zip(&partly)) {
        assert!(some.error / all.error < 0.5 * some.told as f64 / all.told as f64, "{name}");
    }
    for ((name, world, _), score) in left_out.iter().zip(check(&left_out, runs)) {
        assert!((score.error / score.told as f64 / world.effect()).abs() < 0.03, "{name}");
    }
}

#[test]
fn the_interval_holds_the_truth_as_often_as_it_says() {
    check(&trials(), 1_000);
}

fn check(trials: &[Trial], runs: usize) -> Vec<Score> {
    let scores = measure(trials, runs);
    print(trials, &scores);
    for ((name, _, _), score) in trials.iter().zip(&scores) {
        assert!((0.93..=0.97).contains(&score.coverage()), "{name}: {}", score.coverage());
    }
    scores
}

#[test]
#[ignore = "minutes: many runs, for the figures of the documentation"]
fn measured_coverage() {
    let trials: Vec<Trial> = trials().into_iter().chain(harder()).collect();
    check(&trials, 10_000);
}

#[test]
#[ignore = "minutes: many runs, for the figures of the documentation"]
fn measured_coverage_of_those_chosen() {
    check_chosen(10_000);
}
