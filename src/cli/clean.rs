//! `fangzhi clean`: removes what was built, and only that.

use clap::Args;

use super::screen::Screen;
use super::{Failure, SiteArguments, build, site};
use crate::outputs;

/// What can be typed behind `clean`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
}

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let found = site::find(&arguments.site)?;
    let summary = outputs::clean(&found.root, &found.output_dir, &found.protected()).map_err(build::refused)?;
    screen.say(&format!("{} files removed", summary.removed));
    Ok(())
}
