//! What must be the same: the pages of both languages, and the bytes of two builds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use fangzhi::build::Wish;
use scraper::{Html, Selector};

use crate::validate::{Files, pages, root, shipped};

#[test]
fn both_languages_have_the_same_pages() {
    let files = shipped(&Wish::default());
    let pages: BTreeSet<&str> = pages(&files).into_keys().collect();
    let english: BTreeSet<&str> = pages.iter().filter_map(|path| path.strip_prefix("en/")).collect();
    let chinese: BTreeSet<&str> = pages.iter().filter(|path| !path.starts_with("en/")).copied().collect();
    assert!(chinese.len() > 50, "{}", chinese.len());
    assert_eq!(chinese, english);
}

#[test]
fn the_language_switch_leads_to_the_same_page() {
    let files = shipped(&Wish::default());
    for (path, html) in pages(&files) {
        let tree = Html::parse_document(html);
        let links: Vec<_> = tree.select(&Selector::parse("a[data-language]").unwrap()).collect();
        assert_eq!(links.len(), 1, "{path} has {} links to other languages", links.len());
        let (to, lang) = match path.strip_prefix("en/") {
            Some(path) => (path.to_owned(), "zh"),
            None => (format!("en/{path}"), "en"),
        };
        let depth = path.matches('/').count();
        assert_eq!(links[0].attr("href"), Some(&*format!("{}{to}", "../".repeat(depth))), "{path}");
        assert!(links[0].attr("hreflang").is_some_and(|tag| tag.split('-').next() == Some(lang)), "{path}");
        let notice = tree.select(&Selector::parse(".fallback").unwrap()).count();
        assert_eq!(notice, 0, "{path} is not translated");
    }
}

/// Copies what a build reads, and nothing of version control.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn below(folder: &Path, all: &mut BTreeMap<String, Vec<u8>>, top: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, all, top);
        } else {
            let inside = path.strip_prefix(top).unwrap().to_string_lossy().into_owned();
            all.insert(inside, std::fs::read(&path).unwrap());
        }
    }
}

/// The shipped site copied to `folder` and built there by the command itself.
fn built_in(folder: &Path) -> Files {
    copy(&root().join("content"), &folder.join("content"));
    for name in ["static", "templates"] {
        if root().join(name).is_dir() {
            copy(&root().join(name), &folder.join(name));
        }
    }
    std::fs::copy(root().join("site.toml"), folder.join("site.toml")).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_fangzhi"))
        .arg("build")
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut all = Files::new();
    let output = folder.join("public");
    below(&output, &mut all, &output);
    all
}

#[test]
fn two_builds_in_two_folders_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let first = built_in(&folder.path().join("one"));
    let second = built_in(&folder.path().join("somewhere/else with a space"));
    assert!(first.len() > 100, "{}", first.len());
    assert!(first.keys().eq(second.keys()), "other files");
    let other: Vec<&String> = first.keys().filter(|path| first[*path] != second[*path]).collect();
    assert!(other.is_empty(), "other bytes in {other:?}");
    // A third build, into an output that is there, changes nothing either.
    let third = built_in(&folder.path().join("one"));
    assert!(first == third, "building again changes bytes");
}
