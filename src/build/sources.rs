//! The texts of a site that complaints are shown with.

use std::collections::HashMap;

use super::documents::Documents;
use super::files::Files;
use crate::inputs::Inputs;
use crate::paths::SourcePath;
use crate::source::Source;
use crate::theme::Theme;

/// Every text that a diagnostic can point into and that is no document: the site's own, and the theme's in the binary.
pub(super) fn of(
    inputs: &Inputs,
    files: &Files<'_>,
    documents: &Documents,
    theme: &Theme,
) -> (HashMap<SourcePath, Source>, HashMap<SourcePath, Source>) {
    let own = files.texts.iter().map(|source| (source.path().clone(), (*source).clone()));
    let embedded = theme.templates.iter().map(|(_, source)| (source.path().clone(), source.clone()));
    let embedded = embedded.filter(|(path, _)| !inputs.files.contains_key(path)).collect();
    let broken = inputs.broken.iter().map(|(path, source)| (path.clone(), source.clone()));
    let unread = documents.unread.iter().filter_map(|unread| unread.shown.as_ref());
    let unread = unread.map(|source| (source.path().clone(), source.clone()));
    (own.chain(broken).chain(unread).collect(), embedded)
}
