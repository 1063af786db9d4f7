//! The graph of the last build, taken over where nothing that it is made of changed: after an edit inside a text, of a
//! template or of a copied file.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::{Build, Parsed, Wish};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::import::is_record;
use crate::inputs::{File, Inputs, Layout};
use crate::paths::SourcePath;
use crate::site::{self, Material, Site};
use crate::source::Hash;
use crate::theme::Theme;

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

/// All that the graph is made of.
pub(super) fn material<'m>(
    inputs: &'m Inputs,
    config: &Arc<Config>,
    theme: &Theme,
    documents: &HashMap<SourcePath, Parsed>,
    wish: &Wish,
) -> Material<'m> {
    let layout = &inputs.layout;
    let mut material = Material {
        config: config.clone(),
        documents: vec![],
        colocated: vec![],
        static_files: vec![],
        theme_files: theme.assets.keys().cloned().collect(),
        today: inputs.today,
        changed: &inputs.changed,
        drafts: wish.drafts,
    };
    for (path, file) in &inputs.files {
        let inside = layout.in_content(path).map(str::to_owned);
        match (file, inside, layout.in_static(path)) {
            (File::Text(_), Some(inside), _) => {
                if let Some(parsed) = documents.get(path) {
                    material.documents.push((inside, parsed.document.clone()));
                }
            }
            (File::Asset(_), _, Some(inside)) => material.static_files.push((inside.to_owned(), path.clone())),
            (File::Asset(_), Some(_), None) if is_record(path, |other| inputs.files.contains_key(other)) => {}
            (File::Asset(_), Some(inside), None) => material.colocated.push((inside, path.clone())),
            _ => {}
        }
    }
    material
}
