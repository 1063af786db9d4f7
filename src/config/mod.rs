//! `site.toml`: what it can say, checked and typed.

mod keys;
mod read;
mod text;

pub use keys::{FACTS, IMAGES, KEYS, LANGUAGE, LINK_CHECKER, MARKDOWN, SEARCH, TAXONOMY, UNIT};
pub use read::read;
pub use text::LocalText;

use std::collections::BTreeMap;

use crate::diagnostic::{Place, Severity};
use crate::inputs::Layout;

/// The settings of a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The site's title, by language.
    pub title: LocalText,
    /// One sentence about the site, by language.
    pub description: LocalText,
    /// Where the site will stand (`https://example.org/docs/`, always with the `/`); none for a relocatable site.
    pub base_url: Option<String>,
    /// Every language of the site, the default one first, the others in the order of the file.
    pub languages: Vec<Language>,
    /// The theme's name; `default` is the one in the binary.
    pub theme: String,
    /// Where that name stands.
    pub theme_place: Place,
    /// Folders.
    pub layout: Layout,
    /// Taxonomies in the order of the file.
    pub taxonomies: Vec<Taxonomy>,
    /// Whether raw HTML of authors is passed on.
    pub trust: bool,
    /// Beginnings of addresses that `check --external` does not ask.
    pub link_checker_skip: Vec<String>,
    /// How bad a link is that leads nowhere on the site.
    pub internal_level: Severity,
    /// Whether straight quotation marks and dashes become typographic ones outside Chinese.
    pub smart_punctuation: bool,
    /// How pictures are made smaller.
    pub images: ImagesConfig,
    /// Whether feeds are made (where there is a `base_url`).
    pub generate_feeds: bool,
    /// Whether `sitemap.xml` is made (where there is a `base_url`).
    pub generate_sitemap: bool,
    /// Whether a Markdown copy is made beside each page, and `llms.txt` and `llms-full.txt`.
    pub generate_llms: bool,
    /// Whether `print.html` is made for each home page and each section.
    pub generate_print: bool,
    /// Whether pages are minified.
    pub minify_html: bool,
    /// The address at which a page's source can be edited; `{path}` stands for its path.
    pub edit_url: Option<String>,
    /// Old URLs and where they lead, each with its place.
    pub redirects: Vec<Redirect>,
    /// Where facts find their subjects and indicators.
    pub facts: Option<FactsConfig>,
    /// The search.
    pub search: SearchConfig,
    /// Units that the site declares.
    pub units: Vec<UnitConfig>,
    /// The site's own data for templates.
    pub extra: serde_json::Value,
    /// The place to name when something is wrong with the file as a whole.
    pub place: Place,
}

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its code, as it stands in file names and URLs: `zh`, `en`.
    pub code: String,
    /// Its own name for itself: 中文, English.
    pub name: String,
    /// The BCP 47 tag for `lang` attributes: `zh-Hans`.
    pub tag: String,
    /// Interface strings that the site words differently.
    pub ui: BTreeMap<String, String>,
}

/// A way to group pages by terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomy {
    /// Its name, which is its key in front matter.
    pub name: String,
    /// What readers see.
    pub title: LocalText,
    /// The folder of its term pages in content and in URLs.
    pub path: String,
    /// Whether every term must have a page.
    pub strict: bool,
    /// Pages a list shows at once; none for all.
    pub paginate_by: Option<usize>,
    /// Whether each term has a feed.
    pub feed: bool,
    /// The order of pages under a term.
    pub sort_by: SortBy,
    /// The taxonomy by which a term's pages are grouped.
    pub group_by: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// The order of a list of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortBy {
    /// Ordinal, weight, sort key, title.
    Weight,
    /// Newest first.
    Date,
    /// By title.
    Title,
}

/// An old URL and its new home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old URL, from the site's root.
    pub from: String,
    /// A content file, a URL of the site, or an address elsewhere.
    pub to: String,
    /// Where the old URL is written.
    pub place: Place,
    /// Where its new home is written.
    pub to_place: Place,
}

/// How large pictures are made smaller for small screens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImagesConfig {
    /// The widths in pixels, the smallest first; none to leave pictures as they are.
    pub widths: Vec<u32>,
    /// From 1, the smallest files, to 100.
    pub quality: u8,
    /// How wide a page shows a picture, as HTML's `sizes` has it.
    pub sizes: String,
}

impl Default for ImagesConfig {
    fn default() -> Self {
        // The default theme's text is 646 pixels wide: one of these fits it on any screen.
        let sizes = "(min-width: 44rem) 41rem, 100vw".to_owned();
        Self { widths: vec![720, 1080, 1440], quality: 80, sizes }
    }
}

/// Where facts find their words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactsConfig {
    /// The taxonomy whose terms are the subjects.
    pub subjects: String,
    /// The section whose pages are the indicators.
    pub indicators: String,
    /// Where it is declared.
    pub place: Place,
}

/// What the search does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SearchConfig {
    /// Whether there is an index at all.
    pub enabled: bool,
    /// What a word counts in titles and other names.
    pub title: f64,
    /// What a word counts in headings and keywords.
    pub heading: f64,
    /// What a word counts in the text.
    pub body: f64,
}

/// A unit that the site declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitConfig {
    /// Its id in `indicator: { unit: … }`.
    pub id: String,
    /// What readers see after the number.
    pub symbol: LocalText,
    /// Other ways in which sources write it.
    pub spellings: Vec<String>,
    /// Where it is declared.
    pub place: Place,
}

impl Config {
    /// The language that pages without a mark are in.
    pub fn default_language(&self) -> &Language {
        &self.languages[0]
    }

    /// The position of a language in [`Config::languages`].
    pub fn language(&self, code: &str) -> Option<usize> {
        self.languages.iter().position(|language| language.code == code)
    }

    /// A text of the configuration in a language, or in the default one.
    pub fn say<'c>(&'c self, text: &'c LocalText, language: usize) -> &'c str {
        let code = self.languages.get(language).map_or("", |language| &language.code);
        text.get(code).or_else(|| text.get(&self.default_language().code)).unwrap_or_else(|| text.any())
    }

    /// The taxonomy whose terms facts are about.
    pub fn subjects(&self) -> Option<usize> {
        self.taxonomy(&self.facts.as_ref()?.subjects)
    }

    /// The taxonomy of a name.
    pub fn taxonomy(&self, name: &str) -> Option<usize> {
        self.taxonomies.iter().position(|taxonomy| taxonomy.name == name)
    }
}
