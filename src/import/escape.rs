//! Words -> one line of Markdown: escapes, and the marks of strong words, links, pictures and footnotes.

use super::ink::is_ink;
use super::words::{Mark, Meaning, Words};

/// How careful the writer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// Marks are kept, and only what could mean something is escaped.
    Nice,
    /// Words, pictures and footnotes alone, with every sign escaped.
    Safe,
}

/// The Markdown of some words. `up` leads from the page to the folder where pictures stand; `line_end` stands for a
/// line that the source ends inside a paragraph.
pub(crate) fn inline(words: &Words, care: Care, up: &str, line_end: &str) -> String {
    guarded(bare(words, care, up, line_end))
}

/// The same where a block has begun already, so that nothing at its beginning can be taken for the mark of one.
pub(crate) fn bare(words: &Words, care: Care, up: &str, line_end: &str) -> String {
    let kept = |mark: &&Mark| care == Care::Nice || matches!(mark.meaning, Meaning::Image(_) | Meaning::Note(_));
    let mut marks: Vec<&Mark> = words.marks.iter().filter(kept).collect();
    marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
    let mut out = String::with_capacity(words.text.len() + 16);
    let mut marks = marks.into_iter().peekable();
    span(words, 0, words.text.len(), &mut marks, &Style { care, up, line_end, depth: 0 }, &mut out);
    out
}

struct Style<'a> {
    care: Care,
    up: &'a str,
    line_end: &'a str,
    depth: u8,
}

type Marks<'a> = std::iter::Peekable<std::vec::IntoIter<&'a Mark>>;

/// Writes the words from one byte to another with the marks that lie inside; one that crosses an end is cut there.
fn span(words: &Words, start: usize, end: usize, marks: &mut Marks, style: &Style, out: &mut String) {
    let mut at = start;
    let text = |from: usize, to: usize| plain(words.text.get(from..to).unwrap_or_default(), style.care, style.line_end);
    while let Some(mark) = marks.next_if(|mark| mark.start < end || mark.start == end && mark.start == mark.end) {
        let from = mark.start.max(at);
        let to = mark.end.min(end).max(from);
        out.push_str(&text(at, from));
        at = to;
        let raw = words.text.get(from..to).unwrap_or_default();
        if let Some((before, after)) = around(mark, raw, style) {
            out.push_str(&before);
            if matches!(mark.meaning, Meaning::Code | Meaning::Image(_)) {
                while marks.next_if(|inner| inner.end <= to && inner.start < to).is_some() {}
                out.push_str(&if mark.meaning == Meaning::Code { one_line(raw) } else { text(from, to) });
            } else {
                span(words, from, to, marks, &Style { depth: style.depth + 1, ..*style }, out);
            }
            out.push_str(&after);
        } else {
            span(words, from, to, marks, &Style { depth: style.depth + 1, ..*style }, out);
        }
    }
    out.push_str(&text(at, end));
}

/// What stands around the words of a mark; none if they are better left alone.
fn around(mark: &Mark, raw: &str, style: &Style) -> Option<(String, String)> {
    let fits = raw.contains(is_ink)
        && !raw.starts_with(char::is_whitespace)
        && !raw.ends_with(char::is_whitespace)
        && style.depth < 8;
    let both = |sign: &str| fits.then(|| (sign.to_owned(), sign.to_owned()));
    match &mark.meaning {
        Meaning::Strong => both("**"),
        Meaning::Emphasis => both("*"),
        Meaning::Code => {
            let longest = raw.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest + 1);
            let space = if raw.starts_with('`') || raw.ends_with('`') { " " } else { "" };
            fits.then(|| (format!("{fence}{space}"), format!("{space}{fence}")))
        }
        Meaning::Link(to) => fits.then(|| ("[".to_owned(), format!("](<{}>)", address(to)))),
        Meaning::Image(to) => {
            let outside = to.contains("://");
            let path = if outside { address(to) } else { format!("{}{}", style.up, crate::paths::encode(to)) };
            Some(("![".to_owned(), format!("](<{path}>)")))
        }
        Meaning::Note(name) => Some((format!("[^{name}]"), String::new())),
    }
}

fn address(to: &str) -> String {
    to.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E")
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| is_ink(*c) || *c == ' ').collect()
}

/// A text with its signs escaped, on one line; white space becomes single spaces, control characters are left out.
pub(crate) fn plain(text: &str, care: Care, line_end: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut address_until = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        if care == Care::Nice && address_until <= at && (c == 'h' || c == 'H') {
            address_until = at + address_length(text.get(at..).unwrap_or_default());
        }
        match c {
            '\n' => out.push_str(line_end),
            // A space of another width is a word's own; all others are one.
            '\u{3000}' | '\u{a0}' => out.push(c),
            c if c.is_whitespace() => {
                if !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            c if !is_ink(c) => continue,
            c if c.is_ascii_punctuation() => {
                let escaped = care == Care::Safe || escapes(c, before, rest, at < address_until);
                if escaped {
                    out.push('\\');
                }
                out.push(c);
            }
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

/// The bytes of a web address at the start of a text; 0 if there is none.
fn address_length(text: &str) -> usize {
    let lower = text.get(..8).or_else(|| text.get(..7)).unwrap_or_default().to_ascii_lowercase();
    if !lower.starts_with("http://") && !lower.starts_with("https://") {
        return 0;
    }
    text.find(|c: char| !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '*' | '[' | ']')).unwrap_or(text.len())
}

/// Whether Markdown could take a sign inside a line for its own.
fn escapes(c: char, before: Option<char>, rest: &str, in_address: bool) -> bool {
    let next = rest.chars().next();
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '$' | '^' | '{' | '}' => true,
        '~' => !in_address,
        '_' => {
            !(in_address
                || before.is_some_and(|c| c.is_ascii_alphanumeric()) && next.is_some_and(|c| c.is_ascii_alphanumeric()))
        }
        '&' => next.is_some_and(|c| c.is_ascii_alphabetic() || c == '#') && !in_address,
        '=' | '+' => next == Some(c) || before == Some(c),
        '>' => before.is_none(),
        // In front of a link it would make a picture of it.
        '!' => rest.is_empty(),
        // :smile: is an emoji.
        ':' => {
            let word = rest.len()
                - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-')).len();
            before == Some(':')
                || next == Some(':')
                || word > 0 && rest.get(word..).is_some_and(|behind| behind.starts_with(':'))
        }
        _ => false,
    }
}

/// A line whose beginning cannot be taken for the mark of a block.
fn guarded(line: String) -> String {
    let text = line.trim_start_matches([' ', '\t']);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = text.get(digits..).unwrap_or_default();
    let parted = behind.chars().nth(1).is_none_or(char::is_whitespace);
    if digits > 0 && behind.starts_with(['.', ')']) && parted {
        return format!("{}\\{behind}", text.get(..digits).unwrap_or_default());
    }
    if text.starts_with(['#', '-', '+', '>', '=', ':', '|', '%', '@']) {
        return format!("\\{text}");
    }
    text.to_owned()
}
