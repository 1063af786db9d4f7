//! The folder beside the output in which the new output is put together.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::fault::at;

/// A folder in the making; nothing is on the disk before the first file.
#[derive(Debug)]
pub struct Staging {
    path: PathBuf,
    /// The folders that are there, by their path in the staging folder; `` is the staging folder itself.
    folders: Mutex<HashSet<PathBuf>>,
}

impl Staging {
    /// A staging folder that will be at `path`.
    pub fn new(path: PathBuf) -> Self {
        Self { path, folders: Mutex::default() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes a folder, and those it lies in, unless they are there.
    ///
    /// # Errors
    /// When one cannot be made, as when a file has its name.
    pub fn folder(&self, folder: &Path) -> io::Result<()> {
        if self.folders.lock().unwrap_or_else(|poison| poison.into_inner()).contains(folder) {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.folder(parent)?;
        }
        let full = self.path.join(folder);
        // Another thread may make it at the same time. If it is a file instead, writing into it fails below.
        match fs::create_dir(&full) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(at("create", &full)(error)),
            _ => {}
        }
        self.folders.lock().unwrap_or_else(|poison| poison.into_inner()).insert(folder.to_owned());
        Ok(())
    }

    /// Writes a file that is not there yet.
    ///
    /// # Errors
    /// When the system refuses, with the path.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.folder(path.parent().unwrap_or(Path::new("")))?;
        let full = self.path.join(path);
        File::create_new(&full).and_then(|mut file| file.write_all(bytes)).map_err(at("write", &full))
    }

    /// Removes the folder, from which all was taken away again; there may be none.
    ///
    /// # Errors
    /// When something is in it, or the system refuses.
    pub fn remove(&self) -> io::Result<()> {
        match fs::remove_dir(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at("remove", &self.path)(error)),
            _ => Ok(()),
        }
    }

    /// Takes a file over from the folder `old`: as a second name of the same file, or as a copy where the file system
    /// knows no second names.
    ///
    /// # Errors
    /// When the system refuses both, with the path.
    pub fn take(&self, old: &Path, path: &Path) -> io::Result<()> {
        self.folder(path.parent().unwrap_or(Path::new("")))?;
        let (from, to) = (old.join(path), self.path.join(path));
        match fs::hard_link(&from, &to) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(at("find", &from)(error)),
            Err(error) => copy(&from, &to, error).map_err(at("copy", &from)),
        }
    }
}

/// Copies a plain file or a link; other things cannot be copied, and `refused` says why they could not be linked.
fn copy(from: &Path, to: &Path, refused: io::Error) -> io::Result<()> {
    let kind = fs::symlink_metadata(from)?.file_type();
    if kind.is_file() {
        return fs::copy(from, to).map(drop);
    }
    #[cfg(unix)]
    if kind.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    Err(refused)
}
