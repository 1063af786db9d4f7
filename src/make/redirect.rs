//! Old URLs: a page that leads to where its text is now.

use serde::Serialize;

use super::Making;
use crate::diagnostic::{Diagnostic, Place};
use crate::paths::OutputPath;

#[derive(Serialize)]
struct RedirectView {
    page: RedirectPage,
    redirect: RedirectTo,
}

#[derive(Serialize)]
struct RedirectPage {
    lang_tag: String,
}

#[derive(Serialize)]
struct RedirectTo {
    url: String,
    title: String,
}

/// The page of an old URL.
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
    let view = RedirectView { page: RedirectPage { lang_tag }, redirect: RedirectTo { url, title } };
    let place: &Place = &alias.place;
    making.templates.render(language, "redirect.html", &view, place).map(String::into_bytes)
}
