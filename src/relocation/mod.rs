//! `mv`: a page or a section gets another place, and every link goes on leading where it led.
//!
//! 1. [`places::Places`] says which files move, and where a path leads that led to one of them.
//! 2. [`rewrite`] writes anew what names them: links, includes, and what front matter names; [`names`] the terms and
//!    indicators that are called as their files are; [`headings`] a heading and the ids that change with it.
//! 3. [`verify`] builds the site as it would be and compares every link with what it was. What cannot be kept is told with
//!    its place, and nothing is moved.
//!
//! Nothing is written here.

mod aliases;
mod headings;
mod names;
mod places;
mod rewrite;
mod verify;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::build::{Build, Wish, build};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::inputs::{File, Inputs};
use crate::paths::SourcePath;
use crate::site::{Page, Site};
use crate::source::Source;
use places::Places;
use rewrite::Edit;

/// What is asked of a move.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// The page or section, as its file, folder or key; with `#` and an id, or its words, a heading of it.
    pub old: &'r str,
    /// Its new file, folder or key; an existing section, or a name with `/` at the end, takes it in under its own name. Of a
    /// heading the new text.
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
    /// The file of a heading that gets another text, with its old and its new id.
    pub heading: Option<(SourcePath, [String; 2])>,
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
    let nowhere = Places::nowhere(inputs, &before.site);
    match request.old.split_once('#').filter(|_| nowhere.named(&before.site, request.old).is_none()) {
        Some((page, name)) => heading(inputs, &wish, before, nowhere, [page, name, request.new]),
        None => page(inputs, &wish, before, nowhere, request),
    }
}

/// The move of a page or section.
fn page(inputs: &Inputs, wish: &Wish, before: Build, places: Places, request: Request<'_>) -> Result<Move, Refusal> {
    let places = places.find(inputs, &before.site, request.old, request.new).map_err(Refusal::Usage)?;
    let edits = |page: &Page, document: &Document| rewrite::edits(&places, &before.site, page, document);
    let (mut texts, links) = rewritten(&before.site, &places, edits);
    let mut after = build(&moved(inputs, &places, &texts), wish, Some(&before));
    let mut problems = verify::problems(&before, &after, &places);
    let mut old = vec![];
    if request.aliases && problems.is_empty() {
        old = aliases::add(&before.site, &after.site, &places, &mut texts);
        after = build(&moved(inputs, &places, &texts), wish, Some(&after));
        problems = verify::problems(&before, &after, &places);
        problems.extend(aliases::missing(&after.site, &old));
    }
    if !problems.is_empty() {
        return Err(Refusal::Problems(problems, Box::new([before, after])));
    }
    let aliases = old.into_iter().map(|(_, url)| url).collect();
    Ok(Move { files: places.files, texts, links, aliases, heading: None })
}

/// The change of a heading: which page it is on, its id or words, and its new text.
fn heading(
    inputs: &Inputs,
    wish: &Wish,
    before: Build,
    mut places: Places,
    [page, name, text]: [&str; 3],
) -> Result<Move, Refusal> {
    let site = &before.site;
    let document = places.named(site, page).and_then(Page::own_document);
    let document = document.ok_or_else(|| Refusal::Usage(no_page(page)))?;
    let (at, edit) = headings::change(document, name, text).map_err(Refusal::Usage)?;
    let path = document.source.path();
    let alone = Source::new(path.clone(), rewrite::apply(document.source.text(), vec![edit.clone()]));
    let after = build(&moved(inputs, &places, &[(path.clone(), alone)].into()), wish, Some(&before));
    let now = after.site.page_at(path).and_then(Page::own_document);
    places.anchors = headings::Anchors::between(document, now.map(AsRef::as_ref), (at, text))
        .ok_or_else(|| Refusal::Usage(format!("`{}` would be another heading, or none", text.escape_debug())))?;
    let (texts, changed) = rewritten(site, &places, |page, own| {
        let own_edit = (own.source.path() == path).then(|| edit.clone());
        places.anchors.edits(site, page, own).into_iter().chain(own_edit).collect()
    });
    let ids = [document, now.unwrap_or(document)].map(|own| own.body.headings[at].id.to_string());
    let heading = Some((path.clone(), ids));
    let after = build(&moved(inputs, &places, &texts), wish, Some(&before));
    let problems = verify::problems(&before, &after, &places);
    if !problems.is_empty() {
        return Err(Refusal::Problems(problems, Box::new([before, after])));
    }
    Ok(Move { files: places.files, texts, links: changed - 1, aliases: vec![], heading })
}

fn no_page(typed: &str) -> String {
    format!("there is no page `{}`: `fangzhi list` shows all", typed.escape_debug())
}

/// Every text that changes, where it will stand, and how many places in them do.
fn rewritten(
    site: &Site,
    places: &Places,
    edits: impl Fn(&Page, &Document) -> Vec<Edit>,
) -> (BTreeMap<SourcePath, Source>, usize) {
    let (mut texts, mut count) = (BTreeMap::new(), 0);
    for (page, document) in site.pages.iter().filter_map(|page| Some((page, page.own_document()?))) {
        let edits = edits(page, document);
        if edits.is_empty() {
            continue;
        }
        count += edits.len();
        let path = places.path(document.source.path());
        texts.insert(path.clone(), Source::new(path, rewrite::apply(document.source.text(), edits)));
    }
    (texts, count)
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
