//! When a figure holds: the dates and intervals of EDTF that a source can state, or that it states none.
//!
//! Written as in EDTF (ISO 8601-2:2019): `2022`, `2023-11`, `2023-11-30`, `2023-01/2023-11`, `/2023-11`, `2020/`.

use std::fmt;

use super::scan::Scan;
use super::value::Missing;
use super::{Kind, Trouble, is_chinese};
use crate::diagnostic::Code;

/// A year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month from 1, if it is known.
    pub month: Option<u8>,
    /// The day from 1, if it is known.
    pub day: Option<u8>,
}

/// When a figure holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// In a year, in a month, on a day.
    In(Date),
    /// From one date to another, both included.
    Between(Date, Date),
    /// From an unknown time to a date.
    To(Date),
    /// From a date to an unknown time.
    From(Date),
    /// The source does not say.
    NotStated,
}

impl fmt::Display for Date {
    /// As EDTF.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl fmt::Display for Period {
    /// As EDTF, or `not stated`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::In(date) => write!(f, "{date}"),
            Period::Between(start, end) => write!(f, "{start}/{end}"),
            Period::To(end) => write!(f, "/{end}"),
            Period::From(start) => write!(f, "{start}/"),
            Period::NotStated => f.write_str("not stated"),
        }
    }
}

impl Date {
    /// The date, if the calendar has it.
    fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let small = |number: Option<u8>| i8::try_from(number.unwrap_or(1)).ok();
        let year_in_range = (1..=9999).contains(&year);
        jiff::civil::Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()?;
        year_in_range.then_some(Self { year, month, day })
    }

    /// Whether the one is the other or lies in it: 2023-11 in 2023.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let same = |one: Option<u8>, other: Option<u8>| one.is_none() || other.is_none() || one == other;
        self.year == other.year && same(self.month, other.month) && same(self.day, other.day)
    }

    /// Where it begins and ends in years, for drawing: 2023-11 from 2023.83 to 2023.92. Months are of one length, and their
    /// days are equal parts of them, so that the last day ends where the month does.
    fn span(&self) -> (f64, f64) {
        let year = f64::from(self.year);
        let Some(month) = self.month else { return (year, year + 1.0) };
        let start = year + (f64::from(month) - 1.0) / 12.0;
        let Some(day) = self.day else { return (start, start + 1.0 / 12.0) };
        let date = jiff::civil::Date::new(self.year.cast_signed(), month.cast_signed(), 1);
        let days = f64::from(date.map_or(31, |date| date.days_in_month())) * 12.0;
        (start + (f64::from(day) - 1.0) / days, start + f64::from(day) / days)
    }

    /// For readers: `2023年11月` or `November 2023`.
    pub fn show(&self, language: &str) -> String {
        self.tail(0, is_chinese(language))
    }

    /// The date without what a reader already knows: 0 nothing, 1 the year, 2 the year and the month.
    fn tail(&self, known: u8, chinese: bool) -> String {
        let Self { year, month, day } = self;
        if chinese {
            let mut text = if known == 0 { format!("{year}年") } else { String::new() };
            if let Some(month) = month.filter(|_| known < 2) {
                text += &format!("{month}月");
            }
            return text + &day.map(|day| format!("{day}日")).unwrap_or_default();
        }
        let month = month.filter(|_| known < 2).and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
        let parts = [
            day.map(|day| day.to_string()),
            month.map(|month| (*month).to_owned()),
            (known == 0).then(|| year.to_string()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The months of the year by their English names.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Period {
    /// Where it begins and ends in years, for drawing; none where either is not stated.
    pub(super) fn span(&self) -> Option<(f64, f64)> {
        match self {
            Period::In(date) => Some(date.span()),
            Period::Between(start, end) => Some((start.span().0, end.span().1)),
            Period::To(_) | Period::From(_) | Period::NotStated => None,
        }
    }

    /// For readers: `截至2023年11月` or `to November 2023`.
    pub fn show(&self, language: &str) -> String {
        let chinese = is_chinese(language);
        match self {
            Period::In(date) => date.show(language),
            Period::Between(start, end) => {
                let same_year = start.year == end.year && start.month.is_some() && end.month.is_some();
                let same_month = same_year && start.month == end.month && start.day.is_some() && end.day.is_some();
                let known = u8::from(same_year) + u8::from(same_month);
                if chinese {
                    format!("{}至{}", start.tail(0, true), end.tail(known, true))
                } else {
                    format!("{} to {}", start.tail(known, false), end.tail(0, false))
                }
            }
            Period::To(end) if chinese => format!("截至{}", end.show(language)),
            Period::To(end) => format!("to {}", end.show(language)),
            Period::From(start) if chinese => format!("{}起", start.show(language)),
            Period::From(start) => format!("from {}", start.show(language)),
            Period::NotStated => Missing::NotStated.show(language).to_owned(),
        }
    }
}

/// The period that `written` names. Fails with [`Code::FactPeriod`].
pub fn read_period(written: &str) -> Result<Period, Trouble> {
    let scan = Scan::new(written);
    let (text, start) = (scan.rest(), scan.here());
    if Missing::read(text) == Some(Missing::NotStated) {
        return Ok(Period::NotStated);
    }
    let Some((first, second)) = text.split_once('/') else {
        return Ok(Period::In(read_date(text, start)?));
    };
    let end = |part: &str, at: usize| {
        // EDTF tells an unknown end (nothing) from an open one (two dots); a source hardly ever does.
        let open = matches!(part.trim(), "" | "..");
        if open { Ok(None) } else { read_date(part, at).map(Some) }
    };
    let trouble = |message: &str| Err(Trouble::new(Code::FactPeriod, scan.left(), message));
    match (end(first, start)?, end(second, start + first.len() + 1)?) {
        (None, None) => trouble("a period without a date"),
        (Some(from), None) => Ok(Period::From(from)),
        (None, Some(to)) => Ok(Period::To(to)),
        (Some(from), Some(to)) if is_after(from, to) => trouble("the period ends before it begins"),
        (Some(from), Some(to)) => Ok(Period::Between(from, to)),
    }
}

fn is_after(from: Date, to: Date) -> bool {
    !from.overlaps(&to) && from > to
}

/// The date that `text`, which begins at `start` of the whole, names. Fails with [`Code::FactPeriod`].
pub(super) fn read_date(text: &str, start: usize) -> Result<Date, Trouble> {
    let plain: String = Scan::new(text).plain();
    let parts: Vec<&str> = plain.split('-').collect();
    let width = |part: &str, width: usize| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = match *parts.as_slice() {
        [year] => width(year, 4),
        [year, month] => width(year, 4) && width(month, 2),
        [year, month, day] => width(year, 4) && width(month, 2) && width(day, 2),
        _ => false,
    };
    let found = from_numbers(&parts);
    if let Some(date) = found.filter(|_| shaped) {
        return Ok(date);
    }
    let at = start..start + text.len();
    let trouble = Trouble::new(Code::FactPeriod, at, format!("`{}` is not a date", text.trim()));
    if shaped {
        return Err(trouble.hint("the calendar has no such day"));
    }
    // 2023年11月, 2023.11 and 2023-1 are understood well enough to show the mend.
    let numbers: Vec<&str> = plain.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    Err(match from_numbers(&numbers) {
        Some(meant) => trouble.hint(format!("write `{meant}`")),
        None => trouble.hint("write `2022`, `2023-11`, `2023-11-30`, `2023-01/2023-11`, `/2023-11` or `not stated`"),
    })
}

fn from_numbers(parts: &[&str]) -> Option<Date> {
    match *parts {
        [year] => Date::new(year.parse().ok()?, None, None),
        [year, month] => Date::new(year.parse().ok()?, Some(month.parse().ok()?), None),
        [year, month, day] => Date::new(year.parse().ok()?, Some(month.parse().ok()?), Some(day.parse().ok()?)),
        _ => None,
    }
}

/// What is wrong with the period of a fact whose indicator is of this kind: a flow and a stock need one (`not stated`
/// counts), and a stock is there at a date, not over a time. The place is that of the period's own text, which its
/// author's file knows; it is empty here.
pub fn check_period(kind: Kind, period: Option<&Period>) -> Result<(), Trouble> {
    let trouble = |message: &str| Trouble::new(Code::FactPeriod, 0..0, message);
    match (kind, period) {
        (Kind::Flow | Kind::Stock, None) => Err(trouble(&format!("a {} needs a period", kind.as_str()))
            .hint("write `period: 2022`, or `period: not stated` where the source is silent")),
        (Kind::Stock, Some(Period::Between(_, end))) => {
            Err(trouble("a stock is counted at a date, not over a time").hint(format!("write `period: {end}`")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_shown() {
        for (text, zh, en) in [
            ("2022", "2022年", "2022"),
            ("2023-11", "2023年11月", "November 2023"),
            ("2023-11-30", "2023年11月30日", "30 November 2023"),
            ("2023-01/2023-11", "2023年1月至11月", "January to November 2023"),
            ("2022-12/2023-01", "2022年12月至2023年1月", "December 2022 to January 2023"),
            ("2023-11-01/2023-11-30", "2023年11月1日至30日", "1 to 30 November 2023"),
            ("2020/2022", "2020年至2022年", "2020 to 2022"),
            ("2023/2023-05", "2023年至2023年5月", "2023 to May 2023"),
            ("/2023-11", "截至2023年11月", "to November 2023"),
            ("2020/", "2020年起", "from 2020"),
            ("not stated", "未说明", "not stated"),
        ] {
            let period = read_period(text).unwrap();
            assert_eq!((period.show("zh-CN"), period.show("en")), (zh.to_owned(), en.to_owned()), "{text}");
            assert_eq!(period.to_string(), text);
        }
        assert_eq!(read_period("２０２２"), read_period(" 2022 "));
        assert_eq!(read_period("未注明"), Ok(Period::NotStated));
    }

    #[test]
    fn what_is_no_period_is_refused_with_the_mend() {
        for (text, hint) in [
            ("2023年11月", "write `2023-11`"),
            ("2023-1", "write `2023-01`"),
            ("2023-02-29", "the calendar has no such day"),
            ("2023-13", "the calendar has no such day"),
        ] {
            assert_eq!(read_period(text).unwrap_err().hint.as_deref(), Some(hint), "{text}");
        }
        for text in ["", "/", "../..", "2023/2022", "0000", "22", "2022/2023/2024", "last year", "2023-11-30-1"] {
            assert_eq!(read_period(text).map_err(|trouble| trouble.code), Err(Code::FactPeriod), "{text}");
        }
        assert_eq!(read_period(" 2022/x ").unwrap_err().at, 6..7);
    }

    #[test]
    fn flows_and_stocks_need_a_period() {
        let year = read_period("2022").unwrap();
        let span = read_period("2023-01/2023-11").unwrap();
        assert!(check_period(Kind::Flow, None).is_err() && check_period(Kind::Stock, None).is_err());
        assert!(check_period(Kind::Ratio, None).is_ok() && check_period(Kind::Label, None).is_ok());
        assert!(check_period(Kind::Flow, Some(&span)).is_ok() && check_period(Kind::Stock, Some(&year)).is_ok());
        assert_eq!(check_period(Kind::Stock, Some(&span)).unwrap_err().hint.unwrap(), "write `period: 2023-11`");
        assert!(check_period(Kind::Flow, Some(&Period::NotStated)).is_ok());
    }
}
