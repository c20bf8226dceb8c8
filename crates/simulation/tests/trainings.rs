//! Trainings whose true effect is known: what is said of them is what the stream shows.

use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use kexun_simulation::{Organisation, Plan, Sender, Training, Truth};

fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).expect("a date")
}

fn training<'a>(truth: &'a Truth, key: &str) -> &'a Training {
    truth.trainings.iter().find(|t| t.key == key).expect("it was held")
}

#[test]
fn trainings_are_held_where_they_can_be_judged() {
    for seed in 0..200 {
        let plan = Plan { conversations: 0, ..Plan::small(seed, last_day()) };
        let org = Organisation::build(&plan);
        let truth = org.truth();
        assert_eq!(truth.trainings, Organisation::build(&plan).truth().trainings);
        let (quick, courteous) = (training(&truth, "quick_answers"), training(&truth, "courteous_words"));
        assert_eq!(quick.accounts.len(), 4, "one of each of the merchant's pre- and after-sales teams");
        assert!(courteous.accounts.len() >= 4 && courteous.effect == 0.0, "seed {seed}: {courteous:?}");
        assert!((-35.0..-10.0).contains(&quick.effect), "seed {seed}: {}", quick.effect);
        for training in &truth.trainings {
            let weeks = (last_day() - training.day).num_days() / 7;
            assert!((9..=10).contains(&weeks) && training.controls.len() >= 10);
            let all: BTreeSet<&String> = training.accounts.iter().chain(&training.controls).collect();
            assert_eq!(all.len(), training.accounts.len() + training.controls.len());
            for account in all {
                let person = org.staff.iter().find(|s| s.account == *account).expect("a person");
                assert_eq!(person.tenant, training.merchant);
            }
        }
        for account in &quick.accounts {
            assert!(!courteous.accounts.contains(account));
            let over =
                |first, last| truth.expected_over(account, "first_response", first, last).expect("known");
            let before = over(plan.first_day(), quick.day);
            let after = over(quick.day.succ_opt().expect("a day"), last_day());
            assert!((before / after - 1.6).abs() < 1e-9);
            // Slow beside ordinary people before; like most since.
            let me = truth.agent(account).expect("an agent");
            let mut team = truth.agents.iter().filter(|a| (a.shop, a.team) == (me.shop, me.team));
            if team.all(|a| a.skill.weakness.is_none()) {
                let peers = after / truth.ratio(account, "first_response").expect("known");
                assert!(before > peers, "seed {seed}: {account} {before} of {peers}");
            }
            assert!(!truth.is_weak(account, "first_response"));
        }
    }
    let month = Organisation::build(&Plan { days: 30, ..Plan::small(1, last_day()) });
    assert!(month.truth().trainings.is_empty() && month.truth().agents.iter().all(|a| a.earlier.is_none()));
}

/// What an agent's customers met, before a day is over and afterwards.
#[derive(Default)]
struct Seen {
    waits: [Vec<i64>; 2],
    good: [f64; 2],
    rated: [f64; 2],
}

impl Seen {
    fn mean_wait(&self, side: usize) -> f64 {
        self.waits[side].iter().sum::<i64>() as f64 / self.waits[side].len() as f64
    }

    fn median_wait(&mut self, side: usize) -> f64 {
        self.waits[side].sort_unstable();
        self.waits[side][self.waits[side].len() / 2] as f64
    }

    fn satisfaction(&self, side: usize) -> f64 {
        self.good[side] / self.rated[side]
    }
}

/// First waits and ratings per agent, on both sides of a day.
fn observe(org: &Organisation, day: NaiveDate) -> HashMap<String, Seen> {
    let side = |at: NaiveDateTime| usize::from(at.date() > day);
    let mut seen: HashMap<String, Seen> = HashMap::new();
    let mut asked: HashMap<String, NaiveDateTime> = HashMap::new();
    let mut last: HashMap<String, String> = HashMap::new();
    for m in org.messages() {
        let id = m.conversation_id.to_string();
        match (m.sender, m.agent) {
            (Sender::Customer, _) if !last.contains_key(&id) => drop(asked.entry(id).or_insert(m.sent_at)),
            (Sender::Agent, Some(agent)) => {
                let first = last.insert(id.clone(), agent.to_owned()).is_none();
                if let Some(start) = asked.remove(&id).filter(|_| first) {
                    let waits = &mut seen.entry(agent.to_owned()).or_default().waits;
                    waits[side(start)].push((m.sent_at - start).num_seconds());
                }
            }
            _ => {}
        }
    }
    for rating in org.ratings() {
        let Some(agent) = last.get(&*rating.conversation_id) else { continue };
        let seen = seen.entry(agent.clone()).or_default();
        seen.rated[side(rating.rated_at)] += 1.0;
        seen.good[side(rating.rated_at)] += f64::from(u8::from(rating.score >= 4));
    }
    seen
}

/// How the trained changed against the others, mean over agents.
fn change(training: &Training, seen: &HashMap<String, Seen>, figure: impl Fn(&Seen, usize) -> f64) -> f64 {
    let mean = |accounts: &[String]| {
        let changes = accounts.iter().map(|a| figure(&seen[a], 1) - figure(&seen[a], 0));
        changes.sum::<f64>() / accounts.len() as f64
    };
    mean(&training.accounts) - mean(&training.controls)
}

#[test]
fn one_training_works_as_stated_and_the_other_does_not() {
    // Many chats, so that chance is small.
    let org = Organisation::build(&Plan { conversations: 120_000, ..Plan::small(3, last_day()) });
    let truth = org.truth();

    let quick = training(&truth, "quick_answers");
    let mut seen = observe(&org, quick.day);
    let effect = change(quick, &seen, Seen::mean_wait);
    assert!((effect - quick.effect).abs() < 0.3 * quick.effect.abs(), "{effect}, stated {}", quick.effect);
    let mut ratio = |account: &String| {
        let seen = seen.get_mut(account).expect("full-time agents chat");
        seen.median_wait(0) / seen.median_wait(1)
    };
    for account in &quick.accounts {
        let ratio = ratio(account);
        assert!((1.4..1.8).contains(&ratio), "{account}: {ratio}");
    }
    for account in &quick.controls {
        let ratio = ratio(account);
        assert!((0.88..1.12).contains(&ratio), "{account}: {ratio}");
    }

    let courteous = training(&truth, "courteous_words");
    let seen = observe(&org, courteous.day);
    let effect = change(courteous, &seen, Seen::satisfaction);
    assert!(effect.abs() < 0.025, "{effect}");
}
