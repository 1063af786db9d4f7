//! How large the pictures of the site are, so that pages do not jump while they load.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use crate::inputs::{File, Inputs};
use crate::markdown::LinkKind;
use crate::paths::{OutputPath, SourcePath};
use crate::site::{Site, Target};

/// How large each picture is that a page shows.
pub(super) fn sizes(inputs: &Inputs, site: &Site) -> BTreeMap<OutputPath, (u32, u32)> {
    let mut shown = HashSet::new();
    for page in &site.pages {
        let Some(document) = &page.document else { continue };
        for (link, target) in document.body.links.iter().zip(&page.links) {
            if let (LinkKind::Image | LinkKind::WikiEmbed, Target::File(output)) = (link.kind, target) {
                shown.insert(output);
            }
        }
    }
    let files: Vec<_> = site.files.iter().filter(|(_, output)| shown.contains(output)).collect();
    let size = |(source, output): &(SourcePath, OutputPath)| match inputs.files.get(source) {
        Some(File::Asset(asset)) => Some((output.clone(), asset.dimensions(&source.extension())?)),
        _ => None,
    };
    files.into_par_iter().filter_map(size).collect()
}
