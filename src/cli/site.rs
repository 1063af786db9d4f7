//! Finding and reading the site that a command is about.
#![allow(clippy::disallowed_methods, reason = "commands are where the environment comes in")]

use std::path::{Path, PathBuf};

use super::screen::Screen;
use super::{Failure, ReportArguments, SiteArguments, SiteChoice, report};
use crate::build::{Build, build};
use crate::config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::diagram;
use crate::inputs::{self, DEFAULT_CONFIG, Inputs};
use crate::outputs;
use crate::paths::OutputPath;

/// A site on the disk.
pub(super) struct Found {
    /// Its folder.
    pub root: PathBuf,
    /// Its configuration file.
    pub config: PathBuf,
    /// The folder that it is written to, from the root.
    pub output_dir: PathBuf,
    /// All that was read.
    pub inputs: Inputs,
}

/// The site that the arguments name, read.
pub(super) fn find(arguments: &SiteArguments) -> Result<Found, Failure> {
    locate(arguments.dir.as_deref(), &arguments.choice)
}

/// The site in `dir`, or in the folder of the choice, or here.
pub(super) fn locate(dir: Option<&Path>, choice: &SiteChoice) -> Result<Found, Failure> {
    let (root, config) = place(dir, choice)?;
    let config = config.unwrap_or_else(|| root.join(DEFAULT_CONFIG));
    let source = inputs::read_config(&config).map_err(Failure::io(&config))?;
    let layout = config::read(&source).value.layout;
    let output_dir = match &choice.output_dir {
        // What is typed is meant from where the user stands, what is configured from the site's root.
        Some(typed) => std::path::absolute(typed).map_err(Failure::io(typed))?,
        None => PathBuf::from(&layout.output),
    };
    let inputs = inputs::read(&root, source, layout).map_err(Failure::io(&root))?;
    if inputs.files.len() <= 1 && !config.is_file() {
        let hint = "`fangzhi init` makes a site";
        return Err(Failure::Usage(format!("there is no site in {}: {hint}", root.display())));
    }
    Ok(Found { root, config, output_dir, inputs })
}

/// The folder of the site, and its configuration file if one was named; both absolute and without links in them.
pub(super) fn place(dir: Option<&Path>, choice: &SiteChoice) -> Result<(PathBuf, Option<PathBuf>), Failure> {
    let absolute =
        |url: &String| url.starts_with("https://") || url.starts_with("http://") || url.is_empty() || url == "/";
    if let Some(url) = choice.base_url.as_ref().filter(|url| !absolute(url)) {
        let hint = "write the whole address, as in `https://example.org/docs/`";
        return Err(Failure::Usage(format!("`{}` is not the address of a site\n  help: {hint}", url.escape_debug())));
    }
    let root = dir.or(choice.root.as_deref()).unwrap_or(Path::new("."));
    let root = root.canonicalize().map_err(Failure::io(root))?;
    let Some(config) = &choice.config else { return Ok((root, None)) };
    match config.canonicalize() {
        Ok(file) if file.is_file() => Ok((root, Some(file))),
        _ => Err(Failure::Usage(format!("there is no configuration file {}", config.display()))),
    }
}

/// The file of the output in which drawings are kept for the next build: they are dearer than all else on a page.
pub(super) fn drawings() -> Option<OutputPath> {
    OutputPath::new(".fangzhi-drawings.json").ok()
}

/// What the last build drew need not be drawn again; `read` gives the bytes of a file of its output.
pub(super) fn recall_drawings(read: impl FnOnce(&OutputPath) -> Option<Vec<u8>>) {
    if let Some(bytes) = drawings().and_then(|path| read(&path)) {
        diagram::recall(&bytes);
    }
}

impl Found {
    /// The site, understood.
    pub fn build(&self, choice: &SiteChoice) -> Build {
        build(&self.inputs, &choice.wish(), None)
    }

    /// What the last build drew need not be drawn again.
    pub fn recall_drawings(&self) {
        recall_drawings(|path| outputs::kept(&self.root.join(&self.output_dir), path));
    }

    /// Shows diagnostics, and fails if there is an error among them, or a warning in strict mode.
    pub fn report(
        &self,
        build: &Build,
        diagnostics: &[Diagnostic],
        wanted: &ReportArguments,
        to: To,
        screen: &Screen,
    ) -> Result<(), Failure> {
        if !diagnostics.is_empty() {
            let source = |path: &crate::paths::SourcePath| build.source(path);
            let above = above(&self.root);
            let shown = |colors| report::render(diagnostics, &source, wanted.format.into(), &above, colors);
            match to {
                To::Out => screen.out(&shown(screen.colors_out())),
                To::Error => screen.show(&shown(screen.colors())),
            }
        }
        let fails = |diagnostic: &Diagnostic| wanted.strict || diagnostic.severity == Severity::Error;
        if diagnostics.iter().any(fails) { Err(Failure::Problems) } else { Ok(()) }
    }

    /// What an output folder must not be.
    pub fn protected(&self) -> Vec<PathBuf> {
        let layout = &self.inputs.layout;
        let folders = [&layout.content, &layout.static_files, &layout.templates, &layout.themes];
        let named = folders.into_iter().filter(|folder| !folder.is_empty()).map(PathBuf::from);
        named.chain([self.config.clone()]).collect()
    }
}

/// Where diagnostics go: a report that was asked for is the command's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    /// Standard output.
    Out,
    /// Standard error.
    Error,
}

/// The folders between the top of the repository and the site, with a slash behind; nothing where they are one. The top
/// is where GitHub checked it out, else where the user stands.
fn above(root: &Path) -> String {
    let top = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from).or_else(|| std::env::current_dir().ok());
    let top = top.and_then(|top| top.canonicalize().ok()).unwrap_or_default();
    let between = root.strip_prefix(top).unwrap_or(Path::new(""));
    between.iter().map(|folder| format!("{}/", folder.to_string_lossy())).collect()
}

/// `1 error, 2 warnings`, or nothing.
pub(super) fn counted(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let plural = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let parts: Vec<String> = [plural(errors, "error"), plural(warnings, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
