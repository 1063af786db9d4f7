//! Without JavaScript the pages are complete: the same text, the same navigation, and no control that does nothing.

use super::sites::SHIPPED;
use crate::chromium::chromium;

/// The text of the article without the buttons that scripts put into it.
const ARTICLE: &str = "(() => { const article = document.querySelector('article').cloneNode(true);
    article.querySelectorAll('button, noscript').forEach(e => e.remove());
    return article.textContent.replace(/\\s+/g, ' '); })()";

/// Links in the page that a reader can see, sidebar and table of contents among them.
const LINKS: &str =
    "[...document.querySelectorAll('a[href]')].filter(e => e.checkVisibility()).map(e => e.getAttribute('href'))";

#[test]
fn pages_are_complete_without_scripts() {
    let Some(chromium) = chromium() else { return };
    let (with, without) = (chromium.view(), chromium.view());
    without.scripts(false);
    for (kind, path) in SHIPPED.kinds("").into_iter().chain(SHIPPED.kinds("en/")) {
        let file = SHIPPED.page(&path);
        with.open(&file);
        without.open(&file);
        assert!(without.value::<bool>("!document.documentElement.classList.contains('js')"), "scripts run");
        assert!(without.value::<bool>("document.querySelector('h1').checkVisibility()"), "{path}");
        let dead =
            "[...document.querySelectorAll('button:not([popovertarget])')].filter(e => e.checkVisibility()).length";
        assert_eq!(without.value::<usize>(dead), 0, "{path}: a button that does nothing without scripts");
        assert!(without.value::<usize>(&format!("{LINKS}.length")) > 5, "{path}");
        if kind == "search" {
            // What scripts add there is the search; the index of all pages stands there without them.
            assert!(without.value::<usize>(&format!("{LINKS}.length")) > 100, "{path}");
            continue;
        }
        assert_eq!(without.value::<String>(ARTICLE), with.value::<String>(ARTICLE), "{path}");
        assert_eq!(without.value::<Vec<String>>(LINKS), with.value::<Vec<String>>(LINKS), "{path}");
    }
}

#[test]
fn the_menu_of_a_phone_opens_without_scripts() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.scripts(false).screen(390, false).open(&SHIPPED.page("cities/shenzhen/economy/index.html"));
    let open = "document.querySelector('#site-nav').matches(':popover-open')";
    view.value::<Option<bool>>("document.querySelector('.bar-menu').focus()");
    view.press("Enter").wait(open);
    assert!(
        view.value::<usize>("[...document.querySelectorAll('#site-nav a')].filter(e => e.checkVisibility()).length")
            > 5
    );
}
