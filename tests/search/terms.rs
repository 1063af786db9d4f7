//! What a text is found by, and how its places are written: the same in Rust and in the browser, by files of examples.

use std::collections::BTreeMap;

use fangzhi::search::normalise::normalise;
use fangzhi::search::postings::Lists;
use fangzhi::search::terms::{Term, terms};
use serde::{Deserialize, Serialize};

use crate::chromium::chromium;
use crate::validate::root;

/// An example: a text, its normal form, its terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Example {
    text: String,
    normal: String,
    terms: Vec<String>,
}

fn examples() -> Vec<Example> {
    serde_json::from_str(include_str!("vectors.json")).unwrap()
}

fn in_rust(text: &str) -> Example {
    let normal = normalise(text);
    let mut all = vec![];
    terms(&normal, &mut |term| {
        all.push(match term {
            Term::Pair(first, second) => [Some(first), second].into_iter().flatten().collect(),
            Term::Word(word) => word.to_owned(),
        })
    });
    Example { text: text.to_owned(), normal, terms: all }
}

/// The same of many texts by the theme's own script, which knows every traditional character.
fn in_the_browser(texts: &[String]) -> Option<Vec<Example>> {
    let chromium = chromium()?;
    let view = chromium.view();
    let script = std::fs::read_to_string(root().join("themes/default/static/search-normalise.js")).unwrap();
    let table: String = fangzhi::search::normalise::pairs().flat_map(|(from, to)| [from, to]).collect();
    let (texts, table) = (serde_json::to_string(texts).unwrap(), serde_json::to_string(&table).unwrap());
    Some(view.value(&format!(
        "(() => {{ {script}
            const S = self.fangzhiSearch;
            S.learnHan({table});
            return {texts}.map((text) => {{ const normal = S.normalise(text);
                if (S.mapped(text).text !== normal) throw new Error(text);
                return {{ text, normal, terms: S.terms(normal) }}; }}); }})()"
    )))
}

#[test]
fn the_examples_hold_in_rust() {
    for example in examples() {
        assert_eq!(in_rust(&example.text), example);
    }
}

#[test]
fn the_examples_hold_in_the_browser() {
    let texts: Vec<String> = examples().into_iter().map(|example| example.text).collect();
    let Some(found) = in_the_browser(&texts) else { return };
    assert_eq!(found, examples());
}

#[test]
fn every_character_is_the_same_on_both_sides() {
    let assigned = |c: &char| normalise(&c.to_string()).chars().count() > 0;
    let texts: Vec<String> = (0x20..0x3_4000)
        .filter_map(char::from_u32)
        .filter(assigned)
        .collect::<Vec<_>>()
        .chunks(16)
        .map(|chunk| chunk.iter().flat_map(|c| [*c, 'a', '文']).collect())
        .collect();
    let Some(found) = in_the_browser(&texts) else { return };
    let mut differ = BTreeMap::new();
    for (rust, browser) in texts.iter().map(|text| in_rust(text)).zip(found) {
        if rust != browser {
            differ.insert(rust.text.clone(), (rust.normal == browser.normal, rust, browser));
        }
    }
    // The two know different versions of Unicode: characters that are new to one of them may differ, no others.
    let share = differ.len() as f64 / texts.len() as f64;
    assert!(share < 0.02, "{} of {}: {:#?}", differ.len(), texts.len(), differ.values().take(3).collect::<Vec<_>>());
}

/// Lists of postings, each a chunk and a field, in an index of so many chunks, and what is written for them.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Written {
    chunks: u32,
    lists: Vec<Vec<(u32, u32)>>,
    text: String,
}

fn written() -> Vec<Written> {
    serde_json::from_str(include_str!("postings.json")).unwrap()
}

#[test]
fn postings_are_written_as_in_the_examples() {
    for example in written() {
        let mut lists = Lists::new(example.chunks);
        for list in &example.lists {
            lists.begin(list.len() as u32);
            lists.extend(list.iter().copied());
        }
        assert_eq!(lists.text(), example.text, "{:?}", example.lists);
    }
}

#[test]
fn postings_are_read_as_in_the_examples() {
    let Some(chromium) = chromium() else { return };
    let script = std::fs::read_to_string(root().join("themes/default/static/search-data.js")).unwrap();
    let examples = written();
    let found: Vec<Written> = chromium.view().value(&format!(
        "(() => {{ {script}
            return {}.map(({{ chunks, lists, text }}) => ({{ chunks, text, lists: self.fangzhiSearch.postings(text, lists.length, chunks)
                .map((list) => Array.from(list.chunks, (chunk, at) => [chunk, list.fields[at]])) }})); }})()",
        serde_json::to_string(&examples).unwrap()
    ));
    assert_eq!(found, examples);
}
