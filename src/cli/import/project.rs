//! `fangzhi import FOLDER`: the project of another generator becomes a site in a folder of its own.
#![allow(clippy::disallowed_methods, reason = "the project that the user named is read and its site is written here")]

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use super::super::screen::Screen;
use super::super::{Failure, report};
use super::{Arguments, folder};
use crate::convert::{Converted, Files, Note, convert};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::paths::SourcePath;
use crate::source::Source;

/// The largest file that is taken over, in bytes.
const LARGEST: u64 = 64 << 20;
/// Folders that hold nothing of a project's own.
const SKIPPED: [&str; 4] = ["node_modules", "target", "venv", "__pycache__"];

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let Some(into) = &arguments.into else {
        let hint = "name a folder for the new site: `--into DIR`";
        return Err(Failure::Usage(format!("{} is a folder\n  help: {hint}", arguments.source.display())));
    };
    let mut files = Files::new();
    read(&arguments.source, "", into, &mut files)?;
    let site = convert(&files)
        .map_err(|error| Failure::Usage(format!("{} cannot be imported: {error}", arguments.source.display())))?;
    let written = write(&site, into, arguments)?;
    let sources = sources(&site, &files, &arguments.source);
    let notes: Vec<Diagnostic> = site.notes.iter().filter_map(|note| diagnostic(note, &sources)).collect();
    if !notes.is_empty() {
        let named = |path: &SourcePath| sources.values().find(|source| source.path() == path).cloned();
        screen.show(&report::render(&notes, &named, arguments.report.format.into(), "", screen.colors()));
    }
    screen.say(&format!(
        "{}: {} pages, {written} files {} in {}; {} to look at",
        site.generator,
        site.pages,
        if arguments.dry_run { "to write" } else { "written" },
        into.display(),
        notes.len(),
    ));
    screen.say(&format!("next: `fangzhi check {0}`, `fangzhi serve {0}`", into.display()));
    if arguments.report.strict && !notes.is_empty() { Err(Failure::Problems) } else { Ok(()) }
}

/// All files below a folder by their paths from the project's; what is hidden, is a link or is the new site stays out.
fn read(folder: &Path, inside: &str, into: &Path, files: &mut Files) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).map_err(Failure::io(folder))?;
    for entry in entries {
        let path = entry.map_err(Failure::io(folder))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let about = fs::symlink_metadata(&path).map_err(Failure::io(&path))?;
        let own = format!("{inside}{name}");
        if name.starts_with('.') || about.is_symlink() {
            continue;
        }
        if about.is_dir() {
            let is_new = || fs::canonicalize(into).ok().is_some_and(|into| fs::canonicalize(&path).ok() == Some(into));
            if !SKIPPED.contains(&name) && !is_new() {
                read(&path, &format!("{own}/"), into, files)?;
            }
        } else if about.is_file() && about.len() <= LARGEST {
            files.insert(own, fs::read(&path).map_err(Failure::io(&path))?);
        }
    }
    Ok(())
}

/// Writes the site; how many files it has. Without `--force` nothing is written where a file says something else already.
fn write(site: &Converted, into: &Path, arguments: &Arguments) -> Result<usize, Failure> {
    let mut changed = vec![];
    for (path, bytes) in &site.files {
        let file = into.join(path);
        match fs::read(&file) {
            Ok(old) if old == *bytes => {}
            Ok(_) if !arguments.force => {
                let hint = "take an empty folder; with --force it is overwritten";
                return Err(Failure::Refused(format!("{} is there already\n  help: {hint}", file.display())));
            }
            _ => changed.push((file, bytes)),
        }
    }
    let count = changed.len();
    if !arguments.dry_run {
        changed.into_iter().try_for_each(|(file, bytes)| folder::put(&file, bytes))?;
    }
    Ok(count)
}

/// The files that notes are about, by their paths in the project: as they are found from where the user stands, if that is a
/// path of a site.
fn sources<'c>(site: &'c Converted, files: &Files, project: &Path) -> HashMap<&'c str, Source> {
    let source = |path: &'c String| {
        let from_here = project.join(path).to_string_lossy().replace('\\', "/");
        let named = SourcePath::new(&from_here).or_else(|_| SourcePath::new(path)).ok()?;
        Some((path.as_str(), Source::new(named, String::from_utf8_lossy(files.get(path)?))))
    };
    let paths: BTreeSet<&String> = site.notes.iter().map(|note| &note.path).collect();
    paths.into_iter().filter_map(source).collect()
}

fn diagnostic(note: &Note, sources: &HashMap<&str, Source>) -> Option<Diagnostic> {
    let source = sources.get(note.path.as_str())?;
    let line = source.line_span(note.line).map(|span| Place::new(source.path(), span));
    let place = line.unwrap_or_else(|| Place::file(source.path()));
    Some(Diagnostic::warning(Code::Doubt, place, note.message.clone()))
}
