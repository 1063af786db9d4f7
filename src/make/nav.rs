//! Ways from a page: breadcrumbs, previous and next, languages.

use std::collections::BTreeMap;

use serde::Serialize;

use super::here::{Here, LinkView};
use crate::site::{Page, PageId, Site};

/// The page in another language.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct Translation {
    code: String,
    name: String,
    lang_tag: String,
    url: String,
    current: bool,
    exists: bool,
}

/// The page in another language, for search engines.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct Alternate {
    pub hreflang: String,
    pub url: String,
}

/// The way from the home page, without the page itself.
pub(super) fn breadcrumbs(here: &Here<'_>, page: &Page, ui: &BTreeMap<String, String>) -> Vec<LinkView> {
    let mut line: Vec<LinkView> = here.site.ancestors(page).into_iter().map(|id| here.link(id)).collect();
    for link in line.iter_mut().filter(|link| link.title.is_empty()) {
        // A site without a title and without a home page still has a way home.
        link.title = ui.get("home").cloned().unwrap_or_default();
    }
    line
}

/// The page before and the page after, in the order in which the site would be read, within one part of the top level.
pub(super) fn neighbours(site: &Site, page: &Page) -> (Option<PageId>, Option<PageId>) {
    if page.parent.is_none() || page.is_unlisted() {
        return (None, None);
    }
    (before(site, page), after(site, page))
}

fn before(site: &Site, page: &Page) -> Option<PageId> {
    let parent = site.page(page.parent?);
    let at = page.position;
    if at == 0 {
        // The first child follows its section, unless that is the home page.
        return parent.parent.map(|_| parent.id);
    }
    parent.parent?;
    let mut last = parent.children[at - 1];
    while let Some(deeper) = site.page(last).children.last() {
        last = *deeper;
    }
    Some(last)
}

fn after(site: &Site, page: &Page) -> Option<PageId> {
    if let Some(first) = page.children.first() {
        return Some(*first);
    }
    let mut page = page;
    loop {
        let parent = site.page(page.parent?);
        parent.parent?;
        if let Some(next) = parent.children.get(page.position + 1) {
            return Some(*next);
        }
        page = parent;
    }
}

/// The page in every language of the site; where it is missing, the home page of that language.
pub(super) fn translations(here: &Here<'_>, page: &Page) -> Vec<Translation> {
    let languages = &here.site.config.languages;
    languages
        .iter()
        .enumerate()
        .filter_map(|(at, language)| {
            let own = page.translations.get(at).copied().flatten();
            let to = own.or_else(|| here.site.homes.get(at).copied())?;
            let exists = own.is_some_and(|id| here.site.page(id).fallback.is_none());
            Some(Translation {
                code: language.code.clone(),
                name: language.name.clone(),
                lang_tag: language.tag.clone(),
                url: here.page(to),
                current: at == here.language,
                exists,
            })
        })
        .collect()
}

/// Absolute addresses of the page in each language that it is really written in; empty without a base URL.
pub(super) fn alternates(site: &Site, page: &Page) -> Vec<Alternate> {
    let Some(base) = &site.config.base_url else { return vec![] };
    let written = |id: &PageId| site.page(*id).fallback.is_none();
    let own: Vec<PageId> = page.translations.iter().flatten().copied().filter(written).collect();
    if own.len() < 2 {
        return vec![];
    }
    let absolute = |id: &PageId| super::here::absolute(base, site.page(*id).url.as_str());
    let mut all: Vec<Alternate> = own
        .iter()
        .map(|id| {
            let tag = &site.config.languages[site.page(*id).language].tag;
            Alternate { hreflang: tag.clone(), url: absolute(id) }
        })
        .collect();
    all.push(Alternate { hreflang: "x-default".into(), url: absolute(&own[0]) });
    all
}
