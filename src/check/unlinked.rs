//! Figures in texts that are stated on the site, and are not linked to what states them.

use std::collections::HashMap;

use crate::build::Build;
use crate::diagnostic::Place;
use crate::document::Document;
use crate::fact::{Change, Measure, Quantity, Value, figures, read_change, read_value};
use crate::markdown;
use crate::paths::encode;
use crate::site::{Aspect, Citation, Fact, Page, Site};
use crate::source::Span;

/// A figure in a text that equals what is stated about the subject of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlinked {
    /// Where it stands.
    pub place: Place,
    /// The figure as it is written there.
    pub figure: String,
    /// What a link around it can say: `fact:rd-spending`, several where figures are equal.
    pub targets: Vec<String>,
}

/// All of a site, in the order of its files.
pub fn unlinked(build: &Build) -> Vec<Unlinked> {
    let site = &build.site;
    let mut all = vec![];
    for (page, document) in site.pages.iter().filter_map(|page| Some((&**page, page.own_document()?))) {
        let own: Vec<&Fact> = site.facts.of(page.id).collect();
        if !own.is_empty() {
            all.extend(of_document(site, page, document, &own));
        }
    }
    all.sort_by(|one, other| one.place.cmp(&other.place));
    all
}

fn of_document(site: &Site, page: &Page, document: &Document, own: &[&Fact]) -> Vec<Unlinked> {
    let (source, units) = (&document.source, &site.facts.units);
    let body = Span::new(document.body_start, source.text().len());
    let subject = site.subject_of(page);
    let mut known: HashMap<String, Vec<String>> = HashMap::new();
    let mut all = vec![];
    for (text, span) in markdown::texts(source, body) {
        for at in figures(&text, units) {
            let Some(figure) = text.get(at.clone()) else { continue };
            // A figure that comes again cites the same.
            let targets = known.entry(figure.to_owned()).or_insert_with(|| {
                let mut targets =
                    own.iter().flat_map(|fact| targets(site, subject, own, fact, figure)).collect::<Vec<_>>();
                targets.dedup();
                targets
            });
            if !targets.is_empty() {
                let start = span.start as usize + at.start;
                let place = Place::new(source.path(), start..start + figure.len());
                all.push(Unlinked { place, figure: figure.to_owned(), targets: targets.clone() });
            }
        }
    }
    all
}

/// What a figure can cite of a fact, on a page about a subject.
fn targets(site: &Site, page_is_about: Option<&str>, own: &[&Fact], fact: &Fact, figure: &str) -> Vec<String> {
    let Some(indicator) = site.facts.indicators.get(&fact.indicator) else { return vec![] };
    let measure = indicator.measure(&site.facts.units);
    let mut aspects = vec![];
    if is_value(figure, &fact.value, measure) {
        aspects.push(Aspect::Value);
    }
    if fact.change.as_ref().is_some_and(|change| is_change(figure, change, measure)) {
        aspects.push(Aspect::Change);
    }
    if aspects.is_empty() {
        return vec![];
    }
    let like = own.iter().filter(|other| (&other.indicator, &other.subject) == (&fact.indicator, &fact.subject));
    let period = fact.period.filter(|_| like.count() > 1).map(|period| period.to_string());
    let subject = fact.subject.as_deref().filter(|subject| Some(*subject) != page_is_about).map(encode);
    let (indicator, period) = (encode(&fact.indicator), period.as_deref());
    let target = |aspect| Citation { subject: subject.as_deref(), indicator: &indicator, aspect, period }.to_string();
    aspects.into_iter().map(target).collect()
}

fn is_value(figure: &str, stated: &Value, measure: Measure<'_>) -> bool {
    let read = read_value(figure, measure.kind, measure.unit, measure.units);
    let said = read.ok();
    said.as_ref().and_then(Value::quantity).zip(stated.quantity()).is_some_and(|(said, stated)| is_same(said, stated))
}

fn is_change(figure: &str, stated: &Change, measure: Measure<'_>) -> bool {
    let read = read_change(&format!("+{figure}"), measure.kind, measure.unit, measure.units);
    read.is_ok_and(|said| is_same(&said.amount, &stated.amount))
}

/// Whether two are the same number, meant in the same way.
fn is_same(one: &Quantity, other: &Quantity) -> bool {
    one.unit.dimension() == other.unit.dimension() && one.qualifier == other.qualifier && one.ends() == other.ends()
}
