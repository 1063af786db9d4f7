//! Lines -> paragraphs: what was cut by a page or wrapped by a printer is joined again.

use super::doubt::{Docket, JOIN, Question};
use super::ink::{excerpt, is_wide, width};
use super::line::{Form, Line};
use super::look::ordinal::ordinal;
use super::look::sentence::{Balance, Ending, ends_with_closer, first_end, is_heading_like};
use super::sheet::Sheet;
use super::words::Words;

/// One paragraph, or one line that has a form of its own.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    /// The lines it was joined of, indices from 0, in order.
    pub(crate) lines: Vec<usize>,
    /// The byte in `words` where each of the lines begins.
    pub(crate) starts: Vec<usize>,
    pub(crate) words: Words,
    pub(crate) form: Form,
    /// Whether it is prose that ends in the middle of a sentence, and nothing was joined.
    pub(crate) cut: bool,
    balance: Balance,
    prose: bool,
}

/// How wide the source's lines are, and whether they were wrapped by a printer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    width: usize,
    wrapped: bool,
}

impl Measure {
    /// Measures the lines that have another right behind them.
    pub(crate) fn of(lines: &[Line]) -> Self {
        let followed =
            lines.windows(2).filter(|pair| pair.iter().all(|line| line.form == Form::Text && !line.is_blank()));
        let mut widths: Vec<usize> = followed.map(|pair| width(pair[0].text())).collect();
        widths.sort_unstable();
        let full = widths.get(widths.len().saturating_sub(1) * 95 / 100).copied().unwrap_or(0);
        let near = widths.len() - widths.partition_point(|width| width * 100 < full * 85);
        Self {
            width: full,
            wrapped: widths.len() >= 3 && (24..=140).contains(&full) && near * 100 >= widths.len() * 40,
        }
    }

    /// Whether a line is so full that the next word would not have fitted on it.
    fn is_full(self, line: &str, next: &str) -> bool {
        let word = match next.chars().next() {
            Some(c) if is_wide(c) => 2,
            _ => 1 + width(next.split_whitespace().next().unwrap_or_default()),
        };
        self.wrapped && width(line) + word + 2 > self.width
    }
}

enum Joint {
    Apart,
    Join,
    Ask,
}

/// The paragraphs of a sheet's body.
pub(crate) fn flow(sheet: &Sheet, lines: &[Line], measure: Measure, docket: &mut Docket) -> Vec<Paragraph> {
    let head: std::collections::BTreeSet<usize> = sheet.head.iter().map(|(at, _)| *at).collect();
    let mut paragraphs: Vec<Paragraph> = vec![];
    let mut gap = true;
    for (index, at) in sheet.lines.iter().copied().enumerate() {
        let line = &lines[at];
        if head.contains(&at) || matches!(line.form, Form::Dropped(_)) {
            continue;
        }
        // Blank lines inside code and verbatim Markdown belong to it.
        if line.is_blank() && !matches!(line.form, Form::Code | Form::Markdown(_)) {
            gap = true;
            continue;
        }
        let before = paragraphs.last().filter(|last| last.form == line.form || last.is_prose_form() && line.is_free());
        let joint = match before {
            Some(last) if is_joined(sheet, last, at) => Joint::Join,
            Some(last) if line.is_free() => joint(last, lines, line, gap, next_gap(sheet, lines, index), measure),
            _ => Joint::Apart,
        };
        let joined = match joint {
            Joint::Join => true,
            Joint::Apart => false,
            Joint::Ask => ask(paragraphs.last(), lines, at, docket),
        };
        match paragraphs.last_mut().filter(|_| joined) {
            Some(last) => last.push(at, line),
            None => paragraphs.push(Paragraph::new(at, line)),
        }
        gap = false;
    }
    mark_cuts(&mut paragraphs, lines);
    paragraphs
}

fn is_joined(sheet: &Sheet, last: &Paragraph, at: usize) -> bool {
    last.lines.last().is_some_and(|before| sheet.joins.contains(&(*before, at)))
}

fn next_gap(sheet: &Sheet, lines: &[Line], index: usize) -> bool {
    sheet.lines.get(index + 1).is_none_or(|next| lines[*next].is_blank())
}

fn ask(last: Option<&Paragraph>, lines: &[Line], at: usize, docket: &mut Docket) -> bool {
    let Some(before) = last.and_then(|last| last.lines.last().copied()) else { return false };
    let (end, start) = (lines[before].text(), lines[at].text());
    let tail: String = end.chars().skip(end.chars().count().saturating_sub(20)).collect();
    let shown = format!("{tail} ‖ {}", excerpt(start, 30));
    let choices = vec!["keep".to_owned(), "join".to_owned()];
    docket.ask(Question { rule: JOIN, anchor: start, lines: &[before, at], excerpt: &shown, choices, free: false })
        == "join"
}

/// Whether a line goes on in the paragraph before it. `gap`: blank lines stand between; `alone`: one stands behind.
fn joint(last: &Paragraph, lines: &[Line], line: &Line, gap: bool, alone: bool, measure: Measure) -> Joint {
    let text = line.text();
    let Some(before) = last.lines.last().map(|at| lines[*at].text()) else { return Joint::Apart };
    if ordinal(text).is_some() || before.contains('\t') && text.contains('\t') {
        return Joint::Apart;
    }
    let ending = last.balance.ending(before);
    if gap || line.form == Form::Paragraph {
        return across_gap(last, ending, before, text, alone);
    }
    let indent = |line: &Line| width(&line.words.text) - width(line.words.text.trim_start());
    let first = last.lines.last().map_or(0, |at| indent(&lines[*at]));
    match ending {
        Ending::Open => Joint::Join,
        _ if indent(line) > first + 1 => Joint::Apart,
        Ending::Closed if measure.is_full(before, text) => Joint::Join,
        Ending::Closed => Joint::Apart,
        Ending::Unmarked => {
            let short = !measure.wrapped || width(before) * 10 < measure.width * 8;
            let heading = !last.prose && is_heading_like(before) && short;
            if heading || !last.prose && !measure.is_full(before, text) && width(before) < 24 {
                Joint::Apart
            } else {
                Joint::Join
            }
        }
    }
}

fn across_gap(last: &Paragraph, ending: Ending, before: &str, text: &str, alone: bool) -> Joint {
    if ending == Ending::Closed || !last.prose {
        return Joint::Apart;
    }
    let english = text.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    let small = text.starts_with(|c: char| c.is_lowercase());
    let unsure = ending == Ending::Unmarked && (ends_with_closer(before) || english && !small);
    if unsure || alone && is_heading_like(text) && !small { Joint::Ask } else { Joint::Join }
}

/// Notes which paragraphs are cut: prose that ends without an end, and is not the caption of a list or table.
fn mark_cuts(paragraphs: &mut [Paragraph], lines: &[Line]) {
    for paragraph in paragraphs {
        let Some(last) = paragraph.lines.last().map(|at| lines[*at].text()) else { continue };
        let ending = paragraph.balance.ending(last);
        let loose = ending == Ending::Open || ending == Ending::Unmarked && paragraph.prose && !ends_with_closer(last);
        paragraph.cut = paragraph.is_prose_form() && loose && !paragraph.words.text.contains('\t');
    }
}

impl Paragraph {
    fn new(at: usize, line: &Line) -> Self {
        let mut balance = Balance::default();
        balance.push(&line.words.text);
        let text = line.text();
        // The point behind an ordinal ends no sentence.
        let own = ordinal(text).and_then(|ordinal| text.get(ordinal.length..)).unwrap_or(text);
        let prose = is_prose(own, &balance);
        let words = if line.form == Form::Code { line.words.clone() } else { line.words.trimmed() };
        let words = if matches!(line.form, Form::Markdown(_)) { line.words.clone() } else { words };
        Self { lines: vec![at], starts: vec![0], words, form: line.form.clone(), cut: false, balance, prose }
    }

    fn push(&mut self, at: usize, line: &Line) {
        let words = line.words.trimmed();
        let between = between(&self.words.text, &words.text);
        self.starts.push(self.words.text.len() + between.len());
        self.words.push(between, &words);
        self.balance.push(&words.text);
        self.prose = true;
        self.lines.push(at);
    }

    /// The line (an index from 0) in which a byte of its words stands.
    pub(crate) fn line_at(&self, byte: usize) -> usize {
        let index = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        self.lines.get(index).or(self.lines.last()).copied().unwrap_or(0)
    }

    /// Whether its form leaves it open what it is.
    pub(crate) fn is_prose_form(&self) -> bool {
        matches!(self.form, Form::Text | Form::Paragraph)
    }
}

/// Whether a line is surely running text: a sentence ends in it, it is long, or something in it is still open.
fn is_prose(text: &str, balance: &Balance) -> bool {
    width(text) > 72 || first_end(text).is_some() || balance.ending(text) == Ending::Open
}

/// What stands between two lines that are joined: nothing in Chinese or after a hyphen, else a space.
fn between(before: &str, after: &str) -> &'static str {
    let (last, first) = (before.chars().next_back(), after.chars().next());
    match (last, first) {
        (Some(a), Some(b)) if is_wide(a) || is_wide(b) => "",
        (Some('-'), Some(b)) if b.is_lowercase() => "",
        _ => " ",
    }
}
