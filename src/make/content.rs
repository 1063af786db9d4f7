//! A body's holes filled: hrefs, titles of wiki links, words of the interface, components, included pages.

use std::collections::BTreeMap;

use super::asked;
use super::here::Here;
use super::{Making, Picture};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Document;
use crate::html::escape_into;
use crate::markdown::{Fill, Hole};
use crate::paths::OutputPath;
use crate::site::{FACTS, Page, Target};

/// Pages include pages that include pages; the resolver has refused circles.
const DEEPEST: usize = 16;

/// The HTML of a page's body, and of what stands above `<!-- more -->` if that was asked for.
pub(super) struct Content {
    pub html: String,
    pub summary: Option<String>,
}

/// Fills the body of `page` as it is seen from `here`.
///
/// # Errors
/// A diagnostic when the template of a component fails, with the place where it is used.
pub(super) fn content(
    making: &Making<'_>,
    here: &Here<'_>,
    page: &Page,
    document: &Document,
) -> Result<Content, Box<Diagnostic>> {
    let seen = Seen { making, here, ui: &making.interface[page.language] };
    let html = seen.body(page, document, document.body.body.html.len(), 0)?;
    // A fallback is in the language of its text.
    let html = making.glossaries[page.fallback.unwrap_or(page.language)].explained(here, page, html);
    let summary = document.body.summary.map(|end| seen.body(page, document, end as usize, 0)).transpose()?;
    Ok(Content { html, summary })
}

/// A body as it is seen from one file of the output.
struct Seen<'s> {
    making: &'s Making<'s>,
    here: &'s Here<'s>,
    ui: &'s BTreeMap<String, String>,
}

impl Seen<'_> {
    /// The HTML up to `end`; `depth` counts the pages around it.
    fn body(&self, page: &Page, document: &Document, end: usize, depth: usize) -> Result<String, Box<Diagnostic>> {
        let (mut open, mut trouble) = (vec![], None);
        let html = document.body.body.fill_from(document.shown_from, end, |hole, out| match hole.fill {
            Fill::Component(_) => open.push(out.len()),
            Fill::ComponentEnd(index) => {
                let start = open.pop().unwrap_or(out.len());
                let inner = out.split_off(start);
                match self.component(document, index, inner.trim()) {
                    Ok(html) => out.push_str(&html),
                    Err(diagnostic) => trouble = trouble.take().or(Some(diagnostic)),
                }
            }
            Fill::Include(index) => match self.include(page, index, depth) {
                Ok(html) => out.push_str(&html),
                Err(diagnostic) => trouble = trouble.take().or(Some(diagnostic)),
            },
            _ => self.filling(page, document, hole, out),
        });
        trouble.map_or(Ok(html), Err)
    }

    fn component(&self, document: &Document, index: u32, body: &str) -> Result<String, Box<Diagnostic>> {
        let Some(component) = document.body.components.get(index as usize) else { return Ok(body.to_owned()) };
        let place = Place::new(document.source.path(), component.span);
        let shown = (component.name == FACTS).then(|| asked::shown(self.here, component, self.ui));
        self.making.templates.render_component(self.here.language, component, (body, shown.as_ref()), &place)
    }

    fn include(&self, page: &Page, index: u32, depth: usize) -> Result<String, Box<Diagnostic>> {
        let Some(Target::Page(to, _)) = page.links.get(index as usize) else { return Ok(String::new()) };
        let page = self.here.site.page(*to);
        match &page.document {
            Some(document) if depth < DEEPEST => self.body(page, document, document.body.body.html.len(), depth + 1),
            _ => Ok(String::new()),
        }
    }

    fn filling(&self, page: &Page, document: &Document, hole: &Hole, out: &mut String) {
        let target = |index: u32| page.links.get(index as usize).unwrap_or(&Target::Broken);
        let written = |index: u32| document.body.links.get(index as usize).map_or("", |link| &link.target);
        match hole.fill {
            Fill::Href(index) => {
                if matches!(target(index), Target::Fact(_)) {
                    out.push_str(" class=\"fact\"");
                }
                match self.href(target(index), written(index)) {
                    Some(href) => attribute(out, "href", &href),
                    None => out.push_str(" class=\"broken\""),
                }
            }
            Fill::Exact(index) => {
                let exact = if let Target::Fact(cited) = target(index) { &*cited.exact } else { "" };
                attribute(out, "value", exact);
            }
            Fill::Src(index) => {
                let href = self.href(target(index), written(index));
                attribute(out, "src", href.as_deref().unwrap_or_default());
                if let Target::File(output) = target(index)
                    && let Some(picture) = self.making.pictures.get(output)
                {
                    self.smaller(output, picture, out);
                    attribute(out, "width", &picture.width.to_string());
                    attribute(out, "height", &picture.height.to_string());
                }
            }
            Fill::WikiText(index) => match target(index) {
                Target::Page(to, Some(anchor)) => {
                    let target = self.here.site.page(*to);
                    let headings = target.document.iter().flat_map(|document| &document.body.headings);
                    let heading = headings.into_iter().find(|heading| *heading.id == **anchor);
                    escape_into(out, heading.map_or(target.title.as_str(), |heading| heading.text.as_str()));
                }
                Target::Page(to, None) => escape_into(out, &self.here.site.page(*to).title),
                _ => escape_into(out, written(index)),
            },
            Fill::Word(word) => {
                let key = format!("callout-{word}");
                escape_into(out, self.ui.get(&key).map_or(word, String::as_str));
            }
            Fill::Interface(key) => escape_into(out, self.ui.get(key).map_or(key, String::as_str)),
            Fill::Code(index) => self.code(document, index, out),
            Fill::Component(_) | Fill::ComponentEnd(_) | Fill::Include(_) => {}
        }
    }

    /// The files that a browser can choose from, and how wide the picture is shown (HTML, section 4.8.4.3).
    fn smaller(&self, output: &OutputPath, picture: &Picture, out: &mut String) {
        if picture.smaller.is_empty() {
            return;
        }
        let candidate = |(output, width): &(OutputPath, u32)| format!("{} {width}w, ", self.here.href(output));
        let smaller: String = picture.smaller.iter().map(candidate).collect();
        attribute(out, "srcset", &format!("{smaller}{} {}w", self.here.href(output), picture.width));
        attribute(out, "sizes", &self.here.site.config.images.sizes);
    }

    /// A block of code from another file.
    fn code(&self, document: &Document, index: u32, out: &mut String) {
        let all = self.making.included_code.get(document.source.path());
        let Some(body) = all.and_then(|all| all.get(index as usize)) else { return };
        out.push_str(&body.fill(|hole, out| {
            if let Fill::Interface(key) = hole.fill {
                escape_into(out, self.ui.get(key).map_or(key, String::as_str));
            }
        }));
    }

    fn href(&self, target: &Target, written: &str) -> Option<String> {
        let (to, anchor) = match target {
            Target::Page(to, anchor) => (*to, anchor),
            Target::Fact(cited) => (cited.page, &cited.row),
            Target::File(output) => return Some(self.here.href(output)),
            Target::Kept => return Some(written.to_owned()),
            Target::Broken => return None,
        };
        let fragment = anchor.as_ref().map(|anchor| format!("#{}", encoded_fragment(anchor))).unwrap_or_default();
        if self.here.site.page(to).output == *self.here.output && !fragment.is_empty() {
            return Some(fragment);
        }
        Some(self.here.page(to) + &fragment)
    }
}

/// A fragment as a URL has it: readable, only what would end it or break it is encoded (RFC 3987, section 2.2).
pub(super) fn encoded_fragment(anchor: &str) -> String {
    anchor.replace('%', "%25").replace(' ', "%20").replace('#', "%23")
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape_into(out, value);
    out.push('"');
}
