//! What a body says of itself: headings, links and plain text by section.

use std::sync::Arc;

use super::{Body, IncludedCode};
use crate::source::Span;

/// A body as it was understood, alone, without any other file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markdown {
    /// The HTML and its holes.
    pub body: Body,
    /// Every heading, in the order of the file.
    pub headings: Vec<Heading>,
    /// Every link and image, in the order in which they begin.
    pub links: Vec<Link>,
    /// Every block of code whose text is in another file, in the order of the holes.
    pub included_code: Vec<IncludedCode>,
    /// Every component that is not built in, in the order in which they begin.
    pub components: Vec<Component>,
    /// Every term of a definition list, and every abbreviation.
    pub terms: Vec<Term>,
    /// Every id that the HTML holds, sorted: of headings, their aliases, footnotes and raw HTML.
    pub ids: Vec<Arc<str>>,
    /// The plain text, cut at the headings.
    pub sections: Vec<Section>,
    /// The offset in [`Body::html`] where `<!-- more -->` stood, for [`Body::fill_from`].
    pub summary: Option<u32>,
    /// HTML of the author passed into the body.
    pub has_raw_html: bool,
    /// How many Han and kana characters there are, for the reading time.
    pub characters: usize,
    /// How many words of other scripts there are.
    pub words: usize,
}

impl Markdown {
    /// The same, without room to grow: a document is kept as long as the site.
    pub(super) fn fitted(mut self) -> Self {
        self.body.html.shrink_to_fit();
        self.body.holes.shrink_to_fit();
        self.headings.shrink_to_fit();
        self.links.shrink_to_fit();
        self.ids.shrink_to_fit();
        self.sections.shrink_to_fit();
        for section in &mut self.sections {
            section.text.shrink_to_fit();
        }
        self
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The id, unique in the body; one of [`Markdown::ids`].
    pub id: Arc<str>,
    /// Other ids that lead to it: the one with the ordinal that `id` leaves out.
    pub aliases: Vec<Arc<str>>,
    /// The plain text.
    pub text: String,
    /// What [`Heading::html`] returns; none if it is the text.
    pub(super) html: Option<String>,
    /// The heading in the source.
    pub span: Span,
}

impl Heading {
    /// The inline HTML for a table of contents: no links, images, footnote marks or raw HTML in it.
    pub fn html(&self) -> &str {
        self.html.as_ref().unwrap_or(&self.text)
    }
}

/// The plain text between one heading and the next.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Section {
    /// The heading above it, as an index into [`Markdown::headings`]; none before the first.
    pub heading: Option<usize>,
    /// The text without the heading: one line a block, soft breaks as in the HTML, code included, no footnote marks.
    pub text: String,
}

/// What kind of link it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `[text](target)`, by reference, `<https://…>` or a bare URL.
    Link,
    /// `[figure](fact:indicator)`.
    Fact,
    /// `![alt](target)`.
    Image,
    /// `[[Title]]`.
    Wiki,
    /// `![[file]]`.
    WikiEmbed,
    /// `:::include file`.
    Include,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// How it was written.
    pub kind: LinkKind,
    /// Where it leads. Of an internal link percent-encoding is undone but for `%23`, `%3F` and `%25`, so that it can
    /// still be split at `#` and `?`; [`crate::paths::decode`] the parts. Of an external link it is as written.
    pub target: String,
    /// The plain text of the link or the alternative text of the image; empty for `[[Title]]`.
    pub label: String,
    /// The target as it is written in the source if it can be found there, else the whole link.
    pub span: Span,
    /// It leads out of the site and stands in the HTML already: there is no hole for it.
    pub external: bool,
}

/// A term and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// The id of the place that defines it; none for an abbreviation, which has no place of its own.
    pub id: Option<Arc<str>>,
    /// The plain text.
    pub text: String,
    /// The first paragraph of its definition as plain text; empty if there is none.
    pub definition: String,
}

/// A component that the site defines: `:::name key="value"`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Component {
    /// Its name as written.
    pub name: String,
    /// What it is given.
    pub arguments: Vec<Argument>,
    /// Whether it can have a body: it did not end on its own line.
    pub has_body: bool,
    /// The name in the source.
    pub span: Span,
}

/// An argument of a component.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Argument {
    /// What stands before the `=`.
    pub name: String,
    /// What stands behind it, without quotes; none for a word alone.
    pub value: Option<String>,
    /// The whole argument in the source.
    pub span: Span,
}
