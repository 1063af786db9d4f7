//! What files there will be, and where the bytes of each come from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Content;
use super::pictures::Pictures;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::inputs::{File, Inputs};
use crate::make;
use crate::make::search::Searching;
use crate::paths::{OutputPath, SourcePath};
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
    pictures: &Pictures,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<OutputPath, Content> {
    let mut outputs: BTreeMap<OutputPath, Content> = BTreeMap::new();
    // Pages, aliases and files were compared when they got their URLs; what is made beside them is compared here.
    let already = diagnostics.iter().any(|diagnostic| diagnostic.code == Code::UrlCollision);
    let mut take = |output: &OutputPath, content: Content| {
        if let Some(first) = outputs.insert(output.clone(), content.clone())
            && !already
        {
            let ((what, place), (first, first_place)) = (told(site, output, &content), told(site, output, &first));
            let (at, other) = if place == site.config.place { (first_place, place) } else { (place, first_place) };
            diagnostics.push(
                Diagnostic::error(Code::UrlCollision, at, format!("{what} and {first} both make `{output}`"))
                    .also(other, "the other one")
                    .hint("rename one, or give it another `slug:` or `path:`"),
            );
        }
    };
    for (output, recipe) in make::plan(site, search) {
        take(&output, Content::Made(recipe));
    }
    for (source, output) in site.files.iter() {
        if let Some(File::Asset(asset)) = inputs.files.get(source) {
            take(output, Content::Copied(asset.clone()));
        }
    }
    for (output, scaled) in &pictures.scaled {
        outputs.entry(output.clone()).or_insert_with(|| Content::Scaled(Arc::new(scaled.clone())));
    }
    for (name, asset) in &theme.assets {
        if let Ok(output) = OutputPath::new(&format!("assets/{name}")) {
            outputs.insert(output, Content::Ready(asset.bytes.clone()));
        }
    }
    outputs
}

/// What makes a file, in words for a complaint, and where it comes from.
fn told(site: &Site, output: &OutputPath, content: &Content) -> (String, Place) {
    match content {
        Content::Made(recipe) => make::told(site, recipe),
        Content::Copied(_) | Content::Ready(_) | Content::Scaled(_) => {
            let source = site.files.iter().find(|(_, own)| own == output).map(|(source, _)| source);
            let told = |source: &SourcePath| (format!("`{source}`"), Place::file(source));
            source.map_or_else(|| (format!("`{output}`"), site.config.place.clone()), told)
        }
    }
}
