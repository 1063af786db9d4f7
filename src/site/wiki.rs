//! Wiki links: pages by title, short title, other names, file name or key.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use super::address::last;
use super::terms::folded;
use super::{Page, PageId};
use crate::diagnostic::Names;
use crate::paths::{OutputPath, SourcePath};

/// Every name of every page, and every file by its name.
pub(super) struct Wiki<'s> {
    pages: &'s [Page],
    titles: HashMap<String, Vec<PageId>>,
    names: HashMap<String, Vec<PageId>>,
    files: HashMap<&'s str, &'s OutputPath>,
    /// Every name that can be written.
    all: OnceCell<Names<String>>,
}

/// What a name means.
pub(super) enum Named {
    Page(PageId),
    File(OutputPath),
    Several(Vec<PageId>),
    Nothing,
}

impl<'s> Wiki<'s> {
    pub fn new(pages: &'s [Page], files: &'s [(SourcePath, OutputPath)]) -> Self {
        let mut titles: HashMap<String, Vec<PageId>> = HashMap::new();
        let mut names: HashMap<String, Vec<PageId>> = HashMap::new();
        for page in pages.iter().filter(|page| !page.title.is_empty()) {
            titles.entry(folded(&page.title)).or_default().push(page.id);
            let others = page.front.names.iter().map(String::as_str);
            let known = [page.front.nav_title.as_deref(), Some(last(&page.key)), Some(page.key.as_str())];
            for name in others.chain(known.into_iter().flatten()).filter(|name| !name.trim().is_empty()) {
                names.entry(folded(name)).or_default().push(page.id);
            }
        }
        let files = files.iter().map(|(source, output)| (source.file_name(), output)).collect();
        Self { pages, titles, names, files, all: OnceCell::new() }
    }

    /// What a name means to a reader of `language`: a title in that language first, then another name, then any language.
    pub fn find(&self, name: &str, language: usize) -> Named {
        let folded = folded(name.trim_end_matches(".md"));
        for by in [&self.titles, &self.names] {
            let Some(all) = by.get(&folded) else { continue };
            let own: BTreeSet<PageId> = all.iter().filter_map(|page| self.for_reader(*page, language)).collect();
            let mut own: Vec<PageId> = own.into_iter().collect();
            // A page that somebody wrote comes before the list of a term of the same name.
            let written = |page: &PageId| self.pages[page.index()].document.is_some();
            if own.iter().any(written) {
                own.retain(written);
            }
            match own.len() {
                0 => {}
                1 => return Named::Page(own.remove(0)),
                _ => return Named::Several(own),
            }
        }
        match self.files.get(name) {
            Some(output) => Named::File((*output).clone()),
            None => Named::Nothing,
        }
    }

    /// The name that was most likely meant by one that no page has.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let all = self.all.get_or_init(|| Names::new(self.titles.keys().chain(self.names.keys()).cloned()));
        all.near(name).min().map(|(_, name)| name.as_str())
    }

    fn for_reader(&self, page: PageId, language: usize) -> Option<PageId> {
        self.pages[page.index()].translations.get(language).copied().flatten().or(Some(page))
    }
}
