//! `mv`: a page or a section gets another place, and every link goes on leading where it led.
//!
//! 1. [`places::Places`] says which files move, and where a path leads that led to one of them.
//! 2. [`rewrite`] writes anew what names them: links, includes, and what front matter names.
//! 3. [`verify`] builds the site as it would be and compares every link with what it was. What cannot be kept is told with
//!    its place, and nothing is moved.
//!
//! Nothing is written here.

mod aliases;
mod places;
mod rewrite;
mod verify;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::build::{Build, Wish, build};
use crate::diagnostic::Diagnostic;
use crate::inputs::{File, Inputs};
use crate::paths::SourcePath;
use crate::source::Source;
use places::Places;

/// What is asked of a move.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// The page or section, as its file, folder or key.
    pub old: &'r str,
    /// Its new file, folder or key; an existing section, or a name with `/` at the end, takes it in under its own name.
    pub new: &'r str,
    /// Old URLs lead to the new ones.
    pub aliases: bool,
}

/// A move that can be made.
pub struct Move {
    /// Every file that moves, with where it goes.
    pub files: BTreeMap<SourcePath, SourcePath>,
    /// Every text that changes, where it will stand.
    pub texts: BTreeMap<SourcePath, Source>,
    /// How many links were written anew.
    pub links: usize,
    /// The old URLs that lead to the new ones.
    pub aliases: Vec<String>,
}

/// Why a move is not made.
pub enum Refusal {
    /// It was asked for wrongly.
    Usage(String),
    /// What would be wrong after it, with the site as it is and as it would be.
    Problems(Vec<Diagnostic>, Box<[Build; 2]>),
}

/// The move that is asked for.
///
/// # Errors
/// When there is no such page, when something stands at its new place, or when a link would not lead where it leads now.
pub fn plan(inputs: &Inputs, request: Request<'_>) -> Result<Move, Refusal> {
    // Links of drafts and of what has expired lead on, too.
    let wish = Wish { drafts: true, ..Wish::default() };
    let inputs = &Inputs { today: Date::MIN, ..inputs.clone() };
    let before = build(inputs, &wish, None);
    let places = Places::find(inputs, &before.site, request.old, request.new).map_err(Refusal::Usage)?;
    let mut texts = BTreeMap::new();
    let mut links = 0;
    for page in &before.site.pages {
        let Some(document) = page.own_document() else { continue };
        let edits = rewrite::edits(&places, &before.site, page, document);
        if edits.is_empty() {
            continue;
        }
        links += edits.len();
        let path = places.path(document.source.path());
        texts.insert(path.clone(), Source::new(path, rewrite::apply(document.source.text(), edits)));
    }
    let mut after = build(&moved(inputs, &places, &texts), &wish, Some(&before));
    let mut problems = verify::problems(&before, &after, &places);
    let mut old = vec![];
    if request.aliases && problems.is_empty() {
        old = aliases::add(&before.site, &after.site, &places, &mut texts);
        after = build(&moved(inputs, &places, &texts), &wish, Some(&after));
        problems = verify::problems(&before, &after, &places);
        problems.extend(aliases::missing(&after.site, &old));
    }
    if !problems.is_empty() {
        return Err(Refusal::Problems(problems, Box::new([before, after])));
    }
    let aliases = old.into_iter().map(|(_, url)| url).collect();
    Ok(Move { files: places.files, texts, links, aliases })
}

/// The site after a move, with these texts.
fn moved(inputs: &Inputs, places: &Places, texts: &BTreeMap<SourcePath, Source>) -> Inputs {
    let mut after = inputs.clone();
    for (from, to) in &places.files {
        match after.files.remove(from) {
            Some(File::Text(source)) => after.insert(Source::new(to.clone(), source.text())),
            Some(asset) => drop(after.files.insert(to.clone(), asset)),
            None => {}
        }
    }
    texts.values().for_each(|source| after.insert(source.clone()));
    after
}
