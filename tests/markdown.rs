//! The cases of `tests/markdown/*.md`: a heading names the case, a `markdown` block is its source, and the blocks behind it
//! say what comes of it.
//!
//! `html` is the body with its holes filled in a simple way, `links`, `headings`, `text`, `ids` and `counts` are what else
//! the body says, `complaints` are the diagnostics (none are expected if there is no such block). `markdown trust` passes
//! the author's HTML, `markdown smart` makes punctuation typographic. With `FANGZHI_UPDATE=1` the blocks are written anew: look at the difference before you keep it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use fangzhi::diagnostic::Diagnosed;
use fangzhi::markdown::{self, Fill, Markdown, Options};
use fangzhi::paths::SourcePath;
use fangzhi::source::{Source, Span};

struct Case {
    source: Source,
    parsed: Diagnosed<Markdown>,
}

impl Case {
    fn new(text: &str, mode: Option<&str>) -> Self {
        let source = Source::new(SourcePath::new("content/a.md").expect("a path"), text);
        let (trust, smart_punctuation) = (mode == Some("trust"), mode == Some("smart"));
        let options = Options { trust, smart_punctuation, ..Options::default() };
        let parsed = markdown::parse(&source, Span::new(0, text.len()), &options);
        Self { source, parsed }
    }

    /// What a block of this name should hold; none for a name that says nothing of the body.
    fn block(&self, name: &str) -> Option<String> {
        let value = &self.parsed.value;
        Some(match name {
            "html" => filled(value),
            "links" => self.links(),
            "headings" => self.headings(),
            "text" => value.sections.iter().map(|s| format!("{:?} {:?}\n", s.heading, s.text)).collect(),
            "ids" => value.ids.iter().map(|id| format!("{id}\n")).collect(),
            "counts" => format!("{} characters, {} words\n", value.characters, value.words),
            "complaints" => self.complaints(),
            _ => return None,
        })
    }

    fn links(&self) -> String {
        let mut out = String::new();
        for link in &self.parsed.value.links {
            let written = &self.source.text()[link.span.range()];
            let side = if link.external { "external" } else { "internal" };
            let _ = writeln!(out, "{:?} {side} {:?} {:?} at {written:?}", link.kind, link.target, link.label);
        }
        out
    }

    fn headings(&self) -> String {
        let mut out = String::new();
        for heading in &self.parsed.value.headings {
            let _ = write!(out, "{} #{} {:?} {:?}", heading.level, heading.id, heading.text, heading.html());
            let _ =
                writeln!(out, "{}", heading.aliases.iter().map(|alias| format!(" alias {alias}")).collect::<String>());
        }
        out
    }

    fn complaints(&self) -> String {
        let mut out = String::new();
        for complaint in &self.parsed.diagnostics {
            let at = self.source.line_column(complaint.place.span.start as usize);
            let word = format!("{:?}", complaint.severity).to_lowercase();
            let code = complaint.code.as_str();
            let _ = writeln!(out, "{}:{}: {word}[{code}]: {}", at.line, at.column, complaint.message);
        }
        out
    }
}

fn filled(parsed: &Markdown) -> String {
    let mut html = filled_to(parsed, parsed.body.html.len());
    if let Some(at) = parsed.summary {
        html.insert_str(filled_to(parsed, at as usize).len(), "«summary»\n");
    }
    html
}

fn filled_to(parsed: &Markdown, end: usize) -> String {
    let target = |link: u32| &parsed.links[link as usize].target;
    parsed.body.fill_from(0, end, |hole, out| match hole.fill {
        Fill::Href(link) => out.push_str(&format!(" href=\"{}\"", target(link))),
        Fill::Exact(link) => out.push_str(&format!(" value=\"{}\"", target(link))),
        Fill::Src(link) => out.push_str(&format!(" src=\"{}\"", target(link))),
        Fill::WikiText(link) => out.push_str(&format!("«{}»", target(link))),
        Fill::Word(word) | Fill::Interface(word) => out.push_str(&format!("«{word}»")),
        Fill::Code(at) => out.push_str(&format!("«code {}»\n", parsed.included_code[at as usize].target)),
        Fill::Component(at) => {
            let component = &parsed.components[at as usize];
            let arguments = component.arguments.iter().map(|a| format!(" {}={:?}", a.name, a.value));
            out.push_str(&format!("«{}{}»", component.name, arguments.collect::<String>()));
        }
        Fill::ComponentEnd(at) => out.push_str(&format!("«/{}»", parsed.components[at as usize].name)),
        Fill::Include(link) => out.push_str(&format!("«include {}»", target(link))),
    })
}

/// A fenced block of a case file: its info string and its lines.
struct Block {
    info: String,
    text: String,
}

/// The pieces of a case file: each text between blocks, with the block that follows it.
fn pieces(text: &str) -> (Vec<(String, Block)>, String) {
    let (mut list, mut between) = (vec![], String::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let fence = line.len() - line.trim_start_matches('`').len();
        if fence < 3 {
            between.push_str(line);
            between.push('\n');
            continue;
        }
        let inner = lines.by_ref().take_while(|inner| *inner != &line[..fence]);
        let text = inner.map(|inner| format!("{inner}\n")).collect();
        list.push((std::mem::take(&mut between), Block { info: line[fence..].to_owned(), text }));
    }
    (list, between)
}

fn fence(text: &str) -> String {
    let longest = text.lines().map(|line| line.len() - line.trim_start_matches('`').len()).max().unwrap_or(0);
    "`".repeat(3.max(longest + 1))
}

/// Runs the cases of a file; what is wrong with each, and the file as it would be right.
fn run(path: &Path) -> (Vec<String>, String, usize) {
    let text = std::fs::read_to_string(path).expect("the case file can be read");
    let (mut wrong, mut right, mut name, mut cases) = (vec![], String::new(), String::new(), 0);
    let mut case: Option<(Case, bool)> = None;
    let (blocks, rest) = pieces(&text);
    for (between, block) in blocks {
        if let Some(heading) = between.lines().rev().find_map(|line| line.strip_prefix("## ")) {
            name = heading.to_owned();
        }
        let mut words = block.info.split_whitespace();
        let kind = words.next().unwrap_or_default();
        let is = if kind == "markdown" {
            finish(case.take(), &name, &mut wrong);
            cases += 1;
            case = Some((Case::new(&block.text, words.next()), false));
            block.text.clone()
        } else {
            let (case, complained) = case.as_mut().expect("a markdown block comes first");
            *complained |= kind == "complaints";
            case.block(kind).unwrap_or_else(|| panic!("{}: {name}: a block `{kind}`", path.display()))
        };
        if is != block.text {
            wrong.push(format!("# {name}: {kind}\n--- wanted\n{}--- is\n{is}", block.text));
        }
        let fence = fence(&is);
        let _ = write!(right, "{between}{fence}{}\n{is}{fence}\n", block.info);
    }
    finish(case, &name, &mut wrong);
    (wrong, right + &rest, cases)
}

/// A case without a block of complaints has none.
fn finish(case: Option<(Case, bool)>, name: &str, wrong: &mut Vec<String>) {
    if let Some((case, false)) = case {
        let complaints = case.complaints();
        if !complaints.is_empty() {
            wrong.push(format!("# {name}: unexpected complaints\n{complaints}"));
        }
    }
}

#[test]
fn cases() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/markdown"));
    let files = std::fs::read_dir(folder).expect("the folder of cases").map(|file| file.expect("a file").path());
    let mut all = vec![];
    let mut count = 0;
    for path in files.filter(|path| path.file_name().is_some_and(|name| name != "exceptions.md")) {
        let (wrong, right, cases) = run(&path);
        count += cases;
        if std::env::var_os("FANGZHI_UPDATE").is_some() {
            std::fs::write(&path, right).expect("the case file can be written");
        }
        all.extend(wrong.into_iter().map(|complaint| format!("{}: {complaint}", path.display())));
    }
    assert!(count > 0, "there are cases");
    assert!(all.is_empty(), "{} wrong\n{}", all.len(), all.join("\n"));
}
