//! `fangzhi check`: every question about the site, and nothing is written.

use std::sync::Mutex;

use clap::Args;
use indicatif::ProgressBar;

use super::screen::Screen;
use super::{Failure, ReportArguments, SiteArguments, site};

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
    let shown = found.report(&build, &all, &arguments.report, site::To::Out, screen);
    let pages = build.site.pages.len();
    match site::counted(&all) {
        Some(count) => screen.say(&format!("{pages} pages checked: {count}")),
        None => screen.say(&format!("{pages} pages checked: all is well")),
    }
    shown
}
