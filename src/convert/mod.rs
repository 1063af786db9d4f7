//! The project of another generator becomes a site: its pages, their order, their titles and their addresses.
//!
//! 1. [`mdbook`] and [`mkdocs`] read the project's own configuration and table of contents.
//! 2. [`places`] says where each page goes, so that the folders of the site are the tree of its navigation.
//! 3. [`blocks`] and [`directives`] write anew what is no CommonMark, [`page`] links, with [`front`] what stands in front.
//!
//! Every page keeps the address that it had, and every file is taken over. What has no counterpart stays as it is written and
//! is noted with its line. Values in, values out: no file is read or written here.

mod blocks;
mod directives;
mod front;
mod ids;
mod mdbook;
mod mkdocs;
mod page;
mod places;

use std::collections::BTreeMap;

/// The files of a project by their paths from its folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A site that was another generator's project.
#[derive(Debug, Default)]
pub struct Converted {
    /// The name of the generator.
    pub generator: &'static str,
    /// The files of the site by their paths from its folder.
    pub files: Files,
    /// How many of them are pages.
    pub pages: usize,
    /// What somebody should look at.
    pub notes: Vec<Note>,
}

/// Something that was left as it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The file of the project.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What it is, as a clause.
    pub message: String,
}

/// What a generator's own files say of a project.
#[derive(Debug, Default)]
struct Project {
    generator: &'static str,
    title: String,
    description: Option<String>,
    language: Option<String>,
    base_url: Option<String>,
    /// The folder of its pages, with a slash behind it or empty.
    root: String,
    /// Its table of contents; none where the folders are that.
    contents: Option<Vec<Entry>>,
    /// The page that is its home page, by its path from the root.
    home: Option<String>,
    /// Which Markdown it is.
    dialect: Dialect,
    /// Formulas stand in `\\(` and `\\[`.
    has_math: bool,
    /// Ids of headings are made as Python-Markdown does.
    has_own_ids: bool,
    /// The address that a page has, from its path from the root: `guide/install/` or `guide/install.html`.
    address: Address,
    /// Old addresses and what they lead to, from the root of the site.
    redirects: Vec<(String, String)>,
    notes: Vec<Note>,
}

/// How addresses are made of paths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Address {
    /// `guide/install/`
    #[default]
    Folder,
    /// `guide/install.html`
    File,
}

/// The Markdown of a generator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Dialect {
    #[default]
    MkDocs,
    MdBook,
}

/// An entry of a table of contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Entry {
    /// Its title; none where it is that of its page.
    title: Option<String>,
    /// Its page, by its path from the root.
    page: Option<String>,
    /// What stands below it.
    below: Vec<Entry>,
}

/// The site that a project makes.
///
/// # Errors
/// A clause that says why it is none that is known, or cannot be read.
pub fn convert(files: &Files) -> Result<Converted, String> {
    let mkdocs = ["mkdocs.yml", "mkdocs.yaml"].into_iter().find_map(|name| Some((name, files.get(name)?)));
    let project = match (files.get("book.toml"), mkdocs) {
        (Some(book), _) => mdbook::read(&text(book), files)?,
        (None, Some((name, settings))) => mkdocs::read(name, &text(settings), files)?,
        (None, None) if files.contains_key("src/SUMMARY.md") => mdbook::read("", files)?,
        (None, None) => return Err("it has neither a `book.toml` (mdBook) nor a `mkdocs.yml` (MkDocs)".into()),
    };
    let own: BTreeMap<&str, &Vec<u8>> = files
        .iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix(project.root.as_str())?, bytes)))
        .filter(|(path, _)| !path.split('/').any(|part| part.starts_with('.')))
        .filter(|(path, _)| project.dialect != Dialect::MdBook || *path != mdbook::SUMMARY)
        .collect();
    let pages: Vec<&str> = own.keys().copied().filter(|path| is_page(path)).collect();
    if pages.is_empty() {
        return Err(format!("there are no pages in `{}`", project.root));
    }
    let places = places::places(&project, &pages);
    let mut site = Converted { generator: project.generator, notes: project.notes.clone(), ..Converted::default() };
    let mut has_tags = false;
    for (path, bytes) in &own {
        let Some(place) = places.get(path) else {
            site.files.insert(format!("content/{path}"), (*bytes).clone());
            continue;
        };
        let making = page::Making { project: &project, files, own: &own, places: &places };
        let page = making.page(path, &text(bytes), place);
        for shown in page.shown {
            site.files.insert(format!("content/{shown}"), files.get(&shown).cloned().unwrap_or_default());
        }
        has_tags |= page.has_tags;
        let path = format!("{}{path}", project.root);
        site.notes.extend(page.notes.into_iter().map(|(line, message)| Note { path: path.clone(), line, message }));
        site.files.insert(format!("content/{}", place.file), page.text.into_bytes());
        site.pages += 1;
    }
    for (file, title, weight) in places.headings() {
        let apart = if file == places::APART { "unlisted: true\n" } else { "" };
        let text = format!("---\ntitle: {}\nweight: {weight}\n{apart}---\n", quoted(title));
        site.files.insert(format!("content/{file}"), text.into_bytes());
    }
    let redirects = redirects(&project, &pages, &places, files, &mut site.notes);
    site.files.insert("site.toml".into(), settings(&project, has_tags, &redirects).into_bytes());
    site.notes.sort();
    Ok(site)
}

/// The redirects that lead to a page or elsewhere, to the file of the page; others are noted.
fn redirects(
    project: &Project,
    pages: &[&str],
    places: &places::Places,
    files: &Files,
    notes: &mut Vec<Note>,
) -> Vec<(String, String)> {
    let mut all = vec![];
    for (from, to) in &project.redirects {
        let page = pages.iter().find(|page| places::address(project, page) == to.trim_start_matches('/'));
        let target = match page.and_then(|page| places.get(page)) {
            Some(place) if place.file == "_index.md" => Some("/".to_owned()),
            Some(place) => Some(format!("/{}", place.file)),
            None => to.contains("://").then(|| to.clone()),
        };
        if let Some(target) = target.filter(|_| !from.contains('#')) {
            all.push((from.clone(), target));
            continue;
        }
        let line = text(&files["book.toml"]).lines().position(|line| line.contains(from.as_str())).unwrap_or_default();
        let message = format!("the redirect from `{from}` leads to no page, or only a part of one is meant");
        notes.push(Note { path: "book.toml".into(), line: line + 1, message });
    }
    all
}

fn settings(project: &Project, has_tags: bool, redirects: &[(String, String)]) -> String {
    let language = project.language.as_deref().unwrap_or("en");
    let mut text = format!("title = {}\n", quoted(&project.title));
    if let Some(description) = &project.description {
        text += &format!("description = {}\n", quoted(description));
    }
    if let Some(base) = &project.base_url {
        text += &format!("base_url = {}\n", quoted(base));
    }
    text += &format!("default_language = {}\n", quoted(language));
    if has_tags {
        text += "\n[taxonomies.tags]\n";
    }
    if !redirects.is_empty() {
        text += "\n[redirects]\n";
        text.extend(redirects.iter().map(|(from, to)| format!("{} = {}\n", quoted(from), quoted(to))));
    }
    text + "\n# Links that led nowhere before need not stop a build; take this away when all of them are mended.\n[link_checker]\ninternal_level = \"warn\"\n"
}

fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "md" | "markdown"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

/// The path that a reference in a file names, from the folder that both are in; empty for that folder, none outside of it.
fn resolved(from: &str, reference: &str) -> Option<String> {
    let mut parts: Vec<&str> = if reference.starts_with('/') { vec![""] } else { from.split('/').collect() };
    parts.pop();
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The mark of the block of code that is open behind a line, if `open` was before it (CommonMark 0.31.2, section 4.5).
fn fence<'l>(open: Option<&'l str>, line: &'l str) -> Option<&'l str> {
    let trimmed = line.trim_start_matches([' ', '\t', '>']).trim_end();
    match open {
        Some(mark) => {
            let closes = trimmed.starts_with(mark) && trimmed.bytes().all(|byte| byte == mark.as_bytes()[0]);
            if closes { None } else { open }
        }
        None => {
            let mark = trimmed.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
            let length = trimmed.chars().take_while(|c| *c == mark).count();
            let is_inline = mark == '`' && trimmed[length..].contains('`');
            (length >= 3 && !is_inline).then(|| &trimmed[..length])
        }
    }
}

/// A text in quotes, as YAML and TOML both read it.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}
