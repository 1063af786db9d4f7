//! Postings of sorted terms as printable text: bits, thirteen in two digits, which `search-data.js` in the theme reads.
//!
//! Each list is its count (Elias gamma), then for each chunk the step from the one before it (Rice code, whose parameter
//! follows from the count) and the field: `0` body, `10` heading, `110` repeated, `111` title.

use super::digits::digit;

/// How many digits there are, of which two hold [`BITS`] bits: 91 × 91 is a little more than 2 to the power of 13.
const BASE: u32 = 91;
const BITS: u32 = 13;
/// So many groups of [`BITS`] bits begin at a byte and end at one.
const GROUPS: usize = 8;
/// How many bits are put at once at most: beside fewer than eight that wait they fit a number.
const MOST: u32 = u64::BITS - 8;
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
    /// What is written, zeros behind it: room for the list that is open.
    bytes: Vec<u8>,
    end: End,
    /// How many bits of a step are written as they are in the list that is open.
    low: u32,
    /// The lowest chunk that can follow in it.
    next: u32,
}

/// Where bits are put next.
#[derive(Debug, Clone, Copy, Default)]
struct End {
    byte: usize,
    /// The bits of that byte that are there already, the highest first, and how many.
    bits: u64,
    count: u32,
}

impl Lists {
    /// No lists yet, of an index that has so many chunks.
    pub fn new(chunks: u32) -> Self {
        Self { chunks, bytes: vec![], end: End::default(), low: 0, next: 0 }
    }

    /// Begins a list of so many chunks.
    pub fn begin(&mut self, count: u32) {
        (self.low, self.next) = (low_bits(self.chunks, count), 0);
        // The count, all that is written as it is, and the zeros, which are steps of what is not.
        let bits = u64::from(count) * u64::from(self.low + 4) + u64::from(self.chunks >> self.low);
        let room = self.end.byte + (bits / 8) as usize + 4 * size_of::<u64>();
        if self.bytes.len() < room {
            self.bytes.resize(2 * room, 0);
        }
        self.end = self.end.put(&mut self.bytes, u64::from(count), 2 * count.max(1).ilog2() + 1);
    }

    /// Appends to the list that is open: chunks, ascending, each with its field (body, repeated, heading, title).
    #[inline]
    pub fn extend(&mut self, postings: impl Iterator<Item = (u32, u32)>) {
        let (low, mut next, mut end) = (self.low, self.next, self.end);
        let high = 1 << low;
        for (chunk, field) in postings {
            let step = chunk - next;
            next = chunk + 1;
            let (code, bits) = FIELDS[(field & 3) as usize];
            let code = (high | u64::from(step) & (high - 1)) << bits | code;
            let (mut zeros, length) = (step >> low, low + 1 + bits);
            while zeros > MOST - length {
                let some = zeros.min(MOST);
                end = end.put(&mut self.bytes, 0, some);
                zeros -= some;
            }
            end = end.put(&mut self.bytes, code, zeros + length);
        }
        (self.next, self.end) = (next, end);
    }

    /// The text; the last bits are filled up with zeros.
    pub fn text(self) -> String {
        let groups = (self.end.byte * 8 + self.end.count as usize).div_ceil(BITS as usize);
        let mut text = Vec::with_capacity(2 * groups.next_multiple_of(GROUPS));
        for block in self.bytes.as_chunks::<{ BITS as usize }>().0.iter().take(groups.div_ceil(GROUPS)) {
            let mut bits = [0; 16];
            bits[..block.len()].copy_from_slice(block);
            let bits = u128::from_be_bytes(bits);
            for group in 1..=GROUPS as u32 {
                text.extend(DIGITS[(bits >> (u128::BITS - group * BITS)) as usize & (DIGITS.len() - 1)]);
            }
        }
        text.truncate(2 * groups);
        String::from_utf8(text).unwrap_or_default()
    }
}

impl End {
    /// Puts bits, the highest first, at most [`MOST`] of them. Eight bytes are written however many bits there are: the next
    /// ones are written over those that do not count.
    #[inline]
    fn put(self, bytes: &mut [u8], bits: u64, length: u32) -> Self {
        let count = self.count + length;
        let bits = self.bits | bits << (u64::BITS - 1 - count) << 1;
        bytes[self.byte..self.byte + size_of::<u64>()].copy_from_slice(&bits.to_be_bytes());
        Self { byte: self.byte + (count / 8) as usize, bits: bits << (count & !7), count: count & 7 }
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
