//! Markdown into HTML with holes, headings, links and plain text: the only door of pulldown-cmark.
//!
//! [`parse`] reads a body in one pass. Before it, `directives` puts lines of ours aside, and `emphasis` marks the places
//! where Chinese punctuation would keep emphasis from being seen; `events` takes the marks out again and maps every offset back; `writer` gives each event to the file
//! of its construct. Nothing here knows the site: what only it can say is a [`Hole`] in the [`Body`].

mod address;
mod arguments;
mod attributes;
mod autolink;
mod blocks;
mod body;
mod callout;
mod cjk;
mod code;
mod code_look;
mod component;
mod diagram;
mod directives;
mod emphasis;
mod escape;
mod events;
mod footnotes;
mod headings;
mod images;
mod inline;
mod line_ends;
mod links;
mod math;
mod number_cells;
mod options;
mod outline;
mod prose;
mod raw;
mod slug;
mod small;
mod table;
mod tags;
mod terms;
mod texts;
mod wiki;
mod writer;

pub use body::{Body, Fill, Hole};
pub use code::{Attribute, CodeBlock};
pub use code_look::IncludedCode;
pub use component::BUILT_IN;
pub use options::Options;
pub use outline::{Argument, Component, Heading, Link, LinkKind, Markdown, Section, Term};

use pulldown_cmark::Options as Extensions;

use crate::diagnostic::Diagnosed;
use crate::source::{Source, Span};
use directives::Directives;
use emphasis::Mended;
use events::Events;
use line_ends::Unix;
use writer::Writer;

/// The body of a file, understood alone. Every span is one of `source`.
///
/// Complaints have the codes `too-deep`, `unsafe-link`, `footnote`, `duplicate-id`, `component`, `unsafe-html` and `no-alt-text`, and come in the order
/// of the file.
pub fn parse(source: &Source, body: Span, options: &Options) -> Diagnosed<Markdown> {
    read(source, body, options.smart_punctuation, |events| Writer::new(events, options, Some(source.path())).run())
}

/// The pieces of running text of a body, each with its place in `source`, that a link could be put around: what stands in
/// headings, links, images and code is none.
pub fn texts(source: &Source, body: Span) -> Vec<(String, Span)> {
    let owned = |(text, span): (&str, Span)| (text.to_owned(), span);
    read(source, body, false, |events| texts::of(events).into_iter().map(owned).collect())
}

/// What `read` makes of the events of a body.
fn read<T>(source: &Source, body: Span, smart: bool, read: impl FnOnce(Events<'_>) -> T) -> T {
    let whole = source.text();
    let end = body.range().end.min(whole.len());
    let start = body.range().start.min(end);
    let text = whole.get(start..end).unwrap_or_default();
    // A byte-order mark is no text (CommonMark 0.31.2, section 2.1, leaves encodings to the reader).
    let text_start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let text = &text[text_start..];
    let mut extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_HEADING_ATTRIBUTES
        | Extensions::ENABLE_DEFINITION_LIST
        | Extensions::ENABLE_WIKILINKS
        | Extensions::ENABLE_MATH;
    extensions.set(Extensions::ENABLE_SMART_PUNCTUATION, smart);
    let unix = Unix::new(text);
    let directives = Directives::new(&unix.text);
    let mended = Mended::new(&directives.text);
    read(Events::new(&unix, start + text_start, &directives, &mended, extensions))
}

/// CommonMark 0.31.2 with the extensions of GFM (tables, task lists, strikethrough, bare URLs) as HTML, as the
/// specifications have it: no extension of ours, the author's HTML passed.
pub fn render_plain(text: &str) -> String {
    let extensions = Extensions::ENABLE_TABLES | Extensions::ENABLE_STRIKETHROUGH | Extensions::ENABLE_TASKLISTS;
    let unix = Unix::new(text);
    let directives = Directives::none(&unix.text);
    let mended = Mended::plain(&unix.text);
    let options = Options::default();
    Writer::new(Events::new(&unix, 0, &directives, &mended, extensions), &options, None).run().value.body.html
}
