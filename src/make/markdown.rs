//! Pages as Markdown: a copy beside each page, and the lists `llms.txt` and `llms-full.txt` (llmstxt.org).

use std::ops::Range;

use super::{Making, Recipe, site_title};
use crate::document::Document;
use crate::markdown::{Link, LinkKind};
use crate::paths::OutputPath;
use crate::site::{Kind, Page, PageId, Site, Target};

/// The file of a page's Markdown copy; none where none are made.
pub(super) fn of_page(site: &Site, page: &Page) -> Option<OutputPath> {
    (site.config.generate_llms && has_copy(page)).then(|| copy_path(&page.output)).flatten()
}

fn has_copy(page: &Page) -> bool {
    !matches!(page.kind, Kind::Search | Kind::NotFound) && page.fallback.is_none()
}

/// `cities/index.html` as `cities/index.md`.
fn copy_path(output: &OutputPath) -> Option<OutputPath> {
    let text = output.as_str();
    let stem = text.strip_suffix(".html").unwrap_or(text);
    OutputPath::new(&format!("{stem}.md")).ok()
}

/// Every Markdown copy, and the lists of each language.
pub(super) fn plan(site: &Site) -> Vec<(OutputPath, Recipe)> {
    let copies = site.pages.iter().filter_map(|page| Some((of_page(site, page)?, Recipe::Markdown { id: page.id })));
    let mut plan: Vec<_> = copies.collect();
    for (language, home) in site.homes.iter().enumerate() {
        let folder = site.page(*home).output.folder().to_owned();
        let named = |name: &str| OutputPath::new(format!("{folder}/{name}").trim_start_matches('/'));
        plan.extend(named("llms.txt").map(|path| (path, Recipe::Llms { language })));
        plan.extend(named("llms-full.txt").map(|path| (path, Recipe::LlmsFull { language })));
    }
    plan
}

/// The Markdown copy of a page: its text with links that lead to other copies, and what its lists show.
pub(super) fn copy(making: &Making<'_>, page: &Page, output: &OutputPath) -> String {
    let site = making.site;
    let mut text = match page.own_document() {
        Some(document) => body(site, page, document, output),
        None => heading(page, &title(site, page)),
    };
    let listed = listed(site, page);
    if !listed.is_empty() {
        let ui = &making.interface[page.language];
        let words = ui.get("in-this-section").map_or("", String::as_str);
        text = format!("{}\n\n## {words}\n\n", text.trim_end());
        text.extend(listed.into_iter().map(|id| entry(site, site.page(id), output)));
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn title(site: &Site, page: &Page) -> String {
    match page.kind {
        Kind::Home if page.title.is_empty() => site_title(site, page.language).to_owned(),
        _ => page.title.clone(),
    }
}

fn heading(page: &Page, title: &str) -> String {
    match page.card().description() {
        Some(description) => format!("# {title}\n\n> {description}\n"),
        None => format!("# {title}\n"),
    }
}

/// What a page lists: what is below it, and what carries its term.
fn listed(site: &Site, page: &Page) -> Vec<PageId> {
    let mut all = page.children.clone();
    if let Kind::Term { taxonomy, term } = page.kind {
        let carrying = &site.terms(taxonomy, page.language).terms[term].pages;
        all.extend(carrying.iter().filter(|id| **id != page.id && !page.children.contains(id)));
    }
    all.retain(|id| has_copy(site.page(*id)));
    all
}

/// A line of a list: the page's title as a link, and what it is about.
fn entry(site: &Site, page: &Page, from: &OutputPath) -> String {
    let href = href(from, &page.output, true);
    let about = page.card().description().map(|text| format!(": {}", text.replace('\n', " "))).unwrap_or_default();
    format!("- [{}]({href}){about}\n", label(&title(site, page)))
}

/// A link's text, in which no bracket ends it.
fn label(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// A link's target, in which no parenthesis ends it.
fn href(from: &OutputPath, to: &OutputPath, is_page: bool) -> String {
    let to = if is_page { copy_path(to) } else { None }.unwrap_or_else(|| to.clone());
    from.href_to(&to).replace('(', "%28").replace(')', "%29")
}

/// The text of a document with its links pointed to where they lead from `output`.
fn body(site: &Site, page: &Page, document: &Document, output: &OutputPath) -> String {
    let source = document.source.text();
    let mut changes: Vec<(Range<usize>, String)> = vec![];
    for (link, to) in document.body.links.iter().zip(&page.links) {
        let Some((href, name)) = led(site, to, output) else { continue };
        changes.extend(changed(source, link, &href, &name));
    }
    let mut start = String::new();
    match document.body.headings.first().filter(|_| document.shown_from > 0) {
        Some(first) => {
            // The description follows the title, which the file has itself.
            if let Some(description) = page.card().description() {
                let end = first.span.range().end;
                changes.push((end..end, format!("\n\n> {description}\n\n")));
            }
        }
        None => start = heading(page, &title(site, page)) + "\n",
    }
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let mut from = document.body_start;
    let mut out = start;
    for (range, text) in changes {
        // A whole link that was written anew holds what stood in it.
        if range.start >= from {
            out.push_str(source.get(from..range.start).unwrap_or_default());
            out.push_str(&text);
            from = range.end;
        }
    }
    out.push_str(source.get(from..).unwrap_or_default());
    out.trim_start().replace("\r\n", "\n")
}

/// Where a link leads and what is there; none if it stays as it is written.
fn led(site: &Site, to: &Target, output: &OutputPath) -> Option<(String, String)> {
    let (id, anchor) = match to {
        Target::Page(id, anchor) => (*id, anchor),
        // Rows of a table have no ids here.
        Target::Fact(cited) => (cited.page, &None),
        Target::File(file) => return Some((href(output, file, false), file.file_name().to_owned())),
        Target::Kept | Target::Broken => return None,
    };
    let page = site.page(id);
    let anchor = anchor.as_ref().map(|anchor| format!("#{}", anchor.replace(' ', "%20"))).unwrap_or_default();
    // What has no copy is read as a page.
    Some((href(output, &page.output, has_copy(page)) + &anchor, title(site, page)))
}

/// The place of a link's target, or of the whole link where the target does not stand by itself, and what goes there.
fn changed(source: &str, link: &Link, href: &str, name: &str) -> Option<(Range<usize>, String)> {
    let span = link.span.range();
    let text = source.get(span.clone())?;
    let shown = if link.label.is_empty() { name } else { &link.label };
    let mark = if matches!(link.kind, LinkKind::Image | LinkKind::WikiEmbed) { "!" } else { "" };
    let whole = || format!("{mark}[{}]({href})", label(shown));
    match link.kind {
        LinkKind::Link | LinkKind::Fact | LinkKind::Image if !text.starts_with(['[', '!']) => {
            Some((span, href.to_owned()))
        }
        LinkKind::Link | LinkKind::Fact | LinkKind::Image => Some((span, whole())),
        LinkKind::Wiki | LinkKind::WikiEmbed => {
            let opening = format!("{mark}[[");
            let (start, from) = match text.starts_with(&opening) {
                true => (span.start, span.start),
                false => (source.get(..span.start)?.rfind("[[")?, span.end),
            };
            let start = if mark.is_empty() || text.starts_with(&opening) { start } else { start.saturating_sub(1) };
            let end = from + source.get(from..)?.find("]]")? + 2;
            Some((start..end, whole()))
        }
        LinkKind::Include => {
            let start = source.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
            let end = source.get(span.end..)?.find('\n').map_or(source.len(), |at| span.end + at);
            Some((start..end, whole()))
        }
    }
}

/// The pages of a language that a list names, with the parts of the site that they are in.
fn parts(site: &Site, language: usize) -> Vec<(Option<&Page>, Vec<&Page>)> {
    let Some(home) = site.homes.get(language).map(|id| site.page(*id)) else { return vec![] };
    let named = |page: &&Page| has_copy(page) && !page.is_unlisted();
    let below = |id: PageId| site.in_order(id).into_iter().map(|id| site.page(id)).filter(named).collect::<Vec<_>>();
    let mut loose: Vec<&Page> = Some(home).filter(named).into_iter().collect();
    let mut parts = vec![];
    for child in home.children.iter().map(|id| site.page(*id)) {
        if child.children.is_empty() {
            loose.extend(Some(child).filter(named));
        } else {
            parts.push((Some(child), below(child.id)));
        }
    }
    parts.insert(0, (None, loose));
    parts
}

/// `llms.txt`: what the site is, and a link to the copy of each page with a word about it.
pub(super) fn list(making: &Making<'_>, language: usize, output: &OutputPath) -> String {
    let site = making.site;
    let config = &site.config;
    let mut text = format!("# {}\n", site_title(site, language));
    let description = config.say(&config.description, language);
    if !description.is_empty() {
        text.push_str(&format!("\n> {description}\n"));
    }
    for (part, pages) in parts(site, language) {
        text.push('\n');
        if let Some(part) = part {
            text.push_str(&format!("## {}\n\n", part.title));
        }
        text.extend(pages.into_iter().map(|page| entry(site, page, output)));
    }
    text
}

/// `llms-full.txt`: the copies of all pages, one after another, with rules between them.
pub(super) fn whole(making: &Making<'_>, language: usize, output: &OutputPath) -> String {
    let pages = parts(making.site, language).into_iter().flat_map(|(_, pages)| pages);
    pages.map(|page| copy(making, page, output)).collect::<Vec<_>>().join("\n---\n\n")
}
