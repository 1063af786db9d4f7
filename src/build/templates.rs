//! Templates made ready once, and taken over by later builds that have the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Build;
use crate::diagnostic::Diagnostic;
use crate::make;
use crate::render::{Globals, Templates};
use crate::site::Site;
use crate::source::Hash;
use crate::theme::Theme;

/// The templates; those of `previous` if they are made of the same texts and values.
pub(super) fn ready(
    site: &Site,
    theme: &Theme,
    interface: &[BTreeMap<String, String>],
    previous: Option<&Build>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Hash, Arc<Templates>)> {
    let globals = |(at, ui): (usize, &BTreeMap<String, String>)| {
        (Globals { site: make::site_view(site, at), ui: ui.clone() }, site.config.languages[at].tag.as_str())
    };
    let languages: Vec<_> = interface.iter().enumerate().map(globals).collect();
    let texts: Vec<_> =
        theme.templates.iter().map(|(name, source)| (name, source.path(), source.hash().hex())).collect();
    let key = serde_json::to_vec(&(texts, &theme.prefixes, &languages)).ok().map(|made_of| Hash::of(&made_of));
    let known = previous.and_then(|previous| previous.templates.as_ref());
    if let Some(known) = known.filter(|(known, _)| Some(*known) == key) {
        return Some(known.clone());
    }
    match Templates::new(theme, &languages) {
        Ok(templates) => key.map(|key| (key, Arc::new(templates))),
        Err(complaints) => {
            diagnostics.extend(complaints);
            None
        }
    }
}
