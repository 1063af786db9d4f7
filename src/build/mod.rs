//! `build()`: from a snapshot of inputs to everything that can be written. The only home of the parallel maps.

mod again;
mod documents;
mod files;
mod includes;
mod making;
mod pictures;
mod plan;
mod portion;
mod search;
mod sources;
mod templates;
mod timings;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use crate::config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::inputs::{Asset, Inputs};
use crate::make::search::Searching;
use crate::make::{self, Recipe};
use crate::markdown::{Body, Options};
use crate::paths::{OutputPath, SourcePath};
use crate::render::Templates;
use crate::search::Index;
use crate::site::Site;
use crate::source::{Hash, Source};
use crate::theme;
use again::{Checked, Resolved};
use documents::Documents;
use files::Files;
use includes::Includes;
pub use includes::place_of_include;

use pictures::Pictures;
pub use pictures::Scaled;
pub use timings::{Cost, Steps};

/// Where the bytes of one file of the output come from.
#[derive(Debug, Clone)]
pub enum Content {
    /// They are made.
    Made(Recipe),
    /// They are at hand.
    Ready(Arc<[u8]>),
    /// They are copied.
    Copied(Asset),
    /// They are a picture made smaller; the name tells it from every other one.
    Scaled(Arc<Scaled>),
}

/// A site that has been understood. Making its files is left to whoever wants them.
pub struct Build {
    /// The graph.
    pub site: Site,
    /// Every file of the output, in order of path.
    pub outputs: Arc<BTreeMap<OutputPath, Content>>,
    /// What there is to complain about, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// How long each step took.
    pub steps: Steps,
    resolved: Resolved,
    /// What was complained of when the files of the output were planned.
    planned: Arc<[Diagnostic]>,
    /// Every file that is copied.
    copied: Vec<(SourcePath, Asset)>,
    documents: Documents,
    sources: HashMap<SourcePath, Source>,
    embedded: HashMap<SourcePath, Source>,
    /// With a hash of all that they are made of.
    templates: Option<(Hash, Arc<Templates>)>,
    interface: Vec<BTreeMap<String, String>>,
    assets: make::Assets,
    theme_files: BTreeMap<String, Hash>,
    includes: Includes,
    checked: Checked,
    pictures: Arc<Pictures>,
    glossaries: Arc<[make::Glossary]>,
    search: Option<Searching>,
    /// Made when the first of its files is asked for.
    index: OnceLock<Index>,
    lists: make::Lists,
}

/// What is asked of a build beside its inputs.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Drafts are shown.
    pub drafts: bool,
    /// The address of the site, in place of the configured one.
    pub base_url: Option<String>,
    /// HTML is left as the templates make it.
    pub plain_html: bool,
    /// Whether there are print pages, in place of what is configured.
    pub print: Option<bool>,
}

/// Understands a site: parses every document that `previous` does not have, resolves the graph, plans the outputs.
pub fn build(inputs: &Inputs, wish: &Wish, previous: Option<&Build>) -> Build {
    let mut steps = Steps::start();
    let mut diagnostics = inputs.diagnostics.clone();
    let mut config = config::read(&inputs.config()).collect(&mut diagnostics);
    config.layout = inputs.layout.clone();
    if let Some(base) = &wish.base_url {
        config.base_url = Some(format!("{}/", base.trim_end_matches('/'))).filter(|base| base != "/");
    }
    config.minify_html &= !wish.plain_html;
    config.generate_print = wish.print.unwrap_or(config.generate_print);
    let options = Options { trust: config.trust, smart_punctuation: config.smart_punctuation, ..Options::default() };
    let files = Files::of(inputs);
    // A Markdown copy shows the text itself.
    let (documents, newer) = documents::read(&files, &options, config.generate_llms, previous);
    diagnostics.extend(documents.unread.iter().map(|unread| unread.diagnostic.clone()));
    diagnostics.extend(documents.all.values().flat_map(|parsed| parsed.diagnostics.iter().cloned()));
    steps.done("parse");
    let includes = included(inputs, &documents, &mut diagnostics);
    let theme = theme::load(&config, inputs).collect(&mut diagnostics);
    steps.done("theme");
    let config = Arc::new(config);
    let (site, resolved, same) =
        again::resolved(inputs, &files, (&config, &theme, wish), (&documents, &newer), previous);
    diagnostics.extend(resolved.diagnostics.iter().cloned());
    steps.done("resolve");
    let interface: Vec<_> = (0..config.languages.len()).map(|at| theme.interface(&config, at)).collect();
    let templates = templates::ready(&site, &theme, &interface, previous, &mut diagnostics);
    let checked = Checked::of(&site, &theme, templates.as_ref(), same);
    diagnostics.extend(checked.diagnostics().cloned());
    steps.done("templates");
    let glossaries = again::glossaries(&site, same);
    let pictures = pictures::look(inputs, &site, previous.map(|previous| &previous.pictures), same);
    diagnostics.extend(pictures.complaints.iter().cloned());
    let search = Searching::of(&site, previous.and_then(|previous| Some((&previous.site, previous.search.as_ref()?))));
    let planned = plan::outputs(&files, &site, search.as_ref(), &theme, &pictures, &diagnostics, same);
    diagnostics.extend(planned.complaints.iter().cloned());
    diagnostics.sort_by(|one, other| {
        (&one.place, one.severity, one.code, &one.message).cmp(&(
            &other.place,
            other.severity,
            other.code,
            &other.message,
        ))
    });
    diagnostics.dedup();
    let (sources, embedded) = sources::of(inputs, &files, &documents, &theme);
    let paths = theme.assets.iter().map(|(name, asset)| (name.clone(), plan::asset_url(name, asset.hash)));
    let assets = make::Assets::new(paths.collect());
    let theme_files = theme.assets.iter().map(|(name, asset)| (name.clone(), asset.hash)).collect();
    steps.done("plan");
    Build {
        site,
        resolved,
        outputs: planned.outputs,
        planned: planned.complaints,
        copied: files.assets.iter().map(|(path, asset)| ((*path).clone(), (*asset).clone())).collect(),
        diagnostics,
        steps,
        documents,
        sources,
        embedded,
        templates,
        interface,
        assets,
        theme_files,
        includes,
        checked,
        pictures,
        glossaries,
        search,
        index: OnceLock::new(),
        lists: make::Lists::default(),
    }
}

impl Build {
    /// Whether something is wrong that must not be written.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The blocks of code that a file includes, in order.
    pub fn included(&self, path: &SourcePath) -> &[Body] {
        self.includes.get(path).map_or(&[], Vec::as_slice)
    }

    /// The text of a file of the site, for showing a diagnostic.
    pub fn source(&self, path: &SourcePath) -> Option<Source> {
        let document = || self.documents.all.get(path).map(|parsed| &parsed.document.source);
        self.sources.get(path).or_else(document).or_else(|| self.embedded.get(path)).cloned()
    }

    /// Whether a file is one of the theme in the binary, which is on no disk.
    pub fn is_embedded(&self, path: &SourcePath) -> bool {
        self.embedded.contains_key(path)
    }

    /// The words of the interface in a language, by key.
    pub fn interface(&self, language: usize) -> &BTreeMap<String, String> {
        &self.interface[language]
    }

    /// The title of the site in a language.
    pub fn title(&self, language: usize) -> String {
        make::site_title(&self.site, language).to_owned()
    }

    /// The file of the output that a file of the site is copied to.
    pub fn copy_of(&self, path: &SourcePath) -> Option<&OutputPath> {
        self.site.files.iter().find(|(source, _)| source == path).map(|(_, output)| output)
    }
}

/// What every document includes: files can change without the documents.
fn included(inputs: &Inputs, documents: &Documents, diagnostics: &mut Vec<Diagnostic>) -> Includes {
    let with = documents.all.iter().filter(|(_, parsed)| parsed.includes_code);
    with.map(|(path, parsed)| (path.clone(), includes::of_document(inputs, &parsed.document, diagnostics))).collect()
}
