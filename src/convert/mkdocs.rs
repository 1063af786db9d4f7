//! MkDocs: `mkdocs.yml` with its `nav`; without one the folders are the table of contents.

use super::{Address, Dialect, Entry, Files, Note, Project, is_page};
use crate::paths::SourcePath;
use crate::source::{Source, Span};
use crate::tree::{Key, Node, Tree, Value, read_yaml};

/// What a project says of itself in the file of this name.
pub(super) fn read(name: &str, settings: &str, files: &Files) -> Result<Project, String> {
    let path = SourcePath::new(name).map_err(|error| error.to_string())?;
    let settings = without_tags(settings);
    let source = Source::new(path, settings.as_str());
    let tree = read_yaml(&source, Span::new(0, settings.len())).map_err(|error| {
        let at = source.line_column(error.place.span.start as usize);
        format!("{name}:{}: {}", at.line, error.message)
    })?;
    let get = |keys: &[&str]| tree.written(tree.at(keys)?);
    let docs = get(&["docs_dir"]).unwrap_or_else(|| "docs".into());
    let docs = docs.trim_start_matches("./").trim_matches(['/', '.']);
    let root = if docs.is_empty() { String::new() } else { format!("{docs}/") };
    let mut notes = vec![];
    if let Some(inherited) = tree.at(&["INHERIT"]) {
        notes.push(note(&tree, inherited, "what is inherited here is not read".into()));
    }
    let nav = tree.at(&["nav"]).map(|nav| contents(&tree, nav, &mut notes));
    let home = ["index.md", "README.md"].into_iter().find(|name| files.contains_key(&format!("{root}{name}")));
    let folders = get(&["use_directory_urls"]).is_none_or(|written| written != "false");
    Ok(Project {
        generator: "MkDocs",
        title: get(&["site_name"]).unwrap_or_else(|| "Site".into()),
        description: get(&["site_description"]),
        language: get(&["theme", "language"]),
        base_url: get(&["site_url"])
            .filter(|url| url.starts_with("http"))
            .map(|url| format!("{}/", url.trim_end_matches('/'))),
        root,
        contents: nav,
        home: home.map(str::to_owned),
        dialect: Dialect::MkDocs,
        has_math: false,
        has_own_ids: !has_slugs(&tree),
        redirects: vec![],
        address: if folders { Address::Folder } else { Address::File },
        notes,
    })
}

/// A text without the tags that only Python understands: `!!python/name:x`, `!ENV X`, `!relative`.
fn without_tags(settings: &str) -> String {
    let line = |line: &str| match line.find(" !") {
        Some(at) if line[..at].trim_end().ends_with([':', '-']) => {
            let rest = line[at + 1..].split_once(' ').map_or("", |(_, rest)| rest);
            format!("{} {rest}\n", &line[..at])
        }
        _ => format!("{line}\n"),
    };
    settings.lines().map(line).collect()
}

/// Whether another rule for the ids of headings is named: `toc: { slugify: … }`.
fn has_slugs(tree: &Tree) -> bool {
    let extensions = tree.at(&["markdown_extensions"]).map(|node| &node.value);
    let all: Vec<&(Key, Node)> = match extensions {
        Some(Value::List(items)) => items.iter().flat_map(map).collect(),
        Some(Value::Map(entries)) => entries.iter().collect(),
        _ => vec![],
    };
    let is_toc =
        |(key, node): &&(Key, Node)| key.name == "toc" && map(node).iter().any(|(key, _)| key.name == "slugify");
    all.iter().copied().any(|entry| is_toc(&entry))
}

fn map(node: &Node) -> &[(Key, Node)] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

/// `- page.md`, `- Title: page.md`, `- Title: [...]`.
fn contents(tree: &Tree, node: &Node, notes: &mut Vec<Note>) -> Vec<Entry> {
    let Value::List(items) = &node.value else { return vec![] };
    let mut all = vec![];
    for item in items {
        match map(item) {
            [] => all.extend(tree.written(item).and_then(|page| entry(tree, item, None, &page, notes))),
            named => {
                for (title, node) in named {
                    let title = Some(title.name.clone());
                    match &node.value {
                        Value::List(_) => all.push(Entry { title, page: None, below: contents(tree, node, notes) }),
                        _ => all.extend(tree.written(node).and_then(|page| entry(tree, node, title, &page, notes))),
                    }
                }
            }
        }
    }
    // A page without a title of its own at the head of a list is the page of the whole list.
    for section in &mut all {
        let is_index = |entry: &Entry| entry.title.is_none() && entry.page.as_deref().is_some_and(is_index);
        if section.page.is_none() && section.below.first().is_some_and(is_index) {
            section.page = section.below.remove(0).page;
        }
    }
    all
}

fn entry(tree: &Tree, node: &Node, title: Option<String>, page: &str, notes: &mut Vec<Note>) -> Option<Entry> {
    if is_page(page) && !page.contains("://") {
        return Some(Entry { title, page: Some(page.trim_start_matches("./").to_owned()), below: vec![] });
    }
    notes.push(note(tree, node, format!("`{page}` is no page: the navigation holds pages alone")));
    None
}

/// A note at the line of a node.
fn note(tree: &Tree, node: &Node, message: String) -> Note {
    let source = tree.source();
    let line = source.line_column(tree.span(node.id).start as usize).line;
    Note { path: source.path().as_str().to_owned(), line, message }
}

/// Whether a page is that of its folder.
pub(super) fn is_index(page: &str) -> bool {
    page.rsplit('/').next().is_some_and(|name| name == "index.md" || name.eq_ignore_ascii_case("README.md"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_navigation_is_a_tree_of_pages() {
        let settings = "site_name: X\nsite_url: https://example.org/x\ntheme: { name: material, language: zh }\nnav:\n  - Home: index.md\n  - guide.md\n  - API:\n    - api/index.md\n    - One: ./api/one.md\n    - Elsewhere: https://example.org\nmarkdown_extensions:\n  - emoji:\n      index: !!python/name:material.x\n      slug: !!python/object/apply:x\n        kwds: 1\nkey: !ENV KEY\n";
        let project = read("mkdocs.yml", settings, &[("docs/index.md".to_owned(), vec![])].into()).unwrap();
        assert_eq!((project.title.as_str(), project.language.as_deref()), ("X", Some("zh")));
        assert_eq!(
            (project.base_url.as_deref(), project.home.as_deref()),
            (Some("https://example.org/x/"), Some("index.md"))
        );
        let contents = project.contents.unwrap();
        assert_eq!(contents[1], Entry { page: Some("guide.md".into()), ..Entry::default() });
        assert_eq!((contents[2].page.as_deref(), contents[2].below.len()), (Some("api/index.md"), 1));
        assert_eq!(contents[2].below[0].page.as_deref(), Some("api/one.md"));
        assert_eq!(project.notes.iter().map(|note| note.line).collect::<Vec<_>>(), [10]);
    }
}
