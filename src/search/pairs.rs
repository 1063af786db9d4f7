//! The pairs of neighbouring characters of a batch: gathered as the texts are read, then sorted by counting.

use super::batch::{PLACE_BITS, Run};
use super::key::{Pair, rank};

/// The characters of a batch in the order of its texts, as numbers.
#[derive(Default)]
pub struct Pairs {
    /// The characters, numbered from 1 as they are met; 0 is none.
    met: Vec<char>,
    numbers: Vec<u32>,
    /// A 0 behind each run of characters.
    stream: Vec<u32>,
    /// Where in the stream texts end, and the place of each.
    ends: Vec<(usize, u32)>,
    runs: usize,
}

impl Pairs {
    /// Makes room for the pairs of texts of so many bytes.
    pub fn reserve(&mut self, bytes: usize) {
        self.stream.reserve(bytes / 3);
    }

    /// Adds a run of characters: every two neighbours, and the last one alone.
    pub fn push(&mut self, run: &str) {
        for c in run.chars() {
            let number = self.number(c);
            self.stream.push(number);
        }
        self.stream.push(0);
        self.runs += 1;
    }

    /// All that was added since the last call stands in this place.
    pub fn end_text(&mut self, place: u32) {
        self.ends.push((self.stream.len(), place));
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.stream.len() - self.runs
    }

    #[inline]
    fn number(&mut self, c: char) -> u32 {
        let code = u32::from(c) as usize;
        match self.numbers.get(code) {
            Some(number) if *number > 0 => *number,
            _ => {
                self.numbers.resize(self.numbers.len().max(code + 1), 0);
                self.met.push(c);
                self.numbers[code] = self.met.len() as u32;
                self.numbers[code]
            }
        }
    }

    /// Every pair in order, with where it stands. They are sorted by counting: by the second character first, then by the
    /// first one, among which the order of the second ones stays. Both have the same counts, for every number in the
    /// stream ends one pair and begins another; those that begin with the 0 between two runs are left out at the end.
    pub fn sorted(self) -> Run<Pair> {
        let mut order: Vec<u32> = (1..=self.met.len() as u32).collect();
        order.sort_unstable_by_key(|number| rank(self.met[*number as usize - 1]));
        order.insert(0, 0);
        let mut counts = vec![0; order.len()];
        self.stream.iter().for_each(|number| counts[*number as usize] += 1);
        let begins = begins(&counts, &order);
        let bucket = |number: u32| {
            let from = begins[number as usize] as usize;
            from..from + counts[number as usize] as usize
        };

        let mut by_second = vec![0; self.stream.len()];
        let (mut next, mut first, mut from) = (begins.clone(), 0, 0);
        for (end, place) in self.ends {
            for second in &self.stream[from..end] {
                let at = &mut next[*second as usize];
                by_second[*at as usize] = first << PLACE_BITS | place;
                *at += 1;
                first = *second;
            }
            from = end;
        }
        // All of the stream is written over.
        let mut by_first = self.stream;
        next.copy_from_slice(&begins);
        for second in &order {
            for pair in &by_second[bucket(*second)] {
                let at = &mut next[(pair >> PLACE_BITS) as usize];
                by_first[*at as usize] = second << PLACE_BITS | pair & PLACE;
                *at += 1;
            }
        }
        let mut run = Run::default();
        let character = |number: u32| (number as usize).checked_sub(1).map(|at| self.met[at]);
        for number in order {
            let Some(first) = character(number) else { continue };
            for same in by_first[bucket(number)].chunk_by(|one, other| (one ^ other) <= PLACE) {
                let second = character(same[0] >> PLACE_BITS);
                run.push(Pair::new(first, second), same.iter().map(|pair| pair & PLACE));
            }
        }
        run
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
