//! Whatever is edited in whatever order: reading what was touched and building on the last build gives the same files
//! and complaints as reading everything and building anew.
#![allow(clippy::disallowed_methods, reason = "the edits are made on a disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use fangzhi::build::{Build, Wish, build};
use fangzhi::inputs::{File, Inputs};
use fangzhi::paths::SourcePath;
use fangzhi::serve::Reading;
use fangzhi::source::Source;
use proptest::prelude::*;
use proptest::sample::select;

const PAGES: [&str; 9] = [
    "content/_index.md",
    "content/a.md",
    "content/a.en.md",
    "content/s/_index.md",
    "content/s/b.md",
    "content/s/c/index.md",
    "content/t/d.md",
    "content/tags/red.md",
    "README.md",
];

const TEXTS: [&str; 16] = [
    "---\ntitle: Alpha\ntags: [red, blue]\n---\nSee [b](s/b.md#one) and [[Beta]].\n",
    "---\ntitle: Alpha\ntags: [red, blue]\n---\nOther body, ![](image.png)\n",
    "---\ntitle: Beta\nweight: 3\n---\n\n## One\n\n[up](../a.md)\n",
    "---\ntitle: Beta\nweight: 1\ntags: red\naliases: [old/]\n---\n\n## Two\n",
    "---\ntitle: Gamma\ndraft: true\n---\ntext\n",
    "---\ntitle: [\n---\nbroken front matter\n",
    "---\nwieght: 3\n---\n# Heading\n\n[x](nowhere.md)\n",
    "# Only a heading\n\n```rust\nfn main() {}\n```\n",
    "---\ntitle: Section\ncascade:\n  tags: [green]\n---\n",
    "---\ntitle: Own template\ntemplate: own.html\n---\n",
    "---\ntitle: Path\npath: a/\nunlisted: true\n---\n[[Alpha]] [[Nobody]]\n",
    "---\ntitle: Count\nindicator: { unit: count, kind: stock }\n---\n",
    "---\ntitle: Alpha\ntags: red\nfacts:\n  - { b: 3, period: 2022 }\n---\nThere are [3](fact:b), 3家.\n",
    "---\ntitle: Alpha\ntags: red\nfacts:\n  - { b: 3, period: 2022 }\n---\nThere are [4](fact:b).\n",
    "---\ntitle: Cites\ntags: red\n---\n[3](fact:b) and [5](fact:blue/b)\n",
    "",
];

const CONFIGS: [&str; 9] = [
    "title = \"站\"\n[languages.en]\n[taxonomies.tags]\n",
    "title = \"Figures\"\n[languages.en]\n[taxonomies.tags]\n[facts]\nsubjects = \"tags\"\nindicators = \"s\"\n",
    "title = \"Other\"\n[taxonomies.tags]\nstrict = true\npaginate_by = 1\n",
    "title = \"Feeds\"\nbase_url = \"https://example.org/x/\"\n[languages.en]\n",
    "title = \"Broken\nx\n",
    "titel = \"Misspelt\"\n",
    "title = \"Theme\"\ntheme = \"own\"\n[markdown]\ntrust = true\n",
    "title = \"Elsewhere\"\ncontent_dir = \"content/s\"\n[taxonomies.tags]\n",
    "generate_llms = true\n[languages.en]\n",
];

const TEMPLATES: [&str; 4] = [
    "<html><body>{{ page.title }}{{ page.content | safe }}</body></html>",
    "{% extends \"base.html\" %}{% block content %}changed {{ page.title }}{% endblock content %}",
    "<html>{% if",
    "<p>{{ nothing.there.at.all }}</p>",
];

#[derive(Debug, Clone)]
enum Edit {
    Page(&'static str, &'static str),
    NotText(&'static str),
    Config(&'static str),
    NoConfig,
    Template(&'static str, &'static str),
    Title(&'static str, &'static str),
    Static(&'static str, u8),
    Delete(&'static str),
    Rename(&'static str, &'static str),
}

fn edits() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let page = || select(&PAGES[..]);
    let file = || {
        let others =
            ["static/x.css", "content/s/image.png", "templates/page.html", "content/s", "content/t", "content"];
        select(PAGES.iter().chain(&others).copied().collect::<Vec<_>>())
    };
    let template = || select(&["templates/page.html", "templates/own.html", "themes/own/templates/section.html"][..]);
    let edit = prop_oneof![
        8 => (page(), select(&TEXTS[..])).prop_map(|(path, text)| Edit::Page(path, text)),
        6 => (page(), select(&["Alpha", "Beta b", "第三章", "Zeta", ""][..])).prop_map(|(path, title)| Edit::Title(path, title)),
        1 => page().prop_map(Edit::NotText),
        2 => select(&CONFIGS[..]).prop_map(Edit::Config),
        1 => Just(Edit::NoConfig),
        2 => (template(), select(&TEMPLATES[..])).prop_map(|(path, text)| Edit::Template(path, text)),
        2 => (select(&["static/x.css", "content/s/image.png", "static/a/index.html"][..]), any::<u8>())
            .prop_map(|(path, byte)| Edit::Static(path, byte)),
        3 => file().prop_map(Edit::Delete),
        3 => (file(), file()).prop_map(|(from, to)| Edit::Rename(from, to)),
    ];
    // Several edits can come before the disk is quiet.
    prop::collection::vec(prop::collection::vec(edit, 1..4), 1..7)
}

/// Makes an edit; the paths that a watcher tells of.
fn apply(root: &Path, edit: &Edit) -> Vec<PathBuf> {
    let write = |path: &str, bytes: &[u8]| {
        let file = root.join(path);
        let is_new = |above: &&Path| *above != root && !above.exists();
        let new: Vec<PathBuf> = file.ancestors().take_while(is_new).map(Path::to_path_buf).collect();
        // A file may stand where a folder is wanted, and the other way round.
        if fs::create_dir_all(file.parent().unwrap()).is_ok() {
            let _ = fs::write(&file, bytes);
        }
        new.into_iter().chain([file.clone()]).collect()
    };
    match edit {
        Edit::Page(path, text) | Edit::Template(path, text) => write(path, text.as_bytes()),
        Edit::Title(path, title) => match fs::read_to_string(root.join(path)) {
            Ok(text) => {
                let line = |line: &str| {
                    if line.starts_with("title: ") { format!("title: {title}\n") } else { format!("{line}\n") }
                };
                write(path, text.lines().map(line).collect::<String>().as_bytes())
            }
            Err(_) => vec![],
        },
        Edit::NotText(path) => write(path, b"\xff\xfe not text"),
        Edit::Config(text) => write("site.toml", text.as_bytes()),
        Edit::NoConfig => {
            let _ = fs::remove_file(root.join("site.toml"));
            vec![root.join("site.toml")]
        }
        Edit::Static(path, byte) => write(path, &[*byte]),
        Edit::Delete(path) => {
            let file = root.join(path);
            let _ = if file.is_dir() { fs::remove_dir_all(&file) } else { fs::remove_file(&file) };
            vec![file]
        }
        Edit::Rename(from, to) => {
            let (from, to) = (root.join(from), root.join(to));
            let _ = fs::rename(&from, &to);
            vec![from, to]
        }
    }
}

type Made = (BTreeMap<String, Vec<u8>>, Vec<String>);

fn made(build: &Build) -> Made {
    let all = Mutex::new(BTreeMap::new());
    let troubles = build.make_all(|path, bytes| {
        all.lock().unwrap().insert(path.to_string(), bytes.to_vec());
        Ok::<(), Infallible>(())
    });
    let Ok(troubles) = troubles;
    (all.into_inner().unwrap(), troubles.iter().map(|trouble| format!("{trouble:?}")).collect())
}

fn told(inputs: &Inputs) -> (Vec<String>, Vec<String>) {
    let file = |file: &File| match file {
        // Asked for its text, a document would be read, which only the build may do here.
        File::Text(source) => format!("{:?}", source.known_hash()),
        File::Asset(asset) => format!("{:?}", asset.bytes()),
    };
    let files = inputs.files.iter().map(|(path, own)| format!("{path}: {}", file(own))).collect();
    let mut diagnostics: Vec<String> = inputs.diagnostics.iter().map(|diagnostic| format!("{diagnostic:?}")).collect();
    diagnostics.sort();
    (files, diagnostics)
}

fn check(steps: &[Vec<Edit>]) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let config = root.join("site.toml");
    fs::create_dir(root.join("content")).unwrap();
    for (path, text) in [("site.toml", CONFIGS[0]), (PAGES[1], TEXTS[0]), (PAGES[4], TEXTS[2])] {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    }
    let wish = Wish { drafts: true, ..Wish::default() };
    let mut reading = Reading::new(&root, &config).unwrap();
    let mut last = build(&reading.inputs, &wish, None);
    for (number, step) in steps.iter().enumerate() {
        let touched: BTreeSet<PathBuf> = step.iter().flat_map(|edit| apply(&root, edit)).collect();
        let changed = reading.update(&touched).unwrap();
        let anew = Reading::new(&root, &config).unwrap();
        let next = build(&reading.inputs, &wish, Some(&last));
        let clean = build(&anew.inputs, &wish, None);
        assert_eq!(told(&reading.inputs), told(&anew.inputs), "read otherwise after step {number} of {steps:#?}");
        assert_eq!(next.diagnostics, clean.diagnostics, "other complaints after step {number} of {steps:#?}");
        let (one, other) = (made(&next), made(&clean));
        assert_eq!(one.1, other.1, "other troubles after step {number} of {steps:#?}");
        for (path, bytes) in &other.0 {
            assert!(one.0.get(path) == Some(bytes), "{path} differs after step {number} of {steps:#?}");
        }
        assert_eq!(one.0.len(), other.0.len(), "more files after step {number} of {steps:#?}");
        if changed.is_empty() {
            let before = made(&last);
            assert!(before == one, "nothing changed, and yet the site did, at step {number} of {steps:#?}");
        }
        last = next;
    }
}

/// How many histories are tried; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn an_incremental_build_is_a_clean_build(steps in edits()) {
        check(&steps);
    }
}

#[test]
fn a_title_that_moves_nothing_leaves_the_graph_as_it_is() {
    let page = |title: &str, rest: &str| format!("---\ntitle: {title}\n{rest}---\n\n[a](../a.md)\n");
    let site = |title: &str, rest: &str, more: &str| {
        let mut inputs = Inputs::empty();
        let config = "title = \"S\"\n[languages.en]\n[taxonomies.tags]\nsort_by = \"weight\"\n".to_owned();
        let files = [
            ("site.toml", config),
            ("content/a.md", "# A\n".to_owned() + more),
            ("content/s/_index.md", page("Section", "")),
            ("content/s/b.md", page(title, rest)),
            ("content/s/c.md", page("C", "weight: 2\ntags: [red]\n")),
            ("content/s/d.md", page("D", "weight: 2\n")),
        ];
        for (path, text) in files {
            inputs.insert(Source::new(SourcePath::new(path).unwrap(), text));
        }
        inputs
    };
    let wish = Wish::default();
    let kept = |before: &Inputs, after: &Inputs| {
        let last = build(before, &wish, None);
        let (next, clean) = (build(after, &wish, Some(&last)), build(after, &wish, None));
        assert_eq!(next.diagnostics, clean.diagnostics);
        assert!(made(&next) == made(&clean), "other pages than those of a clean build");
        Arc::ptr_eq(&last.site.taxonomies, &next.site.taxonomies)
    };
    let first = "weight: 1\ntags: [red]\n";
    assert!(kept(&site("B", first, ""), &site("Another, longer", first, "")));
    assert!(kept(&site("B", "weight: 2\n", ""), &site("Bb", "weight: 2\n", "")));
    assert!(kept(&site("B", "weight: 2\n", ""), &site("第一章", "weight: 2\n", "")));
    // It goes behind C; it is named by a link; other things changed with it.
    assert!(!kept(&site("B", "weight: 2\n", ""), &site("Cc", "weight: 2\n", "")));
    assert!(!kept(&site("B", first, "[[B]]"), &site("Another", first, "[[B]]")));
    assert!(!kept(&site("B", first, ""), &site("Another", "weight: 3\n", "")));
    assert!(!kept(&site("B", first, ""), &site("\"\"", first, "")));
    assert!(!kept(&site("B", first, "[x](none.md)"), &site("Another", first, "[x](none.md)")));
}
