//! Colours of a drawing: those of the library become the theme's, those that the author wrote are mixed with its ground, so
//! that the text on them can be read in light and dark.

/// What is known of the colours of one drawing.
pub(super) struct Colours {
    /// The author's text in small letters.
    source: String,
    /// The library's own colours of areas, in the order in which they were seen.
    seen: Vec<String>,
}

impl Colours {
    pub(super) fn new(source: &str) -> Self {
        Self { source: source.to_ascii_lowercase(), seen: vec![] }
    }

    /// What stands in place of a colour; none if it stays.
    pub(super) fn of(&mut self, element: &str, attribute: &str, value: &str) -> Option<String> {
        if !matches!(attribute, "fill" | "stroke" | "stop-color") {
            return None;
        }
        let value = value.to_ascii_lowercase();
        let kept = ["none", "transparent", "currentcolor", "inherit"].contains(&value.as_str());
        if kept || value.starts_with("url(") || value.contains("var(") {
            return None;
        }
        let named = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
        if named && self.source.contains(&value) && !matches!(element, "text" | "tspan") {
            let part = if attribute == "fill" { 40 } else { 70 };
            return Some(format!("color-mix(in oklab, {value} {part}%, var(--diagram-ground))"));
        }
        Some(match (element, attribute) {
            ("text" | "tspan", "fill") => "var(--diagram-text)".to_owned(),
            (_, "stroke") if !value.starts_with("hsl") => "var(--diagram-border)".to_owned(),
            _ => format!("var(--diagram-{})", self.number(value) % 6 + 1),
        })
    }

    fn number(&mut self, value: String) -> usize {
        self.seen.iter().position(|seen| *seen == value).unwrap_or_else(|| {
            self.seen.push(value);
            self.seen.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_become_the_themes() {
        let mut colours = Colours::new("style A fill:#F9F");
        let mixed = "color-mix(in oklab, #f9f 40%, var(--diagram-ground))";
        assert_eq!(colours.of("rect", "fill", "#f9f").as_deref(), Some(mixed));
        assert_eq!(colours.of("rect", "fill", "none"), None);
        assert_eq!(colours.of("text", "fill", "black").as_deref(), Some("var(--diagram-text)"));
        assert_eq!(colours.of("line", "stroke", "#E2E8F0").as_deref(), Some("var(--diagram-border)"));
        assert_eq!(colours.of("path", "fill", "hsl(1, 2%, 3%)").as_deref(), Some("var(--diagram-1)"));
        assert_eq!(colours.of("path", "stroke", "hsl(9, 2%, 3%)").as_deref(), Some("var(--diagram-2)"));
        assert_eq!(colours.of("path", "stroke", "hsl(1, 2%, 3%)").as_deref(), Some("var(--diagram-1)"));
    }
}
