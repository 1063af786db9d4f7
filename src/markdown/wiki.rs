//! Wiki links, `[[Title#Heading|text]]`, and embedded files, `![[image.png]]`.

use pulldown_cmark::LinkType;

use super::address::Address;
use super::body::Fill;
use super::escape;
use super::links::{Reference, number};
use super::outline::LinkKind;
use super::writer::Writer;
use crate::source::Span;

impl<'a> Writer<'a> {
    /// `[[Title]]`: without a text of the author the site writes the title of the page.
    pub(super) fn start_wiki_link(&mut self, reference: Reference<'a>) {
        let (target, span) = self.wiki_target(&reference);
        let index = self.note_wiki(LinkKind::Wiki, &target, span);
        self.body.html.push_str("<a");
        self.body.hole(Fill::Href(number(index)));
        self.body.html.push('>');
        if has_text(&reference) {
            let text = self.prose.position();
            self.open_link(reference, Some(index), text);
            return;
        }
        self.body.hole(Fill::WikiText(number(index)));
        self.body.html.push_str("</a>");
        // The page's title is not known here: for the search and the table of contents the words of the author stand in.
        self.prose.push(&target);
        if let Some(heading) = &mut self.heading {
            escape::text(&mut heading.html, &target);
        }
        self.skip();
    }

    /// `![[file]]`: an image, or a link to what is no image.
    pub(super) fn wiki_embed(&mut self, reference: &Reference<'a>, text: &str) {
        let (target, span) = self.wiki_target(reference);
        let index = self.note_wiki(LinkKind::WikiEmbed, &target, span);
        let mut text = if has_text(reference) { text.trim() } else { "" };
        if !is_image(&target) {
            self.body.html.push_str("<a");
            self.body.hole(Fill::Href(number(index)));
            self.body.html.push('>');
            if text.is_empty() {
                self.body.hole(Fill::WikiText(number(index)));
            } else {
                escape::text(&mut self.body.html, text);
            }
            self.body.html.push_str("</a>");
            self.prose.push(if text.is_empty() { &target } else { text });
        } else {
            // Obsidian's `|300` and `|300x200` are a size and no text.
            let width = width(text);
            text = if width.is_some() { "" } else { text };
            self.warn_without_alt(text, &reference.range);
            self.body.html.push_str("<img");
            self.body.hole(Fill::Src(number(index)));
            escape::named(&mut self.body.html, "alt", text);
            if let Some(width) = width {
                escape::named(&mut self.body.html, "style", &format!("width: {width}px"));
            }
            self.finish_image(false);
        }
        let label = text.to_owned();
        if let Some(link) = self.links.get_mut(index) {
            link.label = label;
        }
    }

    fn note_wiki(&mut self, kind: LinkKind, target: &str, span: Span) -> usize {
        let index = self.note_link(kind, "", Address::Internal);
        if let Some(link) = self.links.get_mut(index) {
            (link.target, link.span) = (target.to_owned(), span);
        }
        index
    }

    /// The target and where it is written. In a table the bar before the text is escaped: `[[a\|b]]`.
    fn wiki_target(&self, reference: &Reference<'_>) -> (String, Span) {
        let written = &*reference.target;
        let target = if has_text(reference) { written.strip_suffix('\\').unwrap_or(written) } else { written };
        let range = reference.range.clone();
        let source = self.events.slice(range.clone());
        let place = source.find("[[").map(|at| at + 2).and_then(|from| Some(from + source.get(from..)?.find(target)?));
        let place = place.map_or(range.clone(), |at| range.start + at..range.start + at + target.len());
        (target.trim().to_owned(), self.events.span(place))
    }
}

fn has_text(reference: &Reference<'_>) -> bool {
    matches!(reference.kind, LinkType::WikiLink { has_pothole: true })
}

fn is_image(target: &str) -> bool {
    let ending = target.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_deref().unwrap_or_default();
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico"].contains(&ending)
}

/// The width of `300` or `300x200`.
fn width(text: &str) -> Option<u16> {
    let (width, height) = text.split_once('x').map_or((text, None), |(width, height)| (width, Some(height)));
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    height.is_none_or(|height| number(height).is_some()).then(|| number(width)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_no_texts() {
        assert_eq!(
            (width("300"), width("300x200"), width("3D"), width("x"), width("")),
            (Some(300), Some(300), None, None, None)
        );
        assert!(is_image("图/a.PNG") && !is_image("笔记") && !is_image("a.pdf"));
    }
}
