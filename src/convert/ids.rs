//! Ids of headings that MkDocs makes otherwise than they are made here: written behind them, so that links to them and
//! bookmarks go on leading there.

use std::collections::HashSet;
use std::ops::Range;

use crate::markdown::Heading;

/// What to insert where in a body with these headings. Titles have none, and what is not ASCII would get a number alone.
pub(super) fn ids(body: &str, headings: &[Heading]) -> Vec<(Range<usize>, String)> {
    let mut used = HashSet::new();
    let mut edits = vec![];
    for heading in headings {
        let start = heading.span.start as usize;
        let line = body.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim_end();
        if line.ends_with('}') {
            used.insert(heading.id.to_string());
            continue;
        }
        let id = unique(&slug(&heading.text), &mut used);
        let is_known = *heading.id == *id || heading.aliases.iter().any(|alias| **alias == *id);
        let is_plain = line.starts_with("##") && !line.ends_with('#') && heading.text.is_ascii();
        if is_plain && !is_known && !id.starts_with('_') {
            let end = start + line.len();
            edits.push((end..end, format!(" {{#{id}}}")));
        }
    }
    edits
}

/// As Python-Markdown's `toc` does: letters, digits and `_` stay, white space and `-` together become one `-`.
fn slug(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || c.is_ascii_whitespace())
        .collect();
    let words = kept.trim().split(|c: char| c == '-' || c.is_ascii_whitespace());
    let (mut out, mut is_first) = (String::new(), true);
    for word in words {
        if !is_first && !out.ends_with('-') {
            out.push('-');
        }
        out.push_str(&word.to_ascii_lowercase());
        is_first = false;
    }
    out
}

/// An id that nobody has: with `_1` behind it, or the next number.
fn unique(id: &str, used: &mut HashSet<String>) -> String {
    let mut id = id.to_owned();
    while id.is_empty() || !used.insert(id.clone()) {
        let numbered =
            id.rsplit_once('_').and_then(|(name, number)| Some((name.to_owned(), number.parse::<usize>().ok()?)));
        id = match numbered {
            Some((name, number)) => format!("{name}_{}", number + 1),
            None => format!("{id}_1"),
        };
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_python_markdown() {
        for (text, id) in
            [("Foo & Bar", "foo-bar"), ("a_b - C", "a_b-c"), ("1.2 (x)", "12-x"), ("-x", "-x"), ("`a`", "a")]
        {
            assert_eq!(slug(text), id);
        }
        let mut used = HashSet::new();
        let made: Vec<String> = ["dup", "dup", "dup", "", "x_2", "x_2"].map(|id| unique(id, &mut used)).into();
        assert_eq!(made, ["dup", "dup_1", "dup_2", "_1", "x_2", "x_3"]);
    }
}
