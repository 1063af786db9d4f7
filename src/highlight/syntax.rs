//! How a language is described: its words, its comments, its texts, and its traits.

/// A language for the scanner in `code`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Syntax {
    /// What begins a comment up to the end of the line; with `^` in front only as the first thing on a line.
    pub(super) line_comments: &'static [&'static str],
    /// What begins and what ends a comment.
    pub(super) block_comments: &'static [(&'static str, &'static str)],
    /// Texts, the longer beginnings first.
    pub(super) texts: &'static [Text],
    /// Words that may stand right in front of a text, with spaces between; one with an `r` in it makes it raw.
    pub(super) prefixes: &'static str,
    /// What may stand in a word beside letters, digits and `_`.
    pub(super) in_words: &'static str,
    /// The words of the language, with spaces between.
    pub(super) keywords: &'static str,
    /// The types that are there without being declared.
    pub(super) types: &'static str,
    /// Values that are words.
    pub(super) constants: &'static str,
    /// Functions that are there without being declared.
    pub(super) builtins: &'static str,
    /// Keywords in front of the name of a function.
    pub(super) functions_after: &'static str,
    /// Keywords in front of the name of a type.
    pub(super) types_after: &'static str,
    /// The sum of some of the constants in [`traits`].
    pub(super) traits: u32,
}

/// One way to write a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) escape: Escape,
    /// It may reach over the end of the line.
    pub(super) lines: bool,
    /// What stands in it as code.
    pub(super) hole: Hole,
}

/// How the end of a text can stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// It cannot.
    None,
    /// Behind a backslash.
    Backslash,
    /// Behind a grave accent, as in PowerShell.
    Grave,
    /// Twice.
    Twice,
}

/// What stands in a text as code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hole {
    /// Nothing.
    None,
    /// `${…}` alone.
    DollarBrace,
    /// `$name`, `${…}` and `$(…)`.
    Dollar,
    /// `#{…}`.
    HashBrace,
    /// `{…}`.
    Brace,
    /// `\(…)`.
    Backslash,
}

/// What else is particular about a language.
pub(super) mod traits {
    /// A word in front of `(` is a function.
    pub(crate) const CALLS: u32 = 1;
    /// A word with a capital letter in front is a type.
    pub(crate) const CAPITALS: u32 = 1 << 1;
    /// A word in capital letters is a constant.
    pub(crate) const SHOUTS: u32 = 1 << 2;
    /// Capital and small letters are the same.
    pub(crate) const FOLDS: u32 = 1 << 3;
    /// `'` begins a character, or is a mark of its own.
    pub(crate) const TICKS: u32 = 1 << 4;
    /// `/…/` where a value may stand is a regular expression.
    pub(crate) const REGEX: u32 = 1 << 5;
    /// `<<END` begins a text on the next line.
    pub(crate) const HEREDOCS: u32 = 1 << 6;
    /// `$name` is a variable.
    pub(crate) const DOLLARS: u32 = 1 << 7;
    /// `@name` is an annotation.
    pub(crate) const ANNOTATIONS: u32 = 1 << 8;
    /// `@name` is a variable.
    pub(crate) const AT_VARIABLES: u32 = 1 << 9;
    /// `#[…]` is an annotation.
    pub(crate) const HASH_ATTRIBUTES: u32 = 1 << 10;
    /// A line whose first character is `#` is for the preprocessor.
    pub(crate) const PREPROCESSOR: u32 = 1 << 11;
    /// `name!` is a macro.
    pub(crate) const BANGS: u32 = 1 << 12;
    /// `:name` is a constant.
    pub(crate) const SYMBOLS: u32 = 1 << 13;
    /// `r#"…"#` is a raw text.
    pub(crate) const RAW_HASHES: u32 = 1 << 14;
    /// `R"x(…)x"` is a raw text.
    pub(crate) const RAW_PARENS: u32 = 1 << 15;
    /// `%w[…]` is a text.
    pub(crate) const PERCENT_TEXTS: u32 = 1 << 16;
    /// `qw(…)`, `m/…/`, `s/…/…/` are texts.
    pub(crate) const QUOTE_WORDS: u32 = 1 << 17;
    /// Behind a dot no word is a keyword.
    pub(crate) const MEMBERS: u32 = 1 << 18;
    /// The word behind `(` is a function.
    pub(crate) const HEADS: u32 = 1 << 19;
    /// A word in front of `:` or `=` is a key.
    pub(crate) const KEYS: u32 = 1 << 20;
    /// `<Name` and `</Name` where a value may stand are tags.
    pub(crate) const ELEMENTS: u32 = 1 << 21;
    /// Comments can stand in comments.
    pub(crate) const NESTED: u32 = 1 << 22;
    /// A comment needs a blank in front.
    pub(crate) const COMMENT_APART: u32 = 1 << 23;
    /// `'` behind a value is an operator.
    pub(crate) const TRANSPOSES: u32 = 1 << 24;
    /// The first word of a command is a function.
    pub(crate) const COMMANDS: u32 = 1 << 25;
    /// `--name` and `-n` are options.
    pub(crate) const OPTIONS: u32 = 1 << 26;
    /// `~r/…/` is a text.
    pub(crate) const SIGILS: u32 = 1 << 27;
    /// `%name` and `%name%` are variables.
    pub(crate) const PERCENT_VARIABLES: u32 = 1 << 28;
    /// `name:` at the start of a line is a label.
    pub(crate) const LABELS: u32 = 1 << 29;
    /// `.name` at the start of a line is a directive.
    pub(crate) const DOT_WORDS: u32 = 1 << 30;
    /// A backslash keeps a quote in a raw text, as in Python.
    pub(crate) const RAW_ESCAPES: u32 = 1 << 31;
}

/// A language without anything.
pub(super) const NOTHING: Syntax = Syntax {
    line_comments: &[],
    block_comments: &[],
    texts: &[],
    prefixes: "",
    in_words: "",
    keywords: "",
    types: "",
    constants: "",
    builtins: "",
    functions_after: "",
    types_after: "",
    traits: 0,
};

const fn text(open: &'static str, close: &'static str, escape: Escape, lines: bool, hole: Hole) -> Text {
    Text { open, close, escape, lines, hole }
}

/// `"…"` with backslashes, on one line.
pub(super) const DOUBLE: Text = text("\"", "\"", Escape::Backslash, false, Hole::None);
/// `'…'` with backslashes, on one line.
pub(super) const SINGLE: Text = text("'", "'", Escape::Backslash, false, Hole::None);
/// `"…"` with backslashes, over lines.
pub(super) const DOUBLE_LINES: Text = text("\"", "\"", Escape::Backslash, true, Hole::None);
/// `'…'` with backslashes, over lines.
pub(super) const SINGLE_LINES: Text = text("'", "'", Escape::Backslash, true, Hole::None);
/// `"…"` in which a quote is doubled.
pub(super) const DOUBLE_TWICE: Text = text("\"", "\"", Escape::Twice, false, Hole::None);
/// `'…'` in which a quote is doubled.
pub(super) const SINGLE_TWICE: Text = text("'", "'", Escape::Twice, true, Hole::None);
/// `'…'` without escapes, over lines.
pub(super) const SINGLE_RAW: Text = text("'", "'", Escape::None, true, Hole::None);
/// `` `…` `` without escapes, over lines.
pub(super) const GRAVE_RAW: Text = text("`", "`", Escape::None, true, Hole::None);
/// `` `…${…}` ``, as in JavaScript.
pub(super) const TEMPLATE: Text = text("`", "`", Escape::Backslash, true, Hole::DollarBrace);
/// `"…$name…"`, over lines.
pub(super) const DOUBLE_DOLLAR: Text = text("\"", "\"", Escape::Backslash, true, Hole::Dollar);
/// `'…$name…'`.
pub(super) const SINGLE_DOLLAR: Text = text("'", "'", Escape::Backslash, false, Hole::Dollar);
/// `"…#{…}"`, over lines.
pub(super) const DOUBLE_HASH: Text = text("\"", "\"", Escape::Backslash, true, Hole::HashBrace);
/// `"…\(…)"`.
pub(super) const DOUBLE_PAREN: Text = text("\"", "\"", Escape::Backslash, false, Hole::Backslash);
/// `"""…"""`.
pub(super) const TRIPLE: Text = text("\"\"\"", "\"\"\"", Escape::Backslash, true, Hole::None);
/// `'''…'''`.
pub(super) const TRIPLE_SINGLE: Text = text("'''", "'''", Escape::Backslash, true, Hole::None);
/// `"""…$name…"""`.
pub(super) const TRIPLE_DOLLAR: Text = text("\"\"\"", "\"\"\"", Escape::Backslash, true, Hole::Dollar);
/// `'''…$name…'''`.
pub(super) const TRIPLE_SINGLE_DOLLAR: Text = text("'''", "'''", Escape::Backslash, true, Hole::Dollar);
/// `"""…#{…}"""`.
pub(super) const TRIPLE_HASH: Text = text("\"\"\"", "\"\"\"", Escape::Backslash, true, Hole::HashBrace);
/// `"""…\(…)"""`.
pub(super) const TRIPLE_PAREN: Text = text("\"\"\"", "\"\"\"", Escape::Backslash, true, Hole::Backslash);
/// `"…`…"` as in PowerShell.
pub(super) const DOUBLE_GRAVE: Text = text("\"", "\"", Escape::Grave, true, Hole::Dollar);
/// `@"…"@` of PowerShell.
pub(super) const HERE_DOUBLE: Text = text("@\"", "\"@", Escape::None, true, Hole::Dollar);
/// `@'…'@` of PowerShell.
pub(super) const HERE_SINGLE: Text = text("@'", "'@", Escape::None, true, Hole::None);
/// `@"…"` of C#.
pub(super) const AT_TEXT: Text = text("@\"", "\"", Escape::Twice, true, Hole::None);
/// `$"…{…}"` of C#.
pub(super) const DOLLAR_TEXT: Text = text("$\"", "\"", Escape::Backslash, false, Hole::Brace);
/// `[[…]]` of Lua.
pub(super) const BRACKETS: Text = text("[[", "]]", Escape::None, true, Hole::None);
/// `''…${…}''` of Nix.
pub(super) const NIX_LINES: Text = text("''", "''", Escape::None, true, Hole::DollarBrace);
/// `"…${…}"`, over lines.
pub(super) const DOUBLE_BRACE: Text = text("\"", "\"", Escape::Backslash, true, Hole::DollarBrace);
/// `{|…|}` of OCaml.
pub(super) const BAR_TEXT: Text = text("{|", "|}", Escape::None, true, Hole::None);
