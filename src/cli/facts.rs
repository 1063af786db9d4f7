//! `fangzhi facts`: every figure that the site states, one a line.

use clap::{Args, ValueEnum};

use super::screen::Screen;
use super::{Failure, SiteArguments, site};
use crate::build::Build;
use crate::check::{Unlinked, unlinked};
use crate::diagnostic::did_you_mean;
use crate::make::data::{FactRow, csv, facts};

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
    let (of, about): (Of, Of) = (|row| &row.indicator, |row| &row.subject);
    let wanted = [(&arguments.indicator, "of", of), (&arguments.subject, "about", about)];
    for (name, word, of) in wanted {
        let Some(name) = name else { continue };
        if !rows.iter().any(|row| of(row) == name) {
            let hint = did_you_mean(name, rows.iter().map(of)).map(|hint| format!("; {hint}")).unwrap_or_default();
            return Err(Failure::Usage(format!("nothing is stated {word} `{name}`{hint}")));
        }
    }
    rows.retain(|row| wanted.iter().all(|(name, _, of)| name.as_ref().is_none_or(|name| of(row) == name)));
    let line = |row: &FactRow| match arguments.format {
        FactsFormat::Json => serde_json::to_string(row).unwrap_or_default() + "\n",
        _ => {
            let part = if row.part.is_empty() { String::new() } else { format!(" ({})", row.part) };
            let FactRow { indicator, subject, period, written, page, .. } = row;
            let cells = [&format!("{indicator}{part}"), subject, period, written, page];
            cells.map(|cell| cell.replace(char::is_control, " ")).join("\t") + "\n"
        }
    };
    screen.out(&match arguments.format {
        FactsFormat::Csv => csv(&rows),
        _ => rows.iter().map(line).collect(),
    });
    Ok(())
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
