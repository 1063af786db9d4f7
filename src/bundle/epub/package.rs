//! The files around the chapters: what the book is called, what is in it, in which order.

use std::collections::BTreeSet;

use super::super::media_type;
use super::Chapter;
use super::xhtml::plain;
use crate::build::Build;
use crate::paths::OutputPath;
use crate::sha256;

/// Where the package is (EPUB 3.3, section 4.2.6.3.1).
pub(super) const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n\
    <rootfile full-path=\"book/package.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n";

/// The package document (EPUB 3.3, section 5).
pub(super) fn package(build: &Build, chapters: &[Chapter], pictures: &BTreeSet<OutputPath>) -> String {
    let config = &build.site.config;
    let languages: BTreeSet<usize> = chapters.iter().map(|chapter| chapter.language).collect();
    let first = chapters[0].language;
    let description = config.say(&config.description, first);
    let authors: BTreeSet<&String> =
        chapters.iter().flat_map(|chapter| build.site.page(chapter.page).front.authors.iter().flatten()).collect();
    let mut meta = format!(
        "<dc:identifier id=\"id\">urn:sha256:{}</dc:identifier>\n<dc:title>{}</dc:title>\n",
        identity(chapters),
        plain(&build.title(first)),
    );
    for language in languages {
        meta.push_str(&format!("<dc:language>{}</dc:language>\n", plain(&config.languages[language].tag)));
    }
    if !description.is_empty() {
        meta.push_str(&format!("<dc:description>{}</dc:description>\n", plain(description)));
    }
    meta.extend(authors.into_iter().map(|author| format!("<dc:creator>{}</dc:creator>\n", plain(author))));
    // The day on which a page changed last, not that of the bundling: the same site gives the same bytes.
    let days = chapters.iter().filter_map(|chapter| {
        let page = build.site.page(chapter.page);
        page.updated.or(page.front.date)
    });
    let day = days.max().map_or_else(|| "2000-01-01".to_owned(), |day| day.to_string());
    meta.push_str(&format!("<meta property=\"dcterms:modified\">{day}T00:00:00Z</meta>\n"));
    let mut manifest = String::new();
    let mut spine = String::new();
    for (at, chapter) in chapters.iter().enumerate() {
        let mut properties = vec![];
        properties.extend(chapter.text.has_math.then_some("mathml"));
        properties.extend(chapter.text.has_svg.then_some("svg"));
        let properties = match properties.as_slice() {
            [] => String::new(),
            some => format!(" properties=\"{}\"", some.join(" ")),
        };
        let (file, number) = (&chapter.file, at + 1);
        manifest.push_str(&format!(
            "<item id=\"c{number}\" href=\"{file}\" media-type=\"application/xhtml+xml\"{properties}/>\n"
        ));
        spine.push_str(&format!("<itemref idref=\"c{number}\"/>\n"));
    }
    for (at, path) in pictures.iter().enumerate() {
        let parts: Vec<String> = path.as_str().split('/').map(crate::paths::encode).collect();
        let (href, kind) = (plain(&parts.join("/")), media_type(path));
        manifest.push_str(&format!("<item id=\"f{}\" href=\"files/{href}\" media-type=\"{kind}\"/>\n", at + 1));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n{meta}</metadata>\n<manifest>\n\
         <item id=\"contents\" href=\"contents.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"title\" href=\"title.xhtml\" media-type=\"application/xhtml+xml\"/>\n\
         <item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>\n{manifest}</manifest>\n<spine>\n\
         <itemref idref=\"title\"/>\n<itemref idref=\"contents\"/>\n{spine}</spine>\n</package>\n",
        plain(&config.languages[first].tag),
    )
}

/// A name for a book that is the same for the same text and no other.
fn identity(chapters: &[Chapter]) -> String {
    let all: String = chapters.iter().map(|chapter| chapter.text.text.as_str()).collect();
    sha256::hex(all.as_bytes())
}

fn document(build: &Build, language: usize, title: &str, body: &str) -> String {
    let tag = plain(&build.site.config.languages[language].tag);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{tag}\" \
         xml:lang=\"{tag}\">\n<head>\n<title>{}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"book.css\"/>\n</head>\n{body}\n</html>\n",
        plain(title),
    )
}

/// A chapter as a file.
pub(super) fn chapter(build: &Build, chapter: &Chapter) -> String {
    let body = format!("<body>\n<section epub:type=\"chapter\">\n{}\n</section>\n</body>", chapter.text.text);
    document(build, chapter.language, &chapter.title, &body)
}

/// The page with the title: on a slip, upright as on the cover of a gazetteer where the script allows it.
pub(super) fn title_page(build: &Build, language: usize) -> String {
    let title = build.title(language);
    let config = &build.site.config;
    let upright = config.languages[language].tag.starts_with(['z', 'j']) && title.chars().count() <= 12;
    let class = if upright { "slip" } else { "slip-plain" };
    let description = config.say(&config.description, language);
    let lead = if description.is_empty() { String::new() } else { format!("\n<p>{}</p>", plain(description)) };
    let body = format!(
        "<body>\n<section class=\"title-page\" epub:type=\"titlepage\">\n<h1 class=\"{class}\">{}</h1>{lead}\n</section>\n</body>",
        plain(&title)
    );
    document(build, language, &title, &body)
}

/// The table of contents (EPUB 3.3, section 7): chapters below each other as pages are below their sections.
pub(super) fn contents(build: &Build, chapters: &[Chapter]) -> String {
    let first = chapters[0].language;
    let word = build.interface(first).get("contents").map_or("", String::as_str).to_owned();
    let mut list = String::new();
    let mut open = 0;
    for chapter in chapters {
        let depth = chapter.depth + 1;
        match depth > open {
            true => {
                list.push_str("<ol>\n");
                open += 1;
            }
            false => {
                list.push_str("</li>\n");
                while open > depth {
                    list.push_str("</ol>\n</li>\n");
                    open -= 1;
                }
            }
        }
        let title = if chapter.title.trim().is_empty() { &chapter.file } else { &chapter.title };
        list.push_str(&format!("<li><a href=\"{}\">{}</a>", chapter.file, plain(title)));
    }
    for _ in 0..open {
        list.push_str("</li>\n</ol>\n");
    }
    let body = format!("<body>\n<nav epub:type=\"toc\" id=\"toc\">\n<h1>{}</h1>\n{list}</nav>\n</body>", plain(&word));
    document(build, first, &word, &body)
}
