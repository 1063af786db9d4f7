//! Pages open in a real browser follow the files: in place, with their scroll position, and with errors laid over them.
#![allow(clippy::disallowed_methods, reason = "files are written and waited for")]

#[path = "support/browser.rs"]
mod browser;

use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use browser::View;
use fangzhi::build::Wish;
use fangzhi::serve::{self, Options};

fn put(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn page(middle: &str) -> String {
    let paragraphs = |from: usize| -> String { (from..from + 60).map(|at| format!("Paragraph {at}.\n\n")).collect() };
    format!("---\ntitle: Long page\n---\n\n{}{middle}\n\n{}", paragraphs(0), paragraphs(60))
}

fn value(tab: &View, expression: &str) -> String {
    tab.value(&format!("String({expression})"))
}

const CONFIG: &str = "title = \"Site\"\ndefault_language = \"en\"\n[languages.en]\nname = \"English\"\n\
                      [extra]\nstylesheets = [\"own.css\"]\n";

#[test]
fn a_page_follows_its_files() {
    let Some(chromium) = browser::chromium() else { return };
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    put(&root, "site.toml", CONFIG);
    put(&root, "content/long.md", &page("The middle is old."));
    put(&root, "static/own.css", "h1 { color: rgb(1, 2, 3) }\n");
    let options = Options {
        config: root.join("site.toml"),
        root: root.clone(),
        wish: Wish { drafts: true, ..Wish::default() },
        interface: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 0,
        editor: Some("editor://{path}:{line}:{column}".into()),
        poll: None,
    };
    let server = serve::start(options, Arc::new(|_| {})).unwrap();
    let tab = chromium.view();
    tab.screen(1000, false).open_url(&format!("http://{}/long/", server.address));
    assert!(tab.text().contains("The middle is old."));

    // What a script of the page did, and where the reader is, outlast an edit of the body.
    value(&tab, "(window.sameDocument = true, document.querySelector('article').dataset.byScript = 'kept', 1)");
    value(&tab, "(scrollTo({ top: 900, behavior: 'instant' }), 1)");
    tab.wait("Math.round(scrollY) === 900");
    put(&root, "content/long.md", &page("The middle is new, with *emphasis*."));
    tab.wait("document.body.innerText.includes('The middle is new, with emphasis.')");
    assert_eq!(value(&tab, "Math.round(scrollY)"), "900");
    assert_eq!(value(&tab, "window.sameDocument"), "true");
    assert_eq!(value(&tab, "document.querySelector('article').dataset.byScript"), "kept");
    assert_eq!(value(&tab, "document.querySelectorAll('.prose p').length"), "121");

    // Paragraphs come and go where they belong.
    put(&root, "content/long.md", &page("One.\n\n## Two\n\n- three\n- four\n\nFive."));
    tab.wait("document.querySelectorAll('.prose li').length === 2");
    let around = "Array.from(document.querySelectorAll('.prose > *')).map(e => e.textContent.trim()).slice(58, 65)";
    assert_eq!(value(&tab, around), "Paragraph 58.,Paragraph 59.,One.,Two #,threefour,Five.,Paragraph 60.");
    put(&root, "content/long.md", &page("The middle."));
    tab.wait("document.querySelectorAll('.prose li').length === 0");
    assert_eq!(value(&tab, "document.querySelectorAll('.prose p').length"), "121");
    assert_eq!(value(&tab, "window.sameDocument"), "true");

    // A style sheet is exchanged without a reload.
    assert_eq!(value(&tab, "getComputedStyle(document.querySelector('h1')).color"), "rgb(1, 2, 3)");
    put(&root, "static/own.css", "h1 { color: rgb(4, 5, 6) }\n");
    tab.wait("getComputedStyle(document.querySelector('h1')).color === 'rgb(4, 5, 6)'");
    tab.wait("document.querySelectorAll('link[href*=own]').length === 1");
    assert_eq!(value(&tab, "window.sameDocument"), "true");

    // An error is laid over the last good page, and goes when it is mended.
    put(&root, "content/long.md", &page("[gone](gone.md)"));
    tab.wait("document.querySelector('fangzhi-problems') !== null");
    let shadow = "document.querySelector('fangzhi-problems').shadowRoot";
    let shown = value(&tab, &format!("{shadow}.textContent"));
    assert!(shown.contains("content/long.md:125:8: error[broken-link]"), "{shown}");
    let link = value(&tab, &format!("{shadow}.querySelector('a').href"));
    assert!(link.starts_with("editor://") && link.ends_with("content/long.md:125:8"), "{link}");
    assert!(tab.text().contains("The middle."));
    put(&root, "content/long.md", &page("The middle is mended."));
    tab.wait("document.querySelector('fangzhi-problems') === null");
    tab.wait("document.body.innerText.includes('The middle is mended.')");
    assert_eq!(value(&tab, "Math.round(scrollY)"), "900");

    // The title changes where it stands, the template changes everything, and still nothing is loaded anew.
    put(&root, "content/long.md", &page("Same.").replace("Long page", "Other title"));
    tab.wait("document.title.startsWith('Other title') && document.querySelector('h1').textContent === 'Other title'");
    assert_eq!(value(&tab, "window.sameDocument"), "true");

    // A page that goes leaves the site's own page for that, and comes back.
    fs::remove_file(root.join("content/long.md")).unwrap();
    tab.wait("document.body.innerText.includes('404')");
    put(&root, "content/long.md", &page("Back again."));
    tab.wait("document.body.innerText.includes('Back again.')");
}

#[test]
fn the_search_works_over_http_and_outlasts_an_edit() {
    let Some(chromium) = browser::chromium() else { return };
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    put(&root, "site.toml", CONFIG);
    put(&root, "content/long.md", &page("The middle is old."));
    put(&root, "content/other.md", "# Other\n\n## Part\n\nA word called quokka.\n");
    let options = Options {
        config: root.join("site.toml"),
        root: root.clone(),
        wish: Wish::default(),
        interface: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 0,
        editor: None,
        poll: None,
    };
    let server = serve::start(options, Arc::new(|_| {})).unwrap();
    let tab = chromium.view();
    let search = |text: &str, wanted: &str| {
        tab.press("/").wait("document.querySelector('dialog[open] [role=combobox]') === document.activeElement");
        tab.value::<bool>(&format!(
            "(() => {{ const input = document.querySelector('[role=combobox]'); input.value = {text:?};
                return input.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); }})()"
        ));
        tab.wait(&format!("document.querySelector('.search-list').textContent.includes({wanted:?})"));
        assert!(tab.value::<bool>("getComputedStyle(document.querySelector('.search-field')).display === 'flex'"));
    };
    tab.open_url(&format!("http://{}/long/", server.address));
    search("quokka", "Part");
    tab.press("Escape").wait("document.querySelector('dialog[open]') === null");
    put(&root, "content/long.md", &page("The middle is new."));
    tab.wait("document.body.innerText.includes('The middle is new.')");
    search("quok", "Part");
    tab.press("ArrowDown")
        .press("Enter")
        .wait("location.pathname === '/other/index.html' && location.hash === '#part'");
    tab.wait("document.querySelectorAll('mark.found').length === 1");
    // What was written since is found by the next page that is opened.
    put(&root, "content/other.md", "# Other\n\n## Part\n\nA word called numbat.\n");
    tab.wait("document.body.innerText.includes('numbat')");
    tab.open_url(&format!("http://{}/long/", server.address));
    search("numbat", "Part");
}
