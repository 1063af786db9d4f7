//! Facts as tables in the reader's language: of a page, and of an indicator.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::courses::{self, CourseView, Stating};
use super::here::{Here, LinkView, Subject};
use super::marks::{self, MarkView};
use super::totals::{self, TotalView};
use crate::document::Local;
use crate::fact::{Change, Direction, Kind, Rank, Reading, Value};
use crate::html::escape_into;
use crate::site::{Fact, Indicator, Page, Ranked, last};

/// The facts of a page.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct FactsView {
    has_period: bool,
    has_change: bool,
    has_rank: bool,
    has_lines: bool,
    rows: Vec<FactRow>,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct FactRow {
    indicator: LinkView,
    #[serde(flatten)]
    figure: Figure,
}

/// What one fact says; all texts are HTML.
#[derive(Debug, Clone, Hash, Serialize)]
struct Figure {
    value: String,
    period: Option<String>,
    change: Option<String>,
    rank: Option<String>,
    of_which: Vec<PartView>,
    lines: Option<String>,
    note: Option<String>,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct PartView {
    name: String,
    value: String,
}

/// An indicator and who states it.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct IndicatorView {
    unit: Option<String>,
    kind: String,
    /// What it is of other indicators.
    formula: Vec<OperandView>,
    /// Sentences on what is drawn, or on why nothing is.
    chart: Vec<String>,
    rows: Vec<IndicatorRow>,
    totals: Vec<TotalView>,
    courses: Vec<CourseView>,
    silent: Vec<Subject>,
}

/// An indicator in a formula, with the sign before it; none before the first.
#[derive(Debug, Clone, Hash, Serialize)]
struct OperandView {
    sign: Option<&'static str>,
    indicator: LinkView,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct IndicatorRow {
    /// Its id, which links to the figure lead to.
    id: Option<String>,
    subject: Option<Subject>,
    page: LinkView,
    mark: Option<MarkView>,
    /// The number without its scale, of a range the lower one; of a date its digits.
    number: Option<String>,
    /// The number of the change, below zero if it went down.
    change_number: Option<String>,
    /// The claimed place.
    place: Option<u32>,
    /// The period as EDTF.
    edtf: Option<String>,
    #[serde(flatten)]
    figure: Figure,
}

impl IndicatorView {
    /// The same for another page than the indicator's own, on which its rows have no ids.
    pub(super) fn elsewhere(mut self) -> Self {
        self.rows.iter_mut().for_each(|row| row.id = None);
        self
    }
}

/// The facts that a page states; none if it states none.
pub(super) fn of_page(here: &Here<'_>, page: &Page, ui: &BTreeMap<String, String>) -> Option<FactsView> {
    let row = |fact: &Fact| FactRow {
        indicator: indicator_link(here, &fact.indicator),
        figure: figure(here, page, fact, ui),
    };
    let rows: Vec<FactRow> = here.site.facts.of(page.id).map(row).collect();
    (!rows.is_empty()).then(|| FactsView {
        has_period: rows.iter().any(|row| row.figure.period.is_some()),
        has_change: rows.iter().any(|row| row.figure.change.is_some()),
        has_rank: rows.iter().any(|row| row.figure.rank.is_some()),
        has_lines: rows.iter().any(|row| row.figure.lines.is_some()),
        rows,
    })
}

/// What an indicator's page shows; none for other pages.
pub(super) fn of_indicator(here: &Here<'_>, page: &Page, ui: &BTreeMap<String, String>) -> Option<IndicatorView> {
    table(here, page, None, ui)
}

/// The figures of an indicator that are about some subjects, in their order, or about all of them and nobody.
pub(super) fn table(
    here: &Here<'_>,
    page: &Page,
    only: Option<&[usize]>,
    ui: &BTreeMap<String, String>,
) -> Option<IndicatorView> {
    let slug = last(&page.key);
    let indicator = here.site.facts.indicators.get(slug)?;
    let taxonomy = here.site.config.subjects();
    let term = |fact: &Fact| {
        let terms = &here.site.terms(taxonomy?, here.language).terms;
        terms.iter().position(|term| Some(&term.slug) == fact.subject.as_ref())
    };
    let own = here.stated().filter(|(_, fact)| fact.indicator == slug);
    let mut stated: Vec<Stating<'_>> = own.map(|(page, fact)| (term(fact), page, fact)).collect();
    let place = |term: usize| only.map_or(Some(term), |only| only.iter().position(|own| *own == term));
    stated.retain(|(term, ..)| only.is_none() || term.and_then(place).is_some());
    stated.sort_by_key(|(term, ..)| term.and_then(place).unwrap_or(usize::MAX));
    let heard: BTreeSet<usize> = stated.iter().filter_map(|(term, ..)| *term).collect();
    let silent = taxonomy.map_or(vec![], |taxonomy| {
        let silent = here.listed_terms(taxonomy).filter(|term| place(*term).is_some() && !heard.contains(term));
        silent.map(|term| here.subject(taxonomy, term)).collect()
    });
    let (mut notes, marks) = marks::of(indicator.kind, stated.iter().map(|(_, _, fact)| *fact));
    let row = |((term, page, fact), mark): (Stating<'_>, Option<MarkView>)| IndicatorRow {
        id: fact.row.clone(),
        subject: taxonomy.zip(term).map(|(taxonomy, term)| here.subject(taxonomy, term)),
        page: here.link(page.id),
        mark,
        number: number(&fact.value),
        change_number: fact.change.as_ref().and_then(change_number),
        place: fact.rank.as_ref().map(|ranked| ranked.rank.place),
        edtf: fact.period.as_ref().map(ToString::to_string),
        figure: figure(here, page, fact, ui),
    };
    let courses = courses::of(here, indicator.kind, &stated);
    if courses.iter().any(CourseView::is_hollow) && !notes.contains(&marks::HOLLOW) {
        notes.push(marks::HOLLOW);
    }
    let kind = indicator.kind.as_str();
    Some(IndicatorView {
        unit: unit(indicator.kind, indicator.unit.as_ref().map(crate::fact::Unit::id), ui),
        kind: word(ui, &format!("kind-{kind}"), kind),
        totals: if indicator.additive { totals::of(here, &stated) } else { vec![] },
        courses,
        formula: formula(here, indicator),
        chart: notes.into_iter().filter_map(|key| ui.get(key).cloned()).collect(),
        rows: stated.into_iter().zip(marks).map(row).collect(),
        silent,
    })
}

/// What a value is sorted by; none if by its text.
fn number(value: &Value) -> Option<String> {
    match &value.reading {
        Reading::Date(date) => {
            Some(format!("{:04}{:02}{:02}", date.year, date.month.unwrap_or_default(), date.day.unwrap_or_default()))
        }
        _ => value.ends().map(|(low, _)| low),
    }
}

fn change_number(change: &Change) -> Option<String> {
    let (low, _) = change.amount.ends()?;
    let sign = if change.direction == Direction::Down { "-" } else { "" };
    Some(format!("{sign}{}", low.normalize()))
}

fn unit(kind: Kind, id: Option<&str>, ui: &BTreeMap<String, String>) -> Option<String> {
    if !kind.is_number() {
        return None;
    }
    let id = id.unwrap_or(if kind == Kind::Ratio { "percent" } else { "count" });
    Some(word(ui, &format!("unit-{id}"), id))
}

fn word(ui: &BTreeMap<String, String>, key: &str, otherwise: &str) -> String {
    ui.get(key).map_or_else(|| otherwise.to_owned(), Clone::clone)
}

fn formula(here: &Here<'_>, indicator: &Indicator) -> Vec<OperandView> {
    let Some((formula, _)) = &indicator.formula else { return vec![] };
    let signs = [None].into_iter().chain(formula.rest.iter().map(|(operator, _)| Some(operator.sign())));
    let operand = |(sign, name)| OperandView { sign, indicator: indicator_link(here, name) };
    signs.zip(formula.names()).map(operand).collect()
}

fn indicator_link(here: &Here<'_>, name: &str) -> LinkView {
    match here.indicator(name) {
        Some(page) => here.link_titled(page.id),
        None => LinkView { title: name.to_owned(), url: String::new(), section_title: None },
    }
}

fn figure(here: &Here<'_>, page: &Page, fact: &Fact, ui: &BTreeMap<String, String>) -> Figure {
    let code = here.site.config.languages[here.language].code.as_str();
    Figure {
        value: value(&fact.value, code),
        period: period(fact, code),
        change: fact.change.as_ref().map(|change| html(change.show(code))),
        rank: fact.rank.as_ref().map(|ranked| html(rank(ranked, code))),
        of_which: fact
            .of_which
            .iter()
            .map(|part| PartView {
                name: word(ui, &format!("part-{}", part.name), &part.name),
                value: value(&part.value, code),
            })
            .collect(),
        lines: fact.lines.clone().or_else(|| page.front.source.lines.clone()).map(html),
        note: local(&fact.note, code).map(|note| html(note.to_owned())),
    }
}

fn html(text: String) -> String {
    let mut out = String::new();
    escape_into(&mut out, &text);
    out
}

/// When a fact holds, as HTML.
pub(super) fn period(fact: &Fact, code: &str) -> Option<String> {
    fact.period.as_ref().map(|period| html(period.show(code)))
}

/// The value with its exact number for machines, as HTML.
pub(super) fn value(value: &Value, code: &str) -> String {
    let mut out = String::new();
    match value.decimal() {
        Some(exact) => {
            out.push_str("<data value=\"");
            escape_into(&mut out, &exact);
            out.push_str("\">");
            escape_into(&mut out, &value.show(code));
            out.push_str("</data>");
        }
        None => escape_into(&mut out, &value.show(code)),
    }
    out
}

fn rank(ranked: &Ranked, code: &str) -> String {
    let among = local(&ranked.among, code).map(str::to_owned).or_else(|| ranked.rank.among.clone());
    Rank { among, ..ranked.rank.clone() }.show(code)
}

fn local<'t>(text: &'t Local, code: &str) -> Option<&'t str> {
    text.get(code).or_else(|| text.get("")).or_else(|| text.values().next()).map(String::as_str)
}
