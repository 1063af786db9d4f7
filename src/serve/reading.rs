//! The inputs of a site, kept as they are on the disk: what was touched is read again, and nothing else.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::config;
use crate::inputs::{self, Inputs, Layout};
use crate::paths::SourcePath;
use crate::source::Source;

/// A site on the disk, as it was last read.
pub struct Reading {
    root: PathBuf,
    config: PathBuf,
    /// All that was read.
    pub inputs: Inputs,
}

impl Reading {
    /// Reads the site in `root` whole, with this configuration file. Both paths are absolute.
    ///
    /// # Errors
    /// When the root or the configuration cannot be read.
    pub fn new(root: &Path, config: &Path) -> io::Result<Self> {
        let (source, layout) = configured(config)?;
        let inputs = inputs::read(root, source, layout)?;
        Ok(Self { root: root.to_path_buf(), config: config.to_path_buf(), inputs })
    }

    /// Reads again what stands at `touched`, files or folders, there or gone; the files that differ from before. Where
    /// the folders of the site are others now, all is read.
    ///
    /// # Errors
    /// As [`Reading::new`]; the inputs stay as they were.
    pub fn update(&mut self, touched: &BTreeSet<PathBuf>) -> io::Result<Vec<SourcePath>> {
        let before = self.inputs.config();
        let (config, layout) = match touched.contains(&self.config) {
            true => configured(&self.config)?,
            false => (before.clone(), config::read(&before).value.layout),
        };
        let same_folders = inputs::layout_of(&self.root, layout.clone()) == self.inputs.layout;
        let refreshed = same_folders.then(|| inputs::refresh(&mut self.inputs, &self.root, touched)).flatten();
        let mut changed = match refreshed {
            Some(files) => files,
            None => {
                let anew = inputs::read(&self.root, config.clone(), layout)?;
                let known = std::mem::replace(&mut self.inputs, anew);
                differing(&known, &self.inputs)
            }
        };
        if config.hash() != before.hash() {
            changed.push(config.path().clone());
        }
        self.inputs.insert(config);
        changed.sort();
        changed.dedup();
        Ok(changed)
    }
}

/// The folders that a configuration names, as far as they are on the disk.
pub(super) fn layout(root: &Path, config: &Path) -> io::Result<Layout> {
    Ok(inputs::layout_of(root, configured(config)?.1))
}

fn configured(file: &Path) -> io::Result<(Source, Layout)> {
    let source = inputs::read_config(file)?;
    let layout = config::read(&source).value.layout;
    Ok((source, layout))
}

/// The files in which two whole snapshots may differ. Copied files were not compared, so they count.
fn differing(one: &Inputs, other: &Inputs) -> Vec<SourcePath> {
    let same = |path: &SourcePath| match (one.text(path), other.text(path)) {
        (Some(one), Some(other)) => inputs::whole(other).is_ok_and(|other| one.has_text_of(&other)),
        _ => false,
    };
    let all = one.files.keys().chain(other.files.keys());
    let mut all: Vec<SourcePath> = all.filter(|path| !same(path)).cloned().collect();
    if one.diagnostics != other.diagnostics || one.layout != other.layout {
        all.push(other.config().path().clone());
    }
    all
}
