//! Paragraphs -> blocks: headings and lists by their ordinals, tables by their tabs, the rest as it was said to be.

use std::collections::BTreeMap;

use super::block::{Block, Blocks, Mark, Shape};
use super::doubt::{Docket, HEADING, Question, SEQUENCE};
use super::flow::Paragraph;
use super::ink::excerpt;
use super::ledger::Fate;
use super::line::{Form, Verbatim};
use super::lists::{Entry, entries};
use super::look::ordinal::{Kind, Ordinal, ordinal};
use super::look::sentence::{first_end, is_heading_like};
use super::sequence::{Sequence, sequence};
use super::words::Words;

/// The most characters of a first sentence that may be a heading.
const RUN_IN: usize = 30;

/// The blocks of one page.
pub(crate) fn structure(paragraphs: &[Paragraph], docket: &mut Docket) -> Blocks {
    let ordinals: Vec<Option<Ordinal>> = paragraphs
        .iter()
        .map(|paragraph| ordinal(&paragraph.words.text).filter(|_| paragraph.is_prose_form()))
        .collect();
    let levels = levels(paragraphs, &ordinals);
    let is_heading = |index: usize| {
        ordinals[index]
            .is_some_and(|ordinal| levels.contains_key(&ordinal.kind) && is_short(&paragraphs[index], ordinal))
    };
    // What is a list inside one paragraph is none across several.
    let inner: Vec<Sequence> = paragraphs
        .iter()
        .map(|paragraph| if paragraph.is_prose_form() { sequence(&paragraph.words.text) } else { Sequence::None })
        .collect();
    let listed = |index: usize| ordinals[index].filter(|_| !is_heading(index) && inner[index] == Sequence::None);
    let entries = entries(&(0..paragraphs.len()).map(listed).collect::<Vec<_>>());
    let run_ins = run_ins(paragraphs, &entries, &inner, &is_heading);
    // The title is the page's first level, so a first level in the text moves down, with all below it.
    let first = paragraphs.iter().any(|paragraph| paragraph.form == Form::Heading(1));
    let mut page = Page {
        docket,
        page: Blocks::default(),
        shift: u8::from(first),
        base: 1,
        last: 1,
        counters: vec![],
        list: None,
    };
    let mut index = 0;
    while let Some(paragraph) = paragraphs.get(index) {
        let heading =
            ordinals[index].and_then(|ordinal| levels.get(&ordinal.kind).map(|level| *level + depth(ordinal)));
        index += match (&paragraph.form, entries[index]) {
            (Form::Text | Form::Paragraph, _) if is_heading(index) => page.heading(paragraph, heading.unwrap_or(1)),
            (Form::Text | Form::Paragraph, Some(Entry::Item { depth, fresh })) => {
                page.item(paragraph, ordinals[index], depth, fresh)
            }
            (Form::Text, _) if table_rows(&paragraphs[index..]) > 1 => page.tabbed(&paragraphs[index..]),
            (Form::Text | Form::Paragraph, entry) => {
                let stands_alone = next_is_prose(paragraphs, index) && could_be_heading(paragraph, ordinals[index]);
                page.prose(paragraph, &inner[index], entry == Some(Entry::Broken), run_ins[index], stands_alone)
            }
            (Form::Cell { table, .. }, _) => page.cells(&paragraphs[index..], *table),
            _ => page.formed(paragraph),
        };
    }
    page.page
}

/// `1.1` stands a level below `1.`.
fn depth(ordinal: Ordinal) -> u8 {
    if let Kind::Decimal(depth) = ordinal.kind { depth } else { 0 }
}

/// Whether a paragraph is short as headings are, its ordinal aside.
fn is_short(paragraph: &Paragraph, ordinal: Ordinal) -> bool {
    paragraph.lines.len() == 1 && paragraph.words.text.get(ordinal.length..).is_some_and(is_heading_like)
}

/// The kinds of ordinals that number headings on this page, each with how deep it stands, from 1.
fn levels(paragraphs: &[Paragraph], ordinals: &[Option<Ordinal>]) -> BTreeMap<Kind, u8> {
    // For each kind: how many short ones there are, and how many of them have a text below.
    let mut seen: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
    for (index, ordinal) in ordinals.iter().enumerate() {
        let Some(ordinal) =
            ordinal.filter(|ordinal| ordinal.kind <= Kind::Letter && is_short(&paragraphs[index], *ordinal))
        else {
            continue;
        };
        let next = ordinals.get(index + 1).copied().flatten();
        let bare = next.is_some_and(|next| next.kind == ordinal.kind) || index + 1 == paragraphs.len();
        let (all, with_text) = seen.entry(ordinal.kind).or_default();
        *all += 1;
        *with_text += usize::from(!bare);
    }
    let kinds = seen.into_iter().filter(|(kind, (all, with_text))| *kind <= Kind::Section || with_text * 2 > *all);
    let mut levels = BTreeMap::new();
    let mut level = 1;
    for (kind, _) in kinds {
        // 1.1 and 1.1.1 stand below 1. by what they say themselves.
        let below = matches!(kind, Kind::Decimal(_)).then(|| levels.get(&Kind::Digit).copied()).flatten();
        let own = below.unwrap_or(level);
        levels.insert(kind, own);
        level = (own + 1).min(5);
    }
    levels
}

/// Whether a line alone could be a heading: it looks like one, or has an ordinal and is one short sentence.
fn could_be_heading(paragraph: &Paragraph, ordinal: Option<Ordinal>) -> bool {
    let text = &paragraph.words.text;
    let Some(ordinal) = ordinal else { return paragraph.lines.len() == 1 && is_heading_like(text) };
    let own = text.get(ordinal.length..).unwrap_or_default().trim_end();
    let short = own.chars().count() <= if own.is_ascii() { 2 * RUN_IN } else { RUN_IN };
    let sentence = short && first_end(own) == Some(own.len()) && own.ends_with(['。', '.']);
    paragraph.lines.len() == 1 && sentence && ordinal.kind < Kind::Clause
}

fn next_is_prose(paragraphs: &[Paragraph], index: usize) -> bool {
    paragraphs.get(index + 1).is_some_and(|next| next.is_prose_form() && !is_heading_like(&next.words.text))
}

/// Where the first sentence of each paragraph ends, if it could be a heading: short, with more behind it, not the only
/// one of its page, and without an item of a list inside it.
fn run_ins(
    paragraphs: &[Paragraph],
    entries: &[Option<Entry>],
    inner: &[Sequence],
    is_heading: &dyn Fn(usize) -> bool,
) -> Vec<Option<usize>> {
    let first = |(index, paragraph): (usize, &Paragraph)| {
        let text = &paragraph.words.text;
        let free = paragraph.is_prose_form() && entries[index].is_none() && !is_heading(index);
        let end = first_end(text)
            .filter(|end| free && text.get(*end..).is_some_and(|rest| rest.trim().chars().count() > RUN_IN))
            .filter(|end| inner[index].first().is_none_or(|first| *end <= first))?;
        let sentence = text.get(..end)?;
        let commas = sentence.chars().filter(|c| matches!(c, '，' | ',')).count();
        let figures = sentence.chars().any(|c| c.is_ascii_digit());
        let limit = if sentence.is_ascii() { 2 * RUN_IN } else { RUN_IN };
        (sentence.chars().count() <= limit && commas <= 2 && !figures && sentence.ends_with(['。', '.', '”', '"']))
            .then_some(end)
    };
    let found: Vec<Option<usize>> = paragraphs.iter().enumerate().map(first).collect();
    if found.iter().flatten().count() < 2 { vec![None; paragraphs.len()] } else { found }
}

/// How many paragraphs from here on are lines with the same number of tabs.
fn table_rows(paragraphs: &[Paragraph]) -> usize {
    let tabs = |paragraph: &Paragraph| paragraph.words.text.trim().matches('\t').count();
    let Some(columns) = paragraphs.first().map(tabs).filter(|tabs| *tabs > 0) else { return 0 };
    paragraphs.iter().take_while(|row| row.form == Form::Text && row.lines.len() == 1 && tabs(row) == columns).count()
}

/// A page in the making.
struct Page<'a, 'd> {
    docket: &'a mut Docket<'d>,
    page: Blocks,
    /// How far the source's headings move down.
    shift: u8,
    /// The level of the last heading that the source itself marked as one; 1 is the title's.
    base: u8,
    /// The level of the last heading that the source marked or numbered; what has no number stands below it.
    last: u8,
    /// The numbers of the lists that are open, by depth.
    counters: Vec<u32>,
    /// Where the last item stands among the blocks.
    list: Option<usize>,
}

impl Page<'_, '_> {
    /// Notes what became of a paragraph's lines, and that one paragraph was used up.
    fn done(&mut self, paragraph: &Paragraph, fate: Fate) -> usize {
        self.page.fates.extend(paragraph.lines.iter().map(|line| (*line, fate.clone())));
        1
    }

    fn push(&mut self, shape: Shape, words: Words) {
        self.page.blocks.push(Block::new(shape, words));
    }

    fn heading(&mut self, paragraph: &Paragraph, below: u8) -> usize {
        self.last = (self.base + below).clamp(2, 6);
        self.push(Shape::Heading(self.last), paragraph.words.clone());
        self.done(paragraph, Fate::Heading { level: self.last })
    }

    fn item(&mut self, paragraph: &Paragraph, ordinal: Option<Ordinal>, depth: u8, fresh: bool) -> usize {
        let text = &paragraph.words.text;
        let written = ordinal.map_or(0, |ordinal| ordinal.length);
        let marker = text.get(..written).unwrap_or_default().trim();
        // `1.` and `•` become the list's own marks; （1） and ① have no such marks and stay in the text.
        let (mark, own) = match ordinal {
            Some(Ordinal { kind: Kind::Digit, number, .. }) if marker.ends_with(['.', ')']) && marker.is_ascii() => {
                (Mark::Number(number), true)
            }
            Some(Ordinal { kind: Kind::Bullet, .. }) => (Mark::Bullet, true),
            _ => (Mark::Bullet, false),
        };
        let words = if own { paragraph.words.slice(written, text.len()) } else { paragraph.words.clone() };
        let marker = if own { marker.to_owned() } else { String::new() };
        self.page.blocks.push(Block { shape: Shape::Item { depth, mark }, words, marker, fresh });
        self.done(paragraph, Fate::ListItem { joined: paragraph.lines.len() })
    }

    fn prose(
        &mut self,
        paragraph: &Paragraph,
        inner: &Sequence,
        broken: bool,
        run_in: Option<usize>,
        alone: bool,
    ) -> usize {
        let text = &paragraph.words.text;
        if *inner == Sequence::Broken || broken {
            self.ask(SEQUENCE, paragraph, text, &["keep"]);
        }
        let mut start = 0;
        let mut fate = Fate::Paragraph { joined: paragraph.lines.len() };
        if let Some(end) = run_in
            && self.ask(HEADING, paragraph, text.get(..end).unwrap_or_default(), &["keep", "heading"]) == "heading"
        {
            let level = (self.last + 1).clamp(2, 6);
            self.push(Shape::Heading(level), paragraph.words.slice(0, end).trimmed());
            start = end;
        } else if alone && self.ask(HEADING, paragraph, text, &["keep", "heading"]) == "heading" {
            let level = (self.last + 1).clamp(2, 6);
            self.push(Shape::Heading(level), paragraph.words.clone());
            return self.done(paragraph, Fate::Heading { level });
        }
        if let Sequence::Complete(starts) = inner {
            fate = Fate::ListItem { joined: paragraph.lines.len() };
            let first = starts.first().copied().unwrap_or(start);
            if text.get(start..first).is_some_and(|intro| !intro.trim().is_empty()) {
                self.push(Shape::Paragraph, paragraph.words.slice(start, first).trimmed());
            }
            for (index, at) in starts.iter().enumerate() {
                let end = starts.get(index + 1).copied().unwrap_or(text.len());
                let words = paragraph.words.slice(*at, end).trimmed();
                let shape = Shape::Item { depth: 0, mark: Mark::Bullet };
                self.page.blocks.push(Block { shape, words, marker: String::new(), fresh: index == 0 });
            }
        } else {
            self.push(Shape::Paragraph, paragraph.words.slice(start, text.len()).trimmed());
        }
        self.done(paragraph, fate)
    }

    fn ask(
        &mut self,
        rule: &'static super::doubt::Rule,
        paragraph: &Paragraph,
        about: &str,
        choices: &[&str],
    ) -> String {
        let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
        let anchor = excerpt(about, 200);
        self.docket.ask(Question {
            rule,
            anchor: &anchor,
            lines: &paragraph.lines,
            excerpt: about,
            choices,
            free: false,
        })
    }

    /// A table of lines with tabs.
    fn tabbed(&mut self, paragraphs: &[Paragraph]) -> usize {
        let count = table_rows(paragraphs);
        let row = |paragraph: &Paragraph| -> Vec<Words> {
            let text = &paragraph.words.text;
            let tabs = text.match_indices('\t').map(|(at, _)| at);
            let ends = tabs.clone().chain([text.len()]);
            [0].into_iter()
                .chain(tabs.map(|at| at + 1))
                .zip(ends)
                .map(|(start, end)| paragraph.words.slice(start, end).trimmed())
                .collect()
        };
        self.push(Shape::Table(paragraphs.iter().take(count).map(row).collect()), Words::default());
        for paragraph in paragraphs.iter().take(count) {
            self.done(paragraph, Fate::Table);
        }
        count
    }

    /// A table whose cells the source itself marks.
    fn cells(&mut self, paragraphs: &[Paragraph], number: usize) -> usize {
        let mut rows: Vec<Vec<Words>> = vec![];
        let mut count = 0;
        for paragraph in paragraphs {
            let Form::Cell { table, row, column } = paragraph.form else { break };
            if table != number {
                break;
            }
            if rows.len() <= row {
                rows.resize(row + 1, vec![]);
            }
            let Some(cells) = rows.get_mut(row) else { break };
            if cells.len() <= column {
                cells.resize(column + 1, Words::default());
            }
            if let Some(cell) = cells.get_mut(column) {
                let between = if cell.is_blank() { "" } else { "\n" };
                cell.push(between, &paragraph.words);
            }
            count += self.done(paragraph, Fate::Table);
        }
        // A row without a word would make a hole.
        rows.retain(|row| !row.is_empty());
        self.push(Shape::Table(rows), Words::default());
        count.max(1)
    }

    /// What the source itself says the form of.
    fn formed(&mut self, paragraph: &Paragraph) -> usize {
        let words = paragraph.words.clone();
        let joined = paragraph.lines.len();
        let (shape, fate) = match &paragraph.form {
            Form::Title => (Shape::Heading(2), Fate::Heading { level: 2 }),
            Form::Heading(level) => {
                // No level is skipped on the way down.
                let level = level.saturating_add(self.shift).min(self.base + 1).clamp(2, 6);
                (self.base, self.last) = (level, level);
                (Shape::Heading(level), Fate::Heading { level })
            }
            Form::Item { depth, ordered } => {
                let mark = if *ordered { Mark::Number(self.count(*depth)) } else { self.bullet(*depth) };
                (Shape::Item { depth: *depth, mark }, Fate::ListItem { joined })
            }
            Form::Code => (Shape::Code, Fate::Code),
            Form::Quote => (Shape::Quote, Fate::Quote { joined }),
            Form::Note(name) => (Shape::Note(name.clone()), Fate::Note),
            Form::Markdown(what) => (Shape::Verbatim, verbatim(*what)),
            _ => (Shape::Paragraph, Fate::Paragraph { joined }),
        };
        if !matches!(shape, Shape::Item { .. }) {
            self.counters.clear();
        } else {
            self.list = Some(self.page.blocks.len());
        }
        self.push(shape, words);
        self.done(paragraph, fate)
    }

    /// The number of the next item at a depth.
    fn count(&mut self, depth: u8) -> u32 {
        let adjacent = self.list.is_some_and(|at| at + 1 == self.page.blocks.len());
        if !adjacent {
            self.counters.clear();
        }
        self.counters.truncate(usize::from(depth) + 1);
        self.counters.resize(usize::from(depth) + 1, 0);
        let Some(number) = self.counters.last_mut() else { return 1 };
        *number += 1;
        *number
    }

    fn bullet(&mut self, depth: u8) -> Mark {
        self.counters.truncate(usize::from(depth));
        Mark::Bullet
    }
}

fn verbatim(what: Verbatim) -> Fate {
    match what {
        Verbatim::Heading(level) => Fate::Heading { level },
        Verbatim::Item => Fate::ListItem { joined: 1 },
        Verbatim::Table => Fate::Table,
        Verbatim::Code => Fate::Code,
        Verbatim::Note => Fate::Note,
        Verbatim::Paragraph => Fate::Paragraph { joined: 1 },
    }
}
