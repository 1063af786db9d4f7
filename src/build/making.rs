//! The bytes of the files of a site that was understood, in parallel.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;

use super::timings::timed;
use super::{Build, Content, Cost, search};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::make::{self, Before, Fresh, Making, Recipe};
use crate::paths::OutputPath;
use crate::search::Index;

/// A file with a warning, or why there is none.
pub(super) type FreshOrNot = Result<(Fresh, Option<Diagnostic>), Box<Diagnostic>>;

/// So few files are made by one thread before another may take over: the index is made beside them, and ends when it may.
const FEW: usize = 64;

impl Build {
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
                Fresh::Ready(bytes) => Ok(bytes),
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
            Fresh::Ready(bytes) => sink(output, &bytes),
            Fresh::Known => Ok(()),
        };
        self.make_new(|_| Before::Unasked, sink).map(|(troubles, _)| troubles)
    }

    /// As [`Build::make_all`], with what each file cost; a file that is made of what `before` says of it is not made, and
    /// `sink` is told so.
    ///
    /// # Errors
    /// As [`Build::make_all`].
    pub fn make_new<E: Send>(
        &self,
        before: impl Fn(&OutputPath) -> Before + Sync,
        sink: impl Fn(&OutputPath, Fresh) -> Result<(), E> + Sync,
    ) -> Result<(Vec<Diagnostic>, Vec<Cost<'_>>), E> {
        let is_of_index = |(_, content): &(&OutputPath, &Content)| match content {
            Content::Made(Recipe::Search(file)) => file.is_of_index(),
            _ => false,
        };
        let is_new = |(output, content): &(&OutputPath, &Content)| match content {
            Content::Made(recipe) => !self.is_known(recipe, before(output)),
            _ => true,
        };
        let one = |(output, content)| {
            let (made, make) = timed(|| self.fresh(output, content, before(output)));
            let (given, give) = timed(|| match made {
                Ok((fresh, warning)) => sink(output, fresh).map(|()| warning.map(Box::new)),
                Err(diagnostic) => Ok(Some(diagnostic)),
            });
            let cost = Cost { output, template: self.template(content), make, give };
            given.map(|trouble| (trouble, cost))
        };
        let all = |files: Vec<_>| files.into_par_iter().with_max_len(FEW).map(one).collect::<Result<Vec<_>, E>>();
        let (of_index, others): (Vec<_>, Vec<_>) = self.outputs.iter().partition(is_of_index);
        // Files of the index wait for it; the others are made meanwhile.
        let index = || of_index.iter().any(is_new).then(|| self.index());
        let mut done = rayon::join(index, || all(others)).1?;
        done.extend(all(of_index)?);
        let (troubles, costs): (Vec<_>, Vec<_>) = done.into_iter().unzip();
        let mut troubles: Vec<Diagnostic> = troubles.into_iter().flatten().map(|trouble| *trouble).collect();
        troubles.sort_by(|one, other| (&one.place, &one.message).cmp(&(&other.place, &other.message)));
        // A template that fails fails for every page: its place says it once, the pages are named beside it.
        troubles.dedup_by(|second, first| second.place == first.place && second.message == first.message);
        Ok((troubles, costs))
    }

    /// One file unless it is made of what it was made of before, and what there is to warn of.
    fn fresh(&self, output: &OutputPath, content: &Content, before: Before) -> FreshOrNot {
        match content {
            Content::Made(recipe) => self.made(output, recipe, before).map(|fresh| (fresh, None)),
            Content::Scaled(scaled) => scaled.fresh(before),
            _ => self.make(output, content).map(|bytes| (Fresh::Ready(bytes), None)),
        }
    }

    /// Whether a file of the search is made of what it was made of before. Those of the others see to it themselves.
    fn is_known(&self, recipe: &Recipe, before: Before) -> bool {
        match (recipe, before, &self.search) {
            (Recipe::Search(file), Before::Asked(known), Some(search)) => known == Some(search.plan.made_of(*file)),
            _ => false,
        }
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

    /// What makers may look at; none if there are no templates.
    pub(super) fn making<'b>(&'b self, index: Option<&'b Index>) -> Option<Making<'b>> {
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
            lists: &self.lists,
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
        if self.is_known(recipe, before) {
            return Ok(Fresh::Known);
        }
        let index = match recipe {
            Recipe::Search(file) if file.is_of_index() => self.index(),
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
