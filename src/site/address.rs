//! What the path of a content file says: the language, the key that all languages share, and whether it is an index.

use crate::config::Config;

/// The address of a content file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// The position of the language in the configuration.
    pub language: usize,
    /// The folder of the page, without a language folder.
    pub folder: String,
    /// What kind of file name it has.
    pub name: Name,
}

/// The file name without language and ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// `_index`: the folder itself, a section.
    Section,
    /// `index`: the folder itself; a section if there are pages below it.
    Index,
    /// `README`: the folder itself where nothing else is.
    Readme(String),
    /// Any other name.
    Own(String),
}

impl Address {
    /// The address of a file inside the content folder.
    pub fn of(path: &str, config: &Config) -> Self {
        let mut language = 0;
        let (mut folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let (first, rest) = folder.split_once('/').unwrap_or((folder, ""));
        if let Some(found) = config.language(first) {
            language = found;
            folder = rest;
        }
        let mut stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        if let Some((name, code)) = stem.rsplit_once('.')
            && let Some(found) = config.language(code)
        {
            language = found;
            stem = name;
        }
        let name = match stem {
            "_index" => Name::Section,
            "index" => Name::Index,
            "README" | "readme" | "Readme" => Name::Readme(stem.to_lowercase()),
            other => Name::Own(other.to_owned()),
        };
        Self { language, folder: folder.to_owned(), name }
    }

    /// The key: the folder for an index, else the folder and the name.
    pub fn key(&self) -> String {
        match &self.name {
            Name::Own(name) if self.folder.is_empty() => name.clone(),
            Name::Own(name) => format!("{}/{name}", self.folder),
            _ => self.folder.clone(),
        }
    }
}

/// The key of the folder that a key is in.
pub fn parent(key: &str) -> &str {
    key.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The last part of a key.
pub fn last(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}
