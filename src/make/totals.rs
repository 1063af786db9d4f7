//! What the subjects of an indicator come to together, where its page says that they may be added up.

use std::collections::BTreeMap;

use serde::Serialize;

use super::courses::Stating;
use super::figures::{period, value};
use super::here::Here;
use crate::fact::{Period, Quantity, Reading, Value, sum};
use crate::site::Fact;

/// The sum of what several subjects state of one period; texts are HTML.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct TotalView {
    /// How many subjects it is of.
    count: usize,
    value: String,
    period: Option<String>,
    variant: Option<String>,
}

/// A sum for each period and definition of which two subjects or more state a number. What a subject states twice is counted
/// once, by the statement that says most.
pub(super) fn of(here: &Here<'_>, stated: &[Stating<'_>]) -> Vec<TotalView> {
    let mut groups: BTreeMap<(Option<&str>, Period), Group<'_>> = BTreeMap::new();
    for (term, _, fact) in stated {
        if let (Some(term), Some(period @ (Period::In(_) | Period::Between(..)))) = (term, fact.period)
            && let Some(quantity) = fact.value.quantity()
        {
            let group = groups.entry((fact.variant.as_deref(), period)).or_default();
            let known = group.entry(*term).or_insert((fact, quantity));
            if quantity.says_more(known.1) {
                *known = (fact, quantity);
            }
        }
    }
    groups.into_values().filter_map(|group| total(here, &group)).collect()
}

/// The figures of each subject for one period and definition.
type Group<'f> = BTreeMap<usize, (&'f Fact, &'f Quantity)>;

fn total(here: &Here<'_>, group: &Group<'_>) -> Option<TotalView> {
    let parts: Vec<&Quantity> = group.values().map(|(_, quantity)| *quantity).collect();
    let sum = (parts.len() > 1).then(|| sum(&parts)).flatten()?;
    let (first, _) = group.values().next()?;
    let code = &here.site.config.languages[here.language].code;
    let value = value(&Value { written: String::new(), reading: Reading::Quantity(sum) }, code);
    Some(TotalView { count: parts.len(), value, period: period(first, code), variant: first.variant.clone() })
}
