//! `cascade`: defaults for all below a section; the nearest wins, a page's own word most of all.

use crate::support::TestSite;

#[test]
fn the_nearest_default_wins() {
    let site = TestSite::new(
        "--- site.toml
         [taxonomies.tags]
         --- content/_index.md
         ---
         title: Home
         cascade: { authors: [Root], tags: [far], extra: { a: 1, b: { c: 2, d: 3 } } }
         ---
         --- content/s/_index.md
         ---
         title: S
         cascade: { authors: [Section], extra: { b: { c: 4 } } }
         ---
         --- content/s/deep/one.md
         # One
         --- content/s/two.md
         ---
         title: Two
         authors: [Own]
         tags: []
         ---
         --- content/three.md
         # Three
         --- templates/page.html
         [{{ page.authors | join(sep=\",\") }}|{{ page.extra.a }}|{{ page.extra.b.c }}|{{ page.extra.b.d }}]",
    );
    site.expect_clean();
    site.expect_page("s/deep/one/index.html", "[Section|1|4|3]");
    site.expect_page("s/two/index.html", "[Own|1|4|3]");
    site.expect_page("three/index.html", "[Root|1|2|3]");
    site.expect_page("tags/far/index.html", "href=\"../../three/index.html\"");
    site.expect_not("tags/far/index.html", "href=\"../../s/two/index.html\"");
}

#[test]
fn a_default_holds_for_the_section_itself() {
    let site = TestSite::new(
        "--- content/s/_index.md
         ---
         title: S
         cascade: { unlisted: true }
         ---
         --- content/s/a.md
         # A",
    );
    site.expect_clean().expect_page("s/index.html", "noindex").expect_page("s/a/index.html", "noindex");
    site.expect_not("index.html", "href=\"s/index.html\"");
}

#[test]
fn a_draft_section_can_take_all_below_with_it() {
    let site = TestSite::new(
        "--- content/s/_index.md
         ---
         title: S
         cascade: { draft: true }
         ---
         --- content/s/a.md
         # A
         --- content/s/b.md
         ---
         title: B
         draft: false
         ---",
    );
    site.expect_clean();
    assert!(!site.has("s/a/index.html") && site.has("s/b/index.html"));
}

#[test]
fn what_cannot_be_the_same_for_many_is_refused() {
    let site = TestSite::new(
        "--- content/s/_index.md
         ---
         title: S
         cascade:
           title: T
           slug: x
           wieght: 1
           draft: maybe
         ---",
    );
    site.expect_diagnostics(
        "content/s/_index.md:4:3: error[bad-value]: `title` cannot be the same for many pages
         content/s/_index.md:5:3: error[bad-value]: `slug` cannot be the same for many pages
         content/s/_index.md:6:3: error[unknown-key]: front matter has no key `wieght`
         content/s/_index.md:7:10: error[bad-value]: `draft` is a text, where true or false is meant",
    );
    // A page below repeats none of it.
    let mut site = site;
    site.edit("content/s/a.md", "# A\n").rebuild();
    assert_eq!(site.complaints().len(), 4, "{}", site.diagnostics());
}

#[test]
fn each_language_has_its_own_defaults() {
    let site = TestSite::bilingual(
        "--- content/s/_index.md
         ---
         title: 节
         cascade: { authors: [李] }
         ---
         --- content/s/_index.en.md
         ---
         title: S
         cascade: { authors: [Li] }
         ---
         --- content/s/a.md
         # 甲
         --- content/s/a.en.md
         # A",
    );
    site.expect_clean();
    site.expect_page("s/a/index.html", "<meta name=\"author\" content=\"李\">");
    site.expect_page("en/s/a/index.html", "<meta name=\"author\" content=\"Li\">");
}
