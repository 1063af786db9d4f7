//! The facts of a site as data: one row for all that a fact states, as CSV and for programs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fact::{Qualifier, Value};
use crate::site::{Fact, Page, Site};

/// A fact, or a part of one. Numbers are decimals in the unit of their row, without a scale: `188049000000`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FactRow {
    /// The indicator's name.
    pub indicator: String,
    /// Its title in the default language.
    pub indicator_title: String,
    /// The name of the term that it is about; empty if it is about nobody.
    pub subject: String,
    /// The title of that term in the default language.
    pub subject_title: String,
    /// The part of a value that the row is about; empty for the whole.
    pub part: String,
    /// Which definition it follows; empty for the only one.
    pub variant: String,
    /// When it held, as EDTF, or `not stated`.
    pub period: String,
    /// The number, if it is one and exact.
    pub value: String,
    /// The lower end of a range or of a number that is not exact; empty if it has none.
    pub low: String,
    /// The upper end of one; empty if it has none.
    pub high: String,
    /// How a number is meant: `exact`, `about`, `more than`.
    pub qualifier: String,
    /// The name of the unit: `CNY`.
    pub unit: String,
    /// The value as the author wrote it.
    pub written: String,
    /// The change as the author wrote it.
    pub change: String,
    /// The claimed place, from 1.
    pub rank: String,
    /// The URL of the page that states it, from the root of the site.
    pub page: String,
    /// The document that it comes from.
    pub document: String,
    /// The lines of that document.
    pub lines: String,
}

/// Every fact of a site with its parts, in the order of the pages that state them.
pub fn facts(site: &Site) -> Vec<FactRow> {
    stated(site).into_iter().flat_map(|(page, fact)| rows(site, page, fact)).collect()
}

/// Every fact with the page that states it, but those of unlisted pages only.
pub(super) fn stated(site: &Site) -> Vec<(&Page, &Fact)> {
    let mut stated: BTreeMap<usize, &Page> = BTreeMap::new();
    for page in site.pages.iter().filter(|page| !page.is_unlisted()) {
        for at in site.facts.by_page.get(&page.id).into_iter().flatten() {
            // A translation shows what the page in the default language states.
            let known = stated.entry(*at).or_insert(page);
            if page.language < known.language {
                *known = page;
            }
        }
    }
    stated.into_iter().map(|(at, page)| (page, &site.facts.all[at])).collect()
}

fn rows(site: &Site, page: &Page, fact: &Fact) -> Vec<FactRow> {
    let indicator = site.facts.indicators.get(&fact.indicator);
    let indicator_page = indicator.and_then(|indicator| indicator.pages.iter().flatten().next());
    let title = |id: &crate::site::PageId| site.page(*id).title.clone();
    let term = site.config.subjects().and_then(|taxonomy| {
        let lists = (0..site.config.languages.len()).map(|language| &site.terms(taxonomy, language).terms);
        lists.flatten().find(|term| Some(&term.slug) == fact.subject.as_ref())
    });
    let note = &page.front.source;
    let whole = FactRow {
        indicator: fact.indicator.clone(),
        indicator_title: indicator_page.map(title).unwrap_or_default(),
        subject: fact.subject.clone().unwrap_or_default(),
        subject_title: term.map(|term| title(&term.page)).unwrap_or_default(),
        variant: fact.variant.clone().unwrap_or_default(),
        period: fact.period.as_ref().map(ToString::to_string).unwrap_or_default(),
        page: format!("/{}", page.url),
        document: note.document.clone().unwrap_or_default(),
        lines: fact.lines.clone().or_else(|| note.lines.clone()).unwrap_or_default(),
        ..FactRow::default()
    };
    let parts = fact.of_which.iter().map(|part| FactRow { part: part.name.clone(), ..whole.clone() }.with(&part.value));
    let mut all: Vec<FactRow> = parts.collect();
    let change = fact.change.as_ref().map(|change| change.written.clone()).unwrap_or_default();
    let rank = fact.rank.as_ref().map(|ranked| ranked.rank.place.to_string()).unwrap_or_default();
    all.insert(0, FactRow { change, rank, ..whole }.with(&fact.value));
    all
}

impl FactRow {
    /// The row with what a value says.
    pub(super) fn with(mut self, value: &Value) -> Self {
        self.written = value.written.clone();
        let Some(quantity) = value.quantity() else { return self };
        self.unit = quantity.unit.dimension().to_owned();
        self.qualifier = quantity.qualifier.as_str().to_owned();
        let Some((low, high)) = value.ends() else { return self };
        match quantity.qualifier {
            Qualifier::Exact if low == high => self.value = low,
            Qualifier::MoreThan | Qualifier::AtLeast => self.low = low,
            Qualifier::LessThan | Qualifier::AtMost => self.high = high,
            _ => (self.low, self.high) = (low, high),
        }
        self
    }

    /// The row without formulas in what authors wrote.
    fn guarded(mut self) -> Self {
        self.texts().into_iter().filter(|text| is_guarded(text)).for_each(|text| text.insert(0, '\''));
        self
    }

    /// The row as it was before [`FactRow::guarded`].
    fn unguarded(mut self) -> Self {
        for text in self.texts() {
            if text.strip_prefix('\'').is_some_and(is_guarded) {
                text.remove(0);
            }
        }
        self
    }

    /// What authors wrote.
    fn texts(&mut self) -> [&mut String; 11] {
        let Self { indicator, indicator_title, subject, subject_title, part, variant, unit, written, change, .. } =
            self;
        let (document, lines) = (&mut self.document, &mut self.lines);
        [indicator, indicator_title, subject, subject_title, part, variant, unit, written, change, document, lines]
    }
}

/// A column of the table.
pub(super) struct Column {
    pub name: &'static str,
    pub holds: Holds,
    /// No cell of it is empty.
    pub always: bool,
    /// What it holds, in words.
    pub about: &'static str,
}

/// What the cells of a column hold.
pub(super) enum Holds {
    Text,
    Number,
    Whole,
    Address,
}

const fn column(name: &'static str, holds: Holds, about: &'static str) -> Column {
    Column { name, holds, always: false, about }
}

const fn always(name: &'static str, about: &'static str) -> Column {
    Column { name, holds: Holds::Text, always: true, about }
}

/// The columns of the table, in the order of a row.
pub(super) const COLUMNS: [Column; 18] = [
    always("indicator", "The indicator's name."),
    column("indicator_title", Holds::Text, "Its title in the default language."),
    column("subject", Holds::Text, "The name of the subject that the fact is about."),
    column("subject_title", Holds::Text, "The subject's title in the default language."),
    column("part", Holds::Text, "The part of a value that the row is about; empty for the whole."),
    column("variant", Holds::Text, "The definition that the figure follows; empty for the only one."),
    column("period", Holds::Text, "When it holds, as EDTF (ISO 8601-2:2019), or `not stated`."),
    column("value", Holds::Number, "The number if it is exact, without a scale."),
    column("low", Holds::Number, "The lower end of a range or of a number that is not exact."),
    column("high", Holds::Number, "The upper end of one."),
    column(
        "qualifier",
        Holds::Text,
        "How a number is meant: exact, about, nearly, more than, at least, less than, at most.",
    ),
    column("unit", Holds::Text, "The name of the unit that the number is in."),
    always("written", "The value as its source writes it."),
    column("change", Holds::Text, "The change as its source writes it."),
    column("rank", Holds::Whole, "The claimed place among others, from 1."),
    column("page", Holds::Address, "The URL of the page that states it, from the root of the site."),
    column("document", Holds::Text, "The document that it comes from."),
    column("lines", Holds::Text, "The lines of that document."),
];

/// Rows as CSV (RFC 4180), with a line of names. A text that a spreadsheet would take for a formula has an apostrophe in
/// front.
pub fn csv(rows: &[FactRow]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).has_headers(false).from_writer(vec![]);
    // Rows of texts are written to memory, in which nothing fails.
    writer.write_record(COLUMNS.iter().map(|column| column.name)).unwrap_or_default();
    rows.iter().for_each(|row| writer.serialize(row.clone().guarded()).unwrap_or_default());
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The rows of such a table, or of one JSON object a line; columns that it has not are empty, and others are left out.
///
/// # Errors
/// What is wrong, with the line where it is.
pub fn read(text: &str) -> Result<Vec<FactRow>, String> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') || text.trim().is_empty() {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        return lines
            .map(|(at, line)| {
                let told = |error: serde_json::Error| {
                    let message = error.to_string();
                    format!("line {}: {}", at + 1, message.split(" at line ").next().unwrap_or_default())
                };
                serde_json::from_str(line).map_err(told)
            })
            .collect();
    }
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| error.to_string())?;
    if let Some(lacking) = ["indicator", "written"].iter().find(|name| !names.iter().any(|own| own == **name)) {
        return Err(format!("line 1: there is no column `{lacking}`"));
    }
    let rows = reader.deserialize().map(|row| row.map(FactRow::unguarded).map_err(|error| error.to_string()));
    rows.collect()
}

/// Whether a text gets an apostrophe in front: a formula does, and one that has some already, so that they can be told.
fn is_guarded(text: &str) -> bool {
    is_formula(text.trim_start_matches('\''))
}

/// Whether a spreadsheet would calculate a text. A sign is only that of a number if nothing is done with the number.
fn is_formula(text: &str) -> bool {
    match text.split_at_checked(1) {
        Some(("=" | "@" | "\t" | "\r", _)) => true,
        Some(("+" | "-", rest)) => rest.contains(['+', '-', '*', '/', '^', '&', '|', '!', '(', '=', '@', '"']),
        _ => false,
    }
}

/// The bytes of the table. It begins with a byte order mark: spreadsheets that open a file from disk take it for a text in
/// the code page of the system otherwise, in which Chinese cannot be read.
pub(super) fn file(site: &Site) -> Vec<u8> {
    format!("\u{feff}{}", csv(&facts(site))).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_no_formulas() {
        let row = FactRow { written: "1,880 \"x\"".into(), lines: "1\n2".into(), ..FactRow::default() };
        let text = csv(&[row]);
        assert!(text.starts_with("indicator,indicator_title,subject,"), "{text}");
        assert!(text.contains(",\"1,880 \"\"x\"\"\",,,,,\"1\n2\"\r\n"), "{text}");
        let row = FactRow { written: "=1+1".into(), change: "+3%".into(), part: "-2+3|x".into(), ..FactRow::default() };
        assert!(csv(&[row]).contains(",,,,'-2+3|x,,,,,,,,'=1+1,+3%,,"));
    }

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let texts = FactRow {
            written: "=1,\"x\"\n".into(),
            change: "-3%".into(),
            part: "'a".into(),
            lines: "'=x".into(),
            ..FactRow::default()
        };
        let rows = vec![texts, FactRow { indicator: "乙".into(), variant: "@x".into(), ..FactRow::default() }];
        assert_eq!(read(&format!("\u{feff}{}", csv(&rows))).unwrap(), rows);
        let json: String = rows.iter().map(|row| serde_json::to_string(row).unwrap() + "\n").collect();
        assert_eq!(read(&json).unwrap(), rows);
        assert_eq!(read("written,indicator,other\n5,a,x\n").unwrap()[0].written, "5");
        assert_eq!(read("a,b\n1,2\n").unwrap_err(), "line 1: there is no column `indicator`");
        assert!(read("{}\n{\n").unwrap_err().starts_with("line 2: "));
        assert!(read("indicator,written\n1\n").is_err());
    }

    #[test]
    fn the_columns_are_those_of_a_row() {
        let json = serde_json::to_string(&FactRow::default()).unwrap();
        let names: Vec<&str> = json.split('"').skip(1).step_by(4).collect();
        assert_eq!(names, COLUMNS.map(|column| column.name));
        assert_eq!(csv(&[]), names.join(",") + "\r\n");
    }
}
