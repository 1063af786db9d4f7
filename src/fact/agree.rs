//! Whether two statements about the same thing can both be true.

use std::ops::Bound;

use rust_decimal::Decimal;

use super::number::shift;
use super::{Interval, Missing, Quantity, Reading, Units, Value};

/// Whether two values can both be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreement {
    /// They can.
    Agrees,
    /// They cannot.
    Contradicts {
        /// A guess at the slip, where one is a power of ten of the other.
        factor_hint: Option<String>,
    },
}

/// Whether two values of one indicator, subject and period can both be true: their intervals meet, or they say the same.
/// A missing value denies nothing, except that what is not applicable has no value.
pub fn agree(a: &Value, b: &Value) -> Agreement {
    let same = match (&a.reading, &b.reading) {
        (Reading::Missing(one), Reading::Missing(other)) => {
            one == other || *one != Missing::NotApplicable && *other != Missing::NotApplicable
        }
        (Reading::Missing(missing), _) | (_, Reading::Missing(missing)) => *missing != Missing::NotApplicable,
        (Reading::Quantity(one), Reading::Quantity(other)) => return quantities_agree(one, other),
        (Reading::Support(one), Reading::Support(other)) => one.level == other.level,
        (Reading::Date(one), Reading::Date(other)) => one.overlaps(other),
        (one, other) => one == other,
    };
    if same { Agreement::Agrees } else { Agreement::Contradicts { factor_hint: None } }
}

/// Whether a part is certainly larger than its whole; false where the two cannot be compared.
pub fn larger(part: &Value, whole: &Value) -> bool {
    let (Some(part), Some(whole)) = (part.quantity(), whole.quantity()) else { return false };
    if part.unit.dimension() != whole.unit.dimension() {
        return false;
    }
    match (part.interval(), whole.interval()) {
        (Some((low, _)), Some((_, high))) => !is_met(low, high),
        _ => false,
    }
}

fn quantities_agree(one: &Quantity, other: &Quantity) -> Agreement {
    let comparable = one.unit.dimension() == other.unit.dimension();
    match (one.interval(), other.interval()) {
        (Some(a), Some(b)) if comparable && meet(a, b) => Agreement::Agrees,
        _ if comparable => Agreement::Contradicts { factor_hint: factor(one, other) },
        _ => Agreement::Contradicts { factor_hint: None },
    }
}

/// Whether two intervals have something in common.
pub(super) fn meet((a_low, a_high): Interval, (b_low, b_high): Interval) -> bool {
    is_met(a_low, b_high) && is_met(b_low, a_high)
}

/// Whether something lies above the lower bound and below the upper.
fn is_met(low: Bound<Decimal>, high: Bound<Decimal>) -> bool {
    match (low, high) {
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => true,
        (Bound::Included(low), Bound::Included(high)) => low <= high,
        (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => low < high,
    }
}

/// The power of ten between two numbers, as a guess at what went wrong.
fn factor(one: &Quantity, other: &Quantity) -> Option<String> {
    let (a, b) = (one.ends()?.0, other.ends()?.0);
    let (small, large) = if a.abs() <= b.abs() { (a, b) } else { (b, a) };
    // Numbers that are rounded differently are still a power of ten apart, within a hundredth.
    let near = |shifted: Decimal| {
        let apart = shifted.checked_sub(large)?.abs().normalize();
        Some(apart <= shift(large.abs().normalize(), -2)?)
    };
    let power = (1..=12).find(|power| shift(small.normalize(), *power).and_then(near).unwrap_or(false))?;
    let slip = if one.unit.dimension() == Units::PERCENT { "a slip of the point" } else { "a 万/亿/million slip" };
    let zeros = "0".repeat(usize::try_from(power).ok()?);
    (!small.is_zero()).then(|| format!("off by ×1{zeros}: {slip}?"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Kind, read_value};

    fn value(text: &str, kind: Kind) -> Value {
        let units = Units::default();
        let id = if kind == Kind::Ratio {
            "percent"
        } else if text.contains('元') {
            "CNY"
        } else {
            "count"
        };
        read_value(text, kind, units.get(id), &units).unwrap()
    }

    #[test]
    fn statements_agree_within_their_precision() {
        for (a, b, kind, agrees) in [
            ("1880.49亿元", "1880.5亿元", Kind::Flow, true),
            ("1880.49亿元", "1880.4亿元", Kind::Flow, false),
            ("more than 110", "120", Kind::Flow, true),
            ("more than 110", "110", Kind::Flow, false),
            ("at least 110", "at most 110", Kind::Flow, true),
            ("more than 110", "less than 110", Kind::Flow, false),
            ("34", "35", Kind::Stock, false),
            ("about 100", "93", Kind::Stock, true),
            ("3–5", "5–8", Kind::Stock, true),
            ("not stated", "5", Kind::Stock, true),
            ("not applicable", "5", Kind::Stock, false),
            ("94.93%", "94.9%", Kind::Ratio, true),
            ("20+8", "20+8", Kind::Label, true),
            ("20+8", "20+9", Kind::Label, false),
            ("2023", "2023-11", Kind::Date, true),
            ("2022", "2023-11", Kind::Date, false),
        ] {
            let (one, other) = (value(a, kind), value(b, kind));
            assert_eq!(agree(&one, &other) == Agreement::Agrees, agrees, "{a} {b}");
        }
    }

    #[test]
    fn a_slip_of_scale_is_guessed() {
        let hint = |a, b| match agree(&value(a, Kind::Flow), &value(b, Kind::Flow)) {
            Agreement::Contradicts { factor_hint } => factor_hint,
            Agreement::Agrees => None,
        };
        assert_eq!(hint("1880.49亿元", "1880.49万元").unwrap(), "off by ×10000: a 万/亿/million slip?");
        assert_eq!(hint("1880.5亿元", "188.049亿元").unwrap(), "off by ×10: a 万/亿/million slip?");
        assert_eq!(hint("1880.49亿元", "1790亿元"), None);
        assert_eq!(hint("0", "5"), None);
    }

    #[test]
    fn a_part_is_not_larger_than_its_whole() {
        let is_larger = |a, b| larger(&value(a, Kind::Stock), &value(b, Kind::Stock));
        assert!(is_larger("35", "34") && is_larger("more than 34", "34") && is_larger("5", "less than 5"));
        assert!(!is_larger("34", "34") && !is_larger("8", "34") && !is_larger("40", "more than 34"));
        assert!(!is_larger("40", "not stated") && !is_larger("1亿元", "5"));
    }
}
