//! The page at an old URL, which leads on to where its content is now.

use serde::Serialize;

use super::Making;
use crate::diagnostic::{Diagnostic, Place};
use crate::paths::OutputPath;

#[derive(Serialize)]
struct View {
    page: PageView,
    redirect: Goal,
}

#[derive(Serialize)]
struct PageView {
    lang_tag: String,
}

#[derive(Serialize)]
struct Goal {
    url: String,
    title: String,
}

/// The page at the old URL, which leads on.
///
/// # Errors
/// A diagnostic when the template fails.
pub(super) fn make(making: &Making<'_>, output: &OutputPath, alias: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
    let site = making.site;
    let alias = &site.aliases[alias];
    let page = alias.page.map(|id| site.page(id));
    let language = page.map_or(0, |page| page.language);
    let (url, title) = match page {
        Some(page) => (output.href_to(&page.output), page.title.clone()),
        None => (alias.address.clone(), alias.address.clone()),
    };
    let lang_tag = site.config.languages[language].tag.clone();
    let view = View { page: PageView { lang_tag }, redirect: Goal { url, title } };
    let place: &Place = &alias.place;
    making.templates.render(language, "redirect.html", &view, place)
}
