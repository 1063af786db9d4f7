//! Whom facts can be about: the terms of the taxonomy that `site.toml` names.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::terms::folded;
use super::{Page, TermList};
use crate::config::Config;
use crate::diagnostic::{Suggestions, did_you_mean};

/// The terms that facts can be about.
pub(super) struct Subjects<'s> {
    config: &'s Config,
    pages: &'s [Page],
    taxonomy: usize,
    /// The terms in each language.
    lists: &'s [TermList],
    /// The slugs of those of each language by all that they are called.
    names: Vec<OnceCell<HashMap<String, &'s str>>>,
    suggestions: Suggestions,
}

impl<'s> Subjects<'s> {
    /// Those of a site; none if its facts are about nobody.
    pub fn new(config: &'s Config, pages: &'s [Page], taxonomies: &'s [Vec<TermList>]) -> Option<Self> {
        let taxonomy = config.subjects()?;
        let lists = taxonomies[taxonomy].as_slice();
        let names = lists.iter().map(|_| OnceCell::new()).collect();
        Some(Self { config, pages, taxonomy, lists, names, suggestions: Suggestions::default() })
    }

    /// The name of the taxonomy.
    pub fn taxonomy(&self) -> &'s str {
        &self.config.taxonomies[self.taxonomy].name
    }

    /// The slug of the first one, to show how one is named.
    pub fn example(&self) -> &'s str {
        let mut terms = self.lists.iter().flat_map(|list| &list.terms);
        terms.next().map_or("subject", |term| &term.slug)
    }

    /// The slug of the term that is called so in a language, by its slug, its title in any language or another of its names.
    ///
    /// # Errors
    /// A hint at what was meant, if there is one.
    pub fn named(&self, name: &str, language: usize) -> Result<&'s str, Option<String>> {
        let terms = &self.lists[language].terms;
        let names = self.names[language].get_or_init(|| self.names(&self.lists[language]));
        let slugs = terms.iter().map(|term| term.slug.as_str());
        let hint = || self.suggestions.find(|| did_you_mean(name, slugs)).flatten();
        names.get(&folded(name)).copied().ok_or_else(hint)
    }

    /// The slug of the term that a page is, or of the only one that it carries.
    pub fn of_page(&self, page: &Page) -> Option<&'s str> {
        Some(&self.lists[page.language].terms[page.only_term(self.taxonomy)?].slug)
    }

    /// The slugs of terms by all that they are called in any language; the first one has a name that several have.
    fn names(&self, list: &'s TermList) -> HashMap<String, &'s str> {
        let mut all = HashMap::new();
        for term in &list.terms {
            let page = &self.pages[term.page.index()];
            let pages = || page.translations.iter().flatten().map(|id| &self.pages[id.index()]);
            let titles = pages().map(|page| page.title.as_str());
            let names = pages().chain([page]).flat_map(|page| &page.front.names).map(String::as_str);
            for name in titles.chain(names).chain([term.slug.as_str()]) {
                all.entry(folded(name)).or_insert(term.slug.as_str());
            }
        }
        all
    }
}
