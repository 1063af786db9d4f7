//! What bundles ask of a build: a part of the site, and its pages as the chapters of one text.

use std::sync::Arc;

use super::{Build, Content};
use crate::diagnostic::Diagnostic;
use crate::make::search::Searching;
use crate::make::{self, Chapter, Recipe};
use crate::paths::OutputPath;
use crate::site::PageId;

impl Build {
    /// Plans the search anew, for a graph from which pages were taken out.
    pub fn plan_search_again(&mut self) {
        let outputs = Arc::make_mut(&mut self.outputs);
        outputs.retain(|_, content| !matches!(content, Content::Made(Recipe::Search(_) | Recipe::SearchOpen)));
        self.search = Searching::of(&self.site, None);
        self.index = Default::default();
        let plan = self.search.iter().flat_map(make::search::plan);
        outputs.extend(plan.map(|(output, recipe)| (output, Content::Made(recipe))));
    }

    /// The page and all below it as the chapters of one text that stands at `output`.
    ///
    /// # Errors
    /// A diagnostic when a template fails.
    pub fn chapters(&self, top: PageId, output: &OutputPath) -> Result<Vec<Chapter>, Box<Diagnostic>> {
        self.making(None).map_or(Ok(vec![]), |making| make::chapters(&making, top, output))
    }
}
