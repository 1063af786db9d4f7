//! A text of the configuration: one for all languages, or one for each.

use std::collections::BTreeMap;

/// A text by language; the empty code stands for all languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalText(BTreeMap<String, String>);

impl LocalText {
    /// The same text in every language.
    pub fn everywhere(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(String::new(), text.into())]))
    }

    /// Sets the text of one language.
    pub fn set(&mut self, language: &str, text: impl Into<String>) {
        self.0.insert(language.to_owned(), text.into());
    }

    /// The text of a language, or the one for all.
    pub fn get(&self, language: &str) -> Option<&str> {
        self.0.get(language).or_else(|| self.0.get("")).map(String::as_str)
    }

    /// Any text at all, or the empty one.
    pub fn any(&self) -> &str {
        self.0.values().next().map_or("", String::as_str)
    }

    /// Whether no text was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every language code with its text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }
}
