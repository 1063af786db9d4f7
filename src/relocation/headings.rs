//! A heading that gets another text: its line, and every link to an id that changes with it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::rewrite::Edit;
use crate::diagnostic::did_you_mean;
use crate::document::Document;
use crate::markdown::{self, Options};
use crate::markdown::{Heading, Link};
use crate::paths::{SourcePath, decode};
use crate::site::{Page, Site, Target};
use crate::source::{Source, Span};

/// The ids of one file that become others.
#[derive(Default)]
pub(super) struct Anchors {
    file: Option<SourcePath>,
    /// The new heading of every id.
    ids: BTreeMap<String, Heading>,
}

/// The heading that a text names by its id or its words, and how it gets another text; what it has in braces stays.
///
/// # Errors
/// What is wrong with the name, or with the heading.
pub(super) fn change(document: &Document, name: &str, text: &str) -> Result<(usize, Edit), String> {
    let headings = &document.body.headings;
    let is_named = |heading: &Heading| heading_ids(heading).any(|id| id == name);
    let at = headings.iter().position(is_named);
    let at =
        at.or_else(|| headings.iter().position(|heading| heading.text.trim() == name.trim())).ok_or_else(|| {
            let hint = did_you_mean(name, headings.iter().map(|heading| &*heading.id));
            let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
            format!("`{}` has no heading `{}`{hint}", document.source.path(), name.escape_debug())
        })?;
    if text.contains(['\n', '\r']) {
        return Err("a heading is one line".into());
    }
    if text.trim().is_empty() {
        return Err("a heading has a text".into());
    }
    let whole = headings[at].span.range();
    let inner = document.source.text().get(whole.clone()).and_then(|source| inner(source, &headings[at].text));
    let inner = inner.ok_or_else(|| format!("`{}` has no text that could be replaced", name.escape_debug()))?;
    if document.source.text()[whole.start + inner.start..whole.start + inner.end] == *text.trim() {
        return Err(format!("`{}` is what stands there already", text.escape_debug()));
    }
    Ok((at, Edit::new(whole.start + inner.start..whole.start + inner.end, text.trim().to_owned())))
}

/// Where the text of a heading, which is read as `shown`, stands (CommonMark 0.31.2, sections 4.2 and 4.3).
fn inner(source: &str, shown: &str) -> Option<Range<usize>> {
    let marks = source.len() - source.trim_start_matches('#').len();
    let (start, line) = match marks {
        // The line below the text is no part of it.
        0 => (0, source.trim_end().rsplit_once('\n')?.0),
        _ => (marks, source.lines().next()?.get(marks..)?),
    };
    let mut text = line.trim_end();
    // Braces that are shown are no attributes.
    if let Some(at) = text.rfind('{').filter(|_| text.ends_with('}') && !shown.trim_end().ends_with('}')) {
        text = text[..at].trim_end();
    }
    let open = text.trim_end_matches('#');
    if marks > 0 && (open.is_empty() || open.ends_with([' ', '\t'])) {
        text = open.trim_end();
    }
    let space = text.len() - text.trim_start().len();
    (!text.trim().is_empty()).then(|| start + space..start + text.len())
}

fn heading_ids(heading: &Heading) -> impl Iterator<Item = &str> {
    heading.aliases.iter().chain([&heading.id]).map(|id| &**id)
}

/// What a line is read as where nothing around it can make anything else of it; none if it is no text.
fn read_alone(line: &str) -> Option<String> {
    let source = Source::new(SourcePath::new("heading.md").ok()?, format!("{line}\n==="));
    let whole = Span::new(0, source.text().len());
    let read = markdown::parse(&source, whole, &Options::default()).value;
    match read.headings.as_slice() {
        [only] => Some(only.text.clone()),
        _ => None,
    }
}

impl Anchors {
    /// What the ids of a file become, heading by heading, when only the text of one is another, and is the one that was
    /// asked for; none otherwise.
    pub fn between(before: &Document, after: Option<&Document>, (at, asked): (usize, &str)) -> Option<Self> {
        let after = after?;
        let (old, new) = (&before.body.headings, &after.body.headings);
        let text = read_alone(asked);
        let same = |(place, (old, new)): (usize, (&Heading, &Heading))| {
            let wanted = if place == at { text.as_ref() } else { Some(&old.text) };
            old.level == new.level && wanted == Some(&new.text)
        };
        let texts = |document: &Document| {
            let sections = document.body.sections.iter();
            sections.map(|section| section.text.clone()).collect::<Vec<_>>()
        };
        if old.len() != new.len() || !old.iter().zip(new).enumerate().all(same) || texts(before) != texts(after) {
            return None;
        }
        let pairs = old.iter().zip(new);
        let ids = pairs.flat_map(|(old, new)| heading_ids(old).map(|id| (id.to_owned(), new.clone())));
        Some(Self { file: Some(before.source.path().clone()), ids: ids.collect() })
    }

    /// Whether an id of a page leads afterwards where it led before.
    pub fn leads(&self, page: &Page, before: Option<&str>, after: Option<&str>) -> bool {
        match before.and_then(|id| self.heading(page, id)) {
            Some(heading) => after.is_some_and(|id| heading_ids(heading).any(|own| own == id)),
            None => before == after,
        }
    }

    /// The new heading of an id of a page; none if the page shows another file.
    fn heading(&self, page: &Page, id: &str) -> Option<&Heading> {
        let shown = page.document.as_ref().map(|document| document.source.path());
        self.ids.get(id).filter(|_| shown == self.file.as_ref())
    }

    /// What must be written anew in the links of a page.
    pub fn edits(&self, site: &Site, page: &Page, document: &Document) -> Vec<Edit> {
        let links = document.body.links.iter().zip(&page.links);
        let edits = links.filter_map(|(link, target)| {
            let Target::Page(to, Some(id)) = target else { return None };
            let heading = self.heading(site.page(*to), id)?;
            let range = fragment(document, link)?;
            let written = decode(document.source.text().get(range.clone())?);
            // A wiki link may name a heading by its words.
            let has = |heading: &Heading| heading_ids(heading).any(|own| own == written);
            let new = if written == *id || has(heading) { heading.id.to_string() } else { heading.text.clone() };
            (!has(heading) && new != written).then(|| Edit::new(range, new))
        });
        edits.collect()
    }
}

/// Where the part behind the `#` of a link stands; none where the destination holds an escape, and the span is the whole
/// link.
fn fragment(document: &Document, link: &Link) -> Option<Range<usize>> {
    let whole = link.span.range();
    let written = document.source.text().get(whole.clone())?;
    let at = written.find('#').filter(|_| decode(written) == decode(&link.target))?;
    Some(whole.start + at + 1..whole.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_heading_stands_between_its_marks() {
        for (source, text) in [
            ("## One", "One"),
            ("##\tOne two ##", "One two"),
            ("# C#", "C#"),
            ("## One {#id}", "One"),
            ("## One ## {#id .c}", "One"),
            ("## {{One}}", "{{One}}"),
            ("One\n===", "One"),
            ("One {#id}\n---\n", "One"),
            ("##", ""),
        ] {
            let found = inner(source, text).map_or("", |range| &source[range]);
            assert_eq!(found, text, "{source:?}");
        }
    }
}
