//! The step from the old output to the new one, and what is done about a step that was cut off.
//!
//! At every instant either the old or the new folder is whole: under the output's own name where the system can
//! exchange two folders, else under that name or, between two renames, beside it until [`recover`] puts it back.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::fault::{at, shown};
use super::folder::Folder;
use super::manifest::{self, Found};
use super::staging::is_one_file;
use super::survey::each_file;
use super::{CACHE, MANIFEST};

/// Puts the complete folder `new` in the output's place. Gives where the old output is now; none if there was none.
///
/// # Errors
/// When the system refuses; the old output is in its place then.
pub fn enter(folder: &Folder, new: &Path) -> io::Result<Option<PathBuf>> {
    if !exists(&folder.path)? {
        rename(new, &folder.path)?;
        return Ok(None);
    }
    let swap = folder.beside("swap");
    rename(new, &swap)?;
    let entered = match exchange(&swap, &folder.path) {
        Ok(true) => return Ok(Some(swap)),
        Ok(false) => move_aside(folder).and_then(|old| move_in(folder, &swap, &old)),
        Err(error) => Err(at("replace", &folder.path)(error)),
    };
    if entered.is_err() {
        // Back under the name that says that it may be deleted.
        let _ = fs::rename(&swap, new);
    }
    entered.map(Some)
}

/// Exchanges two folders in one step; false where the system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // Unknown to the kernel, or to the file system.
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// The first of two renames: the old output goes aside. Gives where.
pub(super) fn move_aside(folder: &Folder) -> io::Result<PathBuf> {
    let old = folder.beside("old");
    rename(&folder.path, &old)?;
    Ok(old)
}

/// The second: the new output comes in; if it cannot, the old one comes back.
pub(super) fn move_in(folder: &Folder, new: &Path, old: &Path) -> io::Result<PathBuf> {
    rename(new, &folder.path).inspect_err(|_| drop(fs::rename(old, &folder.path)))?;
    Ok(old.to_owned())
}

/// Clears away what a build that was killed left beside the output, which is whole after it.
///
/// # Errors
/// When something cannot be removed, or holds files that have no place in the output.
pub fn recover(folder: &Folder) -> io::Result<()> {
    let (new, swap, old) = (folder.beside("new"), folder.beside("swap"), folder.beside("old"));
    for left in [&new, &swap, &old] {
        if fs::symlink_metadata(left).is_ok_and(|found| !found.is_dir()) {
            let message = format!("{} is no folder that fangzhi made: move it away", shown(left));
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
    }
    if exists(&new)? {
        fs::remove_dir_all(&new).map_err(at("remove", &new))?;
    }
    // The only moment without an output is the one between the two renames.
    if exists(&old)? && !exists(&folder.path)? {
        rename(&old, &folder.path)?;
    }
    for left in [swap, old] {
        if exists(&left)? {
            let files = match manifest::read(&left)? {
                Found::Manifest(files, _) => files.into_iter().map(|(path, _)| path).collect(),
                Found::Missing | Found::Unreadable => std::collections::HashSet::new(),
            };
            retire(&left, &folder.path, |path| files.contains(path))?;
        }
    }
    Ok(())
}

/// Removes an output folder that was replaced by `new`. Files that are not `listed` are removed only when `new` has
/// them too; those that somebody put there while the site was built are moved to `new`.
///
/// # Errors
/// When a file can be neither removed nor moved.
pub fn retire(old: &Path, new: &Path, listed: impl Fn(&str) -> bool) -> io::Result<()> {
    let mut manifest = None;
    let folders = each_own(old, new, listed, |full| {
        // The manifest goes last: as long as it is there, a removal that was cut off can be repeated.
        if full.parent() == Some(old) && full.file_name() == Some(MANIFEST.as_ref()) {
            manifest = Some(full.to_owned());
            return Ok(());
        }
        fs::remove_file(full).map_err(at("remove", full))
    })?;
    if let Some(manifest) = manifest {
        fs::remove_file(&manifest).map_err(at("remove", &manifest))?;
    }
    for inner in folders.iter().rev() {
        let full = old.join(inner);
        fs::remove_dir(&full).map_err(at("remove", &full))?;
    }
    Ok(())
}

/// Keeps an output folder that was replaced by `new` as a spare one, after the same care for what somebody put there.
///
/// # Errors
/// As [`retire`].
pub fn park(old: &Path, new: &Path, spare: &Path, listed: impl Fn(&str) -> bool) -> io::Result<()> {
    each_own(old, new, listed, |_| Ok(()))?;
    rename(old, spare)?;
    // It is nothing for a repository. One that is there may be a second name of the site's own.
    if let Ok(mut ignore) = fs::File::create_new(spare.join(".gitignore")) {
        let _ = ignore.write_all(b"*\n");
    }
    Ok(())
}

/// Calls `visit` with every file in `old` that may go, moves others to `new`, and gives the folders in it.
fn each_own(
    old: &Path,
    new: &Path,
    listed: impl Fn(&str) -> bool,
    mut visit: impl FnMut(&Path) -> io::Result<()>,
) -> io::Result<Vec<PathBuf>> {
    let mut stuck = None;
    let folders = each_file(old, |path, entry| {
        let full = old.join(path);
        let kind = entry.file_type().map_err(at("read", &full))?;
        let there = new.join(path);
        let is_ours = |path: &str| matches!(path, MANIFEST | CACHE) || listed(path);
        if kind.is_file() && path.to_str().is_some_and(is_ours) || same(&full, &there) {
            visit(&full)
        } else if exists(&there)? {
            stuck = Some(full);
            Ok(())
        } else {
            if let Some(parent) = there.parent() {
                fs::create_dir_all(parent).map_err(at("create", parent))?;
            }
            rename(&full, &there)
        }
    })?;
    if let Some(stuck) = stuck {
        let message = format!("{} was not written by fangzhi and has no place in the new output", shown(&stuck));
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("{message}: move it away")));
    }
    Ok(folders)
}

/// Whether two names lead to the same file, or to files with the same bytes; links are not followed.
fn same(one: &Path, other: &Path) -> bool {
    if is_one_file(one, other) {
        return true;
    }
    let (Ok(a), Ok(b)) = (fs::symlink_metadata(one), fs::symlink_metadata(other)) else {
        return false;
    };
    if a.is_symlink() && b.is_symlink() {
        return matches!((fs::read_link(one), fs::read_link(other)), (Ok(a), Ok(b)) if a == b);
    }
    a.is_file() && b.is_file() && a.len() == b.len() && {
        matches!((fs::read(one), fs::read(other)), (Ok(a), Ok(b)) if a == b)
    }
}

fn exists(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(at("read", path)(error)),
    }
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to).map_err(at("rename", from))
}
