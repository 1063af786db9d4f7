//! How Chinese characters are read, so that pinyin and initials find titles and headings.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::ToPinyinMulti as _;
use rustc_hash::FxHashMap;

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

/// What a normalised heading is found by when pinyin is typed: each two neighbours as `shen'zhen`, and as `sz`.
pub fn terms(heading: &str, known: &FxHashMap<char, Vec<String>>) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    let mut before: Option<&Vec<String>> = None;
    for c in heading.chars() {
        let own = known.get(&c);
        if let (Some(before), Some(own)) = (before, own) {
            for first in before {
                for second in own {
                    terms.insert(format!("{first}'{second}"));
                    terms.extend(first.get(..1).zip(second.get(..1)).map(|(a, b)| format!("{a}{b}")));
                }
            }
        }
        before = own;
    }
    terms
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
        let known = "深圳".chars().map(|c| (c, readings(c))).collect();
        let terms = terms("深圳a深", &known);
        assert!(terms.contains("shen'zhen") && terms.contains("sz") && !terms.contains("zs"));
    }
}
