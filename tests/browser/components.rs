//! What the scripts of components do for a reader with a pointer.

use super::sites::{SHIPPED, VARIED};
use crate::chromium::chromium;

#[test]
fn a_phone_loads_a_small_picture_and_enlarges_the_whole_one() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.screen(390, false).open(&SHIPPED.page("manual/components/index.html"));
    let picture = "document.querySelector('img[src$=\"home.png\"]')";
    view.value::<bool>(&format!("{picture}.scrollIntoView(), true"));
    view.wait(&format!("{picture}.complete && {picture}.closest('button') !== null"));
    let loaded: String = view.value(&format!("{picture}.currentSrc"));
    assert!(loaded.ends_with("-720.webp"), "{loaded}");
    let button = format!("{picture}.closest('button')");
    assert!(view.value::<bool>(&format!("{button}.clientWidth <= innerWidth && ({button}.click(), true)")));
    view.wait("document.querySelector('.lightbox img')?.complete");
    let enlarged: String = view.value("document.querySelector('.lightbox img').currentSrc");
    assert!(enlarged.ends_with("/home.png"), "{enlarged}");
    assert!(view.value::<bool>("document.querySelector('.lightbox img').naturalWidth === 1440"));
    view.press("Escape").wait("!document.querySelector('.lightbox')");
}

#[test]
fn a_term_and_a_footnote_explain_themselves_under_the_pointer() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.screen(1600, false).open(&SHIPPED.page("manual/components/index.html"));
    for (place, said) in [(".prose a.term", "孵化器"), (".footnote-ref a", "没有脚本时")] {
        // The glossary's words are those of its page, so only that something of them is shown is asked here.
        let link = format!("document.querySelector('{place}')");
        let event =
            |kind: &str| format!("{link}.dispatchEvent(new PointerEvent('{kind}', {{ pointerType: 'mouse' }}))");
        let title: String = view.value(&format!("{link}.title"));
        view.value::<bool>(&event("pointerenter"));
        let shown: String = view.value("document.querySelector('.note-pop').textContent");
        assert!(!shown.trim().is_empty() && (shown == title || shown.contains(said)), "{place}: {shown:?}, {title:?}");
        assert!(!shown.contains('↩') && view.value::<bool>(&format!("{link}.title === ''")));
        view.value::<bool>(&event("pointerleave"));
        assert!(view.value::<bool>(&format!("!document.querySelector('.note-pop') && {link}.title === '{title}'")));
    }
}

#[test]
fn figures_are_sorted_up_down_and_back_with_what_is_missing_last() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.screen(1024, false).open(&VARIED.page("indicators/trees/index.html"));
    view.wait("document.querySelector('.sortable .sort') !== null");
    let names = "[...document.querySelectorAll('.sortable .subject > :last-child')].map(name => name.textContent)";
    let rows = || view.value::<Vec<String>>(names);
    let click = |column: usize| {
        let head = format!("document.querySelector('.sortable thead th:nth-child({column})')");
        view.value::<bool>(&format!("{head}.querySelector('button').click(), true"));
        view.value::<Option<String>>(&format!("{head}.getAttribute('aria-sort')"))
    };
    let stated = rows();
    assert_eq!(click(2).as_deref(), Some("ascending"));
    assert_eq!(rows(), ["南", "西", "东", "北"]);
    assert_eq!(click(2).as_deref(), Some("descending"));
    assert_eq!(rows(), ["东", "西", "南", "北"]);
    assert_eq!(click(3).as_deref(), Some("ascending"));
    assert_eq!(rows(), ["北", "东", "南", "西"], "by period");
    assert_eq!(view.value::<usize>("document.querySelectorAll('[aria-sort]').length"), 1);
    click(4);
    assert_eq!(rows(), ["东", "西", "南", "北"], "by change");
    assert_eq!(click(3).as_deref(), Some("ascending"));
    assert_eq!((click(3).as_deref(), click(3)), (Some("descending"), None));
    assert_eq!(rows(), stated);
}

#[test]
fn a_figure_in_a_text_leads_to_its_row() {
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.screen(390, false).open(&VARIED.page("figures/index.html"));
    view.value::<bool>("document.querySelector('a.fact').click(), true");
    view.wait("document.querySelector('tr:target') !== null");
    let row: String = view.value("document.querySelector('tr:target').textContent");
    assert!(row.contains('东') && row.contains("1.2万"), "{row}");
    assert!(view.value::<bool>("document.querySelector('tr:target').getBoundingClientRect().top > 0"));
}
