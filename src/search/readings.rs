//! How Chinese characters are read, so that pinyin and initials find titles and headings.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pinyin::ToPinyinMulti as _;
use rustc_hash::FxHashMap;

use super::words::Words;

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
    /// Where in `found` the words of two neighbours stand.
    neighbours: FxHashMap<(char, char), Range<u32>>,
    found: Vec<u32>,
    /// The usual readings of each character, as places in `spelled`.
    usual: FxHashMap<char, [Option<u32>; 2]>,
    numbers: FxHashMap<String, u32>,
    spelled: Vec<String>,
    /// The words of two readings, and of the initials of two.
    whole: FxHashMap<(u32, u32), u32>,
    initials: FxHashMap<(u8, u8), u32>,
}

impl Known {
    /// Pushes the numbers of `'shen'zhen` and `'sz` for each two neighbours in a heading, and of what follows from the
    /// second readings, to `words`. No word begins with the apostrophe, so that these stand among the words.
    pub fn push(&mut self, heading: &str, words: &mut Words, place: u32) {
        for pair in heading.chars().zip(heading.chars().skip(1)) {
            let found = match self.neighbours.get(&pair) {
                Some(found) => found.clone(),
                None => self.meet(pair, words),
            };
            let found = &self.found[found.start as usize..found.end as usize];
            found.iter().for_each(|number| words.push(*number, place));
        }
    }

    /// Looks up what two neighbours are found by.
    #[cold]
    fn meet(&mut self, (one, other): (char, char), words: &mut Words) -> Range<u32> {
        let start = self.found.len();
        let (firsts, seconds) = (self.usual(one), self.usual(other));
        for first in firsts.into_iter().flatten() {
            for second in seconds.into_iter().flatten() {
                let (a, b) = (&self.spelled[first as usize], &self.spelled[second as usize]);
                // Readings are of small letters, at least one.
                let initials = (a.as_bytes()[0], b.as_bytes()[0]);
                let whole = || words.add(["'", a, "'", b].concat().into());
                let whole = *self.whole.entry((first, second)).or_insert_with(whole);
                let short = || words.add(String::from_iter(['\'', initials.0.into(), initials.1.into()]).into());
                let short = *self.initials.entry(initials).or_insert_with(short);
                for number in [whole, short] {
                    if !self.found[start..].contains(&number) {
                        self.found.push(number);
                    }
                }
            }
        }
        let found = start as u32..self.found.len() as u32;
        self.neighbours.insert((one, other), found.clone());
        found
    }

    /// The usual readings of a character.
    fn usual(&mut self, c: char) -> [Option<u32>; 2] {
        if let Some(known) = self.usual.get(&c) {
            return *known;
        }
        let mut all = readings(c).into_iter().map(|reading| {
            let next = self.spelled.len() as u32;
            *self.numbers.entry(reading).or_insert_with_key(|reading| {
                self.spelled.push(reading.clone());
                next
            })
        });
        let own = [all.next(), all.next()];
        self.usual.insert(c, own);
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
        let (mut known, mut words) = (Known::default(), Words::default());
        ["深圳a深，圳", "深圳"].iter().for_each(|heading| known.push(heading, &mut words, 0));
        let keys: Vec<String> = words.sorted().keys.iter().map(|word| word.text().to_owned()).collect();
        assert!(keys.contains(&"'shen'zhen".to_owned()) && keys.contains(&"'sz".to_owned()), "{keys:?}");
        assert!(keys.iter().all(|key| key.starts_with("'s")), "{keys:?}");
    }
}
