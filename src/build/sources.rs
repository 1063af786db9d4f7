//! The texts of a site that complaints are shown with.

use std::collections::HashMap;

use super::Parsed;
use crate::inputs::{File, Inputs};
use crate::paths::SourcePath;
use crate::source::Source;
use crate::theme::Theme;

/// Every text that a diagnostic can point into and that is no document: the site's own, and the theme's in the binary.
pub(super) fn of(
    inputs: &Inputs,
    theme: &Theme,
    documents: &HashMap<SourcePath, Parsed>,
) -> (HashMap<SourcePath, Source>, HashMap<SourcePath, Source>) {
    let own = |(path, file): (&SourcePath, &File)| match file {
        File::Text(source) if !documents.contains_key(path) => Some((path.clone(), source.clone())),
        _ => None,
    };
    let embedded = theme.templates.iter().map(|(_, source)| (source.path().clone(), source.clone()));
    let embedded = embedded.filter(|(path, _)| !inputs.files.contains_key(path)).collect();
    let broken = inputs.broken.iter().map(|(path, source)| (path.clone(), source.clone()));
    (inputs.files.iter().filter_map(own).chain(broken).collect(), embedded)
}
