//! Blocks of Python-Markdown that are no CommonMark: `!!! note`, `??? tip`, `=== "Tab"`, `::: module`, and attributes in braces.

use super::fence;

/// A page's body in CommonMark with callouts and tabs, and what was left: a line and a clause each.
pub(super) fn blocks(body: &str) -> (String, Vec<(usize, String)>) {
    let lines: Vec<&str> = body.lines().collect();
    let mut writing = Writing { notes: vec![] };
    let out = writing.lines(&lines, 1);
    let text: String = out.iter().map(|line| format!("{line}\n")).collect();
    (text, writing.notes)
}

struct Writing {
    notes: Vec<(usize, String)>,
}

impl Writing {
    /// Lines that stand in one block, of which the first has this number.
    fn lines(&mut self, lines: &[&str], first: usize) -> Vec<String> {
        let mut out: Vec<String> = vec![];
        let mut open: Option<&str> = None;
        let mut at = 0;
        while at < lines.len() {
            let line = lines[at];
            if open.is_some() {
                out.push(line.to_owned());
                open = fence(open, line);
                at += 1;
                continue;
            }
            open = fence(None, line);
            let indent = columns(line);
            if open.is_some() && code_tab(line).is_some() {
                open = None;
                at += code_tabs(&lines[at..], indent, &mut out);
                continue;
            }
            if open.is_some() {
                out.push(code(line));
                at += 1;
                continue;
            }
            if let Some(callout) = Callout::read(line.trim()) {
                let (count, inner) = self.inside(&lines[at + 1..], indent + 4, first + at + 1);
                at += 1 + count;
                put(callout.written(&inner), indent, lines.get(at), &mut out);
                continue;
            }
            if tab(line).is_some() {
                at += self.tabs(&lines[at..], first + at, indent, &mut out);
                continue;
            }
            self.line(line, first + at, &mut out);
            at += 1;
        }
        out
    }

    /// What stands indented by so much in front of other lines: how many lines it takes, and what becomes of them.
    fn inside(&mut self, lines: &[&str], by: usize, first: usize) -> (usize, Vec<String>) {
        let count = indented(lines, by);
        let own = dedented(&lines[..count], by);
        (count, self.lines(&own.iter().map(String::as_str).collect::<Vec<_>>(), first))
    }

    /// Tabs behind each other; how many lines they take.
    fn tabs(&mut self, lines: &[&str], first: usize, indent: usize, out: &mut Vec<String>) -> usize {
        let mut own: Vec<String> = vec![];
        let mut at = 0;
        while let Some(title) = lines.get(at).filter(|line| columns(line) == indent).and_then(|line| tab(line)) {
            let (count, inner) = self.inside(&lines[at + 1..], indent + 4, first + at + 1);
            let colons = ":".repeat(3.max(1 + deepest(&inner)));
            own.push(format!("{colons}tab {title}"));
            own.extend(trimmed(&inner).iter().cloned());
            own.push(colons);
            at += 1 + count;
            let blank = lines[at..].iter().take_while(|line| line.trim().is_empty()).count();
            if lines.get(at + blank).is_some_and(|line| tab(line).is_some()) {
                at += blank;
            }
        }
        let colons = ":".repeat(1 + deepest(&own));
        let all = [format!("{colons}tabs")].into_iter().chain(own).chain([colons]);
        put(all, indent, lines.get(at), out);
        at
    }

    fn line(&mut self, line: &str, number: usize, out: &mut Vec<String>) {
        let trimmed = line.trim();
        if trimmed == "[TOC]" || trimmed == "[[toc]]" {
            return;
        }
        if trimmed.starts_with("--8<--") {
            self.notes
                .push((number, "a snippet of another file is included here: write `:::include path.md :::`".into()));
        }
        if trimmed.starts_with(":::") {
            self.notes.push((number, "what a plugin makes of code (mkdocstrings) has to be written out".into()));
            let indent = &line[..line.len() - trimmed.len()];
            out.push(format!("{indent}\\{trimmed}"));
            return;
        }
        out.push(attributes(line));
    }
}

/// Adds the lines of a block so far in, with a blank one before a next line that is none.
fn put(block: impl IntoIterator<Item = String>, indent: usize, next: Option<&&str>, out: &mut Vec<String>) {
    let margin = " ".repeat(indent);
    out.extend(block.into_iter().map(|line| if line.is_empty() { line } else { format!("{margin}{line}") }));
    out.extend(next.filter(|line| !line.trim().is_empty()).map(|_| String::new()));
}

/// A callout or something to unfold: `!!! warning "Title"`, `???+ tip`.
struct Callout {
    kind: &'static str,
    title: String,
    fold: &'static str,
}

impl Callout {
    fn read(line: &str) -> Option<Self> {
        let marks = [("!!!", ""), ("???+", "+"), ("???", "-")];
        let (rest, fold) = marks.into_iter().find_map(|(mark, fold)| Some((line.strip_prefix(mark)?, fold)))?;
        let (words, title) = match rest.split_once('"') {
            Some((words, title)) => (words, Some(title.strip_suffix('"')?)),
            None => (rest, None),
        };
        let word = words.split_whitespace().find(|word| !matches!(*word, "inline" | "end"));
        let word = word.or_else(|| title.map(|_| "note"))?;
        let kind = match word {
            "tip" | "hint" | "success" | "check" | "done" => "TIP",
            "important" => "IMPORTANT",
            "warning" | "attention" => "WARNING",
            "caution" => "CAUTION",
            "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "DANGER",
            word if word.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)) => "NOTE",
            _ => return None,
        };
        let named = kind.eq_ignore_ascii_case(word);
        let own = || if named { String::new() } else { capital(word) };
        Some(Self { kind, title: title.map_or_else(own, str::to_owned), fold })
    }

    fn written(&self, body: &[String]) -> Vec<String> {
        let space = if self.title.is_empty() { "" } else { " " };
        let head = format!("> [!{}]{}{space}{}", self.kind, self.fold, self.title);
        let quoted = |line: &String| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
        [head].into_iter().chain(trimmed(body).iter().map(quoted)).collect()
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The title of `=== "Title"`.
fn tab(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("===")?;
    let rest = rest.trim_start_matches(['!', '+']).strip_prefix(' ')?.trim();
    rest.strip_prefix('"')?.strip_suffix('"').or_else(|| rest.strip_prefix('\'')?.strip_suffix('\''))
}

/// How far a line is indented; a tab goes to the next fourth column.
pub(super) fn columns(line: &str) -> usize {
    let step = |at: usize, byte: u8| if byte == b'\t' { at / 4 * 4 + 4 } else { at + 1 };
    line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).fold(0, step)
}

/// How many of the next lines are indented by so much, blank ones between them counted.
fn indented(lines: &[&str], by: usize) -> usize {
    let all = lines.iter().take_while(|line| line.trim().is_empty() || columns(line) >= by).count();
    let blank = lines[..all].iter().rev().take_while(|line| line.trim().is_empty()).count();
    all - blank
}

/// Lines without so much of their indentation.
fn dedented(lines: &[&str], by: usize) -> Vec<String> {
    let own = |line: &&str| {
        let rest = line.trim_start_matches([' ', '\t']);
        match columns(line).checked_sub(by) {
            // Further tabs are those of code.
            Some(0) | None => rest.to_owned(),
            Some(_) if line.starts_with('\t') && by == 4 => line[1..].to_owned(),
            Some(more) => " ".repeat(more) + rest,
        }
    };
    lines.iter().map(own).collect()
}

/// Lines without blank ones at both ends.
fn trimmed(lines: &[String]) -> &[String] {
    let start = lines.iter().take_while(|line| line.is_empty()).count();
    let end = lines[start..].iter().rev().take_while(|line| line.is_empty()).count();
    &lines[start..lines.len() - end]
}

/// The most colons that begin one of the lines; two if none does.
fn deepest(lines: &[String]) -> usize {
    let colons = |line: &String| line.trim_start_matches([' ', '>']).bytes().take_while(|byte| *byte == b':').count();
    lines.iter().map(colons).max().unwrap_or_default().max(2)
}

/// The title of a block of code that is a tab, and its first line without that: `` ```py tab="Title" ``.
fn code_tab(line: &str) -> Option<(&str, String)> {
    let (before, rest) = line.split_once(" tab=\"")?;
    let (title, after) = rest.split_once('"')?;
    Some((title, format!("{before}{after}")))
}

/// Blocks of code behind each other that are tabs; how many lines they take.
fn code_tabs(lines: &[&str], indent: usize, out: &mut Vec<String>) -> usize {
    let margin = " ".repeat(indent);
    out.push(format!("{margin}::::tabs"));
    let mut at = 0;
    while let Some((title, head)) =
        lines.get(at).filter(|line| fence(None, line).is_some()).and_then(|line| code_tab(line))
    {
        let mark = fence(None, lines[at]).unwrap_or_default();
        let closes = |line: &&str| line.trim() == mark;
        let end = lines[at + 1..].iter().position(closes).map_or(lines.len(), |end| at + end + 2);
        out.push(format!("{margin}:::tab {title}"));
        out.push(code(&head));
        out.extend(lines[at + 1..end].iter().map(|line| (*line).to_owned()));
        out.push(format!("{margin}:::"));
        let blank = lines[end..].iter().take_while(|line| line.trim().is_empty()).count();
        let goes_on =
            lines.get(end + blank).is_some_and(|line| fence(None, line).is_some() && code_tab(line).is_some());
        at = if goes_on { end + blank } else { end };
        if !goes_on {
            break;
        }
    }
    out.push(format!("{margin}::::"));
    at
}

/// The first line of a block of code, with its attributes as they are called here.
fn code(line: &str) -> String {
    let mut line = line.replace("linenums=\"", "linenos=\"").replace("hl_lines=\"", "hl=\"");
    if let Some((before, rest)) = line.split_once("hl=\"")
        && let Some((lines, after)) = rest.split_once('"')
    {
        line = format!("{before}hl=\"{}\"{after}", lines.split_whitespace().collect::<Vec<_>>().join(","));
    }
    line.replace("{ .", "{.").replace("{.", "{").replacen("``` {", "```{", 1)
}

/// A line whose attributes in braces are written as CommonMark's extensions have them: `{#id}` behind a heading; others, which
/// are for a style sheet of the old site, go.
fn attributes(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once('{') {
        let inner = after.split_once('}').map(|(inner, rest)| (inner.trim_start_matches(':').trim(), rest));
        let is_list = |inner: &str| !inner.is_empty() && inner.split_whitespace().all(is_attribute);
        out.push_str(before);
        let in_code = out.matches('`').count() % 2 == 1;
        // They stand right behind what they are of, or at the end of a line.
        let Some((inner, behind)) = inner.filter(|(inner, behind)| {
            let is_behind = before.ends_with([')', ']', '`', '*', '_', '>']) || behind.trim().is_empty();
            is_list(inner) && is_behind && !in_code
        }) else {
            out.push('{');
            rest = after;
            continue;
        };
        let ids: Vec<&str> = inner.split_whitespace().filter(|word| word.starts_with('#')).collect();
        if out.trim_start().starts_with('#') && !ids.is_empty() {
            out += &format!("{{{}}}", ids.join(" "));
        } else {
            out.truncate(out.trim_end().len());
        }
        rest = behind;
    }
    out + rest
}

fn is_attribute(word: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_:.".contains(c));
    match word.chars().next() {
        Some('.' | '#') => is_name(&word[1..]),
        _ => word.split_once('=').is_some_and(|(name, _)| is_name(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_callouts_and_tabs() {
        let body = "!!! note\n    One\n\n    - two\n\n        !!! bug \"In `it`\"\n            deep\n\nAfter\n\n??? question\n\n    Why\n\n- item\n\n    ???+ tip \"\"\n        in\n";
        let expected = "> [!NOTE]\n> One\n>\n> - two\n>\n>     > [!DANGER] In `it`\n>     > deep\n\nAfter\n\n> [!NOTE]- Question\n> Why\n\n- item\n\n    > [!TIP]+\n    > in\n";
        assert_eq!(blocks(body).0, expected);
        let tabs = "=== \"A\"\n    ```py hl_lines=\"1 3\" linenums=\"2\"\n    !!! x\n    ```\n\n=== \"B\"\n\n    === \"C\"\n        c\n\n[TOC]\n";
        let inner = "::::tabs\n:::tab C\nc\n:::\n::::\n";
        let code = "```py hl=\"1,3\" linenos=\"2\"\n!!! x\n```\n";
        assert_eq!(blocks(tabs).0, format!("::::::tabs\n:::tab A\n{code}:::\n:::::tab B\n{inner}:::::\n::::::\n\n"));
    }

    #[test]
    fn attributes_are_those_of_headings() {
        assert_eq!(attributes("## Title { #id .x data-y=z }"), "## Title {#id}");
        assert_eq!(attributes("[x](y){ .md-button } z `a`{.b} {c} d"), "[x](y) z `a` {c} d");
        assert_eq!(attributes("![x](y){: loading=lazy align=left }"), "![x](y)");
        for same in ["a {b}", "`{ .x }", "{% if x %}", "x { y: 1 }", "## A {#b} c"] {
            assert_eq!(attributes(same), same);
        }
        let tabs = "```toml tab=\"A\" x\na\n```\n\n```ini tab=\"B\"\n```\nrest\n";
        let expected = "::::tabs\n:::tab A\n```toml x\na\n```\n:::\n:::tab B\n```ini\n```\n:::\n::::\nrest\n";
        assert_eq!(blocks(tabs).0, expected);
        let (text, notes) = blocks("::: a.b\n    options: 1\n--8<-- \"x\"\n");
        assert!(text.starts_with("\\::: a.b\n"), "{text}");
        assert_eq!(notes.iter().map(|note| note.0).collect::<Vec<_>>(), [1, 3]);
    }
}
