//! Where the tags of a text stand.

use std::borrow::Cow;
use std::ops::Range;

/// Elements whose content is text, whatever it looks like (HTML Standard, 13.1.2).
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// A start tag or an end tag.
#[derive(Debug, Clone)]
pub struct Tag<'h> {
    html: &'h str,
    /// Its name as it is written.
    pub name: &'h str,
    /// Whether it is an end tag.
    pub closing: bool,
    /// Where its `<` stands.
    pub start: usize,
    /// Behind its `>`.
    pub end: usize,
    /// Its attributes in order.
    pub attributes: Vec<Attribute>,
}

/// One attribute of a tag; the ranges are those of the whole text.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Its name.
    pub name: Range<usize>,
    /// From its name to the end of its value.
    pub whole: Range<usize>,
    /// What stands between the quotes; empty if it has no value.
    pub value: Range<usize>,
}

impl<'h> Tag<'h> {
    /// Whether it is a start tag of that name.
    pub fn opens(&self, name: &str) -> bool {
        !self.closing && self.name.eq_ignore_ascii_case(name)
    }

    /// Whether it is an end tag of that name.
    pub fn closes(&self, name: &str) -> bool {
        self.closing && self.name.eq_ignore_ascii_case(name)
    }

    /// The first attribute of a name; later ones do not count.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| self.html[attribute.name.clone()].eq_ignore_ascii_case(name))
    }

    /// The value of an attribute, its references read.
    pub fn value(&self, name: &str) -> Option<Cow<'h, str>> {
        self.attribute(name).map(|attribute| super::unescape(self.text(&attribute.value)))
    }

    /// The text of a range.
    pub fn text(&self, range: &Range<usize>) -> &'h str {
        &self.html[range.clone()]
    }

    /// Whether the attribute `class` has a word in it.
    pub fn has_class(&self, class: &str) -> bool {
        self.value("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|word| word == class))
    }
}

/// Every tag of a text, in order.
pub fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || next(html, &mut at))
}

fn next<'h>(html: &'h str, at: &mut usize) -> Option<Tag<'h>> {
    let bytes = html.as_bytes();
    loop {
        let start = *at + html.get(*at..)?.find('<')?;
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            *at = start + comment_length(rest);
        } else if rest.starts_with("<![CDATA[") {
            // Only SVG and MathML have these; elsewhere it is a comment that ends no later.
            *at = start + rest.find("]]>").map_or(rest.len(), |end| end + 3);
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            *at = start + rest.find('>').map_or(rest.len(), |end| end + 1);
        } else {
            let closing = rest.starts_with("</");
            let name = start + 1 + usize::from(closing);
            if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
                *at = start + 1;
                continue;
            }
            let tag = read(html, start, name, closing);
            *at = tag.end;
            if !closing && RAW.iter().any(|raw| tag.name.eq_ignore_ascii_case(raw)) {
                *at = raw_end(html, tag.end, tag.name);
            }
            return Some(tag);
        }
    }
}

fn comment_length(rest: &str) -> usize {
    if rest.starts_with("<!-->") {
        return 5;
    }
    let ends = ["-->", "--!>"].iter().filter_map(|end| rest[4..].find(end).map(|at| 4 + at + end.len()));
    ends.min().unwrap_or(rest.len())
}

/// Where the end tag of raw text begins.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(next) = html[at..].find("</") {
        let start = at + next;
        let word = html.get(start + 2..start + 2 + name.len());
        let behind = bytes.get(start + 2 + name.len());
        let ends = behind.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
        if ends && word.is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return start;
        }
        at = start + 2;
    }
    html.len()
}

fn read<'h>(html: &'h str, start: usize, name: usize, closing: bool) -> Tag<'h> {
    let bytes = html.as_bytes();
    let until = |from: usize, stop: fn(u8) -> bool| {
        bytes[from..].iter().position(|byte| stop(*byte)).map_or(bytes.len(), |at| from + at)
    };
    let mut at = until(name, |byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    let mut tag = Tag { html, name: &html[name..at], closing, start, end: html.len(), attributes: vec![] };
    loop {
        at = until(at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        match bytes.get(at) {
            None => return tag,
            Some(b'>') => {
                tag.end = at + 1;
                return tag;
            }
            Some(_) => {}
        }
        let from = at;
        // An equals sign in front is part of the name.
        at = until(at + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'='));
        let name = from..at;
        let equals = until(at, |byte| !byte.is_ascii_whitespace());
        let mut value = at..at;
        if bytes.get(equals) == Some(&b'=') {
            let first = until(equals + 1, |byte| !byte.is_ascii_whitespace());
            (value, at) = match bytes.get(first) {
                Some(b'"') => quoted(bytes, first, b'"'),
                Some(b'\'') => quoted(bytes, first, b'\''),
                _ => {
                    let end = until(first, |byte| byte.is_ascii_whitespace() || byte == b'>');
                    (first..end, end)
                }
            };
        }
        tag.attributes.push(Attribute { whole: from..at, name, value });
    }
}

fn quoted(bytes: &[u8], first: usize, quote: u8) -> (Range<usize>, usize) {
    match bytes[first + 1..].iter().position(|byte| *byte == quote) {
        Some(length) => (first + 1..first + 1 + length, first + 2 + length),
        None => (first + 1..bytes.len(), bytes.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_as_browsers_read_them() {
        let html = "<a href=x/y?a=b title='a > b' data-x = \"1\" hidden/>t</A >";
        let all: Vec<_> = tags(html).collect();
        let read: Vec<_> =
            ["href", "title", "DATA-X", "hidden"].iter().map(|name| all[0].value(name).unwrap().into_owned()).collect();
        assert_eq!(read, ["x/y?a=b", "a > b", "1", ""]);
        assert!(all[1].closes("a") && all.len() == 2);
    }

    #[test]
    fn what_is_hidden_is_no_tag() {
        let html = "<!doctype html><!--> <b> --><i><!-- <u> --!><style>a<b></styled></style><![CDATA[<s>]]>< p><";
        let names: Vec<_> = tags(html).map(|tag| tag.name).collect();
        assert_eq!(names, ["b", "i", "style", "style"]);
    }
}
