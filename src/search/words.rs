//! The words of a batch: numbered as they are met, then sorted by counting.

use rustc_hash::FxHashMap;

use super::batch::{Place, Run};
use super::key::Word;
use super::pairs::begins;
use super::terms::words;

/// The words of a batch, and every place in which one stands.
#[derive(Default)]
pub struct Words {
    /// Words of texts.
    numbers: FxHashMap<Box<str>, u32>,
    /// Words of no text.
    others: Vec<(String, u32)>,
    /// The number of a word and its place, in the order of the texts.
    occurrences: Vec<(u32, u32)>,
}

impl Words {
    /// The number of a word of a text.
    fn number(&mut self, word: &str) -> u32 {
        match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                let next = self.count();
                self.numbers.insert(word.into(), next);
                next
            }
        }
    }

    /// Adds a word that no text has and that was not added yet; returns its number.
    pub fn add(&mut self, word: String) -> u32 {
        let next = self.count();
        self.others.push((word, next));
        next
    }

    /// Numbers begin with 0.
    fn count(&self) -> u32 {
        (self.numbers.len() + self.others.len()) as u32
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

    /// Every word in order, with where it stands.
    pub fn sorted(self) -> Run<Word> {
        let mut counts = vec![0; self.count() as usize];
        self.occurrences.iter().for_each(|(word, _)| counts[*word as usize] += 1);
        let others = self.others.into_iter().map(|(word, number)| (word.into(), number));
        let mut words: Vec<_> =
            self.numbers.into_iter().chain(others).map(|(word, number)| (Word::new(word), number)).collect();
        words.sort_unstable();
        let order: Vec<u32> = words.iter().map(|(_, number)| *number).collect();
        let mut next = begins(&counts, &order);
        let mut places = vec![0; self.occurrences.len()];
        for (word, place) in self.occurrences {
            let at = &mut next[word as usize];
            places[*at as usize] = place;
            *at += 1;
        }
        let mut run = Run::with_room(places.len());
        for (word, number) in words {
            let end = next[number as usize] as usize;
            let own = &places[end - counts[number as usize] as usize..end];
            run.push(word, own.iter().map(|place| Place::new(*place)));
        }
        run.whole()
    }
}
