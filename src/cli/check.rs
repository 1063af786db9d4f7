//! `fangzhi check`: every question about the site, and nothing is written.
#![allow(clippy::disallowed_methods, reason = "documents that figures come from lie anywhere, not in a site")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::Args;
use indicatif::ProgressBar;

use super::screen::Screen;
use super::{Failure, ReportArguments, SiteArguments, site};
use crate::check::{Document, Documents, Sourced, sourced};
use crate::import;
use crate::sha256;

/// What can be typed behind `check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[command(flatten)]
    report: ReportArguments,
    /// Ask whether addresses elsewhere still answer, too
    #[arg(long)]
    external: bool,
    /// Look for the digits of every figure on the lines that it names: the document that figures come from, or a folder of
    /// such documents
    #[arg(long, value_name = "PATH")]
    sources: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let found = site::find(&arguments.site)?;
    found.recall_drawings();
    let build = found.build(&arguments.site.choice);
    let mut all = build.diagnostics.clone();
    let bytes = Mutex::new(0_usize);
    if !build.has_errors() {
        // Templates can fail on single pages only, so every page is made and thrown away.
        let made = build.make_all(|_, made| {
            if let Ok(mut bytes) = bytes.lock() {
                *bytes += made.len();
            }
            Ok::<(), std::convert::Infallible>(())
        });
        all.extend(made.unwrap_or_default());
    }
    if arguments.external {
        let skip = &build.site.config.link_checker_skip;
        let count = crate::check::addresses(&build, skip).len();
        let bar = if screen.watched() { ProgressBar::new(count as u64) } else { ProgressBar::hidden() };
        all.extend(crate::check::external(&build, skip, || bar.inc(1)));
        bar.finish_and_clear();
        screen.say(&format!("{count} addresses elsewhere asked"));
    }
    if let Some(path) = &arguments.sources {
        let Sourced { compared, unknown, diagnostics } = sourced(&build, &documents(path)?);
        all.extend(diagnostics);
        let unknown =
            if unknown > 0 { format!(", {unknown} name no line or no document of it") } else { String::new() };
        screen.say(&format!("{compared} figures compared with {}{unknown}", path.display()));
    }
    let shown = found.report(&build, &all, &arguments.report, site::To::Out, screen);
    let pages = build.site.pages.len();
    match site::counted(&all) {
        Some(count) => screen.say(&format!("{pages} pages checked: {count}")),
        None => screen.say(&format!("{pages} pages checked: all is well")),
    }
    shown
}

/// The document at a path, or those right in a folder that can be read as texts.
fn documents(path: &Path) -> Result<Documents, Failure> {
    let lines = |file: &Path| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(file).map_err(Failure::io(file))?;
        let lines = import::lines(&name, &bytes);
        let document = |lines| Document { lines, sha256: sha256::hex(&bytes) };
        lines
            .map(|lines| (name, document(lines)))
            .map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))
    };
    if !path.is_dir() {
        return Ok([lines(path)?].into());
    }
    let entries = fs::read_dir(path).map_err(Failure::io(path))?;
    let files = entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_file());
    let found: Vec<_> = files.map(|file| lines(&file)).collect();
    Ok(found.into_iter().filter_map(Result::ok).collect())
}
