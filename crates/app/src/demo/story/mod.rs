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
        let hr = stage.with(Role::Hr)?;
        if stage.list(hr, "/evaluations").await?.iter().all(|e| e["subject"]["id"] != class) {
            let subject = json!({ "kind": "class", "id": class });
            let draft = json!({ "subject": subject, "figure": self.training.figure });
            stage.post(hr, "/evaluations", draft).await?;
        }
        Ok(())
    }

    /// So many days after the training (negative: before).
    fn on(&self, days: i32) -> Day {
        self.day.plus(days)
    }

    fn staff(&self) -> Vec<kexun_people::staff::StaffId> {
        self.trained.iter().map(|p| p.staff).collect()
    }
}
