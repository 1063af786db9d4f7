//! The scanner of all languages that are described by their words: one pass, every byte looked at a fixed number of times.

use super::kind::{Kind, Tokens};
use super::lexer::{Class, Lexer, Role};
use super::syntax::traits;
use super::{Part, is_word};

/// What the word that comes next is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    Nothing,
    Function,
    Type,
}

/// What stood last, blanks and comments left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// A line began.
    Line,
    /// A word of the language, behind which a value may stand.
    Keyword,
    /// A name, a number, a text.
    Value,
    /// This byte.
    Byte(u8),
}

impl Before {
    /// A value may stand here, so that `/` is no division.
    pub(super) fn wants_value(self) -> bool {
        !matches!(self, Self::Value | Self::Byte(b')' | b']' | b'}'))
    }
}

/// A scanner at a place.
pub(super) struct Scanner<'t, 'o> {
    pub(super) part: Part<'t>,
    pub(super) lexer: &'static Lexer,
    pub(super) out: &'o mut Tokens,
    pub(super) at: usize,
    pub(super) before: Before,
    names: Names,
    /// Only blanks stood on this line so far.
    pub(super) line_start: bool,
    /// The first word of a command may stand here.
    command: bool,
    /// The ends of texts that begin on the next line, and whether they may be indented.
    pub(super) heredocs: Vec<(&'t [u8], bool)>,
}

/// Scans a part in a language that is described by its words.
pub(super) fn scan(part: Part<'_>, lexer: &'static Lexer, out: &mut Tokens) {
    let mut scanner = Scanner {
        part,
        lexer,
        out,
        at: part.start,
        before: Before::Line,
        names: Names::Nothing,
        line_start: true,
        command: true,
        heredocs: vec![],
    };
    scanner.run();
}

impl Scanner<'_, '_> {
    fn run(&mut self) {
        while self.at < self.part.end {
            let byte = self.part.byte(self.at);
            if self.lexer.is_special(byte) {
                let from = self.at;
                if self.special(byte) {
                    debug_assert!(self.at > from);
                    self.line_start = false;
                    continue;
                }
            }
            match self.lexer.class(byte) {
                Class::Blank => self.at += 1,
                Class::LineFeed => self.line_feed(),
                Class::Word => self.word(),
                Class::Digit => self.number(),
                Class::Other => self.other(byte),
            }
        }
    }

    fn other(&mut self, byte: u8) {
        self.at += 1;
        self.before = Before::Byte(byte);
        self.line_start = false;
        // `$x = Get-Item` of PowerShell, which alone has commands and calls.
        self.command = matches!(byte, b';' | b'|' | b'&' | b'(' | b'{' | b'@')
            || byte == b'=' && self.lexer.has(traits::CALLS)
            || byte == b'!' && self.command;
        // `class {`, `fn(`: there is no name.
        if !matches!(byte, b'*' | b'&' | b'<' | b'\\') {
            self.names = Names::Nothing;
        }
    }

    fn line_feed(&mut self) {
        let continued = self.at > self.part.start && self.part.byte(self.at - 1) == b'\\';
        self.at += 1;
        if continued {
            return;
        }
        self.before = Before::Line;
        self.line_start = true;
        self.command = true;
        self.names = Names::Nothing;
        if !self.heredocs.is_empty() {
            self.heredoc_bodies();
        }
    }

    /// What begins with a byte that is special in this language; false if nothing does.
    fn special(&mut self, byte: u8) -> bool {
        self.comment() || self.text(byte) || self.mark(byte)
    }

    fn comment(&mut self) -> bool {
        let (part, at) = (self.part, self.at);
        for (open, close) in self.lexer.syntax.block_comments {
            if part.has(at, open) {
                self.at = self.comment_end(at + open.len(), open, close);
                self.out.push(Kind::Comment, at, self.at);
                return true;
            }
        }
        for open in self.lexer.syntax.line_comments {
            let (open, first) = open.strip_prefix('^').map_or((*open, false), |open| (open, true));
            if self.begins_comment(open, first) {
                self.at = part.line_end(at);
                self.out.push(Kind::Comment, at, self.at);
                return true;
            }
        }
        false
    }

    fn begins_comment(&self, open: &str, first: bool) -> bool {
        let (part, at) = (self.part, self.at);
        let bytes = part.bytes(at, (at + open.len()).min(part.end));
        if !bytes.eq_ignore_ascii_case(open.as_bytes())
            || !self.lexer.has(traits::FOLDS) && bytes != open.as_bytes()
            || first && !self.line_start
        {
            return false;
        }
        // `REM` is a word: `remove` is none.
        if open.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric) && is_word(part.byte(at + open.len())) {
            return false;
        }
        !self.lexer.has(traits::COMMENT_APART)
            || at == part.start
            || matches!(part.byte(at - 1), b' ' | b'\t' | b'\n' | b';' | b'(')
    }

    fn comment_end(&self, from: usize, open: &str, close: &str) -> usize {
        let part = self.part;
        if !self.lexer.has(traits::NESTED) {
            return part.find(from, close).map_or(part.end, |end| end + close.len());
        }
        let (mut at, mut depth) = (from, 1_usize);
        while at < part.end {
            if part.has(at, close) {
                at += close.len();
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            } else if part.has(at, open) {
                at += open.len();
                depth += 1;
            } else {
                at += 1;
            }
        }
        part.end
    }

    pub(super) fn value(&mut self, kind: Kind, start: usize, end: usize) {
        self.out.push(kind, start, end);
        self.at = end;
        self.before = Before::Value;
        self.names = Names::Nothing;
        self.command = false;
        self.line_start = false;
    }

    fn number(&mut self) {
        let end = super::numbers::end(self.part, self.at);
        self.value(Kind::Number, self.at, end);
    }

    fn word(&mut self) {
        let (part, start) = (self.part, self.at);
        let mut end = part.skip(start, |byte| self.lexer.in_word(byte));
        let next = part.byte(end);
        if self.prefixed_text(start, end, next) || self.lexer.has(traits::QUOTE_WORDS) && self.quote_word(start, end) {
            return;
        }
        // `empty?` and `save!` of Ruby; `a ? b : c` has a blank.
        if next == b'?' && self.lexer.has(traits::PERCENT_TEXTS | traits::SIGILS) {
            end += 1;
        }
        let word = part.bytes(start, end);
        let member = self.lexer.has(traits::MEMBERS)
            && self.before == Before::Byte(b'.')
            && start >= part.start + 2
            && part.byte(start - 2) != b'.';
        let role = if member { None } else { self.lexer.role(word) };
        let first = std::mem::take(&mut self.command);
        let names = std::mem::replace(&mut self.names, Names::Nothing);
        let head = self.before == Before::Byte(b'(') && self.lexer.has(traits::HEADS);
        let labels = self.line_start && self.lexer.has(traits::LABELS) && next == b':';
        self.line_start = false;
        self.at = end;
        self.before = Before::Value;
        if let Some(role) = role.filter(|_| names == Names::Nothing || self.lexer.role(word) != Some(Role::Builtin)) {
            return self.known(role, start, end, first);
        }
        let kind = match names {
            Names::Function => Some(Kind::Function),
            Names::Type => Some(Kind::Type),
            Names::Nothing if labels => Some(Kind::Attribute),
            Names::Nothing if head => Some(Kind::Function),
            Names::Nothing => self.guess(word, next, first, member),
        };
        if let Some(kind) = kind {
            self.out.push(kind, start, self.at);
        }
    }

    fn known(&mut self, role: Role, start: usize, end: usize, first: bool) {
        let kind = match role {
            Role::Keyword | Role::BeforeFunction | Role::BeforeType => Kind::Keyword,
            Role::Type => Kind::Type,
            Role::Constant => Kind::Constant,
            Role::Builtin => Kind::Function,
        };
        self.names = match role {
            Role::BeforeFunction => Names::Function,
            Role::BeforeType => Names::Type,
            _ => Names::Nothing,
        };
        if kind == Kind::Keyword {
            self.before = Before::Keyword;
            self.command = first && self.lexer.has(traits::COMMANDS) && leads(self.part.bytes(start, end));
        }
        self.out.push(kind, start, end);
    }

    /// What a word is that the language does not know, by how it looks and by what follows.
    fn guess(&mut self, word: &[u8], next: u8, first: bool, member: bool) -> Option<Kind> {
        let (part, lexer, at) = (self.part, self.lexer, self.at);
        if next == b'!' && lexer.has(traits::BANGS) && part.byte(at + 1) != b'=' {
            self.at += 1;
            return Some(Kind::Function);
        }
        if first && lexer.has(traits::COMMANDS) && next != b'=' {
            return Some(Kind::Function);
        }
        let capital = word.first().is_some_and(u8::is_ascii_uppercase);
        if capital && next == b'(' && member && lexer.has(traits::CALLS) {
            return Some(Kind::Function);
        }
        let shouted = word.len() > 1 && capital && !word.iter().any(u8::is_ascii_lowercase);
        if capital && !shouted && lexer.has(traits::CAPITALS) {
            return Some(Kind::Type);
        }
        if lexer.has(traits::CALLS) && (next == b'(' || next == b':' && part.has(at, "::<")) {
            return Some(Kind::Function);
        }
        if shouted && lexer.has(traits::SHOUTS) {
            return Some(Kind::Constant);
        }
        let behind = part.skip(at, super::is_blank);
        let key = match part.byte(behind) {
            b':' => part.byte(behind + 1) != b':',
            b'=' => !matches!(part.byte(behind + 1), b'=' | b'>' | b'~'),
            _ => false,
        };
        (key && lexer.has(traits::KEYS)).then_some(Kind::Attribute)
    }
}

/// Whether a command follows this word of a shell: `if grep -q`.
fn leads(word: &[u8]) -> bool {
    let words = ["then", "do", "else", "if", "elif", "while", "until", "time", "exec", "begin", "and", "or", "not"];
    words.into_iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
}
