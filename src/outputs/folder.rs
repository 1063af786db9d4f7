//! Where the output folder really is, and whether it may be written to at all.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::fault::{at, refusal, shown};
use super::{Refusal, Why};

/// An output folder that may be written to, and the names beside it.
#[derive(Debug, Clone)]
pub struct Folder {
    /// The folder, absolute, without symbolic links or dots.
    pub path: PathBuf,
    /// The folder that holds it.
    parent: PathBuf,
    /// Its name.
    name: OsString,
}

impl Folder {
    /// The path of `.<name>.fangzhi-<what>` beside the output.
    pub fn beside(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".fangzhi-");
        name.push(what);
        self.parent.join(name)
    }

    /// The folder that holds the output.
    pub fn parent(&self) -> &Path {
        &self.parent
    }
}

/// The output folder that `output_dir` names, if it may be one.
pub fn find(root: &Path, output_dir: &Path, protected: &[PathBuf], home: Option<&Path>) -> Result<Folder, Refusal> {
    if output_dir.components().next() == Some(Component::Normal("~".as_ref())) {
        let message = format!("the output folder `{}` begins with `~`, which only a shell expands", shown(output_dir));
        return Err(refused(message, "write the path in full"));
    }
    let root = fs::canonicalize(root).map_err(|error| refusal(&at("find", root)(error)))?;
    let path = walk(&root, output_dir, Links::Refused)?;
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(refused("the output folder is the root of the file system".into(), OWN_FOLDER));
    };
    if root.starts_with(&path) {
        let which = if path == root { "is the folder of the site" } else { "holds the folder of the site" };
        return Err(refused(format!("the output folder `{}` {which}", shown(output_dir)), OWN_FOLDER));
    }
    if let Some(home) = home.and_then(|home| fs::canonicalize(home).ok())
        && home.starts_with(&path)
    {
        let message = format!("the output folder `{}` is the home folder or holds it", shown(output_dir));
        return Err(refused(message, OWN_FOLDER));
    }
    for source in protected {
        let real = walk(&root, source, Links::Followed)?;
        if real.starts_with(&path) || path.starts_with(&real) {
            let message = match real == path {
                true => format!("the output folder `{}` is a source of the site", shown(output_dir)),
                false if real.starts_with(&path) => {
                    format!("the output folder `{}` holds `{}`, a source of the site", shown(output_dir), shown(source))
                }
                false => {
                    format!(
                        "the output folder `{}` lies in `{}`, a source of the site",
                        shown(output_dir),
                        shown(source)
                    )
                }
            };
            return Err(refused(message, OWN_FOLDER));
        }
    }
    inspect(&path, output_dir)?;
    Ok(Folder { parent: parent.to_owned(), name: name.to_owned(), path })
}

const OWN_FOLDER: &str = "give the output a folder of its own, as in `output_dir = \"public\"`";

/// What a symbolic link on the way means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Links {
    /// One inside the site, and one at the very end, is refused: the site's own folders are plain ones. Those above
    /// the site, or on the way to an output elsewhere, belong to the system and are followed.
    Refused,
    /// All are followed.
    Followed,
}

/// The path from `root` without dots and links; what is not there yet is taken as it is written.
fn walk(root: &Path, path: &Path, links: Links) -> Result<PathBuf, Refusal> {
    let mut real = if path.is_absolute() { PathBuf::new() } else { root.to_owned() };
    let count = path.components().count();
    for (index, component) in path.components().enumerate() {
        match component {
            Component::Prefix(_) => real.push(component),
            Component::RootDir => {
                real.push(component);
                real = fs::canonicalize(&real).unwrap_or(real);
            }
            Component::CurDir => {}
            // `real` has no links in it, so its parent is the folder that the system would go to.
            Component::ParentDir => drop(real.pop()),
            Component::Normal(name) => {
                let inside = real.starts_with(root);
                real.push(name);
                let link = fs::symlink_metadata(&real).is_ok_and(|found| found.is_symlink());
                if link && links == Links::Refused && (inside || index + 1 == count) {
                    let message = format!("the output folder `{}` is reached by a symbolic link", shown(path));
                    return Err(refused(message, "name the folder that the link leads to"));
                }
                // Also where there is no link: a system that ignores case tells here how the name is really spelt.
                real = fs::canonicalize(&real).unwrap_or(real);
            }
        }
    }
    Ok(real)
}

/// Refuses what stands at `path` if it is not a folder that can be replaced whole.
fn inspect(path: &Path, written: &Path) -> Result<(), Refusal> {
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(refusal(&at("read", path)(error))),
    };
    if !found.is_dir() {
        let message = format!("the output folder `{}` is not a folder", shown(written));
        return Err(refused(message, "move the file away, or choose another output folder"));
    }
    if found.permissions().readonly() {
        let message = format!("the output folder `{}` is read-only", shown(written));
        return Err(Refusal { why: Why::System, message, hint: "make the folder writable".into() });
    }
    if is_mount_point(path) {
        let message = format!("the output folder `{}` is a mount point and cannot be replaced whole", shown(written));
        return Err(refused(message, "choose a folder inside it, or mount the folder above it"));
    }
    Ok(())
}

/// Whether another file system is mounted here; false where that cannot be known.
#[cfg(target_os = "linux")]
fn is_mount_point(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::TYPE)
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mount_point(_: &Path) -> bool {
    false
}

fn refused(message: String, hint: &str) -> Refusal {
    Refusal { why: Why::Folder, message, hint: hint.to_owned() }
}
