//! Differences between files, and the messages of version control around them.

use super::Part;
use super::kind::{Kind, Tokens};

/// Scans a difference: the first character of a line says what it is.
pub(super) fn scan(part: Part<'_>, out: &mut Tokens) {
    let mut at = part.start;
    while at < part.end {
        let end = part.line_end(at);
        let starts = |what: &str| part.has(at, what);
        let headed = ["+++", "---", "diff ", "index ", "Index: ", "***", "===", "new file", "deleted file", "rename "];
        let kind = match part.byte(at) {
            _ if headed.into_iter().any(starts) => Some(Kind::Keyword),
            b'@' => Some(Kind::Attribute),
            b'+' | b'>' => Some(Kind::Inserted),
            b'-' | b'<' => Some(Kind::Deleted),
            b'!' => Some(Kind::Constant),
            b'#' | b'\\' => Some(Kind::Comment),
            _ => None,
        };
        if let Some(kind) = kind {
            out.push(kind, at, end);
        }
        at = end + 1;
    }
}
