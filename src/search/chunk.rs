//! Pages cut into chunks, the unit that the index knows: consecutive sections of up to about four thousand characters.

use super::{Heading, SearchPage};

/// The size that a chunk does not exceed, unless one block of text alone does; in characters.
const FULL: usize = 4_000;

/// A part of one section, within one chunk.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// The section's heading; none for what stands before the first.
    pub heading: Option<&'a Heading>,
    /// Whether the section began in an earlier piece.
    pub continued: bool,
    /// The text, its blocks parted by line feeds.
    pub text: &'a str,
}

/// Consecutive pieces of one page.
#[derive(Debug, Clone)]
pub struct Chunk<'a> {
    /// Which page it belongs to.
    pub page: usize,
    /// Its place in the page; titles and keywords are found in the one at 0.
    pub number: usize,
    /// The text in it; may be empty.
    pub pieces: Vec<Piece<'a>>,
    /// The characters in it, headings included.
    pub length: usize,
}

/// The chunks of a page; at least one.
pub fn chunks<'a>(page: usize, content: &SearchPage<'a>) -> Vec<Chunk<'a>> {
    let empty = |number| Chunk { page, number, pieces: Vec::new(), length: 0 };
    let mut done = Vec::new();
    let mut open = empty(0);
    for section in content.sections {
        let mut continued = false;
        let mut rest = section.text.as_str();
        let title = section.heading.as_ref().map_or(0, |heading| heading.text.chars().count());
        loop {
            let (text, after) = cut(rest);
            let length = text.chars().count() + if continued { 0 } else { title };
            if open.length > 0 && open.length + length > FULL {
                let next = empty(open.number + 1);
                done.push(std::mem::replace(&mut open, next));
            }
            open.pieces.push(Piece { heading: section.heading.as_ref(), continued, text });
            open.length += length;
            if after.is_empty() {
                break;
            }
            (rest, continued) = (after, true);
        }
    }
    done.push(open);
    done
}

/// The beginning of a text that fits one chunk, and the rest. It is cut between blocks only, so that no run of
/// characters is torn; a block of any length stays whole.
fn cut(text: &str) -> (&str, &str) {
    let Some((limit, _)) = text.char_indices().nth(FULL) else { return (text, "") };
    let end = text[..limit].rfind('\n').or_else(|| text[limit..].find('\n').map(|at| limit + at));
    match end {
        Some(end) => (&text[..end], text[end..].trim_start_matches('\n')),
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Section;

    fn lengths(sections: &[Section]) -> Vec<(usize, usize)> {
        let page = SearchPage { sections, ..SearchPage::default() };
        chunks(0, &page).iter().map(|chunk| (chunk.number, chunk.length)).collect()
    }

    fn section(text: String) -> Section {
        Section { heading: Some(Heading { id: "a".into(), text: "标题".into() }), text }
    }

    #[test]
    fn sections_share_chunks_until_they_are_full() {
        let sections: Vec<_> = (0..5).map(|_| section("文".repeat(1_500))).collect();
        assert_eq!(lengths(&sections), [(0, 3_004), (1, 3_004), (2, 1_502)]);
    }

    #[test]
    fn long_sections_are_cut_between_blocks_only() {
        let blocks = section(vec!["文".repeat(1_500); 4].join("\n"));
        assert_eq!(lengths(&[blocks]), [(0, 3_003), (1, 3_001)]);
        assert_eq!(lengths(&[section("文".repeat(9_000))]), [(0, 9_002)]);
        assert_eq!(lengths(&[]), [(0, 0)]);
    }
}
