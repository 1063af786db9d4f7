//! Facts as their author wrote them: texts with places, not yet read as figures.

use std::collections::BTreeMap;

use super::keys::{FACT, INDICATOR, RANK};
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::tree::{Fields, Node, Value, Written};

/// A text by language; the empty code stands for all languages.
pub type Local = BTreeMap<String, String>;

/// One entry of `facts`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The indicator's name.
    pub indicator: Written,
    /// The value as the source writes it.
    pub value: Written,
    /// When it held.
    pub period: Option<Written>,
    /// How it changed.
    pub change: Option<Written>,
    /// Its place among others, as claimed.
    pub rank: Option<StatedRank>,
    /// Parts of it.
    pub of_which: Vec<StatedPart>,
    /// Whom it is about, if not the page's own subject.
    pub subject: Option<Written>,
    /// Which definition it follows, if the indicator has several.
    pub variant: Option<String>,
    /// The lines of the source, if others than the page's.
    pub lines: Option<String>,
    /// A remark, by language.
    pub note: Local,
}

/// A claimed rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedRank {
    /// `1` or `1 among Chinese cities`.
    pub place: Written,
    /// Among whom, by language.
    pub among: Local,
}

/// A part of a fact's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedPart {
    /// What the part is called.
    pub name: String,
    /// Its value as written.
    pub value: Written,
}

/// What an indicator's page says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedIndicator {
    /// The unit's id.
    pub unit: Option<Written>,
    /// The kind of figure.
    pub kind: Option<Written>,
    /// Whether figures of several subjects may be added up.
    pub additive: bool,
    /// What it is of other indicators.
    pub formula: Option<Written>,
    /// Where it stands.
    pub place: Place,
}

/// The entries of `facts`; what is wrong is reported and left out.
pub(super) fn facts(fields: &Fields<'_>, out: &std::cell::RefCell<Vec<Diagnostic>>) -> Option<Vec<Stated>> {
    let (_, node) = fields.get("facts")?;
    let Value::List(items) = &node.value else {
        let hint = "write each fact as `- { indicator: value, period: 2022 }`";
        fields.complain(node.id, format!("`facts` is {}, where a list is meant", node.value.kind()), Some(hint.into()));
        return None;
    };
    Some(items.iter().filter_map(|item| fact(&fields.of(item, FACT), item, out)).collect())
}

fn fact(own: &Fields<'_>, item: &Node, out: &std::cell::RefCell<Vec<Diagnostic>>) -> Option<Stated> {
    let Some((first, value)) = own.entries().first() else {
        if matches!(item.value, Value::Map(_) | Value::Null) {
            own.complain(item.id, "the fact is empty".into(), None);
        }
        return None;
    };
    for (key, _) in own.others().skip_while(|(key, _)| key.id == first.id) {
        let split = key.name.starts_with(|c: char| c.is_ascii_digit());
        let hint = if split {
            Some("a comma splits the value here: write the number without it, or quote the value".into())
        } else {
            did_you_mean(&key.name, FACT.iter().map(|known| known.name))
                .or_else(|| Some("a second indicator is a fact of its own".into()))
        };
        let message = format!("a fact has no key `{}`", key.name);
        out.borrow_mut().push(Diagnostic::error(Code::UnknownFactKey, own.place(key.id), message).hint_if(hint));
    }
    if FACT.iter().any(|known| known.name == first.name) {
        let hint = "write the indicator and its value first: `{ rd-spending: 1880.49亿元, period: 2022 }`";
        own.complain(first.id, format!("the fact begins with `{}`", first.name), Some(hint.into()));
        return None;
    }
    if value.value == Value::Null {
        let hint = "say why it is missing: `not stated`, `not applicable`, `unknown`";
        own.complain(first.id, format!("`{}` has no value", first.name), Some(hint.into()));
        return None;
    }
    Some(Stated {
        indicator: Written { text: first.name.clone(), place: own.place(first.id) },
        value: own.scalar(&first.name, value)?,
        period: own.written("period"),
        change: own.written("change"),
        rank: rank(own),
        of_which: parts(own),
        subject: own.written("subject"),
        variant: own.text("variant").filter(|variant| !variant.is_empty()),
        lines: own.text("lines"),
        note: local(own, "note"),
    })
}

fn rank(own: &Fields<'_>) -> Option<StatedRank> {
    let (key, node) = own.get("rank")?;
    if !matches!(node.value, Value::Map(_)) {
        return Some(StatedRank { place: own.scalar(&key.name, node)?, among: Local::new() });
    }
    let fields = own.of(node, RANK);
    fields.refuse_others(Code::UnknownFactKey, "`rank`");
    let Some(place) = fields.written("place") else {
        fields.complain(node.id, "`rank` names no place".into(), Some("write `rank: { place: 1, among: … }`".into()));
        return None;
    };
    Some(StatedRank { place, among: local(&fields, "among") })
}

fn parts(own: &Fields<'_>) -> Vec<StatedPart> {
    let Some(table) = own.table("of_which", &[]) else { return vec![] };
    let part = |(key, node): &(crate::tree::Key, Node)| {
        Some(StatedPart { name: key.name.clone(), value: table.scalar(&key.name, node)? })
    };
    table.entries().iter().filter_map(part).collect()
}

/// A text, or a mapping from languages to texts.
pub(super) fn local(fields: &Fields<'_>, name: &str) -> Local {
    let Some((key, node)) = fields.get(name) else { return Local::new() };
    let Value::Map(entries) = &node.value else {
        return fields.scalar(&key.name, node).map(|text| (String::new(), text.text)).into_iter().collect();
    };
    let text = |(key, node): &(crate::tree::Key, Node)| {
        fields.scalar(&key.name, node).map(|text| (key.name.clone(), text.text))
    };
    entries.iter().filter_map(text).collect()
}

/// What `indicator` says.
pub(super) fn indicator(fields: &Fields<'_>) -> Option<StatedIndicator> {
    let own = fields.table("indicator", INDICATOR)?;
    own.refuse_others(Code::UnknownKey, "`indicator`");
    let (key, _) = fields.get("indicator")?;
    Some(StatedIndicator {
        unit: own.written("unit"),
        kind: own.written("kind"),
        additive: own.boolean("additive").unwrap_or(false),
        formula: own.written("formula"),
        place: fields.place(key.id),
    })
}
