//! Blocks of code and what their info string says.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::body::Fill;
use super::code_look::{IncludedCode, Look, Trouble};
use super::escape;
use super::links::number;
use super::writer::Writer;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A block of code, ready to be highlighted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CodeBlock {
    /// The language as it was written; empty if there is none.
    pub language: String,
    /// The other words of the info string in their order.
    pub attributes: Vec<Attribute>,
    /// The code.
    pub text: String,
    /// The whole block in the source.
    pub span: Span,
}

/// A word of an info string: `linenos`, `title="main.rs"`, `{1,3-5}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attribute {
    /// What stands before the `=`; `lines` for `{…}`.
    pub name: String,
    /// What stands behind it, without quotes.
    pub value: Option<String>,
}

impl CodeBlock {
    /// A block with this info string.
    pub fn new(info: &str, text: String, span: Span) -> Self {
        let end = info.find(|c: char| c.is_whitespace() || matches!(c, ',' | '{')).unwrap_or(info.len());
        let (language, rest) = info.split_at(end);
        Self { language: language.to_owned(), attributes: attributes(rest), text, span }
    }
}

fn attributes(mut rest: &str) -> Vec<Attribute> {
    let mut list = vec![];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return list;
        }
        if let Some((inside, behind)) = rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            let inside = inside.trim();
            if inside.starts_with(|c: char| c.is_ascii_digit()) {
                list.push(Attribute { name: "lines".to_owned(), value: Some(inside.to_owned()) });
            } else {
                // What is in braces is as good as what is not.
                list.extend(attributes(inside));
            }
            rest = behind;
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | '=')).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let (value, behind) = match behind.strip_prefix('=') {
            Some(behind) => {
                let (value, behind) = value(behind);
                (Some(value.to_owned()), behind)
            }
            None => (None, behind),
        };
        list.push(Attribute { name: name.to_owned(), value });
        rest = behind;
    }
}

/// A value in quotes or up to the next space, and what is behind it.
fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote).and_then(|inner| inner.split_once(quote)) {
            return inside;
        }
    }
    text.split_at(text.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(text.len()))
}

impl Writer<'_> {
    /// Reads a block of code to its end and writes it.
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        let span = self.events.span(range.clone());
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::End(_) => break,
                Event::Text(piece) if text.is_empty() => text = piece.into_string(),
                Event::Text(piece) => text.push_str(&piece),
                _ => {}
            }
        }
        let info = match kind {
            CodeBlockKind::Fenced(info) => info,
            CodeBlockKind::Indented => "",
        };
        self.fresh_line();
        if self.plain {
            self.plain_code(info, &text);
        } else {
            self.write_code(CodeBlock::new(info, text, span), range);
        }
    }

    fn write_code(&mut self, block: CodeBlock, range: Range<usize>) {
        if block.language.eq_ignore_ascii_case("math") {
            return self.math_block(&block.text, range);
        }
        let mut troubles = vec![];
        let look = Look::of(&block, &mut troubles);
        if block.language.eq_ignore_ascii_case("mermaid") && self.draw(&block, &look, &range) {
            return;
        }
        for trouble in troubles {
            self.complain_of_attribute(&trouble, range.clone());
        }
        if let Some(target) = look.include.clone() {
            let at = self.included_code.len();
            self.body.hole(Fill::Code(number(at)));
            self.body.html.push('\n');
            self.included_code.push(IncludedCode { target, block });
            return;
        }
        let listed = matches!(self.events.peek(0), Some((Event::Start(Tag::List(Some(1))), _)));
        let written = look.html(&block, listed);
        self.callouts = written.callouts;
        self.body.append(written.body);
        self.prose.push(&block.text);
        self.prose.end_block();
    }

    /// The place is the attribute's in the first line of the block.
    fn complain_of_attribute(&mut self, trouble: &Trouble, range: Range<usize>) {
        let line = self.events.slice(range.clone()).lines().next().unwrap_or_default();
        let at = line.find(trouble.attribute.as_str()).map_or(range.start, |at| range.start + at);
        let hint = trouble.hint.clone();
        self.complain(at..at + trouble.attribute.len(), |_, place| {
            Diagnostic::warning(Code::CodeAttribute, place, trouble.message.clone()).hint_if(hint)
        });
    }

    /// As the examples of the CommonMark specification have it (section 4.5).
    fn plain_code(&mut self, info: &str, text: &str) {
        let html = &mut self.body.html;
        html.push_str("<pre><code");
        if let Some(language) = info.split_whitespace().next() {
            html.push_str(" class=\"language-");
            escape::attribute(html, language);
            html.push('"');
        }
        html.push('>');
        escape::text(html, text);
        html.push_str("</code></pre>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn info_strings_are_read() {
        let block = CodeBlock::new("rust,ignore title=\"a b.rs\" {1,3-5} x=y", String::new(), Span::default());
        assert_eq!(block.language, "rust");
        let list: Vec<_> = block.attributes.iter().map(|a| (a.name.as_str(), a.value.as_deref())).collect();
        let wanted = [("ignore", None), ("title", Some("a b.rs")), ("lines", Some("1,3-5")), ("x", Some("y"))];
        assert_eq!(list, wanted);
        assert_eq!(CodeBlock::new("{=", String::new(), Span::default()).attributes.len(), 1);
    }
}
