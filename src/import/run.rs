//! One import as one call: bytes and decisions in; pages, ledger and doubts out.

use super::account::{Made, account};
use super::doubt::Docket;
use super::flow::{Measure, Paragraph, flow};
use super::front::Shared;
use super::ledger::{Ledger, Origin};
use super::line::Reading;
use super::page::page;
use super::recipe::{Named, Recipe};
use super::sheet::{Sheet, by_bylines, by_recipe};
use super::words::Meaning;
use super::{Doubt, notes, order, read, review};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::fact::Units;
use crate::paths::SourcePath;
use crate::sha256;
use crate::source::Source;

/// What an import is made of.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The source's file name; its ending says what kind of source it is.
    pub path: &'a SourcePath,
    /// The source's bytes.
    pub bytes: &'a [u8],
    /// What a person decided.
    pub recipe: &'a Recipe,
    /// Where the recipe stands, for complaints.
    pub recipe_path: &'a SourcePath,
    /// The names of the site's taxonomies.
    pub taxonomies: &'a [String],
}

/// A file that belongs into the folder that is imported into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path from there.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What came of an import.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Pages and pictures.
    pub files: Vec<File>,
    /// The ledger, whose sums come out.
    pub ledger: Ledger,
    /// This source's part of `REVIEW.md`.
    pub review: String,
    /// What could not be taken over, and decisions that do nothing.
    pub diagnostics: Vec<Diagnostic>,
    /// The source as lines, for excerpts.
    pub source: Source,
}

impl Imported {
    /// The open doubts as complaints with their places.
    pub fn open_doubts(&self) -> Vec<Diagnostic> {
        let complaint = |doubt: &Doubt| {
            let span =
                doubt.lines.numbers(self.ledger.source.lines).next().and_then(|line| self.source.line_span(line));
            let place = Place::new(self.source.path(), span.unwrap_or_default());
            let rule = super::RULES.iter().find(|rule| rule.name == doubt.rule);
            let message = rule.map_or_else(String::new, |rule| rule.en.trim_end_matches(['.', '?']).to_owned());
            let choices =
                doubt.choices.iter().map(|choice| format!("`--accept {}={choice}`", doubt.id)).collect::<Vec<_>>();
            Diagnostic::warning(Code::Doubt, place, format!("{} ({})", message, doubt.rule)).hint(choices.join(" or "))
        };
        self.ledger
            .doubts
            .iter()
            .filter(|doubt| doubt.is_open() && doubt.weight == super::Weight::Doubt)
            .map(complaint)
            .collect()
    }
}

/// Imports a source. `progress` is told how much is done of how much, in lines times steps.
///
/// # Errors
/// What is wrong with the source ([`Code::ImportSource`]) or with the recipe ([`Code::Recipe`]); nothing is made then.
/// [`Code::Internal`] if the sums do not come out.
pub fn import(request: &Request, progress: &mut dyn FnMut(u64, u64)) -> Result<Imported, Vec<Diagnostic>> {
    let whole = Place::file(request.path);
    let name = request.path.file_name();
    let mut reading = read::read(name, request.bytes)
        .map_err(|clause| vec![Diagnostic::error(Code::ImportSource, whole.clone(), clause)])?;
    name_pictures(&mut reading, &stem(name));
    let sha256 = sha256::hex(request.bytes);
    let mismatches = request.recipe.mismatches(request.recipe_path, &sha256, reading.lines.len());
    if !mismatches.is_empty() {
        return Err(mismatches);
    }
    let text: String = reading
        .lines
        .iter()
        .flat_map(|line| [line.words.text.as_str().replace(['\n', '\r'], " "), "\n".into()])
        .collect();
    let source = Source::new(request.path.clone(), text);
    let total = reading.lines.len() as u64 * 4;
    let mut docket = Docket::new(&request.recipe.decisions);
    let (mut sheets, document) = deal(request, &mut reading, &mut docket);
    progress(total / 8, total);
    let changes = arrange(&mut sheets, &reading, &mut docket, &mut |part| progress(total / 8 + part, total));
    let named = title_of(request.recipe.document.as_ref(), &document, &reading);
    let shared = Shared {
        name,
        document: &named,
        sha256: &sha256,
        date: request.recipe.date.as_deref(),
        taxonomies: request.taxonomies,
    };
    let measure = Measure::of(&reading.lines);
    let units = Units::default();
    let mut pages = vec![];
    let mut done = total / 2;
    for sheet in &mut sheets {
        sheet.read_head(&reading.lines, &mut docket);
        let paragraphs = flow(sheet, &reading.lines, measure, &mut docket);
        let made = page(sheet, &reading, &paragraphs, &shared, &units, &mut docket);
        pages.push(made.map_err(|clause| vec![Diagnostic::error(Code::Internal, whole.clone(), clause)])?);
        done += sheet.lines.len() as u64 * 2;
        progress(done.min(total), total);
    }
    docket.close();
    let diagnostics = complaints(request, &reading, &docket, &source);
    let chinese = source.text().chars().take(20_000).filter(|c| super::ink::is_han(*c)).count() > 50;
    let review = review::section(name, reading.unit, &docket.doubts, chinese);
    let origin = Origin {
        name: name.to_owned(),
        sha256,
        kind: reading.kind.to_owned(),
        encoding: reading.encoding.to_owned(),
        unit: reading.unit.to_owned(),
        lines: reading.lines.len(),
    };
    let made = Made { sheets: &sheets, pages, document: &document, changes: &changes, doubts: docket.doubts };
    let (files, ledger) = account(request.recipe, reading, made, origin, &review)
        .map_err(|clause| vec![Diagnostic::error(Code::Internal, whole, clause)])?;
    Ok(Imported { files, ledger, review, diagnostics, source })
}

/// The pages with their lines, and the lines that name the document.
fn deal(request: &Request, reading: &mut Reading, docket: &mut Docket) -> (Vec<Sheet>, Vec<usize>) {
    let count = reading.lines.len();
    let mut taken = vec![false; count];
    let document: Vec<usize> = match &request.recipe.document {
        Some(Named::Lines(lines)) => lines.numbers(count).map(|number| number - 1).collect(),
        _ => vec![],
    };
    let dropped = request.recipe.drop.iter().flat_map(|drop| drop.lines.numbers(count).map(|number| number - 1));
    document.iter().copied().chain(dropped).for_each(|at| taken[at] = true);
    let (mut sheets, preamble) = if request.recipe.pieces.is_empty() {
        let free: Vec<usize> = (0..count).filter(|at| !taken[*at]).collect();
        by_bylines(&stem(request.path.file_name()), &reading.lines, &free, docket)
    } else {
        (by_recipe(request.recipe, &reading.lines, &mut taken, docket), vec![])
    };
    notes::place(&mut sheets, &mut reading.lines);
    (sheets, if document.is_empty() { preamble } else { document })
}

/// Gives pictures that stand in the source names that two sources do not share.
fn name_pictures(reading: &mut Reading, stem: &str) {
    let own: Vec<String> = reading.images.iter().map(|(name, _)| name.clone()).collect();
    for mark in reading.lines.iter_mut().flat_map(|line| &mut line.words.marks) {
        if let Meaning::Image(name) = &mut mark.meaning
            && own.contains(name)
        {
            *name = format!("{stem}-{name}");
        }
    }
    reading.images.iter_mut().for_each(|(name, _)| *name = format!("{stem}-{name}"));
}

/// The name of pages without one of their own: the source's, without its ending.
fn stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim();
    let plain: String = stem.chars().map(|c| if c.is_control() || "/\\:".contains(c) { '-' } else { c }).collect();
    let taken =
        ["", "index", "_index", "readme", "review"].contains(&plain.to_lowercase().as_str()) || plain.starts_with('.');
    if taken { format!("report-{}", plain.trim_start_matches('.')) } else { plain }
}

/// Finds what stands in the wrong place, and does what was decided about it.
fn arrange(
    sheets: &mut [Sheet],
    reading: &Reading,
    docket: &mut Docket,
    progress: &mut dyn FnMut(u64),
) -> order::Changes {
    // The heads and joints are only looked at here; they are asked about once everything has its place.
    let mut aside = docket.clone();
    let measure = Measure::of(&reading.lines);
    let mut bodies: Vec<Vec<Paragraph>> = vec![];
    for sheet in sheets.iter_mut() {
        sheet.read_head(&reading.lines, &mut aside);
        bodies.push(flow(sheet, &reading.lines, measure, &mut aside));
        progress(sheet.lines.len() as u64 / 2);
    }
    let changes = order::examine(sheets, &bodies, &reading.lines, docket);
    changes.apply(sheets);
    progress(reading.lines.len() as u64);
    changes
}

/// What the document is called.
fn title_of(named: Option<&Named>, document: &[usize], reading: &Reading) -> String {
    match named {
        Some(Named::Text(text)) => text.clone(),
        _ => {
            let words = document.iter().map(|at| reading.lines[*at].text().to_owned()).filter(|text| !text.is_empty());
            words.collect::<Vec<_>>().join(" ").chars().take(1000).collect()
        }
    }
}

fn complaints(request: &Request, reading: &Reading, docket: &Docket, source: &Source) -> Vec<Diagnostic> {
    let mut complaints: Vec<Diagnostic> = vec![];
    for (line, clause) in &reading.complaints {
        let span = source.line_span(*line).unwrap_or_default();
        complaints.push(Diagnostic::warning(Code::ImportSource, Place::new(request.path, span), clause.clone()));
    }
    for clause in &docket.complaints {
        complaints.push(Diagnostic::warning(Code::Recipe, Place::file(request.recipe_path), clause.clone()));
    }
    complaints
}
