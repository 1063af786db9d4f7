//! The terms of a batch of chunks, sorted, each with the chunks that it stands in.

use super::SearchPage;
use super::chunk::Chunk;
use super::key::{Pair, Word};
use super::normalise::normalise;
use super::pairs::Pairs;
use super::plain;
use super::readings::Known;
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

/// Sorted keys, each with the places in which it stands.
#[derive(Debug)]
pub struct Run<K> {
    /// The keys.
    pub keys: Vec<K>,
    /// Where the places of each key begin.
    begins: Vec<u32>,
    places: Vec<Place>,
}

/// A chunk, counted from the first of its batch, and the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(u16);

/// What is gathered from one batch.
#[derive(Debug)]
pub struct Batch {
    /// Pairs of characters.
    pub pairs: Run<Pair>,
    /// Words, and the pinyin of neighbours in headings.
    pub words: Run<Word>,
    /// How many terms stand in each chunk.
    pub lengths: Vec<u32>,
    /// The characters of titles, other names and headings that can be typed by their readings.
    pub titled: Vec<char>,
}

/// Reads batches, one after the other; what it learns of words and characters serves the next ones.
#[derive(Default)]
pub struct Reader {
    chunk: u32,
    pairs: Pairs,
    words: Words,
    known: Known,
}

/// So many words are remembered from batch to batch: of all that a large site has, most stand in few batches.
const WORDS: usize = 1 << 16;

impl Reader {
    /// The terms of these chunks, at most [`BATCH`], of `pages`.
    pub fn read(&mut self, chunks: &[Chunk<'_>], pages: &[SearchPage<'_>]) -> Batch {
        if self.words.met() > WORDS {
            (self.words, self.known) = Default::default();
        }
        let mut lengths = vec![];
        self.pairs.reserve(chunks.iter().flat_map(|chunk| &chunk.pieces).map(|piece| piece.text));
        for (number, chunk) in (0..).zip(chunks) {
            let Some(page) = pages.get(chunk.page) else { continue };
            self.chunk = number;
            let before = self.pairs.len() + self.words.len();
            if chunk.number == 0 {
                self.page(page);
            }
            for piece in &chunk.pieces {
                if let Some(heading) = piece.heading.filter(|_| !piece.continued) {
                    let heading = self.name(&heading.text, Field::Heading);
                    let place = self.place(Field::Heading);
                    self.known.push(&heading, &mut self.words, place);
                }
                self.body(piece.text);
            }
            let count = self.pairs.len() + self.words.len() - before;
            lengths.push(u32::try_from(count).unwrap_or(u32::MAX));
        }
        let titled = self.pairs.titled();
        Batch { pairs: self.pairs.sorted(), words: self.words.sorted(), lengths, titled }
    }

    /// Adds what is said of the page as a whole.
    fn page(&mut self, page: &SearchPage<'_>) {
        for name in std::iter::once(page.title).chain(page.names.iter().map(String::as_str)) {
            self.name(name, Field::Title);
        }
        for keyword in page.keywords {
            self.text(keyword, Field::Heading);
        }
        self.body(page.description);
        for term in &page.terms {
            self.text(term.title, Field::Body);
        }
    }

    /// Adds the terms of a text line by line: no term goes over the end of a line.
    fn body(&mut self, text: &str) {
        let place = self.place(Field::Body);
        let mut rest = text;
        loop {
            rest = plain::read(rest, &mut self.pairs, &mut self.words, place);
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            if line.is_empty() {
                break;
            }
            self.text(line, Field::Body);
            rest = after;
        }
        self.pairs.end_text(place);
    }

    /// Adds a text's terms; returns the text in normal form.
    fn text(&mut self, text: &str, field: Field) -> String {
        let text = normalise(text);
        let place = self.place(field);
        stretches(&text, &mut |stretch| match stretch {
            Stretch::Wide(run) => self.pairs.push(run),
            Stretch::Word(word) => self.words.read(word, place),
        });
        self.pairs.end_text(place);
        text
    }

    /// Adds a title's or heading's terms, whose characters can be typed by their readings; returns it in normal form.
    fn name(&mut self, name: &str, field: Field) -> String {
        let before = self.pairs.mark();
        let name = self.text(name, field);
        self.pairs.title_since(before);
        name
    }

    fn place(&self, field: Field) -> u32 {
        self.chunk << FIELD_BITS | field as u32
    }
}

impl Place {
    /// The place that these bits say, of which only the lowest [`PLACE_BITS`] count.
    pub fn new(bits: u32) -> Self {
        Self((bits & ((1 << PLACE_BITS) - 1)) as u16)
    }

    /// The chunk.
    pub fn chunk(self) -> u32 {
        u32::from(self.0 >> FIELD_BITS)
    }

    /// The field.
    pub fn field(self) -> u32 {
        u32::from(self.0 & ((1 << FIELD_BITS) - 1))
    }

    /// The first one if a condition holds, else the second one, without a jump.
    fn either(first_one: bool, first: Self, second: Self) -> Self {
        Self(second.0 ^ (first.0 ^ second.0) & u16::from(first_one).wrapping_neg())
    }

    /// Where in a chunk a term stands that stands in it twice.
    fn and(self, other: Self) -> Self {
        let repeated = other.0 >> FIELD_BITS << FIELD_BITS | Field::Repeated as u16;
        Self(self.0.max(other.0.max(repeated)))
    }
}

/// The row at a position, of rows that stand one behind the other and begin where `begins` says.
pub fn row<'r, T>(rows: &'r [T], begins: &[u32], at: usize) -> &'r [T] {
    let place = |at: usize| begins.get(at).map_or(rows.len(), |begin| *begin as usize);
    &rows[place(at)..place(at + 1)]
}

impl<K> Run<K> {
    /// No keys yet, and room for so many places.
    pub fn with_room(places: usize) -> Self {
        let keys = places / 2;
        Self { keys: Vec::with_capacity(keys), begins: Vec::with_capacity(keys), places: Vec::with_capacity(places) }
    }

    /// Adds the key that follows, with the first place in which it stands.
    #[inline]
    pub fn begin(&mut self, key: K, place: Place) {
        self.keys.push(key);
        self.begins.push(self.places.len() as u32);
        self.places.push(place);
    }

    /// Adds a place in which the last key stands too, in a chunk that is not before the last one.
    #[inline]
    pub fn add(&mut self, place: Place) {
        match self.places.last_mut() {
            Some(last) if last.chunk() == place.chunk() => *last = last.and(place),
            _ => self.places.push(place),
        }
    }

    /// Adds sorted keys with their places: numbers above the places' bits, of which each has its key. Whether a key or a
    /// chunk is the one before cannot be foreseen, so nothing is jumped over: all is written, and what counts stays.
    pub fn extend(&mut self, row: &[u32], key: impl Fn(u32) -> K)
    where
        K: Copy,
    {
        let Some(first) = row.first() else { return };
        let (keys, places) = (self.keys.len(), self.places.len());
        self.keys.resize(keys + row.len(), key(first >> PLACE_BITS));
        self.begins.resize(keys + row.len(), 0);
        self.places.resize(places + row.len(), Place(0));
        let (own_keys, own_begins, own_places) =
            (&mut self.keys[keys..], &mut self.begins[keys..], &mut self.places[places..]);
        let (mut before, mut last, mut begin) = (!first, Place(0), 0);
        let (mut key_count, mut place_count) = (0, 0);
        for pair in row {
            let (place, differs) = (Place::new(*pair), pair ^ before);
            let (same_key, same_place) = (differs >> PLACE_BITS == 0, differs >> FIELD_BITS == 0);
            key_count += usize::from(!same_key);
            place_count += usize::from(!same_place);
            last = Place::either(same_place, last.and(place), place);
            begin = if same_key { begin } else { place_count };
            own_keys[key_count - 1] = key(pair >> PLACE_BITS);
            own_begins[key_count - 1] = (places + begin - 1) as u32;
            own_places[place_count - 1] = last;
            before = *pair;
        }
        self.keys.truncate(keys + key_count);
        self.begins.truncate(keys + key_count);
        self.places.truncate(places + place_count);
    }

    /// The places of the key at a position, one for each chunk, ascending.
    pub fn places(&self, at: usize) -> &[Place] {
        row(&self.places, &self.begins, at)
    }

    /// Gives back the room that nothing needs.
    pub fn whole(mut self) -> Self {
        self.keys.shrink_to_fit();
        self.begins.shrink_to_fit();
        self.places.shrink_to_fit();
        self
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
        let batch = Reader::default().read(&chunks, &[page]);
        let word = |word: &str| batch.words.keys.iter().position(|key| key.text() == word).unwrap();
        let said = |places: &[Place]| places.iter().map(|place| (place.chunk(), place.field())).collect::<Vec<_>>();
        assert_eq!(said(batch.words.places(word("title"))), [(0, 3), (1, 3)]);
        assert_eq!(said(batch.words.places(word("once"))), [(0, 0), (1, 0)]);
        let pair = batch.pairs.keys.iter().position(|key| *key == Pair::new('中', Some('文'))).unwrap();
        assert_eq!(said(batch.pairs.places(pair)), [(0, 1), (1, 1)]);
    }
}
