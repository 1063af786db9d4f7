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
    if bytes.starts_with(b"%PDF") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err("this is a PDF or an old Word file: save it as .docx or as plain text first".into());
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

fn plain(text: &str) -> Reading {
    let line = |(at, text): (usize, &str)| Line { words: Words::plain(text), at: at + 1, form: Form::Text };
    Reading {
        lines: physical(text).into_iter().enumerate().map(line).collect(),
        unit: "line",
        kind: "text",
        ..Reading::default()
    }
}
