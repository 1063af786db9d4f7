//! What minify-html does with a tag, and with elements of a name: asked once and remembered.

use std::hash::BuildHasher as _;
use std::rc::Rc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::minify::whole;
use super::shape::Shape;

/// So many different pieces are remembered by a thread, none of them longer than [`LONGEST`].
const MOST: usize = 1 << 14;
const LONGEST: usize = 4096;
/// So many entries of lists are: those of the navigation are shown by pages that are made one after the other.
const MOST_ENTRIES: usize = 1 << 10;
/// More kinds of elements than HTML has are no page of ours.
const KINDS: usize = 512;

/// What was asked so far.
pub(super) struct Memory {
    tags: FxHashMap<Box<str>, Rc<Piece>>,
    wholes: FxHashMap<Box<str>, Box<[u8]>>,
    /// Entries of lists.
    pub entries: FxHashMap<Box<str>, Box<[u8]>>,
    entry_element: Option<usize>,
    /// Hashes of entries that were met, each at the place that it says.
    met: Box<[u64; MOST_ENTRIES]>,
    /// Where an entry ends.
    pub entry_end: memchr::memmem::Finder<'static>,
    names: FxHashMap<Box<str>, usize>,
    pub elements: Vec<Element>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            tags: FxHashMap::default(),
            wholes: FxHashMap::default(),
            entries: FxHashMap::default(),
            entry_element: None,
            met: Box::new([0; MOST_ENTRIES]),
            entry_end: memchr::memmem::Finder::new("</li>"),
            names: FxHashMap::default(),
            elements: vec![],
        }
    }
}

/// A start tag, in parts between the values that its shape leaves out.
pub(super) struct Piece {
    /// What stands before each of the values, and which one that is: minify-html sorts attributes.
    parts: Box<[(Box<[u8]>, usize)]>,
    end: Box<[u8]>,
    pub element: usize,
}

impl Piece {
    /// Appends what minify-html makes of a tag of this shape.
    pub fn write(&self, tag: &str, shape: &Shape, out: &mut Vec<u8>) {
        for (part, value) in &self.parts {
            out.extend_from_slice(part);
            out.extend_from_slice(shape.value(tag, *value).as_bytes());
        }
        out.extend_from_slice(&self.end);
    }
}

/// What minify-html does in elements of one name.
pub(super) struct Element {
    pub name: Box<str>,
    pub inside: Inside,
    pub space: Space,
    pub is_pre: bool,
    /// Which of those it is that a page has once.
    pub once: Option<usize>,
    /// Whether an element can stand in this one as it is written, by the number of the inner one, as far as it is known.
    takes: Vec<Option<bool>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// Nothing: there is no end tag.
    Nothing,
    /// Something that is asked about as a whole.
    Whole,
    /// Text and elements.
    Nodes,
}

/// What becomes of white space.
#[derive(Clone, Copy, Default)]
pub(super) struct Space {
    /// Several become one.
    pub collapse: bool,
    /// A text of nothing else goes.
    pub destroy: bool,
    /// It goes at the beginning and at the end.
    pub trim: bool,
}

impl Memory {
    /// The number of the elements of a name.
    pub fn element(&mut self, name: &str) -> Option<usize> {
        if let Some(known) = self.names.get(name) {
            return Some(*known);
        }
        let number = self.elements.len();
        if number >= KINDS
            || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        {
            return None;
        }
        self.elements.push(Element::learnt(name));
        self.names.insert(name.into(), number);
        Some(number)
    }

    /// Whether an element can stand in another as it is written.
    pub fn takes(&mut self, outer: usize, inner: usize) -> bool {
        let known = self.elements[outer].takes.get(inner).copied().flatten();
        known.unwrap_or_else(|| {
            let (name, other) = (&self.elements[outer].name, &self.elements[inner]);
            let own = &other.name;
            let end = if other.inside == Inside::Nothing { String::new() } else { format!("</{own}>") };
            let sample = whole(&format!("<{name}><{own}>{end}</{name}>"));
            let takes = sample.ends_with(format!("{end}</{name}>").as_bytes());
            let all = &mut self.elements[outer].takes;
            all.resize(all.len().max(inner + 1), None);
            all[inner] = Some(takes);
            takes
        })
    }

    /// The length of the start tag that a text begins with and what becomes of it, if it is a short one that is known as it
    /// is. What ends too early, in a quotation, is no tag that is known.
    pub fn plain(&self, text: &str) -> Option<(usize, Rc<Piece>)> {
        const LONGEST: usize = 48;
        let length = memchr::memchr(b'>', &text.as_bytes()[..text.len().min(LONGEST)])? + 1;
        let piece = self.tags.get(&text[..length]).filter(|piece| piece.parts.is_empty())?;
        Some((length, piece.clone()))
    }

    /// What minify-html makes of start tags of a shape; none if the tag is of no element that it could be asked about.
    pub fn tag(&mut self, tag: &str, shape: &Shape) -> Option<Rc<Piece>> {
        let form = shape.of(tag);
        if let Some(known) = self.tags.get(&*form) {
            return Some(known.clone());
        }
        let end = tag[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != ':')? + 1;
        let element = self.element(&tag[1..end])?;
        let small = String::from_utf8(whole(&form)).ok()?;
        let mut places = vec![];
        for (value, stands) in shape.stands().enumerate() {
            // An author who wrote the very same would stand in its place.
            places.push((small.find(stands).filter(|_| form.matches(stands).count() == 1)?, value));
        }
        places.sort_unstable();
        let (mut parts, mut at) = (vec![], 0);
        for (place, value) in places {
            parts.push((small.as_bytes()[at..place].into(), value));
            at = place + shape.stands().nth(value).map_or(0, str::len);
        }
        let piece = Rc::new(Piece { parts: parts.into(), end: small.as_bytes()[at..].into(), element });
        if form.len() <= LONGEST {
            forget(&mut self.tags, MOST);
            self.tags.insert(form.into(), piece.clone());
        }
        Some(piece)
    }

    /// Whether an entry of a list can stand in an element as it is written.
    pub fn takes_entries(&mut self, outer: usize) -> bool {
        let entry = self.entry_element.or_else(|| self.element("li"));
        self.entry_element = entry;
        entry.is_some_and(|entry| self.takes(outer, entry))
    }

    /// Whether an entry of a list was met lately; now it was.
    pub fn meet(&mut self, entry: &str) -> bool {
        let hash = FxBuildHasher.hash_one(entry);
        std::mem::replace(&mut self.met[hash as usize % MOST_ENTRIES], hash) == hash
    }

    /// Remembers what becomes of an entry of a list.
    pub fn remember(&mut self, entry: &str, small: Vec<u8>) {
        forget(&mut self.entries, MOST_ENTRIES);
        self.entries.insert(entry.into(), small.into());
    }

    /// Appends what minify-html makes of an element that is not looked into.
    pub fn whole(&mut self, text: &str, out: &mut Vec<u8>) {
        if text.len() > LONGEST {
            out.extend(whole(text));
        } else if let Some(known) = self.wholes.get(text) {
            out.extend_from_slice(known);
        } else {
            let small = whole(text);
            out.extend_from_slice(&small);
            forget(&mut self.wholes, MOST);
            self.wholes.insert(text.into(), small.into());
        }
    }
}

/// Makes room for one more.
fn forget<T>(known: &mut FxHashMap<Box<str>, T>, most: usize) {
    if known.len() >= most {
        known.clear();
    }
}

impl Element {
    fn learnt(name: &str) -> Self {
        let sample = |inner: &str| whole(&format!("<{name}>{inner}</{name}>"));
        let has = |inner: &str, part: &str| sample(inner).windows(part.len()).any(|window| window == part.as_bytes());
        let inside = match name {
            "script" | "style" | "textarea" | "title" | "svg" => Inside::Whole,
            _ if !sample("").ends_with(format!("</{name}>").as_bytes()) => Inside::Nothing,
            _ => Inside::Nodes,
        };
        let space = Space {
            collapse: has("<i></i>a  a<i></i>", "a a"),
            destroy: !has("<i></i> <i></i>", "</i> <i>"),
            trim: !has(" a ", " a"),
        };
        let once = ["html", "head", "body"].iter().position(|once| *once == name);
        Self { name: name.into(), inside, space, is_pre: name == "pre", once, takes: vec![] }
    }
}
