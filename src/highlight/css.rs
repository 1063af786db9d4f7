//! Style sheets: CSS, SCSS, Sass and Less.

use super::kind::{Kind, Tokens};
use super::{Part, is_blank, is_word};

/// Scans a style sheet; `lines` takes `//` for a comment.
pub(super) fn scan(part: Part<'_>, lines: bool, out: &mut Tokens) {
    let mut at = part.start;
    // Whether what comes is the value of a property, and how deep in `(…)`.
    let (mut value, mut depth) = (false, 0_usize);
    while at < part.end {
        let (byte, start) = (part.byte(at), at);
        match byte {
            b'/' if part.byte(at + 1) == b'*' => {
                at = part.find(at + 2, "*/").map_or(part.end, |end| end + 2);
                out.push(Kind::Comment, start, at);
            }
            b'/' if lines && part.byte(at + 1) == b'/' => {
                at = part.line_end(at);
                out.push(Kind::Comment, start, at);
            }
            b'"' | b'\'' => {
                at = text_end(part, at);
                out.push(Kind::String, start, at);
            }
            b'@' => {
                at = name_end(part, at + 1);
                // `@name:` is a variable of Less.
                let variable = lines && (value || part.byte(part.skip(at, is_blank)) == b':');
                out.push(if variable { Kind::Variable } else { Kind::Keyword }, start, at.max(start + 1));
                at = at.max(start + 1);
            }
            b'$' => {
                at = name_end(part, at + 1).max(start + 1);
                out.push(Kind::Variable, start, at);
            }
            b'#' if value => {
                at = name_end(part, at + 1).max(start + 1);
                out.push(Kind::Number, start, at);
            }
            b'.' | b'#' if !value && is_name(part.byte(at + 1)) => {
                at = name_end(part, at + 1);
                out.push(Kind::Tag, start, at);
            }
            b'0'..=b'9' => {
                at = super::numbers::end(part, at);
                at += usize::from(part.byte(at) == b'%');
                out.push(Kind::Number, start, at);
            }
            b'!' => {
                at = name_end(part, part.skip(at + 1, is_blank)).max(start + 1);
                out.push(Kind::Keyword, start, at);
            }
            _ if is_name(byte) => {
                at = name_end(part, at);
                if let Some(kind) = word(part, start, at, value, depth) {
                    out.push(kind, start, at);
                }
            }
            _ => {
                match byte {
                    b'(' => depth += 1,
                    b')' => depth = depth.saturating_sub(1),
                    b';' | b'{' | b'}' => (value, depth) = (false, 0),
                    b':' if depth == 0 && !value => value = !is_selector(part, at),
                    _ => {}
                }
                at += 1;
            }
        }
    }
}

fn word(part: Part<'_>, start: usize, end: usize, value: bool, depth: usize) -> Option<Kind> {
    if part.bytes(start, end).starts_with(b"--") {
        return Some(Kind::Variable);
    }
    if part.byte(end) == b'(' {
        return Some(Kind::Function);
    }
    if value {
        return None;
    }
    let colon = part.skip(end, is_blank);
    if part.byte(colon) == b':' && (depth > 0 || !is_selector(part, colon)) {
        return Some(Kind::Attribute);
    }
    if depth > 0 {
        return None;
    }
    // `:hover` and `::before`.
    if matches!(part.bytes(start, end), b"and" | b"or" | b"not" | b"only") {
        return Some(Kind::Keyword);
    }
    let before = if start > part.start { part.byte(start - 1) } else { 0 };
    Some(if before == b':' { Kind::Constant } else { Kind::Tag })
}

/// Whether a colon belongs to a selector: a name follows at once, and `{` comes before `;` and `}`.
fn is_selector(part: Part<'_>, colon: usize) -> bool {
    const FARTHEST: usize = 300;
    if part.byte(colon + 1) == b':' {
        return true;
    }
    if !is_name(part.byte(colon + 1)) {
        return false;
    }
    let limit = part.end.min(colon + FARTHEST);
    let found = (colon..limit).map(|at| part.byte(at)).find(|byte| matches!(byte, b'{' | b';' | b'}'));
    found == Some(b'{')
}

fn text_end(part: Part<'_>, start: usize) -> usize {
    let quote = part.byte(start);
    let mut at = start + 1;
    while at < part.end {
        match part.byte(at) {
            b'\\' => at += 1,
            b'\n' => return at,
            byte if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    part.end
}

fn is_name(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

fn name_end(part: Part<'_>, from: usize) -> usize {
    part.skip(from, is_name)
}
