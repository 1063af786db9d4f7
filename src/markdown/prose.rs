//! The plain text of a body, cut at its headings, for the search and for descriptions.

use super::cjk::{is_cjk_punctuation, is_counted};
use super::outline::Section;

/// The text as it grows.
#[derive(Debug, Default)]
pub(super) struct Prose {
    sections: Vec<Section>,
    heading: Option<usize>,
    text: String,
    /// The text of the section while a heading is read.
    set_aside: String,
}

impl Prose {
    /// Appends visible text.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The character in front; none at the start.
    pub(super) fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    /// Where the next text will stand, for [`Self::since`].
    pub(super) fn position(&self) -> usize {
        self.text.len()
    }

    /// The text since a position.
    pub(super) fn since(&self, position: usize) -> &str {
        self.text.get(position..).unwrap_or_default()
    }

    /// A block ends: what follows stands on its own line.
    pub(super) fn end_block(&mut self) {
        self.separate('\n');
    }

    /// A cell of a table ends.
    pub(super) fn end_cell(&mut self) {
        self.separate(' ');
    }

    /// A row of a table ends.
    pub(super) fn end_row(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
        }
        self.end_block();
    }

    fn separate(&mut self, by: char) {
        if self.last().is_some_and(|last| !last.is_whitespace()) {
            self.text.push(by);
        }
    }

    /// What follows is a heading's.
    pub(super) fn begin_heading(&mut self) {
        self.set_aside = std::mem::take(&mut self.text);
    }

    /// The heading's text; the section of heading number `index` begins.
    pub(super) fn end_heading(&mut self, index: usize) -> String {
        let heading = std::mem::take(&mut self.text);
        self.text = std::mem::take(&mut self.set_aside);
        self.end_section();
        self.heading = Some(index);
        heading.trim().to_owned()
    }

    fn end_section(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        text.truncate(text.trim_end().len());
        if self.heading.is_some() || !text.is_empty() {
            self.sections.push(Section { heading: self.heading, text });
        }
    }

    /// All sections.
    pub(super) fn finish(mut self) -> Vec<Section> {
        self.end_section();
        self.sections
    }
}

/// What a character that begins with this byte is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A letter or a digit.
    Letter,
    /// What stands between two of them in a word.
    Joiner,
    /// No part of a word.
    None,
    /// One of U+5000 to U+9FFF, most of what is Chinese.
    Han,
    /// That hangs on its other bytes.
    Unknown,
}

const PARTS: [Part; 256] = {
    let mut parts = [Part::None; 256];
    let mut at = 0;
    while at < 256 {
        parts[at] = match at as u8 {
            b'\'' | b'-' | b'_' | b'.' => Part::Joiner,
            0xE5..=0xE9 => Part::Han,
            0x80.. => Part::Unknown,
            byte if byte.is_ascii_alphanumeric() => Part::Letter,
            _ => Part::None,
        };
        at += 1;
    }
    parts
};

/// How many Han and kana characters and how many words of other scripts a text has.
pub(super) fn count(text: &str) -> (usize, usize) {
    let (mut characters, mut words, mut inside) = (0, 0, false);
    let bytes = text.as_bytes();
    let part = |at: usize| bytes.get(at).map(|byte| PARTS[usize::from(*byte)]);
    let mut at = 0;
    while let Some(first) = part(at) {
        match first {
            Part::Letter => {
                words += usize::from(!inside);
                inside = true;
                while matches!(part(at), Some(Part::Letter | Part::Joiner)) {
                    at += 1;
                }
            }
            Part::Joiner => at += 1,
            Part::None => {
                inside = false;
                at += 1;
            }
            Part::Han => {
                inside = false;
                while part(at) == Some(Part::Han) {
                    characters += 1;
                    at += 3;
                }
            }
            Part::Unknown => {
                let c = text[at..].chars().next().unwrap_or_default();
                at += c.len_utf8();
                let counted = is_counted(c);
                characters += usize::from(counted);
                // The marks between Chinese characters are told sooner than asked for in the tables of Unicode.
                let is_letter = || !is_cjk_punctuation(c) && c.is_alphanumeric();
                let part = !counted && (is_letter() || inside && c == '’');
                words += usize::from(part && !inside);
                inside = part;
            }
        }
    }
    (characters, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_is_counted_by_character_and_the_rest_by_word() {
        assert_eq!(count("西安 has 13.5 million people, 对吗？ don't"), (4, 5));
        assert_eq!(count("-a- .b '_ é.c é-中ñ’s一丁。"), (3, 5));
        assert_eq!(count("a，b“c”…d——e《f》g（h）'！"), (0, 8));
        let mut marks = ('\0'..=char::MAX).filter(|c| is_cjk_punctuation(*c));
        assert!(marks.all(|c| !c.is_alphanumeric() && !is_counted(c)));
    }
}
