//! A site as a book: EPUB 3.3 with a chapter a page, in the order in which the site is read.

mod package;
mod tree;
mod xhtml;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Files;
pub use super::archive::Refused;
use crate::build::Build;
use crate::html::target;
use crate::paths::OutputPath;
use crate::site::PageId;
use xhtml::{Leads, Xhtml, xhtml};

/// The book.
pub struct Book {
    /// Its file.
    pub bytes: Vec<u8>,
    /// How many chapters it has.
    pub chapters: usize,
    /// References to other addresses that it leaves out, because it fetches nothing.
    pub left_out: Vec<String>,
}

/// A chapter of the book.
struct Chapter {
    page: PageId,
    language: usize,
    title: String,
    depth: usize,
    /// Its file, from the folder of the package.
    file: String,
    text: Xhtml,
}

/// Pictures, sound and film that every reader of books can show (EPUB 3.3, section 3.2).
const SHOWN: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp", "mp3", "m4a", "mp4", "webm"];

/// The site as a book; its pages are those of the build that are among `files`.
///
/// # Errors
/// When a template fails, or the book cannot be written.
pub fn epub(build: &Build, files: &Files) -> Result<Book, Refused> {
    let (chapters, pictures, left_out) = chapters(build, files)?;
    if chapters.is_empty() {
        return Err(Refused("there are no pages for a book".into()));
    }
    let contents = package::contents(build, &chapters);
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    let mut put = |name: &str, bytes: &[u8], packed: bool| {
        let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let done = writer.start_file(name, options).map_err(|error| error.to_string());
        let done = done.and_then(|()| writer.write_all(bytes).map_err(|error| error.to_string()));
        done.map_err(|error| Refused(format!("`{name}` does not go into the book: {error}")))
    };
    // The first file is not packed and tells what the archive is (EPUB 3.3, section 4.2.2).
    put("mimetype", b"application/epub+zip", false)?;
    put("META-INF/container.xml", package::CONTAINER.as_bytes(), true)?;
    put("book/package.opf", package::package(build, &chapters, &pictures).as_bytes(), true)?;
    put("book/contents.xhtml", contents.as_bytes(), true)?;
    put("book/title.xhtml", package::title_page(build, chapters[0].language).as_bytes(), true)?;
    put("book/book.css", include_str!("book.css").as_bytes(), true)?;
    for chapter in &chapters {
        put(&format!("book/{}", chapter.file), package::chapter(build, chapter).as_bytes(), true)?;
    }
    for path in &pictures {
        put(&format!("book/files/{path}"), &files[path], true)?;
    }
    let bytes = writer.finish().map_err(|error| Refused(error.to_string()))?.into_inner();
    Ok(Book { bytes, chapters: chapters.len(), left_out })
}

type Made = (Vec<Chapter>, BTreeSet<OutputPath>, Vec<String>);

fn chapters(build: &Build, files: &Files) -> Result<Made, Refused> {
    // Every chapter is seen from the top of the site; from there its references are found again.
    let place = OutputPath::new("book.html").map_err(|error| Refused(error.0))?;
    let mut raw = vec![];
    for (language, home) in build.site.homes.iter().enumerate() {
        if files.contains_key(&build.site.page(*home).output) {
            let own = build.chapters(*home, &place).map_err(|trouble| Refused(trouble.message.clone()))?;
            raw.extend(own.into_iter().map(|chapter| (language, chapter)));
        }
    }
    let named: BTreeMap<OutputPath, String> = raw
        .iter()
        .enumerate()
        .map(|(at, (_, chapter))| (build.site.page(chapter.id).output.clone(), format!("c{:04}.xhtml", at + 1)))
        .collect();
    let mut leading = Leading { place, files, named: &named, pictures: BTreeSet::new(), left_out: BTreeSet::new() };
    let mut chapters: Vec<Chapter> = raw
        .into_iter()
        .map(|(language, chapter)| Chapter {
            file: named[&build.site.page(chapter.id).output].clone(),
            text: xhtml(&chapter.html, &mut leading),
            page: chapter.id,
            language,
            title: chapter.title,
            depth: chapter.depth,
        })
        .collect();
    let (pictures, left_out) = (leading.pictures, leading.left_out);
    anchored(&mut chapters);
    Ok((chapters, pictures, left_out.into_iter().collect()))
}

/// Links to ids that are not there lead to the chapter: a part of a page that is no part of the chapter has none.
fn anchored(chapters: &mut [Chapter]) {
    let ids: BTreeMap<String, BTreeSet<String>> =
        chapters.iter().map(|chapter| (chapter.file.clone(), chapter.text.ids.clone())).collect();
    for chapter in chapters {
        let own = chapter.file.clone();
        chapter.text.text = crate::html::rewrite(&chapter.text.text, |tag, edits| {
            let Some(attribute) = tag.attribute("href").filter(|_| tag.opens("a")) else { return };
            let href = crate::html::unescape(tag.text(&attribute.value));
            let Some((file, id)) = href.split_once('#') else { return };
            let Some(known) = ids.get(if file.is_empty() { own.as_str() } else { file }) else { return };
            if !known.contains(&crate::paths::decode(id)) {
                let whole = if file.is_empty() { String::new() } else { format!("href=\"{file}\"") };
                edits.put(attribute.whole.clone(), whole);
            }
        });
    }
}

struct Leading<'f> {
    place: OutputPath,
    files: &'f Files,
    named: &'f BTreeMap<OutputPath, String>,
    pictures: BTreeSet<OutputPath>,
    left_out: BTreeSet<String>,
}

impl Leads for Leading<'_> {
    fn link(&mut self, href: &str) -> Option<String> {
        if href.starts_with('#')
            || ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme))
        {
            return Some(href.to_owned());
        }
        let (path, behind) = target(&self.place, href)?;
        let id = behind.split_once('#').map(|(_, id)| format!("#{id}")).filter(|id| id.len() > 1).unwrap_or_default();
        self.named.get(&path).map(|file| format!("{file}{id}"))
    }

    fn file(&mut self, src: &str) -> Option<String> {
        let Some((path, _)) = target(&self.place, src).filter(|(path, _)| self.files.contains_key(path)) else {
            self.left_out.insert(src.to_owned());
            return None;
        };
        if !SHOWN.contains(&path.extension().as_str()) {
            self.left_out.insert(src.to_owned());
            return None;
        }
        let parts: Vec<String> = path.as_str().split('/').map(crate::paths::encode).collect();
        self.pictures.insert(path);
        Some(format!("files/{}", parts.join("/")))
    }
}
