//! Mermaid diagrams into SVG that a page can hold; the only door of mermaid-rs-renderer.
//!
//! The library draws, [`clean`] keeps of the drawing only what a picture needs and turns its colours into variables of the
//! theme. The same source gives the same bytes everywhere: widths of texts are estimated, no font is asked.

mod clean;
mod colours;
mod memory;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use mermaid_rs_renderer::{ParseError, RenderOptions, Theme, render_strict};

use crate::html::escape;

pub use memory::{recall, stored};

/// Why a diagram cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// The line of the source, from 1, if it is known.
    pub line: Option<u32>,
}

/// What stands in a drawing for the beginning of its ids: two drawings of a page must not share one.
const PREFIX: char = '\u{1}';
/// Longer sources take too long to draw.
const LONGEST: usize = 20_000;
/// More lines than these make drawings that take seconds.
const MOST_LINES: usize = 400;

type Drawn = Result<Arc<str>, Trouble>;

/// The diagram as an `<svg>` element whose ids begin with `prefix`, and `label` for those who cannot see it.
///
/// # Errors
/// When it cannot be drawn: an unknown kind, a mistake, too large.
pub fn svg(source: &str, prefix: &str, label: &str) -> Result<String, Trouble> {
    let drawn = memory::remembered(source, || draw(source).map(Arc::from))?;
    let name = escape(&label.replace(PREFIX, ""));
    let open = format!("<svg role=\"img\" aria-label=\"{name}\"");
    Ok(drawn.replacen("<svg", &open, 1).replace(PREFIX, prefix))
}

fn draw(source: &str) -> Result<String, Trouble> {
    let failed = |message: &str| Trouble { message: message.to_owned(), line: None };
    if source.len() > LONGEST || source.lines().count() > MOST_LINES {
        return Err(failed("the diagram is too large"));
    }
    // A bug of the library is no reason to lose a page.
    let raw = match catch_unwind(AssertUnwindSafe(|| render_strict(source, options()))) {
        Ok(Ok(raw)) => raw,
        Ok(Err(error)) => return Err(trouble(&error)),
        Err(_) => return Err(failed("the diagram cannot be drawn")),
    };
    clean::cleaned(&raw, source).ok_or_else(|| failed("nothing would be seen of the diagram"))
}

fn trouble(error: &ParseError) -> Trouble {
    let line = match error {
        ParseError::UnknownParticipant { line, .. }
        | ParseError::UnexpectedToken { line, .. }
        | ParseError::InvalidDirective { line, .. } => Some(*line),
        ParseError::UnclosedSubgraph { opened_at } => Some(*opened_at),
        _ => None,
    };
    let text = match error {
        ParseError::UnexpectedToken { found, expected, .. } => format!("unexpected `{found}`, expected {expected}"),
        other => other.to_string(),
    };
    let message = text.chars().filter(|c| !c.is_control()).take(200).collect();
    Trouble { message, line }
}

/// Colours are variables; the typeface is one that no system has, so that widths are estimated everywhere in the same way.
fn options() -> RenderOptions {
    let var = |name: &str| format!("var(--diagram-{name})");
    let each = |at: usize| var(&format!("{}", at % 6 + 1));
    let theme = Theme {
        font_family: "fangzhi-estimated".to_owned(),
        font_size: 15.0,
        primary_color: var("node"),
        primary_text_color: var("text"),
        primary_border_color: var("border"),
        line_color: var("line"),
        secondary_color: var("second"),
        tertiary_color: var("group"),
        edge_label_background: var("ground"),
        cluster_background: var("group"),
        cluster_border: var("border"),
        background: var("ground"),
        sequence_actor_fill: var("node"),
        sequence_actor_border: var("border"),
        sequence_actor_line: var("line"),
        sequence_note_fill: var("note"),
        sequence_note_border: var("border"),
        sequence_activation_fill: var("second"),
        sequence_activation_border: var("border"),
        text_color: var("text"),
        git_colors: std::array::from_fn(each),
        git_inv_colors: std::array::from_fn(each),
        git_branch_label_colors: std::array::from_fn(|_| var("text")),
        git_commit_label_color: var("text"),
        git_commit_label_background: var("group"),
        git_tag_label_color: var("text"),
        git_tag_label_background: var("note"),
        git_tag_label_border: var("border"),
        pie_colors: std::array::from_fn(each),
        pie_title_text_color: var("text"),
        pie_section_text_color: var("text"),
        pie_legend_text_color: var("text"),
        pie_stroke_color: var("ground"),
        pie_outer_stroke_color: var("border"),
        ..Theme::modern()
    };
    let mut options = RenderOptions { theme, ..RenderOptions::default() };
    options.layout.fast_text_metrics = true;
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagram_is_drawn_in_the_colours_of_the_theme() {
        let svg = svg("flowchart LR\n  A[开始] -->|是| B{判断}\n", "d1-", "流程 \"x\"").unwrap();
        assert!(svg.starts_with("<svg role=\"img\" aria-label=\"流程 &quot;x&quot;\""), "{svg}");
        assert!(svg.contains("开始") && svg.contains("var(--diagram-node)"), "{svg}");
        assert!(!svg.contains('#') || svg.contains("url(#d1-"), "{svg}");
        assert!(!svg.contains(PREFIX));
    }

    #[test]
    fn nothing_dangerous_is_left() {
        let source = "flowchart LR\n  A[\"<img src=x onerror=alert(1)>\"] --> B\n  click A \"javascript:alert(1)\"\n  click B href \"https://example.org\"\n";
        let svg = svg(source, "d-", "x").unwrap();
        assert!(!svg.contains("javascript") && !svg.contains("<img") && !svg.contains("<a"), "{svg}");
    }

    #[test]
    fn what_cannot_be_drawn_says_why() {
        assert_eq!(svg("nonsense\n", "", "").unwrap_err().line, Some(1));
        assert!(svg("", "", "").is_err());
        assert!(svg("flowchart LR\n  A[开始 --> \n", "", "").is_err());
        assert!(svg(&"flowchart LR\n".repeat(1000), "", "").is_err());
    }
}
