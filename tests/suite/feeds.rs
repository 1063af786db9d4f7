//! Feeds, sitemap and robots.txt: well-formed, absolute, and only where the site knows its address.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::support::TestSite;

/// The elements of an XML text as `path = text`, attributes as `path@name = value`; panics where it is not well-formed.
fn elements(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut line: Vec<String> = vec![];
    let mut found = vec![];
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {xml}")) {
            Event::Start(start) => {
                line.push(start.name().as_ref().to_owned());
                attributes(&start, &line.join("/"), &mut found);
                text.clear();
            }
            Event::Empty(empty) => {
                attributes(&empty, &format!("{}/{}", line.join("/"), empty.name().as_ref()), &mut found)
            }
            Event::End(_) => {
                if !text.trim().is_empty() {
                    found.push(format!("{} = {text}", line.join("/")));
                }
                text.clear();
                line.pop();
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(name) => match name.resolve_char_ref().unwrap() {
                Some(c) => text.push(c),
                None => text.push_str(resolve_predefined_entity(&name).expect("an entity of XML")),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(line.is_empty(), "{line:?} is open: {xml}");
    found
}

fn attributes(element: &BytesStart<'_>, path: &str, found: &mut Vec<String>) {
    for attribute in element.attributes() {
        let attribute = attribute.unwrap();
        found.push(format!("{path}@{} = {}", attribute.key.as_ref(), attribute.value));
    }
}

/// The values of one path, in order.
fn values(xml: &str, path: &str) -> Vec<String> {
    let start = format!("{path} = ");
    elements(xml).into_iter().filter_map(|line| line.strip_prefix(&start).map(str::to_owned)).collect()
}

const SITE: &str = "
    --- site.toml
    title = { zh = \"站 & <b>\", en = \"Site\" }
    base_url = \"https://example.org/docs\"
    [languages.en]
    [taxonomies.tags]
    feed = true
    [taxonomies.themes]
    --- content/_index.md
    # 首页
    --- content/old.md
    ---
    title: 旧 & <i>
    date: 2020-01-01
    description: \"a < b & 'c'\"
    authors: [\"A & B\", C]
    tags: [x]
    themes: [y]
    ---
    --- content/new.md
    ---
    title: 新
    date: 2021-01-01
    updated: 2023-05-06
    tags: [x]
    ---
    --- content/without date.md
    # 无日期
    --- content/new.en.md
    # New
    ";

#[test]
fn a_feed_is_well_formed_and_newest_first() {
    let site = TestSite::new(SITE);
    site.expect_clean();
    let feed = site.page("feed.xml");
    assert_eq!(values(&feed, "feed/entry/title"), ["新", "旧 & <i>"]);
    assert_eq!(values(&feed, "feed/title"), ["站 & <b>"]);
    assert_eq!(values(&feed, "feed/updated"), ["2023-05-06T00:00:00Z"]);
    assert_eq!(values(&feed, "feed/entry/published"), ["2021-01-01T00:00:00Z", "2020-01-01T00:00:00Z"]);
    assert_eq!(values(&feed, "feed/entry/author/name"), ["站 & <b>", "A & B", "C"]);
    assert_eq!(values(&feed, "feed/entry/summary"), ["a < b & 'c'"]);
    assert_eq!(values(&feed, "feed/entry/id"), ["https://example.org/docs/new/", "https://example.org/docs/old/"]);
    assert_eq!(values(&feed, "feed@xmlns"), ["http://www.w3.org/2005/Atom"]);
    assert_eq!(values(&feed, "feed/link@href")[0], "https://example.org/docs/feed.xml");
}

#[test]
fn each_language_and_each_term_has_its_feed() {
    let site = TestSite::new(SITE);
    assert_eq!(values(&site.page("en/feed.xml"), "feed/entry/title"), ["New"]);
    assert_eq!(values(&site.page("tags/x/feed.xml"), "feed/entry/title"), ["新", "旧 & <i>"]);
    assert!(!site.has("themes/y/feed.xml") && !site.has("tags/feed.xml"));
    site.expect_page("index.html", "type=\"application/atom+xml\"")
        .expect_page("tags/x/index.html", "href=\"feed.xml\"");
}

#[test]
fn a_borrowed_text_is_not_in_a_feed_of_a_term() {
    let site = TestSite::new(SITE);
    let titles = values(&site.page("en/tags/x/feed.xml"), "feed/entry/title");
    assert_eq!(titles, ["New"], "the English feed tells of what is written in English");
}

#[test]
fn the_sitemap_names_every_listed_page_absolutely() {
    let site = TestSite::new(SITE);
    let sitemap = site.page("sitemap.xml");
    let urls = values(&sitemap, "urlset/url/loc");
    for url in [
        "https://example.org/docs/",
        "https://example.org/docs/old/",
        "https://example.org/docs/without-date/",
        "https://example.org/docs/en/new/",
    ] {
        assert!(urls.contains(&url.to_owned()), "{url}: {urls:#?}");
    }
    assert!(urls.iter().all(|url| url.is_ascii() && url.starts_with("https://example.org/docs/")), "{urls:#?}");
    assert!(
        !urls.iter().any(|url| url.contains("404") || url.contains("search") || url.contains("en/old")),
        "{urls:#?}"
    );
    assert_eq!(values(&sitemap, "urlset/url/lastmod").len(), 3, "{sitemap}");
    assert_eq!(
        values(&sitemap, "urlset/url/xhtml:link@hreflang").iter().filter(|tag| *tag == "x-default").count() % 2,
        0
    );
}

#[test]
fn chinese_addresses_are_encoded_for_programs() {
    let site = TestSite::new("--- site.toml\nbase_url = \"https://a.example\"\n--- content/城市/西安 市.md\n# 西安\n");
    let urls = values(&site.page("sitemap.xml"), "urlset/url/loc");
    assert!(
        urls.contains(&"https://a.example/%E5%9F%8E%E5%B8%82/%E8%A5%BF%E5%AE%89-%E5%B8%82/".to_owned()),
        "{urls:?}"
    );
}

#[test]
fn robots_name_the_sitemap() {
    TestSite::new(SITE).expect_page("robots.txt", "Sitemap: https://example.org/docs/sitemap.xml\n");
    TestSite::new("--- content/a.md\n# A\n").expect_not("robots.txt", "Sitemap");
    let own = TestSite::new("--- content/a.md\n# A\n--- static/robots.txt\nUser-agent: *\nDisallow: /\n");
    own.expect_clean().expect_page("robots.txt", "Disallow: /");
}

#[test]
fn without_an_address_everything_is_relative() {
    let site = TestSite::new(&SITE.replace("base_url = \"https://example.org/docs\"", ""));
    site.expect_clean();
    assert!(!site.has("sitemap.xml") && !site.has("feed.xml") && !site.has("tags/x/feed.xml"));
    site.expect_not("index.html", "canonical").expect_not("index.html", "atom+xml");
}

#[test]
fn the_command_line_says_another_address() {
    let site = TestSite::new(SITE).at("https://other.example/x/");
    site.expect_page("sitemap.xml", "<loc>https://other.example/x/old/</loc>").expect_not("sitemap.xml", "example.org");
}
