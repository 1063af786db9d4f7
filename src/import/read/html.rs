//! HTML -> blocks of text; the one door to html5ever, of which only the tokenizer is used: no tree, no depth.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use crate::import::ink::is_wide;
use crate::import::line::{Form, Line, Reading};
use crate::import::words::{Mark, Meaning, Words};

/// Reads HTML: every block of text is one line, with the line of the file where it begins.
pub(super) fn read(text: &str) -> Reading {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), TokenizerOpts::default());
    // The sink never asks for a script to run, so one call reads all.
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut state = tokenizer.sink.0.into_inner();
    state.flush();
    // A page's <title> mostly repeats its first heading, with the site's name behind it.
    if state.lines.iter().any(|line| line.form == Form::Heading(1)) {
        for line in state.lines.iter_mut().filter(|line| line.form == Form::Title) {
            line.form = Form::Dropped("html-title");
        }
    }
    Reading { lines: state.lines, unit: "block", kind: "html", complaints: state.complaints, ..Reading::default() }
}

struct Sink(RefCell<State>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text, line),
            Token::TagToken(tag) => return state.tag(&tag, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What is open at one place of the file.
#[derive(Default)]
struct State {
    lines: Vec<Line>,
    complaints: Vec<(usize, String)>,
    words: Words,
    at: usize,
    /// White space that stands before the next character: whether a line end was in it.
    space: Option<bool>,
    marks: Vec<(String, usize, Meaning)>,
    skipped: Option<(String, usize, &'static str)>,
    lists: Vec<bool>,
    item: bool,
    heading: Option<u8>,
    title: bool,
    code: bool,
    quotes: usize,
    tables: usize,
    cell: Option<(usize, usize)>,
    row: usize,
    table: usize,
}

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// Elements whose text is not the document's, and the rule that drops it.
fn dropped(name: &str) -> Option<&'static str> {
    Some(match name {
        "script" => "html-script",
        "style" => "html-style",
        "noscript" | "template" => "html-inert",
        "nav" => "html-navigation",
        "svg" | "iframe" | "object" | "textarea" | "select" => "html-embedded",
        _ => return None,
    })
}

impl State {
    fn text(&mut self, text: &str, line: u64) {
        for c in text.chars() {
            if self.code {
                self.push(c, line);
            } else if c.is_whitespace() {
                self.space = Some(self.space.unwrap_or(false) || c == '\n');
            } else {
                if let Some(line_end) = self.space.take()
                    && let Some(last) = self.words.text.chars().next_back()
                    && !(line_end && is_wide(last) && is_wide(c))
                {
                    self.words.text.push(' ');
                }
                self.push(c, line);
            }
        }
    }

    fn push(&mut self, c: char, line: u64) {
        if self.words.text.is_empty() {
            self.at = usize::try_from(line).unwrap_or(0);
        }
        self.words.text.push(c);
    }

    fn tag(&mut self, tag: &Tag, line: u64) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if let Some((skipped, depth, _)) = &mut self.skipped {
            if *skipped == name && !tag.self_closing {
                *depth = if opens { *depth + 1 } else { depth.saturating_sub(1) };
            }
            if self.skipped.as_ref().is_some_and(|(_, depth, _)| *depth == 0) {
                self.flush();
                self.skipped = None;
            }
        } else if let Some(rule) = dropped(name).filter(|_| opens && !tag.self_closing) {
            self.flush();
            self.skipped = Some((name.to_owned(), 1, rule));
        } else {
            if BLOCKS.contains(&name) {
                self.flush();
                self.block(name, opens);
            }
            self.inline(tag, name, opens, line);
        }
        match name {
            "script" if opens => TokenSinkResult::RawData(ScriptData),
            "style" | "iframe" | "xmp" | "noembed" | "noframes" if opens => TokenSinkResult::RawData(Rawtext),
            "title" | "textarea" if opens => TokenSinkResult::RawData(Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn block(&mut self, name: &str, opens: bool) {
        match name {
            "ul" | "ol" if opens => self.lists.push(name == "ol"),
            "ul" | "ol" => drop(self.lists.pop()),
            "li" => self.item = opens,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading = name.get(1..).and_then(|level| level.parse().ok()).filter(|_| opens);
            }
            "title" => self.title = opens,
            "pre" => self.code = opens,
            "blockquote" if opens => self.quotes += 1,
            "blockquote" => self.quotes = self.quotes.saturating_sub(1),
            "table" if opens => {
                self.tables += 1;
                if self.tables == 1 {
                    (self.row, self.cell) = (0, None);
                }
            }
            "table" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.table += 1;
                    self.cell = None;
                }
            }
            "tr" if opens && self.tables == 1 => {
                self.row += 1;
                self.cell = None;
            }
            "td" | "th" if opens && self.tables == 1 => {
                self.cell = Some((self.row.saturating_sub(1), self.cell.map_or(0, |(_, column)| column + 1)));
            }
            _ => {}
        }
    }

    fn inline(&mut self, tag: &Tag, name: &str, opens: bool, line: u64) {
        let attribute =
            |wanted: &str| tag.attrs.iter().find(|attr| &*attr.name.local == wanted).map(|attr| attr.value.to_string());
        let meaning = match name {
            "b" | "strong" => Meaning::Strong,
            "i" | "em" => Meaning::Emphasis,
            "code" | "kbd" | "samp" if !self.code => Meaning::Code,
            "a" => Meaning::Link(attribute("href").unwrap_or_default()),
            "img" if opens => return self.image(attribute("src"), attribute("alt"), line),
            _ => return,
        };
        if opens {
            self.marks.push((name.to_owned(), self.words.text.len(), meaning));
        } else if let Some(open) = self.marks.iter().rposition(|(open, ..)| open == name) {
            let (_, start, meaning) = self.marks.remove(open);
            self.mark(start, meaning);
        }
    }

    fn mark(&mut self, start: usize, meaning: Meaning) {
        let text = self.words.text.get(start..).unwrap_or_default();
        let start = start + (text.len() - text.trim_start().len());
        let end = self.words.text.len();
        let outside = matches!(&meaning, Meaning::Link(to) if !is_outside(to));
        if !outside && (start < end || matches!(meaning, Meaning::Image(_))) {
            self.words.marks.push(Mark { start: start.min(end), end, meaning });
        }
    }

    fn image(&mut self, src: Option<String>, alt: Option<String>, line: u64) {
        let (src, alt) = (src.unwrap_or_default(), alt.unwrap_or_default());
        self.text(" ", line);
        let start = self.words.text.len();
        self.text(&alt, line);
        if is_outside(&src) {
            self.mark(start, Meaning::Image(src));
        } else {
            let name =
                if src.starts_with("data:") { "data:".to_owned() } else { crate::import::ink::excerpt(&src, 60) };
            let clause =
                format!("the picture `{}` of line {line} is not taken over, only its text", name.escape_debug());
            // The block it stands in is the next to be ended.
            self.complaints.push((self.lines.len() + 1, clause));
        }
        self.text(" ", line);
    }

    /// Ends the block that is open.
    fn flush(&mut self) {
        let open: Vec<(String, Meaning)> = self
            .marks
            .drain(..)
            .map(|(name, start, meaning)| {
                let end = self.words.text.len();
                if start < end && !matches!(&meaning, Meaning::Link(to) if !is_outside(to)) {
                    self.words.marks.push(Mark { start, end, meaning: meaning.clone() });
                }
                (name, meaning)
            })
            .collect();
        // Inline elements that are still open go on in the next block.
        self.marks.extend(open.into_iter().map(|(name, meaning)| (name, 0, meaning)).take(64));
        self.space = None;
        let words = std::mem::take(&mut self.words);
        if words.is_blank() {
            return;
        }
        if self.code && self.skipped.is_none() {
            let lines = words.text.trim_end().split('\n').zip(self.at..);
            self.lines.extend(lines.map(|(text, at)| Line { words: Words::plain(text), at, form: Form::Code }));
            return;
        }
        let form = self.form();
        self.lines.push(Line { words, at: self.at, form });
    }

    fn form(&mut self) -> Form {
        if let Some((_, _, rule)) = self.skipped {
            Form::Dropped(rule)
        } else if self.title {
            Form::Title
        } else if let (Some((row, column)), 1..) = (self.cell, self.tables) {
            Form::Cell { table: self.table, row, column }
        } else if let Some(level) = self.heading {
            Form::Heading(level)
        } else if std::mem::take(&mut self.item) {
            let depth = u8::try_from(self.lists.len().saturating_sub(1).min(8)).unwrap_or(8);
            Form::Item { depth, ordered: self.lists.last().copied().unwrap_or(false) }
        } else if self.quotes > 0 {
            Form::Quote
        } else {
            Form::Paragraph
        }
    }
}

/// Whether an address leads out of any site, so that a link to it cannot break by being imported.
pub(super) fn is_outside(address: &str) -> bool {
    let lower = address.trim().to_ascii_lowercase();
    let fine = !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'));
    fine && ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_keep_their_forms() {
        let text = "<title>甲 - 站</title><style>p{}</style><h1>甲</h1><p>一\n二 <b>三</b><a href=x>四</a><a href='https://e.org/'>五</a>\n\
            <ul><li>六<ol><li>七</ol></ul><table><tr><td>八<td>九<tr><th>十</table><pre>a\n  b</pre><script>x<p></script>";
        let reading = read(text);
        let seen: Vec<(Form, &str)> =
            reading.lines.iter().map(|line| (line.form.clone(), line.words.text.as_str())).collect();
        assert_eq!(
            seen,
            [
                (Form::Dropped("html-title"), "甲 - 站"),
                (Form::Dropped("html-style"), "p{}"),
                (Form::Heading(1), "甲"),
                (Form::Paragraph, "一二 三四五"),
                (Form::Item { depth: 0, ordered: false }, "六"),
                (Form::Item { depth: 1, ordered: true }, "七"),
                (Form::Cell { table: 0, row: 0, column: 0 }, "八"),
                (Form::Cell { table: 0, row: 0, column: 1 }, "九"),
                (Form::Cell { table: 0, row: 1, column: 0 }, "十"),
                (Form::Code, "a"),
                (Form::Code, "  b"),
                (Form::Dropped("html-script"), "x<p>"),
            ]
        );
        let marks: Vec<&Meaning> = reading.lines[3].words.marks.iter().map(|mark| &mark.meaning).collect();
        assert_eq!(marks, [&Meaning::Strong, &Meaning::Link("https://e.org/".into())]);
    }
}
