//! URLs: each page, old URL and copied file gets one, and two sources of one are found.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::address::{last, parent};
use super::terms::slug_of;
use super::{Kind, Material, Page, PageId};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::paths::{OutputPath, SourcePath, UrlPath};
use crate::tree::Written;

/// An old URL that leads to a page or to an address.
#[derive(Debug, Clone)]
pub struct Alias {
    /// The file that a browser gets for the old URL.
    pub from: OutputPath,
    /// The page it leads to; none for an address elsewhere.
    pub page: Option<PageId>,
    /// The address elsewhere, or empty.
    pub address: String,
    /// Where it is declared.
    pub place: Place,
}

/// Whether Windows gives the name to a device, whatever its ending.
fn is_device(stem: &str) -> bool {
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    matches!(stem, "con" | "prn" | "aux" | "nul")
        || numbered.is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']))
}

/// The longest name of a file that every system takes, in bytes.
const LONGEST: usize = 240;

/// Gives URLs to pages, and returns the copied files and the old URLs.
pub(super) fn assign(
    material: &Material<'_>,
    pages: &mut [Page],
    out: &mut Vec<Diagnostic>,
) -> (Vec<(SourcePath, OutputPath)>, Vec<Alias>) {
    let config = &material.config;
    page_urls(config, pages, out);
    let mut taken = Taken { config, by_output: HashMap::with_capacity(pages.len()), folders: HashMap::new() };
    for page in pages.iter() {
        taken.take(&page.output, Claim::Page(page), out);
    }
    let files = files(material, &mut taken, out);
    let aliases = aliases(config, pages, &mut taken, out);
    (files, aliases)
}

fn describe(page: &Page) -> String {
    match &page.kind {
        Kind::Taxonomy { .. } if page.document.is_none() => "the index of a taxonomy".into(),
        Kind::Term { .. } if page.document.is_none() => format!("the term `{}`", page.title),
        Kind::Search => "the search page".into(),
        Kind::NotFound => "the page for unknown URLs".into(),
        _ => match &page.document {
            Some(document) => format!("`{}`", document.source.path()),
            None => format!("the folder `{}`", page.key),
        },
    }
}

fn page_urls(config: &Config, pages: &mut [Page], out: &mut Vec<Diagnostic>) {
    let mut folders = Folders { slugs: HashMap::new(), known: HashMap::new() };
    for page in pages.iter().filter(|page| page.is_section) {
        folders.slugs.insert((page.language, &page.key), page.front.slug.as_ref());
    }
    let urls: Vec<Option<UrlPath>> = pages.iter().map(|page| folders.url(config, page, out)).collect();
    for (page, url) in pages.iter_mut().zip(urls) {
        if let Some(url) = url {
            page.output = url.output();
            page.url = url;
        }
        portable(page, out);
    }
}

/// The URLs of folders, each put together once.
struct Folders<'p> {
    slugs: HashMap<(usize, &'p str), Option<&'p Written>>,
    known: HashMap<(usize, &'p str), Rc<str>>,
}

impl<'p> Folders<'p> {
    fn url(&mut self, config: &Config, page: &'p Page, out: &mut Vec<Diagnostic>) -> Option<UrlPath> {
        let own = page.own_document().is_some();
        let prefix = match page.language {
            0 => String::new(),
            other => format!("{}/", config.languages[other].code),
        };
        let url = match (&page.front.path, &page.kind) {
            (Some(path), _) if own => valid(path, path.text.clone(), out),
            (_, Kind::Search) => UrlPath::new(&format!("{prefix}search.html")).ok(),
            (_, Kind::NotFound) => UrlPath::new(&format!("{prefix}404.html")).ok(),
            _ => {
                let path = match page.key.as_str() {
                    "" => String::new(),
                    key => self.joined(key, page.language, page.front.slug.as_ref()),
                };
                let url = [prefix.as_str(), &path].concat();
                match &page.front.slug {
                    Some(slug) if own => {
                        let one_part = !slug.text.contains('/') && !slug.text.trim().is_empty();
                        let checked = if one_part { url } else { slug.text.clone() + "/.." };
                        valid(slug, checked, out)
                    }
                    _ => UrlPath::new(&url).ok(),
                }
            }
        };
        url.or_else(|| UrlPath::new(&format!("{prefix}{}/", page.key)).ok())
    }

    fn joined(&mut self, key: &'p str, language: usize, slug: Option<&Written>) -> String {
        let above = self.folder(parent(key), language);
        match slug {
            Some(slug) => [&above, slug.text.as_str(), "/"].concat(),
            None => [&above, slug_of(last(key)).as_str(), "/"].concat(),
        }
    }

    fn folder(&mut self, key: &'p str, language: usize) -> Rc<str> {
        if key.is_empty() {
            return "".into();
        }
        if let Some(known) = self.known.get(&(language, key)) {
            return known.clone();
        }
        let slug = self.slugs.get(&(language, key)).copied().flatten();
        let url: Rc<str> = self.joined(key, language, slug).into();
        self.known.insert((language, key), url.clone());
        url
    }
}

fn valid(written: &Written, text: String, out: &mut Vec<Diagnostic>) -> Option<UrlPath> {
    let bad = text.contains("//") || text.contains(':') || text.contains(['?', '#', '"', '<', '>']);
    let url = if bad { None } else { UrlPath::new(&text).ok() };
    // A path without an ending is a folder: `path: about` is `about/`.
    let url = url.and_then(|url| {
        let plain = url.as_str().is_empty() || url.as_str().ends_with('/') || url.file_name().contains('.');
        if plain { Some(url) } else { UrlPath::new(&format!("{url}/")).ok() }
    });
    if url.is_none() {
        let message = format!("`{}` is not a URL of the site", written.text.escape_debug());
        let hint = "write parts with `/` between them, without `..`, a scheme or a host";
        out.push(Diagnostic::error(Code::BadPath, written.place.clone(), message).hint(hint));
    }
    url
}

/// Warns of names that some system cannot have.
fn portable(page: &Page, out: &mut Vec<Diagnostic>) {
    let Some(document) = page.own_document() else { return };
    for part in page.output.as_str().split('/') {
        let stem = part.split('.').next().unwrap_or(part).to_lowercase();
        let device = is_device(&stem);
        if device || part.len() > LONGEST || part.ends_with([' ', '.']) {
            let shown: String = part.chars().take(40).collect();
            let place = Place::file(document.source.path());
            out.push(
                Diagnostic::warning(Code::BadPath, place, format!("`{shown}` is not a name that every system has"))
                    .hint("give the page a short `slug:`"),
            );
        }
    }
}

/// The files that are copied: those beside pages, and those of the static folder.
fn files<'t>(
    material: &'t Material<'_>,
    taken: &mut Taken<'t>,
    out: &mut Vec<Diagnostic>,
) -> Vec<(SourcePath, OutputPath)> {
    let mut files = vec![];
    for (path, source) in material.colocated.iter().chain(&material.static_files) {
        let Ok(output) = OutputPath::new(path) else { continue };
        taken.take(&output, Claim::File(source), out);
        files.push((source.clone(), output));
    }
    let place = &material.config.theme_place;
    for name in &material.theme_files {
        if let Ok(output) = OutputPath::new(&format!("assets/{name}")) {
            taken.take(&output, Claim::Theme(name, place), out);
        }
    }
    files
}

fn aliases<'t>(config: &'t Config, pages: &'t [Page], taken: &mut Taken<'t>, out: &mut Vec<Diagnostic>) -> Vec<Alias> {
    let mut aliases = vec![];
    let mut own = BTreeSet::new();
    for page in pages.iter().filter(|page| page.own_document().is_some()) {
        for alias in &page.front.aliases {
            let Some(url) = valid(alias, alias.text.clone(), out) else { continue };
            let from = url.output();
            // The same old URL written twice on one page is one redirect.
            if from == page.output || !own.insert((page.id, from.clone())) {
                continue;
            }
            taken.take(&from, Claim::Alias(&alias.text, &alias.place), out);
            aliases.push(Alias { from, page: Some(page.id), address: String::new(), place: alias.place.clone() });
        }
    }
    for redirect in &config.redirects {
        let written = Written { text: redirect.from.clone(), place: redirect.place.clone() };
        let Some(url) = valid(&written, redirect.from.clone(), out) else { continue };
        let from = url.output();
        let to = redirect.to.trim_start_matches('/');
        let stem = to.trim_end_matches(".md").trim_end_matches("/_index").trim_end_matches('/');
        let page = pages.iter().find(|page| page.key == stem || page.url.as_str().trim_end_matches('/') == stem);
        let elsewhere = to.starts_with("https://") || to.starts_with("http://");
        if page.is_none() && !elsewhere {
            let message = format!("`{}` is no page of the site", redirect.to);
            let hint = did_you_mean(stem, pages.iter().map(|page| page.key.as_str()));
            let hint =
                hint.unwrap_or_else(|| "write a content file, a URL of the site, or an `https://` address".into());
            out.push(Diagnostic::error(Code::BrokenLink, redirect.to_place.clone(), message).hint(hint));
            continue;
        }
        taken.take(&from, Claim::Redirect(&redirect.from, &redirect.place), out);
        let address = if page.is_none() { redirect.to.clone() } else { String::new() };
        aliases.push(Alias { from, page: page.map(|page| page.id), address, place: redirect.place.clone() });
    }
    aliases
}

/// Who wants a file of the output.
#[derive(Clone, Copy)]
enum Claim<'t> {
    Page(&'t Page),
    File(&'t SourcePath),
    Theme(&'t str, &'t Place),
    Alias(&'t str, &'t Place),
    Redirect(&'t str, &'t Place),
}

impl Claim<'_> {
    fn told(self) -> String {
        match self {
            Self::Page(page) => describe(page),
            Self::File(source) => format!("`{source}`"),
            Self::Theme(name, _) => format!("the theme's file `{name}`"),
            Self::Alias(text, _) => format!("the alias `{text}`"),
            Self::Redirect(from, _) => format!("the redirect `{from}`"),
        }
    }

    fn place(self, config: &Config) -> Place {
        match self {
            Self::Page(page) => page.place(&config.place),
            Self::File(source) => Place::file(source),
            Self::Theme(_, place) | Self::Alias(_, place) | Self::Redirect(_, place) => place.clone(),
        }
    }
}

/// Which source makes which file; upper and lower case are one, as on the disks of many readers.
struct Taken<'t> {
    config: &'t Config,
    by_output: HashMap<String, Claim<'t>>,
    folders: HashMap<String, Claim<'t>>,
}

impl<'t> Taken<'t> {
    fn clash(&self, first: Claim<'_>, second: Claim<'_>, output: &OutputPath, out: &mut Vec<Diagnostic>) {
        let message = format!("{} and {} both make `{output}`", second.told(), first.told());
        out.push(
            Diagnostic::error(Code::UrlCollision, second.place(self.config), message)
                .also(first.place(self.config), "the other one")
                .hint("rename one, or give it another `slug:` or `path:`"),
        );
    }

    fn take(&mut self, output: &OutputPath, claim: Claim<'t>, out: &mut Vec<Diagnostic>) {
        let folded = lowered(output.as_str());
        if let Some(first) = self.by_output.get(&folded) {
            self.clash(*first, claim, output, out);
            return;
        }
        // A file cannot stand where a folder is.
        let mut folder = folded.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            if let Some(first) = self.by_output.get(above) {
                self.clash(*first, claim, output, out);
                return;
            }
            if !self.folders.contains_key(above) {
                self.folders.insert(above.to_owned(), claim);
            }
            folder = above;
        }
        if let Some(first) = self.folders.get(&folded) {
            self.clash(*first, claim, output, out);
            return;
        }
        self.by_output.insert(folded, claim);
    }
}

fn lowered(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.to_lowercase() }
}
