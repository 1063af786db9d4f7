//! Images, and the figures that they become with a title.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::address::Address;
use super::arguments::Braces;
use super::body::Fill;
use super::escape;
use super::links::{Reference, number};
use super::outline::LinkKind;
use super::writer::{Open, Writer};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

impl<'a> Writer<'a> {
    /// Whether the paragraph of this range is nothing but an image with a title, and its attributes.
    pub(super) fn is_figure(&mut self, range: &Range<usize>) -> bool {
        let Some((Event::Start(Tag::Image { title, .. }), image)) = self.events.peek(0) else { return false };
        let (titled, image) = (!title.is_empty(), image.clone());
        titled
            && self.events.slice(range.start..image.start).trim().is_empty()
            && is_nothing_more(self.events.slice(image.end..range.end).trim())
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
        let mut braces = self.image_braces(reference.range.end);
        let (target, mode) = mode_of(&reference.target);
        self.warn_without_alt(&alt, &reference.range);
        let figure = matches!(self.open.last(), Some(Open::Figure));
        let span = self.target_span(reference, inner_end);
        if let Some(dark) = braces.take("dark") {
            self.variant(target, Some("only-light"), &alt, &braces, reference, span);
            let behind = self.events.slice(reference.range.end..self.events.text.len());
            let written = behind.find(&dark).map(|at| reference.range.end + at..reference.range.end + at + dark.len());
            let span = written.map_or(span, |range| self.events.span(range));
            self.variant(&dark, Some("only-dark"), &alt, &braces, reference, span);
        } else {
            self.variant(target, mode, &alt, &braces, reference, span);
        }
        if figure {
            self.body.html.push_str("\n<figcaption>");
            self.say(&reference.title);
            self.body.html.push_str("</figcaption>\n");
        }
    }

    /// One `<img>`; `mode` is the class of an image for light or dark pages alone.
    fn variant(
        &mut self,
        target: &str,
        mode: Option<&str>,
        alt: &str,
        braces: &Braces,
        reference: &Reference<'a>,
        span: Span,
    ) {
        let address = Address::of(target, true);
        if self.refused(target, address, &reference.range) {
            return self.say(alt);
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
        escape::named(&mut self.body.html, "alt", alt);
        if !matches!(self.open.last(), Some(Open::Figure)) && !reference.title.is_empty() {
            escape::named(&mut self.body.html, "title", &reference.title);
        }
        let classes: Vec<&str> = mode.into_iter().chain(braces.classes.iter().map(String::as_str)).collect();
        if !classes.is_empty() {
            escape::named(&mut self.body.html, "class", &classes.join(" "));
        }
        if let Some(id) = braces.id.as_ref().filter(|_| mode != Some("only-dark")) {
            let id = self.written_id(id, &reference.range);
            escape::named(&mut self.body.html, "id", &id);
        }
        self.write_size(braces);
        self.finish_image(mode.is_some());
        if let Some(link) = self.links.get_mut(index) {
            (link.label, link.span) = (alt.to_owned(), span);
        }
    }

    /// `{…}` right behind an image, taken from the text that follows.
    fn image_braces(&mut self, end: usize) -> Braces {
        let Some((Event::Text(text), range)) = self.events.peek(0) else { return Braces::default() };
        let (text, range) = (text.clone(), range.clone());
        let found = Braces::at_start(&text).filter(|_| range.start == end);
        let Some((braces, length)) = found else { return Braces::default() };
        self.events.next();
        if let Some(rest) = text.get(length..).filter(|rest| !rest.is_empty()) {
            let start = (range.start + length).min(range.end);
            self.events.put_back((Event::Text(CowStr::from(rest.to_owned())), start..range.end));
        }
        braces
    }

    /// The size that the author wishes, and the other attributes.
    fn write_size(&mut self, braces: &Braces) {
        let mut style = String::new();
        let mut others = Braces::default();
        for (name, value) in &braces.others {
            let digits = value.trim_end_matches("px").trim_end_matches('%');
            let sized = matches!(name.as_str(), "width" | "height") && digits.parse::<u16>().is_ok();
            if sized {
                let unit = if value.ends_with('%') { "%" } else { "px" };
                let between = if style.is_empty() { "" } else { "; " };
                style.push_str(&format!("{between}{name}: {digits}{unit}"));
            } else if !matches!(name.as_str(), "width" | "height" | "src" | "alt" | "style") {
                others.others.push((name.clone(), value.clone()));
            }
        }
        if !style.is_empty() {
            escape::named(&mut self.body.html, "style", &style);
        }
        others.write_others(&mut self.body.html, self.options.trust);
    }

    /// The end of the tag. The first image may be seen at once and is not put off, unless it may not be seen at all.
    pub(super) fn finish_image(&mut self, hidden: bool) {
        let put_off = self.has_image || hidden;
        let lazy = if put_off { " loading=\"lazy\" decoding=\"async\">" } else { " decoding=\"async\">" };
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

/// The target without the mark that it is for light or for dark pages (the second form is GitHub's), and its class.
fn mode_of(target: &str) -> (&str, Option<&'static str>) {
    for (mark, class) in [
        ("#only-light", "only-light"),
        ("#only-dark", "only-dark"),
        ("#gh-light-mode-only", "only-light"),
        ("#gh-dark-mode-only", "only-dark"),
    ] {
        if let Some(target) = target.strip_suffix(mark) {
            return (target, Some(class));
        }
    }
    (target, None)
}

fn is_nothing_more(text: &str) -> bool {
    text.is_empty() || Braces::read(text).is_some()
}
