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
    /// What a normalised heading is found by when pinyin is typed: each two neighbours as `'shen'zhen`, and as `'sz`,
    /// with the two usual readings of each. No word begins with the apostrophe, so that these stand among the words.
    pub fn keys(&mut self, heading: &str) -> BTreeSet<String> {
        let characters: Vec<char> = heading.chars().collect();
        for c in &characters {
            self.0.entry(*c).or_insert_with(|| if is_wide(*c) { readings(*c) } else { Vec::new() });
        }
        let usual = |c: &char| self.0.get(c).into_iter().flatten().take(2);
        let mut keys = BTreeSet::new();
        for pair in characters.windows(2) {
            for first in usual(&pair[0]) {
                for second in usual(&pair[1]) {
                    keys.insert(format!("'{first}'{second}"));
                    keys.extend(first.get(..1).zip(second.get(..1)).map(|(a, b)| format!("'{a}{b}")));
                }
            }
        }
        keys
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
        let keys = Known::default().keys("深圳a深");
        assert!(keys.contains("'shen'zhen") && keys.contains("'sz") && !keys.contains("'zs"));
    }
}
