//! HTML, XML and templates: elements, attributes, references, and the scripts and styles inside.

use super::kind::{Kind, Tokens};
use super::tables::language;
use super::{Part, is_word};

/// What differs between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Scripts and styles are read, the marks of templates too.
    Html,
    /// Neither.
    Xml,
    /// HTML with code between `<?php` and `?>`.
    Php,
}

/// Scans markup. A page of PHP without `<?` is only code.
pub(super) fn scan(part: Part<'_>, form: Form, out: &mut Tokens) {
    if form == Form::Php && part.find(part.start, "<?").is_none() {
        return code(part, "php-code", part.start, part.end, out);
    }
    let mut at = part.start;
    while at < part.end {
        at = match part.byte(at) {
            b'<' => tag(part, form, at, out),
            b'&' => reference(part, at, out),
            b'{' if form != Form::Xml => template(part, at, out),
            _ => at + 1,
        };
    }
}

fn code(part: Part<'_>, name: &str, start: usize, end: usize, out: &mut Tokens) {
    if let (Some(inner), Some(language)) = (part.inner(start, end), language(name)) {
        language.scan(inner, out);
    }
}

fn until(part: Part<'_>, at: usize, kind: Kind, close: &str, out: &mut Tokens) -> usize {
    let end = part.find(at, close).map_or(part.end, |end| end + close.len());
    out.push(kind, at, end);
    end
}

/// What begins with `<`; the offset behind it.
fn tag(part: Part<'_>, form: Form, at: usize, out: &mut Tokens) -> usize {
    if part.has(at, "<!--") {
        return until(part, at, Kind::Comment, "-->", out);
    }
    if part.has(at, "<![CDATA[") {
        return until(part, at, Kind::String, "]]>", out);
    }
    if part.has(at, "<?") && form == Form::Php {
        let open = part.skip(at + 2, |byte| is_word(byte) || byte == b'=');
        let close = part.find(open, "?>").unwrap_or(part.end);
        out.push(Kind::Keyword, at, open);
        code(part, "php-code", open, close, out);
        let end = (close + 2).min(part.end);
        out.push(Kind::Keyword, close, end);
        return end.max(open);
    }
    if part.has(at, "<!") || part.has(at, "<?") {
        return until(part, at, Kind::Keyword, ">", out);
    }
    let name = at + 1 + usize::from(part.byte(at + 1) == b'/');
    let end = part.skip(name, is_name);
    if end == name || part.byte(name).is_ascii_digit() {
        return at + 1;
    }
    out.push(Kind::Tag, at, end);
    let close = attributes(part, end, out);
    if form == Form::Xml || name > at + 1 || part.byte(close.saturating_sub(2)) == b'/' {
        return close;
    }
    let (language, ending) = match part.bytes(name, end) {
        b"script" => ("typescript", "</script"),
        b"style" => ("scss", "</style"),
        _ => return close,
    };
    let inner = part.find(close, ending).unwrap_or(part.end);
    code(part, language, close, inner, out);
    inner
}

/// The attributes of an element up to its `>`; the offset behind it.
fn attributes(part: Part<'_>, from: usize, out: &mut Tokens) -> usize {
    let mut at = from;
    while at < part.end {
        let (byte, start) = (part.byte(at), at);
        match byte {
            b'>' => {
                out.push(Kind::Tag, at, at + 1);
                return at + 1;
            }
            b'/' if part.byte(at + 1) == b'>' => {
                out.push(Kind::Tag, at, at + 2);
                return at + 2;
            }
            b'<' => return at,
            b'"' | b'\'' => {
                at = part.find(at + 1, if byte == b'"' { "\"" } else { "'" }).map_or(part.end, |end| end + 1);
                out.push(Kind::String, start, at);
            }
            b'=' => {
                at = part.skip(at + 1, |byte| byte.is_ascii_whitespace());
                if !matches!(part.byte(at), b'"' | b'\'' | b'{') {
                    let start = at;
                    at = part.skip(at, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'>' | b'<'));
                    out.push(Kind::String, start, at);
                }
            }
            b'{' => at = template(part, at, out),
            _ if is_name(byte) || matches!(byte, b'@' | b'#' | b'*' | b'[' | b'(') => {
                at = part.skip(at + 1, |byte| is_name(byte) || matches!(byte, b'@' | b'#' | b'[' | b']' | b'(' | b')'));
                out.push(Kind::Attribute, start, at);
            }
            _ => at += 1,
        }
    }
    part.end
}

/// `&amp;`, `&#x3c;`; the offset behind it.
fn reference(part: Part<'_>, at: usize, out: &mut Tokens) -> usize {
    let end = part.skip(at + 1, |byte| byte.is_ascii_alphanumeric() || byte == b'#');
    if end > at + 1 && part.byte(end) == b';' {
        out.push(Kind::Constant, at, end + 1);
        return end + 1;
    }
    at + 1
}

/// `{{ … }}`, `{% … %}`, `{# … #}`; the offset behind it.
fn template(part: Part<'_>, at: usize, out: &mut Tokens) -> usize {
    let close = match part.byte(at + 1) {
        b'{' => "}}",
        b'%' => "%}",
        b'#' => return until(part, at, Kind::Comment, "#}", out),
        _ => return at + 1,
    };
    let inner = part.find(at + 2, close).unwrap_or(part.end);
    out.push(Kind::Variable, at, at + 2);
    code(part, "template", at + 2, inner, out);
    let end = (inner + 2).min(part.end);
    out.push(Kind::Variable, inner, end);
    end.max(at + 2)
}

fn is_name(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'-' | b':' | b'.')
}
