//! A snapshot brought up to date: only what was touched is read again.
#![allow(clippy::disallowed_methods, reason = "this is the door of reading files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use super::disk::{Unread, is_elsewhere, link_complaint, list, listed, on_disk, source_path, today, whole};
use super::{File, Inputs, Layout};
use crate::paths::SourcePath;
use crate::source::Disk;

/// When each file of a site was last written and how long it was: two surveys tell which files changed between them.
pub type Survey = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Looks at every file of the site in `root` without reading it.
pub fn survey(root: &Path, layout: &Layout) -> Survey {
    let (mut found, mut unheard) = (vec![], vec![]);
    for folder in layout.folders() {
        list(root, folder, layout, &mut found, &mut unheard);
    }
    // What is complained about counts too: a link that is replaced by a file is a change.
    let places = unheard.into_iter().map(|diagnostic| diagnostic.place.path);
    let paths: Vec<PathBuf> = found.into_iter().chain(places).map(|path| root.join(path.as_str())).collect();
    paths
        .into_par_iter()
        .map(|path| {
            let stamp = fs::symlink_metadata(&path).map_or((None, 0), |file| (file.modified().ok(), file.len()));
            (path, stamp)
        })
        .collect::<Vec<_>>()
        .into_iter()
        .collect()
}

/// Reads the files at `touched` again, and all that is below those that are folders; forgets those that are gone. The
/// paths are absolute; paths that are no part of the site are passed over.
///
/// Returns the files that differ from before; none when only reading the whole site anew tells how it stands.
pub fn refresh(inputs: &mut Inputs, root: &Path, touched: &BTreeSet<PathBuf>) -> Option<Vec<SourcePath>> {
    let mut before: BTreeMap<SourcePath, File> = BTreeMap::new();
    let layout = inputs.layout.clone();
    let mut found = vec![];
    let diagnostics = inputs.diagnostics.clone();
    let mut cleared = BTreeSet::new();
    for path in touched.iter().filter(|path| is_of_site(root, path, &layout)) {
        let path = outermost_link(root, path, &layout);
        let inside = source_path(root, &path).ok()?;
        if !cleared.insert(inside.clone()) {
            continue;
        }
        forget(inputs, &inside, &mut before);
        let Ok(kind) = fs::symlink_metadata(&path).map(|file| file.file_type()) else { continue };
        if kind.is_file() {
            found.push(inside);
        } else if kind.is_symlink() && !is_folder_of(&layout, &inside) {
            inputs.diagnostics.push(link_complaint(&inside));
        } else {
            list(root, inside.as_str(), &layout, &mut found, &mut inputs.diagnostics);
        }
    }
    if inputs.diagnostics.iter().any(|diagnostic| diagnostic.code == crate::diagnostic::Code::BadPath) {
        return None;
    }
    found.sort();
    found.dedup();
    let disk = on_disk(root);
    let read: Vec<_> = found.into_par_iter().map(|path| (read_again(&disk, &path, &layout), path)).collect();
    let complained = inputs.diagnostics != diagnostics;
    let mut changed = BTreeSet::new();
    for (file, path) in read {
        match file {
            Ok(file) => {
                if !before.remove(&path).is_some_and(|before| same(&before, &file)) {
                    changed.insert(path.clone());
                }
                inputs.files.insert(path, file);
            }
            Err(unread) => {
                inputs.diagnostics.push(unread.diagnostic);
                inputs.broken.extend(unread.shown.map(|source| (path.clone(), source)));
                changed.insert(path);
            }
        }
    }
    changed.extend(before.into_keys());
    if complained {
        changed.extend(cleared);
    }
    inputs.today = today();
    Some(changed.into_iter().collect())
}

/// Takes a file, or all that is below a folder, out of the snapshot.
fn forget(inputs: &mut Inputs, path: &SourcePath, before: &mut BTreeMap<SourcePath, File>) {
    let folder = format!("{path}/");
    let Ok(first) = SourcePath::new(&format!("{path}/\u{20}")) else { return };
    let below = inputs.files.range(first..).map(|(path, _)| path);
    let gone: Vec<SourcePath> = below.take_while(|path| path.as_str().starts_with(&folder)).cloned().collect();
    for path in gone.iter().chain([path]) {
        if let Some(file) = inputs.files.remove(path) {
            before.insert(path.clone(), file);
        }
        inputs.broken.remove(path);
    }
    inputs.broken.retain(|path, _| !path.as_str().starts_with(&folder));
    inputs.diagnostics.retain(|diagnostic| {
        let place = &diagnostic.place.path;
        place != path && !place.as_str().starts_with(&folder)
    });
}

/// A touched file, a document with its text: only that tells whether it changed. What is wrong with one is said when it is
/// parsed.
fn read_again(disk: &Disk, path: &SourcePath, layout: &Layout) -> Result<File, Box<Unread>> {
    Ok(match listed(disk, path, layout)? {
        File::Text(source) => File::Text(whole(&source).unwrap_or(source)),
        copied => copied,
    })
}

/// Files that are copied are not compared: whoever touched one wrote it.
fn same(one: &File, other: &File) -> bool {
    match (one, other) {
        (File::Text(one), File::Text(other)) => one.has_text_of(other),
        _ => false,
    }
}

/// Whether a path is one that reading the whole site would come upon.
fn is_of_site(root: &Path, path: &Path, layout: &Layout) -> bool {
    let Ok(inside) = path.strip_prefix(root) else { return false };
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    let below = |folder: &str| {
        let folder: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        let starts = parts.len() >= folder.len() && folder.iter().zip(&parts).all(|(one, other)| one == other);
        starts.then(|| parts[folder.len()..].iter().all(|part| !part.starts_with('.')))
    };
    let named = [&layout.static_files, &layout.templates, &layout.themes];
    if named.iter().any(|folder| below(folder) == Some(true)) {
        return true;
    }
    let top = parts.first().map_or("", |first| first.as_ref());
    let outside = layout.content.is_empty() && (top.is_empty() || is_elsewhere(top, layout));
    below(&layout.content) == Some(true) && !outside
}

/// The path, or the first link on the way to it: what is behind a link is no part of the site.
fn outermost_link(root: &Path, path: &Path, layout: &Layout) -> PathBuf {
    let way: Vec<&Path> = path.ancestors().take_while(|above| *above != root).collect();
    let is_link = |above: &&&Path| {
        let own = source_path(root, above).is_ok_and(|inside| is_folder_of(layout, &inside));
        !own && fs::symlink_metadata(above).is_ok_and(|file| file.is_symlink())
    };
    way.iter().rev().find(is_link).map_or_else(|| path.to_path_buf(), |link| link.to_path_buf())
}

fn is_folder_of(layout: &Layout, path: &SourcePath) -> bool {
    layout.folders().contains(&path.as_str())
}

/// When a file was last written and how long it is; none if it is not there.
pub fn stamp(path: &Path) -> Option<(Option<SystemTime>, u64)> {
    fs::metadata(path).ok().map(|file| (file.modified().ok(), file.len()))
}

/// The folders on the disk that hold files of the site, absolute. In a site whose root is its content these are the
/// root's own folders, so that nobody has to look into the output or into what other programs keep there.
pub fn folders(root: &Path, layout: &Layout) -> Vec<PathBuf> {
    let named = layout.folders().into_iter().filter(|folder| !folder.is_empty());
    let mut all: Vec<PathBuf> = named.map(|folder| root.join(folder)).filter(|folder| folder.is_dir()).collect();
    if layout.content.is_empty() {
        let entries = fs::read_dir(root).into_iter().flatten().flatten();
        let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
        let own = entries.filter(is_folder).map(|entry| entry.path());
        all.extend(own.filter(|path| is_of_site(root, path, layout) && !layout_names(root, layout, path)));
    }
    all
}

fn layout_names(root: &Path, layout: &Layout, path: &Path) -> bool {
    layout.folders().iter().any(|folder| root.join(folder) == path)
}
