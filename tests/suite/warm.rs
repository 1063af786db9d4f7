//! A build after another one: what is made of the same is neither made nor written, and the folder is that of a clean
//! build.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;

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
    ("content/c.md", "***\n\n# 丙\n"),
    ("content/c.md", "---\nnames: [又名]\nkeywords: [词]\n---\n# 丙\n## 小节\n字\n"),
    ("content/c.md", "---\nsearch_weight: 2\ndescription: 说明\n---\n# 丙\n## 小节 {#x}\n字\n"),
    ("content/c.md", "---\nsearch: false\n---\n# 丙\n### 小节\n字\n"),
    ("content/tags/x.md", "---\ntitle: 标签\n---\n"),
    ("site.toml", "[languages.en]\n[taxonomies.tags]\n[search]\ntitle = 9\n"),
    ("site.toml", "[languages.en]\n[search]\nenabled = false\n"),
    ("templates/page.html", "{% extends \"default/page.html\" %}"),
    ("templates/page.html", "<p>{{ page.title }}</p>"),
    ("static/own.txt", "own"),
    ("site.toml", "title = \"站\"\n[languages.en]\n[taxonomies.tags]\n"),
    ("site.toml", "minify_html = false\n[languages.en]\n[taxonomies.tags]\n"),
];

/// Writes the site to `root/public`; the files that were made, but for those of the theme and what lists the whole site.
fn write(build: &Build, root: &Path, warm: bool) -> BTreeSet<String> {
    let request =
        Request { root, output_dir: Path::new("public"), protected: vec![], home: None, force: false, version: "1.0" };
    let output = open(&request).unwrap();
    let made = Mutex::new(BTreeSet::new());
    let before = |path: &OutputPath| Before::Asked(output.made_of(path).filter(|_| warm));
    let (troubles, _) = build
        .make_new(before, |path, fresh| match fresh {
            Fresh::Made(bytes, from) => {
                made.lock().unwrap().insert(path.to_string());
                output.put_made(path, &bytes, from).map(drop)
            }
            Fresh::Ready(bytes) => output.put(path, &bytes).map(drop),
            Fresh::Known => output.keep(path),
        })
        .unwrap();
    assert!(troubles.is_empty(), "{troubles:?}");
    output.finish().unwrap();
    let listing = ["sitemap.xml", "robots.txt", "search/open.js"];
    let mut made = made.into_inner().unwrap();
    made.retain(|path| !listing.contains(&path.as_str()) && !path.ends_with("feed.xml"));
    made
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

/// A rule in front of the first heading changes no word; but the heading is no longer the title that the page shows, and is
/// found as a heading.
#[test]
fn an_index_is_made_anew_where_a_heading_is_no_title_any_more() {
    let root = tempfile::tempdir().unwrap();
    let mut site = TestSite::new(SITE);
    write(site.built(), root.path(), true);
    site.edit("content/c.md", "***\n\n# 丙\n").rebuild();
    write(site.built(), root.path(), true);
    same(site.built(), root.path());
}

#[test]
fn pages_are_made_only_where_something_changed() {
    let root = tempfile::tempdir().unwrap();
    let mut site = TestSite::new(SITE);
    let all = write(site.built(), root.path(), true);
    let pages = site.paths().into_iter().filter(|path| path.ends_with(".html")).collect::<BTreeSet<_>>();
    let index = all.difference(&pages).cloned().collect::<BTreeSet<_>>();
    assert!(index.iter().all(|path| path.starts_with("search/")) && index.len() > 4, "{index:?}");
    let none = BTreeSet::new();
    assert_eq!(write(site.built(), root.path(), true), none, "nothing changed, and nothing is made again");
    site.replace("content/s/b.md", "正文。", "另一段正文。").rebuild();
    let edited = BTreeSet::from(["s/b/index.html", "en/s/b/index.html"].map(str::to_owned));
    assert_eq!(
        write(site.built(), root.path(), true),
        &edited | &index,
        "the page, its fallback, and what is searched"
    );
    same(site.built(), root.path());
    site.replace("content/s/b.md", "另一段", "**另一段**").rebuild();
    assert_eq!(write(site.built(), root.path(), true), edited, "it says the same, and the index stays");
    same(site.built(), root.path());
    assert_eq!(write(site.built(), root.path(), false), all, "without what is known everything is made");
    fs::remove_file(root.path().join("public/c/index.html")).unwrap();
    let gone = BTreeSet::from(["c/index.html".to_owned()]);
    assert_eq!(write(site.built(), root.path(), true), gone, "a page that was taken away is made");
    fs::remove_file(root.path().join("public/search/start.js")).unwrap();
    let gone = BTreeSet::from(["search/start.js".to_owned()]);
    assert_eq!(write(site.built(), root.path(), true), gone, "so is a file of the index");
    same(site.built(), root.path());
    fs::remove_file(root.path().join("public").join(CACHE)).unwrap();
    assert_eq!(write(site.built(), root.path(), true), all, "without the cache everything is made, and is the same");
    same(site.built(), root.path());
    assert_eq!(write(site.built(), root.path(), true), none, "the cache is there again");
    fs::remove_dir_all(root.path().join("public")).unwrap();
    assert_eq!(write(site.built(), root.path(), true), all);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

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

/// The bytes of every file of the search.
fn search_files(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    site.outputs().into_iter().filter(|(path, _)| path.starts_with("search/")).collect()
}

#[test]
fn an_edit_of_a_text_leaves_the_files_of_the_search_that_say_nothing_of_it() {
    let sentence = |n: usize| format!("第{n}篇说的是概念验证、中试与孵化。Page {n} tells of pilot plants.\n\n");
    let text = |n: usize| format!("# 第{n}篇\n\n{}", sentence(n).repeat(90));
    let mut literal = String::from("--- content/_index.md\n# 首页\n");
    (0..12).for_each(|n| literal.push_str(&format!("--- content/p{n}.md\n{}\n", text(n))));
    let mut site = TestSite::new(&literal);
    let before = search_files(&site);
    assert!(before.len() > 15, "{} files", before.len());
    let edited = text(7).replacen("中试", "小试", 1);
    site.edit("content/p7.md", &edited).rebuild();
    let after = search_files(&site);
    let changed: BTreeSet<&str> =
        after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).map(|(path, _)| &**path).collect();
    let texts = changed.iter().filter(|path| path.starts_with("search/text/")).count();
    assert_eq!((texts, changed.contains("search/start.js")), (1, true), "{changed:?}");
    assert!(changed.len() < before.len() / 2, "{changed:?}");
    // Another page moves the numbers of all that come behind it, and no file may be read with an older one.
    site.edit("content/p3a.md", &text(3)).rebuild();
    let moved = search_files(&site);
    let same: Vec<&String> =
        moved.iter().filter(|(path, bytes)| after.get(*path) == Some(*bytes)).map(|(path, _)| path).collect();
    assert_eq!(same, ["search/open.js"]);
}
