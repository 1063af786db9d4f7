//! What files there will be, and where the bytes of each come from.

use std::collections::{BTreeMap, HashMap};

use super::Content;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::inputs::{File, Inputs};
use crate::make;
use crate::make::search::Searching;
use crate::paths::OutputPath;
use crate::site::Site;
use crate::source::Hash;
use crate::theme::Theme;

/// The address of a theme's file from the top of the output: with its hash, so that a changed one is never taken from a
/// browser's cache.
pub(super) fn asset_url(name: &str, hash: Hash) -> String {
    format!("assets/{name}?v={}", &hash.hex()[..8])
}

/// Every file of the output and what it is made of; two that want to be one are complained about.
pub(super) fn outputs(
    inputs: &Inputs,
    site: &Site,
    search: Option<&Searching>,
    theme: &Theme,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<OutputPath, Content> {
    let mut outputs: BTreeMap<OutputPath, Content> = BTreeMap::new();
    // Pages, aliases and files were compared when they got their URLs; what is made beside them is compared here.
    let mut told: HashMap<OutputPath, (String, Place)> = HashMap::new();
    let already = diagnostics.iter().any(|diagnostic| diagnostic.code == Code::UrlCollision);
    let mut take = |output: &OutputPath, what: String, place: Place| {
        if let Some((first, first_place)) = told.insert(output.clone(), (what.clone(), place.clone()))
            && !already
        {
            let (at, other) = if place == site.config.place { (first_place, place) } else { (place, first_place) };
            diagnostics.push(
                Diagnostic::error(Code::UrlCollision, at, format!("{what} and {first} both make `{output}`"))
                    .also(other, "the other one")
                    .hint("rename one, or give it another `slug:` or `path:`"),
            );
        }
    };
    for (output, recipe) in make::plan(site, search) {
        let (what, place) = make::told(site, &recipe);
        take(&output, what, place);
        outputs.insert(output, Content::Made(recipe));
    }
    for (source, output) in &site.files {
        if let Some(File::Asset(asset)) = inputs.files.get(source) {
            take(output, format!("`{source}`"), Place::file(source));
            outputs.insert(output.clone(), Content::Copied(asset.clone()));
        }
    }
    for (name, asset) in &theme.assets {
        if let Ok(output) = OutputPath::new(&format!("assets/{name}")) {
            outputs.insert(output, Content::Ready(asset.bytes.clone()));
        }
    }
    outputs
}
