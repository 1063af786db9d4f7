//! Smaller HTML that shows the same; the only door of minify-html.

use minify_html::{Cfg, minify as minify_html};

use super::pieces;

/// The page without what no reader sees. What the specification of HTML calls optional is left out only where every
/// parser agrees; scripts are left as they are.
///
/// It writes `R&amp;D;` as `R&D;`, which begins a character reference that does not exist: a page in which a semicolon
/// ends such a word stays as it is.
pub(super) fn minify(html: &str) -> Vec<u8> {
    let looks_like_reference = |rest: &str| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        end > 0 && rest[end..].starts_with(';')
    };
    let mut ampersands = memchr::memmem::find_iter(html.as_bytes(), "&amp;");
    if ampersands.any(|at| looks_like_reference(&html[at + 5..])) {
        return html.as_bytes().to_vec();
    }
    let Some(small) = pieces::minify(html) else { return whole(html) };
    debug_assert_eq!(String::from_utf8_lossy(&small), String::from_utf8_lossy(&whole(html)));
    small
}

/// What minify-html makes of a text.
pub(super) fn whole(html: &str) -> Vec<u8> {
    let settings = Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_input_type_text_attr: true,
        minify_css: true,
        ..Cfg::default()
    };
    minify_html(html.as_bytes(), &settings)
}
