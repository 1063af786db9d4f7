//! What pages of one file share: each picture, style and script is in it once.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::super::{Files, media_type, target, text};
use crate::paths::OutputPath;
use crate::sha256;

/// A script, as it is run each time a page with it is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Script {
    pub attributes: BTreeMap<String, String>,
    pub text: String,
}

/// A style sheet with the media it is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sheet {
    pub media: String,
    pub text: String,
}

/// Everything that is stored beside the pages.
pub(super) struct Store<'f> {
    pub files: &'f Files,
    /// Stored files, in the order of their keys.
    pub kept: Vec<OutputPath>,
    pub scripts: Vec<Script>,
    pub sheets: Vec<Sheet>,
    /// Styles in the text of pages; they are allowed by their hash.
    pub styles: BTreeSet<String>,
    /// Handlers in attributes; they are allowed by their hash.
    pub handlers: BTreeSet<String>,
    /// References to other addresses that would have to be fetched.
    pub left_out: BTreeSet<String>,
    keys: BTreeMap<OutputPath, usize>,
    script_keys: BTreeMap<Script, usize>,
    sheet_keys: BTreeMap<Sheet, usize>,
}

impl<'f> Store<'f> {
    pub fn new(files: &'f Files) -> Self {
        Self {
            files,
            kept: vec![],
            scripts: vec![],
            sheets: vec![],
            styles: BTreeSet::new(),
            handlers: BTreeSet::new(),
            left_out: BTreeSet::new(),
            keys: BTreeMap::new(),
            script_keys: BTreeMap::new(),
            sheet_keys: BTreeMap::new(),
        }
    }

    /// The key of the file that a reference leads to; none if it leads to no file of the site.
    pub fn file(&mut self, from: &OutputPath, reference: &str) -> Option<usize> {
        let (path, _) = target(from, reference)?;
        if !self.files.contains_key(&path) {
            return None;
        }
        let next = self.kept.len();
        let key = *self.keys.entry(path.clone()).or_insert(next);
        if key == next {
            self.kept.push(path);
        }
        Some(key)
    }

    /// The key of a script.
    pub fn script(&mut self, script: Script) -> usize {
        let next = self.scripts.len();
        let key = *self.script_keys.entry(script.clone()).or_insert(next);
        if key == next {
            self.scripts.push(script);
        }
        key
    }

    /// The key of a style sheet that stands at `from`; files that it names become a part of it.
    pub fn sheet(&mut self, from: &OutputPath, media: &str, css: &str) -> usize {
        let text = inlined(self.files, from, css).replace("</", "<\\/");
        let sheet = Sheet { media: media.to_owned(), text };
        let next = self.sheets.len();
        let key = *self.sheet_keys.entry(sheet.clone()).or_insert(next);
        if key == next {
            self.sheets.push(sheet);
        }
        key
    }

    /// The text of a file of the site.
    pub fn text(&self, from: &OutputPath, reference: &str) -> Option<(OutputPath, String)> {
        let (path, _) = target(from, reference)?;
        let bytes = self.files.get(&path)?;
        Some((path, text(bytes)))
    }
}

/// CSS whose files are in it as `data:` addresses.
fn inlined(files: &Files, from: &OutputPath, css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("url(") {
        let (before, behind) = rest.split_at(at + 4);
        out.push_str(before);
        let end = behind.find(')').unwrap_or(behind.len());
        let written = behind[..end].trim().trim_matches(['"', '\'']);
        match target(from, written).and_then(|(path, _)| Some((data_url(&path, files.get(&path)?), ()))) {
            Some((url, ())) => out.push_str(&url),
            None => out.push_str(&behind[..end]),
        }
        rest = &behind[end..];
    }
    out.push_str(rest);
    out
}

/// A file as an address that holds it (RFC 2397).
pub(super) fn data_url(path: &OutputPath, bytes: &[u8]) -> String {
    format!("data:{};base64,{}", media_type(path), STANDARD.encode(bytes))
}

/// Bytes in base64.
pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// How a policy names an inline script or style (CSP 3, section 6.7.2): by its hash.
pub(super) fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(sha256::digest(text.as_bytes())))
}
