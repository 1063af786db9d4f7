//! The author's own HTML.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::directives::Kind;
use super::tags::{self, Piece};
use super::writer::Writer;

impl Writer<'_> {
    /// Reads a block of HTML to its end and writes it.
    pub(super) fn html_block(&mut self, range: &Range<usize>) {
        let mut html = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::End(_) => break,
                Event::Html(piece) | Event::Text(piece) => html.push_str(&piece),
                _ => {}
            }
        }
        if let Some((kind, range)) = self.events.directive(&html) {
            return self.directive(kind, range);
        }
        let html = self.events.restored(CowStr::from(html));
        self.fresh_line();
        if self.plain {
            self.body.html.push_str(&html);
        } else if is_more(&html) {
            if self.open.is_empty() && self.raw_open.is_empty() && self.summary.is_none() {
                self.summary = u32::try_from(self.body.html.len()).ok();
            }
        } else {
            self.author_html(&html, range, true);
            self.prose.end_block();
        }
    }

    /// Does what a line of ours says.
    fn directive(&mut self, kind: Kind, range: Range<usize>) {
        match kind {
            Kind::Fence => self.fence(range),
            Kind::Attributes => self.block_attributes(range),
            Kind::Abbreviation | Kind::Text => {}
        }
    }

    /// A tag or comment inside a paragraph.
    pub(super) fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        if self.plain {
            self.body.html.push_str(html);
        } else if self.events.directive(html).is_some() {
            // The line is indented so far that it goes on with the paragraph.
            self.say(self.events.slice(range.clone()));
        } else {
            self.author_html(html, range, false);
        }
    }

    /// The one place that decides what becomes of HTML that the author wrote.
    fn author_html(&mut self, html: &str, range: &Range<usize>, block: bool) {
        if self.options.trust {
            self.has_raw_html = true;
            self.read_tags(html, range);
            if !self.stopped {
                self.body.html.push_str(html);
            }
            return;
        }
        let comment = html.trim();
        if comment.starts_with("<!--") && comment.ends_with("-->") {
            return;
        }
        let (start, end) = if block { ("<p>", "</p>\n") } else { ("", "") };
        self.body.html.push_str(start);
        self.say(html.trim_end_matches('\n'));
        self.body.html.push_str(end);
    }

    /// Notes the ids and the nesting of raw HTML, and its text.
    fn read_tags(&mut self, html: &str, range: &Range<usize>) {
        for piece in tags::pieces(html) {
            match piece {
                Piece::Open(name, id) => {
                    self.raw_ids.extend(id.map(str::to_owned));
                    self.raw_open.push(name);
                    if self.too_deep(range) {
                        return;
                    }
                }
                Piece::Lone(id) => self.raw_ids.extend(id.map(str::to_owned)),
                Piece::Close(name) => {
                    if let Some(at) = self.raw_open.iter().rposition(|open| *open == name) {
                        self.raw_open.truncate(at);
                    }
                }
                Piece::Text(text) if !text.trim().is_empty() => {
                    self.prose.push(text.trim());
                    self.prose.push(" ");
                }
                Piece::Text(_) => {}
            }
        }
    }
}

/// Whether it is `<!-- more -->`, which ends the summary.
fn is_more(html: &str) -> bool {
    let inner = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| inner.trim() == "more")
}
