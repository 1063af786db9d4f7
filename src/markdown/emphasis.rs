//! Emphasis next to Chinese punctuation: the rule of the markdown-cjk-friendly specification on top of CommonMark's.
//!
//! CommonMark 0.31.2, section 6.2, lets a run of `*` close only if a letter stands before it, or white space or
//! punctuation behind it, and so leaves the asterisks of `**强调。**后文` standing. The mend is made before parsing: where
//! the friendlier rule differs, a character that is neither punctuation nor space (the *letter* mark) is put between the
//! run and its punctuation. Where that punctuation is itself a delimiter, a second mark that is punctuation goes next to
//! it, so that it sees what it saw before. Both are characters that the text does not hold, and [`Mended::clean`] takes
//! them out of everything that the parser gives back.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::cjk::is_cjk;
use super::math::not_math;

/// A text with marks in it, and the way back.
#[derive(Debug)]
pub(super) struct Mended<'a> {
    text: Cow<'a, str>,
    letter: char,
    point: char,
    /// Space for the parser: behind a `$` with it no formula begins.
    blank: char,
    /// Offset of each mark in the marked text, and how many bytes of marks there are up to its end.
    marks: Vec<(usize, usize)>,
}

/// Punctuation of scripts that are hardly ever written: SignWriting, cuneiform, Duployan.
const POINTS: [char; 11] = [
    '\u{1DA87}',
    '\u{1DA88}',
    '\u{1DA89}',
    '\u{1DA8A}',
    '\u{1DA8B}',
    '\u{12470}',
    '\u{12471}',
    '\u{12472}',
    '\u{12473}',
    '\u{12474}',
    '\u{1BC9F}',
];

impl<'a> Mended<'a> {
    /// The text as it is, without marks.
    pub(super) fn plain(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), letter: '\0', point: '\0', blank: '\0', marks: vec![] }
    }

    /// The text with marks where they are needed; borrowed if they are nowhere.
    pub(super) fn new(text: &'a str) -> Self {
        let mut gaps = gaps(text);
        let formulas = memchr::memchr(b'$', text.as_bytes()).is_some();
        let blank = ['\u{C}', '\u{B}'].into_iter().filter(|_| formulas).find(|c| !text.contains(*c));
        if blank.is_some() {
            gaps.extend(not_math(text).into_iter().map(|at| Gap { at, point: None, blank: true }));
            gaps.sort_by_key(|gap| (gap.at, !gap.blank));
        }
        if gaps.is_empty() {
            return Self::plain(text);
        }
        let used = used(text);
        let letter = ('\u{E000}'..='\u{F8FF}').find(|c| !used.contains(c));
        let point = POINTS.into_iter().find(|c| !used.contains(c));
        let (Some(letter), Some(point)) = (letter, point) else { return Self::plain(text) };
        let blank = blank.unwrap_or(letter);
        let mut mended = Self { text: Cow::Borrowed(""), letter, point, blank, marks: Vec::with_capacity(gaps.len()) };
        mended.text = Cow::Owned(mended.insert(text, &gaps));
        mended
    }

    /// The text for the parser.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// There are no marks in it.
    pub(super) fn is_plain(&self) -> bool {
        self.marks.is_empty()
    }

    /// A range of the marked text as a range of the original.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        if self.marks.is_empty() { range } else { self.back(range.start)..self.back(range.end) }
    }

    /// The piece without marks; none if there are none in it.
    pub(super) fn clean(&self, piece: &str) -> Option<String> {
        let marks = [self.letter, self.point, self.blank];
        (!self.marks.is_empty() && piece.contains(marks)).then(|| piece.replace(marks, ""))
    }

    fn back(&self, at: usize) -> usize {
        let before = self.marks.partition_point(|(mark, _)| *mark < at);
        before.checked_sub(1).and_then(|last| self.marks.get(last)).map_or(at, |(_, bytes)| at.saturating_sub(*bytes))
    }

    fn insert(&mut self, text: &str, gaps: &[Gap]) -> String {
        let mut out = String::with_capacity(text.len() + gaps.len() * 7);
        let (mut from, mut bytes) = (0, 0);
        for gap in gaps {
            out.push_str(&text[from..gap.at]);
            from = gap.at;
            let (first, second) = match gap.point {
                Some(Side::Before) => (Some(self.point), Some(self.letter)),
                Some(Side::Behind) => (Some(self.letter), Some(self.point)),
                Some(Side::Alone) => (Some(self.point), None),
                None if gap.blank => (Some(self.blank), None),
                None => (Some(self.letter), None),
            };
            for mark in [first, second].into_iter().flatten() {
                bytes += mark.len_utf8();
                self.marks.push((out.len(), bytes));
                out.push(mark);
            }
        }
        out.push_str(&text[from..]);
        out
    }
}

/// A place between a run and its neighbour where a letter mark is needed.
struct Gap {
    at: usize,
    /// On which side of the letter mark a delimiter stands that must still see punctuation.
    point: Option<Side>,
    /// It is no letter mark, but a blank behind a `$`.
    blank: bool,
}

#[derive(PartialEq)]
enum Side {
    Before,
    Behind,
    /// There is no letter mark: the delimiter is to see the punctuation that a variation selector hides from it.
    Alone,
}

fn gaps(text: &str) -> Vec<Gap> {
    let bytes = text.as_bytes();
    let mut gaps: Vec<Gap> = vec![];
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'*', b'~', b'_', &bytes[at..]) {
        let start = at + found;
        let mark = bytes[start];
        let end = start + bytes[start..].iter().take_while(|byte| **byte == mark).count();
        at = end;
        let gap = if mark == b'_' { hidden_punctuation(text, start, end) } else { gap(text, start, end) };
        let Some(gap) = gap else { continue };
        match gaps.last_mut() {
            // Two runs that both want the mark between them see one and the same.
            Some(last) if last.at == gap.at => last.point = None,
            _ => gaps.push(gap),
        }
    }
    gaps
}

/// Where the run from `start` to `end` needs a mark, if it does.
fn gap(text: &str, start: usize, end: usize) -> Option<Gap> {
    let (before, behind) = (text.get(..start)?, text.get(end..)?);
    let mark = text.as_bytes()[start];
    let backslashes = before.len() - before.trim_end_matches('\\').len();
    let escaped = backslashes % 2 == 1;
    let run = if escaped { start + 1 } else { start };
    let next = behind.chars().next()?;
    let previous = if escaped { char::from(mark) } else { previous(before)? };
    // A single tilde is a range of numbers in Chinese, and behind `>` three of them open a code block.
    let tildes = mark == b'~';
    if run == end || tildes && (end - run < 2 || previous == '>') || [previous, next].contains(&'|') {
        return None;
    }
    if previous.is_whitespace() || next.is_whitespace() || !(is_cjk(previous) || is_cjk(next)) {
        return None;
    }
    // A variation selector is no punctuation for the parser, whatever it stands behind.
    let seen = if escaped { previous } else { before.chars().next_back()? };
    let delimiter = |c: char| matches!(c, '*' | '_' | '~');
    match (is_punctuation(seen), is_punctuation(next)) {
        (true, false) => Some(Gap { at: run, point: delimiter(previous).then_some(Side::Before), blank: false }),
        (false, true) if !tildes => Some(Gap { at: end, point: delimiter(next).then_some(Side::Behind), blank: false }),
        _ => None,
    }
}

/// Where a run of `_` behind Chinese punctuation with a variation selector needs a mark: `简体。︀_Simplified_`.
fn hidden_punctuation(text: &str, start: usize, end: usize) -> Option<Gap> {
    if start == 0 || text.as_bytes()[start - 1].is_ascii() {
        return None;
    }
    let (before, next) = (&text[..start], text[end..].chars().next()?);
    let base = previous(before)?;
    let hidden = !before.ends_with(base) && is_cjk(base) && is_punctuation(base);
    (hidden && !next.is_whitespace()).then_some(Gap { at: start, point: Some(Side::Alone), blank: false })
}

/// The last character, or the one that a variation selector at the end belongs to.
fn previous(before: &str) -> Option<char> {
    before.chars().rev().find(|c| !matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}'))
}

/// Whether the parser takes it for punctuation: what is left when letters, numbers, marks, spaces, and characters without a
/// shape of their own are taken away.
fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    let shapeless = matches!(c as u32,
        0x80..=0x9F | 0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF
        | 0xE000..=0xF8FF | 0xE0000..=0x10FFFF);
    !(shapeless || c.is_alphanumeric() || c.is_whitespace() || is_combining_mark(c))
}

/// Every character of the text that could be chosen as a mark, also those written as character references.
pub(super) fn used(text: &str) -> HashSet<char> {
    let mut used: HashSet<char> =
        text.chars().filter(|c| matches!(c, '\u{E000}'..='\u{F8FF}') || POINTS.contains(c)).collect();
    for (at, _) in text.match_indices("&#") {
        let digits = &text[at + 2..];
        let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (digits, 10),
        };
        let end = digits.bytes().take(8).take_while(u8::is_ascii_hexdigit).count();
        used.extend(u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32));
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> String {
        Mended::new(text).text().replace('\u{E000}', "◆").replace('\u{1DA87}', "◇")
    }

    #[test]
    fn marks_stand_between_run_and_punctuation() {
        assert_eq!(marked("**强调。**后文"), "**强调。◆**后文");
        assert_eq!(marked("前**《规划》**提出"), "前**◆《规划》◆**提出");
        assert_eq!(marked("**~~删。~~**后"), "**◇◆~~删。~~◇◆**后");
        assert_eq!(marked("a **b** c *(d)*e"), "a **b** c *(d)*e");
        assert_eq!(marked("约3~5天，\\*（x"), "约3~5天，\\*（x");
    }

    #[test]
    fn offsets_lead_back() {
        let text = "中**“甲”**乙**（丙）**丁";
        let mended = Mended::new(text);
        let at = mended.text().find('丙').unwrap();
        let range = mended.original(at..at + 3);
        assert_eq!(&text[range], "丙");
        assert_eq!(mended.clean(mended.text()).as_deref(), Some(text));
    }

    #[test]
    fn characters_of_the_text_are_never_marks() {
        let mended = Mended::new("\u{E000}&#xE001;&#57346;**甲。**乙");
        assert!(mended.text().contains('\u{E003}'), "{}", mended.text());
    }
}
