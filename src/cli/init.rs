//! `fangzhi init`: a site that builds and looks good at once; nothing that is there is ever overwritten.
#![allow(clippy::disallowed_methods, reason = "the files of a new site are written here")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Failure;
use super::screen::Screen;
use crate::inputs::DEFAULT_CONFIG;

/// What can be typed behind `init`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder; it is made if it is not there
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// The site's first language: zh or en
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// The site's title
    #[arg(long)]
    title: Option<String>,
}

/// The files of a new site by language: their paths and texts.
const CHINESE: [(&str, &str); 4] = [
    ("content/_index.md", include_str!("starter/zh/_index.md")),
    ("content/guide/_index.md", include_str!("starter/zh/guide.md")),
    ("content/guide/writing.md", include_str!("starter/zh/writing.md")),
    ("content/guide/publishing.md", include_str!("starter/zh/publishing.md")),
];
const ENGLISH: [(&str, &str); 4] = [
    ("content/_index.md", include_str!("starter/en/_index.md")),
    ("content/guide/_index.md", include_str!("starter/en/guide.md")),
    ("content/guide/writing.md", include_str!("starter/en/writing.md")),
    ("content/guide/publishing.md", include_str!("starter/en/publishing.md")),
];

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let dir = &arguments.dir;
    fs::create_dir_all(dir).map_err(Failure::io(dir))?;
    let config = dir.join(DEFAULT_CONFIG);
    if config.exists() {
        return Err(Failure::Usage(format!("{} is already there", config.display())));
    }
    let here = markdown_in(dir, 0);
    let sample = here.iter().take(20).filter_map(|file| fs::read_to_string(file).ok()).collect::<String>();
    let language = match arguments.language.as_deref() {
        Some(code @ ("zh" | "en")) => code,
        Some(other) => return Err(Failure::Usage(format!("`{other}` is neither `zh` nor `en`"))),
        None if here.is_empty() || is_chinese(&sample) => "zh",
        None => "en",
    };
    let starter = if language == "zh" { CHINESE } else { ENGLISH };
    let name = dir.canonicalize().ok().and_then(|dir| dir.file_name().map(|name| name.to_string_lossy().into_owned()));
    let title = arguments.title.clone().or(name).unwrap_or_else(|| "fangzhi".into());
    let mut files = vec![(DEFAULT_CONFIG, configuration(&title, language, &here, dir))];
    if here.is_empty() {
        if dir.join("content").exists() {
            return Err(Failure::Usage(format!("{} is already there", dir.join("content").display())));
        }
        files.extend(starter.iter().map(|(path, text)| (*path, (*text).to_owned())));
    }
    for (path, text) in &files {
        let file = dir.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(Failure::io(folder))?;
        }
        let mut created = fs::File::create_new(&file).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => Failure::Usage(format!("{} is already there", file.display())),
            _ => Failure::io(&file)(error),
        })?;
        created.write_all(text.as_bytes()).map_err(Failure::io(&file))?;
        screen.say(&format!("wrote {path}"));
    }
    screen.say("`fangzhi build --open` shows the site");
    Ok(())
}

fn configuration(title: &str, language: &str, here: &[PathBuf], dir: &Path) -> String {
    let quoted = title.replace('\\', "\\\\").replace('"', "\\\"");
    let mut text = format!("title = \"{quoted}\"\ndefault_language = \"{language}\"\n");
    if !here.is_empty() && !dir.join("content").is_dir() {
        text.push_str("content_dir = \".\"\n");
    }
    text.push_str("\n[taxonomies.tags]\n");
    text.push_str(if language == "zh" { "title = \"标签\"\n" } else { "title = \"Tags\"\n" });
    text
}

/// The Markdown files in a folder and three levels below it.
fn markdown_in(dir: &Path, depth: usize) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(dir) else { return vec![] };
    let mut found = vec![];
    let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < 3 && !hidden => found.extend(markdown_in(&path, depth + 1)),
            Ok(kind) if kind.is_file() && path.extension().is_some_and(|ending| ending == "md") => found.push(path),
            _ => {}
        }
    }
    found
}

/// Whether a tenth of the letters or more are Chinese.
fn is_chinese(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let han = text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count();
    han * 10 >= letters && han > 0
}
