//! What a piece of code is, and the class that says so.

/// What a piece of code is. Whatever has no kind is written as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A word of the language itself.
    Keyword,
    /// A text, a character, a regular expression.
    String,
    /// A comment.
    Comment,
    /// A number, a date.
    Number,
    /// `true`, `null`, a symbol, an atom.
    Constant,
    /// What is called, or defined to be called.
    Function,
    /// A type, a class, a module.
    Type,
    /// A variable that shows itself as one: `$name`.
    Variable,
    /// A key, an attribute, an annotation.
    Attribute,
    /// The name of an element, a selector, a heading.
    Tag,
    /// A line that was added.
    Inserted,
    /// A line that was removed.
    Deleted,
}

impl Kind {
    /// The class in the HTML.
    pub fn class(self) -> &'static str {
        match self {
            Self::Keyword => "hl-keyword",
            Self::String => "hl-string",
            Self::Comment => "hl-comment",
            Self::Number => "hl-number",
            Self::Constant => "hl-constant",
            Self::Function => "hl-function",
            Self::Type => "hl-type",
            Self::Variable => "hl-variable",
            Self::Attribute => "hl-attribute",
            Self::Tag => "hl-tag",
            Self::Inserted => "hl-inserted",
            Self::Deleted => "hl-deleted",
        }
    }
}

/// Some bytes of a text and what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
    /// What they are.
    pub kind: Kind,
}

/// The tokens as they are found.
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
}

impl Tokens {
    pub(super) fn with_capacity(tokens: usize) -> Self {
        Self { list: Vec::with_capacity(tokens) }
    }

    /// Notes that these bytes are of this kind; a neighbour of the same kind grows.
    pub(super) fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { return };
        if start >= end {
            return;
        }
        match self.list.last_mut() {
            Some(last) if last.kind == kind && last.end == start => last.end = end,
            // What comes out of order would write a piece twice.
            Some(last) if last.end > start => {}
            _ => self.list.push(Token { start, end, kind }),
        }
    }
}
