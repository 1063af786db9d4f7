//! Texts in code: quoted, raw, with code in them, and those that begin on the next line.

use super::code::{Before, Scanner};
use super::kind::Kind;
use super::syntax::{Escape, Hole, Text, traits};
use super::{Part, is_word};

/// Farther than this nobody looks for the end of a regular expression.
const FARTHEST: usize = 1000;

impl<'t> Scanner<'t, '_> {
    /// A text that begins here; false if none does.
    pub(super) fn text(&mut self, byte: u8) -> bool {
        if byte == b'\'' && self.lexer.has(traits::TRANSPOSES) && self.is_transposed() {
            self.at += 1;
            return true;
        }
        let texts = self.lexer.syntax.texts;
        match texts.iter().find(|text| self.part.has(self.at, text.open)) {
            Some(text) => {
                self.quoted(text, self.at, text.escape);
                true
            }
            None => false,
        }
    }

    fn is_transposed(&self) -> bool {
        let last = if self.at > self.part.start { self.part.byte(self.at - 1) } else { 0 };
        is_word(last) || matches!(last, b')' | b']' | b'}' | b'\'' | b'.')
    }

    /// A word in front of a text that belongs to it; false if it does not.
    pub(super) fn prefixed_text(&mut self, start: usize, end: usize, next: u8) -> bool {
        if !matches!(next, b'"' | b'\'' | b'#' | b'`') || end - start > 4 {
            return false;
        }
        let (part, lexer) = (self.part, self.lexer);
        let word = part.bytes(start, end);
        if next == b'"' && word.ends_with(b"R") && lexer.has(traits::RAW_PARENS) {
            return self.raw_parens(start, end);
        }
        if word.ends_with(b"r") && lexer.has(traits::RAW_HASHES) && matches!(next, b'"' | b'#') {
            return self.raw_hashes(start, end);
        }
        if !lexer.syntax.prefixes.split(' ').any(|prefix| prefix.as_bytes().eq_ignore_ascii_case(word)) {
            return false;
        }
        if next == b'\'' && lexer.has(traits::TICKS) {
            self.at = end;
            return self.tick(start);
        }
        let Some(text) = lexer.syntax.texts.iter().find(|text| part.has(end, text.open)) else { return false };
        let raw = word.iter().any(|byte| matches!(byte, b'r' | b'R')) && !lexer.has(traits::RAW_ESCAPES);
        let holes = word.iter().any(|byte| matches!(byte, b'f' | b'F' | b's'));
        let hole = if holes { if word == b"s" { Hole::Dollar } else { Hole::Brace } } else { text.hole };
        let own = Text { hole, ..*text };
        self.out.push(Kind::String, start, end);
        self.quoted(&own, end, if raw { Escape::None } else { text.escape });
        true
    }

    /// `r#"…"#`: as many `#` behind as in front.
    fn raw_hashes(&mut self, start: usize, end: usize) -> bool {
        let part = self.part;
        let open = part.skip(end, |byte| byte == b'#');
        if part.byte(open) != b'"' {
            return false;
        }
        let hashes = open - end;
        let mut at = open + 1;
        loop {
            let Some(quote) = part.find(at, "\"") else { break at = part.end };
            at = part.skip(quote + 1, |byte| byte == b'#').min(quote + 1 + hashes);
            if at == quote + 1 + hashes {
                break;
            }
        }
        self.value(Kind::String, start, at);
        true
    }

    /// `R"x(…)x"`.
    fn raw_parens(&mut self, start: usize, end: usize) -> bool {
        let part = self.part;
        let open = part.skip(end + 1, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if part.byte(open) != b'(' || open - end > 17 {
            return false;
        }
        let Some(name) = part.text.get(end + 1..open) else { return false };
        let close = format!("){name}\"");
        let at = part.find(open, &close).map_or(part.end, |at| at + close.len());
        self.value(Kind::String, start, at);
        true
    }

    /// A text whose quote stands at `start`, with the code in it.
    fn quoted(&mut self, text: &Text, start: usize, escape: Escape) {
        let part = self.part;
        let close = text.close.as_bytes().first().copied().unwrap_or(b'"');
        let (mut from, mut at) = (start, start + text.open.len());
        while at < part.end {
            let byte = part.byte(at);
            if byte == close && part.has(at, text.close) {
                if escape == Escape::Twice && part.has(at + text.close.len(), text.close) {
                    at += 2 * text.close.len();
                    continue;
                }
                at += text.close.len();
                break;
            }
            match byte {
                b'\n' if !text.lines => break,
                b'\\'
                    if escape == Escape::Backslash && !(text.hole == Hole::Backslash && part.byte(at + 1) == b'(') =>
                {
                    at += 2;
                }
                b'`' if escape == Escape::Grave => at += 2,
                b'{' if text.hole == Hole::Brace && part.byte(at + 1) == b'{' => at += 2,
                b'$' | b'#' | b'{' | b'\\' => match hole(part, at, text.hole) {
                    Some((inner, end)) => {
                        self.out.push(Kind::String, from, at);
                        self.hole(at, inner, end);
                        (from, at) = (end, end);
                    }
                    None => at += 1,
                },
                _ => at += 1,
            }
        }
        // An escape may have led over the end.
        let end = at.min(part.end);
        self.value(Kind::String, from, end);
    }

    /// The code in a text; what is too deep is a variable as a whole.
    fn hole(&mut self, start: usize, inner: usize, end: usize) {
        let simple = inner == start + 1 && self.part.byte(start) == b'$';
        match self.part.inner(inner, end.saturating_sub(1)).filter(|_| !simple) {
            Some(part) => {
                self.out.push(Kind::Variable, start, inner);
                super::code::scan(part, self.lexer, self.out);
                self.out.push(Kind::Variable, end - 1, end);
            }
            None => self.out.push(Kind::Variable, start, end),
        }
    }

    /// `'c'`, or a mark such as the lifetime `'a`. What is in front of it, from `start`, belongs to it.
    pub(super) fn tick(&mut self, start: usize) -> bool {
        let (part, at) = (self.part, self.at);
        let first = part.byte(at + 1);
        let end = if first == b'\\' {
            let limit = (at + 12).min(part.end);
            (at + 3..limit).find(|end| part.byte(*end) == b'\'')
        } else {
            let width = match first {
                0..0x80 => 1,
                0x80..0xE0 => 2,
                0xE0..0xF0 => 3,
                _ => 4,
            };
            Some(at + 1 + width).filter(|end| first != b'\n' && first != b'\'' && part.byte(*end) == b'\'')
        };
        match end {
            Some(end) => self.value(Kind::String, start, end + 1),
            None => {
                let end = part.skip(at + 1, |byte| is_word(byte) && byte.is_ascii());
                if end > at + 1 && (self.before != Before::Value || at > part.start && !is_word(part.byte(at - 1))) {
                    self.value(Kind::Attribute, at, end);
                } else {
                    self.at = end.max(at + 1);
                }
            }
        }
        true
    }

    /// `/…/` on one line; false if it is a division.
    pub(super) fn regex(&mut self) -> bool {
        let (part, start) = (self.part, self.at);
        if !self.before.wants_value() || matches!(part.byte(start + 1), b' ' | b'=' | b'/' | b'*') {
            return false;
        }
        let (mut at, mut in_class) = (start + 1, false);
        let limit = part.end.min(start + FARTHEST);
        while at < limit {
            match part.byte(at) {
                b'\n' => return false,
                b'\\' => at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => {
                    let end = part.skip(at + 1, |byte| byte.is_ascii_alphabetic());
                    self.value(Kind::String, start, end);
                    return true;
                }
                _ => {}
            }
            at += 1;
        }
        false
    }

    /// A text between delimiters of the author's choice: `%w[…]`, `q(…)`, `s/…/…/`, `~r/…/`; `open` is where the first
    /// stands, `parts` how many there are.
    pub(super) fn delimited(&mut self, start: usize, open: usize, parts: usize) -> bool {
        let part = self.part;
        let first = part.byte(open);
        if is_word(first) || matches!(first, 0 | b' ' | b'\n' | b'\t' | b'=' | b',' | b';' | b')' | b'}' | b'>' | b'.')
        {
            return false;
        }
        let close = match first {
            b'(' => b')',
            b'[' => b']',
            b'{' => b'}',
            b'<' => b'>',
            other => other,
        };
        let (mut at, mut depth, mut left) = (open + 1, 1_usize, parts);
        let limit = part.end.min(open + FARTHEST);
        while at < limit {
            let byte = part.byte(at);
            if byte == b'\\' {
                at += 1;
            } else if byte == close {
                depth -= 1;
                if depth == 0 {
                    left -= 1;
                    if left == 0 {
                        let end = part.skip(at + 1, |byte| byte.is_ascii_alphabetic());
                        self.value(Kind::String, start, end);
                        return true;
                    }
                    // `s{…}{…}` has two pairs, `s/…/…/` three marks.
                    depth = usize::from(close == first);
                }
            } else if byte == first {
                depth += 1;
            }
            at += 1;
        }
        false
    }

    /// `<<END`, `<<-END`, `<<~'END'`, `<<<END`: notes the end of the text, which begins on the next line.
    pub(super) fn heredoc(&mut self) -> bool {
        let (part, start) = (self.part, self.at);
        if part.has(start, "<<<") && self.lexer.has(traits::COMMANDS) {
            self.at += 3;
            self.before = Before::Byte(b'<');
            return true;
        }
        let Some(at) = ["<<<", "<<"].into_iter().find(|open| part.has(start, open)).map(|open| start + open.len())
        else {
            return false;
        };
        let indented = matches!(part.byte(at), b'-' | b'~');
        let at = at + usize::from(indented);
        let quote = Some(part.byte(at)).filter(|byte| matches!(byte, b'"' | b'\''));
        let name = at + usize::from(quote.is_some());
        let end = part.skip(name, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let capital = part.byte(name).is_ascii_uppercase() || quote.is_some();
        let shell = self.lexer.has(traits::COMMANDS);
        if end == name || end - name > 60 || !capital && !shell {
            return false;
        }
        if quote.is_some_and(|quote| part.byte(end) != quote) {
            return false;
        }
        self.heredocs.push((part.bytes(name, end), indented || part.has(start, "<<<")));
        self.value(Kind::String, start, end + usize::from(quote.is_some()));
        true
    }

    /// The texts that were announced on the line above.
    pub(super) fn heredoc_bodies(&mut self) {
        let part = self.part;
        for (name, indented) in std::mem::take(&mut self.heredocs) {
            let start = self.at;
            let mut at = start;
            while at < part.end {
                let end = part.line_end(at);
                let line = part.bytes(at, end);
                let line = if indented { line.trim_ascii_start() } else { line };
                let line = line.trim_ascii_end();
                let line = line.strip_suffix(b";").or_else(|| line.strip_suffix(b",")).unwrap_or(line);
                at = (end + 1).min(part.end);
                if line == name {
                    at = end;
                    break;
                }
            }
            self.out.push(Kind::String, start, at);
            self.at = at;
        }
    }
}

/// The code at an offset inside a text: where its inside begins, and its end.
fn hole(part: Part<'_>, at: usize, hole: Hole) -> Option<(usize, usize)> {
    let (byte, next) = (part.byte(at), part.byte(at + 1));
    match (hole, byte, next) {
        (Hole::Dollar | Hole::DollarBrace, b'$', b'{') | (Hole::HashBrace, b'#', b'{') => {
            closing(part, at + 1, b'{', b'}').map(|end| (at + 2, end))
        }
        (Hole::Dollar, b'$', b'(') | (Hole::Backslash, b'\\', b'(') => {
            closing(part, at + 1, b'(', b')').map(|end| (at + 2, end))
        }
        (Hole::Dollar, b'$', _) if next.is_ascii_alphabetic() || next == b'_' => {
            Some((at + 1, part.skip(at + 1, |byte| byte.is_ascii_alphanumeric() || byte == b'_')))
        }
        (Hole::Brace, b'{', _) if next != b'{' => closing(part, at, b'{', b'}').map(|end| (at + 1, end)),
        _ => None,
    }
}

/// The offset behind the bracket that closes the one at `at`, if it is near.
fn closing(part: Part<'_>, at: usize, open: u8, close: u8) -> Option<usize> {
    let limit = part.end.min(at + FARTHEST);
    let mut depth = 0_usize;
    for place in at..limit {
        let byte = part.byte(place);
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(place + 1);
            }
        }
    }
    None
}
