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

/// What stands between punctuation and blanks in a normalised text.
#[derive(Debug, Clone, Copy)]
pub enum Stretch<'a> {
    /// Characters of scripts without blanks: every two neighbours are a term, and the last one.
    Wide(&'a str),
    /// A word or number of another script, whose terms [`words`] knows.
    Word(&'a str),
}

/// Calls `each` with every term of a normalised text, in the order of the text.
pub fn terms<'a>(text: &'a str, each: &mut impl FnMut(Term<'a>)) {
    stretches(text, &mut |stretch| match stretch {
        Stretch::Wide(run) => {
            let seconds = run.chars().skip(1).map(Some).chain([None]);
            run.chars().zip(seconds).for_each(|(first, second)| each(Term::Pair(first, second)));
        }
        Stretch::Word(word) => words(word, &mut |word| each(Term::Word(word))),
    });
}

/// Calls `each` with every stretch of a normalised text.
pub fn stretches<'a>(text: &'a str, each: &mut impl FnMut(Stretch<'a>)) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = if is_wide(c) {
            let end = wide(rest);
            each(Stretch::Wide(&rest[..end]));
            end
        } else if is_word(c) {
            let end = rest.find(|c| is_wide(c) || !is_word(c)).unwrap_or(rest.len());
            each(Stretch::Word(&rest[..end]));
            end
        } else {
            c.len_utf8()
        };
        rest = &rest[end..];
    }
}

/// Where the wide characters end with which a text begins.
fn wide(text: &str) -> usize {
    // Nearly all are of U+4E00 to U+9FFF, which two bytes tell.
    let is_han = |bytes: &&[u8; 3]| matches!(u16::from_be_bytes([bytes[0], bytes[1]]), 0xe4b8..=0xe9bf);
    let mut end = 0;
    loop {
        end += 3 * text.as_bytes()[end..].as_chunks().0.iter().take_while(is_han).count();
        match text[end..].chars().next().filter(|c| is_wide(*c)) {
            Some(c) => end += c.len_utf8(),
            None => return end,
        }
    }
}

/// Calls `each` with a word whole, and, where letters meet digits, with its parts.
pub fn words<'a>(word: &'a str, each: &mut impl FnMut(&'a str)) {
    each(beginning(word));
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return;
    }
    let mut start = 0;
    let mut kind = None;
    for (at, c) in word.char_indices() {
        let digit = c.is_numeric();
        if kind.is_some_and(|kind| kind != digit) {
            each(beginning(&word[start..at]));
            start = at;
        }
        kind = Some(digit);
    }
    if start > 0 {
        each(beginning(&word[start..]));
    }
}

/// At most [`LONGEST_WORD`] characters of a word.
pub fn beginning(word: &str) -> &str {
    let end = if word.len() > LONGEST_WORD { word.char_indices().nth(LONGEST_WORD) } else { None };
    end.map_or(word, |(at, _)| &word[..at])
}
