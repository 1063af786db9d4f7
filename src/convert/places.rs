//! Where pages go: the folders of the site are the tree of the navigation, and addresses stay what they were.

use std::collections::{BTreeMap, BTreeSet};

use super::mkdocs::is_index;
use super::{Address, Dialect, Entry, Project};

/// Where one page goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Its file, from the content folder.
    pub file: String,
    /// What the table of contents calls it.
    pub title: Option<String>,
    /// Its place among those beside it, from 1; none where titles say.
    pub weight: Option<usize>,
    /// The address that it had, where its file would give it another.
    pub address: Option<String>,
    /// Another address at which it stood.
    pub alias: Option<String>,
    /// The table of contents does not name it.
    pub is_apart: bool,
    /// Another page has its address.
    pub is_double: bool,
}

/// The section of pages that the table of contents does not name.
pub(super) const APART: &str = "apart/_index.md";

/// The places of all pages by their paths in the project, and the titles that have no page.
#[derive(Debug, Default)]
pub(super) struct Places {
    all: BTreeMap<String, Place>,
    headings: Vec<(String, String, usize)>,
    taken: BTreeSet<String>,
}

/// The place of every page of a project.
pub(super) fn places(project: &Project, pages: &[&str]) -> Places {
    let mut places = Places::default();
    if let Some(home) = project.home.as_deref().filter(|home| pages.contains(home)) {
        let alias = (project.dialect == Dialect::MdBook).then(|| address(project, home));
        places.put(home, Place { alias, ..Place::at("_index.md".into()) });
    }
    let addresses = pages.iter().map(|page| address(project, page).trim_end_matches("index.html").to_owned()).collect();
    let used = places.all.keys().map(|_| String::new()).collect();
    let mut placing = Placing { project, pages: pages.iter().copied().collect(), addresses, used, places };
    match &project.contents {
        Some(contents) => placing.entries(contents, ""),
        None => {
            // Of two that are the page of their folder `index.md` is it.
            let (first, rest): (Vec<&str>, Vec<&str>) = pages.iter().partition(|page| page.ends_with("index.md"));
            first.into_iter().chain(rest).for_each(|page| placing.by_folder(page));
        }
    }
    pages.iter().for_each(|page| placing.apart(page));
    placing.places
}

impl Place {
    fn at(file: String) -> Self {
        Self { file, title: None, weight: None, address: None, alias: None, is_apart: false, is_double: false }
    }
}

impl Places {
    /// Where a page goes.
    pub fn get(&self, page: &str) -> Option<&Place> {
        self.all.get(page)
    }

    /// The files of sections that have no page: each with its title and its weight.
    pub fn headings(&self) -> impl Iterator<Item = (&str, &str, usize)> {
        self.headings.iter().map(|(file, title, weight)| (file.as_str(), title.as_str(), *weight))
    }

    fn put(&mut self, page: &str, place: Place) {
        self.taken.insert(place.file.clone());
        self.all.insert(page.to_owned(), place);
    }
}

struct Placing<'p> {
    project: &'p Project,
    pages: BTreeSet<&'p str>,
    /// Those of all pages, which nothing else may have.
    addresses: BTreeSet<String>,
    /// Those that a page has already.
    used: BTreeSet<String>,
    places: Places,
}

impl Placing<'_> {
    /// Entries of the table of contents that stand in a folder.
    fn entries(&mut self, entries: &[Entry], folder: &str) {
        for (at, entry) in entries.iter().enumerate() {
            let page =
                entry.page.as_deref().filter(|page| self.pages.contains(page) && self.places.get(page).is_none());
            if page.is_none() && entry.below.is_empty() {
                continue;
            }
            let is_section = !entry.below.is_empty();
            let name = self.free(folder, &self.name(entry, page, folder), is_section, page.is_none());
            let file = if is_section { format!("{folder}{name}/_index.md") } else { format!("{folder}{name}.md") };
            match page {
                Some(page) => self.place(page, file, entry.title.clone(), Some(at + 1), false),
                None => {
                    self.places.taken.insert(file.clone());
                    self.places.headings.push((file, entry.title.clone().unwrap_or_default(), at + 1));
                }
            }
            self.entries(&entry.below, &format!("{folder}{name}/"));
        }
    }

    /// A page that stands where its file does, where there is no table of contents.
    fn by_folder(&mut self, page: &str) {
        if self.places.get(page).is_some() {
            return;
        }
        let folder = page.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        // A folder that is called as a language would be that language.
        let language = format!("{}/", self.project.language.as_deref().unwrap_or("en"));
        let folder = if folder.starts_with(&language) { format!("in-{folder}") } else { folder };
        let index = format!("{folder}_index.md");
        let file = match (is_index(page), self.places.taken.contains(&index)) {
            (true, false) => index,
            (true, true) => return self.apart(page),
            (false, _) => format!("{folder}{}.md", self.free(&folder, &self.stem(page), false, false)),
        };
        self.place(page, file, None, None, false);
    }

    /// A page that the table of contents does not name.
    fn apart(&mut self, page: &str) {
        if self.places.get(page).is_some() {
            return;
        }
        if self.places.taken.insert(APART.to_owned()) {
            self.places.headings.push((APART.to_owned(), "Apart".to_owned(), 1 << 16));
        }
        let name = page.rsplit_once('.').map_or(page, |(path, _)| path).replace(['/', '.'], "-");
        let file = format!("apart/{}.md", self.free("apart/", &name, false, false));
        self.place(page, file, None, None, true);
    }

    fn place(&mut self, page: &str, file: String, title: Option<String>, weight: Option<usize>, is_apart: bool) {
        let old = address(self.project, page);
        let is_double = !self.used.insert(old.trim_end_matches("index.html").to_owned());
        let address = (!is_double && usual(&file).as_deref() != Some(old.as_str())).then_some(old);
        self.places.put(page, Place { file, title, weight, address, alias: None, is_apart, is_double });
    }

    /// The name of a page's file without its ending, in which no language stands.
    fn stem(&self, page: &str) -> String {
        let language = self.project.language.as_deref().unwrap_or("en");
        let stem = stem(page);
        stem.strip_suffix(&format!(".{language}")).map_or_else(|| stem.to_owned(), |name| format!("{name}-{language}"))
    }

    /// What the file or the folder of an entry is called: as its page is, or as the folder is that all below it share, or by its
    /// title.
    fn name(&self, entry: &Entry, page: Option<&str>, folder: &str) -> String {
        let last = |folder: &str| folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        let title = || slug(entry.title.as_deref().unwrap_or_default());
        let named = match page {
            Some(page) if is_index(page) => page.rsplit_once('/').map_or_else(title, |(folder, _)| last(folder)),
            Some(page) => self.stem(page),
            None => {
                let mut folders = pages(entry).map(|page| page.rsplit_once('/').map_or("", |(folder, _)| folder));
                let first = folders.next().unwrap_or_default();
                let shared = folders.fold(first, |shared, own| common(shared, own));
                if shared.is_empty() || last(shared) == last(folder) { title() } else { last(shared) }
            }
        };
        let is_language = folder.is_empty() && self.project.language.as_deref().unwrap_or("en") == named;
        if named.is_empty() || is_language || named == "apart" {
            format!("section-{named}").trim_end_matches('-').into()
        } else {
            named
        }
    }

    /// A name that no other file or folder in a folder has. A section without a page must not take the address of one.
    fn free(&self, folder: &str, name: &str, is_section: bool, is_bare: bool) -> String {
        let is_taken = |name: &str| {
            let (file, section) = (format!("{folder}{name}.md"), format!("{folder}{name}/_index.md"));
            self.places.taken.contains(&section)
                || !is_section && self.places.taken.contains(&file)
                || is_bare && self.addresses.contains(&format!("{folder}{name}/"))
        };
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        [name.to_owned()].into_iter().chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
    }
}

/// All pages of an entry.
fn pages(entry: &Entry) -> Box<dyn Iterator<Item = &str> + '_> {
    Box::new(entry.page.as_deref().into_iter().chain(entry.below.iter().flat_map(pages)))
}

/// The folder that two folders are in.
fn common<'p>(one: &'p str, other: &str) -> &'p str {
    let same = one.split('/').zip(other.split('/')).take_while(|(one, other)| one == other);
    let length: usize = same.map(|(part, _)| part.len() + 1).sum();
    &one[..length.saturating_sub(1)]
}

fn stem(page: &str) -> &str {
    let name = page.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A title as the name of a folder.
fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// The address that a page had, from the root of the site.
pub(super) fn address(project: &Project, page: &str) -> String {
    let path = page.rsplit_once('.').map_or(page, |(path, _)| path);
    let folder =
        is_index(page).then(|| path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default());
    match (folder, project.address) {
        (Some(folder), Address::Folder) => folder,
        (Some(folder), Address::File) => folder + "index.html",
        (None, Address::Folder) => format!("{path}/"),
        (None, Address::File) => format!("{path}.html"),
    }
}

/// The address that a file has of itself; none where it is not plain.
fn usual(file: &str) -> Option<String> {
    let path = file.strip_suffix(".md")?;
    let plain = path.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_/".contains(&byte));
    plain.then(|| path.strip_suffix("_index").map_or_else(|| format!("{path}/"), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(title: &str, page: &str, below: Vec<Entry>) -> Entry {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Entry { title: some(title), page: some(page), below }
    }

    #[test]
    fn folders_are_the_tree_of_the_navigation_and_addresses_stay() {
        let contents = vec![
            entry("Start", "install.md", vec![]),
            entry("Guide", "", vec![entry("Own", "guide/own.md", vec![]), entry("", "guide/deep/x.md", vec![])]),
            entry("Flat", "ch01.md", vec![entry("Part", "ch01-01.md", vec![])]),
            entry("Mixed", "", vec![entry("", "a/one.md", vec![]), entry("", "b/one.md", vec![])]),
            entry("Gone", "gone.md", vec![]),
        ];
        let pages = [
            "index.md",
            "install.md",
            "guide/own.md",
            "guide/deep/x.md",
            "ch01.md",
            "ch01-01.md",
            "a/one.md",
            "b/one.md",
            "left/README.md",
            "left/Over.md",
        ];
        let project = Project { contents: Some(contents), home: Some("index.md".into()), ..Project::default() };
        let places = places(&project, &pages);
        let shown: Vec<String> = pages
            .iter()
            .map(|page| {
                let place = places.get(page).unwrap();
                let weight = place.weight.map(|weight| weight.to_string()).unwrap_or_default();
                let address = place.address.as_deref().unwrap_or("=");
                format!("{page} {} {weight} {address}{}", place.file, if place.is_apart { " apart" } else { "" })
            })
            .collect();
        let expected = [
            "index.md _index.md  =",
            "install.md install.md 1 =",
            "guide/own.md guide/own.md 1 =",
            "guide/deep/x.md guide/x.md 2 guide/deep/x/",
            "ch01.md ch01/_index.md 3 =",
            "ch01-01.md ch01/ch01-01.md 1 ch01-01/",
            "a/one.md mixed/one.md 1 a/one/",
            "b/one.md mixed/one-2.md 2 b/one/",
            "left/README.md apart/left-README.md  left/ apart",
            "left/Over.md apart/left-Over.md  left/Over/ apart",
        ];
        assert_eq!(shown, expected);
        assert_eq!(
            places.headings().collect::<Vec<_>>(),
            [("guide/_index.md", "Guide", 2), ("mixed/_index.md", "Mixed", 4), (APART, "Apart", 1 << 16)]
        );
        let book = Project { address: Address::File, dialect: Dialect::MdBook, ..project };
        let places = super::places(&book, &pages);
        assert_eq!(places.get("install.md").unwrap().address.as_deref(), Some("install.html"));
        assert_eq!(places.get("index.md").unwrap().alias.as_deref(), Some("index.html"));
    }
}
