//! What the tests of import share: one call, the pages by name, and the questions that every import must pass.

use std::collections::BTreeMap;

use fangzhi::diagnostic::Diagnostic;
use fangzhi::document;
use fangzhi::import::{Fate, Imported, Recipe, Request, import};
use fangzhi::inputs::{Asset, File};
use fangzhi::markdown::Options;
use fangzhi::paths::SourcePath;
use fangzhi::source::Source;

use crate::support::TestSite;

/// What came of an import whose recipe is fine.
pub fn run(name: &str, bytes: &[u8], recipe: &str) -> Imported {
    attempt(name, bytes, recipe).unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"))
}

/// What came of an import.
pub fn attempt(name: &str, bytes: &[u8], recipe: &str) -> Result<Imported, Vec<Diagnostic>> {
    let path = SourcePath::new(name).unwrap();
    let recipe_path = SourcePath::new("report.recipe.yaml").unwrap();
    let recipe = Recipe::read(&recipe_path, recipe).map_err(|diagnostic| vec![diagnostic])?;
    let taxonomies = ["cities".to_owned(), "themes".to_owned()];
    let request = Request { path: &path, bytes, recipe: &recipe, recipe_path: &recipe_path, taxonomies: &taxonomies };
    import(&request, &mut |_, _| {})
}

/// The pages by their paths.
pub fn pages(imported: &Imported) -> BTreeMap<String, String> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let pages = imported.files.iter().filter(|file| file.path.ends_with(".md"));
    pages.map(|file| (file.path.clone(), text(&file.bytes))).collect()
}

/// A page without its front matter.
pub fn body(imported: &Imported, path: &str) -> String {
    let pages = pages(imported);
    let page = pages.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", pages.keys()));
    page.splitn(3, "---\n").nth(2).unwrap().trim_start().to_owned()
}

/// The characters of a text that leave ink.
pub fn ink(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{feff}').collect()
}

/// What a reader of a page sees, heading by heading, as ink.
pub fn shown(text: &str) -> String {
    let source = Source::new(SourcePath::new("content/a.md").unwrap(), text);
    let body = document::read(&source, &Options::default()).value.body;
    let mut out = String::new();
    let mut headings = body.headings.iter().enumerate().peekable();
    for section in &body.sections {
        while let Some((_, heading)) = headings.next_if(|(at, _)| section.heading.is_some_and(|own| *at <= own)) {
            out.push_str(&heading.text);
        }
        out.push_str(&section.text);
    }
    out.extend(headings.map(|(_, heading)| heading.text.as_str()));
    ink(&out)
}

/// The ink of the source's lines that a page is made of by the ledger, its head aside, in the order of the file.
pub fn kept(imported: &Imported, path: &str, source: &str) -> String {
    let lines: Vec<&str> = physical(source);
    let on_page = imported.ledger.lines.iter().filter(|entry| entry.page.as_deref() == Some(path));
    let body = on_page.filter(|entry| !matches!(entry.fate, Fate::Field { .. }));
    body.map(|entry| ink(lines[entry.line - 1])).collect()
}

/// The lines of a text.
pub fn physical(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = vec![];
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        lines.extend(line.split('\r'));
    }
    if lines.last() == Some(&"") {
        lines.pop();
    }
    lines
}

/// The rules of the open doubts, in order.
pub fn open(imported: &Imported) -> Vec<(&str, String)> {
    let open = imported.ledger.doubts.iter().filter(|doubt| doubt.is_open());
    open.map(|doubt| (doubt.rule, doubt.lines.to_string())).collect()
}

/// The id of the doubt of a rule about these lines.
pub fn id(imported: &Imported, rule: &str, lines: &str) -> String {
    let doubts = &imported.ledger.doubts;
    let found = doubts.iter().find(|doubt| doubt.rule == rule && doubt.lines.to_string() == lines);
    found.unwrap_or_else(|| panic!("no {rule} about {lines} in {doubts:#?}")).id.clone()
}

/// The fate of a line, in a word and its number.
pub fn fate(imported: &Imported, line: usize) -> String {
    match &imported.ledger.lines[line - 1].fate {
        Fate::Heading { level } => format!("heading {level}"),
        Fate::Paragraph { joined } => format!("paragraph {joined}"),
        Fate::ListItem { joined } => format!("list-item {joined}"),
        Fate::Quote { joined } => format!("quote {joined}"),
        Fate::Field { key } => format!("field {key}"),
        Fate::Dropped { rule } => format!("dropped {rule}"),
        Fate::Review { rule } => format!("review {rule}"),
        other => other.word().to_owned(),
    }
}

/// A site of the imported files builds without an error, and without a warning where `clean`.
pub fn builds(imported: &Imported, clean: bool) {
    let mut site = TestSite::new(
        "--- site.toml
         title = \"T\"
         default_language = \"zh\"
         [taxonomies.cities]
         [taxonomies.themes]
         --- content/_index.md
         # T",
    );
    for (path, text) in pages(imported) {
        site.edit(&format!("content/cities/{path}"), &text);
    }
    for file in imported.files.iter().filter(|file| !file.path.ends_with(".md")) {
        let path = SourcePath::new(&format!("content/cities/{}", file.path)).unwrap();
        site.inputs.files.insert(path, File::Asset(Asset::Memory(file.bytes.clone().into())));
    }
    site.rebuild();
    let said = site.diagnostics();
    let bad: Vec<&str> = said.lines().filter(|line| clean || line.contains(": error[")).collect();
    assert!(bad.is_empty(), "{bad:#?}");
}
