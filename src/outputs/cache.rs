//! What the files of an output were made of, kept inside it so that the next build need not make them again. Whoever
//! deletes it loses time and nothing more: what belongs to the output is the manifest's to say.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::CACHE;
use super::manifest::lines_of;
use crate::source::Hash;

#[derive(Deserialize)]
struct Kept {
    manifest: String,
    from: HashMap<Box<str>, String>,
}

/// The hash of all that each file was made of, by its path; empty unless it was written for this manifest.
pub fn read(folder: &Path, manifest: Hash) -> HashMap<Box<str>, Hash> {
    let bytes = fs::read(folder.join(CACHE)).unwrap_or_default();
    parse(&bytes, manifest).unwrap_or_default()
}

fn parse(bytes: &[u8], manifest: Hash) -> Option<HashMap<Box<str>, Hash>> {
    let kept: Kept = serde_json::from_slice(bytes).ok()?;
    if Hash::from_hex(&kept.manifest)? != manifest {
        return None;
    }
    kept.from.into_iter().map(|(path, from)| Some((path, Hash::from_hex(&from)?))).collect()
}

/// The bytes of a cache: JSON, one file a line, sorted by path.
pub fn format(manifest: Hash, from: &BTreeMap<&str, Hash>) -> Vec<u8> {
    let mut out = String::with_capacity(lines_of(from.keys().copied()));
    let _ = write!(out, "{{\n\"manifest\": \"{}\",\n\"from\": {{", manifest.hex());
    for (index, (path, from)) in from.iter().enumerate() {
        let path = serde_json::to_string(path).unwrap_or_default();
        let _ = write!(out, "{}{path}: \"{}\"", if index == 0 { "\n" } else { ",\n" }, from.hex());
    }
    out.push_str("\n}\n}\n");
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_for_one_manifest() {
        let (one, other) = (Hash::of(b"1"), Hash::of(b"2"));
        let bytes = format(one, &BTreeMap::from([("城/\"x\".html", other), ("a", one)]));
        let read = HashMap::from([("城/\"x\".html".into(), other), ("a".into(), one)]);
        assert_eq!(parse(&bytes, one), Some(read));
        assert_eq!(parse(&bytes, other), None);
        assert_eq!(parse(&format(one, &BTreeMap::new()), one), Some(HashMap::new()));
        assert_eq!(parse(&bytes[..bytes.len() / 2], one), None);
    }
}
