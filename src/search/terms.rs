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
    // The wide character before, and where the word began that goes on.
    let (mut last, mut start) = (None, None);
    for (at, c) in text.char_indices() {
        let wide = is_wide(c);
        if let Some(last) = last {
            each(Term::Pair(last, wide.then_some(c)));
        }
        last = wide.then_some(c);
        match (start, !wide && is_word(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                word(&text[from..at], each);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(last) = last {
        each(Term::Pair(last, None));
    }
    if let Some(from) = start {
        word(&text[from..], each);
    }
}

/// A word whole, and, where letters meet digits, its parts.
fn word<'a>(word: &'a str, each: &mut impl FnMut(Term<'a>)) {
    each(Term::Word(beginning(word)));
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return;
    }
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
    let end = if word.len() > LONGEST_WORD { word.char_indices().nth(LONGEST_WORD) } else { None };
    end.map_or(word, |(at, _)| &word[..at])
}
