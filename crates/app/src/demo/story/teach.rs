//! A course and a class.

use kexun_base::Result;
use kexun_simulation::Role;
use serde_json::{Value, json};

use super::Scene;
use super::stage::{Person, Stage, id, instant};
use super::texts::Lesson;

/// How those who came thought of a class: four statements from 1 to 5, and words.
const OPINIONS: [([i32; 4], Option<&str>); 5] = [
    ([5, 5, 4, 5], Some("案例都是我们自己的会话，听完当天就能用。")),
    ([4, 5, 4, 4], Some("希望多留一点时间练习。")),
    ([4, 4, 5, 4], None),
    ([5, 4, 4, 3], Some("内容好，高峰时段能不能做到还要看排班。")),
    ([4, 4, 4, 4], None),
];

/// A course with its lessons, published. Gives it as its page shows it.
pub async fn course(stage: &Stage, by: &Person, draft: Value, lessons: &[Lesson]) -> Result<Value> {
    let title = draft["title"].as_str().unwrap_or_default().to_owned();
    let found = match stage.find(by, "/courses", "title", &title).await? {
        Some(found) => id(&found),
        None => id(&stage.post(by, "/courses", draft).await?["course"]),
    };
    let path = format!("/courses/{found}");
    let mut course = stage.get(by, &path).await?;
    let known = course["lessons"].as_array().map_or(0, Vec::len);
    for lesson in lessons.iter().skip(known) {
        let draft = json!({
            "title": lesson.title, "kind": "text", "body": lesson.body, "minutes": lesson.minutes, "required": true,
        });
        course = stage.post(by, &format!("{path}/lessons"), draft).await?;
    }
    if course["course"]["state"] == "draft" {
        let seen = json!({ "version": course["course"]["version"] });
        course = stage.post(by, &format!("{path}/publish"), seen).await?;
    }
    Ok(course)
}

/// Who is in a course.
pub async fn learners(stage: &Stage, by: &Person, course: &str) -> Result<Vec<Value>> {
    stage.list(by, &format!("/courses/{course}/learners")).await
}

/// Somebody reads the first lessons of a course.
pub async fn learn(stage: &Stage, who: &Person, course: &str, most: usize) -> Result<()> {
    let path = format!("/courses/{course}");
    let seen = stage.get(who, &path).await?;
    for lesson in seen["lessons"].as_array().into_iter().flatten().take(most) {
        if lesson["standing"]["done"] != true {
            stage.pass(400);
            let report = json!({ "position": 1.0, "done": true });
            stage.put(who, &format!("{path}/lessons/{}/progress", id(lesson)), report).await?;
        }
    }
    Ok(())
}

/// A class of this title, announced.
pub async fn announced(stage: &Stage, by: &Person, draft: Value) -> Result<String> {
    let title = draft["title"].as_str().unwrap_or_default().to_owned();
    let class = match stage.find(by, "/classes", "title", &title).await? {
        Some(found) => found,
        None => stage.post(by, "/classes", draft).await?,
    };
    let class_id = id(&class);
    if class["state"] == "planned" {
        let seen = json!({ "version": class["version"] });
        stage.post(by, &format!("/classes/{class_id}/announce"), seen).await?;
    }
    Ok(class_id)
}

impl Scene<'_> {
    /// The course, completed by all but the last before the class.
    pub(super) async fn course(&self, item: &str) -> Result<String> {
        let (stage, lore) = (self.stage, &self.lore);
        let lecturer = stage.with(Role::Lecturer)?;
        stage.at(self.on(-14), (9, 30));
        let draft = json!({
            "title": lore.course, "description": lore.contents, "competence": lore.competence, "level": "basic",
            "plan_item": item,
        });
        let course = id(&course(stage, lecturer, draft, lore.lessons).await?["course"]);
        if learners(stage, lecturer, &course).await?.is_empty() {
            let to = json!({ "audience": { "staff": self.staff() }, "due": self.on(-1) });
            stage.post(lecturer, &format!("/courses/{course}/assign"), to).await?;
        }
        let last = self.trained.last().map(|p| p.staff);
        for (person, days) in self.trained.iter().zip(1..) {
            stage.at(self.on(days.min(10) - 13), (13, 10));
            let most = if Some(person.staff) == last { 2 } else { usize::MAX };
            learn(stage, person, &course, most).await?;
        }
        Ok(course)
    }

    /// The class, with attendance and feedback.
    pub(super) async fn class(&self, item: &str, course: &str) -> Result<String> {
        let (stage, lore) = (self.stage, &self.lore);
        let lecturer = stage.with(Role::Lecturer)?;
        // The last of them learns meanwhile; the class is arranged before that.
        stage.at(self.on(-10), (16, 0));
        let draft = json!({
            "title": lore.class, "description": lore.contents, "competence": lore.competence, "plan_item": item,
            "course": course, "starts_at": instant(self.day, (14, 0)), "ends_at": instant(self.day, (15, 30)),
            "place": "三楼培训室", "lecturer": lecturer.staff, "late_after_min": 5, "seats": 12,
            "audience": { "staff": self.staff() },
        });
        let class = announced(stage, lecturer, draft).await?;
        let path = format!("/classes/{class}");
        if stage.get(lecturer, &path).await?["state"] == "announced" {
            self.sign_in(lecturer, &path).await?;
            stage.at(self.day, (15, 40));
            let seen = stage.get(lecturer, &path).await?;
            stage.post(lecturer, &format!("{path}/close"), json!({ "version": seen["version"] })).await?;
        }
        stage.at(self.day, (17, 0));
        let most = self.trained.len().saturating_sub(1).max(3);
        for (person, (marks, remarks)) in self.trained.iter().zip(OPINIONS).take(most) {
            if stage.get(person, &format!("{path}/feedback")).await?["mine"].is_null() {
                let [content, lecturer, organisation, applicable] = marks;
                let said = json!({
                    "content": content, "lecturer": lecturer, "organisation": organisation, "applicable": applicable,
                    "remarks": remarks,
                });
                stage.put(person, &format!("{path}/feedback"), said).await?;
            }
        }
        Ok(class)
    }

    /// Everybody types the code on the screen; the last comes late.
    async fn sign_in(&self, lecturer: &Person, path: &str) -> Result<()> {
        let stage = self.stage;
        for (person, nth) in self.trained.iter().zip(1..) {
            let late = nth == self.trained.len() && nth > 1;
            stage.at(self.day, if late { (14, 12) } else { (13, 50 + i64::try_from(nth).unwrap_or(0)) });
            let code = stage.get(lecturer, &format!("{path}/code")).await?["code"].clone();
            stage.pass(-10);
            stage.post(person, &format!("{path}/sign-in"), json!({ "code": code })).await?;
        }
        Ok(())
    }
}
