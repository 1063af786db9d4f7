//! Headings: their ids, their anchors, and what the table of contents needs.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::CowStr;

use super::escape;
use super::outline::Heading;
use super::slug::{slug, without_ordinal};
use super::writer::{Open, Writer};
use crate::diagnostic::{Code, Diagnostic};

/// A heading that is being written.
#[derive(Debug)]
pub(super) struct OpenHeading<'a> {
    level: u8,
    attributes: Attributes<'a>,
    /// Where its start tag belongs: the id is known only at its end.
    start: usize,
    range: Range<usize>,
    /// What goes into the table of contents.
    pub(super) html: String,
}

/// What stands in the braces behind a heading.
#[derive(Debug, Default)]
pub(super) struct Attributes<'a> {
    pub(super) id: Option<CowStr<'a>>,
    pub(super) classes: Vec<CowStr<'a>>,
    pub(super) others: Vec<(CowStr<'a>, Option<CowStr<'a>>)>,
}

/// Where each written id stands.
pub(super) type WrittenIds = HashMap<String, Range<usize>>;

impl<'a> Writer<'a> {
    pub(super) fn start_heading(&mut self, level: u8, attributes: Attributes<'a>, range: Range<usize>) {
        self.fresh_line();
        self.open.push(Open::Heading);
        let start = self.body.html.len();
        if self.plain {
            self.body.html.push_str(open_plain(level));
        } else {
            self.prose.begin_heading();
        }
        self.heading = Some(OpenHeading { level, attributes, start, range, html: String::new() });
    }

    pub(super) fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        if !self.plain {
            self.finish_heading(heading);
            return;
        }
        self.close_heading_tag(heading.level);
    }

    fn finish_heading(&mut self, heading: OpenHeading<'a>) {
        let text = self.prose.end_heading(self.headings.len());
        let (id, alias) = self.heading_ids(&heading, &text);
        let mut start = format!("<h{}", heading.level);
        escape::named(&mut start, "id", &id);
        write_attributes(&mut start, &heading.attributes, self.options.trust);
        start.push('>');
        if let Some(alias) = &alias {
            start.push_str("<span class=\"alias\"");
            escape::named(&mut start, "id", alias);
            start.push_str("></span>");
        }
        self.body.insert(heading.start, &start);
        self.body.html.push_str(" <a class=\"anchor\" href=\"#");
        escape::attribute(&mut self.body.html, &id);
        self.body.html.push_str("\" aria-hidden=\"true\" tabindex=\"-1\">#</a>");
        self.close_heading_tag(heading.level);
        let span = self.events.span(heading.range);
        let html = heading.html.trim();
        let html = (html != text).then(|| html.to_owned());
        self.headings.push(Heading {
            level: heading.level,
            id,
            aliases: alias.into_iter().collect(),
            text,
            html,
            span,
        });
    }

    fn close_heading_tag(&mut self, level: u8) {
        self.body.html.push_str(close(level));
    }

    /// The id, and the one with the ordinal that it leaves out.
    fn heading_ids(&mut self, heading: &OpenHeading<'a>, text: &str) -> (Arc<str>, Option<Arc<str>>) {
        if let Some(written) = &heading.attributes.id {
            return (self.written_id(written, &heading.range), None);
        }
        let full = slug(text);
        let short = slug(without_ordinal(text));
        let wanted = if short.is_empty() { "section" } else { &short };
        let id = self.ids.make(wanted);
        let alias = if full == short { None } else { self.ids.make_if_free(&full) };
        (id, alias.filter(|alias| !alias.is_empty()))
    }

    pub(super) fn written_id(&mut self, written: &str, range: &Range<usize>) -> Arc<str> {
        if let Some(id) = self.ids.take(written) {
            self.written_ids.insert(written.to_owned(), range.clone());
            return id;
        }
        let first = self.written_ids.get(written).cloned();
        let name = written.to_owned();
        self.complain(range.clone(), |place_of, place| {
            let complaint = Diagnostic::error(Code::DuplicateId, place, format!("the id `{name}` is written twice"))
                .hint("give one of the headings another id");
            match first {
                Some(first) => complaint.also(place_of(first), "it is written here first"),
                None => complaint,
            }
        });
        self.ids.make(written)
    }
}

/// The classes, and attributes that can do no harm; with `trust` all of them.
fn write_attributes(out: &mut String, attributes: &Attributes<'_>, trust: bool) {
    if !attributes.classes.is_empty() {
        escape::named(out, "class", &attributes.classes.join(" "));
    }
    for (name, value) in &attributes.others {
        let valid = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        let harmless = matches!(&**name, "lang" | "dir" | "title") || name.starts_with("data-");
        let ours = name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("class");
        if valid && !ours && (trust || harmless) {
            escape::named(out, name, value.as_deref().unwrap_or_default());
        }
    }
}

fn open_plain(level: u8) -> &'static str {
    match level {
        1 => "<h1>",
        2 => "<h2>",
        3 => "<h3>",
        4 => "<h4>",
        5 => "<h5>",
        _ => "<h6>",
    }
}

fn close(level: u8) -> &'static str {
    match level {
        1 => "</h1>\n",
        2 => "</h2>\n",
        3 => "</h3>\n",
        4 => "</h4>\n",
        5 => "</h5>\n",
        _ => "</h6>\n",
    }
}
