//! Terms that a page with `glossary: true` defines are explained where other pages use them.

use crate::support::TestSite;

const SITE: &str = "
    --- content/glossary.md
    ---
    title: 名词
    glossary: true
    ---
    概念验证
    : 先证明一项成果说得通。

      第二段不显示。

    概念
    : 短的。

    R&D
    : research \"and\" development

    IT
    : information technology

    pilot line
    : a small factory

    broker
    : a go-between

    空的
    : 

    *[HTML]: HyperText Markup Language
    --- content/a.md
    ---
    title: 甲
    ---
    ## 概念验证

    `概念验证`、[概念验证](glossary.md)之外，概念验证，再说概念验证。**概念**也算。

    Pilot line, it, capital, IT and R&D; brokers. HTML.
    --- content/b.md
    ---
    title: 乙
    glossary: false
    ---
    概念验证
    ";

#[test]
fn the_first_use_of_a_term_is_explained() {
    let site = TestSite::new(SITE);
    let article = site.article("a/index.html");
    let term = |id: &str, title: &str, text: &str| {
        let link = format!("<a class=\"term\" href=\"../glossary/index.html#term-{id}\" title=\"{title}\">{text}</a>");
        assert_eq!(article.matches(&link).count(), 1, "{link} in {article}");
    };
    term("概念验证", "先证明一项成果说得通。", "概念验证");
    term("概念", "短的。", "概念");
    term("pilot-line", "a small factory", "Pilot line");
    term("it", "information technology", "IT");
    term("rd", "research &quot;and&quot; development", "R&amp;D");
    assert!(article.contains("之外，<a class=\"term\""), "{article}");
    assert!(article.contains("<abbr class=\"term\" title=\"HyperText Markup Language\">HTML</abbr>"), "{article}");
    term("broker", "a go-between", "brokers");
    assert_eq!(article.matches("class=\"term\"").count(), 7, "{article}");
    site.expect_not("b/index.html", "class=\"term\"").expect_not("glossary/index.html", "class=\"term\"");
    site.expect_page("glossary/index.html", "<dt id=\"term-概念验证\">概念验证</dt>").expect_clean();
}

#[test]
fn a_page_changes_with_the_glossary_and_is_then_what_a_clean_build_makes() {
    let mut site = TestSite::new(SITE);
    site.replace("content/glossary.md", "短的。", "新的。").rebuild();
    site.expect_page("a/index.html", "title=\"新的。\"");
    assert_eq!(site.outputs(), crate::support::made(&site.clean_build()).0);
    site.replace("content/glossary.md", "glossary: true", "glossary: false").rebuild();
    site.expect_not("a/index.html", "class=\"term\"");
}

#[test]
fn each_language_has_its_own_terms_and_a_fallback_those_of_its_text() {
    let site = TestSite::bilingual(
        "--- content/glossary.md
         ---
         title: 名词
         glossary: true
         ---
         中试
         : 小规模生产。
         --- content/glossary.en.md
         # Terms

         pilot
         : production on a small scale
         --- content/a.md
         # 甲

         中试与 pilot
         --- content/a.en.md
         # A

         中试 and pilot
         --- content/b.md
         # 乙

         中试",
    );
    site.expect_page("a/index.html", ">中试</a>与 pilot").expect_page("en/a/index.html", "中试 and <a class=\"term\"");
    site.expect_page("en/b/index.html", "href=\"../../glossary/index.html#term-中试\"");
}
