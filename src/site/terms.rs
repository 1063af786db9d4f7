//! Taxonomies: what each term means, which page is its own, and which pages carry it.

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization as _;

use super::address::{last, parent};
use super::gather::blank;
use super::order::{self, SortKey, TitleOrder};
use super::{Kind, Page, PageId};
use crate::config::{Config, SortBy};
use crate::diagnostic::{Code, Diagnostic, Suggestions, nearest};
use crate::tree::Written;

/// The terms of one taxonomy in one language.
#[derive(Debug, Clone, Default)]
pub struct TermList {
    /// The index page of the taxonomy.
    pub index: Option<PageId>,
    /// The terms in the order in which readers see them; [`Page::terms`] are positions here.
    pub terms: Vec<Term>,
}

/// A term.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its part of the URL, and its name in every language.
    pub slug: String,
    /// The page that tells of it.
    pub page: PageId,
    /// The pages that carry it, in the taxonomy's order; unlisted ones are not among them.
    pub pages: Vec<PageId>,
}

/// How a term was first met.
struct Found {
    slug: String,
    title: String,
    page: Option<usize>,
}

/// Finds every term of every taxonomy, gives pages their positions in the lists, and makes the pages of taxonomies and
/// terms that have none. Pages have their final ids afterwards.
pub(super) fn find(config: &Config, pages: &mut Vec<Page>, out: &mut Vec<Diagnostic>) -> Vec<Vec<TermList>> {
    let mut all = vec![];
    let count = pages.len();
    for page in pages.iter_mut() {
        page.terms = vec![vec![]; config.taxonomies.len()];
    }
    for (at, taxonomy) in config.taxonomies.iter().enumerate() {
        let mut lists = vec![];
        let names = names_of_terms(&taxonomy.path, &pages[..count]);
        for language in 0..config.languages.len() {
            lists.push(in_language(config, at, language, &names, pages, count, out));
        }
        all.push(lists);
    }
    for (at, page) in pages.iter_mut().enumerate() {
        page.id = PageId::new(at);
    }
    all
}

/// Every name by which a page of the taxonomy's folder can be called, in any language, and its slug.
fn names_of_terms(path: &str, pages: &[Page]) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for page in pages.iter().filter(|page| parent(&page.key) == path && !page.key.is_empty()) {
        if path.is_empty() || page.document.is_none() {
            continue;
        }
        let slug = last(&page.key);
        let titles = [Some(slug), Some(page.title.as_str()), page.front.nav_title.as_deref()];
        let others = page.front.names.iter().map(String::as_str);
        for name in titles.into_iter().flatten().chain(others) {
            names.entry(folded(name)).or_insert_with(|| slug.to_owned());
        }
    }
    names
}

fn in_language(
    config: &Config,
    at: usize,
    language: usize,
    names: &HashMap<String, String>,
    pages: &mut Vec<Page>,
    count: usize,
    out: &mut Vec<Diagnostic>,
) -> TermList {
    let taxonomy = &config.taxonomies[at];
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let mut index = None;
    for (id, page) in pages[..count].iter().enumerate().filter(|(_, page)| page.language == language) {
        if page.key == taxonomy.path {
            index = Some(id);
        } else if parent(&page.key) == taxonomy.path && page.document.is_some() {
            let slug = last(&page.key).to_owned();
            found.insert(slug.clone(), Found { slug, title: page.title.clone(), page: Some(id) });
        }
    }
    let mut carried: Vec<(usize, Vec<String>)> = vec![];
    let suggestions = Suggestions::default();
    for (id, page) in pages[..count].iter().enumerate().filter(|(_, page)| page.language == language) {
        let Some(written) = page.front.terms_of(&taxonomy.name) else { continue };
        let mut slugs = vec![];
        for term in written {
            let slug = match names.get(&folded(&term.text)) {
                Some(slug) => slug.clone(),
                None => slug_of(&term.text),
            };
            if let Some(other) = found.get(&slug).filter(|other| other.page.is_none())
                && folded(&other.title) != folded(&term.text)
            {
                let message = format!("the terms `{}` and `{}` have one URL", term.text, other.title);
                let hint = format!("give one a page of its own, with `names: [\"{}\"]`", term.text);
                out.push(Diagnostic::error(Code::UrlCollision, term.place.clone(), message).hint(hint));
                continue;
            }
            if !found.contains_key(&slug) {
                if taxonomy.strict || slug.is_empty() {
                    let own = page.fallback.is_none()
                        && page.document.as_ref().is_some_and(|own| own.source.path() == &term.place.path);
                    if own {
                        let near = || nearest(&folded(&term.text), names.keys().map(String::as_str));
                        let near = suggestions.find(near).map(|name| name.map(|name| names[name].as_str()));
                        out.push(unknown_term(config, at, term, near));
                    }
                    continue;
                }
                let title = term.text.trim().to_owned();
                found.insert(slug.clone(), Found { slug: slug.clone(), title, page: None });
            }
            if !slugs.contains(&slug) {
                slugs.push(slug);
            }
        }
        carried.push((id, slugs));
    }
    let list = listed(config, at, language, index, found, pages);
    let positions: HashMap<&str, usize> =
        list.terms.iter().enumerate().map(|(position, term)| (term.slug.as_str(), position)).collect();
    for (id, slugs) in carried {
        // The page of a term is not one of the pages under it.
        let own = matches!(pages[id].kind, Kind::Term { taxonomy, .. } if taxonomy == at);
        let mut terms: Vec<usize> = slugs.iter().filter_map(|slug| positions.get(slug.as_str()).copied()).collect();
        terms.retain(|term| !own || list.terms[*term].page.index() != id);
        terms.sort_unstable();
        pages[id].terms[at] = terms;
    }
    list
}

/// A term that no page explains; `near` is the name that is near it, if that was looked for and there is one.
fn unknown_term(config: &Config, at: usize, term: &Written, near: Option<Option<&str>>) -> Diagnostic {
    let taxonomy = &config.taxonomies[at];
    let hint = near.map(|near| match near {
        Some(name) => format!("did you mean `{name}`?"),
        None => {
            let content = &config.layout.content;
            let slug = slug_of(&term.text);
            format!("write its page, `{content}/{}/{slug}.md`, or leave out `strict`", taxonomy.path)
        }
    });
    let message = format!("`{}` has no term `{}`", taxonomy.name, term.text);
    Diagnostic::error(Code::UnknownTerm, term.place.clone(), message).hint_if(hint)
}

/// The terms in order, each with its page; pages that are missing are made.
fn listed(
    config: &Config,
    at: usize,
    language: usize,
    index: Option<usize>,
    found: BTreeMap<String, Found>,
    pages: &mut Vec<Page>,
) -> TermList {
    let taxonomy = &config.taxonomies[at];
    // A taxonomy that nobody uses and nobody wrote a page for has no index.
    if index.is_none() && found.is_empty() {
        return TermList::default();
    }
    let index = index.unwrap_or_else(|| {
        let title = config.say(&taxonomy.title, language).to_owned();
        let mut page = blank(language, taxonomy.path.clone(), Kind::Taxonomy { taxonomy: at }, title);
        page.is_section = true;
        page.terms = vec![vec![]; config.taxonomies.len()];
        pages.push(page);
        let index = pages.len() - 1;
        let mut folder = parent(&taxonomy.path);
        while !folder.is_empty() && !pages.iter().any(|page| page.language == language && page.key == folder) {
            let mut section = blank(language, folder.into(), Kind::Section, last(folder).to_owned());
            section.is_section = true;
            section.terms = vec![vec![]; config.taxonomies.len()];
            pages.push(section);
            folder = parent(folder);
        }
        index
    });
    if pages[index].document.is_none() {
        pages[index].title = config.say(&taxonomy.title, language).to_owned();
    }
    pages[index].kind = Kind::Taxonomy { taxonomy: at };
    pages[index].is_section = true;
    let mut found: Vec<Found> = found.into_values().collect();
    let key = |term: &Found| match term.page {
        Some(id) => pages[id].sort.clone(),
        None => SortKey::of(&term.title, &Default::default()),
    };
    let order = TitleOrder::of(&config.languages[language].tag);
    let mut keyed: Vec<(SortKey, Found)> = found.drain(..).map(|term| (key(&term), term)).collect();
    keyed.sort_by(|one, other| order.keyed((&one.0, &one.1.title), (&other.0, &other.1.title)));
    let mut terms = vec![];
    for (position, (_, term)) in keyed.into_iter().enumerate() {
        let kind = Kind::Term { taxonomy: at, term: position };
        let id = match term.page {
            Some(id) => {
                pages[id].kind = kind;
                id
            }
            None => {
                let mut page = blank(language, format!("{}/{}", taxonomy.path, term.slug), kind, term.title);
                page.terms = vec![vec![]; config.taxonomies.len()];
                pages.push(page);
                pages.len() - 1
            }
        };
        terms.push(Term { slug: term.slug, page: PageId::new(id), pages: vec![] });
    }
    TermList { index: Some(PageId::new(index)), terms }
}

/// Fills the lists of pages under each term, in the order that the taxonomy asks for.
pub(super) fn order(config: &Config, pages: &[Page], taxonomies: &mut [Vec<TermList>]) {
    for (at, lists) in taxonomies.iter_mut().enumerate() {
        for page in pages.iter().filter(|page| !page.is_unlisted()) {
            for term in page.terms.get(at).into_iter().flatten() {
                lists[page.language].terms[*term].pages.push(page.id);
            }
        }
        for (language, list) in lists.iter_mut().enumerate() {
            let order = TitleOrder::of(&config.languages[language].tag);
            for term in &mut list.terms {
                sort_pages(&order, config.taxonomies[at].sort_by, pages, &mut term.pages);
            }
        }
    }
}

fn sort_pages(order: &TitleOrder, by: SortBy, pages: &[Page], list: &mut [PageId]) {
    let page = |id: &PageId| &pages[id.index()];
    match by {
        // Pages of one section stay together, the sections in their own order: the order of the whole site.
        SortBy::Weight => list.sort_by_cached_key(|id| order::line(pages, page(id))),
        SortBy::Date => list.sort_by_key(|id| (std::cmp::Reverse(page(id).front.date), id.index())),
        SortBy::Title => list.sort_by(|one, other| order.compare(&page(one).title, &page(other).title)),
    }
}

/// A name as it is compared: compatibility forms, case and surrounding space make no difference.
pub fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.trim().to_ascii_lowercase();
    }
    name.trim().nfkc().collect::<String>().to_lowercase()
}

/// A name as a part of a URL: lower case, `-` for white space and for what cannot stand in a file name everywhere.
pub fn slug_of(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.');
    if name.bytes().all(plain) {
        return name.trim_matches(['-', '.']).to_owned();
    }
    let mut slug = String::new();
    for c in folded(name).chars() {
        if c.is_control() || c.is_whitespace() || "/\\:*?\"<>|#%&'`^{}[]".contains(c) {
            if !slug.ends_with('-') && !slug.is_empty() {
                slug.push('-');
            }
        } else {
            slug.push(c);
        }
    }
    slug.trim_matches(['-', '.']).to_owned()
}
