//! Lists that the site makes: pages under a term, terms of a taxonomy, two taxonomies crossed, the index from A to Z.

use std::collections::BTreeMap;

use serde::Serialize;

use super::here::{CardView, Here, LinkView, Subject};
use crate::paths::OutputPath;
use crate::site::{Kind, Page, PageId, index_letter};

/// What a term's page knows of its term.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct TermView {
    taxonomy: String,
    taxonomy_title: String,
    taxonomy_url: Option<String>,
    title: String,
    count: usize,
    feed_url: Option<String>,
}

/// Pages under one heading.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct Group {
    title: Option<String>,
    url: Option<String>,
    seal: Option<String>,
    pages: Vec<CardView>,
}

/// Where a reader is in a list that takes several pages.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct Paginator {
    number: usize,
    total: usize,
    first_url: String,
    last_url: String,
    prev_url: Option<String>,
    next_url: Option<String>,
    pages: Vec<PageNumber>,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct PageNumber {
    number: usize,
    url: String,
    current: bool,
}

/// A taxonomy with its terms.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct TaxonomyView {
    name: String,
    title: String,
    url: String,
    description: Option<String>,
    feed_url: Option<String>,
    terms: Vec<TermCard>,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct TermCard {
    #[serde(flatten)]
    card: CardView,
    pages: Vec<CardView>,
}

/// Two taxonomies crossed.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct MatrixView {
    rows_title: String,
    columns_title: String,
    columns: Vec<Subject>,
    rows: Vec<MatrixRow>,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct MatrixRow {
    title: String,
    url: String,
    cells: Vec<Vec<LinkView>>,
}

/// Every page from A to Z, and every term.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct IndexView {
    groups: Vec<Letter>,
    taxonomies: Vec<IndexTaxonomy>,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct Letter {
    key: char,
    items: Vec<LinkView>,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct IndexTaxonomy {
    title: String,
    url: String,
    terms: Vec<IndexTerm>,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct IndexTerm {
    title: String,
    url: String,
    count: usize,
}

/// The pages that a term's page lists: all that carry it but those that stand below it as a section anyway.
pub(super) fn listed(here: &Here<'_>, page: &Page, taxonomy: usize, term: usize) -> Vec<PageId> {
    let pages = &here.site.terms(taxonomy, page.language).terms[term].pages;
    pages.iter().copied().filter(|id| *id != page.id && here.site.page(*id).parent != Some(page.id)).collect()
}

/// How many pages a term's list takes.
pub(super) fn page_count(here: &Here<'_>, page: &Page, taxonomy: usize, term: usize) -> usize {
    match here.site.config.taxonomies[taxonomy].paginate_by {
        Some(size) => listed(here, page, taxonomy, term).len().div_ceil(size).max(1),
        None => 1,
    }
}

/// The file of one page of a list; the first is the list's own.
pub(super) fn numbered(output: &OutputPath, number: usize) -> OutputPath {
    if number < 2 {
        return output.clone();
    }
    let path = match output.folder() {
        "" => format!("page/{number}/index.html"),
        folder => format!("{folder}/page/{number}/index.html"),
    };
    OutputPath::new(&path).unwrap_or_else(|_| output.clone())
}

/// What a term's page shows: the term, its pages in groups, and where the reader is in them.
pub(super) fn term(
    here: &Here<'_>,
    page: &Page,
    (taxonomy, term): (usize, usize),
    number: usize,
) -> (TermView, Vec<Group>, Option<Paginator>) {
    let config = &here.site.config.taxonomies[taxonomy];
    let all = listed(here, page, taxonomy, term);
    let list = here.site.terms(taxonomy, page.language);
    let size = config.paginate_by.filter(|_| number > 0).unwrap_or(usize::MAX);
    let shown: Vec<PageId> =
        all.iter().copied().skip(number.saturating_sub(1).saturating_mul(size)).take(size).collect();
    let view = TermView {
        taxonomy: config.name.clone(),
        taxonomy_title: here.site.config.say(&config.title, page.language).to_owned(),
        taxonomy_url: list.index.map(|id| here.page(id)),
        title: page.title.clone(),
        count: list.terms[term].pages.len(),
        feed_url: super::feed::of_term(here.site, taxonomy, page).map(|output| here.href(&output)),
    };
    let total = if number == 0 { 1 } else { page_count(here, page, taxonomy, term) };
    (view, groups(here, config.group_by.as_deref(), &shown), paginator(here, page, number, total))
}

fn groups(here: &Here<'_>, by: Option<&str>, pages: &[PageId]) -> Vec<Group> {
    let one = |pages: &[PageId]| Group { title: None, url: None, seal: None, pages: here.cards(pages) };
    if pages.is_empty() {
        return vec![];
    }
    let Some(by) = by.and_then(|name| here.site.config.taxonomy(name)) else { return vec![one(pages)] };
    let mut groups: BTreeMap<usize, Vec<PageId>> = BTreeMap::new();
    let mut rest = vec![];
    for id in pages {
        match here.site.page(*id).terms[by].as_slice() {
            [] => rest.push(*id),
            terms => terms.iter().for_each(|term| groups.entry(*term).or_default().push(*id)),
        }
    }
    let grouped = groups.into_iter().map(|(term, pages)| {
        let subject = here.subject(by, term);
        Group { title: Some(subject.title), url: Some(subject.url), seal: subject.seal, pages: here.cards(&pages) }
    });
    let mut all: Vec<Group> = grouped.collect();
    if !rest.is_empty() {
        all.push(one(&rest));
    }
    all
}

fn paginator(here: &Here<'_>, page: &Page, number: usize, total: usize) -> Option<Paginator> {
    let url = |number: usize| here.href(&numbered(&page.output, number));
    (total > 1).then(|| Paginator {
        number,
        total,
        first_url: url(1),
        last_url: url(total),
        prev_url: (number > 1).then(|| url(number - 1)),
        next_url: (number < total).then(|| url(number + 1)),
        pages: (1..=total).map(|at| PageNumber { number: at, url: url(at), current: at == number }).collect(),
    })
}

/// A taxonomy's index.
pub(super) fn taxonomy(here: &Here<'_>, taxonomy: usize, with_pages: bool) -> TaxonomyView {
    let config = &here.site.config.taxonomies[taxonomy];
    let list = here.site.terms(taxonomy, here.language);
    let index = list.index.map(|id| here.site.page(id));
    TaxonomyView {
        name: config.name.clone(),
        title: index
            .map_or_else(|| here.site.config.say(&config.title, here.language).into(), |page| page.title.clone()),
        url: list.index.map_or_else(String::new, |id| here.page(id)),
        description: index.and_then(|page| page.card().description().map(str::to_owned)),
        feed_url: None,
        terms: here
            .listed_terms(taxonomy)
            .map(|term| &list.terms[term])
            .map(|term| TermCard {
                card: CardView { count: Some(term.pages.len()), ..here.card(term.page) },
                pages: if with_pages { here.cards(&term.pages[..term.pages.len().min(12)]) } else { vec![] },
            })
            .collect(),
    }
}

/// Two taxonomies crossed: the pages that carry a term of each.
pub(super) fn matrix(here: &Here<'_>, rows: usize, columns: usize) -> MatrixView {
    let config = &here.site.config;
    let (down, across) = (here.site.terms(rows, here.language), here.site.terms(columns, here.language));
    let title = |taxonomy: usize| config.say(&config.taxonomies[taxonomy].title, here.language).to_owned();
    let row = |at: usize| {
        let term = &down.terms[at];
        let mut cells = vec![vec![]; across.terms.len()];
        for id in &term.pages {
            for column in &here.site.page(*id).terms[columns] {
                cells[*column].push(here.link(*id));
            }
        }
        let link = here.link(term.page);
        MatrixRow { title: link.title, url: link.url, cells }
    };
    MatrixView {
        rows_title: title(rows),
        columns_title: title(columns),
        columns: (0..across.terms.len()).map(|term| here.subject(columns, term)).collect(),
        rows: (0..down.terms.len()).map(row).collect(),
    }
}

/// Every listed page of a language by the first letter of its title, and every term of every taxonomy.
pub(super) fn index(here: &Here<'_>) -> IndexView {
    let mut letters: BTreeMap<(bool, char), Vec<&Page>> = BTreeMap::new();
    for page in here.site.in_language(here.language).filter(|page| !page.is_unlisted() && page.kind != Kind::Home) {
        let letter = index_letter(&page.title);
        letters.entry((letter == '#', letter)).or_default().push(page);
    }
    let groups = letters.into_iter().map(|((_, key), mut pages)| {
        let order = crate::site::TitleOrder::of(&here.site.config.languages[here.language].tag);
        pages.sort_by(|one, other| order.compare(&one.title, &other.title));
        Letter { key, items: pages.iter().map(|page| here.link_in_section(page.id)).collect() }
    });
    let used = |at: &usize| here.site.terms(*at, here.language).index.is_some();
    let taxonomies = (0..here.site.config.taxonomies.len()).filter(used).map(|at| {
        let list = here.site.terms(at, here.language);
        let term = |term: &crate::site::Term| {
            let link = here.link(term.page);
            IndexTerm { title: link.title, url: link.url, count: term.pages.len() }
        };
        let index = list.index.map(|id| here.link_titled(id));
        IndexTaxonomy {
            title: index.as_ref().map_or_else(String::new, |link| link.title.clone()),
            url: index.map_or_else(String::new, |link| link.url),
            terms: here.listed_terms(at).map(|position| term(&list.terms[position])).collect(),
        }
    });
    IndexView { groups: groups.collect(), taxonomies: taxonomies.collect() }
}
