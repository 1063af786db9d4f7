//! Tables (GFM, section 4.10): captions, columns of numbers.

use pulldown_cmark::{Alignment, CowStr, Event, Tag};

use super::number_cells::Cell;
use super::writer::{Open, Writer};

/// How a paragraph right before a table begins if it is the table's caption.
const CAPTIONS: [&str; 4] = ["Table:", "Table：", "表：", "表:"];

/// The table that is being written.
#[derive(Debug, Default)]
pub(super) struct Table {
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
    /// The column of each cell and where an attribute of it goes.
    cells: Vec<(usize, usize)>,
    /// How many numbers and how many words each column holds.
    counts: Vec<(usize, usize)>,
    /// Where the text of the cell begins in the plain text.
    text: usize,
}

impl Writer<'_> {
    /// Whether the paragraph that begins is the caption of the table behind it; then its mark is taken off.
    pub(super) fn takes_caption(&mut self) -> bool {
        let Some((Event::Text(text), range)) = self.events.peek(0) else { return false };
        let (text, range) = (text.clone(), range.clone());
        let Some(mark) = CAPTIONS.iter().find(|mark| text.starts_with(**mark)) else { return false };
        let (mut depth, mut n) = (0_usize, 1);
        loop {
            match self.events.peek(n) {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) if depth == 0 => break,
                Some((Event::End(_), _)) => depth -= 1,
                None => return false,
                Some(_) => {}
            }
            n += 1;
        }
        if !matches!(self.events.peek(n + 1), Some((Event::Start(Tag::Table(_)), _))) {
            return false;
        }
        let rest = text[mark.len()..].trim_start();
        let start = range.end.saturating_sub(rest.len()).max(range.start);
        self.events.next();
        self.events.put_back((Event::Text(CowStr::from(rest.to_owned())), start..range.end));
        true
    }

    /// The caption begins, and with it the table.
    pub(super) fn start_caption(&mut self) {
        self.open_table_tags();
        self.body.html.push_str("<caption>");
        self.open.push(Open::Caption);
    }

    pub(super) fn end_caption(&mut self) {
        self.body.html.push_str("</caption>\n");
        self.prose.end_block();
        self.has_caption = true;
    }

    fn open_table_tags(&mut self) {
        let wrapped = if self.plain { "" } else { "<div class=\"table-wrap\" tabindex=\"0\" role=\"group\">\n" };
        self.body.html.push_str(wrapped);
        self.body.html.push_str("<table>\n");
    }

    pub(super) fn start_table(&mut self, columns: Vec<Alignment>) {
        if !std::mem::take(&mut self.has_caption) {
            self.fresh_line();
            self.open_table_tags();
        }
        let counts = vec![(0, 0); columns.len()];
        self.table = Table { columns, counts, ..Table::default() };
        self.open.push(Open::Table);
    }

    pub(super) fn start_table_head(&mut self) {
        self.table.in_head = true;
        self.body.html.push_str("<thead>\n");
        self.start_row();
        self.open.push(Open::TableHead);
    }

    pub(super) fn start_table_row(&mut self) {
        if !self.table.has_body {
            self.body.html.push_str("<tbody>\n");
            self.table.has_body = true;
        }
        self.start_row();
        self.open.push(Open::TableRow);
    }

    fn start_row(&mut self) {
        self.table.column = 0;
        self.body.html.push_str("<tr>\n");
    }

    pub(super) fn start_cell(&mut self) {
        let side = match self.table.columns.get(self.table.column) {
            Some(Alignment::Left) => "left",
            Some(Alignment::Center) => "center",
            Some(Alignment::Right) => "right",
            Some(Alignment::None) | None => "",
        };
        let html = &mut self.body.html;
        html.push_str(match (self.table.in_head, self.plain) {
            (true, true) => "<th",
            (true, false) => "<th scope=\"col\"",
            (false, _) => "<td",
        });
        if side.is_empty() {
            self.table.cells.push((self.table.column, html.len()));
        } else {
            let (before, behind) = if self.plain { (" align=\"", "\"") } else { (" style=\"text-align: ", "\"") };
            html.push_str(before);
            html.push_str(side);
            html.push_str(behind);
        }
        html.push('>');
        self.table.column += 1;
        self.table.text = self.prose.position();
        self.open.push(Open::Cell);
    }

    pub(super) fn end_cell(&mut self) {
        self.body.html.push_str(if self.table.in_head { "</th>\n" } else { "</td>\n" });
        let column = self.table.column.wrapping_sub(1);
        if let Some((numbers, words)) = self.table.counts.get_mut(column).filter(|_| !self.table.in_head) {
            match Cell::of(self.prose.since(self.table.text)) {
                Cell::Number => *numbers += 1,
                Cell::Words => *words += 1,
                Cell::Nothing => {}
            }
        }
        self.prose.end_cell();
    }

    pub(super) fn end_table_head(&mut self) {
        self.table.in_head = false;
        self.body.html.push_str("</tr>\n</thead>\n");
        self.prose.end_row();
    }

    pub(super) fn end_table_row(&mut self) {
        self.body.html.push_str("</tr>\n");
        self.prose.end_row();
    }

    pub(super) fn end_table(&mut self) {
        if !self.plain {
            let is_number = |column: usize| matches!(self.table.counts.get(column), Some((1.., 0)));
            let cells = self.table.cells.iter().filter(|(column, _)| is_number(*column));
            let places: Vec<usize> = cells.map(|(_, at)| *at).collect();
            self.body.insert_all(&places, " class=\"num\"");
        }
        let html = &mut self.body.html;
        if self.table.has_body {
            html.push_str("</tbody>\n");
        }
        html.push_str(if self.plain { "</table>\n" } else { "</table>\n</div>\n" });
        self.prose.end_block();
    }

    /// Whether a block has its start tag already: a table behind its caption.
    pub(super) fn is_begun(&self, tag: &Tag<'_>) -> bool {
        self.has_caption && matches!(tag, Tag::Table(_))
    }
}
