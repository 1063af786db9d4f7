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
    let urls: BTreeMap<&SourcePath, &Page> =
        after.pages.iter().filter_map(|page| Some((page.own_document()?.source.path(), &**page))).collect();
    let mut old = vec![];
    for page in &before.pages {
        let Some(document) = page.own_document().filter(|document| places.files.contains_key(document.source.path()))
        else {
            continue;
        };
        let path = places.path(document.source.path());
        // Nobody has seen a draft.
        if page.front.draft == Some(true) || urls.get(&path).is_none_or(|other| other.url == page.url) {
            continue;
        }
        let url = format!("/{}", page.url);
        let text = texts.get(&path).map_or(document.source.text(), |source| source.text());
        let text = with(text, &url);
        texts.insert(path.clone(), Source::new(path.clone(), text));
        old.push((path, url));
    }
    old
}

/// A text whose front matter has one alias more.
fn with(text: &str, url: &str) -> String {
    let quoted = format!("\"{}\"", url.replace('\\', "\\\\").replace('"', "\\\""));
    let plain = url.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) || !byte.is_ascii());
    let value = if plain { url } else { &quoted };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let front = text.strip_prefix("---").and_then(|rest| Some(3 + rest.find("\n---")? + 1));
    let Some(close) = front else { return format!("---{end}aliases: [{value}]{end}---{end}{text}") };
    let (head, rest) = text.split_at(close);
    let mut at = 0;
    let known = head.split_inclusive('\n').find_map(|line| {
        at += line.len();
        ["aliases:", "redirect_from:"].iter().find_map(|key| line.strip_prefix(key)).map(|list| (list.trim(), at))
    });
    match known {
        None => format!("{head}aliases: [{value}]{end}{rest}"),
        // The list ends in the line, or each entry has a line of its own.
        Some((list, behind)) if list.starts_with('[') && list.ends_with(']') => {
            let close = head[..behind].rfind(']').unwrap_or(behind);
            let comma = if list[1..list.len() - 1].trim().is_empty() { "" } else { ", " };
            format!("{}{comma}{value}{}{rest}", &head[..close], &head[close..])
        }
        Some(("", behind)) => {
            let below = &head[behind..];
            let indent: String = below.chars().take_while(|c| *c == ' ').collect();
            format!("{}{indent}- {value}{end}{below}{rest}", &head[..behind])
        }
        Some(_) => text.to_owned(),
    }
}

/// What is wrong where an old URL does not lead to the new one.
pub(super) fn missing(after: &Site, old: &[(SourcePath, String)]) -> Vec<Diagnostic> {
    let leads = |path: &SourcePath, url: &str| {
        after.pages.iter().any(|page| {
            page.own_document().is_some_and(|document| document.source.path() == path)
                && page.front.aliases.iter().any(|alias| alias.text.trim_end_matches('/') == url.trim_end_matches('/'))
        })
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
        for (text, wanted) in [
            ("# A\n", "---\naliases: [/a/]\n---\n# A\n"),
            ("---\ntitle: A\n---\nx\n", "---\ntitle: A\naliases: [/a/]\n---\nx\n"),
            ("---\naliases: [/b/] \n---\n", "---\naliases: [/b/, /a/] \n---\n"),
            ("---\naliases: []\n---\n", "---\naliases: [/a/]\n---\n"),
            ("---\naliases:\n  - /b/\n---\n", "---\naliases:\n  - /a/\n  - /b/\n---\n"),
            ("---\r\ntitle: A\r\n---\r\n", "---\r\ntitle: A\r\naliases: [/a/]\r\n---\r\n"),
        ] {
            assert_eq!(with(text, "/a/"), wanted);
        }
        assert_eq!(with("x", "/a b/"), "---\naliases: [\"/a b/\"]\n---\nx");
    }
}
