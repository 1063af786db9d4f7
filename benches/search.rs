//! The search: how large its index is, what it adds to a build, what a query loads, and how well it finds.
//!
//! ```text
//! cargo bench --bench search                             sizes and times for 1,000 and 10,000 pages, bytes of a query
//! cargo bench --bench search -- 1000                     other numbers of pages
//! cargo bench --bench search -- --pagefind 'python3 -m pagefind'    known pages found, beside Pagefind's in the same run
//! ```
//!
//! Queries run in a real Chromium: ours from disk, Pagefind's over http. Pagefind comes from PyPI
//! (`pagefind[extended]`). Times are processor time of the whole program, user and system, with all that is read and
//! written; the ratios count.

#![allow(clippy::duplicate_mod, reason = "two generators of sites count with the same numbers")]

#[path = "../tests/support/browser.rs"]
mod browser;
#[path = "../tests/support/corpus.rs"]
mod corpus;
#[path = "support/processor.rs"]
mod processor;
#[path = "search/quality.rs"]
mod quality;
mod support;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use corpus::Words;
use fangzhi::build::{Wish, build};
use fangzhi::config;
use fangzhi::inputs::{self, File, Inputs};
use fangzhi::paths::SourcePath;
use fangzhi::source::Source;
use processor::processor_times;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--pagefind") {
        return quality::measure(arguments.get(at + 1).map_or("pagefind", String::as_str));
    }
    let sizes: Vec<usize> = arguments.iter().filter_map(|size| size.parse().ok()).collect();
    let words = Words::of(shipped().iter().map(String::as_str));
    for pages in if sizes.is_empty() { vec![1_000, 10_000] } else { sizes } {
        measure(&words, pages);
    }
}

/// The texts of the shipped site, of which corpora are made.
fn shipped() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = inputs::read_config(&root.join("site.toml")).expect("the shipped site");
    let layout = config::read(&file).value.layout;
    let inputs = inputs::read(root, file, layout).expect("the shipped site");
    let text = |file: &File| match file {
        File::Text(source) => Some(source.text().to_owned()),
        File::Asset(_) => None,
    };
    inputs.files.iter().filter(|(path, _)| path.as_str().ends_with(".md")).filter_map(|(_, file)| text(file)).collect()
}

/// A site in memory.
fn site(files: impl IntoIterator<Item = (String, String)>) -> Inputs {
    let mut inputs = Inputs::empty();
    for (path, text) in files {
        inputs.insert(Source::new(SourcePath::new(&path).expect("a path of the site"), text));
    }
    inputs
}

/// Every file of a built site.
fn files(inputs: &Inputs) -> BTreeMap<String, Vec<u8>> {
    let all = Mutex::new(BTreeMap::new());
    let built = build(inputs, &Wish::default(), None);
    let made = built.make_all(|path, bytes| {
        all.lock().expect("a lock").insert(path.to_string(), bytes.to_vec());
        Ok::<(), Infallible>(())
    });
    assert!(made.is_ok_and(|troubles| troubles.is_empty()), "the corpus is clean");
    all.into_inner().expect("a lock")
}

/// Writes a site to a folder of its own below the target folder.
fn write(name: &str, files: &BTreeMap<String, Vec<u8>>) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/search-bench").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

/// What the program takes to build each of two sites from nothing and to write it, in pairs of runs, in seconds. Every run
/// has an output folder of its own, removed when all is done: a file system may be slow where much was just deleted.
fn costs(pages: usize, sites: [&[(String, String)]; 2], runs: usize) -> Vec<[f64; 2]> {
    let folder = std::env::temp_dir().join(format!("fangzhi-search-cost-{pages}"));
    let _ = std::fs::remove_dir_all(&folder);
    let root = |number: usize| folder.join(number.to_string());
    for (number, site) in sites.iter().enumerate() {
        for (path, text) in *site {
            let path = root(number).join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
    }
    let cost = |run: usize, number: usize| {
        let before = processor_times().0;
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_fangzhi"));
        program.args(["build", "--output-dir", &format!("out-{run}")]).current_dir(root(number));
        let done = program.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).status();
        assert!(done.is_ok_and(|status| status.success()), "the corpus is clean");
        processor_times().0 - before
    };
    let costs = (0..runs).map(|run| [cost(run, 0), cost(run, 1)]).collect();
    let _ = std::fs::remove_dir_all(&folder);
    costs
}

/// Prints how much longer a build takes with the search than without: the run in the middle of several.
fn share(name: &str, with: &[(String, String)], pages: usize) {
    let mut without = with.to_vec();
    let (_, settings) = without.iter_mut().find(|(path, _)| path == "site.toml").expect("settings");
    settings.push_str("\n[search]\nenabled = false\n");
    let runs = if pages > 2_000 { 3 } else { 11 };
    let mut times = costs(pages, [&without, with], runs);
    times.sort_by(|one, other| (one[1] / one[0]).total_cmp(&(other[1] / other[0])));
    let [without, with] = times[runs / 2];
    println!("  {name:<31} {without:>6.2} s without, {with:.2} s with: {:.0} % more", (with / without - 1.0) * 100.0);
}

fn measure(words: &Words, pages: usize) {
    let mut with = words.files(pages, 0);
    with.push(("site.toml".to_owned(), "title = \"Corpus\"\n".to_owned()));
    println!("{pages} pages of 2,000 characters, all of them Chinese");
    share("build", &with, pages);
    share("build of pages half English", &support::files(pages), pages);
    let with = site(with);
    let files = files(&with);
    let size = |prefix: &str| {
        let own: Vec<_> = files.iter().filter(|(path, _)| path.starts_with(prefix)).map(|(_, bytes)| bytes).collect();
        let raw: usize = own.iter().map(|bytes| bytes.len()).sum();
        // Of many files every so manieth is packed.
        let packed: Vec<usize> = own.iter().step_by(own.len().div_ceil(300).max(1)).map(|bytes| gzip(bytes)).collect();
        let packed = packed.iter().sum::<usize>() as f64 / packed.len().max(1) as f64 * own.len() as f64;
        (own.len(), raw as f64 / 1e3, packed / 1e3)
    };
    for (name, prefix) in [
        ("first (start)", "search/start.js"),
        ("simplified", "search/simplified.js"),
        ("readings", "search/readings.js"),
        ("terms", "search/terms/"),
        ("texts", "search/text/"),
    ] {
        let (count, raw, packed) = size(prefix);
        println!("  {name:<14} {count:>6} files {raw:>10.1} kB {packed:>10.1} kB gzip");
    }
    queries(&write(&format!("{pages}"), &files), &files);
}

/// What a query of four characters with ten results loads, in a page that has not searched yet.
fn queries(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let Some(chromium) = browser::chromium() else { return };
    let view = chromium.view();
    let texts: Vec<&String> = files.keys().filter(|path| path.starts_with("s0/")).collect();
    let (mut raw, mut packed, mut count, mut time, mut asked) = (0, 0, 0, 0.0, 0);
    for number in 0..20 {
        let page = String::from_utf8_lossy(&files[texts[number % texts.len()]]).into_owned();
        let body = page.split("class=prose").nth(1).unwrap_or(&page);
        let runs = body.split(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c)).filter(|run| run.chars().count() > 8);
        let query: String = runs.skip(number % 7).flat_map(str::chars).skip(2).take(4).collect();
        view.open(&folder.join("index.html")).press("/").wait("!!document.querySelector('dialog[open]')");
        view.wait(
            "document.querySelector('.search-filters') && self.fangzhiSearch.loaded.includes('search/simplified')",
        );
        let answer: (Vec<String>, f64) = view.value(&format!(
            "(async () => {{ const S = self.fangzhiSearch; S.loaded.length = 0; const start = performance.now();
                await S.find({query:?}); return [S.loaded, performance.now() - start]; }})()"
        ));
        asked += 1;
        time += answer.1;
        for name in answer.0 {
            let bytes = &files[&format!("{name}.js")];
            count += 1;
            raw += bytes.len();
            packed += gzip(bytes);
        }
    }
    let each = f64::from(asked);
    println!(
        "  a query loads  {:>6.1} files {:>10.1} kB {:>10.1} kB gzip, from disk in {:.0} ms",
        f64::from(count) / each,
        raw as f64 / each / 1e3,
        packed as f64 / each / 1e3,
        time / each
    );
}

/// The size of some bytes as a server sends them.
fn gzip(bytes: &[u8]) -> usize {
    use std::io::Write as _;
    let mut child = std::process::Command::new("gzip")
        .arg("-c")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("gzip");
    let mut stdin = child.stdin.take().expect("a pipe");
    let bytes = bytes.to_vec();
    let writing = std::thread::spawn(move || stdin.write_all(&bytes));
    let output = child.wait_with_output().expect("gzip");
    let _ = writing.join();
    output.stdout.len()
}
