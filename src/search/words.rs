//! The words of a batch: numbered as they are met, then sorted by counting.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::batch::{Place, Run};
use super::key::Word;
use super::pairs::begins;
use super::terms::{beginning, words};

/// The words of a batch, and every place in which one stands.
#[derive(Default)]
pub struct Words {
    /// Every word that was met, in this batch or in one before it.
    met: Vec<Word>,
    /// The numbers of words of texts, which are positions in `met`: of those that [`packed`] takes, and of the others.
    short: FxHashMap<u64, u32>,
    long: FxHashMap<Arc<str>, u32>,
    /// The number of a word and its place, in the order of the texts.
    occurrences: Vec<(u32, u32)>,
}

impl Words {
    /// The number of a word of a text.
    fn number(&mut self, word: &str) -> u32 {
        let short = packed(word);
        let known = match short {
            Some(short) => self.short.get(&short),
            None => self.long.get(word),
        };
        known.copied().unwrap_or_else(|| self.meet(word, short))
    }

    #[cold]
    fn meet(&mut self, word: &str, short: Option<u64>) -> u32 {
        let word: Arc<str> = word.into();
        let number = self.add(word.clone());
        match short {
            Some(short) => self.short.insert(short, number),
            None => self.long.insert(word, number),
        };
        number
    }

    /// Adds a word that no text has and that was not added yet; returns its number.
    pub fn add(&mut self, word: Arc<str>) -> u32 {
        self.met.push(Word::new(word));
        self.met.len() as u32 - 1
    }

    /// How many different words were met.
    pub fn met(&self) -> usize {
        self.met.len()
    }

    /// Adds a word of a text that has no other terms than itself: one of letters alone, or of digits.
    pub fn read_whole(&mut self, word: &str, place: u32) {
        let number = self.number(beginning(word));
        self.push(number, place);
    }

    /// Adds the terms of a word of a text.
    pub fn read(&mut self, word: &str, place: u32) {
        words(word, &mut |word| {
            let number = self.number(word);
            self.push(number, place);
        });
    }

    /// Adds a word by its number.
    pub fn push(&mut self, number: u32, place: u32) {
        self.occurrences.push((number, place));
    }

    /// Takes away what was added since there were so many.
    pub fn back_to(&mut self, length: usize) {
        self.occurrences.truncate(length);
    }

    /// How many words were added.
    pub fn len(&self) -> usize {
        self.occurrences.len()
    }

    /// Every word of the batch in order, with where it stands; the next batch begins.
    pub fn sorted(&mut self) -> Run<Word> {
        let mut counts = vec![0; self.met.len()];
        self.occurrences.iter().for_each(|(word, _)| counts[*word as usize] += 1);
        let used = (0..).zip(&self.met).zip(&counts).filter(|(_, count)| **count > 0);
        let mut words: Vec<(&Word, u32)> = used.map(|((number, word), _)| (word, number)).collect();
        words.sort_unstable();
        let order: Vec<u32> = words.iter().map(|(_, number)| *number).collect();
        let mut next = begins(&counts, &order);
        let mut places = vec![0; self.occurrences.len()];
        for (word, place) in &self.occurrences {
            let at = &mut next[*word as usize];
            places[*at as usize] = *place;
            *at += 1;
        }
        let mut run = Run::with_room(places.len());
        for (word, number) in words {
            let end = next[number as usize] as usize;
            let own = &places[end - counts[number as usize] as usize..end];
            run.begin(word.clone(), Place::new(own[0]));
            own[1..].iter().for_each(|place| run.add(Place::new(*place)));
        }
        self.occurrences.clear();
        run.whole()
    }
}

/// A word of at most eight bytes as a number.
fn packed(word: &str) -> Option<u64> {
    let bytes = word.as_bytes();
    let half = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
    match (bytes.first_chunk(), bytes.last_chunk()) {
        _ if bytes.len() > 8 => None,
        // They overlap where there are fewer.
        (Some(first), Some(last)) => Some(half(first) | half(last) << (8 * (bytes.len() - 4))),
        _ => Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_their_bytes() {
        let bytes = |word: &str| packed(word).map(u64::to_le_bytes);
        for word in ["a", "ab", "abc", "abcd", "abcde", "aaaaaaa", "abcdefgh"] {
            let mut wanted = [0; 8];
            wanted[..word.len()].copy_from_slice(word.as_bytes());
            assert_eq!(bytes(word), Some(wanted));
        }
        assert_eq!(bytes("abcdefghi"), None);
    }
}
