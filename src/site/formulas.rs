//! Indicators that follow from others: whether figures of all of them can be true together.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::facts::Fact;
use super::indicators::{Indicator, unknown_indicator};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, Suggestions};
use crate::fact::{Formula, Period, Quantity, Units};

/// What figures are about that can be reckoned with each other: an indicator, a subject, a period, a definition.
type About<'f> = (&'f str, &'f str, Period, Option<&'f str>);

/// Complains about formulas that cannot be, and about facts that cannot be true beside those that their formula names.
pub(super) fn check(
    config: &Config,
    indicators: &BTreeMap<String, Indicator>,
    all: &[Fact],
    suggestions: &Suggestions,
    out: &mut Vec<Diagnostic>,
) {
    let mut formulas: HashMap<&str, &Formula> = HashMap::new();
    for (name, indicator) in indicators {
        let Some((formula, place)) = &indicator.formula else { continue };
        let unknown: Vec<&str> = formula.names().filter(|part| !indicators.contains_key(*part)).collect();
        out.extend(unknown.iter().map(|part| unknown_indicator(config, indicators, suggestions, part, place.clone())));
        if !unknown.is_empty() {
            continue;
        }
        match mistake(name, indicator, formula, indicators) {
            Some(message) => out.push(wrong(place, message)),
            None => drop(formulas.insert(name, formula)),
        }
    }
    let needed: HashSet<&str> = formulas.values().flat_map(|formula| formula.names()).collect();
    let mut stated: HashMap<About<'_>, (&Fact, &Quantity)> = HashMap::new();
    for fact in all.iter().filter(|fact| needed.contains(fact.indicator.as_str())) {
        if let Some((about, quantity)) = about(fact).zip(fact.value.quantity()) {
            // Of several statements about the same the one that says most.
            let known = stated.entry(about).or_insert((fact, quantity));
            if quantity.says_more(known.1) {
                *known = (fact, quantity);
            }
        }
    }
    for fact in all {
        let Some(formula) = formulas.get(fact.indicator.as_str()) else { continue };
        let Some(((_, subject, period, variant), own)) = about(fact).zip(fact.value.quantity()) else { continue };
        let parts: Option<Vec<_>> = formula.names().map(|name| stated.get(&(name, subject, period, variant))).collect();
        let Some(parts) = parts else { continue };
        let quantities: Vec<&Quantity> = parts.iter().map(|(_, quantity)| *quantity).collect();
        if let Some(follows) = formula.refutes(&quantities, own) {
            let follows = follows.show("en");
            let (name, written) = (&fact.indicator, &fact.value.written);
            let message = format!("`{name}` is {written} here, and `{formula}` makes {follows}");
            let complaint = Diagnostic::error(Code::FactContradiction, fact.place.clone(), message)
                .hint("correct one of them, or tell them apart with `variant`");
            let also = |one: Diagnostic, (part, _): &&(&Fact, &Quantity)| {
                one.also(part.place.clone(), format!("`{}`", part.indicator))
            };
            out.push(parts.iter().fold(complaint, also));
        }
    }
}

/// What a fact is about; none where its time or its subject is not known.
fn about(fact: &Fact) -> Option<About<'_>> {
    let period = fact.period.filter(|period| *period != Period::NotStated)?;
    Some((&fact.indicator, fact.subject.as_deref()?, period, fact.variant.as_deref()))
}

/// Why an indicator cannot be what its formula says.
fn mistake(
    name: &str,
    indicator: &Indicator,
    formula: &Formula,
    indicators: &BTreeMap<String, Indicator>,
) -> Option<String> {
    let parts: Vec<(&str, &Indicator)> = formula.names().map(|part| (part, &indicators[part])).collect();
    if let Some((part, _)) = parts.iter().find(|(part, _)| *part == name) {
        return Some(format!("the formula of `{part}` names `{part}` itself"));
    }
    let no_number = parts.iter().copied().chain([(name, indicator)]).find(|(_, own)| !own.kind.is_measure());
    if let Some((part, own)) = no_number {
        return Some(format!("nothing can be reckoned with `{part}`, which is a `{}`", own.kind.as_str()));
    }
    let first = parts[0].1.dimension();
    if let Some((part, own)) = parts.iter().find(|(_, own)| own.dimension() != first) {
        return Some(format!("`{}` is in {first}, `{part}` in {}", parts[0].0, own.dimension()));
    }
    let own = indicator.dimension();
    let fits = if formula.is_quotient() { own == Units::PERCENT || own == Units::COUNT } else { own == first };
    (!fits).then(|| format!("what comes out is no number in {own}"))
}

fn wrong(place: &Place, message: String) -> Diagnostic {
    let hint = "a sum is of indicators with the indicator's own unit, a quotient of two in one unit makes a percentage or a count";
    Diagnostic::error(Code::BadValue, place.clone(), message).hint(hint)
}
