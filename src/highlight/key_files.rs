//! Files of keys and values: TOML, INI, properties, `.env`, unit files of systemd, and their like.

use super::json::text_end;
use super::kind::{Kind, Tokens};
use super::{Part, is_blank, is_word};

/// What differs between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Values are texts in quotes, numbers, dates, arrays.
    Toml,
    /// Values are what stands up to the end of the line.
    Ini,
    /// The same, and `${name}` or `$NAME` in them.
    Environment,
}

/// Scans such a file.
pub(super) fn scan(part: Part<'_>, form: Form, out: &mut Tokens) {
    let mut at = part.start;
    while at < part.end {
        at = part.skip(at, |byte| is_blank(byte) || byte == b'\n');
        if at >= part.end {
            return;
        }
        let end = part.line_end(at);
        let byte = part.byte(at);
        if byte == b'#' || byte == b';' && form != Form::Toml || byte == b'!' && form == Form::Ini {
            out.push(Kind::Comment, at, end);
            at = end;
        } else if byte == b'[' {
            let close = part.skip(at, |byte| !matches!(byte, b'\n' | b'#'));
            out.push(Kind::Tag, at, at + part.bytes(at, close).trim_ascii_end().len());
            at = close;
            if part.byte(at) == b'#' {
                out.push(Kind::Comment, at, end);
                at = end;
            }
        } else {
            at = pair(part, at, end, form, out);
        }
    }
}

fn pair(part: Part<'_>, start: usize, end: usize, form: Form, out: &mut Tokens) -> usize {
    let start = if form == Form::Environment && part.has(start, "export ") {
        out.push(Kind::Keyword, start, start + 6);
        start + 7
    } else {
        start
    };
    let mut at = start;
    while at < end && !matches!(part.byte(at), b'=') && (form == Form::Toml || part.byte(at) != b':') {
        at = if form == Form::Toml && matches!(part.byte(at), b'"' | b'\'') { text_end(part, at) } else { at + 1 };
    }
    if at >= end {
        return end;
    }
    out.push(Kind::Attribute, start, start + part.bytes(start, at).trim_ascii_end().len());
    if form == Form::Toml { toml_value(part, at + 1, out) } else { line_value(part, at + 1, end, out) }
}

fn line_value(part: Part<'_>, from: usize, end: usize, out: &mut Tokens) -> usize {
    let mut at = part.skip(from, is_blank);
    let value = part.bytes(at, end).trim_ascii_end();
    if let Some(kind) = plain(value) {
        out.push(kind, at, at + value.len());
        return end;
    }
    let mut start = at;
    while at < end {
        let next = part.byte(at + 1);
        if part.byte(at) == b'$' && (next == b'{' || is_word(next)) {
            let close = part.skip(at + 1, |byte| is_word(byte) || matches!(byte, b'{' | b'.' | b':' | b'-'));
            let close = (close + usize::from(part.byte(close) == b'}')).min(end);
            out.push(Kind::String, start, at);
            out.push(Kind::Variable, at, close);
            (start, at) = (close, close);
        } else if matches!(part.byte(at), b'#' | b';') && at > from && is_blank(part.byte(at - 1)) {
            out.push(Kind::String, start, at);
            out.push(Kind::Comment, at, end);
            return end;
        } else {
            at += 1;
        }
    }
    out.push(Kind::String, start, end);
    end
}

/// A value up to the end of its line, and over lines inside `[…]`.
fn toml_value(part: Part<'_>, from: usize, out: &mut Tokens) -> usize {
    let (mut at, mut depth) = (from, 0_usize);
    while at < part.end {
        let (byte, start) = (part.byte(at), at);
        match byte {
            b'\n' if depth == 0 => return at,
            b'#' => {
                at = part.line_end(at);
                out.push(Kind::Comment, start, at);
            }
            b'"' | b'\'' => {
                let triple = if byte == b'"' { "\"\"\"" } else { "'''" };
                at = if part.has(at, triple) {
                    part.find(at + 3, triple).map_or(part.end, |end| end + 3)
                } else {
                    text_end(part, at)
                };
                let key = depth > 0 && part.byte(part.skip(at, is_blank)) == b'=';
                out.push(if key { Kind::Attribute } else { Kind::String }, start, at);
            }
            b'[' | b'{' => {
                depth += 1;
                at += 1;
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            _ if is_word(byte) || matches!(byte, b'+' | b'-') => {
                at = part.skip(at + 1, |byte| is_word(byte) || matches!(byte, b'-' | b'+' | b':' | b'.'));
                let key = depth > 0 && part.byte(part.skip(at, is_blank)) == b'=';
                let kind = if key { Some(Kind::Attribute) } else { plain(part.bytes(start, at)) };
                if let Some(kind) = kind {
                    out.push(kind, start, at);
                }
            }
            _ => at += 1,
        }
    }
    part.end
}

/// What a value without quotes is: a number, a date, a constant; none if it is a text.
pub(super) fn plain(value: &[u8]) -> Option<Kind> {
    let constant = ["true", "false", "null", "yes", "no", "on", "off", "inf", "nan", "~"];
    if constant.into_iter().any(|word| value.eq_ignore_ascii_case(word.as_bytes())) {
        return Some(Kind::Constant);
    }
    let digits = value.strip_prefix(b"-").or_else(|| value.strip_prefix(b"+")).unwrap_or(value);
    let number = digits.first().is_some_and(u8::is_ascii_digit)
        && digits.iter().all(|byte| byte.is_ascii_hexdigit() || b"._:-+xoTZ".contains(byte));
    number.then_some(Kind::Number)
}
