//! How Chinese characters are read, so that pinyin and initials find titles and headings.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pinyin::ToPinyinMulti as _;

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

/// The readings of characters, each looked up once.
#[derive(Default)]
pub struct Known(HashMap<char, Vec<String>>);

impl Known {
    /// Calls `each` with what a normalised heading is found by when pinyin is typed: each two neighbours as `'shen'zhen`,
    /// and as `'sz`, with the two usual readings of each. No word begins with the apostrophe, so that these stand among
    /// the words. The same key may come twice.
    pub fn keys(&mut self, heading: &str, mut each: impl FnMut(&str)) {
        for c in heading.chars().filter(|c| is_wide(*c)) {
            self.0.entry(c).or_insert_with(|| readings(c));
        }
        let usual = |c: char| self.0.get(&c).into_iter().flatten().take(2);
        let mut key = String::with_capacity(16);
        for (one, other) in heading.chars().zip(heading.chars().skip(1)) {
            for first in usual(one) {
                for second in usual(other) {
                    key.clear();
                    key.extend(["'", first, "'", second]);
                    each(&key);
                    key.clear();
                    key.extend(["'", first.get(..1).unwrap_or(""), second.get(..1).unwrap_or("")]);
                    each(&key);
                }
            }
        }
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
        Known::default().keys("深圳a深", |key| {
            keys.insert(key.to_owned());
        });
        assert!(keys.contains("'shen'zhen") && keys.contains("'sz") && !keys.contains("'zs"));
    }
}
