//! From weak spots to an approved plan.

use kexun_base::time::Day;
use kexun_base::{Error, Result};
use kexun_simulation::Role;
use serde_json::{Value, json};

use super::Scene;
use super::stage::{Person, id};

/// Days before a training on which its needs are raised.
const RAISED: i32 = -21;
/// How far back weak spots are looked for, in days: four weeks; where these show nothing, twelve.
const LOOKS: [i32; 2] = [28, 84];

impl Scene<'_> {
    /// The ids of the needs, sorted and forwarded.
    pub(super) async fn needs(&self) -> Result<Vec<String>> {
        let stage = self.stage;
        stage.at(self.on(RAISED), (9, 0));
        if self.raised().await?.is_empty() {
            self.raise().await?;
        }
        self.report().await?;
        stage.at(self.on(RAISED + 1), (10, 0));
        let mut ids = Vec::new();
        for need in self.raised().await? {
            if need["state"] == "reported" {
                self.forward(&need).await?;
            }
            ids.push(id(&need));
        }
        Ok(ids)
    }

    /// The needs of this training: those about its people of the day on which they were raised.
    async fn raised(&self) -> Result<Vec<Value>> {
        let hr = self.stage.with(Role::Hr)?;
        let (from, to) = (self.on(RAISED), self.on(RAISED + 1));
        let mut needs = self.stage.list(hr, "/needs").await?;
        let day = |need: &Value| {
            let at = need["created_at"].as_str().and_then(|at| at.parse().ok());
            at.map(|at: chrono::DateTime<chrono::Utc>| {
                kexun_base::time::Micros::from(at).day(super::stage::ZONE)
            })
        };
        needs.retain(|need| day(need).is_some_and(|day: Day| day >= from && day < to));
        Ok(needs)
    }

    async fn raise(&self) -> Result<()> {
        let hr = self.stage.with(Role::Hr)?;
        for days in LOOKS {
            let (from, to) = (self.on(RAISED - days), self.on(RAISED - 1));
            let found = self.stage.get(hr, &format!("/weak-spots?from={from}&to={to}")).await?;
            let spots = found["spots"].as_array().into_iter().flatten();
            let spots: Vec<&Value> = spots.filter(|s| s["key"] == self.training.figure).collect();
            let mut any = false;
            for person in &self.trained {
                let Some(spot) = spots.iter().find(|s| s["agent"]["name"] == *person.account) else {
                    continue;
                };
                let raise =
                    json!({ "from": from, "to": to, "agent": spot["agent"]["id"], "key": spot["key"] });
                let by = self.stage.supervisor(person)?;
                // Where the supervisor's narrower look does not show it, it was not raised.
                any |= self.stage.post(by, "/needs/from-weak-spot", raise).await.is_ok();
            }
            if any {
                break;
            }
        }
        Ok(())
    }

    /// What a supervisor reports for all of his people, and one of them himself.
    async fn report(&self) -> Result<()> {
        let (stage, lore) = (self.stage, &self.lore);
        let known = self.raised().await?;
        let told = |title: &str| known.iter().any(|need| need["title"] == title);
        stage.at(self.on(RAISED), (15, 0));
        let Some(first) = self.trained.first() else { return Ok(()) };
        let by = stage.supervisor(first)?;
        if !told(lore.observed.0) {
            let own: Vec<_> = self.of_supervisor(by)?.iter().map(|p| p.staff).collect();
            let need = json!({
                "title": lore.observed.0, "description": lore.observed.1, "competence": lore.competence, "people": own,
            });
            stage.post(by, "/needs", need).await?;
        }
        if !told(lore.difficulty.0) {
            let need = json!({ "title": lore.difficulty.0, "description": lore.difficulty.1 });
            stage.post(first, "/needs", need).await?;
        }
        Ok(())
    }

    /// Those trained whom somebody leads.
    pub(super) fn of_supervisor(&self, by: &Person) -> Result<Vec<&Person>> {
        let mut own = Vec::new();
        for person in &self.trained {
            if self.stage.supervisor(person)?.staff == by.staff {
                own.push(*person);
            }
        }
        Ok(own)
    }

    async fn forward(&self, need: &Value) -> Result<()> {
        let stage = self.stage;
        let change = json!({
            "version": need["version"], "competence": self.lore.competence, "severity": 2, "words": self.lore.forwarded,
        });
        let path = format!("/needs/{}/forward", id(need));
        let who = need["who"][0]["id"].as_str().unwrap_or_default();
        let about = self.trained.iter().find(|p| p.staff.to_string() == who);
        let by = match about {
            Some(person) => stage.supervisor(person)?,
            None => stage.with(Role::Hr)?,
        };
        stage.post(by, &path, change).await.map(drop)
    }

    /// The item of the approved plan that answers the needs.
    pub(super) async fn plan(&self, needs: &[String]) -> Result<String> {
        let stage = self.stage;
        let (hr, director) = (stage.with(Role::Hr)?, stage.with(Role::Director)?);
        let title = self.lore.plan;
        stage.at(self.on(-18), (14, 0));
        let mut plan = match stage.find(hr, "/plans", "title", title).await? {
            Some(found) => stage.get(hr, &format!("/plans/{}", id(&found))).await?,
            None => {
                let content = self.content(needs).await?;
                stage.post(hr, "/plans", content).await?
            }
        };
        let path = format!("/plans/{}", id(&plan["plan"]));
        if plan["state"] == "draft" {
            let seen = json!({ "version": plan["plan"]["version"] });
            plan = stage.post(hr, &format!("{path}/submit"), seen).await?;
        }
        stage.at(self.on(-16), (11, 0));
        if plan["state"] == "submitted" {
            let seen =
                json!({ "version": plan["plan"]["version"], "comment": "同意。培训后按同组对照看效果。" });
            plan = stage.post(director, &format!("{path}/approve"), seen).await?;
        }
        let item = plan["content"]["items"][0]["id"].as_str();
        item.map(str::to_owned).ok_or_else(|| Error::internal(format!("the plan {title} has no item")))
    }

    /// What is proposed from the needs, as one item for exactly those who are to be trained.
    async fn content(&self, needs: &[String]) -> Result<Value> {
        let (stage, lore) = (self.stage, &self.lore);
        let hr = stage.with(Role::Hr)?;
        let (from, to) = (self.on(-18), self.on(12));
        let asked = json!({ "kind": "monthly", "from": from, "to": to, "needs": needs });
        let mut content = stage.post(hr, "/plans/draft", asked).await?;
        let reasons: Vec<String> = content["items"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|item| item["reason"].as_str().map(str::to_owned))
            .collect();
        content["title"] = json!(lore.plan);
        content["goals"] = json!(lore.goals);
        content["items"] = json!([{
            "title": lore.class, "contents": lore.contents, "competence": lore.competence,
            "figure": self.training.figure, "target": lore.target, "audience": { "staff": self.staff() },
            "lecturer": stage.with(Role::Lecturer)?.staff, "minutes": 90, "from": from, "to": to,
            "reason": reasons.join("\n"), "needs": needs, "budget": 60_000,
        }]);
        Ok(content)
    }
}
