//! What is left out and what is not listed: drafts, expiry, unlisted pages.

use crate::support::TestSite;

#[test]
fn a_draft_is_left_out_until_it_is_asked_for() {
    let site = TestSite::new("--- content/a.md\n---\ntitle: Secret\ndraft: true\n---\n--- content/b.md\n# B\n");
    site.expect_clean();
    assert!(!site.has("a/index.html"));
    for path in site.paths() {
        site.expect_not(&path, "Secret");
    }
    let site = site.with_drafts();
    site.expect_page("a/index.html", "草稿").expect_page("a/index.html", "noindex").expect_page("index.html", "Secret");
}

#[test]
fn a_page_expires_on_its_day() {
    let literal = "--- content/a.md\n---\ntitle: A\nexpires: 2024-06-01\n---\n--- content/b.md\n# B\n";
    assert!(TestSite::new(literal).on("2024-05-31").has("a/index.html"));
    assert!(!TestSite::new(literal).on("2024-06-01").has("a/index.html"));
    assert!(!TestSite::new(literal).on("2024-06-02").has("a/index.html"));
}

#[test]
fn an_unlisted_page_can_be_reached_and_is_nowhere_listed() {
    let site = TestSite::new(
        "--- site.toml
         base_url = \"https://a.example\"
         --- content/s/_index.md
         # S
         --- content/s/a.md
         ---
         title: Hidden
         date: 2020-01-01
         unlisted: true
         ---
         --- content/s/b.md
         # B
         --- content/s/c.md
         # C",
    );
    site.expect_clean();
    site.expect_page("s/a/index.html", "<h1>Hidden</h1>").expect_page("s/a/index.html", "noindex");
    for path in ["index.html", "s/index.html", "s/b/index.html", "search.html", "sitemap.xml", "feed.xml"] {
        site.expect_not(path, "Hidden").expect_not(path, "s/a/");
    }
}

#[test]
fn an_unlisted_page_can_be_linked_to() {
    let site =
        TestSite::new("--- content/a.md\n---\ntitle: A\nunlisted: true\n---\n--- content/b.md\n# B\n[a](a.md)\n");
    site.expect_clean().expect_page("b/index.html", "href=\"../a/index.html\"");
}

#[test]
fn what_drafts_carry_makes_no_term() {
    let site = TestSite::new(
        "--- site.toml\n[taxonomies.tags]\n--- content/a.md\n---\ntitle: A\ntags: [x]\ndraft: true\n---\n",
    );
    site.expect_clean();
    assert!(!site.has("tags/x/index.html"));
}

#[test]
fn a_mistake_in_a_draft_is_told_all_the_same() {
    let site = TestSite::new("--- content/a.md\n---\ntitle: A\ndraft: true\nwieght: 1\n---\n");
    site.expect_diagnostics("content/a.md:4:1: error[unknown-key]: front matter has no key `wieght`");
}
