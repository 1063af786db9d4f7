//! Old URLs that lead to the new ones: the key `aliases` in the front matter of what moved.

use std::collections::BTreeMap;

use super::places::Places;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::paths::SourcePath;
use crate::site::{Page, Site};
use crate::source::Source;

/// Writes the old URL of each page that has another one now into its text; returns the files and URLs.
pub(super) fn add(
    before: &Site,
    after: &Site,
    places: &Places,
    texts: &mut BTreeMap<SourcePath, Source>,
) -> Vec<(SourcePath, String)> {
    let mut old = vec![];
    for page in &before.pages {
        let Some(document) = page.own_document().filter(|document| places.files.contains_key(document.source.path()))
        else {
            continue;
        };
        let path = places.path(document.source.path());
        let moved = after.page_at(&path).filter(|other| other.url != page.url);
        // Nobody has seen a draft.
        let published = page.front.draft != Some(true);
        let Some(now) = moved.filter(|_| published).and_then(Page::own_document) else { continue };
        let url = format!("/{}", page.url);
        if !now.front.aliases.iter().any(|alias| same(&alias.text, &url)) {
            let text = with(now.source.text(), now.body_start, &url);
            texts.insert(path.clone(), Source::new(path.clone(), text));
        }
        old.push((path, url));
    }
    old
}

fn same(one: &str, other: &str) -> bool {
    one.trim_matches('/') == other.trim_matches('/')
}

/// A text whose front matter, which ends where the body starts, has one alias more.
fn with(text: &str, body_start: usize, url: &str) -> String {
    let quoted = format!("\"{}\"", url.replace('\\', "\\\\").replace('"', "\\\""));
    let plain = url.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) || !byte.is_ascii());
    let value = if plain { url } else { &quoted };
    let (front, body) = text.split_at(body_start);
    // The last line of the front matter ends it.
    let Some((head, last)) = front.trim_end().rsplit_once('\n').map(|(head, _)| front.split_at(head.len() + 1)) else {
        return format!("---\naliases: [{value}]\n---\n{text}");
    };
    let rest = format!("{last}{body}");
    let mut at = 0;
    let known = head.split_inclusive('\n').find_map(|line| {
        at += line.len();
        ["aliases:", "redirect_from:"].iter().find_map(|key| line.strip_prefix(key)).map(|list| (list.trim(), at))
    });
    match known {
        None => format!("{head}aliases: [{value}]\n{rest}"),
        // The list ends in the line, or each entry has a line of its own.
        Some((list, behind)) if list.starts_with('[') && list.ends_with(']') => {
            let close = head[..behind].rfind(']').unwrap_or(behind);
            let comma = if list[1..list.len() - 1].trim().is_empty() { "" } else { ", " };
            format!("{}{comma}{value}{}{rest}", &head[..close], &head[close..])
        }
        Some(("", behind)) => {
            let below = &head[behind..];
            let indent: String = below.chars().take_while(|c| *c == ' ').collect();
            format!("{}{indent}- {value}\n{below}{rest}", &head[..behind])
        }
        Some(_) => text.to_owned(),
    }
}

/// What is wrong where an old URL does not lead to the new one.
pub(super) fn missing(after: &Site, old: &[(SourcePath, String)]) -> Vec<Diagnostic> {
    let leads = |path: &SourcePath, url: &str| {
        after.page_at(path).is_some_and(|page| page.front.aliases.iter().any(|alias| same(&alias.text, url)))
    };
    let missing = old.iter().filter(|(path, url)| !leads(path, url));
    missing
        .map(|(path, url)| {
            let message = format!("`aliases` is written in a way in which `{url}` cannot be added");
            let hint = "write it as a list, `aliases: [/old/]`, or move with `--no-aliases`";
            Diagnostic::error(Code::BadValue, Place::new(path, 0..0), message).hint(hint)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn an_alias_is_added_in_the_way_of_the_list() {
        for (front, body, wanted) in [
            ("", "# A\n", "---\naliases: [/a/]\n---\n# A\n"),
            ("", "---\n\nx\n", "---\naliases: [/a/]\n---\n---\n\nx\n"),
            ("---\ntitle: A\n---\n", "x\n", "---\ntitle: A\naliases: [/a/]\n---\nx\n"),
            ("---\ntitle: A\n...\n", "x\n---\n", "---\ntitle: A\naliases: [/a/]\n...\nx\n---\n"),
            ("---\naliases: [/b/] \n---\n", "", "---\naliases: [/b/, /a/] \n---\n"),
            ("---\naliases: []\n---\n", "", "---\naliases: [/a/]\n---\n"),
            ("---\naliases:\n  - /b/\n---\n", "", "---\naliases:\n  - /a/\n  - /b/\n---\n"),
        ] {
            assert_eq!(with(&[front, body].concat(), front.len(), "/a/"), wanted);
        }
        assert_eq!(with("x", 0, "/a b/"), "---\naliases: [\"/a b/\"]\n---\nx");
    }
}
