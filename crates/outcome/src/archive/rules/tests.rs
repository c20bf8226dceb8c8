use kexun_base::events::EventId;
use kexun_people::persons::PersonId;
use kexun_people::tenants::TenantId;
use serde_json::json;

use super::*;
use crate::archive::EntryId;

const STAFF: StaffId = StaffId(Uuid::from_u128(1));

fn entry(event: &str, subject: u128, data: Value) -> Model {
    let mut data = data;
    data["staff"] = json!(STAFF);
    let draft = drafts(event, &data).pop().unwrap();
    Model {
        id: EntryId(Uuid::nil()),
        tenant_id: TenantId(Uuid::nil()),
        person_id: PersonId(Uuid::nil()),
        staff_id: draft.staff,
        event_id: EventId(Uuid::nil()),
        seq: 0,
        at: Micros(0),
        day: draft.day,
        kind: draft.kind,
        title: draft.title,
        competence: draft.competence,
        minutes: draft.minutes,
        score: draft.score,
        grade: draft.grade,
        credits: draft.credits,
        make_up: draft.make_up,
        status: draft.status,
        part: draft.part,
        subject_kind: String::new(),
        subject: Uuid::from_u128(subject),
    }
}

fn sum(entries: &[Model]) -> Totals {
    totals(entries.iter().zip(replaced(entries)))
}

fn graded(exam: u128, attempt: u128, grade: &str, credits: f64) -> Model {
    entry(
        "exam.graded",
        exam,
        json!({ "attempt": Uuid::from_u128(attempt), "grade": grade, "credits": credits }),
    )
}

#[test]
fn an_event_becomes_an_entry_as_far_as_it_is_understood() {
    let told = json!({ "staff": STAFF, "title": "沟通", "competence": "communication", "status": "late",
        "minutes": 90, "of_tomorrow": true });
    let draft = &drafts("class.attended", &told)[0];
    assert_eq!(
        (draft.kind, draft.minutes, draft.status),
        (EntryKind::Class, Some(90), Some(EntryStatus::Late))
    );
    assert_eq!(draft.competence, Some(Competence::Communication));
    // Events of before say no day; of exams and courses it is that on which they were written.
    assert_eq!(draft.day, None);
    let day = |event: &str| drafts(event, &json!({ "staff": STAFF, "day": "2026-01-31" }))[0].day;
    assert_eq!(day("class.attended"), Some("2026-01-31".parse().unwrap()));
    assert_eq!(day("course.completed"), None);
    let unknown = &drafts("exam.graded", &json!({ "staff": STAFF, "grade": "splendid" }))[0];
    assert_eq!(unknown.grade, None);
    assert_eq!(drafts("task.done", &json!({ "staff": [STAFF, STAFF], "title": "x" })).len(), 1);
    for (event, data) in [
        ("exam.set", told.clone()),
        ("task.done", json!({ "department": "IT" })),
        ("exam.graded", Value::Null),
    ] {
        assert!(drafts(event, &data).is_empty(), "{event}");
    }
    // Every kind that is followed makes entries.
    assert!(EVENTS.iter().all(|kind| drafts(kind, &told).len() == 1));
}

#[test]
fn a_correction_counts_instead_of_what_it_corrects() {
    let entries = [
        graded(1, 1, "pass", 2.0),
        entry("class.attended", 5, json!({ "status": "absent", "minutes": 60 })),
        graded(1, 1, "fail", 0.0),
        entry("class.attended", 5, json!({ "status": "present", "minutes": 60 })),
    ];
    assert_eq!(replaced(&entries), [true, true, false, false]);
    let totals = sum(&entries);
    assert_eq!((totals.exams, totals.passed, totals.credits), (1, 0, 0.0));
    assert_eq!((totals.classes, totals.attended, totals.minutes), (1, 1, 60));
}

#[test]
fn credits_are_given_once_an_exam() {
    let entries = [
        graded(1, 1, "fail", 0.0),
        graded(1, 2, "good", 2.0),
        graded(1, 3, "pass", 2.0),
        graded(2, 4, "pass", 1.5),
    ];
    let totals = sum(&entries);
    assert_eq!((totals.exams, totals.passed, totals.credits), (2, 2, 3.5));
    // Who was excused or absent learned nothing there.
    let away = ["leave", "absent"].map(|status| json!({ "status": status, "minutes": 60 }));
    let away: Vec<Model> = (1..).zip(away).map(|(n, data)| entry("class.attended", n, data)).collect();
    assert_eq!((sum(&away).classes, sum(&away).attended, sum(&away).minutes), (2, 0, 0));
}

#[test]
fn what_was_granted_ends_by_itself() {
    let (now, later) = (Micros(10), Some(Micros(11)));
    assert_eq!(RequestState::Granted.at(later, now), RequestState::Granted);
    assert_eq!(RequestState::Granted.at(Some(now), now), RequestState::Expired);
    assert_eq!(RequestState::Waiting.at(None, now), RequestState::Waiting);
    assert_eq!(RequestState::Withdrawn.at(later, now), RequestState::Withdrawn);
}
