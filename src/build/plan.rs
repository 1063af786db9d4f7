//! What files there will be, and where the bytes of each come from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Content;
use super::again::Same;
use super::files::Files;
use super::pictures::Pictures;
use crate::diagnostic::{Code, Diagnostic, Place};
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

/// The files of the output, and what was complained of when they were planned.
pub(super) struct Planned {
    pub outputs: Arc<BTreeMap<OutputPath, Content>>,
    pub complaints: Arc<[Diagnostic]>,
}

/// Every file of the output and what it is made of; two that want to be one are complained about. `known` is what was
/// complained about before. Those of the last build are taken over where the same come of it.
pub(super) fn outputs(
    files: &Files<'_>,
    site: &Site,
    search: Option<&Searching>,
    theme: &Theme,
    pictures: &Arc<Pictures>,
    known: &[Diagnostic],
    same: Option<Same<'_>>,
) -> Planned {
    let unaltered = |same: &Same<'_>| {
        let before = same.previous;
        Arc::ptr_eq(&before.pictures, pictures)
            && same.has_assets(files)
            && theme.assets.iter().map(|(name, asset)| (name, &asset.hash)).eq(&before.theme_files)
            && match (search, &before.search) {
                (Some(one), Some(other)) => one.plan.files().eq(other.plan.files()),
                (one, other) => one.is_none() && other.is_none(),
            }
    };
    if let Some(Same { previous, .. }) = same.filter(unaltered) {
        return Planned { outputs: previous.outputs.clone(), complaints: previous.planned.clone() };
    }
    let mut complaints = vec![];
    let mut outputs: BTreeMap<OutputPath, Content> = BTreeMap::new();
    // Pages, aliases and files were compared when they got their URLs; what is made beside them is compared here.
    let already = known.iter().any(|diagnostic| diagnostic.code == Code::UrlCollision);
    let mut take = |output: &OutputPath, content: Content| {
        if let Some(first) = outputs.insert(output.clone(), content.clone())
            && !already
        {
            complaints.push(collision(site, output, &first, &content));
        }
    };
    for (output, recipe) in make::plan(site, search) {
        take(&output, Content::Made(recipe));
    }
    for (source, output) in site.files.iter() {
        if let Some(asset) = files.assets.get(source) {
            take(output, Content::Copied((*asset).clone()));
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
    Planned { outputs: Arc::new(outputs), complaints: complaints.into() }
}

fn collision(site: &Site, output: &OutputPath, first: &Content, content: &Content) -> Diagnostic {
    let ((what, place), (first, first_place)) = (told(site, output, content), told(site, output, first));
    let (at, other) = if place == site.config.place { (first_place, place) } else { (place, first_place) };
    Diagnostic::error(Code::UrlCollision, at, format!("{what} and {first} both make `{output}`"))
        .also(other, "the other one")
        .hint("rename one, or give it another `slug:` or `path:`")
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
