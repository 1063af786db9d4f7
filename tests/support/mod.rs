//! `TestSite`: a whole site from one string literal, built in memory: no disk, no port, no clock.
//!
//! ```text
//! let site = TestSite::new(
//!     "--- content/a.md
//!      [to b](b.md)
//!      --- content/b.md
//!      # B",
//! );
//! site.expect_page("a/index.html", "href=\"../b/index.html\"").expect_clean();
//! ```
//!
//! A line `--- path` begins a file. The indentation that all lines but the first share is taken off, so that a literal can
//! be indented like the code around it.
#![allow(dead_code, reason = "each test program uses its own part")]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Mutex;

use fangzhi::build::{Build, Wish, build};
use fangzhi::config;
use fangzhi::diagnostic::{Diagnostic, Severity};
use fangzhi::inputs::{Asset, DEFAULT_CONFIG, File, Inputs};
use fangzhi::paths::{OutputPath, SourcePath};
use fangzhi::source::Source;

/// A site in memory together with its last build.
pub struct TestSite {
    /// What a build reads.
    pub inputs: Inputs,
    wish: Wish,
    built: Build,
}

/// The files of a literal: `--- path` lines, each with the text below it.
pub fn files(literal: &str) -> Vec<(String, String)> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let indent = literal.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let mut files: Vec<(String, String)> = vec![];
    for (number, line) in literal.lines().enumerate() {
        // The first line stands right behind the quotation mark.
        let line = if number == 0 { line.trim_start() } else { line.get(indent..).unwrap_or_default() };
        match (line.strip_prefix("--- "), files.last_mut()) {
            (Some(path), _) => files.push((path.trim().to_owned(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => assert!(line.trim().is_empty(), "`{line}` stands before the first `--- path`"),
        }
    }
    files
}

/// One line for a diagnostic: `path:line:col: severity[code]: text`, as `--format short` has it.
pub fn short(build: &Build, diagnostic: &Diagnostic) -> String {
    let place = &diagnostic.place;
    let at = build.source(&place.path).map(|source| source.line_column(place.span.start as usize));
    let (line, column) = at.map_or((1, 1), |at| (at.line, at.column));
    let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
    format!("{}:{line}:{column}: {severity}[{}]: {}", place.path, diagnostic.code.as_str(), diagnostic.message)
}

/// Every file of a build, the theme's own left out; and what making them complains about.
pub fn made(build: &Build) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
    let all = Mutex::new(BTreeMap::new());
    let troubles = build.make_all(|path, bytes| {
        if !path.as_str().starts_with("assets/") {
            all.lock().unwrap().insert(path.to_string(), bytes.to_vec());
        }
        Ok::<(), Infallible>(())
    });
    let Ok(troubles) = troubles;
    (all.into_inner().unwrap(), troubles)
}

impl TestSite {
    /// The site of a literal, built.
    pub fn new(literal: &str) -> Self {
        let mut inputs = Inputs::empty();
        for (path, text) in files(literal) {
            insert(&mut inputs, &path, &text);
        }
        Self::of(inputs, Wish { plain_html: true, ..Wish::default() })
    }

    /// A Chinese and English site of a literal that has no `site.toml` of its own.
    pub fn bilingual(literal: &str) -> Self {
        let languages = "--- site.toml\ntitle = { zh = \"站\", en = \"Site\" }\n[languages.en]\n";
        let others: String = files(literal).iter().map(|(path, text)| format!("--- {path}\n{text}")).collect();
        Self::new(&format!("{languages}{others}"))
    }

    fn of(mut inputs: Inputs, wish: Wish) -> Self {
        inputs.layout = config::read(&inputs.config()).value.layout;
        let built = build(&inputs, &wish, None);
        Self { inputs, wish, built }
    }

    /// The same site with drafts shown.
    pub fn with_drafts(self) -> Self {
        Self::of(self.inputs, Wish { drafts: true, ..self.wish })
    }

    /// The same site at an address.
    pub fn at(self, base_url: &str) -> Self {
        Self::of(self.inputs, Wish { base_url: Some(base_url.into()), ..self.wish })
    }

    /// The same site built on another day; else it is the first of January 2000.
    pub fn on(mut self, day: &str) -> Self {
        self.inputs.today = day.parse().unwrap();
        Self::of(self.inputs, self.wish)
    }

    /// The same site as a reader gets it: HTML is minified.
    pub fn minified(self) -> Self {
        Self::of(self.inputs, Wish { plain_html: false, ..self.wish })
    }

    /// Writes a file of the inputs; [`TestSite::rebuild`] shows what comes of it.
    pub fn edit(&mut self, path: &str, text: &str) -> &mut Self {
        insert(&mut self.inputs, path, text);
        self
    }

    /// Replaces a part of a file, which must be there.
    pub fn replace(&mut self, path: &str, from: &str, to: &str) -> &mut Self {
        let source = self.inputs.text(&SourcePath::new(path).unwrap()).unwrap_or_else(|| panic!("no file {path}"));
        assert!(source.text().contains(from), "{path} does not hold {from:?}");
        let text = source.text().replace(from, to);
        self.edit(path, &text)
    }

    /// Takes a file out of the inputs.
    pub fn remove(&mut self, path: &str) -> &mut Self {
        self.inputs.files.remove(&SourcePath::new(path).unwrap());
        self
    }

    /// Builds again, with all that the last build understood.
    pub fn rebuild(&mut self) -> &mut Self {
        self.inputs.layout = config::read(&self.inputs.config()).value.layout;
        self.built = build(&self.inputs, &self.wish, Some(&self.built));
        self
    }

    /// A build of the same inputs that knows nothing of an earlier one.
    pub fn clean_build(&self) -> Build {
        build(&self.inputs, &self.wish, None)
    }

    /// The last build.
    pub fn built(&self) -> &Build {
        &self.built
    }

    /// Every output but the theme's files, by its path.
    pub fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        made(&self.built).0
    }

    /// The paths of every output but the theme's files.
    pub fn paths(&self) -> Vec<String> {
        let own = |path: &&OutputPath| !path.as_str().starts_with("assets/");
        self.built.outputs.keys().filter(own).map(OutputPath::to_string).collect()
    }

    /// Whether there is an output.
    pub fn has(&self, path: &str) -> bool {
        OutputPath::new(path).is_ok_and(|path| self.built.outputs.contains_key(&path))
    }

    /// The text of one output.
    pub fn page(&self, path: &str) -> String {
        let output = OutputPath::new(path).unwrap();
        let content = self.built.outputs.get(&output);
        let content = content.unwrap_or_else(|| panic!("there is no {path}, but {:#?}", self.paths()));
        match self.built.make(&output, content) {
            Ok(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
            Err(diagnostic) => panic!("{path} cannot be made: {}", short(&self.built, &diagnostic)),
        }
    }

    /// What stands in `<article>`: the page's own part, without what the site puts around it.
    pub fn article(&self, path: &str) -> String {
        let page = self.page(path);
        let start = page.find("<article").unwrap_or_else(|| panic!("{path} has no article"));
        page[start..page.find("</article>").unwrap()].to_owned()
    }

    /// The titles of the pages that a page lists, in their order.
    pub fn listed(&self, path: &str) -> Vec<String> {
        let page = self.page(path);
        let entries = page.split("class=\"entry-title\"><a ").skip(1);
        entries.map(|entry| entry.split_once('>').unwrap().1.split('<').next().unwrap().to_owned()).collect()
    }

    /// A page must hold a text.
    #[track_caller]
    pub fn expect_page(&self, path: &str, needle: &str) -> &Self {
        let page = self.page(path);
        assert!(page.contains(needle), "{path} does not hold {needle:?}:\n{}\n{}", excerpt(&page), self.diagnostics());
        self
    }

    /// A page must not hold a text.
    #[track_caller]
    pub fn expect_not(&self, path: &str, needle: &str) -> &Self {
        let page = self.page(path);
        assert!(!page.contains(needle), "{path} holds {needle:?}:\n{}", excerpt(&page));
        self
    }

    /// Texts must stand on a page in this order.
    #[track_caller]
    pub fn expect_order(&self, path: &str, needles: &[&str]) -> &Self {
        let page = self.page(path);
        let mut rest = page.as_str();
        for needle in needles {
            let at =
                rest.find(needle).unwrap_or_else(|| panic!("{path}: {needle:?} is not there or too early:\n{page}"));
            rest = &rest[at + needle.len()..];
        }
        self
    }

    /// Every complaint of the last build, those of making pages too, one short line each.
    pub fn diagnostics(&self) -> String {
        self.complaints().iter().map(|diagnostic| short(&self.built, diagnostic) + "\n").collect()
    }

    /// Every complaint as a value.
    pub fn complaints(&self) -> Vec<Diagnostic> {
        let mut all = self.built.diagnostics.clone();
        if !self.built.has_errors() {
            all.extend(made(&self.built).1);
        }
        all
    }

    /// The complaints must be these, in this order; none for an empty text.
    #[track_caller]
    pub fn expect_diagnostics(&self, expected: &str) -> &Self {
        let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let found = self.diagnostics();
        let found: Vec<&str> = found.lines().collect();
        assert!(found == expected, "expected\n  {}\nfound\n  {}", expected.join("\n  "), found.join("\n  "));
        self
    }

    /// There must be nothing to complain about.
    #[track_caller]
    pub fn expect_clean(&self) -> &Self {
        self.expect_diagnostics("")
    }

    /// One of the complaints must give this advice.
    #[track_caller]
    pub fn expect_hint(&self, hint: &str) -> &Self {
        let complaints = self.complaints();
        let hints: Vec<&String> = complaints.iter().flat_map(|complaint| &complaint.hints).collect();
        assert!(hints.iter().any(|found| found.contains(hint)), "no hint {hint:?} among {hints:#?}");
        self
    }
}

/// The part of a page that a failed test shows: its middle, without head and navigation.
fn excerpt(page: &str) -> &str {
    let start = page.find("<main").unwrap_or(0);
    let end = page.find("</main>").filter(|end| *end > start).unwrap_or(page.len());
    &page[start..end]
}

/// Puts a file where reading a disk would have put it: Markdown, templates and the configuration are texts, all else is
/// copied.
fn insert(inputs: &mut Inputs, path: &str, text: &str) {
    let path = SourcePath::new(path).unwrap();
    let templates = ["templates/", "themes/"].iter().any(|folder| path.as_str().starts_with(folder));
    let is_text = match path.extension().as_str() {
        "md" | "markdown" => !path.as_str().starts_with("static/"),
        "html" | "toml" | "xml" => templates || path.as_str() == DEFAULT_CONFIG,
        _ => false,
    };
    if is_text {
        inputs.insert(Source::new(path, text));
    } else {
        inputs.files.insert(path, File::Asset(Asset::Memory(text.as_bytes().into())));
    }
}
