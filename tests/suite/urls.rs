//! URLs: slug, path and name; and every way in which two sources make one file, found and told with both names.

use crate::support::TestSite;

/// The complaint about two sources of one file.
#[track_caller]
fn collide(literal: &str, place: &str, both: [&str; 2]) {
    let site = TestSite::new(literal);
    let found = site.complaints();
    let told: Vec<_> = found.iter().filter(|complaint| complaint.code.as_str() == "url-collision").collect();
    assert_eq!(told.len(), 1, "{}", site.diagnostics());
    let line = site.diagnostics();
    assert!(line.starts_with(&format!("{place}: error[url-collision]")), "{line}");
    for name in both {
        assert!(line.contains(name), "{name}: {line}");
    }
    assert_eq!(told[0].related.len(), 1, "the other place is shown");
}

#[test]
fn a_name_becomes_a_folder_of_the_url() {
    let site = TestSite::new("--- content/Big File 一.md\n# A\n--- content/C++/x.md\n# B\n--- content/a.b/c.md\n# C\n");
    site.expect_clean();
    for path in ["big-file-一/index.html", "c++/x/index.html", "a.b/c/index.html"] {
        assert!(site.has(path), "{path}: {:?}", site.paths());
    }
}

#[test]
fn slug_changes_the_last_part_and_path_the_whole() {
    let site = TestSite::new(
        "--- content/s/_index.md
         ---
         title: S
         slug: section
         ---
         --- content/s/a.md
         ---
         title: A
         slug: 首页
         ---
         --- content/s/b.md
         ---
         title: B
         path: /about
         ---
         --- content/s/c.md
         ---
         title: C
         url: deep/c.html
         ---",
    );
    site.expect_clean();
    for path in ["section/index.html", "section/首页/index.html", "about/index.html", "deep/c.html"] {
        assert!(site.has(path), "{path}: {:?}", site.paths());
    }
    site.expect_page("section/index.html", "href=\"../deep/c.html\"")
        .expect_page("deep/c.html", "href=\"../section/index.html\"");
}

#[test]
fn what_leaves_the_site_is_refused() {
    for (key, value) in [
        ("slug", "../x"),
        ("slug", "a/b"),
        ("slug", ".."),
        ("slug", "\"C:\\\\x\""),
        ("slug", "\"a\\0b\""),
        ("slug", "\"\""),
        ("path", "../../x"),
        ("path", "//host/x"),
        ("path", "https://example.org/x"),
        ("path", "a/../../b"),
        ("path", "\"a\\nb\""),
        ("aliases", "[../x]"),
        ("aliases", "[\"/a/./b\"]"),
        ("aliases", "[\"C:\\\\Windows\"]"),
    ] {
        let mut site = TestSite::new("--- content/b.md\n# B");
        site.edit("content/a.md", &format!("---\ntitle: A\n{key}: {value}\n---\n")).rebuild();
        let found = site.diagnostics();
        assert!(found.starts_with("content/a.md:3:") && found.contains("error[bad-path]"), "{key}: {value}: {found:?}");
        assert!(!site.paths().iter().any(|path| path.contains("..")), "{:?}", site.paths());
    }
}

#[test]
fn two_pages_with_one_slug() {
    collide(
        "--- content/a.md\n---\ntitle: A\nslug: x\n---\n--- content/b.md\n---\ntitle: B\nslug: x\n---\n",
        "content/b.md:1:1",
        ["`content/a.md`", "`content/b.md`"],
    );
}

#[test]
fn upper_and_lower_case() {
    collide(
        "--- content/a.md\n---\ntitle: A\nslug: Guide\n---\n--- content/guide.md\n# B\n",
        "content/guide.md:1:1",
        ["`content/a.md`", "`content/guide.md`"],
    );
}

#[test]
fn composed_and_decomposed_letters() {
    collide(
        "--- content/a.md\n---\ntitle: A\nslug: \"caf\\u00e9\"\n---\n--- content/b.md\n---\ntitle: B\nslug: \"cafe\\u0301\"\n---\n",
        "content/b.md:1:1",
        ["`content/a.md`", "`content/b.md`"],
    );
}

#[test]
fn a_page_and_a_folder_of_its_name() {
    collide(
        "--- content/a.md\n# A\n--- content/a/index.md\n# B\n",
        "content/a/index.md:1:1",
        ["`content/a.md`", "`content/a/index.md`"],
    );
    collide(
        "--- content/a.md\n# A\n--- content/a/_index.md\n# B\n",
        "content/a/_index.md:1:1",
        ["`content/a.md`", "`content/a/_index.md`"],
    );
}

#[test]
fn a_static_file_and_a_page() {
    collide(
        "--- content/a.md\n# A\n--- static/a/index.html\nx\n",
        "static/a/index.html:1:1",
        ["`content/a.md`", "`static/a/index.html`"],
    );
    collide(
        "--- content/x/a.png\n1\n--- static/x/a.png\n2\n",
        "static/x/a.png:1:1",
        ["`content/x/a.png`", "`static/x/a.png`"],
    );
}

#[test]
fn a_static_file_and_a_file_that_is_made() {
    collide(
        "--- site.toml\nbase_url = \"https://a.example\"\n--- static/sitemap.xml\nx\n",
        "static/sitemap.xml:1:1",
        ["`static/sitemap.xml`", "sitemap"],
    );
    collide(
        "--- site.toml\nbase_url = \"https://a.example\"\n--- static/feed.xml\nx\n",
        "static/feed.xml:1:1",
        ["`static/feed.xml`", "feed"],
    );
    collide(
        "--- content/a.md\n# A\n--- static/404.html\nx\n",
        "static/404.html:1:1",
        ["`static/404.html`", "unknown URLs"],
    );
    collide(
        "--- content/a.md\n# A\n--- static/assets/layout.css\nx\n",
        "site.toml:1:1",
        ["`static/assets/layout.css`", "`layout.css`"],
    );
}

#[test]
fn an_alias_and_a_page() {
    collide(
        "--- content/a.md\n# A\n--- content/b.md\n---\ntitle: B\naliases: [old, a/]\n---\n",
        "content/b.md:3:16",
        ["the alias `a/`", "`content/a.md`"],
    );
}

#[test]
fn two_aliases() {
    collide(
        "--- content/a.md\n---\ntitle: A\naliases: [old]\n---\n--- content/b.md\n---\ntitle: B\naliases: [old/index.html]\n---\n",
        "content/b.md:3:11",
        ["the alias `old/index.html`", "the alias `old`"],
    );
}

#[test]
fn a_term_and_a_page() {
    collide(
        "--- site.toml\n[taxonomies.tags]\n--- content/a.md\n---\ntitle: A\ntags: x\n---\n--- content/b.md\n---\ntitle: B\npath: tags/x/\n---\n",
        "site.toml:1:1",
        ["the term `x`", "`content/b.md`"],
    );
}

#[test]
fn a_page_of_a_list_and_a_page() {
    collide(
        "--- site.toml
         [taxonomies.tags]
         paginate_by = 1
         --- content/a.md
         ---
         title: A
         tags: x
         ---
         --- content/b.md
         ---
         title: B
         tags: x
         ---
         --- content/c.md
         ---
         title: C
         path: tags/x/page/2/
         ---",
        "content/c.md:1:1",
        ["`content/c.md`", "the term `x`"],
    );
}

#[test]
fn a_file_and_a_folder_of_one_name() {
    collide("--- content/guide/a.md\n# A\n--- static/guide\nx\n", "static/guide:1:1", ["`static/guide`", "guide"]);
}

#[test]
fn names_that_some_system_refuses_are_warned_of() {
    let site = TestSite::new("--- content/con.md\n# Con\n--- content/aux.x/a.md\n# A\n");
    let found = site.diagnostics();
    assert!(found.contains("content/con.md:1:1: warning[bad-path]"), "{found}");
    assert!(found.contains("content/aux.x/a.md:1:1: warning[bad-path]"), "{found}");
    for name in ["com2", "lpt9", "COM5.x"] {
        let mut site = TestSite::new("--- content/b.md\n# B");
        site.edit(&format!("content/{name}.md"), "# A\n").rebuild();
        assert!(site.diagnostics().contains("warning[bad-path]"), "{name}");
    }
}
