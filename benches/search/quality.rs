//! Known pages: where in the results stands the one page that a part of a title, or of its text, was taken from?

use std::collections::HashMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::browser::{View, chromium};
use crate::corpus::{Numbers, Prose};

/// The number of pages, and of queries of each kind.
const PAGES: usize = 1_000;
const QUERIES: usize = 200;
/// A page further down counts as not found.
const DEEPEST: usize = 20;

/// Both engines on a Chinese and an English corpus, each page with the same queries.
pub fn measure(pagefind: &str) {
    let shipped = crate::shipped();
    println!("{PAGES} pages, {QUERIES} queries of each kind, mean reciprocal rank of the page sought");
    for english in [false, true] {
        let is_english =
            |text: &&String| text.chars().filter(|c| c.is_ascii_alphabetic()).count() * 2 > text.chars().count();
        let own = shipped.iter().filter(|text| is_english(text) == english).map(|text| bare(text)).collect::<Vec<_>>();
        let prose = Prose::of(own.iter().map(String::as_str), english);
        let pages = prose.pages(PAGES);
        let language = if english { "en" } else { "zh" };
        let config = format!("default_language = \"{language}\"\n");
        let files =
            pages.iter().map(|(path, title, text)| (path.clone(), format!("---\ntitle: \"{title}\"\n---\n\n{text}")));
        let site = crate::site(files.chain([("site.toml".to_owned(), config)]));
        let folder = crate::write(&format!("quality-{language}"), &crate::files(&site));
        run(&format!("{pagefind} --site . --root-selector main"), &folder);
        let Some(chromium) = chromium() else { return };
        let (ours, theirs) = (chromium.view(), chromium.view());
        ours.open(&folder.join("index.html")).press("/").wait("!!document.querySelector('dialog[open]')");
        let (mut server, address) = serve(&folder);
        theirs.open_url(&format!("{address}/index.html"));
        theirs.value::<bool>("import('/pagefind/pagefind.js').then(async (engine) => { self.engine = engine; await engine.init(); return true; })");
        for (kind, queries) in [("titles", titles(&pages, english)), ("phrases", phrases(&pages, english))] {
            let rank = |found: &dyn Fn(&str) -> Vec<String>| {
                let ranks = queries.iter().map(|(query, url)| {
                    let at = found(query).iter().take(DEEPEST).position(|found| found.contains(url.as_str()));
                    at.map_or(0.0, |at| 1.0 / (at as f64 + 1.0))
                });
                ranks.sum::<f64>() / queries.len() as f64
            };
            let own = rank(&|query| fangzhi(&ours, query));
            let other = rank(&|query| theirs_of(&theirs, query));
            println!("  {language} {kind:<8} {:>4} queries: fangzhi {own:.3}, Pagefind {other:.3}", queries.len());
        }
        let _ = server.kill();
        let _ = server.wait();
    }
}

/// A text without front matter and marks of Markdown.
fn bare(text: &str) -> String {
    let body = text.split("\n---\n").last().unwrap_or(text);
    let lines = body.lines().filter(|line| !line.starts_with(['#', '|', '`', ' ', ':', '-', '>', '!']));
    lines.map(|line| line.replace(['*', '`', '[', ']', '(', ')', '"', '_'], "")).collect::<Vec<_>>().join("\n")
}

fn fangzhi(view: &View, query: &str) -> Vec<String> {
    view.value(&format!(
        "(async () => {{ const finding = await self.fangzhiSearch.find({query:?}); if (finding.shown.length < {DEEPEST}) await finding.more();
            return finding.shown.concat(finding.related).map((page) => page.url); }})()"
    ))
}

fn theirs_of(view: &View, query: &str) -> Vec<String> {
    view.value(&format!(
        "(async () => {{ const found = await self.engine.search({query:?});
            const data = await Promise.all(found.results.slice(0, {DEEPEST}).map((one) => one.data())); return data.map((one) => one.url); }})()"
    ))
}

/// Parts of titles that no other title has: a query and the address of its page.
fn titles(pages: &[(String, String, String)], english: bool) -> Vec<(String, String)> {
    let mut numbers = Numbers::new(11);
    let part = |title: &str, numbers: &mut Numbers| part(title, english, if english { 3 } else { 5 }, numbers);
    taken(pages, &mut numbers, |page, numbers| part(&page.1, numbers), |page, query| page.1.contains(query))
}

/// Parts of texts that no other page has.
fn phrases(pages: &[(String, String, String)], english: bool) -> Vec<(String, String)> {
    let mut numbers = Numbers::new(12);
    let pick = |page: &(String, String, String), numbers: &mut Numbers| {
        let lines: Vec<&str> = page.2.lines().filter(|line| line.len() > 60 && !line.starts_with('#')).collect();
        part(lines.get(numbers.below(lines.len().max(1)))?, english, if english { 5 } else { 8 }, numbers)
    };
    taken(pages, &mut numbers, pick, |page, query| page.1.contains(query) || page.2.contains(query))
}

/// Some characters or words in a row, without marks between them.
fn part(text: &str, english: bool, length: usize, numbers: &mut Numbers) -> Option<String> {
    let parts: Vec<String> = match english {
        true => text.split(' ').map(str::to_owned).collect(),
        false => text.chars().map(String::from).collect(),
    };
    let from = numbers.below(parts.len().checked_sub(length)? + 1);
    let query = parts[from..from + length].join(if english { " " } else { "" });
    query.chars().all(|c| c.is_alphanumeric() || c == ' ').then_some(query)
}

type Page = (String, String, String);

fn taken(
    pages: &[Page],
    numbers: &mut Numbers,
    mut pick: impl FnMut(&Page, &mut Numbers) -> Option<String>,
    has: impl Fn(&Page, &str) -> bool,
) -> Vec<(String, String)> {
    let mut queries = HashMap::new();
    let mut order = vec![];
    for _ in 0..QUERIES * 40 {
        let page = &pages[numbers.below(pages.len())];
        let Some(query) = pick(page, numbers) else { continue };
        if !queries.contains_key(&query) && pages.iter().filter(|other| has(other, &query)).count() == 1 {
            let url = page.0.trim_start_matches("content/").trim_end_matches(".md").to_owned() + "/";
            queries.insert(query.clone(), url.clone());
            order.push((query, url));
        }
        if order.len() == QUERIES {
            break;
        }
    }
    order
}

fn run(command: &str, folder: &Path) {
    let done = Command::new("sh").args(["-c", command]).current_dir(folder).stdout(Stdio::null()).status();
    assert!(done.is_ok_and(|status| status.success()), "`{command}` does not run");
}

/// A small server for a folder, from Python's standard library.
fn serve(folder: &Path) -> (Child, String) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let server = Command::new("python3")
        .args(["-m", "http.server", "--bind", "127.0.0.1", &port.to_string()])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("python3");
    let started = std::time::Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() && started.elapsed().as_secs() < 20 {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    (server, format!("http://127.0.0.1:{port}"))
}
