//! A session in a terminal: what was typed behind a prompt, and what came of it.

use super::kind::{Kind, Tokens};
use super::tables::language;
use super::{Part, is_blank};

/// Scans a session: lines that begin with `$`, `#`, `%`, `>`, `>>>` or `PS …>` are commands, of the language `name`.
pub(super) fn scan(part: Part<'_>, name: &str, out: &mut Tokens) {
    let mut at = part.start;
    while at < part.end {
        let end = part.line_end(at);
        if let Some(command) = prompt_end(part, at, end) {
            out.push(Kind::Comment, at, command);
            // A line that ends with a backslash goes on.
            let mut close = end;
            while close < part.end && part.byte(close.saturating_sub(1)) == b'\\' {
                close = part.line_end(close + 1);
            }
            if let (Some(inner), Some(language)) = (part.inner(command, close), language(name)) {
                language.scan(inner, out);
            }
            at = close + 1;
        } else {
            at = end + 1;
        }
    }
}

/// Where the command behind a prompt begins.
fn prompt_end(part: Part<'_>, at: usize, end: usize) -> Option<usize> {
    for prompt in [">>> ", "... ", "$ ", "# ", "% ", "> "] {
        if part.has(at, prompt) {
            return Some(at + prompt.len());
        }
    }
    // `user@host:~$ ` and `PS C:\> `.
    let head = part.bytes(at, end.min(at + 80));
    let sign = head.iter().position(|byte| matches!(byte, b'$' | b'>' | b'#'))?;
    let named = head.starts_with(b"PS ") || head.get(..sign)?.contains(&b'@');
    (named && is_blank(part.byte(at + sign + 1))).then_some(at + sign + 2)
}
