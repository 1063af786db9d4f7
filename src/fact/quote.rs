//! Whether a running text says what is stated, in its own words and language: rounder perhaps, but never more than that.

use std::cell::OnceCell;
use std::ops::Bound;

use rust_decimal::Decimal;

use super::{
    Change, Direction, Interval, Kind, Qualifier, Quantity, Rank, Reading, Trouble, Unit, Units, Value, read_change,
    read_rank, read_value,
};
use crate::diagnostic::Code;

/// What figures of an indicator are read by.
#[derive(Debug, Clone, Copy)]
pub struct Measure<'u> {
    /// The kind of the indicator.
    pub kind: Kind,
    /// Its unit; none where the kind has its own.
    pub unit: Option<&'u Unit>,
    /// All units.
    pub units: &'u Units,
}

/// What a text says of an indicator, read once and compared with as much as may be stated.
#[derive(Debug)]
pub struct Said<'t> {
    text: &'t str,
    measure: Measure<'t>,
    value: OnceCell<Result<Value, Trouble>>,
}

impl<'t> Said<'t> {
    /// What `text` says in figures of this measure.
    pub fn new(text: &'t str, measure: Measure<'t>) -> Self {
        Self { text, measure, value: OnceCell::new() }
    }

    /// Whether it is the stated value: the figure is the stated one, rounded at most to the digits that the text gives,
    /// with a qualifier that what is stated bears out. Behind a count may stand what is counted.
    ///
    /// # Errors
    /// What is wrong with a text in which no figure of the indicator can be read.
    pub fn is_value(&self, stated: &Value) -> Result<bool, Trouble> {
        if self.text == stated.written {
            return Ok(true);
        }
        let is_shown = || self.is_any([&stated.written, &stated.show("zh"), &stated.show("en")]);
        let said = match self.value.get_or_init(|| self.read()) {
            Ok(said) => said,
            Err(_) if is_shown() => return Ok(true),
            Err(trouble) => return Err(trouble.clone()),
        };
        let same = match (&said.reading, &stated.reading) {
            (Reading::Quantity(said), Reading::Quantity(stated)) => is_borne_out(said, stated),
            (Reading::Support(said), Reading::Support(stated)) => said.level == stated.level,
            (Reading::Label(_), Reading::Label(stated)) => names(self.text, &plain(stated)),
            (said, stated) => said == stated,
        };
        // What is shown of a range may have more digits than were written.
        let is_range = || stated.quantity().is_none_or(|stated| stated.high.is_some());
        Ok(same || is_range() && is_shown())
    }

    /// The same of a change. A figure without a sign means the direction that is stated: the words around the link say it.
    ///
    /// # Errors
    /// As [`Said::is_value`].
    pub fn is_change(&self, stated: &Change) -> Result<bool, Trouble> {
        if self.is_any([&stated.written, &stated.show("zh"), &stated.show("en")]) {
            return Ok(true);
        }
        let Measure { kind, unit, units } = self.measure;
        let read = |text: &str| read_change(text, kind, unit, units);
        let sign = if stated.direction == Direction::Up { "+" } else { "-" };
        let bare = || read(&format!("{sign}{}", self.text.trim())).ok();
        let said = read(self.text).or_else(|trouble| bare().ok_or(trouble))?;
        Ok(said.direction == stated.direction && is_borne_out(&said.amount, &stated.amount))
    }

    /// The same of a rank: its place counts, the group is for the text to name, `全国第一`.
    ///
    /// # Errors
    /// As [`Said::is_value`].
    pub fn is_rank(&self, stated: &Rank) -> Result<bool, Trouble> {
        let ordinal = || self.text.find('第').and_then(|at| read_rank(self.text.get(at..)?).ok());
        let said = read_rank(self.text).or_else(|trouble| ordinal().ok_or(trouble))?;
        Ok(said.place == stated.place)
    }

    fn read(&self) -> Result<Value, Trouble> {
        let Measure { kind, unit, units } = self.measure;
        let read = |text: &str| read_value(text, kind, unit, units);
        read(self.text).or_else(|trouble| {
            // `more than 20 symposia`, `1.2万棵`: what is counted is no unit.
            let is_count = matches!(kind, Kind::Flow | Kind::Stock) && unit.is_none_or(Unit::is_count);
            let is_counted = is_count && trouble.code != Code::FactDimension;
            let counted = || pieces(self.text).find_map(|piece| read(piece).ok());
            is_counted.then(counted).flatten().ok_or(trouble)
        })
    }

    fn is_any<const N: usize>(&self, known: [&String; N]) -> bool {
        let own = plain(self.text);
        known.into_iter().any(|known| plain(known) == own)
    }
}

/// A text without the marks around it and with plain spaces.
fn plain(text: &str) -> String {
    let marks = ['"', '\'', '“', '”', '‘', '’', '「', '」', '『', '』', '《', '》'];
    text.replace('\u{a0}', " ").trim().trim_matches(marks).to_owned()
}

/// The beginnings of a text that end where no word of Latin letters and no number is cut, the longest first.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let is_open = |c: char| c.is_ascii_alphanumeric() || ".,".contains(c);
    text.char_indices().rev().filter_map(move |(end, next)| {
        let piece = text.get(..end)?;
        (!is_open(next) || !piece.ends_with(is_open)).then_some(piece)
    })
}

/// Whether a name stands in a text, not as part of a longer one.
fn names(text: &str, name: &str) -> bool {
    let ends = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    text.match_indices(name).any(|(at, _)| {
        ends(text.get(..at).and_then(|before| before.chars().next_back()))
            && ends(text.get(at + name.len()..).and_then(|after| after.chars().next()))
    })
}

/// Whether everything that `stated` allows is something that `said` allows. Exact numbers may be rounded further.
fn is_borne_out(said: &Quantity, stated: &Quantity) -> bool {
    if said.unit.dimension() != stated.unit.dimension() {
        return false;
    }
    if (said.qualifier, stated.qualifier) == (Qualifier::Exact, Qualifier::Exact) {
        return is_rounded(said, stated) == Some(true);
    }
    said.interval().zip(stated.interval()).is_some_and(|(said, stated)| is_within(stated, said))
}

fn is_rounded(said: &Quantity, stated: &Quantity) -> Option<bool> {
    let ((low, high), (stated_low, stated_high)) = (said.ends()?, stated.ends()?);
    let near = |said_digits: Decimal, number: Decimal, stated_digits: Decimal, stated_number: Decimal| {
        let slack = said.slack(said_digits)?;
        Some(slack >= stated.slack(stated_digits)? && number.checked_sub(stated_number)?.abs() <= slack)
    };
    let is_range = said.high.is_some() == stated.high.is_some();
    let (said_high, stated_upper) = (said.high.unwrap_or(said.low), stated.high.unwrap_or(stated.low));
    Some(is_range && near(said.low, low, stated.low, stated_low)? && near(said_high, high, stated_upper, stated_high)?)
}

/// Whether an interval lies in another.
fn is_within((low, high): Interval, (outer_low, outer_high): Interval) -> bool {
    let above = match (outer_low, low) {
        (Bound::Unbounded, _) => true,
        (_, Bound::Unbounded) => false,
        (Bound::Excluded(outer), Bound::Included(own)) => outer < own,
        (Bound::Included(outer) | Bound::Excluded(outer), Bound::Included(own) | Bound::Excluded(own)) => outer <= own,
    };
    let below = match (outer_high, high) {
        (Bound::Unbounded, _) => true,
        (_, Bound::Unbounded) => false,
        (Bound::Excluded(outer), Bound::Included(own)) => outer > own,
        (Bound::Included(outer) | Bound::Excluded(outer), Bound::Included(own) | Bound::Excluded(own)) => outer >= own,
    };
    above && below
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str, stated: &str, kind: Kind, unit: &str) -> Option<bool> {
        let units = Units::default();
        let measure = Measure { kind, unit: units.get(unit), units: &units };
        let stated = read_value(stated, kind, units.get(unit), &units).unwrap();
        Said::new(text, measure).is_value(&stated).ok()
    }

    #[test]
    fn a_text_says_what_is_stated_and_no_more() {
        for (text, stated, kind, unit, expected) in [
            ("1880.49亿元", "1880.49亿元", Kind::Flow, "CNY", Some(true)),
            ("CN¥188.05 billion", "1880.49亿元", Kind::Flow, "CNY", Some(true)),
            ("1880亿元", "1880.49亿元", Kind::Flow, "CNY", Some(true)),
            ("1881亿元", "1880.5亿元", Kind::Flow, "CNY", Some(true)),
            ("1881亿元", "1880.49亿元", Kind::Flow, "CNY", Some(false)),
            ("1880.491亿元", "1880.49亿元", Kind::Flow, "CNY", Some(false)),
            ("188.049亿元", "1880.49亿元", Kind::Flow, "CNY", Some(false)),
            ("超过1880亿元", "1880.49亿元", Kind::Flow, "CNY", Some(true)),
            ("近1900亿元", "1880.49亿元", Kind::Flow, "CNY", Some(true)),
            ("近1900亿元", "1920亿元", Kind::Flow, "CNY", Some(false)),
            ("投入1880.49亿元", "1880.49亿元", Kind::Flow, "CNY", None),
            ("减少了1880.49亿元", "1880.49亿元", Kind::Flow, "CNY", None),
            ("1880.49亿元的一半", "1880.49亿元", Kind::Flow, "CNY", None),
            ("研发投入", "1880.49亿元", Kind::Flow, "CNY", None),
            ("从1880亿元到1900亿元", "1880.49亿元", Kind::Flow, "CNY", None),
            ("1880亿元和1900亿元", "1880.49亿元", Kind::Flow, "CNY", None),
            ("5.81%", "1880.49亿元", Kind::Flow, "CNY", None),
            ("110", "more than 110", Kind::Flow, "count", Some(false)),
            ("110多场", "more than 110", Kind::Flow, "count", Some(true)),
            ("超过100场", "more than 110", Kind::Flow, "count", Some(true)),
            ("1.2万家", "12034", Kind::Stock, "count", Some(true)),
            ("12034家", "1.2万", Kind::Stock, "count", Some(false)),
            ("3–5亿元", "3–5亿元", Kind::Flow, "CNY", Some(true)),
            ("3亿元", "3–5亿元", Kind::Flow, "CNY", Some(false)),
            ("94.9%", "94.93%", Kind::Ratio, "percent", Some(true)),
            ("“20+8”", "20+8", Kind::Label, "", Some(true)),
            ("“20+8”产业基金群", "20+8", Kind::Label, "", Some(true)),
            ("20+9", "20+8", Kind::Label, "", Some(false)),
            ("120+8", "20+8", Kind::Label, "", Some(false)),
            ("more than 20 symposia", "超过20", Kind::Flow, "count", Some(true)),
            ("20 symposia", "超过20", Kind::Flow, "count", Some(false)),
            ("9 key tasks", "9", Kind::Stock, "count", Some(true)),
            ("9 million tasks", "9", Kind::Stock, "count", Some(false)),
            ("1.2万棵", "12034", Kind::Stock, "count", Some(true)),
            ("1.2万棵树", "34", Kind::Stock, "count", Some(false)),
            ("9元", "9", Kind::Stock, "count", None),
            ("9km", "9", Kind::Stock, "count", None),
            ("50家科技企业", "50", Kind::Stock, "count", Some(true)),
            ("1.2.3", "1.2", Kind::Stock, "count", None),
            ("2023年11月", "2023-11", Kind::Date, "", Some(true)),
        ] {
            assert_eq!(says(text, stated, kind, unit), expected, "{text} of {stated}");
        }
    }

    #[test]
    fn changes_need_no_sign_and_ranks_no_group() {
        let units = Units::default();
        let measure = Measure { kind: Kind::Flow, unit: units.get("CNY"), units: &units };
        let change = |text: &str, stated: &str| {
            let stated = read_change(stated, Kind::Flow, units.get("CNY"), &units).unwrap();
            Said::new(text, measure).is_change(&stated).ok()
        };
        assert_eq!(change("16.4%", "+16.4%"), Some(true));
        assert_eq!(change("增长16.4%", "+16.4%"), Some(true));
        assert_eq!(change("下降16.4%", "+16.4%"), Some(false));
        assert_eq!(change("grew by 16%", "+16.4%"), Some(true));
        for other in ["decreased by 16.4%", "fell 16.4%", "shrank by 16.4%", "回落16.4%", "-16.4%"] {
            assert_eq!(change(other, "+16.4%"), Some(false), "{other}");
        }
        assert_eq!(change("30%以上", "+30% or more"), Some(true));
        assert_eq!(change("30%", "+30% or more"), Some(false));
        assert_eq!(change("a lot", "+30%"), None);
        let first = Rank { place: 1, among: None };
        for (text, expected) in [
            ("第一", Some(true)),
            ("全国第一", Some(true)),
            ("第一名", Some(true)),
            ("榜首", Some(true)),
            ("first", Some(true)),
            ("not first", None),
            ("第2位", Some(false)),
            ("top", None),
        ] {
            assert_eq!(Said::new(text, measure).is_rank(&first).ok(), expected, "{text}");
        }
    }
}
