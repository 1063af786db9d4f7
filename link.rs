//! Links of imported Markdown that lead to files which are not imported: written as text until a decision keeps them.

use std::collections::BTreeSet;

use super::doubt::{Docket, LINK, Question};
use super::line::{Line, Verbatim};
use super::read::is_outside;
use super::shape::{Block, Placed};

/// Puts a backslash before every such link, unless it was decided that it stays one.
pub(crate) fn settle(placed: &mut [Placed], lines: &[Line], docket: &mut Docket) {
    let notes: BTreeSet<String> = placed.iter().filter_map(|placed| defined_note(&placed.block)).collect();
    let mut at = 0;
    while at < placed.len() {
        let end = at + placed[at..].iter().take_while(|placed| is_prose(&placed.block)).count();
        if at < end {
            settle_block(&mut placed[at..end], &notes, lines, docket);
        }
        at = end.max(at + 1);
    }
}

/// Whether a line is Markdown in which links can stand, and not an empty one.
fn is_prose(block: &Block) -> bool {
    matches!(block, Block::Verbatim { what, text } if *what != Verbatim::Code && !text.trim().is_empty())
}

fn defined_note(block: &Block) -> Option<String> {
    let Block::Verbatim { what: Verbatim::Note, text } = block else { return None };
    let (name, _) = text.trim_start().strip_prefix("[^")?.split_once("]:")?;
    Some(name.to_owned())
}

/// One block, read as a whole, for code may run over its lines.
fn settle_block(block: &mut [Placed], notes: &BTreeSet<String>, lines: &[Line], docket: &mut Docket) {
    let texts: Vec<String> = block.iter().map(|placed| match &placed.block {
        Block::Verbatim { text, .. } => text.clone(),
        _ => String::new(),
    }).collect();
    let whole = texts.join("\n");
    let mut insert = escapes(&whole, notes).into_iter().peekable();
    let mut start = 0;
    for (placed, text) in block.iter_mut().zip(&texts) {
        let end = start + text.len();
        let mut places = vec![];
        while let Some(place) = insert.next_if(|place| *place < end) {
            places.push(place - start);
        }
        start = end + 1;
        let Some(at) = placed.lines.first().copied().filter(|_| !places.is_empty()) else { continue };
        let shown = lines.get(at).map_or("", Line::text);
        let choices = vec!["text".to_owned(), "link".to_owned()];
        if docket.ask(Question { rule: LINK, anchor: shown, lines: &[at], excerpt: shown, choices, free: false }) == "text"
            && let Block::Verbatim { text, .. } = &mut placed.block
        {
            for place in places.into_iter().rev() {
                text.insert(place, '\\');
            }
        }
    }
}

/// Where a backslash takes its meaning from a link: before its bracket.
fn escapes(text: &str, notes: &BTreeSet<String>) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut places = vec![];
    let mut open: Vec<usize> = vec![];
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'`' => at += code(text, at),
            b'[' if bytes.get(at + 1) == Some(&b'[') => {
                places.extend([at, at + 1]);
                at += 1;
            }
            b'[' if is_lost_note(text, at, notes) => places.push(at),
            b'[' => open.push(at),
            b']' => {
                let start = open.pop();
                let rest = text.get(at + 1..).unwrap_or_default();
                // A definition, `[a]: address`, has its target behind a colon.
                let target = rest.strip_prefix('(').or_else(|| rest.strip_prefix(": ").filter(|_| start.is_some_and(|start| is_line_start(text, start))));
                let note = start.is_some_and(|start| text.get(start + 1..).is_some_and(|rest| rest.starts_with('^')));
                if let (Some(start), Some(target), false) = (start, target, note)
                    && !is_outside(address(target))
                {
                    places.push(start);
                }
            }
            _ => {}
        }
        at += 1;
    }
    places.sort_unstable();
    places.dedup();
    places
}

/// How many bytes a code span takes without its last backtick; of an unmatched run, the run.
fn code(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let run = rest.bytes().take_while(|byte| *byte == b'`').count();
    let fence = rest.get(..run).unwrap_or_default();
    let mut from = run;
    // A span is looked for in a stretch of bounded length: a thousand unmatched runs must not make this slow.
    let limit = rest.len().min(20_000);
    while let Some(found) = rest.as_bytes().get(from..limit).and_then(|rest| find(rest, fence.as_bytes())) {
        let start = from + found;
        let length = rest.bytes().skip(start).take_while(|byte| *byte == b'`').count();
        if length == run {
            return start + length - 1;
        }
        from = start + length;
    }
    run - 1
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|window| window == word)
}

fn is_lost_note(text: &str, at: usize, notes: &BTreeSet<String>) -> bool {
    let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix("[^")) else { return false };
    rest.get(..rest.find([']', '\n']).unwrap_or(0)).is_some_and(|name| !name.is_empty() && !notes.contains(name))
}

fn is_line_start(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty()))
}

/// The address at the start of a target: `<a b>`, `a "title"`, `a)`.
fn address(target: &str) -> &str {
    let target = target.trim_start();
    match target.strip_prefix('<') {
        Some(inner) => inner.split(['>', '\n']).next().unwrap_or_default(),
        None => target.split([' ', '\n', '\t', ')']).next().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = text.to_owned();
        for place in escapes(text, &BTreeSet::from(["a".to_owned()])).into_iter().rev() {
            out.insert(place, '\\');
        }
        out
    }

    #[test]
    fn only_links_that_would_break_are_taken_apart() {
        for (text, expected) in [
            ("[a](b.md) [c](https://e.org/x)", "\\[a](b.md) [c](https://e.org/x)"),
            ("![a](b.png)", "!\\[a](b.png)"),
            ("[[a|b]]", "\\[\\[a|b]]"),
            ("`[a](b)` \\[a](b)", "`[a](b)` \\[a](b)"),
            ("x[^a] y[^b]", "x[^a] y\\[^b]"),
            ("[a]: b.md", "\\[a]: b.md"),
            ("[^a]: b.md", "[^a]: b.md"),
            ("[![i](https://e.org/i)](j.md)", "\\[![i](https://e.org/i)](j.md)"),
            ("[a](javascript:x)", "\\[a](javascript:x)"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
