//! Removes an output: the files that its manifest lists, and the folders that are empty then.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::fault::{at, refusal, shown};
use super::staging::is_output;
use super::survey::{Survey, each_file};
use super::write::Held;
use super::{CACHE, MANIFEST, Refusal, Summary, Why, folder};

/// Removes what fangzhi wrote into the output folder; other files stay. Gives the number of removed files.
///
/// # Errors
/// When the folder is one that fangzhi does not write to, holds files but no manifest, or the system refuses. The
/// manifest goes last, so a cleaning that was cut off can be repeated.
pub fn clean(root: &Path, output_dir: &Path, protected: &[PathBuf]) -> Result<Summary, Refusal> {
    let place = folder::find(root, output_dir, protected, None)?;
    if !place.path.parent().is_some_and(Path::exists) {
        return Ok(Summary::default());
    }
    let held = Held::take(place)?;
    let spare = held.folder.beside("spare");
    if is_output(&spare) {
        fs::remove_dir_all(&spare).map_err(|error| refusal(&at("remove", &spare)(error)))?;
    }
    let survey = held.survey()?;
    if survey.manifest.is_none() && (survey.broken || !survey.foreign.is_empty()) {
        let message = format!("the output folder `{}` has no manifest that says what fangzhi wrote", shown(output_dir));
        return Err(Refusal {
            why: Why::Folder,
            message,
            hint: "delete it yourself if nothing in it is needed".into(),
        });
    }
    if survey.manifest.is_none() {
        return Ok(Summary::default());
    }
    remove(&held.folder.path, &survey).map_err(|error| refusal(&error))
}

fn remove(output: &Path, survey: &Survey) -> io::Result<Summary> {
    let mut summary = Summary::default();
    for (path, _) in survey.old.iter().filter(|(_, old)| old.on_disk) {
        let full = output.join(&**path);
        fs::remove_file(&full).map_err(at("remove", &full))?;
        summary.removed += 1;
    }
    let cache = output.join(CACHE);
    match fs::remove_file(&cache) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at("remove", &cache)(error)),
        _ => {}
    }
    let manifest = output.join(MANIFEST);
    fs::remove_file(&manifest).map_err(at("remove", &manifest))?;
    for inner in each_file(output, |_, _| Ok(()))?.iter().rev() {
        let full = output.join(inner);
        match fs::remove_dir(&full) {
            Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => return Err(at("remove", &full)(error)),
            _ => {}
        }
    }
    Ok(summary)
}
