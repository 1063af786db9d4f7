//! Postings in files of about the same size, each a range of sorted terms: words first, then pairs of characters.

use std::ops::Range;

use super::Plan;
use super::batch::{Batch, Run};
use super::digits::digit;
use super::key::{Pair, Word};
use super::merge::{Key, Keys};
use super::postings::Lists;

/// Every term with its postings, and where one shard ends and the next begins.
#[derive(Debug)]
pub struct Terms {
    /// Words and keys of pinyin.
    pub words: Keys<Word>,
    /// Pairs of characters.
    pub pairs: Keys<Pair>,
    /// Where the postings lie.
    batches: Vec<Batch>,
    /// The first chunk of each batch.
    bases: Vec<u32>,
    /// The first term of each shard, as a position in the words with the pairs behind them.
    starts: Vec<usize>,
    /// How many chunks there are.
    chunks: u32,
}

/// What a term counts where shards are cut, beside one for each of its chunks. Postings of frequent terms take less than
/// that, so that the shards that are asked for most are the smaller ones.
const TERM: usize = 4;

impl Terms {
    /// The terms of batches, merged, cut into `count` shards of about the same size; there may be fewer terms than shards.
    pub fn new(words: Keys<Word>, pairs: Keys<Pair>, mut batches: Vec<Batch>, plan: &Plan) -> Self {
        let (chunks, count) = (plan.chunk_count, plan.shards);
        let sizes = || words.counts().chain(pairs.counts()).map(|count| TERM + count as usize);
        let (all, whole) = (words.len() + pairs.len(), sizes().sum::<usize>());
        let (mut starts, mut before) = (vec![0], 0);
        for (at, size) in (1..).zip(sizes()) {
            before += size;
            if starts.len() < count && before * count >= whole * starts.len() {
                starts.push(at);
            }
        }
        starts.resize(count.max(1), all);
        let mut bases = vec![0];
        for batch in &mut batches {
            bases.push(bases[bases.len() - 1] + batch.lengths.len() as u32);
            // The merged keys are all of them.
            (batch.words.keys, batch.pairs.keys) = (vec![], vec![]);
        }
        Self { words, pairs, batches, bases, starts, chunks }
    }

    fn range(&self, shard: usize) -> Range<usize> {
        let all = self.words.len() + self.pairs.len();
        let start = self.starts.get(shard).copied().unwrap_or(all);
        start..self.starts.get(shard + 1).copied().unwrap_or(all).max(start)
    }

    /// The first word of each shard that has words: these are the first shards.
    pub fn word_bounds(&self) -> Vec<&str> {
        let shards = 0..self.starts.len();
        shards.filter_map(|shard| self.words.get(self.range(shard).start)).map(|word| word.text()).collect()
    }

    /// The number of the first shard that has pairs, and the first pair of it and of each after it.
    pub fn pair_bounds(&self) -> (usize, Vec<String>) {
        let words = self.words.len();
        let has = |shard: &usize| self.range(*shard).end > words && !self.range(*shard).is_empty();
        let shards: Vec<usize> = (0..self.starts.len()).filter(has).collect();
        let first = |shard: &usize| {
            let (first, second) = self.pairs.get(self.range(*shard).start.saturating_sub(words))?.characters();
            Some([Some(first), second].into_iter().flatten().collect())
        };
        (shards.first().copied().unwrap_or(0), shards.iter().filter_map(first).collect())
    }

    /// For each shard its first terms and those of the next one, as the start file has them: what the shard holds lies between
    /// them. A page that knows other ones knows another index.
    pub fn ranges(&self) -> Vec<String> {
        let (words, (first, pairs)) = (self.word_bounds(), self.pair_bounds());
        let name = |shard: usize| {
            let pair = shard.checked_sub(first).and_then(|at| pairs.get(at));
            format!("{} {}", words.get(shard).unwrap_or(&""), pair.map_or("", String::as_str))
        };
        (0..self.starts.len()).map(|shard| format!("{} {}", name(shard), name(shard + 1))).collect()
    }

    /// The text of one shard: its words as [`push_listed`] writes them, `!`, for each first character of a pair itself, all
    /// its second ones (`_` where it ends a run) and `!`, then the postings of all of them as [`Lists`] has them.
    pub fn text(&self, shard: usize) -> String {
        let range = self.range(shard);
        let border = self.words.len();
        let (mut text, mut lists, mut before) = (String::new(), Lists::new(self.chunks), "");
        self.words.between(range.clone()).for_each(|word| {
            push_listed(&mut text, before, word.key.text(), ' ');
            before = word.key.text();
            self.push_postings(&mut lists, word, |batch| &batch.words);
        });
        text.push('!');
        let mut open = None;
        let pairs = range.start.saturating_sub(border)..range.end.saturating_sub(border);
        self.pairs.between(pairs).for_each(|pair| {
            let (first, second) = pair.key.characters();
            if open != Some(first) {
                text.extend(open.map(|_| '!'));
                text.push(first);
                open = Some(first);
            }
            text.push(second.unwrap_or('_'));
            self.push_postings(&mut lists, pair, |batch| &batch.pairs);
        });
        text.extend(open.map(|_| '!'));
        text + &lists.text()
    }

    #[inline]
    fn push_postings<K>(&self, lists: &mut Lists, key: Key<'_, K>, run: impl Fn(&Batch) -> &Run<K>) {
        lists.begin(key.count);
        for part in key.parts {
            let base = self.bases[part.batch as usize];
            let places = run(&self.batches[part.batch as usize]).places(part.at as usize);
            lists.extend(places.iter().map(|place| (base + place.chunk(), place.field())));
        }
    }

    /// Every word, keys of pinyin left out, for what looks inside words.
    pub fn vocabulary(&self) -> String {
        let (mut text, mut before) = (String::new(), "");
        for word in self.words.all().filter(|word| !word.text().starts_with('\'')) {
            push_listed(&mut text, before, word.text(), ' ');
            before = word.text();
        }
        text
    }
}

/// Appends a text to a sorted list: the border unless it is the first, a digit for how many UTF-16 units it shares with
/// the one before, and the rest of it.
pub fn push_listed(out: &mut String, before: &str, text: &str, border: char) {
    let shared: usize =
        text.chars().zip(before.chars()).take_while(|(a, b)| a == b).take(40).map(|(c, _)| c.len_utf8()).sum();
    let (same, rest) = text.split_at(shared);
    if !out.is_empty() {
        out.push(border);
    }
    out.push(digit(u32::try_from(same.encode_utf16().count()).unwrap_or(0)));
    out.push_str(rest);
}
