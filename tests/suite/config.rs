//! `site.toml`: every mistake at its line and column, and what each key does.

use crate::support::TestSite;

fn with(toml: &str) -> TestSite {
    let mut site = TestSite::new("--- content/a.md\n# A\n");
    site.edit("site.toml", toml).rebuild();
    site
}

#[test]
fn a_site_needs_no_configuration() {
    let site = TestSite::new("--- content/a.md\n# A\n");
    site.expect_clean();
    for path in ["index.html", "a/index.html", "404.html", "search.html", "robots.txt"] {
        assert!(site.has(path), "{path}");
    }
    assert!(!site.has("sitemap.xml") && !site.has("feed.xml"), "they need the address of the site");
}

#[test]
fn mistakes_have_their_place() {
    for (toml, expected) in [
        ("titel = \"x\"", "1:1: error[unknown-config-key]: site.toml has no key `titel`"),
        (
            "title = \"甲\"\nminify_html = \"yes\"",
            "2:15: error[bad-config-value]: `minify_html` is a text, where true or false is meant",
        ),
        ("title = \"x", "1:11: error[config-syntax]"),
        ("base_url = \"example.org\"", "1:12: error[bad-config-value]: `example.org` is not the address of a site"),
        ("base_url = \"https://\"", "1:12: error[bad-config-value]: `https://` is not the address of a site"),
        ("theme = \"blue\"", "1:9: error[missing-template]: there is no theme `blue`"),
        ("[languages.en]\nnmae = \"x\"", "2:1: error[unknown-config-key]: [languages.en] has no key `nmae`"),
        ("[languages.\"e n\"]", "1:12: error[bad-config-value]: `e n` is not the code of a language"),
        ("[taxonomies.tags]\nstrikt = true", "2:1: error[unknown-config-key]: [taxonomies.tags] has no key `strikt`"),
        ("[taxonomies.tags]\nsort_by = \"size\"", "2:11: error[bad-config-value]: there is no order `size`"),
        (
            "[taxonomies.tags]\npaginate_by = -1",
            "2:15: error[bad-config-value]: a page cannot hold fewer than no entries",
        ),
        ("[taxonomies.tags]\ngroup_by = \"cities\"", "1:13: error[bad-config-value]: there is no taxonomy `cities`"),
        ("[facts]\nsubjects = \"cities\"", "2:12: error[bad-config-value]: there is no taxonomy `cities`"),
        ("[facts]\nsubject = \"cities\"", "2:1: error[unknown-config-key]: [facts] has no key `subject`"),
        ("[markdown]\ntrsut = true", "2:1: error[unknown-config-key]: [markdown] has no key `trsut`"),
        ("[redirects]\nold = \"nowhere\"", "2:7: error[broken-link]: `nowhere` is no page of the site"),
        ("[redirects]\n\"../old\" = \"a\"", "2:1: error[bad-path]: `../old` is not a URL of the site"),
        ("content_dir = \"../x\"", "1:15: error[bad-config-value]: `../x` is not a folder of the site"),
        ("title = \"a\"\ntitle = \"b\"", "2:1: error[config-syntax]"),
    ] {
        let found = with(toml).diagnostics();
        let expected = format!("site.toml:{expected}");
        assert!(found.lines().any(|line| line.starts_with(&expected)), "{toml}\nexpected {expected}\nfound    {found}");
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    with("titel = 1\nminify_html = 2\nthem = \"x\"\n[taxonomies.a]\nx = 1").expect_diagnostics(
        "site.toml:1:1: error[unknown-config-key]: site.toml has no key `titel`
         site.toml:2:15: error[bad-config-value]: `minify_html` is a whole number, where true or false is meant
         site.toml:3:1: error[unknown-config-key]: site.toml has no key `them`
         site.toml:5:1: error[unknown-config-key]: [taxonomies.a] has no key `x`",
    );
    with("them = \"x\"").expect_hint("did you mean `theme`?");
}

#[test]
fn titles_are_in_each_language() {
    let site = with("title = { zh = \"甲站\", en = \"Site A\" }\n[languages.en]\ndescription = \"About A\"");
    site.expect_page("index.html", "<title>甲站</title>").expect_page("en/index.html", "<title>Site A</title>");
    site.expect_page("en/index.html", "About A");
}

#[test]
fn interface_strings_can_be_worded_differently() {
    let site = with("[languages.zh.ui]\nskip-to-content = \"跳过去\"");
    site.expect_page("a/index.html", "跳过去");
}

#[test]
fn content_can_be_the_root_of_the_site() {
    let site = TestSite::new(
        "--- site.toml
         content_dir = \".\"
         --- README.md
         # Project
         [guide](docs/guide.md) [image](docs/map.png)
         --- docs/guide.md
         # Guide
         [back](../README.md) [root](/README.md)
         --- docs/map.png
         png
         --- templates/page.html
         {% extends \"default/page.html\" %}",
    );
    site.expect_clean();
    site.expect_page("index.html", "href=\"docs/guide/index.html\"").expect_page("index.html", "href=\"docs/map.png\"");
    let guide = site.article("docs/guide/index.html");
    assert_eq!(guide.matches("href=\"../../index.html\"").count(), 2, "{guide}");
    assert!(!site.has("templates/page.html") && !site.has("site.toml"));
}

#[test]
fn an_edit_link_names_the_file() {
    let site = with("edit_url = \"https://git.example/edit/{path}\"");
    site.expect_page("a/index.html", "https://git.example/edit/content/a.md");
}

#[test]
fn own_data_reaches_templates() {
    let mut site = with("[extra]\nnumber = 1.5\nlist = [1, 2]\n");
    site.edit("templates/page.html", "{{ site.extra.number }} {{ site.extra.list | join(sep=\"+\") }}").rebuild();
    site.expect_clean().expect_page("a/index.html", "1.5 1+2");
}

#[test]
fn feeds_and_sitemap_can_be_left_out() {
    let site = with("base_url = \"https://a.example\"\ngenerate_feeds = false\ngenerate_sitemap = false");
    assert!(!site.has("feed.xml") && !site.has("sitemap.xml"));
    site.expect_not("robots.txt", "Sitemap");
}
