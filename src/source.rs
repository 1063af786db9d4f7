//! One file as it was read: its path, its text, its hash, and where its lines begin.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use twox_hash::XxHash3_128;

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

/// XXH3 of some bytes, 128 bits: it tells whether something changed, and need not withstand anybody who forges.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(u128);

impl Hash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(XxHash3_128::oneshot(bytes))
    }

    /// The hash of all that a value says: texts say where they end and lists how long they are, so that no two values
    /// that differ sound alike.
    pub fn of_value(value: &impl std::hash::Hash) -> Self {
        let mut said = Said(Vec::with_capacity(1 << 12));
        value.hash(&mut said);
        Self::of(&said.0)
    }

    /// The hash as it is.
    pub fn bytes(&self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// The hash as 32 hexadecimal digits.
    pub fn hex(&self) -> String {
        format!("{:032x}", self.0)
    }

    /// The hash that [`Hash::hex`] wrote; none if the text is not 32 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        u128::from_str_radix(text, 16).ok().filter(|_| digits).map(Self)
    }
}

/// All that a value says.
struct Said(Vec<u8>);

impl std::hash::Hasher for Said {
    /// Of a long text its hash says as much.
    fn write(&mut self, bytes: &[u8]) {
        const LONG: usize = 1 << 10;
        if bytes.len() < LONG {
            self.0.extend_from_slice(bytes);
        } else {
            self.0.extend_from_slice(&Hash::of(bytes).bytes());
        }
    }

    /// As long on every machine.
    fn write_usize(&mut self, number: usize) {
        self.write(&(number as u64).to_le_bytes());
    }

    /// Nobody asks for it: what was said is hashed as a whole.
    fn finish(&self) -> u64 {
        self.0.len() as u64
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
    text: OnceLock<Box<str>>,
    hash: OnceLock<Hash>,
    lines: OnceLock<Vec<u32>>,
    disk: Option<Disk>,
}

/// A folder on the disk whose texts are read when they are wanted.
#[derive(Debug, Clone)]
pub struct Disk {
    /// The folder that paths count from.
    pub root: Arc<Path>,
    /// Reads a text below it; none if that cannot be done (any more).
    pub read: fn(&Path, &SourcePath) -> Option<String>,
}

impl Source {
    /// A file with this text, its line ends as they are.
    pub fn new(path: SourcePath, text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        let hash = Hash::of(text.as_bytes()).into();
        Self(Arc::new(Inner { path, text: text.into(), hash, lines: OnceLock::new(), disk: None }))
    }

    /// A file that nobody has read: a large site's texts are not all at hand at once.
    pub fn on_disk(path: SourcePath, disk: Disk) -> Self {
        let (text, hash, lines) = Default::default();
        Self(Arc::new(Inner { path, text, hash, lines, disk: Some(disk) }))
    }

    /// The folder that the text is still to be read from; none if it is at hand.
    pub fn unread(&self) -> Option<&Path> {
        self.0.disk.as_ref().filter(|_| self.0.text.get().is_none()).map(|disk| &*disk.root)
    }

    /// This file with the text that was read of it. It is this file's too from then on, as far as its hash tells, but
    /// this one does not keep it.
    pub fn with_text(&self, text: String) -> Self {
        let whole = Self::new(self.path().clone(), text);
        let _ = self.0.hash.set(whole.hash());
        whole
    }

    /// Where the file stands.
    pub fn path(&self) -> &SourcePath {
        &self.0.path
    }

    /// All of its text. One that is not at hand is read and kept: as it is by then, and empty if it has gone.
    pub fn text(&self) -> &str {
        self.read().unwrap_or_default()
    }

    fn read(&self) -> Option<&str> {
        let read = || self.0.disk.as_ref().and_then(|disk| (disk.read)(&disk.root, self.path()));
        match self.0.text.get() {
            Some(text) => Some(text),
            None => read().map(|text| &**self.0.text.get_or_init(|| text.into())),
        }
    }

    /// The hash of its text.
    pub fn hash(&self) -> Hash {
        self.known_hash().unwrap_or_else(|| match self.read() {
            Some(text) => *self.0.hash.get_or_init(|| Hash::of(text.as_bytes())),
            None => Hash::of(&[]),
        })
    }

    /// The hash of its text, if anybody has read it.
    pub fn known_hash(&self) -> Option<Hash> {
        self.0.hash.get().copied()
    }

    /// Whether both were read and have the same text.
    pub fn has_text_of(&self, other: &Self) -> bool {
        self.known_hash().is_some() && self.known_hash() == other.known_hash()
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
    fn a_text_on_the_disk_is_read_when_it_is_wanted() {
        let path = |path: &str| SourcePath::new(path).unwrap();
        let read = |root: &Path, path: &SourcePath| {
            (path.as_str() != "gone.md").then(|| format!("{} in {}", path.as_str(), root.display()))
        };
        let disk = Disk { root: Path::new("site").into(), read };
        let source = Source::on_disk(path("a.md"), disk.clone());
        assert_eq!((source.unread(), source.known_hash()), (Some(Path::new("site")), None));
        let whole = source.with_text("as it was".into());
        assert_eq!((whole.text(), whole.unread()), ("as it was", None));
        assert_eq!((source.hash(), source.unread()), (whole.hash(), Some(Path::new("site"))));
        assert_eq!((source.text(), source.unread()), ("a.md in site", None));
        // What could not be read once may be there the next time.
        let gone = Source::on_disk(path("gone.md"), disk);
        assert_eq!((gone.text(), gone.hash(), gone.known_hash()), ("", Hash::of(b""), None));
        assert_eq!(gone.unread(), Some(Path::new("site")));
        assert!(whole.has_text_of(&whole.clone()) && !gone.has_text_of(&gone) && !gone.has_text_of(&whole));
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new(SourcePath::new("a.md").unwrap(), "一二\r\nab三c");
        assert_eq!(source.line_column(3), LineColumn { line: 1, column: 2 });
        assert_eq!(source.line_column(13), LineColumn { line: 2, column: 4 });
        assert_eq!(source.line_span(1), Some(Span::new(0, 6)));
        assert_eq!(source.line_span(3), None);
    }
}
