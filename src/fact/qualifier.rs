//! How a number is meant: exactly, about, as a lower or an upper limit; and the words for it before and after a number.

use super::scan::Scan;
use super::{Unit, is_chinese};

/// How a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// As it stands.
    Exact,
    /// About: within a tenth.
    About,
    /// Nearly: at most a tenth below.
    Nearly,
    /// More than.
    MoreThan,
    /// At least.
    AtLeast,
    /// Less than.
    LessThan,
    /// At most.
    AtMost,
}

use Qualifier::{About, AtLeast, AtMost, LessThan, MoreThan, Nearly};

const BEFORE: [(&str, Qualifier); 40] = [
    ("more than", MoreThan),
    ("over", MoreThan),
    ("above", MoreThan),
    (">", MoreThan),
    ("超过", MoreThan),
    ("超", MoreThan),
    ("逾", MoreThan),
    ("多于", MoreThan),
    ("高于", MoreThan),
    ("大于", MoreThan),
    ("at least", AtLeast),
    ("≥", AtLeast),
    (">=", AtLeast),
    ("不低于", AtLeast),
    ("不少于", AtLeast),
    ("至少", AtLeast),
    ("less than", LessThan),
    ("under", LessThan),
    ("below", LessThan),
    ("fewer than", LessThan),
    ("<", LessThan),
    ("不到", LessThan),
    ("不足", LessThan),
    ("少于", LessThan),
    ("低于", LessThan),
    ("小于", LessThan),
    ("at most", AtMost),
    ("up to", AtMost),
    ("≤", AtMost),
    ("<=", AtMost),
    ("不超过", AtMost),
    ("不高于", AtMost),
    ("至多", AtMost),
    ("about", About),
    ("~", About),
    ("约", About),
    ("大约", About),
    ("nearly", Nearly),
    ("近", Nearly),
    ("接近", Nearly),
];

const AFTER: [(&str, Qualifier); 9] = [
    ("or more", AtLeast),
    ("+", AtLeast),
    ("以上", AtLeast),
    ("余", MoreThan),
    ("多", MoreThan),
    ("or less", AtMost),
    ("以下", AtMost),
    ("以内", AtMost),
    ("左右", About),
];

/// The qualifier in front of a number that stands here, and goes past it.
pub(super) fn before(scan: &mut Scan) -> Option<Qualifier> {
    scan.eat(&BEFORE)
}

/// Where the qualifier begins at the end of a text, or the text's end if it ends in none.
pub(super) fn start_of(text: &str) -> usize {
    let trimmed = text.trim_end();
    let lower = trimmed.to_ascii_lowercase();
    let ends = |word: &&str| {
        let inside = |before: &str| {
            before.ends_with(|c: char| c.is_ascii_alphabetic()) && word.starts_with(|c: char| c.is_ascii_alphabetic())
        };
        lower.strip_suffix(*word).is_some_and(|before| !inside(before))
    };
    let longest = BEFORE.iter().map(|(word, _)| *word).filter(ends).map(str::len).max();
    longest.map_or(text.len(), |length| trimmed.len() - length)
}

/// The qualifier after a number that stands here, and goes past it.
pub(super) fn after(scan: &mut Scan) -> Option<Qualifier> {
    scan.eat(&AFTER)
}

impl Qualifier {
    /// Its name in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Qualifier::Exact => "exact",
            Qualifier::About => "about",
            Qualifier::Nearly => "nearly",
            Qualifier::MoreThan => "more than",
            Qualifier::AtLeast => "at least",
            Qualifier::LessThan => "less than",
            Qualifier::AtMost => "at most",
        }
    }

    /// The words that stand before a number in this unit, with the space that parts them; empty if it is exact.
    pub(super) fn words(self, unit: &Unit, language: &str) -> &'static str {
        let (zh, en) = match self {
            Qualifier::Exact => ("", ""),
            Qualifier::About => ("约", "about "),
            Qualifier::Nearly => ("近", "nearly "),
            Qualifier::MoreThan => ("超过", "more than "),
            Qualifier::AtLeast if unit.is_count() => ("至少", "at least "),
            Qualifier::AtLeast => ("不低于", "at least "),
            Qualifier::LessThan if unit.is_count() => ("不到", "fewer than "),
            Qualifier::LessThan => ("低于", "less than "),
            Qualifier::AtMost => ("不超过", "at most "),
        };
        if is_chinese(language) { zh } else { en }
    }
}
