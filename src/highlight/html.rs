//! Tokens written as HTML, as a whole or line by line.

use std::ops::Range;

use super::kind::Token;
use crate::html::escape_text;

/// Appends a text with its tokens as `<span class="hl-…">`.
pub fn write(out: &mut String, text: &str, tokens: &[Token]) {
    piece(out, text, tokens, 0..text.len());
}

/// Appends a text line by line, no span over the end of a line; `around` is called before each line with `false` and
/// behind it with `true`, with its number from 0. The line feed of a line is written with it.
pub fn lines(out: &mut String, text: &str, tokens: &[Token], mut around: impl FnMut(&mut String, usize, bool)) {
    let (mut start, mut rest) = (0, tokens);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let end = start + line.trim_end_matches('\n').len();
        let done = rest.iter().take_while(|token| (token.end as usize) <= start).count();
        rest = rest.get(done..).unwrap_or_default();
        around(out, number, false);
        piece(out, text, rest, start..end);
        if line.ends_with('\n') {
            out.push('\n');
        }
        around(out, number, true);
        start += line.len();
    }
}

/// The bytes of `range`, with the tokens that reach into it.
fn piece(out: &mut String, text: &str, tokens: &[Token], range: Range<usize>) {
    let mut from = range.start;
    for token in tokens {
        let start = (token.start as usize).max(from);
        let end = (token.end as usize).min(range.end);
        if start >= range.end {
            break;
        }
        // A token whose ends are no ends of characters is none.
        let Some(inside) = text.get(start..end).filter(|inside| !inside.is_empty()) else { continue };
        escape_text(out, text.get(from..start).unwrap_or_default());
        out.push_str("<span class=\"");
        out.push_str(token.kind.class());
        out.push_str("\">");
        escape_text(out, inside);
        out.push_str("</span>");
        from = end;
    }
    escape_text(out, text.get(from..range.end).unwrap_or_default());
}
