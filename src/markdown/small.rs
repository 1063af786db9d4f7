//! The small things inside a line: `==mark==`, `H~2~O`, `x^2^`, `++Ctrl+K++`, `:smile:`, abbreviations.
//!
//! Each is recognised so narrowly that prose does not stumble over it: `3~5 天`, `C++`, `10:30`, `a == b` and `(^_^)` stay
//! as they are. A backslash before a mark makes it text, as everywhere in Markdown.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use pulldown_cmark::Event;

use super::cjk::is_cjk;
use super::escape;
use super::writer::{Open, Writer};

/// The longest text of an index, of keys and of a short code.
const LONGEST: usize = 60;

/// Abbreviations of a page.
#[derive(Debug, Default)]
pub(super) struct Abbreviations {
    finder: Option<AhoCorasick>,
    long: Vec<String>,
}

impl Abbreviations {
    /// The longest of several that begin at one place is meant.
    pub(super) fn new(pairs: &[(&str, &str)]) -> Self {
        if pairs.is_empty() {
            return Self::default();
        }
        let finder =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(pairs.iter().map(|(short, _)| short));
        Self { finder: finder.ok(), long: pairs.iter().map(|(_, long)| (*long).to_owned()).collect() }
    }
}

/// Whether a small thing may begin with a character.
fn begins(byte: u8) -> bool {
    matches!(byte, b'=' | b'~' | b'^' | b'+' | b':')
}

/// A text of the parser and which of its characters the author took the meaning from.
pub(super) struct Piece<'t> {
    text: &'t str,
    /// There is a character in it with which a small thing may begin.
    marked: bool,
    escaped: Vec<usize>,
    /// The place in the author's text.
    place: Range<usize>,
}

impl<'t> Piece<'t> {
    /// `source` is what the author wrote for `text`; `before` is what stands before it.
    pub(super) fn new(text: &'t str, source: &str, before: &str, place: Range<usize>) -> Self {
        let mut escaped = vec![];
        let bytes = text.as_bytes();
        let marked = memchr::memchr3(b'=', b'~', b'^', bytes).or_else(|| memchr::memchr2(b'+', b':', bytes)).is_some();
        if marked {
            let backslashes = before.len() - before.trim_end_matches('\\').len();
            // A character behind a backslash stands for itself, also where it is another backslash.
            let first = text.chars().next().filter(|c| backslashes % 2 == 1 && source.starts_with(*c));
            let start = first.map_or(0, char::len_utf8);
            if start > 0 {
                escaped.push(0);
            }
            if source != text {
                find_escaped(text, source, start, &mut escaped);
            }
        }
        Self { text, marked, escaped, place }
    }

    fn is_mark(&self, at: usize) -> bool {
        self.text[at..].starts_with("==")
            && !self.text[at + 2..].starts_with('=')
            && !self.text[..at].ends_with('=')
            && self.means(at)
    }

    /// The character stands for more than itself.
    fn means(&self, at: usize) -> bool {
        self.escaped.binary_search(&at).is_err()
    }

    /// A `==` that ends a mark, behind `from`.
    fn closing(&self, from: usize) -> Option<usize> {
        let mut all = self.text[from..].match_indices("==").map(|(at, _)| from + at);
        all.find(|at| *at > from && self.is_mark(*at) && !self.text[..*at].ends_with(char::is_whitespace))
    }
}

/// How a `&` can be written that is no reference.
const AMPERSANDS: [&str; 4] = ["&amp;", "&AMP;", "&#38;", "&#x26;"];

/// Walks along the text and its source from a byte at which they are still the same: what a backslash or a character reference made is escaped.
fn find_escaped(text: &str, source: &str, start: usize, escaped: &mut Vec<usize>) {
    let (mut at, mut rest) = (start, source.get(start..).unwrap_or_default());
    while let Some(c) = text[at..].chars().next() {
        if let Some(behind) = rest.strip_prefix('\\').filter(|behind| behind.starts_with(c) && c.is_ascii_punctuation())
        {
            escaped.push(at);
            rest = &behind[1..];
        } else if let Some(behind) =
            AMPERSANDS.iter().find_map(|written| rest.strip_prefix(written)).filter(|_| c == '&')
        {
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix(c) {
            rest = behind;
        } else if let Some(behind) = smart(c).and_then(|written| rest.strip_prefix(written)) {
            rest = behind;
        } else if rest.starts_with('&')
            && let Some(end) = rest.find(';')
        {
            escaped.push(at);
            rest = &rest[end + 1..];
        } else {
            return;
        }
        at += c.len_utf8();
    }
}

/// What the parser makes such a character of in smart punctuation.
fn smart(c: char) -> Option<&'static str> {
    Some(match c {
        '“' | '”' => "\"",
        '‘' | '’' => "'",
        '–' => "--",
        '—' => "---",
        '…' => "...",
        _ => return None,
    })
}

impl Writer<'_> {
    /// Writes a part of a text with the small things in it.
    pub(super) fn small(&mut self, piece: &Piece<'_>, part: Range<usize>) {
        if !piece.marked {
            self.say_short(&piece.text[part]);
            return;
        }
        let bytes = piece.text.as_bytes();
        let (mut from, mut at) = (part.start, part.start);
        while at < part.end {
            let byte = bytes[at];
            if !begins(byte) || !piece.means(at) {
                at += 1;
                continue;
            }
            let before = piece.text[from..at].chars().next_back();
            let before = before.or_else(|| self.prose.last());
            let rest = &piece.text[at..part.end];
            let found = match byte {
                b'=' if piece.is_mark(at) => {
                    self.say_short(&piece.text[from..at]);
                    from = at;
                    self.mark(piece, at, before).then_some(2)
                }
                b'~' => index(rest, '~').filter(|_| before.is_some_and(is_base_of_subscript)),
                b'^' => index(rest, '^').filter(|_| before.is_some_and(is_base)),
                b'+' => keys(rest).filter(|_| before.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '+')),
                b':' => short_code(rest).filter(|_| before.is_none_or(|c| !c.is_ascii_alphanumeric() && c != ':')),
                _ => None,
            };
            let Some(length) = found else {
                at += 1;
                continue;
            };
            if byte != b'=' {
                self.say_short(&piece.text[from..at]);
                self.write_small(byte, &rest[..length]);
            }
            at += length;
            from = at;
        }
        self.say_short(&piece.text[from.min(part.end)..part.end]);
    }

    fn write_small(&mut self, byte: u8, written: &str) {
        let inner = written.trim_matches(char::from(byte));
        match byte {
            b'~' => self.element("<sub>", inner, "</sub>"),
            b'^' => self.element("<sup>", inner, "</sup>"),
            b'+' => {
                for (number, key) in inner.split('+').enumerate() {
                    if number > 0 {
                        self.say("+");
                    }
                    self.element("<kbd>", key, "</kbd>");
                }
            }
            _ => self.say(emojis::get_by_shortcode(inner).map_or(written, emojis::Emoji::as_str)),
        }
    }

    fn element(&mut self, start: &str, text: &str, end: &str) {
        self.tag(start);
        self.say(text);
        self.tag(end);
    }

    /// Begins or ends a mark at `at`; false if it is no mark.
    fn mark(&mut self, piece: &Piece<'_>, at: usize, before: Option<char>) -> bool {
        let behind = piece.text[at + 2..].chars().next();
        if matches!(self.open.last(), Some(Open::Mark)) {
            let ends = before.is_some_and(|c| !c.is_whitespace());
            if ends {
                self.end();
            }
            return ends;
        }
        // Between two letters of a word it is a comparison.
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, ')' | ']' | '_'));
        let begins = behind.is_none_or(|c| !c.is_whitespace()) && !(word(before) && word(behind));
        if !begins || piece.place.start + at < self.no_mark_before || !self.is_closed(piece, at + 2) {
            return false;
        }
        self.tag("<mark>");
        self.open.push(Open::Mark);
        true
    }

    /// Whether a `==` follows in the same element. What was searched in vain is not searched again.
    fn is_closed(&mut self, piece: &Piece<'_>, from: usize) -> bool {
        if from == piece.text.len() && !matches!(self.events.peek(0), Some((Event::Start(_) | Event::Code(_), _))) {
            return false;
        }
        if piece.closing(from).is_some() {
            return true;
        }
        let (mut depth, mut n) = (0_usize, 0);
        while let Some((event, range)) = self.events.peek(n) {
            let range = range.clone();
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => {
                    self.no_mark_before = range.end;
                    return false;
                }
                Event::End(_) => depth -= 1,
                Event::Text(text) if depth == 0 && text.contains("==") => {
                    let text = text.clone();
                    let source = self.events.slice(range.clone());
                    let before = self.events.slice(0..range.start);
                    let next = Piece::new(&text, source, before, range);
                    let at_start = next.is_mark(0) && !before.ends_with(char::is_whitespace);
                    if at_start || next.closing(0).is_some() {
                        return true;
                    }
                }
                _ => {}
            }
            n += 1;
        }
        self.no_mark_before = usize::MAX;
        false
    }

    /// Writes a text, its abbreviations explained.
    fn say_short(&mut self, text: &str) {
        let Some(finder) = self.abbreviations.finder.take() else { return self.say(text) };
        let mut from = 0;
        for found in finder.find_iter(text) {
            let word = |c: char| c.is_ascii_alphanumeric();
            let edges = [
                (text[..found.start()].chars().next_back(), text[found.range()].chars().next()),
                (text[found.end()..].chars().next(), text[found.range()].chars().next_back()),
            ];
            if edges.into_iter().any(|(outside, inside)| outside.is_some_and(word) && inside.is_some_and(word)) {
                continue;
            }
            self.say(&text[from..found.start()]);
            let long = self.abbreviations.long.get(found.pattern().as_usize()).map_or("", String::as_str);
            self.body.html.push_str("<abbr");
            escape::named(&mut self.body.html, "title", long);
            self.body.html.push('>');
            self.say(&text[found.range()]);
            self.body.html.push_str("</abbr>");
            from = found.end();
        }
        self.say(&text[from..]);
        self.abbreviations.finder = Some(finder);
    }
}

/// What an upper index can stand at.
fn is_base(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ')' | '）' | ']' | '}' | '°')
}

/// What a lower index can stand at: `3~5` is a range, and `约3~5天，8~10天` two of them.
fn is_base_of_subscript(c: char) -> bool {
    is_base(c) && !c.is_ascii_digit() && !is_cjk(c)
}

/// The length of `~2~` or `^2+^` with its marks: letters and digits, with a sign at one end.
fn index(text: &str, mark: char) -> Option<usize> {
    let inner = text.strip_prefix(mark)?;
    let end = inner.get(..LONGEST.min(inner.len())).unwrap_or(inner).find(mark)?;
    let content = &inner[..end];
    let sign = |c: char| matches!(c, '+' | '-' | '−' | '–' | '*' | '′' | '†');
    let core = content.trim_start_matches(sign).trim_end_matches(sign);
    // `x^2+y^2` is a formula of its own, and `x^n+1^` ends before what is no letter.
    let ends = !inner[end + 1..].starts_with(|c: char| c.is_alphanumeric() && !is_cjk(c));
    let part = |c: char| c.is_alphanumeric() && !is_cjk(c) || matches!(c, '.' | '(' | ')' | '=') || ends && sign(c);
    let fine = core.chars().all(part) && core.contains(char::is_alphanumeric) || core.is_empty();
    (!content.is_empty() && fine && !inner[end + 1..].starts_with(mark)).then_some(end + 2)
}

/// The length of `++Ctrl+K++` with its marks: names of letters and digits, or single signs.
fn keys(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("++")?;
    let end = inner.find("++").filter(|end| *end <= LONGEST)?;
    let is_key = |key: &str| {
        let mut letters = key.chars();
        match (letters.next(), letters.next()) {
            (Some(c), None) => c.is_alphanumeric() || !c.is_whitespace() && !is_cjk(c),
            (Some(_), Some(_)) => key.chars().all(char::is_alphanumeric),
            _ => false,
        }
    };
    inner[..end].split('+').all(is_key).then_some(end + 4)
}

/// The length of `:smile:` if it is the short code of an emoji.
fn short_code(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(':')?;
    let end = inner.bytes().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || b"_+-".contains(b)).count();
    let code = inner.get(..end).filter(|code| !code.is_empty() && inner[end..].starts_with(':'))?;
    emojis::get_by_shortcode(code).map(|_| end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_prose_holds_is_no_small_thing() {
        for text in ["~5天，8~", "~~x~~", "~ a~", "~a b~", "~"] {
            assert_eq!(index(text, '~'), None, "{text}");
        }
        assert_eq!((index("~2~O", '~'), index("^2+^", '^'), index("^th^ x", '^')), (Some(3), Some(4), Some(4)));
        for text in ["^2+y^2", "^^", "^_^", "^2 + y^"] {
            assert_eq!(index(text, '^'), None, "{text}");
        }
        for text in ["++", "++ a ++", "++i; ++", "+++++", "++a b++", "++，++x"] {
            assert!(keys(text).is_none_or(|length| length == 5), "{text}");
        }
        assert_eq!((keys("++Ctrl+K++"), keys("++⌘+/++"), keys("++a++ x")), (Some(10), Some(9), Some(5)));
        assert_eq!(
            (short_code(":smile: "), short_code(":30:"), short_code("::"), short_code(":没:")),
            (Some(7), None, None, None)
        );
    }

    #[test]
    fn escaped_characters_are_found() {
        let mut escaped = vec![];
        find_escaped("==a& ==b", "\\==a&amp; &equals;=b", 0, &mut escaped);
        assert_eq!(escaped, [0, 5]);
        let piece = Piece::new("\\:a:", "\\\\:a\\:", "\\", 0..0);
        assert_eq!(piece.escaped, [0, 1, 3]);
    }
}
