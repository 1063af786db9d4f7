//! `fangzhi import FOLDER`: the project of another generator becomes a site in a folder of its own.
#![allow(clippy::disallowed_methods, reason = "the project that the user named is read and its site is written here")]

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

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
    let root = fs::canonicalize(&arguments.source).map_err(Failure::io(&arguments.source))?;
    if fs::canonicalize(into).is_ok_and(|into| into == root) {
        return Err(Failure::Usage("the new site needs a folder of its own: the project is not touched".into()));
    }
    let mut reading = Reading { into, root, files: Files::new(), left: vec![] };
    reading.folder(&arguments.source, "")?;
    let Reading { files, left, .. } = reading;
    let site = convert(&files)
        .map_err(|error| Failure::Usage(format!("{} cannot be imported: {error}", arguments.source.display())))?;
    let written = write(&site, into, arguments)?;
    let sources = sources(&site, &files, &arguments.source);
    let notes: Vec<Diagnostic> = site.notes.iter().filter_map(|note| diagnostic(note, &sources)).collect();
    if !notes.is_empty() {
        let named = |path: &SourcePath| sources.values().find(|source| source.path() == path).cloned();
        screen.show(&report::render(&notes, &named, arguments.report.format.into(), "", screen.colors()));
    }
    for (path, why) in &left {
        screen.warn(&format!("{path} {why}, and is left out"));
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

/// The project as it is read from the disk.
struct Reading<'r> {
    into: &'r Path,
    /// The folder of the project, without links in its path.
    root: PathBuf,
    files: Files,
    /// What is left out, and why.
    left: Vec<(String, &'static str)>,
}

impl Reading<'_> {
    /// All files below a folder. What is hidden and the new site stay out; links are followed to files of the project.
    fn folder(&mut self, folder: &Path, inside: &str) -> Result<(), Failure> {
        for entry in fs::read_dir(folder).map_err(Failure::io(folder))? {
            let path = entry.map_err(Failure::io(folder))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                self.left.push((path.display().to_string(), "has no name that every system has"));
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let own = format!("{inside}{name}");
            let is_link = fs::symlink_metadata(&path).map_err(Failure::io(&path))?.is_symlink();
            let target = fs::canonicalize(&path).ok().filter(|target| target.starts_with(&self.root));
            let about = target.and_then(|target| fs::metadata(target).ok()).filter(|about| !is_link || about.is_file());
            match about {
                None => self.left.push((own, "leads out of the project")),
                Some(about) if about.is_dir() => {
                    let is_new = fs::canonicalize(self.into).ok() == fs::canonicalize(&path).ok();
                    let is_foreign = inside.is_empty() && SKIPPED.contains(&name);
                    if !is_new && !is_foreign {
                        self.folder(&path, &format!("{own}/"))?;
                    }
                }
                Some(about) if !about.is_file() => self.left.push((own, "is neither a file nor a folder")),
                Some(about) if about.len() > LARGEST => self.left.push((own, "is larger than 64 MiB")),
                Some(_) => drop(self.files.insert(own, fs::read(&path).map_err(Failure::io(&path))?)),
            }
        }
        Ok(())
    }
}

/// Writes the site; how many files it has. Without `--force` nothing is written where a file says something else already.
fn write(site: &Converted, into: &Path, arguments: &Arguments) -> Result<usize, Failure> {
    let (mut changed, mut others) = (vec![], vec![]);
    for (path, bytes) in &site.files {
        let file = into.join(path);
        if let Some(link) = file.ancestors().take_while(|above| *above != into).find(|above| above.is_symlink()) {
            return Err(Failure::Refused(format!("{} is a link: nothing is written behind it", link.display())));
        }
        match fs::read(&file) {
            Ok(old) if old == *bytes => {}
            Ok(_) if !arguments.force => others.push(file.display().to_string()),
            _ => changed.push((file, bytes)),
        }
    }
    if let Some(first) = others.first() {
        let more = if others.len() > 1 { format!(" and {} others are", others.len() - 1) } else { " is".to_owned() };
        let hint = "take an empty folder; with --force it is overwritten";
        return Err(Failure::Refused(format!("{first}{more} there already\n  help: {hint}")));
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
