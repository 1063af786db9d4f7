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
    // A name may have spaces in it.
    let (mut names, mut operators) = (vec![String::new()], vec![]);
    for word in text.split_whitespace() {
        match (sign(word), names.last_mut()) {
            (Some(_), Some(name)) if name.is_empty() => {
                return Err(trouble(&format!("`{word}` stands where an indicator is meant")));
            }
            (Some(operator), _) => {
                operators.push(operator);
                names.push(String::new());
            }
            (None, Some(name)) => {
                name.push_str(if name.is_empty() { "" } else { " " });
                name.push_str(word);
            }
            (None, None) => {}
        }
    }
    if names.last().is_some_and(String::is_empty) {
        return Err(trouble(if operators.is_empty() {
            "the formula is empty"
        } else {
            "the formula ends with a sign"
        }));
    }
    if let Some(twice) = names.iter().enumerate().find_map(|(at, name)| names[..at].contains(name).then_some(name)) {
        return Err(trouble(&format!("the formula names `{twice}` twice")));
    }
    let mut names = names.into_iter();
    let first = names.next().unwrap_or_default();
    let rest: Vec<(Operator, String)> = operators.into_iter().zip(names).collect();
    let quotients = rest.iter().filter(|(operator, _)| *operator == Over).count();
    match (rest.len(), quotients) {
        (0, _) => Err(trouble("the formula names one indicator alone")),
        (_, 0) | (1, 1) => Ok(Formula { first, rest }),
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
        // What was counted is exact, what was divided is rounded.
        let own = if self.is_quotient() { stated.rounded()? } else { stated.interval()? };
        (!meet(follows, own)).then(|| shown(follows, stated)).flatten()
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

/// What two numbers divided by each other can be; none by what can be below zero, of which nothing is said here.
fn over((a_low, a_high): Interval, (b_low, b_high): Interval, percent: bool) -> Option<Interval> {
    let number = |bound| match bound {
        Bound::Included(number) | Bound::Excluded(number) => Some(number),
        Bound::Unbounded => None,
    };
    let smallest = number(b_low).filter(|low| *low >= Decimal::ZERO)?;
    // What is divided by something ever smaller grows without end, by something ever larger it comes down to zero.
    let by_small = |a: Bound<Decimal>| if smallest.is_zero() { Some(Bound::Unbounded) } else { divided(a, b_low) };
    let by_large = |a: Bound<Decimal>| {
        if b_high == Bound::Unbounded { Some(Bound::Excluded(Decimal::ZERO)) } else { divided(a, b_high) }
    };
    let end = |a: Bound<Decimal>, outwards: bool| match number(a) {
        None => Some(Bound::Unbounded),
        Some(zero) if zero.is_zero() => Some(a),
        _ if outwards => by_small(a),
        _ => by_large(a),
    };
    let is_below = |bound| number(bound).is_some_and(|number| number < Decimal::ZERO);
    let scaled = |bound: Bound<Decimal>| {
        let power = if percent { 2 } else { 0 };
        Some(match bound {
            Bound::Included(number) => Bound::Included(shift(number, power)?),
            Bound::Excluded(number) => Bound::Excluded(shift(number, power)?),
            Bound::Unbounded => Bound::Unbounded,
        })
    };
    Some((scaled(end(a_low, is_below(a_low))?)?, scaled(end(a_high, !is_below(a_high))?)?))
}

fn divided(one: Bound<Decimal>, by: Bound<Decimal>) -> Option<Bound<Decimal>> {
    both(one, by, Decimal::checked_div)
}

/// An interval in the scale and unit of a figure, with one digit more, for a complaint.
fn shown((low, high): Interval, like: &Quantity) -> Option<Quantity> {
    let number = |number: Decimal| {
        let shown = shift(number.checked_div(like.unit.factor())?, -i64::from(like.scale.power))?;
        let digits = if number.is_integer() && like.scale.power == 0 { 0 } else { like.low.scale() + 1 };
        Some(shown.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero))
    };
    let (qualifier, low, high) = match (low, high) {
        (Bound::Unbounded, Bound::Unbounded) => return None,
        (Bound::Included(low), Bound::Unbounded) => (Qualifier::AtLeast, number(low)?, None),
        (Bound::Excluded(low), Bound::Unbounded) => (Qualifier::MoreThan, number(low)?, None),
        (Bound::Unbounded, Bound::Included(high)) => (Qualifier::AtMost, number(high)?, None),
        (Bound::Unbounded, Bound::Excluded(high)) => (Qualifier::LessThan, number(high)?, None),
        (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => {
            (Qualifier::Exact, number(low)?, Some(number(high)?).filter(|shown| Some(*shown) != number(low)))
        }
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
        is("41 = 超过34 + 8", Some("more than 42"));
        is("20% = 超过30亿元 / 100亿元", Some("more than 29.9%"));
        is("20% = 30亿元 / 超过100亿元", None);
        is("40% = 30亿元 / 超过100亿元", Some("0–30.5%"));
        is("0.5 = 1 / 2", None);
        is("3 = 10 / 3", None);
        is("4 = 10 / 3", Some("3.3"));
        is("0 = 0 / 超过5", None);
        is("0 = 0 / 不到100", None);
        is("-3% = 不到5亿元 / 100亿元", None);
        is("-5% = -5亿元 / 100亿元", None);
        is("90% = -5亿元 / 100亿元", Some("−5.5–−4.5%"));
        is("5% = 5亿元 / 不到100亿元", None);
        is("5% = 1亿元 / 0亿元", None);
    }

    #[test]
    fn a_formula_is_a_quotient_or_a_sum() {
        let formula = read_formula("a-b ÷ c").unwrap();
        assert_eq!((formula.to_string().as_str(), formula.is_quotient()), ("a-b / c", true));
        assert_eq!(formula.renamed("c", "d").names().collect::<Vec<_>>(), ["a-b", "d"]);
        assert_eq!(read_formula("rd spending / c").unwrap().first, "rd spending");
        assert_eq!(read_formula(" a  +  b - c ").unwrap().to_string(), "a + b - c");
        for wrong in ["", "a", "a +", "+ a", "a b", "a / b / c", "a + b / c", "a / / b", "a / a", "a + b - a"] {
            assert!(read_formula(wrong).is_err(), "{wrong}");
        }
    }
}
