//! The text of the chunks in small files, which serve excerpts, marks and the check that a phrase is really there.

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

/// Writes what stands in a file of chunks: for each its pieces (id and text of the heading, text), and in a page's first
/// one its description and keywords too. Written by hand, for it is most of what a build writes for the search.
pub fn write(out: &mut Vec<u8>, chunks: &[Chunk<'_>], pages: &[SearchPage<'_>]) {
    list(out, chunks, |out, chunk| {
        out.push(b'[');
        list(out, &chunk.pieces, |out, piece| {
            let (id, title) = piece.heading.map_or(("", ""), |heading| (&*heading.id, &*heading.text));
            list(out, &[id, title, piece.text], |out, text| push_text(out, text));
        });
        if let Some(page) = pages.get(chunk.page).filter(|_| chunk.number == 0) {
            out.push(b',');
            push_text(out, page.description);
            out.push(b',');
            list(out, page.keywords, |out, keyword| push_text(out, keyword));
        }
        out.push(b']');
    });
}

fn list<T>(out: &mut Vec<u8>, items: &[T], one: impl Fn(&mut Vec<u8>, &T)) {
    out.push(b'[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        one(out, item);
    }
    out.push(b']');
}

/// Whether a byte may begin what is escaped.
fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\') | (byte == b'<') | (byte == 0xe2)
}

/// Where in some bytes the next one may begin what is escaped. Whole blocks are looked at first, which a processor does
/// many bytes at a time if nothing ends the loop.
fn next_special(bytes: &[u8]) -> Option<usize> {
    let clean = |block: &&[u8]| !block.iter().fold(false, |found, byte| found | is_special(*byte));
    let blocks = bytes.chunks_exact(BLOCK).take_while(clean).count();
    bytes[blocks * BLOCK..].iter().position(|byte| is_special(*byte)).map(|at| blocks * BLOCK + at)
}

const BLOCK: usize = 32;

/// Writes a text as JSON that can stand in a script and in a page: `<` could end the script, and older browsers take two
/// of the line ends of Unicode for ends of a line in a text.
pub fn push_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let (mut written, mut from) = (0, 0);
    while let Some(at) = next_special(&bytes[from..]).map(|at| from + at) {
        from = at + 1;
        let byte = bytes[at];
        let control;
        let (escape, length): (&[u8], usize) = match byte {
            b'"' => (b"\\\"", 1),
            b'\\' => (b"\\\\", 1),
            b'\n' => (b"\\n", 1),
            b'<' => (b"\\u003c", 1),
            0xe2 if bytes[at..].starts_with("\u{2028}".as_bytes()) => (b"\\u2028", 3),
            0xe2 if bytes[at..].starts_with("\u{2029}".as_bytes()) => (b"\\u2029", 3),
            0..0x20 => {
                let digit = |value: u8| b"0123456789abcdef"[usize::from(value & 15)];
                control = [b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte)];
                (&control, 1)
            }
            _ => continue,
        };
        out.extend_from_slice(&bytes[written..at]);
        out.extend_from_slice(escape);
        written = at + length;
    }
    out.extend_from_slice(&bytes[written..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_what_they_are() {
        let text = "a\"b\\c\n</script>\u{2028}\u{2029}\u{202a}’文\u{7f}\t\u{1b}";
        let mut out = vec![];
        push_text(&mut out, text);
        assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        assert!(!out.contains(&b'<') && !String::from_utf8(out).unwrap().contains('\u{2028}'));
    }

    #[test]
    fn files_hold_what_fits() {
        assert_eq!(files([5_000, 5_000, 5_000, 20_000, 1].into_iter()), [0, 2, 3, 4]);
        assert_eq!(files([0, 0].into_iter()), [0]);
    }
}
