//! Postings in memory: for each term the steps from chunk to chunk with the fields, as varints of seven bits.

/// Many lists of postings, one behind the other.
#[derive(Debug, Default)]
pub struct Steps {
    /// Where each list ends in `bytes`.
    ends: Vec<usize>,
    bytes: Vec<u8>,
}

impl Steps {
    /// Adds a posting to the list that is open: the step from the chunk before it, and the field.
    pub fn push(&mut self, step: u32, field: u32) {
        let mut number = u64::from(step) << 2 | u64::from(field & 3);
        while number >= 0x80 {
            self.bytes.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// Adds postings as they stand in a list, from behind its first one.
    pub fn push_rest(&mut self, list: &List<'_>) {
        self.bytes.extend_from_slice(list.0);
    }

    /// Ends the list that is open.
    pub fn end_list(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// Lists that follow one another.
    pub fn of<'s>(all: impl Iterator<Item = &'s Self> + Clone) -> Self {
        let mut one = Self {
            ends: Vec::with_capacity(all.clone().map(|next| next.ends.len()).sum()),
            bytes: Vec::with_capacity(all.clone().map(|next| next.bytes.len()).sum()),
        };
        for next in all {
            let by = one.bytes.len();
            one.bytes.extend_from_slice(&next.bytes);
            one.ends.extend(next.ends.iter().map(|end| end + by));
        }
        one
    }

    /// How many bytes the lists before a position take.
    pub fn size_before(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0)
    }

    /// The list at a position.
    pub fn list(&self, at: usize) -> List<'_> {
        let end = self.ends.get(at).copied().unwrap_or(self.bytes.len());
        List(self.bytes.get(self.size_before(at)..end).unwrap_or_default())
    }
}

/// One list: for each posting the step from the chunk before it (for the first, the chunk), and the field.
#[derive(Debug, Clone)]
pub struct List<'l>(&'l [u8]);

impl Iterator for List<'_> {
    type Item = (u32, u32);

    fn count(self) -> usize {
        self.0.iter().filter(|byte| **byte < 0x80).count()
    }

    fn next(&mut self) -> Option<(u32, u32)> {
        let (mut byte, mut rest) = self.0.split_first()?;
        let mut number = u64::from(byte & 0x7f);
        let mut shift = 7;
        // Nearly all steps take one byte.
        while *byte >= 0x80 {
            (byte, rest) = rest.split_first()?;
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
        }
        self.0 = rest;
        Some(((number >> 2) as u32, (number & 3) as u32))
    }
}
