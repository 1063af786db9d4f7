//! Markdown -> lines that are taken over as they are, each with what it is.

use crate::import::line::{Form, Line, Reading, Verbatim, physical};
use crate::import::words::Words;

/// Reads Markdown line by line. Words are not taken apart: what is Markdown stays Markdown.
pub(super) fn read(text: &str) -> Reading {
    let lines = physical(text);
    let head = super::front::read(&lines);
    let body = head.len();
    let mut forms = head;
    let mut state = State::default();
    for line in lines.iter().skip(body) {
        forms.push(state.form(line));
    }
    let line = |(at, (text, form)): (usize, (&&str, Form))| Line { words: Words::plain(*text), at: at + 1, form };
    let lines = lines.iter().zip(forms).enumerate().map(line).collect();
    Reading { lines, unit: "line", kind: "markdown", ..Reading::default() }
}

/// What the lines before have opened.
#[derive(Default)]
struct State {
    fence: Option<(char, usize)>,
    list: bool,
    table: bool,
    note: bool,
    blank: bool,
}

impl State {
    fn form(&mut self, line: &str) -> Form {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if let Some((mark, length)) = self.fence {
            if run(text, mark) >= length && text.trim_start_matches(mark).trim().is_empty() {
                self.fence = None;
            }
            return Form::Markdown(Verbatim::Code);
        }
        let was_blank = std::mem::replace(&mut self.blank, text.trim().is_empty());
        if self.blank {
            self.table = false;
            return Form::Markdown(Verbatim::Paragraph);
        }
        if let Some(mark) = ['`', '~'].into_iter().find(|mark| run(text, *mark) >= 3) {
            self.fence = Some((mark, run(text, mark)));
            return Form::Markdown(Verbatim::Code);
        }
        if indent == 0 || was_blank && indent < 2 {
            self.note = text.starts_with("[^") && text.contains("]:") || self.note && !was_blank;
            self.list = is_item(text) || self.list && !was_blank;
        }
        let level = run(text, '#');
        let what = if self.note {
            Verbatim::Note
        } else if (1..=6).contains(&level)
            && indent < 4
            && text.get(level..).is_some_and(|rest| rest.starts_with([' ', '\t']))
        {
            self.list = false;
            Verbatim::Heading(level as u8)
        } else if self.list || is_item(text) {
            Verbatim::Item
        } else if text.starts_with('|') || self.table && text.contains('|') {
            self.table = true;
            Verbatim::Table
        } else {
            Verbatim::Paragraph
        };
        Form::Markdown(what)
    }
}

fn run(text: &str, mark: char) -> usize {
    text.chars().take_while(|c| *c == mark).count()
}

fn is_item(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let numbered = (1..=9).contains(&digits)
        && text.get(digits..).is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") "));
    numbered || ["- ", "* ", "+ "].iter().any(|mark| text.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_something() {
        let text = "# T\n\na\n- b\n  c\n\n  d\n\ne\n```\n# f\n```\n| g |\n|---|\n[^1]: h\n";
        let forms: Vec<Form> = read(text).lines.into_iter().map(|line| line.form).collect();
        use Verbatim::{Code, Heading, Item, Note, Paragraph, Table};
        let expected = [
            Heading(1),
            Paragraph,
            Paragraph,
            Item,
            Item,
            Paragraph,
            Item,
            Paragraph,
            Paragraph,
            Code,
            Code,
            Code,
            Table,
            Table,
            Note,
        ];
        assert_eq!(forms, expected.map(Form::Markdown));
    }
}
