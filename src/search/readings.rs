//! How Chinese characters are read, so that pinyin and initials find titles and headings.

use std::collections::{BTreeMap, BTreeSet};

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
        for spelling in spellings.into_iter().filter(|s| s.bytes().all(|b| b.is_ascii_lowercase())) {
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
    /// The two usual readings of characters.
    readings: FxHashMap<char, Vec<u32>>,
    /// All readings, which stand for their places.
    spelled: Vec<String>,
    /// The words of two readings: whole, and their initials.
    of_readings: FxHashMap<(u32, u32), [u32; 2]>,
    of_neighbours: FxHashMap<(char, char), Vec<u32>>,
}

impl Known {
    /// The numbers of `'shen'zhen` and `'sz`, and of what follows from the second readings. No word begins with the
    /// apostrophe, so that these stand among the words; `number` knows the number of each. The same may come twice.
    pub fn words(&mut self, pair: (char, char), mut number: impl FnMut(&str) -> u32) -> &[u32] {
        if !self.of_neighbours.contains_key(&pair) {
            let words = self.learn(pair, &mut number);
            self.of_neighbours.insert(pair, words);
        }
        &self.of_neighbours[&pair]
    }

    fn learn(&mut self, (one, other): (char, char), number: &mut impl FnMut(&str) -> u32) -> Vec<u32> {
        let mut words = vec![];
        if !is_wide(one) || !is_wide(other) {
            return words;
        }
        let (one, other) = (self.usual(one), self.usual(other));
        for first in one {
            for second in &other {
                let (a, b) = (&self.spelled[first as usize], &self.spelled[*second as usize]);
                let spell = || {
                    let initials = format!("'{}{}", a.get(..1).unwrap_or(""), b.get(..1).unwrap_or(""));
                    [number(&format!("'{a}'{b}")), number(&initials)]
                };
                words.extend(self.of_readings.entry((first, *second)).or_insert_with(spell).iter());
            }
        }
        words
    }

    /// The usual readings of a character, as places among all.
    fn usual(&mut self, c: char) -> Vec<u32> {
        if let Some(known) = self.readings.get(&c) {
            return known.clone();
        }
        let mut own = vec![];
        for reading in readings(c).into_iter().take(2) {
            let known = self.spelled.iter().position(|other| *other == reading);
            own.push(known.unwrap_or(self.spelled.len()) as u32);
            if known.is_none() {
                self.spelled.push(reading);
            }
        }
        self.readings.insert(c, own.clone());
        own
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
                keys.insert(key.to_owned());
                0
            });
        }
        assert!(
            keys.contains("'shen'zhen") && keys.contains("'sz") && keys.iter().all(|key| key.starts_with("'s")),
            "{keys:?}"
        );
    }
}
