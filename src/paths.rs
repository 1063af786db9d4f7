//! Paths that cannot be confused: a file of the site, a URL of the site, a file of the output.

use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

/// Why a text is not a path inside the site; the message is a whole clause for a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError(pub String);

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PathError {}

macro_rules! path_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The path as text, with `/` between its parts.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The last part; the whole path if it has no `/`.
            pub fn file_name(&self) -> &str {
                self.0.rsplit('/').next().unwrap_or(&self.0)
            }

            /// All before the last `/`; empty for a path of one part.
            pub fn folder(&self) -> &str {
                self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
            }

            /// The ending of the last part without its dot, in lower case; empty if there is none.
            pub fn extension(&self) -> String {
                match self.file_name().rsplit_once('.') {
                    Some((stem, ending)) if !stem.is_empty() => ending.to_lowercase(),
                    _ => String::new(),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }
    };
}

path_type! {
    /// A file of the site, from the site's root: `content/cities/xian/_index.md`.
    SourcePath
}
path_type! {
    /// A URL of the site, from its root, decoded and without a `/` in front: `cities/xian/`, `feed.xml`, `` (home).
    UrlPath
}
path_type! {
    /// A file of the output, from the output folder: `cities/xian/index.html`.
    OutputPath
}

impl SourcePath {
    /// The path of a file inside the site.
    ///
    /// # Errors
    /// When the text is empty, absolute, holds a control character or leaves the site.
    pub fn new(text: &str) -> Result<Self, PathError> {
        Ok(Self(checked(text)?.into()))
    }

    /// The file that `reference` names when it is written in this file: `../a.md` and `./a.md` go from this file's
    /// folder, `/a.md` and `a.md` too (the callers give a leading `/` its own meaning first).
    ///
    /// # Errors
    /// When it climbs out of the site.
    pub fn resolve(&self, reference: &str) -> Result<Self, PathError> {
        Self::new(&climb(self.folder(), reference)?)
    }
}

impl UrlPath {
    /// A URL path; a `/` in front is dropped, one at the end is kept.
    ///
    /// # Errors
    /// As [`SourcePath::new`]; the empty text is the home page and fine.
    pub fn new(text: &str) -> Result<Self, PathError> {
        let text = text.trim_start_matches('/');
        let inner = text.strip_suffix('/').unwrap_or(text);
        if inner.is_empty() {
            return Ok(Self("".into()));
        }
        let ending = if text.ends_with('/') { "/" } else { "" };
        Ok(Self(format!("{}{ending}", checked(inner)?).into()))
    }

    /// The file that a server gives for this URL: `cities/` is `cities/index.html`.
    pub fn output(&self) -> OutputPath {
        if self.0.is_empty() || self.0.ends_with('/') {
            OutputPath(format!("{}index.html", self.0).into())
        } else {
            OutputPath(self.0.clone())
        }
    }
}

impl OutputPath {
    /// A file of the output.
    ///
    /// # Errors
    /// As [`SourcePath::new`].
    pub fn new(text: &str) -> Result<Self, PathError> {
        Ok(Self(checked(text)?.into()))
    }

    /// The `href` that leads from this file to `other`: relative, percent-encoded where a URL must be
    /// (RFC 3986, section 2), Chinese characters left readable (RFC 3987).
    pub fn href_to(&self, other: &OutputPath) -> String {
        let mut shared = 0;
        for (at, (own, _)) in self.0.bytes().zip(other.0.bytes()).enumerate().take_while(|(_, (a, b))| a == b) {
            if own == b'/' {
                shared = at + 1;
            }
        }
        let (own, target) = (&self.0[shared..], &other.0[shared..]);
        let steps = own.bytes().filter(|byte| *byte == b'/').count();
        let mut href = String::with_capacity(3 * steps + target.len() + 2);
        for _ in 0..steps {
            href.push_str("../");
        }
        // A first part with a colon would be read as a scheme (RFC 3986, section 4.2).
        if steps == 0 && target.split('/').next().is_some_and(|first| first.contains(':')) {
            href.push_str("./");
        }
        for (at, part) in target.split('/').enumerate() {
            if at > 0 {
                href.push('/');
            }
            encode_into(part, &mut href);
        }
        href
    }

    /// A file that is not there, in a folder beside this one's, or beside this one if it has a name of its own: what leads
    /// from it to a file outside of both folders leads there from this one too.
    pub fn beside(&self) -> OutputPath {
        let mut parts: Vec<&str> = self.0.split('/').collect();
        let own_folder = parts.len() > 1 && parts.last() == Some(&"index.html");
        let last = parts.len() - 1 - usize::from(own_folder);
        // No path holds a control character, so that no other one begins as this one does.
        parts[last] = "\u{1}";
        Self(parts.join("/").into())
    }

    /// The `../` steps from this file to the output folder: empty at the top, else ending in `/`.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

/// Percent-encodes what may not stand in one part of a URL; letters of any script stay.
pub fn encode(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    encode_into(part, &mut out);
    out
}

fn encode_into(part: &str, out: &mut String) {
    let stays = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$()*+,;=:@".contains(&byte);
    if part.bytes().all(stays) {
        out.push_str(part);
        return;
    }
    for c in part.chars() {
        if u8::try_from(c).is_ok_and(stays) || !c.is_ascii() && !c.is_control() && !c.is_whitespace() {
            out.push(c);
            continue;
        }
        let mut buffer = [0; 4];
        for byte in c.encode_utf8(&mut buffer).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// Undoes percent-encoding; what is not a whole UTF-8 sequence stays as written.
pub fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The text in NFC, when every part of it may stand in a portable path.
fn checked(text: &str) -> Result<String, PathError> {
    let quoted = || text.escape_debug().to_string();
    if text.is_empty() {
        return Err(PathError("the path is empty".into()));
    }
    if is_plain(text) {
        return Ok(text.to_owned());
    }
    if text.starts_with('/') || text.contains('\\') || text.get(1..2) == Some(":") && text.is_char_boundary(1) {
        return Err(PathError(format!("`{}` is an absolute path or holds a backslash", quoted())));
    }
    if text.chars().any(char::is_control) {
        return Err(PathError(format!("`{}` holds a control character", quoted())));
    }
    if text.split('/').any(|part| part.is_empty() || part == "." || part == "..") {
        return Err(PathError(format!("`{}` has an empty part, `.` or `..` in it", quoted())));
    }
    // Nearly every path is in NFC already, and asking costs far less than making it so.
    Ok(if unicode_normalization::is_nfc(text) { text.to_owned() } else { text.nfc().collect() })
}

/// Whether a text is certainly a path, seen in one look: letters and digits of ASCII, `-`, `_` and single dots.
fn is_plain(text: &str) -> bool {
    let mut before = b'/';
    let plain = text.bytes().all(|byte| {
        let fits = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => true,
            b'/' | b'.' => before != b'/' && before != b'.',
            _ => false,
        };
        before = byte;
        fits
    });
    plain && before != b'/' && before != b'.'
}

/// `reference` read from inside `folder`, its dots worked out.
fn climb(folder: &str, reference: &str) -> Result<String, PathError> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Err(PathError(format!("`{}` leaves the site", reference.escape_debug())));
                }
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hrefs_are_relative_and_encoded() {
        let at = |text| OutputPath::new(text).unwrap();
        assert_eq!(at("a/b/index.html").href_to(&at("a/c/index.html")), "../c/index.html");
        assert_eq!(at("index.html").href_to(&at("城市/x y.html")), "城市/x%20y.html");
        assert_eq!(at("a/index.html").href_to(&at("a/index.html")), "index.html");
        assert_eq!(at("index.html").href_to(&at("ab:c.html")), "./ab:c.html");
    }

    #[test]
    fn paths_stay_inside() {
        for bad in ["", "/etc", "../x", "a/../b", "a//b", "C:\\x", "C:x", "a\0b", "//host/x"] {
            assert!(SourcePath::new(bad).is_err(), "{bad:?}");
        }
        let page = SourcePath::new("content/a/b.md").unwrap();
        assert_eq!(page.resolve("../c.md").unwrap().as_str(), "content/c.md");
        assert!(page.resolve("../../../c.md").is_err());
    }

    #[test]
    fn decoding_undoes_encoding() {
        assert_eq!(decode(&encode("a b%/中")), "a b%/中");
        assert_eq!(decode("%zz%4"), "%zz%4");
    }
}
