//! What counts as a character of the source: everything but white space and control characters.

/// Whether a character leaves ink: white space, control characters and the byte-order mark do not.
pub(crate) fn is_ink(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && c != '\u{feff}'
}

/// The characters of a text that leave ink, in order.
pub(crate) fn ink(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| is_ink(*c))
}

/// How many characters of a text leave ink.
pub(crate) fn count(text: &str) -> usize {
    ink(text).count()
}

/// Whether a character is written without spaces beside it: Han, kana, and Chinese punctuation.
pub(crate) fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{ff00}'..='\u{ff65}' | '\u{fe30}'..='\u{fe4f}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Whether a character is a Han character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// The width of a text in columns: a wide character takes two.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// The first `limit` characters of a text, with `…` where it was cut.
pub(crate) fn excerpt(text: &str, limit: usize) -> String {
    let clean: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(limit + 1).collect();
    match clean.char_indices().nth(limit) {
        Some((at, _)) => format!("{}…", &clean[..at]),
        None => clean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_leaves_no_ink() {
        assert_eq!(count(" 一\u{3000}二\t3\u{0}\u{feff}\n"), 3);
        assert_eq!(width("一a"), 3);
        assert_eq!(excerpt("一二三四", 2), "一二…");
    }
}
