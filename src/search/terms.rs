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
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if is_wide(c) {
            rest = pairs(rest, each);
        } else if is_word(c) {
            let end = rest.find(|c| is_wide(c) || !is_word(c)).unwrap_or(rest.len());
            word(&rest[..end], each);
            rest = &rest[end..];
        } else {
            rest = &rest[c.len_utf8()..];
        }
    }
}

/// The pairs of the run of wide characters that a text begins with; returns what follows.
fn pairs<'a>(text: &'a str, each: &mut impl FnMut(Term<'a>)) -> &'a str {
    let mut characters = text.chars();
    let mut last = characters.next();
    while let Some(first) = last {
        let rest = characters.as_str();
        last = characters.next().filter(|c| is_wide(*c));
        each(Term::Pair(first, last));
        if last.is_none() {
            return rest;
        }
    }
    ""
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
