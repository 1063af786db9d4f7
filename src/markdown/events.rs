//! The parser's events as the writer wants them: without marks, texts joined, offsets of the author's own text, and a look
//! ahead.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, OffsetIter, Options as Extensions, Parser, Tag};

use super::emphasis::Mended;
use super::line_ends::Unix;
use crate::source::Span;

/// An event and the bytes of the author's text that it comes from.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The stream of events.
pub(super) struct Events<'a> {
    parser: OffsetIter<'a>,
    mended: &'a Mended<'a>,
    /// The text as the author wrote it, but for line ends.
    pub(super) text: &'a str,
    unix: &'a Unix<'a>,
    /// Where that text starts in the file.
    base: usize,
    /// An event that was fetched to see whether it is a text.
    held: Option<Placed<'a>>,
    ahead: VecDeque<Placed<'a>>,
}

impl<'a> Events<'a> {
    /// The events of `mended`, which was made of `unix`, which starts at `base` in its file.
    pub(super) fn new(unix: &'a Unix<'a>, base: usize, mended: &'a Mended<'a>, extensions: Extensions) -> Self {
        let parser = Parser::new_ext(mended.text(), extensions).into_offset_iter();
        Self { parser, mended, text: &unix.text, unix, base, held: None, ahead: VecDeque::new() }
    }

    /// The `n`th event after the next one without taking it.
    pub(super) fn peek(&mut self, n: usize) -> Option<&Placed<'a>> {
        while self.ahead.len() <= n {
            let event = self.fetch()?;
            self.ahead.push_back(event);
        }
        self.ahead.get(n)
    }

    /// Puts an event back in front.
    pub(super) fn put_back(&mut self, event: Placed<'a>) {
        self.ahead.push_front(event);
    }

    /// The author's text of a range; empty if it is none.
    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// A range of the author's text as a span of the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::from(self.unix.original(range)).shifted(self.base)
    }

    /// Where the reference definition of a label stands.
    pub(super) fn definition(&self, label: &str) -> Option<Range<usize>> {
        let definition = self.parser.reference_definitions().get(label)?;
        Some(self.mended.original(definition.span.clone()))
    }

    fn fetch(&mut self) -> Option<Placed<'a>> {
        let first = self.raw()?;
        let (Event::Text(text), range) = first else { return Some(first) };
        let next = self.raw();
        match next {
            Some((Event::Text(_), _)) => {
                self.held = next;
                Some(self.join(text, range))
            }
            next => {
                self.held = next;
                Some((Event::Text(text), range))
            }
        }
    }

    /// `text` and all texts that follow it as one; borrowed if they stand so in the source.
    fn join(&mut self, text: CowStr<'a>, mut range: Range<usize>) -> Placed<'a> {
        let mut whole = self.slice(range.clone()) == &*text;
        let mut joined = if whole { String::new() } else { text.to_string() };
        while let Some((Event::Text(text), place)) = self.held.take() {
            let fits = whole && place.start == range.end && self.slice(place.clone()) == &*text;
            if whole && !fits {
                joined.push_str(self.slice(range.clone()));
                whole = false;
            }
            if !whole {
                joined.push_str(&text);
            }
            range.end = place.end.max(range.end);
            self.held = self.raw();
            if !matches!(self.held, Some((Event::Text(_), _))) {
                break;
            }
        }
        let text = if whole { CowStr::Borrowed(self.slice(range.clone())) } else { CowStr::from(joined) };
        (Event::Text(text), range)
    }

    fn raw(&mut self) -> Option<Placed<'a>> {
        if let Some(held) = self.held.take() {
            return Some(held);
        }
        let (event, range) = self.parser.next()?;
        Some((self.clean(event), self.mended.original(range)))
    }

    fn clean(&self, event: Event<'a>) -> Event<'a> {
        if self.mended.is_plain() {
            return event;
        }
        match event {
            Event::Text(text) => Event::Text(self.clean_text(text)),
            Event::Code(text) => Event::Code(self.clean_text(text)),
            Event::InlineMath(text) => Event::InlineMath(self.clean_text(text)),
            Event::DisplayMath(text) => Event::DisplayMath(self.clean_text(text)),
            Event::Html(text) => Event::Html(self.clean_text(text)),
            Event::InlineHtml(text) => Event::InlineHtml(self.clean_text(text)),
            Event::FootnoteReference(label) => Event::FootnoteReference(self.clean_text(label)),
            Event::Start(tag) => Event::Start(self.clean_tag(tag)),
            event => event,
        }
    }

    fn clean_tag(&self, tag: Tag<'a>) -> Tag<'a> {
        let clean = |text| self.clean_text(text);
        match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                Tag::Link { link_type, dest_url: clean(dest_url), title: clean(title), id }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                Tag::Image { link_type, dest_url: clean(dest_url), title: clean(title), id }
            }
            Tag::Heading { level, id, classes, attrs } => Tag::Heading {
                level,
                id: id.map(clean),
                classes: classes.into_iter().map(clean).collect(),
                attrs: attrs.into_iter().map(|(name, value)| (clean(name), value.map(clean))).collect(),
            },
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(clean(info))),
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(clean(label)),
            tag => tag,
        }
    }

    fn clean_text(&self, text: CowStr<'a>) -> CowStr<'a> {
        match self.mended.clean(&text) {
            Some(clean) => CowStr::from(clean),
            None => text,
        }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        if let Some(event) = self.ahead.pop_front() {
            return Some(event);
        }
        self.fetch()
    }
}
