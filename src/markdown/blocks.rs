//! Paragraphs, lists and tasks.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::writer::{Open, Writer};

impl Writer<'_> {
    pub(super) fn start_paragraph(&mut self, range: &Range<usize>) {
        self.fresh_line();
        if !self.plain && self.takes_caption() {
            self.start_caption();
        } else if !self.plain && self.is_figure(range) {
            self.body.html.push_str("<figure>\n");
            self.open.push(Open::Figure);
        } else {
            self.body.html.push_str("<p>");
            self.open.push(Open::Paragraph);
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.end_task();
        self.body.html.push_str("</p>\n");
        self.prose.end_block();
    }

    pub(super) fn start_list(&mut self, start: Option<u64>) {
        self.fresh_line();
        let html = &mut self.body.html;
        match start {
            None => html.push_str("<ul>\n"),
            Some(1) if std::mem::take(&mut self.callouts) => html.push_str("<ol class=\"code-callouts\">\n"),
            Some(1) => html.push_str("<ol>\n"),
            Some(start) => {
                let _ = writeln!(html, "<ol start=\"{start}\">");
            }
        }
        self.open.push(Open::Block(if start.is_some() { "</ol>\n" } else { "</ul>\n" }));
    }

    pub(super) fn start_item(&mut self) {
        self.fresh_line();
        let loose = matches!(self.events.peek(0), Some((Event::Start(Tag::Paragraph), _)));
        let task = matches!(self.events.peek(usize::from(loose)), Some((Event::TaskListMarker(_), _)));
        self.body.html.push_str(if task && !self.plain { "<li class=\"task\">" } else { "<li>" });
        self.open.push(Open::Item);
    }

    pub(super) fn end_item(&mut self) {
        self.end_task();
        self.body.html.push_str("</li>\n");
        self.prose.end_block();
    }

    /// The box of a task, with its text as its label up to the end of the paragraph.
    pub(super) fn task(&mut self, done: bool) {
        if self.plain {
            self.body.html.push_str("<input ");
            self.body.html.push_str(if done { "checked=\"\" " } else { "" });
            self.body.html.push_str("disabled=\"\" type=\"checkbox\"> ");
            return;
        }
        self.body.html.push_str("<label><input type=\"checkbox\" disabled");
        self.body.html.push_str(if done { " checked> " } else { "> " });
        self.in_task = true;
    }

    pub(super) fn end_task(&mut self) {
        if std::mem::take(&mut self.in_task) {
            self.body.html.push_str("</label>");
        }
    }
}
