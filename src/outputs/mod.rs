//! Writes what changed, removes what is stale, and swaps the whole output at once.
//!
//! A build is all or nothing. [`open`] looks at the output folder and refuses it, or takes a lock; [`Output::put`]
//! writes changed files into a staging folder beside the output; [`Output::finish`] completes the staging folder with
//! hard links to the files that did not change, and exchanges the two folders in one step of the system.
//!
//! **Why hard links.** Renaming the changed files into the old folder one after another would be faster when few files
//! changed, but a kill between two renames would leave half of each site. A hard link costs one call a file and no
//! bytes, the old folder stays untouched until the exchange, and both folders are whole at every instant. Where a file
//! system has no hard links the file is copied. When *nothing* changed there is no staging folder at all: no file is
//! written, linked or moved, and a build costs one look at the output folder.
//!
//! **What may be deleted.** Only files that the manifest (`.fangzhi-manifest.json`, in the output) lists. A file that
//! it does not list makes [`open`] refuse the folder; [`Request::force`] allows such files to stay: they are carried
//! over into the new output, and a page that would take the place of one is an error even then. Files that a desktop
//! leaves in every folder it shows (`.DS_Store` and its like) are carried over without being asked about.
//!
//! **After a kill.** These names stand beside an output `public`, and the next [`open`] clears them away:
//!
//! | name | what it is |
//! |---|---|
//! | `.public.fangzhi-new` | a staging folder that was not complete |
//! | `.public.fangzhi-swap` | a complete folder on its way in, or the old one on its way out |
//! | `.public.fangzhi-old` | the old output, moved aside where the system cannot exchange two folders in one step |
//! | `.public.fangzhi-lock` | the lock; held only while a process lives |
//!
//! **A large output has a spare folder.** Putting ten thousand pages together anew means as many folders and twice as many
//! names, which takes seconds on a disk. So the output that was replaced stays beside the new one, as
//! `.public.fangzhi-spare`, if it shares most of a thousand files or more with it: the next build makes of it what the new
//! output shall be, name by name where something differs, and exchanges the two again. It is nothing but second names of
//! the same files, can be deleted at any time, and is never trusted: what it holds is compared with what is wanted.
//!
//! **What the next build need not make** stands in a cache (`.fangzhi-cache.json`) that belongs to one manifest. It can be
//! deleted at any time.
//!
//! Nothing is flushed to the disk by force: a *kill* never mixes two sites, and after a power failure the sizes in the
//! manifest show which files must be written again.

#![allow(clippy::disallowed_methods, reason = "this is the door through which files are written")]

mod cache;
mod clean;
mod fault;
mod file;
mod folder;
mod lock;
mod manifest;
mod staging;
mod survey;
mod swap;
#[cfg(test)]
mod tests;
mod write;

use std::fmt;
use std::path::{Path, PathBuf};

pub use clean::clean;
pub use file::{FileRequest, write_file};
pub use manifest::kept;
pub use write::{Output, open};

/// The name of the manifest inside the output folder.
pub const MANIFEST: &str = ".fangzhi-manifest.json";

/// The name of the cache inside the output folder: what the files were made of.
pub const CACHE: &str = ".fangzhi-cache.json";

/// What a build wants to write to, and what it must never touch.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The folder of the site.
    pub root: &'a Path,
    /// The output folder, absolute or from the root.
    pub output_dir: &'a Path,
    /// Files and folders of the site, absolute or from the root: the output may not be one of them, hold one or lie
    /// in one.
    pub protected: Vec<PathBuf>,
    /// The user's home folder, if it is known: the output may not be it or hold it.
    pub home: Option<&'a Path>,
    /// Whether files that fangzhi did not write may stay in the output folder.
    pub force: bool,
    /// The version of fangzhi, for the manifest.
    pub version: &'a str,
}

/// Why an output folder was not opened. Nothing was touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which kind of trouble it is.
    pub why: Why,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// The kinds of [`Refusal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The folder is one that must not be written to.
    Folder,
    /// Another build holds the folder.
    Busy,
    /// The system failed: no permission, a read-only disk.
    System,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.hint)
    }
}

impl std::error::Error for Refusal {}

/// What became of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is new or changed, and was written.
    Written,
    /// The old output has the same bytes.
    Unchanged,
}

/// What a build or a cleaning did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files written.
    pub written: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files of the old output that are no more.
    pub removed: usize,
    /// Bytes of the written files.
    pub bytes: u64,
}
