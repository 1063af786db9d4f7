//! Projects of other generators: their sites here have the same addresses, and their links lead where they led.

use fangzhi::convert::{Converted, Files, convert};

use crate::support::{TestSite, files};

fn project(literal: &str) -> Files {
    files(literal).into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

/// The site that a project makes, built; its mistakes are those that the project had.
fn built(converted: &Converted) -> TestSite {
    let mut site = TestSite::new("");
    for (path, bytes) in &converted.files {
        site.edit(path, &String::from_utf8_lossy(bytes));
    }
    site.rebuild();
    site
}

const BOOK: &str = r#"
    --- book.toml
    [book]
    title = "The \"Book\""
    authors = ["A"]
    language = "en"
    [output.html]
    mathjax-support = true
    --- src/SUMMARY.md
    # Summary

    [Introduction](intro.md)

    - [First](ch01.md)
      - [Deeper](ch01-01.md)
      - [Draft]()
    - [Guide](guide/README.md)
      - [Own](guide/own.md)

    # Part Two

    - [Last](last.md)
    --- src/intro.md
    # Introduction

    [first](ch01.md) [deeper](ch01-01.html#a-heading) [guide](guide/) [gone](gone.md)
    --- src/ch01.md
    # The First Chapter

    ![picture](img/a.svg) <img src="img/a.svg" alt="again"> [up](./intro.md)
    --- src/ch01-01.md
    ## A heading

    [back](ch01.md) [own](guide/own.md) [file](data.json) \\( x \\)

    ```rust
    {{#include ../listings/main.rs:part}}
    ```
    --- src/guide/README.md
    # Guide

    {{#include own.md}}
    --- src/guide/own.md
    {{#title Own title}}
    Text of its own. [last](../last.md)
    --- src/last.md
    # Last
    --- src/unlisted.md
    # Nobody names it
    --- src/img/a.svg
    <svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>
    --- src/data.json
    {}
    --- listings/main.rs
    // ANCHOR: part
    fn main() {}
    // ANCHOR_END: part
"#;

#[test]
fn a_book_keeps_its_chapters_addresses_and_links() {
    let converted = convert(&project(BOOK)).unwrap();
    assert_eq!((converted.generator, converted.pages), ("mdBook", 7));
    assert_eq!(converted.notes, []);
    let site = built(&converted);
    // The one link that led nowhere before.
    site.expect_diagnostics("content/_index.md:7:93: warning[broken-link]: there is no file `gone.md`");
    for old in
        ["index.html", "intro.html", "ch01.html", "ch01-01.html", "guide/index.html", "guide/own.html", "last.html"]
    {
        assert!(site.has(old), "{old} is gone: {:?}", site.paths());
    }
    for old in ["img/a.svg", "data.json"] {
        assert!(site.has(old), "{old} is gone");
    }
    site.expect_page("index.html", "href=\"ch01.html\"")
        .expect_page("index.html", "href=\"ch01-01.html#a-heading\"")
        .expect_page("index.html", "href=\"guide/index.html\"")
        .expect_page("ch01.html", "src=\"img/a.svg\"")
        .expect_page("ch01.html", "href=\"index.html\"")
        .expect_page("ch01-01.html", "href=\"guide/own.html\"")
        .expect_page("ch01-01.html", "href=\"data.json\"")
        .expect_page("ch01-01.html", "main")
        .expect_page("ch01-01.html", "<math")
        .expect_page("guide/index.html", "Text of its own.")
        .expect_page("guide/index.html", "href=\"../last.html\"")
        .expect_page("guide/own.html", "<h1>Own title</h1>");
    // The navigation is that of the book.
    site.expect_order("last.html", &["First", "Guide", "Part Two"]);
    site.expect_not("last.html", "Nobody names it");
    assert!(String::from_utf8_lossy(&converted.files["site.toml"]).starts_with("title = \"The \\\"Book\\\"\"\n"));
}

const DOCS: &str = r#"
    --- mkdocs.yml
    site_name: Docs
    site_url: https://example.org/docs
    theme:
      name: material
    nav:
      - Home: index.md
      - Start: install.md
      - Guide:
        - guide/index.md
        - Own name: guide/own.md
        - Flat: flat.md
      - Elsewhere: https://example.org
    markdown_extensions:
      - emoji:
          index: !!python/name:material.x
    --- docs/index.md
    # Welcome

    [Install](install.md){ .md-button } [own](guide/own/) [abs](/guide/own/)
    --- docs/install.md
    ---
    hide:
      - toc
    icon: rocket
    tags: [a, b]
    template: x.html
    ---
    # Install { #setup }

    === "Linux"

        ```sh hl_lines="1 2"
        a
        b
        ```

    === "Windows"

        !!! warning "Careful"

            - one

                ??? note
                    two

    ::: package.module
    --- docs/guide/index.md
    # The Guide

    [flat](../flat.md#part) ![p](../img/a.svg)
    --- docs/guide/own.md
    # Own

    [setup](../install.md#setup)
    --- docs/flat.md
    ## Part

    [guide](guide/index.md) ![p](img/a.svg)
    --- docs/left.md
    # Left
    --- docs/img/a.svg
    <svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>
    --- docs/.overrides/x.html
    hidden
"#;

#[test]
fn docs_keep_their_navigation_addresses_and_links() {
    let converted = convert(&project(DOCS)).unwrap();
    assert_eq!((converted.generator, converted.pages), ("MkDocs", 6));
    let notes: Vec<_> = converted.notes.iter().map(|note| (note.path.as_str(), note.line)).collect();
    assert_eq!(notes, [("docs/install.md", 26), ("mkdocs.yml", 12)]);
    let site = built(&converted);
    site.expect_clean();
    for old in [
        "index.html",
        "install/index.html",
        "guide/index.html",
        "guide/own/index.html",
        "flat/index.html",
        "left/index.html",
        "img/a.svg",
    ] {
        assert!(site.has(old), "{old} is gone: {:?}", site.paths());
    }
    site.expect_page("index.html", "href=\"install/index.html\"")
        .expect_page("index.html", "href=\"guide/own/index.html\"")
        .expect_not("index.html", "md-button")
        .expect_page("install/index.html", "Careful")
        .expect_page("install/index.html", "<details")
        .expect_page("install/index.html", "package.module")
        .expect_page("guide/index.html", "href=\"../flat/index.html#part\"")
        .expect_page("guide/own/index.html", "href=\"../../install/index.html\"")
        .expect_page("flat/index.html", "href=\"../guide/index.html\"")
        .expect_page("flat/index.html", "src=\"../img/a.svg\"");
    site.expect_order("left/index.html", &["Start", "Guide"]);
    // Flat stands in the guide, as its navigation has it.
    assert!(converted.files.contains_key("content/guide/flat.md"));
}

#[test]
fn no_two_pages_of_a_book_have_one_address() {
    let book = "--- src/SUMMARY.md\n[Prefix](prefix.md)\n- [Read me](README.md)\n  - [In it](in.md)\n# Deep\n- [One](deep/index.md)\n    - [Two](deep/a/index.md)\n--- src/prefix.md\n# P\n--- src/README.md\n# R\n--- src/in.md\n# I\n--- src/deep/index.md\n# One\n--- src/deep/a/index.md\n# Two\n";
    let site = built(&convert(&project(book)).unwrap());
    site.expect_clean();
    for old in ["index.html", "prefix.html", "in.html", "deep/index.html", "deep/a/index.html"] {
        assert!(site.has(old), "{old} is gone: {:?}", site.paths());
    }
    site.expect_page("deep/index.html", "<h1>One</h1>").expect_page("index.html", "<h1>P</h1>");
}

#[test]
fn what_is_no_project_is_refused_in_words() {
    let refused = |literal: &str| convert(&project(literal)).unwrap_err();
    assert_eq!(refused("--- a.md\n# A"), "it has neither a `book.toml` (mdBook) nor a `mkdocs.yml` (MkDocs)");
    assert_eq!(refused("--- book.toml\n[book]\n"), "there is no `src/SUMMARY.md`");
    assert!(refused("--- book.toml\n[book\n").starts_with("book.toml: "));
    assert!(refused("--- mkdocs.yml\na: [\n").starts_with("mkdocs.yml:"));
    let noted = convert(&project("--- mkdocs.yaml\nnav: [https://example.org]\n--- docs/a.md\n# A\n")).unwrap().notes;
    assert_eq!(noted.iter().map(|note| note.path.as_str()).collect::<Vec<_>>(), ["mkdocs.yaml"]);
}

#[test]
fn without_a_navigation_the_folders_are_it() {
    let converted = convert(&project("--- mkdocs.yml\nsite_name: X\nuse_directory_urls: false\n--- docs/README.md\n# Home\n--- docs/a/index.md\n# A\n[b](b.md)\n--- docs/a/b.md\n# B\n")).unwrap();
    let site = built(&converted);
    site.expect_clean();
    for old in ["index.html", "a/index.html", "a/b.html"] {
        assert!(site.has(old), "{old} is gone: {:?}", site.paths());
    }
    site.expect_page("a/index.html", "href=\"b.html\"");
}

/// The site of a project in one text, built; complaints are those that it has by then.
fn of(literal: &str) -> (Converted, TestSite) {
    let converted = convert(&project(literal)).unwrap();
    let site = built(&converted);
    (converted, site)
}

#[test]
fn html_leads_where_it_led() {
    let (_, site) = of("
        --- src/SUMMARY.md
        - [One](one.md)
          - [Two](two.md)
        --- src/one.md
        # One
        <a href=\"two.html\">x</a> `<a href=\"two.md\">`
        --- src/two.md
        # Two
        <img src=\"img/a.png\" alt=\"\"> <a href=\"x/y.html\">y</a> <a href=\"one.md#a\">one</a>
        ");
    site.expect_page(
        "two.html",
        "<img src=\"img/a.png\" alt=\"\"> <a href=\"x/y.html\">y</a> <a href=\"one.html#a\">one</a>",
    );
    site.expect_page("one.html", "<a href=\"two.html\">x</a>").expect_page("one.html", "&lt;a href=\"two.md\"&gt;");
}

#[test]
fn addresses_in_links_are_seen_from_that_of_the_page() {
    let (_, site) = of("
        --- mkdocs.yml
        site_name: X
        --- docs/index.md
        # Home
        --- docs/install.md
        # Top
        --- docs/guide/install.md
        # Deep
        --- docs/guide/own.md
        # Own
        ## Foo & Bar
        ## Same
        ## Same
        [x](#foo-bar) [y](#same_1)
        [a](../install/) [b](../../install/) [c](../install.md) <a href=\"../install/\">h</a>
        ");
    site.expect_clean();
    site.expect_page("guide/own/index.html", "<a href=\"../install/index.html\">a</a>")
        .expect_page("guide/own/index.html", "<a href=\"../../install/index.html\">b</a>")
        .expect_page("guide/own/index.html", "<a href=\"../../install/index.html\">c</a>")
        .expect_page("guide/own/index.html", "id=\"foo-bar\"")
        .expect_page("guide/own/index.html", "id=\"same_1\"")
        .expect_page("guide/own/index.html", "<a href=\"../install/\">h</a>");
}

#[test]
fn what_is_odd_in_a_project_still_makes_a_site() {
    // An index that stands alone, and a page of its folder that the navigation does not name.
    let (_, site) = of("
        --- mkdocs.yml
        site_name: X
        nav: [{ API: [{ Overview: api/README.md }] }]
        --- docs/api/README.md
        # API
        --- docs/api/x.md
        # X
        ");
    site.expect_clean();
    assert!(site.has("api/index.html") && site.has("api/x/index.html"), "{:?}", site.paths());
    // Two pages of one address, and a folder that is called as the language.
    let (_, site) = of("
        --- mkdocs.yml
        site_name: X
        --- docs/index.md
        # Home
        --- docs/both/index.md
        # Index
        --- docs/both/README.md
        # Read me
        --- docs/en/index.md
        # English
        --- docs/a.md
        # A
        --- docs/a.en.md
        # A in English
        ");
    site.expect_clean();
    for old in ["both/index.html", "en/index.html", "a/index.html", "a.en/index.html"] {
        assert!(site.has(old), "{old} is gone: {:?}", site.paths());
    }
    site.expect_page("both/index.html", "<h1>Index</h1>");
    // Front matter of a theme, and white space of another script.
    let (_, site) = of("
        --- mkdocs.yml
        site_name: X
        --- docs/index.md
        ---
        title:
          Two lines
        extra: { a: 1 }
        weight: heavy
        draft: maybe
        date:
          created: 2020-01-01
        ...
        !!!note

        \u{3000}\u{3000}正文。

        ??? \"Bare title\"
        \tinside
        ");
    site.expect_clean();
    site.expect_page("index.html", "Bare title").expect_page("index.html", "正文。");
}

#[test]
fn fragments_hidden_lines_and_redirects_of_a_book_are_there() {
    let (_, site) = of("
        --- book.toml
        [output.html.redirect]
        \"/old/page.html\" = \"../one.html\"
        --- src/SUMMARY.md
        - [Home](home.md)
        - [One](one.md)
        --- src/home.md
        # Home
        --- src/one.md
        # One

        - item

            {{#include parts/a.md}}

        ```rust
        # use std::fmt;
        fn main() {}
        ```

        ```markdown
        {{#include parts/b.md}}
        ```
        --- src/parts/a.md
        Text of {{#x}} a part.

        {{#include b.md}}
        --- src/parts/b.md
        Deeper.
        ");
    site.expect_page("one.html", "a part.").expect_page("one.html", "Deeper.");
    site.expect_page("old/page.html", "one.html");
    site.expect_page("one.html", "fmt");
    site.expect_not("one.html", "# use");
    // The text of a page that is shown as code is no page of its own.
    assert!(!site.paths().iter().any(|path| path.contains("src/")), "{:?}", site.paths());
}
