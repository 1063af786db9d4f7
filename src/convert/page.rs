//! One page: its front matter, its body as CommonMark, and its links from where it stands now.

use std::collections::BTreeMap;

use super::blocks::{blocks, opening};
use super::directives::From;
use super::front::Front;
use super::places::{Place, Places};
use super::{Dialect, Files, Project, quoted};
use crate::html;
use crate::markdown::{LinkKind, Options, parse};
use crate::paths::{SourcePath, decode, encode};
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
                let from = From { path: &whole, root, files: self.files, places: self.places, has_math: *has_math };
                let made = from.direct(body);
                (made.text, made.title, made.notes, made.shown.into_iter().collect())
            }
        };
        notes.iter_mut().for_each(|(line, _)| *line += before);
        self.describe(&mut front, path, &body, title, place);
        let has_tags = front.has("tags");
        // These are texts here, and more in some themes.
        let front = front.written(&["date", "authors", "search", "image", "template", "description"]);
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
        // Templates of the old theme are not there.
        for key in ["template", "layout"] {
            if let Some(lines) = front.take(key) {
                front.set(&format!("old_{key}"), lines[0].split_once(':').map_or("", |(_, value)| value.trim()));
            }
        }
        let heading = heading(body);
        match (front.text("title").map(str::to_owned).or(heading), title.or_else(|| place.title.clone())) {
            (Some(known), Some(named)) if known != named && !front.has("nav_title") => {
                front.set("nav_title", &quoted(&named))
            }
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
            front.take("slug");
            front.set("path", &quoted(&format!("/{address}")));
        }
        if let Some(alias) = &place.alias {
            front.set("aliases", &format!("[{}]", quoted(&format!("/{alias}"))));
        }
        if place.is_apart {
            // mdBook makes no page of what its summary does not name.
            front.set(if self.project.dialect == Dialect::MdBook { "draft" } else { "unlisted" }, "true");
        }
    }

    /// The body with its links as they lead from its new place.
    fn links(&self, path: &str, body: &str, place: &Place) -> String {
        let Ok(own) = SourcePath::new(&format!("content/{}", place.file)) else { return body.to_owned() };
        let source = Source::new(own, body);
        let parsed = parse(&source, Span::new(0, body.len()), &Options::default());
        let mut edits: Vec<(std::ops::Range<usize>, String)> = vec![];
        for link in parsed.value.links.iter().filter(|link| matches!(link.kind, LinkKind::Link | LinkKind::Image)) {
            let range = link.span.range();
            let written = body.get(range.clone()).unwrap_or_default();
            // Where the target could not be found the span is the whole link.
            if !written.contains(['(', '[', '<'])
                && let Some(new) = self.target(path, written, place)
            {
                edits.push((range, new));
            }
        }
        edits.sort_by_key(|(range, _)| range.start);
        edits.dedup();
        let (mut out, mut from) = (String::new(), 0);
        for (range, new) in edits.into_iter().filter(|(range, _)| range.start < range.end) {
            if range.start >= from {
                out.push_str(&body[from..range.start]);
                out.push_str(&new);
                from = range.end;
            }
        }
        out.push_str(&body[from..]);
        self.tags(path, &out, place)
    }

    /// The same for what stands in HTML, outside of code.
    fn tags(&self, path: &str, body: &str, place: &Place) -> String {
        let mut fence: Option<&str> = None;
        let mut out = String::new();
        for line in body.split_inclusive('\n') {
            match (fence, opening(line)) {
                (Some(open), Some(mark)) if mark.starts_with(open) => fence = None,
                (None, mark) => fence = mark,
                _ => {}
            }
            if fence.is_some() || !line.contains('<') {
                out.push_str(line);
                continue;
            }
            out += &html::rewrite(line, |tag, edits| {
                for name in ["href", "src"] {
                    let Some(attribute) = tag.attribute(name).filter(|attribute| !attribute.value.is_empty()) else {
                        continue;
                    };
                    if let Some(new) = self.target(path, tag.text(&attribute.value), place) {
                        edits.put(attribute.value.clone(), new);
                    }
                }
            });
        }
        out
    }

    /// The target of a link from the new place of its page; none where it stays as it is.
    fn target(&self, path: &str, written: &str, place: &Place) -> Option<String> {
        let (target, rest) = written.split_at(written.find(['#', '?']).unwrap_or(written.len()));
        if target.is_empty() || target.contains("://") || target.starts_with("//") || target.starts_with("mailto:") {
            return None;
        }
        let decoded = decode(target);
        let mut parts: Vec<&str> = if decoded.starts_with('/') { vec![] } else { path.split('/').collect() };
        parts.pop();
        for part in decoded.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        let found = parts.join("/");
        let new = match self.page_at(&found) {
            Some(page) => self.places.get(&page)?.file.clone(),
            None if self.own.contains_key(found.as_str()) => found,
            None => return None,
        };
        let relative = relative(&place.file, &new);
        let encoded: Vec<String> = relative.split('/').map(encode).collect();
        Some(encoded.join("/") + rest).filter(|new| new != written)
    }

    /// The page that a path of a file or an address names.
    fn page_at(&self, found: &str) -> Option<String> {
        let stem = found.strip_suffix(".html").unwrap_or(found);
        let slash = if found.is_empty() { "" } else { "/" };
        let names = [
            found.to_owned(),
            format!("{stem}.md"),
            format!("{found}{slash}index.md"),
            format!("{found}{slash}README.md"),
        ];
        let index = stem.strip_suffix("index").map(|folder| format!("{folder}README.md"));
        names.into_iter().chain(index).find(|name| self.places.get(name).is_some())
    }
}

/// The way from a file to another one.
fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let same =
        from.iter().zip(&to).take_while(|(one, other)| one == other).count().min(from.len() - 1).min(to.len() - 1);
    let up = vec![".."; from.len() - 1 - same];
    up.into_iter().chain(to[same..].iter().copied()).collect::<Vec<_>>().join("/")
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
    fn ways_and_headings() {
        assert_eq!(relative("a/b.md", "a/c/d.md"), "c/d.md");
        assert_eq!(relative("a/b/c.md", "x.png"), "../../x.png");
        assert_eq!(relative("a.md", "a.md"), "a.md");
        assert_eq!(relative("a/_index.md", "_index.md"), "../_index.md");
        assert_eq!(heading("\n# A `b` {#c}\nx").as_deref(), Some("A b"));
        assert_eq!(heading("A\n===\n").as_deref(), Some("A"));
        assert_eq!(heading("## A\n"), None);
    }
}
