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
    /// Calls `each` with what two neighbours in a heading are found by when pinyin is typed: `'shen'zhen` and `'sz`, with
    /// the two usual readings of each. No word begins with the apostrophe, so that these stand among the words. The
    /// same key may come twice.
    pub fn keys(&mut self, (one, other): (char, char), mut each: impl FnMut(&str)) {
        if !is_wide(one) || !is_wide(other) {
            return;
        }
        for c in [one, other] {
            self.0.entry(c).or_insert_with(|| readings(c));
        }
        let usual = |c: char| self.0.get(&c).into_iter().flatten().take(2);
        for first in usual(one) {
            for second in usual(other) {
                each(&format!("'{first}'{second}"));
                each(&format!("'{}{}", first.get(..1).unwrap_or(""), second.get(..1).unwrap_or("")));
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
        for pair in [('深', '圳'), ('圳', 'a'), ('a', '深')] {
            Known::default().keys(pair, |key| {
                keys.insert(key.to_owned());
            });
        }
        assert!(
            keys.contains("'shen'zhen") && keys.contains("'sz") && keys.iter().all(|key| key.starts_with("'s")),
            "{keys:?}"
        );
    }
}
