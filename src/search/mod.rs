//! The search index: sharded pairs of characters and words in classic scripts that a page loads over http and from disk.
//!
//! 1. [`Plan::new`] says from the sizes of the texts alone which files there will be, so that nothing is indexed before
//!    somebody asks for it.
//! 2. [`chunks`] cuts pages into chunks, a [`Reader`] collects the terms of a batch of chunks, [`parts`] and [`merge`]
//!    bring batches into one order, and [`Index::new`] cuts that into shards. Whoever calls them may run batches and
//!    parts in parallel.
//! 3. [`Index::file`] and [`text_file`] are the bytes of one file.
//!
//! The scripts of the theme (`search-*.js`) read them. What is a term to one side is a term to the other:
//! `tests/search/vectors.json` is run by both.

mod batch;
mod chunk;
mod digits;
mod files;
mod key;
mod merge;
pub mod normalise;
mod pairs;
mod plain;
pub mod postings;
mod readings;
mod shard;
mod start;
pub mod terms;
mod text;
mod words;

pub use batch::{BATCH, Batch, Reader};
pub use chunk::{Chunk, chunks};
pub use files::{File, script, text_file};
pub use merge::{MergedPart, Part, merge, parts};

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::markdown::{Heading, Section};
use crate::source::Hash;
use merge::keys;
use shard::Terms;

/// What the index knows of one page.
#[derive(Debug, Clone)]
pub struct SearchPage<'a> {
    /// The file that is opened, from the output folder: `cities/xian/index.html`.
    pub url: &'a str,
    /// The position of its language in [`Options::languages`].
    pub language: usize,
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
    pub weight: f64,
    /// How many other pages lead to it.
    pub backlinks: usize,
    /// Its headings.
    pub headings: &'a [Heading],
    /// The first heading is the title, which the page shows without its id.
    pub title_first: bool,
    /// All of its text, in order.
    pub sections: &'a [Section],
    /// A hash of its headings and text; none if no file wrote it.
    pub hash: Option<Hash>,
}

impl SearchPage<'_> {
    /// A hash of all that the index says of the page.
    fn said(&self) -> Hash {
        let texts = (self.url, self.title, self.description, self.names, self.keywords);
        let numbers = (self.language, self.backlinks, self.title_first, self.weight.to_bits());
        Hash::of_value(&(texts, &self.terms, numbers, self.hash))
    }
}

impl Default for SearchPage<'_> {
    fn default() -> Self {
        Self {
            url: "",
            language: 0,
            title: "",
            names: &[],
            keywords: &[],
            description: "",
            terms: vec![],
            weight: 1.0,
            backlinks: 0,
            headings: &[],
            title_first: false,
            sections: &[],
            hash: None,
        }
    }
}

/// A term that a page stands under.
#[derive(Debug, Clone, Copy, Hash)]
pub struct PageTerm<'a> {
    /// The position of its taxonomy in [`Options::facets`].
    pub taxonomy: usize,
    /// Its position among the terms of its taxonomy.
    pub position: usize,
    /// The term's name in addresses: `talent`.
    pub slug: &'a str,
    /// The term's title in the page's language.
    pub title: &'a str,
}

/// How an index is made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What a word counts by where it stands.
    pub weights: Weights,
    /// The codes of the site's languages.
    pub languages: Vec<String>,
    /// The taxonomies that results can be filtered by, in the order in which they are shown.
    pub facets: Vec<Facet>,
}

/// What a word counts by where it stands in a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// In titles and other names.
    pub title: f32,
    /// In headings and keywords.
    pub heading: f32,
    /// In the body.
    pub body: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { title: 6.0, heading: 3.0, body: 1.0 }
    }
}

/// A taxonomy to filter by.
#[derive(Debug, Clone)]
pub struct Facet {
    /// Its name in `site.toml`.
    pub taxonomy: String,
    /// Its title by language code.
    pub titles: BTreeMap<String, String>,
}

/// The size of one shard of postings, in bytes, if a text becomes about a quarter of its size.
const SHARD: usize = 12_500;

/// Which files an index has: all that can be said before anything is indexed.
#[derive(Debug, Clone)]
pub struct Plan {
    /// A word that is another one as soon as anything in the index is: with it in their addresses, files are not taken
    /// from a browser's cache that holds older ones.
    pub version: String,
    /// A word that is another one as soon as the number of a chunk in one file means another chunk in another. It stands in
    /// every file, and in one of postings also what it holds, so that no page takes one number for another or looks for a
    /// term where it no longer is; what changes a text alone leaves most files as they are.
    pub layout: String,
    /// A hash of all that the index says.
    hash: Hash,
    /// A hash of what it says of every page.
    said: Vec<Hash>,
    /// How many shards of postings there are.
    pub shards: usize,
    /// The first chunk of every page.
    first_chunks: Vec<u32>,
    chunk_count: u32,
    /// The first chunk of every file of texts.
    text_firsts: Vec<u32>,
}

/// What a plan needs to know of one page; it is the same as long as the page is.
#[derive(Debug, Clone)]
pub struct Measure {
    /// The sizes of its chunks in bytes of text.
    chunks: Arc<[u32]>,
    /// A hash of its address.
    place: Hash,
    /// A hash of all that the index says of it.
    said: Hash,
}

impl Measure {
    /// The measure of a page.
    pub fn of(page: &SearchPage<'_>) -> Self {
        let sizes = chunks(0, page);
        let sizes = sizes.iter().map(|chunk| u32::try_from(chunk.size).unwrap_or(u32::MAX));
        Self { chunks: sizes.collect(), place: Hash::of(page.url.as_bytes()), said: page.said() }
    }
}

impl Plan {
    /// The plan of an index of pages with these measures, in their order; pages in the order of their addresses are best
    /// packed.
    pub fn new<'a>(pages: impl Iterator<Item = &'a Measure>, options: &Options) -> Self {
        let (mut first_chunks, mut sizes, mut said, mut places) = (vec![], vec![], vec![], vec![]);
        for page in pages {
            first_chunks.push(u32::try_from(sizes.len()).unwrap_or(u32::MAX));
            sizes.extend(page.chunks.iter().map(|size| *size as usize));
            said.push(page.said);
            places.push(page.place);
        }
        let shards = (sizes.iter().sum::<usize>() / 4).div_ceil(SHARD).max(1);
        let chunk_count = u32::try_from(sizes.len()).unwrap_or(u32::MAX);
        let text_firsts = text::files(sizes.into_iter());
        let made_by = env!("CARGO_PKG_VERSION");
        let hash = Hash::of_value(&(made_by, format!("{options:?}"), &said));
        let layout = Hash::of_value(&(made_by, shards, &first_chunks, chunk_count, &text_firsts, places));
        let [version, layout] = [hash, layout].map(|hash| hash.hex().chars().take(10).collect());
        Self { version, layout, hash, said, shards, first_chunks, chunk_count, text_firsts }
    }

    /// A hash of all that a file is made of.
    pub fn made_of(&self, file: File) -> Hash {
        match file {
            File::Text(number) => {
                let said = self.said.get(self.pages_of_text(number)).unwrap_or_default();
                Hash::of_value(&(&self.layout, number, said))
            }
            _ => Hash::of_value(&(self.hash, file.name())),
        }
    }

    /// Every file of the index.
    pub fn files(&self) -> impl Iterator<Item = File> {
        let alone = [File::Start, File::Vocabulary, File::Simplified, File::Readings];
        alone.into_iter().chain((0..self.shards).map(File::Terms)).chain((0..self.text_firsts.len()).map(File::Text))
    }

    /// The positions of the pages that a file of texts needs.
    pub fn pages_of_text(&self, file: usize) -> Range<usize> {
        let chunks = self.chunks_of_text(file);
        let page = |chunk: u32| self.first_chunks.partition_point(|first| *first <= chunk).saturating_sub(1);
        if chunks.is_empty() { 0..0 } else { page(chunks.start)..page(chunks.end - 1) + 1 }
    }

    fn chunks_of_text(&self, file: usize) -> Range<u32> {
        let start = self.text_firsts.get(file).copied().unwrap_or(self.chunk_count);
        start..self.text_firsts.get(file + 1).copied().unwrap_or(self.chunk_count)
    }

    fn chunk_counts(&self) -> impl Iterator<Item = u32> {
        let ends = self.first_chunks.iter().skip(1).chain([&self.chunk_count]);
        self.first_chunks.iter().zip(ends).map(|(start, end)| end - start)
    }
}

/// Every term of a site, and what is loaded before terms are.
#[derive(Debug)]
pub struct Index {
    layout: String,
    start: serde_json::Value,
    terms: Terms,
    /// What each shard holds.
    ranges: Vec<String>,
    simplified: String,
    readings: String,
}

impl Index {
    /// The index of pages whose chunks were read in `batches` and merged into `merged`, both in order.
    pub fn new(
        plan: &Plan,
        pages: &[SearchPage<'_>],
        batches: Vec<Batch>,
        merged: impl IntoIterator<Item = MergedPart>,
        options: &Options,
    ) -> Self {
        let (words, pairs) = keys(merged);
        let lengths: Vec<u32> = batches.iter().flat_map(|batch| &batch.lengths).copied().collect();
        let titled: BTreeSet<char> = batches.iter().flat_map(|batch| &batch.titled).copied().collect();
        let terms = Terms::new(words, pairs, batches, plan);
        let mut used: Vec<char> = terms.pairs.all().map(|pair| pair.characters().0).collect();
        used.dedup();
        let used: BTreeSet<char> = used.into_iter().collect();
        let simplified = normalise::pairs().filter(|(_, to)| used.contains(to)).flat_map(|(from, to)| [from, to]);
        let readings = readings::table(&titled).into_iter().map(|(reading, characters)| reading + &characters);
        Self {
            layout: plan.layout.clone(),
            start: start::start(plan, pages, &terms, &lengths, options),
            simplified: simplified.collect(),
            readings: readings.collect::<Vec<_>>().join(" "),
            ranges: terms.ranges(),
            terms,
        }
    }
}
