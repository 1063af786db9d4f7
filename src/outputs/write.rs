//! One build's way into an output folder, from [`open`] to [`Output::finish`].

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::fault::{at, refusal, shown};
use super::folder::{self, Folder};
use super::lock::Lock;
use super::manifest::{self, Entry};
use super::staging::Staging;
use super::survey::{self, Old, Survey};
use super::{CACHE, MANIFEST, Put, Refusal, Request, Summary, Why, cache, swap};
use crate::paths::OutputPath;
use crate::source::Hash;

/// How long a build waits for another one that holds the output folder.
const PATIENCE: Duration = Duration::from_secs(3);

/// From how many unchanged files on the replaced output is kept beside the new one for the next build: those of fewer are
/// linked anew in no time, and nothing need stand beside the output.
const SPARED: usize = 1000;

/// [`Old::state`]: nothing was said of the file; it goes if that stays so.
const STALE: u8 = 0;
/// [`Old::state`]: its bytes are right.
const KEPT: u8 = 1;
/// [`Old::state`]: new bytes were written.
const REPLACED: u8 = 2;

/// An output folder that one build writes to. Dropped without [`Output::finish`], it leaves the old output as it was.
#[derive(Debug)]
pub struct Output {
    place: Held,
    survey: Survey,
    staging: Staging,
    /// The files written into the staging folder.
    written: Mutex<HashMap<Box<str>, Entry>>,
    /// The hash of all that a file was made of, of those that were made.
    made: Mutex<HashMap<Box<str>, Hash>>,
    version: String,
    /// Whether an output may stay beside this one: it lies in the folder of the site, which nobody publishes as a whole.
    may_spare: bool,
    /// Whether the staging folder may stay: it was swapped in, or never made.
    finished: bool,
}

/// Looks at the output folder, clears away what a killed build left beside it, and takes the lock.
///
/// # Errors
/// When the folder must not be written to, holds files that fangzhi did not write, or another build holds it for
/// longer than three seconds. The folder itself was not touched then.
pub fn open(request: &Request<'_>) -> Result<Output, Refusal> {
    let place = Held::take(folder::find(request.root, request.output_dir, &request.protected, request.home)?)?;
    let survey = place.survey()?;
    if !request.force {
        refuse_strangers(&survey, request.output_dir)?;
    }
    let staging = Staging::new(place.folder.beside("new"), place.folder.beside("spare"));
    let version = request.version.to_owned();
    let (written, made) = (Mutex::default(), Mutex::default());
    let may_spare = fs::canonicalize(request.root).is_ok_and(|root| root == place.folder.parent());
    Ok(Output { place, survey, staging, written, made, version, may_spare, finished: false })
}

impl Output {
    /// Takes one file of the new output; may be called from many threads at once.
    ///
    /// # Errors
    /// When the path was put before, when a file that fangzhi did not write is in its way, and when the system refuses
    /// (a full disk, a read-only folder).
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> io::Result<Put> {
        self.put_made(path, bytes, None)
    }

    /// As [`Output::put`], with the hash of all that the file was made of: a later build is told it by
    /// [`Output::made_of`].
    ///
    /// # Errors
    /// As [`Output::put`].
    pub fn put_made(&self, path: &OutputPath, bytes: &[u8], from: Option<Hash>) -> io::Result<Put> {
        let entry = Entry { size: bytes.len() as u64, hash: Hash::of(bytes) };
        if let Some(from) = from {
            self.made.lock().unwrap_or_else(|poison| poison.into_inner()).insert(path.as_str().into(), from);
        }
        match self.survey.old.get(path.as_str()) {
            Some(old) if old.entry == entry && self.is_whole(path, old) => {
                claim(path, old, KEPT)?;
                return Ok(Put::Unchanged);
            }
            Some(old) => claim(path, old, REPLACED)?,
            None => self.refuse_foreign(path, bytes)?,
        }
        let before =
            self.written.lock().unwrap_or_else(|poison| poison.into_inner()).insert(path.as_str().into(), entry);
        if before.is_some() || matches!(path.as_str(), MANIFEST | CACHE) {
            return Err(twice(path));
        }
        self.staging.write(path.as_str().as_ref(), bytes)?;
        Ok(Put::Written)
    }

    /// The hash of all that a file of the old output was made of; none where that is not known or the file is gone.
    pub fn made_of(&self, path: &OutputPath) -> Option<Hash> {
        let old = self.survey.old.get(path.as_str())?;
        old.from.filter(|_| self.is_whole(path, old))
    }

    /// The bytes of a file of the old output; none unless they are those that were written.
    pub fn read(&self, path: &OutputPath) -> Option<Vec<u8>> {
        let old = self.survey.old.get(path.as_str()).filter(|old| self.is_whole(path, old))?;
        manifest::bytes(&self.place.folder.path, path, &old.entry)
    }

    /// Takes a file of the old output into the new one as it is, when a caller knows that it did not change.
    ///
    /// # Errors
    /// With [`io::ErrorKind::NotFound`] when the old output has no such file of the right size: the caller must make
    /// it. When the path was put before.
    pub fn keep(&self, path: &OutputPath) -> io::Result<()> {
        match self.survey.old.get(path.as_str()) {
            Some(old) if self.is_whole(path, old) => claim(path, old, KEPT),
            _ => {
                let message = format!("the old output has no `{path}` that could be kept");
                Err(io::Error::new(io::ErrorKind::NotFound, message))
            }
        }
    }

    /// Makes what was put the whole output: files that were neither put nor kept are gone after it.
    ///
    /// # Errors
    /// When the system refuses. The old output is then in its place, whole; only when the old output could not be
    /// removed *after* the swap is the new one there, and the next [`open`] tries again.
    pub fn finish(mut self) -> io::Result<Summary> {
        let summary = self.summary();
        let manifest = self.manifest();
        let hash = Hash::of(&manifest);
        if self.same_files() {
            // The cache holds for one manifest, so that it may be there before.
            let cache = self.cache(hash);
            self.renew(CACHE, &cache)?;
            if self.survey.manifest != Some(hash) {
                self.renew(MANIFEST, &manifest)?;
            }
            self.staging.give_up()?;
            self.finished = true;
            return Ok(summary);
        }
        self.complete(&manifest)?;
        // Both are long.
        drop(manifest);
        let cache = self.cache(hash);
        self.staging.write(CACHE.as_ref(), &cache)?;
        self.prune()?;
        let old = swap::enter(&self.place.folder, self.staging.path())?;
        self.finished = true;
        if let Some(old) = old {
            let (new, listed) = (&self.place.folder.path, |path: &str| self.survey.old.contains_key(path));
            let spare = self.place.folder.beside("spare");
            // Where most is new the spare folder would hold as much again and save little.
            let saves = summary.unchanged >= SPARED && summary.unchanged >= summary.written + summary.removed;
            if saves && self.may_spare && !spare.exists() && !spare.is_symlink() {
                swap::park(&old, new, &spare, listed)?;
            } else {
                swap::retire(&old, new, listed)?;
            }
        }
        Ok(summary)
    }

    /// Whether the old file is on the disk, with the size that the manifest gives.
    fn is_whole(&self, path: &OutputPath, old: &Old) -> bool {
        old.on_disk
            && fs::symlink_metadata(self.place.folder.path.join(path.as_str()))
                .is_ok_and(|found| found.is_file() && found.len() == old.entry.size)
    }

    /// An error if writing `path` would take away a file that fangzhi did not write; one with the same bytes loses
    /// nothing, and belongs to the output from now on.
    fn refuse_foreign(&self, path: &OutputPath, bytes: &[u8]) -> io::Result<()> {
        let wanted = Path::new(path.as_str());
        let blocking = if self.survey.foreign_folders.contains(wanted) {
            Some(wanted)
        } else {
            wanted.ancestors().find(|path| self.survey.foreign.contains(*path))
        };
        let Some(blocking) = blocking else {
            return Ok(());
        };
        let full = self.place.folder.path.join(blocking);
        let plain = fs::symlink_metadata(&full).is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64);
        if blocking == wanted && plain && fs::read(&full).is_ok_and(|found| found == bytes) {
            return Ok(());
        }
        let message = format!("cannot write `{path}`: fangzhi did not write {}, and does not delete it", shown(&full));
        Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
    }

    /// Whether the new output has the same files as the old one, so that nothing needs to be moved.
    fn same_files(&mut self) -> bool {
        self.survey.exists
            && self.written.get_mut().unwrap_or_else(|poison| poison.into_inner()).is_empty()
            && self.survey.old.values_mut().all(|old| !old.on_disk || *old.state.get_mut() == KEPT)
    }

    fn summary(&mut self) -> Summary {
        let written = self.written.get_mut().unwrap_or_else(|poison| poison.into_inner());
        let mut summary = Summary { written: written.len(), ..Summary::default() };
        summary.bytes = written.values().map(|entry| entry.size).sum();
        for old in self.survey.old.values_mut() {
            match *old.state.get_mut() {
                KEPT => summary.unchanged += 1,
                STALE if old.on_disk => summary.removed += 1,
                _ => {}
            }
        }
        summary
    }

    /// The manifest of what was put and kept.
    pub(super) fn manifest(&mut self) -> Vec<u8> {
        let mut files: BTreeMap<&str, Entry> = BTreeMap::new();
        for (path, old) in &mut self.survey.old {
            if *old.state.get_mut() == KEPT {
                files.insert(path, old.entry);
            }
        }
        let written = self.written.get_mut().unwrap_or_else(|poison| poison.into_inner());
        files.extend(written.iter().map(|(path, entry)| (&**path, *entry)));
        manifest::format(&self.version, &files)
    }

    /// What the files of the manifest with this hash were made of.
    fn cache(&mut self, manifest: Hash) -> Vec<u8> {
        let old = self.survey.old.iter_mut().filter_map(|(path, old)| {
            let from = old.from.filter(|_| *old.state.get_mut() == KEPT)?;
            Some((&**path, from))
        });
        let mut from: BTreeMap<&str, Hash> = old.collect();
        let made = self.made.get_mut().unwrap_or_else(|poison| poison.into_inner());
        from.extend(made.iter().map(|(path, from)| (&**path, *from)));
        cache::format(manifest, &from)
    }

    /// Takes out of a reused staging folder what is no part of the new output.
    fn prune(&mut self) -> io::Result<()> {
        if !self.staging.is_reused() {
            return Ok(());
        }
        let written = self.written.get_mut().unwrap_or_else(|poison| poison.into_inner());
        let (old, foreign) = (&self.survey.old, &self.survey.foreign);
        let is_kept = |path: &str| old.get(path).is_some_and(|old| old.state.load(Ordering::Relaxed) == KEPT);
        let is_wanted = |path: &str| matches!(path, MANIFEST | CACHE) || written.contains_key(path) || is_kept(path);
        self.staging.prune(|path| path.to_str().is_some_and(is_wanted) || foreign.contains(path))
    }

    /// Writes what an output whose files are all right says of itself: one rename, so the folder is whole at all times.
    fn renew(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.place.folder.path.join(name);
        if fs::read(&path).is_ok_and(|known| known == bytes) {
            return Ok(());
        }
        self.staging.write(name.as_ref(), bytes)?;
        fs::rename(self.staging.path().join(name), &path).map_err(at("write", &path))
    }

    /// What a kill leaves: the lock is free, and nothing is cleared away.
    #[cfg(test)]
    pub(super) fn die(mut self) -> Folder {
        self.finished = true;
        self.place.folder.clone()
    }

    /// Adds to the staging folder all that it still lacks: kept and foreign files, the manifest, the permissions.
    pub(super) fn complete(&mut self, manifest: &[u8]) -> io::Result<()> {
        let old = &self.place.folder.path;
        self.staging.folder(Path::new(""))?;
        let kept =
            self.survey.old.iter_mut().filter_map(|(path, file)| (*file.state.get_mut() == KEPT).then_some(path));
        let mut kept: Vec<&Path> = kept.map(|path| Path::new(&**path)).collect();
        kept.sort_unstable();
        for path in kept {
            self.staging.take(old, path)?;
        }
        let written = self.written.get_mut().unwrap_or_else(|poison| poison.into_inner());
        for path in &self.survey.foreign {
            if !path.to_str().is_some_and(|path| written.contains_key(path)) {
                self.staging.take(old, path)?;
            }
        }
        self.staging.write(MANIFEST.as_ref(), manifest)?;
        if self.survey.exists {
            let permissions = fs::metadata(old).map_err(at("read", old))?.permissions();
            let path = self.staging.path();
            fs::set_permissions(path, permissions).map_err(at("write", path))?;
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if !self.finished {
            let _ = self.staging.give_up();
        }
    }
}

/// An output folder under our lock.
#[derive(Debug)]
pub(super) struct Held {
    /// The folder.
    pub folder: Folder,
    /// The folders above it that were made for it, the deepest first; they go if they stay empty.
    made: Vec<PathBuf>,
    lock: Option<Lock>,
}

impl Held {
    /// Waits for the lock, then mends what a killed build left.
    pub fn take(folder: Folder) -> Result<Self, Refusal> {
        let made = folder.parent().ancestors().take_while(|path| !path.exists()).map(Path::to_owned).collect();
        fs::create_dir_all(folder.parent()).map_err(|error| refusal(&at("create", folder.parent())(error)))?;
        let mut held = Self { folder, made, lock: None };
        let lock = Lock::take(&held.folder.beside("lock"), PATIENCE).map_err(|error| refusal(&error))?;
        if lock.is_none() {
            let message = format!("another build is writing to {}", shown(&held.folder.path));
            return Err(Refusal { why: Why::Busy, message, hint: "wait until it has finished".into() });
        }
        held.lock = lock;
        swap::recover(&held.folder).map_err(|error| refusal(&error))?;
        Ok(held)
    }

    /// What the folder holds.
    pub fn survey(&self) -> Result<Survey, Refusal> {
        let path = &self.folder.path;
        if !path.exists() {
            return Ok(Survey::default());
        }
        manifest::read(path).and_then(|found| survey::look(path, found)).map_err(|error| refusal(&error))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        drop(self.lock.take());
        for folder in &self.made {
            // It has something in it after a build that went well, and stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

fn refuse_strangers(survey: &Survey, output_dir: &Path) -> Result<(), Refusal> {
    let strangers = survey.strangers(4);
    if strangers.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = strangers.iter().take(3).map(|path| format!("`{}`", shown(path))).collect();
    let more = if strangers.len() > named.len() { " and others" } else { "" };
    let folder = shown(output_dir);
    let message =
        format!("the output folder `{folder}` holds files that fangzhi did not write: {}{more}", named.join(", "));
    let hint = match survey.broken {
        true => "its manifest cannot be read: delete the folder if all in it was made by fangzhi, and build again",
        false => "move them away or choose another output folder; with --force they stay beside the new pages",
    };
    Err(Refusal { why: Why::Folder, message, hint: hint.into() })
}

/// Marks what becomes of an old file.
fn claim(path: &OutputPath, old: &Old, state: u8) -> io::Result<()> {
    let claimed = old.state.compare_exchange(STALE, state, Ordering::Relaxed, Ordering::Relaxed);
    claimed.map(drop).map_err(|_| twice(path))
}

fn twice(path: &OutputPath) -> io::Error {
    io::Error::new(io::ErrorKind::AlreadyExists, format!("the output `{path}` was made twice"))
}
