//! The pairs of neighbouring characters of a batch: gathered as the texts are read, then sorted by counting.

use rustc_hash::FxHashMap;

use super::batch::{PLACE_BITS, Place, Run};
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
    /// A 0 behind each run of characters.
    stream: Vec<u32>,
    /// Where in the stream texts end, and the place of each.
    ends: Vec<(usize, u32)>,
    runs: usize,
    /// Whether a character stands in a title or heading of the batch, by its number; may be shorter.
    titled: Vec<bool>,
    /// Room to sort in.
    by_second: Vec<u32>,
}

impl Pairs {
    /// Makes room for the pairs of these texts. Nearly all are of characters of three bytes, in runs of more than four.
    pub fn reserve<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        let wide = |text: &str| text.bytes().filter(|byte| *byte >= 0xe0).count();
        let wide: usize = texts.map(wide).sum();
        self.stream.reserve(wide + wide / 4);
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
        self.stream.push(number);
    }

    /// Ends the run that is open, if one is.
    #[inline]
    pub fn end_run(&mut self) {
        if self.stream.last().is_some_and(|last| *last > 0) {
            self.stream.push(0);
            self.runs += 1;
        }
    }

    /// How much was added, for [`Self::back_to`].
    pub fn mark(&self) -> (usize, usize) {
        (self.stream.len(), self.runs)
    }

    /// Takes away what was added since a mark.
    pub fn back_to(&mut self, (length, runs): (usize, usize)) {
        self.stream.truncate(length);
        self.runs = runs;
    }

    /// What was added since a mark stands in a title or heading.
    pub fn title_since(&mut self, (length, _): (usize, usize)) {
        self.titled.resize(self.met.len() + 1, false);
        self.stream[length..].iter().for_each(|number| self.titled[*number as usize] = true);
    }

    /// The characters of the titles and headings of this batch.
    pub fn titled(&mut self) -> Vec<char> {
        let titled = std::mem::take(&mut self.titled).into_iter().skip(1);
        self.met.iter().zip(titled).filter(|(_, titled)| *titled).map(|(c, _)| *c).collect()
    }

    /// All that was added since the last call stands in this place.
    pub fn end_text(&mut self, place: u32) {
        self.ends.push((self.stream.len(), place));
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.stream.len() - self.runs
    }

    /// Adds the characters of U+4E00 to U+9FFF that a text begins with, each as it is in normal form; returns how many
    /// there are.
    #[inline]
    pub fn push_han(&mut self, text: &[u8]) -> usize {
        let before = self.stream.len();
        for bytes in text.as_chunks().0 {
            let code = code(bytes);
            if bytes[0] >> 4 != 0xe || !(0x4e00..0xa000).contains(&code) {
                break;
            }
            let number = match self.numbers[usize::from(code)] {
                0 => match self.meet_han(code) {
                    Some(number) => number,
                    None => break,
                },
                number => number,
            };
            self.stream.push(number);
        }
        self.stream.len() - before
    }

    /// The number of a character in normal form, unless that is no Han character.
    #[cold]
    fn meet_han(&mut self, code: u16) -> Option<u32> {
        let form = Some(alone(code)).filter(|form| (0x4e00..0xa000).contains(form))?;
        let number = self.number(char::from_u32(form.into())?);
        self.numbers[usize::from(code)] = number;
        Some(number)
    }

    fn number(&mut self, c: char) -> u32 {
        let known = self.numbers.get(c as usize).or_else(|| self.rare.get(&c)).copied().filter(|number| *number > 0);
        known.unwrap_or_else(|| self.meet(c))
    }

    /// The number of a character that was not met before.
    #[cold]
    fn meet(&mut self, c: char) -> u32 {
        self.met.push(c);
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
        let mut counts = vec![0; order.len()];
        self.stream.iter().for_each(|number| counts[*number as usize] += 1);
        let begins = begins(&counts, &order);
        let bucket = |number: u32| {
            let from = begins[number as usize] as usize;
            from..from + counts[number as usize] as usize
        };

        // All of it is written over.
        let mut by_second = std::mem::take(&mut self.by_second);
        if by_second.len() < self.stream.len() {
            by_second = vec![0; self.stream.len()];
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
        let mut run = Run::with_room(by_first.len());
        for number in order.into_iter().skip(1) {
            let (first, mut open) = (ranks[number as usize], None);
            for pair in &by_first[bucket(number)] {
                let (second, place) = (pair >> PLACE_BITS, Place::new(*pair));
                if open == Some(second) {
                    run.add(place);
                } else {
                    run.begin(Pair::of_ranks(first, ranks[second as usize]), place);
                    open = Some(second);
                }
            }
        }
        by_first.clear();
        (self.stream, self.by_second, self.runs) = (by_first, by_second, 0);
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
            ends: vec![],
            runs: 0,
            titled: vec![],
            by_second: vec![],
        }
    }
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
