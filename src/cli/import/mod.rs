//! `fangzhi import`: a raw report becomes pages in a folder, with a ledger and a list of doubts.
#![allow(clippy::disallowed_methods, reason = "the files that the user named are read and written here")]

mod folder;
mod project;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::screen::Screen;
use super::{Failure, ReportArguments, report};
use crate::config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::import::{self, Imported, Recipe, Request, Weight};
use crate::inputs::{DEFAULT_CONFIG, read_config};
use crate::paths::SourcePath;
use crate::source::Source;
use folder::Folder;

/// The largest source that is read, in bytes.
const LARGEST: u64 = 256 << 20;

/// What can be typed behind `import`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The source: text, Markdown, HTML or .docx; or the folder of a project of mdBook or MkDocs
    source: PathBuf,
    /// The folder for the pages, `content` if none is named; for a project the folder of the new site. Nothing is written
    /// outside it
    #[arg(short, long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// The recipe; without it NAME.recipe.yaml in the folder for the pages
    #[arg(long, value_name = "FILE")]
    recipe: Option<PathBuf>,
    /// Decide a doubt: its id, with `=` and a choice where there are several
    #[arg(long, value_name = "ID[=CHOICE]")]
    accept: Vec<String>,
    /// Overwrite files that were changed since they were imported, or were never imported
    #[arg(long)]
    force: bool,
    /// Say what would be written, and write nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    #[command(flatten)]
    report: ReportArguments,
}

/// The recipe as it is on the disk, or as it will be.
struct Decisions {
    file: PathBuf,
    source: Source,
    changed: bool,
}

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    if arguments.source.is_dir() {
        return project::run(arguments, screen);
    }
    let into = arguments.into.as_deref().unwrap_or(Path::new("content"));
    let name = arguments.source.file_name().and_then(|name| name.to_str());
    let name = name
        .ok_or_else(|| Failure::Usage(format!("{} has no name that every system has", arguments.source.display())))?;
    let path = SourcePath::new(name).map_err(|error| Failure::Usage(error.to_string()))?;
    let bytes = read(&arguments.source)?;
    let folder = Folder::open(into, name)?;
    let mut decisions = decisions(arguments, &folder, name)?;
    let taxonomies = taxonomies(into);
    let shown = |diagnostics: &[Diagnostic], source: Option<&Source>, decisions: &Decisions| {
        show(diagnostics, source, &decisions.source, arguments, screen)
    };
    let mut recipe = Recipe::read(decisions.source.path(), decisions.source.text())
        .map_err(|diagnostic| shown(&[diagnostic], None, &decisions))?;
    let import = |recipe: &Recipe, decisions: &Decisions| {
        let bar = bar(screen);
        let request = Request {
            path: &path,
            bytes: &bytes,
            recipe,
            recipe_path: decisions.source.path(),
            taxonomies: &taxonomies,
        };
        let imported = import::import(&request, &mut |done, total| {
            bar.set_length(total);
            bar.set_position(done);
        });
        bar.finish_and_clear();
        imported.map_err(|diagnostics| {
            let text = Source::new(path.clone(), String::from_utf8_lossy(&bytes));
            shown(&diagnostics, Some(&text), decisions)
        })
    };
    let mut imported = import(&recipe, &decisions)?;
    if !arguments.accept.is_empty() {
        accept(&imported, &arguments.accept, &mut decisions)?;
        recipe = Recipe::read(decisions.source.path(), decisions.source.text())
            .map_err(|diagnostic| shown(&[diagnostic], None, &decisions))?;
        imported = import(&recipe, &decisions)?;
    }
    let summary = write(arguments, &folder, &imported, &decisions)?;
    let mut diagnostics = imported.diagnostics.clone();
    if arguments.report.strict || arguments.report.format != super::FormatName::Human {
        diagnostics.extend(imported.open_doubts());
    }
    if !diagnostics.is_empty() {
        shown(&diagnostics, Some(&imported.source), &decisions);
    }
    tell(&imported, &folder, &summary, arguments.dry_run, screen);
    let fails = |diagnostic: &Diagnostic| arguments.report.strict || diagnostic.severity == Severity::Error;
    if diagnostics.iter().any(fails) { Err(Failure::Problems) } else { Ok(()) }
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let about = fs::metadata(file).map_err(Failure::io(file))?;
    if !about.is_file() {
        return Err(Failure::Usage(format!("{} is not a file", file.display())));
    }
    if about.len() > LARGEST {
        return Err(Failure::Usage(format!("{} is larger than {} MiB", file.display(), LARGEST >> 20)));
    }
    fs::read(file).map_err(Failure::io(file))
}

/// The recipe that the user named, or the one in the folder for the pages; an empty one if there is none.
fn decisions(arguments: &Arguments, folder: &Folder, name: &str) -> Result<Decisions, Failure> {
    let own = folder.record(name, import::RECIPE);
    let file = arguments.recipe.clone().unwrap_or_else(|| folder.path(&own));
    let text = match fs::read_to_string(&file) {
        Ok(text) => text.trim_start_matches('\u{feff}').replace("\r\n", "\n"),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && arguments.recipe.is_none() => String::new(),
        Err(error) => return Err(Failure::io(&file)(error)),
    };
    let named = file.file_name().map_or(own, |name| name.to_string_lossy().into_owned());
    let path = SourcePath::new(&named).map_err(|error| Failure::Usage(error.to_string()))?;
    Ok(Decisions { file, source: Source::new(path, text), changed: false })
}

/// The taxonomies of the site that the folder belongs to: of the nearest `site.toml` above it.
fn taxonomies(into: &Path) -> Vec<String> {
    let Ok(start) = std::path::absolute(into) else { return vec![] };
    let file = start.ancestors().map(|folder| folder.join(DEFAULT_CONFIG)).find(|file| file.is_file());
    let config = file.and_then(|file| read_config(&file).ok()).map(|source| config::read(&source).value);
    config.map(|config| config.taxonomies.iter().map(|taxonomy| taxonomy.name.clone()).collect()).unwrap_or_default()
}

/// Puts decisions into the recipe's text.
fn accept(imported: &Imported, accepted: &[String], decisions: &mut Decisions) -> Result<(), Failure> {
    for typed in accepted {
        let (id, choice) = typed.split_once('=').map_or((typed.as_str(), None), |(id, choice)| (id, Some(choice)));
        let doubts = &imported.ledger.doubts;
        let Some(doubt) = doubts.iter().find(|doubt| doubt.id == id) else {
            let near = crate::diagnostic::did_you_mean(id, doubts.iter().map(|doubt| doubt.id.as_str()));
            let hint = near.unwrap_or_else(|| "the ids stand in REVIEW.md".into());
            return Err(Failure::Usage(format!("no doubt has the id `{}`\n  help: {hint}", id.escape_debug())));
        };
        let several = || {
            let choices = doubt.choices.iter().map(|choice| format!("{id}={choice}")).collect::<Vec<_>>().join(", ");
            let more = if doubt.free { format!(", {id}=INDICATOR") } else { String::new() };
            Failure::Usage(format!("`{id}` has several choices: {choices}{more}"))
        };
        // The id alone takes what is offered, where there is one offer; the first choice is what is done anyway.
        let choice = match (choice, doubt.choices.as_slice()) {
            (Some(choice), _) if doubt.choices.iter().any(|known| known == choice) || doubt.free => choice,
            (None, [only]) if !doubt.free => only.as_str(),
            (None, [_, offered]) if !doubt.free => offered.as_str(),
            _ => return Err(several()),
        };
        let path = decisions.source.path().clone();
        let text = Recipe::with_decision(&path, decisions.source.text(), id, choice)
            .map_err(|diagnostic| Failure::System(diagnostic.message))?;
        decisions.changed |= text != decisions.source.text();
        decisions.source = Source::new(path, text);
    }
    Ok(())
}

/// Writes the pages, and the recipe if a decision was added.
fn write(
    arguments: &Arguments,
    folder: &Folder,
    imported: &Imported,
    decisions: &Decisions,
) -> Result<folder::Summary, Failure> {
    let plan = folder.plan(imported, arguments.force)?;
    if arguments.dry_run {
        return Ok(plan.summary());
    }
    let summary = plan.write()?;
    if decisions.changed {
        folder::put(&decisions.file, decisions.source.text().as_bytes())?;
    }
    Ok(summary)
}

fn bar(screen: &Screen) -> ProgressBar {
    if !screen.watched() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(1);
    bar.set_style(
        ProgressStyle::with_template("{bar:40} {percent}% {elapsed}").unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar
}

/// Shows complaints, and is the failure that they are.
fn show(
    diagnostics: &[Diagnostic],
    source: Option<&Source>,
    recipe: &Source,
    arguments: &Arguments,
    screen: &Screen,
) -> Failure {
    let sources = |path: &SourcePath| match source {
        Some(source) if source.path() == path => Some(source.clone()),
        _ if recipe.path() == path => Some(recipe.clone()),
        _ => None,
    };
    screen.show(&report::render(diagnostics, &sources, arguments.report.format.into(), "", screen.colors()));
    Failure::Problems
}

fn tell(imported: &Imported, folder: &Folder, summary: &folder::Summary, dry: bool, screen: &Screen) {
    let ledger = &imported.ledger;
    let open = |weight| ledger.doubts.iter().filter(|doubt| doubt.is_open() && doubt.weight == weight).count();
    let pages = ledger.files.iter().filter(|file| file.path.ends_with(".md")).count();
    let count = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    screen.say(&format!(
        "{}, {}: {}, {} files {}, {} unchanged, {} {} in {}",
        count(ledger.source.lines, &ledger.source.unit),
        count(ledger.sums.characters.source, "character"),
        count(pages, "page"),
        summary.written,
        if dry { "to write" } else { "written" },
        summary.unchanged,
        summary.removed,
        if dry { "to remove" } else { "removed" },
        folder.shown().display(),
    ));
    for (path, why) in &summary.left {
        screen.warn(&format!("{path} {why}"));
    }
    screen.say(&format!(
        "{} and {} open: {}",
        count(open(Weight::Doubt), "doubt"),
        count(open(Weight::Offer), "offer"),
        folder.shown().join(folder::REVIEW).display()
    ));
    screen.tell(&format!("characters: {}", serde_json::to_string(&ledger.sums).unwrap_or_default()));
}
