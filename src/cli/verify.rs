//! `fangzhi verify`: whether an archive still is what was packed.
#![allow(clippy::disallowed_methods, reason = "the archive lies anywhere, not in a site")]

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use super::screen::Screen;
use crate::bundle::verify::verify;

/// What can be typed behind `verify`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The archives
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let mut wrong = false;
    for path in &arguments.files {
        let bytes = std::fs::read(path).map_err(Failure::io(path))?;
        let shown = path.display();
        match verify(&bytes) {
            Ok(verdict) => {
                wrong |= !verdict.wrong.is_empty();
                for line in &verdict.wrong {
                    screen.out(&format!("{shown}: {}\n", line.escape_debug()));
                }
                let count = verdict.wrong.len();
                screen.say(&match count {
                    0 => format!("{shown}: {} files, every hash matches", verdict.sound),
                    _ => format!("{shown}: {} files match, {count} do not", verdict.sound),
                });
            }
            Err(message) => {
                wrong = true;
                screen.out(&format!("{shown}: {}\n", message.escape_debug()));
            }
        }
    }
    if wrong { Err(Failure::Problems) } else { Ok(()) }
}
