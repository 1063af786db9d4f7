//! Postings of sorted terms as printable text: bits, thirteen in two digits, which `search-data.js` in the theme reads.
//!
//! Each list is its count (Elias gamma), then for each chunk the step from the one before it (Rice code, whose parameter
//! follows from the count) and the field: `0` body, `10` heading, `110` repeated, `111` title.

use super::digits::digit;

/// How many digits there are, of which two hold [`BITS`] bits: 91 × 91 is a little more than 2 to the power of 13.
const BASE: u32 = 91;
const BITS: u32 = 13;
/// So many bits are written at once.
const FULL: u32 = 2 * BITS;
/// How many bits can be put at once beside those that wait to be written.
const MOST: u32 = u64::BITS - FULL;
/// The bits of each field, and how many they are.
const FIELDS: [(u64, u32); 4] = [(0b0, 1), (0b110, 3), (0b10, 2), (0b111, 3)];

/// The digits of every value of [`BITS`] bits.
static DIGITS: [[u8; 2]; 1 << BITS] = {
    let mut digits = [[0; 2]; 1 << BITS];
    let mut value = 0;
    while value < digits.len() {
        digits[value] = [digit(value as u32 / BASE) as u8, digit(value as u32 % BASE) as u8];
        value += 1;
    }
    digits
};

/// Lists of postings on their way into text.
#[derive(Debug)]
pub struct Lists {
    chunks: u32,
    text: Vec<u8>,
    bits: u64,
    count: u32,
    /// How many bits of a step are written as they are in the list that is open.
    low: u32,
    /// The lowest chunk that can follow in it.
    next: u32,
}

impl Lists {
    /// No lists yet, of an index that has so many chunks.
    pub fn new(chunks: u32) -> Self {
        Self { chunks, text: vec![], bits: 0, count: 0, low: 0, next: 0 }
    }

    /// Begins a list of so many chunks.
    pub fn begin(&mut self, count: u32) {
        let length = u32::BITS - count.leading_zeros();
        self.put_behind(length - 1, u64::from(count), length);
        (self.low, self.next) = (low_bits(self.chunks, count), 0);
    }

    /// Appends to the list that is open: chunks, ascending, each with its field (body, repeated, heading, title).
    #[inline]
    pub fn extend(&mut self, postings: impl Iterator<Item = (u32, u32)>) {
        let (low, mut next) = (self.low, self.next);
        for (chunk, field) in postings {
            let step = chunk - next;
            next = chunk + 1;
            let (code, bits) = FIELDS[(field & 3) as usize];
            let code = (1 << low | u64::from(step) & ((1 << low) - 1)) << bits | code;
            self.put_behind(step >> low, code, low + 1 + bits);
        }
        self.next = next;
    }

    /// Appends zeros, and bits behind them.
    #[inline]
    fn put_behind(&mut self, zeros: u32, bits: u64, length: u32) {
        if zeros > MOST - length {
            self.zeros(zeros);
            self.put(bits, length);
        } else {
            self.put(bits, zeros + length);
        }
    }

    fn zeros(&mut self, mut count: u32) {
        while count > MOST {
            self.put(0, MOST);
            count -= MOST;
        }
        self.put(0, count);
    }

    /// Appends bits, at most [`MOST`], the highest first.
    #[inline]
    fn put(&mut self, bits: u64, length: u32) {
        self.bits = self.bits << length | bits;
        self.count += length;
        if self.count >= FULL {
            self.write();
        }
    }

    /// Writes the bits that wait, [`FULL`] of them at once.
    fn write(&mut self) {
        while self.count >= FULL {
            self.count -= FULL;
            let [first, second] = [self.count + BITS, self.count].map(|from| self.digits(from));
            self.text.extend_from_slice(&[first[0], first[1], second[0], second[1]]);
        }
    }

    /// The digits of the bits that wait from one on.
    fn digits(&self, from: u32) -> [u8; 2] {
        DIGITS[(self.bits >> from & ((1 << BITS) - 1)) as usize]
    }

    /// The text; the last bits are filled up with zeros.
    pub fn text(mut self) -> String {
        self.put(0, self.count.next_multiple_of(BITS) - self.count);
        if self.count > 0 {
            self.text.extend(self.digits(0));
        }
        String::from_utf8(self.text).unwrap_or_default()
    }
}

/// How many of a step's lowest bits are written as they are: about as many as the usual step of a list of so many has.
fn low_bits(chunks: u32, count: u32) -> u32 {
    let usual = u64::from(chunks) * 2 / (u64::from(count.max(1)) * 3);
    (u64::BITS - usual.leading_zeros()).saturating_sub(1).min(31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_terms_take_few_bits() {
        let mut lists = Lists::new(1_000);
        lists.begin(1_000);
        lists.extend((0..400).map(|chunk| (chunk, 0)));
        lists.extend((400..1_000).map(|chunk| (chunk, 0)));
        // A zero low bit and a zero field for each, the count in front: 2,019 bits.
        assert_eq!(lists.text().len(), 2_019_usize.div_ceil(13) * 2);
        assert_eq!(Lists::new(5).text(), "");
    }

    #[test]
    fn steps_of_any_size_are_written() {
        let mut lists = Lists::new(u32::MAX);
        lists.begin(1);
        lists.extend([(u32::MAX - 1, 3)].into_iter());
        lists.begin(40);
        lists.extend((0..40).map(|at| (at * 100_000_000, 2)));
        assert!(!lists.text().contains(['<', '\\', '"', '!']));
    }
}
