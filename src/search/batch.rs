//! The terms of a batch of chunks, sorted, each with the chunks that it stands in.

use rustc_hash::FxHashMap;

use super::SearchPage;
use super::chunk::Chunk;
use super::key::{Pair, Word, rank};
use super::normalise::normalise;
use super::readings::Known;
use super::steps::Steps;
use super::terms::{Term, terms};

/// How many chunks make one batch: as many as an occurrence has room for. A batch is sorted in a few megabytes, which fit
/// the cache of a processor.
pub const BATCH: usize = 1 << CHUNK_BITS;
const CHUNK_BITS: u32 = 8;
const FIELD_BITS: u32 = 2;
/// Where in an occurrence the number of its term begins.
const TERM: u32 = CHUNK_BITS + FIELD_BITS;
/// How many bits a character's number has in that of a pair.
const CHARACTER: u32 = 21;

/// Where in a chunk a term stands; the best place counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Body = 0,
    Repeated = 1,
    Heading = 2,
    Title = 3,
}

/// Sorted keys, each with its postings.
#[derive(Debug)]
pub struct Run<K> {
    /// The keys.
    pub keys: Vec<K>,
    /// For each key its chunks, counted from the first of the batch.
    pub lists: Steps,
}

/// What is gathered from one batch.
#[derive(Debug)]
pub struct Batch {
    /// Pairs of characters.
    pub pairs: Run<Pair>,
    /// Words, and the pinyin of neighbours in headings.
    pub words: Run<Word>,
    /// How many terms stand in each chunk.
    pub lengths: Vec<u32>,
}

impl Batch {
    /// The terms of these chunks, at most [`BATCH`], of `pages`.
    pub fn read(chunks: &[Chunk<'_>], pages: &[SearchPage<'_>]) -> Self {
        let mut open = Open::default();
        for (number, chunk) in (0..).zip(chunks) {
            let Some(page) = pages.get(chunk.page) else { continue };
            open.chunk = number;
            let before = open.pairs.len() + open.words.len();
            if chunk.number == 0 {
                open.read_page(page);
            }
            for piece in &chunk.pieces {
                if let Some(heading) = piece.heading.filter(|_| !piece.continued) {
                    let heading = open.read(&heading.text, Field::Heading);
                    open.read_sounds(&heading);
                }
                open.read(piece.text, Field::Body);
            }
            let count = open.pairs.len() + open.words.len() - before;
            open.lengths.push(u32::try_from(count).unwrap_or(u32::MAX));
        }
        open.close()
    }
}

/// A batch that is being read: every occurrence of a term as one number, the term highest, then chunk and field. Terms
/// have the numbers in which they were met.
#[derive(Default)]
struct Open {
    chunk: u64,
    pairs: Vec<u64>,
    words: Vec<u64>,
    characters: Characters,
    numbers: FxHashMap<Box<str>, u64>,
    known: Known,
    /// What the two neighbours of a heading are found by when they are typed as they sound: numbers of words.
    sounds: FxHashMap<(char, char), Box<[u64]>>,
    lengths: Vec<u32>,
}

impl Open {
    /// What is said of the page as a whole.
    fn read_page(&mut self, page: &SearchPage<'_>) {
        self.read(page.title, Field::Title);
        for name in page.names {
            self.read(name, Field::Title);
        }
        for keyword in page.keywords {
            self.read(keyword, Field::Heading);
        }
        self.read(page.description, Field::Body);
        for term in &page.terms {
            self.read(term.title, Field::Body);
        }
    }

    /// Adds a text's terms; returns the text in normal form.
    fn read(&mut self, text: &str, field: Field) -> String {
        let text = normalise(text);
        let place = self.chunk << FIELD_BITS | field as u64;
        terms(&text, &mut |term| match term {
            Term::Pair(first, second) => {
                let second = second.map_or(0, |second| self.characters.number(second));
                let pair = self.characters.number(first) << CHARACTER | second;
                self.pairs.push(pair << TERM | place);
            }
            Term::Word(word) => {
                let word = self.word(word);
                self.words.push(word << TERM | place);
            }
        });
        text
    }

    /// Adds what a heading is found by when pinyin is typed.
    fn read_sounds(&mut self, heading: &str) {
        let place = self.chunk << FIELD_BITS | Field::Heading as u64;
        for pair in heading.chars().zip(heading.chars().skip(1)) {
            if !self.sounds.contains_key(&pair) {
                let mut keys = vec![];
                self.known.keys(pair, |key| keys.push(key.to_owned()));
                let numbers = keys.iter().map(|key| self.word(key)).collect();
                self.sounds.insert(pair, numbers);
            }
            self.words.extend(self.sounds[&pair].iter().map(|word| word << TERM | place));
        }
    }

    /// The number of a word.
    fn word(&mut self, word: &str) -> u64 {
        match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                let next = self.numbers.len() as u64;
                self.numbers.insert(word.into(), next);
                next
            }
        }
    }

    fn close(self) -> Batch {
        let order = self.characters.order();
        let mask = (1 << CHARACTER) - 1;
        let first = |occurrence: u64| order[(occurrence >> (TERM + CHARACTER)) as usize];
        let second = |occurrence: u64| order[(occurrence >> TERM & mask) as usize];
        let pairs = by(&by(&self.pairs, order.len(), second), order.len(), first);
        let character = |number: u64| self.characters.met.get((number as usize).checked_sub(1)?).copied();
        let pair = |term: u64| character(term >> CHARACTER).map(|first| Pair::new(first, character(term & mask)));
        let pairs = Run::new(&pairs, pair);

        let mut words: Vec<(Word, u64)> = self.numbers.into_iter().map(|(word, number)| (Word(word), number)).collect();
        words.sort_unstable();
        let mut order = vec![0; words.len()];
        for (at, (_, number)) in words.iter().enumerate() {
            order[*number as usize] = at;
        }
        let occurrences = by(&self.words, order.len(), |occurrence| order[(occurrence >> TERM) as usize]);
        let mut words = words.into_iter().map(|(word, _)| word);
        Batch { pairs, words: Run::new(&occurrences, |_| words.next()), lengths: self.lengths }
    }
}

/// Occurrences in the order of a key below `keys`; those with the same key stay in their order.
fn by(occurrences: &[u64], keys: usize, key: impl Fn(u64) -> usize) -> Vec<u64> {
    let mut places = vec![0; keys + 1];
    for occurrence in occurrences {
        places[key(*occurrence) + 1] += 1;
    }
    for at in 1..places.len() {
        places[at] += places[at - 1];
    }
    let mut sorted = vec![0; occurrences.len()];
    for occurrence in occurrences {
        let place = &mut places[key(*occurrence)];
        sorted[*place] = *occurrence;
        *place += 1;
    }
    sorted
}

/// The characters of a batch, numbered from 1 as they are met; 0 is none.
#[derive(Default)]
struct Characters {
    met: Vec<char>,
    numbers: Vec<u32>,
}

impl Characters {
    fn number(&mut self, c: char) -> u64 {
        let code = u32::from(c) as usize;
        if code >= self.numbers.len() {
            self.numbers.resize(code + 1, 0);
        }
        if self.numbers[code] == 0 {
            self.met.push(c);
            self.numbers[code] = self.met.len() as u32;
        }
        u64::from(self.numbers[code])
    }

    /// For each number its place in the order of keys.
    fn order(&self) -> Vec<usize> {
        let mut sorted: Vec<usize> = (0..self.met.len()).collect();
        sorted.sort_unstable_by_key(|at| rank(self.met[*at]));
        let mut order = vec![0; self.met.len() + 1];
        for (place, at) in (1..).zip(sorted) {
            order[at + 1] = place;
        }
        order
    }
}

impl<K> Run<K> {
    /// A run of occurrences in the order of their terms, then chunks; `key` gives the key of each term, once and in
    /// order.
    fn new(occurrences: &[u64], mut key: impl FnMut(u64) -> Option<K>) -> Self {
        let mut run = Self { keys: vec![], lists: Steps::default() };
        let term = |occurrence: &u64| occurrence >> TERM;
        let chunk = |occurrence: &u64| occurrence >> FIELD_BITS & ((1 << CHUNK_BITS) - 1);
        for group in occurrences.chunk_by(|one, other| term(one) == term(other)) {
            let mut before = 0;
            for same in group.chunk_by(|one, other| chunk(one) == chunk(other)) {
                let best = same.iter().map(|occurrence| occurrence & 3).max().unwrap_or(0);
                let field = if best == Field::Body as u64 && same.len() > 1 { Field::Repeated as u64 } else { best };
                run.lists.push((chunk(&same[0]) - before) as u32, field as u32);
                before = chunk(&same[0]);
            }
            run.lists.end_list();
            run.keys.extend(key(term(&group[0])));
        }
        run
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Section;
    use crate::search::chunk::chunks;

    #[test]
    fn the_best_place_counts() {
        let sections = [Section { heading: None, text: "中文中文 once title".into() }];
        let page = SearchPage { title: "Title", sections: &sections, ..SearchPage::default() };
        let chunks = [chunks(0, &page), chunks(0, &page)].concat();
        let batch = Batch::read(&chunks, &[page]);
        let word = |word: &str| batch.words.keys.iter().position(|key| &*key.0 == word).unwrap();
        assert_eq!(batch.words.lists.list(word("title")).collect::<Vec<_>>(), [(0, 3), (1, 3)]);
        assert_eq!(batch.words.lists.list(word("once")).collect::<Vec<_>>(), [(0, 0), (1, 0)]);
        let pair = batch.pairs.keys.iter().position(|key| *key == Pair::new('中', Some('文'))).unwrap();
        assert_eq!(batch.pairs.lists.list(pair).collect::<Vec<_>>(), [(0, 1), (1, 1)]);
    }
}
