//! What is drawn beside the figures of an indicator.

use serde::Serialize;

use super::courses::percent;
use crate::fact::{Form, Kind, Mark, NoChart, Point, THINGS, chart};
use crate::site::Fact;

/// The key of what the interface says of hollow marks.
pub(super) const HOLLOW: &str = "chart-hollow";

/// What is drawn for a figure; places and lengths are percentages of the width.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct MarkView {
    form: &'static str,
    from: String,
    to: String,
    length: String,
    zero: String,
    hollow: bool,
    /// Where each thing begins that is drawn one by one.
    things: Vec<String>,
}

/// The keys of what the interface says of the form in which these facts of an indicator of this kind are drawn, or of why
/// they are not, none for a single one; and what is drawn for each.
pub(super) fn of<'f>(kind: Kind, facts: impl Iterator<Item = &'f Fact>) -> (Vec<&'static str>, Vec<Option<MarkView>>) {
    let points: Vec<Point<'_>> = facts.map(Fact::point).collect();
    let none = |notes| (notes, vec![None; points.len()]);
    let chart = match chart(kind, &points) {
        Ok(chart) => chart,
        Err(NoChart::Names) => return none(vec!["chart-names"]),
        Err(NoChart::Single) => return none(vec![]),
        Err(NoChart::Definitions) => return none(vec!["chart-definitions"]),
    };
    let (form, key) = match chart.form {
        Form::Bars => ("bars", "chart-bars"),
        Form::Strips => ("strips", "chart-strips"),
        Form::Things => ("things", "chart-things"),
        Form::Dots => ("dots", "chart-dots"),
    };
    let hollow = chart.marks.iter().flatten().any(|mark| mark.hollow).then_some(HOLLOW);
    let unlike = (!chart.alike).then_some("chart-unlike");
    let marks = chart.marks.iter().map(|mark| mark.map(|mark| view(form, mark, chart.zero)));
    ([Some(key), unlike, hollow].into_iter().flatten().collect(), marks.collect())
}

fn view(form: &'static str, mark: Mark, zero: f64) -> MarkView {
    let count = if form == "things" { (mark.to * f64::from(THINGS)).round() as u32 } else { 0 };
    MarkView {
        form,
        from: percent(mark.from),
        to: percent(mark.to),
        length: percent(mark.to - mark.from),
        zero: percent(zero),
        hollow: mark.hollow,
        things: (0..count).map(|thing| percent(f64::from(thing) / f64::from(THINGS))).collect(),
    }
}
