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
        :::
        --- content/s/b.md
        B
        --- content/s/c.txt
        c
        --- content/s/p.png
        p
        ",
    );
    let moved = text(&site, "s/a", "a", "content/a.md");
    assert!(moved.contains("prev: \"s/b.md\"\nimage: s/p.png\n"), "{moved}");
    assert!(moved.contains("include=\"s/c.txt\"") && moved.contains(":::include s/b.md"), "{moved}");
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
