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
        let byte = at as u8;
        parts[at] = match byte {
            0xE5..=0xE9 => Part::Han,
            0x80.. => Part::Unknown,
            _ if is_joiner(byte) => Part::Joiner,
            _ if is_letter(byte) => Part::Letter,
            _ => Part::None,
        };
        at += 1;
    }
    parts
};

const fn is_letter(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
}

const fn is_joiner(byte: u8) -> bool {
    (byte == b'\'') | (byte == b'-') | (byte == b'_') | (byte == b'.')
}

/// So many bytes of ASCII are counted at once.
const BLOCK: usize = 32;

/// How many words begin in a block of ASCII, and whether its end is inside of one. A word begins at a letter behind what
/// is no part of a word, which a processor tells of many bytes at once; where a joiner stands behind that, they are read
/// one by one.
fn words_of(block: &[u8; BLOCK], mut inside: bool) -> (usize, bool) {
    let letters = block.map(|byte| u8::from(is_letter(byte)));
    // Behind the one in front, which is inside of a word or not.
    let mut parts = [u8::from(inside); BLOCK + 1];
    for at in 0..BLOCK {
        parts[at + 1] = letters[at] | u8::from(is_joiner(block[at]));
    }
    let (mut begun, mut lonely) = (0, 0);
    for at in 0..BLOCK {
        begun += letters[at] & !parts[at];
        lonely |= (parts[at + 1] ^ letters[at]) & !parts[at];
    }
    if lonely == 0 {
        return (begun.into(), parts[BLOCK] > 0);
    }
    let mut words = 0;
    for byte in block {
        words += usize::from(is_letter(*byte) && !inside);
        inside = is_letter(*byte) || inside && is_joiner(*byte);
    }
    (words, inside)
}

/// How many Han and kana characters and how many words of other scripts a text has.
pub(super) fn count(text: &str) -> (usize, usize) {
    let (mut characters, mut words, mut inside) = (0, 0, false);
    let bytes = text.as_bytes();
    let part = |at: usize| bytes.get(at).map(|byte| PARTS[usize::from(*byte)]);
    let mut at = 0;
    while let Some(first) = part(at) {
        if first != Part::Han
            && let Some(block) = bytes[at..].first_chunk().filter(|block| block.is_ascii())
        {
            let (begun, end) = words_of(block, inside);
            words += begun;
            inside = end;
            at += BLOCK;
            continue;
        }
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
            // Those of U+4E00 to U+4FFF.
            Part::Unknown if bytes[at] == 0xE4 && bytes[at + 1] >= 0xB8 => {
                inside = false;
                characters += 1;
                at += 3;
            }
            Part::Unknown => {
                let c = text[at..].chars().next().unwrap_or_default();
                at += c.len_utf8();
                // The marks between Chinese characters are told sooner than asked for in the tables of Unicode.
                let mark = is_cjk_punctuation(c);
                let counted = !mark && is_counted(c);
                let part = if mark { inside && c == '’' } else { !counted && c.is_alphanumeric() };
                characters += usize::from(counted);
                words += usize::from(part && !inside);
                inside = part;
            }
        }
    }
    (characters, words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn many_bytes_at_once_are_counted_as_one_by_one(
            parts in prop::collection::vec(prop_oneof![8 => "[a-zA-Z0-9]{1,9}", 6 => " {1,2}", 3 => "[-'_.,;\n]{1,2}", 1 => "[中文é’]"], 0..60)
        ) {
            let text = parts.concat();
            let (mut characters, mut words, mut inside) = (0, 0, false);
            for c in text.chars() {
                characters += usize::from(is_counted(c));
                let letter = c.is_alphanumeric() && !is_counted(c);
                words += usize::from(letter && !inside);
                inside = letter || inside && matches!(c, '\'' | '-' | '_' | '.' | '’');
            }
            prop_assert_eq!(count(&text), (characters, words), "{:?}", text);
        }
    }

    #[test]
    fn han_is_counted_by_character_and_the_rest_by_word() {
        assert_eq!(count("西安 has 13.5 million people, 对吗？ don't"), (4, 5));
        assert_eq!(count("-a- .b '_ é.c é-中ñ’s一丁。"), (3, 5));
        assert_eq!(count("a，b“c”…d——e《f》g（h）'！"), (0, 8));
        assert_eq!(count(&"don't 'say' -- so_1 ".repeat(20)), (0, 60));
        assert_eq!(count(&"a well-known (plain) text, and 2.5 more\n".repeat(20)), (0, 140));
        let mut marks = ('\0'..=char::MAX).filter(|c| is_cjk_punctuation(*c));
        assert!(marks.all(|c| !c.is_alphanumeric() && !is_counted(c)));
    }
}
