//! HTML read as a browser reads it, into a tree that can be written as XML.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{Attribute, LocalName, ParseOpts, QualName, local_name, ns};

/// The position of a node in its tree.
pub(super) type Id = usize;

/// A node.
#[derive(Debug)]
pub(super) enum Node {
    /// The top, or what a `<template>` holds.
    Top,
    /// An element.
    Element {
        /// Its name with its namespace.
        name: QualName,
        /// Its attributes, by name.
        attributes: Vec<(QualName, String)>,
    },
    /// A text.
    Text(String),
    /// What is not written: comments, instructions.
    Nothing,
}

/// A tree of nodes.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<(Node, Option<Id>, Vec<Id>)>,
}

impl Tree {
    /// The node at a position.
    pub fn node(&self, id: Id) -> &Node {
        &self.nodes[id].0
    }

    /// The nodes right below it.
    pub fn children(&self, id: Id) -> &[Id] {
        &self.nodes[id].2
    }

    fn add(&mut self, node: Node) -> Id {
        self.nodes.push((node, None, vec![]));
        self.nodes.len() - 1
    }

    fn detach(&mut self, id: Id) {
        if let Some(parent) = self.nodes[id].1.take() {
            self.nodes[parent].2.retain(|child| *child != id);
        }
    }

    fn insert(&mut self, parent: Id, at: usize, child: NodeOrText<Id>) {
        let id = match child {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                id
            }
            NodeOrText::AppendText(text) => {
                let before = at.checked_sub(1).map(|at| self.nodes[parent].2[at]);
                if let Some(Node::Text(known)) = before.map(|id| &mut self.nodes[id].0) {
                    known.push_str(&text);
                    return;
                }
                self.add(Node::Text(text.to_string()))
            }
        };
        let at = at.min(self.nodes[parent].2.len());
        self.nodes[parent].2.insert(at, id);
        self.nodes[id].1 = Some(parent);
    }
}

/// A piece of HTML as a tree, and the node whose children are its top.
pub(super) fn read(html: &str) -> (Tree, Id) {
    let sink = Sink(RefCell::new(Tree::default()));
    sink.0.borrow_mut().add(Node::Top);
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let parser = html5ever::parse_fragment(sink, ParseOpts::default(), context, vec![], false);
    let tree = parser.one(html);
    // A fragment lies in an element of its own.
    let top = tree.children(0).first().copied().unwrap_or(0);
    (tree, top)
}

struct Sink(RefCell<Tree>);

fn pairs(attributes: Vec<Attribute>) -> Vec<(QualName, String)> {
    attributes.into_iter().map(|attribute| (attribute.name, attribute.value.to_string())).collect()
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        self.0.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        Ref::map(self.0.borrow(), |tree| match tree.node(*target) {
            Node::Element { name, .. } => name,
            _ => unreachable!("only elements are asked for their names"),
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        self.0.borrow_mut().add(Node::Element { name, attributes: pairs(attributes) })
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.0.borrow_mut().add(Node::Nothing)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.0.borrow_mut().add(Node::Nothing)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        let end = self.0.borrow().children(*parent).len();
        self.0.borrow_mut().insert(*parent, end, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let has_parent = self.0.borrow().nodes[*element].1.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        if let NodeOrText::AppendNode(id) = &child {
            self.0.borrow_mut().detach(*id);
        }
        let Some(parent) = self.0.borrow().nodes[*sibling].1 else { return };
        let at = self.0.borrow().children(parent).iter().position(|id| id == sibling).unwrap_or(0);
        self.0.borrow_mut().insert(parent, at, child);
    }

    fn add_attrs_if_missing(&self, target: &Id, added: Vec<Attribute>) {
        if let Node::Element { attributes, .. } = &mut self.0.borrow_mut().nodes[*target].0 {
            for (name, value) in pairs(added) {
                if !attributes.iter().any(|(known, _)| *known == name) {
                    attributes.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.0.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut tree = self.0.borrow_mut();
        let moved = std::mem::take(&mut tree.nodes[*node].2);
        for child in &moved {
            tree.nodes[*child].1 = Some(*new_parent);
        }
        tree.nodes[*new_parent].2.extend(moved);
    }
}

/// Whether an element is in the namespace of HTML, of SVG or of MathML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// HTML.
    Html,
    /// SVG.
    Svg,
    /// MathML.
    Math,
}

/// The namespace of an element.
pub(super) fn kind(name: &QualName) -> Kind {
    match name.ns {
        ns!(svg) => Kind::Svg,
        ns!(mathml) => Kind::Math,
        _ => Kind::Html,
    }
}

/// The name of an attribute as XML has it.
pub(super) fn attribute_name(name: &QualName) -> String {
    let local: &LocalName = &name.local;
    match name.ns {
        ns!(xlink) => format!("xlink:{local}"),
        ns!(xml) => format!("xml:{local}"),
        _ => local.to_string(),
    }
}
