//! A part of a site: some pages, with what it takes to find one's way among them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Files, target, text};
use crate::build::{Build, Content};
use crate::diagnostic::did_you_mean;
use crate::html;
use crate::make::Recipe;
use crate::paths::OutputPath;
use crate::site::{Kind, Page, PageId, Target};

/// Which pages are wanted; what is not said does not narrow.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// A taxonomy's name and the slug of one of its terms.
    pub term: Option<(String, String)>,
    /// A section by its path in content, such as `cities/xian`.
    pub section: Option<String>,
    /// A language by its code.
    pub language: Option<String>,
}

impl Selection {
    /// Whether all pages are wanted.
    pub fn is_everything(&self) -> bool {
        self.term.is_none() && self.section.is_none() && self.language.is_none()
    }
}

/// Leaves in a build what was selected: the pages, the sections above them, the terms they carry and the indicators of
/// their figures, and the home pages. Lists on these pages then show nothing else.
///
/// # Errors
/// When there is no such term, section or language: a sentence with the nearest name, without a full stop.
pub fn select(build: &mut Build, selection: &Selection) -> Result<(), String> {
    if selection.is_everything() {
        return Ok(());
    }
    let wanted = wanted(build, selection)?;
    let kept = with_ways(build, &wanted, selection);
    prune(build, &kept);
    let site = &build.site;
    Arc::make_mut(&mut build.outputs).retain(|_, content| match content {
        Content::Made(Recipe::Page { id, .. } | Recipe::Feed { id } | Recipe::Markdown { id }) => kept.contains(id),
        Content::Made(Recipe::Print { id }) => kept.contains(id) && site.page(*id).print_page().is_some(),
        Content::Made(Recipe::Llms { language } | Recipe::LlmsFull { language }) => {
            site.homes.get(*language).is_some_and(|home| kept.contains(home))
        }
        Content::Made(Recipe::Facts(_)) => !site.facts.is_empty(),
        Content::Made(Recipe::Redirect { alias }) => site.aliases[*alias].page.is_none_or(|id| kept.contains(&id)),
        _ => true,
    });
    build.plan_search_again();
    Ok(())
}

fn wanted(build: &Build, selection: &Selection) -> Result<BTreeSet<PageId>, String> {
    let site = &build.site;
    let language = match &selection.language {
        Some(code) => Some(site.config.language(code).ok_or_else(|| {
            let known = site.config.languages.iter().map(|language| language.code.as_str());
            unknown("language", code, known)
        })?),
        None => None,
    };
    let section = selection.section.as_deref().map(|section| section.trim_matches('/'));
    if let Some(section) = section
        && !site.pages.iter().any(|page| page.key == section)
    {
        return Err(unknown("section", section, site.pages.iter().map(|page| page.key.as_str())));
    }
    let term = match &selection.term {
        Some((taxonomy, slug)) => Some((term_of(build, taxonomy, slug)?, slug)),
        None => None,
    };
    let carries = |page: &Page, taxonomy: usize, slug: &str| {
        let terms = &site.terms(taxonomy, page.language).terms;
        page.terms[taxonomy].iter().any(|at| terms[*at].slug == slug)
            || terms.iter().any(|term| term.slug == slug && term.page == page.id)
    };
    let below = |page: &Page, section: &str| {
        section.is_empty() || page.key == section || page.key.starts_with(&format!("{section}/"))
    };
    let matches = |page: &&Page| {
        language.is_none_or(|language| page.language == language)
            && section.is_none_or(|section| below(page, section))
            && term.is_none_or(|(taxonomy, slug)| carries(page, taxonomy, slug))
            && (page.kind != Kind::NotFound && page.kind != Kind::Search)
    };
    Ok(site.pages.iter().map(|page| &**page).filter(matches).map(|page| page.id).collect())
}

fn term_of(build: &Build, taxonomy: &str, slug: &str) -> Result<usize, String> {
    let config = &build.site.config;
    let at = config.taxonomy(taxonomy).ok_or_else(|| {
        unknown("taxonomy", taxonomy, config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str()))
    })?;
    let slugs: BTreeSet<&str> = (0..config.languages.len())
        .flat_map(|language| build.site.terms(at, language).terms.iter().map(|term| term.slug.as_str()))
        .collect();
    if slugs.contains(slug) { Ok(at) } else { Err(unknown(&format!("term of `{taxonomy}`"), slug, slugs.into_iter())) }
}

fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let hint = did_you_mean(name, known).map(|hint| format!("\n  help: {hint}")).unwrap_or_default();
    format!("there is no {what} `{}`{hint}", name.escape_debug())
}

/// The wanted pages with all that leads to them and all that tells what they are filed under.
fn with_ways(build: &Build, wanted: &BTreeSet<PageId>, selection: &Selection) -> BTreeSet<PageId> {
    let site = &build.site;
    let mut kept = wanted.clone();
    for id in wanted {
        let page = site.page(*id);
        for (taxonomy, terms) in page.terms.iter().enumerate() {
            let list = site.terms(taxonomy, page.language);
            kept.extend(terms.iter().map(|term| list.terms[*term].page));
        }
        for fact in site.facts.of(*id) {
            let indicator = site.facts.indicators.get(&fact.indicator);
            kept.extend(indicator.and_then(|indicator| indicator.pages.get(page.language).copied().flatten()));
        }
    }
    let language = selection.language.as_ref().and_then(|code| site.config.language(code));
    let spoken = |page: &&Page| language.is_none_or(|language| page.language == language);
    let everywhere = |page: &&Page| matches!(page.kind, Kind::Home | Kind::Search | Kind::NotFound);
    kept.extend(site.pages.iter().map(|page| &**page).filter(spoken).filter(everywhere).map(|page| page.id));
    let ways: Vec<PageId> = kept.iter().flat_map(|id| site.ancestors(site.page(*id))).collect();
    kept.extend(ways);
    kept
}

/// Takes what is not kept out of every list of the graph.
fn prune(build: &mut Build, kept: &BTreeSet<PageId>) {
    let site = &mut build.site;
    let is_kept = |id: &PageId| kept.contains(id);
    for page in site.pages.iter_mut().map(Arc::make_mut) {
        page.children.retain(is_kept);
        page.backlinks.retain(is_kept);
        for translation in &mut page.translations {
            *translation = translation.filter(is_kept);
        }
        // Whatever lists pages passes over those that are not listed.
        if !is_kept(&page.id) {
            Arc::make_mut(&mut page.front).unlisted = Some(true);
        }
    }
    let places: Vec<(PageId, usize)> =
        site.pages.iter().flat_map(|page| page.children.iter().enumerate().map(|(at, child)| (*child, at))).collect();
    for (child, at) in places {
        Arc::make_mut(&mut site.pages[child.index()]).position = at;
    }
    for term in Arc::make_mut(&mut site.taxonomies).iter_mut().flatten().flat_map(|list| &mut list.terms) {
        term.pages.retain(is_kept);
    }
    Arc::make_mut(&mut site.facts).by_page.retain(|id, _| kept.contains(id));
}

/// Takes out copied files that no page and no style of the part names.
pub fn without_unused(build: &Build, files: &mut Files) {
    let mut named: BTreeSet<OutputPath> = BTreeSet::new();
    for (path, bytes) in files.iter() {
        match path.extension().as_str() {
            "html" => named.extend(html::tags(&text(bytes)).flat_map(|tag| references(path, &tag))),
            "css" => named.extend(text(bytes).split("url(").skip(1).filter_map(|rest| {
                let written = rest.split(')').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
                target(path, written).map(|(path, _)| path)
            })),
            _ => {}
        }
    }
    let linked = build.site.pages.iter().filter(|page| files.contains_key(&page.output)).flat_map(|page| &page.links);
    let linked: BTreeSet<OutputPath> = linked
        .filter_map(|link| match link {
            Target::File(output) => Some(output.clone()),
            _ => None,
        })
        .collect();
    let copied = |path: &OutputPath| matches!(build.outputs.get(path), Some(Content::Copied(_) | Content::Scaled(_)));
    files.retain(|path, _| !copied(path) || named.contains(path) || linked.contains(path));
}

fn references(path: &OutputPath, tag: &html::Tag<'_>) -> Vec<OutputPath> {
    let of = |name: &str| tag.value(name).and_then(|value| target(path, &value)).map(|(path, _)| path);
    let mut all: Vec<OutputPath> =
        ["href", "src", "poster", "data", "xlink:href"].iter().filter_map(|name| of(name)).collect();
    for one in tag.value("srcset").unwrap_or_default().split(',') {
        let url = one.split_whitespace().next().unwrap_or_default();
        all.extend(target(path, url).map(|(path, _)| path));
    }
    all
}
