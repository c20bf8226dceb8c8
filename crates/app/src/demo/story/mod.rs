//! What people did with what the record shows: needs, a plan, a course, a class, an exam and what came of
//! them, for each training that the simulation knows to have been held, and what is to be done today.
//!
//! Everything is done by the operations that the web uses, as the people who would do it, on the days on
//! which they would have. What is there already is found by its title, and left alone.

mod examine;
mod prepare;
mod stage;
mod teach;
mod texts;
mod today;

use kexun_base::time::{Day, Micros};
use kexun_base::{Ctx, Result};
use kexun_simulation::{Organisation, Plan, Role, Training};
use serde_json::json;

use stage::{Person, Stage, instant};
use texts::Lore;

/// Of fewer people trained nothing can be told.
const ENOUGH: usize = 3;

/// A training that is played.
struct Scene<'a> {
    stage: &'a Stage,
    training: &'a Training,
    lore: Lore,
    /// The day on which it was held.
    day: Day,
    trained: Vec<&'a Person>,
}

/// Plays what happened up to now; nothing in a span too short for trainings.
///
/// # Errors
/// When the database refuses; run again, it goes on.
pub async fn build(ctx: &Ctx, plan: &Plan, organisation: &Organisation) -> Result<()> {
    let trainings = organisation.truth().trainings;
    let last = Day::from(plan.last_day);
    if trainings.is_empty() {
        return Ok(());
    }
    let stage = Stage::of(ctx, organisation).await?;
    for training in &trainings {
        let Some(lore) = texts::of(training.key) else { continue };
        let trained = stage.accounts(&training.accounts);
        let scene = Scene { stage: &stage, training, lore, day: Day::from(training.day), trained };
        scene.play(last, ctx.now()).await?;
    }
    today::build(&stage, ctx.now()).await
}

impl Scene<'_> {
    async fn play(&self, last: Day, now: Micros) -> Result<()> {
        let needs = self.needs().await?;
        let item = self.plan(&needs).await?;
        let course = self.course(&item).await?;
        let class = self.class(&item, &course).await?;
        self.exam(&class).await?;
        let stage = self.stage;
        stage.set(instant(last, (20, 0)).min(now));
        let supervisors = self.supervisors_of_enough()?;
        for supervisor in &supervisors {
            self.evaluate(supervisor, &class, 1).await?;
        }
        // HR sees those of the supervisors too.
        self.evaluate(stage.with(Role::Hr)?, &class, supervisors.len() + 1).await
    }

    /// Evaluates the class, unless somebody sees so many evaluations of it already.
    async fn evaluate(&self, by: &Person, class: &str, enough: usize) -> Result<()> {
        let known = self.stage.list(by, "/evaluations").await?;
        if known.iter().filter(|e| e["subject"]["id"] == class).count() >= enough {
            return Ok(());
        }
        let subject = json!({ "kind": "class", "id": class });
        let draft = json!({ "subject": subject, "figure": self.training.figure });
        self.stage.post(by, "/evaluations", draft).await.map(drop)
    }

    /// Who leads so many of those trained that something can be told of these alone: an evaluation of people of
    /// several shops is not a supervisor's to see.
    fn supervisors_of_enough(&self) -> Result<Vec<&Person>> {
        let mut found: Vec<&Person> = Vec::new();
        for person in &self.trained {
            let by = self.stage.supervisor(person)?;
            let again = found.iter().any(|p| p.staff == by.staff);
            if !again && self.of_supervisor(by)?.len() >= ENOUGH {
                found.push(by);
            }
        }
        Ok(found)
    }

    /// So many days after the training (negative: before).
    fn on(&self, days: i32) -> Day {
        self.day.plus(days)
    }

    fn staff(&self) -> Vec<kexun_people::staff::StaffId> {
        self.trained.iter().map(|p| p.staff).collect()
    }
}
