//! What one indicator is of others: `a / b`, or a sum like `a + b - c`; and what must then be true of its figures.

use std::fmt;
use std::ops::Bound;

use rust_decimal::{Decimal, RoundingStrategy};

use super::agree::meet;
use super::number::shift;
use super::{Interval, Qualifier, Quantity, Trouble, Units};
use crate::diagnostic::Code;

/// An indicator that follows from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// The first indicator.
    pub first: String,
    /// What is done with each further one.
    pub rest: Vec<(Operator, String)>,
}

/// What is done with an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// It is added.
    Plus,
    /// It is taken away.
    Minus,
    /// It is what is divided by.
    Over,
}

use Operator::{Minus, Over, Plus};

impl Operator {
    /// As readers see it: `+`, `−`, `÷`.
    pub fn sign(self) -> &'static str {
        match self {
            Plus => "+",
            Minus => "−",
            Over => "÷",
        }
    }
}

impl fmt::Display for Formula {
    /// As authors write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.first)?;
        let sign = |operator| match operator {
            Plus => "+",
            Minus => "-",
            Over => "/",
        };
        self.rest.iter().try_for_each(|(operator, name)| write!(f, " {} {name}", sign(*operator)))
    }
}

/// The formula that a text is: names of indicators with `+`, `-` or one `/` between them, and spaces around these.
///
/// # Errors
/// With [`Code::BadValue`].
pub fn read_formula(text: &str) -> Result<Formula, Trouble> {
    let hint = "write `a / b`, or a sum like `a + b - c`, with the names of indicators and spaces around the signs";
    let trouble = |message: &str| Trouble::new(Code::BadValue, 0..text.len(), message).hint(hint);
    let sign = |word: &str| match word {
        "+" | "＋" => Some(Plus),
        "-" | "−" | "－" => Some(Minus),
        "/" | "÷" | "／" => Some(Over),
        _ => None,
    };
    let mut words = text.split_whitespace();
    let first =
        words.next().filter(|word| sign(word).is_none()).ok_or_else(|| trouble("the formula has no beginning"))?;
    let mut rest = vec![];
    while let Some(word) = words.next() {
        let operator = sign(word).ok_or_else(|| trouble(&format!("`{word}` stands where a sign is meant")))?;
        let name = words.next().filter(|word| sign(word).is_none());
        rest.push((operator, name.ok_or_else(|| trouble("the formula ends with a sign"))?.to_owned()));
    }
    let quotients = rest.iter().filter(|(operator, _)| *operator == Over).count();
    match (rest.len(), quotients) {
        (0, _) => Err(trouble("the formula names one indicator alone")),
        (_, 0) | (1, 1) => Ok(Formula { first: first.to_owned(), rest }),
        _ => Err(trouble("a formula is one quotient or a sum")),
    }
}

impl Formula {
    /// The names of the indicators, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.first.as_str()].into_iter().chain(self.rest.iter().map(|(_, name)| name.as_str()))
    }

    /// Whether it divides.
    pub fn is_quotient(&self) -> bool {
        self.rest.iter().any(|(operator, _)| *operator == Over)
    }

    /// With another name for an indicator.
    pub fn renamed(mut self, old: &str, new: &str) -> Self {
        let names = [&mut self.first].into_iter().chain(self.rest.iter_mut().map(|(_, name)| name));
        names.filter(|name| *name == old).for_each(|name| new.clone_into(name));
        self
    }

    /// What follows from the figures of its indicators, given in their order, where a figure that is stated cannot be true
    /// beside them; none where it can, and where nothing follows.
    pub fn refutes(&self, parts: &[&Quantity], stated: &Quantity) -> Option<Quantity> {
        let mut follows = parts.first()?.interval()?;
        for ((operator, _), part) in self.rest.iter().zip(parts.get(1..)?) {
            let part = part.interval()?;
            follows = match operator {
                Plus => add(follows, part)?,
                Minus => add(follows, opposite(part))?,
                Over => over(follows, part, stated.unit.dimension() == Units::PERCENT)?,
            };
        }
        (!meet(follows, stated.interval()?)).then(|| shown(follows, stated)).flatten()
    }
}

fn add((a_low, a_high): Interval, (b_low, b_high): Interval) -> Option<Interval> {
    Some((both(a_low, b_low, Decimal::checked_add)?, both(a_high, b_high, Decimal::checked_add)?))
}

/// Two bounds made one; none if the number is too large. It is only reached where both are.
fn both(
    one: Bound<Decimal>,
    other: Bound<Decimal>,
    of: fn(Decimal, Decimal) -> Option<Decimal>,
) -> Option<Bound<Decimal>> {
    Some(match (one, other) {
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => Bound::Unbounded,
        (Bound::Included(one), Bound::Included(other)) => Bound::Included(of(one, other)?),
        (Bound::Included(one) | Bound::Excluded(one), Bound::Included(other) | Bound::Excluded(other)) => {
            Bound::Excluded(of(one, other)?)
        }
    })
}

fn opposite((low, high): Interval) -> Interval {
    (high.map(|number| -number), low.map(|number| -number))
}

/// A quotient of what is not below zero; none for other numbers, of which nothing is said here.
fn over((a_low, a_high): Interval, (b_low, b_high): Interval, percent: bool) -> Option<Interval> {
    let zero = Bound::Included(Decimal::ZERO);
    let low = |bound| if bound == Bound::Unbounded { zero } else { bound };
    let (a_low, b_low) = (low(a_low), low(b_low));
    let is_below = |bound| matches!(bound, Bound::Included(low) | Bound::Excluded(low) if low < Decimal::ZERO);
    if is_below(a_low) || is_below(b_low) {
        return None;
    }
    let scale = |bound: Bound<Decimal>| match bound {
        Bound::Included(number) if percent => Some(Bound::Included(shift(number, 2)?)),
        Bound::Excluded(number) if percent => Some(Bound::Excluded(shift(number, 2)?)),
        other => Some(other),
    };
    // By something that can be as large as it will, or as small, anything can come out.
    let lowest = if b_high == Bound::Unbounded { zero } else { both(a_low, b_high, Decimal::checked_div)? };
    let highest = match b_low {
        Bound::Included(low) | Bound::Excluded(low) if !low.is_zero() => both(a_high, b_low, Decimal::checked_div)?,
        _ => Bound::Unbounded,
    };
    Some((scale(lowest)?, scale(highest)?))
}

/// An interval in the scale and unit of a figure, with one digit more, for a complaint.
fn shown((low, high): Interval, like: &Quantity) -> Option<Quantity> {
    let number = |bound: Bound<Decimal>| {
        let (Bound::Included(number) | Bound::Excluded(number)) = bound else { return Some(None) };
        let shown = shift(number.checked_div(like.unit.factor())?, -i64::from(like.scale.power))?;
        let digits = if number.is_integer() && like.scale.power == 0 { 0 } else { like.low.scale() + 1 };
        Some(Some(shown.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)))
    };
    let (qualifier, low, high) = match (number(low)?, number(high)?) {
        (Some(low), Some(high)) => (Qualifier::Exact, low, (low != high).then_some(high)),
        (Some(low), None) => (Qualifier::AtLeast, low, None),
        (None, Some(high)) => (Qualifier::AtMost, high, None),
        (None, None) => return None,
    };
    Some(Quantity { qualifier, low, high, scale: like.scale, unit: like.unit.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Kind, read_value};

    /// What refutes a stated figure, all of them with their signs: `16.4% = 8.2亿元 / 50亿元`.
    fn of(text: &str) -> Option<String> {
        let units = Units::default();
        let quantity = |text: &str| {
            let id = if text.contains('%') { "percent" } else { "CNY" };
            let (unit, kind) = if text.contains(['%', '元']) { (id, Kind::Ratio) } else { ("count", Kind::Flow) };
            read_value(text, kind, units.get(unit), &units).unwrap().quantity().cloned().unwrap()
        };
        let (stated, parts) = text.split_once(" = ").unwrap();
        let formula = read_formula(parts).unwrap();
        let parts: Vec<Quantity> = formula.names().map(quantity).collect();
        formula
            .refutes(&parts.iter().collect::<Vec<_>>(), &quantity(stated))
            .map(|sum| sum.show("en").replace('\u{a0}', " "))
    }

    #[test]
    fn a_figure_can_be_true_beside_what_it_follows_from() {
        let is = |text, follows: Option<&str>| assert_eq!(of(text).as_deref(), follows, "{text}");
        is("94.9% = 1785亿元 / 1880.49亿元", None);
        is("94.9% = 1685亿元 / 1880.49亿元", Some("89.58–89.63%"));
        is("42 = 34 + 8", None);
        is("43 = 34 + 8", Some("42"));
        is("27 = 34 - 8 + 1", None);
        is("2141亿元 = 1880.49亿元 + 261亿元", None);
        is("2140亿元 = 1880.49亿元 + 261亿元", Some("CN¥214.10–214.20 billion"));
        is("超过40 = 超过34 + 8", None);
        is("41 = 超过34 + 8", Some("at least 42"));
        is("20% = 超过30亿元 / 100亿元", Some("at least 29.9%"));
        is("20% = 30亿元 / 超过100亿元", None);
        is("40% = 30亿元 / 超过100亿元", Some("0–30.5%"));
        is("0.5 = 1 / 2", None);
        is("5% = 1亿元 / 0亿元", None);
    }

    #[test]
    fn a_formula_is_a_quotient_or_a_sum() {
        let formula = read_formula("a-b ÷ c").unwrap();
        assert_eq!((formula.to_string().as_str(), formula.is_quotient()), ("a-b / c", true));
        assert_eq!(formula.renamed("c", "d").names().collect::<Vec<_>>(), ["a-b", "d"]);
        assert_eq!(read_formula(" a  +  b - c ").unwrap().to_string(), "a + b - c");
        for wrong in ["", "a", "a +", "+ a", "a b", "a / b / c", "a + b / c", "a / / b"] {
            assert!(read_formula(wrong).is_err(), "{wrong}");
        }
    }
}
