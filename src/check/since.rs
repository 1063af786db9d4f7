//! What a site states otherwise than it did.

use std::collections::HashMap;

use serde::Serialize;

use crate::make::data::FactRow;

/// A row that is there on one side only, or says something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Difference<'r> {
    /// What was stated; none if it is new.
    pub old: Option<&'r FactRow>,
    /// What is stated; none if it is gone.
    pub new: Option<&'r FactRow>,
}

/// The differences between two tables of facts: in the order of the new one, then what is gone in the order of the old. Where
/// a fact stands and how its number is written is no difference.
pub fn differences<'r>(old: &'r [FactRow], new: &'r [FactRow]) -> Vec<Difference<'r>> {
    let (before, after) = (by_key(old), by_key(new));
    let mut left: HashMap<[&str; 5], Vec<&FactRow>> = HashMap::new();
    for row in old.iter().filter(|row| !is_stated(&after, row)) {
        let own = left.entry(key(row)).or_default();
        if !own.iter().any(|known| said(known) == said(row)) {
            own.push(row);
        }
    }
    left.values_mut().for_each(|rows| rows.reverse());
    let mut all: Vec<Difference<'_>> = vec![];
    let mut told: HashMap<[&str; 5], Vec<[&str; 8]>> = HashMap::new();
    for row in new.iter().filter(|row| !is_stated(&before, row)) {
        let own = told.entry(key(row)).or_default();
        if !own.contains(&said(row)) {
            own.push(said(row));
            all.push(Difference { old: left.get_mut(&key(row)).and_then(Vec::pop), new: Some(row) });
        }
    }
    let is_left =
        |row: &&FactRow| left.get(&key(row)).is_some_and(|rows| rows.iter().any(|own| std::ptr::eq(*own, *row)));
    all.extend(old.iter().filter(is_left).map(|row| Difference { old: Some(row), new: None }));
    all
}

fn by_key(rows: &[FactRow]) -> HashMap<[&str; 5], Vec<&FactRow>> {
    let mut all: HashMap<[&str; 5], Vec<&FactRow>> = HashMap::new();
    rows.iter().for_each(|row| all.entry(key(row)).or_default().push(row));
    all
}

fn is_stated(rows: &HashMap<[&str; 5], Vec<&FactRow>>, row: &FactRow) -> bool {
    rows.get(&key(row)).is_some_and(|rows| rows.iter().any(|other| said(other) == said(row)))
}

/// What a row is about.
fn key(row: &FactRow) -> [&str; 5] {
    [&row.indicator, &row.subject, &row.part, &row.variant, &row.period]
}

/// What it says. A number is the same in any scale; everything else is what was written.
fn said(row: &FactRow) -> [&str; 8] {
    let is_number = !row.qualifier.is_empty() && [&row.value, &row.low, &row.high].iter().any(|end| !end.is_empty());
    let written = if is_number { "" } else { &row.written };
    [written, &row.value, &row.low, &row.high, &row.qualifier, &row.unit, &row.change, &row.rank]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(indicator: &str, value: &str, written: &str) -> FactRow {
        let (indicator, value, written) = (indicator.to_owned(), value.to_owned(), written.to_owned());
        FactRow { indicator, value, written, qualifier: "exact".to_owned(), ..FactRow::default() }
    }

    #[test]
    fn only_what_is_stated_otherwise_is_told() {
        let old = [row("a", "1000", "1 thousand"), row("b", "5", "5"), row("c", "7", "7"), row("d", "1", "1")];
        let other_page = FactRow { page: "/x/".to_owned(), ..row("a", "1000", "1000") };
        let new = [row("e", "2", "2"), other_page, row("b", "6", "6"), row("b", "6", "6"), row("d", "1", "1")];
        let told = differences(&old, &new);
        let values = |row: Option<&FactRow>| row.map(|row| row.value.clone()).unwrap_or_default();
        let told: Vec<_> = told.iter().map(|own| (values(own.old), values(own.new))).collect();
        let text = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        assert_eq!(told, [text("", "2"), text("5", "6"), text("7", "")]);
        assert_eq!(differences(&old, &old), []);
        // Stated on two pages and then on one it is still stated; two things said of the same are told apart.
        assert_eq!(differences(&[row("a", "1", "1"), row("a", "1", "1")], &[row("a", "1", "1")]), []);
        let twice = [row("a", "1", "1"), row("a", "2", "2")];
        assert_eq!(differences(&twice, &[row("a", "3", "3"), row("a", "2", "2")]).len(), 1);
        assert_eq!(differences(&[], &[row("a", "", "20+8"), row("a", "", "20+9")]).len(), 2);
    }
}
