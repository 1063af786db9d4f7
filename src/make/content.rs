//! A body's holes filled: hrefs, titles of wiki links, words of the interface.

use std::collections::{BTreeMap, HashMap};

use super::here::Here;
use crate::document::Document;
use crate::markdown::{Body, Fill, Hole};
use crate::paths::SourcePath;
use crate::site::{Page, Target};

/// The HTML of a page's body, and of what stands above `<!-- more -->` if that was asked for.
pub(super) struct Content {
    pub html: String,
    pub summary: Option<String>,
}

/// Fills the body of `page` as it is seen from `here`.
pub(super) fn content(
    here: &Here<'_>,
    page: &Page,
    document: &Document,
    ui: &BTreeMap<String, String>,
    includes: &HashMap<SourcePath, Vec<Body>>,
) -> Content {
    let mut fill = |hole: &Hole, out: &mut String| filling(here, page, document, (ui, includes), hole, out);
    let body = &document.body.body;
    let html = body.fill_from(document.shown_from, body.html.len(), &mut fill);
    let summary = document.body.summary.map(|end| body.fill_from(document.shown_from, end as usize, &mut fill));
    Content { html, summary }
}

fn filling(
    here: &Here<'_>,
    page: &Page,
    document: &Document,
    (ui, includes): (&BTreeMap<String, String>, &HashMap<SourcePath, Vec<Body>>),
    hole: &Hole,
    out: &mut String,
) {
    let target = |index: u32| page.links.get(index as usize).unwrap_or(&Target::Broken);
    let written = |index: u32| document.body.links.get(index as usize).map_or("", |link| &link.target);
    match hole.fill {
        Fill::Href(index) => match href(here, page, target(index), written(index)) {
            Some(href) => attribute(out, "href", &href),
            None => out.push_str(" class=\"broken\""),
        },
        Fill::Src(index) => {
            let href = href(here, page, target(index), written(index));
            attribute(out, "src", href.as_deref().unwrap_or_default());
        }
        Fill::WikiText(index) => match target(index) {
            Target::Page(to, Some(anchor)) => {
                let target = here.site.page(*to);
                let headings = target.document.iter().flat_map(|document| &document.body.headings);
                let heading = headings.into_iter().find(|heading| heading.id == *anchor);
                escape(out, heading.map_or(target.title.as_str(), |heading| heading.text.as_str()));
            }
            Target::Page(to, None) => escape(out, &here.site.page(*to).title),
            _ => escape(out, written(index)),
        },
        Fill::Word(word) => {
            let key = format!("callout-{word}");
            escape(out, ui.get(&key).map_or(word, String::as_str));
        }
        Fill::Interface(key) => escape(out, ui.get(key).map_or(key, String::as_str)),
        Fill::Include(index) => {
            let included = includes.get(document.source.path()).and_then(|all| all.get(index as usize));
            if let Some(body) = included {
                out.push_str(&body.fill(|hole, out| {
                    if let Fill::Interface(key) = hole.fill {
                        escape(out, ui.get(key).map_or(key, String::as_str));
                    }
                }));
            }
        }
    }
}

fn href(here: &Here<'_>, page: &Page, target: &Target, written: &str) -> Option<String> {
    match target {
        Target::Page(to, anchor) => {
            let fragment = anchor.as_ref().map(|anchor| format!("#{}", encoded_fragment(anchor))).unwrap_or_default();
            if *to == page.id && !fragment.is_empty() {
                return Some(fragment);
            }
            Some(here.page(*to) + &fragment)
        }
        Target::File(output) => Some(here.href(output)),
        Target::Kept => Some(written.to_owned()),
        Target::Broken => None,
    }
}

/// A fragment as a URL has it: readable, only what would end it or break it is encoded (RFC 3987, section 2.2).
fn encoded_fragment(anchor: &str) -> String {
    anchor.replace('%', "%25").replace(' ', "%20").replace('#', "%23")
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}

/// Appends text as HTML: nothing in it is markup any more, in text or in a quoted attribute.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}
