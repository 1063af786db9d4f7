//! Errors of the file system that name the file.

use std::io;
use std::path::Path;

use super::{Refusal, Why};

/// The path as text that is safe to show: control characters and what is not UTF-8 are escaped.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy()
        .chars()
        .flat_map(|c| {
            let escaped = c.is_control().then(|| c.escape_default());
            let plain = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}

/// Turns an error into one of the same kind that says what was tried, `cannot <verb> <path>`.
pub fn at(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("cannot {verb} {}: {error}", shown(path)))
}

/// An error of the system as the reason why a folder was not opened.
pub fn refusal(error: &io::Error) -> Refusal {
    let hint = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "make the folder writable",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space on the disk",
        io::ErrorKind::InvalidFilename => "choose a shorter name for the output folder",
        _ => "choose another output folder with --output-dir, or mend what the system complains about",
    };
    Refusal { why: Why::System, message: error.to_string(), hint: hint.to_owned() }
}
