//! The text of the chunks in small files, which serve excerpts, marks and the check that a phrase is really there.

use serde_json::{Value, json};

use super::SearchPage;
use super::chunk::Chunk;

/// The size that a file does not exceed, unless one chunk alone does; in bytes of text.
const FULL: usize = 12_000;
/// The size from which a file ends where a folder ends, so that a new page moves few texts to other files.
const ENOUGH: usize = 6_000;

/// One file of texts.
#[derive(Debug)]
pub struct TextFile {
    /// Its name without folder and ending, which follows from the address of its first chunk.
    pub name: String,
    /// The number of its first chunk.
    pub first: usize,
    /// How many chunks are in it.
    pub count: usize,
}

/// Groups chunks, in the order of their pages, into files.
pub fn files(chunks: &[Chunk], pages: &[SearchPage]) -> Vec<TextFile> {
    let mut files: Vec<TextFile> = Vec::new();
    let (mut size, mut folder) = (FULL, "");
    for (first, chunk) in chunks.iter().enumerate() {
        let url = pages.get(chunk.page).map_or("", |page| page.url);
        let own: usize = chunk.pieces.iter().map(|piece| piece.text.len()).sum();
        let here = group(url);
        let next = size + own > FULL || (size > ENOUGH && here != folder);
        match files.last_mut() {
            Some(file) if !next => file.count += 1,
            _ => {
                files.push(TextFile { name: name(url, chunk.number), first, count: 1 });
                size = 0;
            }
        }
        size += own;
        folder = here;
    }
    files
}

/// The folder above a page's own: `cities/xian` for `cities/xian/talent/index.html`.
fn group(url: &str) -> &str {
    let page = url.strip_suffix("/index.html").unwrap_or(url);
    page.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of the file that begins with this chunk of this page: two 32-bit FNV-1a hashes over UTF-16 units, which a
/// script computes too, so that no list of names has to be loaded.
pub fn name(url: &str, chunk: usize) -> String {
    let key = format!("{url}#{chunk}");
    let hash = |start: u32| {
        key.encode_utf16().fold(start, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(16_777_619))
    };
    format!("{:08x}{:08x}", hash(2_166_136_261), hash(0x9e37_79b9))
}

/// What stands in a file: the address of its first page, and for each chunk its pieces (id and text of the heading,
/// text, and 1 if the section began in an earlier piece), and in a page's first one its description and keywords.
pub fn content(file: &TextFile, chunks: &[Chunk], pages: &[SearchPage]) -> Value {
    let own = chunks.get(file.first..file.first + file.count).unwrap_or(&[]);
    let url = own.first().and_then(|chunk| pages.get(chunk.page)).map_or("", |page| page.url);
    let chunks: Vec<Value> = own
        .iter()
        .map(|chunk| {
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
        })
        .collect();
    json!([url, chunks])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_by_page_and_chunk() {
        assert_eq!(name("城市/index.html", 0), name("城市/index.html", 0));
        assert_ne!(name("城市/index.html", 0), name("城市/index.html", 1));
        assert_ne!(name("a", 11), name("a1", 1));
        assert_eq!(name("", 0).len(), 16);
    }
}
