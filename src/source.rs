//! One file as it was read: its path, its text, its hash, and where its lines begin.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::paths::SourcePath;

/// A range of bytes in one file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A span of these byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The span moved `by` bytes towards the end of the file.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }

    /// The span as a range of byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A line and a column, both from 1; the column counts characters, as editors do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// BLAKE3 of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The hash as it is.
    pub fn bytes(&self) -> [u8; 32] {
        self.0
    }

    /// The hash as 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().as_str().to_owned()
    }

    /// The hash that [`Hash::hex`] wrote; none if the text is not 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(|hash| Self(*hash.as_bytes()))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hex()[..12])
    }
}

/// One text file of the site. Cloning shares the text.
#[derive(Debug, Clone)]
pub struct Source(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: SourcePath,
    text: Box<str>,
    hash: Hash,
    lines: OnceLock<Vec<u32>>,
}

impl Source {
    /// A file with this text, its line ends as they are.
    pub fn new(path: SourcePath, text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        Self(Arc::new(Inner { path, hash: Hash::of(text.as_bytes()), text, lines: OnceLock::new() }))
    }

    /// Where the file stands.
    pub fn path(&self) -> &SourcePath {
        &self.0.path
    }

    /// All of its text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The hash of its text.
    pub fn hash(&self) -> Hash {
        self.0.hash
    }

    /// The line and column of a byte offset; an offset past the end is the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let text = self.text();
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start as usize <= offset);
        let start = starts[line - 1] as usize;
        LineColumn { line, column: text[start..offset].chars().count() + 1 }
    }

    /// The bytes of a line (from 1), without its line end; none past the last.
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let starts = self.line_starts();
        let start = *starts.get(line.checked_sub(1)?)? as usize;
        let end = starts.get(line).map_or(self.text().len(), |next| *next as usize);
        let end = start + self.text()[start..end].trim_end_matches(['\n', '\r']).len();
        Some(Span::new(start, end))
    }

    fn line_starts(&self) -> &[u32] {
        self.0.lines.get_or_init(|| {
            let ends = self.text().bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX))).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new(SourcePath::new("a.md").unwrap(), "一二\r\nab三c");
        assert_eq!(source.line_column(3), LineColumn { line: 1, column: 2 });
        assert_eq!(source.line_column(13), LineColumn { line: 2, column: 4 });
        assert_eq!(source.line_span(1), Some(Span::new(0, 6)));
        assert_eq!(source.line_span(3), None);
    }
}
