//! What is told of feedback. Pure.

use kexun_base::secrets::Key;

use super::entity::Model;
use super::{ENOUGH, Means, Results};

/// What may be told of these answers of so many who were asked; how many they are until the time for
/// answers is `over`. Means that could be read from day to day would tell what each further answer said.
/// The key gives what they wrote an order that stays and tells nothing.
pub fn results(answers: &[Model], asked: usize, over: bool, key: &Key) -> Results {
    let count = answers.len();
    if !over || count < ENOUGH {
        return Results { count, asked, means: None, remarks: Vec::new() };
    }
    let mean = |of: fn(&Model) -> i32| answers.iter().map(|a| f64::from(of(a))).sum::<f64>() / count as f64;
    let means = Means {
        content: mean(|a| a.content),
        lecturer: mean(|a| a.lecturer),
        organisation: mean(|a| a.organisation),
        applicable: mean(|a| a.applicable),
    };
    let written = answers.iter().filter_map(|a| Some((key.hash(&[a.id.0.as_bytes()]), a.remarks.clone()?)));
    let mut remarks: Vec<([u8; 32], String)> = written.collect();
    remarks.sort();
    Results { count, asked, means: Some(means), remarks: remarks.into_iter().map(|(_, text)| text).collect() }
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::TenantId;

    use super::*;
    use crate::classes::ClassId;
    use crate::classes::feedback::FeedbackId;

    fn answer(n: u128, content: i32, remarks: Option<&str>) -> Model {
        Model {
            id: FeedbackId(Uuid::from_u128(n)),
            tenant_id: TenantId(Uuid::nil()),
            class_id: ClassId(Uuid::nil()),
            staff_id: StaffId(Uuid::from_u128(n)),
            content,
            lecturer: 5,
            organisation: 3,
            applicable: 1,
            remarks: remarks.map(str::to_owned),
            version: 1,
        }
    }

    #[test]
    fn too_few_answers_tell_nothing() {
        let key = Key::from_bytes([1; 32]);
        let few = results(&[answer(1, 5, Some("甲")), answer(2, 4, Some("乙"))], 9, true, &key);
        assert_eq!(few, Results { count: 2, asked: 9, means: None, remarks: Vec::new() });
        let three = [answer(1, 5, Some("甲")), answer(2, 4, None), answer(3, 3, Some("丙"))];
        let told = results(&three, 9, true, &key);
        let means = told.means.unwrap();
        assert_eq!((means.content, means.lecturer, means.applicable), (4.0, 5.0, 1.0));
        assert_eq!(told.remarks.len(), 2);
    }

    #[test]
    fn nothing_is_told_while_somebody_can_still_answer() {
        let answers: Vec<Model> = (1..=9).map(|n| answer(n, 4, Some("好"))).collect();
        let waiting = results(&answers, 9, false, &Key::from_bytes([1; 32]));
        assert_eq!(waiting, Results { count: 9, asked: 9, means: None, remarks: Vec::new() });
    }

    #[test]
    fn the_order_of_what_was_written_tells_nothing_and_stays() {
        let answers: Vec<Model> = (1..=20).map(|n| answer(n, 3, Some(&n.to_string()))).collect();
        let key = Key::from_bytes([1; 32]);
        let first = results(&answers, 20, true, &key).remarks;
        assert_ne!(first, answers.iter().filter_map(|a| a.remarks.clone()).collect::<Vec<_>>());
        let backwards: Vec<Model> = answers.into_iter().rev().collect();
        assert_eq!(results(&backwards, 20, true, &key).remarks, first);
    }
}
