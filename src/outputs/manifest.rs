//! The list of the files that fangzhi wrote into an output folder, kept inside that folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;

use super::MANIFEST;
use super::fault::at;
use crate::paths::OutputPath;
use crate::source::Hash;

/// What the manifest says of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Its length in bytes.
    pub size: u64,
    /// The hash of its bytes.
    pub hash: Hash,
}

/// What stands where the manifest should be.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Missing,
    /// Something else than a manifest.
    Unreadable,
    /// A manifest: the files it lists, and its own hash.
    Manifest(Vec<(Box<str>, Entry)>, Hash),
}

#[derive(Deserialize)]
struct Listed {
    files: Vec<ListedFile>,
}

#[derive(Deserialize)]
struct ListedFile {
    path: Box<str>,
    size: u64,
    hash: String,
}

/// The manifest of an output folder.
///
/// # Errors
/// When the system cannot read it.
pub fn read(folder: &Path) -> io::Result<Found> {
    let path = folder.join(MANIFEST);
    let regular = match fs::symlink_metadata(&path) {
        Ok(found) => found.is_file(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Missing),
        Err(error) => return Err(at("read", &path)(error)),
    };
    if !regular {
        return Ok(Found::Unreadable);
    }
    let bytes = fs::read(&path).map_err(at("read", &path))?;
    Ok(parse(&bytes).map_or(Found::Unreadable, |files| Found::Manifest(files, Hash::of(&bytes))))
}

fn parse(bytes: &[u8]) -> Option<Vec<(Box<str>, Entry)>> {
    let listed: Listed = serde_json::from_slice(bytes).ok()?;
    // Another version may have had longer hashes. The file is still ours; none is like it, so it is written again.
    let hash = |digits: &str| Hash::from_hex(digits.get(..32)?);
    let entry = |file: ListedFile| Some((file.path, Entry { size: file.size, hash: hash(&file.hash)? }));
    listed.files.into_iter().map(entry).collect()
}

/// The bytes of a file of an output folder that no build has opened; none unless they are those that were written.
pub fn kept(folder: &Path, path: &OutputPath) -> Option<Vec<u8>> {
    // Most folders have no such file, and a manifest may be long.
    fs::symlink_metadata(folder.join(path.as_str())).ok().filter(fs::Metadata::is_file)?;
    let Ok(Found::Manifest(files, _)) = read(folder) else { return None };
    let (_, entry) = files.into_iter().find(|(own, _)| **own == *path.as_str())?;
    bytes(folder, path, &entry)
}

/// The bytes of a file, if they are what the manifest says of it.
pub fn bytes(folder: &Path, path: &OutputPath, entry: &Entry) -> Option<Vec<u8>> {
    let bytes = fs::read(folder.join(path.as_str())).ok()?;
    (Hash::of(&bytes) == entry.hash).then_some(bytes)
}

/// The bytes of a manifest: JSON, one file a line, sorted by path; nothing in it depends on the day or the machine.
pub fn format(version: &str, files: &BTreeMap<&str, Entry>) -> Vec<u8> {
    let text = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let mut out = String::with_capacity(lines_of(files.keys().copied()));
    let _ = write!(out, "{{\n\"version\": {},\n\"files\": [", text(version));
    for (index, (path, entry)) in files.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        let (path, hash) = (text(path), entry.hash.hex());
        let _ = write!(out, "{{\"path\": {path}, \"size\": {}, \"hash\": \"{hash}\"}}", entry.size);
    }
    out.push_str("\n]\n}\n");
    out.into_bytes()
}

/// The room for lines that say a size and a hash of each of these files.
pub(super) fn lines_of<'p>(paths: impl Iterator<Item = &'p str>) -> usize {
    paths.map(|path| path.len() + 90).sum::<usize>() + 90
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let entry = Entry { size: 3, hash: Hash::of(b"abc") };
        let other = Entry { size: 4, ..entry };
        let files = BTreeMap::from([("城/\"x\".html", entry), ("a", other)]);
        let bytes = format("1.0", &files);
        let longer = String::from_utf8(bytes.clone()).unwrap().replace(&entry.hash.hex(), &"ab".repeat(32));
        assert_eq!(parse(longer.as_bytes()).map(|files| files.len()), Some(2));
        assert_eq!(parse(&bytes), Some(vec![("a".into(), other), ("城/\"x\".html".into(), entry)]));
        assert_eq!(parse(&format("1.0", &BTreeMap::new())), Some(vec![]));
    }

    #[test]
    fn other_things_are_no_manifest() {
        for bad in ["", "[]", "{}", r#"{"files": [{"path": "a", "size": 1, "hash": "é"}]}"#] {
            assert_eq!(parse(bad.as_bytes()), None, "{bad}");
        }
    }
}
