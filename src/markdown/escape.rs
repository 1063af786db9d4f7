//! Text into HTML, in the two places where it may stand, and into URLs.

/// Appends `text` for the space between tags.
pub(super) fn text(out: &mut String, text: &str) {
    replace(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Appends `text` for the inside of an attribute in double quotes.
pub(super) fn attribute(out: &mut String, text: &str) {
    replace(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

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

/// Every byte that is replaced is ASCII, so the pieces between are whole characters.
fn replace(out: &mut String, text: &str, by: impl Fn(u8) -> Option<&'static str>) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = by(byte) {
            out.push_str(text.get(from..at).unwrap_or_default());
            out.push_str(entity);
            from = at + 1;
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
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
