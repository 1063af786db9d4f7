//! TOML into a tree; the only door of the `toml` crate.

use std::sync::OnceLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Key, Node, Tree, Value};
use crate::diagnostic::{Code, Diagnosed, Diagnostic, Place};
use crate::source::{Source, Span};

/// The tree of a whole TOML file. After a syntax error the rest is still read, so that all errors come at once.
pub fn read(source: &Source) -> Diagnosed<Tree> {
    let text = source.text();
    let (table, errors) = DeTable::parse_recoverable(text);
    let diagnostics = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or_default();
            Diagnostic::error(Code::ConfigSyntax, Place::new(source.path(), span), error.message().to_owned())
        })
        .collect();
    let mut places = vec![];
    let whole = Span::new(0, text.len());
    places.push(whole);
    let root = Node { id: 0, value: Value::Map(entries(table.get_ref(), &mut places)) };
    let tree =
        Tree { root, source: source.clone(), within: whole, places: OnceLock::from(places), locate: |_| Vec::new() };
    Diagnosed { value: tree, diagnostics }
}

fn entries(table: &DeTable<'_>, places: &mut Vec<Span>) -> Vec<(Key, Node)> {
    let mut sorted: Vec<_> = table.iter().collect();
    sorted.sort_by_key(|(key, _)| key.span().start);
    sorted
        .into_iter()
        .map(|(key, value)| {
            let key = Key { id: place(key.span().into(), places), name: key.get_ref().to_string() };
            (key, node(value, places))
        })
        .collect()
}

fn node(value: &Spanned<DeValue<'_>>, places: &mut Vec<Span>) -> Node {
    let id = place(value.span().into(), places);
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Float(f64::NAN),
        },
        DeValue::Float(number) => Value::Float(number.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(yes) => Value::Bool(*yes),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, places)).collect()),
        DeValue::Table(table) => Value::Map(entries(table, places)),
    };
    Node { id, value }
}

fn place(span: Span, places: &mut Vec<Span>) -> u32 {
    places.push(span);
    u32::try_from(places.len() - 1).unwrap_or(u32::MAX)
}
