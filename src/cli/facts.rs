//! `fangzhi facts`: every figure that the site states, one a line.
#![allow(clippy::disallowed_methods, reason = "an older table lies anywhere, not in a site")]

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::screen::Screen;
use super::{Failure, SiteArguments, SiteChoice, site};
use crate::build::Build;
use crate::check::{Difference, Unlinked, differences, unlinked};
use crate::diagnostic::did_you_mean;
use crate::make::data::{FactRow, csv, facts, read};

/// What can be typed behind `facts`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// Only of this indicator
    #[arg(long, value_name = "NAME")]
    indicator: Option<String>,
    /// Only about this subject
    #[arg(long, value_name = "NAME")]
    subject: Option<String>,
    /// Figures in texts that are stated and not linked to what states them, and what a link around each would say
    #[arg(long, conflicts_with_all = ["indicator", "subject", "format"])]
    unlinked: bool,
    /// What is stated otherwise than in OLD: a folder of the site as it was, or a table of figures that it wrote
    #[arg(long, value_name = "OLD", conflicts_with = "unlinked")]
    since: Option<PathBuf>,
    /// How figures are shown
    #[arg(long, value_enum, default_value_t = FactsFormat::Human)]
    format: FactsFormat,
}

/// The formats of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FactsFormat {
    /// Indicator, subject, period, value and page, with tabs between them
    Human,
    /// A table with a line of names
    Csv,
    /// One JSON object a line
    Json,
}

/// What a row is chosen by.
type Of = fn(&FactRow) -> &str;

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let found = site::find(&arguments.site)?;
    let build = found.build(&arguments.site.choice);
    if build.has_errors() {
        screen.warn("the site has errors, and figures with errors are left out: `fangzhi check` tells of them");
    }
    if arguments.unlinked {
        screen.out(&lines(&build));
        return Ok(());
    }
    let mut rows = facts(&build.site);
    let mut before =
        arguments.since.as_deref().map(|old| stated_in(old, arguments.site.choice.drafts, screen)).transpose()?;
    let (of, about): (Of, Of) = (|row| &row.indicator, |row| &row.subject);
    let wanted = [(&arguments.indicator, "of", of), (&arguments.subject, "about", about)];
    for (name, word, of) in wanted {
        let Some(name) = name else { continue };
        let known = || rows.iter().chain(before.iter().flatten()).map(of);
        if !known().any(|known| known == name) {
            let hint = did_you_mean(name, known()).map(|hint| format!("; {hint}")).unwrap_or_default();
            return Err(Failure::Usage(format!("nothing is stated {word} `{name}`{hint}")));
        }
    }
    let is_wanted = |row: &FactRow| wanted.iter().all(|(name, _, of)| name.as_ref().is_none_or(|name| of(row) == name));
    rows.retain(is_wanted);
    if let Some(before) = &mut before {
        before.retain(is_wanted);
        screen.out(&changes(before, &rows, arguments.format)?);
        return Ok(());
    }
    screen.out(&match arguments.format {
        FactsFormat::Csv => csv(&rows),
        FactsFormat::Json => rows.iter().map(json).collect(),
        FactsFormat::Human => rows.iter().map(|row| line(row, &row.written)).collect(),
    });
    Ok(())
}

/// A row for people, with a text as what it says.
fn line(row: &FactRow, says: &str) -> String {
    let part = if row.part.is_empty() { String::new() } else { format!(" ({})", row.part) };
    let FactRow { indicator, subject, period, page, .. } = row;
    let cells = [&format!("{indicator}{part}"), subject, period, says, page];
    cells.map(|cell| cell.replace(char::is_control, " ")).join("\t") + "\n"
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}

/// All that was stated: by a site in a folder, or in a table.
fn stated_in(old: &Path, drafts: bool, screen: &Screen) -> Result<Vec<FactRow>, Failure> {
    if old.is_dir() {
        let choice = SiteChoice { drafts, ..SiteChoice::default() };
        let found = site::locate(Some(old), &choice)?;
        if !found.config.is_file() {
            return Err(Failure::Usage(format!(
                "{} is no site: there is no {}",
                old.display(),
                found.config.display()
            )));
        }
        let build = found.build(&choice);
        if build.has_errors() {
            screen.warn(&format!(
                "the site in {} has errors, and figures with errors count as not stated",
                old.display()
            ));
        }
        return Ok(facts(&build.site));
    }
    let bytes = fs::read(old).map_err(Failure::io(old))?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned());
    let rows = text.and_then(|text| read(&text));
    rows.map_err(|error| Failure::Usage(format!("{} is no table of figures: {error}", old.display())))
}

/// A line for each difference: `+` for what is new, `-` for what is gone, `~` for what says something else.
fn changes(old: &[FactRow], new: &[FactRow], format: FactsFormat) -> Result<String, Failure> {
    let all = differences(old, new);
    let says = |row: &FactRow| {
        let rank = if row.rank.is_empty() { String::new() } else { format!("#{}", row.rank) };
        let parts = [&row.written, &row.change, &rank].map(String::as_str);
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let told = |own: &Difference<'_>| match (own.old, own.new) {
        (Some(old), Some(new)) => format!("~\t{}", line(new, &format!("{} → {}", says(old), says(new)))),
        (None, Some(new)) => format!("+\t{}", line(new, &says(new))),
        (Some(old), None) => format!("-\t{}", line(old, &says(old))),
        (None, None) => String::new(),
    };
    match format {
        FactsFormat::Human => Ok(all.iter().map(told).collect()),
        FactsFormat::Json => Ok(all.iter().map(json).collect()),
        FactsFormat::Csv => Err(Failure::Usage("differences are no table: `--format json` has all of them".into())),
    }
}

/// A line for each figure without a link: its place, the figure, and what can be written.
fn lines(build: &Build) -> String {
    let line = |Unlinked { place, figure, targets }: Unlinked| {
        let source = build.source(&place.path)?;
        let at = source.line_column(place.span.start as usize);
        Some(format!("{}:{}:{}\t{figure}\t{}\n", place.path, at.line, at.column, targets.join(" ")))
    };
    unlinked(build).into_iter().filter_map(line).collect()
}
