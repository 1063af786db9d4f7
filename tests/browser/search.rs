//! The search as a reader meets it: the dialog with the keyboard, the search page, and the page that was found.

use super::sites::{OnDisk, SHIPPED};
use crate::chromium::{View, chromium};
use crate::support::TestSite;
use crate::validate::files;

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

/// Opens the dialog, types, and waits until something stands there.
fn search(view: &View, text: &str) {
    opened(view);
    type_in(view, text);
    view.wait("document.querySelector('.search-status').textContent !== '' && document.querySelector('.search-status').textContent !== undefined");
    view.wait(&format!("document.querySelector('[role=combobox]').value === {text:?} && document.querySelector('.search-list').dataset.text === {text:?}"));
}

#[test]
fn an_input_method_is_left_alone_while_it_composes() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.open(&SHIPPED.page(PAGE));
    search(&view, "深圳");
    let composing = "(() => { const input = document.querySelector('[role=combobox]'); input.value = 'gai nian';
        input.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
        const key = new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true });
        input.dispatchEvent(key); return key.defaultPrevented; })()";
    assert!(!view.value::<bool>(composing), "Enter is taken from the input method");
    assert_eq!(view.value::<String>("document.querySelector('.search-list').dataset.text"), "深圳");
    view.value::<bool>(
        "(() => { const input = document.querySelector('[role=combobox]'); input.value = '概念';
            return input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true })); })()",
    );
    view.wait("document.querySelector('.search-list').dataset.text === '概念'");
}

#[test]
fn filters_keep_to_a_term_and_a_language() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.open(&SHIPPED.page(PAGE));
    search(&view, "基金");
    let all = titles(&view).len();
    let set = |select: &str, label: &str| {
        view.value::<bool>(&format!(
            "(() => {{ const select = document.querySelector('.search-filters select[aria-label={select}]');
                select.value = [...select.options].find((option) => option.text === '{label}').value;
                document.querySelector('.search-list').dataset.text = '';
                return select.dispatchEvent(new Event('change')); }})()"
        ));
        view.wait("document.querySelector('.search-list').dataset.text === '基金'");
    };
    set("城市", "深圳");
    let about = "Array.from(document.querySelectorAll('.search-title'), (title) => title.textContent.includes('深圳'))";
    let abouts: Vec<bool> = view.value(about);
    assert!(!abouts.is_empty() && abouts.len() < all && abouts.iter().all(|own| *own), "{abouts:?} of {all}");
    set("语言", "English");
    let groups: Vec<String> =
        view.value("Array.from(document.querySelectorAll('.search-list .search-group'), (group) => group.lang)");
    assert!(groups.iter().all(|lang| lang == "en"), "{groups:?}");
    // The same, typed.
    view.open(&SHIPPED.page(PAGE));
    search(&view, "城市:深圳 基金");
    assert_eq!(titles(&view).len(), abouts.len());
}

#[test]
fn an_index_that_others_have_replaced_is_read_anew() {
    let Some(chromium) = chromium() else { return };
    // What the page knows of the index is older than its files: their numbers, or where terms stand.
    for older in ["index.layout = 'older'", "index.bounds.pairs.terms.splice(3, 1)"] {
        let view = chromium.view();
        view.screen(1024, false).open(&SHIPPED.page("index.html"));
        opened(&view);
        let index = "self.fangzhiSearch.open().then((index) => ";
        view.value::<bool>(&format!("{index}{{ {older}; self.older = index; }}), true"));
        view.wait("self.older !== undefined");
        type_in(&view, "必须");
        view.wait("document.querySelectorAll('.search-name').length > 0");
        view.value::<bool>(&format!("{index}{{ self.isAnew = index !== self.older; }}), true"));
        view.wait("self.isAnew === true");
    }
}

#[test]
fn searches_are_remembered_and_forgotten() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.open(&SHIPPED.page(PAGE));
    search(&view, "中试基地");
    view.press("Enter").wait("location.search.startsWith('?q=')");
    view.wait("document.readyState === 'complete' && !!document.querySelector('[data-search]')");
    opened(&view);
    view.wait("document.querySelector('[data-recent]') !== null");
    assert_eq!(view.value::<String>("document.querySelector('[data-recent]').textContent"), "中试基地");
    view.press("ArrowDown").press("Enter").wait("document.querySelector('.search-list').dataset.text === '中试基地'");
    type_in(&view, "");
    view.wait("document.querySelector('[data-clear]') !== null");
    view.value::<bool>("(document.querySelector('[data-clear]').click(), true)");
    view.wait("document.querySelector('[data-recent]') === null");
    view.press("Escape").wait("document.querySelector('dialog[open]') === null");
}

#[test]
fn the_search_page_can_be_linked_and_leads_to_the_index_without_scripts() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.open_at(&SHIPPED.page("en/search.html"), "?q=pilot%20bases");
    view.wait("document.querySelectorAll('.search-name').length > 2");
    assert_eq!(view.value::<String>("document.querySelector('[role=combobox]').value"), "pilot bases");
    assert_eq!(view.complaints(), [""; 0]);
    view.scripts(false).open(&SHIPPED.page("search.html"));
    let text = view.scripts(true).text();
    assert!(text.contains("深圳") && text.contains("概念验证与中试") && !text.contains("最近搜索"), "{text}");
}

/// Titles, headings, names and texts that would run if they were read as HTML.
fn hostile() -> OnDisk {
    let evil = "<img src=x onerror=\"window.hit=1\">";
    let site = TestSite::new(&format!(
        "--- site.toml
[taxonomies.tags]
--- content/_index.md
# 首页
--- content/a.md
---
title: '恶意{evil}题'
names: ['别名{evil}']
description: '说明{evil}'
tags: ['词{evil}']
---

## 节`{evil}`名

恶意正文`{evil}`后文 \\<script>window.hit=1\\</script>
"
    ));
    OnDisk::new("hostile", files(site.built()))
}

#[test]
fn nothing_that_is_found_is_executed() {
    let Some(chromium) = chromium() else { return };
    let (view, site) = (chromium.view(), hostile());
    view.open(&site.page("index.html"));
    for text in ["恶意", "别名", "说明", "节", "onerror", "<img", "<script>", "\"><img src=x onerror=window.hit=1>"]
    {
        search(&view, text);
        let inside: usize = view.value("document.querySelectorAll('dialog img, dialog script').length");
        assert_eq!(inside, 0, "{text}");
        if text != "\"><img src=x onerror=window.hit=1>" {
            assert!(!titles(&view).is_empty(), "{text} finds nothing");
            assert!(titles(&view)[0].contains("<img src=x"), "{:?}", titles(&view));
        }
        view.press("Escape").wait("document.querySelector('dialog[open]') === null");
    }
    search(&view, "恶意正文");
    view.press("Enter").wait("document.querySelectorAll('mark.found').length > 0");
    assert!(view.value::<bool>("window.hit === undefined"));
    assert_eq!(view.complaints(), [""; 0]);
}
