//! Where a reference can lead: every page by file, key and URL, every copied file.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::address::{last, parent};
use super::{Material, Page, PageId};
use crate::diagnostic::Names;
use crate::paths::{OutputPath, SourcePath};

/// The things that links can name.
pub(super) struct Targets<'s> {
    pub pages: &'s [Page],
    content: String,
    by_source: HashMap<&'s str, PageId>,
    by_key: HashMap<(usize, &'s str), PageId>,
    by_url: HashMap<&'s str, PageId>,
    files: BTreeMap<&'s str, &'s OutputPath>,
    drafts: HashSet<&'s str>,
    /// The paths of all by their file names, and those names: for suggestions.
    called: OnceCell<HashMap<&'s str, Vec<&'s str>>>,
    names: OnceCell<Names<&'s str>>,
}

/// What a path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    Page(PageId),
    File(OutputPath),
    /// A content file that is a draft or has expired.
    Left,
    Nothing,
}

impl<'s> Targets<'s> {
    pub fn new(material: &'s Material<'_>, files: &'s [(SourcePath, OutputPath)], pages: &'s [Page]) -> Self {
        let mut by_source = HashMap::new();
        let mut by_key = HashMap::new();
        let mut by_url = HashMap::new();
        for page in pages {
            by_key.entry((page.language, page.key.as_str())).or_insert(page.id);
            by_url.entry(page.url.as_str()).or_insert(page.id);
            if let Some(document) = page.own_document() {
                by_source.insert(document.source.path().as_str(), page.id);
            }
        }
        let drafts = material
            .documents
            .iter()
            .map(|(_, document)| document.source.path().as_str())
            .filter(|path| !by_source.contains_key(path))
            .collect();
        let files = files.iter().map(|(source, output)| (source.as_str(), output)).collect();
        let content = material.config.layout.content.clone();
        let content = if material.documents.iter().all(|(path, own)| path == own.source.path().as_str()) {
            String::new()
        } else {
            content
        };
        let (called, names) = (OnceCell::new(), OnceCell::new());
        Self { pages, content, by_source, by_key, by_url, files, drafts, called, names }
    }

    /// What a path from the content folder names, for a reader of `language`.
    pub fn inside_content(&self, path: &str, language: usize) -> Found {
        let path = path.trim_start_matches('/');
        let full = if self.content.is_empty() { path.to_owned() } else { [&self.content, "/", path].concat() };
        // Nearly every link names a file as it is called, and such a name needs no second look.
        if let Some(page) = self.by_source.get(full.as_str()) {
            return self.page(*page, language);
        }
        match SourcePath::new(full.trim_end_matches('/')) {
            Ok(source) => self.at(&source, language),
            Err(_) => self.home(path, language),
        }
    }

    /// What a path relative to a file names.
    pub fn relative(&self, from: &SourcePath, path: &str, language: usize) -> Found {
        match from.resolve(path) {
            Ok(source) => self.at(&source, language),
            Err(_) => self.home(path.trim_start_matches("./").trim_start_matches("../"), language),
        }
    }

    /// What a path in the static folder names.
    pub fn in_static(&self, folder: &str, path: &str) -> Found {
        let full = format!("{folder}/{}", path.trim_start_matches('/'));
        self.files.get(full.as_str()).map_or(Found::Nothing, |output| Found::File((*output).clone()))
    }

    /// The page with a URL, as `/cities/xian/`.
    pub fn at_url(&self, path: &str, language: usize) -> Found {
        let url = path.trim_start_matches('/').trim_end_matches("index.html");
        let found = self.by_url.get(url).or_else(|| self.by_url.get(format!("{url}/").as_str()));
        found.map_or(Found::Nothing, |page| Found::Page(self.for_reader(*page, language)))
    }

    fn home(&self, rest: &str, language: usize) -> Found {
        if rest.is_empty() { self.keyed("", language) } else { Found::Nothing }
    }

    fn at(&self, source: &SourcePath, language: usize) -> Found {
        let text = source.as_str();
        if let Some(page) = self.by_source.get(text) {
            return self.page(*page, language);
        }
        if self.drafts.contains(text) {
            return Found::Left;
        }
        if let Some(output) = self.files.get(text) {
            return Found::File((*output).clone());
        }
        let inside = match self.content.as_str() {
            "" => Some(text),
            content if text == content => Some(""),
            content => text.strip_prefix(content).and_then(|rest| rest.strip_prefix('/')),
        };
        let Some(inside) = inside else { return Found::Nothing };
        let stem = inside.trim_end_matches(".md").trim_end_matches(".markdown");
        let folder = stem.trim_end_matches("_index").trim_end_matches("index").trim_end_matches('/');
        match self.keyed(stem, language) {
            Found::Nothing => self.keyed(folder, language),
            found => found,
        }
    }

    /// A file named with its language is that very page; without one it is the reader's.
    fn page(&self, page: PageId, language: usize) -> Found {
        let named = self.pages[page.index()].language != 0;
        Found::Page(if named { page } else { self.for_reader(page, language) })
    }

    fn keyed(&self, key: &str, language: usize) -> Found {
        let found = self.by_key.get(&(language, key)).or_else(|| self.by_key.get(&(0, key)));
        found.map_or(Found::Nothing, |page| Found::Page(*page))
    }

    /// The page in the reader's language, if there is one.
    fn for_reader(&self, page: PageId, language: usize) -> PageId {
        self.pages[page.index()].translations.get(language).copied().flatten().unwrap_or(page)
    }

    /// A file whose name or path is much like the one that is not there, as it would be written from the content root.
    pub fn near(&self, path: &str, from: &SourcePath) -> Option<String> {
        let called = self.called.get_or_init(|| {
            let mut called: HashMap<&str, Vec<&str>> = HashMap::new();
            for path in self.by_source.keys().chain(self.files.keys()) {
                called.entry(last(path)).or_default().push(path);
            }
            called
        });
        // The nearer to the page that asks, the likelier it is meant.
        let shared = |other: &str| other.split('/').zip(from.as_str().split('/')).take_while(|(a, b)| a == b).count();
        let nearest_of = |name: &str| called.get(name)?.iter().min_by_key(|other| (Reverse(shared(other)), **other));
        let is_beside = |name: &str| called[name].iter().any(|path| parent(path) == from.folder());
        let found = nearest_of(last(path)).or_else(|| {
            let names = self.names.get_or_init(|| Names::new(called.keys().copied()));
            let near = names.near(last(path)).map(|(distance, name)| (!is_beside(name), distance, *name));
            nearest_of(near.min()?.2)
        })?;
        let rest = found.strip_prefix(self.content.as_str()).unwrap_or(found);
        Some(format!("/{}", rest.trim_start_matches('/')))
    }
}
