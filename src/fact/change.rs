//! How much a figure changed: relative, in percentage points, or in its own unit.

use super::amount::{Amount, amount};
use super::scan::Scan;
use super::show::counted;
use super::value::expected_unit;
use super::{Kind, Qualifier, Quantity, Trouble, Unit, Units, is_chinese, qualifier};
use crate::diagnostic::Code;

/// A stated change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The text as the author wrote it, without the white space around it.
    pub written: String,
    /// Whether it went up or down.
    pub direction: Direction,
    /// By how much, never below zero. In percent it is relative to what was before.
    pub amount: Quantity,
}

/// Whether a figure went up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// It grew.
    Up,
    /// It fell.
    Down,
}

use Direction::{Down, Up};

const DIRECTIONS: [(&str, Direction); 42] = [
    ("+", Up),
    ("up", Up),
    ("up by", Up),
    ("增长", Up),
    ("增长了", Up),
    ("增加", Up),
    ("增加了", Up),
    ("提高", Up),
    ("提高了", Up),
    ("提升", Up),
    ("上升", Up),
    ("上涨", Up),
    ("攀升", Up),
    ("grew", Up),
    ("grew by", Up),
    ("rose", Up),
    ("rose by", Up),
    ("increased", Up),
    ("increased by", Up),
    ("-", Down),
    ("down", Down),
    ("down by", Down),
    ("下降", Down),
    ("下降了", Down),
    ("减少", Down),
    ("减少了", Down),
    ("降低", Down),
    ("降低了", Down),
    ("回落", Down),
    ("下滑", Down),
    ("下跌", Down),
    ("缩减", Down),
    ("fell", Down),
    ("fell by", Down),
    ("dropped", Down),
    ("dropped by", Down),
    ("declined", Down),
    ("declined by", Down),
    ("decreased", Down),
    ("decreased by", Down),
    ("shrank", Down),
    ("shrank by", Down),
];

/// The change that `written` states, for an indicator of this kind and unit (as in [`super::read_value`]).
///
/// Fails with [`Code::FactValue`], with [`Code::FactUnit`], or with [`Code::FactDimension`], also for `%` of an
/// indicator that is itself a percentage: it could mean points or a part of what was before.
pub fn read_change(written: &str, kind: Kind, unit: Option<&Unit>, units: &Units) -> Result<Change, Trouble> {
    let mut scan = Scan::new(written);
    let (text, whole) = (scan.rest(), scan.left());
    if !kind.is_number() {
        let message = format!("a {} has no change", kind.as_str());
        return Err(Trouble::new(Code::FactDimension, whole, message));
    }
    let before = qualifier::before(&mut scan);
    let Some(direction) = scan.eat(&DIRECTIONS) else {
        return Err(Trouble::new(Code::FactValue, whole, format!("`{text}` does not say whether it went up or down"))
            .hint("write a sign in front, as in `+16.4%` or `-5`"));
    };
    let mut amount = amount(&mut scan, units)?;
    let trouble = |message: &str| Err(Trouble::new(Code::FactValue, whole.clone(), message));
    if amount.low.is_sign_negative() && !amount.low.is_zero() {
        return trouble("a change with two signs");
    }
    match (before, amount.qualifier) {
        (None, _) => {}
        (Some(before), Qualifier::Exact) if amount.high.is_none() => amount.qualifier = before,
        (Some(before), after) if before == after => {}
        _ => return trouble("two qualifiers that say different things"),
    }
    let unit = fitting_unit(&amount, text, expected_unit(kind, unit, units))?;
    Ok(Change { written: text.to_owned(), direction, amount: amount.into_quantity(unit)? })
}

/// The unit of the change, if an indicator in the expected unit can change by it.
fn fitting_unit(amount: &Amount, text: &str, expected: Option<&Unit>) -> Result<Unit, Trouble> {
    let is_share = expected.is_some_and(|unit| unit.dimension() == Units::PERCENT);
    let wanted = expected.map_or("money", Unit::id);
    let at = amount.at.clone();
    match &amount.unit {
        None => match expected {
            Some(unit) if unit.is_count() => Ok(unit.clone()),
            _ => {
                let example = if is_share { " percentage points" } else { "%" };
                let message = format!("`{text}` has no unit, and the indicator is in {wanted}");
                Err(Trouble::new(Code::FactUnit, at, message).hint(format!("write `{text}{example}`")))
            }
        },
        Some(unit) if unit.id() == Units::POINT && is_share => Ok(unit.clone()),
        Some(unit) if unit.id() == Units::POINT => {
            let message = format!("`{text}` is in percentage points, and the indicator is no share but in {wanted}");
            Err(Trouble::new(Code::FactDimension, at, message).hint("a relative change is in `%`"))
        }
        Some(unit) if unit.dimension() == Units::PERCENT && is_share => {
            let message = format!("`{text}` of a percentage could be points, or a part of what it was before");
            let hint = format!("write `{}`", text.replace(['%', '％'], " percentage points"));
            Err(Trouble::new(Code::FactDimension, at, message).hint(hint))
        }
        Some(unit) if unit.id() == Units::PERCENT => Ok(unit.clone()),
        Some(unit) if expected.is_some_and(|expected| expected.dimension() == unit.dimension()) => Ok(unit.clone()),
        Some(unit) if expected.is_none() && unit.is_currency() => Ok(unit.clone()),
        Some(unit) => {
            let message = format!("`{text}` is in {}, and the indicator in {wanted}", unit.id());
            Err(Trouble::new(Code::FactDimension, at, message))
        }
    }
}

impl Change {
    /// For readers: `增加3.31个百分点` or `up 3.31 percentage points`.
    pub fn show(&self, language: &str) -> String {
        let amount = counted(&self.amount, language);
        let said = self.amount.qualifier;
        if is_chinese(language) {
            let verb = match (self.direction, self.amount.unit.id()) {
                (Up, Units::PERCENT) => "增长",
                (Up, _) => "增加",
                (Down, Units::PERCENT) => "下降",
                (Down, _) => "减少",
            };
            return match said {
                Qualifier::AtLeast => format!("{verb}{amount}以上"),
                said => format!("{verb}{}{amount}", said.words(&self.amount.unit, language)),
            };
        }
        let verb = if self.direction == Up { "up" } else { "down" };
        match said {
            Qualifier::AtLeast => format!("{verb} {amount} or more"),
            Qualifier::AtMost => format!("{verb} {amount} or less"),
            said => format!("{verb} {}{amount}", said.words(&self.amount.unit, language)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, kind: Kind, unit: &str) -> Result<Change, Trouble> {
        let units = Units::default();
        read_change(text, kind, units.get(unit), &units)
    }

    #[test]
    fn changes_are_read_and_shown() {
        for (text, kind, unit, zh, en) in [
            ("+3.31个百分点", Kind::Ratio, "percent", "增加3.31个百分点", "up 3.31\u{a0}percentage points"),
            ("+3.31 percentage points", Kind::Ratio, "", "增加3.31个百分点", "up 3.31\u{a0}percentage points"),
            ("-1 pp", Kind::Ratio, "", "减少1个百分点", "down 1\u{a0}percentage point"),
            ("+16.4%", Kind::Flow, "CNY", "增长16.4%", "up 16.4%"),
            ("+30%以上", Kind::Flow, "CNY", "增长30%以上", "up 30% or more"),
            ("+30% or more", Kind::Flow, "CNY", "增长30%以上", "up 30% or more"),
            ("增长超过30%", Kind::Flow, "CNY", "增长超过30%", "up more than 30%"),
            ("约-30%", Kind::Flow, "CNY", "下降约30%", "down about 30%"),
            ("-5", Kind::Stock, "count", "减少5", "down 5"),
            ("＋20亿元", Kind::Flow, "CNY", "增加20亿元", "up CN¥2\u{a0}billion"),
        ] {
            let change = read(text, kind, unit).unwrap();
            assert_eq!((change.show("zh"), change.show("en")), (zh.to_owned(), en.to_owned()), "{text}");
            for shown in [zh, en] {
                let again = read(shown, kind, unit).unwrap();
                assert_eq!((again.direction, again.amount.ends()), (change.direction, change.amount.ends()), "{shown}");
                assert_eq!(again.amount.qualifier, change.amount.qualifier, "{shown}");
            }
        }
    }

    #[test]
    fn ambiguous_and_unlike_changes_are_refused() {
        for (text, kind, unit, code) in [
            ("+3.31%", Kind::Ratio, "percent", Code::FactDimension),
            ("+3.31 percentage points", Kind::Flow, "CNY", Code::FactDimension),
            ("+5亿美元", Kind::Flow, "CNY", Code::FactDimension),
            ("+5", Kind::Flow, "CNY", Code::FactUnit),
            ("+1", Kind::Label, "", Code::FactDimension),
            ("16.4%", Kind::Flow, "CNY", Code::FactValue),
            ("up to 5%", Kind::Flow, "CNY", Code::FactValue),
            ("+-5", Kind::Stock, "count", Code::FactValue),
            ("约+5以上", Kind::Stock, "count", Code::FactValue),
            ("", Kind::Stock, "count", Code::FactValue),
        ] {
            assert_eq!(read(text, kind, unit).map_err(|trouble| trouble.code), Err(code), "{text}");
        }
        assert_eq!(
            read("+3.31%", Kind::Ratio, "percent").unwrap_err().hint.unwrap(),
            "write `+3.31 percentage points`"
        );
    }
}
