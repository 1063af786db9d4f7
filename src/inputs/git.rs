//! When files last changed, as version control knows it.
#![allow(clippy::disallowed_methods, reason = "asking git is reading an input")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::civil::Date;

use crate::paths::SourcePath;

/// The day of the last commit of each file under `root`; empty where there is no git or no repository.
///
/// One `git log` for the whole history, newest first: the first commit that names a file is its last change. A shallow
/// clone gives every file the day of its only commit, which would be wrong, so it gives none.
pub(super) fn changed(root: &Path) -> BTreeMap<SourcePath, Date> {
    let mut days = BTreeMap::new();
    let shallow = git(root, &["rev-parse", "--is-shallow-repository"]);
    if shallow.as_deref().map(str::trim) != Some("false") {
        return days;
    }
    let log =
        git(root, &["-c", "core.quotePath=false", "log", "--format=%x00%ct", "--name-only", "--relative", "--", "."]);
    let mut day = None;
    for line in log.unwrap_or_default().lines() {
        if let Some(second) = line.strip_prefix('\0') {
            day = second.parse().ok().and_then(|second| jiff::Timestamp::from_second(second).ok());
        } else if let (Some(day), Ok(path)) = (day, SourcePath::new(line)) {
            days.entry(path).or_insert_with(|| day.to_zoned(jiff::tz::TimeZone::UTC).date());
        }
    }
    days
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
