//! Drawing and shuffling. Pure: the same seed and the same bank give the same sheet, on every machine
//! and in whatever order the database tells the bank.

use std::collections::VecDeque;

use kexun_base::ids::Uuid;
use serde::Serialize;
use utoipa::ToSchema;

/// What a rule of a paper lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RuleLack)]
pub struct Lack {
    /// Which rule, from 0.
    pub rule: usize,
    /// How many more questions it needs.
    pub missing: usize,
}

/// Gives every rule its number of questions, none twice, if that is possible at all: `fitting[r]` are
/// the questions that rule `r` may take, the ones it would rather take first; `counts[r]` says how many
/// it needs. Questions are numbers below `questions`.
///
/// # Errors
/// What is missing at the least, by rule.
pub fn draw(
    fitting: &[Vec<usize>],
    counts: &[usize],
    questions: usize,
) -> Result<Vec<Vec<usize>>, Vec<Lack>> {
    let (drawn, lacks) = draw_most(fitting, counts, questions);
    if lacks.is_empty() { Ok(drawn) } else { Err(lacks) }
}

/// As [`draw`], and where it is not possible as many questions as there are, with what is missing.
///
/// The rule with the least to spare chooses first, and one that finds everything taken asks others to
/// take something else (augmenting paths over rules), so a way that exists is found.
pub fn draw_most(fitting: &[Vec<usize>], counts: &[usize], questions: usize) -> (Vec<Vec<usize>>, Vec<Lack>) {
    let mut owner: Vec<Option<usize>> = vec![None; questions];
    let mut order: Vec<usize> = (0..fitting.len()).collect();
    let spare = |rule: usize| fitting[rule].len().cast_signed() - counts[rule].cast_signed();
    order.sort_by_key(|rule| (spare(*rule), *rule));
    let mut lacks = Vec::new();
    for rule in order {
        let found = (0..counts[rule]).take_while(|_| take_one(rule, fitting, &mut owner)).count();
        if found < counts[rule] {
            lacks.push(Lack { rule, missing: counts[rule] - found });
        }
    }
    lacks.sort_by_key(|lack| lack.rule);
    let own = |rule: usize| fitting[rule].iter().copied().filter(|q| owner[*q] == Some(rule)).collect();
    ((0..fitting.len()).map(own).collect(), lacks)
}

/// Gets a rule one question more, by the shortest chain of rules that give one up for another.
fn take_one(rule: usize, fitting: &[Vec<usize>], owner: &mut [Option<usize>]) -> bool {
    // By which rule, and for which question of its own, each rule was asked.
    let mut asked: Vec<Option<(usize, usize)>> = vec![None; fitting.len()];
    let mut waiting = VecDeque::from([rule]);
    while let Some(asking) = waiting.pop_front() {
        for &question in &fitting[asking] {
            match owner[question] {
                Some(holder) if holder == rule || asked[holder].is_some() => {}
                Some(holder) => {
                    asked[holder] = Some((asking, question));
                    waiting.push_back(holder);
                }
                None => {
                    let (mut taker, mut taken) = (asking, question);
                    loop {
                        owner[taken] = Some(taker);
                        match asked[taker] {
                            Some((before, given)) => (taker, taken) = (before, given),
                            None => return true,
                        }
                    }
                }
            }
        }
    }
    false
}

/// What a shuffle is of, so that two shuffles of a sheet have nothing to do with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shuffle {
    /// Which questions a rule would rather take.
    Draw,
    /// The order of the questions.
    Questions,
    /// The order of a question's options.
    Options(Uuid),
}

/// Where a thing stands in a shuffle of this seed: things are sorted by it. It does not depend on what
/// else is shuffled.
pub fn place(seed: u64, shuffle: Shuffle, thing: u128) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.to_le_bytes());
    match shuffle {
        Shuffle::Draw => hasher.update(b"draw"),
        Shuffle::Questions => hasher.update(b"questions"),
        Shuffle::Options(question) => hasher.update(b"options").update(question.as_bytes()),
    };
    hasher.update(&thing.to_le_bytes());
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_rule_gives_way_to_one_that_has_no_other() {
        // Rule 0 would rather take 0, the only question of rule 1; 2 pushes 0 on to the last.
        let drawn = draw(&[vec![0, 1, 2], vec![0], vec![0, 1]], &[1, 1, 1], 3).unwrap();
        assert_eq!(drawn, [vec![2], vec![0], vec![1]]);
    }

    #[test]
    fn what_is_lacking_is_said_by_rule() {
        let lacks = draw(&[vec![0, 1], vec![2], vec![2]], &[2, 1, 3], 3).unwrap_err();
        assert_eq!(lacks.iter().map(|l| l.missing).sum::<usize>(), 3);
        assert!(lacks.iter().all(|l| l.rule > 0));
        let (most, same) = draw_most(&[vec![0, 1], vec![2], vec![2]], &[2, 1, 3], 3);
        assert_eq!((most.concat(), same), (vec![0, 1, 2], lacks), "what there is, is given");
        assert_eq!(draw(&[vec![]], &[0], 0).unwrap(), [Vec::<usize>::new()]);
    }

    #[test]
    fn every_order_comes_up_about_as_often() {
        let mut seen = [0_u32; 6];
        for seed in 0..6_000 {
            let mut things = [0_u128, 1, 2];
            things.sort_by_key(|thing| place(seed, Shuffle::Questions, *thing));
            let number = things[0] * 2 + u128::from(things[1] > things[2]);
            seen[usize::try_from(number).unwrap()] += 1;
        }
        // 1000 each, give or take five standard deviations.
        assert!(seen.iter().all(|n| (855..=1145).contains(n)), "{seen:?}");
    }

    /// The greatest number of slots that can be filled, found slowly: for every subset of rules, what it
    /// wants beyond what there is for it (König and Hall).
    fn missing_at_least(fitting: &[Vec<usize>], counts: &[usize]) -> usize {
        let subsets = 0..(1_usize << fitting.len());
        let deficit = |subset: usize| {
            let rules = (0..fitting.len()).filter(|rule| subset >> rule & 1 == 1);
            let wanted: usize = rules.clone().map(|rule| counts[rule]).sum();
            let there: BTreeSet<usize> = rules.flat_map(|rule| fitting[rule].iter().copied()).collect();
            wanted.saturating_sub(there.len())
        };
        subsets.map(deficit).max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn a_way_that_exists_is_found(
            rules in proptest::collection::vec(
                (proptest::collection::btree_set(0_usize..12, 0..8), 0_usize..5), 0..6),
        ) {
            let fitting: Vec<Vec<usize>> =
                rules.iter().map(|(set, _)| set.iter().copied().collect()).collect();
            let counts: Vec<usize> = rules.iter().map(|(_, count)| *count).collect();
            match draw(&fitting, &counts, 12) {
                Ok(drawn) => {
                    let all: Vec<usize> = drawn.iter().flatten().copied().collect();
                    prop_assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
                    for (rule, taken) in drawn.iter().enumerate() {
                        prop_assert_eq!(taken.len(), counts[rule]);
                        prop_assert!(taken.iter().all(|q| fitting[rule].contains(q)));
                    }
                }
                Err(lacks) => {
                    let missing: usize = lacks.iter().map(|lack| lack.missing).sum();
                    prop_assert_eq!(missing, missing_at_least(&fitting, &counts));
                    prop_assert!(missing > 0);
                }
            }
        }
    }
}
