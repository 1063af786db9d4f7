//! Every form of a link finds its target, every target and anchor is checked, every `href` is relative and ends in a file.

use fangzhi::diagnostic::Diagnostic;

use crate::support::TestSite;

const TWO: &str = "
    --- content/cities/xian.md
    # Xi'an
    ## Talent
    --- content/cities/_index.md
    # Cities
    --- content/cities/map.png
    png
    --- static/report.pdf
    pdf
    ";

/// A site whose page `a.md` holds `link` in its second line.
fn with(link: &str) -> TestSite {
    let mut site = TestSite::new(TWO);
    site.edit("content/a.md", &format!("# A\n{link}\n")).rebuild();
    site
}

#[test]
fn every_form_leads_to_a_file() {
    for (link, href) in [
        ("[x](cities/xian.md)", "../cities/xian/index.html"),
        ("[x](./cities/xian.md)", "../cities/xian/index.html"),
        ("[x](/cities/xian.md)", "../cities/xian/index.html"),
        ("[x](@/cities/xian.md)", "../cities/xian/index.html"),
        ("[x](cities/xian)", "../cities/xian/index.html"),
        ("[x](/cities/xian/)", "../cities/xian/index.html"),
        ("[x](/cities/xian/index.html)", "../cities/xian/index.html"),
        ("[x](cities/)", "../cities/index.html"),
        ("[x](cities/_index.md)", "../cities/index.html"),
        ("[x](cities/xian.md#talent)", "../cities/xian/index.html#talent"),
        ("[x](cities/xian.md?a=b#talent)", "../cities/xian/index.html#talent"),
        ("[x][r]\n\n[r]: cities/xian.md", "../cities/xian/index.html"),
        ("[x](cities/map.png)", "../cities/map.png"),
        ("[x](/report.pdf)", "../report.pdf"),
        ("[x](/)", "../index.html"),
        ("[x](https://example.org/a?b#c)", "https://example.org/a?b#c"),
        ("[x](mailto:a@example.org)", "mailto:a@example.org"),
        ("[x](//example.org/a)", "//example.org/a"),
    ] {
        let site = with(link);
        assert!(
            site.article("a/index.html").contains(&format!("href=\"{href}\"")),
            "{link}: {}",
            site.article("a/index.html")
        );
        site.expect_clean();
    }
}

#[test]
fn a_link_within_the_page_is_its_fragment() {
    let site = with("## 第一节\n\n[x](#第一节) [y](a.md#第一节)");
    site.expect_page("a/index.html", "<a href=\"#第一节\">x</a> <a href=\"#第一节\">y</a>").expect_clean();
}

#[test]
fn an_image_is_a_file_beside_the_page_or_in_static() {
    let site = with("![m](cities/map.png) ![r](/report.pdf)");
    site.expect_page("a/index.html", "src=\"../cities/map.png\"").expect_page("a/index.html", "src=\"../report.pdf\"");
    site.expect_clean();
}

#[test]
fn what_is_not_there_is_reported_with_its_place() {
    with("一二 [x](nowhere.md)")
        .expect_diagnostics("content/a.md:2:8: error[broken-link]: there is no file `nowhere.md`");
    with("[x](cities/xain.md)").expect_hint("did you mean `/cities/xian.md`?");
    with("一二 [x](cities/xian.md#talents)")
        .expect_diagnostics(
            "content/a.md:2:22: error[broken-anchor]: `content/cities/xian.md` has no heading or id `talents`",
        )
        .expect_hint("did you mean `talent`?");
    with("![m](cities/mop.png)")
        .expect_diagnostics("content/a.md:2:6: error[broken-link]: there is no file `cities/mop.png`");
    with("[x](../../../etc/passwd)")
        .expect_diagnostics("content/a.md:2:5: error[broken-link]: there is no file `../../../etc/passwd`");
    with("![x](cities/xian.md)")
        .expect_diagnostics("content/a.md:2:6: error[broken-link]: there is no file `cities/xian.md`");
}

#[test]
fn every_broken_link_is_reported_not_only_the_first() {
    let site = with("[x](one.md)\n\n[y](two.md) [z](three.md)");
    site.expect_diagnostics(
        "content/a.md:2:5: error[broken-link]: there is no file `one.md`
         content/a.md:4:5: error[broken-link]: there is no file `two.md`
         content/a.md:4:17: error[broken-link]: there is no file `three.md`",
    );
}

/// Looking for what was meant takes time for each, and nobody reads a thousand hints.
#[test]
fn the_first_hundred_broken_links_are_told_what_was_meant() {
    let complaints = with(&"[x](cities/xain.md) [[Citied]] [y](#b)\n".repeat(100)).complaints();
    let hinted = |trouble: &&Diagnostic| !trouble.hints.is_empty();
    assert_eq!(complaints.len(), 300);
    assert_eq!(complaints.iter().take_while(hinted).count(), 100);
    // That a page has such headings is known without looking for it.
    assert!(complaints[100..].iter().filter(hinted).all(|trouble| trouble.hints == ["it has #a"]), "{complaints:?}");
}

#[test]
fn a_dangerous_scheme_is_refused_where_content_is_not_trusted() {
    for scheme in ["javascript:alert(1)", "JavaScript:alert(1)", "vbscript:x", "data:text/html,x", "java&#115;cript:x"]
    {
        let mut site = with(&format!("[x](<{scheme}>)"));
        site.edit("site.toml", "[markdown]\ntrust = false\n").rebuild();
        let found = site.diagnostics();
        assert!(found.starts_with("content/a.md:2:1: error[unsafe-link]"), "{scheme}: {found}");
    }
}

#[test]
fn a_file_link_leaves_the_site_and_is_refused() {
    for target in ["file:///etc/passwd", "FILE:///etc/passwd"] {
        let found = with(&format!("[x]({target})")).diagnostics();
        assert!(found.starts_with("content/a.md:2:") && found.contains("error[unsafe-link]"), "{target}: {found}");
    }
}

#[test]
fn a_link_is_decoded_once() {
    let mut site = with("[x](C%23.md) [y](100%25.md#%E4%B8%80) [z](<a%2520b.md>)");
    site.edit("content/C#.md", "# C sharp\n")
        .edit("content/100%.md", "# All\n## 一\n")
        .edit("content/a%20b.md", "# P\n");
    site.rebuild().expect_clean();
    site.expect_page("a/index.html", ">x</a>").expect_not("a/index.html", "class=\"broken\"");
}

#[test]
fn a_link_to_a_draft_is_broken_until_drafts_are_shown() {
    let site = TestSite::new(
        "--- content/a.md
         # A
         [x](b.md)
         --- content/b.md
         ---
         title: B
         draft: true
         ---",
    );
    site.expect_diagnostics("content/a.md:2:5: error[broken-link]: `b.md` is a draft or has expired");
    site.with_drafts().expect_clean();
}

#[test]
fn an_ordinal_is_not_part_of_an_anchor_and_still_leads_there() {
    let site = with("## 一、总则\n\n[x](#总则) [y](#一总则)");
    let html = site.article("a/index.html");
    site.expect_clean();
    assert!(html.contains("id=\"总则\""), "{html}");
}

#[test]
fn the_whole_output_is_closed_under_its_links() {
    let site = TestSite::bilingual(
        "--- content/_index.md
         # 首页
         --- content/a b/页.md
         # 页
         [[首页]] [图](图 1.png)
         --- content/a b/图 1.png
         png
         --- content/en/only.md
         # Only
         --- content/c.md
         ---
         title: C
         aliases: [old/c.html, 旧/]
         ---",
    );
    site.expect_clean();
    let outputs = site.outputs();
    let mut checked = 0;
    for (path, bytes) in outputs.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for attribute in ["href=\"", "src=\"", "url="] {
            for part in html.split(attribute).skip(1) {
                let target = part.split(['"', '>']).next().unwrap();
                let target = target.split(['#', '?']).next().unwrap();
                if target.is_empty() || target.contains("://") {
                    continue;
                }
                let to = resolved(path, &fangzhi::paths::decode(target));
                assert!(outputs.contains_key(&to) || to.starts_with("assets/"), "{path}: {target} is {to}");
                checked += 1;
            }
        }
    }
    assert!(checked > 60, "{checked}");
}

/// The file that a relative address in a file means.
fn resolved(from: &str, href: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop().expect("inside the output")),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn links_that_lead_nowhere_can_be_warnings() {
    let mut site = TestSite::new(
        "
        --- site.toml
        title = \"T\"
        [link_checker]
        internal_level = \"warn\"
        --- content/a.md
        # A

        [x](gone.md) [y](b.md#gone) ![z](gone.png)
        --- content/b.md
        # B
        ",
    );
    site.expect_diagnostics(
        "
        content/a.md:3:5: warning[broken-link]: there is no file `gone.md`
        content/a.md:3:22: warning[broken-anchor]: `content/b.md` has no heading or id `gone`
        content/a.md:3:34: warning[broken-link]: there is no file `gone.png`
        ",
    );
    site.expect_page("a/index.html", "<a class=\"broken\">x</a>").expect_page("a/index.html", "href=\"../b/index.html");
    site.replace("site.toml", "\"warn\"", "\"ignore\"").rebuild();
    assert!(site.built().has_errors());
    assert_eq!(site.complaints().len(), 4);
}
