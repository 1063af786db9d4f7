//! The parts of a .docx around its text: the package, relations, styles and numbering (ECMA-376); the door to zip.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// The largest part that is unpacked, in bytes: a guard against archives made to burst.
const PART: u64 = 64 << 20;
/// The most bytes that are unpacked of one package.
const PACKAGE: u64 = 256 << 20;

/// An open package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("the .docx is damaged: {error}"))?;
        Ok(Self { archive, left: PACKAGE })
    }

    /// The bytes of a part; none if there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Ok(file) = self.archive.by_name(name) else { return Ok(None) };
        let limit = PART.min(self.left);
        let mut bytes = vec![];
        file.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| format!("`{}` is damaged: {error}", name.escape_debug()))?;
        let length = bytes.len() as u64;
        if length > limit {
            return Err(format!("`{}` unpacks to more than {} MiB", name.escape_debug(), limit >> 20));
        }
        self.left -= length;
        Ok(Some(bytes))
    }

    /// A part that is XML, as text; empty if there is no such part.
    pub(super) fn xml(&mut self, name: &str) -> Result<String, String> {
        let bytes = self.part(name)?.unwrap_or_default();
        let declared = crate::import::encoding::declared(&bytes);
        Ok(crate::import::encoding::decode(&bytes, declared.as_deref()).text)
    }

    /// The names of all parts, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        names.sort();
        names
    }
}

/// Walks over the elements of an XML text: `each(event)` for every start and empty tag, end and text.
///
/// # Errors
/// A clause that says where the XML is broken.
pub(super) fn walk<'x>(xml: &'x str, mut each: impl FnMut(Event<'x>)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(event) => each(event),
            Err(error) => return Err(format!("XML is broken at byte {}: {error}", reader.error_position())),
        }
    }
}

/// An attribute by its local name, entities resolved.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name).map(|attribute| {
        let raw: &str = &attribute.value;
        quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned)
    })
}

/// Where a relation leads.
pub(super) struct Relation {
    pub(super) target: String,
    pub(super) external: bool,
}

/// The relations of a part by their ids.
pub(super) fn relations(xml: &str) -> Result<BTreeMap<String, Relation>, String> {
    let mut relations = BTreeMap::new();
    walk(xml, |event| {
        if let Event::Start(element) = &event
            && let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target"))
        {
            let external = attribute(element, "TargetMode").as_deref() == Some("External");
            relations.insert(id, Relation { target, external });
        }
    })?;
    Ok(relations)
}

/// What a paragraph style makes of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Style {
    Heading(u8),
    Title,
    Quote,
    Code,
    /// An entry of a generated table of contents.
    Contents,
}

/// What `styles.xml` says that matters here.
#[derive(Default)]
pub(super) struct Styles {
    raw: BTreeMap<String, RawStyle>,
}

#[derive(Default)]
struct RawStyle {
    name: String,
    base: Option<String>,
    outline: Option<u8>,
    number: Option<String>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(xml: &str) -> Result<Self, String> {
        let mut raw = BTreeMap::new();
        let mut open: Option<(String, RawStyle)> = None;
        walk(xml, |event| match &event {
            Event::Start(element) => {
                let value = || attribute(element, "val");
                match (element.local_name().as_ref(), &mut open) {
                    ("style", _) => open = attribute(element, "styleId").map(|id| (id, RawStyle::default())),
                    ("name", Some((_, style))) => style.name = value().unwrap_or_default().to_lowercase(),
                    ("basedOn", Some((_, style))) => style.base = value(),
                    ("outlineLvl", Some((_, style))) => style.outline = value().and_then(|level| level.parse().ok()),
                    ("numId", Some((_, style))) => style.number = value(),
                    _ => {}
                }
            }
            Event::End(element) if element.local_name().as_ref() == "style" => raw.extend(open.take()),
            _ => {}
        })?;
        Ok(Self { raw })
    }

    /// The style of this id, looked up through the styles it is based on.
    pub(super) fn style(&self, id: &str) -> Option<Style> {
        self.chain(id).find_map(|style| {
            let level = style.name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok());
            match style.name.as_str() {
                "title" => return Some(Style::Title),
                "quote" | "quotations" | "intense quote" => return Some(Style::Quote),
                "preformatted text" | "html preformatted" | "source code" => return Some(Style::Code),
                name if name.starts_with("toc ") || name.starts_with("contents ") => return Some(Style::Contents),
                _ => {}
            }
            level.or(style.outline.filter(|level| *level < 9).map(|level| level + 1)).map(Style::Heading)
        })
    }

    /// The list that the style of this id puts a paragraph into.
    pub(super) fn number(&self, id: &str) -> Option<String> {
        self.chain(id).find_map(|style| style.number.clone())
    }

    fn chain(&self, id: &str) -> impl Iterator<Item = &RawStyle> {
        let next = |style: &&RawStyle| style.base.as_deref().and_then(|base| self.raw.get(base));
        std::iter::successors(self.raw.get(id), next).take(20)
    }
}

/// Which lists are numbered: by list and depth.
#[derive(Default)]
pub(super) struct Numbering {
    lists: BTreeMap<String, String>,
    formats: BTreeMap<(String, u8), String>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(xml: &str) -> Result<Self, String> {
        let mut numbering = Self::default();
        let (mut kind, mut list, mut level) = (String::new(), None, 0);
        walk(xml, |event| {
            let Event::Start(element) = &event else { return };
            match element.local_name().as_ref() {
                "abstractNum" => kind = attribute(element, "abstractNumId").unwrap_or_default(),
                "num" => list = attribute(element, "numId"),
                "lvl" => level = attribute(element, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0),
                "numFmt" => {
                    let format = attribute(element, "val").unwrap_or_default();
                    numbering.formats.insert((kind.clone(), level), format);
                }
                "abstractNumId" => {
                    let of = attribute(element, "val").unwrap_or_default();
                    numbering.lists.extend(list.take().map(|list| (list, of)));
                }
                _ => {}
            }
        })?;
        Ok(numbering)
    }

    /// Whether a list is numbered at a depth; none if the list shows no mark there and so is no list.
    pub(super) fn ordered(&self, list: &str, depth: u8) -> Option<bool> {
        let kind = self.lists.get(list)?;
        match self.formats.get(&(kind.clone(), depth)).map(String::as_str) {
            Some("none") => None,
            Some("bullet") | None => Some(false),
            Some(_) => Some(true),
        }
    }
}
