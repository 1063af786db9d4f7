//! The terms of a batch of chunks, sorted, and many such runs merged into one order.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::SearchPage;
use super::chunk::Chunk;
use super::normalise::normalise;
use super::readings;
use super::terms::{Term, terms};

/// Where in a chunk a term stands; the best place counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Body = 0,
    Repeated = 1,
    Heading = 2,
    Title = 3,
}

/// Sorted terms, each with its postings: four times the chunk's number plus the field, ascending.
#[derive(Debug)]
pub struct Run<K> {
    keys: Vec<K>,
    ends: Vec<u32>,
    postings: Vec<u32>,
}

/// The three kinds of terms of one batch of chunks.
#[derive(Debug)]
pub struct Runs {
    /// Pairs of characters, packed so that their order is that of JavaScript's strings.
    pub pairs: Run<u64>,
    /// Words.
    pub words: Run<Word>,
    /// Pinyin of neighbours in headings.
    pub pinyin: Run<Word>,
    /// Every character of a script without blanks.
    pub characters: BTreeSet<char>,
}

/// The terms of chunks numbered from `first` on.
pub fn runs(first: usize, chunks: &[Chunk], pages: &[SearchPage], known: &FxHashMap<char, Vec<String>>) -> Runs {
    let mut batch = Batch::default();
    for (number, chunk) in chunks.iter().enumerate() {
        let Some(page) = pages.get(chunk.page) else { continue };
        let posting = u32::try_from(first + number).unwrap_or(u32::MAX >> 2) << 2;
        if chunk.number == 0 {
            batch.read(page.title, Field::Title);
            for name in page.names {
                batch.read(name, Field::Title);
            }
            for keyword in page.keywords {
                batch.read(keyword, Field::Heading);
            }
            batch.read(page.description, Field::Body);
            for term in &page.terms {
                batch.read(term.title, Field::Body);
            }
        }
        let mut pinyin = BTreeSet::new();
        for piece in &chunk.pieces {
            if let Some(heading) = piece.heading.filter(|_| !piece.continued) {
                let heading = batch.read(&heading.text, Field::Heading);
                pinyin.append(&mut readings::terms(&heading, known));
            }
            batch.read(piece.text, Field::Body);
        }
        batch.pinyin.extend(pinyin.into_iter().map(|term| (Word(term), posting)));
        batch.close(posting);
    }
    batch.finish()
}

/// What is gathered from a batch.
#[derive(Default)]
struct Batch {
    /// The open chunk's terms, as often as they stand in it.
    open_pairs: Vec<(u64, Field)>,
    open_words: Vec<(u32, Field)>,
    pairs: Vec<(u64, u32)>,
    words: Vec<(u32, u32)>,
    numbers: FxHashMap<String, u32>,
    pinyin: Vec<(Word, u32)>,
}

impl Batch {
    /// Adds a text's terms to the open chunk; returns the text in normal form.
    fn read(&mut self, text: &str, field: Field) -> String {
        let text = normalise(text);
        let (pairs, words, numbers) = (&mut self.open_pairs, &mut self.open_words, &mut self.numbers);
        terms(&text, &mut |term| match term {
            Term::Pair(first, second) => pairs.push((pack(first, second), field)),
            Term::Word(word) => {
                let number = match numbers.get(word) {
                    Some(number) => *number,
                    None => {
                        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                        numbers.insert(word.to_owned(), next);
                        next
                    }
                };
                words.push((number, field));
            }
        });
        text
    }

    /// Closes the chunk: each of its terms becomes one posting.
    fn close(&mut self, posting: u32) {
        distinct(&mut self.open_pairs, |key, field| self.pairs.push((key, posting | field as u32)));
        distinct(&mut self.open_words, |key, field| self.words.push((key, posting | field as u32)));
    }

    fn finish(mut self) -> Runs {
        self.pairs.sort();
        let characters = self.pairs.chunk_by(|a, b| a.0 >> 32 == b.0 >> 32).map(|group| unpack(group[0].0).0).collect();
        let mut words: Vec<(Word, u32)> = self.numbers.into_iter().map(|(word, number)| (Word(word), number)).collect();
        words.sort_unstable();
        let mut ranks = vec![0; words.len()];
        for (rank, (_, number)) in (0..).zip(&words) {
            ranks[*number as usize] = rank;
        }
        self.words.iter_mut().for_each(|(number, _)| *number = ranks[*number as usize]);
        self.words.sort();
        let ranked = Run::new(&self.words);
        let words = Run {
            keys: words.into_iter().map(|(word, _)| word).collect(),
            ends: ranked.ends,
            postings: ranked.postings,
        };
        self.pinyin.sort();
        Runs { pairs: Run::new(&self.pairs), words, pinyin: Run::new(&self.pinyin), characters }
    }
}

/// Calls `each` once for every key, with its best field, and empties the list.
fn distinct<K: Copy + Ord>(open: &mut Vec<(K, Field)>, mut each: impl FnMut(K, Field)) {
    open.sort_unstable();
    let mut rest = open.as_slice();
    while let Some((key, _)) = rest.first().copied() {
        let count = rest.iter().take_while(|(other, _)| *other == key).count();
        let (same, after) = rest.split_at(count);
        let best = same.last().map_or(Field::Body, |(_, field)| *field);
        each(key, if best == Field::Body && count > 1 { Field::Repeated } else { best });
        rest = after;
    }
    open.clear();
}

impl<K: Clone + Ord> Run<K> {
    /// A run of sorted pairs of a key and a posting.
    fn new(sorted: &[(K, u32)]) -> Self {
        let mut run = Self { keys: Vec::new(), ends: Vec::new(), postings: Vec::with_capacity(sorted.len()) };
        for (key, posting) in sorted {
            if run.keys.last() != Some(key) {
                run.keys.push(key.clone());
                run.ends.push(0);
            }
            run.postings.push(*posting);
            if let Some(end) = run.ends.last_mut() {
                *end = u32::try_from(run.postings.len()).unwrap_or(u32::MAX);
            }
        }
        run
    }

    fn postings(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.postings.get(start as usize..end as usize).unwrap_or(&[])
    }
}

/// Calls `each` with every key of the runs, in order, and all of its postings. The runs stand in the order of their
/// chunks.
pub fn merge<K: Clone + Ord>(runs: &[&Run<K>], mut each: impl FnMut(&K, &[u32])) {
    let mut keys: Vec<(&K, usize, usize)> = Vec::with_capacity(runs.iter().map(|run| run.keys.len()).sum());
    for (number, run) in runs.iter().enumerate() {
        keys.extend(run.keys.iter().enumerate().map(|(at, key)| (key, number, at)));
    }
    keys.sort();
    let mut postings = Vec::new();
    for group in keys.chunk_by(|a, b| a.0 == b.0) {
        postings.clear();
        for (_, run, at) in group {
            postings.extend_from_slice(runs[*run].postings(*at));
        }
        each(group[0].0, &postings);
    }
}

/// Two characters in one number that sorts as JavaScript sorts the strings.
fn pack(first: char, second: Option<char>) -> u64 {
    u64::from(rank(first)) << 32 | second.map_or(0, |second| u64::from(rank(second)))
}

/// The characters of a packed pair.
pub fn unpack(pair: u64) -> (char, Option<char>) {
    let back = |rank: u64| {
        let rank = u32::try_from(rank & 0xffff_ffff).unwrap_or(0);
        let code = match rank {
            0..0xd800 => rank,
            0xd800..0x10_e000 => rank - 0xd800 + 0x1_0000,
            _ => rank - 0x10_0000,
        };
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    (back(pair >> 32), (pair & 0xffff_ffff != 0).then(|| back(pair)))
}

/// A number for each character that sorts as UTF-16 does: what needs surrogates stands below U+E000.
fn rank(c: char) -> u32 {
    match u32::from(c) {
        code @ 0..0xd800 => code,
        code @ 0xe000..0x1_0000 => code + 0x10_0000,
        code => code - 0x1_0000 + 0xd800,
    }
}

/// A word, or a key of pinyin, that sorts as JavaScript sorts strings: by UTF-16 units, where what needs two of them
/// stands below U+E000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word(pub String);

impl Ord for Word {
    fn cmp(&self, other: &Self) -> Ordering {
        // UTF-8 sorts by code points; only its leading bytes for U+E000 to U+FFFF have to move up.
        let unit = |byte: u8| if matches!(byte, 0xee | 0xef) { byte + 0x10 } else { byte };
        self.0.bytes().map(unit).cmp(other.0.bytes().map(unit))
    }
}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_sort_as_javascript_sorts_and_come_back() {
        let mut pairs: Vec<(char, Option<char>)> =
            ['一', '𠀀', '\u{f900}', '가']
            .iter()
            .flat_map(|a| [(*a, None), (*a, Some('𠮷')), (*a, Some('\u{f900}'))])
            .collect();
        let packed: Vec<u64> = pairs.iter().map(|(a, b)| pack(*a, *b)).collect();
        assert_eq!(packed.iter().map(|pair| unpack(*pair)).collect::<Vec<_>>(), pairs);
        pairs.sort_by_key(|(a, b)| pack(*a, *b));
        let text = |(a, b): &(char, Option<char>)| [Some(*a), *b].into_iter().flatten().collect::<String>();
        let mut words: Vec<Word> = pairs.iter().map(|pair| Word(text(pair))).collect();
        let units = |word: &Word| word.0.encode_utf16().collect::<Vec<_>>();
        assert!(words.windows(2).all(|pair| units(&pair[0]) < units(&pair[1])));
        words.reverse();
        words.sort();
        assert!(words.iter().map(|word| &word.0).eq(pairs.iter().map(text).collect::<Vec<_>>().iter()));
    }

    #[test]
    fn runs_merge_in_order() {
        let (a, b) = (Run::new(&[(1, 0), (1, 4), (3, 0)]), Run::new(&[(1, 9), (2, 8)]));
        let mut seen = Vec::new();
        merge(&[&a, &b], |key, postings| seen.push((*key, postings.to_vec())));
        assert_eq!(seen, [(1, vec![0, 4, 9]), (2, vec![8]), (3, vec![0])]);
    }
}
