//! Books: valid by epubcheck, with chapters in order and links between them.

use std::process::Command;

use fangzhi::build::{Wish, build};
use fangzhi::bundle::{epub, make};

use super::made::linked;
use crate::support::TestSite;
use crate::validate::{shipped_inputs, skipped, varied};

/// What epubcheck says of a book: a line a message.
fn checked(name: &str, bytes: &[u8]) -> Option<String> {
    let Some(epubcheck) = std::env::var_os("FANGZHI_EPUBCHECK") else {
        skipped("books are valid: FANGZHI_EPUBCHECK does not name epubcheck.jar");
        return None;
    };
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    let done = Command::new("java").arg("-jar").arg(epubcheck).arg("--quiet").arg(&path).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() || said.contains("ERROR") || said.contains("FATAL"), "{said}");
    // Pictures of tests are no pictures: MED-004 and PKG-021 say so.
    let of_tests = |line: &&str| ["MED-004", "PKG-021"].iter().any(|code| line.contains(code));
    let bad = |line: &&str| ["ERROR", "FATAL", "WARNING"].iter().any(|bad| line.contains(bad));
    Some(said.lines().filter(bad).filter(|line| !of_tests(line)).collect::<Vec<_>>().join("\n"))
}

fn read(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let file = archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    std::io::read_to_string(file).unwrap()
}

#[test]
fn the_shipped_site_is_a_valid_book() {
    let wish = Wish { base_url: Some("/".into()), ..Wish::default() };
    let built = build(&shipped_inputs(), &wish, None);
    let book = epub::epub(&built, &make(&built).unwrap()).unwrap();
    assert!(book.chapters > 100);
    assert_eq!(checked("shipped.epub", &book.bytes).unwrap_or_default(), "");
    let package = read(&book.bytes, "book/package.opf");
    assert!(package.contains("properties=\"mathml\"") || package.contains("properties=\"mathml svg\""), "{package}");
    assert!(package.contains("svg\"/>"));
}

#[test]
fn every_form_of_markdown_is_valid_in_a_book() {
    let site = varied();
    let built = site.built();
    let book = epub::epub(built, &make(built).unwrap()).unwrap();
    assert_eq!(checked("varied.epub", &book.bytes).unwrap_or_default(), "");
}

#[test]
fn html_that_no_book_can_have_becomes_valid() {
    let site = TestSite::new(
        "--- content/_index.md
         # Start
         <center><font color=red>old</font></center>
         <table align=center border=1><tr><td width=10 bgcolor=red>cell</table>
         <div onclick=\"x()\" id=\"a b\">div<br>more</div><iframe src=\"https://example.org/\"></iframe>
         <img src=\"https://example.org/x.png\" alt=\"a picture elsewhere\"><input type=text>
         <video src=\"https://example.org/x.mp4\">film</video>

         [nowhere](#nothing-here) and [there](page.md#gone)
         --- content/page.md
         # Page",
    );
    let built = site.clean_build();
    let book = epub::epub(&built, &make(&built).unwrap()).unwrap();
    assert_eq!(checked("html.epub", &book.bytes).unwrap_or_default(), "");
    let text = read(&book.bytes, "book/c0001.xhtml");
    assert!(text.contains("old") && text.contains("a picture elsewhere") && text.contains("cell"), "{text}");
    assert_eq!(book.left_out.len(), 2, "{:?}", book.left_out);
}

#[test]
fn chapters_link_to_each_other() {
    let built = linked().clean_build();
    let book = epub::epub(&built, &make(&built).unwrap()).unwrap();
    let contents = read(&book.bytes, "book/contents.xhtml");
    let order: Vec<&str> =
        contents.split("<a href=\"").skip(1).filter_map(|rest| rest.split_once(">")?.1.split('<').next()).collect();
    assert_eq!(order[..5], ["首页", "甲部", "第一", "乙部", "第二"]);
    assert!(read(&book.bytes, "book/c0003.xhtml").contains("href=\"c0005.xhtml#小节\""));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book.bytes.as_slice())).unwrap();
    let first = archive.by_index(0).unwrap();
    assert_eq!(first.name().unwrap().to_string(), "mimetype");
    assert_eq!(first.compression(), zip::CompressionMethod::Stored);
}
