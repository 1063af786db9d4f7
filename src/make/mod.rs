//! One file a kind of output: its view, then its bytes. A maker sees the graph and the templates and nothing else.

mod asked;
mod assets;
mod book;
mod comparison;
mod content;
mod courses;
pub mod data;
mod exports;
mod feed;
mod figures;
mod glossary;
mod here;
mod learnt;
mod lists;
mod markdown;
mod marks;
mod minify;
mod nav;
mod page;
mod pieces;
mod redirect;
mod references;
pub mod search;
mod shape;
mod sitemap;
mod toc;
mod totals;
mod tree;

pub use assets::Assets;
pub use book::{Chapter, chapters};
pub use glossary::Glossary;
pub use tree::Lists;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::markdown::Body;
use crate::paths::{OutputPath, SourcePath};
use crate::render::Templates;
use crate::site::{Kind, Page, PageId, Site};
use crate::source::Hash;
use crate::utf8;

/// What the output says it was made with.
pub const GENERATOR: &str = concat!("fangzhi ", env!("CARGO_PKG_VERSION"));

/// What one file of the output is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipe {
    /// A page; `number` counts the pages of a list that takes several, from 1.
    Page {
        /// The page.
        id: PageId,
        /// The part of its list.
        number: usize,
    },
    /// The feed of a home page or a term.
    Feed {
        /// The page.
        id: PageId,
    },
    /// An old URL, by its position in [`Site::aliases`].
    Redirect {
        /// The position.
        alias: usize,
    },
    /// `sitemap.xml`.
    Sitemap,
    /// `robots.txt`.
    Robots,
    /// A page and all below it on one, to be printed.
    Print {
        /// The home page or section.
        id: PageId,
    },
    /// The Markdown copy of a page.
    Markdown {
        /// The page.
        id: PageId,
    },
    /// `llms.txt` of a language: its pages as a list in Markdown.
    Llms {
        /// The language's position in the configuration.
        language: usize,
    },
    /// `llms-full.txt` of a language: the texts of all its pages.
    LlmsFull {
        /// The language's position in the configuration.
        language: usize,
    },
    /// All facts for programs.
    Facts(exports::Export),
    /// What a page opens the search with.
    SearchOpen,
    /// A file of the search index.
    Search(crate::search::File),
}

/// What every maker may look at.
pub struct Making<'m> {
    /// The graph.
    pub site: &'m Site,
    /// The templates.
    pub templates: &'m Templates,
    /// The hash of all that the templates are made of.
    pub made_of: Hash,
    /// Interface strings of each language.
    pub interface: &'m [BTreeMap<String, String>],
    /// The theme's files.
    pub assets: &'m Assets,
    /// The blocks of code that files include, by file.
    pub included_code: &'m HashMap<SourcePath, Vec<Body>>,
    /// The pictures that pages show.
    pub pictures: &'m BTreeMap<OutputPath, Picture>,
    /// The terms that each language explains.
    pub glossaries: &'m [Glossary],
    /// Which files the search index has; none if there is no search.
    pub search: Option<&'m search::Searching>,
    /// The search index, where one of its files needs it.
    pub index: Option<&'m crate::search::Index>,
    /// Lists of the navigation, which many pages show.
    pub lists: &'m Lists,
    /// Whether HTML is minified.
    pub minify: bool,
}

/// A picture that pages show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its width in pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// The same picture in smaller files, each with its width, the smallest first.
    pub smaller: Vec<(OutputPath, u32)>,
}

/// What templates know of the site in one language.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    title: String,
    description: Option<String>,
    base_url: Option<String>,
    language: String,
    lang_tag: String,
    languages: Vec<LanguageView>,
    extra: serde_json::Value,
    generator: &'static str,
    taxonomies: Vec<TaxonomyName>,
    search: bool,
}

#[derive(Debug, Clone, Serialize)]
struct LanguageView {
    code: String,
    name: String,
    lang_tag: String,
}

#[derive(Debug, Clone, Serialize)]
struct TaxonomyName {
    name: String,
    title: String,
}

/// The title of a site in a language; a site without one is called as its home page is.
pub fn site_title(site: &Site, language: usize) -> &str {
    let home = site.homes.get(language).map_or("", |home| site.page(*home).title.as_str());
    Some(site.config.say(&site.config.title, language)).filter(|title| !title.is_empty()).unwrap_or(home)
}

/// What templates know of a site in a language.
pub fn site_view(site: &Site, language: usize) -> SiteView {
    let config = &site.config;
    let own = &config.languages[language];
    let view = |language: &crate::config::Language| LanguageView {
        code: language.code.clone(),
        name: language.name.clone(),
        lang_tag: language.tag.clone(),
    };
    let description = config.say(&config.description, language).to_owned();
    SiteView {
        title: site_title(site, language).to_owned(),
        description: Some(description).filter(|text| !text.is_empty()),
        base_url: config.base_url.clone(),
        language: own.code.clone(),
        lang_tag: own.tag.clone(),
        languages: config.languages.iter().map(view).collect(),
        extra: config.extra.clone(),
        generator: GENERATOR,
        taxonomies: config
            .taxonomies
            .iter()
            .map(|taxonomy| TaxonomyName {
                name: taxonomy.name.clone(),
                title: config.say(&taxonomy.title, language).to_owned(),
            })
            .collect(),
        search: config.search.enabled,
    }
}

/// Every file that the site is made of, but copied ones.
pub fn plan(site: &Site, search: Option<&search::Searching>) -> Vec<(OutputPath, Recipe)> {
    let mut plan = vec![];
    for page in &site.pages {
        let here = here::Here { site, output: &page.output, language: page.language, absolute: None };
        let parts = match page.kind {
            Kind::Term { taxonomy, term } => lists::page_count(&here, page, taxonomy, term),
            _ => 1,
        };
        for number in 1..=parts {
            plan.push((lists::numbered(&page.output, number), Recipe::Page { id: page.id, number }));
        }
        if let Some(output) = feed::of_page(site, page) {
            plan.push((output, Recipe::Feed { id: page.id }));
        }
    }
    for (alias, redirect) in site.aliases.iter().enumerate() {
        plan.push((redirect.from.clone(), Recipe::Redirect { alias }));
    }
    if site.config.generate_sitemap && site.config.base_url.is_some() {
        plan.extend(OutputPath::new("sitemap.xml").map(|path| (path, Recipe::Sitemap)));
    }
    if site.config.generate_print {
        plan.extend(book::plan(site));
    }
    if site.config.generate_llms {
        plan.extend(markdown::plan(site));
    }
    // An author's own file stands in place of these.
    let robots = OutputPath::new("robots.txt").ok().map(|path| (path, Recipe::Robots));
    let is_free = |(path, _): &(OutputPath, Recipe)| !site.files.iter().any(|(_, output)| output == path);
    plan.extend(robots.into_iter().chain(exports::plan(site)).filter(is_free));
    plan.extend(search.into_iter().flat_map(search::plan));
    plan
}

/// What a recipe makes, in words for a complaint, and where it comes from.
pub fn told(site: &Site, recipe: &Recipe) -> (String, Place) {
    let config = || site.config.place.clone();
    match recipe {
        Recipe::Page { id, number } => {
            let page = site.page(*id);
            match (&page.document, page.kind.clone()) {
                (Some(document), _) if *number == 1 => {
                    (format!("`{}`", document.source.path()), Place::file(document.source.path()))
                }
                (_, Kind::Term { .. }) => (format!("page {number} of the term `{}`", page.title), config()),
                _ => (format!("the page `{}`", page.url), config()),
            }
        }
        Recipe::Feed { .. } => ("a feed".into(), config()),
        Recipe::Redirect { alias } => ("a redirect".into(), site.aliases[*alias].place.clone()),
        Recipe::Sitemap => ("the sitemap".into(), config()),
        Recipe::Robots => ("`robots.txt`".into(), config()),
        Recipe::Print { id } => (format!("the print page of `{}`", site.page(*id).url), config()),
        Recipe::Markdown { id } => (format!("the Markdown copy of `{}`", site.page(*id).url), config()),
        Recipe::Llms { .. } | Recipe::LlmsFull { .. } => ("the list of pages for machines".into(), config()),
        Recipe::Facts(export) => (format!("`{}`, the facts of the site,", export.name()), config()),
        Recipe::SearchOpen | Recipe::Search(_) => ("the search".into(), config()),
    }
}

/// What a caller has of a file from an earlier build.
#[derive(Debug, Clone, Copy)]
pub enum Before {
    /// It does not ask for that, and remembers nothing.
    Unasked,
    /// The hash of all that the file was made of, if it was made before.
    Asked(Option<Hash>),
}

/// One file of the output.
#[derive(Debug, Clone)]
pub enum Fresh {
    /// Its bytes, and where the caller asked for it, the hash of all that they are made of.
    Made(Vec<u8>, Option<Hash>),
    /// Bytes that were at hand.
    Ready(Arc<[u8]>),
    /// It is made of the same as before.
    Known,
}

/// One file, unless it is made of what it was made of before.
///
/// # Errors
/// A diagnostic when a template fails, with the page it was made for.
pub fn make(
    making: &Making<'_>,
    output: &OutputPath,
    recipe: &Recipe,
    before: Before,
) -> Result<Fresh, Box<Diagnostic>> {
    let Recipe::Page { id, number } = recipe else {
        let from = match (recipe, before) {
            (Recipe::Search(file), Before::Asked(_)) => making.search.map(|searching| searching.plan.made_of(*file)),
            _ => None,
        };
        return other(making, output, recipe).map(|bytes| Fresh::Made(bytes, from));
    };
    let site = making.site;
    let page = site.page(*id);
    let mut view = page::view(making, page, output, *number)?;
    let template = page::template(page);
    let authors_html = page.document.as_ref().is_some_and(|document| document.body.has_raw_html);
    // minify-html is not faithful to HTML that authors wrote.
    let minified = making.minify && !authors_html;
    let from = match before {
        Before::Unasked => None,
        Before::Asked(known) => {
            let from = Some(view.made_of(&(GENERATOR, making.made_of, page.language, &template, minified)));
            if from == known {
                return Ok(Fresh::Known);
            }
            from
        }
    };
    view.draw(making, page)?;
    let html = making.templates.render(page.language, &template, &view, &page.place(&site.config.place))?;
    let small = utf8::seen(&html).filter(|_| minified).map(minify::minify);
    Ok(Fresh::Made(small.unwrap_or(html), from))
}

fn other(making: &Making<'_>, output: &OutputPath, recipe: &Recipe) -> Result<Vec<u8>, Box<Diagnostic>> {
    let site = making.site;
    let written = |result: std::io::Result<Vec<u8>>| {
        result.map_err(|error| {
            Box::new(Diagnostic::error(Code::Internal, site.config.place.clone(), format!("`{output}`: {error}")))
        })
    };
    match recipe {
        Recipe::Page { .. } => unreachable!("a page has a view of its own"),
        Recipe::Feed { id } => written(feed::make(making, site.page(*id), output)),
        Recipe::Redirect { alias } => redirect::make(making, output, *alias),
        Recipe::Sitemap => written(sitemap::sitemap(making)),
        Recipe::Robots => Ok(sitemap::robots(making)),
        Recipe::Print { id } => book::print(making, site.page(*id), output),
        Recipe::Markdown { id } => Ok(markdown::copy(making, site.page(*id), output).into_bytes()),
        Recipe::Llms { language } => Ok(markdown::list(making, *language, output).into_bytes()),
        Recipe::LlmsFull { language } => Ok(markdown::whole(making, *language, output).into_bytes()),
        Recipe::Facts(export) => Ok(exports::file(making, output, *export)),
        Recipe::SearchOpen => Ok(search::open(making)),
        Recipe::Search(file) => Ok(search::file(making, *file)),
    }
}

/// Complains about pages whose template is not among `names`.
pub fn check_templates(site: &Site, names: &[&str]) -> Vec<Diagnostic> {
    let mut complaints = vec![];
    for page in site.pages.iter().filter(|page| page.fallback.is_none()) {
        let Some(written) = &page.front.template else { continue };
        let name = page::template(page);
        let own = page.document.as_ref().is_some_and(|document| document.source.path() == &written.place.path);
        if own && !names.contains(&name.as_str()) {
            let message = format!("there is no template `{name}`");
            let hint = crate::diagnostic::did_you_mean(&name, names.iter().copied())
                .unwrap_or_else(|| format!("there are: {}", names.join(", ")));
            complaints.push(Diagnostic::error(Code::MissingTemplate, written.place.clone(), message).hint(hint));
        }
    }
    complaints
}

/// Complains about components that are not there, and about arguments that they do not take.
pub fn check_components<'p>(pages: impl Iterator<Item = &'p Page>, templates: &Templates) -> Vec<Diagnostic> {
    let documents = pages.filter_map(|page| page.own_document());
    let used = documents
        .flat_map(|document| document.body.components.iter().map(|component| (component, document.source.path())));
    used.flat_map(|(component, path)| templates.check_component(component, path)).collect()
}

/// The template that a page is made with.
pub fn template_name(page: &crate::site::Page) -> String {
    page::template(page)
}
