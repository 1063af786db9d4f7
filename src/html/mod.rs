//! HTML as text with tags in it: where they stand, what attributes say, and how to change some of them and nothing else.
//!
//! The tags are found as a browser finds them (HTML Standard, 13.2.5): comments, raw text and quotes hide what looks like
//! one. What is not changed stays byte for byte as it was.

mod escape;
mod reference;
mod relocate;
mod tags;

pub use escape::{escape, escape_into, escape_text};
pub use reference::target;
pub use relocate::{Bound, relocate};
pub use tags::{Attribute, Tag, tags};

use std::borrow::Cow;
use std::ops::Range;

/// Changes to a text, in the order of the text.
#[derive(Debug, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts `text` in the place of a range; ranges come in order and do not overlap.
    pub fn put(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// The text with all of this done.
    pub fn apply(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len() + self.0.iter().map(|(_, text)| text.len()).sum::<usize>());
        let mut from = 0;
        for (range, text) in &self.0 {
            out.push_str(html.get(from..range.start).unwrap_or_default());
            out.push_str(text);
            from = range.end.max(from);
        }
        out.push_str(html.get(from..).unwrap_or_default());
        out
    }
}

/// The text with what `change` notes for each of its tags.
pub fn rewrite(html: &str, mut change: impl FnMut(&Tag<'_>, &mut Edits)) -> String {
    let mut edits = Edits::default();
    for tag in tags(html) {
        change(&tag, &mut edits);
    }
    edits.apply(html)
}

/// The text between the start tag of the first element of a name and its end tag, with that start tag: elements of the
/// same name inside it are counted.
pub fn element<'h>(html: &'h str, name: &str) -> Option<(Tag<'h>, Range<usize>)> {
    let mut depth = 0_usize;
    let mut first: Option<Tag<'h>> = None;
    for tag in tags(html).filter(|tag| tag.name.eq_ignore_ascii_case(name)) {
        match (tag.closing, &first) {
            (false, None) => first = Some(tag),
            (false, Some(_)) => depth += 1,
            (true, Some(start)) if depth == 0 => {
                let inner = start.end..tag.start;
                return first.map(|first| (first, inner));
            }
            (true, Some(_)) => depth -= 1,
            (true, None) => {}
        }
    }
    // An end tag may be left out (HTML Standard, 13.1.2.4).
    first.map(|start| {
        let inner = start.end..html.len();
        (start, inner)
    })
}

/// The text that an attribute's value stands for, as far as URLs and ids need it: numbers, and the names that writers of
/// HTML use for what must be escaped.
pub fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest.find(';').filter(|end| *end <= 10).map(|end| &rest[1..end]);
        match name.and_then(|name| Some((name, character(name)?))) {
            Some((name, c)) => {
                out.push(c);
                rest = &rest[name.len() + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{A0}')];
    known.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_asked_for_changes() {
        let html = "<p class=a>1 < 2 <!-- <a href=x> --><A  HREF='x.html'>y</a><script>'<a href=z>'</script>";
        let changed = rewrite(html, |tag, edits| {
            if let Some(href) = tag.attribute("href") {
                edits.put(href.whole.clone(), "href=\"#\"");
            }
        });
        assert_eq!(changed, html.replace("HREF='x.html'", "href=\"#\""));
    }

    #[test]
    fn elements_of_one_name_are_counted() {
        let html = "<b><div id=o>a<div>b</div>c</div>d</b>";
        let (tag, inner) = element(html, "div").unwrap();
        assert_eq!((tag.value("id").as_deref(), &html[inner]), (Some("o"), "a<div>b</div>c"));
    }

    #[test]
    fn references_are_read() {
        assert_eq!(unescape("a&amp;b&#x4e2d;&#65;&copy;&"), "a&b中A&copy;&");
    }
}
