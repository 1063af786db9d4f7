//! Terms of the site's glossary, explained where a page first uses them.
//!
//! This is the one thing of a body that other pages show. It is a declared dependency: `glossary: true` says so, and since
//! pages are made from the whole graph, a page that uses a term changes with what the glossary says of it.

use std::collections::HashSet;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::content::encoded_fragment;
use super::here::Here;
use crate::html::{escape, escape_into};
use crate::site::{Page, PageId, Site};

/// What stands in these is a name, a link or a sign, and stays as it is.
const KEPT: [&str; 19] = [
    "a", "abbr", "button", "code", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label", "math", "pre", "samp",
    "script", "style", "svg",
];

/// The terms of one language.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    finder: Option<AhoCorasick>,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    text: String,
    definition: String,
    page: PageId,
    id: Option<Arc<str>>,
}

impl Glossary {
    /// The terms of every page of a language that is a glossary; of two that are the same the first counts.
    pub fn new(site: &Site, language: usize) -> Self {
        let pages = site.in_language(language).filter(|page| page.front.glossary == Some(true));
        let mut known = HashSet::new();
        let mut entries = vec![];
        for (page, document) in pages.filter_map(|page| Some((page, page.own_document()?))) {
            for term in document.body.terms.iter().filter(|term| !term.text.is_empty() && !term.definition.is_empty()) {
                if known.insert(term.text.to_lowercase()) {
                    let (text, definition) = (term.text.clone(), term.definition.clone());
                    entries.push(Entry { text, definition, page: page.id, id: term.id.clone() });
                }
            }
        }
        let patterns = entries.iter().map(|entry| escape(&entry.text));
        let mut builder = AhoCorasick::builder();
        let finder = builder.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).build(patterns);
        let finder = finder.ok().filter(|_| !entries.is_empty());
        Self { finder, entries }
    }

    /// The HTML of a page's body with the first use of each term explained.
    pub(super) fn explained(&self, here: &Here<'_>, page: &Page, html: String) -> String {
        let Some(finder) = &self.finder else { return html };
        if page.front.glossary.is_some() {
            return html;
        }
        let mut out = String::with_capacity(html.len() + html.len() / 8);
        let mut told = HashSet::new();
        let mut kept = 0_usize;
        let mut rest = html.as_str();
        while !rest.is_empty() {
            let end = rest.find('<').unwrap_or(rest.len());
            if kept == 0 {
                self.text(here, finder, &rest[..end], &mut told, &mut out);
            } else {
                out.push_str(&rest[..end]);
            }
            let (tag, behind) = rest[end..].split_at(tag_length(&rest[end..]));
            match (kept_element(tag), tag.starts_with("</")) {
                (true, true) => kept = kept.saturating_sub(1),
                (true, false) if !tag.ends_with("/>") => kept += 1,
                _ => {}
            }
            out.push_str(tag);
            rest = behind;
        }
        out
    }

    fn text<'g>(
        &'g self,
        here: &Here<'_>,
        finder: &AhoCorasick,
        text: &str,
        told: &mut HashSet<&'g str>,
        out: &mut String,
    ) {
        let mut from = 0;
        for found in finder.find_iter(text) {
            let entry = &self.entries[found.pattern().as_usize()];
            let end = found.end() + plural_length(&entry.text, &text[found.end()..]);
            let used = &text[found.start()..end];
            let same = is_word(text, found.start(), end) && is_same(&entry.text, &text[found.range()]);
            if !same || !told.insert(&entry.text) {
                continue;
            }
            out.push_str(&text[from..found.start()]);
            self.write(here, entry, used, out);
            from = end;
        }
        out.push_str(&text[from..]);
    }

    fn write(&self, here: &Here<'_>, entry: &Entry, used: &str, out: &mut String) {
        let end = match &entry.id {
            Some(id) => {
                out.push_str("<a class=\"term\" href=\"");
                escape_into(
                    out,
                    &format!("{}#{}", here.page(shown(here.site, entry.page, here.language)), encoded_fragment(id)),
                );
                "</a>"
            }
            None => {
                out.push_str("<abbr class=\"term");
                "</abbr>"
            }
        };
        out.push_str("\" title=\"");
        escape_into(out, &entry.definition);
        out.push_str("\">");
        out.push_str(used);
        out.push_str(end);
    }
}

/// The glossary as a language shows it: its own page for it where that says the same.
fn shown(site: &Site, glossary: PageId, language: usize) -> PageId {
    let page = site.page(glossary);
    let own = page.translations.get(language).copied().flatten();
    own.filter(|own| site.page(*own).fallback == Some(page.language)).unwrap_or(glossary)
}

/// How long the tag, comment or lone `<` at the start of some HTML is; a `>` in quotation marks ends nothing.
fn tag_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn kept_element(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    KEPT.contains(&name[..end].to_ascii_lowercase().as_str())
}

/// A Latin term is a word of its own, and no part of another; a character reference is no word.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let word = |c: char| c.is_alphanumeric() && (c as u32) < 0x2e80;
    let joined = |outside: Option<char>, inside: Option<char>| outside.is_some_and(word) && inside.is_some_and(word);
    let inside = &text[start..end];
    let behind = &text[end..];
    let reference = text[..start].ends_with('&') && behind.starts_with(';');
    !reference
        && !joined(text[..start].chars().next_back(), inside.chars().next())
        && !joined(behind.chars().next(), inside.chars().next_back())
}

/// How long the ending is that makes an English term a plural: `incubators`, `branches`.
fn plural_length(term: &str, behind: &str) -> usize {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    let endings = if term.ends_with(|c: char| c.is_ascii_alphabetic()) { &["s", "es"][..] } else { &[] };
    endings.iter().find(|ending| behind.strip_prefix(**ending).is_some_and(ends)).map_or(0, |ending| ending.len())
}

/// `It` is not `IT`: a term without small letters is meant as it is written, another one may begin a sentence.
fn is_same(term: &str, used: &str) -> bool {
    term.chars().any(char::is_lowercase) || term.len() != used.len() || term == used
}
