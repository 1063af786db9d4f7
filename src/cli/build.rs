//! `fangzhi build`: writes the site.
#![allow(clippy::disallowed_methods, reason = "a command tells how long it took")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::ProgressBar;

use super::screen::Screen;
use super::site::{self, Found, To};
use super::{Failure, ReportArguments, SiteArguments, timings};
use crate::build::{Build, Cost};
use crate::diagram;
use crate::make::{Before, Fresh};
use crate::outputs::{self, Output, Put, Request, Summary, Why};
use crate::paths::OutputPath;

/// What can be typed behind `build`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[command(flatten)]
    report: ReportArguments,
    /// Open the site in a browser
    #[arg(short = 'O', long)]
    open: bool,
    /// Leave files in the output folder that fangzhi did not write
    #[arg(long)]
    force: bool,
    /// Make every page anew, also those that are made of what they were made of before
    #[arg(long)]
    no_cache: bool,
    /// Tell where the time went: by step, and the dearest pages and templates
    #[arg(long)]
    timings: bool,
}

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let started = Instant::now();
    let found = site::find(&arguments.site)?;
    let read = started.elapsed();
    screen.tell(&format!("{} files read in {}", found.inputs.files.len(), found.root.display()));
    // A folder that is refused is refused before anything else is looked at.
    let home = home();
    let output = open(&found, arguments.force, home.as_deref())?;
    if !arguments.no_cache {
        site::recall_drawings(|path| output.read(path));
    }
    let build = found.build(&arguments.site.choice);
    screen.tell(&format!("{} pages understood after {:.2} s", build.site.pages.len(), started.elapsed().as_secs_f64()));
    found.report(&build, &build.diagnostics, &arguments.report, To::Error, screen).inspect_err(|_| {
        let count = site::counted(&build.diagnostics).unwrap_or_default();
        screen.say(&format!("{count}: nothing was written"));
    })?;
    let making = Instant::now();
    let (summary, costs, make) = write(&found, &build, output, arguments, screen)?;
    let swap = making.elapsed().saturating_sub(make);
    let folder = found.root.join(&found.output_dir);
    let pages = build.site.pages.len();
    let warnings = site::counted(&build.diagnostics).map(|count| format!(", {count}")).unwrap_or_default();
    screen.say(&format!(
        "{pages} pages in {:.2} s{warnings}: {} files written, {} unchanged, {} removed in {}",
        started.elapsed().as_secs_f64(),
        summary.written,
        summary.unchanged,
        summary.removed,
        shown(&folder),
    ));
    if arguments.timings {
        let ends = [("make and write", make), ("swap", swap)];
        let steps: Vec<_> = [("read", read)].into_iter().chain(build.steps.steps.iter().copied()).chain(ends).collect();
        screen.out(&timings::report(&steps, &costs));
    }
    if arguments.open {
        let index = folder.join("index.html");
        open::that_detached(&index)
            .map_err(|error| Failure::System(format!("no browser could be opened for {}: {error}", index.display())))?;
    }
    // The program ends here, and the system takes the memory back at once: piece by piece takes seconds of a large site.
    std::mem::forget((found, build));
    Ok(())
}

fn open(found: &Found, force: bool, home: Option<&Path>) -> Result<Output, Failure> {
    let request = Request {
        root: &found.root,
        output_dir: &found.output_dir,
        protected: found.protected(),
        home,
        force,
        version: env!("CARGO_PKG_VERSION"),
    };
    outputs::open(&request).map_err(refused)
}

/// A refusal as the failure that it is: wrong use, or the system's.
pub(super) fn refused(refusal: outputs::Refusal) -> Failure {
    let message = format!("{}\n  help: {}", refusal.message, refusal.hint);
    match refusal.why {
        Why::Folder => Failure::Refused(message),
        Why::Busy | Why::System => Failure::System(message),
    }
}

/// Makes and writes everything: what was done, what each file cost, and how long making and writing took.
fn write<'b>(
    found: &site::Found,
    build: &'b Build,
    output: Output,
    arguments: &Arguments,
    screen: &Screen,
) -> Result<(Summary, Vec<Cost<'b>>, Duration), Failure> {
    let started = Instant::now();
    let bar = if screen.watched() { ProgressBar::new(build.outputs.len() as u64) } else { ProgressBar::hidden() };
    let before = |path: &OutputPath| Before::Asked((!arguments.no_cache).then(|| output.made_of(path)).flatten());
    let made = build.make_new(before, |path, fresh| {
        bar.inc(1);
        let put = match fresh {
            Fresh::Made(bytes, from) => output.put_made(path, &bytes, from),
            Fresh::Ready(bytes) => output.put(path, &bytes),
            Fresh::Known => output.keep(path).map(|()| Put::Unchanged),
        }?;
        if put == Put::Written {
            screen.tell(&format!("written: {path}"));
        }
        Ok::<(), std::io::Error>(())
    });
    bar.finish_and_clear();
    let (troubles, costs) = made.map_err(|error| Failure::System(error.to_string()))?;
    if !troubles.is_empty() {
        found.report(build, &troubles, &arguments.report, To::Error, screen).inspect_err(|_| {
            screen.say(&format!("{}: nothing was written", site::counted(&troubles).unwrap_or_default()));
        })?;
    }
    if let (Some(path), Some(bytes)) = (site::drawings(), diagram::stored()) {
        output.put(&path, &bytes).map_err(|error| Failure::System(error.to_string()))?;
    }
    let make = started.elapsed();
    let summary = output.finish().map_err(|error| Failure::System(error.to_string()))?;
    Ok((summary, costs, make))
}

fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

/// A path as the user would type it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let inside = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    inside.unwrap_or_else(|| path.to_path_buf()).display().to_string()
}
