//! Figures added up: as a number that is no more precise, and no more certain, than the least of them.

use rust_decimal::{Decimal, RoundingStrategy};

use super::number::shift;
use super::{Qualifier, Quantity};

/// The sum of figures in one unit, rounded to the coarsest last digit among them, in the scale of the largest. Lower bounds
/// make it a lower bound, upper ones an upper one, and about a figure about. None for no figures, for several units, where
/// bounds of both kinds or bounds and approximate figures meet, and where a number is too large to be kept exactly.
pub fn sum(parts: &[&Quantity]) -> Option<Quantity> {
    let size = |part: &&&Quantity| {
        let largest = part.high.map_or(part.low.abs(), |high| high.abs().max(part.low.abs()));
        shift(largest, i64::from(part.scale.power))
    };
    let largest = parts.iter().max_by_key(size)?;
    if parts.iter().any(|part| part.unit != largest.unit) {
        return None;
    }
    let qualifier = parts.iter().map(|part| part.qualifier).try_fold(Qualifier::Exact, join)?;
    let last =
        parts.iter().flat_map(|part| [Some(part.low), part.high].into_iter().flatten().map(|own| digit(part, own)));
    let last = last.max()?;
    let add = |end: fn(&Quantity) -> Decimal| {
        let whole = |part: &&Quantity| shift(end(part), i64::from(part.scale.power));
        parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(whole(part)?))
    };
    let rounding = match qualifier {
        Qualifier::MoreThan | Qualifier::AtLeast => RoundingStrategy::ToNegativeInfinity,
        Qualifier::LessThan | Qualifier::AtMost => RoundingStrategy::ToPositiveInfinity,
        _ => RoundingStrategy::MidpointAwayFromZero,
    };
    let shown = |number: Decimal| {
        let rounded = shift(number, -last)?.round_dp_with_strategy(0, rounding);
        shift(rounded, last - i64::from(largest.scale.power))
    };
    let low = || shown(add(|part| part.low)?);
    let high = || shown(add(|part| part.high.unwrap_or(part.low))?);
    let (qualifier, low, high) = match qualifier {
        Qualifier::MoreThan | Qualifier::AtLeast => (qualifier, low()?, None),
        Qualifier::LessThan | Qualifier::AtMost => (qualifier, high()?, None),
        _ => (qualifier, low()?, Some(high()?)),
    };
    let high = high.filter(|high| *high != low);
    // Of a range "nearly" would say something of one end alone.
    let qualifier = if qualifier == Qualifier::Nearly && high.is_some() { Qualifier::About } else { qualifier };
    Some(Quantity { qualifier, low, high, scale: largest.scale, unit: largest.unit.clone() })
}

/// The place of the last written digit: 8 for `34亿`, -1 for `0.1`.
fn digit(part: &Quantity, number: Decimal) -> i64 {
    i64::from(part.scale.power) - i64::from(number.scale())
}

/// What the sum of two figures is when they are meant like this.
fn join(one: Qualifier, other: Qualifier) -> Option<Qualifier> {
    use Qualifier::{About, AtLeast, AtMost, Exact, LessThan, MoreThan, Nearly};
    match (one, other) {
        (one, other) if one == other => Some(one),
        (Exact, other) => Some(other),
        (one, Exact) => Some(one),
        (About | Nearly, About | Nearly) => Some(About),
        (MoreThan | AtLeast, MoreThan | AtLeast) => Some(MoreThan),
        (LessThan | AtMost, LessThan | AtMost) => Some(LessThan),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Kind, Units, read_value};

    fn of(unit: &str, written: &[&str]) -> Option<String> {
        let units = Units::default();
        let read = |text: &&str| read_value(text, Kind::Flow, units.get(unit), &units).unwrap();
        let values: Vec<_> = written.iter().map(read).collect();
        let parts: Vec<&Quantity> = values.iter().filter_map(|value| value.quantity()).collect();
        sum(&parts).map(|sum| sum.show("zh"))
    }

    #[test]
    fn a_sum_is_no_more_precise_than_its_parts() {
        let is = |unit, written: &[&str], sum| assert_eq!(of(unit, written).as_deref(), sum, "{written:?}");
        is("CNY", &["1880.49亿元", "261亿元"], Some("2141亿元"));
        is("CNY", &["1880.49亿元", "0.51亿元"], Some("1881.00亿元"));
        is("CNY", &["0.5亿元", "300万元"], Some("0.5亿元"));
        is("CNY", &["12亿元", "CN¥1.25 billion"], Some("25亿元"));
        is("count", &["34", "8", "0"], Some("42"));
        is("count", &["12000", "0.5万"], Some("17000"));
        is("count", &["3–5", "10"], Some("13–15"));
        is("count", &["-5", "3"], Some("−2"));
        is("count", &["1.1–1.2万", "5万"], Some("6万"));
        is("CNY", &["0–5亿元", "3万元"], Some("0–5亿元"));
        is("count", &[], None);
    }

    #[test]
    fn a_sum_is_no_more_certain_than_its_parts() {
        let is = |written: &[&str], sum| assert_eq!(of("count", written).as_deref(), sum, "{written:?}");
        is(&["about 100", "34"], Some("约134"));
        is(&["about 100", "nearly 50"], Some("约150"));
        is(&["more than 110", "34"], Some("超过144"));
        is(&["at least 1.2万", "34"], Some("至少1.2万"));
        is(&["at least 3", "more than 4"], Some("超过7"));
        is(&["less than 1.2万", "34"], Some("不到1.3万"));
        is(&["3–5", "more than 10"], Some("超过13"));
        is(&["3–5", "less than 10"], Some("不到15"));
        is(&["3–5", "nearly 10"], Some("约13–15"));
        is(&["more than 110", "less than 3"], None);
        is(&["more than 110", "about 3"], None);
    }
}
