//! The search as a reader meets it: the dialog with the keyboard, the search page, and the page that was found.

use super::sites::SHIPPED;
use crate::chromium::{View, chromium};

const PAGE: &str = "cities/shenzhen/economy/index.html";

/// Types into the field of the search, as a keyboard does it.
fn type_in(view: &View, text: &str) {
    view.value::<bool>(&format!(
        "(() => {{ const input = document.querySelector('[role=combobox]'); input.focus(); input.value = {text:?};
            return input.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); }})()"
    ));
}

/// The titles of the pages that are shown.
fn titles(view: &View) -> Vec<String> {
    view.value("Array.from(document.querySelectorAll('.search-name'), (name) => name.textContent)")
}

fn opened(view: &View) {
    view.press("/").wait("document.querySelector('dialog[open] [role=combobox]') === document.activeElement");
}

#[test]
fn the_key_opens_the_dialog_and_enter_leads_to_the_words() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.open(&SHIPPED.page(PAGE));
    opened(&view);
    type_in(&view, "概念验证中心");
    view.wait("document.querySelectorAll('.search-name').length > 2");
    let place = "document.querySelector('.search-place')";
    assert!(view.value::<bool>(&format!("{place}.querySelector('mark').textContent.includes('概念验证中心')")));
    // The first is chosen; the arrows go round.
    let chosen = "document.querySelector('[aria-selected=true]')";
    assert!(view.value::<bool>(&format!("{chosen} === document.querySelector('[role=option]')")));
    view.press("ArrowUp");
    assert!(view.value::<bool>(&format!("{chosen} === [...document.querySelectorAll('[role=option]')].at(-1)")));
    view.press("ArrowDown");
    let same = format!(
        "{chosen}.id === document.querySelector('[role=combobox]').getAttribute('aria-activedescendant') && {chosen} === document.querySelector('[role=option]')"
    );
    assert!(view.value::<bool>(&same));
    while !view.value::<bool>(&format!("{chosen}.matches('.search-place')")) {
        view.press("ArrowDown");
    }
    let href: String = view.value(&format!("{chosen}.href"));
    assert!(href.contains("?q=") && href.contains('#'), "{href}");
    view.press("Enter").wait(&format!("location.href === {href:?}"));
    view.wait("document.querySelectorAll('mark.found').length > 0");
    let marked: String = view.value("document.querySelector('mark.found').textContent");
    assert_eq!(marked, "概念验证中心");
    let near = "(() => { const top = document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top;
        return top >= 0 && top < innerHeight; })()";
    assert!(view.value::<bool>(near), "the heading is not in sight");
    view.press("Escape").wait("document.querySelectorAll('mark.found').length === 0");
    assert_eq!(view.complaints(), [""; 0]);
}

#[test]
fn pinyin_initials_traditional_and_wide_letters_find() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.open(&SHIPPED.page(PAGE));
    view.value::<bool>(
        "(() => { dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true })); return true; })()",
    );
    view.wait("document.querySelector('dialog[open]') !== null && self.fangzhiSearch.find !== undefined");
    for (typed, wanted) in [
        ("shenzhen", "深圳"),
        ("sz", "深圳"),
        ("xian", "西安"),
        ("轉化", "转化"),
        ("深圳市", "深圳"),
        ("ＳＨＥＮＺＨＥＮ", "深圳"),
        ("概念验证 深圳", "深圳"),
        ("laboratries", "laborator"),
    ] {
        type_in(&view, typed);
        view.wait("document.querySelector('.search-status').textContent !== '' || document.querySelector('.search-name') !== null");
        std::thread::sleep(std::time::Duration::from_millis(300));
        let text: String = view.value("document.querySelector('.search-list').textContent");
        assert!(text.contains(wanted), "{typed} finds {:?}\n{text}", titles(&view));
    }
    assert_eq!(view.complaints(), [""; 0]);
}

#[test]
fn look() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    for (width, dark, page, name) in [
        (1400, false, PAGE, "zh-wide"),
        (1400, true, "en/cities/xian/index.html", "en-wide-dark"),
        (390, false, PAGE, "zh-phone"),
        (390, true, "en/cities/xian/index.html", "en-phone-dark"),
    ] {
        view.screen(width, dark).open(&SHIPPED.page(page));
        opened(&view);
        type_in(&view, if page == PAGE { "概念验证" } else { "pilot bases" });
        view.wait("document.querySelectorAll('.search-name').length > 2");
        std::thread::sleep(std::time::Duration::from_millis(500));
        std::fs::write(format!("/tmp/look-{name}.png"), view.picture()).unwrap();
    }
    for (width, dark, page, name) in [(1400, false, "search.html", "page"), (390, true, "en/search.html", "page-phone")]
    {
        view.screen(width, dark).open_at(&SHIPPED.page(page), "?q=AI");
        view.wait("document.querySelectorAll('.search-name').length > 2");
        std::thread::sleep(std::time::Duration::from_millis(500));
        std::fs::write(format!("/tmp/look-{name}.png"), view.picture()).unwrap();
    }
    println!("{:?}", view.complaints());
}
