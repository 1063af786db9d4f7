//! Front matter of other generators: what is known here stays as it is written, everything else goes below `extra`.

use crate::document::FRONT_MATTER;

/// The front matter of a page by its keys at the top: the lines of each.
#[derive(Debug, Default)]
pub(super) struct Front {
    entries: Vec<(String, Vec<String>)>,
}

impl Front {
    /// A page's front matter and its body, with the number of lines in front of the body.
    pub fn split(text: &str) -> (Self, &str, usize) {
        let found = text.strip_prefix("---\n").and_then(|rest| {
            let end = if rest.starts_with("---\n") { 0 } else { rest.find("\n---\n")? + 1 };
            Some((&rest[..end], &rest[end + 4..]))
        });
        let Some((yaml, body)) = found else { return (Self::default(), text, 0) };
        let mut front = Self::default();
        for line in yaml.lines() {
            let key = line.split_once(':').map(|(key, _)| key.trim_matches(['"', '\'']));
            match (key, front.entries.last_mut()) {
                (Some(key), _) if !line.starts_with([' ', '\t', '#', '-']) => {
                    front.entries.push((key.to_owned(), vec![line.to_owned()]));
                }
                (_, Some((_, lines))) => lines.push(line.to_owned()),
                _ => {}
            }
        }
        (front, body, yaml.lines().count() + 2)
    }

    /// The text of a key that stands on one line, without quotes.
    pub fn text(&self, key: &str) -> Option<&str> {
        let (_, lines) = self.entries.iter().find(|(own, lines)| own == key && lines.len() == 1)?;
        let value = lines[0].split_once(':')?.1.trim().trim_matches(['"', '\'']);
        (!value.is_empty()).then_some(value)
    }

    /// Whether it has a key.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(own, _)| own == key)
    }

    /// Takes a key out; its lines.
    pub fn take(&mut self, key: &str) -> Option<Vec<String>> {
        let at = self.entries.iter().position(|(own, _)| own == key)?;
        Some(self.entries.remove(at).1)
    }

    /// Adds a key with a value as it is written in YAML, in place of one that is there.
    pub fn set(&mut self, key: &str, value: &str) {
        self.take(key);
        self.entries.push((key.to_owned(), vec![format!("{key}: {value}")]));
    }

    /// The whole front matter; empty if there is nothing to say.
    pub fn written(mut self, simple: &[&str]) -> String {
        let is_known = |(key, lines): &(String, Vec<String>)| {
            let known =
                key == "tags" || FRONT_MATTER.iter().any(|own| own.name == key || own.also.contains(&key.as_str()));
            known && (lines.len() == 1 || !simple.contains(&key.as_str()))
        };
        let others: Vec<(String, Vec<String>)> = self.entries.extract_if(.., |entry| !is_known(entry)).collect();
        if self.entries.is_empty() && others.is_empty() {
            return String::new();
        }
        let mut lines: Vec<String> = self.entries.into_iter().flat_map(|(_, lines)| lines).collect();
        if !others.is_empty() {
            if !lines.iter().any(|line| line.starts_with("extra:")) {
                lines.push("extra:".into());
            }
            let at = lines.iter().position(|line| line.starts_with("extra:")).unwrap_or_default() + 1;
            let below = others.into_iter().flat_map(|(_, lines)| lines).map(|line| format!("  {line}"));
            lines.splice(at..at, below);
        }
        format!("---\n{}\n---\n\n", lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_goes_below_extra() {
        let text =
            "---\ntitle: \"A: b\"\nicon: x\nhide:\n- toc\n  # c\ntags:\n  - one\ndate:\n  created: 2020\n---\nBody\n";
        let (mut front, body, lines) = Front::split(text);
        assert_eq!((body, lines, front.text("title")), ("Body\n", 11, Some("A: b")));
        front.set("weight", "3");
        let expected = "---\ntitle: \"A: b\"\ntags:\n  - one\nweight: 3\nextra:\n  icon: x\n  hide:\n  - toc\n    # c\n  date:\n    created: 2020\n---\n\n";
        assert_eq!(front.written(&["date"]), expected);
        assert_eq!(Front::split("Text\n---\n").0.written(&[]), "");
        assert_eq!(Front::split("---\n---\nx").1, "x");
    }
}
