//! The theme's files as pages lead to them; pages at one depth share the addresses.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::render::Shared;

/// The names of the theme's files, and their paths from the top of the output with a hash.
#[derive(Debug, Default)]
pub struct Assets {
    paths: BTreeMap<String, String>,
    /// The addresses by the way to the top.
    seen: Mutex<BTreeMap<String, Shared>>,
}

impl Assets {
    /// The files with these paths.
    pub fn new(paths: BTreeMap<String, String>) -> Self {
        Self { paths, seen: Mutex::default() }
    }

    /// The path of a file from the top of the output.
    pub fn path(&self, name: &str) -> Option<&String> {
        self.paths.get(name)
    }

    /// The addresses of all files for a page from which `root` leads to the top.
    pub(super) fn seen_from(&self, root: &str) -> Shared {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = seen.get(root) {
            return known.clone();
        }
        let all: BTreeMap<&String, String> =
            self.paths.iter().map(|(name, path)| (name, format!("{root}{path}"))).collect();
        let shared = Shared::of(&all);
        seen.insert(root.to_owned(), shared.clone());
        shared
    }
}
