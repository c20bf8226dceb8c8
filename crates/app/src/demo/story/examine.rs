//! Questions, a paper, an exam, sittings and marks.

use kexun_base::Result;
use kexun_base::time::{Day, Micros};
use kexun_simulation::Role;
use serde_json::{Value, json};

use super::Scene;
use super::stage::{Person, Stage, id, instant};
use super::texts::{Asked, Lore, Question};

/// How well somebody sits an exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sits {
    /// Right but for one question.
    Well(usize),
    /// Right in every fourth question, and short of words.
    Badly,
}

impl Question {
    fn key(&self) -> Value {
        let options = |options: &[&str], right: &[usize]| -> Vec<Value> {
            let (good, bad) = (1.0 / right.len() as f64, -1.0 / (options.len() - right.len()).max(1) as f64);
            let bad = if right.len() > 1 { bad } else { 0.0 };
            let share = |at| if right.contains(&at) { good } else { bad };
            options.iter().enumerate().map(|(at, text)| json!({ "text": text, "share": share(at) })).collect()
        };
        match self.asked {
            Asked::Single(texts, right) => json!({ "kind": "single", "options": options(texts, &[right]) }),
            Asked::Multiple(texts, right) => json!({ "kind": "multiple", "options": options(texts, right) }),
            Asked::TrueFalse(answer) => json!({ "kind": "true_false", "answer": answer }),
            Asked::FillIn(text) => {
                json!({ "kind": "fill_in", "accepted": [{ "text": text, "share": 1.0 }] })
            }
            Asked::Short { model, rubric, .. } => {
                json!({ "kind": "short_answer", "model": model, "rubric": rubric })
            }
        }
    }

    fn answer(&self, right: bool) -> Value {
        match self.asked {
            Asked::Single(texts, at) => {
                json!({ "kind": "single", "option": if right { at } else { (at + 1) % texts.len() } })
            }
            Asked::Multiple(texts, of) if right || texts.is_empty() => {
                json!({ "kind": "multiple", "options": of })
            }
            Asked::Multiple(_, of) => json!({ "kind": "multiple", "options": &of[..1] }),
            Asked::TrueFalse(answer) => json!({ "kind": "true_false", "answer": answer == right }),
            Asked::FillIn(text) => json!({ "kind": "fill_in", "text": if right { text } else { "不清楚" } }),
            Asked::Short { good, poor, .. } => {
                json!({ "kind": "short_answer", "text": if right { good } else { poor } })
            }
        }
    }
}

/// The paper of some questions, which are in the bank.
pub async fn paper(stage: &Stage, by: &Person, title: &str, lore: &Lore) -> Result<String> {
    if let Some(found) = stage.find(by, "/papers", "title", title).await? {
        return Ok(id(&found));
    }
    let bank = stage.list(by, "/questions").await?;
    let mut questions = Vec::new();
    for question in lore.questions {
        let found = match bank.iter().find(|known| known["text"] == question.text) {
            Some(known) => id(known),
            None => {
                let new = json!({
                    "text": question.text, "key": question.key(), "topic": lore.topic, "competence": lore.competence,
                    "difficulty": question.difficulty, "explanation": question.why, "state": "active",
                });
                id(&stage.post(by, "/questions", new).await?)
            }
        };
        questions.push(json!({ "question": found, "points": question.points }));
    }
    let content = json!({ "kind": "fixed", "questions": questions });
    Ok(id(&stage.post(by, "/papers", json!({ "title": title, "content": content })).await?))
}

/// What all exams of the story have in common.
pub fn exam(title: &str, lore: &Lore, paper: &str, (opens_at, closes_at): (Micros, Micros)) -> Value {
    json!({
        "title": title, "competence": lore.competence, "paper": paper, "opens_at": opens_at, "closes_at": closes_at,
        "minutes": 30, "attempts": 1, "limits": { "excellent": 0.9, "good": 0.75, "pass": 0.6 }, "credits": 1.5,
        "make_up": { "after_days": 3, "window_days": 7, "times": 1 }, "shows_answers": "after_close",
    })
}

/// Somebody sits an exam, if he can begin it.
pub async fn sit(stage: &Stage, who: &Person, exam: &str, lore: &Lore, sits: Sits) -> Result<()> {
    let seen = stage.get(who, &format!("/exams/{exam}")).await?;
    if seen["own"]["can_begin"] != true && seen["own"]["standing"] != "sitting" {
        return Ok(());
    }
    let attempt = stage.post(who, &format!("/exams/{exam}/attempts"), Value::Null).await?;
    let path = format!("/attempts/{}", attempt["attempt"].as_str().unwrap_or_default());
    for (question, n) in lore.questions.iter().zip(1_usize..) {
        let right = match sits {
            Sits::Well(slip) => n != slip,
            Sits::Badly => n % 4 == 1,
        };
        let answer = json!({ "response": question.answer(right), "client_seq": n });
        stage.put(who, &format!("{path}/answers/{n}"), answer).await?;
    }
    stage.post(who, &format!("{path}/submit"), Value::Null).await.map(drop)
}

/// Marks all short answers of an exam.
pub async fn mark(stage: &Stage, by: &Person, exam: &str, lore: &Lore) -> Result<()> {
    let overview = stage.get(by, &format!("/exams/{exam}/marking")).await?;
    for question in overview["questions"].as_array().into_iter().flatten() {
        let (of, revision) = (question["question"].as_str().unwrap_or_default(), &question["revision"]);
        let answers =
            stage.get(by, &format!("/exams/{exam}/marking/{of}?revision={revision}&limit=200")).await?;
        for answer in answers["items"].as_array().into_iter().flatten().filter(|a| a["points"].is_null()) {
            let said = answer["response"].as_str().unwrap_or_default();
            let good =
                lore.questions.iter().any(|q| matches!(q.asked, Asked::Short { good, .. } if good == said));
            let worth = answer["worth"].as_f64().unwrap_or_default();
            let (points, comment) =
                if good { (worth * 0.9, "要点齐全。") } else { (worth * 0.2, lore.lacking) };
            let mark = json!({ "points": points, "comment": comment, "version": answer["version"] });
            stage.put(by, &format!("/marks/{}", id(answer)), mark).await?;
        }
    }
    Ok(())
}

impl Scene<'_> {
    /// The exam of a class, two days after it; the last fails, and passes the make-up.
    pub(super) async fn exam(&self, class: &str) -> Result<()> {
        let (stage, lore) = (self.stage, &self.lore);
        let lecturer = stage.with(Role::Lecturer)?;
        stage.at(self.on(1), (9, 30));
        let paper = paper(stage, lecturer, lore.paper, lore).await?;
        let title = lore.exam;
        let known = stage.list(lecturer, "/exams").await?;
        let of = |title: &str, number: i64| {
            known.iter().find(|e| e["title"] == title && e["make_up_number"] == number).map(id)
        };
        let exam_id = match of(title, 0) {
            Some(found) => found,
            None => {
                let day = |days: i32, hour: i64| -> Micros { instant(Day::plus(self.day, days), (hour, 0)) };
                let mut draft = exam(title, lore, &paper, (day(1, 10), day(3, 20)));
                draft["audience"] = json!({ "staff": self.staff() });
                draft["causes"] = json!([{ "kind": "class", "id": class }]);
                id(&stage.post(lecturer, "/exams", draft).await?)
            }
        };
        for (person, nth) in self.trained.iter().zip(1..) {
            let last = nth == self.trained.len();
            stage.at(self.on(1), (11, 40 * i64::try_from(nth).unwrap_or(0)));
            sit(stage, person, &exam_id, lore, if last { Sits::Badly } else { Sits::Well(nth + 2) }).await?;
        }
        stage.at(self.on(2), (10, 0));
        mark(stage, lecturer, &exam_id, lore).await?;
        let Some(last) = self.trained.last() else { return Ok(()) };
        let seen = stage.get(last, &format!("/exams/{exam_id}")).await?;
        if let Some(make_up) = seen["own"]["make_up"].as_str() {
            stage.at(self.on(7), (13, 30));
            sit(stage, last, make_up, lore, Sits::Well(3)).await?;
            stage.at(self.on(8), (10, 0));
            mark(stage, lecturer, make_up, lore).await?;
        }
        Ok(())
    }
}
