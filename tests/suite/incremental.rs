//! Incremental is an argument: after any edits a rebuild equals a clean build, outputs and diagnostics; and editing a body
//! changes no other page.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::support::{TestSite, made, short};

const SITE: &str = "
    --- site.toml
    title = \"站\"
    base_url = \"https://a.example\"
    [languages.en]
    [taxonomies.tags]
    feed = true
    [taxonomies.cities]
    strict = true
    [facts]
    subjects = \"cities\"
    --- content/_index.md
    # 首页
    --- content/cities/xian.md
    # 西安
    --- content/indicators/n.md
    ---
    title: 数
    indicator: { unit: count, kind: stock }
    ---
    --- content/s/_index.md
    ---
    title: 节
    cascade: { tags: [x] }
    ---
    --- content/s/a.md
    ---
    title: 甲
    cities: xian
    facts:
      - { n: 3, period: 2023 }
    ---
    ## 一 {#one}

    [乙](b.md#two) [[丙]] ![图](pic.png)
    --- content/s/a.en.md
    # A
    --- content/s/b.md
    ---
    title: 乙
    date: 2020-02-03
    tags: [y]
    ---
    ## Two

    [[甲#one]]
    --- content/c.md
    ---
    title: 丙
    aliases: [old]
    ---
    --- content/s/pic.png
    png
    --- templates/section.html
    {% extends \"default/section.html\" %}
    ";

/// Files that edits are made to, with texts that each can have; many of them are wrong.
const CHOICES: &[(&str, &[&str])] = &[
    ("content/_index.md", &["# 首页\n", "# 新首页\n[[甲]] [乙](s/b.md)\n", ""]),
    (
        "content/cities/xian.md",
        &["# 西安\n", "---\ntitle: 西安\nnames: [长安]\n---\n", "---\ndraft: true\n---\n# 西安\n"],
    ),
    (
        "content/s/a.md",
        &[
            "# 甲\n",
            "---\ntitle: 甲\ncities: xian\ntags: [z]\nfacts:\n  - { n: 4, period: 2023 }\n---\n## 一 {#one}\n[[乙]]\n",
            "---\ntitle: 甲: 乙\n---\n",
            "---\ntitle: 甲\ncities: xain\nwieght: 1\n---\n[x](nowhere.md) [y](b.md#three)\n",
            "---\ntitle: 甲\nslug: b\n---\n",
        ],
    ),
    ("content/s/a.en.md", &["# A\n", "# Alpha\n[b](b.md)\n", "---\ndraft: true\n---\n# A\n"]),
    (
        "content/s/b.md",
        &[
            "---\ntitle: 乙\ncities: xian\nfacts:\n  - { n: 5, period: 2023 }\n---\n## Two\n",
            "# 乙\n[[甲#one]] [[丙]]\n",
            "# 丙\n",
            "---\ntitle: 乙\ntemplate: nope\n---\n",
        ],
    ),
    ("content/s/_index.md", &["# 节\n", "---\ntitle: 节\ncascade: { tags: [x, w], draft: true }\n---\n"]),
    ("content/c.md", &["# 丙\n", "---\ntitle: 丙\naliases: [old, s/b]\nunlisted: true\n---\n"]),
    ("content/s/d.md", &["# 丁\n[[甲]]\n", "---\ntitle: 丁\nweight: 1\n---\n", "---\ntitle: 丁\npath: c/\n---\n"]),
    ("content/s/d.en.md", &["# D\n"]),
    (
        "content/g.md",
        &[
            "---\ntitle: 词\nglossary: true\n---\n节\n: 一段\n",
            "---\ntitle: 词\nglossary: true\n---\n节\n: 一大段\n\n又\n: 再\n",
            "# 词\n\n节\n: 一段\n",
        ],
    ),
    (
        "content/e.md",
        &[
            "# 戊\n\n:::box tone=3\n![图](s/pic.png)\n:::\n",
            "# 戊\n\n先。\n\n:::box size=1\n又一节\n:::\n",
            "# 戊\n\n:::box\n:::\n\n![图](s/pic.png) 又\n",
        ],
    ),
    (
        "templates/components/box.html",
        &[
            "{% component box(tone: integer = 1) %}<b>{{ body }}{{ tone }}</b>{% endcomponent box %}",
            "{% component box(size: integer = 1) %}<i>{{ body }}{{ size }}</i>{% endcomponent box %}",
        ],
    ),
    ("content/s/pic.png", &["png", "other"]),
    ("templates/section.html", &["{{ page.title }}", "{{ page.nothing.at.all }}", "{% if %}"]),
    ("static/c/index.html", &["static"]),
    (
        "site.toml",
        &[
            "title = \"站\"\n[languages.en]\n[taxonomies.tags]\n[taxonomies.cities]\n[facts]\nsubjects = \"cities\"\n",
            "[markdown]\ntrust = false\n",
            "titel = 1\n[taxonomies.tags]\n",
        ],
    ),
];

#[derive(Debug, Clone)]
enum Edit {
    Write(usize, usize),
    Append(usize, &'static str),
    Remove(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let files = 0..CHOICES.len();
    let tails = prop::sample::select(vec![
        "\n又一段。\n",
        "\n[x](gone.md)\n",
        "\n[[首页]]\n",
        "\n<div>raw</div>\n",
        "\n## 新\n",
    ]);
    prop_oneof![
        4 => (files.clone(), 0..5_usize).prop_map(|(file, text)| Edit::Write(file, text % CHOICES[file].1.len())),
        2 => (files.clone(), tails).prop_map(|(file, tail)| Edit::Append(file, tail)),
        1 => files.prop_map(Edit::Remove),
    ]
}

fn apply(site: &mut TestSite, edit: &Edit) {
    match edit {
        Edit::Write(file, text) => drop(site.edit(CHOICES[*file].0, CHOICES[*file].1[*text])),
        Edit::Append(file, tail) if CHOICES[*file].0.ends_with(".md") => {
            let path = fangzhi::paths::SourcePath::new(CHOICES[*file].0).unwrap();
            if let Some(source) = site.inputs.text(&path).cloned() {
                site.edit(path.as_str(), &format!("{}{tail}", source.text()));
            }
        }
        Edit::Append(..) => {}
        Edit::Remove(file) => drop(site.remove(CHOICES[*file].0)),
    }
}

/// Outputs and complaints of a build, in words that can be compared.
fn all_of(build: &fangzhi::build::Build) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
    let (outputs, troubles) = made(build);
    let complaints = build.diagnostics.iter().chain(&troubles);
    (outputs, complaints.map(|complaint| format!("{} {complaint:?}", short(build, complaint))).collect())
}

#[track_caller]
fn same(site: &TestSite) {
    let ((files, complaints), (clean_files, clean_complaints)) = (all_of(site.built()), all_of(&site.clean_build()));
    assert_eq!(complaints, clean_complaints);
    assert_eq!(files.keys().collect::<Vec<_>>(), clean_files.keys().collect::<Vec<_>>());
    for (path, bytes) in &files {
        assert!(bytes == &clean_files[path], "{path} differs from that of a clean build");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuild_equals_a_clean_build(edits in prop::collection::vec(prop::collection::vec(edit(), 1..4), 1..4)) {
        let mut site = TestSite::new(SITE);
        for step in &edits {
            for edit in step {
                apply(&mut site, edit);
            }
            site.rebuild();
            same(&site);
        }
    }
}

#[test]
fn the_site_of_the_property_is_sound() {
    let site = TestSite::new(SITE);
    site.expect_clean();
    same(&site);
}

/// The pages that an edit changed; the search index knows every body and is no page.
fn changed(site: &mut TestSite, path: &str, from: &str, to: &str) -> Vec<String> {
    let before = site.outputs();
    site.replace(path, from, to).rebuild();
    let after = site.outputs();
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed = after.into_iter().filter(|(path, bytes)| before[path] != *bytes).map(|(path, _)| path);
    changed.filter(|path| !path.starts_with("search/")).collect()
}

#[test]
fn editing_a_body_changes_no_other_page() {
    for (path, page) in [
        ("content/s/b.md", vec!["en/s/b/index.html", "s/b/index.html"]),
        ("content/s/a.md", vec!["s/a/index.html"]),
        ("content/s/a.en.md", vec!["en/s/a/index.html"]),
        ("content/cities/xian.md", vec!["cities/xian/index.html", "en/cities/xian/index.html"]),
    ] {
        let mut site = TestSite::new(SITE);
        let text = site.inputs.text(&fangzhi::paths::SourcePath::new(path).unwrap()).unwrap().text().to_owned();
        site.edit(path, &format!("{text}\n\n先有一段。\n")).rebuild();
        let changed =
            changed(&mut site, path, "\n\n先有一段。\n", "\n\n第一行移位。\n\n又来一段，*更长* 的。\n\n- 一\n- 二\n");
        assert_eq!(changed, page, "{path}");
    }
}

/// What the graph does not see, in what the next build takes over.
#[test]
fn texts_pictures_terms_and_components_are_looked_at_again() {
    let mut site = TestSite::new(SITE);
    let edits = [
        ("templates/components/box.html", 0),
        ("content/e.md", 0),
        ("content/e.md", 1),
        ("content/g.md", 0),
        ("content/g.md", 1),
        ("content/s/pic.png", 1),
        ("content/e.md", 2),
        ("templates/components/box.html", 1),
        ("content/g.md", 2),
        ("content/e.md", 0),
    ];
    for (path, text) in edits {
        let choices = CHOICES.iter().find(|(own, _)| *own == path).unwrap().1;
        site.edit(path, choices[text]).rebuild();
        same(&site);
    }
}

#[test]
fn moving_a_fact_in_its_file_changes_no_other_page() {
    let mut site = TestSite::new(SITE);
    assert_eq!(
        changed(&mut site, "content/s/a.md", "title: 甲\n", "title: 甲\nextra: { note: 1 }\n\n"),
        Vec::<String>::new()
    );
}

#[test]
fn editing_a_title_changes_the_pages_that_show_it() {
    let mut site = TestSite::new(SITE);
    let changed = changed(&mut site, "content/c.md", "title: 丙", "title: 丙\nnav_title: 丁");
    for page in ["c/index.html", "s/a/index.html", "index.html"] {
        assert!(changed.contains(&page.to_owned()), "{page}: {changed:?}");
    }
}

#[test]
fn a_mistake_can_be_mended() {
    let mut site = TestSite::new(SITE);
    site.replace("content/s/a.md", "(b.md#two)", "(x.md)").rebuild();
    site.expect_diagnostics("content/s/a.md:9:5: error[broken-link]: there is no file `x.md`");
    site.replace("content/s/a.md", "(x.md)", "(b.md#two)").rebuild().expect_clean();
    site.replace("content/s/b.md", "## Two", "## Three").rebuild();
    site.expect_diagnostics("content/s/a.md:9:9: error[broken-anchor]: `content/s/b.md` has no heading or id `two`");
    site.remove("content/s/b.md").rebuild();
    site.expect_diagnostics("content/s/a.md:9:5: error[broken-link]: there is no file `b.md`");
}

#[test]
fn an_edit_inside_a_text_takes_the_graph_over() {
    let mut site = TestSite::new(SITE);
    let mut others = |path: &str, from: &str, to: &str| {
        let before = site.built().site.pages.clone();
        site.replace(path, from, to).rebuild();
        let after = &site.built().site.pages;
        before.iter().zip(after).filter(|(one, other)| !std::sync::Arc::ptr_eq(one, other)).count()
    };
    assert_eq!(others("content/s/b.md", "## Two", "先有一段。\n\n## Two"), 2, "the page and its fallback");
    assert_eq!(others("templates/section.html", "section.html", "page.html"), 0);
    let all = others("content/s/b.md", "title: 乙", "title: 改名");
    assert!(all > 10, "another title is seen by others: {all}");
}
