//! Days, times of day, zones, and the rules of the platforms.

use chrono_tz::Tz;

use super::super::*;
use super::build::*;

const SHANGHAI: Tz = Tz::Asia__Shanghai;
const BERLIN: Tz = Tz::Europe__Berlin;

fn on(chat: &Chat, date: &str) -> DayFigures {
    let date = day(date);
    merged(std::slice::from_ref(chat), Scope::Shop, |d| d == date)
}

#[test]
fn across_midnight_each_figure_keeps_its_day() {
    let midnight = at(SHANGHAI, "2026-01-06 00:00:00");
    let chat = chat(vec![
        customer(midnight - 60),
        agent(midnight - 30, A),
        customer(midnight - 1),
        customer(midnight + 5),
        agent(midnight + 9, A),
        customer(midnight + 20),
        agent(midnight + 40, A),
    ]);
    let first = on(&chat, "2026-01-05");
    check(
        &first,
        &[
            ("conversations", Some(1.0), None),
            ("customers", Some(1.0), None),
            ("first_response", Some(30.0), Some(1)),
            ("average_response", Some(20.0), Some(2)),
            ("reply_ratio", Some(3.0 / 4.0), Some(4)),
            ("handling_time", Some(70.0), Some(1)),
            // Answered on another day: left out.
            ("wangwang_response", Some(30.0), Some(1)),
        ],
    );
    check(
        &on(&chat, "2026-01-06"),
        &[
            ("conversations", Some(0.0), None),
            ("customers", Some(1.0), None),
            ("first_response", None, Some(0)),
            ("average_response", Some(20.0), Some(1)),
            ("reply_ratio", None, Some(0)),
            ("handling_time", None, Some(0)),
        ],
    );
    let both = merged(&[chat], Scope::Shop, |_| true);
    check(&both, &[("customers", Some(1.0), None)]);
}

#[test]
fn the_conversations_day_is_that_of_its_first_message_even_a_robots() {
    let midnight = at(SHANGHAI, "2026-01-06 00:00:00");
    let chat = chat(vec![robot(midnight - 1), customer(midnight), agent(midnight + 1, A)]);
    check(&on(&chat, "2026-01-05"), &[("conversations", Some(1.0), None), ("rounds", Some(0.0), None)]);
    check(&on(&chat, "2026-01-06"), &[("conversations", Some(0.0), None), ("rounds", Some(1.0), None)]);
}

#[test]
fn days_are_those_of_the_shop_when_its_clock_changes() {
    // In Berlin 2026-03-29 has 23 hours, 2026-10-25 has 25.
    for (date, hours) in [("2026-03-29", 23), ("2026-10-25", 25), ("2026-07-01", 24)] {
        let start = at(BERLIN, &format!("{date} 00:00:00"));
        let end = start + hours * 3600;
        let mut chat = chat(vec![customer(start - 1), customer(start), agent(end - 1, A), customer(end)]);
        chat.zone = ShopZone::new(BERLIN);
        let zone = ShopZone::new(BERLIN);
        assert_eq!(zone.day(start), day(date));
        assert_eq!(zone.day(end - 1), day(date));
        assert_eq!(zone.day(end), day(date).succ_opt().unwrap());
        assert_eq!(on(&chat, date).customers.len(), 1);
        assert_eq!(on(&chat, date).rounds, 0);
        // Response times are of real seconds.
        let before = merged(&[chat], Scope::Shop, |d| d < day(date));
        check(&before, &[("average_response", Some((hours * 3600) as f64), Some(1))]);
    }
}

#[test]
fn the_window_of_the_day_follows_the_clock() {
    // 08:00 in Berlin is 07:00 UTC on the 28th and 06:00 UTC on the 29th of March.
    for date in ["2026-03-28", "2026-03-29"] {
        let eight = at(BERLIN, &format!("{date} 08:00:00"));
        let mut chat = chat(vec![customer(eight - 1), agent(eight, A), customer(eight), agent(eight, A)]);
        chat.zone = ShopZone::new(BERLIN);
        check(&chat.of(Scope::Shop), &[("taobao_3min", Some(1.0), Some(1))]);
    }
}

#[test]
fn a_change_of_the_shops_zone_applies_from_its_date_on() {
    for (old, new) in [(SHANGHAI, BERLIN), (BERLIN, SHANGHAI)] {
        let zone = ShopZone::new(old).changed(day("2026-05-01"), new);
        assert_eq!(zone.day(at(old, "2026-04-30 12:00:00")), day("2026-04-30"));
        assert_eq!(zone.day(at(new, "2026-05-01 00:00:00")), day("2026-05-01"));
        assert_eq!(zone.day(at(new, "2026-05-02 00:00:00") - 1), day("2026-05-01"));
        // No day comes back once it is over.
        let start = at(SHANGHAI, "2026-04-28 00:00:00");
        let days: Vec<_> = (0..600).map(|i| zone.day(start + i * 900)).collect();
        assert!(days.is_sorted());
    }
}

#[test]
fn windows_are_half_open() {
    let inside = |time: &str| {
        let figures = script(&format!("{time} c, 23:59:59 A")).of(Scope::Shop);
        (figures.taobao.n, figures.douyin.n, figures.pdd.len() as u64, figures.jd.n)
    };
    assert_eq!(inside("07:59:59"), (0, 0, 0, 0));
    assert_eq!(inside("08:00:00"), (1, 1, 1, 0));
    assert_eq!(inside("08:59:59"), (1, 1, 1, 0));
    assert_eq!(inside("09:00:00"), (1, 1, 1, 1));
    assert_eq!(inside("22:59:59"), (1, 1, 1, 1));
    assert_eq!(inside("23:00:00"), (0, 0, 0, 0));
}

#[test]
fn a_round_is_inside_where_it_starts_a_message_where_it_is_sent() {
    let figures = script("07:59:00 c, 08:00:00 c, 08:01:00 A").of(Scope::Shop);
    assert_eq!((figures.taobao.n, figures.kuaishou_reached.len()), (0, 0));
    assert_eq!((figures.douyin.n, figures.douyin.hits), (1, 1));
    check(&figures, &[("pdd_effective_reply", Some(1.0), Some(1))]);
}

#[test]
fn wangwang_caps_and_leaves_out() {
    let figures =
        script("10:00:00 c, 10:00:00 A, 10:01:00 c, 10:21:00 A, 10:22:00 c, 10:22:08 A, 10:23:00 c");
    check(&figures.of(Scope::Shop), &[("wangwang_response", Some(304.0), Some(2))]);
}

#[test]
fn a_person_counts_once_a_day_for_pinduoduo_and_once_a_period_for_kuaishou() {
    let ten = at(SHANGHAI, "2026-01-05 10:00:00");
    let chats: Vec<Chat> = [(0, 3601), (20_000, 60), (86_400, 60), (2 * 86_400, 3600)]
        .iter()
        .map(|&(after, wait)| chat(vec![customer(ten + after), agent(ten + after + wait, A)]))
        .collect();
    let figures = merged(&chats, Scope::Shop, |_| true);
    check(
        &figures,
        &[
            ("pdd_effective_reply", Some(2.0 / 3.0), Some(3)),
            ("kuaishou_3min", Some(0.0), Some(1)),
            ("customers", Some(1.0), None),
        ],
    );
    let second = merged(&chats, Scope::Shop, |d| d == day("2026-01-06"));
    check(&second, &[("kuaishou_3min", Some(1.0), Some(1))]);
}

#[test]
fn kuaishou_counts_waits_not_silence() {
    let thanked = script("10:00:00 c, 10:01:00 A, 10:02:00 c").of(Scope::Shop);
    check(&thanked, &[("kuaishou_3min", Some(1.0), Some(1)), ("pdd_effective_reply", Some(0.0), Some(1))]);
}

#[test]
fn pinduoduo_looks_at_each_message() {
    // The first message waits for 3,700 s, the second for 100 s; only the second is inside.
    let early = script("07:59:00 c, 08:59:00 c, 09:00:40 A").of(Scope::Shop);
    check(&early, &[("pdd_effective_reply", Some(1.0), Some(1))]);
    let inside = script("10:00:00 c, 11:00:00 c, 11:01:40 A").of(Scope::Shop);
    check(&inside, &[("pdd_effective_reply", Some(0.0), Some(1)), ("douyin_3min", Some(0.5), Some(2))]);
}

#[test]
fn jd_is_the_first_rounds_owners() {
    let chat = script("10:00:00 c, 10:00:30 A, 10:01:00 c, 10:01:01 B");
    check(&chat.of(Scope::Shop), &[("jd_30s", Some(1.0), Some(1))]);
    check(&chat.of(Scope::Agent(Some(A))), &[("jd_30s", Some(1.0), Some(1))]);
    check(&chat.of(Scope::Agent(Some(B))), &[("jd_30s", None, Some(0))]);
}

#[test]
fn after_a_change_of_zone_the_window_is_the_new_ones() {
    // 07:30 in Berlin is 13:30 in Shanghai.
    let early = at(BERLIN, "2026-05-01 07:30:00");
    let mut chat = chat(vec![customer(early), agent(early + 60, A)]);
    chat.zone = ShopZone::new(SHANGHAI).changed(day("2026-05-02"), BERLIN);
    check(&on(&chat, "2026-05-01"), &[("taobao_3min", Some(1.0), Some(1))]);
    chat.zone = ShopZone::new(SHANGHAI).changed(day("2026-05-01"), BERLIN);
    check(&on(&chat, "2026-05-01"), &[("taobao_3min", None, Some(0)), ("rounds", Some(1.0), None)]);
}
