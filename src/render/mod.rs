//! The template boundary: the only door of Tera. Values go in, text comes out, and what goes wrong has its place in a
//! template.

mod components;
mod filters;

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::{Source, Span};
use crate::theme::Theme;
use crate::utf8;

/// What every page of one language shares. It is put into the global context once and passed by reference.
#[derive(Debug, Clone, Serialize)]
pub struct Globals<S: Serialize> {
    /// What the site is.
    pub site: S,
    /// Interface strings.
    pub ui: std::collections::BTreeMap<String, String>,
}

/// A value that many views hold: it is made once and passed by reference.
#[derive(Debug, Clone)]
pub struct Shared(Value);

impl Shared {
    /// The value as templates see it.
    pub fn of(value: &impl Serialize) -> Self {
        Self(Value::from_serializable(value))
    }
}

impl Hash for Shared {
    fn hash<H: Hasher>(&self, state: &mut H) {
        serde_json::to_vec(&self.0).unwrap_or_default().hash(state);
    }
}

impl Serialize for Shared {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

/// What most pages take at most, in bytes.
const PAGE: usize = 1 << 15;

/// What Tera wrote as text.
fn written(bytes: Vec<u8>, page: &Place) -> Result<String, Box<Diagnostic>> {
    utf8::text(bytes).map_err(|error| Box::new(Diagnostic::error(Code::Internal, page.clone(), error.to_string())))
}

/// Every template of the site, ready to be rendered in each language.
pub struct Templates {
    by_language: Vec<Tera>,
    sources: HashMap<String, Source>,
}

impl Templates {
    /// The templates of a theme; `languages` are the global values and the `lang` tag of each language.
    ///
    /// # Errors
    /// A diagnostic for each template that cannot be read, with the place in it.
    pub fn new<S: Serialize>(theme: &Theme, languages: &[(Globals<S>, &str)]) -> Result<Self, Vec<Diagnostic>> {
        let sources: HashMap<String, Source> = theme.templates.iter().cloned().collect();
        let mut templates = Self { by_language: vec![], sources };
        for (globals, tag) in languages {
            let mut tera = Tera::default();
            let complain = |error: tera::Error| templates.complaint(&error, Code::TemplateSyntax, None);
            tera.set_fallback_prefixes(theme.prefixes.clone()).map_err(|error| vec![complain(error)])?;
            filters::register(&mut tera, tag);
            let mut texts: Vec<_> = theme.templates.iter().collect();
            let mut complaints: Vec<Diagnostic> = vec![];
            // Tera stops at the first mistake: what it names is left out, and the others are tried again.
            while let Err(error) = tera.add_raw_templates(texts.iter().map(|(name, source)| (name, source.text()))) {
                let complaint = complain(error);
                let known = texts.len();
                texts.retain(|(_, source)| *source.path() != complaint.place.path);
                let stuck = texts.len() == known;
                if complaints.is_empty() || !stuck {
                    complaints.push(complaint);
                }
                if stuck {
                    break;
                }
            }
            if !complaints.is_empty() {
                return Err(complaints);
            }
            tera.global_context().insert("site", &globals.site);
            tera.global_context().insert("ui", &globals.ui);
            templates.by_language.push(tera);
        }
        Ok(templates)
    }

    /// The text that a template makes of a view.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn render_text(
        &self,
        language: usize,
        name: &str,
        view: &impl Serialize,
        page: &Place,
    ) -> Result<String, Box<Diagnostic>> {
        written(self.render(language, name, view, page)?, page)
    }

    /// The bytes of the text that a template makes of a view.
    ///
    /// # Errors
    /// A diagnostic with the place in the template, and `page` as the place it was made for.
    pub fn render(
        &self,
        language: usize,
        name: &str,
        view: &impl Serialize,
        page: &Place,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let complain = |error: tera::Error| Box::new(self.complaint(&error, Code::TemplateError, Some(page)));
        let context = Context::from_serialize(view).map_err(complain)?;
        let tera = self.by_language.get(language).or(self.by_language.first());
        let Some(tera) = tera else {
            return Err(Box::new(Diagnostic::error(Code::Internal, page.clone(), "there are no templates")));
        };
        let mut bytes = Vec::with_capacity(PAGE);
        tera.render_to(name, &context, &mut bytes).map_err(complain)?;
        Ok(bytes)
    }

    /// The message and place of an error that Tera has drawn already: `error: … --> page.html:2:17`.
    fn drawn(&self, message: &str) -> Option<(String, Place)> {
        let (said, rest) = message.split_once("\n")?;
        let at = rest.trim_start().strip_prefix("--> ")?.lines().next()?;
        let mut parts = at.rsplitn(3, ':');
        let (column, line, name) = (parts.next()?, parts.next()?, parts.next()?);
        let source = self.sources.get(name)?;
        let line = source.line_span(line.trim().parse().ok()?)?;
        let text = source.text().get(line.range())?;
        let column: usize = column.trim().parse().ok()?;
        let offset: usize = text.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        let start = line.start as usize + offset;
        Some((said.trim_start_matches("error: ").to_owned(), Place::new(source.path(), start..start)))
    }

    fn layered(&self, name: &str) -> Option<&Source> {
        let ending = format!("/{name}");
        self.sources.iter().find(|(full, _)| full.ends_with(&ending)).map(|(_, source)| source)
    }

    /// A template error with its place in the author's own file.
    fn complaint(&self, error: &tera::Error, code: Code, page: Option<&Place>) -> Diagnostic {
        let (message, place) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let source = self.sources.get(report.filename());
                let place = source.map(|source| {
                    let end = source.text().len();
                    let early = report.message().to_lowercase().contains("unexpected end of input");
                    let span = if early { Span::new(end, end) } else { Span::from(report.span().range.clone()) };
                    Place::new(source.path(), span)
                });
                (report.message().to_owned(), place)
            }
            ErrorKind::MissingParent { current, parent } => {
                let source = self.sources.get(current);
                let at = source.and_then(|source| source.text().find(parent.as_str())).unwrap_or(0);
                let place = source.map(|source| Place::new(source.path(), at..at + parent.len()));
                (format!("there is no template `{parent}` to extend"), place)
            }
            other => {
                let name = match other {
                    ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl),
                    ErrorKind::TemplateNotFound(name) => Some(name),
                    _ => None,
                };
                let place = name.and_then(|name| self.sources.get(name)).map(|source| Place::file(source.path()));
                let message = other.to_string();
                match self.drawn(&message) {
                    Some((message, place)) => (message, Some(place)),
                    None => (message, place),
                }
            }
        };
        let itself = match error.kind() {
            ErrorKind::CircularExtend { tpl, .. } => {
                Some(format!("`{{% extends \"default/{tpl}\" %}}` extends the template of that name in the theme"))
            }
            _ => None,
        };
        let any = || self.sources.values().map(Source::path).min().map(Place::file);
        let place = place.or_else(|| page.cloned()).or_else(any);
        let Some(place) = place else { unreachable!("an error comes from a template or a page") };
        let diagnostic = Diagnostic::error(code, place, lowered(&message)).hint_if(itself);
        match page {
            Some(page) if *page != diagnostic.place => diagnostic.also(page.clone(), "while this page was made"),
            _ => diagnostic,
        }
    }
}

/// Complaints begin with a small letter and end without a full stop.
fn lowered(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut letters = message.chars();
    match letters.next() {
        Some(first) if !letters.as_str().starts_with(|c: char| c.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => message.to_owned(),
    }
}
