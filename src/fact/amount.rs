//! The grammar of a written amount: `[qualifier] number ["–" number] [scale] [unit] [post]`.

use std::ops::Range;

use rust_decimal::Decimal;

use super::number::{number, scale, shift};
use super::scan::Scan;
use super::{Qualifier, Quantity, Scale, Trouble, Unit, Units, qualifier};
use crate::diagnostic::Code;

const TO: [(&str, ()); 6] = [("–", ()), ("-", ()), ("~", ()), ("to", ()), ("至", ()), ("到", ())];

/// An amount whose unit has not yet been compared with what was asked for.
pub(super) struct Amount {
    pub(super) qualifier: Qualifier,
    pub(super) low: Decimal,
    pub(super) high: Option<Decimal>,
    pub(super) scale: Scale,
    pub(super) unit: Option<Unit>,
    /// Where it stands in the text.
    pub(super) at: Range<usize>,
}

impl Amount {
    /// The amount in this unit. Fails with [`Code::FactValue`] where it cannot be kept exactly.
    pub(super) fn into_quantity(self, unit: Unit) -> Result<Quantity, Trouble> {
        let Amount { qualifier, low, high, scale, at, .. } = self;
        let quantity = Quantity { qualifier, low, high, scale, unit };
        match quantity.interval() {
            Some(_) => Ok(quantity),
            None => Err(Trouble::new(Code::FactValue, at, "the number is too large to be kept exactly")),
        }
    }
}

/// One number with what belongs to it.
struct Term {
    number: Decimal,
    scale: Option<Scale>,
    unit: Option<Unit>,
    after: Option<Qualifier>,
}

/// `[qualifier] number ["–" number] [scale] [unit] [post]`, to the end of the text.
///
/// Fails with [`Code::FactValue`] or, for a word that is no unit, [`Code::FactUnit`].
pub(super) fn amount(scan: &mut Scan, units: &Units) -> Result<Amount, Trouble> {
    let start = scan.here();
    let before = qualifier::before(scan);
    let first = term(scan, units)?;
    let second = if scan.eat(&TO).is_some() { Some(term(scan, units)?) } else { None };
    let at = scan.since(start);
    if !scan.is_done() {
        return Err(left_over(scan, units, first.unit.is_some()));
    }
    let (low, high, term) = match second {
        None => (first.number, None, first),
        Some(second) => {
            let (low, upper) = range(first, second, &at)?;
            (low, Some(upper.number), upper)
        }
    };
    let qualifier = match (before, term.after) {
        (Some(before), Some(after)) if before != after => {
            return Err(Trouble::new(Code::FactValue, at, "two qualifiers that say different things"));
        }
        (before, after) => before.or(after).unwrap_or(Qualifier::Exact),
    };
    if high.is_some() && !matches!(qualifier, Qualifier::Exact | Qualifier::About) {
        return Err(Trouble::new(Code::FactValue, at, "a range with a qualifier")
            .hint("keep the one end that the source states, as in `at least 3`"));
    }
    Ok(Amount { qualifier, low, high, scale: term.scale.unwrap_or(Scale::NONE), unit: term.unit, at })
}

/// The lower number of a range in the scale of the upper, and the upper with the unit of both.
fn range(first: Term, second: Term, at: &Range<usize>) -> Result<(Decimal, Term), Trouble> {
    let trouble = |message: &str| Trouble::new(Code::FactValue, at.clone(), message);
    let low = match (first.scale, second.scale) {
        (None, _) => Some(first.number),
        (Some(_), None) => return Err(trouble("only the first number of the range has a scale")),
        (Some(one), Some(other)) => shift(first.number, i64::from(one.power) - i64::from(other.power)),
    };
    let low = low.ok_or_else(|| trouble("the number is too large to be kept exactly"))?;
    // `CN¥3–5 billion` has its unit at the first number, `3–5亿元` at the second.
    let unit = second.unit.clone().or_else(|| first.unit.clone());
    if first.unit.is_some() && first.unit != unit {
        return Err(trouble("the two ends of the range have different units"));
    }
    if first.after.is_some() {
        return Err(trouble("a qualifier stands inside the range"));
    }
    if low > second.number {
        return Err(
            trouble("the range runs backwards").hint("a name such as `20-8` needs an indicator of kind `label`")
        );
    }
    Ok((low, Term { unit, ..second }))
}

fn term(scan: &mut Scan, units: &Units) -> Result<Term, Trouble> {
    let start = scan.here();
    let mut negative = minus(scan);
    let prefix = units.find(scan).filter(|(_, unit)| unit.is_currency());
    let mut unit = prefix.map(|(length, unit)| {
        scan.take(length);
        unit.clone()
    });
    negative |= unit.is_some() && minus(scan);
    let Some(mut value) = number(scan)? else {
        return Err(no_number(scan, start));
    };
    value.set_sign_negative(negative && !value.is_zero());
    let mut after = qualifier::after(scan);
    // 千瓦 is a unit and not 千 of something: the longer one is meant.
    let unit_length = units.find(scan).map_or(0, |(length, _)| length);
    let scale = scale(scan).filter(|(length, _)| *length >= unit_length);
    if let Some((length, _)) = scale {
        scan.take(length);
        after = after.or_else(|| qualifier::after(scan));
    }
    if let Some((length, written)) = units.find(scan) {
        if unit.as_ref().is_some_and(|unit| unit != written) {
            let at = scan.left();
            return Err(Trouble::new(Code::FactUnit, at, "a second unit stands after the number"));
        }
        unit = Some(written.clone());
        scan.take(length);
    }
    after = after.or_else(|| qualifier::after(scan));
    Ok(Term { number: value, scale: scale.map(|(_, scale)| scale), unit, after })
}

/// The bytes that a qualifier, a number and its unit take at the start of a text; none without a unit.
pub(super) fn term_end(text: &str, units: &Units) -> Option<usize> {
    let mut scan = Scan::new(text);
    qualifier::before(&mut scan);
    let term = term(&mut scan, units).ok()?;
    term.unit.is_some().then(|| scan.since(0).end)
}

/// The bytes that a range of two numbers and its unit take at the start of a text; none if there is no such range.
pub(super) fn range_end(text: &str, units: &Units) -> Option<usize> {
    let mut scan = Scan::new(text);
    qualifier::before(&mut scan);
    let first = term(&mut scan, units).ok()?;
    scan.eat(&TO)?;
    let second = term(&mut scan, units).ok()?;
    let end = scan.since(0);
    range(first, second, &end).ok()?.1.unit.is_some().then_some(end.end)
}

fn minus(scan: &mut Scan) -> bool {
    scan.eat(&[("-", ())]).is_some()
}

fn no_number(scan: &Scan, start: usize) -> Trouble {
    let rest = scan.rest();
    let at = if rest.is_empty() { scan.since(start) } else { scan.left() };
    let trouble = match rest {
        "" => Trouble::new(Code::FactValue, at, "a number is missing"),
        rest => Trouble::new(Code::FactValue, at, format!("`{rest}` is not a number")),
    };
    let spelt = |c: char| "零一二三四五六七八九十百两".contains(c);
    trouble.hint(match rest.chars().next() {
        Some('.') => "write the zero before the point",
        Some(char) if spelt(char) => "write the number in digits",
        _ => "write it as the source does, or say why it is missing: `not stated`",
    })
}

/// What to say of a text that goes on after the amount.
fn left_over(scan: &Scan, units: &Units, has_unit: bool) -> Trouble {
    let (rest, at) = (scan.rest(), scan.left());
    let starts_as_number = rest.starts_with(|c: char| c.is_ascii_digit() || "+-.,–".contains(c));
    if starts_as_number {
        return Trouble::new(Code::FactValue, at, format!("`{rest}` is left over after the number"))
            .hint("a name such as `20+8` needs an indicator of kind `label`");
    }
    if has_unit {
        return Trouble::new(Code::FactValue, at, format!("`{rest}` is left over after the unit"));
    }
    let hint = match units.nearest(rest) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "units are declared in `site.toml` under `[units]`".to_owned(),
    };
    Trouble::new(Code::FactUnit, at, format!("`{rest}` is not a unit")).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        let Amount { qualifier, low, high, scale, unit, .. } =
            amount(&mut Scan::new(text), &Units::default()).map_err(|trouble| trouble.message)?;
        let high = high.map(|high| format!("–{high}")).unwrap_or_default();
        let unit = unit.map(|unit| unit.id().to_owned()).unwrap_or_default();
        Ok(format!("{qualifier:?} {low}{high} {} {unit}", scale.word))
    }

    #[test]
    fn amounts_are_read_in_both_languages() {
        for (text, expected) in [
            ("1880.49亿元", "Exact 1880.49 亿 CNY"),
            ("１，８８０．４９ 亿元", "Exact 1880.49 亿 CNY"),
            ("CN¥188.049 billion", "Exact 188.049 billion CNY"),
            ("约3.5万亿美元", "About 3.5 万亿 USD"),
            ("-$5 million", "Exact -5 million USD"),
            ("more than 110", "MoreThan 110  "),
            ("> 110", "MoreThan 110  "),
            ("110余场", "MoreThan 110  count"),
            ("3000多万元", "MoreThan 3000 万 CNY"),
            ("30%以上", "AtLeast 30  percent"),
            ("100+", "AtLeast 100  "),
            ("30 percent or more", "AtLeast 30  percent"),
            ("3–5亿元", "Exact 3–5 亿 CNY"),
            ("9000万元至1.2亿元", "Exact 0.9000–1.2 亿 CNY"),
            ("10%~20%", "Exact 10–20  percent"),
            ("CN¥3–5 billion", "Exact 3–5 billion CNY"),
            ("5 to 10", "Exact 5–10  "),
            ("不超过20个", "AtMost 20  count"),
            ("近100家", "Nearly 100  count"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_amount_is_refused() {
        for text in [
            "",
            "亿",
            "20+8",
            "5 tons",
            "三十",
            ".5",
            "5–3",
            "about more",
            "more than 3–5",
            "3亿–5",
            "$5元",
            "3%–5元",
            "1e5",
            "约5以上",
            "99999999999999999999万亿",
        ] {
            let whole = amount(&mut Scan::new(text), &Units::default());
            let unit = Units::default().get("CNY").unwrap().clone();
            assert!(whole.and_then(|amount| amount.into_quantity(unit)).is_err(), "{text}");
        }
    }
}
