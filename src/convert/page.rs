//! One page: its front matter, its body as CommonMark, and its links from where it stands now.

use std::collections::BTreeMap;

use super::blocks::blocks;
use super::directives::From;
use super::front::Front;
use super::ids::ids;
use super::places::{Place, Places, address};
use super::{Address, Dialect, Files, Project, fence, quoted, resolved};
use crate::html;
use crate::markdown::{LinkKind, Options, parse};
use crate::paths::{OutputPath, SourcePath, decode};
use crate::source::{Source, Span};

/// A page as it is written to the site.
pub(super) struct Page {
    pub text: String,
    /// What was left: a line and a clause each.
    pub notes: Vec<(usize, String)>,
    /// Whether it carries tags.
    pub has_tags: bool,
    /// Files of the project that it shows and that stand outside the folder of the pages.
    pub shown: Vec<String>,
}

/// What a page is made of.
pub(super) struct Making<'p> {
    pub project: &'p Project,
    pub files: &'p Files,
    /// The files in the folder of the pages, by their paths from there.
    pub own: &'p BTreeMap<&'p str, &'p Vec<u8>>,
    pub places: &'p Places,
}

impl Making<'_> {
    /// A page of the project with this path from the root.
    pub fn page(&self, path: &str, text: &str, place: &Place) -> Page {
        let (mut front, body, before) = Front::split(text);
        let (body, title, mut notes, shown) = match self.project.dialect {
            Dialect::MkDocs => {
                let (body, notes) = blocks(body);
                (body, None, notes, vec![])
            }
            Dialect::MdBook => {
                let whole = format!("{}{path}", self.project.root);
                let Project { root, has_math, .. } = self.project;
                let from =
                    From { path: &whole, root, files: self.files, places: self.places, has_math: *has_math, depth: 0 };
                let made = from.direct(body);
                (made.text, made.title, made.notes, made.shown.into_iter().collect())
            }
        };
        notes.iter_mut().for_each(|(line, _)| *line += before);
        self.describe(&mut front, path, &body, title, place);
        let has_tags = front.has("tags");
        let front = front.written();
        let body = self.links(path, &body, place);
        Page { text: format!("{front}{}", body.trim_start_matches('\n')), notes, has_tags, shown }
    }

    fn describe(&self, front: &mut Front, path: &str, body: &str, title: Option<String>, place: &Place) {
        if let Some(hidden) = front.take("hide") {
            let hides = |what: &str| hidden.iter().any(|line| line.contains(what));
            if hides("toc") {
                front.set("toc", "false");
            }
            if hides("navigation") {
                front.set("sidebar", "false");
            }
        }
        let heading = heading(body);
        match (front.text("title").map(str::to_owned).or(heading), title.or_else(|| place.title.clone())) {
            (None, _) if front.has("title") => {}
            (Some(known), Some(named)) if known != named => front.set("nav_title", &quoted(&named)),
            (None, Some(named)) => front.set("title", &quoted(&named)),
            (None, None) => {
                let name = path.rsplit('/').next().unwrap_or_default();
                front.set("title", &quoted(name.rsplit_once('.').map_or(name, |(stem, _)| stem)));
            }
            _ => {}
        }
        if let Some(weight) = place.weight {
            front.set("weight", &weight.to_string());
        }
        if let Some(address) = &place.address {
            front.set("path", &quoted(&format!("/{address}")));
        }
        if let Some(alias) = &place.alias {
            front.set("aliases", &format!("[{}]", quoted(&format!("/{alias}"))));
        }
        if place.is_apart {
            // mdBook makes no page of what its summary does not name, and nobody makes two pages of one address.
            let is_page = self.project.dialect == Dialect::MkDocs && !place.is_double;
            front.set(if is_page { "unlisted" } else { "draft" }, "true");
        }
    }

    /// The body with its links as they lead from its new place.
    fn links(&self, path: &str, body: &str, place: &Place) -> String {
        let Ok(own) = SourcePath::new(&format!("content/{}", place.file)) else { return body.to_owned() };
        let source = Source::new(own, body);
        let parsed = parse(&source, Span::new(0, body.len()), &Options::default());
        let mut edits = if self.project.has_own_ids { ids(body, &parsed.value.headings) } else { vec![] };
        for link in parsed.value.links.iter().filter(|link| matches!(link.kind, LinkKind::Link | LinkKind::Image)) {
            let range = link.span.range();
            let written = body.get(range.clone()).unwrap_or_default();
            // Where the target could not be found the span is the whole link.
            if !written.is_empty()
                && !written.contains(['(', '[', '<'])
                && let Some(new) = self.target(path, written, place)
            {
                edits.push((range, new));
            }
        }
        edits.sort_by_key(|(range, _)| range.start);
        edits.dedup();
        let mut done = html::Edits::default();
        edits.into_iter().for_each(|(range, new)| done.put(range, new));
        let out = done.apply(body);
        if self.project.dialect == Dialect::MdBook { tags(&out) } else { out }
    }

    /// The target of a link from the new place of its page; none where it stays as it is.
    fn target(&self, path: &str, written: &str, place: &Place) -> Option<String> {
        let (target, rest) = written.split_at(written.find(['#', '?']).unwrap_or(written.len()));
        if target.is_empty() || target.contains("://") || target.starts_with("//") || target.starts_with("mailto:") {
            return None;
        }
        let decoded = decode(target);
        let is_file = decoded.rsplit('/').next().is_some_and(|name| name.contains('.'));
        let by_address = self.project.dialect == Dialect::MkDocs && self.project.address == Address::Folder && !is_file;
        // What is no file is an address, seen from that of the page.
        let from = if by_address { address(self.project, path) } else { path.to_owned() };
        let found = resolved(&from, &decoded)?;
        let new = match self.page_at(&found, by_address) {
            Some(page) => self.places.get(&page)?.file.clone(),
            None if self.own.contains_key(found.as_str()) => found,
            None => return None,
        };
        let (from, to) = (OutputPath::new(&place.file).ok()?, OutputPath::new(&new).ok()?);
        Some(from.href_to(&to) + rest).filter(|new| new != written)
    }

    /// The page that a path of a file or an address names.
    fn page_at(&self, found: &str, by_address: bool) -> Option<String> {
        let slash = if found.is_empty() { "" } else { "/" };
        let indexes = ["index.md", "README.md"].map(|name| format!("{found}{slash}{name}"));
        let stem = found.strip_suffix(".html").unwrap_or(found);
        let readme = stem.strip_suffix("index").map(|folder| format!("{folder}README.md"));
        let files = [found.to_owned(), format!("{stem}.md")].into_iter().chain(readme).filter(|_| !found.is_empty());
        let all: Vec<String> = if by_address || found.is_empty() {
            indexes.into_iter().chain(files).collect()
        } else {
            files.chain(indexes).collect()
        };
        all.into_iter().find(|name| self.places.get(name).is_some())
    }
}

/// HTML with the addresses of pages where it names their files, as mdBook has it, outside of code. Addresses stay, so that
/// everything else leads where it led.
fn tags(body: &str) -> String {
    let mut open: Option<&str> = None;
    let mut out = String::new();
    for line in body.split_inclusive('\n') {
        let is_code = open.is_some() || line.starts_with("    ") || line.starts_with('\t');
        open = fence(open, line);
        if is_code || open.is_some() || !line.contains(".md") || line.contains('`') {
            out.push_str(line);
            continue;
        }
        out += &html::rewrite(line, |tag, edits| {
            let Some(attribute) = tag.attribute("href") else { return };
            let target = tag.text(&attribute.value);
            let (file, rest) = target.split_at(target.find(['#', '?']).unwrap_or(target.len()));
            if let Some(stem) = file.strip_suffix(".md").filter(|_| !file.contains("://")) {
                let folder = stem.strip_suffix("README").filter(|folder| folder.is_empty() || folder.ends_with('/'));
                let readme = folder.map(|folder| format!("{folder}index"));
                edits.put(attribute.value.clone(), format!("{}.html{rest}", readme.as_deref().unwrap_or(stem)));
            }
        });
    }
    out
}

/// The text of the first heading if it is a title: `# Title` in front of all other text, or `Title` above `===`.
fn heading(body: &str) -> Option<String> {
    let mut lines = body.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("<!--"));
    let first = lines.next()?;
    let underlined =
        || lines.clone().next().is_some_and(|line| line.len() > 1 && line.trim_end().bytes().all(|byte| byte == b'='));
    let text = match first.strip_prefix("# ") {
        Some(text) => text,
        None if underlined() => first,
        None => return None,
    };
    let text = text.rsplit_once('{').filter(|(_, rest)| rest.trim_end().ends_with('}')).map_or(text, |(text, _)| text);
    Some(text.trim().trim_end_matches('#').trim().replace(['`', '*'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_html() {
        assert_eq!(
            tags("<a href=\"x/README.md#a\">x</a> <img src=\"a.md\">\n```\n<a href=\"a.md\">\n```\n"),
            "<a href=\"x/index.html#a\">x</a> <img src=\"a.md\">\n```\n<a href=\"a.md\">\n```\n"
        );
        assert_eq!(heading("\n# A `b` {#c}\nx").as_deref(), Some("A b"));
        assert_eq!(heading("A\n===\n").as_deref(), Some("A"));
        assert_eq!(heading("## A\n"), None);
    }
}
