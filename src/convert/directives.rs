//! What mdBook puts into pages before they are Markdown: `{{#include file:anchor}}`, `{{#playground file}}`, `{{#title text}}`.

use std::collections::BTreeSet;

use super::blocks::opening;
use super::places::Places;
use super::{Files, is_page, text};

/// A body with what its directives became.
#[derive(Debug, Default)]
pub(super) struct Directed {
    pub text: String,
    /// What `{{#title}}` says.
    pub title: Option<String>,
    /// What was left: a line and a clause each.
    pub notes: Vec<(usize, String)>,
    /// Files that are shown and stand outside the folder of the pages.
    pub shown: BTreeSet<String>,
}

/// Where a page stands that has directives.
pub(super) struct From<'p> {
    /// Its file in the project.
    pub path: &'p str,
    /// The folder of the pages, with a slash behind it or empty.
    pub root: &'p str,
    pub files: &'p Files,
    pub places: &'p Places,
    /// Formulas stand in `\\(` and `\\[`.
    pub has_math: bool,
}

impl From<'_> {
    /// The body with what its directives became.
    pub fn direct(&self, body: &str) -> Directed {
        let mut out = Directed::default();
        let lines: Vec<&str> = body.lines().collect();
        let mut at = 0;
        while at < lines.len() {
            match opening(lines[at]) {
                Some(mark) => {
                    let closes = |line: &&str| {
                        line.trim_start().starts_with(mark) && line.trim().trim_start_matches(&mark[..1]).is_empty()
                    };
                    let end = lines[at + 1..].iter().position(closes).map_or(lines.len(), |end| at + 1 + end);
                    self.code(&lines[at..end], at + 1, &mut out);
                    if let Some(line) = lines.get(end) {
                        out.text += &format!("{line}\n");
                    }
                    at = end + 1;
                }
                None => {
                    self.line(lines[at], at + 1, &mut out);
                    at += 1;
                }
            }
        }
        out
    }

    /// A block of code with its first line: one that holds an include alone names the file, in others its text stands.
    fn code(&self, lines: &[&str], number: usize, out: &mut Directed) {
        let [head, body @ ..] = lines else { return };
        let full: Vec<&str> = body.iter().copied().filter(|line| !line.trim().is_empty()).collect();
        if let [only] = full.as_slice()
            && let Some(Directive { name: "include" | "rustdoc_include" | "playground", argument }) =
                Directive::read(only.trim())
            && let Some(target) = self.shown(argument, out)
        {
            let language = head.trim_end();
            out.text += &format!("{language} {{include=\"{target}\"}}\n");
            return;
        }
        out.text += &format!("{head}\n");
        for (at, line) in body.iter().enumerate() {
            match Directive::read(line.trim()) {
                Some(directive) if directive.name.ends_with("include") => {
                    self.inline(directive.argument, number + at + 1, out);
                }
                _ => out.text += &format!("{}\n", line.replace("\\{{#", "{{#")),
            }
        }
    }

    fn line(&self, line: &str, number: usize, out: &mut Directed) {
        let trimmed = line.trim();
        match Directive::read(trimmed) {
            Some(Directive { name: "title", argument }) => out.title = Some(argument.trim().to_owned()),
            Some(Directive { name: "playground" | "playpen", argument }) => {
                let file = argument.split_whitespace().next().unwrap_or_default();
                match self.shown(file, out) {
                    Some(target) => out.text += &format!("```rust {{include=\"{target}\"}}\n```\n"),
                    None => self.left(line, number, out),
                }
            }
            Some(Directive { name: "include" | "rustdoc_include", argument }) => {
                let page = self.resolved(argument).filter(|path| is_page(path));
                let place = page.as_deref().and_then(|path| self.places.get(path.strip_prefix(self.root)?));
                match place {
                    Some(place) => out.text += &format!(":::include /{}\n", place.file),
                    None => self.inline(argument, number, out),
                }
            }
            Some(_) => self.left(line, number, out),
            None if trimmed.contains("{{#") && !trimmed.contains("\\{{#") => self.left(line, number, out),
            None => out.text += &format!("{}\n", self.plain(line)),
        }
    }

    fn plain(&self, line: &str) -> String {
        let line = line.replace("\\{{#", "{{#");
        if !self.has_math {
            return line;
        }
        let line = line.replace("\\\\[", "$$").replace("\\\\]", "$$");
        // A formula has no white space inside its signs.
        let mut parts = line.split("\\\\(");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| match part.split_once("\\\\)") {
            Some((formula, rest)) => format!("{out}${}${rest}", formula.trim()),
            None => format!("{out}\\\\({part}"),
        })
    }

    fn left(&self, line: &str, number: usize, out: &mut Directed) {
        out.notes.push((number, format!("`{}` is left as it is written", line.trim())));
        out.text += &format!("{line}\n");
    }

    /// The path of a file in the project that a page names, without its lines.
    fn resolved(&self, argument: &str) -> Option<String> {
        let file = argument.trim().split(':').next().unwrap_or_default();
        let mut parts: Vec<&str> = self.path.split('/').collect();
        parts.pop();
        for part in file.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(parts.join("/")).filter(|path| self.files.contains_key(path))
    }

    /// What a block of code names to show a part of a file: `/examples/a.rs#L2-L4`.
    fn shown(&self, argument: &str, out: &mut Directed) -> Option<String> {
        let path = self.resolved(argument)?;
        let count = text(&self.files[&path]).lines().count();
        let part = match Part::read(argument.trim()) {
            Part::Whole => String::new(),
            Part::Anchor(name) => format!("#{name}"),
            Part::Lines(first, last) if first <= last.min(count) => format!("#L{first}-L{}", last.min(count)),
            Part::Lines(..) => return None,
        };
        match path.strip_prefix(self.root).filter(|path| !is_page(path)) {
            Some(path) => Some(format!("/{path}{part}")),
            None => {
                out.shown.insert(path.clone());
                Some(format!("/{path}{part}"))
            }
        }
    }

    /// The text itself of a part of a file.
    fn inline(&self, argument: &str, number: usize, out: &mut Directed) {
        let Some(path) = self.resolved(argument) else {
            out.notes.push((number, format!("there is no file `{argument}` that could be included")));
            out.text += &format!("{{{{#include {argument}}}}}\n");
            return;
        };
        let file = text(&self.files[&path]);
        let is_mark = |line: &&str| line.contains("ANCHOR: ") || line.contains("ANCHOR_END: ");
        let lines: Vec<&str> = match Part::read(argument.trim()) {
            Part::Whole => file.lines().filter(|line| !is_mark(line)).collect(),
            Part::Lines(first, last) => file.lines().skip(first - 1).take((last + 1).saturating_sub(first)).collect(),
            Part::Anchor(name) => {
                let (start, end) = (format!("ANCHOR: {name}"), format!("ANCHOR_END: {name}"));
                let inside = file.lines().skip_while(|line| !line.trim_end().ends_with(&start)).skip(1);
                inside.take_while(|line| !line.trim_end().ends_with(&end)).filter(|line| !is_mark(line)).collect()
            }
        };
        out.text.extend(lines.iter().map(|line| format!("{line}\n")));
    }
}

/// `{{#name argument}}` on a line of its own.
struct Directive<'l> {
    name: &'l str,
    argument: &'l str,
}

impl<'l> Directive<'l> {
    fn read(line: &'l str) -> Option<Self> {
        let inner = line.strip_prefix("{{#")?.strip_suffix("}}")?;
        let (name, argument) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        (!argument.contains("{{")).then_some(Self { name, argument })
    }
}

/// Which part of a file is meant.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Whole,
    /// From one line to another, from 1.
    Lines(usize, usize),
    Anchor(&'a str),
}

impl<'a> Part<'a> {
    /// `file`, `file:2`, `file:2:10`, `file::10`, `file:2:`, `file:anchor`.
    fn read(argument: &'a str) -> Self {
        let mut parts = argument.split_whitespace().next().unwrap_or_default().split(':').skip(1);
        let (first, last) = (parts.next(), parts.next());
        let number = |part: &str| part.parse::<usize>().ok();
        match (first, last) {
            (None | Some(""), None) => Part::Whole,
            (Some(one), None) => number(one).map_or(Part::Anchor(one), |line| Part::Lines(line.max(1), line.max(1))),
            (first, Some(last)) => {
                let first = first.and_then(number).unwrap_or(1);
                Part::Lines(first.max(1), number(last).unwrap_or(usize::MAX - 1))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_become_what_they_show() {
        let files: Files = [
            ("src/a.md", "A\n"),
            ("src/x/main.rs", "// ANCHOR: one\nlet a = 1;\n// ANCHOR_END: one\nlet b = 2;\n"),
            ("listings/m.rs", "1\n2\n3\n"),
        ]
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .into();
        let places = Places::default();
        let from = From { path: "src/a.md", root: "src/", files: &files, places: &places, has_math: true };
        let body = "{{#title Own}}\n```rust,ignore\n{{#include x/main.rs:one}}\n```\n```\n{{#include ../listings/m.rs:2:}}\n```\n```\nfn\n{{#rustdoc_include x/main.rs:one}}\n```\n{{#include ../listings/m.rs::2}}\n{{#playground x/main.rs editable}}\n\\\\( x \\\\) \\{{#x}}\n{{#include gone.rs}}\n{{#template a.md}}\n";
        let made = from.direct(body);
        let expected = "```rust,ignore {include=\"/x/main.rs#one\"}\n```\n``` {include=\"/listings/m.rs#L2-L3\"}\n```\n```\nfn\nlet a = 1;\n```\n1\n2\n```rust {include=\"/x/main.rs\"}\n```\n$x$ {{#x}}\n{{#include gone.rs}}\n{{#template a.md}}\n";
        assert_eq!(made.text, expected);
        assert_eq!((made.title.as_deref(), made.shown.len()), (Some("Own"), 1));
        assert_eq!(made.notes.iter().map(|note| note.0).collect::<Vec<_>>(), [15, 16]);
    }
}
