//! How Chinese characters are read, so that pinyin and initials find titles and headings.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use pinyin::ToPinyinMulti as _;
use rustc_hash::FxHashMap;

use super::normalise::is_wide;

/// The most readings that one character is found by; those after are rare.
const MOST: usize = 4;

/// The toneless readings of a character, the usual one first; `ü` is written both ways that people type it, `v` and
/// `u`. Empty for what is no Chinese character.
pub fn readings(c: char) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for plain in c.to_pinyin_multi().into_iter().flatten().map(|reading| reading.plain()) {
        let spellings = [plain.replace('ü', "v"), plain.replace(['ü', 'v'], "u")];
        for spelling in spellings.into_iter().filter(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase())) {
            if !all.contains(&spelling) && all.len() < MOST {
                all.push(spelling);
            }
        }
    }
    all
}

/// The readings of the characters of a site's titles and headings: `shen` with `深身神`. Both are in order.
pub fn table(characters: &BTreeSet<char>) -> BTreeMap<String, String> {
    let mut table: BTreeMap<String, String> = BTreeMap::new();
    for c in characters {
        for reading in readings(*c) {
            table.entry(reading).or_default().push(*c);
        }
    }
    table
}

/// What neighbours in headings are found by when pinyin is typed, as numbers of words; each is looked up once.
#[derive(Default)]
pub struct Known {
    /// The two usual readings of each character.
    usual: FxHashMap<char, Vec<Rc<Reading>>>,
    readings: FxHashMap<String, Rc<Reading>>,
    /// The words of two readings, and of the initials of two.
    whole: FxHashMap<(u32, u32), u32>,
    initials: FxHashMap<(u8, u8), u32>,
    of_neighbours: FxHashMap<(char, char), Vec<u32>>,
}

/// A reading, with a number that is quicker to compare.
struct Reading {
    number: u32,
    text: String,
}

impl Known {
    /// The numbers of `'shen'zhen` and `'sz`, and of what follows from the second readings. No word begins with the
    /// apostrophe, so that these stand among the words; `add` is asked once for the number of each. The same may come
    /// twice.
    pub fn words(&mut self, pair: (char, char), mut add: impl FnMut(String) -> u32) -> &[u32] {
        if !self.of_neighbours.contains_key(&pair) {
            let words = self.learn(pair, &mut add);
            self.of_neighbours.insert(pair, words);
        }
        &self.of_neighbours[&pair]
    }

    fn learn(&mut self, (one, other): (char, char), add: &mut impl FnMut(String) -> u32) -> Vec<u32> {
        let mut words = vec![];
        if !is_wide(one) || !is_wide(other) {
            return words;
        }
        let (one, other) = (self.usual(one), self.usual(other));
        for first in &one {
            for second in &other {
                let whole = self.whole.entry((first.number, second.number));
                words.push(*whole.or_insert_with(|| add(["'", &first.text, "'", &second.text].concat())));
                // Readings are of small letters, at least one.
                let (a, b) = (first.text.as_bytes()[0], second.text.as_bytes()[0]);
                let initials = || String::from_iter(['\'', char::from(a), char::from(b)]);
                words.push(*self.initials.entry((a, b)).or_insert_with(|| add(initials())));
            }
        }
        words
    }

    /// The usual readings of a character.
    fn usual(&mut self, c: char) -> Vec<Rc<Reading>> {
        let known = self.usual.entry(c).or_insert_with(|| {
            let own = readings(c).into_iter().take(2);
            own.map(|text| {
                let number = self.readings.len() as u32;
                let new = || Rc::new(Reading { number, text: text.clone() });
                self.readings.entry(text.clone()).or_insert_with(new).clone()
            })
            .collect()
        });
        known.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_with_more_than_one_reading() {
        assert!(readings('重').contains(&"chong".to_owned()) && readings('重').contains(&"zhong".to_owned()));
        assert_eq!(readings('绿')[..2], ["lv".to_owned(), "lu".to_owned()]);
        assert!(readings('a').is_empty());
    }

    #[test]
    fn neighbours_make_terms() {
        let mut keys = BTreeSet::new();
        for pair in [('深', '圳'), ('圳', 'a'), ('a', '深')] {
            Known::default().words(pair, |key| {
                keys.insert(key);
                0
            });
        }
        assert!(
            keys.contains("'shen'zhen") && keys.contains("'sz") && keys.iter().all(|key| key.starts_with("'s")),
            "{keys:?}"
        );
    }
}
