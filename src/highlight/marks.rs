//! Marks that make something of the word behind them: `$name`, `@name`, `:name`, `#[…]`, `#include`, `<Name`, `--name`.

use super::code::{Before, Scanner};
use super::kind::Kind;
use super::syntax::traits;
use super::{is_blank, is_word};

impl Scanner<'_, '_> {
    /// What begins with this byte; false if nothing does.
    pub(super) fn mark(&mut self, byte: u8) -> bool {
        match byte {
            b'\'' if self.lexer.has(traits::TICKS) => self.tick(self.at),
            b'/' if self.lexer.has(traits::REGEX) => self.regex(),
            b'$' => self.lexer.has(traits::DOLLARS) && self.dollar(),
            b'@' => self.lexer.has(traits::ANNOTATIONS | traits::AT_VARIABLES) && self.at_sign(),
            b'#' => self.lexer.has(traits::HASH_ATTRIBUTES | traits::PREPROCESSOR) && self.hash(),
            b':' => self.lexer.has(traits::SYMBOLS) && self.symbol(),
            b'%' => self.lexer.has(traits::PERCENT_TEXTS | traits::PERCENT_VARIABLES) && self.percent(),
            b'<' => {
                self.lexer.has(traits::ELEMENTS) && self.element() || self.lexer.has(traits::HEREDOCS) && self.heredoc()
            }
            b'-' if self.lexer.has(traits::OPTIONS) => self.option(),
            b'~' => self.lexer.has(traits::SIGILS) && self.sigil(),
            b'.' => self.dot_word(),
            _ => false,
        }
    }

    fn name_end(&self, from: usize) -> usize {
        self.part.skip(from, is_word)
    }

    fn dollar(&mut self) -> bool {
        let (part, start) = (self.part, self.at);
        let next = part.byte(start + 1);
        let end = match next {
            b'{' => {
                let near = super::Part { end: part.end.min(start + 200), ..part };
                near.find(start, "}").map_or(start + 2, |end| end + 1)
            }
            // `$(CC)` of make; elsewhere a command in parentheses.
            b'(' if self.lexer.has(traits::LABELS) => {
                let close = part.skip(start + 2, |byte| is_word(byte) || matches!(byte, b'.' | b'-'));
                if part.byte(close) == b')' { close + 1 } else { start + 1 }
            }
            b'(' => start + 1,
            // `$1`, `$?`, `$_` and the like.
            b'?' | b'!' | b'@' | b'#' | b'*' | b'$' | b'&' | b'^' | b'<' => start + 2,
            _ => self.name_end(start + 1),
        };
        if end == start + 1 {
            return false;
        }
        self.value(Kind::Variable, start, end);
        true
    }

    fn at_sign(&mut self) -> bool {
        let (part, start) = (self.part, self.at);
        let from = start + 1 + usize::from(part.byte(start + 1) == b'@');
        let end = part.skip(from, |byte| is_word(byte) || matches!(byte, b'.' | b'-'));
        // A full stop behind it is none of it.
        let end = if part.byte(end - 1) == b'.' { end - 1 } else { end };
        if end <= from {
            return false;
        }
        if self.lexer.has(traits::AT_VARIABLES) {
            let end = self.name_end(from);
            self.value(Kind::Variable, start, end);
        } else {
            self.value(Kind::Attribute, start, end);
            self.before = Before::Line;
        }
        true
    }

    fn hash(&mut self) -> bool {
        let (part, start) = (self.part, self.at);
        if self.lexer.has(traits::HASH_ATTRIBUTES) {
            let open = start + 1 + usize::from(part.byte(start + 1) == b'!');
            if part.byte(open) != b'[' {
                return false;
            }
            let mut depth = 0_usize;
            let mut at = open;
            while at < part.end {
                match part.byte(at) {
                    b'[' => depth += 1,
                    b']' if depth <= 1 => break,
                    b']' => depth -= 1,
                    _ => {}
                }
                at += 1;
            }
            self.value(Kind::Attribute, start, (at + 1).min(part.end));
            self.before = Before::Line;
            return true;
        }
        if !self.line_start {
            return false;
        }
        let word = part.skip(start + 1, is_blank);
        let end = self.name_end(word);
        if end == word {
            return false;
        }
        self.value(Kind::Keyword, start, end);
        self.before = Before::Keyword;
        if matches!(part.bytes(word, end), b"include" | b"import") {
            let file = part.skip(end, is_blank);
            if part.byte(file) == b'<' {
                let close = part.line_end(file);
                let close = part.find(file, ">").filter(|at| *at < close).map_or(close, |at| at + 1);
                self.value(Kind::String, file, close);
            }
        }
        true
    }

    fn symbol(&mut self) -> bool {
        let (part, start) = (self.part, self.at);
        let last = if start > part.start { part.byte(start - 1) } else { b' ' };
        let end = part.skip(start + 1, |byte| is_word(byte) || self.lexer.in_word(byte));
        if end == start + 1 || part.byte(start + 1).is_ascii_digit() || last == b':' || is_word(last) {
            return false;
        }
        self.value(Kind::Constant, start, end);
        true
    }

    fn percent(&mut self) -> bool {
        let (part, start) = (self.part, self.at);
        if self.lexer.has(traits::PERCENT_VARIABLES) {
            let end = part.skip(start + 1, |byte| is_word(byte) || matches!(byte, b'~' | b'%' | b'.' | b'*'));
            if end == start + 1 {
                return false;
            }
            self.value(Kind::Variable, start, end);
            return true;
        }
        if !self.before.wants_value() {
            return false;
        }
        let letter = usize::from(matches!(part.byte(start + 1), b'w' | b'W' | b'q' | b'Q' | b'i' | b'I' | b'r' | b'x'));
        self.delimited(start, start + 1 + letter, 1)
    }

    fn sigil(&mut self) -> bool {
        let (part, start) = (self.part, self.at);
        let open = part.skip(start + 1, |byte| byte.is_ascii_alphabetic());
        open > start + 1 && open < start + 12 && self.delimited(start, open, 1)
    }

    /// `qw(…)`, `m/…/`, `s/…/…/` of Perl, when a word could be such an operator; false if it is none.
    pub(super) fn quote_word(&mut self, start: usize, end: usize) -> bool {
        let parts = match self.part.bytes(start, end) {
            b"q" | b"qq" | b"qw" | b"qr" | b"m" | b"qx" => 1,
            b"s" | b"tr" | b"y" => 2,
            _ => return false,
        };
        let arrow = self.before == Before::Byte(b'>') || self.part.has(self.part.skip(end, is_blank), "=>");
        !arrow && self.delimited(start, end, parts)
    }

    /// `<Name`, `</Name` and what closes them, in scripts with elements.
    fn element(&mut self) -> bool {
        let (part, start) = (self.part, self.at);
        let name = start + 1 + usize::from(part.byte(start + 1) == b'/');
        let fragment = part.byte(name) == b'>';
        if !part.byte(name).is_ascii_alphabetic() && !fragment || !self.before.wants_value() && name == start + 1 {
            return false;
        }
        let mut end = part.skip(name, |byte| is_word(byte) || matches!(byte, b'.' | b'-'));
        // `<T>(x: T)` is a parameter, and its list ends at once.
        if name == start + 1 && !fragment && matches!(part.byte(end), b',' | b'(') {
            return false;
        }
        if fragment || name > start + 1 && part.byte(end) == b'>' {
            end += 1;
        }
        self.value(Kind::Tag, start, end);
        self.before = Before::Byte(b'>');
        true
    }

    fn option(&mut self) -> bool {
        let (part, start) = (self.part, self.at);
        let last = if start > part.start { part.byte(start - 1) } else { b' ' };
        let end = part.skip(start, |byte| is_word(byte) || byte == b'-');
        if !matches!(last, b' ' | b'\t' | b'[' | b'(' | b'|')
            || end == start + 1
            || !part.byte(end - 1).is_ascii_alphanumeric()
        {
            return false;
        }
        self.value(Kind::Attribute, start, end);
        true
    }

    fn dot_word(&mut self) -> bool {
        let (start, end) = (self.at, self.name_end(self.at + 1));
        if !self.line_start || end == start + 1 || !self.lexer.has(traits::DOT_WORDS) {
            return false;
        }
        self.value(Kind::Keyword, start, end);
        true
    }
}
