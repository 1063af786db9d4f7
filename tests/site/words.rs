//! The pages tell what the source document says in words of their own.

use std::collections::BTreeSet;
use std::path::Path;

use crate::validate::{root, skipped};

/// So many Han characters in a row are a sentence's, not a term's.
const RUN: usize = 13;

/// Every stretch of `RUN` Han characters with nothing between them.
fn runs(text: &str) -> BTreeSet<String> {
    let is_han = |c: char| ('\u{3400}'..='\u{9FFF}').contains(&c) || ('\u{20000}'..='\u{3FFFF}').contains(&c);
    let mut all = BTreeSet::new();
    for piece in text.split(|c| !is_han(c)) {
        let piece: Vec<char> = piece.chars().collect();
        all.extend(piece.windows(RUN).map(|window| window.iter().collect::<String>()));
    }
    all
}

/// The text without names: what stands in 《》 and “” is quoted, and says so.
fn without_names(text: &str) -> String {
    let mut out = String::new();
    let mut until = None;
    for c in text.chars() {
        match (until, c) {
            (None, '《') => until = Some('》'),
            (None, '“') => until = Some('”'),
            (Some(end), c) if c == end || c == '\n' => {
                until = None;
                out.push('\n');
            }
            (None, c) => out.push(c),
            (Some(_), _) => {}
        }
    }
    out
}

fn texts(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn no_sentence_of_the_source_is_copied() {
    let Some(seed) = std::env::var_os("FANGZHI_SEED") else {
        skipped("no sentence of the source is copied: FANGZHI_SEED does not name the source document");
        return;
    };
    let seed = std::fs::read_to_string(&seed).unwrap_or_else(|error| panic!("{}: {error}", seed.display()));
    // A column break in the middle of a sentence does not make it two.
    let source: BTreeSet<String> = runs(&seed).into_iter().chain(runs(&seed.replace(['\n', ' '], ""))).collect();
    assert!(source.len() > 1000, "the source document is no Chinese text: {} runs", source.len());
    let mut pages = vec![];
    texts(&root().join("content"), &mut pages);
    assert!(pages.len() > 100, "{}", pages.len());
    let mut copied = vec![];
    for (path, text) in &pages {
        let own = runs(&without_names(text));
        copied.extend(own.intersection(&source).map(|run| format!("{path}: {run}")));
    }
    assert!(copied.is_empty(), "{}", copied.join("\n"));
}

#[test]
fn copied_words_are_seen_and_names_are_not() {
    let sentence = "加快推动科技成果就地转化为现实";
    assert_eq!(runs(sentence).len(), sentence.chars().count() - RUN + 1);
    assert_eq!(runs("加快推动科技成果，就地转化为现实").len(), 0);
    assert_eq!(runs(&without_names(&format!("见《{sentence}》与“{sentence}”。"))).len(), 0);
}
