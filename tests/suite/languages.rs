//! Languages: suffix and folder, fallbacks, the switch, `hreflang`, what a translation inherits.

use crate::support::TestSite;

#[test]
fn a_suffix_or_a_folder_says_the_language() {
    let site = TestSite::bilingual(
        "--- content/a.md
         # 甲
         --- content/a.en.md
         # A
         --- content/en/b.md
         # B
         --- content/b.md
         # 乙
         --- content/c.md
         ---
         title: C
         lang: en
         ---",
    );
    site.expect_clean();
    site.expect_page("a/index.html", "<html lang=\"zh-Hans\"").expect_page("en/a/index.html", "<html lang=\"en\"");
    site.expect_page("en/b/index.html", "<h1>B</h1>").expect_page("b/index.html", "<h1>乙</h1>");
    site.expect_page("en/c/index.html", "<h1>C</h1>");
    assert!(!site.has("c/index.html"));
}

#[test]
fn a_missing_translation_falls_back_with_a_notice() {
    let site = TestSite::bilingual(
        "--- content/s/_index.md
         # 节
         --- content/s/a.md
         # 甲
         [乙](b.md) ![图](图.png)
         --- content/s/b.md
         # 乙
         --- content/s/b.en.md
         # B
         --- content/s/图.png
         png",
    );
    site.expect_clean();
    let page = site.page("en/s/a/index.html");
    assert!(page.contains("<html lang=\"en\"") && page.contains("lang=\"zh-Hans\""), "{page}");
    assert!(page.contains("This page has no translation yet. What follows is the text in 中文."), "{page}");
    assert!(page.contains("href=\"../b/index.html\""), "the fallback leads on in the reader's language: {page}");
    assert!(page.contains("src=\"../../../s/图.png\""), "{page}");
    site.expect_not("en/s/b/index.html", "no translation").expect_not("s/a/index.html", "尚无译文");
}

#[test]
fn a_page_that_only_the_second_language_has_is_not_in_the_first() {
    let site = TestSite::bilingual("--- content/a.en.md\n# A\n");
    site.expect_clean();
    assert!(site.has("en/a/index.html") && !site.has("a/index.html"));
    // The switch leads home where there is no such page.
    site.expect_page("en/a/index.html", "href=\"../../index.html\"");
}

#[test]
fn the_switch_leads_to_the_same_page() {
    let site = TestSite::bilingual("--- content/s/a.md\n# 甲\n--- content/s/a.en.md\n# A\n");
    site.expect_page("s/a/index.html", "href=\"../../en/s/a/index.html\"");
    site.expect_page("en/s/a/index.html", "href=\"../../../s/a/index.html\"");
}

#[test]
fn search_engines_learn_which_languages_are_written() {
    let site = TestSite::bilingual("--- content/a.md\n# 甲\n--- content/a.en.md\n# A\n--- content/b.md\n# 乙\n")
        .at("https://example.org/docs");
    site.expect_page("a/index.html", "hreflang=\"zh-Hans\" href=\"https://example.org/docs/a/\"");
    site.expect_page("a/index.html", "hreflang=\"en\" href=\"https://example.org/docs/en/a/\"");
    site.expect_page("en/a/index.html", "hreflang=\"x-default\" href=\"https://example.org/docs/a/\"");
    site.expect_not("b/index.html", "rel=\"alternate\" hreflang")
        .expect_not("en/b/index.html", "rel=\"alternate\" hreflang");
    site.expect_page("en/b/index.html", "<link rel=\"canonical\" href=\"https://example.org/docs/b/\">");
    site.expect_not("sitemap.xml", "docs/en/b/")
        .expect_page("sitemap.xml", "<loc>https://example.org/docs/en/a/</loc>");
}

#[test]
fn a_translation_inherits_what_no_language_changes() {
    let site = TestSite::bilingual(
        "--- site.toml
         [languages.en]
         [taxonomies.tags]
         --- content/a.md
         ---
         title: 甲
         date: 2020-01-02
         tags: [x]
         weight: 3
         slug: first
         authors: [李]
         description: 中文
         ---
         --- content/a.en.md
         # A",
    );
    site.expect_clean();
    site.expect_page("en/first/index.html", "2 January 2020").expect_page("first/index.html", "2020年1月2日");
    site.expect_page("en/tags/x/index.html", "href=\"../../first/index.html\"");
    site.expect_not("en/first/index.html", "李").expect_not("en/first/index.html", "content=\"中文\"");
}

#[test]
fn a_draft_translation_stays_a_draft_and_the_original_does_not() {
    let site = TestSite::bilingual(
        "--- content/a.md
         # 甲
         --- content/a.en.md
         ---
         title: A
         draft: true
         ---",
    );
    site.expect_clean();
    site.expect_page("en/a/index.html", "no translation yet");
    site.with_drafts().expect_not("en/a/index.html", "no translation yet");
}

#[test]
fn pages_are_paired_by_key() {
    let site = TestSite::bilingual(
        "--- content/jia.md
         ---
         title: 甲
         translation_key: first
         ---
         --- content/alpha.en.md
         ---
         title: Alpha
         translation_key: first
         ---",
    );
    site.expect_clean();
    site.expect_page("first/index.html", "href=\"../en/first/index.html\"");
    let mut site = site;
    site.edit("content/beta.en.md", "---\ntitle: Beta\ntranslation_key: first\n---\n").rebuild();
    site.expect_diagnostics(
        "content/beta.en.md:1:1: error[duplicate-translation]: `content/beta.en.md` and `content/alpha.en.md` are the same page",
    );
}

#[test]
fn suffix_and_folder_cannot_both_be_the_translation() {
    let site = TestSite::bilingual("--- content/a.md\n# 甲\n--- content/a.en.md\n# A\n--- content/en/a.md\n# A too\n");
    site.expect_diagnostics(
        "content/en/a.md:1:1: error[url-collision]: `content/en/a.md` and `content/a.en.md` are the same page",
    );
}

#[test]
fn english_can_come_first() {
    let site = TestSite::new(
        "--- site.toml
         title = \"Site\"
         default_language = \"en\"
         [languages.zh]
         --- content/a.md
         # A
         --- content/a.zh.md
         # 甲",
    );
    site.expect_clean();
    site.expect_page("a/index.html", "<html lang=\"en\"").expect_page("zh/a/index.html", "<html lang=\"zh-Hans\"");
    site.expect_page("a/index.html", "Skip to");
}

#[test]
fn a_mistake_in_a_borrowed_text_is_told_once() {
    let site = TestSite::bilingual("--- content/a.md\n# 甲\n[x](nowhere.md)\n");
    site.expect_diagnostics("content/a.md:2:5: error[broken-link]: there is no file `nowhere.md`");
}

#[test]
fn a_name_with_a_point_is_no_language() {
    let site = TestSite::bilingual("--- content/release-1.2.md\n# R\n--- content/notes.fr.md\n# N\n");
    site.expect_clean();
    assert!(site.has("release-1.2/index.html") && site.has("notes.fr/index.html"), "{:?}", site.paths());
}
