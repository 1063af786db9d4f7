//! Links to what is stated, `fact:[subject/]indicator[.change|.rank][@period]`, and whether their texts say it.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;

use super::indicators::unknown_indicator;
use super::subjects::Subjects;
use super::{Fact, Facts, Indicator, Page, PageId, TermList};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, Suggestions};
use crate::document::Document;
use crate::fact::{Said, Trouble, read_period};
use crate::markdown::Link;
use crate::paths::decode;

/// A stated figure that a text says, and where a reader finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The page of its indicator.
    pub page: PageId,
    /// The id of its row there, as [`Fact::row`].
    pub row: Option<String>,
    /// The exact figure for programs: a decimal in the unit of its dimension, else the text as it was stated.
    pub exact: String,
}

/// Everything that can be cited.
pub(super) struct Citations<'s> {
    config: &'s Config,
    facts: &'s Facts,
    subjects: Option<Subjects<'s>>,
    /// The facts of each indicator and subject.
    known: OnceCell<HashMap<Name<'s>, Vec<&'s Fact>>>,
    suggestions: Suggestions,
}

/// An indicator, and a subject unless facts are about nobody.
type Name<'s> = (&'s str, Option<&'s str>);

/// What of a fact is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// The figure itself.
    Value,
    /// How it changed.
    Change,
    /// Its claimed place.
    Rank,
}

/// The target of a link to a figure in its parts, which are as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation<'t> {
    /// Whom it is about, if it is said.
    pub subject: Option<&'t str>,
    /// The indicator's name.
    pub indicator: &'t str,
    /// What of it is meant.
    pub aspect: Aspect,
    /// When it held, if it is said.
    pub period: Option<&'t str>,
}

impl fmt::Display for Citation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fact:")?;
        self.subject.map_or(Ok(()), |subject| write!(f, "{subject}/"))?;
        f.write_str(self.indicator)?;
        f.write_str(match self.aspect {
            Aspect::Value => "",
            Aspect::Change => ".change",
            Aspect::Rank => ".rank",
        })?;
        self.period.map_or(Ok(()), |period| write!(f, "@{period}"))
    }
}

impl<'t> Citation<'t> {
    /// The parts of a target, `fact:[subject/]indicator[.change|.rank][@period]`; its scheme is not looked at.
    pub fn read(target: &'t str) -> Self {
        let target = target.split_once(':').map_or(target, |(_, rest)| rest);
        let (name, period) = target.split_once('@').map_or((target, None), |(name, period)| (name, Some(period)));
        let (name, aspect) = match name.rsplit_once('.') {
            Some((name, "change")) => (name, Aspect::Change),
            Some((name, "rank")) => (name, Aspect::Rank),
            _ => (name, Aspect::Value),
        };
        let (subject, indicator) = name.rsplit_once('/').map_or((None, name), |(subject, rest)| (Some(subject), rest));
        Self { subject, indicator, aspect, period }
    }
}

impl<'s> Citations<'s> {
    pub fn new(config: &'s Config, facts: &'s Facts, pages: &'s [Page], taxonomies: &'s [Vec<TermList>]) -> Self {
        let subjects = Subjects::new(config, pages, taxonomies);
        Self { config, facts, subjects, known: OnceCell::new(), suggestions: Suggestions::default() }
    }

    /// What a link cites.
    ///
    /// # Errors
    /// A complaint: the target names nothing that is stated, or the text says something else.
    pub fn cited(&self, page: &Page, document: &Document, link: &Link) -> Result<Cited, Box<Diagnostic>> {
        let place = || Place::new(document.source.path(), link.span);
        let target = decode(&link.target);
        let citation = Citation::read(&target);
        let Some((slug, indicator)) = self.facts.indicators.get_key_value(citation.indicator) else {
            let known = &self.facts.indicators;
            return Err(unknown_indicator(self.config, known, &self.suggestions, citation.indicator, place()).into());
        };
        let subject = self.subject(page, &citation, place)?;
        let period =
            citation.period.map(read_period).transpose().map_err(|trouble| {
                Diagnostic::error(Code::FactPeriod, place(), trouble.message).hint_if(trouble.hint)
            })?;
        let said = Said::new(&link.label, indicator.measure(&self.facts.units));
        let is_meant = |fact: &&Fact| has(fact, citation.aspect) && (period.is_none() || fact.period == period);
        let (mut stated, mut heard): (Vec<&Fact>, _) = (vec![], None);
        let name = (slug.as_str(), subject);
        // What the page states itself is meant first.
        for fact in self.own(page, name).chain(self.known(name).iter().copied()).filter(is_meant) {
            match says(&said, fact, citation.aspect) {
                Ok(true) => {
                    let cited = cited(fact, indicator, page, citation.aspect);
                    return cited.ok_or_else(|| self.unstated(&citation, subject, place()).into());
                }
                Ok(false) => {}
                Err(trouble) => heard = Some(trouble),
            }
            if stated.len() <= SOME && !stated.iter().any(|known| std::ptr::eq::<Fact>(*known, fact)) {
                stated.push(fact);
            }
        }
        if stated.is_empty() {
            return Err(self.unstated(&citation, subject, place()).into());
        }
        let code = self.config.languages[page.language].code.as_str();
        Err(otherwise(document, link, &stated, citation.aspect, code, heard).into())
    }

    /// Whom a link is about: whom it names, or whom its page is about.
    fn subject(
        &self,
        page: &Page,
        citation: &Citation<'_>,
        place: impl Fn() -> Place,
    ) -> Result<Option<&'s str>, Box<Diagnostic>> {
        let Some(subjects) = &self.subjects else { return Ok(None) };
        let found = match citation.subject {
            Some(name) => subjects.named(name, page.language).map_err(|hint| {
                let message = format!("there is no subject `{}`", name.escape_debug());
                Diagnostic::error(Code::UnknownTerm, place(), message).hint_if(hint)
            }),
            None => subjects.of_page(page).ok_or_else(|| {
                let hint = format!("write `fact:{}/{}`", subjects.example(), citation.indicator);
                Diagnostic::error(Code::NoSubject, place(), "the link says of nobody whom it is about").hint(hint)
            }),
        };
        Ok(Some(found?))
    }

    /// What a page states of an indicator about a subject.
    fn own(&self, page: &Page, name: Name<'s>) -> impl Iterator<Item = &'s Fact> {
        self.facts.of(page.id).filter(move |fact| (fact.indicator.as_str(), fact.subject.as_deref()) == name)
    }

    /// What the site states of it.
    fn known(&self, name: Name<'s>) -> &[&'s Fact] {
        let known = self.known.get_or_init(|| {
            let mut known: HashMap<Name<'s>, Vec<&'s Fact>> = HashMap::new();
            for fact in &self.facts.all {
                known.entry((&fact.indicator, fact.subject.as_deref())).or_default().push(fact);
            }
            known
        });
        known.get(&name).map_or(&[], Vec::as_slice)
    }

    fn unstated(&self, citation: &Citation<'_>, subject: Option<&str>, place: Place) -> Diagnostic {
        let of = subject.map_or(String::new(), |subject| format!(" of `{subject}`"));
        let (what, when) = (aspect_word(citation.aspect), citation.period.map(|period| format!(" for {period}")));
        let name = citation.indicator;
        let message = format!("no {what} of `{name}` is stated{of}{}", when.unwrap_or_default());
        let hint = "state it in the front matter of a page, or name another period or subject";
        Diagnostic::error(Code::UnstatedFact, place, message).hint(hint)
    }
}

fn has(fact: &Fact, aspect: Aspect) -> bool {
    match aspect {
        Aspect::Value => true,
        Aspect::Change => fact.change.is_some(),
        Aspect::Rank => fact.rank.is_some(),
    }
}

fn says(said: &Said<'_>, fact: &Fact, aspect: Aspect) -> Result<bool, Trouble> {
    match (aspect, &fact.change, &fact.rank) {
        (Aspect::Change, Some(change), _) => said.is_change(change),
        (Aspect::Rank, _, Some(ranked)) => said.is_rank(&ranked.rank),
        _ => said.is_value(&fact.value),
    }
}

fn aspect_word(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Value => "value",
        Aspect::Change => "change",
        Aspect::Rank => "rank",
    }
}

/// What a fact is to a reader of `page`; none if its indicator has no page.
fn cited(fact: &Fact, indicator: &Indicator, page: &Page, aspect: Aspect) -> Option<Cited> {
    let exact = match (aspect, &fact.change, &fact.rank) {
        (Aspect::Change, Some(change), _) => change.written.clone(),
        (Aspect::Rank, _, Some(ranked)) => ranked.rank.place.to_string(),
        _ => fact.value.decimal().unwrap_or_else(|| fact.value.written.clone()),
    };
    Some(Cited { page: indicator.page(page.language)?, row: fact.row.clone(), exact })
}

/// How many stated figures a complaint names.
const SOME: usize = 4;

/// The complaint of a text that says something else than what is stated.
fn otherwise(
    document: &Document,
    link: &Link,
    stated: &[&Fact],
    aspect: Aspect,
    code: &str,
    trouble: Option<Trouble>,
) -> Diagnostic {
    let shown = |fact: &Fact| match (aspect, &fact.change, &fact.rank) {
        (Aspect::Change, Some(change), _) => change.show(code),
        (Aspect::Rank, _, Some(ranked)) => ranked.rank.show(code),
        _ => fact.value.show(code),
    };
    let dated = |fact: &&Fact| match &fact.period {
        Some(period) if stated.len() > 1 => format!("`{}` ({period})", shown(fact)),
        _ => format!("`{}`", shown(fact)),
    };
    let all: Vec<String> = stated.iter().take(SOME).map(dated).collect();
    let more = if stated.len() > SOME { " and more" } else { "" };
    let said = link.label.trim();
    let message = match trouble {
        _ if said.is_empty() => "the link has no text to compare with what is stated".to_owned(),
        Some(trouble) => format!("the text does not say the {}: {}", aspect_word(aspect), trouble.message),
        None => format!("the text says `{said}`, where {}{more} is stated", all.join(" or ")),
    };
    let hint = format!("write {}{more}, or correct what is stated", all.join(" or "));
    let place = said_at(document, link).unwrap_or_else(|| Place::new(document.source.path(), link.span));
    let complaint = Diagnostic::error(Code::FactText, place, message).hint(hint);
    stated.first().map_or(complaint.clone(), |fact| complaint.also(fact.place.clone(), "stated here"))
}

/// Where the text of a link stands, if it stands in front of the target as it is.
fn said_at(document: &Document, link: &Link) -> Option<Place> {
    let before = document.source.text().get(..link.span.start as usize)?;
    let before = before.strip_suffix("](").or_else(|| before.strip_suffix("](<"))?;
    let label = link.label.as_str();
    let start = before.strip_suffix(label).filter(|_| !label.is_empty())?.len();
    Some(Place::new(document.source.path(), start..before.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_has_parts() {
        let parts = |target| {
            let Citation { subject, indicator, aspect, period } = Citation::read(target);
            (subject, indicator, aspect_word(aspect), period)
        };
        assert_eq!(parts("fact:rd-spending"), (None, "rd-spending", "value", None));
        assert_eq!(parts("fact:rd.v2.change"), (None, "rd.v2", "change", None));
        assert_eq!(
            parts("fact:shenzhen/rd-spending.rank@2023-01/2023-11"),
            (Some("shenzhen"), "rd-spending", "rank", Some("2023-01/2023-11"))
        );
        for target in ["fact:a", "fact:a.change", "fact:b/a.rank@/2023-11"] {
            assert_eq!(Citation::read(target).to_string(), target);
        }
        assert_eq!(parts("fact:"), (None, "", "value", None));
    }
}
