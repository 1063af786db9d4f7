//! Definition lists: each term has an id, and what is said of it can be shown where the term is used.

use super::escape;
use super::outline::Term;
use super::slug::slug;
use super::writer::{Open, Writer};

impl Writer<'_> {
    pub(super) fn start_term(&mut self) {
        self.fresh_line();
        self.open.push(Open::Term { html: self.body.html.len(), prose: self.prose.position() });
    }

    /// The start tag comes last: the id is known only at the end.
    pub(super) fn end_term(&mut self, html: usize, prose: usize) {
        let text = self.prose.since(prose).trim().to_owned();
        let mut start = "<dt".to_owned();
        let id = Some(slug(&text)).filter(|slug| !slug.is_empty()).map(|slug| self.ids.make(&format!("term-{slug}")));
        if let Some(id) = &id {
            escape::named(&mut start, "id", id);
        }
        start.push('>');
        self.body.insert(html, &start);
        self.body.html.push_str("</dt>\n");
        self.prose.end_block();
        self.terms.push(Term { id, text, definition: String::new() });
    }

    pub(super) fn start_definition(&mut self) {
        self.fresh_line();
        self.body.html.push_str("<dd>");
        self.open.push(Open::Definition { term: self.terms.len(), prose: self.prose.position() });
    }

    /// The first paragraph is what is shown elsewhere. `term` counts the terms up to the one that is defined.
    pub(super) fn end_definition(&mut self, term: usize, prose: usize) {
        self.body.html.push_str("</dd>\n");
        let first = self.prose.since(prose).lines().map(str::trim).find(|line| !line.is_empty());
        let definition = first.unwrap_or_default().to_owned();
        if let Some(term) = self.terms[..term].last_mut().filter(|term| term.definition.is_empty()) {
            term.definition = definition;
        }
        self.prose.end_block();
    }
}
