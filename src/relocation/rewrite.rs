//! What names a page or file that moves, or stands in one: written anew in the way in which it was written.

use std::ops::Range;

use super::places::Places;
use crate::document::Document;
use crate::markdown::LinkKind;
use crate::paths::{SourcePath, decode, encode};
use crate::site::{Page, Site, Target, last};
use crate::tree::Written;

/// Other text for a part of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edit {
    start: usize,
    end: usize,
    text: String,
}

impl Edit {
    pub(super) fn new(range: Range<usize>, text: String) -> Self {
        Self { start: range.start, end: range.end, text }
    }

    /// Another text for what front matter says; none if it is not found where it should stand.
    pub(super) fn of_written(document: &Document, written: &Written, text: &str) -> Option<Self> {
        let whole = written.place.span.range();
        let source = document.source.text().get(whole.clone())?;
        let found = source.find(&written.text)?;
        let quote = source[..found].chars().next_back().filter(|c| matches!(c, '"' | '\''));
        let start = whole.start + found;
        Some(Self::new(start..start + written.text.len(), in_yaml(text, quote)))
    }
}

/// A text as it can stand in YAML between these quotes, or without any in a list in brackets (YAML 1.2.2, section 7.3).
fn in_yaml(text: &str, quote: Option<char>) -> String {
    let escaped = || text.replace('\\', "\\\\").replace('"', "\\\"");
    let is_plain = |c: char| c.is_alphanumeric() || !c.is_ascii() || "-_./+ ".contains(c);
    let starts = |c: char| c.is_alphanumeric() || !c.is_ascii() || "_./".contains(c);
    match quote {
        Some('"') => escaped(),
        Some(_) => text.replace('\'', "''"),
        None if text.starts_with(starts) && text.chars().all(is_plain) && text != "null" => text.to_owned(),
        None => format!("\"{}\"", escaped()),
    }
}

/// A text with its edits made, of which none overlap.
pub(super) fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort();
    let (mut out, mut from) = (String::with_capacity(text.len() + 64), 0);
    for edit in edits {
        // A link in a link whose destination was not found: what is not written anew is complained of afterwards.
        if edit.start < from {
            continue;
        }
        out.push_str(&text[from..edit.start]);
        out.push_str(&edit.text);
        from = edit.end;
    }
    out + &text[from..]
}

/// All that must be written anew in the file of a page.
pub(super) fn edits(places: &Places, site: &Site, page: &Page, document: &Document) -> Vec<Edit> {
    let file = Rewriting { places, document, from: document.source.path(), to: places.path(document.source.path()) };
    let links = document.body.links.iter().zip(&page.links);
    let known = links.filter(|(_, target)| matches!(target, Target::Page(..) | Target::File(_)));
    let mut edits: Vec<Edit> = known
        .filter_map(|(link, target)| match link.kind {
            LinkKind::Wiki | LinkKind::WikiEmbed => {
                let page = if let Target::Page(id, _) = target { Some(site.page(*id)) } else { None };
                file.name(link.span.range(), page)
            }
            _ => {
                let written = file.text(&link.span.range());
                // Where the destination holds an escape the span is the whole link.
                let found = decode(path_of(written)) == decode(path_of(&link.target));
                let moves = moves(places, site, target);
                found.then(|| file.link(link.span.range(), link.kind != LinkKind::Include, moves)).flatten()
            }
        })
        .collect();
    edits.extend(document.body.included_code.iter().filter_map(|include| {
        let place = crate::build::place_of_include(document, include);
        file.link(place.span.range(), false, true)
    }));
    let below = document.front.cascade.as_ref().and_then(|below| below.image.as_ref());
    let front = [&document.front.prev, &document.front.next, &document.front.image].map(Option::as_ref);
    edits.extend(front.into_iter().chain([below]).flatten().filter_map(|written| file.written(written)));
    edits.extend(places.renamed.iter().flat_map(|renamed| renamed.edits(document)));
    // Links that share a definition share their place.
    edits.sort();
    edits.dedup();
    edits
}

/// A link's path without what stands behind it.
fn path_of(target: &str) -> &str {
    &target[..target.find(['#', '?']).unwrap_or(target.len())]
}

/// Whether what a link leads to has another place afterwards.
fn moves(places: &Places, site: &Site, target: &Target) -> bool {
    match target {
        Target::Page(id, _) => places.moved_key(&site.page(*id).key) != site.page(*id).key,
        Target::File(output) => places.moves(output),
        Target::Fact(_) | Target::Kept | Target::Broken => false,
    }
}

/// One file.
struct Rewriting<'r> {
    places: &'r Places,
    document: &'r Document,
    from: &'r SourcePath,
    to: SourcePath,
}

impl Rewriting<'_> {
    fn text(&self, range: &Range<usize>) -> &str {
        self.document.source.text().get(range.clone()).unwrap_or_default()
    }

    /// A link at a place, whose target may move; `encoded` if it stands where a URL stands.
    fn link(&self, range: Range<usize>, encoded: bool, moves: bool) -> Option<Edit> {
        let path = path_of(self.text(&range));
        let new = self.path(&decode(path), moves)?;
        let angled = self.document.source.text()[..range.start].ends_with('<');
        let text = match (encoded, angled && decode(path) == path) {
            (false, _) => new,
            (true, true) => new.replace('%', "%25").replace('#', "%23").replace('?', "%3F"),
            (true, false) => new.split('/').map(encode).collect::<Vec<_>>().join("/"),
        };
        Some(Edit { start: range.start, end: range.start + path.len(), text })
    }

    /// A path that front matter names.
    fn written(&self, written: &Written) -> Option<Edit> {
        if written.text == "false" || written.text.contains("//") || written.place.path != *self.from {
            return None;
        }
        let new = self.path(&written.text, true)?;
        Edit::of_written(self.document, written, &new)
    }

    /// A wiki link that names a page by its key or by the last part of it.
    fn name(&self, range: Range<usize>, page: Option<&Page>) -> Option<Edit> {
        let written = self.text(&range);
        let name = &written[..written.find(['#', '|']).unwrap_or(written.len())];
        let (stem, ending) = name.strip_suffix(".md").map_or((name, ""), |stem| (stem, ".md"));
        let page = page?;
        let is = |name: &str| name.to_lowercase() == stem.to_lowercase();
        // A title stays what it is.
        if page.own_document().and_then(|document| document.title()).is_some_and(is) {
            return None;
        }
        let moved = self.places.moved_key(&page.key);
        let new = match () {
            () if moved == page.key => return None,
            () if is(&page.key) => moved,
            () if is(last(&page.key)) => last(&moved).to_owned(),
            () => return None,
        };
        (new != stem).then(|| Edit { start: range.start, end: range.start + name.len(), text: new + ending })
    }

    /// The path that leads afterwards where a path leads now; none if that is the same.
    fn path(&self, path: &str, moves: bool) -> Option<String> {
        if path.is_empty() {
            return None;
        }
        let root = ["@/", "/"].into_iter().find(|root| path.starts_with(root));
        if let Some(root) = root {
            if !moves {
                return None;
            }
            let inside = &path[root.len()..];
            return Some(format!("{root}{}", self.places.inside(inside)?));
        }
        let slash = if path.ends_with('/') { "/" } else { "" };
        let leads = self.from.resolve(path.trim_end_matches('/')).ok()?;
        let moved = Some(leads.as_str()).filter(|_| moves).and_then(|leads| self.places.moved(leads, true));
        if moved.is_none() && *self.from == self.to {
            return None;
        }
        let moved = moved.unwrap_or_else(|| leads.as_str().to_owned());
        // In what moves together most stays as it is.
        let together = || self.to.resolve(path.trim_end_matches('/')).is_ok_and(|same| same.as_str() == moved);
        if moved != leads.as_str() && together() {
            return None;
        }
        let new = format!("{}{slash}", relative(self.to.folder(), moved.trim_end_matches('/')));
        let dotted = if path.starts_with("./") && !new.starts_with('.') { "./" } else { "" };
        Some(format!("{dotted}{new}")).filter(|new| new != path)
    }
}

/// The way from a folder to a file or folder.
fn relative(folder: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) =
        (folder.split('/').filter(|part| !part.is_empty()).collect(), to.split('/').collect());
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    let way: Vec<&str> = up.chain(to[shared..].iter().copied()).collect();
    if way.is_empty() { ".".into() } else { way.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_go_up_and_down() {
        assert_eq!(relative("content/a", "content/a/b.md"), "b.md");
        assert_eq!(relative("content/a/b", "content/c.md"), "../../c.md");
        assert_eq!(relative("", "c.md"), "c.md");
        assert_eq!(relative("content/a", "content/a"), ".");
    }
}
