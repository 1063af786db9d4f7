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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Section;
    use crate::search::SearchPage;
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
        let batches: Vec<_> = chunks.chunks(size).map(|batch| Batch::read(batch, &pages)).collect();
        let (mut words, mut pairs) = (vec![], vec![]);
        for part in parts(&batches) {
            match merge(&part, &batches) {
                MergedPart::Words(part) => words.push(part),
                MergedPart::Pairs(part) => pairs.push(part),
            }
        }
        let (words, pairs) = (Merged::of(words), Merged::of(pairs));
        let words = words.keys.iter().enumerate().map(|(at, key)| (key.text().into(), words.lists.list(at).collect()));
        let text = |pair: &Pair| format!("{:?}", pair.characters());
        words
            .chain(pairs.keys.iter().enumerate().map(|(at, key)| (text(key), pairs.lists.list(at).collect())))
            .collect()
    }

    #[test]
    fn batches_of_any_size_say_the_same() {
        let one = merged(6);
        assert!(one.contains(&("('国', Some('家'))".into(), vec![(0, 0), (1, 0)])), "{one:?}");
        assert!(one.contains(&("twice".into(), vec![(1, 1), (4, 0)])), "{one:?}");
        assert!((1..6).all(|size| merged(size) == one));
    }
}
