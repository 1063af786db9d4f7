//! The proof of a page: it is read again as a site will read it, and must show every character of its lines.

use super::block::{Block, Shape};
use super::ink::ink;
use super::words::{Meaning, Words};
use crate::document;
use crate::markdown::Options;
use crate::paths::SourcePath;
use crate::source::Source;

/// The characters that a page's text shows: its headings and what stands below them, in order.
pub(crate) fn shown(path: &SourcePath, text: &str) -> String {
    let source = Source::new(path.clone(), text);
    let body = document::read(&source, &Options::default()).value.body;
    let mut out = String::new();
    let mut next = 0;
    for section in &body.sections {
        let upto = section.heading.map_or(0, |heading| heading + 1);
        for heading in body.headings.get(next..upto).unwrap_or_default() {
            out.extend(ink(&heading.text));
        }
        next = upto.max(next);
        out.extend(ink(&section.text));
    }
    for heading in body.headings.get(next..).unwrap_or_default() {
        out.extend(ink(&heading.text));
    }
    out
}

/// The characters that some blocks should show as text; the words of a picture stand beside it.
pub(crate) fn meant(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match &block.shape {
            Shape::Table(rows) => rows.iter().flatten().for_each(|words| seen(words, &mut out)),
            _ => seen(&block.words, &mut out),
        }
    }
    out
}

fn seen(words: &Words, out: &mut String) {
    let mut at = 0;
    for mark in words.marks.iter().filter(|mark| matches!(mark.meaning, Meaning::Image(_))) {
        out.extend(ink(words.text.get(at..mark.start.max(at)).unwrap_or_default()));
        at = mark.end.max(at);
    }
    out.extend(ink(words.text.get(at..).unwrap_or_default()));
}

/// Whether two texts have the same characters; their order may differ where `moved` (footnotes and their marks).
pub(crate) fn same(one: &str, other: &str, moved: bool) -> bool {
    if one == other {
        return true;
    }
    if !moved {
        return false;
    }
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars
    };
    one.len() == other.len() && sorted(one) == sorted(other)
}

/// Where two texts begin to differ, in words.
pub(crate) fn difference(meant: &str, shown: &str) -> String {
    let same = meant.chars().zip(shown.chars()).take_while(|(one, other)| one == other).count();
    let from =
        |text: &str| text.chars().skip(same.saturating_sub(5)).take(20).collect::<String>().escape_debug().to_string();
    format!("`{}` is meant, and `{}` shown", from(meant), from(shown))
}
