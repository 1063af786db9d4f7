//! A page and all below it as one text: the print page, and the chapters of a book.

use std::collections::BTreeMap;

use serde::Serialize;

use super::page::{self, PageView};
use super::{Making, Recipe};
use crate::diagnostic::Diagnostic;
use crate::html::{Bound, relocate, target};
use crate::paths::OutputPath;
use crate::site::{Kind, Page, PageId, Site};

/// A page as a part of a longer text.
#[derive(Debug, Clone, Serialize)]
pub struct Chapter {
    /// The page.
    #[serde(skip)]
    pub id: PageId,
    /// Its title.
    pub title: String,
    /// How deep it lies, from 0 for the first.
    pub depth: usize,
    /// The id that leads to it.
    pub anchor: String,
    /// Its text as HTML; hrefs are relative to the place of the whole.
    pub html: String,
}

#[derive(Serialize)]
struct PrintView {
    #[serde(flatten)]
    page: PageView,
    chapters: Vec<Chapter>,
}

/// The file of a section's print page; none for pages that have none.
pub(super) fn of_page(site: &Site, page: &Page) -> Option<OutputPath> {
    if site.config.generate_print { page.print_page() } else { None }
}

/// Every print page.
pub(super) fn plan(site: &Site) -> Vec<(OutputPath, Recipe)> {
    let of = |page: &Page| Some((of_page(site, page)?, Recipe::Print { id: page.id }));
    site.pages.iter().filter_map(|page| of(page)).collect()
}

/// The print page that stands at `output`.
///
/// # Errors
/// A diagnostic when a template fails.
pub(super) fn print(making: &Making<'_>, page: &Page, output: &OutputPath) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut chapters = chapters(making, page.id, output)?;
    let anchors: BTreeMap<OutputPath, String> =
        chapters.iter().map(|chapter| (making.site.page(chapter.id).output.clone(), chapter.anchor.clone())).collect();
    for chapter in &mut chapters {
        chapter.html = relocate(&chapter.html, &format!("{}-", chapter.anchor), |href| inside(output, href, &anchors));
    }
    let place = page.place(&making.site.config.place);
    let view = PrintView { page: page::view(making, page, output, 1)?, chapters };
    making.templates.render(page.language, "print.html", &view, &place)
}

/// A link to a page that is a chapter leads to the chapter.
fn inside(output: &OutputPath, href: &str, anchors: &BTreeMap<OutputPath, String>) -> Bound {
    let Some((path, behind)) = target(output, href) else { return Bound::Kept };
    let Some(anchor) = anchors.get(&path) else { return Bound::Kept };
    match behind.split_once('#') {
        Some((_, id)) if !id.is_empty() => Bound::To(format!("#{anchor}-{id}")),
        _ => Bound::To(format!("#{anchor}")),
    }
}

/// The page and all listed pages below it, in the order in which they would be read, as they are seen from `output`.
///
/// # Errors
/// A diagnostic when a template fails.
pub fn chapters(making: &Making<'_>, top: PageId, output: &OutputPath) -> Result<Vec<Chapter>, Box<Diagnostic>> {
    let site = making.site;
    let above = site.ancestors(site.page(top)).len();
    let pages = site.in_order(top).into_iter().map(|id| site.page(id)).filter(|page| !page.is_unlisted());
    pages
        .enumerate()
        .map(|(number, page)| {
            let view = page::view(making, page, output, 0)?;
            let place = page.place(&site.config.place);
            let title = match page.kind {
                Kind::Home if page.title.is_empty() => super::site_title(site, page.language).to_owned(),
                _ => page.title.clone(),
            };
            Ok(Chapter {
                id: page.id,
                title,
                depth: site.ancestors(page).len() - above,
                anchor: format!("p{}", number + 1),
                html: making.templates.render_text(page.language, "partials/chapter.html", &view, &place)?,
            })
        })
        .collect()
}
