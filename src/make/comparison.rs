//! Who states what: the indicators of a site side by side for all its subjects.

use std::collections::HashMap;

use serde::Serialize;

use super::data;
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
}

#[derive(Debug, Clone, Hash, Serialize)]
struct Row {
    indicator: LinkView,
    /// For each subject what it states; nothing if it is silent.
    cells: Vec<Vec<Stated>>,
}

/// A figure, and the page that states it; texts are HTML.
#[derive(Debug, Clone, Hash, Serialize)]
struct Stated {
    value: String,
    period: Option<String>,
    url: String,
}

/// The table of the section of indicators; none for other pages, without subjects, or with too many of them.
pub(super) fn of_section(here: &Here<'_>, page: &Page) -> Option<ComparisonView> {
    let facts = here.site.config.facts.as_ref().filter(|facts| facts.indicators == page.key)?;
    let taxonomy = here.site.config.taxonomy(&facts.subjects)?;
    let terms = &here.site.terms(taxonomy, here.language).terms;
    let indicators: Vec<&Page> = page.children.iter().map(|id| here.site.page(*id)).collect();
    let rows: Vec<&Page> = indicators.into_iter().filter(|page| page.kind == Kind::Indicator).collect();
    if rows.is_empty() || terms.is_empty() || terms.len() > SUBJECTS {
        return None;
    }
    let places: HashMap<&str, usize> = terms.iter().enumerate().map(|(at, term)| (term.slug.as_str(), at)).collect();
    let mut stated: HashMap<(&str, usize), Vec<Stated>> = HashMap::new();
    for stating in here.site.in_language(here.language) {
        for at in here.site.facts.by_page.get(&stating.id).into_iter().flatten() {
            let fact = &here.site.facts.all[*at];
            if let Some(place) = fact.subject.as_deref().and_then(|subject| places.get(subject)) {
                stated.entry((&fact.indicator, *place)).or_default().push(said(here, stating, fact));
            }
        }
    }
    let row = |page: &Page| {
        let slug = last(&page.key);
        let cells = (0..terms.len()).map(|term| stated.get(&(slug, term)).cloned().unwrap_or_default());
        Row { indicator: here.link_titled(page.id), cells: cells.collect() }
    };
    Some(ComparisonView {
        subjects: (0..terms.len()).map(|term| here.subject(taxonomy, term)).collect(),
        rows: rows.into_iter().map(row).collect(),
        csv_url: data::output(here.site).map(|csv| here.href(&csv)),
    })
}

fn said(here: &Here<'_>, page: &Page, fact: &Fact) -> Stated {
    let code = here.site.config.languages[here.language].code.as_str();
    Stated { value: value(&fact.value, code), period: period(fact, code), url: here.page(page.id) }
}
