//! Who states what: the indicators of a site side by side for all its subjects.

use std::collections::HashMap;

use serde::Serialize;

use super::exports::{self, Export};
use super::figures::{period, value};
use super::here::{Here, LinkView, Subject};
use crate::site::{Fact, Kind, Page, last};

/// More subjects than anybody compares in one table.
const SUBJECTS: usize = 40;

/// Indicators by subjects.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct ComparisonView {
    subjects: Vec<Subject>,
    rows: Vec<Row>,
    /// The table of all facts for programs.
    csv_url: Option<String>,
    /// The same as linked data.
    jsonld_url: Option<String>,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct Row {
    indicator: LinkView,
    /// For each subject what it states; nothing if it is silent.
    cells: Vec<Vec<Stated>>,
}

/// A figure, and the page that states it; texts are HTML.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct Stated {
    value: String,
    period: Option<String>,
    url: String,
}

/// What the page of the section of indicators shows; none for other pages. With too many subjects there are no rows.
pub(super) fn of_section(here: &Here<'_>, page: &Page) -> Option<ComparisonView> {
    here.site.config.facts.as_ref().filter(|facts| facts.indicators == page.key)?;
    let indicators = page.children.iter().map(|id| here.site.page(*id)).filter(|page| page.kind == Kind::Indicator);
    let [csv_url, jsonld_url] = [Export::Table, Export::Linked].map(|export| {
        let output = exports::output(here.site, export)?;
        Some(here.href(&output))
    });
    Some(ComparisonView { csv_url, jsonld_url, ..of(here, &indicators.collect::<Vec<_>>(), None)? })
}

/// Some indicators side by side for some subjects, or for all; none where there are no subjects. With too many there are no
/// rows.
pub(super) fn of(here: &Here<'_>, indicators: &[&Page], subjects: Option<Vec<usize>>) -> Option<ComparisonView> {
    let taxonomy = here.site.config.subjects()?;
    let terms = &here.site.terms(taxonomy, here.language).terms;
    let subjects = subjects.unwrap_or_else(|| here.listed_terms(taxonomy).collect());
    if subjects.is_empty() || subjects.len() > SUBJECTS {
        return Some(ComparisonView { subjects: vec![], rows: vec![], csv_url: None, jsonld_url: None });
    }
    let stated = stated(here, &terms.iter().enumerate().map(|(at, term)| (term.slug.as_str(), at)).collect());
    let row = |page: &&Page| {
        let cell = |term: &usize| stated.get(&(last(&page.key), *term)).cloned().unwrap_or_default();
        Row { indicator: here.link_titled(page.id), cells: subjects.iter().map(cell).collect() }
    };
    Some(ComparisonView {
        rows: indicators.iter().map(row).collect(),
        subjects: subjects.iter().map(|term| here.subject(taxonomy, *term)).collect(),
        csv_url: None,
        jsonld_url: None,
    })
}

/// What is stated of each indicator about each term, which has a place by its name.
fn stated<'s>(here: &Here<'s>, places: &HashMap<&str, usize>) -> HashMap<(&'s str, usize), Vec<Stated>> {
    let mut stated: HashMap<(&str, usize), Vec<Stated>> = HashMap::new();
    for (page, fact) in here.stated() {
        if let Some(place) = fact.subject.as_deref().and_then(|subject| places.get(subject)) {
            stated.entry((&fact.indicator, *place)).or_default().push(said(here, page, fact));
        }
    }
    stated
}

/// What a page states, for a cell.
pub(super) fn said(here: &Here<'_>, page: &Page, fact: &Fact) -> Stated {
    let code = here.site.config.languages[here.language].code.as_str();
    Stated { value: value(&fact.value, code), period: period(fact, code), url: here.page(page.id) }
}
