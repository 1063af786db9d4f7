//! A stated value: read by the kind of its indicator, compared with the unit that the indicator asks for.

use super::amount::{Amount, amount};
use super::period::read_date;
use super::scan::{Scan, whole};
use super::{Date, Interval, Kind, Qualifier, Quantity, Trouble, Unit, Units};
use crate::diagnostic::Code;

/// What a source states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The text as the author wrote it, without the white space around it.
    pub written: String,
    /// What it says.
    pub reading: Reading,
}

/// What a written value says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// There is no value, and why.
    Missing(Missing),
    /// A number with a unit.
    Quantity(Quantity),
    /// A name, never a number.
    Label(String),
    /// How far something is supported.
    Support(Support),
    /// A version, as written.
    Version(String),
    /// A date.
    Date(Date),
}

/// Why a value is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// The source does not say.
    NotStated,
    /// It makes no sense for this subject.
    NotApplicable,
    /// Nobody counted.
    NotCollected,
    /// It is known and kept back.
    Withheld,
    /// It will be stated later.
    Pending,
    /// It is not known.
    Unknown,
}

/// How far something is supported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// How far.
    pub level: SupportLevel,
    /// The words after it; a partial support always has some.
    pub reason: Option<String>,
}

/// How far something is supported, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SupportLevel {
    /// Not at all.
    No,
    /// Not yet.
    Planned,
    /// In part.
    Partial,
    /// Wholly.
    Yes,
}

const MISSING: [(&str, Missing); 19] = [
    ("not stated", Missing::NotStated),
    ("未说明", Missing::NotStated),
    ("未注明", Missing::NotStated),
    ("未提及", Missing::NotStated),
    ("not applicable", Missing::NotApplicable),
    ("n/a", Missing::NotApplicable),
    ("不适用", Missing::NotApplicable),
    ("not collected", Missing::NotCollected),
    ("未统计", Missing::NotCollected),
    ("未收集", Missing::NotCollected),
    ("withheld", Missing::Withheld),
    ("未公开", Missing::Withheld),
    ("不公开", Missing::Withheld),
    ("pending", Missing::Pending),
    ("待公布", Missing::Pending),
    ("待定", Missing::Pending),
    ("unknown", Missing::Unknown),
    ("未知", Missing::Unknown),
    ("不详", Missing::Unknown),
];

const LEVELS: [(&str, SupportLevel); 12] = [
    ("yes", SupportLevel::Yes),
    ("是", SupportLevel::Yes),
    ("支持", SupportLevel::Yes),
    ("partial", SupportLevel::Partial),
    ("部分", SupportLevel::Partial),
    ("部分支持", SupportLevel::Partial),
    ("planned", SupportLevel::Planned),
    ("计划中", SupportLevel::Planned),
    ("no", SupportLevel::No),
    ("否", SupportLevel::No),
    ("不支持", SupportLevel::No),
    ("未支持", SupportLevel::No),
];

impl Missing {
    /// What the text as a whole means; none if it is no word for a missing value.
    pub(super) fn read(text: &str) -> Option<Self> {
        whole(text, &MISSING)
    }
}

impl Value {
    /// The number with its unit, if it is one.
    pub fn quantity(&self) -> Option<&Quantity> {
        match &self.reading {
            Reading::Quantity(quantity) => Some(quantity),
            _ => None,
        }
    }

    /// What the value allows, as [`Quantity::interval`]; none for what is not a number.
    pub fn interval(&self) -> Option<Interval> {
        self.quantity()?.interval()
    }

    /// The number in the unit of its dimension, for data attributes: `188049000000`, whatever its qualifier.
    /// None for a range and for what is not a number.
    pub fn decimal(&self) -> Option<String> {
        self.quantity().filter(|quantity| quantity.high.is_none())?;
        self.ends().map(|(number, _)| number)
    }

    /// The lower and the upper number in the unit of its dimension, twice the same if there is one, whatever its
    /// qualifier. None for what is not a number.
    pub fn ends(&self) -> Option<(String, String)> {
        let (low, high) = self.quantity()?.ends()?;
        Some((low.normalize().to_string(), high.normalize().to_string()))
    }
}

/// The value that `written` states, for an indicator of this kind and unit. Without a unit a ratio is in percent, a
/// price in any currency, and everything else a count.
///
/// Fails with [`Code::FactValue`], with [`Code::FactUnit`] (a unit is unknown or left out), or with
/// [`Code::FactDimension`] (another one than the indicator's).
pub fn read_value(written: &str, kind: Kind, unit: Option<&Unit>, units: &Units) -> Result<Value, Trouble> {
    let mut scan = Scan::new(written);
    let text = scan.rest();
    let reading = if text.is_empty() {
        return Err(Trouble::new(Code::FactValue, 0..written.len(), "the value is empty")
            .hint("say why it is missing, as in `not stated`"));
    } else if let Some(missing) = Missing::read(text) {
        Reading::Missing(missing)
    } else {
        match kind {
            Kind::Label => Reading::Label(text.to_owned()),
            Kind::Support => Reading::Support(support(&mut scan)?),
            Kind::Version => Reading::Version(version(&scan)?),
            Kind::Date => Reading::Date(read_date(text, scan.here())?),
            Kind::Flow | Kind::Stock | Kind::Ratio | Kind::Price => {
                let amount = amount(&mut scan, units)?;
                let unit = fitting_unit(&amount, text, kind, unit, units)?;
                Reading::Quantity(amount.into_quantity(unit)?)
            }
        }
    };
    Ok(Value { written: text.to_owned(), reading })
}

/// The unit that an indicator asks for; none where a price may be in any currency.
pub(super) fn expected_unit<'u>(kind: Kind, unit: Option<&'u Unit>, units: &'u Units) -> Option<&'u Unit> {
    unit.or_else(|| match kind {
        Kind::Ratio => units.get(Units::PERCENT),
        Kind::Price => None,
        _ => units.get(Units::COUNT),
    })
}

/// The unit of the amount, if it is one that the indicator can be in.
fn fitting_unit(amount: &Amount, text: &str, kind: Kind, unit: Option<&Unit>, units: &Units) -> Result<Unit, Trouble> {
    let expected = expected_unit(kind, unit, units);
    match (&amount.unit, expected) {
        (Some(written), Some(expected)) if written.dimension() == expected.dimension() => Ok(written.clone()),
        (Some(written), None) if written.is_currency() => Ok(written.clone()),
        (None, Some(expected)) if expected.is_count() => Ok(expected.clone()),
        (Some(written), expected) => Err(wrong_dimension(amount, text, written, expected, unit.is_some())),
        (None, expected) => Err(no_unit(amount, text, expected)),
    }
}

fn wrong_dimension(amount: &Amount, text: &str, written: &Unit, expected: Option<&Unit>, named: bool) -> Trouble {
    let wanted = expected.map_or("money", Unit::id);
    let message = format!("`{text}` is in {}, and the indicator in {wanted}", written.id());
    let hint = match expected {
        _ if written.id() == Units::POINT => {
            Some(format!("percentage points say how much a share changed: `change: +{text}`"))
        }
        Some(expected) if written.is_currency() && expected.is_currency() => {
            Some("state the amount in the currency of the source, on an indicator in that currency".to_owned())
        }
        _ if !named => Some(format!("say so on the indicator's page: `unit: {}`", written.id())),
        _ => None,
    };
    Trouble::new(Code::FactDimension, amount.at.clone(), message).hint_if(hint)
}

fn no_unit(amount: &Amount, text: &str, expected: Option<&Unit>) -> Trouble {
    let message = match expected {
        Some(unit) => format!("`{text}` has no unit, and the indicator is in {}", unit.id()),
        None => format!("`{text}` names no currency"),
    };
    let hint = expected.map(|unit| match unit.id() {
        "CNY" => "write the unit with its scale as the source does, such as `亿元` or `万元`".to_owned(),
        _ if unit.is_currency() => format!("write `{text} {}`", unit.id()),
        _ => format!("write `{text}{}`", unit.symbol("en")),
    });
    Trouble::new(Code::FactUnit, amount.at.clone(), message).hint_if(hint)
}

fn support(scan: &mut Scan) -> Result<Support, Trouble> {
    let at = scan.left();
    let written = scan.rest();
    let Some(level) = scan.eat(&LEVELS) else {
        return Err(Trouble::new(Code::FactValue, at, format!("`{written}` does not say how far it is supported"))
            .hint("one of `yes`, `partial: why`, `planned`, `no`"));
    };
    let rest = scan.rest();
    let words = rest.trim_start_matches([':', '：', ',', '，', '(', '（', ' ']).trim_end_matches([')', '）', ' ']);
    if words.len() == rest.len() && !rest.is_empty() {
        return Err(Trouble::new(Code::FactValue, scan.left(), format!("`{rest}` is left over")));
    }
    let reason = (!words.is_empty()).then(|| words.to_owned());
    if level == SupportLevel::Partial && reason.is_none() {
        return Err(Trouble::new(Code::FactValue, at, "partial support needs a reason")
            .hint(format!("write `{written}: what is missing`")));
    }
    Ok(Support { level, reason })
}

fn version(scan: &Scan) -> Result<String, Trouble> {
    let text = scan.rest();
    let digits = text.trim_start_matches(['v', 'V']);
    let fits = digits.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(char::is_whitespace);
    let trouble = || Trouble::new(Code::FactValue, scan.left(), format!("`{text}` is not a version, such as `1.10`"));
    fits.then(|| text.to_owned()).ok_or_else(trouble)
}

/// What is odd about a value that can be read: a share outside 0 to 100 %, fewer than none of what is counted.
pub fn doubt(value: &Value, kind: Kind) -> Option<Trouble> {
    let quantity = value.quantity()?;
    let (low, high) = (quantity.low, quantity.high.unwrap_or(quantity.low));
    let odd = |message: &str| {
        Some(Trouble::new(Code::FactValue, 0..value.written.len(), format!("`{}` {message}", value.written)))
    };
    let hundred = rust_decimal::Decimal::ONE_HUNDRED;
    if kind == Kind::Ratio && quantity.unit.id() == Units::PERCENT {
        let above = high > hundred || quantity.qualifier == Qualifier::MoreThan && low >= hundred;
        return if above {
            odd("is more than the whole")
        } else if low.is_sign_negative() && !low.is_zero() {
            odd("is less than nothing")
        } else {
            None
        };
    }
    if quantity.unit.is_count() && low.is_sign_negative() && !low.is_zero() { odd("is less than none") } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, kind: Kind, unit: &str) -> Result<Value, Trouble> {
        let units = Units::default();
        read_value(text, kind, units.get(unit), &units)
    }

    #[test]
    fn values_have_the_dimension_of_their_indicator() {
        for (text, kind, unit, code) in [
            ("3.31 percentage points", Kind::Ratio, "percent", Code::FactDimension),
            ("1880.49亿美元", Kind::Flow, "CNY", Code::FactDimension),
            ("1880.49亿元", Kind::Flow, "", Code::FactDimension),
            ("30%", Kind::Stock, "count", Code::FactDimension),
            ("1880.49亿", Kind::Flow, "CNY", Code::FactUnit),
            ("94.9", Kind::Ratio, "percent", Code::FactUnit),
            ("5", Kind::Price, "", Code::FactUnit),
            ("5 parsecs", Kind::Stock, "count", Code::FactUnit),
            ("20+8", Kind::Stock, "count", Code::FactValue),
            (" ", Kind::Stock, "count", Code::FactValue),
            ("perhaps", Kind::Support, "", Code::FactValue),
            ("partial", Kind::Support, "", Code::FactValue),
            ("one", Kind::Version, "", Code::FactValue),
            ("2023-13", Kind::Date, "", Code::FactPeriod),
        ] {
            assert_eq!(read(text, kind, unit).map_err(|trouble| trouble.code), Err(code), "{text}");
        }
        let trouble = read(" 3.31 percentage points ", Kind::Ratio, "percent").unwrap_err();
        assert_eq!(trouble.at, 1..23);
        assert_eq!(
            trouble.hint.unwrap(),
            "percentage points say how much a share changed: `change: +3.31 percentage points`"
        );
    }

    #[test]
    fn values_are_read_by_kind() {
        assert_eq!(read("20+8", Kind::Label, "").unwrap().reading, Reading::Label("20+8".to_owned()));
        assert_eq!(read("1.10", Kind::Version, "").unwrap().reading, Reading::Version("1.10".to_owned()));
        assert_eq!(read("未注明", Kind::Flow, "CNY").unwrap().reading, Reading::Missing(Missing::NotStated));
        let partial = Support { level: SupportLevel::Partial, reason: Some("只读".to_owned()) };
        assert_eq!(read("部分：只读", Kind::Support, "").unwrap().reading, Reading::Support(partial));
        assert_eq!(read("$5", Kind::Price, "").unwrap().quantity().unwrap().unit.id(), "USD");
    }

    #[test]
    fn numbers_come_out_in_base_units() {
        for (text, unit, expected) in [
            ("1880.49亿元", "CNY", Some("188049000000")),
            ("CN¥188.049 billion", "CNY", Some("188049000000")),
            ("5.80%", "percent", Some("5.8")),
            ("more than 110", "count", Some("110")),
            ("3–5", "count", None),
            ("not stated", "count", None),
        ] {
            assert_eq!(read(text, Kind::Flow, unit).unwrap().decimal().as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn odd_shares_and_counts_are_doubted() {
        let odd = |text, kind, unit| doubt(&read(text, kind, unit).unwrap(), kind).is_some();
        assert!(odd("120%", Kind::Ratio, "percent") && odd("-1%", Kind::Ratio, "percent"));
        assert!(odd("more than 100%", Kind::Ratio, "percent") && odd("-3", Kind::Stock, "count"));
        assert!(!odd("100%", Kind::Ratio, "percent") && !odd("120%", Kind::Flow, "percent"));
    }
}
