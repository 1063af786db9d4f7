//! Wiki links: by title, short title, other names, file name and key; what they show; what is ambiguous.

use crate::support::TestSite;

const SITE: &str = "
    --- content/cities/xian.md
    ---
    title: 西安市
    nav_title: 西安
    names: [长安, Chang'an]
    ---
    ## 人才 引进
    ## Results {#results}
    --- content/one/intro.md
    # Introduction
    --- content/two/intro.md
    # Introduction
    --- content/map.png
    png
    ";

fn with(link: &str) -> TestSite {
    let mut site = TestSite::new(SITE);
    site.edit("content/a.md", &format!("# A\n{link}\n")).rebuild();
    site
}

#[test]
fn a_page_is_found_by_all_its_names() {
    for name in ["西安市", "西安", "长安", "chang'an", "xian", "cities/xian", "XIAN", " 西安市 ", "xian.md"] {
        let site = with(&format!("[[{name}]]"));
        site.expect_clean();
        site.expect_page("a/index.html", "<a href=\"../cities/xian/index.html\">西安市</a>");
    }
}

#[test]
fn a_link_shows_its_own_text_the_heading_or_the_title() {
    for (link, html) in [
        ("[[西安市|the city]]", "<a href=\"../cities/xian/index.html\">the city</a>"),
        ("[[西安市#人才 引进]]", "<a href=\"../cities/xian/index.html#人才-引进\">人才 引进</a>"),
        ("[[西安市#results|r]]", "<a href=\"../cities/xian/index.html#results\">r</a>"),
        ("[[map.png|the map]]", "<a href=\"../map.png\">the map</a>"),
    ] {
        let site = with(link);
        site.expect_clean();
        let article = site.article("a/index.html");
        assert!(article.contains(html), "{link}: {article}");
    }
}

#[test]
fn a_name_of_two_pages_is_ambiguous() {
    let site = with("一 [[Introduction]]");
    site.expect_diagnostics("content/a.md:2:5: error[ambiguous-link]: 2 pages are called `Introduction`")
        .expect_hint("write one of [[one/intro]], [[two/intro]]");
    with("[[one/intro]]").expect_clean();
    let many: String = (0..20).map(|page| format!("--- content/{page:02}.md\n# Same\n")).collect();
    TestSite::new(&format!("{many}--- content/a.md\n# A\n[[Same]]\n"))
        .expect_hint("write one of [[00]], [[01]], [[02]], [[03]], [[04]], [[05]], [[06]], [[07]] or one of 12 more");
}

#[test]
fn an_unknown_name_has_a_suggestion() {
    with("[[Changan]]")
        .expect_diagnostics("content/a.md:2:3: error[broken-link]: no page is called `Changan`")
        .expect_hint("did you mean `chang'an`?");
    let site = with("[[西安市#没有]]");
    site.expect_diagnostics(
        "content/a.md:2:6: error[broken-anchor]: `content/cities/xian.md` has no heading or id `没有`",
    );
}

#[test]
fn a_wiki_link_in_code_is_text() {
    let site = with("\n`[[nowhere]]`\n\n    [[nowhere]]\n");
    site.expect_clean().expect_page("a/index.html", "<code>[[nowhere]]</code>");
}

#[test]
fn a_reader_gets_the_page_in_the_language_of_the_link() {
    let site = TestSite::bilingual(
        "--- content/xian.md
         # 西安
         --- content/xian.en.md
         # Xi'an
         --- content/a.md
         # 甲
         [[西安]] [[Xi'an]]
         --- content/a.en.md
         # A
         [[西安]] [[Xi'an]]",
    );
    site.expect_clean();
    let (zh, en) = (site.article("a/index.html"), site.article("en/a/index.html"));
    assert_eq!(zh.matches("<a href=\"../xian/index.html\">西安</a>").count(), 2, "{zh}");
    assert_eq!(en.matches("<a href=\"../xian/index.html\">Xi'an</a>").count(), 2, "{en}");
}
