//! A description of a language made ready for the scanner: what each byte can begin, and a list of words to look up.

use super::is_word;
use super::syntax::{Syntax, traits};

/// What a byte begins, unless it is special.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Blank,
    LineFeed,
    Word,
    Digit,
    Other,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Keyword,
    BeforeFunction,
    BeforeType,
    Type,
    Constant,
    Builtin,
}

/// A language, ready.
pub(super) struct Lexer {
    pub(super) syntax: &'static Syntax,
    class: [Class; 256],
    /// Something other than a word or a number may begin with this byte.
    special: [bool; 256],
    in_words: [bool; 256],
    words: Vec<(&'static str, Role)>,
    /// Where in `words` those begin whose first byte is at least this.
    first: [u16; 257],
}

impl Lexer {
    pub(super) fn new(syntax: &'static Syntax) -> Self {
        let mut class = [Class::Other; 256];
        let mut in_words = [false; 256];
        for byte in 0..=u8::MAX {
            let at = usize::from(byte);
            in_words[at] = is_word(byte) || syntax.in_words.as_bytes().contains(&byte);
            class[at] = match byte {
                b'\n' => Class::LineFeed,
                b' ' | b'\t' | b'\r' => Class::Blank,
                b'0'..=b'9' => Class::Digit,
                _ if in_words[at] => Class::Word,
                _ => Class::Other,
            };
        }
        let words = words(syntax);
        let mut first = [0; 257];
        for (at, slot) in first.iter_mut().enumerate() {
            let before = words.partition_point(|(word, _)| usize::from(word.as_bytes()[0]) < at);
            *slot = u16::try_from(before).unwrap_or(u16::MAX);
        }
        Self { syntax, class, special: special(syntax), in_words, words, first }
    }

    pub(super) fn has(&self, what: u32) -> bool {
        self.syntax.traits & what != 0
    }

    pub(super) fn class(&self, byte: u8) -> Class {
        self.class[usize::from(byte)]
    }

    pub(super) fn is_special(&self, byte: u8) -> bool {
        self.special[usize::from(byte)]
    }

    pub(super) fn in_word(&self, byte: u8) -> bool {
        self.in_words[usize::from(byte)]
    }

    /// What a word is; none if the language does not know it.
    pub(super) fn role(&self, word: &[u8]) -> Option<Role> {
        let folds = self.has(traits::FOLDS);
        let byte = *word.first()?;
        let byte = usize::from(if folds { byte.to_ascii_lowercase() } else { byte });
        let known = self.words.get(usize::from(self.first[byte])..usize::from(self.first[byte + 1]))?;
        let same = |known: &str| {
            known.len() == word.len()
                && if folds { known.as_bytes().eq_ignore_ascii_case(word) } else { known.as_bytes() == word }
        };
        known.iter().find(|(known, _)| same(known)).map(|(_, role)| *role)
    }
}

/// All words by their first byte; a word that is listed twice is what it is first.
fn words(syntax: &Syntax) -> Vec<(&'static str, Role)> {
    let lists = [
        (syntax.functions_after, Role::BeforeFunction),
        (syntax.types_after, Role::BeforeType),
        (syntax.keywords, Role::Keyword),
        (syntax.constants, Role::Constant),
        (syntax.types, Role::Type),
        (syntax.builtins, Role::Builtin),
    ];
    let mut words: Vec<(&str, Role)> =
        lists.into_iter().flat_map(|(list, role)| list.split_whitespace().map(move |word| (word, role))).collect();
    words.sort_by_key(|(word, _)| word.as_bytes()[0]);
    words
}

fn special(syntax: &Syntax) -> [bool; 256] {
    let mut special = [false; 256];
    let mut mark = |byte: Option<u8>| {
        if let Some(byte) = byte {
            special[usize::from(byte)] = true;
        }
    };
    for open in syntax.line_comments {
        let open = open.strip_prefix('^').unwrap_or(open);
        let first = open.bytes().next();
        mark(first);
        mark(first.map(|byte| byte.to_ascii_uppercase()).filter(|_| syntax.traits & traits::FOLDS != 0));
    }
    syntax.block_comments.iter().for_each(|(open, _)| mark(open.bytes().next()));
    syntax.texts.iter().for_each(|text| mark(text.open.bytes().next()));
    for (what, byte) in [
        (traits::TICKS, b'\''),
        (traits::TRANSPOSES, b'\''),
        (traits::REGEX, b'/'),
        (traits::HEREDOCS, b'<'),
        (traits::DOLLARS, b'$'),
        (traits::ANNOTATIONS | traits::AT_VARIABLES, b'@'),
        (traits::HASH_ATTRIBUTES | traits::PREPROCESSOR, b'#'),
        (traits::SYMBOLS, b':'),
        (traits::PERCENT_TEXTS | traits::PERCENT_VARIABLES, b'%'),
        (traits::ELEMENTS, b'<'),
        (traits::OPTIONS, b'-'),
        (traits::SIGILS, b'~'),
        (traits::DOT_WORDS, b'.'),
    ] {
        mark(Some(byte).filter(|_| syntax.traits & what != 0));
    }
    special
}
