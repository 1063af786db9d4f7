//! What can be stated: the pages of the section of indicators, with their kinds, units and formulas.

use std::collections::BTreeMap;

use super::address::{last, parent};
use super::{Kind, Page, PageId};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, Suggestions, did_you_mean};
use crate::document::StatedIndicator;
use crate::fact::{self, Formula, Measure, Trouble, Unit, Units};
use crate::tree::Written;

/// What can be stated.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// The kind of its figures.
    pub kind: fact::Kind,
    /// Their unit; none where the kind has its own.
    pub unit: Option<Unit>,
    /// Whether figures of several subjects may be added up.
    pub additive: bool,
    /// What it is of other indicators, and where that is written.
    pub formula: Option<(Formula, Place)>,
    /// Its page in each language.
    pub pages: Vec<Option<PageId>>,
}

impl Indicator {
    /// Its page in a language, else in the first that has one.
    pub fn page(&self, language: usize) -> Option<PageId> {
        self.pages.get(language).copied().flatten().or_else(|| self.pages.iter().copied().flatten().next())
    }

    /// The unit that its figures can be compared in.
    pub fn dimension(&self) -> &str {
        let own = if self.kind == fact::Kind::Ratio { Units::PERCENT } else { Units::COUNT };
        self.unit.as_ref().map_or(own, Unit::dimension)
    }

    /// What its figures are read by.
    pub fn measure<'u>(&'u self, units: &'u Units) -> Measure<'u> {
        Measure { kind: self.kind, unit: self.unit.as_ref(), units }
    }
}

/// The indicators of a site by their slugs.
pub(super) fn indicators(
    config: &Config,
    pages: &[Page],
    units: &Units,
    out: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Indicator> {
    let Some(facts) = &config.facts else { return BTreeMap::new() };
    let mut all = BTreeMap::new();
    for page in pages.iter().filter(|page| page.fallback.is_none() && parent(&page.key) == facts.indicators) {
        let own = page.document.as_ref().and_then(|document| document.front.indicator.as_ref());
        let (Some(stated), Kind::Indicator) = (own, &page.kind) else { continue };
        let indicator = indicator(stated, page, units, out);
        all.entry(last(&page.key).to_owned()).or_insert(indicator);
    }
    all
}

fn indicator(stated: &StatedIndicator, page: &Page, units: &Units, out: &mut Vec<Diagnostic>) -> Indicator {
    let kind = match stated.kind.as_ref().map(|kind| (kind, kind.text.parse::<fact::Kind>())) {
        Some((_, Ok(kind))) => kind,
        Some((written, Err(trouble))) => {
            out.push(complaint(&trouble, written));
            fact::Kind::Stock
        }
        None => {
            let hint = "write `indicator: { unit: count, kind: stock }`";
            let message = "the indicator has no `kind`";
            out.push(Diagnostic::error(Code::BadValue, stated.place.clone(), message).hint(hint));
            fact::Kind::Stock
        }
    };
    let unit = stated.unit.as_ref().and_then(|written| {
        let found = units.get(&written.text).cloned();
        if found.is_none() {
            let message = format!("there is no unit `{}`", written.text);
            let hint = did_you_mean(&written.text, units.ids())
                .unwrap_or_else(|| format!("declare it in site.toml: `[units.{}]`", written.text));
            out.push(Diagnostic::error(Code::FactUnit, written.place.clone(), message).hint(hint));
        }
        found
    });
    if stated.additive && !matches!(kind, fact::Kind::Flow | fact::Kind::Stock) {
        let message = format!("figures of the kind `{}` are never added up", kind.as_str());
        let hint = "leave `additive` away: only a `flow` and a `stock` can have it";
        out.push(Diagnostic::error(Code::BadValue, stated.place.clone(), message).hint(hint));
    }
    let formula = stated.formula.as_ref().and_then(|written| {
        let formula =
            fact::read_formula(&written.text).map_err(|trouble| out.push(complaint(&trouble, written))).ok()?;
        Some((formula, written.place.clone()))
    });
    Indicator { kind, unit, formula, additive: stated.additive, pages: page.translations.clone() }
}

/// The complaint of a name that no indicator has.
pub(super) fn unknown_indicator(
    config: &Config,
    known: &BTreeMap<String, Indicator>,
    suggestions: &Suggestions,
    name: &str,
    place: Place,
) -> Diagnostic {
    let section = config.facts.as_ref().map_or("indicators", |facts| &facts.indicators);
    let content = &config.layout.content;
    let name = name.escape_debug();
    let near = || did_you_mean(&name.to_string(), known.keys().map(String::as_str));
    let write = || format!("write its page, `{content}/{section}/{name}.md`, with `indicator:`");
    let hint = suggestions.find(near).map(|near| near.unwrap_or_else(write));
    Diagnostic::error(Code::UnknownIndicator, place, format!("there is no indicator `{name}`")).hint_if(hint)
}

/// What is wrong with a text, at its place in the file where the text stands there as it is.
pub(super) fn complaint(trouble: &Trouble, written: &Written) -> Diagnostic {
    let mut place = written.place.clone();
    let length = (place.span.end - place.span.start) as usize;
    if length == written.text.len() && trouble.at.end <= length && !trouble.at.is_empty() {
        let start = place.span.start as usize;
        place = Place::new(&place.path, start + trouble.at.start..start + trouble.at.end);
    }
    Diagnostic::error(trouble.code, place, trouble.message.clone()).hint_if(trouble.hint.clone())
}
