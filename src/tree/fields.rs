//! Reading the fields of a mapping one by one: wrong types and unknown keys become complaints with a place.

use std::cell::RefCell;

use super::{Key, Node, Tree, Value};
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};

/// A key that a mapping may have, and the other spellings that mean the same.
#[derive(Debug, Clone, Copy)]
pub struct KeyName {
    /// The name in our documents.
    pub name: &'static str,
    /// What other generators call it.
    pub also: &'static [&'static str],
}

/// A text with the place where it was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Equal is what says the same, wherever it stands.
impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Written {}

/// The fields of one mapping, and the list that complaints about them go to.
pub struct Fields<'t> {
    tree: &'t Tree,
    entries: &'t [(Key, Node)],
    keys: &'t [KeyName],
    code: Code,
    out: &'t RefCell<Vec<Diagnostic>>,
}

impl<'t> Fields<'t> {
    /// The fields of a mapping that may hold `keys`; anything but a mapping is complained about and read as an empty
    /// one. `code` is the code for wrong values.
    pub fn new(
        tree: &'t Tree,
        node: &'t Node,
        keys: &'t [KeyName],
        code: Code,
        out: &'t RefCell<Vec<Diagnostic>>,
    ) -> Self {
        let mut fields = Self { tree, entries: &[], keys, code, out };
        match &node.value {
            Value::Map(entries) => fields.entries = entries,
            Value::Null => {}
            other => fields.complain(node.id, format!("{} stands where a mapping is meant", other.kind()), None),
        }
        fields
    }

    /// The fields of the mapping under a key; none if the key is not there.
    pub fn table(&self, name: &str, keys: &'t [KeyName]) -> Option<Fields<'t>> {
        self.get(name).map(|(_, node)| Fields::new(self.tree, node, keys, self.code, self.out))
    }

    /// The fields of a node of the same tree.
    pub fn of(&self, node: &'t Node, keys: &'t [KeyName]) -> Fields<'t> {
        Fields::new(self.tree, node, keys, self.code, self.out)
    }

    /// The entry of a key under any of its spellings; nothing and `null` count as absent.
    pub fn get(&self, name: &str) -> Option<(&'t Key, &'t Node)> {
        let also = self.keys.iter().find(|key| key.name == name).map_or(&[][..], |key| key.also);
        self.entries
            .iter()
            .find(|(key, node)| (key.name == name || also.contains(&key.name.as_str())) && node.value != Value::Null)
            .map(|(key, node)| (key, node))
    }

    /// The entries whose keys are not known.
    pub fn others(&self) -> impl Iterator<Item = &'t (Key, Node)> + use<'t> {
        let keys = self.keys;
        self.entries.iter().filter(move |(key, _)| {
            !keys.iter().any(|known| known.name == key.name || known.also.contains(&key.name.as_str()))
        })
    }

    /// Complains about every key that is not known, with the nearest that is.
    pub fn refuse_others(&self, code: Code, what: &str) {
        for (key, _) in self.others() {
            let hint = did_you_mean(&key.name, self.keys.iter().map(|known| known.name));
            let names: Vec<_> = self.keys.iter().map(|known| known.name).collect();
            let hint = hint.or_else(|| (names.len() < 12).then(|| format!("it has: {}", names.join(", "))));
            self.out.borrow_mut().push(
                Diagnostic::error(code, self.place(key.id), format!("{what} has no key `{}`", key.name)).hint_if(hint),
            );
        }
    }

    /// All entries in the order of the text.
    pub fn entries(&self) -> &'t [(Key, Node)] {
        self.entries
    }

    /// Where a node or key of this tree stands.
    pub fn place(&self, id: u32) -> Place {
        Place::new(self.tree.source().path(), self.tree.span(id))
    }

    /// Complains about the value at a node.
    pub fn complain(&self, id: u32, message: String, hint: Option<String>) {
        self.out.borrow_mut().push(Diagnostic::error(self.code, self.place(id), message).hint_if(hint));
    }

    /// A scalar as it was written, with its place.
    pub fn written(&self, name: &str) -> Option<Written> {
        let (key, node) = self.get(name)?;
        self.scalar(&key.name, node)
    }

    /// A scalar as readers see it.
    pub fn text(&self, name: &str) -> Option<String> {
        let (key, node) = self.get(name)?;
        self.scalar_text(&key.name, node).map(shown)
    }

    /// A node's scalar as it was written; lists and mappings are complained about.
    pub fn scalar(&self, name: &str, node: &Node) -> Option<Written> {
        self.scalar_text(name, node).map(|text| Written { text, place: self.place(node.id) })
    }

    /// The same without its place, which takes a second look at the whole tree.
    fn scalar_text(&self, name: &str, node: &Node) -> Option<String> {
        let text = self.tree.written(node);
        if text.is_none() {
            let hint = matches!(node.value, Value::Map(_)).then(|| "quote the text if it holds a colon".into());
            self.complain(node.id, format!("`{name}` is {}, where a text is meant", node.value.kind()), hint);
        }
        text
    }

    /// A list of scalars; a single scalar is a list of one.
    pub fn texts(&self, name: &str) -> Option<Vec<Written>> {
        let (key, node) = self.get(name)?;
        Some(self.scalars(&key.name, node))
    }

    /// A node read as a list of scalars.
    pub fn scalars(&self, name: &str, node: &Node) -> Vec<Written> {
        let scalar = |node| self.scalar(name, node).map(|written| Written { text: shown(written.text), ..written });
        match &node.value {
            Value::List(items) => items.iter().filter_map(scalar).collect(),
            _ => scalar(node).into_iter().collect(),
        }
    }

    /// True or false.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        let (key, node) = self.get(name)?;
        if let Value::Bool(yes) = node.value {
            return Some(yes);
        }
        let message = format!("`{}` is {}, where true or false is meant", key.name, node.value.kind());
        self.complain(node.id, message, None);
        None
    }

    /// A whole number.
    pub fn integer(&self, name: &str) -> Option<i64> {
        let (key, node) = self.get(name)?;
        if let Value::Integer(number) = node.value {
            return Some(number);
        }
        let message = format!("`{}` is {}, where a whole number is meant", key.name, node.value.kind());
        self.complain(node.id, message, None);
        None
    }

    /// A number from `least` to `most`.
    pub fn number(&self, name: &str, least: f64, most: f64) -> Option<f64> {
        let (key, node) = self.get(name)?;
        let number = match node.value {
            Value::Integer(number) => Some(number as f64),
            Value::Float(number) => Some(number),
            _ => None,
        };
        let within = number.filter(|number| (least..=most).contains(number));
        if within.is_none() {
            let hint = format!("write a number from {least} to {most}");
            self.complain(node.id, format!("`{}` is not a number that is meant here", key.name), Some(hint));
        }
        within
    }

    /// A node as plain data for templates: numbers stay numbers.
    pub fn data(&self, name: &str) -> Option<serde_json::Value> {
        self.get(name).map(|(_, node)| data(node))
    }
}

/// A text as readers can see it: control characters can stand neither in HTML nor in XML.
fn shown(mut text: String) -> String {
    text.retain(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    text
}

fn data(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(yes) => (*yes).into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Text(text) => text.clone().into(),
        Value::List(items) => items.iter().map(data).collect(),
        Value::Map(entries) => entries.iter().map(|(key, node)| (key.name.clone(), data(node))).collect(),
    }
}
