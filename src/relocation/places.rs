//! Which files a move takes along, and where a path leads afterwards.

use std::collections::{BTreeMap, HashSet};

use super::headings::Anchors;
use super::names::Renamed;
use crate::inputs::{Inputs, Layout, is_read};
use crate::paths::{OutputPath, SourcePath};
use crate::site::{Kind, Page, Site, last, parent, slug_of};

/// The old and the new place of a page or section, as keys: `cities/xian`.
pub(super) struct Places {
    old: String,
    new: String,
    /// A folder moves with all that is in it; else a page with its translations.
    whole: bool,
    layout: Layout,
    /// The codes of the languages, which stand in names and folders.
    languages: Vec<String>,
    /// Every file that moves, with where it goes.
    pub files: BTreeMap<SourcePath, SourcePath>,
    /// What those of them that are copied become.
    outputs: HashSet<OutputPath>,
    /// The term or indicator that gets another name with its file.
    pub renamed: Option<Renamed>,
    /// The ids that become others with a heading.
    pub anchors: Anchors,
}

const ENDINGS: [&str; 2] = [".md", ".markdown"];

impl Places {
    /// No places: nothing moves.
    pub fn nowhere(inputs: &Inputs, site: &Site) -> Self {
        let languages = site.config.languages.iter().map(|language| language.code.clone()).collect();
        let (layout, (old, new)) = (inputs.layout.clone(), Default::default());
        let (files, outputs, renamed, anchors) = Default::default();
        Self { old, new, whole: false, layout, languages, files, outputs, renamed, anchors }
    }

    /// The places that two texts name; what is wrong with them otherwise.
    pub fn find(mut self, inputs: &Inputs, site: &Site, old: &str, new: &str) -> Result<Self, String> {
        let places = &mut self;
        let shown = |typed: &str| typed.escape_debug().to_string();
        let page = places.named(site, old).ok_or_else(|| super::no_page(old))?;
        places.old.clone_from(&page.key);
        places.whole = movable(page)?;
        if new.starts_with('/') {
            return Err(format!("`{}` is an absolute path: name the place from the content folder", shown(new)));
        }
        places.new = places.destination(site, new);
        SourcePath::new(&places.new).map_err(|error| error.to_string())?;
        places.renamed = Renamed::find(site, page, &places.new);
        let is_named = places.renamed.as_ref().is_some_and(|renamed| renamed.is_only_named);
        let is_same = places.new == places.old && (!is_named || last(&places.new) == page.title);
        if is_named && !is_same {
            // Nobody wrote its page, so that its place follows from its name.
            let slug = slug_of(last(&places.new));
            places.new = format!("{}/{slug}", parent(&places.new));
            places.whole = false;
            // A term that is there is written as it is.
            let known = site.pages.iter().find(|other| other.key == places.new && other.key != places.old);
            let known = known.filter(|other| other.own_document().is_none() && matches!(other.kind, Kind::Term { .. }));
            if let Some((known, renamed)) = known.zip(places.renamed.as_mut()) {
                renamed.new.clone_from(&known.title);
            }
        }
        if is_same {
            return Err(format!("`{}` stands there already", shown(old)));
        }
        if places.whole && places.new.starts_with(&format!("{}/", places.old)) {
            return Err(format!("`{}` cannot be moved into itself", shown(old)));
        }
        if places.renamed.is_some() && parent(&places.new) != parent(&places.old) {
            let (old, folder) = (shown(&places.old), shown(parent(&places.old)));
            return Err(format!(
                "`{old}` can be called otherwise, but only in `{folder}`: what it is hangs on that folder"
            ));
        }
        places.files = places.moving(inputs)?;
        let copied = site.files.iter().filter(|(source, _)| places.files.contains_key(source));
        places.outputs = copied.map(|(_, output)| output.clone()).collect();
        if places.files.is_empty() && !is_named {
            Err(format!("`{}` has no file of its own", shown(old)))
        } else {
            Ok(self)
        }
    }

    /// The page that a text names. A file may stand in the folder of its language, and be called as an index is where
    /// another file is that.
    pub fn named<'s>(&self, site: &'s Site, typed: &str) -> Option<&'s Page> {
        let key = self.key(typed);
        let typed = typed.trim_start_matches("./");
        let at = |path: &str| site.page_at(&SourcePath::new(path).ok()?);
        let file = at(typed).or_else(|| at(&format!("{}/{typed}", self.layout.content)));
        let is_key = |page: &&Page| page.key == key && page.fallback.is_none();
        // A term without a page of its own is called as pages name it.
        let named = format!("{}/{}", parent(&key), slug_of(last(&key)));
        let is_named = |page: &&Page| page.key == named && matches!(page.kind, Kind::Term { .. });
        let mut all = site.pages.iter().map(|page| &**page);
        file.or_else(|| all.clone().find(is_key)).or_else(|| all.find(is_named))
    }

    /// The key that a text gives: a section takes the page in.
    fn destination(&self, site: &Site, typed: &str) -> String {
        let key = self.key(typed);
        let into = typed.ends_with('/') || site.pages.iter().any(|page| page.key == key && page.is_section);
        let name = last(&self.old);
        match key.as_str() {
            _ if !into => key,
            "" => name.to_owned(),
            folder => format!("{folder}/{name}"),
        }
    }

    /// Every file that moves, with where it goes; what is wrong with that otherwise.
    fn moving(&self, inputs: &Inputs) -> Result<BTreeMap<SourcePath, SourcePath>, String> {
        let mut files = BTreeMap::new();
        for from in inputs.files.keys() {
            let Some(to) = self.moved(from.as_str(), false) else { continue };
            let to = SourcePath::new(&to).map_err(|error| error.to_string())?;
            if !self.layout.in_content(&to).is_some_and(|inside| is_read(inside, &self.layout)) {
                return Err(format!("`{to}` would not be read: no page of the site stands there"));
            }
            if inputs.files.contains_key(&to) {
                return Err(format!("`{to}` is already there"));
            }
            files.insert(from.clone(), to);
        }
        Ok(files)
    }

    /// The key that a file, folder or key names.
    fn key(&self, typed: &str) -> String {
        let typed = typed.trim_start_matches("./").trim_matches('/');
        if typed == "." || typed == self.layout.content {
            return String::new();
        }
        let inside = typed.strip_prefix(&self.layout.content).and_then(|rest| rest.strip_prefix('/')).unwrap_or(typed);
        let folder = self.languages.iter().find_map(|code| inside.strip_prefix(code)?.strip_prefix('/'));
        let inside = folder.unwrap_or(inside);
        let stem = ENDINGS.iter().find_map(|ending| inside.strip_suffix(ending));
        let stem = stem.map_or(inside, |stem| self.language_off(stem));
        let folder = ["_index", "index"].iter().find_map(|name| stem.strip_suffix(name));
        folder.filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(stem).trim_matches('/').to_owned()
    }

    /// A name without the language at its end: `xian` of `xian.en`.
    fn language_off<'n>(&self, name: &'n str) -> &'n str {
        let own = self.languages.iter().find_map(|code| name.strip_suffix(code)?.strip_suffix('.'));
        own.unwrap_or(name)
    }

    /// Whether a copied file moves.
    pub fn moves(&self, output: &OutputPath) -> bool {
        self.outputs.contains(output)
    }

    /// Where a file stands afterwards.
    pub fn path(&self, path: &SourcePath) -> SourcePath {
        self.files.get(path).unwrap_or(path).clone()
    }

    /// The key of a page afterwards.
    pub fn moved_key(&self, key: &str) -> String {
        self.rest(key).map_or_else(|| key.to_owned(), |rest| format!("{}{rest}", self.new))
    }

    /// What of a key lies below the old place.
    fn rest<'k>(&self, key: &'k str) -> Option<&'k str> {
        let rest = key.strip_prefix(&self.old)?;
        (rest.is_empty() || self.whole && rest.starts_with('/')).then_some(rest)
    }

    /// Where a path from the site's root leads afterwards if it leads to what moves; a path as `loose` as links are names
    /// a page by its key or URL, too.
    pub fn moved(&self, path: &str, loose: bool) -> Option<String> {
        let content = self.layout.content.as_str();
        let inside = if content.is_empty() { path } else { path.strip_prefix(content)?.strip_prefix('/')? };
        let folder =
            self.languages.iter().find(|code| inside.strip_prefix(*code).is_some_and(|rest| rest.starts_with('/')));
        let own = &inside[folder.map_or(0, |code| code.len() + 1)..];
        let rest = own.strip_prefix(&self.old)?;
        let is_page = || {
            ENDINGS
                .iter()
                .any(|ending| rest.strip_suffix(ending).is_some_and(|stem| self.language_off(stem).is_empty()))
        };
        let is_key = || loose && ["", "/", "/index.html"].contains(&rest);
        let fits = if self.whole { rest.starts_with('/') || is_key() } else { is_page() || is_key() };
        let start = &path[..path.len() - own.len()];
        fits.then(|| format!("{start}{}{rest}", self.new))
    }

    /// Where a path from the content folder leads afterwards if it leads to what moves.
    pub fn inside(&self, path: &str) -> Option<String> {
        let content = self.layout.content.as_str();
        let start = if content.is_empty() { String::new() } else { format!("{content}/") };
        let moved = self.moved(&format!("{start}{path}"), true)?;
        moved.strip_prefix(&start).map(str::to_owned)
    }
}

/// Whether a folder moves with the page; what is wrong if it cannot be moved.
fn movable(page: &Page) -> Result<bool, String> {
    match page.kind {
        Kind::Section | Kind::Page | Kind::Indicator | Kind::Term { .. } => {}
        Kind::Home => return Err("the home page has only one place".into()),
        Kind::Taxonomy { .. } => {
            let key = page.key.escape_debug();
            return Err(format!("`{key}` is named in `site.toml`, which `mv` does not write anew"));
        }
        Kind::Matrix { .. } | Kind::Search | Kind::NotFound => {
            return Err(format!("`{}` is a page that fangzhi makes", page.key.escape_debug()));
        }
    }
    let name = page.own_document().map(|document| document.source.path().file_name());
    Ok(name.is_none_or(|name| {
        ["_index.", "index.", "README.", "readme.", "Readme."].iter().any(|own| name.starts_with(own))
    }))
}
