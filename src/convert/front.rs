//! Front matter of other generators: what means the same here stays as it is written, everything else goes below `extra`.

/// The keys that mean the same here.
const KNOWN: [&str; 4] = ["title", "description", "tags", "date"];

/// The front matter of a page.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// What its author wrote by its keys at the top: the lines of each.
    entries: Vec<(String, Vec<String>)>,
    /// What is said besides: keys with their values as YAML has them.
    own: Vec<(&'static str, String)>,
}

impl Front {
    /// A page's front matter and its body, with the number of lines in front of the body.
    pub fn split(text: &str) -> (Self, &str, usize) {
        let is_mark = |line: &str, marks: &[&str]| marks.contains(&line.trim_end());
        let found = text.split_once('\n').filter(|(first, _)| is_mark(first, &["---"])).and_then(|(_, rest)| {
            let mut at = 0;
            rest.split_inclusive('\n').find_map(|line| {
                let start = at;
                at += line.len();
                is_mark(line, &["---", "..."]).then(|| (&rest[..start], &rest[at..]))
            })
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

    /// Whether its author wrote a key with a value.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(own, lines)| own == key && (lines.len() > 1 || self.text(key).is_some()))
    }

    /// Takes a key of its author out; its lines.
    pub fn take(&mut self, key: &str) -> Option<Vec<String>> {
        let at = self.entries.iter().position(|(own, _)| own == key)?;
        Some(self.entries.remove(at).1)
    }

    /// Says something besides, with a value as YAML has it.
    pub fn set(&mut self, key: &'static str, value: &str) {
        self.own.push((key, value.to_owned()));
    }

    /// The whole front matter; empty if there is nothing to say.
    pub fn written(self) -> String {
        // A date of several parts is one of a theme.
        let is_date =
            |lines: &[String]| lines.len() == 1 && lines[0].trim_end().ends_with(|c: char| c.is_ascii_digit());
        let is_known =
            |(key, lines): &(String, Vec<String>)| KNOWN.contains(&key.as_str()) && (key != "date" || is_date(lines));
        let (known, others): (Vec<_>, Vec<_>) = self.entries.into_iter().partition(is_known);
        if known.is_empty() && others.is_empty() && self.own.is_empty() {
            return String::new();
        }
        let mut lines: Vec<String> = known.into_iter().flat_map(|(_, lines)| lines).collect();
        lines.extend(self.own.iter().map(|(key, value)| format!("{key}: {value}")));
        if !others.is_empty() {
            lines.push("extra:".into());
            lines.extend(others.into_iter().flat_map(|(_, lines)| lines).map(|line| format!("  {line}")));
        }
        format!("---\n{}\n---\n\n", lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_goes_below_extra() {
        let text = "---  \ntitle: \"A: b\"\nicon: x\nhide:\n- toc\n  # c\ntags:\n  - one\nextra: { a: 1 }\ndate:\n  created: 2020\n...\nBody\n";
        let (mut front, body, lines) = Front::split(text);
        assert_eq!((body, lines, front.text("title")), ("Body\n", 12, Some("A: b")));
        front.set("weight", "3");
        let expected = "---\ntitle: \"A: b\"\ntags:\n  - one\nweight: 3\nextra:\n  icon: x\n  hide:\n  - toc\n    # c\n  extra: { a: 1 }\n  date:\n    created: 2020\n---\n\n";
        assert_eq!(front.written(), expected);
        assert_eq!(Front::split("Text\n---\n").0.written(), "");
        assert_eq!(Front::split("---\n---\nx").1, "x");
        assert_eq!(Front::split("---\na: 1\n---").1, "");
    }
}
