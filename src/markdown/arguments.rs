//! What stands behind a component's name and between braces: `key="value"`, `{.class #id key=value}`.

use std::ops::Range;

use super::escape;

/// A word with or without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub(super) name: &'t str,
    pub(super) value: Option<&'t str>,
    /// The whole word in the text that was read.
    pub(super) range: Range<usize>,
}

/// The words of a text: `a b=c d="e f" g='h'`.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut list = vec![];
    let mut at = 0;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        if rest.is_empty() {
            return list;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let (value, length) = match behind.strip_prefix('=') {
            Some(behind) => {
                let (value, length) = value(behind);
                (Some(value), end + 1 + length)
            }
            None => (None, end),
        };
        list.push(Word { name, value, range: at..at + length });
        at += length.max(1);
    }
}

/// A value in quotes or up to the next space, and how many bytes it takes with its quotes.
fn value(text: &str) -> (&str, usize) {
    for quote in ['"', '\''] {
        if let Some((inside, _)) = text.strip_prefix(quote).and_then(|inner| inner.split_once(quote)) {
            return (inside, inside.len() + 2);
        }
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], end)
}

/// Attributes in braces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Braces {
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    pub(super) others: Vec<(String, String)>,
}

impl Braces {
    /// Reads `{.class #id key=value}`; none if the text is anything else, or nothing is in it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('{')?.strip_suffix('}')?;
        let mut braces = Self::default();
        for word in words(inner) {
            match (word.name, word.value) {
                (name, Some(value)) if is_name(name) => braces.others.push((name.to_owned(), value.to_owned())),
                (name, None) => match (name.strip_prefix('.'), name.strip_prefix('#')) {
                    (Some(class), _) if is_name(class) => braces.classes.push(class.to_owned()),
                    (_, Some(id)) if is_id(id) => braces.id = Some(id.to_owned()),
                    _ => return None,
                },
                _ => return None,
            }
        }
        (braces != Self::default()).then_some(braces)
    }

    /// Reads braces at the start of a text, and how long they are.
    pub(super) fn at_start(text: &str) -> Option<(Self, usize)> {
        let end = text.starts_with('{').then(|| text.find('}'))?? + 1;
        Some((Self::read(&text[..end])?, end))
    }

    /// The value of an attribute, taken out of the list.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.others.iter().position(|(other, _)| other == name)?;
        Some(self.others.remove(at).1)
    }

    /// Appends the attributes without id and class: those that can do no harm, with `trust` all.
    pub(super) fn write_others(&self, out: &mut String, trust: bool) {
        for (name, value) in &self.others {
            let ours = name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("class");
            if !ours && (trust || is_harmless(name)) {
                escape::named(out, name, value);
            }
        }
    }
}

/// Attributes that neither run code nor load anything.
pub(super) fn is_harmless(name: &str) -> bool {
    matches!(name, "lang" | "dir" | "title" | "width" | "height") || name.starts_with("data-")
}

/// A name of an attribute or a class.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read() {
        let text = "a b=c d=\"e f\"  g='h' i=\"j";
        let list: Vec<_> = words(text).into_iter().map(|w| (w.name, w.value, &text[w.range])).collect();
        let wanted = [
            ("a", None, "a"),
            ("b", Some("c"), "b=c"),
            ("d", Some("e f"), "d=\"e f\""),
            ("g", Some("h"), "g='h'"),
            ("i", Some("\"j"), "i=\"j"),
        ];
        assert_eq!(list, wanted);
        assert_eq!(words("=a =").len(), 2);
    }

    #[test]
    fn braces_are_read() {
        let braces = Braces::read("{.a #b c=d .要点}").unwrap();
        assert_eq!((braces.id.as_deref(), braces.classes.join(" ")), (Some("b"), "a 要点".into()));
        for text in ["{}", "{ }", "{{ x }}", "{% x %}", "{a}", "{.}", "{a, b}", "{1}", "{:a}", "{.a} b"] {
            assert_eq!(Braces::read(text), None, "{text}");
        }
    }
}
