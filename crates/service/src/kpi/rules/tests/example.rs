//! The worked example of the published definitions.

use super::super::*;
use super::build::*;

fn example() -> Chat {
    script("10:00:00 c, 10:00:05 r, 10:00:20 c, 10:01:00 A, 10:05:00 A, 10:06:00 c, 10:10:30 B, 10:11:00 c")
}

#[test]
fn its_rounds() {
    let example = example();
    let rounds: Vec<Round> = rounds(example.timeline.utterances()).collect();
    let seen: Vec<_> =
        (rounds.iter()).map(|r| (r.start, r.answer, r.response_s, r.agent, r.customer_messages)).collect();
    assert_eq!(
        seen,
        [
            (0, Some(3), Some(60), Some(A), 2),
            (5, Some(6), Some(270), Some(B), 1),
            (7, None, None, Some(B), 1),
        ]
    );
}

#[test]
fn shop_and_team() {
    for scope in [Scope::Shop, Scope::Team(Some(1))] {
        check(
            &example().of(scope),
            &[
                ("conversations", Some(1.0), None),
                ("first_response", Some(60.0), Some(1)),
                ("average_response", Some(165.0), Some(2)),
                ("answered_within_180", Some(1.0 / 3.0), Some(3)),
                ("reply_ratio", Some(3.0 / 4.0), Some(4)),
                ("handling_time", Some(570.0), Some(1)),
                ("customers", Some(1.0), None),
                ("unanswered", Some(0.0), None),
                ("outbound", Some(0.0), None),
            ],
        );
    }
}

#[test]
fn agent_a() {
    check(
        &example().of(Scope::Agent(Some(A))),
        &[
            ("conversations", Some(1.0), None),
            ("first_response", Some(60.0), Some(1)),
            ("average_response", Some(60.0), Some(1)),
            ("answered_within_180", Some(1.0), Some(1)),
            ("reply_ratio", Some(1.0), Some(2)),
            ("handling_time", Some(240.0), Some(1)),
        ],
    );
}

#[test]
fn agent_b() {
    check(
        &example().of(Scope::Agent(Some(B))),
        &[
            ("conversations", Some(1.0), None),
            ("first_response", None, Some(0)),
            ("average_response", Some(270.0), Some(1)),
            ("answered_within_180", Some(0.0), Some(2)),
            ("reply_ratio", Some(0.5), Some(2)),
            ("handling_time", Some(0.0), Some(1)),
        ],
    );
}

#[test]
fn its_platform_figures() {
    check(
        &example().of(Scope::Shop),
        &[
            ("taobao_3min", Some(1.0 / 3.0), Some(3)),
            ("wangwang_response", Some(165.0), Some(2)),
            ("pdd_effective_reply", Some(0.0), Some(1)),
            ("jd_30s", Some(0.0), Some(1)),
            ("douyin_3min", Some(0.5), Some(4)),
            ("kuaishou_3min", Some(0.0), Some(1)),
        ],
    );
    check(
        &example().of(Scope::Agent(Some(A))),
        &[
            ("pdd_effective_reply", Some(1.0), Some(1)),
            ("kuaishou_3min", Some(1.0), Some(1)),
            ("douyin_3min", Some(1.0), Some(2)),
        ],
    );
}
