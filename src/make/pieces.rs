//! A page minified piece by piece: what minify-html makes of a tag is remembered, for pages repeat their tags.
//!
//! minify-html builds a tree of every page and took more time than everything else together. What it does to a tag hangs
//! on the tag alone, and what it does to white space on the element around it; so the page is read once, tags are looked
//! up, and minify-html is asked only about what was not met before. Its rules for an element are learnt from small
//! samples. A page that is not nested as written (an end tag left out, a comment) is left to minify-html as a whole.

use std::cell::RefCell;

use super::learnt::{Inside, Memory, Space};
use super::references::respelt;
use super::shape::{Shape, is_phrase, is_word, shape};

thread_local! {
    /// It changes no output: what is remembered is what minify-html would say again.
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// What minify-html makes of the page; none if the page must be seen as a whole.
pub(super) fn minify(html: &str) -> Option<Vec<u8>> {
    // The one letter that minify-html spells otherwise without having met an `&`.
    if memchr::memmem::find(html.as_bytes(), "\u{20D2}".as_bytes()).is_some() {
        return None;
    }
    MEMORY.with_borrow_mut(|memory| Page::new(html, memory).run())
}

/// A page on its way.
struct Page<'p> {
    rest: &'p str,
    memory: &'p mut Memory,
    out: Vec<u8>,
    open: Vec<Open>,
    /// Elements that a parser knows once only, met before.
    once: [bool; 3],
    /// It is an entry of a list, which is about to be remembered.
    is_entry: bool,
}

/// An element whose end has not come.
struct Open {
    element: Option<usize>,
    space: Space,
    in_pre: bool,
    /// A text or an element was in it.
    begun: bool,
    /// Where its last text begins in the output, if no element came after that.
    text: Option<usize>,
}

impl<'p> Page<'p> {
    fn new(html: &'p str, memory: &'p mut Memory) -> Self {
        let space = Space { collapse: true, destroy: true, trim: true };
        let page = Open { element: None, space, in_pre: false, begun: false, text: None };
        Self {
            rest: html,
            memory,
            out: Vec::with_capacity(html.len()),
            open: vec![page],
            once: [false; 3],
            is_entry: false,
        }
    }

    fn run(&mut self) -> Option<Vec<u8>> {
        const DOCTYPE: &str = "<!doctype html>";
        if self.rest.get(..DOCTYPE.len()).is_some_and(|first| first.eq_ignore_ascii_case(DOCTYPE)) {
            self.out.extend_from_slice(DOCTYPE.as_bytes());
            self.rest = &self.rest[DOCTYPE.len()..];
        }
        while !self.rest.is_empty() {
            if !self.rest.starts_with('<') {
                self.text()?;
            } else if let Some(after) = self.rest.strip_prefix("</") {
                self.end(after)?;
            } else if !self.entry() {
                self.start()?;
            }
        }
        let page = self.open.pop()?;
        if !self.open.is_empty() {
            return None;
        }
        self.finish(&page);
        Some(std::mem::take(&mut self.out))
    }

    /// Takes a short entry of a list as a whole: navigations repeat theirs in every page.
    fn entry(&mut self) -> bool {
        const LONGEST: usize = 400;
        if self.is_entry || !self.rest.starts_with("<li>") && !self.rest.starts_with("<li ") {
            return false;
        }
        let bytes = &self.rest.as_bytes()[..self.rest.len().min(LONGEST)];
        let Some(end) = self.memory.entry_end.find(bytes) else { return false };
        let text = &self.rest[..end + "</li>".len()];
        let Some(outer) = self.open.last_mut().filter(|outer| !outer.in_pre) else { return false };
        if !outer.element.is_some_and(|list| self.memory.takes_entries(list)) {
            return false;
        }
        if let Some(small) = self.memory.entries.get(text) {
            self.out.extend_from_slice(small);
            (outer.begun, outer.text) = (true, None);
            self.rest = &self.rest[text.len()..];
            return true;
        }
        // Those of a text or of a table of contents do not come again: what comes twice is remembered for the third time.
        if self.memory.meet(text) {
            let mut alone = Page { is_entry: true, ..Page::new(text, self.memory) };
            if let Some(small) = alone.run().filter(|_| alone.once == [false; 3]) {
                self.memory.remember(text, small);
            }
        }
        false
    }

    fn start(&mut self) -> Option<()> {
        let (shape, piece) = match self.memory.plain(self.rest) {
            Some((length, piece)) => (Shape::plain(length), piece),
            None => {
                let shape = shape(self.rest)?;
                let piece = self.memory.tag(self.rest.get(..shape.length)?, &shape)?;
                (shape, piece)
            }
        };
        let tag = self.rest.get(..shape.length)?;
        let element = piece.element;
        let outer = self.open.last_mut()?;
        outer.begun = true;
        outer.text = None;
        let (outer, in_pre) = (outer.element, outer.in_pre);
        if let Some(outer) = outer
            && !self.memory.takes(outer, element)
        {
            return None;
        }
        let kind = &self.memory.elements[element];
        let (inside, space, pre) = (kind.inside, kind.space, kind.is_pre);
        if kind.once.is_some_and(|at| std::mem::replace(&mut self.once[at], true)) {
            return None;
        }
        let (_, rest) = self.rest.split_at(shape.length);
        if inside == Inside::Whole {
            let length = shape.length + element_end(rest, tag, &kind.name)?;
            let written = self.rest.get(..length)?;
            // Every page has a title of its own.
            let title = written.strip_prefix("<title>").and_then(|title| title.strip_suffix("</title>"));
            if title.is_some_and(|title| is_word(title.as_bytes()) || is_phrase(title.as_bytes())) {
                self.out.extend_from_slice(written.as_bytes());
            } else {
                self.memory.whole(written, &mut self.out);
            }
            self.rest = &self.rest[length..];
            return Some(());
        }
        piece.write(tag, &shape, &mut self.out);
        self.rest = rest;
        if inside == Inside::Nodes {
            let space = if in_pre || pre { Space::default() } else { space };
            self.open.push(Open { element: Some(element), space, in_pre: in_pre || pre, begun: false, text: None });
        }
        Some(())
    }

    fn end(&mut self, after: &'p str) -> Option<()> {
        let open = self.open.pop()?;
        let name = &*self.memory.elements[open.element?].name;
        let rest = after.strip_prefix(name)?.strip_prefix('>')?;
        let length = self.rest.len() - rest.len();
        self.finish(&open);
        self.out.extend_from_slice(&self.rest.as_bytes()[..length]);
        self.rest = rest;
        Some(())
    }

    /// Takes the white space from the end of an element.
    fn finish(&mut self, open: &Open) {
        if let Some(start) = open.text.filter(|_| open.space.trim) {
            while self.out.len() > start && self.out.last().is_some_and(|byte| is_space(*byte)) {
                self.out.pop();
            }
        }
    }

    fn text(&mut self) -> Option<()> {
        let bytes = self.rest.as_bytes();
        let first = memchr::memchr2(b'<', b'&', bytes).unwrap_or(bytes.len());
        let reference = bytes.get(first) == Some(&b'&');
        let end = if reference { memchr::memchr(b'<', bytes).unwrap_or(bytes.len()) } else { first };
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        let open = self.open.last_mut()?;
        let (space, first) = (open.space, !std::mem::replace(&mut open.begun, true));
        let start = self.out.len();
        open.text = Some(start);
        let spelt;
        let text = if reference {
            spelt = respelt(text);
            &*spelt
        } else {
            text.as_bytes()
        };
        if space.destroy && text.iter().copied().all(is_space) {
            return Some(());
        }
        let trimmed = if first && space.trim { text.trim_ascii_start() } else { text };
        if !space.collapse {
            self.out.extend_from_slice(trimmed);
            return Some(());
        }
        // Most texts stay as they are, which is seen many bytes at a time where the loop has no way out.
        let blank = |byte: &u8| *byte <= b' ';
        let other = trimmed.iter().fold(false, |found, byte| found | (blank(byte) & (*byte != b' ')));
        let twice = trimmed.iter().zip(trimmed.get(1..).unwrap_or_default());
        if !other && !twice.fold(false, |found, (one, next)| found | (blank(one) & blank(next))) {
            self.out.extend_from_slice(trimmed);
            return Some(());
        }
        let mut rest = trimmed;
        while let Some(at) = rest.iter().position(|byte| is_space(*byte)) {
            self.out.extend_from_slice(&rest[..at]);
            self.out.push(b' ');
            let next = rest[at..].iter().position(|byte| !is_space(*byte));
            rest = next.map_or(&[], |next| &rest[at + next..]);
        }
        self.out.extend_from_slice(rest);
        Some(())
    }
}

/// White space as HTML has it, and minify-html.
fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

/// Where an element that is not looked into ends, from the end of its start tag.
fn element_end(text: &str, tag: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.find("</")?;
        let end = at + 2 + name.len();
        if text.get(at + 2..end).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            let whole = text.get(at + 2..end) == Some(name) && text.get(end..)?.starts_with('>');
            // A drawing in a drawing would end too early, and one that ends in its start tag has no end tag.
            let plain = name != "svg" || !tag.ends_with("/>") && !text[..at].contains("<svg");
            return (whole && plain).then_some(end + 1);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::make::minify::whole;

    #[track_caller]
    fn same(html: &str) {
        let (small, wanted) = (minify(html).expect(html), whole(html));
        assert_eq!(String::from_utf8_lossy(&small), String::from_utf8_lossy(&wanted), "{html}");
    }

    #[test]
    fn a_page_is_minified_as_a_whole_would_be() {
        // Asked about once, these differ in what stands in their attributes.
        for at in [
            "a",
            "part-2",
            "b/c.html",
            "d/",
            "",
            "é中",
            "a b",
            "x&amp;y",
            "'",
            "=",
            "../../p/index.html#e-f",
            "https://a.b/c/",
            "javascript:a",
            "a//",
            "/",
            "a b/",
            "中，文 · d",
            "a  b",
            " a",
            "a, b",
            "width a",
            "\u{a0}",
            "a;b c",
        ] {
            same(&format!(
                "<p><a href=\"{at}\" id=\"{at}\" title=\"{at}\">x</a><img src=\"{at}\"><i id=\"{at}\" class=\"b\"></i></p>"
            ));
            for name in ["description", "keywords", "a b", ""] {
                same(&format!("<meta name=\"{name}\" content=\"{at}\"><meta content=\"{at}\" property=\"og:x\">"));
            }
            same(&format!("<title>{at}</title><link rel=\"next\" href=\"{at}\"><base href=\"{at}\" id=\"{at}\">"));
        }
        // An entry is remembered when it comes again.
        let entry = "<li><a href=\"a.html\"> b  c </a>\n</li>\n";
        same(&format!("<ul>{}</ul><pre><ul>{entry}</ul></pre>", entry.repeat(4)));
        same(
            "<!DOCTYPE html>\n<html lang=\"zh\">\n <head>\n<title> a  &lt;b&gt; &amp; </title>\n<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <style> p { color : red } </style><script type=\"text/javascript\"> let a = '<p>'; </script></head>\n\
             <body class=\" b  a \"> <p> x <em> y </em>\n <a href=\"../a.html?b&amp;c\">z</a> </p>\n<br>\n\
             <pre> a\n  <span class=\"k\">b  c</span> </pre><code> d  <i> e  f </i></code>\n<ul>\n <li> 1 </li> <li>2\n\
             <svg viewBox=\"0 0 1 1\"> <path d=\"M0 0\" /> </svg></li></ul><input type=\"text\" disabled=\"\" value=''>\n\
             &copy; &amp;copy &nbsp; &quot;q&quot; &amp;&amp; &amp;lt </body>\n</html>\n",
        );
    }

    #[test]
    fn what_stands_for_a_value_can_be_written() {
        same("<a id=\"zq0zv\" href=\"b\">x</a>");
        assert_eq!(minify("<a title=\"zq0zv\" id=\"b\">x</a>"), None);
    }

    #[test]
    fn what_is_not_nested_as_written_is_left_alone() {
        for odd in
            ["<ul><li>a<li>b</ul>", "<p>a<div>b</div></p>", "a<!-- b -->", "<b>a</i></b>", "<p>a", "<P>a</P>", "a < b"]
        {
            assert_eq!(minify(odd), None, "{odd}");
        }
    }

    fn node() -> impl Strategy<Value = String> {
        let text = prop::sample::select(vec![
            " ",
            "\n  ",
            "a",
            " b  c ",
            "字 词",
            "&lt;",
            "&amp;",
            "&amp;copy",
            "&amp;x;",
            "&quot; ",
            "'",
            "\u{a0}",
            "&nbsp;",
            ">",
            "&#32;",
        ]);
        let leaf = prop_oneof![
            6 => text.prop_map(str::to_owned),
            1 => prop::sample::select(vec!["<br>", "<img src=\"a.png\" alt=\"\">", "<hr class=\"\">", "<script>a  b</script>",
                "<textarea> a  b </textarea>", "<svg><g> a </g><path d=\"\"/></svg>", "<wbr/>"]).prop_map(str::to_owned),
        ];
        let tag = prop::sample::select(vec![
            "p", "div", "span", "a", "li", "ul", "code", "pre", "td", "tr", "table", "h2", "math", "mi", "details",
            "em", "body", "label", "button", "dd", "x-y",
        ]);
        let attributes = prop::sample::select(vec![
            "",
            " class=\"a\"",
            " class=\" b  a\" id=x",
            " href='a&amp;b'",
            " title=\"a > b\"",
            " hidden",
            " style=\"color: red\"",
            " data-x=\"&quot;\"",
            " href=\"a b\" id=\"c\"",
            " href=\"a/b.html\" id=\"c-1\"",
            " id=\"d\" href=\"../\"",
            " href=\"#é\"",
            " type=\"button\"",
        ]);
        leaf.prop_recursive(4, 40, 6, move |inner| {
            (tag.clone(), attributes.clone(), prop::collection::vec(inner, 0..6))
                .prop_map(|(tag, attributes, inner)| format!("<{tag}{attributes}>{}</{tag}>", inner.concat()))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_page_is_minified_as_a_whole_would_be(nodes in prop::collection::vec(node(), 0..6)) {
            let html = nodes.concat();
            if let Some(small) = minify(&html) {
                let wanted = whole(&html);
                prop_assert_eq!(String::from_utf8_lossy(&small), String::from_utf8_lossy(&wanted), "{}", html);
            }
        }
    }
}
