//! Character references as minify-html writes them.

use super::minify::whole;

/// A text with character references as minify-html writes it, its white space as it was.
pub(super) fn respelt(text: &str) -> Vec<u8> {
    const PLAIN: [(&str, &str); 5] =
        [("&lt;", "&lt;"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'")];
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at..];
        if let Some((written, small)) = PLAIN.iter().find(|(written, _)| rest.starts_with(written)) {
            out.extend_from_slice(small.as_bytes());
            rest = &rest[written.len()..];
            continue;
        }
        // An `&` before what could be the name of a character is a matter for minify-html.
        let after = rest.strip_prefix("&amp;");
        let Some(after) = after.filter(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#'))
        else {
            let whole = whole(&format!("<pre>{text}"));
            return whole.strip_prefix(b"<pre>").map(<[u8]>::to_vec).unwrap_or(whole);
        };
        out.push(b'&');
        rest = after;
    }
    out.extend_from_slice(rest.as_bytes());
    out
}
