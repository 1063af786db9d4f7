//! `fangzhi mv OLD NEW`: a page or section goes to another place, and every link to it is written anew.
#![allow(clippy::disallowed_methods, reason = "files of the site are moved here")]

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::report::{Format, render};
use super::screen::Screen;
use super::{Failure, SiteChoice, site};
use crate::relocation::{Move, Refusal, Request, plan};

/// What can be typed behind `mv`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The page or section, from the content folder: `guide/install.md`, or `guide` for a section
    old: String,
    /// Its new place; a section that is there, or a name with `/` at the end, takes it in
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
    let choice = SiteChoice { root: None, config: None, output_dir: None, base_url: None, drafts: false };
    let found = site::locate(Some(&arguments.root), &choice)?;
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
    for (from, to) in &planned.files {
        let to = found.root.join(to.as_str());
        if to.symlink_metadata().is_ok() {
            return Err(Failure::Usage(format!("{} is already there", to.display())));
        }
        let folders = || to.ancestors().skip(1).take_while(|folder| *folder != found.root);
        if let Some(link) = folders().find(|folder| folder.is_symlink()) {
            return Err(Failure::Usage(format!("{} leads to another place", link.display())));
        }
        screen.out(&format!("{from} -> {}\n", planned.files[from]));
    }
    let (links, texts, old) = (planned.links, planned.texts.len(), planned.aliases.len());
    screen.say(&format!("{links} links in {texts} files are written anew, {old} old addresses lead to the new ones"));
    if arguments.dry_run { Ok(()) } else { apply(&planned, &found.root) }
}

/// Makes the move. The new texts are written beside the files first, so that what can fail fails before anything is moved.
fn apply(planned: &Move, root: &Path) -> Result<(), Failure> {
    let mut ready = vec![];
    for (path, source) in &planned.texts {
        let file = root.join(path.as_str());
        let folder = file.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(Failure::io(folder))?;
        let name = format!(".{}.fangzhi-new", path.file_name());
        let beside = file.with_file_name(name);
        fs::write(&beside, source.text()).map_err(Failure::io(&beside))?;
        ready.push((beside, file));
    }
    for (from, to) in &planned.files {
        let (from, to) = (root.join(from.as_str()), root.join(to.as_str()));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(Failure::io(folder))?;
        }
        fs::rename(&from, &to).map_err(Failure::io(&from))?;
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
