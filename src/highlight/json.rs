//! JSON, with the comments and single quotes of its relatives.

use super::kind::{Kind, Tokens};
use super::{Part, is_word};

/// Scans JSON, JSON with comments, JSON5 and JSON lines.
pub(super) fn scan(part: Part<'_>, out: &mut Tokens) {
    let mut at = part.start;
    while at < part.end {
        let (byte, start) = (part.byte(at), at);
        match byte {
            b'"' | b'\'' => {
                at = text_end(part, at);
                out.push(if is_key(part, at) { Kind::Attribute } else { Kind::String }, start, at);
            }
            b'/' if part.byte(at + 1) == b'/' => {
                at = part.line_end(at);
                out.push(Kind::Comment, start, at);
            }
            b'/' if part.byte(at + 1) == b'*' => {
                at = part.find(at + 2, "*/").map_or(part.end, |end| end + 2);
                out.push(Kind::Comment, start, at);
            }
            b'0'..=b'9' | b'-' => {
                at = super::numbers::end(part, at);
                out.push(Kind::Number, start, at);
            }
            _ if is_word(byte) || byte == b'$' => {
                at = part.skip(at, |byte| is_word(byte) || byte == b'$');
                if is_key(part, at) {
                    out.push(Kind::Attribute, start, at);
                } else if matches!(part.bytes(start, at), b"true" | b"false" | b"null" | b"Infinity" | b"NaN") {
                    out.push(Kind::Constant, start, at);
                }
            }
            _ => at += 1,
        }
    }
}

/// Whether a colon follows.
fn is_key(part: Part<'_>, end: usize) -> bool {
    part.byte(part.skip(end, |byte| byte.is_ascii_whitespace())) == b':'
}

/// The end of the text in quotes that begins at `start`, or of its line.
pub(super) fn text_end(part: Part<'_>, start: usize) -> usize {
    let quote = part.byte(start);
    let mut at = start + 1;
    while at < part.end {
        match part.byte(at) {
            b'\\' if part.byte(at + 1) != b'\n' => at += 1,
            b'\n' => return at,
            byte if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    part.end
}
