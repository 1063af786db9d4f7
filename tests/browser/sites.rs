//! The sites that are looked at, built once and written below the target folder.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use fangzhi::build::Wish;

use crate::validate::{Files, files, pages, shipped, varied, write};

/// A built site on the disk.
pub struct OnDisk {
    /// Its folder.
    pub folder: PathBuf,
    /// What is in it.
    pub files: Files,
}

impl OnDisk {
    /// Writes files to a folder of this name, which holds nothing else afterwards.
    pub fn new(name: &str, files: Files) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("browser").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        write(&files, &folder);
        Self { folder, files }
    }

    /// The file of a page.
    pub fn page(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// The paths of all pages that show something: redirects are gone before one can look at them.
    pub fn paths(&self) -> Vec<&str> {
        let stays =
            |(_, html): &(&str, &str)| !html.contains("http-equiv=refresh") && !html.contains("http-equiv=\"refresh\"");
        pages(&self.files).into_iter().filter(stays).map(|(path, _)| path).collect()
    }

    /// For each kind of page the largest one of it, by the kind's name; of pages below a folder, or of all.
    pub fn kinds(&self, below: &str) -> BTreeMap<String, String> {
        let mut kinds: BTreeMap<String, (usize, String)> = BTreeMap::new();
        let pages = pages(&self.files);
        let own = pages
            .into_iter()
            .filter(|(path, _)| path.starts_with(below) && (!below.is_empty() || !path.starts_with("en/")));
        for (path, html) in own {
            let Some((_, rest)) = html.split_once("kind-") else { continue };
            let kind = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            let facts = if html.contains("facts-title") { "-with-figures" } else { "" };
            let largest = kinds.entry(format!("{kind}{facts}")).or_default();
            if html.len() > largest.0 {
                *largest = (html.len(), path.to_owned());
            }
        }
        kinds.into_iter().map(|(kind, (_, path))| (kind, path)).collect()
    }
}

/// The shipped site as its readers get it.
pub static SHIPPED: LazyLock<OnDisk> = LazyLock::new(|| OnDisk::new("shipped", shipped(&Wish::default())));

/// The shipped site as the templates make it.
pub static SHIPPED_PLAIN: LazyLock<OnDisk> =
    LazyLock::new(|| OnDisk::new("shipped-plain", shipped(&Wish { plain_html: true, ..Wish::default() })));

/// What the shipped site has not: every form of Markdown, fallbacks, long lists.
pub static VARIED: LazyLock<OnDisk> = LazyLock::new(|| OnDisk::new("varied", files(varied().minified().built())));

/// A page with nothing on it, in which others can be opened.
pub static EMPTY: LazyLock<OnDisk> =
    LazyLock::new(|| OnDisk::new("empty", [("empty.html".to_owned(), b"<!doctype html>".to_vec())].into()));
