//! .docx -> paragraphs: headings, lists, tables, footnotes, pictures and links by what their marks say (ECMA-376, part 1).

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::html::is_outside;
use super::office::{Numbering, Package, Relation, Style, Styles, attribute, relations, walk};
use crate::import::line::{Form, Line, Reading};
use crate::import::words::{Mark, Meaning, Words};

/// Reads a .docx: every paragraph is one line, those of footnotes, page headers and footers after those of the text.
///
/// # Errors
/// A clause that says what is damaged.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, String> {
    let mut package = Package::open(bytes)?;
    let names = package.names();
    if !names.iter().any(|name| name == "word/document.xml") {
        return Err("there is no `word/document.xml` in it: this is not a .docx".into());
    }
    let styles = Styles::read(&package.xml("word/styles.xml")?)?;
    let numbering = Numbering::read(&package.xml("word/numbering.xml")?)?;
    let mut reading = Reading { unit: "paragraph", kind: "docx", encoding: "UTF-8", ..Reading::default() };
    let mut images = Images::default();
    let main = ["document", "footnotes", "endnotes"].map(str::to_owned);
    let stem = |name: &String| name.strip_prefix("word/")?.strip_suffix(".xml").map(str::to_owned);
    let margins = names.iter().filter_map(stem).filter(|stem| stem.starts_with("header") || stem.starts_with("footer"));
    for stem in main.into_iter().chain(margins) {
        let relations = relations(&package.xml(&format!("word/_rels/{stem}.xml.rels"))?)?;
        let xml = package.xml(&format!("word/{stem}.xml"))?;
        let mut text = Text::new(&styles, &numbering, &relations, &mut images, &stem);
        walk(&xml, |event| text.event(&event))?;
        text.finish();
        reading.lines.append(&mut text.lines);
    }
    reading.complaints.extend(images.complaints.drain(..).map(|clause| (0, clause)));
    for (part, name) in images.names {
        match package.part(&part)? {
            Some(bytes) => reading.images.push((name, bytes)),
            None => reading.complaints.push((0, format!("the picture `{}` is not in the .docx", part.escape_debug()))),
        }
    }
    Ok(reading)
}

/// The pictures met so far: part of the package -> file name.
#[derive(Default)]
struct Images {
    names: BTreeMap<String, String>,
    complaints: Vec<String>,
}

impl Images {
    /// The file name for a picture; none for what a browser cannot show.
    fn name(&mut self, target: &str) -> Option<String> {
        let part = target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned);
        let ending = part.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        if !matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "avif") {
            self.complaints.push(format!(
                "the picture `{}` is of a kind that browsers do not show: it is not taken over",
                part.escape_debug()
            ));
            return None;
        }
        let number = self.names.len() + 1;
        Some(self.names.entry(part).or_insert_with(|| format!("image-{number}.{ending}")).clone())
    }
}

/// One paragraph that is open.
#[derive(Default)]
struct Paragraph {
    words: Words,
    style: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    depth: u8,
}

/// The state while one part is read.
struct Text<'a> {
    styles: &'a Styles,
    numbering: &'a Numbering,
    relations: &'a BTreeMap<String, Relation>,
    images: &'a mut Images,
    part: &'a str,
    lines: Vec<Line>,
    open: Vec<Paragraph>,
    note: Option<String>,
    /// Inside an element whose text is not the document's: its name, and how often it is open.
    skipped: Option<(String, usize)>,
    run: bool,
    strong: bool,
    emphasis: bool,
    written: bool,
    links: Vec<(usize, Option<String>)>,
    alt: String,
    tables: usize,
    table: usize,
    row: usize,
    column: usize,
    span: usize,
}

impl<'a> Text<'a> {
    fn new(
        styles: &'a Styles,
        numbering: &'a Numbering,
        relations: &'a BTreeMap<String, Relation>,
        images: &'a mut Images,
        part: &'a str,
    ) -> Self {
        Self {
            styles,
            numbering,
            relations,
            images,
            part,
            lines: vec![],
            open: vec![],
            note: None,
            skipped: None,
            run: false,
            strong: false,
            emphasis: false,
            written: false,
            links: vec![],
            alt: String::new(),
            tables: 0,
            table: 0,
            row: 0,
            column: 0,
            span: 1,
        }
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Start(element) => match &mut self.skipped {
                Some((name, depth)) => *depth += usize::from(name.as_str() == element.local_name().as_ref()),
                None => self.start(element),
            },
            Event::End(element) => match &mut self.skipped {
                Some((name, depth)) => {
                    *depth -= usize::from(name.as_str() == element.local_name().as_ref());
                    if *depth == 0 {
                        self.skipped = None;
                    }
                }
                None => self.end(element.local_name().as_ref()),
            },
            Event::Text(text) if self.written && self.skipped.is_none() => {
                let text = text.xml10_content();
                self.push(&text);
            }
            Event::CData(text) if self.written && self.skipped.is_none() => {
                let text = text.xml10_content();
                self.push(&text);
            }
            Event::GeneralRef(reference) if self.written && self.skipped.is_none() => {
                let name: &str = reference;
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => quick_xml::escape::resolve_xml_entity(name).map_or_else(|| format!("&{name};"), str::to_owned),
                };
                self.push(&resolved);
            }
            _ => {}
        }
    }

    fn start(&mut self, element: &BytesStart) {
        let value = || attribute(element, "val");
        let on = || !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "none" | "off"));
        match element.local_name().as_ref() {
            name @ ("Fallback" | "moveFrom" | "del" | "pPrChange" | "rPrChange" | "instrText") => {
                self.skipped = Some((name.to_owned(), 1))
            }
            "p" => self.open.push(Paragraph::default()),
            "r" => (self.run, self.strong, self.emphasis) = (true, false, false),
            "b" if self.run => self.strong = on(),
            "i" if self.run => self.emphasis = on(),
            "t" => self.written = true,
            "tab" if self.run => self.push("\t"),
            "br" | "cr" if self.run => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                let code = attribute(element, "char").unwrap_or_default();
                let sign = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                self.push(&sign.map(String::from).unwrap_or_default());
                let clause = format!("a sign of a symbol font has no letter: it stands as U+{}", code.escape_debug());
                self.images.complaints.push(clause);
            }
            "hyperlink" => self.open_link(attribute(element, "id")),
            "docPr" => self.alt = attribute(element, "descr").unwrap_or_default(),
            "blip" => self.picture(attribute(element, "embed")),
            "imagedata" => self.picture(attribute(element, "id")),
            "footnoteReference" => self.reference(attribute(element, "id"), ""),
            "endnoteReference" => self.reference(attribute(element, "id"), "e"),
            "footnote" => self.note = note(element, ""),
            "endnote" => self.note = note(element, "e"),
            name @ ("tbl" | "tr" | "tc") => self.start_table(name),
            "gridSpan" => self.span = value().and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, 64),
            name => self.property(name, value()),
        }
    }

    fn property(&mut self, name: &str, value: Option<String>) {
        let Some(paragraph) = self.open.last_mut().filter(|_| !self.run) else { return };
        match name {
            "pStyle" => paragraph.style = value,
            "outlineLvl" => paragraph.outline = value.and_then(|level| level.parse().ok()).filter(|level| *level < 9),
            "numId" => paragraph.list = value,
            "ilvl" => paragraph.depth = value.and_then(|depth| depth.parse().ok()).unwrap_or(0).min(8),
            _ => {}
        }
    }

    fn start_table(&mut self, name: &str) {
        match name {
            "tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.row = 0;
                }
            }
            "tr" if self.tables == 1 => (self.row, self.column, self.span) = (self.row + 1, 0, 0),
            "tc" if self.tables == 1 => (self.column, self.span) = (self.column + self.span, 1),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.paragraph(paragraph);
                }
            }
            "r" => self.run = false,
            "t" => self.written = false,
            "hyperlink" => self.close_link(),
            "footnote" | "endnote" => self.note = None,
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                self.table += usize::from(self.tables == 0);
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        let (strong, emphasis) = (self.strong && self.run, self.emphasis && self.run);
        let Some(paragraph) = self.open.last_mut() else { return };
        let start = paragraph.words.text.len();
        paragraph.words.text.push_str(text);
        let end = paragraph.words.text.len();
        for (wanted, meaning) in [(strong, Meaning::Strong), (emphasis, Meaning::Emphasis)] {
            // Word cuts a bold phrase into many runs: what touches is one phrase.
            let last = paragraph.words.marks.iter_mut().rev().find(|mark| mark.meaning == meaning && mark.end == start);
            match last {
                Some(mark) if wanted => mark.end = end,
                None if wanted && start < end => paragraph.words.marks.push(Mark { start, end, meaning }),
                _ => {}
            }
        }
    }

    fn open_link(&mut self, id: Option<String>) {
        let target = id
            .and_then(|id| self.relations.get(&id))
            .filter(|relation| relation.external && is_outside(&relation.target));
        let at = self.open.last().map_or(0, |paragraph| paragraph.words.text.len());
        self.links.push((at, target.map(|relation| relation.target.clone())));
    }

    fn close_link(&mut self) {
        if let (Some((start, Some(target))), Some(paragraph)) = (self.links.pop(), self.open.last_mut()) {
            let end = paragraph.words.text.len();
            if start < end {
                paragraph.words.marks.push(Mark { start, end, meaning: Meaning::Link(target) });
            }
        }
    }

    fn picture(&mut self, id: Option<String>) {
        let alt = std::mem::take(&mut self.alt);
        let target = id.and_then(|id| self.relations.get(&id)).map(|relation| relation.target.clone());
        let name = target.and_then(|target| self.images.name(&target));
        let Some(paragraph) = self.open.last_mut() else { return };
        let start = paragraph.words.text.len();
        paragraph.words.text.push_str(&alt);
        let end = paragraph.words.text.len();
        if let Some(name) = name {
            paragraph.words.marks.push(Mark { start, end, meaning: Meaning::Image(name) });
        }
    }

    fn reference(&mut self, id: Option<String>, prefix: &str) {
        if let (Some(id), Some(paragraph)) = (id, self.open.last_mut()) {
            let at = paragraph.words.text.len();
            paragraph.words.marks.push(Mark {
                start: at,
                end: at,
                meaning: Meaning::Note(format!("{prefix}{}", plain(&id))),
            });
        }
    }

    fn paragraph(&mut self, paragraph: Paragraph) {
        // A text box is a paragraph inside a paragraph: it stands before the one that holds it.
        let form = self.form(&paragraph);
        if self.part != "document" && paragraph.words.is_blank() {
            return;
        }
        self.lines.push(Line { words: paragraph.words, at: 0, form });
    }

    fn form(&self, paragraph: &Paragraph) -> Form {
        if self.part.starts_with("header") {
            return Form::Dropped("page-header");
        } else if self.part.starts_with("footer") {
            return Form::Dropped("page-footer");
        } else if self.part != "document" {
            return self.note.clone().map_or(Form::Dropped("note-separator"), Form::Note);
        }
        if self.tables > 0 {
            return Form::Cell { table: self.table, row: self.row.saturating_sub(1), column: self.column };
        }
        let style = paragraph.style.as_deref().and_then(|id| self.styles.style(id));
        match (paragraph.outline, style) {
            (_, Some(Style::Title)) => return Form::Title,
            (_, Some(Style::Contents)) => return Form::Dropped("table-of-contents"),
            (_, Some(Style::Code)) => return Form::Code,
            (Some(level), _) => return Form::Heading(level + 1),
            (_, Some(Style::Heading(level))) => return Form::Heading(level),
            (_, Some(Style::Quote)) => return Form::Quote,
            _ => {}
        }
        let list = paragraph.list.clone().or_else(|| self.styles.number(paragraph.style.as_deref()?));
        let ordered = list.and_then(|list| self.numbering.ordered(&list, paragraph.depth));
        ordered.map_or(Form::Paragraph, |ordered| Form::Item { depth: paragraph.depth, ordered })
    }

    /// Keeps what a broken part left open.
    fn finish(&mut self) {
        while let Some(paragraph) = self.open.pop() {
            self.paragraph(paragraph);
        }
    }
}

/// A footnote's name; none for the lines that Word draws between text and notes.
fn note(element: &BytesStart, prefix: &str) -> Option<String> {
    let drawn = attribute(element, "type").is_some_and(|kind| kind != "normal");
    attribute(element, "id").filter(|_| !drawn).map(|id| format!("{prefix}{}", plain(&id)))
}

fn plain(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).take(20).collect()
}
