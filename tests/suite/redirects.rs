//! Old URLs: aliases of pages and `[redirects]` of the site become pages that lead on.

use crate::support::TestSite;

#[test]
fn an_alias_leads_to_its_page() {
    let site = TestSite::new(
        "--- content/s/a.md
         ---
         title: A <b>
         aliases: [/old/a.html, 旧/, bare, ./s/a/]
         ---",
    );
    for (from, href) in [
        ("old/a.html", "../s/a/index.html"),
        ("旧/index.html", "../s/a/index.html"),
        ("bare/index.html", "../s/a/index.html"),
    ] {
        site.expect_page(from, &format!("content=\"0; url={href}\""))
            .expect_page(from, &format!("<a href=\"{href}\">A &lt;b&gt;</a>"));
        site.expect_page(from, "noindex");
    }
}

#[test]
fn an_alias_that_is_the_page_itself_is_nothing() {
    let site = TestSite::new("--- content/a.md\n---\ntitle: A\naliases: [a/, /a, old, old]\n---\n");
    site.expect_clean();
    assert!(site.has("old/index.html"));
    site.expect_page("a/index.html", "<h1>A</h1>");
}

#[test]
fn the_site_can_redirect_to_a_page_or_away() {
    let site = TestSite::new(
        "--- site.toml
         [redirects]
         \"old/\" = \"s/a.md\"
         \"older.html\" = \"/s/a/\"
         \"s2/\" = \"s/_index.md\"
         \"away/\" = \"https://example.org/?a=1&b=2\"
         --- content/s/a.md
         # A",
    );
    site.expect_clean();
    site.expect_page("old/index.html", "url=../s/a/index.html").expect_page("older.html", "url=s/a/index.html");
    site.expect_page("s2/index.html", "url=../s/index.html");
    site.expect_page("away/index.html", "href=\"https://example.org/?a=1&amp;b=2\"");
}

#[test]
fn a_redirect_that_runs_code_is_refused() {
    let site = TestSite::new("--- site.toml\n[redirects]\nx = \"javascript:alert(1)\"\n--- content/a.md\n# A\n");
    site.expect_diagnostics("site.toml:2:5: error[broken-link]: `javascript:alert(1)` is no page of the site");
}

#[test]
fn a_draft_keeps_no_old_url() {
    let site =
        TestSite::new("--- content/a.md\n---\ntitle: A\ndraft: true\naliases: [old]\n---\n--- content/b.md\n# B\n");
    site.expect_clean();
    assert!(!site.has("old/index.html"));
}

#[test]
fn an_old_url_in_english_speaks_english() {
    let site =
        TestSite::bilingual("--- content/a.md\n# 甲\n--- content/a.en.md\n---\ntitle: A\naliases: [en/old/]\n---\n");
    site.expect_page("en/old/index.html", "<html lang=\"en\">").expect_page("en/old/index.html", "url=../a/index.html");
}

#[test]
fn a_redirect_is_not_listed() {
    let site = TestSite::new(
        "--- site.toml\nbase_url = \"https://a.example\"\n--- content/a.md\n---\ntitle: A\naliases: [old/]\n---\n",
    );
    site.expect_not("sitemap.xml", "old").expect_not("search.html", "old/");
}
