//! One line of the source as its reader gives it: its number, its words, and the form it says it has.

use super::words::Words;

/// One line (of a text), one paragraph (of a .docx), one block (of HTML).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// The words as they stand in the source.
    pub(crate) words: Words,
    /// The line of the file where it begins; 0 where a file has no lines of its own (.docx).
    pub(crate) at: usize,
    /// What the source itself says of its form.
    pub(crate) form: Form,
}

/// What the source itself says of a line's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// Nothing: a line of plain text, that may be a part of a paragraph.
    Text,
    /// A whole paragraph.
    Paragraph,
    /// The document's title.
    Title,
    /// A heading of this level, from 1.
    Heading(u8),
    /// A list item; depth from 0.
    Item {
        /// How deep the list is nested, from 0.
        depth: u8,
        /// Whether its list is numbered.
        ordered: bool,
    },
    /// Text in a table's cell.
    Cell {
        /// Which table of the document, from 0.
        table: usize,
        /// The row, from 0.
        row: usize,
        /// The column, from 0.
        column: usize,
    },
    /// A line of code; neighbours belong together.
    Code,
    /// A quoted paragraph.
    Quote,
    /// The text of the footnote of this name.
    Note(String),
    /// Markdown that is taken over as it is.
    Markdown(Verbatim),
    /// A field of Markdown front matter, with its key.
    Field(String),
    /// Not part of the document's text, by this rule.
    Dropped(&'static str),
}

/// What a verbatim Markdown line is; a blank one is what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verbatim {
    /// A heading.
    Heading(u8),
    /// A list item or what belongs to one.
    Item,
    /// A row of a table.
    Table,
    /// A line of code, fences included.
    Code,
    /// A footnote or a link's definition.
    Note,
    /// Anything else.
    Paragraph,
}

impl Line {
    /// Whether the line shows nothing.
    pub(crate) fn is_blank(&self) -> bool {
        self.words.is_blank()
    }

    /// The text without white space at both ends.
    pub(crate) fn text(&self) -> &str {
        self.words.text.trim_matches(|c| !super::ink::is_ink(c))
    }

    /// Whether it may be a byline, a field or a headline by its words.
    pub(crate) fn is_open(&self) -> bool {
        self.is_free() || self.form == Form::Markdown(Verbatim::Paragraph)
    }

    /// Whether it stands beside the text: a footnote, or what is left out.
    pub(crate) fn is_aside(&self) -> bool {
        matches!(self.form, Form::Note(_) | Form::Dropped(_) | Form::Field(_))
    }

    /// The level of the heading that the source itself says it is; 0 is the title.
    pub(crate) fn heading(&self) -> Option<u8> {
        match self.form {
            Form::Title => Some(0),
            Form::Heading(level) | Form::Markdown(Verbatim::Heading(level)) => Some(level),
            _ => None,
        }
    }

    /// Whether its form is open to what its words look like.
    pub(crate) fn is_free(&self) -> bool {
        matches!(self.form, Form::Text | Form::Paragraph)
    }
}

/// A source as its reader gives it.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// All lines, in order, blank ones too.
    pub(crate) lines: Vec<Line>,
    /// What a line is in this source: `line`, `paragraph` or `block`.
    pub(crate) unit: &'static str,
    /// The kind of source: `text`, `markdown`, `html` or `docx`.
    pub(crate) kind: &'static str,
    /// The name of its encoding.
    pub(crate) encoding: &'static str,
    /// Pictures that stand in the source itself: a file name and its bytes.
    pub(crate) images: Vec<(String, Vec<u8>)>,
    /// What its reader could not take over: the line (from 1, 0 for the whole) and a whole clause.
    pub(crate) complaints: Vec<(usize, String)>,
}

/// The physical lines of a text: ended by LF, CR LF or CR.
pub(crate) fn physical(text: &str) -> Vec<&str> {
    let mut lines = vec![];
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r']) {
        lines.push(&rest[..at]);
        let end = if rest[at..].starts_with("\r\n") { at + 2 } else { at + 1 };
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        lines.push(rest);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::physical;

    #[test]
    fn every_line_end_ends_a_line() {
        assert_eq!(physical("a\r\nb\rc\n\nd"), ["a", "b", "c", "", "d"]);
        assert_eq!(physical("a\n"), ["a"]);
        assert!(physical("").is_empty());
    }
}
