//! What is loaded first: titles, addresses, filters, and which terms stand in which file.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::digits::{ENDS, digit, push_number};
use super::shard::{Terms, push_listed};
use super::{Options, Plan, SearchPage};

/// The start file's value; every text that is said to hold digits is written as in [`super::digits`].
///
/// `urls`: one a line, without `index.html` at their ends, each as [`push_listed`] writes it. `titles`: one a line, each
/// character as its number among those of `alphabet` and, behind them, of `others`: steps from one to the next. `names`: other names of pages that
/// have any. `languages`, and `language`: a digit for each page. `chunks`: for each page how many it has. `lengths`:
/// for each chunk a digit for its length's class, 32 more if it begins a file of texts. `prior`: for each page a digit
/// for what its score is multiplied with. `facets`: name, titles, terms as slug and titles; `terms`: for each page
/// their numbers, counted through all facets, `!` after each page. `words`: the first word of each shard that has
/// words; `pairs`: the same for pairs, from the shard `first` on. `weights`: body, repeated, heading, title.
pub fn start(plan: &Plan, pages: &[SearchPage<'_>], terms: &Terms, lengths: &[u32], options: &Options) -> Value {
    let (alphabet, others, titles) = titles(pages);
    let (facets, of_pages) = facets(pages, options);
    let mut chunks = String::new();
    plan.chunk_counts().for_each(|count| push_number(&mut chunks, count));
    let begins: BTreeSet<u32> = plan.text_firsts.iter().copied().collect();
    let length = |(number, length): (u32, &u32)| digit(class(*length) + 32 * u32::from(begins.contains(&number)));
    let names = pages.iter().enumerate().filter(|(_, page)| !page.names.is_empty());
    let (first, pairs) = terms.pair_bounds();
    let weights = &options.weights;
    json!({
        "version": plan.version,
        "layout": plan.layout,
        "urls": urls(pages),
        "alphabet": alphabet,
        "others": others,
        "titles": titles,
        "names": names.map(|(number, page)| json!([number, page.names])).collect::<Vec<_>>(),
        "languages": options.languages,
        "language": pages.iter().map(|page| digit(as_u32(page.language))).collect::<String>(),
        "chunks": chunks,
        "lengths": (0..).zip(lengths).map(length).collect::<String>(),
        "prior": pages.iter().map(prior).collect::<String>(),
        "facets": facets,
        "terms": of_pages,
        "words": terms.word_bounds().join(" "),
        "first": first,
        "pairs": pairs.join(" "),
        "weights": [weights.body, weights.body * REPEATED, weights.heading, weights.title],
    })
}

/// What a word that stands in a body more than once counts, where one that stands there once counts 1.
const REPEATED: f32 = 1.7;

/// The addresses.
fn urls(pages: &[SearchPage<'_>]) -> String {
    let (mut urls, mut before) = (String::new(), "");
    for page in pages {
        push_listed(&mut urls, before, address(page.url), '\n');
        before = address(page.url);
    }
    urls
}

/// The most common characters of all titles, as many as have one digit; the others, in order, as steps from one code
/// point to the next, which take less room than they do; and the titles as numbers of characters.
fn titles(pages: &[SearchPage<'_>]) -> (String, String, String) {
    let titles: Vec<String> = pages.iter().map(|page| page.title.replace(['\n', '\r'], " ")).collect();
    let titles = titles.join("\n");
    let mut counts: FxHashMap<char, u32> = FxHashMap::default();
    titles.chars().for_each(|c| *counts.entry(c).or_default() += 1);
    let mut common: Vec<(char, u32)> = counts.into_iter().collect();
    common.sort_unstable_by_key(|(c, count)| (Reverse(*count), *c));
    let mut others: Vec<char> = common.iter().skip(ENDS as usize).map(|(c, _)| *c).collect();
    others.sort_unstable();
    let common: String = common.iter().take(ENDS as usize).map(|(c, _)| *c).collect();
    let (mut steps, mut before) = (String::new(), 0);
    for c in &others {
        push_number(&mut steps, u32::from(*c) - before);
        before = u32::from(*c);
    }
    let numbers: FxHashMap<char, u32> = common.chars().chain(others).zip(0..).collect();
    let mut digits = String::with_capacity(titles.len());
    titles.chars().for_each(|c| push_number(&mut digits, numbers[&c]));
    (common, steps, digits)
}

/// An address as it is written in the start file.
fn address(url: &str) -> &str {
    match url.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => url,
    }
}

/// The class of a chunk's length in terms, in half powers of two of fifty.
fn class(length: u32) -> u32 {
    let class = 2.0 * (1.0 + f64::from(length) / 50.0).log2();
    (class.round() as u32).min(31)
}

/// The digit for what a page's score is multiplied with: its weight, and a little more the more pages lead to it.
fn prior(page: &SearchPage<'_>) -> char {
    let weight = if page.weight.is_finite() { page.weight.clamp(0.005, 100.0) } else { 1.0 };
    let prior = weight * (1.0 + 0.04 * f64::from(as_u32(page.backlinks)).ln_1p());
    digit((45.0 + 8.0 * prior.ln()).round().clamp(0.0, 89.0) as u32)
}

/// The filters, and for each page the numbers of its terms.
fn facets(pages: &[SearchPage<'_>], options: &Options) -> (Vec<Value>, String) {
    let mut facets = vec![];
    let mut numbers: BTreeMap<(usize, &str), u32> = BTreeMap::new();
    for (taxonomy, facet) in options.facets.iter().enumerate() {
        // Terms in the order in which their taxonomy has them.
        let mut terms: BTreeMap<(usize, &str), BTreeMap<&str, &str>> = BTreeMap::new();
        for page in pages {
            for term in page.terms.iter().filter(|term| term.taxonomy == taxonomy) {
                let titles = terms.entry((term.position, term.slug)).or_default();
                titles.entry(options.languages.get(page.language).map_or("", String::as_str)).or_insert(term.title);
            }
        }
        let mut own = vec![];
        for ((_, slug), titles) in terms {
            // Languages may order the same terms differently: the first order counts.
            if !numbers.contains_key(&(taxonomy, slug)) {
                numbers.insert((taxonomy, slug), as_u32(numbers.len()));
                own.push((slug, titles));
            } else if let Some((_, known)) = own.iter_mut().find(|(other, _)| *other == slug) {
                known.extend(titles);
            }
        }
        facets.push(json!([facet.taxonomy, facet.titles, own]));
    }
    let mut of_pages = String::new();
    for page in pages {
        let number = |term: &super::PageTerm<'_>| numbers.get(&(term.taxonomy, term.slug)).copied();
        let own: BTreeSet<u32> = page.terms.iter().filter_map(number).collect();
        own.into_iter().for_each(|number| push_number(&mut of_pages, number));
        of_pages.push('!');
    }
    (facets, of_pages)
}

fn as_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
