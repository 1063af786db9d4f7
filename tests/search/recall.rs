//! A thousand queries mined from the texts: the scripts that a reader's browser runs, from disk, against a plain scan.

use std::collections::BTreeSet;
use std::path::PathBuf;

use fangzhi::build::{Build, Wish, build};
use fangzhi::inputs::{File, Inputs};
use fangzhi::make::search::{Searching, page};
use fangzhi::paths::SourcePath;
use fangzhi::search::normalise::{is_wide, is_word, normalise};
use fangzhi::source::Source;
use serde::Deserialize;

use crate::chromium::{View, chromium};
use crate::corpus::{Numbers, Words};
use crate::validate::{files, shipped_inputs, write};

/// Every block of text of a page, in normal form.
struct Text {
    url: String,
    blocks: Vec<String>,
}

fn texts(built: &Build) -> Vec<Text> {
    let searching = Searching::of(&built.site, None).unwrap();
    let of = |id| {
        let page = page(&built.site, id);
        let mut blocks: Vec<&str> = vec![page.title, page.description];
        blocks.extend(page.names.iter().chain(page.keywords).map(String::as_str));
        blocks.extend(page.terms.iter().map(|term| term.title));
        blocks.extend(page.sections.iter().flat_map(|section| section.text.lines()));
        let headings = page.headings.iter().enumerate().filter(|(at, _)| *at > 0 || !page.title_first);
        blocks.extend(headings.map(|(_, heading)| heading.text.as_str()));
        Text { url: page.url.to_owned(), blocks: blocks.into_iter().map(normalise).collect() }
    };
    searching.pages.iter().map(|id| of(*id)).collect()
}

/// A block as characters that are pairs' and whole words, with the marks between them.
fn pieces(block: &str) -> Vec<String> {
    let mut pieces: Vec<String> = vec![];
    let mut in_word = false;
    for c in block.chars() {
        let word = is_word(c) && !is_wide(c);
        match pieces.last_mut().filter(|_| word && in_word) {
            Some(last) => last.push(c),
            None => pieces.push(c.to_string()),
        }
        in_word = word;
    }
    pieces
}

/// Queries that stand in the texts: one to seven characters or words in a row, without blanks and what has a meaning
/// in a query.
fn mined(texts: &[Text], count: usize) -> Vec<String> {
    let mut numbers = Numbers::new(2024);
    let mut queries = BTreeSet::new();
    while queries.len() < count {
        let text = &texts[numbers.below(texts.len())];
        let block = &text.blocks[numbers.below(text.blocks.len())];
        let pieces = pieces(block);
        let length = 1 + numbers.below(7);
        if pieces.len() < length {
            continue;
        }
        let from = numbers.below(pieces.len() - length + 1);
        let query: String = pieces[from..from + length].concat();
        let words: Vec<&String> =
            pieces[from..from + length].iter().filter(|piece| piece.chars().any(is_word)).collect();
        // One or two letters find what begins with them, not everything that holds them.
        let short = words.iter().any(|word| word.len() < 3 && word.is_ascii());
        let special = |c: char| c.is_whitespace() || "\"“”「」『』„«»:：".contains(c);
        if !words.is_empty() && !short && !query.contains(special) {
            queries.insert(query);
        }
    }
    queries.into_iter().collect()
}

#[derive(Debug, Deserialize)]
struct Found {
    shown: Vec<String>,
    related: Vec<String>,
}

/// What the scripts find, all of it.
fn searched(view: &View, queries: &[String]) -> Vec<Found> {
    let queries = serde_json::to_string(queries).unwrap();
    view.value(&format!(
        "(async () => {{ const S = self.fangzhiSearch; const all = [];
            for (const text of {queries}) {{
                const finding = await S.find(text);
                while (finding.rest.length) await finding.more();
                all.push({{ shown: finding.shown.map((page) => page.url), related: finding.related.map((page) => page.url) }});
            }}
            return all; }})()"
    ))
}

fn nothing_is_missed(name: &str, inputs: &Inputs, count: usize) {
    let Some(chromium) = chromium() else { return };
    let built = build(inputs, &Wish::default(), None);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("search").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    write(&files(&built), &folder);
    let texts = texts(&built);
    let queries = mined(&texts, count);
    let view = chromium.view();
    view.open(&folder.join("index.html")).press("/");
    view.wait("document.querySelector('dialog[open]') !== null");
    let (mut wanted, mut found, mut shown, mut right) = (0, 0, 0, 0);
    let mut missed = vec![];
    for queries in queries.chunks(50) {
        for (query, result) in queries.iter().zip(searched(&view, queries)) {
            let holds = |text: &&Text| text.blocks.iter().any(|block| block.contains(query.as_str()));
            let truth: BTreeSet<&str> = texts.iter().filter(holds).map(|text| text.url.as_str()).collect();
            assert!(!truth.is_empty(), "{query} was mined from nowhere");
            let result_shown: BTreeSet<&str> = result.shown.iter().map(String::as_str).collect();
            assert_eq!(result_shown.len(), result.shown.len(), "{query}: a page is shown twice");
            assert!(
                result.related.iter().all(|url| !truth.contains(url.as_str())),
                "{query}: a page that has it stands below"
            );
            wanted += truth.len();
            found += truth.intersection(&result_shown).count();
            shown += result_shown.len();
            right += result_shown.intersection(&truth).count();
            missed.extend(truth.difference(&result_shown).map(|url| format!("{query}: {url}")));
        }
    }
    println!("{name}: {} queries, recall {found}/{wanted}, precision {right}/{shown}", queries.len());
    assert!(missed.is_empty(), "recall {found}/{wanted}: {:#?}", &missed[..missed.len().min(20)]);
    // What is shown above the line without holding the query letter by letter was found by pinyin or another name.
    assert!(right as f64 / shown as f64 > 0.99, "precision {right}/{shown}");
    assert_eq!(view.complaints(), [""; 0]);
}

#[test]
fn nothing_is_missed_on_the_shipped_site() {
    nothing_is_missed("shipped", &shipped_inputs(), 1_000);
}

#[test]
fn nothing_is_missed_on_many_pages() {
    let mut inputs = Inputs::empty();
    let shipped = shipped_inputs();
    let texts = shipped.files.values().filter_map(|file| match file {
        File::Text(source) => Some(source.text()),
        File::Asset(_) => None,
    });
    for (path, text) in Words::of(texts).files(300, 4) {
        inputs.insert(Source::new(SourcePath::new(&path).unwrap(), text));
    }
    nothing_is_missed("generated", &inputs, 1_000);
}
