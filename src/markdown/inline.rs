//! What stands inside a line: text, code, emphasis and the breaks between lines.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::cjk::{is_ambiguous_punctuation, is_wide};
use super::escape;
use super::small::Piece;
use super::writer::{Open, Writer};

impl Writer<'_> {
    /// A piece of text as the author wrote it.
    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        if !self.plain && text.contains("[^") {
            self.undefined_footnotes(range);
        }
        if self.plain {
            return self.plain_text(text, range);
        }
        let source = self.events.slice(range.clone());
        let piece = Piece::new(text, source, self.events.slice(0..range.start), range.clone());
        if self.link.is_some() {
            self.small(&piece, 0..text.len());
        } else {
            self.linked_text(text, range, &piece);
        }
    }

    fn plain_text(&mut self, text: &str, range: &Range<usize>) {
        if self.link.is_some() {
            self.say(text);
        } else {
            self.linked_text(text, range, &Piece::new("", "", "", range.clone()));
        }
    }

    /// Writes visible text to all that want it.
    pub(super) fn say(&mut self, text: &str) {
        escape::text(&mut self.body.html, text);
        if self.plain {
            return;
        }
        self.prose.push(text);
        if let Some(heading) = &mut self.heading {
            escape::text(&mut heading.html, text);
        }
    }

    /// Code inside a line.
    pub(super) fn code(&mut self, text: &str) {
        self.tag("<code>");
        self.say(text);
        self.tag("</code>");
    }

    /// The start of an element such as `<em>`, which `end` ends.
    pub(super) fn start_inline(&mut self, start: &str, end: &'static str) {
        self.tag(start);
        self.open.push(Open::Inline(end));
    }

    /// Writes a tag into the body, and into the table of contents inside a heading.
    pub(super) fn tag(&mut self, tag: &str) {
        self.body.html.push_str(tag);
        if let Some(heading) = &mut self.heading {
            heading.html.push_str(tag);
        }
    }

    /// A line break of the source, which is no more than a space, and nothing between two Chinese characters.
    pub(super) fn soft_break(&mut self) {
        if self.end_callout_title() {
            return;
        }
        if self.plain {
            return self.body.html.push('\n');
        }
        if let (Some(before), Some(behind)) = (self.prose.last(), self.next_character())
            && is_gap(before, behind)
        {
            return;
        }
        self.body.html.push('\n');
        self.prose.push(" ");
        if let Some(heading) = &mut self.heading {
            heading.html.push(' ');
        }
    }

    /// A line break that the author wants.
    pub(super) fn hard_break(&mut self) {
        if self.end_callout_title() {
            return;
        }
        self.body.html.push_str(if self.plain { "<br />\n" } else { "<br>\n" });
        self.prose.push(" ");
        if let Some(heading) = &mut self.heading {
            heading.html.push(' ');
        }
    }

    /// The first character of the text that follows; none if something else comes before it.
    fn next_character(&mut self) -> Option<char> {
        /// More tags than these never stand between two lines of a text.
        const FARTHEST: usize = 16;
        for n in 0..FARTHEST {
            match &self.events.peek(n)?.0 {
                Event::Text(text) | Event::Code(text) => return text.chars().next(),
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
                | Event::End(_)
                | Event::FootnoteReference(_)
                | Event::InlineHtml(_) => {}
                Event::Start(Tag::Link { link_type, .. }) if !matches!(link_type, LinkType::WikiLink { .. }) => {}
                Event::Start(Tag::Link { .. }) => return None,
                _ => return None,
            }
        }
        None
    }
}

/// Whether a break between these two would show as a gap in Chinese text.
fn is_gap(before: char, behind: char) -> bool {
    let mark = is_ambiguous_punctuation;
    is_wide(before) && (is_wide(behind) || mark(behind)) || mark(before) && is_wide(behind)
}
