//! Keys, definitions, and the JSON of values.

use serde_json::{json, to_value};

use super::super::*;
use super::build::*;

#[test]
fn every_shipped_figure_has_one_key_and_words() {
    let mut keys = std::collections::BTreeSet::new();
    for figure in Figure::SHIPPED {
        let definition = figure.definition();
        assert_eq!(definition.key.parse(), Ok(figure));
        assert!(keys.insert(definition.key.clone()), "{} twice", definition.key);
        for text in [&definition.name, &definition.about] {
            assert!(!text.zh.is_empty() && !text.en.is_empty());
        }
        let platform = definition.group == Group::Platform;
        assert_eq!(definition.source.is_some(), platform, "{figure}");
    }
}

#[test]
fn parameters_are_written_in_one_way() {
    assert_eq!("answered_within_0".parse(), Ok(Figure::AnsweredWithin(0)));
    assert_eq!("answered_within_4294967295".parse(), Ok(Figure::AnsweredWithin(u32::MAX)));
    assert_eq!("fcr".parse(), Ok(Figure::Fcr(72)));
    assert_eq!("fcr_24".parse(), Ok(Figure::Fcr(24)));
    for wrong in [
        "",
        "answered_within",
        "answered_within_",
        "answered_within_+5",
        "answered_within_05",
        "answered_within_1.5",
        "answered_within_4294967296",
        "fcr_",
        "fcr72",
        "fcr_-1",
        "First_response",
        "conversion",
        "volume",
    ] {
        assert_eq!(wrong.parse::<Figure>(), Err(UnknownFigure(wrong.to_owned())));
    }
}

#[test]
fn values_are_written_as_published() {
    let figures = script("10:00:00 c, 10:01:00 A, 10:02:00 c").of(Scope::Shop);
    let json = |key: &str| {
        let figure: Figure = key.parse().unwrap();
        to_value(figure.evaluate(&figures).unwrap()).unwrap()
    };
    assert_eq!(json("conversations"), json!({"value": 1, "version": 1}));
    assert_eq!(
        json("first_response"),
        json!({"value": 60.0, "n": 1, "p50": 60.0, "p90": 60.0, "version": 1})
    );
    assert_eq!(json("answered_within_180"), json!({"value": 0.5, "n": 2, "version": 1}));
    assert_eq!(json("satisfaction"), json!({"value": null, "n": 0, "rated_share": 0.0, "version": 1}));
    assert_eq!(
        to_value(Resolved::default().value(72)).unwrap(),
        json!({"value": null, "n": 0, "final_after": null, "version": 1})
    );
}

#[test]
fn definitions_are_written_as_published() {
    let json = to_value(Figure::AnsweredWithin(180).definition()).unwrap();
    assert_eq!(json["key"], "answered_within_180");
    assert_eq!(json["name"]["zh"], "3 分钟内回复率");
    assert_eq!(json["unit"], "share");
    assert_eq!(json["better"], "up");
    assert_eq!(json["group"], "speed");
    assert_eq!(json["source"], json!(null));
    assert_eq!(to_value(Figure::Taobao3min.definition()).unwrap()["window"], "days30");
}
