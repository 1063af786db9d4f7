//! Pages cut into chunks, the unit that the index knows: consecutive sections of up to about ten thousand bytes.

use super::SearchPage;
use crate::markdown::Heading;

/// The size that a chunk does not exceed, unless one block of text alone does; in bytes.
const FULL: usize = 10_000;

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
    /// Which page it belongs to, as a position in the index.
    pub page: usize,
    /// Its place in the page; titles and keywords are found in the one at 0.
    pub number: usize,
    /// The text in it; may be empty.
    pub pieces: Vec<Piece<'a>>,
    /// The bytes in it, headings included.
    pub size: usize,
}

/// The chunks of the page at a position; at least one.
pub fn chunks<'a>(page: usize, content: &SearchPage<'a>) -> Vec<Chunk<'a>> {
    let empty = |number| Chunk { page, number, pieces: Vec::new(), size: 0 };
    let mut done = Vec::new();
    let mut open = Chunk { pieces: Vec::with_capacity(content.sections.len()), ..empty(0) };
    for section in content.sections {
        let heading =
            section.heading.and_then(|at| content.headings.get(at).filter(|_| at > 0 || !content.title_first));
        let mut continued = false;
        let mut rest = section.text.as_str();
        loop {
            let (text, after) = cut(rest);
            let size = text.len() + heading.filter(|_| !continued).map_or(0, |heading| heading.text.len());
            if open.size > 0 && open.size + size > FULL {
                let next = empty(open.number + 1);
                done.push(std::mem::replace(&mut open, next));
            }
            open.pieces.push(Piece { heading, continued, text });
            open.size += size;
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
    if text.len() <= FULL {
        return (text, "");
    }
    // A line feed is never a part of another character, so bytes can be looked at.
    let bytes = text.as_bytes();
    let before = bytes[..FULL].iter().rposition(|byte| *byte == b'\n').filter(|at| *at > 0);
    let end = before.or_else(|| bytes[FULL..].iter().position(|byte| *byte == b'\n').map(|at| FULL + at));
    match end {
        Some(end) => (&text[..end], text[end..].trim_start_matches('\n')),
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Section;

    fn sizes(texts: &[String]) -> Vec<(usize, usize)> {
        let sections: Vec<Section> = texts.iter().map(|text| Section { heading: None, text: text.clone() }).collect();
        let page = SearchPage { sections: &sections, ..SearchPage::default() };
        chunks(0, &page).iter().map(|chunk| (chunk.number, chunk.size)).collect()
    }

    #[test]
    fn sections_share_chunks_until_they_are_full() {
        let texts: Vec<_> = (0..5).map(|_| "文".repeat(1_500)).collect();
        assert_eq!(sizes(&texts), [(0, 9_000), (1, 9_000), (2, 4_500)]);
    }

    #[test]
    fn long_sections_are_cut_between_blocks_only() {
        assert_eq!(sizes(&[vec!["文".repeat(1_500); 4].join("\n")]), [(0, 9_001), (1, 9_001)]);
        assert_eq!(sizes(&["文".repeat(9_000)]), [(0, 27_000)]);
        assert_eq!(sizes(&[]), [(0, 0)]);
    }
}
