//! How figures of one indicator are drawn beside each other: only what is alike is compared by length.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{Kind, Period, Qualifier, Units, Value};

/// A figure among those that are drawn together.
#[derive(Debug, Clone, Copy)]
pub struct Point<'f> {
    /// What is stated.
    pub value: &'f Value,
    /// When it held.
    pub period: Option<&'f Period>,
    /// Which definition it follows; empty for the only one.
    pub variant: &'f str,
}

/// The form of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lengths from zero: alike amounts.
    Bars,
    /// Parts of a hundred: alike percentages.
    Strips,
    /// One mark a thing: alike small counts of what is there, on a line with room for [`THINGS`].
    Things,
    /// Places on a line: what is not alike or not exact, and what has no length.
    Dots,
}

/// Why there is no chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoChart {
    /// Names, versions, dates and prices have no lengths.
    Names,
    /// Fewer than two figures are known, or all of them are nothing.
    Single,
    /// They follow different definitions or have units that cannot be compared.
    Definitions,
}

/// What is drawn for one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Where it begins and ends on the chart's line, from 0 to 1; the same place twice for a dot.
    pub from: f64,
    /// See `from`.
    pub to: f64,
    /// It is less certain than it looks: about, a bound, or of a time that is not stated.
    pub hollow: bool,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its form.
    pub form: Form,
    /// All figures are of the same time, and none is a bound or a range.
    pub alike: bool,
    /// Where zero is on the chart's line.
    pub zero: f64,
    /// What is drawn for each figure, in their order; none where no value is known.
    pub marks: Vec<Option<Mark>>,
}

/// So many things at most are drawn one by one.
pub const THINGS: u32 = 40;

/// The chart of figures of an indicator of this kind, or why there is none.
///
/// # Errors
/// See [`NoChart`].
pub fn chart(kind: Kind, points: &[Point<'_>]) -> Result<Chart, NoChart> {
    if points.len() < 2 {
        return Err(NoChart::Single);
    }
    if !kind.is_measure() {
        return Err(NoChart::Names);
    }
    let ends: Vec<_> = points.iter().map(|point| point.value.quantity()?.ends()).collect();
    let known: Vec<_> = points.iter().zip(&ends).filter_map(|(point, ends)| Some((point, (*ends)?))).collect();
    let [(first, _), others @ ..] = known.as_slice() else { return Err(NoChart::Single) };
    if others.is_empty() {
        return Err(NoChart::Single);
    }
    let dimension = |point: &Point<'_>| point.value.quantity().map(|own| own.unit.dimension().to_owned());
    if others.iter().any(|(other, _)| other.variant != first.variant || dimension(other) != dimension(first)) {
        return Err(NoChart::Definitions);
    }
    let alike = is_alike(&known);
    let form = match alike {
        true => lengths(kind, &known, dimension(first).as_deref() == Some(Units::PERCENT)),
        false => Form::Dots,
    };
    let lowest = known.iter().map(|(_, (low, _))| *low).min().unwrap_or_default().min(Decimal::ZERO);
    let highest = known.iter().map(|(_, (_, high))| *high).max().unwrap_or_default().max(Decimal::ZERO);
    let highest = match form {
        Form::Strips => Decimal::ONE_HUNDRED,
        Form::Things => THINGS.into(),
        _ => highest,
    };
    if lowest == highest {
        return Err(NoChart::Single);
    }
    let place = |value: Decimal| {
        let share = value.checked_sub(lowest)?.checked_div(highest.checked_sub(lowest)?)?;
        share.to_f64()
    };
    let mark = |(point, ends): (&Point<'_>, &Option<(Decimal, Decimal)>)| {
        let (low, high) = (*ends)?;
        let from = if form == Form::Dots { place(low)? } else { 0.0 };
        Some(Mark { from, to: place(high)?, hollow: !is_certain(point) })
    };
    let zero = place(Decimal::ZERO).unwrap_or_default();
    Ok(Chart { form, alike, zero, marks: points.iter().zip(&ends).map(mark).collect() })
}

/// A figure that is known, with its lower and upper number.
type Known<'k, 'f> = (&'k Point<'f>, (Decimal, Decimal));

/// Whether all are numbers of the same time, of which both ends are known.
fn is_alike(known: &[Known<'_, '_>]) -> bool {
    let period = known[0].0.period;
    matches!(period, Some(Period::In(_) | Period::Between(..)))
        && known.iter().all(|(point, ends)| point.period == period && is_number(point, *ends))
}

/// Whether a figure with these ends is one number, known or nearly so: no bound and no range.
pub(super) fn is_number(point: &Point<'_>, (low, high): (Decimal, Decimal)) -> bool {
    let qualifier = point.value.quantity().map(|own| own.qualifier);
    low == high && matches!(qualifier, Some(Qualifier::Exact | Qualifier::About | Qualifier::Nearly))
}

/// The form of figures that are alike.
fn lengths(kind: Kind, known: &[Known<'_, '_>], percent: bool) -> Form {
    let few = |(point, (_, high)): &Known<'_, '_>| {
        let count = point.value.quantity().is_some_and(|own| own.unit.is_count());
        count && is_certain(point) && high.is_integer() && *high <= THINGS.into()
    };
    let within = |most: Decimal| known.iter().all(|(_, (low, high))| *low >= Decimal::ZERO && *high <= most);
    match kind {
        _ if !within(Decimal::MAX) => Form::Dots,
        Kind::Ratio if percent && within(Decimal::ONE_HUNDRED) => Form::Strips,
        Kind::Ratio => Form::Dots,
        Kind::Stock if known.iter().all(few) => Form::Things,
        _ => Form::Bars,
    }
}

/// Whether it is as certain as it looks.
pub(super) fn is_certain(point: &Point<'_>) -> bool {
    let dated = point.period.is_some_and(|period| *period != Period::NotStated);
    dated && point.value.quantity().is_some_and(|own| own.qualifier == Qualifier::Exact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{read_period, read_value};

    /// The chart of values, each with its period behind an `@`, and its variant behind a `#`.
    fn of(kind: Kind, unit: &str, written: &[&str]) -> Result<Chart, NoChart> {
        let units = Units::default();
        let read = |written: &&str| {
            let (rest, variant) = written.split_once('#').unwrap_or((written, ""));
            let (value, period) = rest.split_once('@').map_or((rest, None), |(value, period)| (value, Some(period)));
            let value = read_value(value, kind, units.get(unit), &units).unwrap();
            (value, period.map(|period| read_period(period).unwrap()), variant.to_owned())
        };
        let read: Vec<_> = written.iter().map(read).collect();
        let point =
            |(value, period, variant): &'_ (Value, Option<Period>, String)| (value.clone(), *period, variant.clone());
        let owned: Vec<_> = read.iter().map(point).collect();
        let points: Vec<Point<'_>> =
            owned.iter().map(|(value, period, variant)| Point { value, period: period.as_ref(), variant }).collect();
        chart(kind, &points)
    }

    /// From where to where in thousandths, and whether it is hollow.
    type Drawn = Option<(u32, u32, bool)>;

    fn drawn(chart: Result<Chart, NoChart>) -> (Form, Vec<Drawn>) {
        let chart = chart.unwrap();
        let round = |place: f64| (place * 1000.0).round() as u32;
        let marks = chart.marks.iter().map(|mark| mark.map(|mark| (round(mark.from), round(mark.to), mark.hollow)));
        (chart.form, marks.collect())
    }

    #[test]
    fn alike_amounts_are_bars_from_zero() {
        let bars = drawn(of(Kind::Flow, "CNY", &["1880.49亿元@2022", "940.245亿元@2022", "not stated@2022"]));
        assert_eq!(bars, (Form::Bars, vec![Some((0, 1000, false)), Some((0, 500, false)), None]));
        let about = drawn(of(Kind::Flow, "count", &["约100@2022", "50@2022"]));
        assert_eq!(about, (Form::Bars, vec![Some((0, 1000, true)), Some((0, 500, false))]));
    }

    #[test]
    fn small_counts_are_one_mark_a_thing_and_shares_parts_of_a_hundred() {
        let things = drawn(of(Kind::Stock, "count", &["34@2023", "8@2023"]));
        assert_eq!(things, (Form::Things, vec![Some((0, 850, false)), Some((0, 200, false))]));
        assert_eq!(drawn(of(Kind::Stock, "count", &["41@2023", "8@2023"])).0, Form::Bars);
        assert_eq!(drawn(of(Kind::Flow, "count", &["4@2023", "8@2023"])).0, Form::Bars);
        let strips = drawn(of(Kind::Ratio, "percent", &["94.9%@2022", "49%@2022"]));
        assert_eq!(strips, (Form::Strips, vec![Some((0, 949, false)), Some((0, 490, false))]));
        assert_eq!(drawn(of(Kind::Ratio, "percent", &["120%@2022", "49%@2022"])).0, Form::Dots);
    }

    #[test]
    fn what_is_not_alike_is_dots() {
        let years = drawn(of(Kind::Flow, "CNY", &["100亿元@2022", "50亿元@2023", "25亿元@not stated"]));
        let dots = vec![Some((1000, 1000, false)), Some((500, 500, false)), Some((250, 250, true))];
        assert_eq!(years, (Form::Dots, dots));
        let bounds = drawn(of(Kind::Flow, "count", &["more than 110@2023", "20–55@2023"]));
        assert_eq!(bounds, (Form::Dots, vec![Some((1000, 1000, true)), Some((182, 500, false))]));
        // Of these it is not known whether they are as long.
        assert_eq!(drawn(of(Kind::Flow, "count", &["100@/2023-11", "50@/2023-11"])).0, Form::Dots);
        // What is below zero has no length, though all are of one year.
        let chart = of(Kind::Flow, "CNY", &["-5亿元@2022", "15亿元@2022"]).unwrap();
        assert_eq!((chart.form, chart.alike, chart.zero), (Form::Dots, true, 0.25));
        assert!(!of(Kind::Flow, "count", &["more than 5@2022", "15@2022"]).unwrap().alike);
        // No period is as good as an unknown one.
        assert_eq!(drawn(of(Kind::Ratio, "percent", &["94.9%", "49%"])).0, Form::Dots);
    }

    #[test]
    fn what_cannot_be_compared_is_not_drawn() {
        assert_eq!(of(Kind::Flow, "CNY", &["1亿元@2022", "not stated@2022"]), Err(NoChart::Single));
        assert_eq!(of(Kind::Flow, "CNY", &[]), Err(NoChart::Single));
        assert_eq!(of(Kind::Label, "count", &["20+8"]), Err(NoChart::Single));
        assert_eq!(of(Kind::Label, "count", &["20+8", "7+3"]), Err(NoChart::Names));
        assert_eq!(of(Kind::Flow, "CNY", &["1亿元@2022#new", "2亿元@2022"]), Err(NoChart::Definitions));
        assert_eq!(of(Kind::Flow, "count", &["0@2022", "0@2022"]), Err(NoChart::Single));
    }
}
