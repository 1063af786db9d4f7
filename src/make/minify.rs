//! Smaller HTML that shows the same; the only door of minify-html.

use minify_html::{Cfg, minify as minify_html};

/// The page without what no reader sees. What the specification of HTML calls optional is left out only where every
/// parser agrees; scripts are left as they are.
pub(super) fn minify(html: &str) -> Vec<u8> {
    let settings = Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_input_type_text_attr: true,
        minify_css: true,
        ..Cfg::default()
    };
    minify_html(html.as_bytes(), &settings)
}
