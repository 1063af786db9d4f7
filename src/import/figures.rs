//! Figures with their units and periods, offered as facts with the line they stand on.

use super::doubt::{Docket, FACT, Question};
use super::flow::Paragraph;
use super::look::sentence::ends;
use crate::fact::{Units, figures};

/// A figure that was decided to be a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    /// The indicator's id.
    pub(crate) indicator: String,
    /// The value as it is written.
    pub(crate) value: String,
    /// The period, as far as its sentence states one.
    pub(crate) period: Option<String>,
    /// The line, from 1.
    pub(crate) line: usize,
}

/// Offers every figure of some paragraphs; those that were decided to be facts.
pub(crate) fn offer(paragraphs: &[Paragraph], units: &Units, docket: &mut Docket) -> Vec<Fact> {
    let mut facts = vec![];
    for paragraph in paragraphs.iter().filter(|paragraph| paragraph.is_prose_form()) {
        let text = paragraph.words.text.as_str();
        let mut sentences = ends(text).peekable();
        let mut start = 0;
        for at in figures(text, units) {
            while let Some(end) = sentences.peek().copied().filter(|end| *end <= at.start) {
                start = end;
                sentences.next();
            }
            let end = sentences.peek().copied().unwrap_or(text.len());
            let end = boundary(text, end.min(at.end + 200)).max(at.end);
            let value = text.get(at.clone()).unwrap_or_default();
            // A sentence of a megabyte is none; what stands near is enough.
            let near = near(text, start, at.start);
            let period = period(near);
            let line = paragraph.line_at(at.start);
            let anchor = format!("{near}{value}");
            let sentence = text.get(at.start - near.len()..end).unwrap_or_default().trim();
            let shown = format!(
                "{value}{}：{sentence}",
                period.as_ref().map(|period| format!("（{period}）")).unwrap_or_default()
            );
            let question = Question {
                rule: FACT,
                anchor: &anchor,
                lines: &[line],
                excerpt: &shown,
                choices: vec!["keep".into()],
                free: true,
            };
            let indicator = docket.ask(question);
            if indicator != "keep" {
                facts.push(Fact { indicator, value: value.to_owned(), period, line: line + 1 });
            }
        }
    }
    facts
}

/// The text of a sentence before one of its bytes, at most some hundred bytes of it.
fn near(text: &str, start: usize, end: usize) -> &str {
    let from = boundary(text, start.max(end.saturating_sub(300)));
    text.get(from..end).unwrap_or_default()
}

/// The first byte from here at which a character begins.
fn boundary(text: &str, from: usize) -> usize {
    (from..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// The last year, or month of a year, that a text names: `2022年`, `截至2023年11月底`, `in 2022`; as EDTF. A year that
/// is not written is not guessed.
fn period(text: &str) -> Option<String> {
    let (at, _) = text
        .rmatch_indices("年")
        .find(|(at, _)| year_before(text.get(..*at).unwrap_or_default()).is_some())
        .or_else(|| english(text))?;
    let before = text.get(..at)?;
    let year = year_before(before)?;
    let behind = text.get(at..)?.strip_prefix('年').unwrap_or_default();
    let month = behind
        .split_once('月')
        .and_then(|(month, _)| month.parse::<u8>().ok())
        .filter(|month| (1..=12).contains(month));
    let until =
        before.get(..before.len() - 4).is_some_and(|before| before.ends_with("截至") || before.ends_with("截止"));
    let date = month.map_or(year.clone(), |month| format!("{year}-{month:02}"));
    Some(if until { format!("/{date}") } else { date })
}

fn year_before(text: &str) -> Option<String> {
    let digits = text.get(text.len().checked_sub(4)?..)?;
    let more = text.get(..text.len() - 4)?.ends_with(|c: char| c.is_ascii_digit());
    (!more
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(digits.as_bytes().first(), Some(b'1' | b'2')))
    .then(|| digits.to_owned())
}

/// Where the last year behind an English `in` ends.
fn english(text: &str) -> Option<(usize, &str)> {
    let ends = text.rmatch_indices(" ").map(|(at, _)| at + 1).chain([0]);
    ends.filter_map(|at| {
        let word = text.get(at..at + 4)?;
        let alone = !text.get(at + 4..)?.starts_with(|c: char| c.is_alphanumeric());
        let before = text.get(..at)?.trim_end().to_ascii_lowercase();
        let named = ["in", "during"].iter().any(|word| before.split_whitespace().next_back() == Some(*word));
        (alone && named && year_before(word).is_some()).then_some((at + 4, word))
    })
    .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_never_guessed() {
        for (text, expected) in [
            ("2022年，全市投入", Some("2022")),
            ("2022年度，全市投入", Some("2022")),
            ("截至2023年11月底，成交", Some("/2023-11")),
            ("截至11月底，成交", None),
            ("今年", None),
            ("In 2022, it spent", Some("2022")),
            ("of 2022 houses in", None),
            ("12022年", None),
        ] {
            assert_eq!(period(text).as_deref(), expected, "{text}");
        }
    }
}
