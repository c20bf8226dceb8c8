use super::*;
use crate::header::normal;

/// No two columns of a record may answer to one name, or a header would be ambiguous.
fn names_are_unique<T: Record>() {
    let mut seen = std::collections::HashMap::new();
    for column in T::columns() {
        let names = [column.name, column.zh].into_iter().chain(column.synonyms.iter().copied());
        for name in names {
            assert!(!normal(name).is_empty());
            let other = seen.insert(normal(name), column.name);
            assert!(other.is_none(), "{name} of {} is taken by {other:?}", column.name);
        }
    }
}

#[test]
fn column_names_are_unique() {
    names_are_unique::<ConversationRow>();
    names_are_unique::<ContactRow>();
    names_are_unique::<RatingRow>();
    names_are_unique::<StaffRow>();
}

#[test]
fn words_of_enumerations() {
    assert_eq!(Sender::parse("客户"), Some(Sender::Customer));
    assert_eq!(Sender::parse("Agent"), Some(Sender::Agent));
    assert_eq!(Sender::parse("nobody"), None);
    assert_eq!(Channel::Email.as_str(), "email");
    assert_eq!(Role::parse("客服主管"), Some(Role::Supervisor));
    assert_eq!(ContactOutcome::words(), ["solved", "unsolved"]);
}
