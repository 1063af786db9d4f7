//! The front matter of an imported page: what its head says, where it comes from, and what was decided about it.

use std::fmt::Write as _;

use super::figures::Fact;
use super::ink::is_ink;
use super::line::Line;
use super::look::field::{Key, iso};
use super::sheet::{Entry, Sheet};
use crate::document::FRONT_MATTER;

/// What all pages of one source share.
pub(crate) struct Shared<'a> {
    /// The source's file name.
    pub(crate) name: &'a str,
    /// What the document is called; empty where nobody said.
    pub(crate) document: &'a str,
    pub(crate) sha256: &'a str,
    /// The document's date, as the recipe gives it.
    pub(crate) date: Option<&'a str>,
    /// The taxonomies of the site, whose terms may stand at the top.
    pub(crate) taxonomies: &'a [String],
}

/// The front matter with its `---` lines.
pub(crate) fn front_matter(sheet: &Sheet, lines: &[Line], numbers: &str, facts: &[Fact], shared: &Shared) -> String {
    let kept = kept(sheet, lines, shared.taxonomies);
    let fields: Vec<(Key, &str)> = sheet
        .head
        .iter()
        .filter_map(|(_, entry)| match entry {
            Entry::Field(field) => Some((field.key, field.value.as_str())),
            _ => None,
        })
        .collect();
    let field = |key: Key| fields.iter().find(|(own, _)| *own == key).map(|(_, value)| *value);
    let date = field(Key::Date).and_then(iso);
    let mut out = String::from("---\n");
    let mut put = |key: &str, value: &str| {
        // What the source's own front matter says stands there as it was written.
        if !kept.top.iter().any(|(own, _)| own == key) {
            let _ = writeln!(out, "{key}: {value}");
        }
    };
    put("title", &scalar(&sheet.title));
    if let Some(date) = date.as_deref().filter(|date| date.len() == 10) {
        put("date", date);
    }
    if let Some(piece) = &sheet.piece {
        for (key, terms) in [("cities", &piece.cities), ("themes", &piece.themes), ("tags", &piece.tags)] {
            if !terms.is_empty() {
                put(key, &list(terms.iter().map(String::as_str)));
            }
        }
        if let Some(weight) = piece.weight {
            put("weight", &weight.to_string());
        }
    }
    if let Some(words) = field(Key::Keywords) {
        put(
            "keywords",
            &list(words.split(['；', ';', '，', ',', '、']).map(str::trim).filter(|word| !word.is_empty())),
        );
    }
    for (_, text) in &kept.top {
        out.push_str(text);
    }
    source(sheet, numbers, field(Key::Author), date.as_deref(), shared, &mut out);
    if !facts.is_empty() {
        out.push_str("facts:\n");
        for fact in facts {
            let period = fact.period.as_ref().map(|period| format!(", period: {period}")).unwrap_or_default();
            let _ = writeln!(
                out,
                "  - {{ {}: {}{period}, lines: {} }}",
                scalar(&fact.indicator),
                scalar(&fact.value),
                fact.line
            );
        }
    }
    let extra = [Key::Issuer, Key::Number, Key::Printed].into_iter().filter_map(|key| Some((key.name(), field(key)?)));
    let extra: Vec<String> = extra.map(|(key, value)| format!("  {key}: {}\n", scalar(value))).collect();
    if !extra.is_empty() || !kept.extra.is_empty() {
        out.push_str("extra:\n");
        extra.iter().chain(&kept.extra).for_each(|line| out.push_str(line));
    }
    out.push_str("---\n");
    out
}

/// Where the page comes from.
fn source(sheet: &Sheet, numbers: &str, author: Option<&str>, date: Option<&str>, shared: &Shared, out: &mut String) {
    let bylines = || {
        sheet.head.iter().filter_map(|(_, entry)| match entry {
            Entry::Byline(byline) => Some(byline),
            _ => None,
        })
    };
    let names: Vec<&str> = bylines().map(|byline| byline.name.as_str()).collect();
    let roles: Vec<&str> = bylines().map(|byline| byline.role.as_str()).filter(|role| !role.is_empty()).collect();
    let document = if shared.document.is_empty() { shared.name } else { shared.document };
    out.push_str("source:\n");
    let mut put = |key: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "  {key}: {}", scalar(value));
        }
    };
    put("document", document);
    put("file", shared.name);
    put("sha256", shared.sha256);
    put("lines", numbers);
    let author = if names.is_empty() { author.unwrap_or_default().to_owned() } else { names.join("、") };
    put("author", &author);
    put("role", &roles.join("；"));
    put("date", date.or(shared.date).unwrap_or_default());
}

/// What is taken over of the source's own front matter: keys that pages have at the top, all others under `extra`.
#[derive(Default)]
struct Kept {
    top: Vec<(String, String)>,
    extra: Vec<String>,
}

fn kept(sheet: &Sheet, lines: &[Line], taxonomies: &[String]) -> Kept {
    let mut kept = Kept::default();
    let mut last_is_top = None;
    let mut last: Option<&str> = None;
    for (at, entry) in &sheet.head {
        let Entry::Front(key) = entry else { continue };
        let begins = last != Some(key.as_str());
        last = Some(key);
        let known = FRONT_MATTER
            .iter()
            .find(|known| known.name == key || known.also.contains(&key.as_str()))
            .map(|known| known.name);
        // Where the page comes from is said anew.
        let is_top =
            known.is_some_and(|known| !matches!(known, "source" | "extra")) || taxonomies.iter().any(|own| own == key);
        let text: String =
            lines[*at].words.text.chars().filter(|c| is_ink(*c) || matches!(c, ' ' | '\u{3000}')).collect();
        if begins {
            last_is_top = Some(is_top);
        }
        match (last_is_top, begins) {
            (Some(true), true) => kept.top.push((known.unwrap_or(key).to_owned(), format!("{text}\n"))),
            (Some(true), false) => {
                kept.top.iter_mut().last().into_iter().for_each(|(_, own)| own.push_str(&format!("{text}\n")))
            }
            _ => kept.extra.push(format!("  {text}\n")),
        }
    }
    kept
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", items.map(scalar).collect::<Vec<_>>().join(", "))
}

/// A text as YAML (1.2, section 7.3): plain where that is safe, else between double quotes.
pub(crate) fn scalar(text: &str) -> String {
    let clean: String = text
        .chars()
        .filter(|c| is_ink(*c) || c.is_whitespace())
        .map(|c| if c.is_whitespace() && c != '\u{3000}' { ' ' } else { c })
        .collect();
    let clean = clean.trim();
    let word = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                ' ' | '-' | '_' | '%' | '.' | '。' | '、' | '，' | '“' | '”' | '·' | '—' | '《' | '》' | '（' | '）'
            )
    };
    let telling =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&clean.to_ascii_lowercase().as_str());
    let begins =
        clean.starts_with(char::is_alphabetic) || clean.starts_with(|c: char| c.is_ascii_digit()) && !clean.is_ascii();
    if begins && !telling && clean.chars().all(word) {
        return clean.to_owned();
    }
    let mut out = String::from("\"");
    for c in clean.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            // What YAML calls printable is written as it is.
            '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}'
                if !matches!(c, '\u{2028}' | '\u{2029}') =>
            {
                out.push(c)
            }
            '\u{10000}'.. => out.push(c),
            c => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn scalars_are_safe() {
        for (text, expected) in [
            ("建设科创中心", "建设科创中心"),
            ("1880.49亿元", "1880.49亿元"),
            ("1.10", "\"1.10\""),
            ("no", "\"no\""),
            ("a: b", "\"a: b\""),
            ("“六个一流”体系", "\"“六个一流”体系\""),
            ("a\u{0}\"b\\\n", "\"a\\\"b\\\\\""),
            ("27-55", "\"27-55\""),
        ] {
            assert_eq!(scalar(text), expected, "{text}");
        }
    }
}
