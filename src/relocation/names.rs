//! The names of terms and indicators in front matter and in links to figures: written anew when their page gets another.

use std::collections::HashSet;

use super::rewrite::Edit;
use crate::document::{Document, Stated};
use crate::fact::read_formula;
use crate::markdown::LinkKind;
use crate::paths::{decode, encode};
use crate::site::{Citation, Kind, Page, Site, folded, last, slug_of};
use crate::tree::Written;

/// A term or an indicator that gets another name.
pub(super) struct Renamed {
    kind: Kind,
    /// The taxonomy that terms are of, as front matter names it.
    taxonomy: String,
    /// Whether facts are about terms of it.
    are_subjects: bool,
    /// Nobody wrote its page: there is only the name on other pages.
    pub is_only_named: bool,
    old: String,
    /// The new name, as it is written.
    pub new: String,
    /// What else it is called, folded: these names stay.
    others: HashSet<String>,
}

impl Renamed {
    /// What the move of a page to a key renames; none if nothing is named by its file.
    pub fn find(site: &Site, page: &Page, new: &str) -> Option<Self> {
        let (taxonomy, are_subjects) = match page.kind {
            Kind::Term { taxonomy, .. } => {
                (site.config.taxonomies[taxonomy].name.clone(), site.config.subjects() == Some(taxonomy))
            }
            Kind::Indicator => (String::new(), false),
            _ => return None,
        };
        let (mut others, mut is_only_named) = (HashSet::new(), true);
        let pages = page.translations.iter().flatten().map(|id| site.page(*id));
        for page in pages.filter(|page| page.own_document().is_some()) {
            is_only_named = false;
            let titles = [Some(page.title.as_str()), page.front.nav_title.as_deref()];
            let names = titles.into_iter().flatten().chain(page.front.names.iter().map(String::as_str));
            others.extend(names.map(folded));
        }
        let (old, new) = (last(&page.key).to_owned(), last(new).to_owned());
        Some(Self { kind: page.kind.clone(), taxonomy, are_subjects, is_only_named, old, new, others })
    }

    /// All that must be written anew in a document.
    pub fn edits(&self, document: &Document) -> Vec<Edit> {
        let facts = document.front.facts.as_deref().unwrap_or_default();
        let mut edits: Vec<Option<Edit>> = vec![];
        if matches!(self.kind, Kind::Indicator) {
            edits.extend(facts.iter().map(|fact| self.indicator(document, fact)));
            edits.push(self.formula(document));
        } else {
            let below = document.front.cascade.as_ref().and_then(|below| below.terms_of(&self.taxonomy));
            let terms = document.front.terms_of(&self.taxonomy).into_iter().chain(below).flatten();
            let subjects = facts.iter().filter(|_| self.are_subjects).filter_map(|fact| fact.subject.as_ref());
            edits.extend(terms.chain(subjects).map(|written| self.term(document, written)));
        }
        let links = document.body.links.iter().filter(|link| link.kind == LinkKind::Fact);
        edits.extend(links.map(|link| {
            let range = link.span.range();
            let written = document.source.text().get(range.clone())?;
            let text = self.target(written)?;
            Some(Edit::new(range, text))
        }));
        edits.into_iter().flatten().collect()
    }

    fn indicator(&self, document: &Document, fact: &Stated) -> Option<Edit> {
        let is_named = fact.indicator.text == self.old;
        is_named.then(|| Edit::of_written(document, &fact.indicator, &self.new)).flatten()
    }

    /// The formula of an indicator that follows from the renamed one.
    fn formula(&self, document: &Document) -> Option<Edit> {
        let written = document.front.indicator.as_ref()?.formula.as_ref()?;
        let formula = read_formula(&written.text).ok()?;
        let is_named = formula.names().any(|name| name == self.old);
        let renamed = is_named.then(|| formula.renamed(&self.old, &self.new).to_string())?;
        Edit::of_written(document, written, &renamed)
    }

    fn term(&self, document: &Document, written: &Written) -> Option<Edit> {
        self.names(&written.text).then(|| Edit::of_written(document, written, &self.new)).flatten()
    }

    /// Whether a text names the term by its file, and not by a title.
    fn names(&self, text: &str) -> bool {
        let name = folded(text);
        let is_like = || name == folded(&self.old) || slug_of(text) == self.old;
        text == self.old || !self.others.contains(&name) && is_like()
    }

    /// The target of a link to a figure with the new name; none if it has the old one nowhere.
    fn target(&self, written: &str) -> Option<String> {
        let mut citation = Citation::read(written);
        let (subject, indicator) = (citation.subject.map(decode), decode(citation.indicator));
        let new = encode(&self.new);
        if matches!(self.kind, Kind::Indicator) && indicator == self.old {
            citation.indicator = &new;
        } else if self.are_subjects && subject.is_some_and(|subject| self.names(&subject)) {
            citation.subject = Some(&new);
        } else {
            return None;
        }
        Some(citation.to_string())
    }
}
