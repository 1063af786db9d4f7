//! TeX and LaTeX: commands, environments, formulas, comments.

use super::Part;
use super::kind::{Kind, Tokens};

/// Scans TeX.
pub(super) fn scan(part: Part<'_>, out: &mut Tokens) {
    let mut at = part.start;
    while at < part.end {
        let start = at;
        match part.byte(at) {
            b'%' => {
                at = part.line_end(at);
                out.push(Kind::Comment, start, at);
            }
            b'\\' => {
                at = part.skip(at + 1, |byte| byte.is_ascii_alphabetic() || byte == b'@');
                let word = part.bytes(start + 1, at);
                at = at.max((start + 1 + usize::from(part.byte(start + 1).is_ascii())).min(part.end));
                let structure = matches!(
                    word,
                    b"begin" | b"end" | b"section" | b"subsection" | b"chapter" | b"documentclass" | b"usepackage"
                );
                out.push(if structure { Kind::Keyword } else { Kind::Function }, start, at);
                if matches!(word, b"begin" | b"end") && part.byte(at) == b'{' {
                    let close = part.skip(at, |byte| !matches!(byte, b'}' | b'\n'));
                    out.push(Kind::Type, at + 1, close);
                    at = close;
                }
            }
            b'$' => {
                at = part.skip(at, |byte| byte == b'$');
                out.push(Kind::Constant, start, at);
            }
            b'#' if part.byte(at + 1).is_ascii_digit() => {
                at += 2;
                out.push(Kind::Variable, start, at);
            }
            b'0'..=b'9' => {
                at = super::numbers::end(part, at);
                out.push(Kind::Number, start, at);
            }
            b'@' if part.byte(at + 1).is_ascii_alphabetic() => {
                at = part.skip(at + 1, |byte| byte.is_ascii_alphabetic());
                out.push(Kind::Keyword, start, at);
            }
            _ => at += 1,
        }
    }
}
