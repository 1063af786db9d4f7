//! A site as one HTML file that fetches nothing: every page, every picture, the search, and a policy that allows no more.
//!
//! Each page's own text stands in a `<noscript>`: to a browser with scripts that is text, which `router.js` puts on the
//! screen when the page is asked for; to one without, it is the pages one after another. The frame around the text
//! (header, navigation) is stored by lines, because nearly all of them are the same on every page.

mod page;
mod store;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Files, media_type, start, text, what};
use crate::build::{Build, Content};
use crate::html::escape;
use crate::make::Recipe;
use crate::paths::OutputPath;
use crate::site::{Kind, Page};
use page::{Cut, Places, cut};
use store::{Script, Store, base64, data_url, hash};

const ROUTER: &str = include_str!("router.js");
const FRAME: &str = include_str!("frame.css");

/// Words of the interface that the file shows by itself.
const WORDS: &[&str] = &["bundle-print", "bundle-print-page", "bundle-print-all"];

/// The file, and what takes how much room in it.
pub struct Single {
    /// The file.
    pub html: String,
    /// Bytes by what they are.
    pub room: BTreeMap<&'static str, u64>,
    /// References to other addresses that the file leaves out, because it fetches nothing.
    pub left_out: Vec<String>,
}

/// What the router knows of a page.
#[derive(Serialize)]
struct PageEntry {
    url: String,
    title: String,
    heading: String,
    language: usize,
    depth: usize,
    printed: bool,
    html: BTreeMap<String, String>,
    body: BTreeMap<String, String>,
    before: Vec<usize>,
    after: Vec<usize>,
    sheets: Vec<usize>,
    head: Vec<usize>,
    scripts: Vec<usize>,
}

/// Everything that is stored beside the pages' own texts.
#[derive(Serialize)]
struct Stored<'s> {
    pages: Vec<PageEntry>,
    lines: Vec<String>,
    redirects: BTreeMap<String, String>,
    scripts: &'s [Script],
    files: Vec<&'static str>,
    parts: BTreeMap<String, usize>,
    words: Vec<BTreeMap<&'static str, &'s str>>,
    lost: usize,
}

/// The site as one file. `files` are all files of the build, with no link among them that leads nowhere.
pub fn single(build: &Build, files: &Files) -> Single {
    let pages = pages(build, files);
    let places: Places = pages.iter().map(|(_, _, path)| (path.clone(), url(path))).collect();
    let mut store = Store::new(files);
    let mut lines = Lines::default();
    let mut entries = vec![];
    let mut blocks = String::new();
    for (page, number, path) in &pages {
        let mut cut = cut(path, &text(&files[path]), &places, &mut store);
        cut.sheets.extend(search_sheet(&mut store));
        let id = escape(&url(path));
        blocks.push_str(&format!("<noscript data-page><section id=\"{id}\">{}</section></noscript>\n", cut.main));
        entries.push(entry(build, page, *number, path, cut, &mut lines));
    }
    let parts = parts(&mut store);
    let stored = Stored {
        parts,
        lost: pages.iter().position(|(page, ..)| page.kind == Kind::NotFound).unwrap_or(0),
        pages: entries,
        lines: lines.all,
        redirects: redirects(build, &places),
        scripts: &store.scripts,
        files: store.kept.iter().map(media_type).collect(),
        words: words(build),
    };
    // In a script nothing ends before its end tag, and no comment begins (HTML Standard, 4.12.1.3).
    let json = serde_json::to_string(&stored).unwrap_or_default().replace('<', "\\u003c");
    let mut room: BTreeMap<&'static str, u64> = BTreeMap::new();
    room.insert("pages", blocks.len() as u64);
    room.insert("frame and scripts", (json.len() + ROUTER.len()) as u64);
    room.insert("styles", store.sheets.iter().map(|sheet| sheet.text.len() as u64).sum());
    let mut kept = String::new();
    for (key, path) in store.kept.iter().enumerate() {
        let block = format!("<script type=\"text/plain\" data-file-key=\"{key}\">{}</script>\n", base64(&files[path]));
        *room.entry(what(path)).or_default() += block.len() as u64;
        kept.push_str(&block);
    }
    let search = search(build, files);
    room.insert("search", search.len() as u64);
    kept.push_str(&search);
    let html = assembled(build, &stored.pages, &store, &blocks, &kept, &json);
    Single { html, room, left_out: store.left_out.into_iter().collect() }
}

/// The style of the search, which pages ask for when somebody searches.
fn search_sheet(store: &mut Store<'_>) -> Option<usize> {
    let (path, bytes) = store.files.iter().find(|(path, _)| path.as_str() == "assets/search.css")?;
    let css = text(bytes);
    Some(store.sheet(path, "", &css))
}

/// The theme's scripts by their path, for those that others ask for.
fn parts(store: &mut Store<'_>) -> BTreeMap<String, usize> {
    let scripts = store.files.iter().filter(|(path, _)| path.folder() == "assets" && path.extension() == "js");
    let scripts: Vec<_> = scripts.map(|(path, bytes)| (path.to_string(), text(bytes))).collect();
    let mut key = |text: String| store.script(Script { attributes: BTreeMap::new(), text });
    scripts.into_iter().map(|(path, text)| (path, key(text))).collect()
}

/// The index of the search: the value of each of its files, to be read when it is asked for.
fn search(build: &Build, files: &Files) -> String {
    let mut blocks = String::new();
    for (path, content) in build.outputs.iter() {
        let (Content::Made(Recipe::Search(_) | Recipe::SearchOpen), Some(bytes)) = (content, files.get(path)) else {
            continue;
        };
        let script = text(bytes);
        let name = path.as_str().trim_end_matches(".js");
        // `(…)["name"]=value;` is how a file of the index lays its value down.
        let Some((_, value)) = script.split_once("]=") else { continue };
        let value = value.trim_end().trim_end_matches(';');
        let name = escape(name);
        blocks.push_str(&format!("<script type=\"application/json\" data-search-name=\"{name}\">{value}</script>\n"));
    }
    blocks
}

/// Every page in the order in which a reader would go through them, with its place in its list.
fn pages<'b>(build: &'b Build, files: &Files) -> Vec<(&'b Page, usize, OutputPath)> {
    let mut all: BTreeMap<&OutputPath, (&Page, usize)> = BTreeMap::new();
    for (path, content) in build.outputs.iter().filter(|(path, _)| files.contains_key(path)) {
        if let Content::Made(Recipe::Page { id, number }) = content {
            all.insert(path, (build.site.page(*id), *number));
        }
    }
    let mut ordered = vec![];
    for home in &build.site.homes {
        for page in build.site.in_order(*home) {
            let page = build.site.page(page);
            if let Some((page, number)) = all.remove(&page.output) {
                ordered.push((page, number, page.output.clone()));
            }
        }
    }
    ordered.extend(all.into_iter().map(|(path, (page, number))| (page, number, path.clone())));
    ordered
}

/// The address of a page in the file, behind its `#`.
fn url(path: &OutputPath) -> String {
    let text = path.as_str();
    let short = text.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(text);
    let parts: Vec<String> = short.split('/').map(crate::paths::encode).collect();
    format!("/{}", parts.join("/"))
}

fn entry(build: &Build, page: &Page, number: usize, path: &OutputPath, cut: Cut, lines: &mut Lines) -> PageEntry {
    PageEntry {
        url: crate::paths::decode(&url(path)),
        title: cut.title,
        heading: if page.title.is_empty() { build.title(page.language) } else { page.title.clone() },
        language: page.language,
        depth: build.site.ancestors(page).len(),
        printed: number == 1 && !page.is_unlisted(),
        before: lines.numbers(&cut.before),
        after: lines.numbers(&cut.after),
        html: cut.html,
        body: cut.body,
        sheets: cut.sheets,
        head: cut.head,
        scripts: cut.scripts,
    }
}

/// Lines of text, each kept once.
#[derive(Default)]
struct Lines {
    all: Vec<String>,
    known: BTreeMap<String, usize>,
}

impl Lines {
    fn numbers(&mut self, text: &str) -> Vec<usize> {
        text.split('\n')
            .map(|line| {
                let next = self.all.len();
                let number = *self.known.entry(line.to_owned()).or_insert(next);
                if number == next {
                    self.all.push(line.to_owned());
                }
                number
            })
            .collect()
    }
}

fn redirects(build: &Build, places: &Places) -> BTreeMap<String, String> {
    let to = |alias: &crate::site::Alias| {
        let page = build.site.page(alias.page?);
        Some((crate::paths::decode(&url(&alias.from)), places.get(&page.output)?.clone()))
    };
    build.site.aliases.iter().filter_map(to).collect()
}

fn words(build: &Build) -> Vec<BTreeMap<&'static str, &str>> {
    let of = |language: usize| {
        let ui = build.interface(language);
        WORDS.iter().map(|key| (*key, ui.get(*key).map_or(*key, String::as_str))).collect()
    };
    (0..build.site.config.languages.len()).map(of).collect()
}

/// What the file may do: run these scripts, wear these styles, show what it holds, and nothing else (CSP 3).
fn policy(store: &Store<'_>) -> String {
    let list = |hashes: Vec<String>| if hashes.is_empty() { "'none'".to_owned() } else { hashes.join(" ") };
    let mut scripts = vec![hash(ROUTER)];
    scripts.extend(store.scripts.iter().map(|script| hash(&script.text)));
    let mut styles = vec![hash(FRAME)];
    styles.extend(store.sheets.iter().map(|sheet| hash(&sheet.text)));
    styles.extend(store.styles.iter().map(|style| hash(style)));
    let mut handlers: Vec<String> = store.handlers.iter().map(|handler| hash(handler)).collect();
    if !handlers.is_empty() {
        handlers.insert(0, "'unsafe-hashes'".into());
    }
    // The value of `style` cannot load anything that the other lines forbid.
    format!(
        "default-src 'none'; script-src {}; script-src-attr {}; style-src-elem {}; style-src-attr 'unsafe-inline'; \
         img-src data: blob:; media-src data: blob:; font-src data:; object-src 'none'; base-uri 'none'; form-action 'none'",
        list(scripts),
        list(handlers),
        list(styles),
    )
}

fn assembled(build: &Build, pages: &[PageEntry], store: &Store<'_>, blocks: &str, kept: &str, json: &str) -> String {
    let starts = start::starts(build, |output| store.files.contains_key(output));
    let first = starts.first().map_or(0, |(language, _)| *language);
    let tag = escape(&build.site.config.languages[first].tag);
    let title = escape(&build.title(first));
    let icon = store.files.iter().find(|(path, _)| path.as_str() == "assets/seal.svg");
    let icon = icon
        .map_or_else(String::new, |(path, bytes)| format!("<link rel=\"icon\" href=\"{}\">\n", data_url(path, bytes)));
    let sheets: String = store
        .sheets
        .iter()
        .map(|sheet| {
            let media =
                if sheet.media.is_empty() { String::new() } else { format!(" media=\"{}\"", escape(&sheet.media)) };
            format!("<style data-sheet{media}>{}</style>\n", sheet.text)
        })
        .collect();
    let contents: String = pages
        .iter()
        .filter(|page| page.printed)
        .map(|page| {
            format!(
                "<li class=\"depth-{}\"><a href=\"#{}\">{}</a></li>\n",
                page.depth,
                escape(&page.url),
                escape(&page.heading)
            )
        })
        .collect();
    let note = escape(build.interface(first).get("bundle-no-script").map_or("", String::as_str));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{} bundle\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n{icon}{sheets}<style>{FRAME}</style>\n</head>\n<body>\n\
         <noscript><div class=\"bundle-plain\"><h1>{title}</h1>\n<p>{note}</p>\n\
         <nav class=\"bundle-contents\"><ol>\n{contents}</ol></nav></div></noscript>\n\
         {blocks}{kept}<script type=\"application/json\" id=\"bundle-store\">{json}</script>\n\
         <script>{ROUTER}</script>\n</body>\n</html>\n",
        policy(store),
        crate::make::GENERATOR,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_router_can_stand_in_a_page() {
        assert!(!ROUTER.contains("</script") && !ROUTER.contains("<!--"));
        assert!(!FRAME.contains("</"));
    }
}
