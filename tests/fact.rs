//! Figures of every shape: what is shown reads back as what was written, nothing panics, agreement is fair.

use fangzhi::fact::{
    Agreement, Kind, Measure, Rank, Said, Units, Value, agree, doubt, larger, read_change, read_period, read_rank,
    read_value,
};
use proptest::prelude::*;

/// A number of up to nine digits with up to four after the point, some with thousands separators.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        (0_u32..1_000_000_000, 0_usize..5).prop_map(|(digits, point)| {
            let text = format!("{digits:0width$}", width = point + 1);
            let (whole, fraction) = text.split_at(text.len() - point);
            if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
        }),
        (1_u32..1000, 0_u32..1000).prop_map(|(thousands, rest)| format!("{thousands},{rest:03}")),
    ]
}

/// One number or a range.
fn numbers() -> impl Strategy<Value = String> {
    let range = (0_u32..1000, 1_u32..1000, prop::sample::select(vec!["–", "至", "-", " to "]))
        .prop_map(|(low, more, to)| format!("{low}{to}{}", low + more));
    prop_oneof![4 => number(), 1 => range]
}

/// What an author could write for an indicator in this unit, and the unit's id.
fn amount() -> impl Strategy<Value = (String, &'static str)> {
    let scale = prop::sample::select(vec!["", "千", "万", "亿", "万亿", " thousand", " million", " billion"]);
    let unit = prop::sample::select(vec![
        ("元", "CNY"),
        (" USD", "USD"),
        ("欧元", "EUR"),
        ("%", "percent"),
        ("", "count"),
        ("家", "count"),
    ]);
    (numbers(), scale, unit).prop_map(|(numbers, scale, (unit, id))| (format!("{numbers}{scale}{unit}"), id))
}

fn qualified() -> impl Strategy<Value = (String, &'static str)> {
    let before = vec!["", "约", "about ", "超过", "at least ", "不到", "at most ", "近", "-", "more than -"];
    (prop::sample::select(before), amount())
        .prop_map(|(before, (amount, unit))| (format!("{before}{amount}"), unit))
        .prop_filter("a range has no qualifier", |(text, unit)| read(text, unit).is_some())
}

fn read(text: &str, unit: &str) -> Option<Value> {
    let units = Units::default();
    read_value(text, Kind::Flow, units.get(unit), &units).ok()
}

/// Whether a text says what is stated.
fn says(text: &str, stated: &Value, unit: &str) -> Option<bool> {
    let units = Units::default();
    let measure = Measure { kind: Kind::Flow, unit: units.get(unit), units: &units };
    Said::new(text, measure).is_value(stated).ok()
}

/// Whether a text says a rank.
fn is_rank(text: &str, rank: &Rank) -> bool {
    let units = Units::default();
    Said::new(text, Measure { kind: Kind::Flow, unit: None, units: &units }).is_rank(rank) == Ok(true)
}

/// Texts made of the grammar's own words, in any order.
fn jumble() -> impl Strategy<Value = String> {
    let words = vec![
        "约",
        "超过",
        "more than",
        "3",
        "0.5",
        "1,000",
        "99999999999999999999",
        "–",
        "-",
        "+",
        "~",
        "至",
        "亿",
        "万亿",
        "million",
        "元",
        "CN¥",
        "%",
        "个百分点",
        "以上",
        "or more",
        "not stated",
        "/",
        "2023",
        "-11",
        "第",
        "（",
        "）",
        "among",
        " ",
        "，",
        "1．5",
        "\u{2212}",
        "yes",
        "partial",
        "v1.2",
    ];
    prop::collection::vec(prop::sample::select(words), 0..8).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn amounts_an_author_could_write_are_read((text, unit) in amount()) {
        prop_assert!(read(&text, unit).is_some(), "{text} in {unit}");
    }

    #[test]
    fn what_is_shown_reads_back((text, unit) in qualified(), language in prop::sample::select(vec!["zh", "en"])) {
        let value = read(&text, unit).expect("filtered");
        let shown = value.show(language);
        let again = read(&shown, unit);
        prop_assert!(again.is_some(), "{text} is shown as {shown}");
        let again = again.expect("asserted");
        let said = |value: &Value| value.quantity().map(|q| (q.qualifier, q.ends(), q.high.is_some(), q.unit.clone()));
        prop_assert_eq!(said(&value), said(&again), "{} is shown as {}", text, shown);
        prop_assert_eq!(value.decimal(), again.decimal());
        prop_assert_eq!(again.show(language), shown);
    }

    #[test]
    fn every_value_agrees_with_itself((text, unit) in qualified()) {
        let value = read(&text, unit).expect("filtered");
        prop_assert_eq!(agree(&value, &value), Agreement::Agrees, "{}", text);
        prop_assert!(!larger(&value, &value), "{}", text);
    }

    #[test]
    fn every_value_is_said_by_itself_in_each_language((text, unit) in qualified()) {
        let value = read(&text, unit).expect("filtered");
        for text in [text, value.show("zh"), value.show("en")] {
            prop_assert_eq!(says(&text, &value, unit), Some(true), "{} of {:?}", text, value);
            let half = says(&format!("{text}的一半"), &value, unit);
            prop_assert!(half != Some(true) || unit == "count", "{} of {:?}", text, value);
        }
    }

    #[test]
    fn what_says_a_value_agrees_with_it((one, unit) in qualified(), (other, other_unit) in qualified()) {
        let (said, stated) = (read(&one, unit).expect("filtered"), read(&other, other_unit).expect("filtered"));
        if unit == other_unit && says(&one, &stated, unit) == Some(true) {
            prop_assert_eq!(agree(&said, &stated), Agreement::Agrees, "{} of {}", one, other);
        }
    }

    #[test]
    fn agreement_has_no_direction((one, one_unit) in qualified(), (other, other_unit) in qualified()) {
        let (one, other) = (read(&one, one_unit).expect("filtered"), read(&other, other_unit).expect("filtered"));
        prop_assert_eq!(agree(&one, &other), agree(&other, &one));
        prop_assert!(!(larger(&one, &other) && larger(&other, &one)));
    }

    #[test]
    fn a_changed_place_of_the_point_is_noticed(number in 1000_u32..9999, by in 1_u32..5) {
        let one = read(&format!("{number}万元"), "CNY").expect("an amount");
        let other = read(&format!("{number}{}万元", "0".repeat(by as usize)), "CNY").expect("an amount");
        let Agreement::Contradicts { factor_hint } = agree(&one, &other) else {
            return Err(TestCaseError::fail(format!("{one:?} agrees with {other:?}")));
        };
        let expected = format!("off by ×1{}: a 万/亿/million slip?", "0".repeat(by as usize));
        prop_assert_eq!(factor_hint, Some(expected));
    }

    #[test]
    fn no_text_breaks_anything(text in prop_oneof![any::<String>(), jumble()]) {
        let units = Units::default();
        for kind in Kind::ALL {
            for unit in [None, units.get("CNY"), units.get("percent"), units.get("count")] {
                let measure = Measure { kind, unit, units: &units };
                match read_value(&text, kind, unit, &units) {
                    Ok(value) => {
                        prop_assert!(!value.show("zh").is_empty() && !value.show("en").is_empty());
                        prop_assert_eq!(agree(&value, &value), Agreement::Agrees);
                        prop_assert_eq!(Said::new(&text, measure).is_value(&value), Ok(true));
                        let _ = (doubt(&value, kind), value.decimal());
                    }
                    Err(trouble) => prop_assert!(text.get(trouble.at.clone()).is_some(), "{trouble:?}"),
                }
                match read_change(&text, kind, unit, &units) {
                    Ok(change) => {
                        prop_assert!(!change.show("zh").is_empty() && !change.show("en").is_empty());
                        prop_assert_eq!(Said::new(&text, measure).is_change(&change), Ok(true));
                    }
                    Err(trouble) => prop_assert!(text.get(trouble.at.clone()).is_some(), "{trouble:?}"),
                }
            }
        }
        match read_period(&text) {
            Ok(period) => prop_assert_eq!(read_period(&period.to_string()), Ok(period)),
            Err(trouble) => prop_assert!(text.get(trouble.at.clone()).is_some(), "{trouble:?}"),
        }
        match read_rank(&text) {
            Ok(rank) if !is_rank(&text, &rank) => prop_assert!(false, "{text} is not {rank:?}"),
            Ok(rank) => prop_assert!(rank.place > 0 && !rank.show("zh").is_empty() && !rank.show("en").is_empty()),
            Err(trouble) => prop_assert!(text.get(trouble.at.clone()).is_some(), "{trouble:?}"),
        }
    }
}

#[test]
fn the_figures_of_the_reports_are_read_and_shown() {
    let units = Units::default();
    for (kind, unit, written, zh, en) in [
        (Kind::Ratio, "percent", "不低于30%", "不低于30%", "at least 30%"),
        (Kind::Stock, "count", "13", "13", "13"),
        (Kind::Flow, "CNY", "1880.49亿元", "1880.49亿元", "CN¥188.049 billion"),
        (Kind::Ratio, "percent", "5.81%", "5.81%", "5.81%"),
        (Kind::Flow, "CNY", "1785.18亿元", "1785.18亿元", "CN¥178.518 billion"),
        (Kind::Label, "", "20+8", "20+8", "20+8"),
        (Kind::Stock, "CNY", "20亿元", "20亿元", "CN¥2 billion"),
        (Kind::Flow, "count", "超过20", "超过20", "more than 20"),
        (Kind::Flow, "CNY", "3393亿元", "3393亿元", "CN¥339.3 billion"),
        (Kind::Flow, "count", "11996", "11996", "11,996"),
        (Kind::Label, "", "15+N", "15+N", "15+N"),
    ] {
        let value = read_value(written, kind, units.get(unit), &units).expect(written);
        assert_eq!(value.show("zh"), zh);
        assert_eq!(value.show("en").replace('\u{a0}', " "), en);
    }
}
