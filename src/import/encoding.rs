//! Bytes of unknown encoding -> text; the one door to encoding_rs and chardetng.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// A text and how it was written in bytes.
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The encoding's name in the Encoding Standard (`UTF-8`, `gb18030`, `UTF-16LE`).
    pub(crate) encoding: &'static str,
    /// Whether some bytes meant nothing in it and stand as U+FFFD.
    pub(crate) damaged: bool,
}

/// The text of these bytes: a byte-order mark decides, then UTF-16 by its zero bytes, then UTF-8 if it is valid, then
/// what the file says of itself, then chardetng. GBK is read as GB18030, of which it is a part.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => sniff_utf16(bytes).unwrap_or_else(|| by_content(bytes, declared)),
    };
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    let (text, encoding, damaged) = encoding.decode(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), damaged }
}

fn by_content(bytes: &[u8], declared: Option<&str>) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if let Some(encoding) = declared.and_then(|label| Encoding::for_label(label.as_bytes())) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 without a mark: read in one byte order nearly every character is one that texts are made of, and in the other
/// they are not. Line ends and figures have a zero byte, which no other encoding of text has: ASCII in pairs looks like Han.
/// Bytes that are UTF-8 as well are UTF-16 only where most characters are Latin: nothing else comes out valid by chance,
/// and a stray zero byte must not turn a text of pairs into Han.
fn sniff_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(8192) & !1)?;
    if sample.len() < 4 || bytes.len() % 2 == 1 || !sample.contains(&0) {
        return None;
    }
    if std::str::from_utf8(bytes).is_ok() && !is_latin_in_pairs(sample) {
        return None;
    }
    let score = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let usual = text.chars().filter(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{2010}'..='\u{2030}' | '\u{a0}'..='\u{ff}')).count();
        usual * 100 / text.chars().count().max(1)
    };
    let (little, big) = (score(UTF_16LE), score(UTF_16BE));
    match (little >= 95, big >= 95) {
        (true, _) if little > big && well_formed(UTF_16LE, bytes) => Some(UTF_16LE),
        (_, true) if big > little && well_formed(UTF_16BE, bytes) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether three of four pairs of bytes have their zero on the same side.
fn is_latin_in_pairs(sample: &[u8]) -> bool {
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    zeros(0).max(zeros(1)) * 8 >= sample.len() * 3
}

fn well_formed(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    !encoding.decode_without_bom_handling(bytes).1
}

/// What an HTML or XML file says of its encoding in its first kilobyte.
pub(crate) fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(1024))?).to_ascii_lowercase();
    let at = head.find("charset=").map(|at| at + 8).or_else(|| head.find("encoding=").map(|at| at + 9))?;
    let label = head.get(at..)?.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(label.len());
    Some(label.get(..end)?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "2022年，全社会研发投入1880.49亿元。\n下一步继续鼓励企业增加研发投入，不断提高占比。\n";

    #[test]
    fn the_encoding_is_found() {
        let utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked: Vec<u8> = "\u{feff}一".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, name, text) in [
            (TEXT.as_bytes().to_vec(), "UTF-8", TEXT),
            (GB18030.encode(TEXT).0.into_owned(), "gb18030", TEXT),
            (utf16, "UTF-16LE", TEXT),
            (big, "UTF-16BE", TEXT),
            (marked, "UTF-16BE", "一"),
            ("“Town” \nOffice".encode_utf16().flat_map(u16::to_le_bytes).collect(), "UTF-16LE", "“Town” \nOffice"),
            ("。[。_<b>\0".into(), "UTF-8", "。[。_<b>\0"),
            ("abcdef>\0".into(), "UTF-8", "abcdef>\0"),
            (b"\xef\xbb\xbf\xe4\xb8\x80".to_vec(), "UTF-8", "一"),
        ] {
            let decoded = decode(&bytes, None);
            assert_eq!((decoded.encoding, decoded.text.as_str(), decoded.damaged), (name, text, false));
        }
    }

    #[test]
    fn a_declaration_is_believed() {
        let page = GB18030.encode("<meta charset=\"gb2312\"><p>一个例子").0.into_owned();
        assert_eq!(declared(&page).as_deref(), Some("gb2312"));
        assert!(decode(&page, declared(&page).as_deref()).text.ends_with("一个例子"));
    }
}
