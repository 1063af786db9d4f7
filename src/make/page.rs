//! A page: its view, which is all that a template can show, and its HTML.

use std::collections::BTreeMap;

use serde::Serialize;

use super::comparison::{self, ComparisonView};
use super::figures::{self, FactsView, IndicatorView};
use super::here::{CardView, Here, LinkView, Subject};
use super::lists::{self, Group, IndexView, MatrixView, Paginator, TaxonomyView, TermView};
use super::nav::{self, Alternate, Translation};
use super::toc::{TocItem, toc};
use super::tree::Tree;
use super::{Making, content, search};
use crate::diagnostic::Diagnostic;
use crate::paths::OutputPath;
use crate::render::Shared;
use crate::site::{Kind, Neighbour, Page, PageId, Target, related};
use crate::source::Hash;

/// How many related pages a page shows.
const RELATED: usize = 4;
/// The longest description that is taken from the text, in characters.
const OPENING: usize = 120;

/// All that the template of a page can show.
#[derive(Debug, Hash, Serialize)]
pub(super) struct PageView {
    root: String,
    assets: Shared,
    home_url: String,
    search_url: Option<String>,
    search_script: Option<String>,
    feed_url: Option<String>,
    print_url: Option<String>,
    markdown_url: Option<String>,
    page: Own,
    toc: Vec<TocItem>,
    nav: Vec<Shared>,
    nav_html: String,
    #[serde(skip)]
    tree: Tree,
    breadcrumbs: Vec<LinkView>,
    prev: Option<LinkView>,
    next: Option<LinkView>,
    translations: Vec<Translation>,
    alternates: Vec<Alternate>,
    terms: Vec<TermGroup>,
    backlinks: Vec<LinkView>,
    related: Vec<CardView>,
    children: Vec<CardView>,
    subsections: Vec<CardView>,
    facts: Option<FactsView>,
    indicator: Option<IndicatorView>,
    comparison: Option<ComparisonView>,
    term: Option<TermView>,
    groups: Vec<Group>,
    paginator: Option<Paginator>,
    taxonomy: Option<TaxonomyView>,
    taxonomies: Vec<TaxonomyView>,
    matrix: Option<MatrixView>,
    index: Option<IndexView>,
}

/// The page itself.
#[derive(Debug, Hash, Serialize)]
struct Own {
    kind: &'static str,
    title: String,
    nav_title: String,
    description: Option<String>,
    meta_description: Option<String>,
    url: String,
    language: String,
    lang_tag: String,
    canonical: Option<String>,
    date: Option<String>,
    updated: Option<String>,
    authors: Vec<String>,
    keywords: Vec<String>,
    image: Option<String>,
    reading_minutes: usize,
    characters: usize,
    draft: bool,
    unlisted: bool,
    content: String,
    summary: Option<String>,
    source: Option<SourceView>,
    edit_url: Option<String>,
    seal: Option<String>,
    subject: Option<Subject>,
    extra: serde_json::Value,
    toc_shown: bool,
    sidebar_shown: bool,
    fallback: Option<Fallback>,
}

#[derive(Debug, Hash, Serialize)]
struct SourceView {
    document: Option<String>,
    author: Option<String>,
    role: Option<String>,
    date: Option<String>,
    lines: Option<String>,
}

#[derive(Debug, Hash, Serialize)]
struct Fallback {
    language_name: String,
    lang_tag: String,
}

#[derive(Debug, Hash, Serialize)]
struct TermGroup {
    taxonomy: String,
    title: String,
    url: Option<String>,
    terms: Vec<Subject>,
}

impl PageView {
    /// The hash of all that a template can show, and of what is given `beside` it.
    pub(super) fn made_of(&mut self, beside: &impl std::hash::Hash) -> Hash {
        // The tree knows what its values say.
        let nav = std::mem::take(&mut self.nav);
        let made_of = Hash::of_value(&(beside, &*self));
        self.nav = nav;
        made_of
    }

    /// Adds the navigation as HTML, which is not needed to know what the page is made of.
    ///
    /// # Errors
    /// A diagnostic when the template of a part of it fails.
    pub(super) fn draw(&mut self, making: &Making<'_>, page: &Page) -> Result<(), Box<Diagnostic>> {
        if self.page.sidebar_shown {
            self.nav_html = self.tree.html(making, page)?;
        }
        Ok(())
    }
}

/// The name of a kind in templates, and of the template that it has unless the page names another.
pub(super) fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Home => "home",
        Kind::Section => "section",
        Kind::Page => "page",
        Kind::Taxonomy { .. } => "taxonomy",
        Kind::Term { .. } => "term",
        Kind::Matrix { .. } => "matrix",
        Kind::Indicator => "indicator",
        Kind::Search => "search",
        Kind::NotFound => "404",
    }
}

/// The template that a page is made with.
pub(super) fn template(page: &Page) -> String {
    match &page.front.template {
        Some(written) if written.text.ends_with(".html") => written.text.clone(),
        Some(written) => format!("{}.html", written.text),
        None if page.kind == Kind::Page && page.is_section => "section.html".into(),
        None => format!("{}.html", kind_name(&page.kind)),
    }
}

/// What the template of one page of the site is given; `number` counts the pages of a list that takes
/// several; with 0 the list is whole.
///
/// # Errors
/// A diagnostic when the template of a component in the text fails.
pub(super) fn view(
    making: &Making<'_>,
    page: &Page,
    output: &OutputPath,
    number: usize,
) -> Result<PageView, Box<Diagnostic>> {
    let here = seen_from(making, page, output);
    let root = here.absolute.map_or_else(|| output.to_root(), str::to_owned);
    let ui = &making.interface[page.language];
    let (before, after) = nav::neighbours(making.site, page);
    let (mut term, mut groups, mut paginator) = (None, vec![], None);
    if let Kind::Term { taxonomy, term: at } = page.kind {
        let view = lists::term(&here, page, (taxonomy, at), number);
        (term, groups, paginator) = (Some(view.0), view.1, view.2);
    }
    let (subsections, children) = below(&here, page);
    let home = making.site.homes.get(page.language);
    let search_page = making.site.search(page.language);
    let taxonomies = 0..making.site.config.taxonomies.len();
    let tree = Tree::of(making, &here, page);
    Ok(PageView {
        assets: making.assets.seen_from(&root),
        root,
        home_url: home.map_or_else(String::new, |id| here.page(*id)),
        search_url: search_page.map(|page| here.page(page.id)),
        search_script: making.search.map(|_| here.href(&search::opener())),
        feed_url: super::feed::of_page(making.site, page).map(|feed| here.href(&feed)),
        print_url: super::book::of_page(making.site, page).map(|print| here.href(&print)),
        markdown_url: super::markdown::of_page(making.site, page).map(|copy| here.href(&copy)),
        page: own(making, &here, page, ui, number)?,
        toc: page.document.as_ref().map_or(vec![], |document| toc(&document.body.headings, document.shown_from > 0)),
        nav: tree.values(),
        nav_html: String::new(),
        tree,
        breadcrumbs: nav::breadcrumbs(&here, page, ui),
        prev: neighbour(&here, page.prev, before),
        next: neighbour(&here, page.next, after),
        translations: nav::translations(&here, page),
        alternates: nav::alternates(making.site, page),
        terms: terms(&here, page),
        backlinks: page.backlinks.iter().map(|id| here.link_in_section(*id)).collect(),
        related: here.cards(&related(making.site, page, RELATED)),
        children: if number > 1 { vec![] } else { children },
        subsections: if number > 1 { vec![] } else { subsections },
        facts: figures::of_page(&here, page, ui),
        indicator: (page.kind == Kind::Indicator).then(|| figures::of_indicator(&here, page, ui)).flatten(),
        comparison: comparison::of_section(&here, page).filter(|_| number <= 1),
        term,
        groups,
        paginator,
        taxonomy: match page.kind {
            Kind::Taxonomy { taxonomy } => Some(lists::taxonomy(&here, taxonomy, true)),
            _ => None,
        },
        taxonomies: match page.kind {
            Kind::Home => taxonomies
                .filter(|at| making.site.terms(*at, page.language).index.is_some())
                .map(|at| lists::taxonomy(&here, at, false))
                .collect(),
            _ => vec![],
        },
        matrix: match page.kind {
            Kind::Matrix { rows, columns } => Some(lists::matrix(&here, rows, columns)),
            _ => None,
        },
        index: (page.kind == Kind::Search).then(|| lists::index(&here)),
    })
}

/// The place that a page is seen from; the one that a server shows under any URL has absolute addresses.
fn seen_from<'m>(making: &Making<'m>, page: &Page, output: &'m OutputPath) -> Here<'m> {
    let absolute = making.site.config.base_url.as_deref().filter(|_| page.kind == Kind::NotFound);
    Here { site: making.site, output, language: page.language, absolute }
}

fn own(
    making: &Making<'_>,
    here: &Here<'_>,
    page: &Page,
    ui: &BTreeMap<String, String>,
    number: usize,
) -> Result<Own, Box<Diagnostic>> {
    let config = &making.site.config;
    let language = &config.languages[page.language];
    let front = &page.front;
    let document = page.document.as_ref().filter(|_| number <= 1);
    let content = document.map(|document| content::content(making, here, page, document)).transpose()?;
    let (characters, words) = document.map_or((0, 0), |document| (document.body.characters, document.body.words));
    let note = &front.source;
    let subject = here.subject_of(page);
    let title = match page.kind {
        Kind::Search => ui.get("search").cloned().unwrap_or_default(),
        Kind::NotFound => ui.get("not-found").cloned().unwrap_or_default(),
        Kind::Home if page.title.is_empty() => ui.get("home").cloned().unwrap_or_default(),
        _ => page.title.clone(),
    };
    Ok(Own {
        kind: kind_name(&page.kind),
        nav_title: front.nav_title.clone().unwrap_or_else(|| title.clone()),
        title,
        description: front.description.clone().or_else(|| front.summary.clone()),
        meta_description: front
            .description
            .clone()
            .or_else(|| page.document.as_ref().and_then(|document| document.opening(OPENING))),
        url: page.url.to_string(),
        language: language.code.clone(),
        lang_tag: language.tag.clone(),
        canonical: config.base_url.as_ref().map(|base| {
            // A fallback is the same text as the original: search engines are sent there.
            let original = page.fallback.and_then(|at| page.translations.get(at).copied().flatten());
            let url = original.map_or(page, |id| making.site.page(id)).url.as_str();
            let part = if number > 1 { format!("page/{number}/") } else { String::new() };
            super::here::absolute(base, &format!("{url}{part}"))
        }),
        date: front.date.map(|day| day.to_string()),
        updated: page.updated.map(|day| day.to_string()),
        authors: front.authors.clone().unwrap_or_default(),
        keywords: front.keywords.clone().unwrap_or_default(),
        image: image(here, page),
        // 350 Han characters or 220 words of other scripts a minute are an easy pace.
        reading_minutes: (characters as f64 / 350.0 + words as f64 / 220.0).ceil() as usize,
        characters: characters + words,
        draft: front.draft == Some(true),
        unlisted: front.unlisted == Some(true),
        summary: content.as_ref().and_then(|content| content.summary.clone()),
        content: content.map_or_else(String::new, |content| content.html),
        source: (!note.is_empty()).then(|| SourceView {
            document: note.document.clone(),
            author: note.author.clone(),
            role: note.role.clone(),
            date: note.date.clone(),
            lines: note.lines.clone(),
        }),
        edit_url: page.document.as_ref().and_then(|document| {
            config.edit_url.as_ref().map(|url| url.replace("{path}", document.source.path().as_str()))
        }),
        seal: subject
            .as_ref()
            .filter(|subject| subject.url == here.page(page.id))
            .and_then(|subject| subject.seal.clone()),
        subject,
        extra: front.extra.clone().unwrap_or_else(|| serde_json::json!({})),
        toc_shown: front.toc.unwrap_or(!matches!(page.kind, Kind::Home | Kind::Matrix { .. })),
        sidebar_shown: front.sidebar.unwrap_or(!matches!(page.kind, Kind::Home | Kind::NotFound | Kind::Matrix { .. })),
        fallback: page
            .fallback
            .and_then(|at| config.languages.get(at))
            .map(|language| Fallback { language_name: language.name.clone(), lang_tag: language.tag.clone() }),
    })
}

/// The sections and the pages right below a page; the home page does not show again what its taxonomies show.
fn below(here: &Here<'_>, page: &Page) -> (Vec<CardView>, Vec<CardView>) {
    let shown = |id: &&PageId| page.kind != Kind::Home || !matches!(here.site.page(**id).kind, Kind::Taxonomy { .. });
    let listed = !matches!(page.kind, Kind::Taxonomy { .. });
    let all = page.children.iter().filter(shown).filter(|_| listed).copied();
    let (sections, pages): (Vec<_>, Vec<_>) = all.partition(|id| here.site.page(*id).is_section);
    (here.cards(&sections), here.cards(&pages))
}

fn neighbour(here: &Here<'_>, written: Neighbour, otherwise: Option<PageId>) -> Option<LinkView> {
    let id = match written {
        Neighbour::Natural => otherwise,
        Neighbour::Nobody => None,
        Neighbour::Page(id) => Some(id),
    };
    id.map(|id| here.link_in_section(id))
}

/// The address of a page's picture: absolute where the site has an address, as those who show it elsewhere need it.
fn image(here: &Here<'_>, page: &Page) -> Option<String> {
    match page.image.as_ref()? {
        Target::File(output) => Some(match &here.site.config.base_url {
            Some(base) => super::here::absolute(base, output.as_str()),
            None => here.href(output),
        }),
        Target::Kept => page.front.image.as_ref().map(|image| image.text.clone()),
        Target::Page(..) | Target::Fact(_) | Target::Broken => None,
    }
}

fn terms(here: &Here<'_>, page: &Page) -> Vec<TermGroup> {
    let config = &here.site.config;
    let groups = page.terms.iter().enumerate().filter(|(_, terms)| !terms.is_empty());
    groups
        .map(|(taxonomy, terms)| TermGroup {
            taxonomy: config.taxonomies[taxonomy].name.clone(),
            title: config.say(&config.taxonomies[taxonomy].title, here.language).to_owned(),
            url: here.site.terms(taxonomy, here.language).index.map(|id| here.page(id)),
            terms: terms.iter().map(|term| here.subject(taxonomy, *term)).collect(),
        })
        .collect()
}
