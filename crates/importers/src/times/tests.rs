use super::*;
use proptest::prelude::*;

fn local(text: &str) -> Option<String> {
    match parse_moment(text, None) {
        Ok(Moment::Local(at)) => Some(at.format("%Y-%m-%d %H:%M:%S%.f").to_string()),
        _ => None,
    }
}

fn code(text: &str) -> &'static str {
    parse_moment(text, None).expect_err(text).code()
}

#[test]
fn wall_clock_forms() {
    let all = [
        "2026-01-31 13:05:09",
        "2026/01/31 13:05:09",
        "2026.1.31 13:05:09",
        "2026/1/31 13:5:9",
        "2026-01-31T13:05:09",
        " 2026-01-31  13:05:09 ",
        "2026年1月31日 13时05分09秒",
        "2026年1月31日13:05:09",
        "2026年01月31号 13点5分9秒",
        "2026年1月31日 星期六 13:05:09",
        "2026/1/31 下午 1:05:09",
        "2026/1/31 下午1:05:09",
        "2026-1-31 1:05:09 PM",
        "2026-1-31 01:05:09pm",
        "20260131130509",
        "20260131 13:05:09",
        "20260131T130509",
        "２０２６－０１－３１　１３：０５：０９",
        "31 Jan 2026 13:05:09",
        "31-Jan-2026 13:05:09",
        "Sat, 31 Jan 2026 13:05:09",
        "January 31, 2026 1:05:09 PM",
        "31/1/2026 13:05:09",
        "1/31/2026 13:05:09",
        "31.01.2026 13:05:09",
    ];
    for text in all {
        assert_eq!(local(text).as_deref(), Some("2026-01-31 13:05:09"), "{text}");
    }
    assert_eq!(local("2026/1/31 13:05").as_deref(), Some("2026-01-31 13:05:00"));
    assert_eq!(local("2026年1月31日 13时05分").as_deref(), Some("2026-01-31 13:05:00"));
    assert_eq!(local("2026-01-31 12:00 AM").as_deref(), Some("2026-01-31 00:00:00"));
    assert_eq!(local("2026-01-31 12:00 PM").as_deref(), Some("2026-01-31 12:00:00"));
    for (text, at) in [("11:50", "11:50"), ("12:05", "12:05"), ("1:30", "13:30")] {
        let (at, text) = (format!("2026-01-31 {at}:00"), format!("2026/1/31 中午 {text}"));
        assert_eq!(local(&text), Some(at), "{text}");
    }
    assert_eq!(local("2026/1/31 中午 5:00"), None);
    assert_eq!(local("2026-01-31 13:05:09.1234567").as_deref(), Some("2026-01-31 13:05:09.123456"));
    assert_eq!(local("3/3/2026 08:00").as_deref(), Some("2026-03-03 08:00:00"));
}

#[test]
fn rfc_3339_and_offsets() {
    let utc = 1_769_835_909_000_000;
    let all = [
        "2026-01-31T05:05:09Z",
        "2026-01-31t05:05:09z",
        "2026-01-31T13:05:09+08:00",
        "2026-01-31 13:05:09 +0800",
        "2026-01-31 13:05:09+08",
        "2026-01-30T23:35:09-05:30",
        "2026-01-31 05:05:09 UTC",
        "Sat, 31 Jan 2026 13:05:09 +0800",
        "2026-01-31 13:05:09 GMT+8",
    ];
    for text in all {
        assert_eq!(parse_moment(text, None), Ok(Moment::Utc(utc)), "{text}");
    }
    let micros = parse_moment("2026-01-31T13:05:09.25+08:00", None);
    assert_eq!(micros, Ok(Moment::Utc(utc + 250_000)));
}

#[test]
fn refused() {
    let malformed = [
        "",
        "abc",
        "2012/13/45",
        "2012/13/45 10:00",
        "2026-02-30 10:00",
        "2026-01-31 25:00",
        "2026-01-31 24:00",
        "2026-01-31 13",
        "2026-01-31 13:60",
        "26-01-31 10:00",
        "1/2/26 10:00",
        "2026-01/31 10:00",
        "2026-01-31 13:05 CST",
        "2026-01-31 13:05 PM",
        "2026-01-31 0:05 PM",
        "2026-01-31 13:05:09+99:00",
        "46053.5",
        "1769835909",
        "2026-01-31 13:05 and more",
        "99999999999999",
        "00000000",
        "2026-01-31 13:05:09.",
        "31/31/2026 10:00",
    ];
    for text in malformed {
        assert_eq!(code(text), "not_a_time", "{text}");
    }
    assert_eq!(code(&"9".repeat(1_000_000)), "not_a_time");
    assert_eq!(code("3/4/2026"), "ambiguous_date");
    assert_eq!(code("3/4/2026 10:00"), "ambiguous_date");
    assert_eq!(code("2026-01-31"), "no_time_of_day");
    assert_eq!(code("20260131"), "no_time_of_day");
    assert_eq!(code("1989-12-31 10:00"), "year_out_of_range");
    assert_eq!(code("2101-01-01 10:00"), "year_out_of_range");
    let words = parse_moment("2012/13/45", None).unwrap_err();
    assert_eq!(words.to_string(), "not a time: 2012/13/45");
}

#[test]
fn date_order_decides_and_is_obeyed() {
    let dmy = parse_moment("3/4/2026 10:00", Some(DateOrder::Dmy));
    assert_eq!(dmy, parse_moment("2026-04-03 10:00", None));
    let mdy = parse_moment("3/4/2026 10:00", Some(DateOrder::Mdy));
    assert_eq!(mdy, parse_moment("2026-03-04 10:00", None));
    let against = parse_moment("4/25/2026 10:00", Some(DateOrder::Dmy));
    assert_eq!(against.unwrap_err().code(), "not_a_time");
}

#[test]
fn dates() {
    let day = NaiveDate::from_ymd_opt(2026, 1, 31);
    for text in ["2026-01-31", "2026/1/31", "2026年1月31日", "20260131", "31 Jan 2026", "2026-01-31 10:00"]
    {
        assert_eq!(parse_date(text, None).ok(), day, "{text}");
    }
    assert_eq!(parse_date("2026-02-30", None).unwrap_err().code(), "not_a_date");
    let midnight = parse_moment_or_day("2026-01-31", None);
    assert_eq!(midnight, parse_moment("2026-01-31 00:00", None));
}

#[test]
fn zones_skip_and_repeat() {
    let at = |text: &str, zone: Tz| parse_moment(text, None).unwrap().resolve(zone);
    let shanghai = at("2026-01-31 13:05:09", chrono_tz::Asia::Shanghai);
    assert_eq!(shanghai, Ok(1_769_835_909_000_000));
    let skipped = at("2026-03-29 02:30:00", chrono_tz::Europe::Berlin);
    assert_eq!(skipped.unwrap_err().code(), "skipped_time");
    // 02:30 came twice; the earlier is summer time, UTC+2.
    let repeated = at("2026-10-25 02:30:00", chrono_tz::Europe::Berlin);
    assert_eq!(Ok(Moment::Utc(repeated.unwrap())), parse_moment("2026-10-25T00:30:00Z", None));
}

#[test]
fn serials() {
    let show = |serial, since_1904| from_serial(serial, since_1904).map(|at| at.to_string());
    assert_eq!(show(46_053.0, false).as_deref(), Some("2026-01-31 00:00:00"));
    assert_eq!(show(46_053.545_243_055_55, false).as_deref(), Some("2026-01-31 13:05:09"));
    assert_eq!(show(44_591.0, true).as_deref(), Some("2026-01-31 00:00:00"));
    for bad in [f64::NAN, f64::INFINITY, -1.0, 0.5, 1e300, 99_999.0] {
        assert_eq!(show(bad, false), None);
    }
}

proptest! {
    #[test]
    fn every_moment_survives_writing_and_reading(seconds in 631_152_000_i64..4_133_980_800, micros in 0_i64..1_000_000) {
        let total = seconds * 1_000_000 + micros;
        let at = chrono::DateTime::from_timestamp_micros(total).unwrap();
        prop_assert_eq!(parse_moment(&at.to_rfc3339(), None), Ok(Moment::Utc(total)));
        let local = at.naive_utc();
        for form in ["%Y-%m-%d %H:%M:%S%.6f", "%Y/%-m/%-d %-H:%-M:%-S%.6f", "%Y年%-m月%-d日 %H:%M:%S%.6f", "%d %b %Y %I:%M:%S%.6f %p"] {
            let text = local.format(form).to_string();
            prop_assert_eq!(parse_moment(&text, None), Ok(Moment::Local(local)), "{}", text);
        }
    }

    #[test]
    fn a_serial_is_the_second_that_it_was_made_from(seconds in 631_152_000_i64..4_133_980_800) {
        let at = chrono::DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
        #[allow(clippy::cast_precision_loss)]
        let serial = seconds as f64 / 86_400.0 + 25_569.0;
        prop_assert_eq!(from_serial(serial, false), Some(at));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,70}", digits in "[0-9年月日/:. \\-TZ+]{0,40}") {
        for text in [text, digits] {
            let _ = parse_moment(&text, None);
            let _ = parse_date(&text, Some(DateOrder::Mdy));
        }
    }
}
