//! Whether every link leads where it led: the site before a move beside the site after it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::places::Places;
use crate::build::Build;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::Document;
use crate::markdown::Link;
use crate::paths::{OutputPath, SourcePath};
use crate::site::{Page, Site, Target};

/// What would be wrong after a move; empty if nothing would.
pub(super) fn problems(before: &Build, after: &Build, places: &Places) -> Vec<Diagnostic> {
    let sides =
        Sides { before: &before.site, after: &after.site, places, files: [&before.site, &after.site].map(by_output) };
    let mut pages: HashMap<&SourcePath, &Page> = HashMap::new();
    for page in &after.site.pages {
        pages.extend(page.own_document().map(|document| (document.source.path(), &**page)));
    }
    let mut problems = vec![];
    for page in &before.site.pages {
        let Some(document) = page.own_document() else { continue };
        match pages.get(&places.path(document.source.path())) {
            Some(other) if other.links.len() == page.links.len() => {
                if sides.translations(page) != sides.translations_after(other) {
                    let message = "after the move its translations would be other pages";
                    let place = Place::new(document.source.path(), 0..0);
                    let hint = "move each of them, or give them a `translation_key`";
                    problems.push(Diagnostic::error(Code::DuplicateTranslation, place, message).hint(hint));
                }
                let links = document.body.links.iter().zip(page.links.iter().zip(&other.links));
                let led = links.filter(|(_, (target, other))| !sides.same(target, other));
                problems.extend(led.map(|(link, _)| elsewhere(document, link)));
            }
            _ => {
                let message = "after the move its links could not be read any more";
                problems.push(Diagnostic::error(Code::BrokenLink, Place::new(document.source.path(), 0..0), message));
            }
        }
    }
    if problems.is_empty() {
        problems.extend(complaints(before, after));
    }
    problems
}

fn elsewhere(document: &Document, link: &Link) -> Diagnostic {
    let place = Place::new(document.source.path(), link.span);
    Diagnostic::error(Code::BrokenLink, place, "after the move this link would not lead where it leads now")
        .hint("write it as the path of the file, then move again")
}

/// What is complained of after a move and was not before.
fn complaints(before: &Build, after: &Build) -> Vec<Diagnostic> {
    let mut known: BTreeMap<(Code, &str), usize> = BTreeMap::new();
    let mut of_code: BTreeMap<Code, usize> = BTreeMap::new();
    for old in &before.diagnostics {
        *known.entry((old.code, &old.message)).or_default() += 1;
        *of_code.entry(old.code).or_default() += 1;
    }
    let mut new = vec![];
    for own in &after.diagnostics {
        match known.get_mut(&(own.code, own.message.as_str())) {
            Some(count) if *count > 0 => *count -= 1,
            _ => new.push(own),
        }
    }
    // A message may name a file that moved: as many of a kind as before are the same ones.
    let count = |code: Code| after.diagnostics.iter().filter(|own| own.code == code).count();
    new.into_iter().filter(|own| count(own.code) > of_code.get(&own.code).copied().unwrap_or(0)).cloned().collect()
}

fn by_output(site: &Site) -> HashMap<&OutputPath, &SourcePath> {
    site.files.iter().map(|(source, output)| (output, source)).collect()
}

/// The files of a page in all languages.
fn files<'s>(site: &'s Site, page: &'s Page) -> impl Iterator<Item = &'s SourcePath> {
    let own = page.translations.iter().flatten().filter_map(|id| site.page(*id).own_document());
    own.map(|document| document.source.path())
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
                anchor == same && one.language == other.language && self.places.moved_key(&one.key) == other.key
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

    /// The files of a page in all languages, where they stand after the move.
    fn translations(&self, page: &Page) -> BTreeSet<SourcePath> {
        files(self.before, page).map(|path| self.places.path(path)).collect()
    }

    fn translations_after(&self, page: &Page) -> BTreeSet<SourcePath> {
        files(self.after, page).cloned().collect()
    }
}
