//! Footnotes: numbered as they are first used, written at the end, each with links back.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use super::body::Body;
use super::slug::slug;
use super::writer::{Open, Writer};
use crate::diagnostic::{Code, Diagnostic};

/// The footnotes of a body.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    notes: Vec<Note>,
    /// The index of each note by its label without regard to case.
    by_label: HashMap<String, usize>,
    /// How many were used, and so the number of the next.
    used: usize,
    /// The note that is being written, and the body that waits for its end.
    writing: Option<(usize, Body)>,
}

#[derive(Debug)]
struct Note {
    id: Arc<str>,
    /// From 1; 0 as long as nothing refers to it.
    number: usize,
    /// The ids of the places that refer to it.
    references: Vec<Arc<str>>,
    /// Where it is defined, and what it says.
    definition: Option<(Range<usize>, Body)>,
}

impl Writer<'_> {
    /// The index of the note with this label.
    fn note(&mut self, label: &str) -> usize {
        let key = label.to_lowercase();
        if let Some(index) = self.footnotes.by_label.get(&key) {
            return *index;
        }
        let id = self.ids.make(&format!("fn-{}", slug(label)));
        let index = self.footnotes.notes.len();
        self.footnotes.notes.push(Note { id, number: 0, references: vec![], definition: None });
        self.footnotes.by_label.insert(key, index);
        index
    }

    /// The mark of a footnote in the text.
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let index = self.note(label);
        let Some(note) = self.footnotes.notes.get_mut(index) else { return };
        if note.number == 0 {
            self.footnotes.used += 1;
            note.number = self.footnotes.used;
        }
        let name = note.id.strip_prefix("fn-").unwrap_or(&note.id);
        let times = note.references.len() + 1;
        let wanted = if times == 1 { format!("fnref-{name}") } else { format!("fnref-{name}-{times}") };
        let id = self.ids.make(&wanted);
        let _ = write!(
            self.body.html,
            "<sup class=\"footnote-ref\"><a id=\"{id}\" href=\"#{}\" role=\"doc-noteref\">{}</a></sup>",
            note.id, note.number
        );
        note.references.push(id);
    }

    /// A definition begins: what follows is kept for the end.
    pub(super) fn start_footnote(&mut self, label: &str, range: Range<usize>) {
        let index = self.note(label);
        let first = self.footnotes.notes.get(index).and_then(|note| note.definition.as_ref());
        if let Some(first) = first.map(|(place, _)| place.clone()) {
            let label = label.to_owned();
            self.complain(range, |place_of, place| {
                let other = place_of(first);
                Diagnostic::error(Code::Footnote, place, format!("the footnote `[^{label}]` is written twice"))
                    .also(other, "it is written here first")
                    .hint("give one of them another label, or join them")
            });
            self.skip();
            return;
        }
        if let Some(note) = self.footnotes.notes.get_mut(index) {
            note.definition = Some((range, Body::default()));
        }
        // The parser never puts one definition into another; were it to, the inner one would stay where it is.
        if self.footnotes.writing.is_none() {
            self.footnotes.writing = Some((index, std::mem::take(&mut self.body)));
        }
        self.open.push(Open::Footnote);
    }

    pub(super) fn end_footnote(&mut self) {
        let Some((index, body)) = self.footnotes.writing.take() else { return };
        let written = std::mem::replace(&mut self.body, body);
        if let Some((_, definition)) = self.footnotes.notes.get_mut(index).and_then(|note| note.definition.as_mut()) {
            *definition = written;
        }
        self.prose.end_block();
    }

    /// Warns of marks in a text that no definition answers: the parser took them for text.
    pub(super) fn undefined_footnotes(&mut self, range: &Range<usize>) {
        let source = self.events.slice(range.clone());
        for (at, _) in source.match_indices("[^") {
            let length = label(&source[at + 2..]);
            if length == 0 || source[..at].ends_with('\\') {
                continue;
            }
            let name = source[at + 2..at + 2 + length].to_owned();
            let start = range.start + at;
            self.complain(start..start + length + 3, |_, place| {
                Diagnostic::warning(Code::Footnote, place, format!("the footnote `[^{name}]` is not written anywhere"))
                    .hint(format!(
                        "write it on a line of its own: `[^{name}]: …`, or write `\\[^{name}]` if it is none"
                    ))
            });
        }
    }

    /// The section of footnotes at the end of the body.
    pub(super) fn write_footnotes(&mut self) {
        let mut footnotes = std::mem::take(&mut self.footnotes);
        for note in footnotes.notes.iter_mut().filter(|note| note.number == 0) {
            let Some((range, _)) = &note.definition else { continue };
            footnotes.used += 1;
            note.number = footnotes.used;
            self.complain(range.clone(), |_, place| {
                Diagnostic::warning(Code::Footnote, place, "nothing refers to this footnote")
                    .hint("put its mark into the text, or take the footnote out")
            });
        }
        footnotes.notes.retain(|note| note.definition.is_some());
        footnotes.notes.sort_by_key(|note| note.number);
        if footnotes.notes.is_empty() {
            return;
        }
        self.fresh_line();
        self.body.html.push_str("<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        for note in footnotes.notes {
            let Some((_, mut definition)) = note.definition else { continue };
            add_back_links(&mut definition, &note.references);
            let _ = writeln!(self.body.html, "<li id=\"{}\">", note.id);
            self.body.append(definition);
            self.body.html.push_str("</li>\n");
        }
        self.body.html.push_str("</ol>\n</div>\n");
    }
}

/// How long the label is that starts the text; 0 if it is none (GitHub: no spaces, no brackets).
fn label(text: &str) -> usize {
    match text.find(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '^' | '`')) {
        Some(end) if text[end..].starts_with(']') => end,
        _ => 0,
    }
}

/// A link back for each reference, inside the last paragraph if the note ends with one.
fn add_back_links(note: &mut Body, references: &[Arc<str>]) {
    let mut links = String::new();
    for (at, id) in references.iter().enumerate() {
        let _ = write!(links, " <a class=\"footnote-back\" href=\"#{id}\" role=\"doc-backlink\">↩");
        if at > 0 {
            let _ = write!(links, "<sup>{}</sup>", at + 1);
        }
        links.push_str("</a>");
    }
    match note.html.strip_suffix("</p>\n").map(str::len) {
        Some(end) => note.insert(end, &links),
        None if links.is_empty() => {}
        None => {
            note.html.push_str("<p>");
            note.html.push_str(links.trim_start());
            note.html.push_str("</p>\n");
        }
    }
}
