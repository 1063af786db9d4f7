//! Every page loads without an error and without the network, and fits a phone.

use super::sites::{OnDisk, SHIPPED, VARIED};
use crate::chromium::{Chromium, View, chromium};

/// What sticks out at the right, if the page can be moved sideways.
const WIDER: &str = "(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1);
    return ['wider than the screen by ' + (document.documentElement.scrollWidth - width) + ': '
        + out.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' … ')];
})()";

fn troubles(view: &View, site: &OnDisk, path: &str) -> Vec<String> {
    let mut found: Vec<String> = view.screen(390, false).open(&site.page(path)).value(WIDER);
    found.extend(view.complaints());
    found.into_iter().map(|what| format!("{path}: {what}")).collect()
}

fn all_troubles(chromium: &Chromium, site: &OnDisk) -> Vec<String> {
    let view = chromium.view();
    site.paths().iter().flat_map(|path| troubles(&view, site, path)).collect()
}

#[test]
fn no_page_complains_leaves_the_disk_or_is_wider_than_a_phone() {
    let Some(chromium) = chromium() else { return };
    let found = all_troubles(&chromium, &SHIPPED);
    assert!(found.is_empty(), "{}", found.join("\n"));
    let found = all_troubles(&chromium, &VARIED);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Chromium gives up transitions between pages on disk now and then, and complains of it in the console: no page there asks
/// for one, neither in a style nor by its script.
#[test]
fn pages_on_disk_ask_for_no_transition() {
    let Some(chromium) = chromium() else { return };
    let is_style = |path: &&String| path.ends_with(".css");
    let asks = |path: &&String| String::from_utf8_lossy(&SHIPPED.files[*path]).contains("@view-transition");
    assert_eq!(SHIPPED.files.keys().filter(is_style).find(asks), None);
    let view = chromium.view();
    view.open(&SHIPPED.page("index.html"));
    let styles: Vec<String> = view.value("[...document.querySelectorAll('style')].map(style => style.textContent)");
    assert!(!styles.iter().any(|style| style.contains("@view-transition")), "{styles:?}");
}

/// The lines of what stands behind the code in a heading begin where those of its first words do.
#[test]
fn a_heading_with_code_in_it_is_one_text_on_a_phone() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.screen(390, false).open(&VARIED.page("long/index.html"));
    for heading in ["h2:has(code)", ".callout-title:has(code)"] {
        let left: Vec<f64> = view.value(&format!(
            "(() => {{
                const texts = [...document.querySelector('{heading}').childNodes].filter(n => n.nodeType === 3);
                const left = text => {{
                    const range = document.createRange();
                    range.selectNodeContents(text);
                    return Math.min(...[...range.getClientRects()].map(line => line.left));
                }};
                return [left(texts[0]), Math.min(...texts.slice(1).map(left))];
            }})()"
        ));
        // The mark in front of a callout's title stands in its first line.
        assert!(left[1] < left[0] + 3.0, "{heading}: {left:?}");
    }
}

#[test]
fn troubles_are_seen() {
    let Some(chromium) = chromium() else { return };
    let html = "<!doctype html><meta name=viewport content='width=device-width'><div style='width:600px'>wide</div>\
        <script>console.error('said')</script><script>nothing()</script><img src=none.png><img src=http://127.0.0.1:1/x.png>";
    let site = OnDisk::new("troubles", [("a.html".to_owned(), html.into())].into());
    let found = troubles(&chromium.view(), &site, "a.html").join("\n");
    for what in
        ["wider than the screen", "console.error", "nothing is not defined", "ERR_FILE_NOT_FOUND", "a request to http:"]
    {
        assert!(found.contains(what), "{what} in\n{found}");
    }
}
