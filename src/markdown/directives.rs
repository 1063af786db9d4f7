//! Lines that are ours and that the parser must not see: `:::` fences, attributes of a block, abbreviations.
//!
//! Each of them is replaced, before parsing, by a comment that holds a mark: a comment stands alone as a block wherever a
//! line may start one (CommonMark 0.31.2, section 4.6), inside lists and quotations too. Where the comment comes back as
//! such a block the writer acts on the line; anywhere else (in code, in a paragraph's indented line) the line is put back
//! as the author wrote it. So it is the parser alone who says what is code.

use std::borrow::Cow;
use std::ops::Range;

use super::arguments::Braces;
use super::emphasis::used;

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `:::name …`, or `:::` alone.
    Fence,
    /// `{.class #id}` behind a block.
    Attributes,
    /// `*[HTML]: …`.
    Abbreviation,
    /// Two colons or more that begin no fence: the parser would take them for a definition, and they are text.
    Text,
}

/// A line that was replaced.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) kind: Kind,
    /// The line in the author's text, without what stands before it and without its end.
    pub(super) range: Range<usize>,
    /// The comment in the text for the parser.
    comment: Range<usize>,
}

/// A text with comments for the lines that are ours.
#[derive(Debug)]
pub(super) struct Directives<'a> {
    /// The text for the parser, borrowed if there are no such lines.
    pub(super) text: Cow<'a, str>,
    original: &'a str,
    mark: char,
    lines: Vec<Line>,
    /// Abbreviations outside code: the short and the long form.
    pub(super) abbreviations: Vec<(&'a str, &'a str)>,
}

impl<'a> Directives<'a> {
    /// The text as it is.
    pub(super) fn none(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), original: text, mark: '\0', lines: vec![], abbreviations: vec![] }
    }

    /// The text with its lines of ours replaced.
    pub(super) fn new(text: &'a str) -> Self {
        let mut all = Self::none(text);
        let found = lines(text, &mut all.abbreviations);
        if found.is_empty() {
            return all;
        }
        let used = used(text);
        let Some(mark) = ('\u{E000}'..='\u{F8FF}').find(|c| !used.contains(c)) else { return Self::none(text) };
        all.mark = mark;
        let mut out = String::with_capacity(text.len() + found.len() * 8);
        let mut from = 0;
        for (number, (kind, range)) in found.into_iter().enumerate() {
            out.push_str(&text[from..range.start]);
            let start = out.len();
            out.push_str(&match kind {
                Kind::Text => format!("{mark}{number}{mark}"),
                _ => format!("<!--{mark}{number}-->"),
            });
            from = range.end;
            all.lines.push(Line { kind, range, comment: start..out.len() });
        }
        out.push_str(&text[from..]);
        all.text = Cow::Owned(out);
        all
    }

    /// There are no such lines.
    pub(super) fn is_plain(&self) -> bool {
        self.lines.is_empty()
    }

    /// The line that a block of HTML stands for, if it is such a comment.
    pub(super) fn of_block(&self, html: &str) -> Option<(Kind, Range<usize>)> {
        let number = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.strip_prefix(self.mark)?;
        let line = self.lines.get(number.parse::<usize>().ok()?)?;
        Some((line.kind, line.range.clone()))
    }

    /// The piece with the author's lines in it again; none if there are none in it.
    pub(super) fn restored(&self, piece: &str) -> Option<String> {
        if self.lines.is_empty() || !piece.contains(self.mark) {
            return None;
        }
        let mut out = String::with_capacity(piece.len());
        let mut rest = piece;
        while let Some(at) = rest.find(self.mark) {
            let (before, behind) = (&rest[..at], &rest[at + self.mark.len_utf8()..]);
            let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
            let line = behind[..digits].parse::<usize>().ok().and_then(|number| self.lines.get(number));
            out.push_str(before.strip_suffix("<!--").unwrap_or(before));
            out.push_str(line.and_then(|line| self.original.get(line.range.clone())).unwrap_or_default());
            let behind = &behind[digits..];
            rest = behind.strip_prefix("-->").or_else(|| behind.strip_prefix(self.mark)).unwrap_or(behind);
        }
        out.push_str(rest);
        Some(out)
    }

    /// A range of the text for the parser as a range of the author's text.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        if self.lines.is_empty() {
            return range;
        }
        self.back(range.start, |line| line.range.start)..self.back(range.end, |line| line.range.end)
    }

    /// An offset on the way back; `inside` says where one inside a comment leads.
    fn back(&self, at: usize, inside: impl Fn(&Line) -> usize) -> usize {
        let before = self.lines.partition_point(|line| line.comment.start < at);
        match before.checked_sub(1).and_then(|last| self.lines.get(last)) {
            None => at,
            Some(line) if at < line.comment.end => inside(line),
            Some(line) => line.range.end + (at - line.comment.end),
        }
    }
}

/// Every line that may be one of ours, and the abbreviations outside fenced code.
fn lines<'t>(text: &'t str, abbreviations: &mut Vec<(&'t str, &'t str)>) -> Vec<(Kind, Range<usize>)> {
    let mut found = vec![];
    let bytes = text.as_bytes();
    if ["::", "*[", "{"].iter().all(|begins| memchr::memmem::find(bytes, begins.as_bytes()).is_none()) {
        return found;
    }
    let mut code = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let inner = line.trim_start_matches([' ', '\t', '>']);
        track_code(inner, &mut code);
        let from = start + line.len() - inner.len();
        let whole = line.trim_end();
        let kind = match inner.as_bytes().first() {
            Some(b'{') if Braces::read(inner.trim_end()).is_some() => Kind::Attributes,
            // With more space before it, it is code.
            Some(b'*') if from - start < 4 => match abbreviation(inner.trim_end()) {
                Some(pair) => {
                    if code.is_none() {
                        abbreviations.push(pair);
                    }
                    Kind::Abbreviation
                }
                None => continue,
            },
            _ => {
                let fence = behind_list_marker(inner);
                let from = start + line.len() - fence.len();
                if is_fence(fence.trim_end()) {
                    found.push((Kind::Fence, from..start + whole.len()));
                } else if fence.starts_with("::") {
                    found.push((Kind::Text, from..from + fence.len() - fence.trim_start_matches(':').len()));
                }
                continue;
            }
        };
        found.push((kind, from..start + whole.len()));
    }
    found
}

/// Follows fenced code (CommonMark 0.31.2, section 4.5) closely enough to tell an abbreviation from an example of one.
fn track_code<'t>(line: &'t str, open: &mut Option<&'t str>) {
    let Some(mark) = line.chars().next().filter(|c| matches!(c, '`' | '~')) else { return };
    let length = line.len() - line.trim_start_matches(mark).len();
    let (fence, rest) = line.split_at(length);
    match open {
        _ if length < 3 => {}
        None if mark == '`' && rest.contains('`') => {}
        None => *open = Some(fence),
        Some(first) if fence.starts_with(*first) && rest.trim().is_empty() => *open = None,
        Some(_) => {}
    }
}

/// `*[HTML]: HyperText Markup Language`.
fn abbreviation(line: &str) -> Option<(&str, &str)> {
    let (short, long) = line.strip_prefix("*[")?.split_once("]:")?;
    let (short, long) = (short.trim(), long.trim());
    (!short.is_empty() && !long.is_empty() && !short.contains(['[', ']'])).then_some((short, long))
}

/// A list item may begin with a fence.
fn behind_list_marker(line: &str) -> &str {
    let rest = match line.as_bytes().first() {
        Some(b'-' | b'*' | b'+') => &line[1..],
        Some(b'0'..=b'9') => match line.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', ')']) {
            Some(rest) => rest,
            None => return line,
        },
        _ => return line,
    };
    if rest.starts_with(' ') { rest.trim_start_matches(' ') } else { line }
}

/// Three colons or more, alone or before a name of ASCII letters.
fn is_fence(line: &str) -> bool {
    let rest = line.trim_start_matches(':');
    if line.len() - rest.len() < 3 {
        return false;
    }
    let name = rest.trim_start_matches(' ');
    let letters = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte)).count();
    name.is_empty()
        || name.starts_with(|c: char| c.is_ascii_alphabetic()) && name[letters..].starts_with([' ', '{', '\t'])
        || name.starts_with(|c: char| c.is_ascii_alphabetic()) && letters == name.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_ours_are_replaced() {
        let text = "> :::note a b\n:::\na ::: b\n:::: 说明\n- :::tip\n{.x}\n{{ x }}\n*[A]: b\n* [a]: b\n::: 3\n:::x:y";
        let found = lines(text, &mut vec![]);
        let found: Vec<_> = found.into_iter().map(|(_, range)| &text[range]).collect();
        assert_eq!(found, [":::note a b", ":::", "::::", ":::tip", "{.x}", "*[A]: b", ":::", ":::"]);
    }

    #[test]
    fn offsets_lead_back_and_lines_are_put_back() {
        let text = "甲\n:::note 乙\n丙\n:::\n丁";
        let directives = Directives::new(text);
        for c in ['甲', '丙', '丁'] {
            let at = directives.text.find(c).unwrap();
            assert_eq!(&text[directives.original(at..at + 3)], c.to_string());
        }
        assert_eq!(directives.restored(&directives.text).as_deref(), Some(text));
        let start = directives.text.find("<!--").unwrap();
        assert_eq!(&text[directives.original(start..start + 3)], ":::note 乙");
    }

    #[test]
    fn abbreviations_in_code_are_examples() {
        let directives = Directives::new("*[A]: b\n```\n*[C]: d\n```\n*[E]: f");
        assert_eq!(directives.abbreviations, [("A", "b"), ("E", "f")]);
    }
}
