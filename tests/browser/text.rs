//! Minifying changes nothing that a reader sees: not on the shipped site, not for any example of CommonMark.

use std::collections::BTreeSet;
use std::path::PathBuf;

use fangzhi::build::{Wish, build};
use fangzhi::inputs::Inputs;
use fangzhi::paths::SourcePath;
use fangzhi::source::Source;

use super::sites::{EMPTY, OnDisk, SHIPPED, SHIPPED_PLAIN, VARIED};
use crate::chromium::{Chromium, reading_chromium};
use crate::validate::{files, skipped, varied};

/// So many pages are opened by one call.
const BATCH: usize = 25;

/// The texts of pages of a site, wide and narrow, read in two tabs.
fn texts(chromium: &Chromium, site: &OnDisk, paths: &[&str]) -> Vec<[String; 2]> {
    let batches: Vec<Vec<PathBuf>> =
        paths.chunks(BATCH).map(|batch| batch.iter().map(|path| site.page(path)).collect()).collect();
    let read = |batches: &[Vec<PathBuf>]| {
        let view = chromium.view();
        view.open(&EMPTY.page("empty.html"));
        batches.iter().flat_map(|batch| view.texts(batch)).collect::<Vec<_>>()
    };
    let (first, second) = batches.split_at(batches.len() / 2);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| read(second));
        let first = read(first);
        [first, second.join().unwrap()].concat()
    })
}

/// The pages whose text is another one in the two sites; pages of the same bytes are not opened.
fn differences(chromium: &Chromium, plain: &OnDisk, small: &OnDisk) -> Vec<String> {
    assert!(plain.files.keys().eq(small.files.keys()), "minifying makes other files");
    let other: Vec<&str> = small.paths().into_iter().filter(|path| plain.files[*path] != small.files[*path]).collect();
    assert!(!other.is_empty(), "nothing is minified");
    let both = texts(chromium, plain, &other).into_iter().zip(texts(chromium, small, &other));
    let mut found = vec![];
    for (path, (plain, small)) in other.iter().zip(both) {
        assert!(plain.iter().all(|text| !text.trim().is_empty()), "{path} shows nothing");
        let pairs = plain.iter().zip(&small).zip(["wide", "narrow"]).filter(|((plain, small), _)| plain != small);
        found.extend(pairs.map(|((plain, small), at)| format!("{path}, {at}: {}", first(plain, small))));
    }
    found
}

/// The first place where two texts differ.
fn first(plain: &str, small: &str) -> String {
    let same = plain.chars().zip(small.chars()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(20)).take(60).collect::<String>();
    format!("{:?} becomes {:?}", around(plain), around(small))
}

#[test]
fn the_shipped_site_reads_the_same_minified() {
    let Some(chromium) = reading_chromium() else { return };
    let found = differences(&chromium, &SHIPPED_PLAIN, &SHIPPED);
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_varied_site_reads_the_same_minified() {
    let Some(chromium) = reading_chromium() else { return };
    let plain = OnDisk::new("varied-plain", files(varied().built()));
    let found = differences(&chromium, &plain, &VARIED);
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
}

/// The Markdown of CommonMark's examples, where the specification is at hand.
fn examples() -> Option<Vec<String>> {
    let folder = std::env::var_os("FANGZHI_SPEC_DIR").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/spec"));
    let text = ["commonmark-0.31.2.txt", "spec.txt"]
        .iter()
        .find_map(|name| std::fs::read_to_string(folder.join(name)).ok())?;
    let fence = "`".repeat(32);
    let start = format!("\n{fence} example\n");
    let blocks = text.split(start.as_str()).skip(1);
    Some(blocks.map(|block| block.split("\n.\n").next().unwrap_or_default().replace('→', "\t")).collect())
}

/// A site of these texts, one a page; HTML of authors is passed on or not.
fn site_of(examples: &[String], trust: bool, plain_html: bool) -> OnDisk {
    let mut inputs = Inputs::empty();
    let mut insert = |path: &str, text: String| inputs.insert(Source::new(SourcePath::new(path).unwrap(), text));
    insert("site.toml", format!("title = \"Examples\"\ndefault_language = \"en\"\n[markdown]\ntrust = {trust}\n"));
    for (at, text) in examples.iter().enumerate() {
        // An unlisted page is in no list and no navigation: it shows the example and little else.
        insert(&format!("content/example/{at:03}.md"), format!("---\ntitle: Example\nunlisted: true\n---\n\n{text}\n"));
    }
    // Links of the examples lead nowhere; their pages are made all the same.
    let built = build(&inputs, &Wish { plain_html, ..Wish::default() }, None);
    OnDisk::new(&format!("examples-{trust}-{plain_html}"), files(&built))
}

#[test]
fn commonmark_examples_read_the_same_minified() {
    let Some(chromium) = reading_chromium() else { return };
    let Some(examples) = examples() else {
        skipped("CommonMark's examples in a browser: FANGZHI_SPEC_DIR does not lead to the specification");
        return;
    };
    assert_eq!(examples.len(), 652);
    let mut opened = BTreeSet::new();
    // Pages with HTML of authors are not minified; where it is taken out, what is left of them is.
    let with_html: Vec<String> = examples.iter().filter(|text| text.contains('<')).cloned().collect();
    for (examples, trust) in [(&examples, true), (&with_html, false)] {
        let (plain, small) = (site_of(examples, trust, true), site_of(examples, trust, false));
        opened.extend(
            small.paths().into_iter().filter(|path| plain.files[*path] != small.files[*path]).map(str::to_owned),
        );
        let found = differences(&chromium, &plain, &small);
        assert!(found.is_empty(), "{} differences, trust = {trust}:\n{}", found.len(), found.join("\n"));
    }
    assert!(opened.len() > 500, "only {} examples were minified", opened.len());
}

/// The eye itself is tested: a space lost between two words is seen.
#[test]
fn a_lost_space_is_seen() {
    let Some(chromium) = reading_chromium() else { return };
    let page = |html: &str| [("a.html".to_owned(), html.as_bytes().to_vec())].into();
    let plain = OnDisk::new("space-plain", page("<!doctype html><div><b>one</b> <i>two</i></div>"));
    let small = OnDisk::new("space-small", page("<!doctype html><div><b>one</b><i>two</i></div>"));
    assert_eq!(differences(&chromium, &plain, &small).len(), 2);
}
