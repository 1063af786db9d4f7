//! `mv`: what moves, what is written anew, and what is refused.

use fangzhi::inputs::Inputs;
use fangzhi::paths::SourcePath;
use fangzhi::relocation::{Move, Refusal, Request, plan};
use fangzhi::source::Source;
use proptest::prelude::*;

use crate::support::{TestSite, short};

fn planned(inputs: &Inputs, old: &str, new: &str) -> Result<Move, String> {
    plan(inputs, Request { old, new, aliases: false }).map_err(|refusal| match refusal {
        Refusal::Usage(message) => message,
        Refusal::Problems(problems, sites) => {
            problems.iter().map(|own| short(&sites[0], own)).collect::<Vec<_>>().join("\n")
        }
    })
}

/// The site after a move.
fn after(inputs: &Inputs, moved: &Move) -> Inputs {
    let mut after = inputs.clone();
    for (from, to) in &moved.files {
        let file = after.files.remove(from).unwrap();
        match file {
            fangzhi::inputs::File::Text(source) => after.insert(Source::new(to.clone(), source.text())),
            asset => drop(after.files.insert(to.clone(), asset)),
        }
    }
    moved.texts.values().for_each(|source| after.insert(source.clone()));
    after
}

/// What stands in a file of a site after a move.
fn text(site: &TestSite, old: &str, new: &str, file: &str) -> String {
    let moved = planned(&site.inputs, old, new).unwrap_or_else(|message| panic!("{message}"));
    let after = after(&site.inputs, &moved);
    after.text(&SourcePath::new(file).unwrap()).unwrap_or_else(|| panic!("no {file}")).text().to_owned()
}

#[test]
fn every_way_to_write_a_link_stays_what_it_is() {
    for (link, wanted) in [
        ("[x](s/a.md)", "[x](t/b.md)"),
        ("[x](./s/a.md#h)", "[x](./t/b.md#h)"),
        ("[x](/s/a.md?q#h)", "[x](/t/b.md?q#h)"),
        ("[x](@/s/a.md)", "[x](@/t/b.md)"),
        ("[x](s/a)", "[x](t/b)"),
        ("[x](/s/a/)", "[x](/t/b/)"),
        ("[x](/s/a/index.html)", "[x](/t/b/index.html)"),
        ("[x](<s/a.md>)", "[x](<t/b.md>)"),
        ("[x](s/a.md \"title\")", "[x](t/b.md \"title\")"),
        ("[x][r] [y][r]\n\n[r]: s/a.md", "[x][r] [y][r]\n\n[r]: t/b.md"),
        ("[[s/a]] [[s/a#h|y]] [[A page]]", "[[t/b]] [[t/b#h|y]] [[A page]]"),
        ("[[a]] [[a.md|y]]", "[[b]] [[b.md|y]]"),
        ("`[x](s/a.md)` https://s/a.md", "`[x](s/a.md)` https://s/a.md"),
    ] {
        let mut site = TestSite::new("--- content/_index.md\n# Home\n--- content/s/a.md\n# A page\n## h\n");
        site.edit("content/w.md", &format!("# W\n{link}\n")).rebuild().expect_clean();
        assert_eq!(text(&site, "s/a.md", "t/b.md", "content/w.md"), format!("# W\n{wanted}\n"));
    }
}

#[test]
fn a_section_takes_all_that_is_in_it_along() {
    let site = TestSite::new(
        "
        --- content/_index.md
        [x](s/deep/a.md) ![p](s/p.txt) [up](s/)
        --- content/s/_index.md
        # S
        --- content/s/deep/a.md
        # A
        [p](../p.txt) [s](../_index.md) [home](../../_index.md) [other](/o.md)
        --- content/s/p.txt
        p
        --- content/o.md
        # O
        --- content/t/_index.md
        # T
        ",
    );
    let moved = |file: &str| text(&site, "s", "t/", file);
    assert_eq!(moved("content/_index.md"), "[x](t/s/deep/a.md) ![p](t/s/p.txt) [up](t/s/)\n");
    let page = moved("content/t/s/deep/a.md");
    assert_eq!(page, "# A\n[p](../p.txt) [s](../_index.md) [home](../../../_index.md) [other](/o.md)\n");
    // A section that is there takes it in, too.
    assert_eq!(text(&site, "s/", "t", "content/t/s/_index.md"), "# S\n");
}

#[test]
fn what_cannot_be_kept_is_refused_with_its_place() {
    // After the move two pages have the short name that the wiki link uses.
    let site = TestSite::new(
        "
        --- content/_index.md
        # Home
        [[a]]
        --- content/s/a.md
        # One
        --- content/t/b.md
        # Two
        ",
    );
    let refused = planned(&site.inputs, "s/a", "s/b").map(|_| ()).unwrap_err();
    assert!(refused.starts_with("content/_index.md:2:3: error[broken-link]: after the move"), "{refused}");
}

#[test]
fn includes_and_front_matter_lead_on() {
    let site = TestSite::new(
        "
        --- content/_index.md
        # Home
        --- content/s/a.md
        ---
        title: A
        prev: \"b.md\"
        image: p.png
        ---
        ```text {include=\"c.txt\"}
        ```
        :::include b.md
        --- content/s/b.md
        # B
        --- content/s/c.txt
        c
        --- content/s/p.png
        p
        ",
    );
    assert!(!site.built().has_errors(), "{}", site.diagnostics());
    let moved = text(&site, "s/a", "a", "content/a.md");
    assert!(moved.contains("prev: \"s/b.md\"\nimage: s/p.png\n"), "{moved}");
    assert!(moved.contains("include=\"s/c.txt\"") && moved.contains(":::include s/b.md"), "{moved}");
}

/// A site with terms, subjects and indicators that a page names in many ways.
const NAMED: &str = "
    --- site.toml
    title = \"T\"
    [languages.en]
    [taxonomies.cities]
    strict = true
    [taxonomies.tags]
    [facts]
    subjects = \"cities\"
    indicators = \"indicators\"
    --- content/cities/xian/_index.md
    ---
    title: 西安
    names: [长安]
    ---
    --- content/cities/xian/_index.en.md
    # Xi'an
    --- content/cities/xian/deep.md
    # Deep
    --- content/cities/shenzhen.md
    # 深圳
    --- content/indicators/incubators.md
    ---
    title: 孵化器
    indicator: { unit: count, kind: stock }
    ---
    --- content/indicators/share.md
    ---
    title: 比
    indicator: { kind: ratio, formula: \"events / incubators\" }
    ---
    --- content/indicators/events.md
    ---
    title: 活动
    indicator: { unit: count, kind: flow }
    ---
    --- content/s/_index.md
    ---
    title: S
    cascade:
      cities: xian
    ---
    --- content/s/a.md
    ---
    title: A
    tags: [xian]
    facts:
      - { incubators: 34, period: 2023 }
      - { \"incubators\": 5, period: 2023, subject: shenzhen }
    ---
    [34](fact:incubators) [五个](fact:shenzhen/incubators@2023) [x](/cities/xian/deep.md)
    --- content/b.md
    ---
    title: B
    cities: [Xian, 西安, 'xian', 长安, shenzhen]
    facts:
      - { incubators: 34, period: 2023, subject: xian }
    ---
    [34](FACT:xian/incubators@2023) [34][f] [[cities/xian]]

    [f]: <fact:长安/incubators>
    ";

#[test]
fn a_term_takes_its_name_along() {
    let mut site = TestSite::new(NAMED);
    site.replace("content/s/a.md", "五个", "5个").rebuild().expect_clean();
    let read = |file: &str| text(&site, "cities/xian", "cities/chang-an", file);
    assert!(read("content/s/_index.md").contains("cities: chang-an\n"));
    let b = read("content/b.md");
    assert!(b.contains("cities: [chang-an, 西安, 'chang-an', 长安, shenzhen]"), "{b}");
    assert!(b.contains("subject: chang-an }"), "{b}");
    assert!(
        b.contains("[34](fact:chang-an/incubators@2023) [34][f] [[cities/chang-an]]\n\n[f]: <fact:长安/incubators>"),
        "{b}"
    );
    let a = read("content/s/a.md");
    assert!(
        a.contains("tags: [xian]") && a.contains("(fact:shenzhen/incubators@2023) [x](/cities/chang-an/deep.md)"),
        "{a}"
    );
    assert!(read("content/cities/chang-an/_index.en.md").contains("# Xi'an"));
}

#[test]
fn an_indicator_takes_its_name_along() {
    let mut site = TestSite::new(NAMED);
    site.replace("content/s/a.md", "五个", "5个").rebuild().expect_clean();
    let read = |file: &str| text(&site, "indicators/incubators.md", "indicators/nurseries.md", file);
    let a = read("content/s/a.md");
    assert!(a.contains("{ nurseries: 34, period: 2023 }") && a.contains("{ \"nurseries\": 5,"), "{a}");
    assert!(a.contains("[34](fact:nurseries) [5个](fact:shenzhen/nurseries@2023)"), "{a}");
    assert!(read("content/indicators/share.md").contains("formula: \"events / nurseries\" }"));
    let b = read("content/b.md");
    assert!(b.contains("[34](fact:xian/nurseries@2023)") && b.contains("<fact:长安/nurseries>"), "{b}");
}

#[test]
fn a_term_that_is_only_named_is_renamed_or_joined_to_another() {
    let site = TestSite::new(
        "
        --- site.toml
        title = \"T\"
        [taxonomies.tags]
        --- content/tags/java.md
        # Java
        --- content/a.md
        ---
        title: A
        tags: [js, Web Design, java]
        ---
        [t](/tags/js/)
        --- content/b.md
        ---
        title: B
        tags: JS
        ---
        ",
    );
    site.expect_clean();
    let read = |old: &str, new: &str, file: &str| text(&site, old, new, file);
    assert!(read("tags/js", "tags/JavaScript", "content/a.md").contains("tags: [JavaScript, Web Design, java]\n"));
    assert!(read("tags/js", "tags/JavaScript", "content/a.md").contains("[t](/tags/javascript/)"));
    assert!(read("tags/js", "tags/JavaScript", "content/b.md").contains("tags: JavaScript\n"));
    assert!(read("tags/js", "tags/JS", "content/a.md").contains("tags: [JS, Web Design, java]\n"));
    assert!(read("tags/web-design", "tags/design", "content/a.md").contains("tags: [js, design, java]\n"));
    assert!(read("tags/js", "tags/java", "content/b.md").contains("tags: java\n"));
    assert!(read("tags/js", "tags/web-design", "content/b.md").contains("tags: Web Design\n"));
    assert!(read("tags/Web Design", "tags/wd", "content/a.md").contains("tags: [js, wd, java]\n"));
    for (new, refusal) in
        [("js", "only in `tags`"), ("tags/js", "stands there already"), ("tags", "stands there already")]
    {
        let refused = planned(&site.inputs, "tags/js", new).err().unwrap_or_else(|| panic!("{new}"));
        assert!(refused.contains(refusal), "{refused}");
    }
    // Names that YAML would take for something else are quoted, and quotes keep their own rules.
    for (new, plain, quoted) in [
        ("a: b", "tags: [\"a: b\", Web Design, java]", "tags: \"a: b\""),
        ("#x", "tags: [\"#x\", Web", "tags: \"#x\""),
        ("a, b", "tags: [\"a, b\", Web", "tags: \"a, b\""),
        ("\"q\"", "tags: [\"\\\"q\\\"\", Web", "tags: \"\\\"q\\\"\""),
        ("it's", "tags: [\"it's\", Web", "tags: \"it's\""),
        ("null", "tags: [\"null\", Web", "tags: \"null\""),
        ("C++", "tags: [C++, Web", "tags: C++"),
    ] {
        let new = format!("tags/{new}");
        assert!(read("tags/js", &new, "content/a.md").contains(plain), "{}", read("tags/js", &new, "content/a.md"));
        assert!(read("tags/js", &new, "content/b.md").contains(quoted), "{}", read("tags/js", &new, "content/b.md"));
    }
    let mut site = site;
    site.replace("content/b.md", "tags: JS", "tags: ['js']").rebuild();
    assert!(text(&site, "tags/js", "tags/it's", "content/b.md").contains("tags: ['it''s']"));
}

#[test]
fn terms_and_indicators_stay_in_their_folders() {
    let site = TestSite::new(NAMED);
    for (old, new, refusal) in [
        ("cities/xian", "s/xian", "`cities/xian` can be called otherwise, but only in `cities`"),
        (
            "indicators/incubators",
            "incubators",
            "`indicators/incubators` can be called otherwise, but only in `indicators`",
        ),
        ("cities", "towns", "`cities` is named in `site.toml`"),
        (
            "cities/shenzhen",
            "cities/长安",
            "content/b.md:1:1: error[broken-link]: after the move it would carry other terms",
        ),
    ] {
        let refused = planned(&site.inputs, old, new).err().unwrap_or_else(|| panic!("{old} moved to {new}"));
        assert!(refused.contains(refusal), "{refused}");
    }
}

const HEADINGS: &str = "
    --- site.toml
    title = \"T\"
    [languages.en]
    --- content/a.md
    ---
    title: A
    ---
    ## 一、概况

    [here](#概况) [same](#概况-1)

    ## Steps and `tools` {#steps}

    ## 概况

    Under
    -----
    --- content/b.md
    # B

    [x](a.md#概况) [full](a.md#一概况) [coded](a.md#%E6%A6%82%E5%86%B5) [second](/a/#概况-1)
    [[A#概况]] [[A#一、概况|y]] [steps](a.md#steps) [[A#Steps and tools]] [r] `a.md#概况`

    [r]: <a.md#概况>
    --- content/b.en.md
    # B

    [x](a.md#under)
    ";

#[test]
fn the_ids_of_a_heading_go_along_with_its_text() {
    let site = TestSite::new(HEADINGS);
    site.expect_clean();
    let b = text(&site, "a.md#概况", "近况", "content/b.md");
    assert_eq!(
        b,
        "# B\n\n[x](a.md#近况) [full](a.md#近况) [coded](a.md#近况) [second](/a/#概况)\n\
         [[A#近况]] [[A#近况|y]] [steps](a.md#steps) [[A#Steps and tools]] [r] `a.md#概况`\n\n[r]: <a.md#近况>\n"
    );
    let a = text(&site, "content/a.md#一、概况", "近况", "content/a.md");
    assert!(a.contains("## 近况\n\n[here](#近况) [same](#概况)\n"), "{a}");
    // Braces stay, and so does the id in them.
    let moved = planned(&site.inputs, "a#steps", "Ways *and* means").unwrap_or_else(|message| panic!("{message}"));
    assert_eq!(moved.heading.as_ref().unwrap().1, ["steps", "steps"]);
    let after = after(&site.inputs, &moved);
    let read = |file: &str| after.text(&SourcePath::new(file).unwrap()).unwrap().text().to_owned();
    assert!(read("content/a.md").contains("## Ways *and* means {#steps}\n"));
    assert!(read("content/b.md").contains("[steps](a.md#steps) [[A#Ways and means]]"));
    assert!(text(&site, "a#Under", "Below", "content/b.en.md").contains("(a.md#below)"));
    assert!(text(&site, "a#Under", "Below", "content/a.md").contains("Below\n-----"));
}

#[test]
fn a_link_that_cannot_be_read_does_not_stand_in_the_way_of_another_heading() {
    let site = TestSite::new(
        "--- content/_index.md\n# Home\n\n[x](a.md#two\\-words)\n--- content/a.md\n# A\n\n## Two words\n\n## {{x}}\n",
    );
    site.expect_clean();
    assert!(text(&site, "a.md#x", "{{y}}", "content/a.md").ends_with("## {{y}}\n"));
    let refused = planned(&site.inputs, "a.md#two-words", "Three").err().unwrap();
    assert!(refused.contains("content/_index.md:3:"), "{refused}");
}

#[test]
fn what_would_be_no_heading_is_refused() {
    let site = TestSite::new(HEADINGS);
    for (old, new, refusal) in [
        ("a#nothing", "x", "`content/a.md` has no heading `nothing`"),
        ("a#unde", "x", "did you mean `under`?"),
        ("c#x", "y", "there is no page `c`"),
        ("a#under", "", "a heading has a text"),
        ("a#under", "- x", "`- x` would be another heading, or none"),
        ("a#under", "# X", "`# X` would be another heading, or none"),
        ("a#概况", "D #", "`D #` would be another heading, or none"),
        ("a#under", "one\n\n## two", "a heading is one line"),
    ] {
        let refused = planned(&site.inputs, old, new).err().unwrap_or_else(|| panic!("{old} became {new}"));
        assert!(refused.contains(refusal), "{old}: {refused}");
    }
}

#[test]
fn what_only_looks_like_it_stays() {
    let site = TestSite::new(
        "
        --- content/_index.md
        # Home
        [data](/s/d.csv) [section](/s/) [[s]]
        --- content/s/_index.md
        ---
        title: S
        cascade: { image: ../p.png }
        ---
        ```text {title=\"c.txt\" include=\"../c.txt\"}
        ```
        --- content/t.md
        # s
        --- content/c.txt
        c
        --- content/p.png
        p
        --- static/s/d.csv
        1
        ",
    );
    assert_eq!(text(&site, "s", "u/v", "content/_index.md"), "# Home\n[data](/s/d.csv) [section](/u/v/) [[s]]\n");
    let section = text(&site, "s", "u/v", "content/u/v/_index.md");
    assert!(section.contains("image: ../../p.png"), "{section}");
    assert!(section.contains("{title=\"c.txt\" include=\"../../c.txt\"}"), "{section}");
}

#[test]
fn what_was_not_understood_is_refused() {
    let site = |files: &str| TestSite::new(&format!("--- content/_index.md\n# Home\n{files}"));
    // The destination holds an escape, so that it is not found in the text.
    let escaped =
        site("--- content/p.png\np\n--- content/r_d.md\n# R\n--- content/a.md\n# A\n[![p](p.png)](r\\_d.md)\n");
    let refused = planned(&escaped.inputs, "a.md", "s/a.md").map(|_| ()).unwrap_err();
    assert!(refused.starts_with("content/a.md:2:1: error[broken-link]"), "{refused}");
    let plain = site("--- content/a.md\n# A\n");
    for (to, why) in [
        (".a.md", "would not be read"),
        ("s/.git/a.md", "would not be read"),
        ("/tmp/a.md", "an absolute path"),
        ("README.md", "after the move it would be"),
    ] {
        let refused = planned(&plain.inputs, "a.md", to).map(|_| ()).unwrap_err();
        assert!(refused.contains(why), "{to}: {refused}");
    }
    let names =
        site("--- content/a.md\n---\nprev: \"q\\u002emd\"\n---\n# A\n--- content/q.md\n# Q\n--- content/z/q.md\n# Z\n");
    let refused = planned(&names.inputs, "a.md", "z/a.md").map(|_| ()).unwrap_err();
    assert!(refused.contains("`prev`"), "{refused}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn there_and_back_is_as_before(
        links in prop::collection::vec((0..4_usize, 0..4_usize, prop::bool::ANY), 0..12),
        which in 0..4_usize,
        to in prop::sample::select(vec!["x", "s/x", "s/u/x", "新/页"]),
    ) {
        let pages = ["a", "s/b", "s/t/c", "u/中"];
        let mut inputs = TestSite::new("--- content/_index.md\n# Home\n--- content/s/_index.md\n# S\n").inputs;
        for (at, page) in pages.iter().enumerate() {
            let mut body = format!("# P{at}\n");
            let up = "../".repeat(page.matches('/').count());
            for (_, other, root) in links.iter().filter(|(from, other, _)| *from == at && other != from) {
                let path = pages[*other];
                let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
                let beside = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).filter(|_| !folder.is_empty());
                body += &match (root, beside) {
                    (true, _) => format!("[x](/{path}.md)\n"),
                    (_, Some(rest)) => format!("[x]({rest}.md)\n"),
                    (_, None) if folder == "s/t" && path.starts_with("s/") => format!("[x](../{}.md)\n", &path[2..]),
                    (_, None) => format!("[x]({up}{path}.md)\n"),
                };
            }
            inputs.insert(Source::new(SourcePath::new(&format!("content/{page}.md")).unwrap(), body));
        }
        let there = planned(&inputs, pages[which], to).map_err(TestCaseError::fail)?;
        let moved = after(&inputs, &there);
        let back = planned(&moved, to, pages[which]).map_err(TestCaseError::fail)?;
        let same = after(&moved, &back);
        for path in inputs.files.keys() {
            let texts = [&inputs, &same].map(|inputs| inputs.text(path).map(|source| source.text().to_owned()));
            prop_assert_eq!(&texts[0], &texts[1]);
        }
    }
}
