//! One page: its text, what became of its lines, and the proof that it shows what they say.

use super::block::{Block, Blocks, Shape};
use super::doubt::{Docket, NO_ALT, Question};
use super::escape::Care;
use super::figures;
use super::flow::Paragraph;
use super::foreign;
use super::front::{Shared, front_matter};
use super::ink::{count, ink};
use super::ledger::Fate;
use super::line::{Form, Line, Reading};
use super::proof;
use super::sheet::{self, Sheet};
use super::structure::structure;
use super::words::Meaning;
use super::write::markdown;
use crate::fact::Units;
use crate::paths::SourcePath;

/// A page that is made.
#[derive(Debug)]
pub(crate) struct Page {
    /// All of its text.
    pub(crate) text: String,
    /// What became of its lines, by their indices; the head's aside.
    pub(crate) fates: Vec<(usize, Fate)>,
    /// The characters of its body that are text.
    pub(crate) characters: usize,
    /// The characters of its lines that became the marks of lists.
    pub(crate) marks: usize,
}

/// Makes a page.
///
/// # Errors
/// A clause that says why the page would not show its lines: a mistake of this program.
pub(crate) fn page(
    sheet: &Sheet,
    reading: &Reading,
    paragraphs: &[Paragraph],
    shared: &Shared,
    units: &Units,
    docket: &mut Docket,
) -> Result<Page, String> {
    let facts = figures::offer(paragraphs, units, docket);
    pictures(paragraphs, docket);
    let Blocks { blocks, fates } = structure(paragraphs, docket);
    let (characters, marks) = balance(&blocks, paragraphs, &reading.lines)?;
    let numbers = sheet::numbers(sheet, &reading.lines).to_string();
    let front = front_matter(sheet, &reading.lines, &numbers, &facts, shared);
    let path = SourcePath::new(&sheet.into).map_err(|error| error.to_string())?;
    let up = "../".repeat(sheet.into.matches('/').count());
    let body = if reading.kind == "markdown" {
        foreign::tamed(&path, &markdown(&blocks, Care::Nice, &up), docket)
    } else {
        proven(&path, &blocks, &up)?
    };
    let gap = if body.is_empty() { "" } else { "\n" };
    Ok(Page { text: format!("{front}{gap}{body}"), fates, characters, marks })
}

/// The Markdown of some blocks that is seen to show them: with marks if it can be, else with words alone.
fn proven(path: &SourcePath, blocks: &[Block], up: &str) -> Result<String, String> {
    let meant = proof::meant(blocks);
    let moved = blocks.iter().any(|block| matches!(block.shape, Shape::Note(_)));
    let mut difference = String::new();
    for care in [Care::Nice, Care::Safe] {
        let body = markdown(blocks, care, up);
        let shown = proof::shown(path, &format!("---\n---\n\n{body}"));
        if proof::same(&meant, &shown, moved) {
            return Ok(body);
        }
        difference = proof::difference(&meant, &shown);
    }
    Err(format!("`{path}` would not show the characters of its lines: {difference}"))
}

/// The characters of the blocks and of their marks, which must be those of the paragraphs' lines, in order.
fn balance(blocks: &[Block], paragraphs: &[Paragraph], lines: &[Line]) -> Result<(usize, usize), String> {
    let mut source =
        paragraphs.iter().flat_map(|paragraph| &paragraph.lines).flat_map(|at| ink(&lines[*at].words.text));
    let (mut characters, mut marks) = (0, 0);
    for block in blocks {
        marks += count(&block.marker);
        let texts: Vec<&str> = match &block.shape {
            Shape::Table(rows) => rows.iter().flatten().map(|cell| cell.text.as_str()).collect(),
            _ => vec![block.marker.as_str(), block.words.text.as_str()],
        };
        for c in texts.into_iter().flat_map(ink) {
            characters += 1;
            if source.next() != Some(c) {
                return Err(format!(
                    "the {characters}th character of a page is `{}`, and the source has another",
                    c.escape_debug()
                ));
            }
        }
    }
    match source.next() {
        Some(c) => Err(format!("`{}` of the source stands on no page", c.escape_debug())),
        None => Ok((characters - marks, marks)),
    }
}

/// Asks for the text of pictures that have none.
fn pictures(paragraphs: &[Paragraph], docket: &mut Docket) {
    for paragraph in paragraphs {
        for mark in &paragraph.words.marks {
            let Meaning::Image(name) = &mark.meaning else { continue };
            if mark.start == mark.end && !matches!(paragraph.form, Form::Dropped(_)) {
                let lines = [paragraph.line_at(mark.start)];
                docket.ask(Question {
                    rule: NO_ALT,
                    anchor: name,
                    lines: &lines,
                    excerpt: name,
                    choices: vec!["keep".into()],
                    free: false,
                });
            }
        }
    }
}
