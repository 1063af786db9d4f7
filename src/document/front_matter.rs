//! Front matter: the YAML at the head of a content file, typed.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::keys::{CASCADE, FRONT_MATTER, MATRIX, SOURCE};
use super::stated::{self, Stated, StatedIndicator};
use crate::diagnostic::{Code, Diagnosed, Diagnostic};
use crate::source::{Source, Span};
use crate::tree::{Fields, Key, Node, Tree, Value, Written, read_yaml};

/// What a page says of itself. Nothing is filled in here: what is not written is `None` or empty.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "each field is the key of its name, which the manual describes")]
pub struct FrontMatter {
    pub title: Option<String>,
    pub nav_title: Option<String>,
    pub description: Option<String>,
    pub summary: Option<String>,
    pub date: Option<Date>,
    pub updated: Option<Date>,
    pub draft: Option<bool>,
    pub unlisted: Option<bool>,
    pub expires: Option<Date>,
    pub weight: Option<i64>,
    pub sort_key: Option<String>,
    pub slug: Option<Written>,
    pub path: Option<Written>,
    pub aliases: Vec<Written>,
    pub names: Vec<String>,
    pub authors: Option<Vec<String>>,
    pub keywords: Option<Vec<String>>,
    pub image: Option<Written>,
    /// Terms by taxonomy, as written under `taxonomies`.
    pub terms: BTreeMap<String, Vec<Written>>,
    /// Keys at the top that are not ours: taxonomies of the site, or mistakes.
    pub others: Vec<Other>,
    pub template: Option<Written>,
    pub toc: Option<bool>,
    pub sidebar: Option<bool>,
    pub prev: Option<Written>,
    pub next: Option<Written>,
    pub search: Option<bool>,
    /// Whether its definition lists explain terms on every page of its language; `false` on a page without explanations.
    pub glossary: Option<bool>,
    pub search_weight: Option<f64>,
    pub lang: Option<Written>,
    pub translation_key: Option<String>,
    pub cascade: Option<Box<FrontMatter>>,
    pub source: SourceNote,
    pub facts: Option<Vec<Stated>>,
    pub indicator: Option<Box<StatedIndicator>>,
    pub matrix: Option<Box<MatrixKey>>,
    pub owner: Option<String>,
    pub reviewed: Option<Date>,
    pub review_every: Option<Written>,
    pub extra: Option<serde_json::Value>,
}

/// A key that only the site can judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    /// The key.
    pub key: Written,
    /// Its terms, if it holds texts.
    pub terms: Option<Vec<Written>>,
}

/// Where a page's content comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each field is the key of its name, which the manual describes")]
pub struct SourceNote {
    pub document: Option<String>,
    pub file: Option<String>,
    pub sha256: Option<String>,
    pub lines: Option<String>,
    pub author: Option<String>,
    pub role: Option<String>,
    pub date: Option<String>,
}

/// The two taxonomies that a page crosses in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixKey {
    /// The taxonomy whose terms go down.
    pub rows: Written,
    /// The taxonomy whose terms go across.
    pub columns: Written,
}

/// The front matter in a part of a file.
pub(super) fn read(source: &Source, yaml: Span) -> Diagnosed<FrontMatter> {
    match read_yaml(source, yaml) {
        Ok(tree) => {
            let out = RefCell::new(vec![]);
            let value = typed(&tree, &tree.root, false, &out);
            Diagnosed { value, diagnostics: out.into_inner() }
        }
        Err(diagnostic) => Diagnosed { value: FrontMatter::default(), diagnostics: vec![*diagnostic] },
    }
}

fn typed(tree: &Tree, node: &Node, cascade: bool, out: &RefCell<Vec<Diagnostic>>) -> FrontMatter {
    let fields = Fields::new(tree, node, FRONT_MATTER, Code::BadValue, out);
    let list = |name| fields.texts(name).map(|words| words.into_iter().map(|word| word.text).collect());
    if cascade {
        refuse_in_cascade(&fields, out);
    }
    for key in FRONT_MATTER {
        twice(&fields, key.name, out);
    }
    FrontMatter {
        title: fields.text("title"),
        nav_title: fields.text("nav_title"),
        description: fields.text("description"),
        summary: fields.text("summary"),
        date: date(&fields, "date"),
        updated: date(&fields, "updated"),
        draft: fields.boolean("draft"),
        unlisted: fields.boolean("unlisted"),
        expires: date(&fields, "expires"),
        weight: fields.integer("weight"),
        sort_key: fields.text("sort_key"),
        slug: fields.written("slug"),
        path: fields.written("path"),
        aliases: fields.texts("aliases").unwrap_or_default(),
        names: list("names").unwrap_or_default(),
        authors: list("authors"),
        keywords: list("keywords"),
        image: fields.written("image"),
        terms: terms(&fields),
        others: fields.others().map(|entry| other(&fields, tree, entry)).collect(),
        template: fields.written("template"),
        toc: fields.boolean("toc"),
        sidebar: fields.boolean("sidebar"),
        prev: fields.written("prev"),
        next: fields.written("next"),
        search: fields.boolean("search"),
        glossary: fields.boolean("glossary"),
        search_weight: fields.number("search_weight", 0.01, 100.0),
        lang: fields.written("lang"),
        translation_key: fields.text("translation_key"),
        cascade: fields.get("cascade").map(|(_, node)| Box::new(typed(tree, node, true, out))),
        source: source_note(&fields),
        facts: stated::facts(&fields, out),
        indicator: stated::indicator(&fields).map(Box::new),
        matrix: matrix(&fields).map(Box::new),
        owner: fields.text("owner"),
        reviewed: date(&fields, "reviewed"),
        review_every: fields.written("review_every"),
        extra: extra(&fields),
    }
}

/// Two spellings of one key are as bad as one key twice.
fn twice(fields: &Fields<'_>, name: &str, out: &RefCell<Vec<Diagnostic>>) {
    let Some(known) = FRONT_MATTER.iter().find(|known| known.name == name && !known.also.is_empty()) else { return };
    let mut same =
        fields.entries().iter().filter(|(key, _)| key.name == name || known.also.contains(&key.name.as_str()));
    if let (Some((first, _)), Some((second, _))) = (same.next(), same.next()) {
        let message = format!("`{}` and `{}` mean the same key", first.name, second.name);
        out.borrow_mut().push(
            Diagnostic::error(Code::DuplicateKey, fields.place(second.id), message)
                .also(fields.place(first.id), "first here")
                .hint("keep one of the two"),
        );
    }
}

fn refuse_in_cascade(fields: &Fields<'_>, out: &RefCell<Vec<Diagnostic>>) {
    for (key, _) in fields.entries() {
        let known = FRONT_MATTER.iter().find(|known| known.name == key.name || known.also.contains(&key.name.as_str()));
        if known.is_some_and(|known| !CASCADE.contains(&known.name)) {
            let message = format!("`{}` cannot be the same for many pages", key.name);
            out.borrow_mut().push(
                Diagnostic::error(Code::BadValue, fields.place(key.id), message)
                    .hint("write it in the front matter of each page"),
            );
        }
    }
}

fn other(fields: &Fields<'_>, tree: &Tree, (key, node): &(Key, Node)) -> Other {
    let scalars = match &node.value {
        Value::List(items) => items.iter().all(|item| tree.written(item).is_some()),
        Value::Map(_) => false,
        _ => true,
    };
    let terms = scalars.then(|| match &node.value {
        Value::Null => vec![],
        _ => fields.scalars(&key.name, node),
    });
    Other { key: Written { text: key.name.clone(), place: fields.place(key.id) }, terms }
}

fn terms(fields: &Fields<'_>) -> BTreeMap<String, Vec<Written>> {
    let Some(table) = fields.table("taxonomies", &[]) else { return BTreeMap::new() };
    table.entries().iter().map(|(key, node)| (key.name.clone(), table.scalars(&key.name, node))).collect()
}

fn source_note(fields: &Fields<'_>) -> SourceNote {
    let Some(own) = fields.table("source", SOURCE) else { return SourceNote::default() };
    own.refuse_others(Code::UnknownKey, "`source`");
    SourceNote {
        document: own.text("document").or_else(|| own.text("id")),
        file: own.text("file"),
        sha256: own.text("sha256"),
        lines: own.text("lines"),
        author: own.text("author"),
        role: own.text("role"),
        date: own.text("date"),
    }
}

fn matrix(fields: &Fields<'_>) -> Option<MatrixKey> {
    let own = fields.table("matrix", MATRIX)?;
    own.refuse_others(Code::UnknownKey, "`matrix`");
    let (rows, columns) = (own.written("rows"), own.written("columns"));
    if (rows.is_none() || columns.is_none())
        && let Some((key, _)) = fields.get("matrix")
    {
        let hint = "write `matrix: { rows: themes, columns: cities }`";
        fields.complain(key.id, "`matrix` needs two taxonomies".into(), Some(hint.into()));
    }
    Some(MatrixKey { rows: rows?, columns: columns? })
}

fn extra(fields: &Fields<'_>) -> Option<serde_json::Value> {
    let (_, node) = fields.get("extra")?;
    if !matches!(node.value, Value::Map(_)) {
        fields.complain(node.id, format!("`extra` is {}, where a mapping is meant", node.value.kind()), None);
        return None;
    }
    fields.data("extra")
}

/// A day: `2023-11-30`, or a moment of which only the day is kept.
fn date(fields: &Fields<'_>, name: &str) -> Option<Date> {
    let written = fields.written(name)?;
    let day =
        written.text.get(..10).filter(|_| matches!(written.text.as_bytes().get(10), None | Some(b'T' | b't' | b' ')));
    let read = day.and_then(|day| day.parse().ok());
    if read.is_none() {
        let id = fields.get(name).map_or(0, |(_, node)| node.id);
        let hint = "write year, month and day: `2023-11-30`";
        fields.complain(id, format!("`{}` is not a day of the calendar", written.text), Some(hint.into()));
    }
    read
}

impl FrontMatter {
    /// Fills what is not written from the defaults of a section above.
    pub fn inherit(&mut self, from: &FrontMatter) {
        or(&mut self.date, &from.date);
        or(&mut self.updated, &from.updated);
        or(&mut self.draft, &from.draft);
        or(&mut self.unlisted, &from.unlisted);
        or(&mut self.expires, &from.expires);
        or(&mut self.weight, &from.weight);
        or(&mut self.authors, &from.authors);
        or(&mut self.keywords, &from.keywords);
        or(&mut self.image, &from.image);
        or(&mut self.template, &from.template);
        or(&mut self.toc, &from.toc);
        or(&mut self.sidebar, &from.sidebar);
        or(&mut self.search, &from.search);
        or(&mut self.glossary, &from.glossary);
        or(&mut self.search_weight, &from.search_weight);
        or(&mut self.owner, &from.owner);
        or(&mut self.review_every, &from.review_every);
        self.source.inherit(&from.source);
        self.inherit_terms(from);
        match (&mut self.extra, &from.extra) {
            (Some(own), Some(from)) => merge(own, from),
            (own @ None, from) => *own = from.clone(),
            _ => {}
        }
    }

    /// Fills from the same page in another language what does not depend on the language.
    pub fn inherit_translation(&mut self, from: &FrontMatter) {
        or(&mut self.date, &from.date);
        or(&mut self.updated, &from.updated);
        or(&mut self.draft, &from.draft);
        or(&mut self.unlisted, &from.unlisted);
        or(&mut self.expires, &from.expires);
        or(&mut self.weight, &from.weight);
        or(&mut self.template, &from.template);
        or(&mut self.toc, &from.toc);
        or(&mut self.sidebar, &from.sidebar);
        or(&mut self.search, &from.search);
        or(&mut self.glossary, &from.glossary);
        or(&mut self.search_weight, &from.search_weight);
        or(&mut self.facts, &from.facts);
        or(&mut self.indicator, &from.indicator);
        or(&mut self.matrix, &from.matrix);
        or(&mut self.slug, &from.slug);
        or(&mut self.source.file, &from.source.file);
        or(&mut self.source.sha256, &from.source.sha256);
        or(&mut self.source.lines, &from.source.lines);
        or(&mut self.source.date, &from.source.date);
        self.inherit_terms(from);
    }

    /// The terms of a taxonomy, as they are written; none where nothing is said of it.
    pub fn terms_of(&self, taxonomy: &str) -> Option<&[Written]> {
        let others =
            || self.others.iter().find_map(|other| (other.key.text == taxonomy).then_some(other.terms.as_ref()?));
        self.terms.get(taxonomy).or_else(others).map(Vec::as_slice)
    }

    fn inherit_terms(&mut self, from: &FrontMatter) {
        let others = from.others.iter().filter_map(|other| Some((&other.key.text, other.terms.as_ref()?)));
        for (name, terms) in from.terms.iter().chain(others) {
            if self.terms_of(name).is_none() {
                self.terms.insert(name.clone(), terms.clone());
            }
        }
    }
}

impl SourceNote {
    fn inherit(&mut self, from: &SourceNote) {
        or(&mut self.document, &from.document);
        or(&mut self.file, &from.file);
        or(&mut self.sha256, &from.sha256);
        or(&mut self.lines, &from.lines);
        or(&mut self.author, &from.author);
        or(&mut self.role, &from.role);
        or(&mut self.date, &from.date);
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn or<T: Clone>(own: &mut Option<T>, from: &Option<T>) {
    if own.is_none() {
        own.clone_from(from);
    }
}

/// Adds to a mapping what only the other one has, at every depth.
fn merge(own: &mut serde_json::Value, from: &serde_json::Value) {
    if let (Some(own), Some(from)) = (own.as_object_mut(), from.as_object()) {
        for (key, value) in from {
            match own.get_mut(key) {
                Some(inner) => merge(inner, value),
                None => {
                    own.insert(key.clone(), value.clone());
                }
            }
        }
    }
}
