//! Blocks: what a page is made of once its lines are understood.

use super::ledger::Fate;
use super::words::Words;

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A heading of this level, 2 to 6; the page's title is the first level.
    Heading(u8),
    Paragraph,
    /// An item of a list at a depth from 0.
    Item {
        depth: u8,
        mark: Mark,
    },
    /// Rows of cells.
    Table(Vec<Vec<Words>>),
    /// A line of code; neighbours belong together.
    Code,
    Quote,
    /// The text of the footnote of this name.
    Note(String),
    /// A line of Markdown, taken over as it is; a blank one too.
    Verbatim,
}

/// What stands in front of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Bullet,
    Number(u32),
}

/// One block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) shape: Shape,
    pub(crate) words: Words,
    /// Characters of the source that became the mark of a list: `1.`, `•`.
    pub(crate) marker: String,
    /// Whether a new list begins with this item although it stands right behind another one.
    pub(crate) fresh: bool,
}

impl Block {
    /// A block without a mark.
    pub(crate) fn new(shape: Shape, words: Words) -> Self {
        Self { shape, words, marker: String::new(), fresh: false }
    }
}

/// A page's blocks, and what became of the lines they are made of.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    pub(crate) blocks: Vec<Block>,
    /// Line indices from 0.
    pub(crate) fates: Vec<(usize, Fate)>,
}
