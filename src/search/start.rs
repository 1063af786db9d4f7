//! What is loaded first: titles, addresses, filters, readings, and which terms stand in which file.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::chunk::Chunk;
use super::digits::{digit, push_number};
use super::shard::Shard;
use super::text::TextFile;
use super::{Options, SearchPage, readings};

/// The start file's content; every string that names a digit is written as in [`super::digits`].
#[derive(Debug, Serialize)]
pub struct Start {
    /// The version of the whole index; shards of another version are not used.
    pub version: String,
    /// The version of the text files, which change more often.
    pub texts: String,
    /// Addresses, one a line, without `index.html` at their ends.
    urls: String,
    /// Titles, one a line.
    titles: String,
    /// Other names, for the pages that have any.
    names: Vec<(usize, Vec<String>)>,
    /// The languages there are, and a digit for each page that says which is its.
    languages: Vec<String>,
    language: String,
    /// For each page the number of its chunks.
    chunks: String,
    /// For each chunk a digit: its length's class, and 32 more if it begins a text file.
    lengths: String,
    /// For each page a digit: 45 and eight times the logarithm of what its score is multiplied with.
    prior: String,
    /// The taxonomies to filter by: name, titles by language, and terms as slug and titles by language.
    facets: Vec<Value>,
    /// For each page the numbers of its terms, counted through all facets; `!` after each page.
    terms: String,
    /// The first terms of the shards, parted by blanks.
    pairs: String,
    words: String,
    pinyin: String,
    /// Readings, each with its characters, parted by blanks.
    readings: String,
    /// What a term counts in the body, repeated in the body, in a heading, in a title.
    weights: [f32; 4],
}

/// The shards of the three kinds of terms.
pub struct Shards<'a> {
    /// Pairs of characters.
    pub pairs: &'a [Shard],
    /// Words.
    pub words: &'a [Shard],
    /// Pinyin of neighbours in headings.
    pub pinyin: &'a [Shard],
}

/// The start file of an index, its versions still empty.
pub fn start(
    pages: &[SearchPage],
    chunks: &[Chunk],
    files: &[TextFile],
    shards: &Shards,
    characters: &BTreeSet<char>,
    options: &Options,
) -> Start {
    let lines = |text: &mut dyn Iterator<Item = String>| text.collect::<Vec<_>>().join("\n");
    let languages: BTreeSet<&str> = pages.iter().map(|page| page.language).collect();
    let languages: Vec<String> = languages.into_iter().map(str::to_owned).collect();
    let language_of = |page: &SearchPage| languages.iter().position(|language| language == page.language);
    let (facets, terms) = facets(pages, options);
    let mut counts = vec![0; pages.len()];
    for chunk in chunks {
        counts[chunk.page] += 1;
    }
    let mut chunk_counts = String::new();
    counts.iter().for_each(|count| push_number(&mut chunk_counts, *count));
    let begins: BTreeSet<usize> = files.iter().map(|file| file.first).collect();
    let bounds = |shards: &[Shard]| shards.iter().map(|shard| shard.first.as_str()).collect::<Vec<_>>().join(" ");
    let readings = readings::table(characters).into_iter().map(|(reading, characters)| reading + &characters);
    let weights = &options.weights;
    Start {
        version: String::new(),
        texts: String::new(),
        urls: lines(&mut pages.iter().map(|page| address(page.url).to_owned())),
        titles: lines(&mut pages.iter().map(|page| page.title.replace(['\n', '\r'], " "))),
        names: pages.iter().enumerate().filter(|(_, p)| !p.names.is_empty()).map(|(n, p)| (n, p.names.to_vec())).collect(),
        language: pages.iter().map(|page| digit(as_u32(language_of(page).unwrap_or(0)))).collect(),
        languages: languages.clone(),
        chunks: chunk_counts,
        lengths: (0..).zip(chunks).map(|(n, c)| digit(class(c.length) + 32 * u32::from(begins.contains(&n)))).collect(),
        prior: pages.iter().map(prior).collect(),
        facets,
        terms,
        pairs: bounds(shards.pairs),
        words: bounds(shards.words),
        pinyin: bounds(shards.pinyin),
        readings: readings.collect::<Vec<_>>().join(" "),
        weights: [weights.body, weights.repeated, weights.heading, weights.title],
    }
}

/// An address as it is written in the start file.
fn address(url: &str) -> &str {
    match url.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => url,
    }
}

/// The class of a chunk's length in characters, in half powers of two of fifty.
fn class(length: usize) -> u32 {
    let class = 2.0 * (1.0 + f64::from(as_u32(length)) / 50.0).log2();
    (class.round() as u32).min(31)
}

/// The digit for what a page's score is multiplied with: its weight, and a little more the more pages lead to it.
fn prior(page: &SearchPage) -> char {
    let weight = if page.weight.is_finite() { f64::from(page.weight).clamp(0.005, 100.0) } else { 1.0 };
    let prior = weight * (1.0 + 0.1 * f64::from(page.backlinks).ln_1p());
    digit((45.0 + 8.0 * prior.ln()).round().clamp(0.0, 89.0) as u32)
}

/// The filters, and for each page the numbers of its terms.
fn facets(pages: &[SearchPage], options: &Options) -> (Vec<Value>, String) {
    let mut facets = Vec::new();
    let mut numbers: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for facet in &options.facets {
        let mut terms: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for page in pages {
            for term in page.terms.iter().filter(|term| term.taxonomy == facet.taxonomy) {
                terms.entry(term.slug).or_default().entry(page.language).or_insert(term.title);
            }
        }
        for slug in terms.keys() {
            let next = as_u32(numbers.len());
            numbers.entry((&facet.taxonomy, slug)).or_insert(next);
        }
        let titles: BTreeMap<&str, &str> = facet.titles.iter().map(|(lang, title)| (&**lang, &**title)).collect();
        facets.push(json!([facet.taxonomy, titles, terms.into_iter().collect::<Vec<_>>()]));
    }
    let mut of_pages = String::new();
    for page in pages {
        let own: BTreeSet<u32> =
            page.terms.iter().filter_map(|term| numbers.get(&(term.taxonomy, term.slug)).copied()).collect();
        own.into_iter().for_each(|number| push_number(&mut of_pages, number));
        of_pages.push('!');
    }
    (facets, of_pages)
}

fn as_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
