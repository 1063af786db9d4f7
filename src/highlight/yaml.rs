//! YAML: keys, values, anchors, and the texts behind `|` and `>`.

use super::json::text_end;
use super::key_files::plain;
use super::kind::{Kind, Tokens};
use super::{Part, is_blank, is_word};

/// Scans YAML.
pub(super) fn scan(part: Part<'_>, out: &mut Tokens) {
    let mut at = part.start;
    while at < part.end {
        let end = part.line_end(at);
        let text = part.skip(at, is_blank);
        let indent = text - at;
        let block = line(part, text, end, out);
        at = end + 1;
        if block {
            at = block_end(part, at, indent, out);
        }
    }
}

/// The lines behind `|` or `>` that stand farther right than the line with it.
fn block_end(part: Part<'_>, from: usize, indent: usize, out: &mut Tokens) -> usize {
    let mut at = from;
    while at < part.end {
        let end = part.line_end(at);
        let inner = part.skip(at, is_blank).min(end);
        if inner < end && inner - at <= indent {
            break;
        }
        out.push(Kind::String, inner, end);
        at = end + 1;
    }
    at
}

/// One line; true if a text on lines of its own follows.
fn line(part: Part<'_>, mut at: usize, end: usize, out: &mut Tokens) -> bool {
    if matches!(part.bytes(at, end).trim_ascii_end(), b"---" | b"...") || part.byte(at) == b'%' {
        out.push(Kind::Keyword, at, end);
        return false;
    }
    while part.byte(at) == b'-' && matches!(part.byte(at + 1), b' ' | b'\n' | 0) && at < end {
        at = part.skip(at + 1, is_blank);
    }
    let (mut blank, mut flow) = (true, 0_usize);
    while at < end {
        let (byte, start) = (part.byte(at), at);
        match byte {
            b'#' if blank => {
                out.push(Kind::Comment, at, end);
                return false;
            }
            b'"' | b'\'' => {
                at = text_end(part, at).min(end).max(start + 1);
                out.push(if is_key(part, at) { Kind::Attribute } else { Kind::String }, start, at);
            }
            b'&' | b'*' | b'!' if blank => {
                at = part
                    .skip(at + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b',' | b']' | b'}'))
                    .min(end);
                out.push(if byte == b'!' { Kind::Type } else { Kind::Variable }, start, at);
            }
            b'|' | b'>' if blank && is_header(part.bytes(at + 1, end)) => {
                out.push(Kind::Keyword, at, end);
                return true;
            }
            b'[' | b'{' => {
                flow += 1;
                at += 1;
            }
            b']' | b'}' => {
                flow = flow.saturating_sub(1);
                at += 1;
            }
            b',' | b':' | b'?' => at += 1,
            _ if is_blank(byte) => at += 1,
            _ => at = scalar(part, at, end, flow > 0, out),
        }
        blank = matches!(byte, b' ' | b'\t' | b'[' | b'{' | b',');
    }
    false
}

/// A text without quotes: a key, a number, a constant, or just a text.
fn scalar(part: Part<'_>, start: usize, end: usize, flow: bool, out: &mut Tokens) -> usize {
    let mut at = start;
    while at < end {
        let (byte, next) = (part.byte(at), part.byte(at + 1));
        let colon = byte == b':' && (at + 1 >= end || matches!(next, b' ' | b'\t' | b'\n' | b'\r'));
        if colon
            || byte == b'#' && at > start && is_blank(part.byte(at - 1))
            || flow && matches!(byte, b',' | b']' | b'}')
        {
            break;
        }
        at += 1;
    }
    let value = part.bytes(start, at).trim_ascii_end();
    let stop = start + value.len();
    if is_key(part, stop) {
        out.push(Kind::Attribute, start, stop);
    } else if let Some(kind) = plain(value) {
        out.push(kind, start, stop);
    } else if value.iter().any(|byte| is_word(*byte)) {
        out.push(Kind::String, start, stop);
    }
    at.max(start + 1)
}

fn is_key(part: Part<'_>, end: usize) -> bool {
    let colon = part.skip(end, is_blank);
    part.byte(colon) == b':' && (colon + 1 >= part.end || matches!(part.byte(colon + 1), b' ' | b'\t' | b'\n' | b'\r'))
}

/// What stands behind `|` or `>`: a number, `+` or `-`, a comment.
fn is_header(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii();
    rest.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-')) || rest.starts_with(b"#")
}
