//! Page numbers for the table of contents of a PDF: Chromium cannot write them (it knows no `target-counter`), but its PDF
//! says on which page each place is. So the print page is printed twice, the second time with the numbers of the first.

use std::collections::BTreeMap;

use crate::html::{escape, rewrite, unescape};

/// Pages of a document by the name of the places on them, from 1.
pub type Pages = BTreeMap<String, usize>;

/// The print page whose table of contents has the numbers that are known, and room for those that are not: with and
/// without them it takes the same place on paper.
pub fn numbered(html: &str, pages: &Pages) -> String {
    let mut inside = false;
    rewrite(html, |tag, edits| {
        if tag.opens("nav") || tag.closes("nav") {
            inside = tag.opens("nav") && tag.has_class("book-contents");
        }
        let Some(href) = tag.attribute("href").filter(|_| inside && tag.opens("a")) else { return };
        let value = unescape(tag.text(&href.value));
        let Some(name) = value.strip_prefix('#') else { return };
        let number = pages.get(name).map(usize::to_string).unwrap_or_default();
        edits.put(href.whole.clone(), format!("href=\"{}\" data-page=\"{number}\"", escape(&value)));
    })
}

/// On which page each place of a PDF is, by its name in the address. Nothing is known of a PDF that is not written as
/// Chromium writes it: a classic table of its objects (ISO 32000-1, 7.5.4), which are not packed, and a dictionary of
/// destinations (12.3.2.3).
pub fn pages(pdf: &[u8]) -> Pages {
    places(pdf).unwrap_or_default()
}

fn places(pdf: &[u8]) -> Option<Pages> {
    let end = String::from_utf8_lossy(pdf.get(pdf.len().saturating_sub(1024)..)?).into_owned();
    let table: usize = end.rsplit_once("startxref")?.1.split_whitespace().next()?.parse().ok()?;
    let table = String::from_utf8_lossy(pdf.get(table..)?).into_owned();
    let (entries, trailer) = table.strip_prefix("xref")?.split_once("trailer")?;
    let objects = Objects { pdf, offsets: offsets(entries) };
    let root = objects.get(reference(trailer, "/Root")?)?;
    let mut order = vec![];
    objects.leaves(reference(&root, "/Pages")?, 0, &mut order);
    let numbers: BTreeMap<usize, usize> = order.iter().enumerate().map(|(at, page)| (*page, at + 1)).collect();
    let destinations = objects.get(reference(&root, "/Dests")?)?;
    let mut pages = Pages::new();
    for entry in destinations.split('/').skip(1) {
        // `name [12 0 R `, and then how the page is shown.
        let Some((name, behind)) = entry.split_once('[') else { continue };
        let page = behind.split_whitespace().next().and_then(|number| number.parse().ok());
        if let Some(number) = page.and_then(|page: usize| numbers.get(&page)) {
            pages.insert(name_of(name.trim()), *number);
        }
    }
    Some(pages)
}

/// Where each object begins, by its number: lines of `offset generation n`, after lines of `first count`.
fn offsets(entries: &str) -> BTreeMap<usize, usize> {
    let mut number = 0;
    let mut offsets = BTreeMap::new();
    for line in entries.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            [first, _] => number = first.parse().unwrap_or(0),
            [offset, _, kind] => {
                if let (Ok(offset), "n") = (offset.parse(), kind) {
                    offsets.insert(number, offset);
                }
                number += 1;
            }
            _ => {}
        }
    }
    offsets
}

/// The number of the object that stands behind a key.
fn reference(dictionary: &str, key: &str) -> Option<usize> {
    dictionary.split_once(key)?.1.split_whitespace().next()?.parse().ok()
}

/// A name as it was before its special characters were written as `#` and two digits (ISO 32000-1, 7.3.5).
fn name_of(written: &str) -> String {
    let mut bytes = vec![];
    let mut rest = written.as_bytes();
    while let [first, behind @ ..] = rest {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'#') {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

struct Objects<'p> {
    pdf: &'p [u8],
    offsets: BTreeMap<usize, usize>,
}

impl Objects<'_> {
    /// The text of an object.
    fn get(&self, number: usize) -> Option<String> {
        let from = self.pdf.get(*self.offsets.get(&number)?..)?;
        let end = from.windows(6).position(|window| window == b"endobj")?;
        Some(String::from_utf8_lossy(&from[..end]).into_owned())
    }

    /// The pages below a node of the tree of pages (ISO 32000-1, 7.7.3), in order.
    fn leaves(&self, number: usize, depth: usize, order: &mut Vec<usize>) {
        let Some(object) = self.get(number).filter(|_| depth < 32) else { return };
        let kids = object.split_once("/Kids").and_then(|(_, behind)| behind.split_once('[')?.1.split_once(']'));
        let Some((kids, _)) = kids else { return order.push(number) };
        for kid in kids.split('R').filter_map(|kid| kid.split_whitespace().next()?.parse().ok()) {
            self.leaves(kid, depth + 1, order);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_on_their_pages() {
        let objects = [
            "<</Type /Catalog\n/Pages 2 0 R\n/Dests 6 0 R>>",
            "<</Type /Pages\n/Kids [3 0 R 4 0 R]>>",
            "<</Type /Page\n/Parent 2 0 R>>",
            "<</Type /Pages\n/Kids [5 0 R]>>",
            "<</Type /Page\n/Parent 4 0 R>>",
            "<</p1 [3 0 R /XYZ 0 841 0]\n/p2#2D#25E4 [5 0 R /XYZ 0 0 0]\n/gone [9 0 R /Fit]>>",
        ];
        let mut pdf = String::from("%PDF-1.4\n");
        let mut table = String::from("xref\n0 7\n0000000000 65535 f \n");
        for (at, object) in objects.iter().enumerate() {
            table += &format!("{:010} 00000 n \n", pdf.len());
            pdf += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
        }
        let start = pdf.len();
        pdf += &format!("{table}trailer\n<</Size 7\n/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        let found = pages(pdf.as_bytes());
        assert_eq!(found, Pages::from([("p1".to_owned(), 1), ("p2-%E4".to_owned(), 2)]));
        for end in 0..pdf.len() {
            assert!(pages(&pdf.as_bytes()[..end]).len() <= 2);
        }
    }

    #[test]
    fn the_contents_have_room_for_numbers() {
        let html = "<nav class=\"top\"><a href=\"#p1\">a</a></nav><nav class=\"book-contents\"><a href=\"#p1\">a</a>\
                    <a href=#p2>b</a></nav><a href=\"#p1\">c</a>";
        let written = numbered(html, &[("p1".to_owned(), 12)].into());
        assert_eq!(
            written,
            "<nav class=\"top\"><a href=\"#p1\">a</a></nav><nav class=\"book-contents\"><a href=\"#p1\" data-page=\"12\">a</a>\
             <a href=\"#p2\" data-page=\"\">b</a></nav><a href=\"#p1\">c</a>"
        );
    }
}
