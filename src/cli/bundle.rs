//! `fangzhi bundle`: the site as one file for people without a server.

use std::path::{Path, PathBuf};

use clap::Args;

use super::screen::Screen;
use super::site::{self, Found, To};
use super::{Failure, ReportArguments, SiteChoice, paper};
use crate::build::{Build, Wish};
use crate::bundle::select::{Selection, select, without_unused};
use crate::bundle::{self, Files, archive, epub, single};
use crate::outputs::{self, FileRequest};

/// A file larger than this is a burden for those who get it, in bytes.
const LARGE: usize = 20_000_000;

/// What can be typed behind `bundle`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder of the site
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The folder of the site
    #[arg(short, long, value_name = "DIR", conflicts_with = "dir")]
    root: Option<PathBuf>,
    /// The configuration file
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The file to write; its ending says what it is: .zip, .html, .epub or .pdf
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The public address of the site, to which links lead whose pages are not in the bundle
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
    /// Show drafts
    #[arg(short = 'D', long)]
    drafts: bool,
    /// Only pages with this term, as TAXONOMY:TERM
    #[arg(long, value_name = "TAXONOMY:TERM")]
    only: Option<String>,
    /// Only the pages of this section, by its path in content
    #[arg(long, value_name = "PATH")]
    section: Option<String>,
    /// Only pages of this language
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Several archives, none larger than this: 50MB, 700MB, 4GB
    #[arg(long, value_name = "SIZE")]
    split: Option<String>,
    /// A PDF beside the file, too
    #[arg(long)]
    pdf: bool,
    /// Replace a file that is no bundle
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    report: ReportArguments,
}

/// What a file is, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Zip,
    Html,
    Epub,
    Pdf,
}

impl Shape {
    fn of(path: &Path) -> Result<Self, Failure> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "zip" => Ok(Self::Zip),
            "html" | "htm" => Ok(Self::Html),
            "epub" => Ok(Self::Epub),
            "pdf" => Ok(Self::Pdf),
            _ => Err(Failure::Usage(format!(
                "{} is no kind of bundle\n  help: end the name in .zip, .html, .epub or .pdf",
                path.display()
            ))),
        }
    }

    /// Whether a file that begins with these bytes is one of this kind, so that a new one may take its place.
    fn begins(self) -> fn(&[u8]) -> bool {
        match self {
            Self::Zip => |head| head.starts_with(b"PK\x03\x04") && !is_book(head),
            Self::Epub => is_book,
            Self::Html => |head| head.starts_with(b"<!DOCTYPE html>") && contains(head, b"Content-Security-Policy"),
            Self::Pdf => |head| head.starts_with(b"%PDF-"),
        }
    }
}

/// The first file of a book says that it is one (EPUB 3.3, section 4.2.2).
fn is_book(head: &[u8]) -> bool {
    head.get(30..).is_some_and(|rest| rest.starts_with(b"mimetypeapplication/epub+zip"))
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let shape = Shape::of(&arguments.output)?;
    let limit = arguments.split.as_deref().map(size).transpose()?;
    if limit.is_some() && shape != Shape::Zip {
        return Err(Failure::Usage("only a .zip can be split".into()));
    }
    let choice = SiteChoice {
        root: arguments.root.clone(),
        config: arguments.config.clone(),
        output_dir: None,
        base_url: arguments.base_url.clone(),
        drafts: arguments.drafts,
    };
    let found = site::locate(arguments.dir.as_deref(), &choice)?;
    found.recall_drawings();
    let selection = selection(arguments)?;
    let asked = Asked { arguments, found: &found, choice: &choice, selection: &selection, screen };
    let print = match shape {
        Shape::Html | Shape::Epub => Some(false),
        Shape::Zip => None,
        Shape::Pdf => Some(true),
    };
    let (build, files) = asked.files(shape == Shape::Html, print)?;
    match shape {
        Shape::Zip => asked.zip(&build, &files, limit)?,
        Shape::Html => asked.html(&build, &files)?,
        Shape::Epub => asked.epub(&build, &files)?,
        Shape::Pdf => asked.pdf(&build, &files)?,
    }
    if arguments.pdf && shape != Shape::Pdf {
        let (build, files) = asked.files(false, Some(true))?;
        asked.pdf(&build, &files)?;
    }
    Ok(())
}

/// The address that the configuration or the command line gives the site.
fn public_address(found: &Found, choice: &SiteChoice) -> Option<String> {
    let configured = crate::config::read(&found.inputs.config()).value.base_url;
    let typed = choice.base_url.as_ref().map(|url| format!("{}/", url.trim_end_matches('/')));
    typed.filter(|url| url != "/").or(configured)
}

fn selection(arguments: &Arguments) -> Result<Selection, Failure> {
    let term = match &arguments.only {
        None => None,
        Some(only) => match only.split_once(':') {
            Some((taxonomy, term)) => Some((taxonomy.to_owned(), term.to_owned())),
            None => {
                let hint = "write it as --only themes:tech-finance";
                return Err(Failure::Usage(format!("`{only}` names no taxonomy and term\n  help: {hint}")));
            }
        },
    };
    Ok(Selection { term, section: arguments.section.clone(), language: arguments.lang.clone() })
}

/// What was asked for, and of which site.
struct Asked<'a> {
    arguments: &'a Arguments,
    found: &'a Found,
    choice: &'a SiteChoice,
    selection: &'a Selection,
    screen: &'a Screen,
}

impl Asked<'_> {
    /// The site or the part of it that was asked for, with everything made and no link that leads nowhere.
    fn files(&self, plain_html: bool, print: Option<bool>) -> Result<(Build, Files), Failure> {
        let (screen, report) = (self.screen, &self.arguments.report);
        let public = public_address(self.found, self.choice);
        // Inside the bundle nothing leads to the public site by itself.
        let wish = Wish { base_url: Some("/".into()), plain_html, print, ..self.choice.wish() };
        let mut build = crate::build::build(&self.found.inputs, &wish, None);
        self.found.report(&build, &build.diagnostics, report, To::Error, screen).inspect_err(|_| {
            screen.say(&format!("{}: nothing was written", site::counted(&build.diagnostics).unwrap_or_default()));
        })?;
        select(&mut build, self.selection).map_err(Failure::Usage)?;
        let mut files = match bundle::make(&build) {
            Ok(files) => files,
            Err(troubles) => {
                self.found.report(&build, &troubles, report, To::Error, screen)?;
                return Err(Failure::Problems);
            }
        };
        if !self.selection.is_everything() {
            without_unused(&build, &mut files);
        }
        let changed = bundle::mend(&mut files, public.as_deref());
        if changed > 0 {
            screen.say(&match &public {
                Some(base) => format!("{changed} links lead to {base}, because their pages are not in the bundle"),
                None => {
                    format!("{changed} links are plain text with a mark, because their pages are not in the bundle")
                }
            });
        }
        Ok((build, files))
    }

    fn zip(&self, build: &Build, files: &Files, limit: Option<u64>) -> Result<(), Failure> {
        let (archives, room) = archive::archives(build, files, limit).map_err(|refused| Failure::Usage(refused.0))?;
        let several = archives.len() > 1;
        for archive in &archives {
            let output = &self.arguments.output;
            let path = if several { numbered(output, archive.number) } else { output.clone() };
            self.write(&path, Shape::Zip, &archive.bytes)?;
            let size = archive.bytes.len() as u64;
            let sections = if several { format!(": {}", named(&archive.sections)) } else { String::new() };
            self.screen.say(&format!("{}: {} files, {}{sections}", path.display(), archive.files, shown(size)));
            if limit.is_some_and(|limit| size > limit) {
                let why = "larger than was asked for: one file alone is, or the theme is";
                self.screen.warn(&format!("{} is {why}", path.display()));
            }
        }
        self.screen.out(&table(&room));
        Ok(())
    }

    fn html(&self, build: &Build, files: &Files) -> Result<(), Failure> {
        let single = single::single(build, files);
        let output = &self.arguments.output;
        self.write(output, Shape::Html, single.html.as_bytes())?;
        self.screen.say(&format!("{}: {}", output.display(), shown(single.html.len() as u64)));
        for reference in &single.left_out {
            let reference = reference.escape_debug();
            self.screen.warn(&format!("`{reference}` is elsewhere and is left out: the file fetches nothing"));
        }
        if single.html.len() > LARGE {
            let hint = "take a .zip, a part of the site (--section, --only, --lang), or smaller pictures";
            self.screen.warn(&format!("the file is larger than {}\n  help: {hint}", shown(LARGE as u64)));
        }
        self.screen.out(&table(&single.room));
        Ok(())
    }

    fn epub(&self, build: &Build, files: &Files) -> Result<(), Failure> {
        let book = epub::epub(build, files).map_err(|refused| Failure::Usage(refused.0))?;
        let output = &self.arguments.output;
        self.write(output, Shape::Epub, &book.bytes)?;
        let size = shown(book.bytes.len() as u64);
        self.screen.say(&format!("{}: {} chapters, {size}", output.display(), book.chapters));
        for reference in &book.left_out {
            let reference = reference.escape_debug();
            self.screen.warn(&format!("`{reference}` is elsewhere and is left out: a book fetches nothing"));
        }
        Ok(())
    }

    fn pdf(&self, build: &Build, files: &Files) -> Result<(), Failure> {
        let path = self.arguments.output.with_extension("pdf");
        let bytes = paper::print(build, files, self.selection.section.as_deref())?;
        self.write(&path, Shape::Pdf, &bytes)?;
        self.screen.say(&format!("{}: {}", path.display(), shown(bytes.len() as u64)));
        Ok(())
    }

    fn write(&self, path: &Path, shape: Shape, bytes: &[u8]) -> Result<(), Failure> {
        let protected = self.found.protected().into_iter().chain([self.found.output_dir.clone()]);
        let protected = protected.map(|own| self.found.root.join(own)).collect();
        let request = FileRequest { path, protected, replaces: shape.begins(), force: self.arguments.force };
        outputs::write_file(&request, bytes).map_err(super::build::refused)
    }
}

/// `site.zip` as `site-2.zip`.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{number}.zip"))
}

fn named(sections: &[String]) -> String {
    let names: Vec<&str> = sections.iter().map(|name| if name.is_empty() { "/" } else { name.as_str() }).collect();
    names.join(", ")
}

/// What takes the room, the largest first.
fn table(room: &archive::Room) -> String {
    let mut rows: Vec<(&&str, &u64)> = room.iter().collect();
    rows.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
    let all: u64 = room.values().sum::<u64>().max(1);
    rows.iter().map(|(what, bytes)| format!("{:>10}  {:>3} %  {what}\n", shown(**bytes), *bytes * 100 / all)).collect()
}

/// A number of bytes as people write it, in steps of a thousand.
fn shown(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// A size as it is typed: a number and B, kB, MB or GB.
fn size(typed: &str) -> Result<u64, Failure> {
    let lower = typed.trim().to_lowercase();
    let digits = lower.trim_end_matches(char::is_alphabetic).trim_end();
    let unit: u64 = match lower[digits.len()..].trim() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        _ => 0,
    };
    let number = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)).filter(|size| *size > 0);
    number.ok_or_else(|| Failure::Usage(format!("`{typed}` is not a size\n  help: write 50MB, 700MB or 4GB")))
}
