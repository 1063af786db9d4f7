//! mdBook: `book.toml`, and `SUMMARY.md` as its table of contents.

use super::blocks::columns;
use super::{Address, Dialect, Entry, Files, Note, Project, is_page, resolved, text};
use crate::diagnostic::Diagnosed;
use crate::paths::{SourcePath, decode};
use crate::source::Source;
use crate::tree::{Key, Node, Tree, Value, read_toml};

/// The file that is the table of contents.
pub(super) const SUMMARY: &str = "SUMMARY.md";

/// What a book says of itself.
pub(super) fn read(settings: &str, files: &Files) -> Result<Project, String> {
    let path = SourcePath::new("book.toml").map_err(|error| error.to_string())?;
    let Diagnosed { value: tree, diagnostics } = read_toml(&Source::new(path, settings));
    if let Some(first) = diagnostics.first() {
        return Err(format!("book.toml: {}", first.message));
    }
    let get = |keys: &[&str]| tree.written(tree.at(keys)?);
    let book = |key: &str| get(&["book", key]);
    let src = book("src").unwrap_or_else(|| "src".into());
    let root = format!("{}/", src.trim_matches('/')).trim_start_matches("./").to_owned();
    let root = if root == "/" { String::new() } else { root };
    let summary = format!("{root}{SUMMARY}");
    let Some(bytes) = files.get(&summary) else { return Err(format!("there is no `{summary}`")) };
    let (mut contents, notes) = contents(&text(bytes), &summary);
    // The first chapter is the home page, too; one that has others below it stays a chapter.
    let home = contents.first().filter(|first| first.below.is_empty()).and_then(|first| first.page.clone());
    if home.is_some() {
        contents.remove(0);
    }
    Ok(Project {
        generator: "mdBook",
        title: book("title").unwrap_or_else(|| "Book".into()),
        description: book("description"),
        language: book("language"),
        base_url: None,
        root,
        contents: Some(contents),
        home,
        dialect: Dialect::MdBook,
        has_math: get(&["output", "html", "mathjax-support"]).as_deref() == Some("true"),
        has_own_ids: false,
        address: Address::File,
        redirects: redirects(&tree),
        notes,
    })
}

/// `[output.html.redirect]`: addresses of pages that are gone, and what they lead to, seen from there.
fn redirects(tree: &Tree) -> Vec<(String, String)> {
    let Some(Value::Map(entries)) = tree.at(&["output", "html", "redirect"]).map(|node| &node.value) else {
        return vec![];
    };
    let redirect = |(key, node): &(Key, Node)| {
        let from = key.name.trim_start_matches('/').to_owned();
        let to = tree.written(node)?;
        let to = if to.contains("://") { to } else { format!("/{}", resolved(&from, &to)?) };
        Some((from, to))
    };
    entries.iter().filter_map(redirect).collect()
}

/// The chapters of a `SUMMARY.md`: lists of links, nested by their indentation; headings begin parts.
fn contents(summary: &str, path: &str) -> (Vec<Entry>, Vec<Note>) {
    let (mut all, mut notes): (Vec<Entry>, Vec<Note>) = (vec![], vec![]);
    // The indentations of the open entries, and whether a part is open above them.
    let mut open: Vec<usize> = vec![];
    let mut in_part = false;
    let mut is_first_heading = true;
    let summary = without_comments(summary);
    for (at, line) in summary.lines().enumerate() {
        let trimmed = line.trim();
        let indent = columns(line);
        if let Some(title) = trimmed.strip_prefix("# ") {
            // The first one is the title of the summary.
            if !(is_first_heading && all.is_empty()) {
                all.push(Entry { title: Some(title.trim().to_owned()), ..Entry::default() });
                (in_part, open) = (true, vec![]);
            }
            is_first_heading = false;
            continue;
        }
        if matches!(trimmed, "---" | "***" | "___") || trimmed.is_empty() {
            in_part &= trimmed.is_empty();
            continue;
        }
        let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        let numbered =
            trimmed[digits..].strip_prefix(['.', ')']).filter(|_| digits > 0).and_then(|rest| rest.strip_prefix(' '));
        let item = ["- ", "* ", "+ "].iter().find_map(|mark| trimmed.strip_prefix(mark)).or(numbered);
        let Some(entry) = chapter(item.unwrap_or(trimmed)) else {
            // Texts and other headings are for readers of the file alone.
            if item.is_none() && !trimmed.starts_with('[') {
                continue;
            }
            notes.push(Note { path: path.into(), line: at + 1, message: "this is no chapter".into() });
            continue;
        };
        while open.last().is_some_and(|last| *last >= indent) {
            open.pop();
        }
        let depth = usize::from(in_part && item.is_some()) + open.len();
        below(&mut all, depth).push(entry);
        if item.is_some() {
            open.push(indent);
        }
    }
    (all, notes)
}

/// The list that is so deep below the last entry, or as deep as there is one.
fn below(list: &mut Vec<Entry>, depth: usize) -> &mut Vec<Entry> {
    match depth {
        0 => list,
        _ if list.is_empty() => list,
        _ => {
            let last = list.len() - 1;
            below(&mut list[last].below, depth - 1)
        }
    }
}

/// A text with blanks in the place of HTML comments; lines stay what they are.
fn without_comments(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("<!--") {
        let (comment, behind) = after.split_once("-->").unwrap_or((after, ""));
        out.push_str(before);
        out.extend(comment.chars().filter(|c| *c == '\n'));
        rest = behind;
    }
    out + rest
}

/// `[Title](file.md)`; a draft has no file.
fn chapter(text: &str) -> Option<Entry> {
    let rest = text.trim().strip_prefix('[')?;
    let (title, target) = rest.rsplit_once("](")?;
    let target = target.strip_suffix(')')?.trim();
    let target =
        target.strip_suffix(['"', '\'']).and_then(|own| own.split_once([' ', '\t'])).map_or(target, |(own, _)| own);
    let target = target.trim_matches(['<', '>']);
    let page = decode(target.split(['#', '?']).next().unwrap_or_default());
    let page = page.trim_start_matches("./");
    Some(Entry {
        title: Some(title.replace(['`', '*'], "")),
        page: is_page(page).then(|| page.to_owned()),
        below: vec![],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(entries: &[Entry], depth: usize) -> String {
        let line = |entry: &Entry| {
            let title = entry.title.as_deref().unwrap_or("?");
            let page = entry.page.as_deref().unwrap_or("-");
            format!("{}{title} {page}\n{}", "  ".repeat(depth), shown(&entry.below, depth + 1))
        };
        entries.iter().map(line).collect()
    }

    #[test]
    fn a_summary_is_a_tree_of_chapters() {
        let summary = "# Summary\n\n[Preface](preface.md)\n\n# Part `One`\n\n- [A](a.md)\n    - [B *b*](./x/b.md)\n        - [C](<x/c d.md>)\n    - [D]()\n- [E](e%20e.md#x)\n\n# Two\n* [F](f.md)\n\n---\n\n[After](after.md)\nnonsense\n- nonsense\n1. [N](n.md \"t\")\n<!--\n- [Old](old.md)\n-->\n";
        let (all, notes) = contents(summary, "src/SUMMARY.md");
        let expected = "Preface preface.md\nPart `One` -\n  A a.md\n    B b x/b.md\n      C x/c d.md\n    D -\n  E e e.md\nTwo -\n  F f.md\nAfter after.md\nN n.md\n";
        assert_eq!(shown(&all, 0), expected);
        assert_eq!(notes.iter().map(|note| note.line).collect::<Vec<_>>(), [20]);
    }
}
