//! The site with the keyboard alone: the way past the navigation, the colours, the menu of a phone, the other language.

use super::sites::SHIPPED;
use crate::chromium::{View, chromium};

const PAGE: &str = "cities/shenzhen/economy/index.html";

/// Whether the element with the focus matches a selector.
fn focused(view: &View, selector: &str) -> bool {
    view.value(&format!("document.activeElement.matches({selector:?})"))
}

/// Presses Tab until an element has the focus.
#[track_caller]
fn tab_to(view: &View, selector: &str) {
    for _ in 0..60 {
        if focused(view, selector) {
            return;
        }
        view.press("Tab");
    }
    panic!("Tab does not lead to {selector}");
}

#[test]
fn the_first_key_leads_past_the_navigation() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.open(&SHIPPED.page(PAGE)).press("Tab");
    assert!(focused(&view, "a.skip"));
    let seen = "(() => { const box = document.activeElement.getBoundingClientRect();
        return box.width > 20 && box.height > 10 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth; })()";
    assert!(view.value::<bool>(seen), "the skip link cannot be seen");
    view.press("Enter").wait("document.activeElement.id === 'main'");
    view.press("Tab");
    assert!(view.value::<bool>("document.querySelector('main').contains(document.activeElement)"));
}

#[test]
fn the_focus_can_be_seen_wherever_tab_leads() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    for dark in [false, true] {
        view.screen(1600, dark).open(&SHIPPED.page(PAGE));
        for _ in 0..40 {
            view.press("Tab");
            let seen = "(() => { const e = document.activeElement; if (e === document.body) return true;
                const style = getComputedStyle(e);
                return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && e.checkVisibility(); })()";
            let which: String = view.value("document.activeElement.outerHTML.slice(0, 160)");
            assert!(view.value::<bool>(seen), "no focus is seen on {which}");
        }
    }
}

#[test]
fn the_colours_that_were_chosen_are_remembered() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    let ground =
        "getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor";
    let chosen = "document.documentElement.dataset.theme || 'auto'";
    view.open(&SHIPPED.page(PAGE));
    let light: String = view.value(ground);
    tab_to(&view, "[data-theme-switch]");
    let label: String = view.value("document.activeElement.getAttribute('aria-label')");
    view.press("Enter");
    assert_eq!(view.value::<String>(chosen), "light");
    assert_ne!(view.value::<String>("document.activeElement.getAttribute('aria-label')"), label);
    view.press("Enter");
    assert_eq!(view.value::<String>(chosen), "dark");
    let dark: String = view.value(ground);
    assert_ne!(light, dark);
    view.open(&SHIPPED.page("en/index.html"));
    assert_eq!((view.value::<String>(chosen), view.value::<String>(ground)), ("dark".into(), dark));
    tab_to(&view, "[data-theme-switch]");
    view.press("Enter");
    view.open(&SHIPPED.page(PAGE));
    assert_eq!((view.value::<String>(chosen), view.value::<String>(ground)), ("auto".into(), light));
}

#[test]
fn the_menu_of_a_phone_opens_and_closes() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.screen(390, false).open(&SHIPPED.page(PAGE));
    let open = "document.querySelector('#site-nav').matches(':popover-open')";
    assert!(!view.value::<bool>("document.querySelector('#site-nav').checkVisibility()"));
    tab_to(&view, ".bar-menu");
    view.press("Enter").wait(open);
    view.press("Tab");
    assert!(view.value::<bool>("document.querySelector('#site-nav').contains(document.activeElement)"));
    view.press("Escape").wait(&format!("!{open}"));
    assert!(focused(&view, ".bar-menu"), "the focus does not come back to the button");
    view.press("Enter").wait(open);
    tab_to(&view, "#site-nav .nav-list a");
    let to: String = view.value("document.activeElement.href");
    view.press("Enter").wait(&format!("location.href === {to:?} && document.readyState === 'complete'"));
}

#[test]
fn the_language_switch_leads_to_the_same_page_and_place() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    for path in SHIPPED.kinds("").values() {
        view.open(&SHIPPED.page(path));
        tab_to(&view, "a[data-language]");
        let there = |path: &str| {
            let end = crate::chromium::file_url(&SHIPPED.page(path));
            format!("location.href === {end:?} && document.readyState === 'complete'")
        };
        view.press("Enter").wait(&there(&format!("en/{path}")));
        assert!(view.value::<bool>("document.documentElement.lang.startsWith('en')"), "{path}");
        tab_to(&view, "a[data-language]");
        view.press("Enter").wait(&there(path));
    }
    // Where both pages have the place, the reader keeps it.
    view.open_at(&SHIPPED.page(PAGE), "#main");
    view.value::<bool>("document.querySelector('a[data-language]').click(), true");
    view.wait(&format!(
        "location.href === {:?}",
        crate::chromium::file_url(&SHIPPED.page(&format!("en/{PAGE}"))) + "#main"
    ));
}

#[test]
fn the_key_of_the_search_leads_to_the_search() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.open(&SHIPPED.page(PAGE)).press("/");
    view.wait("location.pathname.endsWith('/search.html') || !!document.querySelector('dialog[open] input, [role=dialog] input')");
}
