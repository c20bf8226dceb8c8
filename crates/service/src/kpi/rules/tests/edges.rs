//! The edges of the definitions, each on its own.

use chrono_tz::Tz;

use super::super::*;
use super::build::*;

#[test]
fn nothing_is_no_value_but_no_count_is_zero() {
    let nothing = DayFigures::default();
    for figure in Figure::SHIPPED {
        let Some(value) = figure.evaluate(&nothing) else {
            continue;
        };
        match figure.definition().unit {
            Unit::Count => assert_eq!((value.value, value.n), (Some(Amount::Count(0)), None)),
            _ => assert_eq!((value.value, value.n), (None, Some(0)), "{figure}"),
        }
    }
}

#[test]
fn no_answered_round_is_no_response_time_but_a_share_of_zero() {
    let figures = script("10:00:00 c, 10:00:05 r").of(Scope::Shop);
    check(
        &figures,
        &[
            ("unanswered", Some(1.0), None),
            ("conversations", Some(0.0), None),
            ("first_response", None, Some(0)),
            ("average_response", None, Some(0)),
            ("answered_within_180", Some(0.0), Some(1)),
            ("reply_ratio", Some(0.0), Some(1)),
            ("handling_time", None, Some(0)),
            ("kuaishou_3min", None, Some(0)),
            ("pdd_effective_reply", Some(0.0), Some(1)),
            ("jd_30s", Some(0.0), Some(1)),
            ("wangwang_response", None, Some(0)),
        ],
    );
}

fn owner(utterances: Vec<Utterance>) -> Option<u32> {
    rounds(&utterances).last().unwrap().agent
}

#[test]
fn an_unanswered_round_is_the_assigned_agents_then_the_last_ones_then_nobodys() {
    assert_eq!(owner(vec![customer(1), agent(2, A), assigned(3, Some(B))]), Some(B));
    assert_eq!(owner(vec![customer(1), agent(2, A), customer(3)]), Some(A));
    assert_eq!(owner(vec![agent(0, A), agent(1, B), customer(3)]), Some(B));
    assert_eq!(owner(vec![customer(3), robot(4)]), None);
    // Only the round's first customer message names its owner.
    assert_eq!(owner(vec![customer(3), assigned(4, Some(B))]), None);
    // An answered round is the answering agent's, whoever was assigned.
    assert_eq!(owner(vec![assigned(3, Some(B)), agent(4, A)]), Some(A));
}

#[test]
fn an_unanswered_conversation_is_its_rounds_owners() {
    let assigned_to_b = chat(vec![assigned(3, Some(B)), robot(5)]);
    check(&assigned_to_b.of(Scope::Agent(Some(B))), &[("unanswered", Some(1.0), None)]);
    check(&assigned_to_b.of(Scope::Agent(None)), &[("unanswered", Some(0.0), None)]);
    let nobodys = chat(vec![customer(3)]);
    check(&nobodys.of(Scope::Agent(None)), &[("unanswered", Some(1.0), None)]);
    check(&nobodys.of(Scope::Team(None)), &[("unanswered", Some(1.0), None)]);
}

#[test]
fn an_agent_who_writes_first_answers_nothing() {
    let figures = script("10:00:00 A, 10:00:30 c, 10:00:40 A").of(Scope::Agent(Some(A)));
    check(
        &figures,
        &[
            ("conversations", Some(1.0), None),
            ("rounds", Some(1.0), None),
            ("first_response", Some(10.0), Some(1)),
            ("reply_ratio", Some(2.0), Some(1)),
            ("handling_time", Some(40.0), Some(1)),
        ],
    );
}

#[test]
fn an_agent_first_and_then_a_customer_without_answer_is_served_yet_never_answered() {
    let figures = script("10:00:00 A, 10:00:30 c").of(Scope::Agent(Some(A)));
    check(
        &figures,
        &[
            ("conversations", Some(1.0), None),
            ("unanswered", Some(0.0), None),
            ("outbound", Some(0.0), None),
            ("first_response", None, Some(0)),
            ("answered_within_180", Some(0.0), Some(1)),
            ("jd_30s", Some(0.0), Some(1)),
        ],
    );
}

#[test]
fn without_a_customer_message_only_outbound_counts() {
    let mut outbound = script("10:00:00 A, 10:00:30 r, 10:01:00 B");
    outbound.closing = Closing::Solved;
    for scope in [Scope::Shop, Scope::Agent(Some(A)), Scope::Agent(Some(B))] {
        let only = DayFigures { outbound: 1, ..DayFigures::default() };
        assert_eq!(outbound.of(scope), only);
    }
    assert!(script("10:00:00 r").of(Scope::Shop).is_empty());
    assert!(chat(Vec::new()).of(Scope::Shop).is_empty());
}

#[test]
fn robots_neither_end_nor_start_a_round() {
    let figures = script("10:00:00 c, 10:00:01 r, 10:00:02 c, 10:00:03 r, 10:00:50 A, 10:01:00 r");
    check(
        &figures.of(Scope::Shop),
        &[
            ("rounds", Some(1.0), None),
            ("customer_messages", Some(2.0), None),
            ("agent_messages", Some(1.0), None),
            ("first_response", Some(50.0), Some(1)),
        ],
    );
}

#[test]
fn an_answer_in_the_same_second_is_an_answer() {
    let figures = script("10:00:00 c, 10:00:00 A, 10:00:00 c").of(Scope::Shop);
    check(
        &figures,
        &[
            ("first_response", Some(0.0), Some(1)),
            ("answered_within_0", Some(0.5), Some(2)),
            ("wangwang_response", None, Some(0)),
        ],
    );
}

#[test]
fn the_limit_belongs_to_the_time_within() {
    let figures = script("10:00:00 c, 10:03:00 A").of(Scope::Shop);
    check(
        &figures,
        &[
            ("answered_within_180", Some(1.0), Some(1)),
            ("answered_within_179", Some(0.0), Some(1)),
            ("taobao_3min", Some(1.0), Some(1)),
            ("douyin_3min", Some(1.0), Some(1)),
            ("kuaishou_3min", Some(1.0), Some(1)),
        ],
    );
}

#[test]
fn percentiles_are_by_nearest_rank() {
    let mut figures = DayFigures::default();
    for seconds in [50, 10, 20, 40, 30, 60, 70, 80, 90, 100, 110] {
        figures.first_responses.add(seconds);
    }
    let value = Figure::FirstResponse.evaluate(&figures).unwrap();
    let expected = Detail::Percentiles { p50: Some(60.0), p90: Some(100.0) };
    assert_eq!(value.detail, Some(expected));
}

#[test]
fn a_call_is_handled_as_long_as_the_telephone_system_says() {
    let mut call = script("10:00:00 c, 10:00:10 A, 10:09:00 A");
    call.channel = Channel::Phone;
    check(&call.of(Scope::Shop), &[("handling_time", None, Some(0))]);
    call.call_s = Some(300);
    check(&call.of(Scope::Shop), &[("handling_time", Some(300.0), Some(1))]);
    call.channel = Channel::Email;
    check(&call.of(Scope::Shop), &[("handling_time", Some(530.0), Some(1))]);
}

#[test]
fn outcomes_and_ratings_are_of_all_who_wrote() {
    let rating = |score| Rating {
        at: at(Tz::Asia__Shanghai, "2026-01-09 00:00:00"),
        score: Score::new(score).unwrap(),
    };
    let mut solved = script("10:00:00 c, 10:00:10 A, 10:09:00 B");
    solved.closing = Closing::Solved;
    solved.ratings = vec![rating(4), rating(3), rating(5)];
    let mut not = script("10:00:00 c, 10:00:10 A");
    not.closing = Closing::Unsolved;
    let both = [solved.clone(), not];
    let resolved = |scope| merged(&both, scope, |_| true);
    check(&resolved(Scope::Shop), &[("resolution", Some(0.5), Some(2))]);
    check(&resolved(Scope::Agent(Some(B))), &[("resolution", Some(1.0), Some(1))]);
    check(&resolved(Scope::Team(Some(1))), &[("satisfaction", Some(2.0 / 3.0), Some(3))]);
    let value = Figure::Satisfaction.evaluate(&resolved(Scope::Shop)).unwrap();
    assert_eq!(value.detail, Some(Detail::Rated { rated_share: Some(0.5) }));
    // Ratings belong to the day they were given, the rated conversation to its own.
    let later = merged(&both, Scope::Shop, |d| d == day("2026-01-09"));
    assert_eq!((later.scores, later.rated), ([0, 0, 1, 1, 1], 0));
}

#[test]
fn without_transcript_a_contact_still_has_an_outcome_and_ratings() {
    let mut contact = chat(Vec::new());
    contact.closing = Closing::Solved;
    contact.opened_at = Some(at(Tz::Asia__Shanghai, "2026-01-05 23:59:59"));
    contact.ratings = vec![Rating { at: contact.opened_at.unwrap(), score: Score::new(1).unwrap() }];
    let figures = merged(&[contact], Scope::Agent(None), |d| d == day("2026-01-05"));
    check(&figures, &[("resolution", Some(1.0), Some(1)), ("satisfaction", Some(0.0), Some(1))]);
}

#[test]
fn a_team_counts_each_thing_once() {
    let chats = [script("10:00:00 c, 10:00:10 A, 10:00:20 c, 10:09:00 B"), script("11:00:00 c, 11:00:10 B")];
    let of = |scope| merged(&chats, scope, |_| true);
    let team = of(Scope::Team(Some(1)));
    assert_eq!((team.conversations, team.customers.len()), (2, 1));
    assert_eq!((team.handling.n, team.handling.sum), (2, 530));
    let (a, b) = (of(Scope::Agent(Some(A))), of(Scope::Agent(Some(B))));
    assert_eq!(a.conversations + b.conversations, 3);
    assert_eq!(a.handling.sum + b.handling.sum, 0);
}

#[test]
fn an_agent_who_changes_teams_is_counted_where_he_was_that_day() {
    let move_day = day("2026-01-06");
    let team_of = |_: u32, on| Some(if on < move_day { 1 } else { 2 });
    let midnight = at(Tz::Asia__Shanghai, "2026-01-06 00:00:00");
    let chat = chat(vec![
        customer(midnight - 100),
        agent(midnight - 50, A),
        customer(midnight + 10),
        agent(midnight + 20, A),
    ]);
    let mut cells = Cells::new();
    chat.contribute(&team_of, &mut cells);
    let (old, new) =
        (gather(&cells, Scope::Team(Some(1)), |_| true), gather(&cells, Scope::Team(Some(2)), |_| true));
    assert_eq!((old.conversations, old.rounds, old.agent_messages), (1, 1, 2));
    assert_eq!((new.conversations, new.rounds, new.agent_messages), (0, 1, 0));
}
