//! Where a link leads to: out of the site, inside it, or into danger.

use std::borrow::Cow;

/// What kind of address a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address {
    /// A file, page or heading of the site; the site resolves it.
    Internal,
    /// `http`, `https` or `//host`.
    Web,
    /// Another scheme: `mailto`, `tel` and so on.
    Other,
    /// A scheme that runs code, or data that could.
    Dangerous,
}

/// The scheme of links to what is stated on the site.
const FACT: &str = "fact";

/// Whether a target is a figure of the site: `fact:rd-spending`.
pub(super) fn is_fact(target: &str) -> bool {
    scheme(target).as_deref() == Some(FACT)
}

impl Address {
    /// The kind of `target`; of an image, if `image`, data may be a picture.
    pub(super) fn of(target: &str, image: bool) -> Self {
        let Some(scheme) = scheme(target) else {
            // Browsers read a backslash as a slash.
            let slash = |c: Option<char>| matches!(c, Some('/' | '\\'));
            let mut start = target.chars();
            return if slash(start.next()) && slash(start.next()) { Self::Web } else { Self::Internal };
        };
        match &*scheme {
            "http" | "https" => Self::Web,
            "javascript" | "vbscript" => Self::Dangerous,
            "data" if is_picture(target, image) => Self::Other,
            "data" => Self::Dangerous,
            // A figure that the site knows, and a file of the author's computer, which it refuses as a target.
            FACT | "file" => Self::Internal,
            _ => Self::Other,
        }
    }
}

/// The scheme in lower case (RFC 3986, section 3.1), read as a browser reads it and more strictly: white space, control
/// and invisible characters in it do not hide it. A single letter is a drive and no scheme.
fn scheme(target: &str) -> Option<Cow<'_, str>> {
    let (scheme, _) = target.split_once(':')?;
    let clean: String = scheme.chars().filter(|c| !is_invisible(*c)).map(|c| c.to_ascii_lowercase()).collect();
    let letter = clean.starts_with(|c: char| c.is_ascii_lowercase());
    let allowed = clean.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    (letter && allowed && clean.len() > 1).then_some(Cow::Owned(clean))
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// A picture as data. SVG can hold scripts, which run where it is opened and not where it is shown as an image.
fn is_picture(target: &str, image: bool) -> bool {
    let Some((_, data)) = target.split_once(':') else { return false };
    let data = data.get(..24.min(data.len())).unwrap_or_default().to_ascii_lowercase();
    ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"].iter().any(|kind| data.starts_with(kind))
        || image && data.starts_with("image/svg+xml")
}

/// An internal target with percent-encoding undone, but for what would be read as another part of it.
pub(super) fn decode(target: &str) -> Cow<'_, str> {
    if !target.contains('%') {
        return Cow::Borrowed(target);
    }
    let mut guarded = String::with_capacity(target.len() + 8);
    let mut rest = target;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        guarded.push_str(before);
        let kept =
            from.get(..3).filter(|code| ["%23", "%25", "%3F"].iter().any(|keep| keep.eq_ignore_ascii_case(code)));
        match kept {
            Some(code) => {
                guarded.push_str("%25");
                guarded.push_str(&code[1..].to_ascii_uppercase());
                rest = &from[3..];
            }
            None => {
                guarded.push('%');
                rest = &from[1..];
            }
        }
    }
    guarded.push_str(rest);
    Cow::Owned(crate::paths::decode(&guarded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_are_seen_through() {
        for target in [
            "javascript:x",
            "JaVaScript:x",
            " javascript:x",
            "\u{1}javascript:x",
            "java\tscript:x",
            "java\nscript:x",
            "javascript\u{200B}:x",
            "vbscript:x",
            "data:text/html,x",
            "DATA:image/svg+xml,x",
        ] {
            assert_eq!(Address::of(target, false), Address::Dangerous, "{target:?}");
        }
    }

    #[test]
    fn addresses_are_told_apart() {
        use Address::{Internal, Other, Web};
        let cases = [
            ("a.md", Internal),
            ("#x", Internal),
            ("", Internal),
            ("注意：a", Internal),
            ("a/b:c.md", Internal),
            ("C:\\x", Internal),
            ("file:///etc/passwd", Internal),
            ("fact:rd-spending", Internal),
            ("//cdn.example/x", Web),
            ("HTTPS://x", Web),
            ("mailto:a@b.c", Other),
            ("tel:+86", Other),
            ("data:image/png;base64,AA", Other),
        ];
        for (target, address) in cases {
            assert_eq!(Address::of(target, false), address, "{target}");
        }
        assert_eq!(Address::of("data:image/svg+xml,x", true), Other);
    }

    #[test]
    fn decoding_keeps_what_would_split() {
        assert_eq!(decode("a%20b%23c%25.md#%E4%B8%AD"), "a b%23c%25.md#中");
        assert_eq!(decode("100%.md"), "100%.md");
        assert_eq!(decode("%3f"), "%3F");
    }
}
