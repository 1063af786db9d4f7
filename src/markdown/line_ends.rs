//! Line ends of Windows: taken out before parsing, so that the output is the same, and offsets mapped back.

use std::borrow::Cow;
use std::ops::Range;

/// A text with `\n` for every `\r\n`.
#[derive(Debug)]
pub(super) struct Unix<'a> {
    /// The text, borrowed if there was nothing to take out.
    pub(super) text: Cow<'a, str>,
    /// The offset of each `\n` in the text that had a `\r` before it.
    returns: Vec<usize>,
}

impl<'a> Unix<'a> {
    /// The text with its line ends made alike.
    pub(super) fn new(text: &'a str) -> Self {
        if !text.contains("\r\n") {
            return Self { text: Cow::Borrowed(text), returns: vec![] };
        }
        let mut returns = vec![];
        let mut out = String::with_capacity(text.len());
        for (at, line) in text.split("\r\n").enumerate() {
            if at > 0 {
                returns.push(out.len());
                out.push('\n');
            }
            out.push_str(line);
        }
        Self { text: Cow::Owned(out), returns }
    }

    /// A range of the text as a range of the original.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        let back = |at: usize| at + self.returns.partition_point(|end| *end < at);
        back(range.start)..back(range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back() {
        let text = "a\r\nb\n\r\nc\r";
        let unix = Unix::new(text);
        assert_eq!(unix.text, "a\nb\n\nc\r");
        let at = unix.text.find('c').unwrap();
        assert_eq!(&text[unix.original(at..at + 1)], "c");
        assert_eq!(unix.original(1..2), 1..3);
    }
}
