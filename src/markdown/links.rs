//! Links as the author wrote them, and bare URLs that become links.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use super::address::{self, Address};
use super::autolink::{self, Bare};
use super::body::Fill;
use super::escape;
use super::outline::{Link, LinkKind};
use super::small::Piece;
use super::writer::{Open, Writer};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A link or an image as the parser gives it.
#[derive(Debug)]
pub(super) struct Reference<'a> {
    pub(super) kind: LinkType,
    pub(super) target: CowStr<'a>,
    pub(super) title: CowStr<'a>,
    /// The label of its definition.
    pub(super) label: CowStr<'a>,
    pub(super) range: Range<usize>,
}

/// A link whose end has not come yet.
#[derive(Debug)]
pub(super) struct OpenLink<'a> {
    /// Its index in the list of links; none if it is refused.
    pub(super) index: Option<usize>,
    reference: Reference<'a>,
    /// Where its text starts in the plain text.
    text: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn start_link(&mut self, reference: Reference<'a>) {
        let text = self.prose.position();
        if self.plain {
            self.plain_link(&reference);
        } else if matches!(reference.kind, LinkType::WikiLink { .. }) {
            return self.start_wiki_link(reference);
        }
        let index = if self.plain { None } else { self.site_link(&reference) };
        self.open_link(reference, index, text);
    }

    /// Notes that a link is open, so that its end can complete it.
    pub(super) fn open_link(&mut self, reference: Reference<'a>, index: Option<usize>, text: usize) {
        self.link = Some(OpenLink { index, reference, text });
        self.open.push(Open::Link);
    }

    /// `inner_end` is where the last thing inside the link ended.
    pub(super) fn end_link(&mut self, inner_end: usize) {
        let link = self.link.take();
        let cites = self.cites(link.as_ref().and_then(|link| link.index));
        self.body.html.push_str(if cites { "</data></a>" } else { "</a>" });
        let Some(link) = link else { return };
        let Some(index) = link.index else { return };
        let span = self.target_span(&link.reference, inner_end);
        let label = self.prose.since(link.text).trim().to_owned();
        let Some(noted) = self.links.get_mut(index) else { return };
        noted.label = label;
        // The target of a wiki link stands in front of its text and was found at its start.
        if matches!(noted.kind, LinkKind::Link | LinkKind::Fact) {
            noted.span = span;
        }
    }

    /// Whether a link is one to a figure.
    fn cites(&self, index: Option<usize>) -> bool {
        index.and_then(|index| self.links.get(index)).is_some_and(|link| link.kind == LinkKind::Fact)
    }

    /// The start tag of the CommonMark examples.
    fn plain_link(&mut self, reference: &Reference<'_>) {
        let html = &mut self.body.html;
        html.push_str("<a href=\"");
        if reference.kind == LinkType::Email {
            html.push_str("mailto:");
        }
        escape::href(html, &reference.target);
        html.push('"');
        if !reference.title.is_empty() {
            escape::named(html, "title", &reference.title);
        }
        html.push('>');
    }

    /// The start tag for the site; the link's index in the list of links if it is none that is refused.
    fn site_link(&mut self, reference: &Reference<'_>) -> Option<usize> {
        self.body.html.push_str("<a");
        let mail = (reference.kind == LinkType::Email).then(|| format!("mailto:{}", reference.target));
        let target = mail.as_deref().unwrap_or(&reference.target);
        let address = Address::of(target, false);
        let index = if self.refused(target, address, &reference.range) {
            None
        } else {
            let is_fact = address == Address::Internal && address::is_fact(target);
            let kind = if is_fact { LinkKind::Fact } else { LinkKind::Link };
            let index = self.note_link(kind, target, address);
            self.write_href(target, address, index);
            Some(index)
        };
        if !reference.title.is_empty() {
            escape::named(&mut self.body.html, "title", &reference.title);
        }
        self.body.html.push('>');
        if let Some(index) = index.filter(|_| self.cites(index)) {
            self.body.html.push_str("<data");
            self.body.hole(Fill::Exact(number(index)));
            self.body.html.push('>');
        }
        index
    }

    fn write_href(&mut self, target: &str, address: Address, index: usize) {
        match address {
            Address::Internal => return self.body.hole(Fill::Href(number(index))),
            Address::Web => self.body.html.push_str(" class=\"external\" rel=\"noopener\""),
            Address::Other | Address::Dangerous => {}
        }
        self.body.html.push_str(" href=\"");
        escape::href(&mut self.body.html, target);
        self.body.html.push('"');
    }

    /// Whether the target runs code and may not; then it is complained of.
    pub(super) fn refused(&mut self, target: &str, address: Address, range: &Range<usize>) -> bool {
        let refused = address == Address::Dangerous && !self.options.trust;
        if refused {
            let scheme: String =
                target.chars().take_while(|c| *c != ':').take(20).flat_map(char::escape_debug).collect();
            self.complain(range.clone(), |_, place| {
                Diagnostic::error(Code::UnsafeLink, place, format!("the scheme `{scheme}:` is refused"))
                    .hint("link to a page or a file, or trust the content with `[markdown] trust = true`")
            });
        }
        refused
    }

    /// Adds a link to the list, its span and label still to come.
    pub(super) fn note_link(&mut self, kind: LinkKind, target: &str, address: Address) -> usize {
        let external = address != Address::Internal;
        let target = if external { target.to_owned() } else { address::decode(target).into_owned() };
        self.links.push(Link { kind, target, label: String::new(), span: Span::default(), external });
        self.links.len() - 1
    }

    /// Where the target is written: behind the text, or in the definition of a link by reference.
    pub(super) fn target_span(&self, reference: &Reference<'_>, inner_end: usize) -> Span {
        let whole = &reference.range;
        let place = match reference.kind {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                self.events.definition(&reference.label).map(|place| (place, "]:"))
            }
            LinkType::Autolink | LinkType::Email => Some((whole.clone(), "<")),
            LinkType::Inline => Some((inner_end.min(whole.end)..whole.end, "](")),
            _ => None,
        };
        let found = place.and_then(|(place, before)| {
            let text = self.events.slice(place.clone());
            let from = text.find(before)? + before.len();
            let at = from + text.get(from..)?.find(&*reference.target)?;
            let start = place.start + at;
            (!reference.target.is_empty()).then(|| start..start + reference.target.len())
        });
        self.events.span(found.unwrap_or_else(|| whole.clone()))
    }

    /// A text, the bare URLs in it made to links.
    pub(super) fn linked_text(&mut self, text: &str, range: &Range<usize>, piece: &Piece<'_>) {
        let before = self.events.slice(0..range.start).chars().next_back();
        let (mut from, mut found) = (0, autolink::find(text, 0, before, !self.plain));
        while let Some(bare) = found {
            self.between(text, piece, from..bare.start);
            from = bare.start + bare.text.len();
            self.bare_link(&bare, range);
            found = autolink::find(text, from, before, !self.plain);
        }
        self.between(text, piece, from..text.len());
    }

    /// What stands between bare URLs.
    fn between(&mut self, text: &str, piece: &Piece<'_>, part: Range<usize>) {
        if self.plain {
            self.say(text.get(part).unwrap_or_default());
        } else {
            self.small(piece, part);
        }
    }

    fn bare_link(&mut self, bare: &Bare<'_>, range: &Range<usize>) {
        let target = format!("{}{}", bare.scheme, bare.text);
        self.body.html.push_str("<a");
        if self.plain {
            self.write_href(&target, Address::Other, 0);
        } else {
            let address = Address::of(&target, false);
            let index = self.note_link(LinkKind::Link, &target, address);
            let span = self.bare_span(bare, range);
            if let Some(link) = self.links.get_mut(index) {
                link.label = bare.text.to_owned();
                link.span = self.events.span(span);
            }
            self.write_href(&target, address, index);
        }
        self.body.html.push('>');
        self.say(bare.text);
        self.body.html.push_str("</a>");
    }

    /// Where a bare URL stands. In a text with character references the offsets differ, and it is looked for, up to the
    /// first `&`.
    fn bare_span(&self, bare: &Bare<'_>, range: &Range<usize>) -> Range<usize> {
        let exact = range.start + bare.start..range.start + bare.start + bare.text.len();
        if self.events.slice(exact.clone()) == bare.text {
            return exact;
        }
        let written = bare.text.split('&').next().unwrap_or_default();
        match self.events.slice(range.clone()).find(written) {
            Some(at) if !written.is_empty() => range.start + at..range.start + at + written.len(),
            _ => range.clone(),
        }
    }
}

/// An index as it stands in a hole.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
