//! One file written whole or not at all, at a place that the user named.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::fault::{at, refusal, shown};
use super::{Refusal, Why};

/// A file that somebody wants written.
pub struct FileRequest<'a> {
    /// Where.
    pub path: &'a Path,
    /// Folders of the site: the file may not lie in one of them, where it would become a part of the site.
    pub protected: Vec<PathBuf>,
    /// Whether the bytes of a file that stands there already are such that it may be replaced.
    pub replaces: fn(&[u8]) -> bool,
    /// Whether any file may be replaced.
    pub force: bool,
}

/// How much of a file is looked at to tell what it is, in bytes.
const HEAD: u64 = 1024;

/// Writes a file beside its place and moves it there in one step.
///
/// # Errors
/// A [`Refusal`] when the place is in the site, when a file of another kind stands there, or when the system fails.
pub fn write_file(request: &FileRequest<'_>, bytes: &[u8]) -> Result<(), Refusal> {
    let path = std::path::absolute(request.path).map_err(|error| refusal(&error))?;
    refuse(request, &path)?;
    let folder = path.parent().unwrap_or(Path::new("/"));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = folder.join(format!(".{name}.fangzhi-{}", std::process::id()));
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(at("write", &path))
        .and_then(|()| std::fs::rename(&beside, &path).map_err(at("write", &path)));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        refusal_of_file(&error)
    })
}

fn refusal_of_file(error: &io::Error) -> Refusal {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "make the folder first".to_owned(),
        _ => refusal(error).hint.replace("folder with --output-dir", "place with --output"),
    };
    Refusal { hint, ..refusal(error) }
}

fn refuse(request: &FileRequest<'_>, path: &Path) -> Result<(), Refusal> {
    let no = |message: String, hint: &str| Err(Refusal { why: Why::Folder, message, hint: hint.to_owned() });
    let folder = path.parent().map(|folder| folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf()));
    let name = path.file_name().unwrap_or_default();
    let real = folder.unwrap_or_default().join(name);
    if let Some(own) = request.protected.iter().find(|own| real.starts_with(own)) {
        let message = format!("{} lies in {}, a folder of the site", shown(path), shown(own));
        return no(message, "name a place outside the site's folders");
    }
    let Ok(meta) = std::fs::symlink_metadata(path) else { return Ok(()) };
    if !meta.is_file() {
        return no(format!("{} is there and is no file", shown(path)), "name another place");
    }
    let mut head = vec![];
    let read =
        std::fs::File::open(path).and_then(|file| io::Read::read_to_end(&mut io::Read::take(file, HEAD), &mut head));
    if !request.force && (read.is_err() || !(request.replaces)(&head)) {
        let message = format!("{} is there and is not such a bundle", shown(path));
        return no(message, "name another place, or add --force to replace it");
    }
    Ok(())
}
