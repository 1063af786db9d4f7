//! The parser's events as the writer wants them: without marks, texts joined, offsets of the author's own text, and a look
//! ahead.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, OffsetIter, Options as Extensions, Parser, Tag};

use super::cjk::is_wide;
use super::directives::{self, Directives};
use super::emphasis::Mended;
use super::line_ends::Unix;
use crate::source::Span;

/// An event and the bytes of the author's text that it comes from.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The stream of events.
pub(super) struct Events<'a> {
    parser: OffsetIter<'a>,
    mended: &'a Mended<'a>,
    directives: &'a Directives<'a>,
    extensions: Extensions,
    /// The text as the author wrote it, but for line ends.
    pub(super) text: &'a str,
    unix: &'a Unix<'a>,
    /// Where that text starts in the file.
    base: usize,
    /// An event that was fetched to see whether it is a text.
    held: Option<Placed<'a>>,
    ahead: VecDeque<Placed<'a>>,
    /// The last paragraph that was looked at, and whether it is Chinese.
    looked_at: (Range<usize>, bool),
}

impl<'a> Events<'a> {
    /// The events of `mended`, which was made of `directives`, which was made of `unix`, which starts at `base` in its
    /// file.
    pub(super) fn new(
        unix: &'a Unix<'a>,
        base: usize,
        directives: &'a Directives<'a>,
        mended: &'a Mended<'a>,
        extensions: Extensions,
    ) -> Self {
        let parser = Parser::new_ext(mended.text(), extensions).into_offset_iter();
        Self {
            parser,
            mended,
            directives,
            extensions,
            text: &unix.text,
            unix,
            base,
            held: None,
            ahead: VecDeque::new(),
            looked_at: (0..0, false),
        }
    }

    /// The events of a piece of a line as if it were a paragraph: the title of a component.
    pub(super) fn inline(&self, range: Range<usize>) -> Vec<Placed<'a>> {
        let text = self.slice(range.clone());
        let (unix, directives, mended) = (Unix::new(text), Directives::none(text), Mended::new(text));
        let mut inner = Events::new(&unix, 0, &directives, &mended, self.extensions);
        if !matches!(inner.peek(0), Some((Event::Start(Tag::Paragraph), _))) {
            return vec![(Event::Text(CowStr::Borrowed(text)), range)];
        }
        let shifted = |own: Range<usize>| own.start + range.start..own.end + range.start;
        let mut events: Vec<_> = inner.skip(1).map(|(event, own)| (event.into_static(), shifted(own))).collect();
        events.pop();
        events
    }

    /// The line of ours that a block of HTML stands for.
    pub(super) fn directive(&self, html: &str) -> Option<(directives::Kind, Range<usize>)> {
        self.directives.of_block(html)
    }

    /// The abbreviations of the text.
    pub(super) fn abbreviations(&self) -> &'a [(&'a str, &'a str)] {
        &self.directives.abbreviations
    }

    /// A piece of HTML with the author's lines in it again.
    pub(super) fn restored<'t>(&self, html: CowStr<'t>) -> CowStr<'t> {
        self.directives.restored(&html).map_or(html, CowStr::from)
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
        Some(self.original(definition.span.clone()))
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
        let range = self.original(range);
        match event {
            // Chinese punctuation is written as it is meant, and a straight mark in it is meant to be straight.
            Event::Text(text) if self.extensions.contains(Extensions::ENABLE_SMART_PUNCTUATION) => {
                let written = self.slice(range.clone());
                let smart = written != &*text && matches!(written, "\"" | "'" | "--" | "---" | "...");
                let text = if smart && self.is_chinese(&range) { CowStr::Borrowed(written) } else { text };
                Some((self.clean(Event::Text(text)), range))
            }
            event => Some((self.clean(event), range)),
        }
    }

    /// Whether a Chinese character stands in the lines around a place, up to the next empty ones.
    fn is_chinese(&mut self, place: &Range<usize>) -> bool {
        let (known, chinese) = &self.looked_at;
        if known.start <= place.start && place.end <= known.end {
            return *chinese;
        }
        let start = self.slice(0..place.start).rfind("\n\n").map_or(0, |at| at + 1);
        let end = self.slice(place.end..self.text.len()).find("\n\n").map_or(self.text.len(), |at| place.end + at);
        let chinese = self.slice(start..end).contains(is_wide);
        self.looked_at = (start..end, chinese);
        chinese
    }

    /// A range of the text for the parser as a range of the author's.
    fn original(&self, range: Range<usize>) -> Range<usize> {
        self.directives.original(self.mended.original(range))
    }

    fn clean(&self, event: Event<'a>) -> Event<'a> {
        if self.mended.is_plain() && self.directives.is_plain() {
            return event;
        }
        match event {
            Event::Text(text) => Event::Text(self.clean_text(text)),
            Event::Code(text) => Event::Code(self.clean_text(text)),
            Event::InlineMath(text) => Event::InlineMath(self.clean_text(text)),
            Event::DisplayMath(text) => Event::DisplayMath(self.clean_text(text)),
            Event::Html(text) => Event::Html(self.unmended(text)),
            Event::InlineHtml(text) => Event::InlineHtml(self.unmended(text)),
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
        self.restored(self.unmended(text))
    }

    /// Marks of `mended` are taken out; a line of ours in HTML may stand for itself.
    fn unmended(&self, text: CowStr<'a>) -> CowStr<'a> {
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
