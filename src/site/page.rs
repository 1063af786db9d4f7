//! A page of the graph, whoever wrote it.

use std::sync::Arc;

use jiff::civil::Date;

use super::links::Target;
use super::order::SortKey;
use crate::diagnostic::Place;
use crate::document::{Document, FrontMatter};
use crate::paths::{OutputPath, UrlPath};

/// The position of a page in [`super::Site::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(u32);

impl PageId {
    /// The id of the page at a position.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The position.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a page is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The first page of a language.
    Home,
    /// A folder.
    Section,
    /// Any other text.
    Page,
    /// The index of a taxonomy.
    Taxonomy {
        /// Its position in the configuration.
        taxonomy: usize,
    },
    /// A term; it may be a folder at the same time.
    Term {
        /// The taxonomy's position in the configuration.
        taxonomy: usize,
        /// The term's position in its [`super::TermList`].
        term: usize,
    },
    /// Two taxonomies crossed.
    Matrix {
        /// The taxonomy whose terms go down.
        rows: usize,
        /// The taxonomy whose terms go across.
        columns: usize,
    },
    /// An indicator of facts.
    Indicator,
    /// The page that search and the A to Z index are on.
    Search,
    /// What a server shows for an unknown URL.
    NotFound,
}

/// The page before or after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbour {
    /// As the order of the site has it.
    Natural,
    /// None.
    Nobody,
    /// This one.
    Page(PageId),
}

/// One page in one language.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its position.
    pub id: PageId,
    /// What it is for.
    pub kind: Kind,
    /// The position of its language in the configuration.
    pub language: usize,
    /// Its path in content without language and ending: `cities/xian`. The same in all languages; empty at home.
    pub key: String,
    /// Whether pages can be below it.
    pub is_section: bool,
    /// Its file, if one wrote it; a fallback has the file of another language.
    pub document: Option<Arc<Document>>,
    /// The language whose text is shown because this one's is missing.
    pub fallback: Option<usize>,
    /// Front matter with what it inherits.
    pub front: Arc<FrontMatter>,
    /// The title.
    pub title: String,
    /// When it last changed, by its own word or by version control.
    pub updated: Option<Date>,
    /// Its URL.
    pub url: UrlPath,
    /// Its file in the output.
    pub output: OutputPath,
    /// The section it is in.
    pub parent: Option<PageId>,
    /// The sections and pages below it, in order; unlisted ones are not among them.
    pub children: Vec<PageId>,
    /// Its position among [`Page::children`] of its parent; 0 if it is not among them.
    pub position: usize,
    /// The same page in every language, in the order of the configuration.
    pub translations: Vec<Option<PageId>>,
    /// Its terms: for each taxonomy the positions in the term list of its language.
    pub terms: Vec<Vec<usize>>,
    /// The page before it, where its author says which.
    pub prev: Neighbour,
    /// The page after it, where its author says which.
    pub next: Neighbour,
    /// Its picture: a copied file, or an address elsewhere.
    pub image: Option<Target>,
    /// What its links lead to, in the order of [`crate::markdown::Markdown::links`].
    pub links: Vec<Target>,
    /// The pages that link here, in the order of the site.
    pub backlinks: Vec<PageId>,
    /// Its place among its siblings.
    pub sort: SortKey,
}

/// All that another page may see of a page: no body and no place in a file, so that editing a body never changes
/// another page.
#[derive(Debug, Clone, Copy)]
pub struct Card<'p>(&'p Page);

impl<'p> Card<'p> {
    /// The title.
    pub fn title(self) -> &'p str {
        &self.0.title
    }

    /// The short title where there is little room.
    pub fn nav_title(self) -> &'p str {
        self.0.front.nav_title.as_deref().unwrap_or(&self.0.title)
    }

    /// One sentence about it.
    pub fn description(self) -> Option<&'p str> {
        self.0.front.description.as_deref().or(self.0.front.summary.as_deref())
    }

    /// When it was written.
    pub fn date(self) -> Option<Date> {
        self.0.front.date
    }

    /// Where it stands in the output.
    pub fn output(self) -> &'p OutputPath {
        &self.0.output
    }

    /// The page's id.
    pub fn id(self) -> PageId {
        self.0.id
    }

    /// Its terms, by taxonomy.
    pub fn terms(self) -> &'p [Vec<usize>] {
        &self.0.terms
    }

    /// The section it is in.
    pub fn parent(self) -> Option<PageId> {
        self.0.parent
    }

    /// How many pages are right below it.
    pub fn children(self) -> usize {
        self.0.children.len()
    }
}

impl Page {
    /// The position of the term of a taxonomy that the page is, or of the only one that it carries.
    pub fn only_term(&self, taxonomy: usize) -> Option<usize> {
        match (&self.kind, self.terms.get(taxonomy)?.as_slice()) {
            (Kind::Term { taxonomy: at, term }, _) if *at == taxonomy => Some(*term),
            (_, [only]) => Some(*only),
            _ => None,
        }
    }

    /// What other pages may see of it.
    pub fn card(&self) -> Card<'_> {
        Card(self)
    }

    /// Whether lists, navigation, search and the sitemap leave it out.
    pub fn is_unlisted(&self) -> bool {
        self.front.unlisted == Some(true) || matches!(self.kind, Kind::Search | Kind::NotFound)
    }

    /// The file that the page and all below it would be printed from, if there is anything below it.
    pub fn print_page(&self) -> Option<OutputPath> {
        if self.children.is_empty() || self.is_unlisted() {
            return None;
        }
        let folder = self.output.folder();
        OutputPath::new(format!("{folder}/print.html").trim_start_matches('/')).ok()
    }

    /// The file that a complaint about the page is about; the configuration's place for pages that no file wrote.
    pub fn place(&self, otherwise: &Place) -> Place {
        self.document.as_ref().map_or_else(|| otherwise.clone(), |document| Place::file(document.source.path()))
    }

    /// The document, if it was written for this page and not borrowed from another language.
    pub fn own_document(&self) -> Option<&Arc<Document>> {
        self.document.as_ref().filter(|_| self.fallback.is_none())
    }
}
