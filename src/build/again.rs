//! The graph of the last build, taken over where nothing that it is made of changed: after an edit inside a text, of a
//! template or of a copied file.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::{Build, Parsed};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::inputs::{Inputs, Layout};
use crate::paths::SourcePath;
use crate::site::{self, Material, Site};
use crate::source::Hash;

/// What was complained of when the graph was made, and all that it is made of beside documents.
#[derive(Clone)]
pub(super) struct Resolved {
    pub diagnostics: Arc<[Diagnostic]>,
    frame: Arc<Frame>,
}

/// What the graph is made of beside documents.
#[derive(PartialEq)]
struct Frame {
    config: Hash,
    base_url: Option<String>,
    layout: Layout,
    colocated: Vec<(String, SourcePath)>,
    static_files: Vec<(String, SourcePath)>,
    theme_files: Vec<String>,
    today: Date,
    changed: BTreeMap<SourcePath, Date>,
    drafts: bool,
}

/// The graph, resolved anew unless that of `previous` would come of it.
pub(super) fn resolved(
    inputs: &Inputs,
    material: &Material<'_>,
    documents: &HashMap<SourcePath, Parsed>,
    previous: Option<&Build>,
) -> (Site, Resolved) {
    let frame = Frame {
        config: inputs.config().hash(),
        base_url: material.config.base_url.clone(),
        layout: inputs.layout.clone(),
        colocated: material.colocated.clone(),
        static_files: material.static_files.clone(),
        theme_files: material.theme_files.clone(),
        today: material.today,
        changed: inputs.changed.clone(),
        drafts: material.drafts,
    };
    let known = previous.filter(|previous| *previous.resolved.frame == frame);
    if let Some(known) = known
        && let Some(newer) = newer(known, documents)
    {
        return (known.site.with_documents(&newer), known.resolved.clone());
    }
    let mut diagnostics = vec![];
    let site = site::resolve(material, &mut diagnostics);
    (site, Resolved { diagnostics: diagnostics.into(), frame: Arc::new(frame) })
}

/// The documents that are others than in `previous`; none if the graph sees a difference.
fn newer(previous: &Build, documents: &HashMap<SourcePath, Parsed>) -> Option<HashMap<SourcePath, Arc<Document>>> {
    let mut newer = HashMap::new();
    for (path, parsed) in documents {
        let before = &previous.documents.get(path)?.document;
        if Arc::ptr_eq(before, &parsed.document) {
            continue;
        }
        // What was complained of stands somewhere in a text, and may have moved in it.
        let in_it = |complaint: &Diagnostic| {
            complaint.place.path == *path || complaint.related.iter().any(|(place, _)| place.path == *path)
        };
        if !before.has_face_of(&parsed.document) || previous.resolved.diagnostics.iter().any(in_it) {
            return None;
        }
        newer.insert(path.clone(), parsed.document.clone());
    }
    (documents.len() == previous.documents.len()).then_some(newer)
}
