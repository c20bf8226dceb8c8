//! First-contact resolution.

use super::super::*;
use super::build::fcr;

const HOUR: i64 = 3600;

fn contact(customer: u32, opened_h: i64, last_h: i64, counted: bool) -> Contact {
    Contact { customer, opened_at: opened_h * HOUR, last_at: last_h * HOUR, of: counted.into() }
}

fn of(contacts: &[Contact]) -> (Option<f64>, u64, Option<i64>) {
    let value = fcr(contacts, 72);
    let Some(Detail::Final { final_after }) = value.detail else {
        panic!("no final_after");
    };
    (value.value.map(Amount::as_f64), value.n.unwrap(), final_after.map(|s| s / HOUR))
}

#[test]
fn nothing_is_no_value() {
    assert_eq!(of(&[]), (None, 0, None));
    assert_eq!(of(&[contact(1, 5, 6, false)]), (None, 0, None));
}

#[test]
fn a_contact_alone_is_solved_and_final_later() {
    assert_eq!(of(&[contact(1, 100, 101, true)]), (Some(1.0), 1, Some(173)));
}

#[test]
fn within_means_at_most_from_the_end_to_the_next_start() {
    let pair = |gap: i64| [contact(1, 100, 110, true), contact(1, 110 + gap, 110 + gap, true)];
    assert_eq!(of(&pair(72)), (Some(0.0), 1, None));
    assert_eq!(of(&pair(73)), (Some(1.0), 2, Some(255)));
}

#[test]
fn contacts_outside_decide_without_being_counted() {
    let before = [contact(1, 90, 91, false), contact(1, 100, 101, true)];
    assert_eq!(of(&before), (None, 0, None));
    let after = [contact(1, 100, 101, true), contact(1, 150, 151, false)];
    assert_eq!(of(&after), (Some(0.0), 1, None));
}

#[test]
fn customers_do_not_mix_and_long_contacts_overlap() {
    let contacts = [contact(1, 100, 101, true), contact(2, 102, 103, true), contact(2, 300, 301, true)];
    assert_eq!(of(&contacts), (Some(1.0), 3, Some(373)));
    // The short second lies within the first; the third comes within 72 h of the first's end.
    let long = [contact(1, 0, 400, true), contact(1, 10, 11, true), contact(1, 450, 451, true)];
    assert_eq!(of(&long), (Some(0.0), 1, None));
}
