//! Pieces that stand in the wrong place: duplicates, strays, cut ends and lost starts; found and offered, never moved unasked.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::doubt::{CUT, DUPLICATE, Docket, LOST_START, ORDER, Question, RUNNING_HEAD, STRAY};
use super::flow::Paragraph;
use super::ink::{count, ink, width};
use super::line::Line;
use super::look::ordinal::{Kind, ordinal};
use super::look::sentence::{is_orphan, unclosed, unopened};
use super::sheet::Sheet;

/// What the decisions change in the sheets.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Lines to leave out, each with the rule that says why.
    pub(crate) drop: BTreeMap<usize, &'static str>,
    /// Lines to move before a line, the last of them joined to it.
    pub(crate) move_before: Vec<(Vec<usize>, usize)>,
}

/// How many characters of a text are compared at a time.
const SHINGLE: usize = 12;

/// Asks about everything in the sheets that may stand in the wrong place.
pub(crate) fn examine(sheets: &[Sheet], bodies: &[Vec<Paragraph>], lines: &[Line], docket: &mut Docket) -> Changes {
    let mut changes = Changes::default();
    running_heads(bodies, lines, docket, &mut changes);
    duplicates(bodies, lines, docket, &mut changes);
    let by_hand = |index: usize| sheets.get(index).is_some_and(|sheet| sheet.piece.is_some());
    for (index, body) in bodies.iter().enumerate() {
        // An order that a person wrote down is right.
        if !by_hand(index) {
            strays(body, lines, docket, &mut changes);
        }
    }
    cuts(bodies, lines, docket, &mut changes);
    changes
}

impl Changes {
    /// Carries the changes out; whether there were any.
    pub(crate) fn apply(&self, sheets: &mut [Sheet]) -> bool {
        for sheet in sheets.iter_mut() {
            sheet.lines.retain(|line| !self.drop.contains_key(line));
        }
        for (moved, before) in &self.move_before {
            let set: BTreeSet<usize> = moved.iter().copied().collect();
            let Some(target) = sheets.iter().position(|sheet| sheet.lines.contains(before)) else { continue };
            for sheet in sheets.iter_mut() {
                sheet.lines.retain(|line| !set.contains(line));
            }
            let sheet = &mut sheets[target];
            let at = sheet.lines.iter().position(|line| line == before).unwrap_or(sheet.lines.len());
            sheet.lines.splice(at..at, moved.iter().copied());
            sheet.joins.extend(moved.last().map(|last| (*last, *before)));
        }
        !self.drop.is_empty() || !self.move_before.is_empty()
    }
}

/// Short lines that stand in the text three times or more.
fn running_heads(bodies: &[Vec<Paragraph>], lines: &[Line], docket: &mut Docket, changes: &mut Changes) {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for paragraph in bodies.iter().flatten().filter(|paragraph| paragraph.is_prose_form() && paragraph.lines.len() == 1)
    {
        let text = lines[paragraph.lines[0]].text();
        if width(text) <= 60 && !text.contains('\t') {
            places.entry(text).or_default().push(paragraph.lines[0]);
        }
    }
    for (text, at) in places.into_iter().filter(|(_, at)| at.len() >= 3) {
        let choices = vec!["keep".to_owned(), "drop".to_owned()];
        let question = Question { rule: RUNNING_HEAD, anchor: text, lines: &at, excerpt: text, choices, free: false };
        if docket.ask(question) == "drop" {
            changes.drop.extend(at.into_iter().map(|line| (line, "running-head")));
        }
    }
}

/// Paragraphs of which most was said before.
fn duplicates(bodies: &[Vec<Paragraph>], lines: &[Line], docket: &mut Docket, changes: &mut Changes) {
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut earlier: Vec<&Paragraph> = vec![];
    for paragraph in bodies.iter().flatten().filter(|paragraph| count(&paragraph.words.text) >= 2 * SHINGLE) {
        let prints = prints(&paragraph.words.text);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for print in &prints {
            for other in seen.get(print).into_iter().flatten() {
                *shared.entry(*other).or_default() += 1;
            }
        }
        let best = shared.into_iter().max_by_key(|(other, times)| (*times, std::cmp::Reverse(*other)));
        if let Some((other, times)) = best
            && times * 10 >= prints.len() * 7
        {
            ask_duplicate(earlier[other], paragraph, lines, docket, changes);
        }
        for print in prints {
            // What everybody says proves nothing, and would make this quadratic.
            let places = seen.entry(print).or_default();
            if places.len() < 4 {
                places.push(earlier.len());
            }
        }
        earlier.push(paragraph);
    }
}

fn ask_duplicate(first: &Paragraph, second: &Paragraph, lines: &[Line], docket: &mut Docket, changes: &mut Changes) {
    let (Some(a), Some(b)) = (first.lines.first().copied(), second.lines.first().copied()) else { return };
    let both: Vec<usize> = first.lines.iter().chain(&second.lines).copied().collect();
    let choices = vec!["keep".to_owned(), format!("drop-{}", a + 1), format!("drop-{}", b + 1)];
    let anchor = format!("{}{}", lines[a].text(), lines[b].text());
    let dropped = [choices[1].clone(), choices[2].clone()];
    let question =
        Question { rule: DUPLICATE, anchor: &anchor, lines: &both, excerpt: lines[a].text(), choices, free: false };
    let choice = docket.ask(question);
    if let Some(which) = dropped.iter().position(|drop| *drop == choice) {
        let gone = if which == 0 { first } else { second };
        changes.drop.extend(gone.lines.iter().map(|line| (*line, "duplicate")));
    }
}

/// The finger prints of a text: of every stretch of some characters, those whose hash is divisible by four.
fn prints(text: &str) -> BTreeSet<u64> {
    const BASE: u64 = 0x0100_0000_01b3;
    let chars: Vec<u64> = ink(text).map(|c| u64::from(c as u32) + 1).collect();
    let power = (0..SHINGLE).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0_u64;
    let mut prints = BTreeSet::new();
    for (index, c) in chars.iter().enumerate() {
        hash = hash.wrapping_mul(BASE).wrapping_add(*c);
        if let Some(old) = index.checked_sub(SHINGLE).and_then(|old| chars.get(old)) {
            hash = hash.wrapping_sub(old.wrapping_mul(power));
        }
        if index + 1 >= SHINGLE && (hash ^ hash >> 29).is_multiple_of(4) {
            prints.insert(hash);
        }
    }
    prints
}

/// Paragraphs whose ordinal (三是) has no predecessor in its sheet.
fn strays(body: &[Paragraph], lines: &[Line], docket: &mut Docket, changes: &mut Changes) {
    let mut last: BTreeMap<Kind, u32> = BTreeMap::new();
    for paragraph in body.iter().filter(|paragraph| paragraph.is_prose_form()) {
        let Some(ordinal) =
            ordinal(&paragraph.words.text).filter(|ordinal| matches!(ordinal.kind, Kind::Clause | Kind::Han))
        else {
            continue;
        };
        let before = last.insert(ordinal.kind, ordinal.number).unwrap_or(0);
        if ordinal.number <= before + 1 || ordinal.number == 1 {
            continue;
        }
        let text = lines[paragraph.lines[0]].text();
        let choices = vec!["keep".to_owned(), "drop".to_owned()];
        let question =
            Question { rule: STRAY, anchor: text, lines: &paragraph.lines, excerpt: text, choices, free: false };
        if docket.ask(question) == "drop" {
            changes.drop.extend(paragraph.lines.iter().map(|line| (*line, "stray")));
        }
    }
}

/// Paragraphs that are cut, and those that lack their start; a pair that shares a pair of marks is offered as one.
fn cuts(bodies: &[Vec<Paragraph>], lines: &[Line], docket: &mut Docket, changes: &mut Changes) {
    let gone =
        |paragraph: &Paragraph, changes: &Changes| paragraph.lines.iter().any(|line| changes.drop.contains_key(line));
    let prose = |paragraph: &&Paragraph| paragraph.is_prose_form() && !gone(paragraph, changes);
    let orphans: Vec<&Paragraph> = bodies
        .iter()
        .flatten()
        .filter(prose)
        .filter(|paragraph| ordinal(&paragraph.words.text).is_none() && is_orphan(&paragraph.words.text))
        .collect();
    let mut waiting: Vec<&Paragraph> =
        orphans.iter().copied().filter(|paragraph| unopened(&paragraph.words.text)).collect();
    let mut met: BTreeSet<usize> = BTreeSet::new();
    let mut moves = vec![];
    for body in bodies {
        for (index, paragraph) in body.iter().enumerate().filter(|(_, paragraph)| paragraph.cut && prose(paragraph)) {
            let fits = unclosed(&paragraph.words.text)
                .then(|| waiting.iter().position(|orphan| orphan.lines != paragraph.lines))
                .flatten();
            if let Some(orphan) = fits.map(|at| waiting.remove(at)) {
                met.insert(orphan.lines[0]);
                moves.extend(ask_order(body, index, orphan, lines, docket));
            } else {
                let last = paragraph.lines.last().copied().unwrap_or(0);
                let text = lines[last].text();
                docket.ask(Question {
                    rule: CUT,
                    anchor: text,
                    lines: &paragraph.lines,
                    excerpt: text,
                    choices: vec!["keep".into()],
                    free: false,
                });
            }
        }
    }
    for orphan in orphans.iter().filter(|orphan| !met.contains(&orphan.lines[0])) {
        let text = lines[orphan.lines[0]].text();
        docket.ask(Question {
            rule: LOST_START,
            anchor: text,
            lines: &orphan.lines,
            excerpt: text,
            choices: vec!["keep".into()],
            free: false,
        });
    }
    changes.move_before.extend(moves);
}

/// Asks whether a cut paragraph, with up to three before it, belongs before an orphan; the move that was chosen.
fn ask_order(
    body: &[Paragraph],
    index: usize,
    orphan: &Paragraph,
    lines: &[Line],
    docket: &mut Docket,
) -> Option<(Vec<usize>, usize)> {
    let target = orphan.lines.first().copied()?;
    let mut choices = vec![("keep".to_owned(), vec![])];
    let mut moved: Vec<usize> = vec![];
    for paragraph in body.get(..=index)?.iter().rev().take(4) {
        // Only prose that is not itself the orphan can go along; an ordinal begins something else.
        if !paragraph.is_prose_form()
            || paragraph.lines.contains(&target)
            || !moved.is_empty() && holds_ordinals(paragraph)
        {
            break;
        }
        moved.splice(0..0, paragraph.lines.iter().copied());
        let (first, last) = (moved.first().copied()? + 1, moved.last().copied()? + 1);
        let name = if first == last { format!("move-{first}") } else { format!("move-{first}-{last}") };
        choices.push((name, moved.clone()));
    }
    let end = body.get(index)?.lines.last().copied()?;
    let both: Vec<usize> = body.get(index)?.lines.iter().chain(&orphan.lines).copied().collect();
    let names = choices.iter().map(|(name, _)| name.clone()).collect();
    let shown = format!("{} ‖ {}", lines[end].text(), lines[target].text());
    let anchor = lines[end].text();
    let choice =
        docket.ask(Question { rule: ORDER, anchor, lines: &both, excerpt: &shown, choices: names, free: false });
    let (_, moved) = choices.into_iter().find(|(name, _)| *name == choice)?;
    (!moved.is_empty()).then_some((moved, target))
}

fn holds_ordinals(paragraph: &Paragraph) -> bool {
    ordinal(&paragraph.words.text).is_some() || !super::sequence::clauses(&paragraph.words.text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::prints;

    #[test]
    fn the_same_words_leave_the_same_prints() {
        let text: String = ('一'..='龥').take(400).collect();
        let (whole, part) = (prints(&text), prints(&text.chars().skip(7).collect::<String>()));
        assert!(part.len() > 50 && part.is_subset(&whole));
    }
}
