//! The author's own HTML.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::address::Address;
use super::directives::Kind;
use super::tags::{self, Piece};
use super::writer::Writer;
use crate::diagnostic::{Code, Diagnostic};

/// An element of the author's that is open.
#[derive(Debug)]
pub(super) struct RawElement {
    name: String,
    /// How many elements of the writer stand around it.
    depth: usize,
}

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
            self.author_html(&html, range);
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
            self.author_html(html, range);
        }
    }

    /// The one place that decides what becomes of HTML that the author wrote.
    fn author_html(&mut self, html: &str, range: &Range<usize>) {
        if self.options.trust {
            self.has_raw_html = true;
            self.read_tags(html, range);
            if !self.stopped {
                self.body.html.push_str(html);
            }
            return;
        }
        let mut dropped = BTreeSet::new();
        if is_whole(html) {
            self.safe_block(html, range, &mut dropped);
        } else {
            self.safe_pieces(html, range, &mut dropped);
        }
        if !dropped.is_empty() {
            let list: Vec<String> = dropped.iter().map(|name| format!("`{}`", name.escape_debug())).collect();
            let message = format!("not trusted, and left out: {}", list.join(", "));
            self.complain(range.clone(), |_, place| {
                Diagnostic::warning(Code::UnsafeHtml, place, message)
                    .hint("write it in Markdown, or trust the content with `[markdown] trust = true`")
            });
        }
    }

    /// HTML that ends everything it begins.
    fn safe_block(&mut self, html: &str, range: &Range<usize>, dropped: &mut BTreeSet<String>) {
        let mut pieces = tags::pieces(html);
        let depth = self.raw_open.len();
        while let Some((piece, written)) = pieces.next_written() {
            match piece {
                Piece::Open(name, _) => {
                    note_dropped(&name, written, dropped);
                    self.raw_open.push(RawElement { name, depth: self.open.len() });
                    if self.too_deep(range) {
                        return;
                    }
                }
                Piece::Lone(name, _) => note_dropped(&name, written, dropped),
                Piece::Close(_) => drop(self.raw_open.pop()),
                Piece::Text(text) => self.say_aside(text),
            }
        }
        self.raw_open.truncate(depth);
        let safe = clean(html);
        self.body.html.push_str(safe.trim_start_matches('\n'));
    }

    /// Tags with Markdown between them: each alone, and so that they stand properly inside one another.
    fn safe_pieces(&mut self, html: &str, range: &Range<usize>, dropped: &mut BTreeSet<String>) {
        let mut pieces = tags::pieces(html);
        while let Some((piece, written)) = pieces.next_written() {
            match piece {
                Piece::Open(name, _) => {
                    note_dropped(&name, written, dropped);
                    let safe = clean(written);
                    let end = format!("</{name}>");
                    let Some(start) = safe.strip_suffix(&end).filter(|start| start.starts_with('<')) else { continue };
                    self.body.html.push_str(start);
                    self.raw_open.push(RawElement { name, depth: self.open.len() });
                    if self.too_deep(range) {
                        return;
                    }
                }
                Piece::Lone(name, _) => {
                    note_dropped(&name, written, dropped);
                    let safe = clean(written);
                    if !safe.contains("</") {
                        self.body.html.push_str(&safe);
                    }
                }
                Piece::Close(name) => {
                    let inside = |element: &&RawElement| element.depth == self.open.len();
                    let count = self.raw_open.iter().rev().take_while(inside).position(|element| element.name == name);
                    for _ in 0..count.map_or(0, |at| at + 1) {
                        self.close_raw();
                    }
                }
                Piece::Text(text) => {
                    self.body.html.push_str(&clean(text));
                    self.say_aside(text);
                }
            }
        }
    }

    fn close_raw(&mut self) {
        if let Some(element) = self.raw_open.pop() {
            self.body.html.push_str(&format!("</{}>", element.name));
        }
    }

    /// Ends the author's elements in the element that ends now, if they are not trusted to end themselves.
    pub(super) fn leave_raw(&mut self) {
        while !self.options.trust && self.raw_open.last().is_some_and(|element| element.depth >= self.open.len()) {
            self.close_raw();
        }
    }

    /// Adds text of raw HTML to the plain text.
    fn say_aside(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.prose.push(text.trim());
            self.prose.push(" ");
        }
    }

    /// Notes the ids and the nesting of raw HTML, and its text.
    fn read_tags(&mut self, html: &str, range: &Range<usize>) {
        for piece in tags::pieces(html) {
            match piece {
                Piece::Open(name, id) => {
                    self.raw_ids.extend(id.map(str::to_owned));
                    self.raw_open.push(RawElement { name, depth: self.open.len() });
                    if self.too_deep(range) {
                        return;
                    }
                }
                Piece::Lone(_, id) => self.raw_ids.extend(id.map(str::to_owned)),
                Piece::Close(name) => {
                    if let Some(at) = self.raw_open.iter().rposition(|open| open.name == name) {
                        self.raw_open.truncate(at);
                    }
                }
                Piece::Text(text) => self.say_aside(text),
            }
        }
    }
}

/// Whether it is `<!-- more -->`, which ends the summary.
fn is_more(html: &str) -> bool {
    let inner = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| inner.trim() == "more")
}

/// What is left of HTML that is not trusted: elements and attributes that neither run nor load code (ammonia's list), URLs
/// of harmless schemes. Its nesting is limited before.
fn clean(html: &str) -> String {
    ammonia::clean(html)
}

/// Whether some HTML ends every element that it begins, in order.
fn is_whole(html: &str) -> bool {
    let mut open = vec![];
    for piece in tags::pieces(html) {
        match piece {
            Piece::Open(name, _) => open.push(name),
            Piece::Close(name) if open.last() == Some(&name) => drop(open.pop()),
            // Elements without an end tag may have one all the same.
            Piece::Close(name) if !tags::has_no_end(&name) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// Notes what cleaning takes out of a tag that could have done harm.
fn note_dropped(name: &str, written: &str, dropped: &mut BTreeSet<String>) {
    let harmful = [
        "script", "style", "iframe", "object", "embed", "form", "input", "button", "link", "meta", "base", "svg",
        "math",
    ];
    if harmful.contains(&name) {
        dropped.insert(format!("<{name}>"));
    }
    for (attribute, value) in tags::attributes_of(written) {
        let lower = attribute.to_ascii_lowercase();
        let url = matches!(
            lower.as_str(),
            "href" | "src" | "action" | "formaction" | "data" | "poster" | "xlink:href" | "srcset"
        );
        if lower.starts_with("on") || lower == "style" {
            dropped.insert(lower);
        } else if url && is_dangerous(value, name == "img") {
            dropped.insert(format!("{lower}={}", value.chars().take(20).collect::<String>()));
        }
    }
}

/// Character references can hide a scheme, and have no other use in front of a colon.
fn is_dangerous(url: &str, image: bool) -> bool {
    let scheme = url.split(['/', '?', '#']).next().unwrap_or(url);
    Address::of(url, image) == Address::Dangerous || scheme.contains('&') && url.contains([':', ';'])
}
