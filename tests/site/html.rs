//! What every page owes its readers and their machines: one heading, a title, a language, HTML that is valid.

use std::collections::BTreeSet;

use fangzhi::build::Wish;
use scraper::{Html, Selector};

use crate::validate::{files, invalid, pages, shipped, varied, write};

/// What a page lacks.
fn faults(path: &str, html: &str) -> Vec<String> {
    let tree = Html::parse_document(html);
    let all = |selector: &str| tree.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
    let text = |selector: &str| all(selector).iter().flat_map(|element| element.text()).collect::<String>();
    let mut faults = vec![];
    let mut demand = |met: bool, what: String| {
        if !met {
            faults.push(format!("{path}: {what}"));
        }
    };
    demand(all("h1").len() == 1, format!("{} h1", all("h1").len()));
    demand(!text("h1").trim().is_empty(), "its h1 is empty".into());
    demand(all("head > title").len() == 1 && !text("head > title").trim().is_empty(), "no title".into());
    demand(all("main").len() == 1, format!("{} main", all("main").len()));
    let lang = tree.root_element().attr("lang").unwrap_or_default();
    let wanted = if path.starts_with("en/") { "en" } else { "zh" };
    demand(lang.split('-').next() == Some(wanted), format!("its language is `{lang}`"));
    let mut ids = BTreeSet::new();
    for id in all("[id]").iter().filter_map(|element| element.value().id()) {
        demand(ids.insert(id), format!("two elements have the id `{id}`"));
    }
    faults
}

#[test]
fn every_page_has_its_parts() {
    let files = shipped(&Wish::default());
    let faults: Vec<String> = pages(&files).into_iter().flat_map(|(path, html)| faults(path, html)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn missing_parts_are_seen() {
    let html = "<html lang=fr><title> </title><h1>a</h1><h1></h1><p id=x></p><p id=x></p>";
    assert_eq!(
        faults("en/a.html", html),
        ["2 h1", "no title", "0 main", "its language is `fr`", "two elements have the id `x`"]
            .map(|what| format!("en/a.html: {what}"))
    );
}

#[test]
fn the_html_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    // With an address it has feeds and canonical links too.
    let varied = varied().at("https://example.org/docs");
    assert!(!varied.built().has_errors(), "{}", varied.diagnostics());
    write(&shipped(&Wish::default()), &folder.path().join("shipped"));
    write(&files(varied.built()), &folder.path().join("varied"));
    write(&files(varied.minified().built()), &folder.path().join("varied-small"));
    let Some(wrong) = invalid(folder.path()) else { return };
    assert!(wrong.is_empty(), "{} errors:\n{}", wrong.len(), wrong.join("\n"));
}

/// Without this a validator that checks nothing would look like a valid site.
#[test]
fn invalid_html_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.html"), "<!doctype html><html lang=en><title>a</title><p><div></p>").unwrap();
    let Some(wrong) = invalid(folder.path()) else { return };
    assert!(wrong.iter().any(|line| line.starts_with("a.html:1:")), "{wrong:?}");
}
