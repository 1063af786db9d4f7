//! Everything a build may read, as one immutable snapshot: files, the date, and when files last changed.
//!
//! Below this room there is no I/O, so a test builds a whole site from string literals. Contents stay on the disk until
//! they are wanted: those of files that are only copied (images, downloads) until they are written, those of documents
//! until they are parsed.

mod disk;
mod git;
mod picture;
mod refresh;

pub use disk::{DEFAULT_CONFIG, Unread, is_read, layout_of, read, read_config, whole};
pub use refresh::{Survey, folders, refresh, stamp, survey};

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::paths::SourcePath;
use crate::source::{Hash, Source};

/// Which folders of the site hold what; all from the site's root, none with a `/` at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The Markdown files and what lies beside them; empty when that is the root itself.
    pub content: String,
    /// What is copied as it is.
    pub static_files: String,
    /// The site's own templates.
    pub templates: String,
    /// Folders of themes.
    pub themes: String,
    /// Where the site is written to; never read.
    pub output: String,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            content: "content".into(),
            static_files: "static".into(),
            templates: "templates".into(),
            themes: "themes".into(),
            output: "public".into(),
        }
    }
}

impl Layout {
    /// Every folder that is read; the empty name is the root itself.
    pub fn folders(&self) -> [&str; 4] {
        [&self.content, &self.static_files, &self.templates, &self.themes]
    }

    /// What a content file is called inside the content folder; none for other files.
    pub fn in_content<'p>(&self, path: &'p SourcePath) -> Option<&'p str> {
        let text = path.as_str();
        if self.content.is_empty() {
            let first = text.split('/').next().unwrap_or_default();
            let taken = [&self.static_files, &self.templates, &self.themes].iter().any(|other| *other == first);
            return (!taken && text != DEFAULT_CONFIG).then_some(text);
        }
        inside(text, &self.content)
    }

    /// What a static file is called inside the static folder; none for other files.
    pub fn in_static<'p>(&self, path: &'p SourcePath) -> Option<&'p str> {
        inside(path.as_str(), &self.static_files)
    }
}

fn inside<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// One file of the site.
#[derive(Debug, Clone)]
pub enum File {
    /// A file that is read: Markdown, a template, TOML.
    Text(Source),
    /// A file that is copied.
    Asset(Asset),
}

/// A file that is copied as it is.
#[derive(Debug, Clone)]
pub enum Asset {
    /// Bytes at hand.
    Memory(Arc<[u8]>),
    /// A file on the disk, read when it is needed.
    Disk(PathBuf),
}

impl Asset {
    /// The bytes.
    ///
    /// # Errors
    /// When the file on the disk cannot be read any more.
    pub fn bytes(&self) -> std::io::Result<Arc<[u8]>> {
        match self {
            Self::Memory(bytes) => Ok(bytes.clone()),
            Self::Disk(path) => disk::bytes(path),
        }
    }

    /// Whether both are the same bytes at hand or the same file, whatever is in it now.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Memory(one), Self::Memory(other)) => one == other,
            (Self::Disk(one), Self::Disk(other)) => one == other,
            _ => false,
        }
    }

    /// When the file was last written and how long it is; none for bytes at hand and for a file that has gone.
    pub fn stamp(&self) -> Option<(Option<SystemTime>, u64)> {
        match self {
            Self::Memory(_) => None,
            Self::Disk(path) => stamp(path),
        }
    }

    /// The bytes as they are asked for: a header can be read without the rest.
    fn reader(&self) -> std::io::Result<Box<dyn picture::Seekable + '_>> {
        match self {
            Self::Memory(bytes) => Ok(Box::new(std::io::Cursor::new(bytes))),
            Self::Disk(path) => Ok(Box::new(disk::reader(path)?)),
        }
    }
}

/// The snapshot.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Every file that may be read, by its path from the site's root.
    pub files: BTreeMap<SourcePath, File>,
    /// Which folder holds what.
    pub layout: Layout,
    /// The day of the build; drafts that expire look at it.
    pub today: Date,
    /// When files last changed, by version control.
    pub changed: Arc<BTreeMap<SourcePath, Date>>,
    /// What of the files that are no text can be shown where they are complained about.
    pub broken: BTreeMap<SourcePath, Source>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

impl Inputs {
    /// A site in memory with nothing in it.
    pub fn empty() -> Self {
        Self {
            files: BTreeMap::new(),
            layout: Layout::default(),
            today: Date::constant(2000, 1, 1),
            changed: Arc::default(),
            broken: BTreeMap::new(),
            diagnostics: vec![],
        }
    }

    /// Adds or replaces a text file.
    pub fn insert(&mut self, source: Source) {
        self.files.insert(source.path().clone(), File::Text(source));
    }

    /// The text file at a path.
    pub fn text(&self, path: &SourcePath) -> Option<&Source> {
        match self.files.get(path) {
            Some(File::Text(source)) => Some(source),
            _ => None,
        }
    }

    /// `site.toml`; an empty one if the site has none.
    pub fn config(&self) -> Source {
        disk::config_path()
            .and_then(|path| self.text(&path).cloned().or_else(|| Some(Source::new(path, ""))))
            .unwrap_or_else(|| unreachable!("the name of the configuration is a path"))
    }

    /// A hash of every text that templates are made of, to tell whether they changed.
    pub fn hash_under(&self, folder: &str) -> Hash {
        let mut all = String::new();
        for (path, file) in &self.files {
            if let (Some(_), File::Text(source)) = (inside(path.as_str(), folder), file) {
                all.push_str(path.as_str());
                all.push_str(&source.hash().hex());
            }
        }
        Hash::of(all.as_bytes())
    }
}
