//! Callouts: GitHub's alerts and Obsidian's callouts, `> [!NOTE] Title`.

use pulldown_cmark::{CowStr, Event, Tag};

use super::body::Fill;
use super::writer::{Open, Writer};

/// Whether a callout can be folded, and how it is at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fold {
    Never,
    Open,
    Closed,
}

/// The marker of a callout.
struct Marker<'t> {
    kind: &'static str,
    fold: Fold,
    title: &'t str,
}

/// Reads `[!NOTE] Title` at the start of a text; none if it is none or of a kind that nobody knows.
fn marker(text: &str) -> Option<Marker<'_>> {
    let (name, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let (fold, title) = match rest.as_bytes().first() {
        Some(b'+') => (Fold::Open, &rest[1..]),
        Some(b'-') => (Fold::Closed, &rest[1..]),
        _ => (Fold::Never, rest),
    };
    Some(Marker { kind: kind(name)?, fold, title: title.trim_start() })
}

/// The five kinds of GitHub; those of Obsidian are read as the nearest of them.
fn kind(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "note" | "info" | "todo" | "abstract" | "summary" | "tldr" | "example" | "quote" | "cite" | "question"
        | "help" | "faq" => "note",
        "tip" | "hint" | "success" | "check" | "done" => "tip",
        "important" => "important",
        "warning" | "attention" => "warning",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "caution",
        _ => return None,
    })
}

impl Writer<'_> {
    /// A block quote, or the callout that it is.
    pub(super) fn start_block_quote(&mut self) {
        self.fresh_line();
        if !self.start_callout() {
            self.body.html.push_str("<blockquote>\n");
            self.open.push(Open::Block("</blockquote>\n"));
        }
    }

    fn start_callout(&mut self) -> bool {
        if self.plain || !matches!(self.events.peek(0), Some((Event::Start(Tag::Paragraph), _))) {
            return false;
        }
        let Some((Event::Text(text), range)) = self.events.peek(1) else { return false };
        let (text, range) = (text.clone(), range.clone());
        let Some(marker) = marker(&text) else { return false };
        // `\[!NOTE]` is a text like any other.
        if self.events.slice(0..range.start).ends_with('\\') {
            return false;
        }
        self.events.next();
        self.events.next();
        if !marker.title.is_empty() {
            self.events.put_back((Event::Text(CowStr::from(marker.title.to_owned())), range));
        }
        self.open_callout(marker.kind, marker.fold);
        true
    }

    fn open_callout(&mut self, kind: &'static str, fold: Fold) {
        let html = &mut self.body.html;
        html.push_str(if fold == Fold::Never { "<aside" } else { "<details" });
        html.push_str(" class=\"callout ");
        html.push_str(kind);
        html.push('"');
        html.push_str(if fold == Fold::Open { " open>\n" } else { ">\n" });
        let (start, end, close) = match fold {
            Fold::Never => ("<p class=\"callout-title\">", "</p>\n", "</aside>\n"),
            _ => ("<summary class=\"callout-title\">", "</summary>\n", "</details>\n"),
        };
        html.push_str(start);
        self.open.push(Open::Block(close));
        let titled =
            !matches!(self.events.peek(0), None | Some((Event::SoftBreak | Event::HardBreak | Event::End(_), _)));
        if titled {
            self.open.push(Open::CalloutTitle(end));
            return;
        }
        self.body.hole(Fill::Word(kind));
        self.body.html.push_str(end);
        if matches!(self.events.next(), Some((Event::SoftBreak | Event::HardBreak, _))) {
            self.body.html.push_str("<p>");
            self.open.push(Open::Paragraph);
        }
    }

    /// The line of the title ends, and the paragraph goes on; false if no title is being written.
    pub(super) fn end_callout_title(&mut self) -> bool {
        let Some(Open::CalloutTitle(end)) = self.open.last() else { return false };
        self.body.html.push_str(end);
        self.prose.end_block();
        self.open.pop();
        self.body.html.push_str("<p>");
        self.open.push(Open::Paragraph);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_read() {
        let read = |text| marker(text).map(|m| (m.kind, m.fold, m.title));
        assert_eq!(read("[!NOTE]"), Some(("note", Fold::Never, "")));
        assert_eq!(read("[!danger]- 小心"), Some(("caution", Fold::Closed, "小心")));
        assert_eq!(read("[!nonsense]"), None);
        assert_eq!(read("[x]"), None);
    }
}
