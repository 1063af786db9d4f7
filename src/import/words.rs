//! A stretch of text together with what was marked in it: strong words, links, images, footnote references.

/// What a mark says about the words it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Strong importance.
    Strong,
    /// Emphasis.
    Emphasis,
    /// Code.
    Code,
    /// A link to this address.
    Link(String),
    /// A picture; the words are its text, the address is this.
    Image(String),
    /// A reference to the footnote of this name; it covers no words.
    Note(String),
}

/// One mark over a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) meaning: Meaning,
}

/// Text and its marks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) marks: Vec<Mark>,
}

impl Words {
    /// Text without any mark.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), marks: vec![] }
    }

    /// Whether there is nothing to show: no ink and no picture or footnote reference.
    pub(crate) fn is_blank(&self) -> bool {
        !self.text.chars().any(super::ink::is_ink)
            && !self.marks.iter().any(|mark| matches!(mark.meaning, Meaning::Image(_) | Meaning::Note(_)))
    }

    /// Puts `other` behind, with `between` in the middle.
    pub(crate) fn push(&mut self, between: &str, other: &Words) {
        self.text.push_str(between);
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.iter().map(|mark| Mark {
            start: mark.start + by,
            end: mark.end + by,
            meaning: mark.meaning.clone(),
        }));
    }

    /// The part from one byte to another; both must be character boundaries, else the part is empty.
    pub(crate) fn slice(&self, start: usize, end: usize) -> Self {
        let last = end == self.text.len();
        let marks = self.marks.iter().filter_map(|mark| {
            let (from, to) = (mark.start.max(start), mark.end.min(end));
            let inside = match mark.start == mark.end {
                true => mark.start >= start && (mark.start < end || last && mark.start == end),
                false => from < to,
            };
            inside.then(|| Mark { start: from - start, end: to - start, meaning: mark.meaning.clone() })
        });
        Self { marks: marks.collect(), text: self.text.get(start..end).unwrap_or_default().to_owned() }
    }

    /// The same without white space and control characters at both ends.
    pub(crate) fn trimmed(&self) -> Self {
        let start = self.text.find(super::ink::is_ink).unwrap_or(self.text.len());
        let end = self.text.char_indices().rev().find(|(_, c)| super::ink::is_ink(*c)).map(|(at, c)| at + c.len_utf8());
        self.slice_keeping_points(start, end.unwrap_or(start).max(start))
    }

    /// As [`Words::slice`], but marks that cover nothing (footnote references) are moved inside and not lost.
    fn slice_keeping_points(&self, start: usize, end: usize) -> Self {
        let mut part = self.slice(start, end);
        let last = end == self.text.len();
        let part_of = |mark: &Mark| mark.start >= start && (mark.start < end || last && mark.start == end);
        for mark in self.marks.iter().filter(|mark| mark.start == mark.end && !part_of(mark)) {
            let at = mark.start.clamp(start, end) - start;
            part.marks.push(Mark { start: at, end: at, meaning: mark.meaning.clone() });
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_takes_its_marks_along() {
        let strong = Mark { start: 3, end: 9, meaning: Meaning::Strong };
        let note = Mark { start: 12, end: 12, meaning: Meaning::Note("1".into()) };
        let words = Words { text: "一二三四 ".into(), marks: vec![strong, note] };
        let part = words.slice(6, 12);
        assert_eq!((part.text.as_str(), part.marks.len()), ("三四", 1));
        assert_eq!((part.marks[0].start, part.marks[0].end), (0, 3));
        assert_eq!(words.trimmed().marks.len(), 2);
    }
}
