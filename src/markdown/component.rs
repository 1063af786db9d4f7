//! Components: `:::note`, `:::tabs` and their sisters, `:::include`, and those that a site defines itself.
//!
//! Markdown knows no templates: a component of the site is a pair of holes around its body, and the site says what stands
//! there. Fences are matched by their number of colons; of the same number the innermost ends first.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::address::Address;
use super::arguments::{Braces, words};
use super::body::Fill;
use super::escape;
use super::links::number;
use super::outline::{Argument, Component, LinkKind};
use super::writer::{Open, Writer};
use crate::diagnostic::{Code, Diagnostic};

/// The components that are always there.
pub const BUILT_IN: [&str; 14] = [
    "note",
    "info",
    "tip",
    "important",
    "warning",
    "caution",
    "danger",
    "details",
    "tabs",
    "tab",
    "steps",
    "cards",
    "figure",
    "include",
];

/// A component that is open.
#[derive(Debug)]
pub(super) struct Container {
    colons: usize,
    name: String,
    /// The fence that began it.
    range: Range<usize>,
    end: &'static str,
    /// The site's component that it is.
    site: Option<u32>,
}

/// What stands behind the name of a fence.
struct Fence {
    colons: usize,
    name: Range<usize>,
    title: Range<usize>,
    braces: Braces,
    /// It ends with `:::` on its own line.
    leaf: bool,
    range: Range<usize>,
}

impl Writer<'_> {
    /// A line that begins with three colons or more.
    pub(super) fn fence(&mut self, range: Range<usize>) {
        let text = self.events.slice(range.clone());
        let colons = text.len() - text.trim_start_matches(':').len();
        let name_at = text.len() - text[colons..].trim_start().len();
        if name_at == text.len() {
            return self.close_fence(colons, range);
        }
        if self.too_deep(&range) {
            return;
        }
        let end = text[name_at..].find([' ', '\t', '{']).map_or(text.len(), |end| name_at + end);
        let name = &text[name_at..end];
        let (mut rest_end, mut leaf) = (text.len(), false);
        if let Some(rest) = text[end..].strip_suffix(":::").filter(|rest| rest.ends_with([' ', ':'])) {
            rest_end = end + rest.trim_end_matches(':').trim_end().len();
            leaf = true;
        }
        let start = end + text[end..rest_end].len() - text[end..rest_end].trim_start().len();
        let mut fence = Fence {
            colons,
            name: range.start + name_at..range.start + end,
            title: range.start + start..range.start + rest_end.max(start),
            braces: Braces::default(),
            leaf,
            range: range.clone(),
        };
        self.fresh_line();
        if name == "include" {
            self.include(&fence);
        } else if BUILT_IN.contains(&name) {
            self.read_title(&mut fence);
            self.built_in(name, fence);
        } else {
            self.site_component(name, fence);
        }
    }

    /// Takes the braces off a title, and reads `title="…"` in place of a bare one.
    fn read_title(&mut self, fence: &mut Fence) {
        let text = self.events.slice(fence.title.clone());
        if let Some(at) = text.rfind('{')
            && let Some(braces) = Braces::read(&text[at..])
        {
            fence.braces = braces;
            fence.title.end = fence.title.start + text[..at].trim_end().len();
        }
        let text = self.events.slice(fence.title.clone());
        let words = words(text);
        if words
            .first()
            .is_none_or(|word| word.value.is_none() || !matches!(word.name, "title" | "open" | "id" | "class"))
        {
            return;
        }
        let whole = fence.title.clone();
        fence.title = whole.start..whole.start;
        for word in words {
            let value = word.value.unwrap_or("true");
            match word.name {
                "title" => {
                    let written = text[word.range.clone()].find('=').map_or(0, |at| word.range.start + at + 1);
                    let start = whole.start + written + usize::from(text[written..].starts_with(['"', '\'']));
                    fence.title = start..start + value.len();
                }
                "id" => fence.braces.id = Some(value.to_owned()),
                "class" => fence.braces.classes.extend(value.split_whitespace().map(str::to_owned)),
                name => fence.braces.others.push((name.to_owned(), value.to_owned())),
            }
        }
    }

    fn built_in(&mut self, name: &str, mut fence: Fence) {
        let titled = !fence.title.is_empty();
        let (tag, class, title, end) = match name {
            "details" => (
                "details",
                "callout details",
                Some(("<summary class=\"callout-title\">", "</summary>\n")),
                "</details>\n",
            ),
            "tabs" => ("div", "tabs", None, "</div>\n"),
            "tab" => ("div", "tab", Some(("<p class=\"tab-title\">", "</p>\n")), "</div>\n"),
            "steps" => ("div", "steps", None, "</div>\n"),
            "cards" => ("div", "cards", None, "</div>\n"),
            "figure" => ("figure", "figure", titled.then_some(("<figcaption>", "</figcaption>\n")), "</figure>\n"),
            _ => ("aside", callout_class(name), Some(("<p class=\"callout-title\">", "</p>\n")), "</aside>\n"),
        };
        if name == "tab" {
            self.begin_tab(&fence, titled);
        }
        let open = fence.braces.take("open").is_some_and(|value| value != "false");
        let mut start = format!("<{tag} class=\"{class}");
        for class in &fence.braces.classes {
            start.push(' ');
            escape::attribute(&mut start, class);
        }
        start.push('"');
        if let Some(id) = fence.braces.id.take() {
            let id = self.written_id(&id, &fence.range);
            escape::named(&mut start, "id", &id);
        }
        fence.braces.write_others(&mut start, self.options.trust);
        start.push_str(if open && tag == "details" { " open>\n" } else { ">\n" });
        self.starts.begin(self.open.len(), self.body.html.len());
        self.body.html.push_str(&start);
        let container = Container { colons: fence.colons, name: name.to_owned(), range: fence.range, end, site: None };
        self.open.push(Open::Container(Box::new(container)));
        match title {
            Some((start, end)) => self.title(start, end, fence.title, word_of(name)),
            None if titled => self.complain(fence.title, |_, place| {
                Diagnostic::error(Code::Component, place, format!("`:::{name}` has no title"))
                    .hint("write the text on the next line")
            }),
            None => {}
        }
        if fence.leaf {
            self.end();
        }
    }

    /// A tab ends the one before it, and stands in `:::tabs`.
    fn begin_tab(&mut self, fence: &Fence, titled: bool) {
        if self.innermost().is_some_and(|open| open.name == "tab" && open.colons == fence.colons) {
            self.end();
        }
        if self.innermost().is_none_or(|open| open.name != "tabs") {
            self.complain(fence.range.clone(), |_, place| {
                Diagnostic::error(Code::Component, place, "`:::tab` stands outside of `:::tabs`")
                    .hint("put the tabs between `::::tabs` and `::::`")
            });
        }
        if !titled {
            self.complain(fence.range.clone(), |_, place| {
                Diagnostic::error(Code::Component, place, "the tab has no title")
                    .hint("write it behind the name: `:::tab Linux`")
            });
        }
    }

    /// The title of a component: the author's, read as Markdown, or the word of the interface for it.
    fn title(&mut self, start: &str, end: &'static str, title: Range<usize>, word: &'static str) {
        self.body.html.push_str(start);
        if title.is_empty() {
            self.body.hole(Fill::Word(word));
            self.body.html.push_str(end);
            return;
        }
        self.open.push(Open::Block(end));
        self.events.put_back((Event::End(TagEnd::Paragraph), title.clone()));
        for event in self.events.inline(title).into_iter().rev() {
            self.events.put_back(event);
        }
    }

    /// A component that only the site can know.
    fn site_component(&mut self, name: &str, fence: Fence) {
        let mut text = self.events.slice(fence.title.clone());
        let mut start = fence.title.start;
        if let Some(inner) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            (text, start) = (inner, start + 1);
        }
        let mut arguments: Vec<Argument> = vec![];
        for word in words(text) {
            let range = start + word.range.start..start + word.range.end;
            if arguments.iter().any(|known| known.name == word.name) {
                let name = word.name.to_owned();
                self.complain(range, |_, place| {
                    Diagnostic::error(Code::Component, place, format!("`{name}` is given twice"))
                        .hint("keep one of the two")
                });
                continue;
            }
            arguments.push(Argument {
                name: word.name.to_owned(),
                value: word.value.map(str::to_owned),
                span: self.events.span(range),
            });
        }
        let index = number(self.components.len());
        let span = self.events.span(fence.name);
        self.components.push(Component { name: name.to_owned(), arguments, has_body: !fence.leaf, span });
        self.body.hole(Fill::Component(index));
        // What follows is inserted behind the hole and not in front of it.
        self.body.html.push('\n');
        let container =
            Container { colons: fence.colons, name: name.to_owned(), range: fence.range, end: "", site: Some(index) };
        self.open.push(Open::Container(Box::new(container)));
        if fence.leaf {
            self.end();
        }
    }

    /// `:::include path`: the text of another page.
    fn include(&mut self, fence: &Fence) {
        let path = self.events.slice(fence.title.clone());
        if path.is_empty() || Address::of(path, false) != Address::Internal {
            return self.complain(fence.range.clone(), |_, place| {
                Diagnostic::error(Code::Component, place, "`:::include` names no page of the site")
                    .hint("write the path of a Markdown file: `:::include parts/contact.md`")
            });
        }
        let index = self.note_link(LinkKind::Include, path, Address::Internal);
        let span = self.events.span(fence.title.clone());
        if let Some(link) = self.links.get_mut(index) {
            link.span = span;
        }
        self.body.hole(Fill::Include(number(index)));
        self.body.html.push('\n');
    }

    /// The innermost component, if nothing else is open in it.
    fn innermost(&self) -> Option<&Container> {
        match self.open.last() {
            Some(Open::Container(container)) => Some(container),
            _ => None,
        }
    }

    fn close_fence(&mut self, colons: usize, range: Range<usize>) {
        let reachable = self.open.iter().rev().map_while(|open| match open {
            Open::Container(container) => Some(container),
            _ => None,
        });
        let Some(inner) = reachable.clone().position(|open| open.colons == colons) else {
            let first = reachable.clone().next().map(|open| (open.range.clone(), ":".repeat(open.colons)));
            return self.complain(range, |place_of, place| {
                let complaint = Diagnostic::error(Code::Component, place, "no component ends here");
                match first {
                    Some((first, fence)) => complaint
                        .also(place_of(first), "this one is open")
                        .hint(format!("end it with as many colons as began it: `{fence}`")),
                    None => complaint.hint("take the line out, or write `\\:::` if it is text"),
                }
            });
        };
        for _ in 0..inner {
            self.complain_of_unclosed();
            self.end();
        }
        self.end();
    }

    /// Ends the components in which the element that ends now has its end.
    pub(super) fn leave_components(&mut self) {
        while matches!(self.open.last(), Some(Open::Container(_) | Open::Mark)) {
            self.complain_of_unclosed();
            self.end();
        }
    }

    fn complain_of_unclosed(&mut self) {
        let Some(open) = self.innermost().filter(|_| !self.stopped) else { return };
        let (name, range, fence) = (open.name.clone(), open.range.clone(), ":".repeat(open.colons));
        self.complain(range, |_, place| {
            Diagnostic::error(Code::Component, place, format!("`{name}` has no end"))
                .hint(format!("end it with a line `{fence}`"))
        });
    }

    pub(super) fn end_component(&mut self, container: &Container) {
        self.fresh_line();
        self.body.html.push_str(container.end);
        if let Some(index) = container.site {
            self.body.hole(Fill::ComponentEnd(index));
            self.body.html.push('\n');
        }
    }
}

fn callout_class(name: &str) -> &'static str {
    match name {
        "tip" => "callout tip",
        "important" => "callout important",
        "warning" => "callout warning",
        "caution" | "danger" => "callout caution",
        _ => "callout note",
    }
}

/// The word of the interface for a component without a title.
fn word_of(name: &str) -> &'static str {
    match name {
        "tip" => "tip",
        "important" => "important",
        "warning" => "warning",
        "caution" => "caution",
        "danger" => "danger",
        "details" => "details",
        "tab" => "tab",
        _ => "note",
    }
}
