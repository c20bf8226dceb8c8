//! Panels whose true effect is known.

use kexun_stats::effects::{Design, Observation, Window};
use rand::Rng as _;
use rand_chacha::ChaCha8Rng;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A value with normal errors.
    Normal,
    /// A share of cases.
    Share,
    /// A mean of log-normal times, in seconds.
    Time,
}

/// The trained are those with the worst values in some periods.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    /// Periods before them; as many as after the training.
    pub before: i32,
    /// Periods by which they are chosen.
    pub evidence: i32,
    /// Periods from then to the training.
    pub gap: i32,
    /// What is left out.
    pub left_out: LeftOut,
}

/// What is left out of the periods by which units are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    Nothing,
    /// Those periods.
    Evidence,
    /// Those, those from then to the training, and as many before.
    Around,
}

impl Chosen {
    /// The first of the periods by which they are chosen.
    fn evidence_from(&self) -> i32 {
        self.before + self.gap
    }

    fn start(&self) -> i32 {
        self.evidence_from() + self.evidence + self.gap
    }

    fn window(&self) -> Window {
        let start = self.start();
        let from = self.evidence_from();
        let left_out = match self.left_out {
            LeftOut::Nothing => 0..0,
            LeftOut::Evidence => from..from + self.evidence,
            LeftOut::Around => self.before..start,
        };
        let first = start - self.before - left_out.len() as i32;
        Window { first, last: start + self.before - 1, left_out: left_out.collect() }
    }
}

/// How a panel comes about.
#[derive(Clone, Copy, Debug)]
pub struct World {
    pub figure: Figure,
    pub units: u32,
    pub trained: u32,
    pub periods: i32,
    /// Share of observations that are missing, besides units that left or came.
    pub missing: f64,
    /// How many times the usual scatter is the difference in effects among the trained.
    pub uneven: f64,
    /// How many times as many cases some units have as others.
    pub sizes: f64,
    /// Standard deviation of one case, as a multiple of the usual scatter (normal figures only).
    pub noise: f64,
    /// Whether the trained start one after the other.
    pub staggered: bool,
    /// Standard deviation of the units' levels, as a multiple of the usual scatter (normal figures only).
    pub levels: f64,
    /// How the trained are chosen; none: by lot (normal figures only).
    pub chosen: Option<Chosen>,
}

impl World {
    pub const fn new(figure: Figure, units: u32, trained: u32) -> Self {
        Self {
            figure,
            units,
            trained,
            periods: 12,
            missing: 0.0,
            uneven: 0.0,
            sizes: 10.0,
            noise: 5.0,
            staggered: false,
            levels: 3.0,
            chosen: None,
        }
    }

    /// The usual scatter of a unit's true value from period to period.
    fn scatter(&self) -> f64 {
        match self.figure {
            Figure::Normal => 1.0,
            Figure::Share => 0.04,
            Figure::Time => 8.0,
        }
    }

    /// The true effect.
    pub fn effect(&self) -> f64 {
        -1.5 * self.scatter()
    }

    /// The measured value of `cases` cases whose true mean is `mean`.
    fn measured(&self, rng: &mut ChaCha8Rng, mean: f64, cases: u32) -> f64 {
        let n = f64::from(cases);
        match self.figure {
            Figure::Normal => mean + normal(rng) * self.noise / n.sqrt(),
            Figure::Share => (0..cases).filter(|_| rng.random::<f64>() < mean).count() as f64 / n,
            // The logarithm's standard deviation is 1, so the mean is e^½ medians.
            Figure::Time => (0..cases).map(|_| mean * (normal(rng) - 0.5).exp()).sum::<f64>() / n,
        }
    }

    /// The usual value of a unit.
    fn level(&self, rng: &mut ChaCha8Rng) -> f64 {
        match self.figure {
            Figure::Normal => 20.0 + self.levels * normal(rng),
            Figure::Share => 0.4 + 0.4 * rng.random::<f64>(),
            Figure::Time => 80.0 * (0.25 * normal(rng)).exp(),
        }
    }

    pub fn draw(&self, rng: &mut ChaCha8Rng) -> (Vec<Observation>, Design) {
        if let Some(chosen) = &self.chosen {
            return self.draw_chosen(rng, chosen);
        }
        let common: Vec<f64> = (0..self.periods).map(|_| normal(rng) * self.scatter()).collect();
        let (mut observations, mut design) = (Vec::new(), Design::default());
        for unit in 0..self.units {
            let start = self.start(unit);
            if let Some(start) = start {
                design.treated_from.insert(unit, start);
            }
            self.unit(rng, unit, start, &common, &mut observations);
        }
        (observations, design)
    }

    /// Nobody is trained yet when it is seen whose values are worst.
    pub fn draw_chosen(&self, rng: &mut ChaCha8Rng, chosen: &Chosen) -> (Vec<Observation>, Design) {
        let start = chosen.start();
        let nobody = Self { trained: 0, periods: start + chosen.before, chosen: None, ..*self };
        let (mut observations, _) = nobody.draw(rng);
        let evidence = chosen.evidence_from()..chosen.evidence_from() + chosen.evidence;
        let mut worst: Vec<(f64, u32)> = (0..self.units)
            .map(|unit| {
                let seen = observations.iter().filter(|o| o.unit == unit && evidence.contains(&o.period));
                let sums = seen.fold((0.0, 0.0), |(sum, n), o| (sum + o.value * o.weight, n + o.weight));
                (sums.0 / sums.1, unit)
            })
            .collect();
        worst.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut design = Design::default();
        design.windows.insert(start, chosen.window());
        design.treated_from.extend(worst.iter().take(self.trained as usize).map(|(_, unit)| (*unit, start)));
        for o in observations.iter_mut().filter(|o| o.period >= start) {
            if design.treated_from.contains_key(&o.unit) {
                o.value += self.effect();
            }
        }
        (observations, design)
    }

    fn start(&self, unit: u32) -> Option<i32> {
        let later = if self.staggered { (unit % 3) as i32 * 2 - 2 } else { 0 };
        (unit < self.trained).then_some(self.periods / 2 + later)
    }

    fn unit(
        &self,
        rng: &mut ChaCha8Rng,
        unit: u32,
        start: Option<i32>,
        common: &[f64],
        observations: &mut Vec<Observation>,
    ) {
        let level = self.level(rng);
        let size = 15.0 * self.sizes.powf(rng.random());
        let own = self.effect() + self.uneven * self.scatter() * normal(rng);
        // In the panels with gaps one in ten leaves or comes on the way.
        let seen = if self.missing > 0.0 && rng.random::<f64>() < 0.1 {
            let turn = rng.random_range(1..self.periods - 1);
            if rng.random() { 0..turn } else { turn..self.periods }
        } else {
            0..self.periods
        };
        let mut error = normal(rng);
        for (period, common) in (0..self.periods).zip(common) {
            // AR(1) with a standard deviation of 1.
            error = 0.5 * error + 0.75_f64.sqrt() * normal(rng);
            let effect = if start.is_some_and(|start| period >= start) { own } else { 0.0 };
            let mean = level + common + self.scatter() * error + effect;
            let cases = (size * (0.4 * normal(rng)).exp()).round().max(3.0) as u32;
            let value = self.measured(rng, mean, cases);
            if seen.contains(&period) && rng.random::<f64>() >= self.missing {
                observations.push(Observation { unit, period, value, weight: f64::from(cases) });
            }
        }
    }
}

/// A standard normal value (Box and Muller).
pub fn normal(rng: &mut ChaCha8Rng) -> f64 {
    let (u, v): (f64, f64) = (rng.random(), rng.random());
    (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}
