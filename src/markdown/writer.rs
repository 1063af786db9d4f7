//! The one place where the parser's events pass: each goes to the file of its construct.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::attributes::BlockStarts;
use super::body::Body;
use super::code_look::IncludedCode;
use super::component::Container;
use super::events::Events;
use super::footnotes::Footnotes;
use super::headings::{Attributes, OpenHeading, WrittenIds};
use super::links::{OpenLink, Reference};
use super::options::Options;
use super::outline::{Component, Heading, Link, Markdown, Term};
use super::prose::{self, Prose};
use super::raw::RawElement;
use super::slug::Ids;
use super::small::Abbreviations;
use super::table::Table;
use crate::diagnostic::{Code, Diagnosed, Diagnostic, Place};
use crate::paths::SourcePath;

/// An element that is open, and so how it ends.
#[derive(Debug)]
pub(super) enum Open {
    /// Ends with this tag, inside a heading also in the table of contents.
    Inline(&'static str),
    /// Ends with this tag and its line end.
    Block(&'static str),
    Paragraph,
    Caption,
    Figure,
    Item,
    /// With the places in the HTML and in the text where it begins.
    Term {
        html: usize,
        prose: usize,
    },
    Definition {
        term: usize,
        prose: usize,
    },
    CalloutTitle(&'static str),
    Heading,
    Link,
    Footnote,
    Table,
    TableHead,
    TableRow,
    Cell,
    /// A component of `:::`, which the parser knows nothing of.
    Container(Box<Container>),
    /// `==`, which the parser knows nothing of.
    Mark,
}

/// Turns events into HTML and all else that a body says.
pub(super) struct Writer<'a> {
    pub(super) events: Events<'a>,
    pub(super) options: &'a Options,
    /// CommonMark and GFM as their specifications have it, and nothing of ours.
    pub(super) plain: bool,
    path: Option<&'a SourcePath>,

    pub(super) body: Body,
    pub(super) prose: Prose,
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<Link>,
    pub(super) included_code: Vec<IncludedCode>,
    /// The next list explains the numbers in a block of code.
    pub(super) callouts: bool,
    /// How many diagrams were drawn.
    pub(super) diagrams: usize,
    pub(super) components: Vec<Component>,
    pub(super) terms: Vec<Term>,
    pub(super) ids: Ids,
    pub(super) written_ids: WrittenIds,
    pub(super) raw_ids: Vec<String>,
    pub(super) summary: Option<u32>,
    pub(super) has_raw_html: bool,
    pub(super) has_image: bool,
    diagnostics: Vec<Diagnostic>,

    /// What is open, the innermost last.
    pub(super) open: Vec<Open>,
    /// The author's own elements that are open.
    pub(super) raw_open: Vec<RawElement>,
    pub(super) heading: Option<OpenHeading<'a>>,
    pub(super) link: Option<OpenLink<'a>>,
    pub(super) table: Table,
    /// The caption of the table that comes next is written.
    pub(super) has_caption: bool,
    pub(super) starts: BlockStarts,
    pub(super) footnotes: Footnotes,
    pub(super) abbreviations: Abbreviations,
    /// No `==` in front of this place has its end.
    pub(super) no_mark_before: usize,
    /// The label of a task is open.
    pub(super) in_task: bool,
    /// Where the last event ended.
    last_end: usize,
    /// The rest is left out.
    pub(super) stopped: bool,
}

impl<'a> Writer<'a> {
    /// A writer for the site, or a plain one if there is no path.
    pub(super) fn new(events: Events<'a>, options: &'a Options, path: Option<&'a SourcePath>) -> Self {
        let plain = path.is_none();
        let html = String::with_capacity(events.text.len() + events.text.len() / 4);
        Self {
            ids: if plain { Ids::default() } else { Ids::new(events.text) },
            body: Body { html, holes: vec![] },
            options,
            plain,
            path,
            prose: Prose::default(),
            headings: vec![],
            links: vec![],
            included_code: vec![],
            callouts: false,
            diagrams: 0,
            components: vec![],
            terms: vec![],
            written_ids: WrittenIds::new(),
            raw_ids: vec![],
            summary: None,
            has_raw_html: false,
            has_image: false,
            diagnostics: vec![],
            open: vec![],
            raw_open: vec![],
            heading: None,
            link: None,
            table: Table::default(),
            has_caption: false,
            starts: BlockStarts::default(),
            footnotes: Footnotes::default(),
            abbreviations: Abbreviations::new(events.abbreviations()),
            no_mark_before: 0,
            in_task: false,
            last_end: 0,
            stopped: false,
            events,
        }
    }

    /// Writes everything.
    pub(super) fn run(mut self) -> Diagnosed<Markdown> {
        while !self.stopped
            && let Some((event, range)) = self.events.next()
        {
            self.event(event, range);
        }
        while !self.open.is_empty() {
            self.leave_components();
            self.end();
        }
        self.leave_raw();
        self.write_footnotes();
        self.finish()
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        let end = if matches!(event, Event::Start(_)) { range.start + 1 } else { range.end };
        match event {
            Event::Start(tag) => {
                if self.too_deep(&range) {
                    return;
                }
                if is_block(&tag) && !self.is_begun(&tag) {
                    self.fresh_line();
                    self.starts.begin(self.open.len(), self.body.html.len());
                }
                self.start(tag, range);
            }
            Event::End(_) => {
                self.leave_components();
                self.end();
            }
            Event::Text(text) => self.text(&text, &range),
            Event::Code(text) => self.code(&text),
            Event::InlineHtml(html) | Event::Html(html) => self.inline_html(&html, &range),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.fresh_line();
                self.body.html.push_str(if self.plain { "<hr />\n" } else { "<hr>\n" });
            }
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::TaskListMarker(done) => self.task(done),
            Event::InlineMath(text) => self.formula(&text, false, range),
            Event::DisplayMath(text) => self.formula(&text, true, range),
        }
        self.last_end = end;
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(&range),
            Tag::Heading { level, id, classes, attrs } => {
                self.start_heading(level_number(level), Attributes { id, classes, others: attrs }, range);
            }
            Tag::BlockQuote(_) => self.start_block_quote(),
            Tag::CodeBlock(kind) => self.code_block(&kind, range),
            Tag::HtmlBlock => self.html_block(&range),
            Tag::List(start) => self.start_list(start),
            Tag::Item => self.start_item(),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label, range),
            Tag::DefinitionList => self.start_block("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.start_term(),
            Tag::DefinitionListDefinition => self.start_definition(),
            Tag::Table(columns) => self.start_table(columns),
            Tag::TableHead => self.start_table_head(),
            Tag::TableRow => self.start_table_row(),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.start_inline("<em>", "</em>"),
            Tag::Strong => self.start_inline("<strong>", "</strong>"),
            Tag::Strikethrough => self.start_inline("<del>", "</del>"),
            Tag::Superscript => self.start_inline("<sup>", "</sup>"),
            Tag::Subscript => self.start_inline("<sub>", "</sub>"),
            Tag::Link { link_type, dest_url, title, id } => {
                self.start_link(Reference { kind: link_type, target: dest_url, title, label: id, range });
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.image(&Reference { kind: link_type, target: dest_url, title, label: id, range });
            }
            Tag::MetadataBlock(_) => self.skip(),
        }
    }

    pub(super) fn end(&mut self) {
        self.leave_raw();
        match self.open.pop() {
            Some(Open::Inline(tag)) => self.tag(tag),
            Some(Open::Block(tag)) => {
                self.end_task();
                self.body.html.push_str(tag);
                self.prose.end_block();
            }
            Some(Open::Paragraph) => self.end_paragraph(),
            Some(Open::Caption) => self.end_caption(),
            Some(Open::Figure) => {
                self.body.html.push_str("</figure>\n");
                self.prose.end_block();
            }
            Some(Open::CalloutTitle(tag)) => {
                self.body.html.push_str(tag);
                self.prose.end_block();
            }
            Some(Open::Item) => self.end_item(),
            Some(Open::Term { html, prose }) => self.end_term(html, prose),
            Some(Open::Definition { term, prose }) => self.end_definition(term, prose),
            Some(Open::Heading) => self.end_heading(),
            Some(Open::Link) => self.end_link(self.last_end),
            Some(Open::Footnote) => self.end_footnote(),
            Some(Open::Table) => self.end_table(),
            Some(Open::TableHead) => self.end_table_head(),
            Some(Open::TableRow) => self.end_table_row(),
            Some(Open::Cell) => self.end_cell(),
            Some(Open::Container(container)) => self.end_component(&container),
            Some(Open::Mark) => self.tag("</mark>"),
            None => {}
        }
    }

    fn start_block(&mut self, start: &str, end: &'static str) {
        self.fresh_line();
        self.body.html.push_str(start);
        self.open.push(Open::Block(end));
    }

    /// Passes over everything up to the end of the element that has just begun.
    pub(super) fn skip(&mut self) {
        let mut depth = 0_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
    }

    /// A block starts on a line of its own, outside the label of a task.
    pub(super) fn fresh_line(&mut self) {
        self.end_task();
        if !self.body.html.is_empty() && !self.body.html.ends_with('\n') {
            self.body.html.push('\n');
        }
        self.prose.end_block();
    }

    /// Whether one more element is one too many; then the rest is left out.
    pub(super) fn too_deep(&mut self, range: &Range<usize>) -> bool {
        let deep = self.deeper_than_allowed(0);
        if deep {
            self.stop_too_deep(range);
        }
        deep
    }

    /// Whether `more` elements inside those that are open are too many.
    pub(super) fn deeper_than_allowed(&self, more: usize) -> bool {
        !self.plain && self.open.len() + self.raw_open.len() + more > usize::from(self.options.max_nesting)
    }

    pub(super) fn stop_too_deep(&mut self, range: &Range<usize>) {
        self.stopped = true;
        let levels = self.options.max_nesting;
        self.complain(range.start..range.start, |_, place| {
            Diagnostic::error(
                Code::TooDeep,
                place,
                format!("more than {levels} elements stand inside one another here"),
            )
            .hint("the rest of the page is left out; end some of them before this place")
        });
    }

    /// Notes a complaint about a range of the text; `make` may ask for other places.
    pub(super) fn complain(
        &mut self,
        range: Range<usize>,
        make: impl FnOnce(&dyn Fn(Range<usize>) -> Place, Place) -> Diagnostic,
    ) {
        let Some(path) = self.path else { return };
        let place = |range| Place::new(path, self.events.span(range));
        let diagnostic = make(&place, place(range));
        self.diagnostics.push(diagnostic);
    }

    fn finish(mut self) -> Diagnosed<Markdown> {
        let sections = self.prose.finish();
        let texts =
            sections.iter().map(|section| &section.text).chain(self.headings.iter().map(|heading| &heading.text));
        let (characters, words) = texts.map(|text| prose::count(text)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        let raw_ids = self.raw_ids.into_iter().map(Arc::from);
        let mut ids: Vec<Arc<str>> = self.ids.into_used().into_iter().chain(raw_ids).collect();
        ids.sort_unstable();
        ids.dedup();
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.place.span);
        let short = self.events.abbreviations().iter().map(|(short, long)| Term {
            id: None,
            text: (*short).to_owned(),
            definition: (*long).to_owned(),
        });
        self.terms.extend(short);
        let value = Markdown {
            body: self.body,
            headings: self.headings,
            links: self.links,
            included_code: self.included_code,
            components: self.components,
            terms: self.terms,
            ids,
            sections,
            summary: self.summary,
            has_raw_html: self.has_raw_html,
            characters,
            words,
        };
        Diagnosed { value: value.fitted(), diagnostics: self.diagnostics }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// A block that attributes can be given to.
fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::DefinitionList
            | Tag::Table(_)
    )
}
