//! What mdBook puts into pages before they are Markdown: `{{#include file:anchor}}`, `{{#playground file}}`, `{{#title text}}`.

use std::collections::BTreeSet;

use super::places::Places;
use super::{Files, fence, is_page, resolved, text};
use crate::import::Lines;

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
    /// How many files include this one.
    pub depth: usize,
}

impl From<'_> {
    /// The body with what its directives became.
    pub fn direct(&self, body: &str) -> Directed {
        let mut out = Directed::default();
        let lines: Vec<&str> = body.lines().collect();
        let mut at = 0;
        while at < lines.len() {
            let mut open = fence(None, lines[at]);
            if open.is_none() {
                self.line(lines[at], at + 1, &mut out);
                at += 1;
                continue;
            }
            let start = at;
            while open.is_some() {
                at += 1;
                let Some(line) = lines.get(at) else { break };
                open = fence(open, line);
            }
            self.code(&lines[start..at.min(lines.len())], start + 1, &mut out);
            out.text.extend(lines.get(at).map(|line| format!("{line}\n")));
            at += 1;
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
        let is_rust = head.trim_start_matches([' ', '`', '~']).split([',', ' ', '{']).next() == Some("rust");
        let mut inner = Directed::default();
        for (at, line) in body.iter().enumerate() {
            match Directive::read(line.trim()) {
                Some(directive) if directive.name.ends_with("include") => {
                    self.inline(directive.argument, line, number + at + 1, &mut inner);
                }
                _ => inner.text += &format!("{}\n", line.replace("\\{{#", "{{#")),
            }
        }
        out.notes.append(&mut inner.notes);
        match is_rust.then(|| hidden(&inner.text)) {
            Some((text, hidden)) if !hidden.is_empty() => {
                out.text += &format!("{} {{hide=\"{hidden}\"}}\n{text}", head.trim_end());
            }
            _ => out.text += &format!("{head}\n{}", inner.text),
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
                let page =
                    self.resolved(argument).filter(|path| is_page(path) && Part::read(argument.trim()) == Part::Whole);
                let place = page.as_deref().and_then(|path| self.places.get(path.strip_prefix(self.root)?));
                match place.filter(|place| !place.is_apart) {
                    Some(place) => out.text += &format!(":::include /{}\n", place.file),
                    None => self.inline(argument, line, number, out),
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
        let formulas = |text: &str| {
            let mut parts = text.split("\\\\(");
            let first = parts.next().unwrap_or_default().to_owned();
            parts.fold(first, |out, part| match part.split_once("\\\\)") {
                Some((formula, rest)) => format!("{out}${}${rest}", formula.trim()),
                None => format!("{out}\\\\({part}"),
            })
        };
        // Every second part is code.
        let parts = line.split('`').enumerate();
        let parts = parts.map(|(at, part)| if at % 2 == 0 { formulas(part) } else { part.to_owned() });
        parts.collect::<Vec<_>>().join("`")
    }

    fn left(&self, line: &str, number: usize, out: &mut Directed) {
        out.notes.push((number, format!("`{}` is left as it is written", line.trim())));
        out.text += &format!("{line}\n");
    }

    /// The path of a file in the project that a page names, without its lines.
    fn resolved(&self, argument: &str) -> Option<String> {
        let file = argument.split_whitespace().next().unwrap_or_default().split(':').next().unwrap_or_default();
        resolved(self.path, file).filter(|path| self.files.contains_key(path))
    }

    /// What a block of code names to show a part of a file: `/examples/a.rs#L2-L4`. Nothing names the text of a page, which
    /// a file elsewhere would become, too.
    fn shown(&self, argument: &str, out: &mut Directed) -> Option<String> {
        let path = self.resolved(argument).filter(|path| !is_page(path))?;
        let count = text(&self.files[&path]).lines().count();
        let part = match Part::read(argument.trim()) {
            Part::Whole => String::new(),
            Part::Anchor(name) => format!("#{name}"),
            Part::Lines(first, last) if first <= last.min(count) => format!("#L{first}-L{}", last.min(count)),
            Part::Lines(..) => return None,
        };
        if let Some(inside) = path.strip_prefix(self.root) {
            return Some(format!("/{inside}{part}"));
        }
        let target = format!("/{path}{part}");
        out.shown.insert(path);
        Some(target)
    }

    /// The text itself of a part of a file, as far in as the line that includes it, with what it includes.
    fn inline(&self, argument: &str, line: &str, number: usize, out: &mut Directed) {
        let Some(path) = self.resolved(argument) else {
            out.notes.push((number, format!("there is no file `{argument}` that could be included")));
            out.text += &format!("{line}\n");
            return;
        };
        if self.depth > 9 {
            out.notes.push((number, format!("`{argument}` includes what includes it")));
            return;
        }
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
        let inner = From { path: &path, depth: self.depth + 1, ..*self };
        let mut made = inner.direct(&lines.join("\n"));
        out.shown.append(&mut made.shown);
        out.notes.extend(made.notes.into_iter().map(|(_, note)| (number, note)));
        let margin = &line[..line.len() - line.trim_start().len()];
        out.text.extend(made.text.lines().map(|line| format!("{margin}{line}\n")));
    }
}

/// A block of Rust without the signs of lines that rustdoc hides (`# use x;`), and which these are: `1,3-4`.
fn hidden(text: &str) -> (String, String) {
    let (mut out, mut lines) = (String::new(), vec![]);
    for (at, line) in text.lines().enumerate() {
        let (margin, rest) = line.split_at(line.len() - line.trim_start().len());
        let shown = match rest.strip_prefix('#') {
            Some("") => "",
            Some(hidden) if hidden.starts_with(' ') => &hidden[1..],
            // Two of them are one that is shown.
            Some(escaped) if escaped.starts_with('#') => {
                out += &format!("{margin}{escaped}\n");
                continue;
            }
            _ => {
                out += &format!("{line}\n");
                continue;
            }
        };
        out += &format!("{margin}{shown}\n");
        lines.push(at + 1);
    }
    (out, Lines::of(lines).to_string().replace(", ", ","))
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
        let from = From { path: "src/a.md", root: "src/", files: &files, places: &places, has_math: true, depth: 0 };
        let body = "{{#title Own}}\n```rust,ignore\n{{#include x/main.rs:one}}\n```\n```\n{{#include ../listings/m.rs:2:}}\n```\n```\nfn\n{{#rustdoc_include x/main.rs:one}}\n```\n{{#include ../listings/m.rs::2}}\n{{#playground x/main.rs editable}}\n\\\\( x \\\\) \\{{#x}}\n{{#include gone.rs}}\n{{#template a.md}}\n";
        let made = from.direct(body);
        let expected = "```rust,ignore {include=\"/x/main.rs#one\"}\n```\n``` {include=\"/listings/m.rs#L2-L3\"}\n```\n```\nfn\nlet a = 1;\n```\n1\n2\n```rust {include=\"/x/main.rs\"}\n```\n$x$ {{#x}}\n{{#include gone.rs}}\n{{#template a.md}}\n";
        assert_eq!(made.text, expected);
        assert_eq!((made.title.as_deref(), made.shown.len()), (Some("Own"), 1));
        assert_eq!(made.notes.iter().map(|note| note.0).collect::<Vec<_>>(), [15, 16]);
    }
}
