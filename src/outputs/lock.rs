//! The lock beside the output folder: one build at a time, and none for ever.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::fault::at;

/// How long [`Lock::take`] sleeps between two tries.
const PAUSE: Duration = Duration::from_millis(50);

/// A lock that this process holds until it is dropped, or dies.
#[derive(Debug)]
pub struct Lock {
    file: Option<File>,
    path: PathBuf,
}

impl Lock {
    /// The lock at `path`, waiting for about `patience`; none if another process holds it all that time.
    pub fn take(path: &Path, patience: Duration) -> io::Result<Option<Self>> {
        let mut waited = Duration::ZERO;
        loop {
            let file = options().open(path).map_err(at("create the lock", path))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, path) => return Ok(Some(Self { file: Some(file), path: path.to_owned() })),
                // `Ok`: its holder removed it between our opening and our locking, so the name is tried again.
                Ok(()) | Err(TryLockError::WouldBlock) => {
                    if waited >= patience {
                        return Ok(None);
                    }
                    thread::sleep(PAUSE);
                    waited += PAUSE;
                }
                Err(TryLockError::Error(error)) => return Err(at("lock", path)(error)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is held, so that nobody can hold a lock on a file of this name that is about to go. Where
        // an open file cannot be removed, or cannot be told from another, the file stays; it is empty.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
        drop(self.file.take());
    }
}

/// How the lock is opened: never through a link, and without waiting if it turns out to be a pipe.
#[cfg(unix)]
fn options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::OFlags;
    let mut options = File::options();
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    options.create(true).truncate(false).write(true).custom_flags(i32::try_from(flags).unwrap_or(0));
    options
}

#[cfg(not(unix))]
fn options() -> OpenOptions {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    options
}

/// Whether the open file is still the one that `path` names.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
