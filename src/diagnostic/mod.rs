//! Trouble in the user's files, as values: what is wrong, where, and what to do about it.

mod code;
mod nearest;

pub use code::Code;
pub use nearest::{Names, Suggestions, did_you_mean, nearest};

use crate::paths::SourcePath;
use crate::source::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The site is built; `--strict` makes it an error.
    Warning,
}

/// A place in a file of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// The bytes of its text that are meant; the empty span at 0 means the file as a whole.
    pub span: Span,
}

impl Place {
    /// A place in a file.
    pub fn new(path: &SourcePath, span: impl Into<Span>) -> Self {
        Self { path: path.clone(), span: span.into() }
    }

    /// The file as a whole.
    pub fn file(path: &SourcePath) -> Self {
        Self::new(path, Span::default())
    }
}

/// One complaint: never made without a code and a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The searchable word for its kind.
    pub code: Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// Other places that explain it, each with a few words.
    pub related: Vec<(Place, String)>,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// Something that stops the build.
    pub fn error(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, place, message: message.into(), related: vec![], hints: vec![] }
    }

    /// Something that the author should know and that stops nothing.
    pub fn warning(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    /// The same with a hint at the mend.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with a hint if there is one.
    #[must_use]
    pub fn hint_if(self, hint: Option<String>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// The same with another place that explains it.
    #[must_use]
    pub fn also(mut self, place: Place, words: impl Into<String>) -> Self {
        self.related.push((place, words.into()));
        self
    }
}

/// A value together with what there was to complain about while it was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnosed<T> {
    /// The value, as good as it could be made.
    pub value: T,
    /// The complaints, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Diagnosed<T> {
    /// A value that nothing is wrong with.
    pub fn fine(value: T) -> Self {
        Self { value, diagnostics: vec![] }
    }

    /// The value, its complaints moved to `list`.
    pub fn collect(self, list: &mut Vec<Diagnostic>) -> T {
        list.extend(self.diagnostics);
        self.value
    }
}
