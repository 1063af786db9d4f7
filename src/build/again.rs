//! What is taken over from the last build: after an edit inside a text, of a template or of a copied file, the graph sees
//! no difference, and what is made of the graph need not be made again.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::documents::{Documents, Newer};
use super::files::Files;
use super::{Build, Wish};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Document;
use crate::inputs::{Inputs, Layout};
use crate::make;
use crate::paths::SourcePath;
use crate::render::Templates;
use crate::site::{self, Material, Page, Site};
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
    changed: Arc<BTreeMap<SourcePath, Date>>,
    drafts: bool,
}

/// The last build, whose graph is the same but for the texts of some documents.
#[derive(Clone, Copy)]
pub(super) struct Same<'p> {
    pub previous: &'p Build,
    /// The documents whose texts are others.
    pub newer: &'p HashMap<SourcePath, Arc<Document>>,
}

/// The graph, resolved anew unless that of `previous` would come of it.
pub(super) fn resolved<'p>(
    inputs: &Inputs,
    files: &Files<'_>,
    (config, theme, wish): (&Arc<Config>, &Theme, &Wish),
    (documents, newer): (&Documents, &'p Newer),
    previous: Option<&'p Build>,
) -> (Site, Resolved, Option<Same<'p>>) {
    let frame = Frame {
        config: inputs.config().hash(),
        base_url: config.base_url.clone(),
        layout: inputs.layout.clone(),
        colocated: files.colocated.clone(),
        static_files: files.static_files.clone(),
        theme_files: theme.assets.keys().cloned().collect(),
        today: inputs.today,
        changed: inputs.changed.clone(),
        drafts: wish.drafts,
    };
    let same = previous.zip(newer.as_ref()).map(|(previous, newer)| Same { previous, newer });
    if let Some((same, site)) = same.and_then(|same| Some((same, same.graph(&frame)?))) {
        return (site, same.previous.resolved.clone(), Some(same));
    }
    let material = Material {
        config: config.clone(),
        documents: documents.of(files),
        colocated: files.colocated.clone(),
        static_files: files.static_files.clone(),
        theme_files: frame.theme_files.clone(),
        today: inputs.today,
        changed: &inputs.changed,
        drafts: wish.drafts,
    };
    let mut diagnostics = vec![];
    let site = site::resolve(&material, &mut diagnostics);
    (site, Resolved { diagnostics: diagnostics.into(), frame: Arc::new(frame) }, None)
}

impl<'p> Same<'p> {
    /// The graph of the last build with newer documents; none if it sees a difference.
    fn graph(&self, frame: &Frame) -> Option<Site> {
        let known = &self.previous.resolved;
        if *known.frame != *frame {
            return None;
        }
        let pair = |(path, document): (&SourcePath, &'p Arc<Document>)| {
            self.previous.documents.all.get(path).map(|before| (&before.document, document))
        };
        let pairs = self.newer.iter().map(pair).collect::<Option<Vec<_>>>()?;
        let is_same = |(before, document): &(&Arc<Document>, &Arc<Document>)| before.has_face_of(document);
        if pairs.iter().all(is_same) {
            // What was complained of stands somewhere in a text, and may have moved in it.
            let in_it = |place: &Place| self.newer.contains_key(&place.path);
            let moved = known
                .diagnostics
                .iter()
                .any(|complaint| in_it(&complaint.place) || complaint.related.iter().any(|(place, _)| in_it(place)));
            return (!moved).then(|| self.previous.site.with_documents(self.newer));
        }
        // What was complained of may have been said with titles.
        let renamed = known.diagnostics.is_empty()
            && pairs.iter().all(|pair| is_same(pair) || pair.0.has_face_but_title_of(pair.1));
        if renamed { self.previous.site.retitled(self.newer) } else { None }
    }

    /// Whether the same files are copied.
    pub fn has_assets(&self, files: &Files<'_>) -> bool {
        let known = &self.previous.copied;
        known.len() == files.assets.len()
            && known.iter().zip(&files.assets).all(|(one, (path, other))| one.0 == **path && one.1.is(other))
    }
}

/// What there is to complain of where pages and templates meet.
#[derive(Clone)]
pub(super) struct Checked {
    /// In front matter, which the graph sees.
    templates: Arc<[Diagnostic]>,
    /// In texts.
    components: Arc<[Diagnostic]>,
}

impl Checked {
    /// Looks at every page, or with the same graph and templates as before at those with other texts.
    pub fn of(site: &Site, theme: &Theme, templates: Option<&(Hash, Arc<Templates>)>, same: Option<Same<'_>>) -> Self {
        let hash = |templates: &(Hash, Arc<Templates>)| templates.0;
        let same = same.filter(|same| same.previous.templates.as_ref().map(hash) == templates.map(hash));
        let components = |pages: &mut dyn Iterator<Item = &Page>| {
            templates.map_or(vec![], |(_, templates)| make::check_components(pages, templates))
        };
        let Some(Same { previous, newer }) = same else {
            let pages = &mut site.pages.iter().map(|page| &**page);
            let complaints = make::check_templates(site, &theme.page_templates());
            return Self { templates: complaints.into(), components: components(pages).into() };
        };
        let known = &previous.checked;
        let kept = known.components.iter().filter(|complaint| !newer.contains_key(&complaint.place.path)).cloned();
        let again = components(&mut newer.keys().flat_map(|path| site.pages_of(path)));
        Self { templates: known.templates.clone(), components: kept.chain(again).collect() }
    }

    /// All of it.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.templates.iter().chain(self.components.iter())
    }
}

/// The terms that each language explains.
pub(super) fn glossaries(site: &Site, same: Option<Same<'_>>) -> Arc<[make::Glossary]> {
    let explains = |page: &Page| page.front.glossary == Some(true);
    match same {
        Some(Same { previous, newer }) if !newer.keys().flat_map(|path| site.pages_of(path)).any(explains) => {
            previous.glossaries.clone()
        }
        _ => (0..site.config.languages.len()).map(|at| make::Glossary::new(site, at)).collect(),
    }
}
