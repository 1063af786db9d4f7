//! Reading a site from the disk; the only door of `walkdir` and of reading files.
#![allow(clippy::disallowed_methods, reason = "this is the door")]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{Asset, File, Inputs, Layout, git, inside};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::paths::SourcePath;
use crate::source::{Disk, Source};
use crate::utf8;

/// The name of a site's configuration.
pub const DEFAULT_CONFIG: &str = "site.toml";

/// Folders that are never content, whatever the root holds.
const NEVER: [&str; 3] = ["node_modules", "target", "vendor"];

pub(super) fn config_path() -> Option<SourcePath> {
    SourcePath::new(DEFAULT_CONFIG).ok()
}

/// The configuration file of the site in a folder; an empty one if there is none.
///
/// # Errors
/// When there is one and it cannot be read or is not UTF-8.
pub fn read_config(file: &Path) -> io::Result<Source> {
    let path = SourcePath::new(DEFAULT_CONFIG).map_err(io::Error::other)?;
    match fs::read(file) {
        Ok(bytes) => {
            let text =
                decoded(bytes).map_err(|undecoded| io::Error::new(io::ErrorKind::InvalidData, undecoded.message))?;
            Ok(Source::new(path, text))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Source::new(path, "")),
        Err(error) => Err(error),
    }
}

/// The snapshot of the site in `root`. Files that cannot be read become diagnostics.
///
/// # Errors
/// When the root itself cannot be read.
pub fn read(root: &Path, config: Source, layout: Layout) -> io::Result<Inputs> {
    let layout = layout_of(root, layout);
    fs::read_dir(root)?;
    let mut found = vec![];
    let mut diagnostics = vec![];
    for folder in layout.folders() {
        list(root, folder, &layout, &mut found, &mut diagnostics);
    }
    let mut broken = BTreeMap::new();
    let disk = on_disk(root);
    let read: Vec<_> = found.into_par_iter().map(|path| (listed(&disk, &path, &layout), path)).collect();
    let mut inputs = Inputs { layout, today: today(), changed: git::changed(root).into(), ..Inputs::empty() };
    for (file, path) in read {
        match file {
            Ok(file) => {
                inputs.files.insert(path, file);
            }
            Err(unread) => {
                diagnostics.push(unread.diagnostic);
                broken.extend(unread.shown.map(|source| (path, source)));
            }
        }
    }
    inputs.insert(config);
    inputs.diagnostics = diagnostics;
    inputs.broken = broken;
    Ok(inputs)
}

/// The layout as the disk has it: without a content folder the root itself holds the content.
pub fn layout_of(root: &Path, mut layout: Layout) -> Layout {
    if !layout.content.is_empty() && !root.join(&layout.content).is_dir() {
        layout.content = String::new();
    }
    layout
}

pub(super) fn bytes(path: &Path) -> io::Result<Arc<[u8]>> {
    fs::read(path).map(Into::into)
}

pub(super) fn reader(path: &Path) -> io::Result<io::BufReader<fs::File>> {
    fs::File::open(path).map(io::BufReader::new)
}

/// The day of the build: `SOURCE_DATE_EPOCH` where it is set, so that a build can be repeated.
pub(super) fn today() -> jiff::civil::Date {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    fixed
        .and_then(|second| jiff::Timestamp::from_second(second).ok())
        .unwrap_or_else(jiff::Timestamp::now)
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
}

pub(super) fn list(root: &Path, folder: &str, layout: &Layout, found: &mut Vec<SourcePath>, out: &mut Vec<Diagnostic>) {
    let start = if folder.is_empty() { root.to_path_buf() } else { root.join(folder) };
    if start.symlink_metadata().is_err() {
        return;
    }
    let walk = WalkDir::new(&start).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || wanted(entry, folder, layout)) {
        match entry {
            Ok(entry) => {
                let Ok(path) = source_path(root, entry.path()) else {
                    if entry.depth() > 0 {
                        out.extend(bad_path(root, entry.path()));
                    }
                    continue;
                };
                let kind = entry.file_type();
                if kind.is_symlink() {
                    out.push(link_complaint(&path));
                } else if kind.is_file() {
                    found.push(path);
                } else if !kind.is_dir() {
                    let message = format!("`{path}` is neither a file nor a folder");
                    let place = Place::file(&path);
                    out.push(Diagnostic::error(Code::Unreadable, place, message).hint("remove it from the site"));
                }
            }
            Err(error) => {
                let path = error.path().and_then(|path| source_path(root, path).ok()).or_else(config_path);
                let Some(path) = path else { continue };
                out.push(Diagnostic::error(Code::Unreadable, Place::file(&path), format!("cannot be read: {error}")));
            }
        }
    }
}

pub(super) fn link_complaint(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(Code::Symlink, Place::file(path), format!("`{path}` is a symbolic link"))
        .hint("put the file itself here: a link can lead out of the site")
}

fn wanted(entry: &DirEntry, folder: &str, layout: &Layout) -> bool {
    let name = entry.file_name().to_string_lossy();
    let elsewhere = folder.is_empty() && entry.depth() == 1 && is_elsewhere(&name, layout);
    !name.starts_with('.') && !elsewhere
}

/// Whether a file at this path below the content folder would be read.
pub fn is_read(inside: &str, layout: &Layout) -> bool {
    let first = inside.split('/').next().unwrap_or_default();
    let elsewhere = layout.content.is_empty() && is_elsewhere(first, layout);
    !elsewhere && !inside.split('/').any(|part| part.starts_with('.'))
}

/// Whether a name in a root that is the content folder itself belongs to another part of the site, or to none.
pub(super) fn is_elsewhere(name: &str, layout: &Layout) -> bool {
    let own = [&layout.static_files, &layout.templates, &layout.themes, &layout.output];
    own.into_iter().any(|other| other == name) || name == DEFAULT_CONFIG || NEVER.contains(&name)
}

pub(super) fn source_path(root: &Path, path: &Path) -> Result<SourcePath, ()> {
    let inside = path.strip_prefix(root).map_err(|_| ())?;
    let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
    SourcePath::new(&parts.ok_or(())?.join("/")).map_err(|_| ())
}

fn bad_path(root: &Path, path: &Path) -> Option<Diagnostic> {
    let shown = path.strip_prefix(root).unwrap_or(path).to_string_lossy().escape_debug().to_string();
    let message = format!("the name of `{shown}` is not one that every system has");
    let place = Place::file(&config_path()?);
    Some(Diagnostic::error(Code::BadPath, place, message).hint("rename it: UTF-8, no control characters, no backslash"))
}

/// A file that could not be read as text.
pub struct Unread {
    /// Why.
    pub diagnostic: Diagnostic,
    /// What of it can be shown.
    pub shown: Option<Source>,
}

pub(super) fn on_disk(root: &Path) -> Disk {
    Disk { root: root.into(), read: |root, path| read_text(root, path).ok() }
}

/// A file as it is read first: documents when they are parsed, other texts at once, copied files when they are written.
pub(super) fn listed(disk: &Disk, path: &SourcePath, layout: &Layout) -> Result<File, Box<Unread>> {
    let in_templates =
        || [&layout.templates, &layout.themes].iter().any(|folder| inside(path.as_str(), folder).is_some());
    match path.extension().as_str() {
        "md" | "markdown" if layout.in_content(path).is_some() => {
            Ok(File::Text(Source::on_disk(path.clone(), disk.clone())))
        }
        "html" | "toml" | "xml" if in_templates() => {
            read_text(&disk.root, path).map(|text| File::Text(Source::new(path.clone(), text)))
        }
        _ => Ok(File::Asset(Asset::Disk(disk.root.join(path.as_str())))),
    }
}

/// A document with its text at hand.
///
/// # Errors
/// When the file cannot be read or is no text.
pub fn whole(document: &Source) -> Result<Source, Box<Unread>> {
    match document.unread() {
        None => Ok(document.clone()),
        Some(root) => read_text(root, document.path()).map(|text| document.with_text(text)),
    }
}

fn read_text(root: &Path, path: &SourcePath) -> Result<String, Box<Unread>> {
    let bytes = fs::read(root.join(path.as_str())).map_err(|error| {
        let message = format!("cannot be read: {error}");
        let diagnostic = Diagnostic::error(Code::Unreadable, Place::file(path), message);
        Box::new(Unread { diagnostic, shown: None })
    })?;
    match decoded(bytes) {
        Ok(text) => Ok(text),
        Err(Undecoded { at, message, shown }) => {
            let place = Place::new(path, at..at);
            let diagnostic = Diagnostic::error(Code::Encoding, place, message).hint("save the file as UTF-8");
            Err(Box::new(Unread { diagnostic, shown: Some(Source::new(path.clone(), shown)) }))
        }
    }
}

/// Why bytes are not text, and a text of the same offsets that can be shown.
struct Undecoded {
    at: usize,
    message: String,
    shown: String,
}

/// UTF-8 text without byte-order mark and with `\n` as line end, or where and why it is not.
fn decoded(bytes: Vec<u8>) -> Result<String, Undecoded> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Undecoded { at: 0, message: "the file is UTF-16".into(), shown: String::new() });
    }
    let text = utf8::text(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        // One `?` a byte that is no text keeps every offset.
        let shown = error
            .as_bytes()
            .utf8_chunks()
            .flat_map(|chunk| [chunk.valid().to_owned(), "?".repeat(chunk.invalid().len())]);
        Undecoded { at, message: format!("byte {} of the file is not UTF-8", at + 1), shown: shown.collect() }
    })?;
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        return Err(Undecoded { at, message: "a NUL byte stands here".into(), shown: text });
    }
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Ok(text);
    }
    let text = text.replace("\r\n", "\n");
    match text.find('\r') {
        Some(at) => {
            let message = "a carriage return stands here without a line feed".into();
            Err(Undecoded { at, message, shown: text })
        }
        None => Ok(text),
    }
}
