//! Whether an archive still is what was packed: every file has the hash that the manifest gives it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::archive::SUMS;
use crate::sha256;

/// What an archive was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How many files have the hash of the manifest.
    pub sound: usize,
    /// What is wrong, a sentence each, in order of the names.
    pub wrong: Vec<String>,
}

/// Compares every file of an archive with its manifest.
///
/// # Errors
/// When the bytes are no archive, or one without a manifest: a sentence without a full stop.
pub fn verify(bytes: &[u8]) -> Result<Verdict, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("this is no archive: {error}"))?;
    let mut stated: BTreeMap<String, String> = BTreeMap::new();
    let names: Result<Vec<String>, _> = archive.file_names().map(|name| name.map(|name| name.to_string())).collect();
    let names = names.map_err(|error| format!("this is no archive: {error}"))?;
    let manifest = names.iter().find(|name| name.as_str() == SUMS || is_volume(name));
    let Some(manifest) = manifest else {
        return Err(format!("there is no `{SUMS}` in it: fangzhi did not make it, or it was packed anew"));
    };
    let (text, error) = read(&mut archive, manifest);
    if let Some(error) = error {
        return Err(format!("`{manifest}` cannot be read: {error}"));
    }
    for line in String::from_utf8_lossy(&text).lines() {
        if let Some((hash, name)) = line.split_once("  ") {
            stated.insert(name.to_owned(), hash.to_owned());
        }
    }
    let mut verdict = Verdict { sound: 0, wrong: vec![] };
    let mut sorted: Vec<&String> = names.iter().filter(|name| *name != manifest && !name.ends_with('/')).collect();
    sorted.sort();
    for name in sorted {
        let (bytes, error) = read(&mut archive, name);
        match (stated.remove(name.as_str()), error) {
            (_, Some(error)) => verdict.wrong.push(format!("`{name}` cannot be read: {error}")),
            (Some(hash), None) if hash == sha256::hex(&bytes) => verdict.sound += 1,
            (Some(_), None) => verdict.wrong.push(format!("`{name}` was changed")),
            (None, None) => verdict.wrong.push(format!("`{name}` was added")),
        }
    }
    verdict.wrong.extend(stated.keys().map(|name| format!("`{name}` is missing")));
    Ok(verdict)
}

fn is_volume(name: &str) -> bool {
    let number = name.strip_prefix(SUMS).and_then(|rest| rest.strip_prefix('-'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What of a file can be read, and why not all of it.
fn read(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> (Vec<u8>, Option<String>) {
    let mut bytes = vec![];
    let read = archive
        .by_name(name)
        .map_err(|error| error.to_string())
        .and_then(|mut file| file.read_to_end(&mut bytes).map(|_| ()).map_err(|error| error.to_string()));
    (bytes, read.err())
}
