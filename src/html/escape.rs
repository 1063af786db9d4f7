//! Text into HTML: between tags, and in an attribute in double quotes.

/// Appends text between tags.
pub fn escape_text(out: &mut String, text: &str) {
    replace(out, text, |byte| if byte == b'"' { None } else { entity(byte) });
}

/// Appends text in which nothing is markup any more, between tags or in an attribute in double quotes.
pub fn escape_into(out: &mut String, text: &str) {
    replace(out, text, entity);
}

/// Text in which nothing is markup any more, between tags or in an attribute in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    }
}

/// Every byte that is replaced is ASCII, so the pieces between are whole characters.
fn replace(out: &mut String, text: &str, by: impl Fn(u8) -> Option<&'static str>) {
    // Most texts hold nothing of it; to look through a short one takes no longer than to ask.
    const SHORT: usize = 16;
    let bytes = text.as_bytes();
    if bytes.len() > SHORT
        && memchr::memchr3(b'&', b'<', b'>', bytes).is_none()
        && memchr::memchr(b'"', bytes).is_none()
    {
        return out.push_str(text);
    }
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
    fn nothing_gets_out_of_a_text_or_an_attribute() {
        assert_eq!(escape("\"><b title='中'>&amp;"), "&quot;&gt;&lt;b title='中'&gt;&amp;amp;");
        let mut out = String::new();
        escape_text(&mut out, "\"</p>&");
        assert_eq!(out, "\"&lt;/p&gt;&amp;");
    }
}
