//! Many batches merged into one order of terms, each with where its postings lie in the batches.

use std::ops::Range;

use super::batch::{Batch, Run, row};
use super::key::{Pair, Word};

/// How many ranges of terms can be merged at the same time.
const PARTS: usize = 16;

/// Sorted keys of all batches, of one range of terms.
#[derive(Debug)]
pub struct Merged<K> {
    keys: Vec<K>,
    /// For each key, in how many chunks it stands.
    counts: Vec<u32>,
    /// For each key, where its parts begin.
    begins: Vec<u32>,
    parts: Vec<Postings>,
}

/// Sorted keys of all batches: ranges that follow one another.
#[derive(Debug)]
pub struct Keys<K>(Vec<Merged<K>>);

/// One key of all batches.
#[derive(Debug)]
pub struct Key<'k, K> {
    /// The key.
    pub key: &'k K,
    /// In how many chunks it stands.
    pub count: u32,
    /// Where its postings lie, in the order of their chunks.
    pub parts: &'k [Postings],
}

/// The part of a term's postings that lies in one batch.
#[derive(Debug, Clone, Copy)]
pub struct Postings {
    /// The number of the batch.
    pub batch: u32,
    /// The position of the term in it.
    pub at: u32,
}

/// A range of terms to be merged.
#[derive(Debug, Clone)]
pub enum Part {
    /// Pairs from a key on, up to another.
    Pairs(Option<Pair>, Option<Pair>),
    /// Words from a key on, up to another.
    Words(Option<Word>, Option<Word>),
}

/// What a range of terms becomes.
#[derive(Debug)]
pub enum MergedPart {
    /// Pairs.
    Pairs(Merged<Pair>),
    /// Words.
    Words(Merged<Word>),
}

/// The ranges that together hold every term, in order; each can be merged alone.
pub fn parts(batches: &[Batch]) -> Vec<Part> {
    let Some(first) = batches.first() else { return vec![] };
    let words = bounds(&first.words).into_iter().map(|(from, to)| Part::Words(from, to));
    let pairs = bounds(&first.pairs).into_iter().map(|(from, to)| Part::Pairs(from, to));
    words.chain(pairs).collect()
}

/// Borders between ranges that are about as large as each other in one run.
fn bounds<K: Clone + Ord>(run: &Run<K>) -> Vec<(Option<K>, Option<K>)> {
    let borders = (1..PARTS).filter_map(|part| run.keys.get(run.keys.len() * part / PARTS));
    let mut borders: Vec<Option<K>> = borders.cloned().map(Some).collect();
    borders.dedup();
    let from = std::iter::once(None).chain(borders.iter().cloned());
    from.zip(borders.iter().cloned().chain([None])).collect()
}

/// Merges one range of terms. `batches` stand in the order of their chunks.
pub fn merge(part: &Part, batches: &[Batch]) -> MergedPart {
    match part {
        Part::Pairs(from, to) => MergedPart::Pairs(range(batches, |batch| &batch.pairs, from, to)),
        Part::Words(from, to) => MergedPart::Words(range(batches, |batch| &batch.words, from, to)),
    }
}

fn range<K: Clone + Ord>(batches: &[Batch], run: fn(&Batch) -> &Run<K>, from: &Option<K>, to: &Option<K>) -> Merged<K> {
    let mut all = vec![];
    for (number, batch) in (0_u32..).zip(batches) {
        let keys = &run(batch).keys;
        let place = |border: &Option<K>| border.as_ref().map(|border| keys.partition_point(|key| key < border));
        let (start, end) = (place(from).unwrap_or(0), place(to).unwrap_or(keys.len()));
        all.extend((start..end).map(|at| (&keys[at], Postings { batch: number, at: at as u32 })));
    }
    // It keeps the order of equal keys, and sees that runs are sorted already.
    all.sort_by_key(|(key, _)| *key);
    let room = all.len();
    let mut merged = Merged {
        keys: Vec::with_capacity(room),
        counts: Vec::with_capacity(room),
        begins: Vec::with_capacity(room),
        parts: Vec::with_capacity(room),
    };
    for same in all.chunk_by(|(one, _), (other, _)| one == other) {
        let count = |part: &Postings| run(&batches[part.batch as usize]).places(part.at as usize).len() as u32;
        merged.keys.push(same[0].0.clone());
        merged.counts.push(same.iter().map(|(_, part)| count(part)).sum());
        merged.begins.push(merged.parts.len() as u32);
        merged.parts.extend(same.iter().map(|(_, part)| part));
    }
    merged
}

/// The keys of all ranges, which are in order.
pub fn keys(ranges: impl IntoIterator<Item = MergedPart>) -> (Keys<Word>, Keys<Pair>) {
    let (mut words, mut pairs) = (Keys(vec![]), Keys(vec![]));
    for range in ranges {
        match range {
            MergedPart::Words(own) => words.0.push(own),
            MergedPart::Pairs(own) => pairs.0.push(own),
        }
    }
    (words, pairs)
}

impl<K> Keys<K> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|range| range.keys.len()).sum()
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &K> {
        self.0.iter().flat_map(|range| &range.keys)
    }

    /// The one at a position.
    pub fn get(&self, at: usize) -> Option<&K> {
        self.between(at..at + 1).next().map(|found| found.key)
    }

    /// In how many chunks each stands.
    pub fn counts(&self) -> impl Iterator<Item = u32> {
        self.0.iter().flat_map(|range| &range.counts).copied()
    }

    /// Those from one position up to another.
    pub fn between(&self, positions: Range<usize>) -> impl Iterator<Item = Key<'_, K>> {
        let mut before = 0;
        self.0.iter().flat_map(move |range| {
            let first = before;
            before += range.keys.len();
            let own = positions.start.clamp(first, before) - first..positions.end.clamp(first, before) - first;
            own.map(|at| range.key(at))
        })
    }
}

impl<K> Merged<K> {
    fn key(&self, at: usize) -> Key<'_, K> {
        Key { key: &self.keys[at], count: self.counts[at], parts: row(&self.parts, &self.begins, at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Section;
    use crate::search::SearchPage;
    use crate::search::batch::{Place, Reader};
    use crate::search::chunk::chunks;

    /// Every term with its chunks, from batches of so many chunks.
    fn merged(size: usize) -> Vec<(String, Vec<(u32, u32)>)> {
        let texts = ["中文，國家 once", "国家中文中文 twice twice", "no 中", "", "文中国 once two", "once twice 家"];
        let sections = texts.map(|text| [Section { heading: None, text: text.into() }]);
        let pages: Vec<_> = sections
            .iter()
            .map(|own| SearchPage { title: "题 once", sections: own, ..SearchPage::default() })
            .collect();
        let chunks: Vec<_> = pages.iter().enumerate().flat_map(|(number, page)| chunks(number, page)).collect();
        let mut reader = Reader::default();
        let batches: Vec<_> = chunks.chunks(size).map(|batch| reader.read(batch, &pages)).collect();
        let (words, pairs) = keys(parts(&batches).iter().map(|part| merge(part, &batches)));
        let places = |parts: &[Postings], run: &dyn Fn(&Postings) -> Vec<Place>| -> Vec<(u32, u32)> {
            let of = |part: &Postings| {
                let base = part.batch * size as u32;
                run(part).into_iter().map(move |place| (base + place.chunk(), place.field()))
            };
            parts.iter().flat_map(of).collect()
        };
        let of_words = |part: &Postings| batches[part.batch as usize].words.places(part.at as usize).to_vec();
        let of_pairs = |part: &Postings| batches[part.batch as usize].pairs.places(part.at as usize).to_vec();
        let words = words.between(0..words.len()).map(|word| (word.key.text().into(), places(word.parts, &of_words)));
        let text = |pair: &Pair| format!("{:?}", pair.characters());
        let pairs = pairs.between(0..pairs.len()).map(|pair| (text(pair.key), places(pair.parts, &of_pairs)));
        words.chain(pairs).collect()
    }

    #[test]
    fn batches_of_any_size_say_the_same() {
        let one = merged(6);
        assert!(one.contains(&("('国', Some('家'))".into(), vec![(0, 0), (1, 0)])), "{one:?}");
        assert!(one.contains(&("twice".into(), vec![(1, 1), (5, 0)])), "{one:?}");
        assert!((1..6).all(|size| merged(size) == one));
    }
}
