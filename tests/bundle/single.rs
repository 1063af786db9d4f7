//! The single file from disk in real browsers: every page, the search, the switches, deep links, paper.
//!
//! What is asked is asked of any [`Browser`]: of Chromium test by test, of Firefox and WebKit in one go each.

use std::path::PathBuf;
use std::sync::LazyLock;

use fangzhi::build::{Build, Content, Wish, build};
use fangzhi::bundle::{make, mend, single};
use fangzhi::make::Recipe;

use crate::chromium::chromium;
use crate::validate::shipped_inputs;
use crate::webdriver::{Browser, Other, firefox, webkit};

struct Made {
    file: PathBuf,
    /// The addresses of all pages.
    urls: Vec<String>,
    /// How many Chinese pages are printed with all of them.
    printed: usize,
}

fn pages(built: &Build) -> Vec<String> {
    let page = |content: &Content| matches!(content, Content::Made(Recipe::Page { .. }));
    let paths = built.outputs.iter().filter(|(_, content)| page(content)).map(|(path, _)| path.as_str());
    paths.map(|path| format!("/{}", path.strip_suffix("index.html").unwrap_or(path))).collect()
}

static SHIPPED: LazyLock<Made> = LazyLock::new(|| {
    let wish = Wish { base_url: Some("/".into()), plain_html: true, print: Some(false), ..Wish::default() };
    let built = build(&shipped_inputs(), &wish, None);
    let mut files = make(&built).unwrap();
    assert_eq!(mend(&mut files, None), 0);
    let single = single::single(&built, &files);
    assert_eq!(single.left_out, Vec::<String>::new());
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("shipped.html");
    std::fs::write(&file, single.html).unwrap();
    let printed = built.site.in_language(0).filter(|page| !page.is_unlisted()).count();
    Made { file, urls: pages(&built), printed }
});

fn open<'b, B: Browser>(view: &'b B, anchor: &str) -> &'b B {
    view.open_at(&SHIPPED.file, anchor).wait("document.querySelector('main') !== null")
}

#[track_caller]
fn quiet(view: &impl Browser) {
    assert_eq!(view.complaints(), Vec::<String>::new());
}

/// In Chromium.
fn looked_at(look: fn(&crate::chromium::View)) {
    let Some(chromium) = chromium() else { return };
    look(&chromium.view());
}

/// In another browser.
fn all_looked_at(other: Option<Other>) {
    let Some(view) = other else { return };
    every_page(&view);
    clicks(&view);
    searches(&view);
    switches(&view);
    deep_links(&view);
    paper(&view);
}

#[test]
fn firefox_shows_it_as_well() {
    all_looked_at(firefox());
}

#[test]
fn webkit_shows_it_as_well() {
    let Some(view) = webkit() else { return };
    open(&view, "");
    // There digits beside Chinese characters would stand over each other.
    assert_ne!(view.value::<serde_json::Value>("getComputedStyle(document.body).textAutospace"), "normal");
    all_looked_at(Some(view));
}

#[test]
fn every_page_is_shown_and_every_link_of_it_leads_somewhere() {
    looked_at(every_page);
}

fn every_page(view: &impl Browser) {
    let view = open(view, "");
    let urls = serde_json::to_string(&SHIPPED.urls).unwrap();
    let troubles: Vec<String> = view.value(&format!(
        "(async urls => {{
            const found = [];
            const known = new Set(urls);
            for (const url of urls) {{
                const changed = new Promise(done => window.onhashchange = done);
                const at = '#' + url.split('/').map(encodeURIComponent).join('/');
                if (location.hash !== at) {{ location.hash = at; await changed; }}
                await new Promise(done => setTimeout(done));
                if (!document.querySelector('main h1')) found.push(url + ': no heading');
                if (document.documentElement.scrollWidth > innerWidth) found.push(url + ': too wide');
                for (const link of document.querySelectorAll('a[href]')) {{
                    const href = link.getAttribute('href');
                    if (href.startsWith('#/')) {{
                        const [path] = href.slice(1).split('?');
                        if (!known.has(decodeURIComponent(path))) found.push(url + ' -> ' + href);
                    }} else if (href.startsWith('#')) {{
                        if (href.length > 1 && !document.getElementById(decodeURIComponent(href.slice(1)))) found.push(url + ' -> ' + href);
                    }} else if (!/^(https?|mailto|blob):/.test(href)) found.push(url + ' -> ' + href);
                }}
                for (const image of document.querySelectorAll('main img')) {{
                    image.loading = 'eager';
                    await image.decode().catch(() => found.push(url + ': a picture is broken'));
                }}
            }}
            return found;
        }})({urls})"
    ));
    assert_eq!(troubles, Vec::<String>::new());
    quiet(view);
}

#[test]
fn a_reader_clicks_through_every_kind_of_page_and_back() {
    looked_at(clicks);
}

fn clicks(view: &impl Browser) {
    let view = open(view, "");
    let steps = [
        ("#/cities/", "kind-taxonomy"),
        ("#/cities/xian/", "kind-term"),
        ("#/cities/xian/finance/", "kind-page"),
        ("#/themes/", "kind-taxonomy"),
        ("#/themes/tech-finance/", "kind-term"),
        ("#/indicators/", "kind-section"),
        ("#/indicators/angel-guidance-fund/", "kind-indicator"),
        ("#/matrix/", "kind-matrix"),
        ("#/", "kind-home"),
    ];
    for (href, kind) in steps {
        view.act(&format!("document.querySelector('a[href=\"{href}\"]').click()"));
        view.wait(&format!("location.hash === '{href}' && document.body.classList.contains('{kind}')"));
    }
    view.act("history.back()");
    view.wait("document.body.classList.contains('kind-matrix')");
    view.act("history.back()");
    view.wait("document.body.classList.contains('kind-indicator')");
    view.act("history.forward()");
    view.wait("document.body.classList.contains('kind-matrix')");
    quiet(view);
}

fn search(view: &impl Browser, words: &str) -> Vec<String> {
    view.press("/").wait("document.querySelector('dialog[open] input') !== null");
    view.act(&format!(
        "const field = document.querySelector('dialog[open] input'); field.value = '{words}'; \
         field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
    ));
    view.wait("document.querySelectorAll('dialog[open] a[role=option]').length > 0");
    view.value(
        "Array.from(document.querySelectorAll('dialog[open] a[role=option]'), link => link.getAttribute('href'))",
    )
}

#[test]
fn a_reader_searches_in_chinese_and_in_english() {
    looked_at(searches);
}

fn searches(view: &impl Browser) {
    let view = open(view, "#/cities/xian/");
    let found = search(view, "先投后股");
    assert!(found[0].starts_with("#/"), "{found:?}");
    view.act("document.querySelector('dialog[open] a[role=option]').click()");
    view.wait("!document.querySelector('dialog[open]') && document.querySelectorAll('mark.found').length > 0");
    assert!(view.text().contains("先投后股"));
    view.open_at(&SHIPPED.file, "#/en/").wait("document.documentElement.lang === 'en'");
    let found = search(view, "angel fund");
    assert!(found.iter().any(|href| href.contains("angel-guidance-fund")), "{found:?}");
    // A second page has a search of its own.
    view.act("document.querySelector('dialog[open] a[href*=\"angel-guidance-fund\"]').click()");
    view.wait("location.hash.includes('angel-guidance-fund') && !document.querySelector('dialog[open]')");
    assert!(!search(view, "laboratory").is_empty());
    view.open_at(&SHIPPED.file, "#/search.html?q=%E5%A4%A7%E8%BF%9E")
        .wait("document.querySelectorAll('main a[role=option]').length > 0");
    quiet(view);
}

#[test]
fn language_and_colours_are_switched() {
    looked_at(switches);
}

fn switches(view: &impl Browser) {
    let view = open(view, "#/cities/xian/?走访");
    view.wait("Math.abs(document.getElementById('走访').getBoundingClientRect().top) < 300");
    view.act("document.querySelector('[data-language]').click()");
    view.wait("document.documentElement.lang === 'en' && location.hash.startsWith('#/en/cities/xian/')");
    let ground = "getComputedStyle(document.body).color";
    let light: String = view.value(ground);
    view.act("document.querySelector('[data-theme-switch]').click()");
    view.act("document.querySelector('[data-theme-switch]').click()");
    view.wait("document.documentElement.dataset.theme === 'dark'");
    assert_ne!(view.value::<String>(ground), light);
    // The choice stays on the next page.
    view.act("document.querySelector('a[href=\"#/en/themes/\"]').click()");
    view.wait("location.hash === '#/en/themes/'");
    assert_eq!(view.value::<String>("document.documentElement.dataset.theme"), "dark");
    view.act("localStorage.removeItem('fangzhi-theme')");
    quiet(view);
}

#[test]
fn deep_links_lead_to_headings_and_the_scripts_of_a_page_run_once() {
    looked_at(deep_links);
}

fn deep_links(view: &impl Browser) {
    let view = open(view, "#/manual/components/?%E6%A0%87%E7%AD%BE%E9%A1%B5");
    view.wait("document.querySelector('.tabs.is-live') !== null");
    let first: Vec<usize> =
        view.value("[document.querySelectorAll('.tab-list').length, document.querySelectorAll('.tabs').length]");
    assert_eq!(first[0], first[1]);
    let anchors: Vec<String> =
        view.value("Array.from(document.querySelectorAll('.prose .anchor'), a => a.getAttribute('href')).slice(0, 3)");
    assert!(anchors.iter().all(|href| href.starts_with("#/manual/components/?")), "{anchors:?}");
    // From the table of contents.
    view.act("document.querySelectorAll('.toc-list a')[2].click()");
    view.wait("location.hash.startsWith('#/manual/components/?') && scrollY > 0");
    view.act("location.hash = '#/manual/code/'");
    view.wait("document.querySelectorAll('pre.code').length > 0 && location.hash === '#/manual/code/'");
    view.act("location.hash = '#/manual/components/'");
    view.wait("document.querySelector('.tabs.is-live') !== null");
    let again: usize = view.value("document.querySelectorAll('.tab-list').length");
    assert_eq!(again, first[0]);
    view.act("location.hash = '#/no/such/page/'");
    view.wait("document.body.classList.contains('kind-404')");
    quiet(view);
}

#[test]
fn one_page_or_all_are_printed() {
    looked_at(paper);
}

fn paper(view: &impl Browser) {
    let view = open(view, "#/cities/xian/");
    view.act("window.printed = []; window.print = () => window.printed.push(document.querySelectorAll('main').length)");
    view.act("document.querySelectorAll('.bundle-tools button')[0].click()");
    view.act("document.querySelectorAll('.bundle-tools button')[1].click()");
    view.wait("window.printed.length === 2");
    let printed: Vec<usize> = view.value("window.printed");
    assert_eq!(printed, [1, SHIPPED.printed]);
    view.act("dispatchEvent(new Event('afterprint'))");
    view.wait("document.querySelectorAll('main').length === 1 && document.body.classList.contains('kind-term')");
    quiet(view);
}

#[test]
fn without_scripts_all_pages_can_be_read() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.scripts(false).open(&SHIPPED.file);
    let text = view.text();
    for part in ["没有运行脚本", "西安先把研究成果转不出去", "Firms pay for nine tenths"] {
        assert!(text.contains(part), "{part}");
    }
    view.scripts(true);
}
