//! A site as a ZIP archive, or several that unpack into one folder; the same site gives the same bytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::sync::Arc;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::start::{self, FOLDER};
use super::{Files, what};
use crate::build::Build;
use crate::paths::OutputPath;
use crate::sha256;

/// The manifest: a line a file, as `sha256sum` writes and reads them.
pub const SUMS: &str = "SHA256SUMS";

/// An archive.
pub struct Archive {
    /// Its number among its volumes, from 1.
    pub number: usize,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many files are in it.
    pub files: usize,
    /// The parts of the site that begin in it.
    pub sections: Vec<String>,
}

/// What takes how much room, in bytes, by what it is.
pub type Room = BTreeMap<&'static str, u64>;

/// Why no archive was made, as a sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub String);

/// The site as archives: one, or as many as are needed for none to be larger than `limit` bytes (unless a single file
/// is). With several, every one has the theme and the home pages, and the rest is cut between sections.
///
/// # Errors
/// When a name cannot be unpacked on Windows, or an archive cannot be written.
pub fn archives(build: &Build, files: &Files, limit: Option<u64>) -> Result<(Vec<Archive>, Room), Refused> {
    let odd: Vec<&str> = files.keys().map(OutputPath::as_str).filter(|path| !unpacks(path)).take(5).collect();
    if !odd.is_empty() {
        return Err(Refused(format!("Windows cannot have files of these names: {}", odd.join(", "))));
    }
    let packed: Vec<(&OutputPath, Packed)> =
        files.iter().map(|(path, bytes)| Ok((path, pack(bytes)?))).collect::<Result<_, Refused>>()?;
    let mut room = Room::new();
    for (path, packed) in &packed {
        *room.entry(what(path)).or_default() += packed.deflated.len() as u64;
    }
    let volumes = volumes(build, packed, limit);
    let several = volumes.len() > 1;
    let starts = start::starts(build, |output| files.contains_key(output));
    let archives = volumes
        .into_iter()
        .enumerate()
        .map(|(at, volume)| archive(build, &starts, volume, at + 1, several))
        .collect::<Result<_, _>>()?;
    Ok((archives, room))
}

/// A file as it lies in an archive.
#[derive(Clone)]
struct Packed {
    /// A whole archive with this file alone, from which it is copied without being packed again.
    deflated: Arc<[u8]>,
    sum: String,
}

/// Files that lie in one archive, and the sections that begin in it.
#[derive(Default)]
struct Volume<'f> {
    files: BTreeMap<&'f OutputPath, Packed>,
    size: u64,
    sections: Vec<String>,
}

/// What the files beside the site take, at most, in bytes.
const BESIDE: u64 = 8_000;

/// What a file takes in an archive: itself, its name in front of it and in the directory, its line in the manifest.
fn size(path: &OutputPath, packed: &Packed) -> u64 {
    (packed.deflated.len() + 3 * (FOLDER.len() + 1 + path.as_str().len()) + 70) as u64
}

fn pack(bytes: &[u8]) -> Result<Packed, Refused> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() / 3)));
    add(&mut writer, "x", bytes)?;
    let deflated = writer.finish().map_err(|error| Refused(error.to_string()))?.into_inner();
    Ok(Packed { deflated: deflated.into(), sum: sha256::hex(bytes) })
}

/// Every file has the same time: an archive tells when it was made by its own date, not inside.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

fn add(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), Refused> {
    let refused = |error: String| Refused(format!("`{name}` does not go into an archive: {error}"));
    writer.start_file(name, options()).map_err(|error| refused(error.to_string()))?;
    writer.write_all(bytes).map_err(|error| refused(error.to_string()))
}

/// Whether a path can be unpacked on Windows, in any folder that is not very deep itself.
fn unpacks(path: &str) -> bool {
    let whole = path.encode_utf16().count() <= 200;
    whole && path.split('/').all(|part| !part.contains(['<', '>', ':', '"', '|', '?', '*', '\\']) && named(part))
}

fn named(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || numbered.is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    !device && !part.ends_with([' ', '.'])
}

/// Files that belong into every volume: without them no page can be read.
fn is_shared(build: &Build, path: &OutputPath) -> bool {
    path.as_str().starts_with("assets/") || build.site.homes.iter().any(|home| build.site.page(*home).output == *path)
}

fn volumes<'f>(build: &Build, packed: Vec<(&'f OutputPath, Packed)>, limit: Option<u64>) -> Vec<Volume<'f>> {
    let mut shared = Volume { size: BESIDE, ..Volume::default() };
    let mut sections: BTreeMap<String, Vec<(&OutputPath, Packed)>> = BTreeMap::new();
    for (path, packed) in packed {
        if limit.is_none() || is_shared(build, path) {
            shared.take(path, packed);
        } else {
            sections.entry(section(build, path)).or_default().push((path, packed));
        }
    }
    let limit = limit.unwrap_or(u64::MAX);
    let mut all: Vec<Volume<'f>> = vec![];
    let mut open = shared.again();
    for (name, files) in sections {
        let size: u64 = files.iter().map(|(path, packed)| self::size(path, packed)).sum();
        // A section that fits into a volume is not cut.
        if open.size + size > limit && !open.sections.is_empty() && shared.size + size <= limit {
            all.push(std::mem::replace(&mut open, shared.again()));
        }
        open.sections.push(name.clone());
        for (path, packed) in files {
            if open.size + self::size(path, &packed) > limit && open.files.len() > shared.files.len() {
                all.push(std::mem::replace(&mut open, shared.again()));
                open.sections.push(name.clone());
            }
            open.take(path, packed);
        }
    }
    all.push(open);
    all
}

/// The section whose volume a file belongs into: the folder of its language and the one below.
fn section(build: &Build, path: &OutputPath) -> String {
    let parts: Vec<&str> = path.as_str().split('/').collect();
    let codes = &build.site.config.languages;
    let depth = if codes.iter().any(|language| language.code == parts[0]) { 2 } else { 1 };
    let folders = parts.len() - 1;
    parts[..depth.min(folders)].join("/")
}

impl<'f> Volume<'f> {
    fn take(&mut self, path: &'f OutputPath, packed: Packed) {
        self.size += size(path, &packed);
        self.files.insert(path, packed);
    }

    /// A new volume that begins with the same files.
    fn again(&self) -> Self {
        Self { files: self.files.clone(), size: self.size, sections: vec![] }
    }
}

fn archive(
    build: &Build,
    starts: &[(usize, OutputPath)],
    volume: Volume<'_>,
    number: usize,
    several: bool,
) -> Result<Archive, Refused> {
    let sums = if several { format!("{SUMS}-{number}") } else { SUMS.to_owned() };
    let languages: Vec<usize> = starts.iter().map(|(language, _)| *language).collect();
    let mut beside = vec![("index.html".to_owned(), start::page(build, starts))];
    // Volumes unpack over each other: what stands in all of them is the same in all of them.
    beside.extend(start::readmes(build, &languages, &format!("{SUMS}{}", if several { "-*" } else { "" })));
    let mut lines: Vec<String> =
        beside.iter().map(|(name, text)| format!("{}  {name}\n", sha256::hex(text.as_bytes()))).collect();
    lines.extend(volume.files.iter().map(|(path, packed)| format!("{}  {FOLDER}/{path}\n", packed.sum)));
    beside.push((sums, lines.concat()));
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(volume.size as usize + (1 << 16))));
    for (name, text) in &beside {
        add(&mut writer, name, text.as_bytes())?;
    }
    for (path, packed) in &volume.files {
        let copied = zip::ZipArchive::new(Cursor::new(&*packed.deflated)).and_then(|mut alone| {
            let file = alone.by_index_raw(0)?;
            writer.raw_copy_file_rename(file, format!("{FOLDER}/{path}"))
        });
        copied.map_err(|error| Refused(format!("`{path}` does not go into an archive: {error}")))?;
    }
    let bytes = writer.finish().map_err(|error| Refused(error.to_string()))?.into_inner();
    Ok(Archive { number, bytes, files: volume.files.len() + beside.len(), sections: volume.sections })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_windows() {
        for bad in ["a:b", "x/con.html", "a./b", "a /b", "what?.html", "LPT1", &"长".repeat(201)] {
            assert!(!unpacks(bad), "{bad}");
        }
        assert!(unpacks("城市/西安/index.html") && unpacks("console/com0.html"));
    }
}
