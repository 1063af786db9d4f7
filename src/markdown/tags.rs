//! The tags in raw HTML, read only as far as ids, nesting and text need it.

/// A piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// A start tag that something may end: its name in lower case and its id.
    Open(String, Option<&'t str>),
    /// A start tag of an element that has no end tag, or need not have one: its name in lower case and its id.
    Lone(String, Option<&'t str>),
    /// An end tag: its name in lower case.
    Close(String),
    /// Text between tags, as written.
    Text(&'t str),
}

/// The pieces of some HTML; comments, declarations and the insides of scripts and styles are left out.
pub(super) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { rest: html }
}

/// See [`pieces`].
pub(super) struct Pieces<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(at) = self.rest.find('<') else { return Some(Piece::Text(std::mem::take(&mut self.rest))) };
            if at > 0 {
                let (text, rest) = self.rest.split_at(at);
                self.rest = rest;
                return Some(Piece::Text(text));
            }
            let inner = &self.rest[1..];
            let silent = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>"), ("!", ">")];
            if let Some((start, end)) = silent.into_iter().find(|(start, _)| inner.starts_with(start)) {
                self.rest = behind(&inner[start.len()..], end);
            } else if let Some(close) = inner.strip_prefix('/').filter(|name| name.starts_with(letter)) {
                let (name, rest) = name(close);
                self.rest = behind(rest, ">");
                return Some(Piece::Close(name));
            } else if inner.starts_with(letter) {
                return Some(self.open(inner));
            } else {
                self.rest = inner;
                return Some(Piece::Text("<"));
            }
        }
    }
}

impl<'t> Pieces<'t> {
    /// The next piece and what the author wrote for it, with the inside of a script.
    pub(super) fn next_written(&mut self) -> Option<(Piece<'t>, &'t str)> {
        let before = self.rest;
        let piece = self.next()?;
        Some((piece, &before[..before.len() - self.rest.len()]))
    }

    fn open(&mut self, inner: &'t str) -> Piece<'t> {
        let (name, rest) = name(inner);
        let (id, closed, rest) = attributes(&name, rest);
        self.rest = rest;
        // What stands in these is no HTML (HTML standard, section 13.1.2.1).
        if matches!(name.as_str(), "script" | "style" | "textarea" | "title") && !closed {
            self.rest = raw_text_end(self.rest, &name);
        }
        if closed || has_no_end(&name) { Piece::Lone(name, id) } else { Piece::Open(name, id) }
    }
}

fn letter(c: char) -> bool {
    c.is_ascii_alphabetic()
}

fn behind<'t>(text: &'t str, end: &str) -> &'t str {
    text.find(end).map_or("", |at| &text[at + end.len()..])
}

fn name(text: &str) -> (String, &str) {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(text.len());
    (text[..end].to_ascii_lowercase(), &text[end..])
}

/// The id among the attributes, whether the tag closes itself, and what is behind the tag. A link can lead to the `name`
/// of an `<a>` too (HTML standard, section 7.4.2.3.4).
fn attributes<'t>(element: &str, rest: &'t str) -> (Option<&'t str>, bool, &'t str) {
    let (mut id, mut named) = (None, None);
    let (slash, rest) = each_attribute(rest, |name, value| {
        if name.eq_ignore_ascii_case("id") {
            id = id.or(Some(value));
        } else if element == "a" && name.eq_ignore_ascii_case("name") {
            named = named.or(Some(value));
        }
    });
    (id.or(named), slash, rest)
}

/// The attributes of a start tag that have a value, as written.
pub(super) fn attributes_of(tag: &str) -> Vec<(&str, &str)> {
    let mut list = vec![];
    let (_, rest) = name(tag.strip_prefix('<').unwrap_or(tag));
    each_attribute(rest, |name, value| list.push((name, value)));
    list
}

/// Whether the tag closes itself, and what is behind it.
fn each_attribute<'t>(mut rest: &'t str, mut take: impl FnMut(&'t str, &'t str)) -> (bool, &'t str) {
    let mut slash = false;
    loop {
        rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix('>') {
            return (slash, behind);
        }
        slash = rest.starts_with('/');
        if slash {
            rest = &rest[1..];
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '=')).unwrap_or(rest.len());
        if end == 0 && !rest.starts_with('=') {
            return (slash, "");
        }
        let (name, behind) = rest.split_at(end.max(usize::from(rest.starts_with('='))));
        rest = behind.trim_start();
        if let Some(behind) = rest.strip_prefix('=') {
            let (value, behind) = value(behind.trim_start());
            take(name, value);
            rest = behind;
        }
    }
}

fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    text.split_at(text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len()))
}

/// From the end tag of a raw text element on.
fn raw_text_end<'t>(text: &'t str, name: &str) -> &'t str {
    let mut ends = text.match_indices("</");
    let end = ends.find(|(at, _)| {
        text.as_bytes()
            .get(at + 2..at + 2 + name.len())
            .is_some_and(|bytes| bytes.eq_ignore_ascii_case(name.as_bytes()))
    });
    end.map_or("", |(at, _)| &text[at..])
}

/// Void elements, and those whose end tag may be left out and which do not nest (HTML standard, sections 13.1.2 and
/// 13.1.2.4).
pub(super) fn has_no_end(name: &str) -> bool {
    const NAMES: [&str; 31] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rt", "rp",
        "colgroup", "body", "html",
    ];
    NAMES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_nesting_are_read() {
        let html = "<div class='a>b' ID=\"x\">t<br id=y/><!-- <b> --></div><script>if (a<b) {}</script><a id='z' /><a name=n><p name=q>";
        let found: Vec<_> = pieces(html).collect();
        let wanted = [
            Piece::Open("div".into(), Some("x")),
            Piece::Text("t"),
            Piece::Lone("br".into(), Some("y/")),
            Piece::Close("div".into()),
            Piece::Open("script".into(), None),
            Piece::Close("script".into()),
            Piece::Lone("a".into(), Some("z")),
            Piece::Open("a".into(), Some("n")),
            Piece::Lone("p".into(), None),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn broken_html_ends() {
        for html in ["<", "<a", "<a b", "<a b=", "<a b='", "<!--", "</", "</a", "<a =", "<a / b / =>", "< <a<b>"] {
            assert!(pieces(html).count() < 5, "{html}");
        }
    }
}
