//! Many batches merged into one order of terms, each with all of its postings.

use super::batch::{Batch, Run};
use super::key::{Pair, Word};
use super::steps::Steps;

/// How many ranges of terms can be merged at the same time.
const PARTS: usize = 16;

/// Sorted keys with their postings.
#[derive(Debug)]
pub struct Merged<K> {
    /// The keys.
    pub keys: Vec<K>,
    /// For each key its chunks, counted through all batches.
    pub lists: Steps,
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
    let (mut all, mut bases, mut base) = (vec![], vec![], 0);
    for (number, batch) in (0_u32..).zip(batches) {
        bases.push(base);
        base += batch.lengths.len() as u32;
        let keys = &run(batch).keys;
        let place = |border: &Option<K>| border.as_ref().map(|border| keys.partition_point(|key| key < border));
        let (start, end) = (place(from).unwrap_or(0), place(to).unwrap_or(keys.len()));
        all.extend((start..end).map(|at| (&keys[at], number, at as u32)));
    }
    // It keeps the order of equal keys, and sees that runs are sorted already.
    all.sort_by_key(|(key, _, _)| *key);
    let mut merged = Merged { keys: vec![], lists: Steps::default() };
    for same in all.chunk_by(|(one, _, _), (other, _, _)| one == other) {
        let mut last = 0;
        for (_, number, at) in same {
            let (run, base) = (run(&batches[*number as usize]), bases[*number as usize]);
            let mut list = run.lists.list(*at as usize);
            if let Some((chunk, field)) = list.next() {
                merged.lists.push(base + chunk - last, field);
                merged.lists.push_rest(&list);
                last = base + u32::from(run.lasts[*at as usize]);
            }
        }
        merged.lists.end_list();
        merged.keys.push(same[0].0.clone());
    }
    merged
}

impl<K> Merged<K> {
    /// The ranges that follow one another as one.
    pub fn of(ranges: Vec<Self>) -> Self {
        let lists = Steps::of(ranges.iter().map(|range| &range.lists));
        let mut keys = Vec::with_capacity(ranges.iter().map(|range| range.keys.len()).sum());
        ranges.into_iter().for_each(|range| keys.extend(range.keys));
        Self { keys, lists }
    }
}
