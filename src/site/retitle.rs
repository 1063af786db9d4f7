//! The graph of a site in which nothing changed but texts and titles. A title can stand on any page, but the graph seldom
//! hangs on it; where it does, there is no way around [`resolve`](super::resolve).

use std::collections::HashMap;
use std::sync::Arc;

use super::order::{SortKey, TitleOrder};
use super::{Kind, Page, PageId, Site, sources_of};
use crate::config::SortBy;
use crate::document::{Document, FrontMatter};
use crate::paths::SourcePath;

impl Site {
    /// The same graph with newer documents that have other texts or titles and are the same otherwise; none if more hangs
    /// on a title than its page. Nothing may have been complained of in the graph.
    pub fn retitled(&self, newer: &HashMap<SourcePath, Arc<Document>>) -> Option<Self> {
        if self.has_names {
            return None;
        }
        let mut site = self.with_documents(newer);
        let mut renamed = vec![];
        for id in newer.keys().flat_map(|path| sources_of(&self.sources, path)).map(|(_, id)| *id) {
            let before = self.page(id);
            let (old, new) = (before.document.as_ref()?.title()?, site.page(id).document.as_ref()?.title()?);
            if old == new {
                continue;
            }
            if old != before.title || !self.is_only_shown(before) {
                return None;
            }
            let front: Arc<_> = FrontMatter { title: Some(new.to_owned()), ..(*before.front).clone() }.into();
            let (title, sort) = (new.to_owned(), SortKey::of(new, &front));
            let page = &mut site.pages[id.index()];
            *page = Arc::new(Page { title, sort, front, ..(**page).clone() });
            renamed.push(id);
        }
        let orders: Vec<TitleOrder> = self.config.languages.iter().map(|own| TitleOrder::of(&own.tag)).collect();
        renamed.iter().all(|id| site.is_in_its_place(*id, &orders)).then_some(site)
    }

    /// Whether the title of a page is shown, and nothing else hangs on it but its place among its siblings: it is no name of
    /// a term or an indicator, and nothing that is complained of later stands behind it in the file.
    fn is_only_shown(&self, page: &Page) -> bool {
        let front = &page.front;
        let sorted = |(taxonomy, terms): (usize, &Vec<usize>)| {
            !terms.is_empty() && self.config.taxonomies[taxonomy].sort_by == SortBy::Title
        };
        matches!(page.kind, Kind::Page | Kind::Section)
            && (&front.facts, &front.template, &front.image) == (&None, &None, &None)
            && front.aliases.is_empty()
            && !page.terms.iter().enumerate().any(sorted)
    }

    /// Whether a page stands between its siblings as it would if they were sorted again.
    fn is_in_its_place(&self, id: PageId, orders: &[TitleOrder]) -> bool {
        let page = self.page(id);
        let Some(siblings) = page.parent.map(|parent| &self.page(parent).children) else { return true };
        if siblings.get(page.position) != Some(&id) {
            return true;
        }
        let first = page.position.saturating_sub(1);
        let near = &siblings[first..siblings.len().min(page.position + 2)];
        let key = |id: &PageId| (&self.page(*id).sort, self.page(*id).title.as_str());
        near.is_sorted_by(|one, other| orders[page.language].keyed(key(one), key(other)).then(one.cmp(other)).is_le())
    }
}
