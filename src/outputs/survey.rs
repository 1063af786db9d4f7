//! What an output folder holds: files that the manifest lists, and foreign ones.

use std::collections::{HashMap, HashSet};
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU8;

use super::fault::at;
use super::manifest::{Entry, Found};
use super::{CACHE, MANIFEST, cache};
use crate::source::Hash;

/// Files that desktops put into every folder they show: foreign, but no reason to refuse a folder.
const LITTER: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini"];

/// A file that the manifest lists.
#[derive(Debug)]
pub struct Old {
    /// What the manifest says of it.
    pub entry: Entry,
    /// The hash of all that it was made of, where that is known.
    pub from: Option<Hash>,
    /// Whether a plain file of this name is on the disk.
    pub on_disk: bool,
    /// What this build said of it so far; see [`super::write`].
    pub state: AtomicU8,
}

/// An output folder as it was found.
#[derive(Debug, Default)]
pub struct Survey {
    /// Whether there is a folder.
    pub exists: bool,
    /// The files that the manifest lists, by their path in the folder.
    pub old: HashMap<Box<str>, Old>,
    /// The hash of the manifest; none if there is none.
    pub manifest: Option<Hash>,
    /// Whether something that is no manifest stands in its place.
    pub broken: bool,
    /// All that is not listed and no folder, by its path in the folder.
    pub foreign: HashSet<PathBuf>,
    /// The folders that hold foreign files, and the folders that hold those.
    pub foreign_folders: HashSet<PathBuf>,
}

impl Survey {
    /// Some foreign files that nobody leaves by accident, at most `count`, in the order of their names.
    pub fn strangers(&self, count: usize) -> Vec<&Path> {
        let litter = |path: &Path| LITTER.iter().any(|name| path.file_name() == Some(name.as_ref()));
        let mut strangers: Vec<&Path> =
            self.foreign.iter().map(PathBuf::as_path).filter(|path| !litter(path)).collect();
        strangers.sort_unstable();
        strangers.truncate(count);
        strangers
    }
}

/// Looks through a whole output folder, following no link.
///
/// # Errors
/// When a folder cannot be listed.
pub fn look(folder: &Path, manifest: Found) -> io::Result<Survey> {
    let mut survey = Survey { exists: true, ..Survey::default() };
    match manifest {
        Found::Missing => {}
        Found::Unreadable => survey.broken = true,
        Found::Manifest(files, hash) => {
            let mut cache = cache::read(folder, hash);
            let mut old = |(path, entry): (Box<str>, Entry)| {
                let from = cache.remove(&path);
                (path, Old { entry, from, on_disk: false, state: AtomicU8::new(0) })
            };
            survey.old = files.into_iter().map(&mut old).collect();
            survey.manifest = Some(hash);
        }
    }
    each_file(folder, |path, entry| {
        let text = path.to_str();
        match text.and_then(|text| survey.old.get_mut(text)) {
            Some(old) if entry.file_type().is_ok_and(|kind| kind.is_file()) => old.on_disk = true,
            // Also one that cannot be read: its name says whose it is, and it is replaced.
            _ if matches!(text, Some(MANIFEST | CACHE)) => {}
            _ => {
                survey.foreign_folders.extend(path.ancestors().skip(1).map(Path::to_owned));
                survey.foreign.insert(path.to_owned());
            }
        }
        Ok(())
    })?;
    Ok(survey)
}

/// Calls `visit` with every entry below `folder` that is no folder, by its path from there (with `/` between the
/// parts), and gives the folders themselves, each before the ones inside it.
///
/// # Errors
/// Those of `visit`, and when a folder cannot be listed.
pub fn each_file(folder: &Path, mut visit: impl FnMut(&Path, &DirEntry) -> io::Result<()>) -> io::Result<Vec<PathBuf>> {
    let mut folders = vec![PathBuf::new()];
    let mut next = 0;
    while let Some(inner) = folders.get(next).cloned() {
        next += 1;
        let full = folder.join(&inner);
        for entry in fs::read_dir(&full).map_err(at("list", &full))? {
            let entry = entry.map_err(at("list", &full))?;
            let path = joined(&inner, &entry);
            if entry.file_type().map_err(at("read", &entry.path()))?.is_dir() {
                folders.push(path);
            } else {
                visit(&path, &entry)?;
            }
        }
    }
    Ok(folders)
}

/// The path of an entry, written with `/` on every system, as the manifest writes it.
fn joined(folder: &Path, entry: &DirEntry) -> PathBuf {
    if folder.as_os_str().is_empty() {
        return PathBuf::from(entry.file_name());
    }
    let mut path = folder.as_os_str().to_owned();
    path.push("/");
    path.push(entry.file_name());
    PathBuf::from(path)
}
