//! What the subjects of an indicator come to together, where its page says that they may be added up.

use std::collections::BTreeMap;

use serde::Serialize;

use super::figures::{period, value};
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

/// A sum for each period and definition of which two subjects or more state a number; facts come with the number of the term
/// that they are about. What a subject states twice is counted once.
pub(super) fn of<'f>(stated: impl Iterator<Item = (Option<usize>, &'f Fact)>, code: &str) -> Vec<TotalView> {
    let mut groups: BTreeMap<(Option<&str>, Period), BTreeMap<usize, (&Fact, &Quantity)>> = BTreeMap::new();
    for (term, fact) in stated {
        if let (Some(term), Some(period @ (Period::In(_) | Period::Between(..)))) = (term, fact.period)
            && let Some(quantity) = fact.value.quantity()
        {
            groups.entry((fact.variant.as_deref(), period)).or_default().entry(term).or_insert((fact, quantity));
        }
    }
    let total = |((variant, _), facts): ((Option<&str>, Period), BTreeMap<usize, (&Fact, &Quantity)>)| {
        let parts: Vec<&Quantity> = facts.values().map(|(_, quantity)| *quantity).collect();
        let sum = (parts.len() > 1).then(|| sum(&parts)).flatten()?;
        let (first, _) = facts.values().next()?;
        let value = value(&Value { written: String::new(), reading: Reading::Quantity(sum) }, code);
        Some(TotalView { count: parts.len(), value, period: period(first, code), variant: variant.map(str::to_owned) })
    };
    groups.into_iter().filter_map(total).collect()
}
