//! The pairs of neighbouring characters of a batch: gathered as the texts are read, then sorted by counting.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::batch::{PLACE_BITS, Run};
use super::key::{Pair, rank};
use super::normalise::{alone, code};

/// The characters of a batch in the order of its texts, as numbers.
pub struct Pairs {
    /// The characters of this batch and of those before it, numbered from 1 as they are met; 0 is none.
    met: Vec<char>,
    /// The numbers of the characters of the Basic Multilingual Plane, and of the others. What is not in normal form has
    /// the number of what it becomes.
    numbers: Box<[u32; 0x1_0000]>,
    rare: FxHashMap<char, u32>,
    /// A 0 behind each run of characters; what stands behind the first `filled` ones is room.
    stream: Vec<u32>,
    filled: usize,
    /// How often each number stands in it.
    counts: Vec<u32>,
    /// Where in the stream texts end, and the place of each.
    ends: Vec<(usize, u32)>,
    /// Whether a character stands in a title or heading of the batch, by its number; may be shorter.
    titled: Vec<bool>,
    /// Room to sort in.
    by_second: Vec<u32>,
}

impl Pairs {
    /// Makes room for a batch that begins with these texts, of which a sample is looked at. Nearly all are of characters of
    /// three bytes, in runs of more than eight or with punctuation of as many bytes between them.
    pub fn reserve<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        const SAMPLE: usize = 16;
        // A sum of few bytes fits a byte, and a processor makes many of those at once.
        let wide = |few: &[u8]| usize::from(few.iter().map(|byte| u8::from(*byte >= 0xe0)).sum::<u8>());
        let sample = texts.flat_map(|text| text.as_bytes().chunks(128)).step_by(SAMPLE);
        let wide = sample.map(wide).sum::<usize>() * SAMPLE;
        let room = wide + wide / 6;
        if self.filled == 0 && self.stream.len() < room {
            // Memory that is new is clean already.
            self.stream = vec![0; room];
        }
    }

    /// Room for so many numbers more.
    #[inline]
    fn room(&mut self, more: usize) -> &mut [u32] {
        let end = self.filled + more;
        if end > self.stream.len() {
            self.stream.resize(2 * end, 0);
        }
        &mut self.stream[self.filled..end]
    }

    /// Adds a run of characters: every two neighbours, and the last one alone.
    pub fn push(&mut self, run: &str) {
        run.chars().for_each(|c| self.push_character(c));
        self.end_run();
    }

    /// Adds a character to the run that is open.
    #[inline]
    pub fn push_character(&mut self, c: char) {
        let number = self.number(c);
        self.push_number(number);
    }

    #[inline]
    fn push_number(&mut self, number: u32) {
        self.room(1)[0] = number;
        self.filled += 1;
        self.counts[number as usize] += 1;
    }

    /// Ends the run that is open, if one is.
    #[inline]
    pub fn end_run(&mut self) {
        if self.stream[..self.filled].last().is_some_and(|last| *last > 0) {
            self.push_number(0);
        }
    }

    /// How much was added, for [`Self::back_to`].
    pub fn mark(&self) -> usize {
        self.filled
    }

    /// Takes away what was added since a mark.
    pub fn back_to(&mut self, mark: usize) {
        self.stream[mark..self.filled].iter().for_each(|number| self.counts[*number as usize] -= 1);
        self.filled = mark;
    }

    /// What was added since a mark stands in a title or heading.
    pub fn title_since(&mut self, mark: usize) {
        self.titled.resize(self.met.len() + 1, false);
        self.stream[mark..self.filled].iter().for_each(|number| self.titled[*number as usize] = true);
    }

    /// The characters of the titles and headings of this batch.
    pub fn titled(&mut self) -> Vec<char> {
        let titled = std::mem::take(&mut self.titled).into_iter().skip(1);
        self.met.iter().zip(titled).filter(|(_, titled)| *titled).map(|(c, _)| *c).collect()
    }

    /// All that was added since the last call stands in this place.
    pub fn end_text(&mut self, place: u32) {
        self.ends.push((self.filled, place));
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.filled - self.counts[0] as usize
    }

    /// Adds the characters of U+4E00 to U+9FFF that a text begins with, each as it is in normal form; returns how many
    /// there are.
    #[inline]
    pub fn push_han(&mut self, text: &[u8]) -> usize {
        let (before, mut rest) = (self.filled, text.as_chunks().0);
        while let Some(block) = rest.get(..BLOCK.min(rest.len())).filter(|block| !block.is_empty()) {
            self.room(BLOCK);
            let known = number_known(block, &self.numbers, &mut self.stream[self.filled..], &mut self.counts);
            self.filled += known;
            rest = &rest[known..];
            if block.get(known).is_some_and(|bytes| !han(bytes).is_some_and(|code| self.meet_han(code))) {
                break;
            }
        }
        self.filled - before
    }

    /// Whether a Han character is one in normal form too, whose number it has from now on.
    #[cold]
    fn meet_han(&mut self, code: u16) -> bool {
        let form = Some(alone(code)).filter(|form| HAN.contains(form));
        let form = form.and_then(|form| char::from_u32(form.into()));
        if let Some(form) = form {
            self.numbers[usize::from(code)] = self.number(form);
        }
        form.is_some()
    }

    fn number(&mut self, c: char) -> u32 {
        let known = self.numbers.get(c as usize).or_else(|| self.rare.get(&c)).copied().filter(|number| *number > 0);
        known.unwrap_or_else(|| self.meet(c))
    }

    /// The number of a character that was not met before.
    #[cold]
    fn meet(&mut self, c: char) -> u32 {
        self.met.push(c);
        self.counts.push(0);
        let number = self.met.len() as u32;
        match self.numbers.get_mut(c as usize) {
            Some(place) => *place = number,
            None => drop(self.rare.insert(c, number)),
        }
        number
    }

    /// Every pair of the batch in order, with where it stands; the next batch begins. They are sorted by counting: by the
    /// second character first, then by the first one, among which the order of the second ones stays. Both have the same
    /// counts, for every number in the stream ends one pair and begins another; those that begin with the 0 between two
    /// runs are left out at the end.
    pub fn sorted(&mut self) -> Run<Pair> {
        let ranks: Vec<u32> = std::iter::once(0).chain(self.met.iter().map(|c| rank(*c))).collect();
        let mut order: Vec<u32> = (0..ranks.len() as u32).collect();
        order.sort_unstable_by_key(|number| ranks[*number as usize]);
        let counts = std::mem::replace(&mut self.counts, vec![0; order.len()]);
        let begins = begins(&counts, &order);
        let bucket = |number: u32| {
            let from = begins[number as usize] as usize;
            from..from + counts[number as usize] as usize
        };

        // All of it is written over.
        let mut by_second = std::mem::take(&mut self.by_second);
        if by_second.len() < self.filled {
            by_second = vec![0; self.filled + self.filled / 8];
        }
        let (mut next, mut first, mut from) = (begins.clone(), 0, 0);
        for (end, place) in self.ends.drain(..) {
            for second in &self.stream[from..end] {
                let at = &mut next[*second as usize];
                by_second[*at as usize] = first << PLACE_BITS | place;
                *at += 1;
                first = *second;
            }
            from = end;
        }
        // And all of the stream.
        let mut by_first = std::mem::take(&mut self.stream);
        next.copy_from_slice(&begins);
        for second in &order {
            for pair in &by_second[bucket(*second)] {
                let at = &mut next[(pair >> PLACE_BITS) as usize];
                by_first[*at as usize] = second << PLACE_BITS | pair & PLACE;
                *at += 1;
            }
        }
        let mut run = Run::with_room(self.filled);
        for number in order.into_iter().skip(1) {
            let first = ranks[number as usize];
            run.extend(&by_first[bucket(number)], |second| Pair::of_ranks(first, ranks[second as usize]));
        }
        (self.stream, self.filled, self.by_second) = (by_first, 0, by_second);
        run.whole()
    }
}

impl Default for Pairs {
    fn default() -> Self {
        let numbers = Box::new([0; 0x1_0000]);
        Self {
            met: vec![],
            numbers,
            rare: FxHashMap::default(),
            stream: vec![],
            filled: 0,
            counts: vec![0],
            ends: vec![],
            titled: vec![],
            by_second: vec![],
        }
    }
}

/// For so many characters is room made at once.
const BLOCK: usize = 32;
/// The characters of which most Chinese texts are made.
const HAN: Range<u16> = 0x4e00..0xa000;

/// The code of a Han character.
#[inline]
fn han(bytes: &[u8; 3]) -> Option<u16> {
    Some(code(bytes)).filter(|code| bytes[0] >> 4 == 0xe && HAN.contains(code))
}

/// The numbers of the Han characters at the beginning of a text that have one, each counted; returns how many they are.
#[inline]
fn number_known(text: &[[u8; 3]], numbers: &[u32; 0x1_0000], out: &mut [u32], counts: &mut [u32]) -> usize {
    let mut known = 0;
    for (bytes, out) in text.iter().zip(out) {
        let number = han(bytes).map_or(0, |code| numbers[usize::from(code)]);
        if number == 0 {
            break;
        }
        *out = number;
        counts[number as usize] += 1;
        known += 1;
    }
    known
}

/// The bits of a place.
const PLACE: u32 = (1 << PLACE_BITS) - 1;

/// Where each number's occurrences begin, if there are so many of each and the numbers stand in this order.
pub fn begins(counts: &[u32], order: &[u32]) -> Vec<u32> {
    let mut begins = vec![0; counts.len()];
    let mut begin = 0;
    for number in order {
        begins[*number as usize] = begin;
        begin += counts[*number as usize];
    }
    begins
}
