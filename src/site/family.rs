//! The tree: every page under the section it is in, siblings in order, translations side by side.

use std::collections::HashMap;

use super::address::parent;
use super::order::TitleOrder;
use super::{Kind, Page, PageId};

/// Sets parents, children and translations, and returns the home page of each language.
pub(super) fn arrange(pages: &mut [Page], tags: &[&str]) -> Vec<PageId> {
    let mut by_key: Vec<HashMap<&str, PageId>> = vec![HashMap::new(); tags.len()];
    for page in pages.iter() {
        by_key[page.language].entry(&page.key).or_insert(page.id);
    }
    let near = |page: &Page| {
        let translations: Vec<_> = by_key.iter().map(|own| own.get(page.key.as_str()).copied()).collect();
        let parent = if page.key.is_empty() { page.parent } else { nearest_section(&by_key[page.language], page) };
        (translations, parent)
    };
    let found: Vec<_> = pages.iter().map(near).collect();
    for (page, (translations, parent)) in pages.iter_mut().zip(found) {
        (page.translations, page.parent) = (translations, parent);
    }
    let mut children: Vec<Vec<PageId>> = vec![vec![]; pages.len()];
    for page in pages.iter().filter(|page| !page.is_unlisted()) {
        if let Some(parent) = page.parent {
            children[parent.index()].push(page.id);
        }
    }
    // Loading a language's order costs more than sorting a section, so it is done once.
    let orders: Vec<TitleOrder> = tags.iter().map(|tag| TitleOrder::of(tag)).collect();
    for (at, mut list) in children.into_iter().enumerate() {
        let Some(order) = orders.get(pages[at].language) else { continue };
        let key = |id: &PageId| (&pages[id.index()].sort, pages[id.index()].title.as_str());
        list.sort_by(|one, other| order.keyed(key(one), key(other)));
        for (position, child) in list.iter().enumerate() {
            pages[child.index()].position = position;
        }
        pages[at].children = list;
    }
    let home = |language| pages.iter().find(|page| page.language == language && page.kind == Kind::Home);
    (0..tags.len()).filter_map(|language| home(language).map(|page| page.id)).collect()
}

/// The page of the folder that a page is in, or of the next one above that has a page.
fn nearest_section(by_key: &HashMap<&str, PageId>, page: &Page) -> Option<PageId> {
    let mut folder = parent(&page.key);
    loop {
        if let Some(section) = by_key.get(folder) {
            return Some(*section);
        }
        if folder.is_empty() {
            return None;
        }
        folder = parent(folder);
    }
}
