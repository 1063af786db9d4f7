//! What every link leads to, checked with its anchor, and who links to whom.

use std::cell::OnceCell;
use std::sync::Arc;

use super::cited::Citations;
use super::targets::{Found, Targets};
use super::wiki::{Named, Wiki};
use super::{Cited, Facts, Material, Neighbour, Page, PageId, TermList};
use crate::diagnostic::{Code, Diagnostic, Place, Suggestions, did_you_mean};
use crate::document::Document;
use crate::markdown::{Heading, Link, LinkKind};
use crate::paths::{OutputPath, SourcePath, decode};
use crate::tree::Written;

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page, and an id in it.
    Page(PageId, Option<String>),
    /// What is stated.
    Fact(Box<Cited>),
    /// A copied file.
    File(OutputPath),
    /// An address that is written as it stands.
    Kept,
    /// Nothing: it has been reported.
    Broken,
}

struct Resolver<'s> {
    targets: Targets<'s>,
    wiki: OnceCell<Wiki<'s>>,
    material: &'s Material<'s>,
    files: &'s [(SourcePath, OutputPath)],
    citations: Citations<'s>,
    suggestions: Suggestions,
}

/// How many of the headings of a page, or of the pages of a name, are named.
const SOME: usize = 8;

/// Sets the links and backlinks of every page.
pub(super) fn resolve(
    material: &Material<'_>,
    files: &[(SourcePath, OutputPath)],
    (facts, taxonomies): (&Facts, &[Vec<TermList>]),
    pages: &mut [Page],
    out: &mut Vec<Diagnostic>,
) {
    let resolver = Resolver {
        targets: Targets::new(material, files, pages),
        wiki: OnceCell::new(),
        material,
        files,
        citations: Citations::new(&material.config, facts, pages, taxonomies),
        suggestions: Suggestions::default(),
    };
    let first = out.len();
    let resolved: Vec<Vec<Target>> = pages.iter().map(|page| resolver.page(page, out)).collect();
    let written: Vec<_> = pages.iter().map(|page| resolver.front(page, out)).collect();
    let is_link = |trouble: &&mut Diagnostic| matches!(trouble.code, Code::BrokenLink | Code::BrokenAnchor);
    out[first..].iter_mut().filter(is_link).for_each(|trouble| trouble.severity = material.config.internal_level);
    let mut backlinks: Vec<Vec<PageId>> = vec![vec![]; pages.len()];
    for (page, targets) in pages.iter().zip(&resolved).filter(|(page, _)| page.fallback.is_none()) {
        for target in targets {
            if let Target::Page(to, _) = target
                && *to != page.id
                && !page.is_unlisted()
                // Pages come in order, so one that is noted already is the last that was noted.
                && backlinks[to.index()].last() != Some(&page.id)
            {
                backlinks[to.index()].push(page.id);
            }
        }
    }
    for (((page, links), backlinks), written) in pages.iter_mut().zip(resolved).zip(backlinks).zip(written) {
        page.links = links;
        page.backlinks = backlinks;
        (page.prev, page.next, page.image) = written;
    }
}

impl<'s> Resolver<'s> {
    fn page(&self, page: &Page, out: &mut Vec<Diagnostic>) -> Vec<Target> {
        let Some(document) = &page.document else { return vec![] };
        self.heard(page, out, |out| {
            document.body.links.iter().map(|link| self.link(page, document, link, out)).collect()
        })
    }

    /// What `read` says of a page, and its complaints. A fallback repeats a text whose mistakes were reported where it is at
    /// home: nobody hears them again.
    fn heard<T>(&self, page: &Page, out: &mut Vec<Diagnostic>, read: impl FnOnce(&mut Vec<Diagnostic>) -> T) -> T {
        if page.fallback.is_none() {
            return read(out);
        }
        self.suggestions.without(|| read(&mut vec![]))
    }

    /// What front matter names: the page before, the page after, the picture.
    fn front(&self, page: &Page, out: &mut Vec<Diagnostic>) -> (Neighbour, Neighbour, Option<Target>) {
        let Some(document) = page.document.as_ref() else { return (Neighbour::Natural, Neighbour::Natural, None) };
        self.heard(page, out, |out| {
            let prev = self.neighbour(page, document, page.front.prev.as_ref(), out);
            let next = self.neighbour(page, document, page.front.next.as_ref(), out);
            (prev, next, page.front.image.as_ref().map(|image| self.image(page, image, out)))
        })
    }

    fn image(&self, page: &Page, written: &Written, out: &mut Vec<Diagnostic>) -> Target {
        if has_scheme(&written.text) {
            return Target::Kept;
        }
        match self.path(&written.place.path, &written.text, page.language) {
            Found::File(file) => Target::File(file),
            _ => {
                out.push(self.no_file(&written.text, written.place.clone()));
                Target::Broken
            }
        }
    }

    fn neighbour(
        &self,
        page: &Page,
        document: &Document,
        written: Option<&Written>,
        out: &mut Vec<Diagnostic>,
    ) -> Neighbour {
        match written {
            None => Neighbour::Natural,
            Some(written) if written.text == "false" => Neighbour::Nobody,
            Some(written) => match self.path(document.source.path(), &written.text, page.language) {
                Found::Page(to) => Neighbour::Page(to),
                _ => {
                    out.push(self.no_file(&written.text, written.place.clone()));
                    Neighbour::Natural
                }
            },
        }
    }

    fn no_file(&self, path: &str, place: Place) -> Diagnostic {
        let near = || self.targets.near(path, &place.path).map(|near| format!("did you mean `{near}`?"));
        let hint = self.suggestions.find(near).flatten();
        let message = format!("there is no file `{}`", path.escape_debug());
        Diagnostic::error(Code::BrokenLink, place, message).hint_if(hint)
    }

    fn link(&self, page: &Page, document: &Document, link: &Link, out: &mut Vec<Diagnostic>) -> Target {
        let begins = |with: &str| link.target.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case(with));
        if begins("file:") {
            let place = Place::new(document.source.path(), link.span);
            out.push(
                Diagnostic::error(Code::UnsafeLink, place, "a `file:` address leads to a disk that no reader has")
                    .hint("put the file into the site and link to it by its path"),
            );
            return Target::Broken;
        }
        if link.kind == LinkKind::Fact {
            let cited = self.citations.cited(page, document, link).map_err(|complaint| out.push(*complaint));
            return cited.map_or(Target::Broken, |cited| Target::Fact(Box::new(cited)));
        }
        if begins("fact:") {
            let place = Place::new(document.source.path(), link.span);
            let message = "a figure is said by a link with a text, and by nothing else";
            out.push(Diagnostic::error(Code::FactText, place, message).hint("write `[1880.49亿元](fact:rd-spending)`"));
            return Target::Broken;
        }
        if link.external || has_scheme(&link.target) {
            return Target::Kept;
        }
        let (path, anchor) = match link.target.split_once('#') {
            Some((path, anchor)) => (path, Some(decode(anchor))),
            None => (link.target.as_str(), None),
        };
        let path = decode(path.split('?').next().unwrap_or(path));
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        let found = match link.kind {
            _ if path.is_empty() => Found::Page(page.id),
            LinkKind::Wiki | LinkKind::WikiEmbed => match self.named(&path, page.language) {
                Named::Page(id) if link.kind == LinkKind::Wiki => Found::Page(id),
                Named::File(file) => Found::File(file),
                Named::Several(pages) => {
                    out.push(self.ambiguous(document, link, &path, &pages));
                    return Target::Broken;
                }
                _ => Found::Nothing,
            },
            LinkKind::Link | LinkKind::Fact | LinkKind::Image | LinkKind::Include => {
                self.path(document.source.path(), &path, page.language)
            }
        };
        match found {
            Found::Page(to) if link.kind == LinkKind::Include && self.targets.pages[to.index()].document.is_none() => {
                out.push(self.broken(document, link, &path));
                Target::Broken
            }
            Found::File(_) if link.kind == LinkKind::Include => {
                let place = Place::new(document.source.path(), link.span);
                out.push(
                    Diagnostic::error(Code::Component, place, format!("`{path}` is no page"))
                        .hint("`:::include` takes a Markdown file of the site"),
                );
                Target::Broken
            }
            Found::Page(_) if link.kind == LinkKind::Image => {
                out.push(self.broken(document, link, &path));
                Target::Broken
            }
            Found::Page(to) => Target::Page(to, self.anchor(document, link, to, anchor, out)),
            Found::File(file) => Target::File(file),
            Found::Left => {
                let place = Place::new(document.source.path(), link.span);
                out.push(
                    Diagnostic::error(Code::BrokenLink, place, format!("`{path}` is a draft or has expired"))
                        .hint("publish it, or take the link out"),
                );
                Target::Broken
            }
            Found::Nothing => {
                out.push(self.broken(document, link, &path));
                Target::Broken
            }
        }
    }

    fn path(&self, from: &SourcePath, path: &str, language: usize) -> Found {
        let from_root = path.strip_prefix("@/").or_else(|| path.strip_prefix('/'));
        let first = match from_root {
            Some(rest) => self.targets.inside_content(rest, language),
            None => self.targets.relative(from, path, language),
        };
        if first != Found::Nothing || from_root.is_none() || path.starts_with("@/") {
            return first;
        }
        match self.targets.in_static(&self.material.config.layout.static_files, path) {
            Found::Nothing => self.targets.at_url(path, language),
            found => found,
        }
    }

    fn wiki(&self) -> &Wiki<'s> {
        self.wiki.get_or_init(|| Wiki::new(self.targets.pages, self.files))
    }

    fn named(&self, name: &str, language: usize) -> Named {
        self.wiki().find(name, language)
    }

    /// The id that an anchor means on a page; reported and left out if the page has none like it.
    fn anchor(
        &self,
        document: &Document,
        link: &Link,
        to: PageId,
        anchor: Option<String>,
        out: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let anchor = anchor?;
        let page = &self.targets.pages[to.index()];
        let body = page.document.as_ref().map(|document| &document.body);
        let headings: &[Heading] = body.map_or(&[], |body| &body.headings);
        let ids: &[Arc<str>] = body.map_or(&[], |body| &body.ids);
        if ids.binary_search_by(|id| (**id).cmp(&anchor)).is_ok() || (anchor == "top" && page.document.is_some()) {
            return Some(anchor);
        }
        let wiki = matches!(link.kind, LinkKind::Wiki);
        let by_text = headings.iter().find(|heading| wiki && heading.text.trim() == anchor.trim());
        if let Some(heading) = by_text {
            return Some(heading.id.to_string());
        }
        let at = document.source.text().get(link.span.range()).and_then(|text| text.find('#'));
        let start = link.span.start as usize + at.unwrap_or(0);
        let place = Place::new(document.source.path(), start..link.span.end as usize);
        let hint =
            self.suggestions.find(|| did_you_mean(&anchor, ids.iter().map(|id| &**id))).flatten().or_else(|| {
                let some: Vec<_> = headings.iter().take(SOME).map(|heading| format!("#{}", heading.id)).collect();
                (!some.is_empty()).then(|| format!("it has {}", some.join(", ")))
            });
        let name = page.document.as_ref().map_or(page.title.clone(), |own| own.source.path().to_string());
        let message = format!("`{name}` has no heading or id `{anchor}`");
        out.push(Diagnostic::error(Code::BrokenAnchor, place, message).hint_if(hint));
        None
    }

    fn broken(&self, document: &Document, link: &Link, path: &str) -> Diagnostic {
        let place = Place::new(document.source.path(), link.span);
        let shown = path.escape_debug();
        match link.kind {
            LinkKind::Wiki | LinkKind::WikiEmbed => {
                let hint = self.suggestions.find(|| self.wiki().nearest(path)).flatten();
                let hint = hint.map(|name| format!("did you mean `{name}`?"));
                Diagnostic::error(Code::BrokenLink, place, format!("no page is called `{shown}`")).hint_if(hint)
            }
            _ => self.no_file(path, place),
        }
    }

    fn ambiguous(&self, document: &Document, link: &Link, name: &str, pages: &[PageId]) -> Diagnostic {
        let place = Place::new(document.source.path(), link.span);
        let message = format!("{} pages are called `{}`", pages.len(), name.escape_debug());
        let key = |page: &PageId| format!("[[{}]]", self.targets.pages[page.index()].key);
        let some = pages.iter().take(SOME).map(key).collect::<Vec<_>>().join(", ");
        let more = pages.len().checked_sub(SOME).filter(|more| *more > 0);
        let more = more.map_or(String::new(), |more| format!(" or one of {more} more"));
        Diagnostic::error(Code::AmbiguousLink, place, message).hint(format!("write one of {some}{more}"))
    }
}

/// Whether a target begins with a scheme (RFC 3986, section 3.1) or a host.
fn has_scheme(target: &str) -> bool {
    if target.starts_with("//") {
        return true;
    }
    let Some((scheme, _)) = target.split_once(':') else { return false };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}
