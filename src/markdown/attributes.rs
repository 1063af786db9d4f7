//! Attributes on a line of their own, `{.class #id key=value}`, which belong to the block before them.

use std::ops::Range;

use super::arguments::Braces;
use super::escape;
use super::writer::Writer;
use crate::diagnostic::{Code, Diagnostic};

/// Where the last block at each depth begins in the HTML.
#[derive(Debug, Default)]
pub(super) struct BlockStarts(Vec<usize>);

impl BlockStarts {
    /// A block begins with `depth` elements around it.
    pub(super) fn begin(&mut self, depth: usize, at: usize) {
        self.0.truncate(depth);
        // What is between was opened by no block of the parser.
        self.0.resize(depth, usize::MAX);
        self.0.push(at);
    }

    fn last(&self, depth: usize) -> Option<usize> {
        self.0.get(depth).copied()
    }
}

impl Writer<'_> {
    pub(super) fn block_attributes(&mut self, range: Range<usize>) {
        let Some(mut braces) = Braces::read(self.events.slice(range.clone())) else { return };
        let html = &self.body.html;
        let tag = self.starts.last(self.open.len()).and_then(|start| tag_of(html, start));
        let Some(tag) = tag else {
            return self.complain(range, |_, place| {
                Diagnostic::error(Code::Component, place, "no block stands before these attributes")
                    .hint("write them on the line behind the paragraph, list or table that they are for")
            });
        };
        let written = html.get(tag.clone()).unwrap_or_default();
        let class = written.find(" class=\"").map(|at| tag.start + at + " class=\"".len());
        let has_id = written.contains(" id=\"");
        let mut others = String::new();
        match braces.id.take() {
            Some(id) if !has_id => {
                let id = self.written_id(&id, &range);
                escape::named(&mut others, "id", &id);
            }
            Some(_) => self.complain(range, |_, place| {
                Diagnostic::error(Code::Component, place, "the block has an id already").hint("take the id out here")
            }),
            None => {}
        }
        braces.write_others(&mut others, self.options.trust);
        let classes = braces.classes.join(" ");
        match class {
            _ if classes.is_empty() => {}
            Some(at) => {
                self.body.insert(tag.end, &others);
                let mut text = String::new();
                escape::attribute(&mut text, &classes);
                text.push(' ');
                return self.body.insert(at, &text);
            }
            None => escape::named(&mut others, "class", &classes),
        }
        self.body.insert(tag.end, &others);
    }
}

/// The start tag of the block that begins at `start`, without its `>`; of a table the table's own and not its frame's.
fn tag_of(html: &str, start: usize) -> Option<Range<usize>> {
    let rest = html.get(start..)?;
    let frame = if rest.starts_with("<div class=\"table-wrap\"") { rest.find("<table")? } else { 0 };
    let start = start + frame;
    let tag = html.get(start..)?;
    let name = tag.strip_prefix('<')?;
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let (mut quoted, mut end) = (false, None);
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => {
                end = Some(at);
                break;
            }
            _ => {}
        }
    }
    Some(start..start + end?)
}
