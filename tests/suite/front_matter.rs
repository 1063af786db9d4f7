//! Front matter: what is written is what is shown, and every mistake has its place and its mend.

use crate::support::TestSite;

/// A site whose page has this front matter.
fn with(yaml: &str) -> TestSite {
    let mut site = TestSite::new("--- site.toml\n[taxonomies.tags]\n");
    site.edit("content/a.md", &format!("---\n{yaml}\n---\n\nText.\n")).rebuild();
    site
}

#[test]
fn scalars_are_shown_as_written() {
    for (yaml, title) in [
        ("title: no", "no"),
        ("title: 012", "012"),
        ("title: 1e3", "1e3"),
        ("title: 1.10", "1.10"),
        ("title: 2023-11-30", "2023-11-30"),
        ("title: true", "true"),
        ("title: 0x1F", "0x1F"),
        ("title: \"a: b\"", "a: b"),
        ("title: 'it''s'", "it&#39;s"),
        ("title: >-\n  one\n  two", "one two"),
        ("title: 1.10 # a comment", "1.10"),
        ("title: .5", ".5"),
        ("title: 12345678901234567890", "12345678901234567890"),
        ("title: 第一章 2.50", "第一章 2.50"),
    ] {
        let site = with(yaml);
        site.expect_clean();
        let page = site.page("a/index.html");
        let shown = [format!("<h1>{title}</h1>"), format!("<h1>{}</h1>", title.replace("&#39;", "'"))];
        assert!(shown.iter().any(|shown| page.contains(shown)), "{yaml}: {page}");
    }
}

#[test]
fn terms_are_shown_as_written() {
    let site = with("title: A\ntags: [012, 1e3, 1.10, no, 2023-01-01]");
    site.expect_clean();
    for term in ["012", "1e3", "1.10", "no", "2023-01-01"] {
        site.expect_page(&format!("tags/{term}/index.html"), &format!("<h1>{term}</h1>"));
    }
}

#[test]
fn an_alias_stands_for_what_it_names() {
    let site = with("title: &t 1.10\nnav_title: *t\ntags: [*t]");
    site.expect_clean().expect_page("tags/1.10/index.html", "<h1>1.10</h1>");
}

#[test]
fn other_spellings_mean_the_same() {
    let site =
        with("title: A\nlinkTitle: Short\nlastmod: 2020-01-02\nsidebar_position: 3\nauthor: Li\nredirect_from: [old]");
    site.expect_clean().expect_page("a/index.html", "2020年1月2日");
    site.expect_page("a/index.html", "<meta name=\"author\" content=\"Li\">");
    assert!(site.has("old/index.html"));
    with("title: A\nweight: 1\norder: 2")
        .expect_diagnostics("content/a.md:4:1: error[duplicate-key]: `weight` and `order` mean the same key");
}

#[test]
fn mistakes_have_their_place() {
    for (yaml, expected) in [
        (
            "title: Foo: bar",
            "2:11: error[front-matter-syntax]: this is not YAML: mapping values are not allowed in this context",
        ),
        (
            "title: 标题\ndescription: 甲: 乙",
            "3:15: error[front-matter-syntax]: this is not YAML: mapping values are not allowed in this context",
        ),
        ("title: A\ntitle: B", "3:1: error[duplicate-key]: the key `title` stands twice"),
        ("title: 题\nextra:\n  甲: 1\n  乙: 2\n  甲: 3", "6:3: error[duplicate-key]: the key `甲` stands twice"),
        ("title: 甲\nwieght: 1", "3:1: error[unknown-key]: front matter has no key `wieght`"),
        ("title: A\nweight: heavy", "3:9: error[bad-value]: `weight` is a text, where a whole number is meant"),
        ("title: A\nweight: .nan", "3:9: error[bad-value]: `weight` is a number, where a whole number is meant"),
        ("title: A\ndraft: \"yes\"", "3:8: error[bad-value]: `draft` is a text, where true or false is meant"),
        ("title: A\ndate: 2023-02-30", "3:7: error[bad-value]: `2023-02-30` is not a day of the calendar"),
        ("title: A\ndate: yesterday", "3:7: error[bad-value]: `yesterday` is not a day of the calendar"),
        ("title: [A, B]", "2:8: error[bad-value]: `title` is a list, where a text is meant"),
        ("title: A\ntags: { a: b }", "3:1: error[bad-value]: `tags` is not a list of terms"),
        ("title: A\nextra: 3", "3:8: error[bad-value]: `extra` is a whole number, where a mapping is meant"),
        ("- a\n- b", "2:1: error[bad-value]: a list stands where a mapping is meant"),
        ("title: A\nlang: xx", "3:7: error[unknown-language]: the site has no language `xx`"),
        ("title: A\nslug: a/b", "3:7: error[bad-path]: `a/b` is not a URL of the site"),
        ("title: A\npath: ../x", "3:7: error[bad-path]: `../x` is not a URL of the site"),
        ("title: A\naliases: [ok, C:\\x]", "3:15: error[bad-path]: `C:\\\\x` is not a URL of the site"),
        ("title: A\ntemplate: pgae", "3:11: error[missing-template]: there is no template `pgae.html`"),
        ("title: A\nmatrix: { rows: tags }", "3:1: error[bad-value]: `matrix` needs two taxonomies"),
        ("title: A\nsource: { lnes: 3 }", "3:11: error[unknown-key]: `source` has no key `lnes`"),
        ("title: A\ntaxonomies: { topics: [x] }", "3:24: error[unknown-key]: there is no taxonomy `topics`"),
        ("title: A\nsummary: \"open", "3:10: error[front-matter-syntax]"),
    ] {
        let found = with(yaml).diagnostics();
        let expected = format!("content/a.md:{expected}");
        let errors: Vec<&str> = found.lines().filter(|line| line.contains("error[")).collect();
        assert!(
            errors.len() == 1 && errors[0].starts_with(&expected),
            "{yaml}\nexpected {expected}\nfound    {errors:#?}"
        );
    }
}

#[test]
fn mistakes_have_their_mend() {
    with("title: Foo: bar").expect_hint("quote the text: `title: \"Foo: bar\"`");
    with("wieght: 1").expect_hint("did you mean `weight`?");
    with("tagz: 1").expect_hint("did you mean `tags`?");
    with("title: A\nextra:\n\t- a").expect_hint("YAML is indented with spaces, not with tabs");
    with("title: \"A").expect_hint("close the quotation mark");
    with("title: A\ndescription: >5%").expect_hint("quote the value: `description: \">5%\"`");
    with("template: pgae").expect_hint("did you mean `page.html`?");
}

#[test]
fn a_front_matter_without_end_is_reported_and_not_shown() {
    let mut site = TestSite::new("--- content/a.md\n# A");
    site.edit("content/a.md", "---\ntitle: A\n\nText.\n").rebuild();
    site.expect_diagnostics("content/a.md:1:1: error[front-matter-unclosed]: the front matter has no end");
}

#[test]
fn a_file_may_be_empty() {
    let mut site = TestSite::new("--- content/b.md\n# B");
    site.edit("content/a.md", "").edit("content/c.md", "---\n---\n").rebuild();
    site.expect_diagnostics(
        "content/a.md:1:1: warning[no-title]: the page has no title
         content/c.md:1:1: warning[no-title]: the page has no title",
    );
    site.expect_page("a/index.html", "<h1>a</h1>").expect_page("c/index.html", "<h1>c</h1>");
}

#[test]
fn several_mistakes_of_one_page_are_all_reported() {
    with("title: [1]\nweight: x\ndate: 2023-13-01\nfoo: 1").expect_diagnostics(
        "content/a.md:2:8: error[bad-value]: `title` is a list, where a text is meant
         content/a.md:3:9: error[bad-value]: `weight` is a text, where a whole number is meant
         content/a.md:4:7: error[bad-value]: `2023-13-01` is not a day of the calendar
         content/a.md:5:1: error[unknown-key]: front matter has no key `foo`",
    );
}

/// What a hostile front matter gets: an error whose code begins so.
#[track_caller]
fn refused(yaml: &str, code: &str) {
    let found = with(yaml).diagnostics();
    assert!(found.contains(&format!("error[{code}")), "{}", found.chars().take(400).collect::<String>());
}

/// No clock is asked: what would be unfolded or read again and again is so large that its reader would never come to an end.
#[test]
fn torture_is_refused_before_it_is_read() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, before) in ('b'..='z').zip('a'..) {
        bomb.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", ")));
    }
    refused(&format!("title: A\n{bomb}"), "front-matter");
    let scalar = format!("x: &x \"{}\"\ny: [{}]", "x".repeat(30_000), vec!["*x"; 5_000].join(", "));
    refused(&scalar, "front-matter-too-large");
    refused(&format!("title: {}", "[".repeat(10_000_000)), "front-matter-too-large");
    refused(&format!("title: {}", "{a: ".repeat(1_000_000)), "front-matter-too-large");
    refused(&format!("title: {}", "a".repeat(65 * 1024)), "front-matter-too-large");
}

#[test]
fn what_is_nested_too_deep_or_runs_in_a_circle_is_refused() {
    refused(&format!("title: {}", "[".repeat(3_000)), "front-matter-too-large");
    refused(&format!("title: {}{}", "[".repeat(3_000), "]".repeat(3_000)), "front-matter-too-large");
    refused("title: &a [*a]", "front-matter-syntax");
    refused("title: *nowhere", "front-matter-syntax");
    let deep: String = (0..3_000).map(|depth| format!("{}a:\n", " ".repeat(depth % 20))).collect();
    refused(&deep, "duplicate-key");
    refused(&format!("x: {}1", "- ".repeat(3_000)), "front-matter");
    refused(&format!("{}1", "- ".repeat(30_000)), "front-matter");
    refused(&format!("x:\n  {}1", "? ".repeat(3_000)), "front-matter");
}

#[test]
fn a_byte_order_mark_is_no_mistake_of_the_parser() {
    // Reading from the disk takes the mark and the carriage returns off; here they come as any other text does.
    let mut site = TestSite::new("--- content/b.md\n# B");
    site.edit("content/a.md", "---\r\ntitle: A\r\n---\r\n\r\nText.\r\n").rebuild();
    site.expect_clean().expect_page("a/index.html", "<h1>A</h1>");
}

#[test]
fn a_page_that_is_due_for_review_is_told_of() {
    let mut site = TestSite::new(
        "
        --- content/_index.md
        ---
        title: Home
        cascade: { review_every: 6 months, owner: Ada }
        ---
        --- content/a.md
        ---
        title: A
        reviewed: 2026-01-31
        ---
        ",
    );
    site = site.on("2026-07-31");
    site.expect_clean();
    site = site.on("2026-08-01");
    site.expect_diagnostics("content/a.md:1:1: warning[review-due]: the page was to be reviewed by Ada on 2026-07-31");
    site.replace("content/a.md", "2026-01-31", "2026-08-01").rebuild().expect_clean();
    site.replace("content/_index.md", "6 months", "now and then").rebuild();
    site.expect_diagnostics("content/_index.md:3:26: error[bad-value]: `now and then` is not a stretch of time");
}
