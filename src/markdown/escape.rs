//! Text into HTML, in the two places where it may stand, and into URLs.

pub(super) use crate::html::{escape_into as attribute, escape_text as text};

/// Appends ` name="value"`, escaped.
pub(super) fn named(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    attribute(out, value);
    out.push('"');
}

/// Appends a URL for an attribute in double quotes: what may not stand in one is percent-encoded (RFC 3986, section 2),
/// what is encoded stays.
pub(super) fn href(out: &mut String, url: &str) {
    let mut from = 0;
    for (at, byte) in url.bytes().enumerate() {
        if byte.is_ascii_alphanumeric() || b"-_.+!*(),%#@?=;:/$~".contains(&byte) {
            continue;
        }
        out.push_str(url.get(from..at).unwrap_or_default());
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            byte => percent(out, byte),
        }
        from = at + 1;
    }
    out.push_str(url.get(from..).unwrap_or_default());
}

fn percent(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    for half in [byte >> 4, byte & 15] {
        out.push(char::from(DIGITS[usize::from(half)]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_an_attribute() {
        let mut out = String::new();
        named(&mut out, "title", "\"><script>&");
        href(&mut out, "/\"><b>中?a=1&b=%20[]");
        assert_eq!(out, " title=\"&quot;&gt;&lt;script&gt;&amp;\"/%22%3E%3Cb%3E%E4%B8%AD?a=1&amp;b=%20%5B%5D");
    }
}
