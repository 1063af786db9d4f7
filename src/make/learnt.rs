//! What minify-html does with a tag, and with elements of a name: asked once and remembered.

use std::collections::HashMap;

use super::minify::whole;

/// So many different pieces are remembered by a thread, none of them longer than [`LONGEST`].
const MOST: usize = 1 << 14;
pub(super) const LONGEST: usize = 4096;
/// More kinds of elements than HTML has are no page of ours.
const KINDS: usize = 512;

/// What was asked so far.
#[derive(Default)]
pub(super) struct Memory {
    pub pieces: HashMap<Box<str>, Piece>,
    names: HashMap<Box<str>, usize>,
    pub elements: Vec<Element>,
}

/// A start tag, or a whole element of those that are not looked into.
#[derive(Clone)]
pub(super) struct Piece {
    pub small: Box<[u8]>,
    pub element: usize,
}

/// What minify-html does in elements of one name.
pub(super) struct Element {
    pub name: Box<str>,
    pub inside: Inside,
    pub space: Space,
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

    /// What minify-html makes of a piece, remembered from now on.
    pub fn piece(&mut self, text: &str, element: usize) -> &Piece {
        if self.pieces.len() >= MOST {
            self.pieces.clear();
        }
        let small = whole(text).into();
        self.pieces.entry(text.into()).insert_entry(Piece { small, element }).into_mut()
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
        Self { name: name.into(), inside, space, takes: vec![] }
    }
}
