//! The terms of a batch of chunks, sorted, each with the chunks that it stands in.

use std::collections::HashMap;

use super::SearchPage;
use super::chunk::Chunk;
use super::key::{Pair, Word};
use super::normalise::normalise;
use super::readings::Known;
use super::terms::{Term, terms};

/// How many chunks make one batch: as many as [`pack`] has room for.
pub const BATCH: usize = 1 << CHUNK_BITS;
const CHUNK_BITS: u32 = 10;
const FIELD_BITS: u32 = 2;

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
    /// Where each key's postings end in `postings`.
    ends: Vec<u32>,
    /// Steps from one posting to the next, as varints of seven bits.
    postings: Vec<u8>,
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
                    let mut known = std::mem::take(&mut open.known);
                    known.keys(&heading, |key| open.word(key, Field::Heading));
                    open.known = known;
                }
                open.read(piece.text, Field::Body);
            }
            let count = open.pairs.len() + open.words.len() - before;
            open.lengths.push(u32::try_from(count).unwrap_or(u32::MAX));
        }
        open.close()
    }
}

/// A batch that is being read: every occurrence of a term as one number, the term highest, then chunk and field.
#[derive(Default)]
struct Open {
    chunk: u64,
    pairs: Vec<u64>,
    words: Vec<u64>,
    numbers: HashMap<String, u64>,
    lengths: Vec<u32>,
    known: Known,
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
        terms(&text, &mut |term| match term {
            Term::Pair(first, second) => self.pairs.push(pack(Pair::new(first, second).number(), self.chunk, field)),
            Term::Word(word) => self.word(word, field),
        });
        text
    }

    fn word(&mut self, word: &str, field: Field) {
        let number = match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                let next = self.numbers.len() as u64;
                self.numbers.insert(word.to_owned(), next);
                next
            }
        };
        self.words.push(pack(number, self.chunk, field));
    }

    fn close(mut self) -> Batch {
        self.pairs.sort_unstable();
        let mut words: Vec<(Word, u64)> = self.numbers.into_iter().map(|(word, at)| (Word(word.into()), at)).collect();
        words.sort_unstable();
        let mut ranks = vec![0; words.len()];
        for (rank, (_, number)) in (0..).zip(&words) {
            ranks[*number as usize] = rank;
        }
        let low = (1 << (CHUNK_BITS + FIELD_BITS)) - 1;
        for occurrence in &mut self.words {
            let rank = ranks[(*occurrence >> (CHUNK_BITS + FIELD_BITS)) as usize];
            *occurrence = rank << (CHUNK_BITS + FIELD_BITS) | (*occurrence & low);
        }
        self.words.sort_unstable();
        let mut words = words.into_iter().map(|(word, _)| word);
        Batch {
            pairs: Run::new(&self.pairs, |number| Some(Pair::from_number(number))),
            words: Run::new(&self.words, |_| words.next()),
            lengths: self.lengths,
        }
    }
}

/// A term's number, a chunk of the batch and a field in one number that sorts by them in this order.
fn pack(term: u64, chunk: u64, field: Field) -> u64 {
    term << (CHUNK_BITS + FIELD_BITS) | chunk << FIELD_BITS | field as u64
}

impl<K> Run<K> {
    /// A run of sorted occurrences; `key` gives the key of each number, once and in order.
    fn new(occurrences: &[u64], mut key: impl FnMut(u64) -> Option<K>) -> Self {
        let mut run = Self { keys: vec![], ends: vec![], postings: vec![] };
        let term = |occurrence: &u64| occurrence >> (CHUNK_BITS + FIELD_BITS);
        let chunk = |occurrence: &u64| occurrence >> FIELD_BITS & ((1 << CHUNK_BITS) - 1);
        for group in occurrences.chunk_by(|one, other| term(one) == term(other)) {
            let mut before = 0;
            for same in group.chunk_by(|one, other| chunk(one) == chunk(other)) {
                let best = same.last().map_or(0, |last| last & 3);
                let field = if best == Field::Body as u64 && same.len() > 1 { Field::Repeated as u64 } else { best };
                run.push(u32::try_from((chunk(&same[0]) - before) << 2 | field).unwrap_or(u32::MAX));
                before = chunk(&same[0]);
            }
            run.ends.push(u32::try_from(run.postings.len()).unwrap_or(u32::MAX));
            run.keys.extend(key(term(&group[0])));
        }
        run.postings.shrink_to_fit();
        run
    }

    fn push(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.postings.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.postings.push(number as u8);
    }

    /// The postings of the key at a position: the chunk's number in the batch, and the field.
    pub fn postings(&self, at: usize) -> impl Iterator<Item = (u32, u32)> {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        let mut bytes = self.postings[start as usize..end as usize].iter();
        let mut chunk = 0;
        std::iter::from_fn(move || {
            let (mut number, mut shift) = (0, 0);
            loop {
                let byte = u32::from(*bytes.next()?);
                number |= (byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    chunk += number >> 2;
                    return Some((chunk, number & 3));
                }
            }
        })
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
        assert_eq!(batch.words.postings(word("title")).collect::<Vec<_>>(), [(0, 3), (1, 3)]);
        assert_eq!(batch.words.postings(word("once")).collect::<Vec<_>>(), [(0, 0), (1, 0)]);
        let pair = batch.pairs.keys.iter().position(|key| *key == Pair::new('中', Some('文'))).unwrap();
        assert_eq!(batch.pairs.postings(pair).collect::<Vec<_>>(), [(0, 1), (1, 1)]);
    }
}
