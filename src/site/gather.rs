//! Documents into pages: addresses, cascade, translations, what is left out, and pages that no file wrote.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::address::{Address, Name, last, parent};
use super::order::SortKey;
use super::{Kind, Material, Neighbour, Page, PageId};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::document::{Document, FRONT_MATTER, FrontMatter, Other};
use crate::paths::{OutputPath, UrlPath};

/// A document with its address, before it is a page.
struct Draft {
    document: Arc<Document>,
    language: usize,
    key: String,
    is_section: bool,
    front: Arc<FrontMatter>,
}

/// By language, then by key.
type ByKey = Vec<HashMap<String, usize>>;

/// All pages but those of terms, in no order yet, with title, kind and effective front matter.
pub(super) fn pages(material: &Material<'_>, out: &mut Vec<Diagnostic>) -> Vec<Page> {
    let config = &material.config;
    let mut drafts = addressed(material, out);
    let by_key = unique(config.languages.len(), &mut drafts, out);
    for draft in &drafts {
        judge_others(config, &draft.front, out);
    }
    cascade(config, &mut drafts, &by_key);
    let mut pages: Vec<Page> = vec![];
    for draft in drafts {
        let front = &draft.front;
        let expired = front.expires.is_some_and(|day| day <= material.today);
        if !expired && (material.drafts || front.draft != Some(true)) {
            pages.push(page(material, draft, out));
        }
    }
    add_missing(config, &mut pages);
    pages
}

fn addressed(material: &Material<'_>, out: &mut Vec<Diagnostic>) -> Vec<Draft> {
    let config = &material.config;
    let addresses: Vec<Address> = material.documents.iter().map(|(path, _)| Address::of(path, config)).collect();
    let folders: BTreeSet<&str> = addresses
        .iter()
        .filter(|address| matches!(address.name, Name::Own(_)))
        .flat_map(|address| ancestors_or_self(&address.folder))
        .collect();
    let indexed: BTreeSet<(usize, &str)> = addresses
        .iter()
        .filter(|address| matches!(address.name, Name::Section | Name::Index))
        .map(|address| (address.language, address.folder.as_str()))
        .collect();
    let mut drafts = vec![];
    for ((_, document), address) in material.documents.iter().zip(&addresses) {
        let front = document.front.clone();
        let mut language = address.language;
        if let Some(written) = &front.lang {
            match config.language(&written.text) {
                Some(found) => language = found,
                None => out.push(unknown_language(config, written)),
            }
        }
        let (own_key, is_section) = match &address.name {
            Name::Section => (address.key(), true),
            Name::Index => (address.key(), address.folder.is_empty() || folders.contains(address.folder.as_str())),
            Name::Readme(name) if indexed.contains(&(address.language, address.folder.as_str())) => {
                (format!("{}/{name}", address.folder).trim_start_matches('/').to_owned(), false)
            }
            Name::Readme(_) => (address.key(), true),
            Name::Own(_) => (address.key(), false),
        };
        let key = front.translation_key.clone().unwrap_or(own_key);
        drafts.push(Draft { document: document.clone(), language, key, is_section, front });
    }
    drafts
}

fn unknown_language(config: &Config, written: &crate::tree::Written) -> Diagnostic {
    let codes = config.languages.iter().map(|language| language.code.as_str());
    let hint = did_you_mean(&written.text, codes)
        .unwrap_or_else(|| format!("declare it in site.toml: `[languages.{}]`", written.text.escape_debug()));
    let message = format!("the site has no language `{}`", written.text);
    Diagnostic::error(Code::UnknownLanguage, written.place.clone(), message).hint(hint)
}

fn ancestors_or_self(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| (!folder.is_empty()).then(|| parent(folder)))
}

/// The drafts by language and key; of two that claim to be one page the later is reported and dropped.
fn unique(languages: usize, drafts: &mut Vec<Draft>, out: &mut Vec<Diagnostic>) -> ByKey {
    let mut by_key: ByKey = vec![HashMap::new(); languages];
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        if let Some(first) = by_key[draft.language].get(&draft.key).and_then(|at| kept.get(*at)) {
            let first = first.document.source.path();
            let second = draft.document.source.path();
            let written = draft.front.translation_key.is_some();
            let code = if written { Code::DuplicateTranslation } else { Code::UrlCollision };
            let message = format!("`{second}` and `{first}` are the same page");
            out.push(
                Diagnostic::error(code, Place::file(second), message)
                    .also(Place::file(first), "the other one")
                    .hint("rename or remove one of the two"),
            );
            continue;
        }
        by_key[draft.language].insert(draft.key.clone(), kept.len());
        kept.push(draft);
    }
    *drafts = kept;
    by_key
}

/// Complains about keys that are neither ours nor name a taxonomy, and about taxonomies without terms.
fn judge_others(config: &Config, front: &FrontMatter, out: &mut Vec<Diagnostic>) {
    for Other { key, terms } in &front.others {
        let name = &key.text;
        if config.taxonomy(name).is_some() {
            if terms.is_none() {
                out.push(
                    Diagnostic::error(Code::BadValue, key.place.clone(), format!("`{name}` is not a list of terms"))
                        .hint(format!("write `{name}: [one, two]`")),
                );
            }
            continue;
        }
        let known = FRONT_MATTER.iter().map(|key| key.name);
        let taxonomies = config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
        let hint = did_you_mean(name, known.chain(taxonomies)).unwrap_or_else(|| {
            format!("your own data goes under `extra`; a taxonomy is declared as [taxonomies.{name}]")
        });
        let message = format!("front matter has no key `{name}`");
        out.push(Diagnostic::error(Code::UnknownKey, key.place.clone(), message).hint(hint));
    }
    for (name, terms) in &front.terms {
        if config.taxonomy(name).is_none()
            && let Some(first) = terms.first()
        {
            let names = config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
            let message = format!("there is no taxonomy `{name}`");
            out.push(
                Diagnostic::error(Code::UnknownKey, first.place.clone(), message).hint_if(did_you_mean(name, names)),
            );
        }
    }
    if let Some(cascade) = &front.cascade {
        judge_others(config, cascade, out);
    }
}

/// Fills each page from the sections above it, then from the same page in the default language. What inherits nothing
/// stays its document's.
fn cascade(config: &Config, drafts: &mut [Draft], by_key: &ByKey) {
    let cascades = drafts.iter().any(|draft| draft.document.front.cascade.is_some());
    for language in 0..config.languages.len() {
        for at in 0..drafts.len() {
            let draft = &drafts[at];
            if draft.language != language {
                continue;
            }
            let above = ancestors_or_self(&draft.key).filter(|_| cascades);
            let sections = above.filter_map(|folder| by_key[language].get(folder)).filter(|section| **section != at);
            let documents = std::iter::once(&draft.document).chain(sections.map(|section| &drafts[*section].document));
            let mut front = draft.front.clone();
            for own in documents.filter_map(|document| document.front.cascade.as_ref()) {
                Arc::make_mut(&mut front).inherit(own);
            }
            if let Some(original) = by_key[0].get(&draft.key).filter(|_| language > 0) {
                Arc::make_mut(&mut front).inherit_translation(&drafts[*original].front);
            }
            drafts[at].front = front;
        }
    }
}

fn page(material: &Material<'_>, draft: Draft, out: &mut Vec<Diagnostic>) -> Page {
    let config = &material.config;
    let path = draft.document.source.path();
    let title = match draft.document.title() {
        Some(title) => title.to_owned(),
        None if draft.key.is_empty() => config.say(&config.title, draft.language).to_owned(),
        None => {
            if !draft.document.front_is_broken {
                out.push(
                    Diagnostic::warning(Code::NoTitle, Place::file(path), "the page has no title")
                        .hint("give it `title:` in front matter, or a first heading"),
                );
            }
            last(&draft.key).to_owned()
        }
    };
    if let Some(indicator) = &draft.document.front.indicator
        && !is_indicator(config, &draft)
    {
        let section = config.facts.as_ref().map_or("indicators", |facts| &facts.indicators);
        let message = "an indicator stands in the section that `[facts] indicators` names";
        let hint = format!("move the page to `{}/{section}/`, or name its folder in site.toml", config.layout.content);
        out.push(Diagnostic::error(Code::BadValue, indicator.place.clone(), message).hint(hint));
    }
    review(material, &draft, out);
    let updated = draft.front.updated.or_else(|| material.changed.get(path).copied());
    let kind = match (&draft.front.matrix, draft.key.is_empty(), draft.is_section) {
        _ if is_indicator(config, &draft) => Kind::Indicator,
        (Some(matrix), ..) => matrix_kind(config, matrix, out).unwrap_or(Kind::Page),
        (_, true, _) => Kind::Home,
        (_, _, true) => Kind::Section,
        _ => Kind::Page,
    };
    let mut page = blank(draft.language, draft.key, kind, title);
    page.is_section = draft.is_section;
    page.sort = SortKey::of(&page.title, &draft.front);
    page.front = draft.front;
    page.document = Some(draft.document);
    page.updated = updated;
    page
}

/// Warns of a page whose next review is overdue.
fn review(material: &Material<'_>, draft: &Draft, out: &mut Vec<Diagnostic>) {
    let (Some(reviewed), Some(every)) = (draft.front.reviewed, &draft.front.review_every) else { return };
    let due = every.text.parse::<jiff::Span>().ok().and_then(|span| reviewed.checked_add(span).ok());
    match due {
        None => {
            let message = format!("`{}` is not a stretch of time", every.text);
            let hint = "write `6 months`, `1 year` or `90 days`";
            out.push(Diagnostic::error(Code::BadValue, every.place.clone(), message).hint(hint));
        }
        Some(due) if due < material.today => {
            let place = Place::file(draft.document.source.path());
            let who = draft.front.owner.as_ref().map(|owner| format!(" by {owner}")).unwrap_or_default();
            out.push(
                Diagnostic::warning(Code::ReviewDue, place, format!("the page was to be reviewed{who} on {due}"))
                    .hint("read it again, and set `reviewed` to the day"),
            );
        }
        Some(_) => {}
    }
}

fn is_indicator(config: &Config, draft: &Draft) -> bool {
    let section = config.facts.as_ref().map(|facts| facts.indicators.as_str());
    draft.front.indicator.is_some() && section == Some(parent(&draft.key))
}

fn matrix_kind(config: &Config, matrix: &crate::document::MatrixKey, out: &mut Vec<Diagnostic>) -> Option<Kind> {
    let mut find = |written: &crate::tree::Written| {
        let found = config.taxonomy(&written.text);
        if found.is_none() {
            let names = config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
            let message = format!("there is no taxonomy `{}`", written.text);
            let hint = did_you_mean(&written.text, names);
            out.push(Diagnostic::error(Code::BadValue, written.place.clone(), message).hint_if(hint));
        }
        found
    };
    let (rows, columns) = (find(&matrix.rows), find(&matrix.columns));
    Some(Kind::Matrix { rows: rows?, columns: columns? })
}

/// A page that no file wrote.
pub(super) fn blank(language: usize, key: String, kind: Kind, title: String) -> Page {
    let url = UrlPath::new("").unwrap_or_else(|_| unreachable!("the empty path is the home page"));
    let output: OutputPath = url.output();
    let front = Arc::<FrontMatter>::default();
    Page {
        id: PageId::new(0),
        sort: SortKey::of(&title, &front),
        kind,
        language,
        key,
        is_section: false,
        document: None,
        fallback: None,
        front,
        title,
        updated: None,
        url,
        output,
        parent: None,
        children: vec![],
        position: 0,
        translations: vec![],
        terms: vec![],
        prev: Neighbour::Natural,
        next: Neighbour::Natural,
        image: None,
        links: vec![],
        backlinks: vec![],
    }
}

/// Adds the home pages, folders without an index, fallbacks for missing translations, search and 404.
fn add_missing(config: &Config, pages: &mut Vec<Page>) {
    for language in 0..config.languages.len() {
        if language > 0 {
            let own: HashSet<&str> =
                pages.iter().filter(|page| page.language == language).map(|page| page.key.as_str()).collect();
            let missing = pages.iter().filter(|page| page.language == 0 && !own.contains(page.key.as_str()));
            let mut fallbacks: Vec<Page> =
                missing.map(|page| Page { language, fallback: Some(0), ..page.clone() }).collect();
            for home in fallbacks.iter_mut().filter(|page| page.key.is_empty()) {
                if config.title.get(&config.languages[language].code).is_some() {
                    home.title = config.say(&config.title, language).to_owned();
                }
            }
            // A page that no file wrote has no text that could be borrowed: it is made for each language.
            pages.extend(fallbacks.into_iter().filter(|page| page.document.is_some()));
        }
        let keys: HashSet<&str> =
            pages.iter().filter(|page| page.language == language).map(|page| page.key.as_str()).collect();
        let own: BTreeSet<&str> =
            keys.iter().filter(|key| !key.is_empty()).map(|key| parent(key)).chain([""]).collect();
        let folders: BTreeSet<&str> = own.into_iter().flat_map(ancestors_or_self).collect();
        let missing = folders.into_iter().filter(|folder| !keys.contains(folder));
        let missing: Vec<String> = missing.map(str::to_owned).collect();
        let made = [("search", Kind::Search), ("404", Kind::NotFound)].into_iter();
        let made: Vec<_> = made.filter(|(key, _)| !keys.contains(key)).collect();
        for folder in missing {
            let (kind, title) = if folder.is_empty() {
                (Kind::Home, config.say(&config.title, language).to_owned())
            } else {
                (Kind::Section, last(&folder).to_owned())
            };
            let mut section = blank(language, folder, kind, title);
            section.is_section = true;
            pages.push(section);
        }
        for (key, kind) in made {
            pages.push(blank(language, key.into(), kind, String::new()));
        }
    }
    // A page with pages below it is a section, whatever its file is called.
    let parents: HashSet<(usize, &str)> = pages.iter().map(|page| (page.language, parent(&page.key))).collect();
    let has_pages = |page: &Page| !page.key.is_empty() && parents.contains(&(page.language, page.key.as_str()));
    let sections: Vec<bool> = pages.iter().map(has_pages).collect();
    for (page, is_section) in pages.iter_mut().zip(sections) {
        page.is_section |= is_section;
    }
}
