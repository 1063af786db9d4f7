//! Lines of Chinese and ASCII, which nearly all texts are made of: their terms are read as they stand, without a text in
//! normal form between.

use super::normalise::{alone, code, is_tight, is_wide, is_word};
use super::pairs::Pairs;
use super::words::Words;

/// Adds the terms of the lines that a text begins with, the same as [`super::normalise::normalise`] and
/// [`super::terms::terms`] find in them; returns the rest, from the first line on in which something must be seen together
/// with what stands beside it.
pub fn read<'t>(text: &'t str, pairs: &mut Pairs, words: &mut Words, place: u32) -> &'t str {
    let mut reading = Reading { pairs, words, place, line: 0, before: (0, 0) };
    match reading.lines(text) {
        Some(()) => "",
        None => {
            reading.pairs.back_to(reading.before.0);
            reading.words.back_to(reading.before.1);
            &text[reading.line..]
        }
    }
}

const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const DIGIT: u8 = 4;

/// Of each byte, whether it is a letter or a digit of ASCII.
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

struct Reading<'r> {
    pairs: &'r mut Pairs,
    words: &'r mut Words,
    place: u32,
    /// Where the line begins, and how much there was before it.
    line: usize,
    before: (usize, usize),
}

impl Reading<'_> {
    fn lines(&mut self, text: &str) -> Option<()> {
        self.begin_line(0);
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(first) = bytes.get(at) {
            match first {
                0xe0..=0xef => {
                    let han = self.pairs.push_han(&bytes[at..]);
                    if han == 0 {
                        self.character(alone(code(bytes[at..].first_chunk()?)))?;
                    }
                    at += 3 * han.max(1);
                }
                // A blank ends no run: beside Chinese characters it parts nothing.
                b' ' => at += 1,
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                    let mut kinds = 0;
                    let length = bytes[at..].iter().map(|byte| KINDS[usize::from(*byte)]).take_while(|kind| *kind > 0);
                    let length = length.inspect(|kind| kinds |= kind).count();
                    self.word(&text[at..at + length], kinds);
                    at += length;
                }
                b'!'..=b'~' => {
                    self.pairs.end_run();
                    at += 1;
                }
                b'\n' => {
                    at += 1;
                    self.begin_line(at);
                }
                0xc0..=0xdf => {
                    self.character(alone(u16::from(first & 0x1f) << 6 | u16::from(bytes[at + 1] & 0x3f)))?;
                    at += 2;
                }
                _ => return None,
            }
        }
        self.pairs.end_run();
        Some(())
    }

    fn begin_line(&mut self, at: usize) {
        self.pairs.end_run();
        (self.line, self.before) = (at, (self.pairs.mark(), self.words.len()));
    }

    /// Adds a word, in which there are letters and digits of these kinds.
    fn word(&mut self, word: &str, kinds: u8) {
        self.pairs.end_run();
        let lower;
        let word = if kinds & CAPITAL > 0 {
            lower = word.to_ascii_lowercase();
            &lower
        } else {
            word
        };
        if kinds > DIGIT {
            self.words.read(word, self.place);
        } else {
            self.words.read_whole(word, self.place);
        }
    }

    /// Adds a character in normal form; none if it has none of its own, or could be a part of a word.
    fn character(&mut self, form: u16) -> Option<()> {
        let c = char::from_u32(form.into())?;
        match c {
            '\0' | '\n' => return None,
            ' ' => {}
            _ if is_tight(c) => self.pairs.push_character(c),
            // Blanks part these.
            _ if is_wide(c) || is_word(c) => return None,
            _ => self.pairs.end_run(),
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use crate::markdown::Section;
    use crate::search::SearchPage;
    use crate::search::batch::Reader;
    use crate::search::chunk::chunks;
    use crate::search::key::Pair;
    use crate::search::normalise::normalise;
    use crate::search::terms::{Term, terms};

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn lines_have_the_terms_of_the_whole(
            parts in prop::collection::vec(prop_oneof![
                6 => "[一-龥國學]{1,4}",
                4 => "[a-zA-Z0-9]{1,5}",
                4 => "[ \t\r\n\u{a0}\u{3000}\u{200b}]{1,2}",
                3 => "[，。（）：“”—…《》、.,;'_-]{1,2}",
                1 => "[ぁ-ヿ｡-ﾟ가-힣ก-๛]{1,3}",
                1 => "[\u{300}-\u{303}\u{3099}À-ӿﬁ㎏①Ａ-ｚ０-９]{1,2}",
            ], 0..12)
        ) {
            let text = parts.concat();
            let (mut pairs, mut words, mut count) = (BTreeSet::new(), BTreeSet::new(), 0);
            terms(&normalise(&text), &mut |term| {
                count += 1;
                match term {
                    Term::Pair(first, second) => drop(pairs.insert(Pair::new(first, second))),
                    Term::Word(word) => drop(words.insert(word.to_owned())),
                }
            });
            let sections = [Section { heading: None, text: text.clone() }];
            let page = SearchPage { sections: &sections, ..SearchPage::default() };
            let batch = Reader::default().read(&chunks(0, &page), &[page]);
            prop_assert_eq!(batch.pairs.keys, pairs.into_iter().collect::<Vec<_>>(), "{:?}", text);
            let found: BTreeSet<String> = batch.words.keys.iter().map(|word| word.text().to_owned()).collect();
            prop_assert_eq!(found, words, "{:?}", text);
            prop_assert_eq!(batch.lengths, [count], "{:?}", text);
        }
    }
}
