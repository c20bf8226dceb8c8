//! Weak spots held against a known truth: the simulated organisation, whose people's true parameters
//! are known, judged by the rules that judge the real ones.
//!
//! What is found is *right* if the agent's true value is worse than the mean of his team's others by
//! the margin of the measure, or if a weakness was planted in him that shows in it.
//!
//! `cargo test -p kexun-service --test weak_spot_truth -- --nocapture` prints the figures of
//! `docs/weak-spots.md`; add `--ignored` for those over many seeds.

mod naive;
mod world;

use kexun_service::weak_spots::rules::Found;
use kexun_stats::weak::Verdict;
use world::{Shape, World};

/// What came of one world, or of several.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    lists: f64,
    listed: f64,
    false_share: f64,
    false_entries: f64,
    right: f64,
    /// Truly weak cells that have cases, and those of them with a hundred.
    weak: f64,
    weak_hundred: f64,
    right_hundred: f64,
    planted: f64,
    planted_found: f64,
    part_timers: f64,
    naive: [Equal; 2],
}

/// False entries of a naive list and of ours at the same number of right ones.
#[derive(Debug, Clone, Copy, Default)]
struct Equal {
    right: f64,
    naive: f64,
    ours: f64,
}

fn score(world: &World) -> Score {
    let weak: Vec<&Found> = world.found.iter().filter(|f| f.finding.verdict == Verdict::Weak).collect();
    let right = |f: &&&Found| world.truly_weak(f);
    let rights = weak.iter().filter(right).count() as f64;
    let truly = || world.found.iter().filter(|f| world.truly_weak(f));
    let hundred = |f: &&Found| f.finding.n >= 100;
    let planted: Vec<&Found> = world.found.iter().filter(|f| world.is_planted(f) && hundred(f)).collect();
    let lists = [naive::worst_tenth(world), naive::below_target(world)];
    Score {
        lists: 1.0,
        listed: weak.len() as f64,
        false_share: if weak.is_empty() { 0.0 } else { 1.0 - rights / weak.len() as f64 },
        false_entries: weak.len() as f64 - rights,
        right: rights,
        weak: truly().count() as f64,
        weak_hundred: truly().filter(hundred).count() as f64,
        right_hundred: weak.iter().filter(right).filter(|f| f.finding.n >= 100).count() as f64,
        planted: planted.len() as f64,
        planted_found: planted.iter().filter(|f| f.finding.verdict == Verdict::Weak).count() as f64,
        part_timers: weak.iter().filter(|f| world.is_part_timer(f) && !world.truly_weak(f)).count() as f64,
        naive: lists.map(|list| naive::at_equal_recall(world, &list)),
    }
}

fn total(scores: &[Score]) -> Score {
    let sum = |of: fn(&Score) -> f64| scores.iter().map(of).sum::<f64>();
    let equal = |i: usize| Equal {
        right: scores.iter().map(|s| s.naive[i].right).sum(),
        naive: scores.iter().map(|s| s.naive[i].naive).sum(),
        ours: scores.iter().map(|s| s.naive[i].ours).sum(),
    };
    Score {
        lists: sum(|s| s.lists),
        listed: sum(|s| s.listed),
        false_share: sum(|s| s.false_share) / scores.len() as f64,
        false_entries: sum(|s| s.false_entries),
        right: sum(|s| s.right),
        weak: sum(|s| s.weak),
        weak_hundred: sum(|s| s.weak_hundred),
        right_hundred: sum(|s| s.right_hundred),
        planted: sum(|s| s.planted),
        planted_found: sum(|s| s.planted_found),
        part_timers: sum(|s| s.part_timers),
        naive: [equal(0), equal(1)],
    }
}

fn told(name: &str, scores: &[Score]) -> Score {
    let all = total(scores);
    println!(
        "{name}: {} worlds, {} listed, {} false; mean false share {:.3}; recall {:.2} ({:.2} with 100 cases); \
         planted found {}/{}; part-timers wrongly listed {}",
        all.lists,
        all.listed,
        all.false_entries,
        all.false_share,
        all.right / all.weak,
        all.right_hundred / all.weak_hundred,
        all.planted_found,
        all.planted,
        all.part_timers,
    );
    for (name, equal) in ["worst 10 %", "below target"].iter().zip(all.naive) {
        println!("  {name}: {} right; false {} naive, {} ours", equal.right, equal.naive, equal.ours);
    }
    all
}

#[test]
fn a_list_is_true_and_mostly_complete() {
    let scores: Vec<Score> = (1..=4).map(|seed| score(&World::simulate(seed, Shape::HalfYear))).collect();
    let all = told("half a year", &scores);
    assert!(all.false_share <= 0.15, "the stated rate is 0.10: {all:?}");
    assert!(all.planted_found >= 0.7 * all.planted, "{all:?}");
    // Of the 300 of the documentation five are listed wrongly; of the twenty here, one may be.
    assert!(all.part_timers <= 1.0, "{all:?}");
    for equal in all.naive {
        assert!(equal.ours <= 0.2 * equal.naive, "{all:?}");
    }
}

#[test]
#[ignore = "a minute: many seeds, for the figures of the documentation"]
fn over_many_worlds() {
    for (name, shape) in
        [("half a year", Shape::HalfYear), ("a month", Shape::Month), ("a quarter, few chats", Shape::Thin)]
    {
        let scores: Vec<Score> = (1..=20).map(|seed| score(&World::simulate(seed, shape))).collect();
        let all = told(name, &scores);
        assert!(all.false_share <= 0.10, "{name}: {all:?}");
    }
}
