//! One page in the making: which lines it takes, in which order, and what its head says.

use std::collections::BTreeSet;

use super::doubt::{Docket, NO_TITLE, PREAMBLE, Question, UNPLACED};
use super::ink::width;
use super::line::{Form, Line};
use super::look::byline::{Byline, byline};
use super::look::field::{Field, Key, field};
use super::look::ordinal::ordinal;
use super::look::sentence::is_heading_like;
use super::range::Lines;
use super::recipe::{Named, Piece, Recipe};

/// What a head's line became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    Title,
    Byline(Byline),
    Field(Field),
    /// A line of front matter, with its key.
    Front(String),
}

/// One page in the making. Lines are indices from 0.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// Its file, from the folder that is imported into.
    pub(crate) into: String,
    /// All of its lines in the order in which they are read.
    pub(crate) lines: Vec<usize>,
    /// Lines that the recipe or a decision says go on in the paragraph of another: (the other, the line).
    pub(crate) joins: BTreeSet<(usize, usize)>,
    /// What its head says, line by line.
    pub(crate) head: Vec<(usize, Entry)>,
    /// Its title.
    pub(crate) title: String,
    /// What the recipe says of it.
    pub(crate) piece: Option<Piece>,
}

/// How many lines of a sheet may belong to its head.
const HEAD: usize = 12;

/// The width of the longest line that is taken for a title.
const LONGEST: usize = 300;

/// The pages that the recipe lists.
pub(crate) fn by_recipe(recipe: &Recipe, lines: &[Line], taken: &mut [bool], docket: &mut Docket) -> Vec<Sheet> {
    let mut sheets = vec![];
    for piece in &recipe.pieces {
        let numbers: Vec<usize> = piece.lines.numbers(lines.len()).map(|number| number - 1).collect();
        for line in &numbers {
            taken[*line] = true;
        }
        let joins = piece.lines.joins().map(|(a, b)| (a - 1, b - 1)).collect();
        sheets.push(Sheet {
            into: piece.into.clone(),
            lines: numbers,
            joins,
            piece: Some(piece.clone()),
            ..Sheet::default()
        });
    }
    let free =
        |at: usize| !taken[at] && !lines[at].is_blank() && !matches!(lines[at].form, Form::Dropped(_) | Form::Note(_));
    let mut at = 0;
    while at < lines.len() {
        let start = at;
        while at < lines.len() && free(at) {
            at += 1;
        }
        if start < at {
            let span: Vec<usize> = (start..at).collect();
            let text = lines[start].text();
            docket.ask(Question {
                rule: UNPLACED,
                anchor: text,
                lines: &span,
                excerpt: text,
                choices: vec!["keep".into()],
                free: false,
            });
        }
        at += 1;
    }
    sheets
}

/// The pages that bylines begin; one page for all where there are none. The second value is the lines that name the
/// document. `free` are the lines that the recipe does not claim.
pub(crate) fn by_bylines(stem: &str, lines: &[Line], free: &[usize], docket: &mut Docket) -> (Vec<Sheet>, Vec<usize>) {
    let inked: Vec<usize> =
        free.iter().copied().filter(|at| !lines[*at].is_blank() && !lines[*at].is_aside()).collect();
    let whole = |lines: Vec<usize>| Sheet { into: format!("{stem}.md"), lines, ..Sheet::default() };
    let starts = starts(lines, &inked);
    let Some(first) = starts.first().copied().filter(|_| starts.len() > 1) else {
        return (if inked.is_empty() { vec![] } else { vec![whole(free.to_vec())] }, vec![]);
    };
    let between =
        |start: usize, end: usize| free.iter().copied().filter(|at| (start..end).contains(at)).collect::<Vec<_>>();
    let mut sheets = vec![];
    let mut document = vec![];
    let before: Vec<usize> = inked.iter().copied().take_while(|at| *at < first).collect();
    if let Some(line) = before.first() {
        let short = before.len() <= 4 && before.iter().all(|at| is_heading_like(lines[*at].text()));
        let choices = if short { vec!["page".to_owned(), "document".to_owned()] } else { vec!["page".to_owned()] };
        let text = lines[*line].text();
        match docket
            .ask(Question { rule: PREAMBLE, anchor: text, lines: &before, excerpt: text, choices, free: false })
            .as_str()
        {
            "document" => document = before,
            _ => sheets.push(whole(between(0, first))),
        }
    }
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(lines.len());
        let from = free.partition_point(|at| at < start);
        let lines = free.iter().copied().skip(from).take_while(|at| *at < end).collect();
        sheets.push(Sheet { into: format!("{stem}-{}.md", index + 1), lines, ..Sheet::default() });
    }
    (sheets, document)
}

/// Where reports begin: at a byline, or at the headline right before it if none follows it.
fn starts(lines: &[Line], inked: &[usize]) -> Vec<usize> {
    let headline = |at: Option<&usize>| {
        let fits =
            |line: &Line| line.is_open() && is_headline(line.text()) || line.heading().is_some_and(|level| level <= 2);
        at.filter(|at| fits(&lines[**at])).copied()
    };
    let is_byline = |at: usize| lines[at].is_open() && byline(lines[at].text()).is_some();
    let mut starts = vec![];
    let mut last = None;
    for (index, at) in inked.iter().enumerate().filter(|(_, at)| is_byline(**at)) {
        let follows_byline = last.is_some_and(|last| last + 1 == index);
        last = Some(index);
        if follows_byline {
            continue;
        }
        let after = headline(inked.get(index + 1));
        let before = index.checked_sub(1).and_then(|before| headline(inked.get(before)));
        starts.push(before.filter(|before| after.is_none() && starts.last() < Some(before)).unwrap_or(*at));
    }
    starts
}

fn is_headline(text: &str) -> bool {
    is_heading_like(text) && ordinal(text).is_none() && byline(text).is_none() && field(text).is_none()
}

impl Sheet {
    /// Reads the head: bylines, fields and the title, where they are written.
    pub(crate) fn read_head(&mut self, lines: &[Line], docket: &mut Docket) {
        self.head = self
            .lines
            .iter()
            .filter_map(|at| match &lines[*at].form {
                Form::Field(key) => Some((*at, Entry::Front(key.clone()))),
                _ => None,
            })
            .collect();
        let inked: Vec<usize> =
            self.lines.iter().copied().filter(|at| !lines[*at].is_blank() && !lines[*at].is_aside()).collect();
        for at in inked.iter().take(HEAD) {
            let text = lines[*at].text();
            if lines[*at].heading().is_some() {
                continue;
            }
            if !lines[*at].is_open() {
                break;
            }
            let known = |key: Key, head: &[(usize, Entry)]| {
                head.iter().any(|(_, entry)| matches!(entry, Entry::Field(field) if field.key == key))
            };
            if let Some(byline) = byline(text) {
                self.head.push((*at, Entry::Byline(byline)));
            } else if let Some(field) = field(text).filter(|field| !known(field.key, &self.head)) {
                self.head.push((*at, Entry::Field(field)));
            } else if !is_headline(text) {
                break;
            }
        }
        self.read_foot(lines, &inked);
        self.title = match self.find_title(lines, &inked) {
            Some((at, title)) => {
                self.head.extend(at.into_iter().filter(|at| !lines[*at].is_blank()).map(|at| (at, Entry::Title)));
                title
            }
            None => self.stand_in(lines, docket),
        };
        self.head.sort_by_key(|(at, _)| *at);
        // A line is only one thing: a title field is the title already.
        self.head.dedup_by_key(|(at, _)| *at);
    }

    /// A date alone on the last line dates the report.
    fn read_foot(&mut self, lines: &[Line], inked: &[usize]) {
        let dated = self.head.iter().any(|(_, entry)| matches!(entry, Entry::Field(field) if field.key == Key::Date));
        let known = |at: usize| self.head.iter().any(|(line, _)| *line == at);
        if let Some(at) = inked.last().copied().filter(|at| !dated && inked.len() > 2 && !known(*at))
            && lines[at].is_open()
            && let Some(field) = field(lines[at].text()).filter(|field| field.key == Key::Date)
        {
            self.head.push((at, Entry::Field(field)));
        }
    }

    /// The lines and the words of the title; no lines where the recipe gives it.
    fn find_title(&self, lines: &[Line], inked: &[usize]) -> Option<(Vec<usize>, String)> {
        let text = |at: usize| lines[at].text().split_whitespace().collect::<Vec<_>>().join(" ");
        match self.piece.as_ref().and_then(|piece| piece.title.as_ref()) {
            Some(Named::Text(title)) => return Some((vec![], title.clone())),
            Some(Named::Lines(range)) => {
                // A title may stand on a line that belongs to another page, or to the document; it stays there then.
                let named: Vec<usize> = range.numbers(lines.len()).map(|number| number - 1).collect();
                let at: Vec<usize> = named.iter().copied().filter(|at| self.lines.contains(at)).collect();
                let title =
                    named.iter().map(|at| text(*at)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
                return (!title.is_empty()).then_some((at, title));
            }
            None => {}
        }
        if let Some((at, Entry::Front(_))) =
            self.head.iter().find(|(_, entry)| matches!(entry, Entry::Front(key) if key == "title"))
        {
            let value = lines[*at].text().split_once(':').map(|(_, value)| value.trim().to_owned());
            return value.map(|value| (vec![], value));
        }
        if let Some(at) = self.marked_title(lines, inked) {
            let marks = matches!(lines[at].form, Form::Markdown(_));
            let title = if marks {
                text(at).trim_start_matches('#').trim_end_matches(" #").trim().to_owned()
            } else {
                text(at)
            };
            return Some((vec![at], title));
        }
        if let Some((at, value)) = self.head.iter().find_map(|(at, entry)| match entry {
            Entry::Field(field) if field.key == Key::Title => Some((*at, field.value.clone())),
            _ => None,
        }) {
            return Some((vec![], value)).filter(|_| inked.contains(&at));
        }
        self.headline(lines, inked).map(|at| (vec![at], text(at)))
    }

    /// What the source itself marks as the title: a title, or its only heading of the first level, with nothing but
    /// the head in front of it.
    fn marked_title(&self, lines: &[Line], inked: &[usize]) -> Option<usize> {
        let in_head = |at: &usize| self.head.iter().any(|(line, _)| line == at);
        let first = inked
            .iter()
            .take(HEAD)
            .copied()
            .find(|at| !in_head(at))
            .filter(|at| width(lines[*at].text()) <= LONGEST)?;
        let level = lines[first].heading()?;
        let only = level == 0 || inked.iter().filter(|at| lines[**at].heading() == Some(level)).count() == 1;
        (level <= 1 && only).then_some(first)
    }

    /// The headline: the first line, or the one right behind the bylines and fields that begin the sheet.
    fn headline(&self, lines: &[Line], inked: &[usize]) -> Option<usize> {
        let in_head = |at: &usize| self.head.iter().any(|(line, _)| line == at);
        let first = inked.iter().take(HEAD).copied().find(|at| !in_head(at))?;
        // A sheet of one line is a text and not a title without one.
        (lines[first].is_free() && is_headline(lines[first].text()) && inked.len() > 1).then_some(first)
    }

    /// What stands in for a title that is not written: the byline, or the file's name.
    fn stand_in(&self, lines: &[Line], docket: &mut Docket) -> String {
        let stem = self.into.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
        let author = self.head.iter().find(|(_, entry)| matches!(entry, Entry::Byline(_))).map(|(at, _)| *at);
        let first =
            author.or_else(|| self.lines.iter().copied().find(|at| !lines[*at].is_blank() && !lines[*at].is_aside()));
        let Some(at) = first else { return stem.to_owned() };
        let text = lines[at].text();
        docket.ask(Question {
            rule: NO_TITLE,
            anchor: text,
            lines: &[at],
            excerpt: text,
            choices: vec!["keep".into()],
            free: false,
        });
        author.map_or_else(|| stem.to_owned(), |at| lines[at].text().split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// The lines of a page that are not blank, by their numbers from 1, in the order in which they are read.
pub(crate) fn numbers(sheet: &Sheet, lines: &[Line]) -> Lines {
    // A blank line between two lines of one stretch does not break it.
    let inked: Vec<usize> = sheet
        .lines
        .iter()
        .copied()
        .filter(|at| !lines[*at].is_blank() && !matches!(lines[*at].form, Form::Dropped(_)))
        .collect();
    let mut all: Vec<usize> = vec![];
    for at in inked {
        if let Some(last) = all.last().copied()
            && last < at
            && lines[last + 1..at].iter().all(Line::is_blank)
        {
            all.extend(last + 1..at);
        }
        all.push(at);
    }
    Lines::of(all.into_iter().map(|at| at + 1))
}
