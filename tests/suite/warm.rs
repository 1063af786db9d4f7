//! A build after another one: what is made of the same is neither made nor written, and the folder is that of a clean
//! build.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use fangzhi::build::Build;
use fangzhi::make::{Before, Fresh};
use fangzhi::outputs::{CACHE, Request, open};
use fangzhi::paths::OutputPath;
use proptest::prelude::*;

use crate::support::TestSite;

const SITE: &str = "
    --- site.toml
    [languages.en]
    [taxonomies.tags]
    --- content/_index.md
    # 首页
    --- content/s/_index.md
    # 节
    --- content/s/a.md
    ---
    title: 甲
    tags: [x]
    ---
    [乙](b.md)
    --- content/s/b.md
    ---
    title: 乙
    tags: [x, y]
    ---
    正文。
    --- content/c.md
    # 丙
    ";

const EDITS: &[(&str, &str)] = &[
    ("content/s/b.md", "---\ntitle: 乙\ntags: [x, y]\n---\n另一段正文。\n"),
    ("content/s/b.md", "---\ntitle: 改名\ntags: [y]\n---\n正文。\n"),
    ("content/s/a.md", "# 甲\n[丙](../c.md)\n"),
    ("content/s/a.en.md", "# A\n"),
    ("content/s/d.md", "# 丁\n[[甲]]\n"),
    ("templates/page.html", "{% extends \"default/page.html\" %}"),
    ("templates/page.html", "<p>{{ page.title }}</p>"),
    ("static/own.txt", "own"),
    ("site.toml", "title = \"站\"\n[languages.en]\n[taxonomies.tags]\n"),
    ("site.toml", "minify_html = false\n[languages.en]\n[taxonomies.tags]\n"),
];

/// Writes the site to `root/public`; how many files were made.
fn write(build: &Build, root: &Path, warm: bool) -> usize {
    let request =
        Request { root, output_dir: Path::new("public"), protected: vec![], home: None, force: false, version: "1.0" };
    let output = open(&request).unwrap();
    let made = AtomicUsize::new(0);
    let before = |path: &OutputPath| Before::Asked(output.made_of(path).filter(|_| warm));
    let (troubles, _) = build
        .make_new(before, |path, fresh| match fresh {
            Fresh::Made(bytes, from) => {
                made.fetch_add(1, Ordering::Relaxed);
                output.put_made(path, &bytes, from).map(drop)
            }
            Fresh::Ready(bytes) => output.put(path, &bytes).map(drop),
            Fresh::Known => output.keep(path),
        })
        .unwrap();
    assert!(troubles.is_empty(), "{troubles:?}");
    output.finish().unwrap();
    made.into_inner()
}

/// Every file below a folder, its manifest and its cache too.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            all.extend(files(&entry.path()).into_iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
        } else {
            all.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    all
}

/// Compares a folder with that of a build from nothing.
#[track_caller]
fn same(build: &Build, root: &Path) {
    let clean = tempfile::tempdir().unwrap();
    write(build, clean.path(), false);
    let (warm, clean) = (files(&root.join("public")), files(&clean.path().join("public")));
    assert_eq!(warm.keys().collect::<Vec<_>>(), clean.keys().collect::<Vec<_>>());
    for (path, bytes) in &warm {
        assert!(bytes == &clean[path], "{path} differs from that of a clean build");
    }
}

#[test]
fn pages_are_made_only_where_something_changed() {
    let root = tempfile::tempdir().unwrap();
    let mut site = TestSite::new(SITE);
    let pages = site.paths().iter().filter(|path| path.ends_with(".html")).count();
    let all = write(site.built(), root.path(), true);
    let others = write(site.built(), root.path(), true);
    assert_eq!(all - others, pages, "nothing changed, and no page is made again");
    site.replace("content/s/b.md", "正文。", "另一段正文。").rebuild();
    assert_eq!(write(site.built(), root.path(), true), others + 2, "the page and its fallback");
    same(site.built(), root.path());
    assert_eq!(write(site.built(), root.path(), false), all, "without what is known everything is made");
    fs::remove_file(root.path().join("public/c/index.html")).unwrap();
    assert_eq!(write(site.built(), root.path(), true), others + 1, "a page that was taken away is made");
    same(site.built(), root.path());
    fs::remove_file(root.path().join("public").join(CACHE)).unwrap();
    assert_eq!(write(site.built(), root.path(), true), all, "without the cache everything is made, and is the same");
    same(site.built(), root.path());
    assert_eq!(write(site.built(), root.path(), true), others, "the cache is there again");
    fs::remove_dir_all(root.path().join("public")).unwrap();
    assert_eq!(write(site.built(), root.path(), true), all);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_warm_build_writes_what_a_clean_one_writes(edits in prop::collection::vec((0..EDITS.len(), any::<bool>()), 1..6)) {
        let root = tempfile::tempdir().unwrap();
        let mut site = TestSite::new(SITE);
        write(site.built(), root.path(), true);
        for (edit, takes_away) in edits {
            let (path, text) = EDITS[edit];
            if takes_away && path != "site.toml" {
                site.remove(path);
            } else {
                site.edit(path, text);
            }
            site.rebuild();
            if !site.built().has_errors() {
                write(site.built(), root.path(), true);
                same(site.built(), root.path());
            }
        }
    }
}
