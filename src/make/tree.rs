//! The navigation: the top level of the site, opened along the way to a page.
//!
//! Pages beside each other show the same entries but for those on their way, so that an entry is made once for all of
//! them: as a value, as HTML and as a hash. It is most of what a page shows of the site, and was a third of a build.

use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Serialize;

use super::Making;
use super::here::Here;
use crate::diagnostic::{Diagnostic, Place};
use crate::paths::OutputPath;
use crate::render::{Shared, Templates};
use crate::site::{Page, PageId};
use crate::source::Hash;

/// The most siblings that a navigation shows around the current one: a full list in every page would be quadratic.
const SIBLINGS: usize = 60;
/// How many lists are remembered: pages are made in the order of their addresses, a few lists at a time.
const REMEMBERED: usize = 32;

/// An entry as templates see it.
#[derive(Debug, Serialize)]
struct Item<'s> {
    title: &'s str,
    url: String,
    current: bool,
    open: bool,
    section: bool,
    children: &'s [Shared],
}

/// An entry that is made.
#[derive(Debug)]
struct Entry {
    value: Shared,
    hash: Hash,
    html: OnceLock<String>,
}

/// The entries below one section as pages beside each other see them, each made for the first page that shows it.
#[derive(Debug)]
struct List {
    section: PageId,
    seen_from: OutputPath,
    absolute: bool,
    entries: Box<[OnceLock<Entry>]>,
}

/// The lists that were shown last.
#[derive(Debug, Default)]
pub struct Lists(Mutex<Vec<Arc<List>>>);

/// One level of the navigation of a page.
#[derive(Debug)]
struct Level {
    list: Arc<List>,
    shown: Range<usize>,
    /// The position in the list of what is on the way to the page, or the page itself, and what is below it.
    way: Option<(usize, Entry, Option<Box<Level>>)>,
}

/// The navigation of a page; empty for a site without a home page.
#[derive(Debug, Hash)]
pub(super) struct Tree(Option<Level>);

/// All that its values say.
impl std::hash::Hash for Level {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        for (entry, below) in self.entries() {
            (Some(entry.hash), below).hash(state);
        }
        None::<Hash>.hash(state);
    }
}

impl Lists {
    /// The entries below a section for a page; but for its own ones, they lead from a file that stands where the page's
    /// neighbours do.
    fn of(&self, here: &Here<'_>, section: PageId, own: bool) -> Arc<List> {
        let seen_from = if own { here.output.clone() } else { here.output.beside() };
        let absolute = here.absolute.is_some();
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lists
            .iter()
            .find(|list| list.section == section && list.absolute == absolute && list.seen_from == seen_from)
            .cloned();
        known.unwrap_or_else(|| {
            let entries = here.site.page(section).children.iter().map(|_| OnceLock::new()).collect();
            let list = Arc::new(List { section, seen_from, absolute, entries });
            if lists.len() >= REMEMBERED {
                lists.remove(0);
            }
            lists.push(list.clone());
            list
        })
    }
}

impl Entry {
    fn new(item: &Item<'_>) -> Self {
        let hash = Hash::of_value(&(item.title, &item.url, item.current, item.open, item.section));
        Self { value: Shared::of(item), hash, html: OnceLock::new() }
    }
}

impl List {
    /// Makes an entry unless it is there.
    fn entry(&self, here: &Here<'_>, at: usize) {
        self.entries[at].get_or_init(|| {
            let here = Here { output: &self.seen_from, ..*here };
            let page = here.site.page(here.site.page(self.section).children[at]);
            let (title, url) = (page.card().nav_title(), here.page(page.id));
            Entry::new(&Item { title, url, current: false, open: false, section: page.is_section, children: &[] })
        });
    }
}

impl Level {
    /// What is below the first of the pages on the way to the last of them.
    fn of(lists: &Lists, here: &Here<'_>, section: PageId, way: &[PageId]) -> Self {
        let list = lists.of(here, section, way.is_empty());
        let children = &here.site.page(section).children;
        let on_way =
            way.first().map(|id| here.site.page(*id)).filter(|page| children.get(page.position) == Some(&page.id));
        let before = on_way.map_or(0, |page| page.position.saturating_sub(SIBLINGS / 2));
        let from = before.min(children.len().saturating_sub(SIBLINGS));
        let shown = from..children.len().min(from + SIBLINGS);
        let way = on_way.filter(|page| shown.contains(&page.position)).map(|page| {
            let current = way.len() == 1;
            let below = (!page.children.is_empty()).then(|| Self::of(lists, here, page.id, &way[1..]));
            let children = below.as_ref().map_or(vec![], Level::values);
            let item = Item {
                title: page.card().nav_title(),
                url: here.page(page.id),
                current,
                open: !current,
                section: page.is_section,
                children: &children,
            };
            (page.position, Entry::new(&item), below.map(Box::new))
        });
        for at in shown.clone().filter(|at| way.as_ref().is_none_or(|(position, ..)| position != at)) {
            list.entry(here, at);
        }
        Self { list, shown, way }
    }

    /// The entries in order, and what is below the one on the way.
    fn entries(&self) -> impl Iterator<Item = (&Entry, Option<&Level>)> {
        self.shown.clone().filter_map(|at| match &self.way {
            Some((position, entry, below)) if *position == at => Some((entry, below.as_deref())),
            _ => self.list.entries[at].get().map(|entry| (entry, None)),
        })
    }

    fn values(&self) -> Vec<Shared> {
        self.entries().map(|(entry, _)| entry.value.clone()).collect()
    }

    /// The HTML of the level; its components are the theme's `nav_list` and `nav_item`.
    fn html(&self, drawing: &Drawing<'_>, number: usize) -> Result<String, Box<Diagnostic>> {
        let mut items = String::with_capacity(100 * self.shown.len());
        for (entry, below) in self.entries() {
            if let Some(html) = entry.html.get() {
                items.push_str(html);
                continue;
            }
            let below = below.map(|below| below.html(drawing, number + 1)).transpose()?;
            let html = drawing.component("nav_item", "item", &entry.value, below.as_deref().unwrap_or_default())?;
            items.push_str(&html);
            // If another thread was faster, it made the same.
            let _ = entry.html.set(html);
        }
        drawing.component("nav_list", "level", &Shared::of(&number), &items)
    }
}

/// What HTML is made with.
struct Drawing<'d> {
    language: usize,
    templates: &'d Templates,
    page: Place,
}

impl Drawing<'_> {
    fn component(
        &self,
        name: &str,
        argument: &'static str,
        value: &Shared,
        body: &str,
    ) -> Result<String, Box<Diagnostic>> {
        self.templates.render_part(self.language, name, (argument, value), body, &self.page)
    }
}

impl Tree {
    /// The top level, opened along the way to `page`, with its siblings and children.
    pub(super) fn of(making: &Making<'_>, here: &Here<'_>, page: &Page) -> Self {
        let mut way = here.site.ancestors(page);
        way.push(page.id);
        let home = here.site.homes.get(here.language);
        Self(home.map(|home| Level::of(making.lists, here, *home, way.get(1..).unwrap_or_default())))
    }

    /// The top level as values.
    pub(super) fn values(&self) -> Vec<Shared> {
        self.0.as_ref().map_or(vec![], Level::values)
    }

    /// The navigation as HTML.
    ///
    /// # Errors
    /// A diagnostic when the template of a part fails.
    pub(super) fn html(&self, making: &Making<'_>, page: &Page) -> Result<String, Box<Diagnostic>> {
        let place = page.place(&making.site.config.place);
        let drawing = Drawing { language: page.language, templates: making.templates, page: place };
        self.0.as_ref().map_or(Ok(String::new()), |top| top.html(&drawing, 1))
    }
}
