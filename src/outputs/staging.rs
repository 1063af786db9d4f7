//! The folder beside the output in which the new output is put together.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::MANIFEST;
use super::fault::at;
use super::survey::each_file;

/// A folder in the making; nothing is on the disk before the first file.
#[derive(Debug)]
pub struct Staging {
    path: PathBuf,
    /// Where an earlier output may be that can be made the new one.
    spare: PathBuf,
    /// How it began, once it did.
    begun: Mutex<Option<Start>>,
    /// Held while a folder takes the place of something else.
    way: Mutex<()>,
    /// The folders that are there and wanted, by their path in the staging folder; `` is the staging folder itself.
    folders: Mutex<HashSet<PathBuf>>,
}

/// What a staging folder began as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// An empty folder.
    Empty,
    /// An earlier output: whatever is put into it may stand there already, or something else under its name.
    Spare,
}

impl Staging {
    /// A staging folder that will be at `path`, made of what is at `spare` if something is.
    pub fn new(path: PathBuf, spare: PathBuf) -> Self {
        Self { path, spare, begun: Mutex::default(), way: Mutex::default(), folders: Mutex::default() }
    }

    /// Whether it was an earlier output, in which more may stand than was put into it.
    pub fn is_reused(&self) -> bool {
        *self.begun.lock().unwrap_or_else(|poison| poison.into_inner()) == Some(Start::Spare)
    }

    /// Whether something was put into a folder.
    fn wants(&self, folder: &Path) -> bool {
        self.folders.lock().unwrap_or_else(|poison| poison.into_inner()).contains(folder)
    }

    /// Makes the folder itself if it is not there yet.
    fn begin(&self) -> io::Result<Start> {
        let mut begun = self.begun.lock().unwrap_or_else(|poison| poison.into_inner());
        if let Some(start) = *begun {
            return Ok(start);
        }
        let start = if is_output(&self.spare) && fs::rename(&self.spare, &self.path).is_ok() {
            Start::Spare
        } else {
            fs::create_dir(&self.path).map_err(at("create", &self.path))?;
            Start::Empty
        };
        *begun = Some(start);
        Ok(start)
    }

    /// Takes away what is no folder, or no file, but has the name of one.
    fn make_way(full: &Path, for_folder: bool) -> io::Result<()> {
        match fs::symlink_metadata(full) {
            Ok(found) if found.is_dir() && !for_folder => fs::remove_dir_all(full).map_err(at("remove", full)),
            Ok(found) if !found.is_dir() => fs::remove_file(full).map_err(at("remove", full)),
            _ => Ok(()),
        }
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
        let start = self.begin()?;
        if let Some(parent) = folder.parent() {
            self.folder(parent)?;
            let full = self.path.join(folder);
            // One thread at a time where something may be in the way.
            let alone = (start == Start::Spare).then(|| self.way.lock().unwrap_or_else(|poison| poison.into_inner()));
            if alone.is_some() {
                Self::make_way(&full, true)?;
            }
            // Another thread may make it at the same time. If it is a file instead, writing into it fails below.
            match fs::create_dir(&full) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(at("create", &full)(error)),
                _ => {}
            }
        }
        self.folders.lock().unwrap_or_else(|poison| poison.into_inner()).insert(folder.to_owned());
        Ok(())
    }

    /// Writes a new file; never into one that is there, which may be a second name of a file of the old output.
    ///
    /// # Errors
    /// When the system refuses, with the path.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.folder(path.parent().unwrap_or(Path::new("")))?;
        let full = self.path.join(path);
        if self.is_reused() {
            Self::make_way(&full, false)?;
        }
        File::create_new(&full).and_then(|mut file| file.write_all(bytes)).map_err(at("write", &full))
    }

    /// Gives the folder up: an earlier output goes back to where it was, everything else goes; there may be none.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn give_up(&self) -> io::Result<()> {
        if self.is_reused() && fs::rename(&self.path, &self.spare).is_ok() {
            return Ok(());
        }
        match fs::remove_dir_all(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at("remove", &self.path)(error)),
            _ => Ok(()),
        }
    }

    /// Removes every file that is not wanted, and every folder that nothing was put into.
    ///
    /// # Errors
    /// When the system refuses, with the path.
    pub fn prune(&self, is_wanted: impl Fn(&Path) -> bool) -> io::Result<()> {
        let folders = each_file(&self.path, |path, entry| match is_wanted(path) {
            true => Ok(()),
            false => fs::remove_file(entry.path()).map_err(at("remove", &entry.path())),
        })?;
        for folder in folders.iter().rev().filter(|folder| !self.wants(folder)) {
            let full = self.path.join(folder);
            fs::remove_dir(&full).map_err(at("remove", &full))?;
        }
        Ok(())
    }

    /// Takes a file over from the folder `old`: as a second name of the same file, or as a copy where the file system
    /// knows no second names.
    ///
    /// # Errors
    /// When the system refuses both, with the path.
    pub fn take(&self, old: &Path, path: &Path) -> io::Result<()> {
        self.folder(path.parent().unwrap_or(Path::new("")))?;
        let (from, to) = (old.join(path), self.path.join(path));
        if self.is_reused() {
            if is_one_file(&from, &to) {
                return Ok(());
            }
            Self::make_way(&to, false)?;
        }
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

/// Whether a folder, no link to one, is an output of ours: it has a manifest.
pub(super) fn is_output(folder: &Path) -> bool {
    let is_plain =
        |path: &Path, is: fn(&fs::Metadata) -> bool| fs::symlink_metadata(path).is_ok_and(|found| is(&found));
    is_plain(folder, fs::Metadata::is_dir) && is_plain(&folder.join(MANIFEST), fs::Metadata::is_file)
}

/// Whether two names are those of one file on the disk; links are not followed.
#[cfg(unix)]
pub(super) fn is_one_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let place = |path| fs::symlink_metadata(path).map(|found| (found.dev(), found.ino())).ok();
    place(one).is_some_and(|found| place(other) == Some(found))
}

/// False where that cannot be known.
#[cfg(not(unix))]
pub(super) fn is_one_file(_: &Path, _: &Path) -> bool {
    false
}
