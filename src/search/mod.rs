//! The search index: sharded character pairs and words in classic scripts that a page loads over http and from disk.
//!
//! [`index`] cuts pages into [`chunk`]s, collects their [`terms`] batch by batch ([`run`]), merges the batches into
//! [`shard`]s of postings, puts the [`text`] in files of its own, and what is needed first in [`start`]. The scripts
//! of the theme (`search-*.js`) read it; what is a term to one side is a term to the other ([`normalise`]).

mod chunk;
mod digits;
pub mod normalise;
mod readings;
mod run;
mod shard;
mod start;
pub mod terms;
mod text;

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::paths::OutputPath;
use crate::source::Hash;
use chunk::{Chunk, chunks};
use run::{Run, Runs, runs};
use start::Shards;

/// How many chunks make one run.
const BATCH: usize = 256;

/// What the index knows of one page.
#[derive(Debug, Clone)]
pub struct SearchPage<'a> {
    /// The file that is opened, from the output folder: `cities/xian/index.html`.
    pub url: &'a str,
    /// The language's code, as in `site.toml`.
    pub language: &'a str,
    /// The title.
    pub title: &'a str,
    /// Other names of what the page is about; they count as the title does.
    pub names: &'a [String],
    /// Keywords; they count as headings do.
    pub keywords: &'a [String],
    /// The description; empty if there is none.
    pub description: &'a str,
    /// The terms of taxonomies that the page stands under.
    pub terms: Vec<PageTerm<'a>>,
    /// What the page's score is multiplied with; usually 1.
    pub weight: f32,
    /// How many other pages lead to it.
    pub backlinks: u32,
    /// All of its text, in order.
    pub sections: &'a [Section],
}

impl Default for SearchPage<'_> {
    fn default() -> Self {
        Self {
            url: "",
            language: "",
            title: "",
            names: &[],
            keywords: &[],
            description: "",
            terms: Vec::new(),
            weight: 1.0,
            backlinks: 0,
            sections: &[],
        }
    }
}

/// A term that a page stands under.
#[derive(Debug, Clone, Copy)]
pub struct PageTerm<'a> {
    /// The taxonomy's name: `themes`.
    pub taxonomy: &'a str,
    /// The term's name in addresses: `talent`.
    pub slug: &'a str,
    /// The term's title in the page's language.
    pub title: &'a str,
}

/// A heading with the text below it, up to the next.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// None for the text before the first heading.
    pub heading: Option<Heading>,
    /// Plain text; a line feed between two blocks, none inside of one.
    pub text: String,
}

/// A heading that can be linked.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// Its id in the page.
    pub id: String,
    /// Its plain text.
    pub text: String,
}

/// How an index is made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What a word counts by where it stands.
    pub weights: Weights,
    /// The taxonomies that results can be filtered by, in the order in which they are shown.
    pub facets: Vec<Facet>,
}

/// What a word counts by where it stands in a page.
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    /// In titles and other names.
    pub title: f32,
    /// In headings and keywords.
    pub heading: f32,
    /// More than once in the body.
    pub repeated: f32,
    /// Once in the body.
    pub body: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { title: 6.0, heading: 3.0, repeated: 1.7, body: 1.0 }
    }
}

/// A taxonomy to filter by.
#[derive(Debug, Clone)]
pub struct Facet {
    /// Its name in `site.toml`.
    pub taxonomy: String,
    /// Its title in each language: the code, the title.
    pub titles: Vec<(String, String)>,
}

/// The files of an index.
#[derive(Debug)]
pub struct Index {
    /// What is to be written, below `search/`.
    pub files: Vec<(OutputPath, Vec<u8>)>,
    /// The start file from the output folder, with its version: `search/start.js?v=…`; pages give it to the scripts.
    pub start: String,
}

/// The index of these pages, given in the order of their addresses (else they are less well packed). The same pages
/// give the same bytes, on any number of processors.
pub fn index(pages: &[SearchPage], options: &Options) -> Index {
    let cut: Vec<Vec<Chunk>> = pages.par_iter().enumerate().map(|(number, page)| chunks(number, page)).collect();
    let chunks: Vec<Chunk> = cut.into_iter().flatten().collect();
    let read = read_characters(pages);
    let known: FxHashMap<char, Vec<String>> = read
        .iter()
        .map(|c| (*c, readings::readings(*c)))
        .filter(|(_, readings)| !readings.is_empty())
        .collect();
    let batches: Vec<Runs> = chunks
        .par_chunks(BATCH)
        .enumerate()
        .map(|(number, batch)| runs(number * BATCH, batch, pages, &known))
        .collect();
    let of = |kind: fn(&Runs) -> &Run<run::Word>| batches.iter().map(kind).collect::<Vec<_>>();
    let ((words, vocabulary), (pairs, (pinyin, _))) = rayon::join(
        || shard::words(&of(|runs| &runs.words)),
        || {
            rayon::join(
                || shard::pairs(&batches.iter().map(|runs| &runs.pairs).collect::<Vec<_>>()),
                || shard::words(&of(|runs| &runs.pinyin)),
            )
        },
    );
    let characters: BTreeSet<char> = batches.iter().flat_map(|runs| runs.characters.iter().copied()).collect();
    drop(batches);
    let texts = text::files(&chunks, pages);
    let shards = Shards { pairs: &pairs, words: &words, pinyin: &pinyin };
    let mut start = start::start(pages, &chunks, &texts, &shards, &read, options);
    let han = han(&characters);
    start.version = version(&start, &shards, &han);
    let mut files: Vec<(OutputPath, Vec<u8>)> = texts
        .par_iter()
        .filter_map(|file| script(&format!("text/{}", file.name), &text::content(file, &chunks, pages)))
        .collect();
    let hashes: Vec<u8> = files.iter().flat_map(|(_, bytes)| Hash::of(bytes).hex().into_bytes()).collect();
    start.texts = short(Hash::of(&hashes));
    for (kind, shards) in [("pairs", &pairs), ("words", &words), ("pinyin", &pinyin)] {
        files.par_extend(shards.par_iter().enumerate().filter_map(|(number, shard)| {
            script(&format!("{kind}/{number}"), &(&start.version, &shard.text))
        }));
    }
    files.extend(script("vocabulary", &(&start.version, &vocabulary)));
    files.extend(script("han", &(&start.version, &han)));
    let start_file = script("start", &start);
    let version = start_file.as_ref().map(|(_, bytes)| short(Hash::of(bytes))).unwrap_or_default();
    files.extend(start_file);
    Index { files, start: format!("search/start.js?v={version}") }
}

/// The characters of titles, other names and headings that can be typed by their readings.
fn read_characters(pages: &[SearchPage]) -> BTreeSet<char> {
    let wide = |text: &str, set: &mut BTreeSet<char>| {
        set.extend(normalise::normalise(text).chars().filter(|c| normalise::is_wide(*c)));
    };
    pages
        .par_iter()
        .fold(BTreeSet::new, |mut set, page| {
            wide(page.title, &mut set);
            page.names.iter().for_each(|name| wide(name, &mut set));
            let headings = page.sections.iter().filter_map(|section| section.heading.as_ref());
            headings.for_each(|heading| wide(&heading.text, &mut set));
            set
        })
        .reduce(BTreeSet::new, |mut a, mut b| {
            a.append(&mut b);
            a
        })
}

/// The traditional characters whose simplified forms stand in the texts, each followed by that form.
fn han(characters: &BTreeSet<char>) -> String {
    let mut pairs: Vec<(char, char)> = normalise::pairs().filter(|(_, to)| characters.contains(to)).collect();
    pairs.sort_unstable();
    pairs.into_iter().flat_map(|(from, to)| [from, to]).collect()
}

/// A word that is another as soon as any term, posting or page is.
fn version(start: &start::Start, shards: &Shards, han: &str) -> String {
    let mut all = serde_json::to_string(start).unwrap_or_default();
    all.push_str(han);
    for shard in [shards.pairs, shards.words, shards.pinyin].into_iter().flatten() {
        all.push_str(&Hash::of(shard.text.as_bytes()).hex());
    }
    short(Hash::of(all.as_bytes()))
}

/// The beginning of a hash, enough to tell versions apart.
fn short(hash: Hash) -> String {
    hash.hex().chars().take(10).collect()
}

/// A classic script that lays a value down where the search looks for it; none if the name cannot be a path.
fn script(name: &str, value: &impl Serialize) -> Option<(OutputPath, Vec<u8>)> {
    let path = OutputPath::new(&format!("search/{name}.js")).ok()?;
    let mut json = serde_json::to_string(value).ok()?;
    // Inside HTML `<` could end the script, and older scripts take these two for line ends.
    for (from, to) in [("<", "\\u003c"), ("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")] {
        if json.contains(from) {
            json = json.replace(from, to);
        }
    }
    Some((path, format!("(self.fangzhiData=self.fangzhiData||{{}})[\"{name}\"]={json};\n").into_bytes()))
}
