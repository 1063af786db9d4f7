//! Every link and anchor of every page, followed through the output files as a browser would; the resolver is not asked.

use std::collections::{BTreeMap, BTreeSet};

use fangzhi::build::Wish;
use scraper::{Html, Selector};

use crate::validate::{Files, shipped};

/// What one page offers and asks for.
struct Page {
    ids: BTreeSet<String>,
    /// The names of elements, with the addresses in them.
    links: Vec<(String, String)>,
    redirects: bool,
}

fn read(html: &str) -> Page {
    let tree = Html::parse_document(html);
    let mut page = Page { ids: BTreeSet::new(), links: vec![], redirects: false };
    for element in tree.select(&Selector::parse("*").unwrap()).map(|element| element.value()) {
        page.ids.extend(element.id().map(str::to_owned));
        let mut link = |address: &str| page.links.push((element.name().to_owned(), address.trim().to_owned()));
        for name in ["href", "src", "poster", "data", "action", "formaction", "cite", "xlink:href"] {
            if let Some(address) = element.attr(name) {
                link(address);
            }
        }
        let candidates = element.attr("srcset").into_iter().flat_map(|list| list.split(','));
        candidates.filter_map(|one| one.split_whitespace().next()).for_each(&mut link);
        if element.attr("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")) {
            link(element.attr("content").unwrap_or_default().split_once("url=").map_or("", |(_, url)| url));
            page.redirects = true;
        }
    }
    let places = Selector::parse("loc").unwrap();
    page.links.extend(tree.select(&places).map(|place| ("loc".to_owned(), place.text().collect())));
    page
}

/// Pages, feeds and the sitemap.
fn texts(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    let texts = files.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".xml"));
    texts.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
}

/// `%XX` as the bytes they stand for; none if that is not UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = vec![];
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let hex = others.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match (first, hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &others[2..];
            }
            _ => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// The file of the output that an address on a page means, and the place in it.
fn target(page: &str, address: &str) -> Result<(String, Option<String>), String> {
    let (address, fragment) = address.split_once('#').map_or((address, None), |(start, rest)| (start, Some(rest)));
    let path = address.split('?').next().unwrap_or_default();
    let fragment = fragment.map(|text| decoded(text).ok_or("its anchor is not UTF-8")).transpose()?;
    if path.is_empty() {
        return Ok((page.to_owned(), fragment));
    }
    if path.starts_with('/') || path.starts_with('\\') {
        return Err("it is not relative".into());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let path = decoded(path).ok_or("its path is not UTF-8")?;
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop().ok_or("it leads out of the site")?),
            "." => {}
            "" => return Err("it ends in no file".into()),
            part => parts.push(part),
        }
    }
    Ok((parts.join("/"), fragment))
}

/// The file that an absolute address below the site's own means; a folder means its index, as on a server.
fn own_file(address: &str, base: &str) -> Option<String> {
    let inside = decoded(address.strip_prefix(base)?.split(['#', '?']).next().unwrap_or_default())?;
    Some(if inside.is_empty() || inside.ends_with('/') { inside + "index.html" } else { inside })
}

fn is_external(address: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

/// What is wrong with the links of these files, which stand at `base`; and the pages that no way leads to from the home
/// page.
fn complaints(files: &Files, base: &str) -> Vec<String> {
    let pages: BTreeMap<&str, Page> = texts(files).map(|(path, text)| (path, read(text))).collect();
    let mut wrong = vec![];
    let mut ways: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (path, page) in &pages {
        for (element, address) in &page.links {
            let shown = |what: &str| format!("{path}: <{element}> `{address}`: {what}");
            if let Some(to) = own_file(address, base) {
                if !files.contains_key(&to) {
                    wrong.push(shown(&format!("there is no file `{to}`")));
                }
                continue;
            }
            if is_external(address) {
                if element != "a" {
                    wrong.push(shown("it is loaded from elsewhere"));
                }
                continue;
            }
            match target(path, address) {
                Err(what) => wrong.push(shown(&what)),
                Ok((to, _)) if !files.contains_key(&to) => wrong.push(shown(&format!("there is no file `{to}`"))),
                Ok((to, anchor)) => {
                    let missing = anchor.filter(|anchor| match pages.get(to.as_str()) {
                        Some(target) => !target.ids.contains(anchor),
                        None => true,
                    });
                    wrong.extend(missing.map(|anchor| shown(&format!("there is no `{anchor}` in `{to}`"))));
                    if element == "a" {
                        ways.entry(path).or_default().insert(to);
                    }
                }
            }
        }
    }
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut next = vec!["index.html".to_owned()];
    while let Some(page) = next.pop() {
        let new = ways.get(page.as_str()).into_iter().flatten().filter(|to| reached.insert((*to).clone()));
        next.extend(new.cloned());
    }
    // Nobody goes on purpose to a page that redirects, or to the one that a server shows for an unknown address.
    let apart = |path: &str, page: &Page| page.redirects || path.ends_with("404.html") || path.ends_with(".xml");
    let lost = pages.iter().filter(|(path, page)| !reached.contains(**path) && !apart(path, page));
    wrong.extend(lost.map(|(path, _)| format!("{path}: no link leads there from index.html")));
    wrong
}

/// The base of a site that knows none: no address begins so.
const NOWHERE: &str = "nowhere://";

#[test]
fn every_link_of_the_shipped_site_leads_somewhere() {
    let files = shipped(&Wish::default());
    assert!(texts(&files).count() > 100, "{}", texts(&files).count());
    let wrong = complaints(&files, NOWHERE);
    assert!(wrong.is_empty(), "{} links are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_link_of_the_site_at_an_address_leads_somewhere() {
    let base = "https://example.org/docs/";
    let files = shipped(&Wish { base_url: Some(base.into()), ..Wish::default() });
    assert!(files.contains_key("sitemap.xml"));
    let wrong = complaints(&files, base);
    assert!(wrong.is_empty(), "{} links are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The eye itself is tested: each of these links is wrong in its own way, and the right ones beside them are not.
#[test]
fn wrong_links_are_seen() {
    let home = "<a href=b/%E4%B8%80.html#%E4%BA%8C>1</a><a href=#here id=here>2</a><a href=https://example.org>3</a>\
        <a href=/b/x.html>4</a><a href=b/>5</a><a href=none.html>6</a><a href=b/%E4%B8%80.html#none>7</a>\
        <a href=../up.html>8</a><img src=https://example.org/x.png><img srcset='x.png 1x, y.png 2x'>";
    let files: Files = [("index.html", home), ("b/一.html", "<p id=二>"), ("x.png", ""), ("lost.html", "")]
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .into();
    assert_eq!(
        complaints(&files, NOWHERE),
        [
            "index.html: <a> `/b/x.html`: it is not relative",
            "index.html: <a> `b/`: it ends in no file",
            "index.html: <a> `none.html`: there is no file `none.html`",
            "index.html: <a> `b/%E4%B8%80.html#none`: there is no `none` in `b/一.html`",
            "index.html: <a> `../up.html`: it leads out of the site",
            "index.html: <img> `https://example.org/x.png`: it is loaded from elsewhere",
            "index.html: <img> `y.png`: there is no file `y.png`",
            "lost.html: no link leads there from index.html",
        ]
    );
}
