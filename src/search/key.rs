//! Terms as keys that sort as JavaScript sorts strings: by UTF-16 units, in which what needs two units stands below U+E000.

use std::cmp::Ordering;
use std::sync::Arc;

/// Two neighbouring characters, or one that ends a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair(u64);

/// The bits of one character's rank.
const BITS: u32 = 21;

impl Pair {
    /// The key of two characters.
    pub fn new(first: char, second: Option<char>) -> Self {
        Self::of_ranks(rank(first), second.map_or(0, rank))
    }

    /// The key of two characters of these ranks, of which the second one may be 0: none.
    pub fn of_ranks(first: u32, second: u32) -> Self {
        Self(u64::from(first) << BITS | u64::from(second))
    }

    /// The characters.
    pub fn characters(self) -> (char, Option<char>) {
        let second = self.0 & ((1 << BITS) - 1);
        (back(self.0 >> BITS), (second != 0).then(|| back(second)))
    }
}

/// A number for each character, not 0, that sorts as UTF-16 does.
pub fn rank(c: char) -> u32 {
    match u32::from(c) {
        code @ 0..0xd800 => code,
        code @ 0xe000..0x1_0000 => code + 0x10_0000,
        code => code - 0x1_0000 + 0xd800,
    }
}

fn back(rank: u64) -> char {
    let rank = u32::try_from(rank).unwrap_or(0);
    let code = match rank {
        0..0xd800 => rank,
        0xd800..0x10_d800 => rank - 0xd800 + 0x1_0000,
        _ => rank - 0x10_0000,
    };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A word, or a key of pinyin; cloning shares it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// Its first bytes as a number, which tells most words apart.
    start: u64,
    rest: Rest,
}

impl Word {
    /// The key of a word.
    pub fn new(text: Arc<str>) -> Self {
        let mut start = [0; 8];
        start.iter_mut().zip(text.bytes()).for_each(|(own, byte)| *own = unit(byte));
        Self { start: u64::from_be_bytes(start), rest: Rest(text) }
    }

    /// The word.
    pub fn text(&self) -> &str {
        &self.rest.0
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rest(Arc<str>);

impl Ord for Rest {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.bytes().map(unit).cmp(other.0.bytes().map(unit))
    }
}

impl PartialOrd for Rest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// UTF-8 sorts by code points; only its leading bytes for U+E000 to U+FFFF have to move up.
fn unit(byte: u8) -> u8 {
    if matches!(byte, 0xee | 0xef) { byte + 0x10 } else { byte }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_javascript_sorts_and_come_back() {
        let firsts = ['一', '𠀀', '\u{f900}', '가', '\u{10ffff}', '\u{e000}'];
        let mut pairs: Vec<(char, Option<char>)> = firsts
            .iter()
            .flat_map(|a| [(*a, None), (*a, Some('𠮷')), (*a, Some('\u{f900}')), (*a, Some('\u{ffff}'))])
            .collect();
        for (first, second) in &pairs {
            assert_eq!(Pair::new(*first, *second).characters(), (*first, *second));
        }
        pairs.sort_by_key(|(a, b)| Pair::new(*a, *b));
        let text = |(a, b): &(char, Option<char>)| [Some(*a), *b].into_iter().flatten().collect::<String>();
        let mut words: Vec<Word> = pairs.iter().map(|pair| Word::new(text(pair).into())).collect();
        let units = |word: &Word| word.text().encode_utf16().collect::<Vec<_>>();
        assert!(words.windows(2).all(|pair| units(&pair[0]) < units(&pair[1])));
        words.reverse();
        words.sort();
        assert!(words.iter().map(|word| word.text().to_owned()).eq(pairs.iter().map(text)));
    }
}
