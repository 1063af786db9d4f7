//! Code and the name of its language into HTML with classes: pure, linear in time, and the same for the same text.
//!
//! [`tables`] describes most languages by their words, comments, texts and a few traits; one scanner, [`code`], reads them
//! all. Languages of another build (markup, style sheets, key files, …) have a scanner each. A scanner says which bytes are
//! of which [`Kind`]; [`html`] writes them. Nothing is parsed: half a statement, or one in a wrong language, is coloured as
//! well as it can be.

mod code;
mod css;
mod diff;
mod html;
mod json;
mod key_files;
mod kind;
mod lexer;
mod markdown;
mod marks;
mod markup;
mod memory;
mod numbers;
mod quotes;
mod session;
mod syntax;
mod tables;
mod tex;
mod yaml;

pub use html::{lines, write};
pub use kind::{Kind, Token};
pub use memory::remembered;
pub use tables::{Language, language, languages};

use kind::Tokens;

/// How deep languages may stand inside one another: a style in a page in a fence of a Markdown file.
const DEEPEST: u8 = 4;

/// What is to be coloured in a text, in its order and without overlaps; offsets are bytes of `text`.
pub fn tokens(text: &str, language: &'static Language) -> Vec<Token> {
    // A token every eight bytes is about what dense code has.
    let mut out = Tokens::with_capacity(text.len() / 8);
    // Offsets are of four bytes; a longer text is no code that anybody reads.
    if u32::try_from(text.len()).is_ok() {
        language.scan(Part { text, start: 0, end: text.len(), depth: 0 }, &mut out);
    }
    out.list
}

/// A part of a text, and how many languages it stands in.
#[derive(Clone, Copy)]
struct Part<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    depth: u8,
}

impl<'t> Part<'t> {
    /// A part of this part, in a language of its own; none if it would be too deep.
    fn inner(self, start: usize, end: usize) -> Option<Self> {
        (self.depth < DEEPEST && start < end).then(|| Self {
            start,
            end: end.min(self.end),
            depth: self.depth + 1,
            ..self
        })
    }

    /// The byte at an offset; 0 behind the end.
    fn byte(self, at: usize) -> u8 {
        if at < self.end { self.text.as_bytes().get(at).copied().unwrap_or(0) } else { 0 }
    }

    /// Whether `what` stands at an offset, inside this part.
    fn has(self, at: usize, what: &str) -> bool {
        let end = at + what.len();
        end <= self.end && self.text.as_bytes().get(at..end) == Some(what.as_bytes())
    }

    /// Where `what` begins, at or behind an offset; the end if it does not.
    fn find(self, at: usize, what: &str) -> Option<usize> {
        let place = self.text.as_bytes().get(at..self.end)?;
        let first = *what.as_bytes().first()?;
        let mut from = 0;
        while let Some(found) = place.get(from..)?.iter().position(|byte| *byte == first) {
            let start = from + found;
            if place.get(start..start + what.len()) == Some(what.as_bytes()) {
                return Some(at + start);
            }
            from = start + 1;
        }
        None
    }

    /// The end of the line that an offset is in, without its line feed.
    fn line_end(self, at: usize) -> usize {
        self.find(at, "\n").unwrap_or(self.end)
    }

    /// The offset of the first byte that `skip` does not want.
    fn skip(self, mut at: usize, skip: impl Fn(u8) -> bool) -> usize {
        while at < self.end && skip(self.byte(at)) {
            at += 1;
        }
        at
    }

    /// The bytes between two offsets.
    fn bytes(self, start: usize, end: usize) -> &'t [u8] {
        self.text.as_bytes().get(start..end).unwrap_or_default()
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}

/// Letters of any script, digits and the low line.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
