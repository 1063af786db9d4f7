//! `fangzhi new PATH`: a page from an archetype.
#![allow(clippy::disallowed_methods, reason = "a page is written here")]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::screen::Screen;
use super::{Failure, SiteChoice, site};
use crate::paths::SourcePath;

/// What a page starts as where the site has no archetype.
const PLAIN: &str = "---\ntitle: {title}\ndate: {date}\ndraft: true\n---\n\n";
/// What a section starts as.
const SECTION: &str = "---\ntitle: {title}\n---\n\n";

/// What can be typed behind `new`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The page, from the content folder: `guide/install.md`; `guide/_index.md` is a section
    path: String,
    /// The archetype: `templates/archetypes/KIND.md`, with {title} and {date} in it
    #[arg(short, long, value_name = "KIND", default_value = "default")]
    kind: String,
    #[command(flatten)]
    choice: NewChoice,
}

/// The site that the page is for.
#[derive(Debug, Args)]
struct NewChoice {
    /// The folder of the site
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let found = site::locate(Some(&arguments.choice.root), &SiteChoice::default())?;
    let layout = &found.inputs.layout;
    let typed = arguments.path.strip_prefix(&format!("{}/", layout.content)).unwrap_or(&arguments.path);
    let path = if typed.ends_with(".md") { typed.to_owned() } else { format!("{typed}.md") };
    let inside = SourcePath::new(&path).map_err(|error| Failure::Usage(error.to_string()))?;
    let file = found.root.join(&layout.content).join(inside.as_str());
    let archetype = found.root.join(&layout.templates).join("archetypes").join(format!("{}.md", arguments.kind));
    let text = match fs::read_to_string(&archetype) {
        Ok(text) => text,
        Err(_) if arguments.kind != "default" => {
            return Err(Failure::Usage(format!("there is no archetype {}", archetype.display())));
        }
        Err(_) if inside.file_name().starts_with("_index") => SECTION.to_owned(),
        Err(_) => PLAIN.to_owned(),
    };
    let text = text.replace("{title}", &title(&inside)).replace("{date}", &found.inputs.today.to_string());
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(Failure::io(folder))?;
    }
    let mut created = fs::File::create_new(&file).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::Usage(format!("{} is already there", file.display())),
        _ => Failure::io(&file)(error),
    })?;
    created.write_all(text.as_bytes()).map_err(Failure::io(&file))?;
    screen.out(&format!("{}\n", SourcePath::new(&format!("{}/{inside}", layout.content)).unwrap_or(inside)));
    Ok(())
}

/// A title from a file name: `rd-spending` is `Rd spending`. It is quoted where YAML would read it otherwise.
fn title(path: &SourcePath) -> String {
    let name = match path.file_name().split('.').next().unwrap_or_default() {
        "_index" | "index" => path.folder().rsplit('/').next().unwrap_or_default(),
        name => name,
    };
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    let title: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    if title.chars().all(|c| c.is_alphabetic() || c == ' ') && !title.is_empty() {
        return title;
    }
    format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""))
}
