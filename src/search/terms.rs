//! What a normalised text is found by; `search-normalise.js` in the theme finds the same.

use super::normalise::{is_wide, is_word};

/// The longest word that is indexed, in characters; of a longer one only its beginning counts.
pub const LONGEST_WORD: usize = 32;

/// One thing that a text is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term<'a> {
    /// Two neighbouring characters of a script without blanks; the last of a run stands alone.
    Pair(char, Option<char>),
    /// A word or number of another script, or the letters or the digits in it.
    Word(&'a str),
}

/// Calls `each` with every term of a normalised text, in the order of the text.
pub fn terms<'a>(text: &'a str, each: &mut impl FnMut(Term<'a>)) {
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if is_wide(c) {
            let mut last = c;
            while let Some((_, next)) = rest.next_if(|(_, next)| is_wide(*next)) {
                each(Term::Pair(last, Some(next)));
                last = next;
            }
            each(Term::Pair(last, None));
        } else if is_word(c) {
            let mut end = start + c.len_utf8();
            while let Some((at, next)) = rest.next_if(|(_, next)| is_word(*next) && !is_wide(*next)) {
                end = at + next.len_utf8();
            }
            word(&text[start..end], each);
        }
    }
}

/// A word whole, and, where letters meet digits, its parts.
fn word<'a>(word: &'a str, each: &mut impl FnMut(Term<'a>)) {
    each(Term::Word(beginning(word)));
    let mut start = 0;
    let mut kind = None;
    for (at, c) in word.char_indices() {
        let digit = c.is_numeric();
        if kind.is_some_and(|kind| kind != digit) {
            each(Term::Word(beginning(&word[start..at])));
            start = at;
        }
        kind = Some(digit);
    }
    if start > 0 {
        each(Term::Word(beginning(&word[start..])));
    }
}

/// At most [`LONGEST_WORD`] characters of a word.
fn beginning(word: &str) -> &str {
    match word.char_indices().nth(LONGEST_WORD) {
        Some((at, _)) if word.len() > LONGEST_WORD => &word[..at],
        _ => word,
    }
}
