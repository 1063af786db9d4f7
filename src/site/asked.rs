//! The component `:::facts indicators="…" subjects="…" :::`: which figures a text wants as a table.

use super::indicators::unknown_indicator;
use super::terms::folded;
use super::{Page, Site};
use crate::diagnostic::{Code, Diagnostic, Place, Suggestions, did_you_mean};
use crate::markdown::Component;
use crate::paths::SourcePath;

/// The name of the component.
pub const FACTS: &str = "facts";

/// What a text asks for, as far as the site has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The names of indicators in the order in which they are written, or all.
    pub indicators: Vec<String>,
    /// The positions of terms in the order in which they are written; none if all are meant.
    pub subjects: Option<Vec<usize>>,
}

impl Site {
    /// What a component asks for in a text of this language.
    pub fn asked(&self, component: &Component, language: usize) -> Asked {
        let indicators = written(component, "indicators").filter_map(|name| self.indicator(name));
        let mut indicators: Vec<String> = indicators.map(str::to_owned).collect();
        if written(component, "indicators").next().is_none() {
            indicators = self.facts.indicators.keys().cloned().collect();
        }
        let subjects = written(component, "subjects").filter_map(|name| self.subject(name, language)).collect();
        Asked { indicators, subjects: written(component, "subjects").next().map(|_| subjects) }
    }

    /// The slug of the subject of a page: of the term that it is, or of the only one that it carries.
    pub fn subject_of(&self, page: &Page) -> Option<&str> {
        let taxonomy = self.config.subjects()?;
        Some(&self.terms(taxonomy, page.language).terms[page.only_term(taxonomy)?].slug)
    }

    /// The name of the indicator that is called so, by its name or a title.
    fn indicator(&self, name: &str) -> Option<&str> {
        let all = &self.facts.indicators;
        let titled = |pages: &[Option<super::PageId>]| pages.iter().flatten().any(|id| self.is_titled(*id, name));
        let by_title = || all.iter().find(|(_, indicator)| titled(&indicator.pages));
        all.get_key_value(name).or_else(by_title).map(|(slug, _)| slug.as_str())
    }

    /// The position of the subject that is called so, by its name, a title or another of its names.
    fn subject(&self, name: &str, language: usize) -> Option<usize> {
        let terms = &self.terms(self.config.subjects()?, language).terms;
        let called = |page: &Page| page.front.names.iter().any(|own| folded(own) == folded(name));
        let known = |page: &Page| {
            page.translations.iter().flatten().any(|id| self.is_titled(*id, name) || called(self.page(*id)))
        };
        let by_slug = terms.iter().position(|term| folded(&term.slug) == folded(name));
        by_slug.or_else(|| terms.iter().position(|term| known(self.page(term.page))))
    }

    fn is_titled(&self, id: super::PageId, name: &str) -> bool {
        folded(&self.page(id).title) == folded(name)
    }
}

/// What is asked for and not there.
pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let suggestions = Suggestions::default();
    for (page, document) in site.pages.iter().filter_map(|page| Some((page, page.own_document()?))) {
        for component in document.body.components.iter().filter(|component| component.name == FACTS) {
            let path = document.source.path();
            for name in written(component, "indicators").filter(|name| site.indicator(name).is_none()) {
                let place = place(component, "indicators", path);
                out.push(unknown_indicator(&site.config, &site.facts.indicators, &suggestions, name, place));
            }
            for name in written(component, "subjects").filter(|name| site.subject(name, page.language).is_none()) {
                let slugs = site.config.subjects().map(|at| &site.terms(at, page.language).terms);
                let slugs = slugs.into_iter().flatten().map(|term| term.slug.as_str());
                let hint = suggestions.find(|| did_you_mean(name, slugs)).flatten();
                let message = format!("there is no subject `{}`", name.escape_debug());
                let place = place(component, "subjects", path);
                out.push(Diagnostic::error(Code::UnknownTerm, place, message).hint_if(hint));
            }
        }
    }
}

/// The names that an argument lists.
fn written<'c>(component: &'c Component, argument: &str) -> impl Iterator<Item = &'c str> {
    let value = component.arguments.iter().find(|own| own.name == argument).and_then(|own| own.value.as_deref());
    value.unwrap_or_default().split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty())
}

fn place(component: &Component, argument: &str, path: &SourcePath) -> Place {
    let own = component.arguments.iter().find(|own| own.name == argument);
    Place::new(path, own.map_or(component.span, |own| own.span))
}
