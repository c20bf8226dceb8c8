//! What is under way, so that everybody's home page has something to do.

use kexun_base::Result;
use kexun_base::time::{Day, Micros};
use kexun_simulation::Role;
use serde_json::{Value, json};

use super::examine::{self, Sits};
use super::stage::{Person, Stage, ZONE, id, instant};
use super::teach;
use super::texts::{Lore, RETURNS};

/// How many besides the first agent take part.
const OTHERS: usize = 4;
/// What operations are to put right.
const PAGE: (&str, &str) = (
    "退货地址在商品页和快捷短语里不一致",
    "顾客照着商品页寄到了旧仓库，这周已经有三件。快捷短语里是新地址，页面还没有改。",
);

/// Who is concerned.
struct Today<'a> {
    stage: &'a Stage,
    lore: Lore,
    /// Today, in the merchant's zone.
    day: Day,
    agent: &'a Person,
    others: Vec<&'a Person>,
    supervisor: &'a Person,
    lecturer: &'a Person,
    hr: &'a Person,
}

/// Plays yesterday, as seen from `now`.
pub async fn build(stage: &Stage, now: Micros) -> Result<()> {
    let agent = stage.with(Role::Agent)?;
    let mut others = stage.colleagues(agent);
    others.truncate(OTHERS);
    let today = Today {
        stage,
        lore: RETURNS,
        day: now.day(ZONE),
        agent,
        others,
        supervisor: stage.supervisor(agent)?,
        lecturer: stage.with(Role::Lecturer)?,
        hr: stage.with(Role::Hr)?,
    };
    let course = today.course().await?;
    today.class(&course).await?;
    let observed = today.needs().await?;
    let exam = today.exam().await?;
    today.plan(&observed).await?;
    today.evening(&course, &exam).await
}

impl Today<'_> {
    fn yesterday(&self, time: (i64, i64)) {
        self.stage.at(self.day.plus(-1), time);
    }

    fn invited(&self) -> Value {
        let staff: Vec<_> = self.others.iter().chain([&self.agent]).map(|p| p.staff).collect();
        json!({ "staff": staff })
    }

    async fn course(&self) -> Result<String> {
        let (stage, lore) = (self.stage, &self.lore);
        self.yesterday((9, 0));
        let draft = json!({
            "title": lore.course, "description": lore.contents, "competence": lore.competence, "level": "basic",
        });
        let course = id(&teach::course(stage, self.lecturer, draft, lore.lessons).await?["course"]);
        if teach::learners(stage, self.lecturer, &course).await?.is_empty() {
            let to = json!({ "audience": self.invited(), "due": self.day.plus(3) });
            stage.post(self.lecturer, &format!("/courses/{course}/assign"), to).await?;
        }
        Ok(course)
    }

    async fn class(&self, course: &str) -> Result<()> {
        let lore = &self.lore;
        self.yesterday((9, 40));
        let tomorrow = self.day.plus(1);
        let draft = json!({
            "title": lore.class, "description": lore.contents, "competence": lore.competence, "course": course,
            "starts_at": instant(tomorrow, (14, 0)), "ends_at": instant(tomorrow, (15, 30)), "place": "三楼培训室",
            "lecturer": self.lecturer.staff, "late_after_min": 5, "audience": self.invited(),
        });
        teach::announced(self.stage, self.lecturer, draft).await.map(drop)
    }

    /// One need forwarded, one that became a task, one that nobody sorted yet. Gives the first.
    async fn needs(&self) -> Result<Value> {
        let (stage, lore) = (self.stage, &self.lore);
        self.yesterday((10, 10));
        let second = self.others.first().copied().unwrap_or(self.agent);
        let page = self.need(second, PAGE, json!({ "competence": "after_sales" })).await?;
        if page["state"] == "reported" {
            let task = json!({
                "kind": "improvement", "assignee": stage.with(Role::Operations)?.staff, "due_on": self.day.plus(4),
                "department": "运营部", "description": "统一商品页、包裹卡和快捷短语里的退货地址。",
            });
            let reason = "是页面写得不一致，不是大家不会。";
            let settle = json!({ "version": page["version"], "reason": reason, "task": task });
            stage.post(self.supervisor, &format!("/needs/{}/settle", id(&page)), settle).await?;
        }
        let people = json!({ "competence": lore.competence, "people": self.invited()["staff"] });
        let observed = self.need(self.supervisor, lore.observed, people).await?;
        if observed["state"] == "reported" {
            let change = json!({ "version": observed["version"], "severity": 2, "words": lore.forwarded });
            stage.post(self.supervisor, &format!("/needs/{}/forward", id(&observed)), change).await?;
        }
        self.yesterday((17, 20));
        self.need(self.agent, lore.difficulty, json!({ "competence": "product" })).await?;
        Ok(observed)
    }

    /// The need of this title, reported if it is not there.
    async fn need(&self, by: &Person, (title, description): (&str, &str), mut more: Value) -> Result<Value> {
        if let Some(found) = self.stage.find(self.hr, "/needs", "title", title).await? {
            return Ok(found);
        }
        more["title"] = json!(title);
        more["description"] = json!(description);
        let made = id(&self.stage.post(by, "/needs", more).await?);
        Ok(self.stage.get(self.hr, &format!("/needs/{made}")).await?["need"].clone())
    }

    async fn exam(&self) -> Result<String> {
        let (stage, lore) = (self.stage, &self.lore);
        self.yesterday((11, 0));
        let paper = examine::paper(stage, self.lecturer, lore.paper, lore).await?;
        if let Some(found) = stage.find(self.lecturer, "/exams", "title", lore.exam).await? {
            return Ok(id(&found));
        }
        let window = (instant(self.day.plus(-1), (12, 0)), instant(self.day.plus(3), (20, 0)));
        let mut draft = examine::exam(lore.exam, lore, &paper, window);
        draft["audience"] = self.invited();
        Ok(id(&stage.post(self.lecturer, "/exams", draft).await?))
    }

    /// A plan that the director is to decide on.
    async fn plan(&self, observed: &Value) -> Result<()> {
        let (stage, lore) = (self.stage, &self.lore);
        if stage.find(self.hr, "/plans", "title", lore.plan).await?.is_some() {
            return Ok(());
        }
        self.yesterday((14, 30));
        let (from, to) = (self.day, self.day.plus(28));
        let needs: Vec<String> = if observed["state"] == "planned" { Vec::new() } else { vec![id(observed)] };
        let item = json!({
            "title": lore.class, "contents": lore.contents, "competence": lore.competence, "figure": null,
            "target": lore.target, "audience": self.invited(), "lecturer": self.lecturer.staff, "minutes": 90,
            "from": from, "to": to, "reason": lore.observed.1, "needs": needs, "budget": 40_000,
        });
        let content = json!({
            "kind": "monthly", "title": lore.plan, "goals": lore.goals, "from": from, "to": to, "items": [item],
        });
        let plan = &stage.post(self.hr, "/plans", content).await?["plan"];
        let seen = json!({ "version": plan["version"] });
        stage.post(self.hr, &format!("/plans/{}/submit", id(plan)), seen).await.map(drop)
    }

    /// The agent is half through the course, a colleague's short answer waits to be marked, and the
    /// supervisor applies for a look into an archive.
    async fn evening(&self, course: &str, exam: &str) -> Result<()> {
        let stage = self.stage;
        self.yesterday((18, 0));
        teach::learn(stage, self.agent, course, self.lore.lessons.len() / 2).await?;
        if let Some(colleague) = self.others.first() {
            examine::sit(stage, colleague, exam, &self.lore, Sits::Well(2)).await?;
        }
        self.yesterday((18, 40));
        let known = stage.list(self.supervisor, "/archive-requests").await?;
        if known.is_empty() {
            let asked = json!({ "staff": self.agent.staff, "purpose": "安排下季度带教，需要看培训和考试记录。", "days": 7 });
            stage.post(self.supervisor, "/archive-requests", asked).await?;
        }
        Ok(())
    }
}
