//! Tables (GFM, section 4.10).

use pulldown_cmark::Alignment;

use super::writer::{Open, Writer};

/// The table that is being written.
#[derive(Debug, Default)]
pub(super) struct Table {
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
}

impl Writer<'_> {
    pub(super) fn start_table(&mut self, columns: Vec<Alignment>) {
        self.fresh_line();
        let wrapped = if self.plain { "" } else { "<div class=\"table-wrap\" tabindex=\"0\" role=\"region\">\n" };
        self.body.html.push_str(wrapped);
        self.body.html.push_str("<table>\n");
        self.table = Table { columns, ..Table::default() };
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
        self.table.column += 1;
        let html = &mut self.body.html;
        html.push_str(match (self.table.in_head, self.plain) {
            (true, true) => "<th",
            (true, false) => "<th scope=\"col\"",
            (false, _) => "<td",
        });
        if !side.is_empty() {
            let (before, behind) = if self.plain { (" align=\"", "\"") } else { (" style=\"text-align: ", "\"") };
            html.push_str(before);
            html.push_str(side);
            html.push_str(behind);
        }
        html.push('>');
        self.open.push(Open::Cell);
    }

    pub(super) fn end_cell(&mut self) {
        self.body.html.push_str(if self.table.in_head { "</th>\n" } else { "</td>\n" });
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
        let html = &mut self.body.html;
        if self.table.has_body {
            html.push_str("</tbody>\n");
        }
        html.push_str(if self.plain { "</table>\n" } else { "</table>\n</div>\n" });
        self.prose.end_block();
    }
}
