//! Whether figures stand on the lines of the document that they were taken from.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::build::Build;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::import::Lines;
use crate::site::Fact;

/// Documents that figures come from, by the names of their files.
pub type Documents = BTreeMap<String, Document>;

/// A document that figures come from.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its lines, as an import counts them.
    pub lines: Vec<String>,
    /// Its checksum, in small hexadecimal digits.
    pub sha256: String,
}

/// What came of comparing figures with their documents.
#[derive(Debug, Default)]
pub struct Sourced {
    /// How many figures were compared.
    pub compared: usize,
    /// How many name no lines, or no document that is there.
    pub unknown: usize,
    /// A warning for each that does not stand where it should, and for each document that is not the one that a page means.
    pub diagnostics: Vec<Diagnostic>,
}

/// Looks for the digits of every figure on the lines that it names, or its page's `source`. Which document is meant says the
/// `file` or the `document` of the source, with or without ending; where there is one document alone and none is named by a
/// file, it is that one. A small number may stand there as a word.
pub fn sourced(build: &Build, documents: &Documents) -> Sourced {
    let site = &build.site;
    let mut sourced = Sourced::default();
    let mut looked: BTreeMap<&str, Looked<'_>> = BTreeMap::new();
    let mut others = BTreeSet::new();
    for page in &site.pages {
        let Some(own) = page.own_document() else { continue };
        let note = &page.front.source;
        let named = document(documents, note.file.as_deref(), note.document.as_deref());
        if let (Some((name, document)), Some(sum)) = (named, &note.sha256)
            && !sum.eq_ignore_ascii_case(&document.sha256)
            && others.insert(name)
        {
            let message =
                format!("`{name}` is another file than the page was made from: its SHA-256 is {}", document.sha256);
            let place = Place::file(own.source.path());
            let hint = "take the file of that time, or compare the page with the new one and correct `sha256`";
            sourced.diagnostics.push(Diagnostic::warning(Code::UnsourcedFigure, place, message).hint(hint));
        }
        for fact in site.facts.of(page.id).filter(|fact| fact.place.path == *own.source.path()) {
            let figures = figures(fact);
            if figures.is_empty() {
                continue;
            }
            let lines = fact.lines.as_ref().or(note.lines.as_ref()).and_then(|lines| Lines::read(lines).ok());
            let (Some(lines), Some((name, document))) = (lines, named) else {
                sourced.unknown += 1;
                continue;
            };
            sourced.compared += 1;
            let looked = looked.entry(name).or_insert_with(|| Looked::new(&document.lines));
            sourced.diagnostics.extend(complaint(fact, &figures, &lines, name, looked));
        }
    }
    sourced.diagnostics.sort_by(|one, other| one.place.cmp(&other.place));
    sourced
}

/// The document that a source names.
fn document<'d>(documents: &'d Documents, file: Option<&str>, id: Option<&str>) -> Option<(&'d str, &'d Document)> {
    let is = |own: &str, name: &str| own == name || own.rsplit_once('.').is_some_and(|(stem, _)| stem == name);
    let named = |name: &str| documents.iter().find(|(own, _)| is(own, name));
    let only = || documents.iter().next().filter(|_| documents.len() == 1);
    let found = match (file, id) {
        (Some(file), _) => named(file),
        (None, Some(id)) => named(id).or_else(only),
        (None, None) => only(),
    };
    found.map(|(name, document)| (name.as_str(), document))
}

/// The lines of a document with the numbers on each of them.
struct Looked<'d> {
    lines: &'d [String],
    numbers: Vec<HashSet<String>>,
}

impl<'d> Looked<'d> {
    fn new(lines: &'d [String]) -> Self {
        Self { lines, numbers: lines.iter().map(|line| numbers(line).into_iter().collect()).collect() }
    }

    /// Whether a number stands on a line, which is counted from 1.
    fn has(&self, number: &str, line: usize) -> bool {
        let Some(at) = line.checked_sub(1).filter(|at| *at < self.lines.len()) else { return false };
        self.numbers[at].contains(number) || has_word(&self.lines[at], number)
    }
}

fn complaint(fact: &Fact, figures: &[String], lines: &Lines, name: &str, document: &Looked<'_>) -> Option<Diagnostic> {
    let count = document.lines.len();
    let warn = |message| Diagnostic::warning(Code::UnsourcedFigure, fact.place.clone(), message);
    if lines.greatest() > count {
        let message = format!("`{}` is on line {lines} of `{name}`, which has {count}", fact.indicator);
        return Some(warn(message).hint("correct `lines`, of the fact or of its page's `source`"));
    }
    let lacking = figures.iter().find(|figure| !lines.numbers(count).any(|line| document.has(figure, line)))?;
    let message = format!("`{lacking}` of `{}` is not on line {lines} of `{name}`", fact.indicator);
    let elsewhere: Vec<usize> = (1..=count).filter(|line| document.has(lacking, *line)).take(3).collect();
    let hint = match elsewhere.as_slice() {
        [] => "no line has it: compare the figure with its source".to_owned(),
        lines => format!("it is on line {}: correct `lines`, or the figure", Lines::of(lines.iter().copied())),
    };
    Some(warn(message).hint(hint))
}

/// The numbers of all that a fact says.
fn figures(fact: &Fact) -> Vec<String> {
    let change = fact.change.as_ref().map(|change| change.written.as_str());
    let texts = [fact.value.written.as_str()].into_iter().chain(change);
    let parts = fact.of_which.iter().map(|part| part.value.written.as_str());
    let all: BTreeSet<String> = texts.chain(parts).flat_map(numbers).collect();
    all.into_iter().collect()
}

/// The numbers that stand in a text in digits, without the commas between groups of them: `1880.49`, `20` and `8` of `20+8`.
fn numbers(text: &str) -> Vec<String> {
    let plain = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '．' => '.',
        other => other,
    };
    let chars: Vec<char> = text.chars().map(plain).collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut all = vec![];
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        while is_digit(at) || at > start && matches!(chars.get(at), Some('.' | ',')) && is_digit(at + 1) {
            at += 1;
        }
        if at > start {
            all.push(chars[start..at].iter().filter(|c| **c != ',').collect());
        }
        at += 1;
    }
    all
}

const HAN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LATIN: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Whether a whole number below a hundred stands in a text as a word: `三十四`, `两`, `eight`.
fn has_word(text: &str, number: &str) -> bool {
    let Some(number) = number.parse::<usize>().ok().filter(|number| *number < 100) else { return false };
    let (tens, ones) = (number / 10, number % 10);
    let mut word = String::new();
    if tens > 1 {
        word.push(HAN[tens]);
    }
    if tens > 0 {
        word.push('十');
    }
    if ones > 0 || tens == 0 {
        word.push(HAN[ones]);
    }
    let is_han = |c: char| HAN.contains(&c) || matches!(c, '十' | '百' | '千' | '万' | '亿' | '两' | '〇');
    let alone = |word: &str, joins: &dyn Fn(char) -> bool| {
        text.match_indices(word).any(|(at, _)| {
            let (before, after) = (text[..at].chars().next_back(), text[at + word.len()..].chars().next());
            !before.is_some_and(joins) && !after.is_some_and(joins)
        })
    };
    let latin = |word: &&str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|own| own == *word);
    alone(&word, &is_han) || number == 2 && alone("两", &is_han) || LATIN.get(number).is_some_and(latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_stand_there() {
        assert_eq!(
            numbers("1,880.49亿元，20+8，3–5、１２．５%。2023年11月."),
            ["1880.49", "20", "8", "3", "5", "12.5", "2023", "11"]
        );
        assert_eq!(numbers("a, 1,b 2."), ["1", "2"]);
        assert!(numbers("未说明").is_empty());
    }

    #[test]
    fn small_numbers_stand_there_as_words() {
        for (text, number, is) in [
            ("新增八家", "8", true),
            ("新增十八家", "8", false),
            ("新增十八家", "18", true),
            ("三十四个", "34", true),
            ("两个", "2", true),
            ("二十个", "20", true),
            ("Eight new ones", "8", true),
            ("weight", "8", false),
            ("八", "8.0", false),
            ("一百", "100", false),
        ] {
            assert_eq!(has_word(text, number), is, "{text} {number}");
        }
    }
}
