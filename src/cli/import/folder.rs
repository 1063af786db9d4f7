//! The folder that is imported into: what may be written there, and what somebody has changed since.
#![allow(clippy::disallowed_methods, reason = "imported files are written here")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use super::super::Failure;
use crate::import::{self, Earlier, File, Imported};
use crate::sha256;

/// The list of doubts.
pub(super) const REVIEW: &str = "REVIEW.md";

/// The folder, with what an earlier import of the same source left there.
pub(super) struct Folder {
    root: PathBuf,
    typed: PathBuf,
    ledger: String,
    earlier: Option<Earlier>,
}

/// What was done, or would be.
#[derive(Debug, Default)]
pub(super) struct Summary {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// Files that are no longer made and were not removed, and why.
    pub left: Vec<(String, &'static str)>,
}

/// All that is to be done.
pub(super) struct Plan<'a> {
    folder: &'a Folder,
    write: Vec<(String, Vec<u8>)>,
    remove: Vec<String>,
    summary: Summary,
}

impl Folder {
    /// Looks at a folder, which need not be there yet.
    pub fn open(typed: &Path, name: &str) -> Result<Self, Failure> {
        if fs::symlink_metadata(typed).is_ok_and(|about| !about.is_dir() && !about.is_symlink()) {
            return Err(Failure::Usage(format!("{} is not a folder", typed.display())));
        }
        let root = std::path::absolute(typed).map_err(Failure::io(typed))?;
        let ledger = record(name, import::LEDGER);
        let mut folder = Self { root, typed: typed.to_path_buf(), ledger, earlier: None };
        let file = folder.path(&folder.ledger);
        match fs::read(&file) {
            Ok(bytes) => {
                let read: Option<Earlier> = serde_json::from_slice(&bytes).ok();
                folder.earlier = read.filter(|earlier| earlier.version == import::VERSION);
                if folder.earlier.is_none() {
                    let hint = "move it away: it is not a ledger of this version of fangzhi";
                    return Err(Failure::Usage(format!(
                        "{} stands where the ledger goes\n  help: {hint}",
                        file.display()
                    )));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Failure::io(&file)(error)),
        }
        Ok(folder)
    }

    /// The name of a file that import keeps about a source.
    pub fn record(&self, name: &str, ending: &str) -> String {
        record(name, ending)
    }

    /// A file in the folder.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// The folder as the user typed it.
    pub fn shown(&self) -> &Path {
        &self.typed
    }

    /// What there is to do. Fails, with nothing touched, where a file was changed or is not ours.
    pub fn plan(&self, imported: &Imported, force: bool) -> Result<Plan<'_>, Failure> {
        let mut plan = Plan { folder: self, write: vec![], remove: vec![], summary: Summary::default() };
        let mut refused = vec![];
        let known =
            |path: &str| self.earlier.as_ref().and_then(|earlier| earlier.files.iter().find(|file| file.path == path));
        for File { path, bytes } in &imported.files {
            let there = self.there(path)?;
            let ours = |old: &[u8]| known(path).is_some_and(|file| file.sha256 == sha256::hex(old));
            match there {
                Some(old) if old == *bytes => plan.summary.unchanged += 1,
                Some(old) if !force && !ours(&old) => refused.push(path.clone()),
                _ => plan.write.push((path.clone(), bytes.clone())),
            }
        }
        let names: BTreeSet<&str> = imported.files.iter().map(|file| file.path.as_str()).collect();
        for file in
            self.earlier.iter().flat_map(|earlier| &earlier.files).filter(|file| !names.contains(file.path.as_str()))
        {
            match self.there(&file.path)? {
                Some(old) if sha256::hex(&old) == file.sha256 => plan.remove.push(file.path.clone()),
                Some(_) => {
                    plan.summary.left.push((file.path.clone(), "is no longer made, and was changed by hand: it stays"))
                }
                None => {}
            }
        }
        self.review(imported, force, &mut plan, &mut refused)?;
        if !refused.is_empty() {
            let hint = "move your changes into the recipe or to another file, or write over them with --force";
            let list =
                refused.iter().map(|path| self.typed.join(path).display().to_string()).collect::<Vec<_>>().join("\n  ");
            return Err(Failure::Usage(format!(
                "these files were changed since they were imported, or were never imported:\n  {list}\n  help: {hint}"
            )));
        }
        let ledger = imported.ledger.json().into_bytes();
        if self.there(&self.ledger)?.as_ref() == Some(&ledger) {
            plan.summary.unchanged += 1;
        } else {
            // The ledger comes last: a run that was cut off is told by the old one.
            plan.write.push((self.ledger.clone(), ledger));
        }
        plan.summary.written = plan.write.len();
        plan.summary.removed = plan.remove.len();
        Ok(plan)
    }

    fn review(
        &self,
        imported: &Imported,
        force: bool,
        plan: &mut Plan,
        refused: &mut Vec<String>,
    ) -> Result<(), Failure> {
        let name = &imported.ledger.source.name;
        let old = self.there(REVIEW)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let part = old.as_deref().and_then(|old| import::part(old, name));
        let last = self.earlier.as_ref().map(|earlier| earlier.review.as_str());
        let foreign = old.as_deref().is_some_and(|old| !import::is_ours(old));
        let changed = part
            .as_ref()
            .is_some_and(|part| *part != imported.review && Some(sha256::hex(part.as_bytes()).as_str()) != last);
        if (foreign || changed) && !force {
            refused.push(REVIEW.to_owned());
            return Ok(());
        }
        let new = import::merged(old.as_deref().filter(|_| !foreign), name, &imported.review);
        match old {
            Some(old) if old == new => plan.summary.unchanged += 1,
            _ => plan.write.push((REVIEW.to_owned(), new.into_bytes())),
        }
        Ok(())
    }

    /// The bytes of a file; none if it is not there. Fails where a link could lead out of the folder.
    fn there(&self, inside: &str) -> Result<Option<Vec<u8>>, Failure> {
        let mut path = self.root.clone();
        for part in Path::new(inside).components() {
            let Component::Normal(part) = part else {
                return Err(Failure::Usage(format!("`{inside}` leaves the folder")));
            };
            path.push(part);
            if fs::symlink_metadata(&path).is_ok_and(|about| about.is_symlink()) {
                let hint = "put a real file or folder there: a link can lead out of the folder";
                return Err(Failure::Usage(format!("{} is a symbolic link\n  help: {hint}", path.display())));
            }
        }
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::io(&path)(error)),
        }
    }
}

impl Plan<'_> {
    /// What would be done.
    pub fn summary(self) -> Summary {
        self.summary
    }

    /// Does it.
    pub fn write(self) -> Result<Summary, Failure> {
        for (path, bytes) in &self.write {
            put(&self.folder.path(path), bytes)?;
        }
        for path in &self.remove {
            let file = self.folder.path(path);
            fs::remove_file(&file).map_err(Failure::io(&file))?;
        }
        Ok(self.summary)
    }
}

fn record(name: &str, ending: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{}{ending}", if stem.is_empty() { name } else { stem })
}

/// Writes a file whole or not at all: beside its place first, then over it in one step.
pub(super) fn put(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Failure::io(folder))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = folder.join(format!(".{name}.fangzhi-new"));
    let write = || {
        let mut new = fs::File::create(&beside)?;
        new.write_all(bytes)?;
        fs::rename(&beside, file)
    };
    write().map_err(|error| {
        let _ = fs::remove_file(&beside);
        Failure::io(file)(error)
    })
}
