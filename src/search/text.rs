//! The text of the chunks in small files, which serve excerpts, marks and the check that a phrase is really there.

use std::ops::Range;

use serde_json::{Value, json};

use super::SearchPage;
use super::chunk::Chunk;

/// The size that a file does not exceed, unless one chunk alone does; in bytes of text.
const FULL: usize = 12_000;

/// Where files end: the number of the first chunk of each, from the sizes of the chunks in order.
pub fn files(sizes: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut firsts = vec![];
    let mut filled = usize::MAX;
    for (number, size) in (0..).zip(sizes) {
        if filled.saturating_add(size) > FULL {
            firsts.push(number);
            filled = 0;
        }
        filled += size;
    }
    firsts
}

/// What stands in a file of chunks: for each its pieces (id and text of the heading, text, and 1 if the section began
/// in an earlier piece), and in a page's first one its description and keywords too.
pub fn content(chunks: &[Chunk<'_>], range: Range<u32>, first: u32, pages: &[SearchPage<'_>]) -> Value {
    let own = |number: u32| chunks.get((number - first) as usize);
    range.filter_map(own).map(|chunk| one(chunk, pages)).collect()
}

fn one(chunk: &Chunk<'_>, pages: &[SearchPage<'_>]) -> Value {
    let pieces: Vec<Value> = chunk
        .pieces
        .iter()
        .map(|piece| {
            let (id, title) = piece.heading.map_or(("", ""), |heading| (&*heading.id, &*heading.text));
            if piece.continued { json!([id, title, piece.text, 1]) } else { json!([id, title, piece.text]) }
        })
        .collect();
    match pages.get(chunk.page).filter(|_| chunk.number == 0) {
        Some(page) => json!([pieces, page.description, page.keywords]),
        None => json!([pieces]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_hold_what_fits() {
        assert_eq!(files([5_000, 5_000, 5_000, 20_000, 1].into_iter()), [0, 2, 3, 4]);
        assert_eq!(files([0, 0].into_iter()), [0]);
    }
}
