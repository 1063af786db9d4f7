//! Offline bundles: the files of a site in one archive, one page of HTML, or one book. Values in, bytes out.
//!
//! [`make`] makes every file of a build; [`mend`] sees to it that no link of them leads to a file that is not there;
//! [`archive`], [`single`] and [`epub`] pack them. Two bundles of one site are the same bytes wherever they are made: no
//! clock, no path of the machine and no order but that of the names goes into them.

pub mod archive;
pub mod epub;
mod mend;
pub mod pages;
pub mod select;
pub mod single;
mod start;
pub mod verify;

pub use mend::mend;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::build::Build;
use crate::diagnostic::Diagnostic;
use crate::html::target;
use crate::paths::OutputPath;

/// Files of a site with their bytes, in order of path.
pub type Files = BTreeMap<OutputPath, Arc<[u8]>>;

/// Makes every file of a build.
///
/// # Errors
/// What went wrong in making them, in order of place.
pub fn make(build: &Build) -> Result<Files, Vec<Diagnostic>> {
    let files = Mutex::new(Files::new());
    let done = build.make_all(|path, bytes| {
        files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), bytes.into());
        Ok::<(), std::convert::Infallible>(())
    });
    match done {
        Ok(troubles) if troubles.is_empty() => Ok(files.into_inner().unwrap_or_else(PoisonError::into_inner)),
        Ok(troubles) => Err(troubles),
        Err(never) => match never {},
    }
}

/// The bytes of a file as a text; HTML, CSS and scripts of a site are UTF-8.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What a file is for, in the words of a table for people.
fn what(path: &OutputPath) -> &'static str {
    match path.extension().as_str() {
        "html" => "pages",
        "css" => "styles",
        "js" => "scripts",
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "ico" | "bmp" => "pictures",
        "woff" | "woff2" | "ttf" | "otf" => "fonts",
        "mp4" | "webm" | "mp3" | "ogg" | "wav" | "m4a" | "ogv" => "sound and film",
        "md" | "txt" => "texts",
        _ => "other files",
    }
}

/// The media type of a file (RFC 6838).
fn media_type(path: &OutputPath) -> &'static str {
    match path.extension().as_str() {
        "html" => "text/html",
        "xhtml" => "application/xhtml+xml",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "ico" => "image/x-icon",
        "bmp" => "image/bmp",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "wav" => "audio/wav",
        "m4a" => "audio/mp4",
        "pdf" => "application/pdf",
        "md" | "txt" | "csv" => "text/plain",
        _ => "application/octet-stream",
    }
}
