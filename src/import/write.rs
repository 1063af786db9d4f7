//! Blocks -> Markdown that shows the same characters: every sign that Markdown would take for its own is escaped.

use super::block::{Block, Mark, Shape};
use super::escape::{Care, bare, inline};
use super::ink::is_ink;
use super::words::Words;

/// The Markdown of some blocks. With [`Care::Nice`] strong words, links and pictures are kept and little is escaped,
/// with [`Care::Safe`] words alone are kept and all is escaped.
pub(crate) fn markdown(blocks: &[Block], care: Care, up: &str) -> String {
    let mut out = String::new();
    let mut lists = Lists::default();
    let mut before: Option<&Block> = None;
    for (index, block) in blocks.iter().enumerate() {
        let same = before.is_some_and(|before| belong_together(&before.shape, &block.shape));
        let verbatim = |block: &Block| matches!(block.shape, Shape::Verbatim);
        if !(same || out.is_empty() || verbatim(block) && before.is_some_and(verbatim)) {
            out.push('\n');
        }
        if !matches!(block.shape, Shape::Item { .. }) {
            lists.end();
        }
        let text = |words: &Words| inline(words, care, up, "\\\n");
        match &block.shape {
            Shape::Heading(level) => {
                let mut line = bare(&block.words, care, up, " ").trim().to_owned();
                // Signs of headings at the end of one would close it.
                if line.ends_with('#') && !line.ends_with("\\#") {
                    line.insert(line.len() - 1, '\\');
                }
                out.push_str(&format!("{} {line}\n", "#".repeat(usize::from(*level))));
            }
            Shape::Paragraph => out.push_str(&format!("{}\n", text(&block.words))),
            Shape::Item { depth, mark } => {
                let (indent, mark) = lists.item(*depth, *mark, block.fresh);
                let inner = " ".repeat(indent + mark.chars().count() + 1);
                let text = text(&block.words).replace('\n', &format!("\n{inner}"));
                out.push_str(&format!("{}{mark} {text}\n", " ".repeat(indent)));
            }
            Shape::Table(rows) => table(rows, care, up, &mut out),
            Shape::Code => {
                let first = !same;
                let last = blocks.get(index + 1).is_none_or(|next| next.shape != Shape::Code);
                let run = || blocks.iter().skip(index).take_while(|block| block.shape == Shape::Code);
                if first {
                    lists.fence = fence(run());
                    out.push_str(&format!("{}\n", lists.fence));
                }
                out.extend(block.words.text.chars().filter(|c| is_ink(*c) || matches!(c, ' ' | '\t' | '\u{3000}')));
                out.push('\n');
                if last {
                    out.push_str(&format!("{}\n", lists.fence));
                }
            }
            Shape::Quote => {
                let between = if same { ">\n" } else { "" };
                out.push_str(&format!("{between}> {}\n", text(&block.words).replace('\n', "\n> ")));
            }
            Shape::Note(name) => {
                let again = matches!(before.map(|before| &before.shape), Some(Shape::Note(last)) if last == name);
                let text = text(&block.words).replace('\n', "\n    ");
                out.push_str(&if again { format!("    {text}\n") } else { format!("[^{name}]: {text}\n") });
            }
            Shape::Verbatim => {
                out.extend(block.words.text.chars().filter(|c| is_ink(*c) || matches!(c, ' ' | '\t' | '\u{3000}')));
                out.push('\n');
            }
        }
        before = Some(block);
    }
    out
}

/// Whether two blocks stand without a blank line between them.
fn belong_together(before: &Shape, next: &Shape) -> bool {
    matches!(
        (before, next),
        (Shape::Item { .. }, Shape::Item { .. }) | (Shape::Code, Shape::Code) | (Shape::Quote, Shape::Quote)
    )
}

/// A fence longer than any row of backticks in some lines of code.
fn fence<'a>(lines: impl Iterator<Item = &'a Block>) -> String {
    let longest = |text: &str| text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let longest = lines.map(|block| longest(&block.words.text)).max().unwrap_or(0);
    "`".repeat((longest + 1).max(3))
}

/// A table with its first row as the head. Every row gets as many cells as the widest.
fn table(rows: &[Vec<Words>], care: Care, up: &str, out: &mut String) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    for (index, row) in rows.iter().enumerate() {
        let cell = |column: usize| row.get(column).map(|words| table_cell(words, care, up)).unwrap_or_default();
        let cells: Vec<String> = (0..columns).map(cell).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if index == 0 {
            out.push_str(&format!("|{}\n", " --- |".repeat(columns)));
        }
    }
}

fn table_cell(words: &Words, care: Care, up: &str) -> String {
    let text = bare(words, care, up, " ").trim().to_owned();
    // A bar ends the cell wherever it stands, in code too.
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        if c == '|' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// The lists that are open, with their marks.
#[derive(Default)]
struct Lists {
    /// For each depth: how far it is indented, the mark's sign, and how wide the mark was.
    open: Vec<Open>,
    fence: String,
}

struct Open {
    indent: usize,
    ordered: bool,
    /// Two lists behind one another have different signs, or they would be one.
    other: bool,
    inner: usize,
}

impl Lists {
    fn end(&mut self) {
        self.open.clear();
    }

    /// How far an item is indented, and its mark.
    fn item(&mut self, depth: u8, mark: Mark, fresh: bool) -> (usize, String) {
        let depth = usize::from(depth).min(self.open.len());
        self.open.truncate(depth + 1);
        let ordered = matches!(mark, Mark::Number(_));
        let new = fresh || mark == Mark::Number(1) || self.open.get(depth).is_none_or(|open| open.ordered != ordered);
        if new {
            let last = self.open.get(depth).filter(|open| open.ordered == ordered).is_some_and(|open| !open.other);
            self.open.truncate(depth);
            let indent = self.open.last().map_or(0, |open| open.inner);
            self.open.push(Open { indent, ordered, other: last, inner: 0 });
        }
        let Some(open) = self.open.last_mut() else { return (0, "-".into()) };
        let text = match (mark, open.other) {
            (Mark::Number(number), false) => format!("{number}."),
            (Mark::Number(number), true) => format!("{number})"),
            (Mark::Bullet, false) => "-".to_owned(),
            (Mark::Bullet, true) => "*".to_owned(),
        };
        open.inner = open.indent + text.len() + 1;
        (open.indent, text)
    }
}
