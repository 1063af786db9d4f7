//! axe-core finds nothing on any kind of page, light and dark, wide and narrow.

use serde::Deserialize;

use super::sites::{OnDisk, SHIPPED, VARIED};
use crate::chromium::{View, chromium};

/// A rule that a page breaks, and where.
#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    nodes: Vec<String>,
}

const RUN: &str = "axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations.map(rule => ({ id: rule.id, \
    nodes: rule.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + ' | ' + node.failureSummary) })))";

/// A tab in which every page has axe-core; none without a browser.
///
/// # Panics
/// When `FANGZHI_AXE` does not name it.
fn axe(chromium: &crate::chromium::Chromium) -> View {
    let path = std::env::var_os("FANGZHI_AXE").expect(
        "FANGZHI_AXE does not name axe-core's axe.min.js: `tests/run` sets it; FANGZHI_SKIP_BROWSER=1 goes without",
    );
    let script = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let view = chromium.view();
    view.at_start(&script);
    view
}

fn violations(view: &View, site: &OnDisk, path: &str) -> Vec<String> {
    let mut found = vec![];
    for (width, dark) in [(1600, false), (1600, true), (390, false), (390, true)] {
        let broken: Vec<Violation> = view.screen(width, dark).open(&site.page(path)).value(RUN);
        for Violation { id, nodes } in broken {
            let colours = if dark { "dark" } else { "light" };
            found.push(format!("{path}, {width}, {colours}: {id}\n    {}", nodes.join("\n    ")));
        }
    }
    found
}

fn expect_none(site: &OnDisk, paths: &[&str]) {
    let Some(chromium) = chromium() else { return };
    let view = axe(&chromium);
    let found: Vec<String> = paths.iter().flat_map(|path| violations(&view, site, path)).collect();
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_kind_of_page_is_accessible_in_chinese() {
    let kinds = SHIPPED.kinds("");
    assert!(kinds.len() >= 9, "{kinds:?}");
    expect_none(&SHIPPED, &kinds.values().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn every_kind_of_page_is_accessible_in_english() {
    let kinds = SHIPPED.kinds("en/");
    assert!(kinds.len() >= 9, "{kinds:?}");
    expect_none(&SHIPPED, &kinds.values().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn what_the_shipped_site_has_not_is_accessible() {
    expect_none(&VARIED, &["all/index.html", "en/all/index.html", "tags/甲/index.html"]);
}

#[test]
fn every_construct_of_markdown_is_accessible() {
    let pages = ["glossary", "manual/writing", "manual/code", "manual/components"];
    let both = pages.iter().flat_map(|page| ["", "en/"].map(|language| format!("{language}{page}/index.html")));
    let both: Vec<String> = both.collect();
    expect_none(&SHIPPED, &both.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn the_search_is_accessible_while_it_is_open() {
    let Some(chromium) = chromium() else { return };
    let view = axe(&chromium);
    let mut found = vec![];
    for (page, text) in [
        ("index.html", "概念验证"),
        ("en/about/index.html", "pilot bases"),
        ("search.html", "基金"),
        ("index.html", ""),
    ] {
        for (width, dark) in [(1600, false), (1600, true), (390, false), (390, true)] {
            let search = page.ends_with("search.html");
            view.screen(width, dark).open_at(&SHIPPED.page(page), if search { "?q=基金" } else { "" });
            if !search {
                view.press("/").wait("document.querySelector('dialog[open]') !== null");
                view.value::<bool>(&format!(
                    "(() => {{ const input = document.querySelector('[role=combobox]'); input.value = {text:?};
                        return input.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); }})()"
                ));
            }
            // Without a text the searches of other tests may be shown.
            view.wait("document.querySelector('.search-status').textContent + document.querySelector('.search-list').textContent !== ''");
            view.wait("document.querySelectorAll('.search-filters select').length > 1");
            let broken: Vec<Violation> = view.value(RUN);
            found.extend(
                broken.iter().map(|rule| {
                    format!("{page} {text} {width} {dark}: {}\n    {}", rule.id, rule.nodes.join("\n    "))
                }),
            );
        }
    }
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}

#[test]
fn violations_are_seen() {
    let Some(chromium) = chromium() else { return };
    let html = "<!doctype html><html lang=en><title>a</title><main><h1>a</h1><p style='color:#ccc;background:#fff'>pale</p><img src=a.png></main>";
    let site = OnDisk::new("violations", [("a.html".to_owned(), html.into())].into());
    let found = violations(&axe(&chromium), &site, "a.html").join("\n");
    assert!(found.contains("color-contrast") && found.contains("image-alt"), "{found}");
}
