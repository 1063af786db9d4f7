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

/// The characters that some blocks should show; the text of a picture is shown only where the picture is not.
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
