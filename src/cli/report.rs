//! Diagnostics shown: with excerpts as rustc has them, one a line for editors, as JSON, as GitHub annotations.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::paths::SourcePath;
use crate::source::{LineColumn, Source, Span};

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With excerpts, for people.
    Human,
    /// `path:line:col: error[code]: text`, for editors.
    Short,
    /// One JSON object a line, for programs.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// The most diagnostics that people are shown at once.
const MOST: usize = 100;

/// The text of an annotated file by its path; none if it is not at hand.
type Sources<'s> = &'s dyn Fn(&SourcePath) -> Option<Source>;

/// The diagnostics as text that ends with a line feed, in order of place. Control characters in them are made visible.
/// `root` is what stands before the paths in GitHub's annotations, which count from the top of the repository.
pub fn render(diagnostics: &[Diagnostic], sources: Sources<'_>, format: Format, root: &str, color: bool) -> String {
    let shown = match format {
        Format::Human | Format::Short => worst(diagnostics, MOST),
        Format::Json | Format::Github => worst(diagnostics, usize::MAX),
    };
    let mut out = String::new();
    for diagnostic in &shown {
        match format {
            Format::Human => out.push_str(&human(diagnostic, sources, color)),
            Format::Short => out.push_str(&short(diagnostic, sources)),
            Format::Json => out.push_str(&json(diagnostic, sources)),
            Format::Github => out.push_str(&github(diagnostic, sources, root)),
        }
        out.push('\n');
    }
    if diagnostics.len() > shown.len() {
        out.push_str(&format!("… and {} more\n", diagnostics.len() - shown.len()));
    }
    out
}

/// So many of the diagnostics, errors before warnings where not all can be shown, in order of place.
fn worst(diagnostics: &[Diagnostic], most: usize) -> Vec<&Diagnostic> {
    let mut chosen: Vec<&Diagnostic> = diagnostics.iter().collect();
    chosen.sort_by_key(|diagnostic| (diagnostic.severity, &diagnostic.place));
    chosen.truncate(most);
    chosen.sort_by_key(|diagnostic| &diagnostic.place);
    chosen
}

fn human(diagnostic: &Diagnostic, sources: Sources<'_>, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.as_str());
    let mut group = match Excerpt::of(&diagnostic.place, sources) {
        Some(excerpt) => title.element(excerpt.snippet(AnnotationKind::Primary, None)),
        None => {
            let at = start(&diagnostic.place, sources);
            title.element(Origin::path(visible(diagnostic.place.path.as_str())).line(at.line).char_column(at.column))
        }
    };
    let mut groups: Vec<Group<'_>> = vec![];
    for (place, words) in &diagnostic.related {
        let note = Level::NOTE.secondary_title(visible(words));
        groups.push(match Excerpt::of(place, sources) {
            Some(excerpt) => note.element(excerpt.snippet(AnnotationKind::Context, None)),
            None => {
                let at = start(place, sources);
                note.element(Origin::path(visible(place.path.as_str())).line(at.line).char_column(at.column))
            }
        });
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(visible(hint)));
    }
    groups.insert(0, group);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&groups) + "\n"
}

/// The most lines of one place that are shown.
const LINES: usize = 8;

/// The lines of a place, as they can be shown.
struct Excerpt {
    path: String,
    line: usize,
    text: String,
    span: std::ops::Range<usize>,
}

impl Excerpt {
    /// The lines of a place, or the first one of many; none for a file as a whole.
    fn of(place: &Place, sources: Sources<'_>) -> Option<Self> {
        let source = sources(&place.path)?;
        if place.span.start == 0 && place.span.end == 0 {
            return None;
        }
        let line = source.line_column(place.span.start as usize).line;
        let first = source.line_span(line)?;
        let last = source.line_column(place.span.end.saturating_sub(1).max(place.span.start) as usize).line;
        let last = if last - line < LINES { source.line_span(last)? } else { first };
        let whole = Span { start: first.start, end: last.end };
        let text = source.text().get(whole.range())?;
        let within = |offset: u32| (offset.clamp(whole.start, whole.end) - whole.start) as usize;
        let span = within(place.span.start)..within(place.span.end);
        let on_boundary = text.is_char_boundary(span.start) && text.is_char_boundary(span.end);
        let text = same_length(text);
        on_boundary.then(|| Self { path: visible(place.path.as_str()), line, text, span })
    }

    fn snippet<'a>(
        self,
        kind: AnnotationKind,
        label: Option<String>,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let annotation = kind.span(self.span).label(label);
        Snippet::source(self.text).line_start(self.line).path(self.path).annotation(annotation)
    }
}

fn short(diagnostic: &Diagnostic, sources: Sources<'_>) -> String {
    let LineColumn { line, column } = start(&diagnostic.place, sources);
    let path = visible(diagnostic.place.path.as_str());
    let (severity, code) = (severity(diagnostic), diagnostic.code.as_str());
    format!("{path}:{line}:{column}: {severity}[{code}]: {}", visible(&diagnostic.message))
}

#[derive(Serialize)]
struct JsonDiagnostic<'d> {
    code: &'d str,
    severity: &'d str,
    message: &'d str,
    #[serde(flatten)]
    place: JsonPlace<'d>,
    hints: &'d [String],
    related: Vec<JsonRelated<'d>>,
}

#[derive(Serialize)]
struct JsonPlace<'d> {
    path: &'d str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct JsonRelated<'d> {
    message: &'d str,
    #[serde(flatten)]
    place: JsonPlace<'d>,
}

fn json(diagnostic: &Diagnostic, sources: Sources<'_>) -> String {
    let place = |place: &'_ Place| -> (LineColumn, LineColumn) { (start(place, sources), end(place, sources)) };
    fn at<'d>(place: &'d Place, (start, end): (LineColumn, LineColumn)) -> JsonPlace<'d> {
        JsonPlace {
            path: place.path.as_str(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
    let object = JsonDiagnostic {
        code: diagnostic.code.as_str(),
        severity: severity(diagnostic),
        message: &diagnostic.message,
        place: at(&diagnostic.place, place(&diagnostic.place)),
        hints: &diagnostic.hints,
        related: diagnostic
            .related
            .iter()
            .map(|(other, words)| JsonRelated { message: words, place: at(other, place(other)) })
            .collect(),
    };
    // Hidden characters can only stand within strings, where any character may be an escape (RFC 8259, section 7).
    let escaped = |c: char| if is_hidden(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    serde_json::to_string(&object).unwrap_or_default().chars().map(escaped).collect()
}

/// A workflow command; `%`, line ends between hints, and in properties `:` and `,`, are escaped as its toolkit does.
fn github(diagnostic: &Diagnostic, sources: Sources<'_>, root: &str) -> String {
    let message = |text: &str| visible(text).replace('%', "%25");
    let property = |text: &str| message(text).replace(':', "%3A").replace(',', "%2C");
    let (start, end) = (start(&diagnostic.place, sources), end(&diagnostic.place, sources));
    let mut text = message(&diagnostic.message);
    for hint in &diagnostic.hints {
        text.push_str(&format!("%0Ahelp: {}", message(hint)));
    }
    // A column range is only understood within one line.
    let columns =
        if start.line == end.line { format!(",col={},endColumn={}", start.column, end.column) } else { String::new() };
    format!(
        "::{} file={},line={},endLine={}{columns},title={}::{}",
        severity(diagnostic),
        property(&format!("{root}{}", diagnostic.place.path)),
        start.line,
        end.line,
        property(diagnostic.code.as_str()),
        text,
    )
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn start(place: &Place, sources: Sources<'_>) -> LineColumn {
    position(place, place.span.start, sources)
}

fn end(place: &Place, sources: Sources<'_>) -> LineColumn {
    position(place, place.span.end, sources)
}

/// A file that is not at hand is named as a whole.
fn position(place: &Place, offset: u32, sources: Sources<'_>) -> LineColumn {
    sources(&place.path).map_or(LineColumn { line: 1, column: 1 }, |source| source.line_column(offset as usize))
}

/// Whether a character could change how the terminal shows what stands around it.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// The text with hidden characters written as escapes.
fn visible(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

/// The text with hidden characters replaced by ones of the same length, so that spans stay right.
fn same_length(text: &str) -> String {
    let shown = |c: char| match c.len_utf8() {
        _ if !is_hidden(c) => c,
        1 => '?',
        2 => '¿',
        _ => '\u{FFFD}',
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    const TEXT: &str = "一行\n去[这里](没有.md)看看\n";

    fn sample() -> (Diagnostic, Source) {
        let source = Source::new(SourcePath::new("content/a.md").unwrap(), TEXT);
        let at = TEXT.find("没有").unwrap();
        let place = Place::new(source.path(), at..at + "没有.md".len());
        let diagnostic = Diagnostic::error(Code::BrokenLink, place.clone(), "there is no file `没有.md`")
            .hint("did you mean `有.md`?")
            .also(Place::new(source.path(), 0..3), "the first line");
        (diagnostic, source)
    }

    fn shown(format: Format) -> String {
        let (diagnostic, source) = sample();
        render(&[diagnostic], &|_| Some(source.clone()), format, "docs/", false)
    }

    #[test]
    fn people_see_the_line() {
        let human = shown(Format::Human);
        assert!(human.starts_with("error[broken-link]: there is no file `没有.md`\n"), "{human}");
        assert!(human.contains("--> content/a.md:2:7"), "{human}");
        assert!(human.contains("help: did you mean `有.md`?"), "{human}");
        assert!(human.contains("note: the first line"), "{human}");
        assert!(!human.contains('\u{1b}'));
    }

    #[test]
    fn editors_see_one_line() {
        assert_eq!(shown(Format::Short), "content/a.md:2:7: error[broken-link]: there is no file `没有.md`\n");
    }

    #[test]
    fn programs_see_an_object() {
        let object: serde_json::Value = serde_json::from_str(&shown(Format::Json)).unwrap();
        assert_eq!(object["code"], "broken-link");
        assert_eq!((&object["line"], &object["column"], &object["end_column"]), (&2.into(), &7.into(), &12.into()));
        assert_eq!(object["related"][0]["line"], 1);
    }

    #[test]
    fn github_sees_an_annotation() {
        let line = shown(Format::Github);
        assert!(
            line.starts_with("::error file=docs/content/a.md,line=2,endLine=2,col=7,endColumn=12,title=broken-link::")
        );
        assert!(line.contains("%0Ahelp: did you mean"));
    }

    #[test]
    fn hidden_characters_are_shown() {
        let (mut diagnostic, source) = sample();
        diagnostic.message = "a\u{1b}[31m\u{202e}b".into();
        for format in [Format::Human, Format::Short, Format::Json, Format::Github] {
            let text = render(std::slice::from_ref(&diagnostic), &|_| Some(source.clone()), format, "docs/", false);
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
        }
    }

    #[test]
    fn a_flood_is_cut() {
        let (diagnostic, source) = sample();
        let many = vec![diagnostic; 130];
        let text = render(&many, &|_| Some(source.clone()), Format::Short, "", false);
        assert_eq!(text.lines().count(), 101);
        assert!(text.ends_with("… and 30 more\n"));
    }

    #[test]
    fn an_error_is_not_lost_in_a_flood_of_warnings() {
        let (error, source) = sample();
        let early = Place::new(source.path(), 0..3);
        let mut many = vec![Diagnostic { severity: Severity::Warning, place: early, ..error.clone() }; 130];
        many.push(error);
        let text = render(&many, &|_| Some(source.clone()), Format::Short, "", false);
        assert!(text.contains("error[") && text.ends_with("… and 31 more\n"), "{text}");
    }

    #[test]
    fn a_place_of_several_lines_is_shown_whole() {
        let (mut diagnostic, source) = sample();
        diagnostic.place = Place::new(source.path(), 0..TEXT.find("看看").unwrap());
        let text = render(&[diagnostic], &|_| Some(source.clone()), Format::Human, "", false);
        assert!(text.contains("一行") && text.contains("没有.md"), "{text}");
    }
}
