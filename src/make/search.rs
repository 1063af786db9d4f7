//! The search: what the index may know of each page, the files of the index, and what a page opens the search with.

use std::sync::Arc;

use serde_json::json;

use super::Making;
use crate::paths::OutputPath;
use crate::search::{self, Facet, File, Measure, Options, PageTerm, Plan, SearchPage, Weights, script, text_file};
use crate::site::{Kind, Page, PageId, Site};

/// The scripts of the search in the order in which they need each other.
const SCRIPTS: [&str; 8] = [
    "search-normalise.js",
    "search-data.js",
    "search-index.js",
    "search-query.js",
    "search-pinyin.js",
    "search-lookup.js",
    "search-find.js",
    "search-dialog.js",
];

/// What opens the search: the one name that pages know, which says nothing of any page's text.
const OPENER: &str = "search/open";

/// Which pages are searched, and which files the index has.
#[derive(Debug, Clone)]
pub struct Searching {
    /// The pages, in the order of their files.
    pub pages: Vec<PageId>,
    /// How the index is made.
    pub options: Options,
    /// Its files.
    pub plan: Plan,
    /// Of each of the pages.
    measures: Vec<Measure>,
}

impl Searching {
    /// The search of a site; none if it is switched off. What `previous` measured of pages that are still the same is not
    /// measured again.
    pub fn of(site: &Site, previous: Option<(&Site, &Self)>) -> Option<Self> {
        if !site.config.search.enabled {
            return None;
        }
        // The same settings in the same place: the graph is that of the last build with other texts.
        let previous = previous.filter(|(known, _)| Arc::ptr_eq(&known.config, &site.config));
        let pages = previous.map_or_else(|| found(site), |(_, known)| known.pages.clone());
        let measure = |(at, id): (usize, &PageId)| {
            let known = previous.filter(|(known, _)| {
                let (one, other) = (known.pages.get(id.index()), site.pages.get(id.index()));
                one.zip(other).is_some_and(|(one, other)| Arc::ptr_eq(one, other))
            });
            let known = known.and_then(|(_, known)| known.measures.get(at));
            known.cloned().unwrap_or_else(|| Measure::of(&page(site, *id)))
        };
        let measures: Vec<Measure> = pages.iter().enumerate().map(measure).collect();
        let options = options(site);
        let plan = Plan::new(measures.iter(), &options);
        Some(Self { pages, options, plan, measures })
    }
}

/// The pages that the search may find, in the order of their files.
fn found(site: &Site) -> Vec<PageId> {
    let mut pages: Vec<&Page> = site.pages.iter().map(|page| &**page).filter(|page| is_found(page)).collect();
    pages.sort_by(|one, other| one.output.cmp(&other.output));
    pages.into_iter().map(|page| page.id).collect()
}

/// Whether the search may find a page. A page that borrows its text from another language is found in that one.
fn is_found(page: &Page) -> bool {
    page.front.search != Some(false)
        && !page.is_unlisted()
        && page.fallback.is_none()
        && !matches!(page.kind, Kind::Search | Kind::NotFound)
}

fn options(site: &Site) -> Options {
    let config = &site.config;
    let own = &config.search;
    let facet = |taxonomy: &crate::config::Taxonomy| Facet {
        taxonomy: taxonomy.name.clone(),
        titles: config
            .languages
            .iter()
            .enumerate()
            .map(|(at, language)| (language.code.clone(), config.say(&taxonomy.title, at).to_owned()))
            .collect(),
    };
    Options {
        weights: Weights { title: own.title as f32, heading: own.heading as f32, body: own.body as f32 },
        languages: config.languages.iter().map(|language| language.code.clone()).collect(),
        facets: config.taxonomies.iter().map(facet).collect(),
    }
}

/// What the index knows of a page.
pub fn page(site: &Site, id: PageId) -> SearchPage<'_> {
    let page = site.page(id);
    let document = page.document.as_deref();
    let terms = page.terms.iter().enumerate().flat_map(|(taxonomy, terms)| {
        let list = site.terms(taxonomy, page.language);
        terms.iter().map(move |position| PageTerm {
            taxonomy,
            position: *position,
            slug: &list.terms[*position].slug,
            title: &site.page(list.terms[*position].page).title,
        })
    });
    SearchPage {
        url: page.output.as_str(),
        language: page.language,
        title: &page.title,
        names: &page.front.names,
        keywords: page.front.keywords.as_deref().unwrap_or_default(),
        description: page.card().description().unwrap_or_default(),
        terms: terms.collect(),
        weight: page.front.search_weight.unwrap_or(1.0),
        backlinks: page.backlinks.len(),
        headings: document.map_or(&[], |document| &document.body.headings),
        title_first: document.is_some_and(|document| document.shown_from > 0),
        sections: document.map_or(&[], |document| &document.body.sections),
        hash: document.map(|document| document.text_hash),
    }
}

/// The files of the search.
pub fn plan(searching: &Searching) -> Vec<(OutputPath, super::Recipe)> {
    let files = searching.plan.files().filter_map(|file| Some((file.output()?, super::Recipe::Search(file))));
    files.chain([(opener(), super::Recipe::SearchOpen)]).collect()
}

/// The file of the opener.
pub(super) fn opener() -> OutputPath {
    OutputPath::new(&format!("{OPENER}.js")).unwrap_or_else(|_| unreachable!("a fixed path"))
}

/// The bytes of the opener: the theme's scripts and style for the search, and its words in each language.
pub(super) fn open(making: &Making<'_>) -> Vec<u8> {
    let asset = |name: &&str| making.assets.path(name).cloned();
    let languages = &making.site.config.languages;
    let words = languages.iter().zip(making.interface).map(|(language, words)| {
        let own = words.iter().filter(|(key, _)| key.starts_with("search"));
        (language.code.clone(), own.map(|(key, word)| (key.clone(), json!(word))).collect::<serde_json::Value>())
    });
    let names = languages.iter().map(|language| (language.code.clone(), json!([language.name, language.tag])));
    let opener = json!({
        "scripts": SCRIPTS.iter().filter_map(asset).collect::<Vec<_>>(),
        "style": making.assets.path("search.css"),
        "mark": making.assets.path("search-mark.js"),
        "words": words.collect::<serde_json::Value>(),
        "languages": names.collect::<serde_json::Value>(),
    });
    script(OPENER, &opener)
}

/// The bytes of a file of the index.
pub(super) fn file(making: &Making<'_>, file: File) -> Vec<u8> {
    let Some(searching) = making.search else { return vec![] };
    match (file, making.index) {
        (File::Text(number), _) => {
            let ids = searching.pages.get(searching.plan.pages_of_text(number)).unwrap_or_default();
            let pages: Vec<search::SearchPage<'_>> = ids.iter().map(|id| page(making.site, *id)).collect();
            text_file(&searching.plan, number, &pages)
        }
        (file, Some(index)) => index.file(file),
        (_, None) => vec![],
    }
}
