//! Bytes -> lines: one reader for each kind of source.

mod docx;
mod front;
mod html;
mod markdown;
mod office;

use super::encoding::{self, Decoded};
use super::line::{Form, Line, Reading, physical};
use super::words::Words;

/// The largest source that is read, in bytes.
const LIMIT: usize = 256 << 20;

/// Reads a source by its name's ending; what has no known ending is plain text, unless it begins as a .docx does.
///
/// # Errors
/// A clause that says why nothing can be read.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Reading, String> {
    if bytes.len() > LIMIT {
        return Err(format!("the source is larger than {} MiB", LIMIT >> 20));
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if ending == "docx" || bytes.starts_with(b"PK\x03\x04") {
        return docx::read(bytes);
    }
    if let Some(kind) = binary(bytes) {
        return Err(format!("this is {kind} and not a text: save it as .docx, HTML or plain text first"));
    }
    let html = matches!(ending.as_str(), "html" | "htm" | "xhtml");
    let declared = if html { encoding::declared(bytes) } else { None };
    let Decoded { text, encoding, damaged } = encoding::decode(bytes, declared.as_deref());
    let mut reading = match ending.as_str() {
        "html" | "htm" | "xhtml" => html::read(&text),
        "md" | "markdown" => markdown::read(&text),
        _ => plain(&text),
    };
    reading.encoding = encoding;
    if damaged {
        reading
            .complaints
            .push((0, format!("some bytes mean nothing in {encoding}: they stand as U+FFFD in the text")));
    }
    Ok(reading)
}

/// The lines of a source as an import counts them: of a text its lines, of a .docx its paragraphs, of HTML its blocks.
///
/// # Errors
/// A clause that says why nothing can be read.
pub fn lines(name: &str, bytes: &[u8]) -> Result<Vec<String>, String> {
    Ok(read(name, bytes)?.lines.into_iter().map(|line| line.words.text).collect())
}

/// What a file is that holds no text, by its first bytes.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 9] = [
        (b"%PDF", "a PDF"),
        (b"\xd0\xcf\x11\xe0", "an old Word file"),
        (b"{\\rtf", "a rich text file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"RIFF", "a picture or a sound"),
        (b"\x1f\x8b", "a compressed file"),
        (b"\x7fELF", "a program"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

fn plain(text: &str) -> Reading {
    let line = |(at, text): (usize, &str)| Line { words: Words::plain(text), at: at + 1, form: Form::Text };
    Reading {
        lines: physical(text).into_iter().enumerate().map(line).collect(),
        unit: "line",
        kind: "text",
        ..Reading::default()
    }
}
