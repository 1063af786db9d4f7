//! The account of an import: every line gets its one fate, the sums are drawn, and they must come out.

use std::collections::BTreeMap;

use super::doubt::{Doubt, RULES};
use super::ink::count;
use super::ledger::{Characters, Entry, Fate, Ledger, Origin, Sums, VERSION, Written};
use super::line::{Form, Line, Reading};
use super::order::Changes;
use super::page::Page;
use super::range::Lines;
use super::recipe::Recipe;
use super::run::File;
use super::sheet::{self, Entry as Head, Sheet};
use crate::sha256;

/// All that was made of a source.
pub(crate) struct Made<'a> {
    pub(crate) sheets: &'a [Sheet],
    /// A page for each sheet.
    pub(crate) pages: Vec<Page>,
    /// The lines that name the document.
    pub(crate) document: &'a [usize],
    pub(crate) changes: &'a Changes,
    pub(crate) doubts: Vec<Doubt>,
}

/// The files and the ledger.
///
/// # Errors
/// A clause that says which line has no fate or two, or which sum does not come out: a mistake of this program.
pub(crate) fn account(
    recipe: &Recipe,
    reading: Reading,
    made: Made,
    origin: Origin,
    review: &str,
) -> Result<(Vec<File>, Ledger), String> {
    let fates = fates(recipe, &reading.lines, &made)?;
    let counts: Vec<usize> = reading.lines.iter().map(|line| count(&line.words.text)).collect();
    let characters = characters(&fates, &counts, &made.pages)?;
    let holding = holding(&made.doubts, counts.len());
    let mut sums = Sums { characters, ..Sums::default() };
    let mut lines = vec![];
    for (at, slot) in fates.into_iter().enumerate() {
        // What no page names is for review.
        let (fate, page) = slot.unwrap_or((Fate::Review { rule: "unplaced".into() }, None));
        let fate = match holding.get(&at) {
            Some(rule) if !matches!(fate, Fate::Dropped { .. }) => Fate::Review { rule: (*rule).to_owned() },
            _ => fate,
        };
        *sums.lines.entry(fate.word().to_owned()).or_default() += 1;
        let page = page.and_then(|page| made.sheets.get(page)).map(|sheet| sheet.into.clone());
        lines.push(Entry { line: at + 1, characters: counts[at], page, fate });
    }
    let (files, written) = files(reading, made.sheets, made.pages);
    let review = sha256::hex(review.as_bytes());
    let ledger = Ledger { version: VERSION, source: origin, sums, files: written, review, doubts: made.doubts, lines };
    ledger.check()?;
    Ok((files, ledger))
}

/// A line's fate and the number of its page; none for a line that nothing names.
type Slot = Option<(Fate, Option<usize>)>;

/// Lines with their one fate each.
struct Book {
    fates: Vec<Slot>,
}

impl Book {
    fn set(&mut self, line: usize, fate: Fate, page: Option<usize>) -> Result<(), String> {
        match self.fates.get_mut(line) {
            Some(slot @ None) => *slot = Some((fate, page)),
            // White space between the lines of a page is settled already.
            Some(Some((Fate::Dropped { rule }, None))) if rule == "blank" => {}
            Some(Some((other, _))) => {
                return Err(format!("line {} has two fates: {} and {}", line + 1, other.word(), fate.word()));
            }
            None => return Err(format!("there is no line {}", line + 1)),
        }
        Ok(())
    }
}

fn fates(recipe: &Recipe, lines: &[Line], made: &Made) -> Result<Vec<Slot>, String> {
    let mut book = Book { fates: vec![None; lines.len()] };
    let dropped = |rule: &str| Fate::Dropped { rule: rule.to_owned() };
    for (at, line) in lines.iter().enumerate() {
        match &line.form {
            _ if line.is_blank() => book.set(at, dropped("blank"), None)?,
            Form::Dropped(rule) => book.set(at, dropped(rule), None)?,
            _ => {}
        }
    }
    for drop in &recipe.drop {
        for at in drop.lines.numbers(lines.len()).map(|number| number - 1) {
            // A line that its reader leaves out anyway keeps that rule.
            if !matches!(lines[at].form, Form::Dropped(_)) {
                book.set(at, dropped(&drop.rule), None)?;
            }
        }
    }
    made.changes.drop.iter().try_for_each(|(at, rule)| book.set(*at, dropped(rule), None))?;
    let field = |key: &str| Fate::Field { key: key.to_owned() };
    made.document.iter().try_for_each(|at| book.set(*at, field("document"), None))?;
    for (index, (sheet, page)) in made.sheets.iter().zip(&made.pages).enumerate() {
        for (at, entry) in &sheet.head {
            let fate = match entry {
                Head::Title => field("title"),
                Head::Byline(_) => field("author"),
                Head::Field(own) => field(own.key.name()),
                Head::Front(key) => field(key),
            };
            book.set(*at, fate, Some(index))?;
        }
        page.fates.iter().try_for_each(|(at, fate)| book.set(*at, fate.clone(), Some(index)))?;
    }
    Ok(book.fates)
}

/// Where the characters of the lines are, by the fates of the lines.
fn characters(fates: &[Slot], counts: &[usize], pages: &[Page]) -> Result<Characters, String> {
    let mut sums = Characters { source: counts.iter().sum(), ..Characters::default() };
    sums.marks = pages.iter().map(|page| page.marks).sum();
    for (slot, count) in fates.iter().zip(counts) {
        *match slot {
            None => &mut sums.review,
            Some((Fate::Dropped { .. }, _)) => &mut sums.dropped,
            Some((Fate::Field { .. }, _)) => &mut sums.fields,
            Some(_) => &mut sums.kept,
        } += count;
    }
    sums.kept = sums.kept.checked_sub(sums.marks).ok_or("there are more marks than characters")?;
    Ok(sums)
}

/// The lines that an open doubt holds for review, wherever they stand meanwhile, each with the doubt's rule.
fn holding(doubts: &[Doubt], lines: usize) -> BTreeMap<usize, &'static str> {
    let mut holding = BTreeMap::new();
    let holds = |doubt: &&Doubt| doubt.is_open() && RULES.iter().any(|rule| rule.name == doubt.rule && rule.holds);
    for doubt in doubts.iter().filter(holds) {
        for line in doubt.lines.numbers(lines) {
            holding.entry(line - 1).or_insert(doubt.rule);
        }
    }
    holding
}

/// The pages and pictures as files, and their entries in the ledger.
fn files(reading: Reading, sheets: &[Sheet], pages: Vec<Page>) -> (Vec<File>, Vec<Written>) {
    let (mut files, mut written) = (vec![], vec![]);
    for (sheet, page) in sheets.iter().zip(pages) {
        let bytes = page.text.into_bytes();
        let (path, characters) = (sheet.into.clone(), page.characters);
        let lines = sheet::numbers(sheet, &reading.lines).to_string();
        written.push(Written { path: path.clone(), sha256: sha256::hex(&bytes), lines, characters });
        files.push(File { path, bytes });
    }
    for (path, bytes) in reading.images {
        let lines = Lines::default().to_string();
        written.push(Written { path: path.clone(), sha256: sha256::hex(&bytes), lines, characters: 0 });
        files.push(File { path, bytes });
    }
    (files, written)
}
