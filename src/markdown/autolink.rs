//! Bare URLs and mail addresses in running text (GFM, section 6.9), ending before Chinese punctuation.

use super::cjk::{is_cjk, is_cjk_punctuation};

/// No domain name has more characters (RFC 1035, section 2.3.4); it also bounds what is looked at twice.
const LONGEST_DOMAIN: usize = 253;

/// A bare address in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bare<'t> {
    /// Where it starts in the text.
    pub(super) start: usize,
    /// The address as written.
    pub(super) text: &'t str,
    /// What has to stand in front of it in a link.
    pub(super) scheme: &'static str,
}

/// The first bare address at or behind `from`. `before` is the character in front of the text; with `chinese` the address
/// ends before Chinese punctuation and may follow a Chinese character.
pub(super) fn find(text: &str, from: usize, before: Option<char>, chinese: bool) -> Option<Bare<'_>> {
    let bytes = text.as_bytes();
    let rules = Rules { text, before, chinese };
    for at in memchr::memchr3_iter(b':', b'.', b'@', bytes.get(from..)?).map(|at| from + at) {
        let found = match bytes[at] {
            b':' if bytes.get(at + 1) == Some(&b'/') => rules.url(at, from),
            b'.' if at >= 3 => rules.www(at, from),
            b'@' => rules.mail(at, from),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

struct Rules<'t> {
    text: &'t str,
    before: Option<char>,
    chinese: bool,
}

impl<'t> Rules<'t> {
    /// `http://`, `https://` or `ftp://` with its colon at `colon`.
    fn url(&self, colon: usize, from: usize) -> Option<Bare<'t>> {
        if !self.text[colon..].starts_with("://") {
            return None;
        }
        let head = &self.text[from..colon];
        let scheme = ["https", "http", "ftp"].into_iter().find(|scheme| {
            head.len() >= scheme.len()
                && head.as_bytes()[head.len() - scheme.len()..].eq_ignore_ascii_case(scheme.as_bytes())
        })?;
        let start = colon - scheme.len();
        let domain = self.domain(colon + 3, false)?;
        self.link(start, domain, "")
    }

    /// `www.` with its dot at `dot`.
    fn www(&self, dot: usize, from: usize) -> Option<Bare<'t>> {
        let start = dot - 3;
        if start < from || !self.text.get(start..dot)?.eq_ignore_ascii_case("www") {
            return None;
        }
        let domain = self.domain(start, true)?;
        self.link(start, domain, "http://")
    }

    fn link(&self, start: usize, domain_end: usize, scheme: &'static str) -> Option<Bare<'t>> {
        if !self.may_follow(self.character_before(start)) {
            return None;
        }
        let stop = |c: char| c.is_whitespace() || c == '<' || self.chinese && is_cjk_punctuation(c);
        let path = &self.text[domain_end..];
        let path = if self.chinese && path.starts_with(is_cjk) { "" } else { path };
        let end = domain_end + path.find(stop).unwrap_or(path.len());
        let text = trimmed(&self.text[start..end]);
        (start + text.len() >= domain_end).then_some(Bare { start, text, scheme })
    }

    /// The end of the domain that starts at `start`: segments of letters, digits, `-` and `_` with a dot between; no `_`
    /// in the last two.
    fn domain(&self, start: usize, dot: bool) -> Option<usize> {
        let text = &self.text[start..];
        // A Han character behind an ASCII name is the next word of the sentence and not part of the name.
        let ascii = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        let part =
            |c: char| c.is_alphanumeric() && !(self.chinese && ascii && is_cjk(c)) || c == '-' || c == '_' || c == '.';
        let mut ends = text.char_indices().take(LONGEST_DOMAIN + 1);
        let domain = &text[..ends.find(|(_, c)| !part(*c)).map_or(text.len(), |(end, _)| end)];
        if domain.len() > LONGEST_DOMAIN * 4 {
            return None;
        }
        let domain = domain.trim_end_matches(['.', '-', '_']);
        let last = domain.rsplit('.').take(2).any(|segment| segment.contains('_'));
        let fine = !domain.is_empty() && !domain.starts_with('.') && !last && (domain.contains('.') || !dot);
        fine.then_some(start + domain.len())
    }

    /// A mail address with its `@` at `at`, also behind `mailto:` or `xmpp:`.
    fn mail(&self, at: usize, from: usize) -> Option<Bare<'t>> {
        let local = self.text[from..at].bytes().rev();
        let length = local.take_while(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(byte)).count();
        let mut start = at - length;
        let host = &self.text[at + 1..];
        let host = &host[..host.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b)).count()];
        // A dot that ends the sentence is no part of the address, a hyphen or underscore at the end spoils it.
        let host = host.trim_end_matches('.');
        if length == 0 || host.ends_with(['-', '_']) || !host.contains('.') || host.starts_with('.') {
            return None;
        }
        let mut end = at + 1 + host.len();
        let mut scheme = "mailto:";
        for written in ["mailto:", "xmpp:"] {
            if self.text[from..start].ends_with(written) {
                start -= written.len();
                scheme = "";
                if written == "xmpp:" {
                    end += resource(&self.text[end..]);
                }
            }
        }
        let fine = self.may_follow(self.character_before(start));
        fine.then(|| Bare { start, text: &self.text[start..end], scheme })
    }

    fn character_before(&self, start: usize) -> Option<char> {
        self.text[..start].chars().next_back().or(self.before)
    }

    fn may_follow(&self, before: Option<char>) -> bool {
        before.is_none_or(|c| {
            c.is_whitespace() || "*_~(".contains(c) || self.chinese && (is_cjk(c) || is_cjk_punctuation(c))
        })
    }
}

/// How long the `/resource` of an XMPP address is.
fn resource(text: &str) -> usize {
    let Some(name) = text.strip_prefix('/') else { return 0 };
    let name = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"@.".contains(byte)).count();
    if name == 0 { 0 } else { 1 + text[1..1 + name].trim_end_matches('.').len() }
}

/// The URL without what ends the sentence around it: punctuation, a bracket that it does not open, a character reference.
fn trimmed(url: &str) -> &str {
    let mut closing = url.matches(')').count().saturating_sub(url.matches('(').count());
    let mut url = url;
    loop {
        let shorter = match url.as_bytes().last() {
            Some(b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"') => &url[..url.len() - 1],
            Some(b')') if closing > 0 => {
                closing -= 1;
                &url[..url.len() - 1]
            }
            Some(b';') => match without_reference(url) {
                Some(shorter) => shorter,
                None => return url,
            },
            _ => return url,
        };
        url = shorter;
    }
}

/// The URL without the `&name;` at its end.
fn without_reference(url: &str) -> Option<&str> {
    let inner = url.strip_suffix(';')?;
    let name = inner.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    if name == 0 { None } else { inner[..inner.len() - name].strip_suffix('&') }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        find(text, 0, None, true).map(|bare| bare.text)
    }

    #[test]
    fn urls_end_before_chinese_punctuation() {
        for (text, url) in [
            ("见https://example.com/a，后文", "https://example.com/a"),
            ("（www.example.com）", "www.example.com"),
            ("访问https://example.com了解", "https://example.com"),
            ("https://zh.wikipedia.org/wiki/西安。", "https://zh.wikipedia.org/wiki/西安"),
            ("“https://a.cn/x?y=1”", "https://a.cn/x?y=1"),
            ("(https://a.cn/x_(y)).", "https://a.cn/x_(y)"),
            ("写信到a.b@example.com。", "a.b@example.com"),
            ("http://localhost:8000/", "http://localhost:8000/"),
        ] {
            assert_eq!(found(text), Some(url), "{text}");
        }
        for text in ["xhttp://a.cn", "http://", "www.", "1、a:b", "a@b", "https：//a.cn", "http://_.a_b.c_d"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
