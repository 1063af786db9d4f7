//! Figures: the facts of every page read with their indicators' kinds and units, and checked against each other.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::formulas;
use super::indicators::{Indicator, complaint, indicators, unknown_indicator};
use super::subjects::Subjects;
use super::{Page, PageId, TermList};
use crate::config::{Config, UnitConfig};
use crate::diagnostic::{Code, Diagnostic, Place, Suggestions};
use crate::document::{Local, Stated};
use crate::fact::{self, Agreement, Change, DeclaredUnit, Period, Point, Trouble, Units, Value};
use crate::tree::Written;

/// Everything that is stated on the site.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The indicators by their slug.
    pub indicators: BTreeMap<String, Indicator>,
    /// Every fact, in the order of the site's files.
    pub all: Vec<Fact>,
    /// The facts that each page shows.
    pub by_page: HashMap<PageId, Vec<usize>>,
    /// The units that figures are read with.
    pub units: Units,
}

impl Facts {
    /// What a page shows.
    pub fn of(&self, page: PageId) -> impl Iterator<Item = &Fact> {
        self.by_page.get(&page).into_iter().flatten().map(|at| &self.all[*at])
    }

    /// Whether no page shows any.
    pub fn is_empty(&self) -> bool {
        self.by_page.values().all(Vec::is_empty)
    }
}

/// One stated observation.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The indicator's slug.
    pub indicator: String,
    /// The slug of the term it is about.
    pub subject: Option<String>,
    /// What is stated.
    pub value: Value,
    /// When it held.
    pub period: Option<Period>,
    /// How it changed.
    pub change: Option<Change>,
    /// Its claimed rank.
    pub rank: Option<Ranked>,
    /// Parts of it.
    pub of_which: Vec<Part>,
    /// Which definition it follows.
    pub variant: Option<String>,
    /// The lines of the source.
    pub lines: Option<String>,
    /// A remark, by language.
    pub note: Local,
    /// Where it is stated.
    pub place: Place,
    /// The id of its row on the page of its indicator; none if the page that states it is in no list.
    pub row: Option<String>,
}

impl Fact {
    /// The fact as one of those that are drawn together.
    pub fn point(&self) -> Point<'_> {
        let variant = self.variant.as_deref().unwrap_or_default();
        Point { value: &self.value, period: self.period.as_ref(), variant }
    }
}

/// A claimed rank.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// The place, from 1, and among whom if it was written in one piece.
    pub rank: fact::Rank,
    /// Among whom, by language.
    pub among: Local,
}

/// A part of a value.
#[derive(Debug, Clone)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// Its value.
    pub value: Value,
}

struct Reader<'s> {
    config: &'s Config,
    units: Units,
    indicators: BTreeMap<String, Indicator>,
    subjects: Option<Subjects<'s>>,
    suggestions: Suggestions,
}

/// Reads the facts of all pages.
pub(super) fn read(config: &Config, pages: &[Page], taxonomies: &[Vec<TermList>], out: &mut Vec<Diagnostic>) -> Facts {
    let units = units(&config.units, out);
    let indicators = indicators(config, pages, &units, out);
    let subjects = Subjects::new(config, pages, taxonomies);
    let reader = Reader { config, units, indicators, subjects, suggestions: Suggestions::default() };
    let mut all: Vec<Fact> = vec![];
    let mut by_page: HashMap<PageId, Vec<usize>> = HashMap::new();
    let mut rows = HashMap::new();
    for page in pages.iter().filter(|page| page.fallback.is_none()) {
        let Some(stated) = page.document.as_ref().and_then(|document| document.front.facts.as_ref()) else { continue };
        let first = all.len();
        all.extend(stated.iter().filter_map(|stated| reader.fact(page, stated, out)));
        if !page.is_unlisted() {
            all[first..].iter_mut().for_each(|fact| fact.row = Some(row_id(fact, &mut rows)));
        }
        let own: Vec<usize> = (first..all.len()).collect();
        for other in page.translations.iter().flatten() {
            let has_own = pages[other.index()].own_document().is_some_and(|document| document.front.facts.is_some());
            if *other == page.id || !has_own {
                by_page.insert(*other, own.clone());
            }
        }
    }
    contradictions(&all, out);
    formulas::check(config, &reader.indicators, &all, &reader.suggestions, out);
    Facts { indicators: reader.indicators, all, by_page, units: reader.units }
}

/// The next id for a row of an indicator's page: `fact-2-shenzhen` for the second fact about a subject. The number is first,
/// so that no two names make one id.
fn row_id(fact: &Fact, rows: &mut HashMap<(String, Option<String>), usize>) -> String {
    let count = rows.entry((fact.indicator.clone(), fact.subject.clone())).or_default();
    *count += 1;
    let subject = fact.subject.as_ref().map_or(String::new(), |subject| format!("-{subject}"));
    format!("fact-{count}{subject}")
}

fn units(declared: &[UnitConfig], out: &mut Vec<Diagnostic>) -> Units {
    let (units, troubles) = Units::with(declared.iter().map(|unit| DeclaredUnit {
        id: unit.id.clone(),
        symbols: unit.symbol.iter().map(|(code, sign)| (code.to_owned(), sign.to_owned())).collect(),
        spellings: unit.spellings.clone(),
        ..DeclaredUnit::default()
    }));
    for trouble in troubles {
        if let Some(unit) = declared.iter().find(|unit| unit.id == trouble.unit) {
            let place = unit.place.clone();
            out.push(Diagnostic::error(Code::BadConfigValue, place, trouble.message).hint_if(trouble.hint));
        }
    }
    units
}

impl Reader<'_> {
    fn fact(&self, page: &Page, stated: &Stated, out: &mut Vec<Diagnostic>) -> Option<Fact> {
        let name = &stated.indicator.text;
        let Some(indicator) = self.indicators.get(name) else {
            let place = stated.indicator.place.clone();
            out.push(unknown_indicator(self.config, &self.indicators, &self.suggestions, name, place));
            return None;
        };
        let (kind, unit) = (indicator.kind, indicator.unit.as_ref());
        let mut heard = |written: &Written, trouble: Trouble| out.push(complaint(&trouble, written));
        let value = match fact::read_value(&stated.value.text, kind, unit, &self.units) {
            Ok(value) => Some(value),
            Err(trouble) => {
                heard(&stated.value, trouble);
                None
            }
        };
        let period = stated
            .period
            .as_ref()
            .and_then(|written| fact::read_period(&written.text).map_err(|trouble| heard(written, trouble)).ok());
        let change = stated.change.as_ref().and_then(|written| {
            fact::read_change(&written.text, kind, unit, &self.units).map_err(|trouble| heard(written, trouble)).ok()
        });
        let rank = stated.rank.as_ref().and_then(|stated| {
            let rank = fact::read_rank(&stated.place.text).map_err(|trouble| heard(&stated.place, trouble)).ok()?;
            Some(Ranked { rank, among: stated.among.clone() })
        });
        let mut of_which = vec![];
        for part in &stated.of_which {
            match fact::read_value(&part.value.text, kind, unit, &self.units) {
                Ok(value) => of_which.push((part, value)),
                Err(trouble) => heard(&part.value, trouble),
            }
        }
        if stated.period.is_none()
            && let Err(trouble) = fact::check_period(kind, None)
        {
            heard(&stated.indicator, trouble);
        } else if let Some(written) = &stated.period
            && let Err(trouble) = fact::check_period(kind, period.as_ref())
            && period.is_some()
        {
            heard(written, trouble);
        }
        let value = value?;
        self.doubts(stated, &value, kind, &of_which, out);
        Some(Fact {
            indicator: name.clone(),
            subject: self.subject(page, stated, out),
            value,
            period,
            change,
            rank,
            of_which: of_which.into_iter().map(|(part, value)| Part { name: part.name.clone(), value }).collect(),
            variant: stated.variant.clone(),
            lines: stated.lines.clone(),
            note: stated.note.clone(),
            place: stated.value.place.clone(),
            row: None,
        })
    }

    fn doubts(
        &self,
        stated: &Stated,
        value: &Value,
        kind: fact::Kind,
        parts: &[(&crate::document::StatedPart, Value)],
        out: &mut Vec<Diagnostic>,
    ) {
        if let Some(trouble) = fact::doubt(value, kind) {
            let diagnostic = complaint(&trouble, &stated.value);
            out.push(Diagnostic { severity: crate::diagnostic::Severity::Warning, ..diagnostic });
        }
        for (part, own) in parts {
            if fact::larger(own, value) {
                let message = format!("the part `{}` is larger than its whole, {}", part.name, value.written);
                out.push(
                    Diagnostic::error(Code::FactPart, part.value.place.clone(), message)
                        .also(stated.value.place.clone(), "the whole")
                        .hint("see whether the two were exchanged"),
                );
            }
        }
    }

    /// Whom a fact is about: the term it names, or the only one of its page.
    fn subject(&self, page: &Page, stated: &Stated, out: &mut Vec<Diagnostic>) -> Option<String> {
        let subjects = self.subjects.as_ref()?;
        let found = match &stated.subject {
            Some(written) => subjects.named(&written.text, page.language).map_err(|hint| {
                let message = format!("there is no subject `{}`", written.text);
                Diagnostic::error(Code::UnknownTerm, written.place.clone(), message).hint_if(hint)
            }),
            None => subjects.of_page(page).ok_or_else(|| {
                let message = "the fact says of nobody whom it is about".to_owned();
                let hint = format!("give the page one term of `{}`, or the fact a `subject`", subjects.taxonomy());
                Diagnostic::error(Code::NoSubject, stated.indicator.place.clone(), message).hint(hint)
            }),
        };
        found.map(str::to_owned).map_err(|diagnostic| out.push(diagnostic)).ok()
    }
}

/// Facts of the same that cannot both be true: each is told of once, with the first one that it contradicts.
fn contradictions(all: &[Fact], out: &mut Vec<Diagnostic>) {
    let mut groups: BTreeMap<(&str, &str, String, &str), Vec<&Fact>> = BTreeMap::new();
    for fact in all {
        let (Some(subject), Some(period)) = (&fact.subject, &fact.period) else { continue };
        let key = (
            fact.indicator.as_str(),
            subject.as_str(),
            period.to_string(),
            fact.variant.as_deref().unwrap_or_default(),
        );
        groups.entry(key).or_default().push(fact);
    }
    for facts in groups.values() {
        // What is written as another one was contradicts the same ones.
        let (mut written, mut different) = (HashSet::new(), vec![]);
        for fact in facts {
            let first = different.iter().find_map(|first: &&Fact| match fact::agree(&first.value, &fact.value) {
                Agreement::Contradicts { factor_hint } => Some((*first, factor_hint)),
                Agreement::Agrees => None,
            });
            out.extend(first.map(|(first, slip)| contradiction(fact, first, slip)));
            if written.insert(&fact.value.written) {
                different.push(fact);
            }
        }
    }
}

fn contradiction(fact: &Fact, first: &Fact, slip: Option<String>) -> Diagnostic {
    let (one, other) = (&fact.value.written, &first.value.written);
    let message = format!("`{}` is {one} here and {other} elsewhere", fact.indicator);
    let hint = slip.unwrap_or_else(|| "correct one, or tell them apart with `variant`".into());
    Diagnostic::error(Code::FactContradiction, fact.place.clone(), message)
        .also(first.place.clone(), "the other one")
        .hint(hint)
}
