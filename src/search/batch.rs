//! The terms of a batch of chunks, sorted, each with the chunks that it stands in.

use super::SearchPage;
use super::chunk::Chunk;
use super::key::{Pair, Word};
use super::normalise::{alone, normalise};
use super::pairs::Pairs;
use super::plain;
use super::readings::Known;
use super::steps::Steps;
use super::terms::{Stretch, stretches};
use super::words::Words;

/// How many chunks a batch has at most: as many as a place has room for. A batch is sorted in a few megabytes, which fit
/// the cache of a processor.
pub const BATCH: usize = 1 << CHUNK_BITS;
const CHUNK_BITS: u32 = 9;
const FIELD_BITS: u32 = 2;
/// The bits of a place: the chunk, then the field.
pub const PLACE_BITS: u32 = CHUNK_BITS + FIELD_BITS;

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
    /// For each key the last of its chunks.
    pub lasts: Vec<u16>,
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
        open.pairs.reserve(chunks.iter().map(|chunk| chunk.size).sum());
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
                open.read_body(piece.text);
            }
            let count = open.pairs.len() + open.words.len() - before;
            open.lengths.push(u32::try_from(count).unwrap_or(u32::MAX));
        }
        Batch { pairs: open.pairs.sorted(), words: open.words.sorted(), lengths: open.lengths }
    }
}

/// A batch that is being read.
#[derive(Default)]
struct Open {
    chunk: u32,
    pairs: Pairs,
    words: Words,
    known: Known,
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
        self.read_body(page.description);
        for term in &page.terms {
            self.read(term.title, Field::Body);
        }
    }

    /// Adds the terms of a text line by line: no term goes over the end of a line.
    fn read_body(&mut self, text: &str) {
        let place = self.place(Field::Body);
        for line in text.split('\n') {
            if !plain::read(line, alone(), &mut self.pairs, &mut self.words, place) {
                self.read(line, Field::Body);
            }
        }
        self.pairs.end_text(place);
    }

    /// Adds a text's terms; returns the text in normal form.
    fn read(&mut self, text: &str, field: Field) -> String {
        let text = normalise(text);
        let place = self.place(field);
        stretches(&text, &mut |stretch| match stretch {
            Stretch::Wide(run) => self.pairs.push(run),
            Stretch::Word(word) => self.words.read(word, place),
        });
        self.pairs.end_text(place);
        text
    }

    /// Adds what a heading is found by when pinyin is typed.
    fn read_sounds(&mut self, heading: &str) {
        let place = self.place(Field::Heading);
        for pair in heading.chars().zip(heading.chars().skip(1)) {
            let words = self.known.words(pair, |word| self.words.add(word));
            words.iter().for_each(|word| self.words.push(*word, place));
        }
    }

    fn place(&self, field: Field) -> u32 {
        self.chunk << FIELD_BITS | field as u32
    }
}

impl<K> Run<K> {
    /// Adds the term that follows, with the places in which it stands, in the order of their chunks.
    pub fn push(&mut self, key: K, places: impl Iterator<Item = u32>) {
        let mut places = places.map(|place| (place >> FIELD_BITS, place & ((1 << FIELD_BITS) - 1)));
        let Some((mut chunk, mut field)) = places.next() else { return };
        let mut before = 0;
        for (next, other) in places {
            if next == chunk {
                field = field.max(other).max(Field::Repeated as u32);
            } else {
                self.lists.push(chunk - before, field);
                (before, chunk, field) = (chunk, next, other);
            }
        }
        self.lists.push(chunk - before, field);
        self.lists.end_list();
        self.lasts.push(chunk as u16);
        self.keys.push(key);
    }
}

impl<K> Default for Run<K> {
    fn default() -> Self {
        Self { keys: vec![], lists: Steps::default(), lasts: vec![] }
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
        let word = |word: &str| batch.words.keys.iter().position(|key| key.text() == word).unwrap();
        assert_eq!(batch.words.lists.list(word("title")).collect::<Vec<_>>(), [(0, 3), (1, 3)]);
        assert_eq!(batch.words.lists.list(word("once")).collect::<Vec<_>>(), [(0, 0), (1, 0)]);
        let pair = batch.pairs.keys.iter().position(|key| *key == Pair::new('中', Some('文'))).unwrap();
        assert_eq!(batch.pairs.lists.list(pair).collect::<Vec<_>>(), [(0, 1), (1, 1)]);
    }
}
