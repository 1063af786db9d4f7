//! Whether every link leads where it led: the site before a move beside the site after it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::places::Places;
use crate::build::Build;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::Document;
use crate::markdown::Link;
use crate::paths::{OutputPath, SourcePath};
use crate::site::{Fact, Neighbour, Page, Site, Target};

/// What would be wrong after a move; empty if nothing would.
pub(super) fn problems(before: &Build, after: &Build, places: &Places) -> Vec<Diagnostic> {
    let sides =
        Sides { before: &before.site, after: &after.site, places, files: [&before.site, &after.site].map(by_output) };
    let mut problems = vec![];
    for page in &before.site.pages {
        let Some(document) = page.own_document() else { continue };
        let path = places.path(document.source.path());
        match after.site.page_at(&path) {
            Some(other) if other.links.len() == page.links.len() => {
                problems.extend(sides.page(page, other, document));
                if before.included(document.source.path()) != after.included(&path) {
                    problems.push(whole(document, "after the move it would include other code"));
                }
                let links = document.body.links.iter().zip(page.links.iter().zip(&other.links));
                let led = links.filter(|(_, (target, other))| !sides.same(target, other));
                problems.extend(led.map(|(link, _)| elsewhere(document, link)));
            }
            _ => {
                problems.push(whole(document, "after the move it would be no page, or one with other links"));
            }
        }
    }
    if problems.is_empty() {
        problems.extend(complaints(before, after, places));
    }
    problems
}

fn elsewhere(document: &Document, link: &Link) -> Diagnostic {
    let place = Place::new(document.source.path(), link.span);
    Diagnostic::error(Code::BrokenLink, place, "after the move this link would not lead where it leads now")
        .hint("write it as the plain path of the file, then move again")
}

/// A complaint of a page as a whole.
fn whole(document: &Document, message: &str) -> Diagnostic {
    Diagnostic::error(Code::BrokenLink, Place::new(document.source.path(), 0..0), message)
}

/// What is complained of after a move and was not before.
fn complaints(before: &Build, after: &Build, places: &Places) -> Vec<Diagnostic> {
    let mut known: BTreeMap<(Code, SourcePath, String), usize> = BTreeMap::new();
    for old in &before.diagnostics {
        // A message may name a file that moves.
        let named = places.files.iter().fold(old.message.clone(), |message, (from, to)| {
            if message.contains(from.as_str()) { message.replace(from.as_str(), to.as_str()) } else { message }
        });
        *known.entry((old.code, places.path(&old.place.path), named)).or_default() += 1;
    }
    let mut new = vec![];
    for own in &after.diagnostics {
        match known.get_mut(&(own.code, own.place.path.clone(), own.message.clone())) {
            Some(count) if *count > 0 => *count -= 1,
            _ => new.push(own.clone()),
        }
    }
    new
}

fn by_output(site: &Site) -> HashMap<&OutputPath, &SourcePath> {
    site.files.iter().map(|(source, output)| (output, source)).collect()
}

/// The files of a page in all languages.
fn files<'s>(site: &'s Site, page: &'s Page) -> impl Iterator<Item = &'s SourcePath> {
    let own = page.translations.iter().flatten().filter_map(|id| site.page(*id).own_document());
    own.map(|document| document.source.path())
}

/// The keys of the terms of a page, as `key` has them.
fn terms(site: &Site, page: &Page, key: impl Fn(&str) -> String) -> BTreeSet<String> {
    let all = page.terms.iter().enumerate();
    let terms = all.flat_map(|(at, terms)| terms.iter().map(move |term| &site.terms(at, page.language).terms[*term]));
    terms.map(|term| key(&site.page(term.page).key)).collect()
}

/// What a page states, with the keys of its indicator and subject as `key` has them.
fn figures(site: &Site, page: &Page, key: impl Fn(&str) -> String) -> Vec<[String; 3]> {
    let indicators = site.config.facts.as_ref().map_or("", |facts| &facts.indicators);
    let subjects = site.config.subjects().map_or("", |taxonomy| &site.config.taxonomies[taxonomy].path);
    let named = |folder: &str, slug: &str| key(&format!("{folder}/{slug}"));
    let figure = |fact: &Fact| {
        let subject = fact.subject.as_ref().map_or(String::new(), |subject| named(subjects, subject));
        [named(indicators, &fact.indicator), subject, fact.value.written.clone()]
    };
    site.facts.of(page.id).map(figure).collect()
}

struct Sides<'s> {
    before: &'s Site,
    after: &'s Site,
    places: &'s Places,
    /// Which file is copied to which file of the output, on both sides.
    files: [HashMap<&'s OutputPath, &'s SourcePath>; 2],
}

impl Sides<'_> {
    /// Whether both lead to the same.
    fn same(&self, before: &Target, after: &Target) -> bool {
        match (before, after) {
            (Target::Page(one, anchor), Target::Page(other, same)) => {
                let (one, other) = (self.before.page(*one), self.after.page(*other));
                self.places.anchors.leads(one, anchor.as_deref(), same.as_deref())
                    && one.language == other.language
                    && self.places.moved_key(&one.key) == other.key
            }
            (Target::Fact(one), Target::Fact(other)) => {
                let led = self.same(&Target::Page(one.page, None), &Target::Page(other.page, None));
                led && one.exact == other.exact
            }
            (Target::File(one), Target::File(other)) => {
                let source = self.files[0].get(one).map(|source| self.places.path(source));
                source.is_some() && source.as_ref() == self.files[1].get(other).copied()
            }
            // What led nowhere is no loss.
            (Target::Broken, _) => true,
            (one, other) => one == other,
        }
    }

    /// What is wrong with a page itself, and with what its front matter names.
    fn page(&self, before: &Page, after: &Page, document: &Document) -> Option<Diagnostic> {
        if before.language != after.language || self.places.moved_key(&before.key) != after.key {
            return Some(whole(document, "after the move it would be a page of another kind, or in another language"));
        }
        if self.translations(before) != self.translations_after(after) {
            let hint = "move each of them, or give them a `translation_key`";
            return Some(whole(document, "after the move its translations would be other pages").hint(hint));
        }
        let moved = |key: &str| self.places.moved_key(key);
        if terms(self.before, before, moved) != terms(self.after, after, str::to_owned) {
            return Some(whole(document, "after the move it would carry other terms"));
        }
        if figures(self.before, before, moved) != figures(self.after, after, str::to_owned) {
            return Some(whole(
                document,
                "after the move its figures would be of another indicator, or about another subject",
            ));
        }
        let neighbour = |one: &Neighbour, other: &Neighbour| match (one, other) {
            (Neighbour::Page(one), Neighbour::Page(other)) => {
                self.same(&Target::Page(*one, None), &Target::Page(*other, None))
            }
            (one, other) => one == other,
        };
        let image = match (&before.image, &after.image) {
            (Some(one), Some(other)) => self.same(one, other),
            (one, other) => one == other,
        };
        let same = image && neighbour(&before.prev, &after.prev) && neighbour(&before.next, &after.next);
        (!same).then(|| whole(document, "after the move its `prev`, `next` or `image` would be another one"))
    }

    /// The files of a page in all languages, where they stand after the move.
    fn translations(&self, page: &Page) -> BTreeSet<SourcePath> {
        files(self.before, page).map(|path| self.places.path(path)).collect()
    }

    fn translations_after(&self, page: &Page) -> BTreeSet<SourcePath> {
        files(self.after, page).cloned().collect()
    }
}
