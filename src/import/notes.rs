//! Footnotes: each stands on the page that refers to it.

use std::collections::{BTreeMap, BTreeSet};

use super::line::{Form, Line};
use super::sheet::Sheet;
use super::words::Meaning;

/// Puts every footnote behind the text of the first page that refers to it. One that nobody refers to becomes a
/// paragraph where it stands, and a reference without a footnote on its page is left out.
pub(crate) fn place(sheets: &mut [Sheet], lines: &mut [Line]) {
    let mut home: BTreeMap<String, usize> = BTreeMap::new();
    for (index, sheet) in sheets.iter().enumerate() {
        for name in sheet.lines.iter().flat_map(|at| references(&lines[*at])) {
            home.entry(name).or_insert(index);
        }
    }
    let notes: Vec<(usize, Option<usize>)> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| match &line.form {
            Form::Note(name) => Some((at, home.get(name).copied())),
            _ => None,
        })
        .collect();
    let moved: BTreeSet<usize> = notes.iter().filter(|(_, home)| home.is_some()).map(|(at, _)| *at).collect();
    for sheet in sheets.iter_mut() {
        sheet.lines.retain(|at| !moved.contains(at));
    }
    let placed: BTreeSet<usize> = sheets.iter().flat_map(|sheet| sheet.lines.iter().copied()).collect();
    let last = sheets.len().checked_sub(1);
    for (at, home) in notes {
        if home.is_none() {
            lines[at].form = Form::Paragraph;
        }
        if let Some(sheet) = home.or(last.filter(|_| !placed.contains(&at))).and_then(|home| sheets.get_mut(home)) {
            sheet.lines.push(at);
        }
    }
    let written: BTreeSet<String> = moved.iter().filter_map(|at| note_of(&lines[*at])).collect();
    for (index, sheet) in sheets.iter().enumerate() {
        for at in &sheet.lines {
            let known = |meaning: &Meaning| match meaning {
                Meaning::Note(name) => home.get(name) == Some(&index) && written.contains(name),
                _ => true,
            };
            lines[*at].words.marks.retain(|mark| known(&mark.meaning));
        }
    }
}

fn note_of(line: &Line) -> Option<String> {
    match &line.form {
        Form::Note(name) => Some(name.clone()),
        _ => None,
    }
}

fn references(line: &Line) -> Vec<String> {
    let name = |meaning: &Meaning| match meaning {
        Meaning::Note(name) => Some(name.clone()),
        _ => None,
    };
    line.words.marks.iter().filter_map(|mark| name(&mark.meaning)).collect()
}
