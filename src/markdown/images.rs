//! Images, and the figures that they become with a title.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::address::Address;
use super::body::Fill;
use super::escape;
use super::links::{Reference, number};
use super::outline::LinkKind;
use super::writer::{Open, Writer};
use crate::diagnostic::{Code, Diagnostic};

impl<'a> Writer<'a> {
    /// Whether the paragraph of this range is nothing but an image with a title.
    pub(super) fn is_figure(&mut self, range: &Range<usize>) -> bool {
        let Some((Event::Start(Tag::Image { title, .. }), image)) = self.events.peek(0) else { return false };
        let (titled, image) = (!title.is_empty(), image.clone());
        titled
            && self.events.slice(range.start..image.start).trim().is_empty()
            && self.events.slice(image.end..range.end).trim().is_empty()
    }

    /// Reads an image to its end and writes it.
    pub(super) fn image(&mut self, reference: &Reference<'a>) {
        let (alt, inner_end) = self.read_alt(reference.range.start);
        if self.plain {
            self.plain_image(reference, &alt);
        } else if matches!(reference.kind, LinkType::WikiLink { .. }) {
            self.wiki_embed(reference, &alt);
        } else {
            self.site_image(reference, alt, inner_end);
        }
    }

    fn site_image(&mut self, reference: &Reference<'a>, alt: String, inner_end: usize) {
        let target = &*reference.target;
        let address = Address::of(target, true);
        self.warn_without_alt(&alt, &reference.range);
        if self.refused(target, address, &reference.range) {
            return self.say(&alt);
        }
        let index = self.note_link(LinkKind::Image, target, address);
        self.body.html.push_str("<img");
        if address == Address::Internal {
            self.body.hole(Fill::Src(number(index)));
        } else {
            self.body.html.push_str(" src=\"");
            escape::href(&mut self.body.html, target);
            self.body.html.push('"');
        }
        escape::named(&mut self.body.html, "alt", &alt);
        let figure = matches!(self.open.last(), Some(Open::Figure));
        if !figure && !reference.title.is_empty() {
            escape::named(&mut self.body.html, "title", &reference.title);
        }
        self.finish_image();
        if figure {
            self.body.html.push_str("\n<figcaption>");
            self.say(&reference.title);
            self.body.html.push_str("</figcaption>\n");
        }
        let span = self.target_span(reference, inner_end);
        if let Some(link) = self.links.get_mut(index) {
            (link.label, link.span) = (alt, span);
        }
    }

    /// The end of the tag. The first image may be seen at once and is not put off.
    pub(super) fn finish_image(&mut self) {
        let lazy = if self.has_image { " loading=\"lazy\" decoding=\"async\">" } else { " decoding=\"async\">" };
        self.body.html.push_str(lazy);
        self.has_image = true;
    }

    pub(super) fn warn_without_alt(&mut self, alt: &str, range: &Range<usize>) {
        if alt.trim().is_empty() {
            self.complain(range.clone(), |_, place| {
                Diagnostic::warning(Code::NoAltText, place, "the image has no text for those who cannot see it")
                    .hint("say in the square brackets what it shows: `![text](file)`")
            });
        }
    }

    fn plain_image(&mut self, reference: &Reference<'_>, alt: &str) {
        let html = &mut self.body.html;
        html.push_str("<img src=\"");
        escape::href(html, &reference.target);
        html.push('"');
        escape::named(html, "alt", alt);
        if !reference.title.is_empty() {
            escape::named(html, "title", &reference.title);
        }
        html.push_str(" />");
    }

    /// The plain text inside an image, and where the last of it ends.
    fn read_alt(&mut self, start: usize) -> (String, usize) {
        let (mut alt, mut depth, mut end) = (String::new(), 0_usize, start + 1);
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(_) => {
                    depth += 1;
                    if self.deeper_than_allowed(depth) {
                        self.stop_too_deep(&range);
                        break;
                    }
                    continue;
                }
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::Text(text) | Event::Code(text) => alt.push_str(&text),
                Event::InlineHtml(html) if self.plain => alt.push_str(&html),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
            end = range.end;
        }
        (alt, end)
    }
}
