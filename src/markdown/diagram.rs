//! Fences with the word `mermaid`: the drawing, or a complaint and the block of code that it stays.

use std::ops::Range;

use super::body::Fill;
use super::code::CodeBlock;
use super::code_look::Look;
use super::escape;
use super::writer::Writer;
use crate::diagnostic::{Code, Diagnostic};
use crate::diagram;

impl Writer<'_> {
    /// Draws a diagram; false if it cannot be drawn, and has been complained of.
    pub(super) fn draw(&mut self, block: &CodeBlock, look: &Look, range: &Range<usize>) -> bool {
        let kind = block.text.split_whitespace().next().unwrap_or("mermaid");
        let label = look.title.as_deref().unwrap_or(kind);
        let prefix = format!("diagram-{}-", self.diagrams + 1);
        let svg = match diagram::svg(&block.text, &prefix, label) {
            Ok(svg) => svg,
            Err(trouble) => {
                // The fence is a line of its own above the first line of the source.
                let line = trouble.line.map_or(0, |line| line as usize);
                let place = self.line_of(range, line);
                self.complain(place, |_, place| {
                    let message = format!("this diagram cannot be drawn: {}", trouble.message);
                    Diagnostic::warning(Code::Diagram, place, message).hint("it is shown as code")
                });
                return false;
            }
        };
        self.diagrams += 1;
        self.body.html.push_str("<figure class=\"diagram\">\n<div class=\"diagram-drawing\" tabindex=\"0\">");
        self.body.html.push_str(&svg);
        self.body.html.push_str("</div>\n");
        self.body.html.push_str("<details class=\"diagram-source\">\n<summary>");
        self.body.hole(Fill::Interface("diagram-source"));
        self.body.html.push_str("</summary>\n");
        let source = Look::default().html(block, false);
        self.body.append(source.body);
        self.body.html.push_str("</details>\n");
        // A caption stands first or last in its figure (HTML, section 4.4.12).
        if let Some(title) = &look.title {
            self.body.html.push_str("<figcaption>");
            escape::text(&mut self.body.html, title);
            self.body.html.push_str("</figcaption>\n");
        }
        self.body.html.push_str("</figure>\n");
        self.prose.push(&block.text);
        self.prose.end_block();
        true
    }

    /// The `n`th line of a range, the first being 0; its first line if it has fewer.
    fn line_of(&self, range: &Range<usize>, n: usize) -> Range<usize> {
        let text = self.events.slice(range.clone());
        let mut start = range.start;
        for (at, line) in text.split_inclusive('\n').enumerate() {
            if at == n {
                return start..start + line.trim_end().len();
            }
            start += line.len();
        }
        range.start..range.start + text.lines().next().unwrap_or_default().len()
    }
}
