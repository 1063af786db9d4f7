//! `build()`: from a snapshot of inputs to everything that can be written. The only home of the parallel maps.

mod again;
mod includes;
mod pictures;
mod plan;
mod portion;
mod search;
mod templates;
mod timings;

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config;
use crate::diagnostic::{Code, Diagnosed, Diagnostic, Place, Severity};
use crate::document::{self, Document};
use crate::inputs::{Asset, File, Inputs};
use crate::make::search::Searching;
use crate::make::{self, Before, Fresh, Making, Recipe};
use crate::markdown::Options;
use crate::paths::{OutputPath, SourcePath};
use crate::render::Templates;
use crate::search::{File as SearchFile, Index};
use crate::site::Site;
use crate::source::{Hash, Source};
use crate::theme::{self, Theme};
use again::Resolved;
use includes::Includes;

use pictures::Pictures;
pub use pictures::Scaled;
use timings::timed;
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
    pub outputs: BTreeMap<OutputPath, Content>,
    /// What there is to complain about, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// How long each step took.
    pub steps: Steps,
    resolved: Resolved,
    documents: HashMap<SourcePath, Parsed>,
    options: Option<Options>,
    sources: HashMap<SourcePath, Source>,
    embedded: HashMap<SourcePath, Source>,
    /// With a hash of all that they are made of.
    templates: Option<(Hash, Arc<Templates>)>,
    interface: Vec<BTreeMap<String, String>>,
    assets: BTreeMap<String, String>,
    includes: Includes,
    pictures: Pictures,
    glossaries: Vec<make::Glossary>,
    search: Option<Searching>,
    /// Made when the first of its files is asked for.
    index: OnceLock<Index>,
}

#[derive(Clone)]
struct Parsed {
    hash: Hash,
    document: Arc<Document>,
    diagnostics: Arc<[Diagnostic]>,
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
    let documents = parse(inputs, &options, previous);
    for parsed in documents.values() {
        diagnostics.extend(parsed.diagnostics.iter().cloned());
    }
    steps.done("parse");
    let includes = included(inputs, &documents, &mut diagnostics);
    let theme = theme::load(&config, inputs).collect(&mut diagnostics);
    steps.done("theme");
    let config = Arc::new(config);
    let material = again::material(inputs, &config, &theme, &documents, wish);
    let (site, resolved) = again::resolved(inputs, &material, &documents, previous);
    diagnostics.extend(resolved.diagnostics.iter().cloned());
    steps.done("resolve");
    let interface: Vec<_> = (0..config.languages.len()).map(|at| theme.interface(&config, at)).collect();
    let templates = templates::ready(&site, &theme, &interface, previous, &mut diagnostics);
    diagnostics.extend(make::check_templates(&site, &theme.page_templates()));
    if let Some((_, templates)) = &templates {
        diagnostics.extend(make::check_components(&site, templates));
    }
    steps.done("templates");
    let glossaries = (0..site.config.languages.len()).map(|at| make::Glossary::new(&site, at)).collect();
    let known = previous.map(|previous| &previous.pictures);
    let pictures = pictures::look(inputs, &site, known, &mut diagnostics);
    let search = Searching::of(&site, previous.and_then(|previous| Some((&previous.site, previous.search.as_ref()?))));
    let outputs = plan::outputs(inputs, &site, search.as_ref(), &theme, &pictures, &mut diagnostics);
    let assets = theme.assets.iter().map(|(name, asset)| (name.clone(), plan::asset_url(name, asset.hash))).collect();
    diagnostics.sort_by(|one, other| {
        (&one.place, one.severity, one.code, &one.message).cmp(&(
            &other.place,
            other.severity,
            other.code,
            &other.message,
        ))
    });
    diagnostics.dedup();
    let (sources, embedded) = sources(inputs, &theme, &documents);
    steps.done("plan");
    Build {
        site,
        resolved,
        outputs,
        diagnostics,
        steps,
        documents,
        options: Some(options),
        sources,
        embedded,
        templates,
        interface,
        assets,
        includes,
        pictures,
        glossaries,
        search,
        index: OnceLock::new(),
    }
}

impl Build {
    /// Whether something is wrong that must not be written.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The text of a file of the site, for showing a diagnostic.
    pub fn source(&self, path: &SourcePath) -> Option<Source> {
        let document = || self.documents.get(path).map(|parsed| &parsed.document.source);
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

    /// The bytes of one file of the output.
    ///
    /// # Errors
    /// A diagnostic when a template fails or a file to copy has gone.
    pub fn make(&self, output: &OutputPath, content: &Content) -> Result<Arc<[u8]>, Box<Diagnostic>> {
        match content {
            Content::Ready(bytes) => Ok(bytes.clone()),
            Content::Copied(asset) => asset.bytes().map_err(|error| {
                let place = self.site.files.iter().find(|(_, own)| own == output);
                let place = place.map_or_else(|| self.site.config.place.clone(), |(source, _)| Place::file(source));
                Box::new(Diagnostic::error(Code::Unreadable, place, format!("cannot be read: {error}")))
            }),
            Content::Made(recipe) => match self.made(output, recipe, Before::Unasked)? {
                Fresh::Made(bytes, _) => Ok(bytes.into()),
                Fresh::Known => unreachable!("nothing was said of an earlier build"),
            },
            Content::Scaled(scaled) => scaled.make().map(|(bytes, _)| bytes.into()),
        }
    }

    /// Makes every file in parallel and gives each to `sink`; returns what went wrong, in order of place.
    ///
    /// # Errors
    /// The first error of `sink`; the other files may have been given to it or not.
    pub fn make_all<E: Send>(
        &self,
        sink: impl Fn(&OutputPath, &[u8]) -> Result<(), E> + Sync,
    ) -> Result<Vec<Diagnostic>, E> {
        let sink = |output: &OutputPath, fresh: Fresh| match fresh {
            Fresh::Made(bytes, _) => sink(output, &bytes),
            Fresh::Known => Ok(()),
        };
        self.make_new(|_, _| Before::Unasked, sink).map(|(troubles, _)| troubles)
    }

    /// As [`Build::make_all`], with what each file cost; a page that is made of what `before` says of it is not made, and
    /// `sink` is told so; of what is kept it hears nothing.
    ///
    /// # Errors
    /// As [`Build::make_all`].
    pub fn make_new<E: Send>(
        &self,
        before: impl Fn(&OutputPath, &Content) -> Before + Sync,
        sink: impl Fn(&OutputPath, Fresh) -> Result<(), E> + Sync,
    ) -> Result<(Vec<Diagnostic>, Vec<Cost>), E> {
        // Made here and not by the first file that needs it: threads that waited for it could not help to make it.
        self.index();
        let all: Vec<_> = self.outputs.iter().collect();
        let done: Result<Vec<(Option<Diagnostic>, Cost)>, E> = all
            .into_par_iter()
            .filter_map(|(output, content)| match before(output, content) {
                Before::Kept => None,
                before => Some((output, content, before)),
            })
            .map(|(output, content, before)| {
                let (made, make) = timed(|| match content {
                    Content::Made(recipe) => self.made(output, recipe, before).map(|fresh| (fresh, None)),
                    Content::Scaled(scaled) => {
                        scaled.make().map(|(bytes, warning)| (Fresh::Made(bytes, None), warning))
                    }
                    _ => self.make(output, content).map(|bytes| (Fresh::Made(bytes.to_vec(), None), None)),
                });
                let (given, give) = timed(|| match made {
                    Ok((fresh, warning)) => sink(output, fresh).map(|()| warning),
                    Err(diagnostic) => Ok(Some(*diagnostic)),
                });
                let cost = Cost { output: output.clone(), template: self.template(content), make, give };
                given.map(|trouble| (trouble, cost))
            })
            .collect();
        let (troubles, costs): (Vec<_>, Vec<_>) = done?.into_iter().unzip();
        let mut troubles: Vec<Diagnostic> = troubles.into_iter().flatten().collect();
        troubles.sort_by(|one, other| (&one.place, &one.message).cmp(&(&other.place, &other.message)));
        // A template that fails fails for every page: its place says it once, the pages are named beside it.
        troubles.dedup_by(|second, first| second.place == first.place && second.message == first.message);
        Ok((troubles, costs))
    }

    /// The search index; none if the site has no search.
    fn index(&self) -> Option<&Index> {
        self.search.as_ref().map(|searching| self.index.get_or_init(|| search::index(&self.site, searching)))
    }

    /// The template that a file is made with.
    fn template(&self, content: &Content) -> Option<String> {
        match content {
            Content::Made(Recipe::Page { id, .. }) => Some(make::template_name(self.site.page(*id))),
            _ => None,
        }
    }

    fn making<'b>(&'b self, index: Option<&'b Index>) -> Option<Making<'b>> {
        let (made_of, templates) = self.templates.as_ref()?;
        Some(Making {
            site: &self.site,
            templates,
            made_of: *made_of,
            interface: &self.interface,
            assets: &self.assets,
            included_code: &self.includes,
            pictures: &self.pictures.shown,
            glossaries: &self.glossaries,
            search: self.search.as_ref(),
            index,
            minify: self.site.config.minify_html,
        })
    }

    /// A bug in making one page becomes a complaint about that page, and the others are made.
    fn made(&self, output: &OutputPath, recipe: &Recipe, before: Before) -> Result<Fresh, Box<Diagnostic>> {
        let place = match recipe {
            Recipe::Page { id, .. } | Recipe::Feed { id } | Recipe::Print { id } | Recipe::Markdown { id } => {
                self.site.page(*id).place(&self.site.config.place)
            }
            _ => self.site.config.place.clone(),
        };
        let internal = |what: &str| {
            let message = format!("`{output}` could not be made: {what}");
            Box::new(
                Diagnostic::error(Code::Internal, place.clone(), message)
                    .hint("this is a bug in fangzhi: please report it with the file"),
            )
        };
        let index = match recipe {
            Recipe::Search(SearchFile::Text(_)) => None,
            Recipe::Search(_) => self.index(),
            _ => None,
        };
        let Some(making) = self.making(index) else { return Err(internal("there are no templates")) };
        match catch_unwind(AssertUnwindSafe(|| make::make(&making, output, recipe, before))) {
            Ok(made) => made,
            Err(panic) => {
                let what = panic.downcast_ref::<String>().map(String::as_str);
                let what = what.or_else(|| panic.downcast_ref::<&str>().copied());
                Err(internal(what.unwrap_or("it panicked")))
            }
        }
    }
}

/// Every content file as a document; those that did not change are taken over.
fn parse(inputs: &Inputs, options: &Options, previous: Option<&Build>) -> HashMap<SourcePath, Parsed> {
    let previous = previous.filter(|previous| previous.options.as_ref() == Some(options));
    let texts: Vec<&Source> = inputs
        .files
        .iter()
        .filter_map(|(path, file)| match file {
            File::Text(source) if inputs.layout.in_content(path).is_some() => Some(source),
            _ => None,
        })
        .filter(|source| matches!(source.path().extension().as_str(), "md" | "markdown"))
        .collect();
    texts
        .into_par_iter()
        .map(|source| {
            let known = previous.and_then(|previous| previous.documents.get(source.path()));
            let parsed = match known.filter(|known| known.hash == source.hash()) {
                Some(known) => known.clone(),
                None => {
                    let Diagnosed { value, diagnostics } = document::read(source, options);
                    Parsed { hash: source.hash(), document: Arc::new(value), diagnostics: diagnostics.into() }
                }
            };
            (source.path().clone(), parsed)
        })
        .collect()
}

/// What every document includes: files can change without the documents.
fn included(inputs: &Inputs, documents: &HashMap<SourcePath, Parsed>, diagnostics: &mut Vec<Diagnostic>) -> Includes {
    let with = documents.iter().filter(|(_, parsed)| !parsed.document.body.included_code.is_empty());
    with.map(|(path, parsed)| (path.clone(), includes::of_document(inputs, &parsed.document, diagnostics))).collect()
}

/// Every text that a diagnostic can point into and that is no document: the site's own, and the theme's in the binary.
fn sources(
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
