//! The graph: every page with its place in the tree, its terms, translations, links and facts.
//!
//! [`resolve`] runs whole every time, in these steps:
//!
//! 1. [`address`] tells from a file's path its language and key; [`gather`] makes pages of documents: cascade,
//!    translations, drafts, and pages that no file wrote (folders without an index, fallbacks).
//! 2. [`terms`] finds what every term means and which pages carry it.
//! 3. [`urls`] gives every page its URL and finds two sources of one.
//! 4. [`family`] puts pages under their sections, in [`order`].
//! 5. [`facts`] reads the figures, of [`indicators`] and about [`subjects`], and [`formulas`] reckons with them.
//! 6. [`links`] finds what every link leads to, and who links back; [`cited`] what the figures in texts are, [`includes`]
//!    what cannot be included, [`asked`] the figures that a text wants as a table.

mod address;
mod asked;
mod cited;
mod facts;
mod family;
mod formulas;
mod gather;
mod includes;
mod indicators;
mod links;
mod order;
mod page;
mod related;
mod retitle;
mod subjects;
mod targets;
mod terms;
mod urls;
mod wiki;

pub use address::{last, parent};
pub use asked::{Asked, FACTS};
pub use cited::{Aspect, Citation, Cited};
pub use facts::{Fact, Facts, Part, Ranked};
pub use indicators::Indicator;
pub use links::Target;
pub use order::{TitleOrder, index_letter, initial};
pub use page::{Card, Kind, Neighbour, Page, PageId};
pub use related::related;
pub use terms::{Term, TermList, folded, slug_of};
pub use urls::Alias;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::markdown::{Link, LinkKind};
use crate::paths::{OutputPath, SourcePath};

/// What a site is made of, apart from its documents' own values.
#[derive(Debug, Clone)]
pub struct Material<'m> {
    /// The settings.
    pub config: Arc<Config>,
    /// Every document, by the path of its file inside the content folder.
    pub documents: Vec<(String, Arc<Document>)>,
    /// Files beside the documents, by their path inside the content folder.
    pub colocated: Vec<(String, SourcePath)>,
    /// Files that are copied to the top of the output, by their path in the static folder.
    pub static_files: Vec<(String, SourcePath)>,
    /// Files of the theme, by their path in the output's `assets/` folder.
    pub theme_files: Vec<String>,
    /// The day of the build.
    pub today: Date,
    /// When files last changed.
    pub changed: &'m BTreeMap<SourcePath, Date>,
    /// Whether drafts are shown.
    pub drafts: bool,
}

/// The whole site, and nothing that knows what it looks like.
#[derive(Debug, Clone)]
pub struct Site {
    /// The settings.
    pub config: Arc<Config>,
    /// Every page; a [`PageId`] is a position here.
    pub pages: Vec<Arc<Page>>,
    /// The home page of each language.
    pub homes: Vec<PageId>,
    /// Which page shows the text of which file, in order of path.
    sources: Arc<[(SourcePath, PageId)]>,
    /// Whether a link names a page by its title.
    has_names: bool,
    /// The search page of each language.
    searches: Vec<Option<PageId>>,
    /// Taxonomies in the order of the configuration, for each of them the languages in theirs.
    pub taxonomies: Arc<Vec<Vec<TermList>>>,
    /// Old URLs that lead to pages.
    pub aliases: Arc<Vec<Alias>>,
    /// Copied files, with where they go.
    pub files: Arc<Vec<(SourcePath, OutputPath)>>,
    /// The figures.
    pub facts: Arc<Facts>,
}

impl Site {
    /// A page.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// Every page of one language.
    pub fn in_language(&self, language: usize) -> impl Iterator<Item = &Page> {
        self.pages.iter().map(|page| &**page).filter(move |page| page.language == language)
    }

    /// The search page of a language.
    pub fn search(&self, language: usize) -> Option<&Page> {
        self.searches.get(language).copied().flatten().map(|id| self.page(id))
    }

    /// The pages from the home page down to the parent of `page`.
    pub fn ancestors(&self, page: &Page) -> Vec<PageId> {
        let mut line = vec![];
        let mut next = page.parent;
        while let Some(id) = next {
            line.push(id);
            next = self.page(id).parent;
        }
        line.reverse();
        line
    }

    /// The same graph with newer texts; nothing that [`resolve`] sees of them may be another.
    pub fn with_documents(&self, newer: &HashMap<SourcePath, Arc<Document>>) -> Self {
        let mut site = self.clone();
        for (path, document) in newer {
            for (_, id) in sources_of(&self.sources, path) {
                let page = &mut site.pages[id.index()];
                *page = Arc::new(Page { document: Some(document.clone()), ..(**page).clone() });
            }
        }
        site
    }

    /// The pages that show the text of a file: its own, and those of other languages that borrow it.
    pub fn pages_of(&self, path: &SourcePath) -> impl Iterator<Item = &Page> {
        sources_of(&self.sources, path).iter().map(|(_, id)| self.page(*id))
    }

    /// The page that a file wrote.
    pub fn page_at(&self, path: &SourcePath) -> Option<&Page> {
        self.pages_of(path).find(|page| page.own_document().is_some())
    }

    /// A page and all below it, in the order in which the site would be read.
    pub fn in_order(&self, top: PageId) -> Vec<PageId> {
        let mut order = vec![];
        let mut next = vec![top];
        while let Some(id) = next.pop() {
            order.push(id);
            next.extend(self.page(id).children.iter().rev());
        }
        order
    }

    /// The list of terms of a taxonomy in a language.
    pub fn terms(&self, taxonomy: usize, language: usize) -> &TermList {
        &self.taxonomies[taxonomy][language]
    }
}

/// The graph of these documents, and everything that does not fit together in it.
pub fn resolve(material: &Material<'_>, diagnostics: &mut Vec<Diagnostic>) -> Site {
    let mut pages = gather::pages(material, diagnostics);
    let mut taxonomies = terms::find(&material.config, &mut pages, diagnostics);
    let (files, aliases) = urls::assign(material, &mut pages, diagnostics);
    let tags: Vec<&str> = material.config.languages.iter().map(|language| language.tag.as_str()).collect();
    let homes = family::arrange(&mut pages, &tags);
    terms::order(&material.config, &pages, &mut taxonomies);
    let facts = facts::read(&material.config, &pages, &taxonomies, diagnostics);
    links::resolve(material, &files, (&facts, &taxonomies), &mut pages, diagnostics);
    includes::check(&pages, diagnostics);
    let searches = searches(&pages, tags.len());
    let source = |page: &Page| Some((page.document.as_ref()?.source.path().clone(), page.id));
    let mut sources: Vec<_> = pages.iter().filter_map(source).collect();
    sources.sort_unstable();
    let is_name = |link: &Link| link.kind == LinkKind::Wiki;
    let has_names =
        pages.iter().filter_map(|page| page.document.as_ref()).any(|own| own.body.links.iter().any(is_name));
    let mut pages: Vec<Arc<Page>> = pages.into_iter().map(Arc::new).collect();
    // They were collected into the room of the pages themselves, which is two hundred times as large.
    pages.shrink_to_fit();
    let site = Site {
        config: material.config.clone(),
        pages,
        homes,
        sources: sources.into(),
        has_names,
        searches,
        taxonomies: Arc::new(taxonomies),
        aliases: Arc::new(aliases),
        files: Arc::new(files),
        facts: Arc::new(facts),
    };
    asked::check(&site, diagnostics);
    site
}

/// The entries of one file.
fn sources_of<'s>(sources: &'s [(SourcePath, PageId)], path: &SourcePath) -> &'s [(SourcePath, PageId)] {
    let start = sources.partition_point(|(other, _)| other < path);
    let rest = &sources[start..];
    &rest[..rest.partition_point(|(other, _)| other == path)]
}

fn searches(pages: &[Page], languages: usize) -> Vec<Option<PageId>> {
    let mut searches = vec![None; languages];
    for page in pages.iter().filter(|page| page.kind == Kind::Search) {
        searches[page.language].get_or_insert(page.id);
    }
    searches
}
