//! Markdown: headings, lists, quotes, emphasis, links, and fences in their own languages.

use super::kind::{Kind, Tokens};
use super::tables::language;
use super::{Part, is_blank};

/// Scans Markdown; front matter between `---` lines is YAML.
pub(super) fn scan(part: Part<'_>, out: &mut Tokens) {
    let mut at = front_matter(part, out);
    while at < part.end {
        let end = part.line_end(at);
        let text = part.skip(at, is_blank).min(end);
        at = match part.byte(text) {
            b'`' | b'~' if is_fence(part, text) => fence(part, text, end, out),
            _ => {
                line(part, text, end, out);
                end + 1
            }
        };
    }
}

fn front_matter(part: Part<'_>, out: &mut Tokens) -> usize {
    if !part.has(part.start, "---\n") {
        return part.start;
    }
    let Some(close) = part.find(part.start + 3, "\n---") else { return part.start };
    out.push(Kind::Comment, part.start, part.start + 3);
    if let (Some(inner), Some(yaml)) = (part.inner(part.start + 4, close + 1), language("yaml")) {
        yaml.scan(inner, out);
    }
    out.push(Kind::Comment, close + 1, close + 4);
    close + 4
}

fn is_fence(part: Part<'_>, at: usize) -> bool {
    part.has(at, "```") || part.has(at, "~~~")
}

/// A fence with what it holds; the offset of the line behind it.
fn fence(part: Part<'_>, start: usize, end: usize, out: &mut Tokens) -> usize {
    let mark = part.byte(start);
    let open = part.skip(start, |byte| byte == mark);
    let count = open - start;
    out.push(Kind::Comment, start, open);
    let name = part.skip(open, is_blank);
    let name_end = part.skip(name, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'{' | b',')).min(end);
    out.push(Kind::Type, name, name_end);
    out.push(Kind::Attribute, part.skip(name_end, is_blank).min(end), end);
    let (inside, mut at) = (end + 1, end + 1);
    while at < part.end {
        let end = part.line_end(at);
        let text = part.skip(at, is_blank);
        let close = part.skip(text, |byte| byte == mark);
        if close >= text + count && part.skip(close, is_blank) >= end {
            break;
        }
        at = end + 1;
    }
    let close = at.min(part.end);
    let inner = part.inner(inside, close);
    if let (Some(inner), Some(language)) = (inner, part.text.get(name..name_end).and_then(language)) {
        language.scan(inner, out);
    }
    let end = part.line_end(close);
    out.push(Kind::Comment, close, end);
    end + 1
}

fn line(part: Part<'_>, start: usize, end: usize, out: &mut Tokens) {
    let byte = part.byte(start);
    let rest = part.skip(start, |other| other == byte).min(end);
    match byte {
        b'#' if rest - start < 7 && (is_blank(part.byte(rest)) || rest == end) => {
            return out.push(Kind::Tag, start, end);
        }
        b':' if rest - start >= 3 => return out.push(Kind::Keyword, start, end),
        b'>' => out.push(Kind::Keyword, start, start + 1),
        b'-' | b'*' | b'_' if rest - start >= 3 && part.skip(rest, is_blank) >= end => {
            return out.push(Kind::Comment, start, end);
        }
        b'-' | b'*' | b'+' if is_blank(part.byte(start + 1)) => {
            out.push(Kind::Keyword, start, start + 1);
            return inline(part, start + 1, end, out);
        }
        b'0'..=b'9' => {
            let mark = part.skip(start, |byte| byte.is_ascii_digit());
            if matches!(part.byte(mark), b'.' | b')') && is_blank(part.byte(mark + 1)) {
                out.push(Kind::Keyword, start, mark + 1);
                return inline(part, mark + 1, end, out);
            }
        }
        _ => {}
    }
    inline(part, start, end, out);
}

fn inline(part: Part<'_>, from: usize, end: usize, out: &mut Tokens) {
    let part = Part { end, ..part };
    let mut at = from;
    // What has no end on this line is not looked for again.
    let (mut no_code, mut no_strong, mut no_link, mut no_tag) = (false, false, false, false);
    while at < end {
        let start = at;
        at += 1;
        match part.byte(start) {
            b'\\' => at += 1,
            b'`' if !no_code => match part.find(start + 1, "`") {
                Some(close) => {
                    at = part.skip(close, |byte| byte == b'`');
                    out.push(Kind::String, start, at);
                }
                None => no_code = true,
            },
            b'*' if part.byte(at) == b'*' && !no_strong => match part.find(start + 2, "**") {
                Some(close) => {
                    at = close + 2;
                    out.push(Kind::Constant, start, at);
                }
                None => no_strong = true,
            },
            b'[' if !no_link => match part.find(start, "](") {
                Some(middle) => {
                    at = part.find(middle, ")").map_or(end, |close| close + 1);
                    out.push(Kind::Function, start, middle + 1);
                    out.push(Kind::Attribute, middle + 1, at);
                }
                None => no_link = true,
            },
            b'<' if !no_tag && (part.byte(at).is_ascii_alphabetic() || part.byte(at) == b'/') => {
                match part.find(at, ">") {
                    Some(close) => {
                        at = close + 1;
                        out.push(Kind::Tag, start, at);
                    }
                    None => no_tag = true,
                }
            }
            _ => {}
        }
    }
}
