//! Values as an author wrote them, in YAML or TOML, each with its place: what front matter and `site.toml` are read from.

mod fields;
mod toml;
mod yaml;

pub use fields::{Fields, KeyName, Written};
pub use toml::read as read_toml;
pub use yaml::{LARGEST as LARGEST_YAML, nesting, read as read_yaml};

use std::sync::OnceLock;

use crate::source::{Source, Span};

/// One value of a tree. Its `id` counts the nodes, keys included, in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The number by which the tree knows the node's place.
    pub id: u32,
    /// What stands there.
    pub value: Value,
}

/// What can stand in a tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a point or an exponent, or one that does not fit 64 bits.
    Float(f64),
    /// A text; dates too.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the text.
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The number by which the tree knows the key's place.
    pub id: u32,
    /// The key itself.
    pub name: String,
}

impl Value {
    /// What it is, in words for a complaint.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

/// A parsed text: its values, and their places when somebody asks.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The value at the top.
    pub root: Node,
    source: Source,
    within: Span,
    places: OnceLock<Vec<Span>>,
    locate: fn(&str) -> Vec<Span>,
}

impl Tree {
    /// The value under a key, under a key of that, and so on; none where one of them is not there.
    pub fn at(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().try_fold(&self.root, |node, key| match &node.value {
            Value::Map(entries) => entries.iter().find(|(own, _)| own.name == *key).map(|(_, node)| node),
            _ => None,
        })
    }

    /// The bytes of the file where a node or key stands; the whole text if it cannot be told.
    pub fn span(&self, id: u32) -> Span {
        let places = self.places.get_or_init(|| (self.locate)(self.text()));
        places.get(id as usize).map_or(self.within, |span| span.shifted(self.within.start as usize))
    }

    /// The file that the tree was read from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// A scalar as the author wrote it: `1.10` stays `1.10`. None for lists, mappings and nothing.
    pub fn written(&self, node: &Node) -> Option<String> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
            Value::Bool(_) | Value::Integer(_) | Value::Float(_) => {
                self.source.text().get(self.span(node.id).range()).map(str::to_owned)
            }
        }
    }

    fn text(&self) -> &str {
        self.source.text().get(self.within.range()).unwrap_or_default()
    }
}
