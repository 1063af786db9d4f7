//! What is wrong with one written figure, placed within its own text.

use std::ops::Range;

use crate::diagnostic::Code;

/// A complaint about a text that could not be read; whoever knows the file turns it into a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The searchable word for its kind.
    pub code: Code,
    /// The bytes of the text given that are meant.
    pub at: Range<usize>,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Trouble {
    pub(super) fn new(code: Code, at: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, at, message: message.into(), hint: None }
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub(super) fn hint_if(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }
}
