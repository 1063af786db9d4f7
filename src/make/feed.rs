//! Atom feeds (RFC 4287): of a language, and of a term where its taxonomy asks for it.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Making;
use super::here::absolute;
use crate::paths::OutputPath;
use crate::site::{Kind, Page, PageId, Site};

/// The most entries of a feed.
const LONGEST: usize = 50;

/// Where the feed of a language is, if the site has feeds.
pub(super) fn of_language(site: &Site, language: usize) -> Option<OutputPath> {
    has_feeds(site).then(|| site.homes.get(language).map(|home| beside(&site.page(*home).output)))?
}

/// Where the feed of a term is, if its taxonomy has feeds.
pub(super) fn of_term(site: &Site, taxonomy: usize, page: &Page) -> Option<OutputPath> {
    (has_feeds(site) && site.config.taxonomies[taxonomy].feed).then(|| beside(&page.output))
}

/// The feed that a page points to: its term's, or its language's at home.
pub(super) fn of_page(site: &Site, page: &Page) -> Option<OutputPath> {
    match page.kind {
        Kind::Home => of_language(site, page.language),
        Kind::Term { taxonomy, .. } => of_term(site, taxonomy, page),
        _ => None,
    }
}

/// A feed's addresses must be absolute, so there are none without a base URL.
fn has_feeds(site: &Site) -> bool {
    site.config.generate_feeds && site.config.base_url.is_some()
}

fn beside(output: &OutputPath) -> OutputPath {
    let path = output.as_str().trim_end_matches("index.html").to_owned() + "feed.xml";
    OutputPath::new(&path).unwrap_or_else(|_| output.clone())
}

/// The feed of `page`: the pages of its term, or of its whole language, newest first.
pub(super) fn make(making: &Making<'_>, page: &Page, output: &OutputPath) -> std::io::Result<Vec<u8>> {
    let site = making.site;
    let base = site.config.base_url.as_deref().unwrap_or_default();
    let pages: Vec<PageId> = match page.kind {
        Kind::Term { taxonomy, term } => site.terms(taxonomy, page.language).terms[term].pages.clone(),
        _ => site.in_language(page.language).filter(|page| !page.is_unlisted()).map(|page| page.id).collect(),
    };
    // A borrowed text is news in the language that it was written in.
    let written = pages.iter().map(|id| site.page(*id)).filter(|page| page.own_document().is_some());
    let mut dated: Vec<(jiff::civil::Date, &Page)> =
        written.filter_map(|page| Some((page.updated.or(page.front.date)?, page))).collect();
    dated.sort_by_key(|(day, page)| (std::cmp::Reverse(*day), page.id));
    dated.truncate(LONGEST);
    let newest = dated.first().map_or(jiff::civil::Date::constant(1970, 1, 1), |(day, _)| *day);
    let title = match page.kind {
        Kind::Home => site.config.say(&site.config.title, page.language).to_owned(),
        _ => format!("{} · {}", page.title, site.config.say(&site.config.title, page.language)),
    };
    let feed_url = absolute(base, output.as_str());
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let tag = site.config.languages[page.language].tag.as_str();
    let feed =
        writer.create_element("feed").with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", tag)]);
    feed.write_inner_content(|writer| {
        text(writer, "title", &title)?;
        text(writer, "id", &absolute(base, page.url.as_str()))?;
        text(writer, "updated", &moment(newest))?;
        text(writer, "generator", super::GENERATOR)?;
        link(writer, "self", &feed_url)?;
        link(writer, "alternate", &absolute(base, page.url.as_str()))?;
        for (day, page) in &dated {
            entry(writer, base, page, *day, site.config.say(&site.config.title, page.language))?;
        }
        Ok(())
    })?;
    Ok(writer.into_inner())
}

fn entry(
    writer: &mut Writer<Vec<u8>>,
    base: &str,
    page: &Page,
    day: jiff::civil::Date,
    site: &str,
) -> std::io::Result<()> {
    writer.create_element("entry").write_inner_content(|writer| {
        let url = absolute(base, page.url.as_str());
        text(writer, "title", &page.title)?;
        text(writer, "id", &url)?;
        link(writer, "alternate", &url)?;
        text(writer, "updated", &moment(day))?;
        if let Some(first) = page.front.date {
            text(writer, "published", &moment(first))?;
        }
        let authors = page.front.authors.clone().filter(|authors| !authors.is_empty());
        // An entry needs an author (section 4.1.2); without one it is the site.
        for author in authors.unwrap_or_else(|| vec![site.to_owned()]) {
            writer.create_element("author").write_inner_content(|writer| text(writer, "name", &author))?;
        }
        if let Some(summary) = page.card().description() {
            text(writer, "summary", summary)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> std::io::Result<()> {
    // XML 1.0, section 2.2, has no place for control characters, not even as references.
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')).collect();
    writer.create_element(name).write_text_content(BytesText::new(&text)).map(|_| ())
}

fn link(writer: &mut Writer<Vec<u8>>, rel: &str, href: &str) -> std::io::Result<()> {
    writer.create_element("link").with_attributes([("rel", rel), ("href", href)]).write_empty().map(|_| ())
}

/// A day as a moment (RFC 3339).
fn moment(day: jiff::civil::Date) -> String {
    format!("{day}T00:00:00Z")
}
