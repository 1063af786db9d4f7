//! Numbers that are the same on every machine, for texts and sites that tests and benchmarks make up.
#![allow(dead_code, reason = "each program uses its own part")]

/// A small generator of numbers that is the same everywhere (xorshift64).
pub struct Numbers(u64);

impl Numbers {
    /// The numbers that follow from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap_or(0)
    }

    /// A position in a list of which the first are far more common than the last (Zipf's law, roughly).
    pub fn common(&mut self, end: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((end as f64).powf(share) - 1.0) as usize % end
    }
}
