//! One content file, understood alone: nothing here knows the site, so a document is reusable by its bytes.

mod front_matter;
mod keys;
mod stated;

pub use front_matter::{FrontMatter, MatrixKey, Other, SourceNote};
pub use keys::{CASCADE, FACT, FRONT_MATTER};
pub use stated::{Local, Stated, StatedIndicator, StatedPart, StatedRank};

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnosed, Diagnostic, Place, Severity};
use crate::markdown::{self, LinkKind, Markdown, Options};
use crate::source::{Hash, Source, Span};

/// A content file: its front matter and its body.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file itself.
    pub source: Source,
    /// What stands between the `---` lines.
    pub front: Arc<FrontMatter>,
    /// What follows.
    pub body: Markdown,
    /// A hash of the front matter as it is written, places and all.
    pub front_hash: Hash,
    /// The first byte of the file that is not front matter.
    pub body_start: usize,
    /// The front matter could not be read: what it lacks is no second complaint.
    pub front_is_broken: bool,
    /// The first byte of the body's HTML that is shown: a heading that only repeats the title is left out.
    pub shown_from: usize,
    /// A hash of what can be read in it: headings with their ids, and the plain text.
    pub text_hash: Hash,
}

impl Document {
    /// The title that the file gives itself: of its front matter, else its first heading.
    pub fn title(&self) -> Option<&str> {
        let heading = || self.body.headings.first().map(|heading| heading.text.as_str());
        self.front.title.as_deref().or_else(heading).filter(|title| !title.trim().is_empty())
    }

    /// Whether the graph of the site sees no difference between the two: the same front matter, headings, ids and links.
    /// What else stands in the text, and where in it they stand, may differ.
    pub fn has_face_of(&self, other: &Self) -> bool {
        self.front_hash == other.front_hash && self.has_body_of(other)
    }

    /// Whether the graph sees no difference but in the title that front matter gives.
    pub fn has_face_but_title_of(&self, other: &Self) -> bool {
        let renamed = FrontMatter { title: other.front.title.clone(), ..(*self.front).clone() };
        self.front.title.is_some() && renamed == *other.front && self.has_body_of(other)
    }

    fn has_body_of(&self, other: &Self) -> bool {
        let heading = |heading: &markdown::Heading| (heading.id.clone(), heading.text.clone());
        // What a link says of a figure is compared with the figure.
        let said = |link: &markdown::Link| (link.kind == LinkKind::Fact).then(|| link.label.clone());
        let link = |link: &markdown::Link| (link.kind, link.target.clone(), link.external, said(link));
        let argument = |own: &markdown::Argument| (own.name.clone(), own.value.clone());
        let component =
            |own: &markdown::Component| (own.name.clone(), own.arguments.iter().map(argument).collect::<Vec<_>>());
        let (one, two) = (&self.body, &other.body);
        self.source.path() == other.source.path()
            && self.front_is_broken == other.front_is_broken
            && one.ids == two.ids
            && one.headings.iter().map(heading).eq(two.headings.iter().map(heading))
            && one.links.iter().map(link).eq(two.links.iter().map(link))
            && one.components.iter().map(component).eq(two.components.iter().map(component))
    }

    /// The beginning of the text, for a page that describes itself nowhere: at most `most` characters of the first
    /// paragraphs, cut at a sentence where there is one.
    pub fn opening(&self, most: usize) -> Option<String> {
        let text = self.body.sections.iter().map(|section| section.text.trim()).find(|text| !text.is_empty())?;
        let paragraph = text.lines().next()?;
        if paragraph.chars().count() <= most {
            return Some(paragraph.to_owned());
        }
        let cut: String = paragraph.chars().take(most).collect();
        let sentence = cut.rfind(['。', '！', '？']).map(|end| cut[..end].to_owned() + "。");
        Some(sentence.unwrap_or_else(|| format!("{}…", cut.trim_end())))
    }
}

/// The document in a content file.
pub fn read(source: &Source, options: &Options) -> Diagnosed<Document> {
    let mut diagnostics = vec![];
    let text = source.text();
    let (front, body_start) = match split(text) {
        Split::None => (FrontMatter::default(), 0),
        Split::Unclosed => {
            let place = Place::new(source.path(), 0..3);
            diagnostics.push(
                Diagnostic::error(Code::FrontMatterUnclosed, place, "the front matter has no end")
                    .hint("close it with a line that holds only `---`"),
            );
            (FrontMatter::default(), text.len())
        }
        Split::At { yaml, body } => (front_matter::read(source, yaml).collect(&mut diagnostics), body),
    };
    let front_is_broken = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let body = markdown::parse(source, Span::new(body_start, text.len()), options).collect(&mut diagnostics);
    let shown_from = title_end(&front, &body);
    let text_hash = text_hash(&body);
    let front_hash = Hash::of(&text.as_bytes()[..body_start]);
    let value = Document {
        source: source.clone(),
        front: front.into(),
        body,
        front_hash,
        body_start,
        front_is_broken,
        shown_from,
        text_hash,
    };
    Diagnosed { value, diagnostics }
}

fn text_hash(body: &Markdown) -> Hash {
    let mut all = String::with_capacity(body.sections.iter().map(|section| section.text.len() + 64).sum());
    for heading in &body.headings {
        all.extend([&heading.id, "\n", &heading.text, "\n"]);
    }
    for section in &body.sections {
        all.extend([&section.heading.map_or_else(String::new, |at| at.to_string()), "\0", &section.text, "\0"]);
    }
    Hash::of(all.as_bytes())
}

enum Split {
    None,
    Unclosed,
    At { yaml: Span, body: usize },
}

/// Finds the front matter: a first line `---` and the next line `---` or `...`.
fn split(text: &str) -> Split {
    let Some((first, _)) = text.split_once('\n') else {
        return if text.trim_end() == "---" { Split::Unclosed } else { Split::None };
    };
    if first.trim_end() != "---" {
        return Split::None;
    }
    let start = first.len() + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Split::At { yaml: Span::new(start, at), body: at + line.len() };
        }
        at += line.len();
    }
    Split::Unclosed
}

/// The end of a first `<h1>` that says what the page's own title says already.
fn title_end(front: &FrontMatter, body: &Markdown) -> usize {
    let Some(heading) = body.headings.first().filter(|heading| heading.level == 1) else { return 0 };
    let repeats = front.title.as_ref().is_none_or(|title| title.trim() == heading.text.trim());
    let html = &body.body.html;
    if !repeats || !html.starts_with("<h1") {
        return 0;
    }
    let end = html.find("</h1>").map_or(0, |at| at + "</h1>".len());
    let next = end + html[end..].len() - html[end..].trim_start_matches('\n').len();
    // What the site puts behind the heading stands between line feeds.
    let hole = body.body.holes.iter().map(|hole| hole.at as usize).find(|at| *at >= end);
    hole.map_or(next, |at| at.min(next))
}
