//! `fangzhi mv OLD NEW`: a page or section goes to another place, and every link to it is written anew.
#![allow(clippy::disallowed_methods, reason = "files of the site are moved here")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::report::{Format, render};
use super::screen::Screen;
use super::{Failure, SiteChoice, site};
use crate::relocation::{Move, Refusal, Request, plan};

/// What can be typed behind `mv`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The page or section, from the content folder: `guide/install.md`, `guide` for a section, `guide/install.md#first`
    /// for a heading
    old: String,
    /// Its new place; a section that is there, or a name with `/` at the end, takes it in. Of a heading the new text
    new: String,
    /// Old addresses lead nowhere
    #[arg(long)]
    no_aliases: bool,
    /// Only say what would be done
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// The folder of the site
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let found = site::locate(Some(&arguments.root), &SiteChoice::default())?;
    let request = Request { old: &arguments.old, new: &arguments.new, aliases: !arguments.no_aliases };
    let planned = plan(&found.inputs, request).map_err(|refusal| match refusal {
        Refusal::Usage(message) => Failure::Usage(message),
        Refusal::Problems(problems, sites) => {
            let source = |path: &_| sites.iter().find_map(|site| site.source(path));
            screen.show(&render(&problems, &source, Format::Human, "", screen.colors()));
            screen.say("nothing was moved: this would be wrong afterwards");
            Failure::Problems
        }
    })?;
    check(&planned, &found.root)?;
    if !arguments.dry_run {
        let mut done = Done::default();
        apply(&planned, &found.root, &mut done).inspect_err(|_| done.undo())?;
    }
    planned.files.iter().for_each(|(from, to)| screen.out(&format!("{from} -> {to}\n")));
    if let Some((file, [old, new])) = &planned.heading {
        screen.out(&format!("{file}#{old} -> {file}#{new}\n"));
    }
    let (links, texts, old) = (planned.links, planned.texts.len(), planned.aliases.len());
    screen.say(&format!("{links} links in {texts} files are written anew, {old} old addresses lead to the new ones"));
    Ok(())
}

/// Whether the disk has what was read, and nothing at the new places.
fn check(planned: &Move, root: &Path) -> Result<(), Failure> {
    for (from, to) in &planned.files {
        let (from, to) = (root.join(from.as_str()), root.join(to.as_str()));
        from.symlink_metadata().map_err(Failure::io(&from))?;
        if to.symlink_metadata().is_ok() {
            return Err(Failure::Usage(format!("{} is already there", to.display())));
        }
        let mut folders = to.ancestors().skip(1).take_while(|folder| *folder != root);
        if let Some(link) = folders.find(|folder| folder.is_symlink()) {
            return Err(Failure::Usage(format!("{} leads to another place", link.display())));
        }
    }
    Ok(())
}

/// What was done so far.
#[derive(Default)]
struct Done {
    /// New texts beside the files that they are for.
    ready: Vec<PathBuf>,
    /// Files that moved, from and to.
    moved: Vec<(PathBuf, PathBuf)>,
    /// New folders, each below the ones before it.
    folders: Vec<PathBuf>,
}

impl Done {
    /// Puts everything back as far as the system lets us.
    fn undo(&self) {
        self.moved.iter().rev().for_each(|(from, to)| drop(fs::rename(to, from)));
        self.ready.iter().for_each(|file| drop(fs::remove_file(file)));
        self.folders.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
    }

    /// Makes the folder that a file is in.
    fn folder_of(&mut self, file: &Path) -> Result<(), Failure> {
        let folder = file.parent().unwrap_or(file);
        let mut new: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).map(PathBuf::from).collect();
        new.reverse();
        fs::create_dir_all(folder).map_err(Failure::io(folder))?;
        self.folders.append(&mut new);
        Ok(())
    }
}

/// Makes the move. The new texts are written beside the files first, so that what can fail fails before anything is moved.
fn apply(planned: &Move, root: &Path, done: &mut Done) -> Result<(), Failure> {
    let mut ready = vec![];
    let stood: BTreeMap<_, _> = planned.files.iter().map(|(from, to)| (to, from)).collect();
    for (path, source) in &planned.texts {
        let (old, file) = (root.join(stood.get(path).unwrap_or(&path).as_str()), root.join(path.as_str()));
        let written = fs::read(&old).map_err(Failure::io(&old))?;
        let text = as_written(source.text(), &written).ok_or_else(|| {
            Failure::Usage(format!("{} has line ends of two kinds: make them alike first", old.display()))
        })?;
        done.folder_of(&file)?;
        let beside = file.with_file_name(format!(".{}.fangzhi-new", path.file_name()));
        let mut new = fs::File::create_new(&beside).map_err(Failure::io(&beside))?;
        done.ready.push(beside.clone());
        let permissions = old.metadata().map_err(Failure::io(&old))?.permissions();
        new.write_all(text.as_bytes()).map_err(Failure::io(&beside))?;
        fs::set_permissions(&beside, permissions).map_err(Failure::io(&beside))?;
        ready.push((beside, file));
    }
    for (from, to) in &planned.files {
        let (from, to) = (root.join(from.as_str()), root.join(to.as_str()));
        done.folder_of(&to)?;
        fs::rename(&from, &to).map_err(Failure::io(&from))?;
        done.moved.push((from, to));
    }
    for (beside, file) in ready {
        fs::rename(&beside, &file).map_err(Failure::io(&file))?;
    }
    // A folder that is not empty stays.
    for from in planned.files.keys() {
        let folders = root.join(from.as_str());
        folders.ancestors().skip(1).take_while(|folder| *folder != root).all(|folder| fs::remove_dir(folder).is_ok());
    }
    Ok(())
}

/// A text with the byte-order mark and the line ends of the file that it replaces; none if that has two kinds of them.
fn as_written(text: &str, file: &[u8]) -> Option<String> {
    let mark = if file.starts_with("\u{FEFF}".as_bytes()) { "\u{FEFF}" } else { "" };
    let (all, windows) = (count(file, b"\n"), count(file, b"\r\n"));
    match windows {
        0 => Some(format!("{mark}{text}")),
        _ if windows == all => Some(format!("{mark}{}", text.replace('\n', "\r\n"))),
        _ => None,
    }
}

/// How often some bytes stand in a file.
fn count(file: &[u8], bytes: &[u8]) -> usize {
    file.windows(bytes.len()).filter(|window| *window == bytes).count()
}
