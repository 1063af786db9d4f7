//! How figures of one indicator went over time: a line for each whose figures are many enough.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::chart::{is_certain, is_number};
use super::{Kind, Point};

/// So many dated figures make a course; fewer are read from a table at a glance.
const FIGURES: usize = 4;

/// How many times the usual distance between two figures may be for a line to join them.
const SKIPPED: f64 = 1.5;

/// The figures of one subject in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Its known figures, from the earliest to the latest.
    pub places: Vec<Place>,
    /// Which of them a line joins with the next one.
    pub joined: Vec<usize>,
}

/// Where a figure stands, in shares of the width and the height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Which of the given points it is.
    pub point: usize,
    /// When, from 0 for the earliest time of all courses to 1 for the latest.
    pub at: f64,
    /// Its lower end, from 0 for the lowest number of its own course to 1 for the highest.
    pub low: f64,
    /// Its upper end; the same but for a range.
    pub high: f64,
    /// It is less certain than it looks: about, or a bound.
    pub hollow: bool,
}

/// A figure with its time in years and, if it is known, its ends.
struct Dated {
    point: usize,
    span: (f64, f64),
    ends: Option<(Decimal, Decimal)>,
}

/// The courses of figures of an indicator of this kind, each given as the points of one subject and one definition; none for
/// those with fewer than four known figures whose time is stated. All have one axis of time.
pub fn courses(kind: Kind, lines: &[Vec<Point<'_>>]) -> Vec<Option<Course>> {
    let dated: Vec<Option<Vec<Dated>>> = lines.iter().map(|points| dated(kind, points)).collect();
    let times = || dated.iter().flatten().flatten().filter(|own| own.ends.is_some()).map(Dated::middle);
    let (start, end) = (times().fold(f64::MAX, f64::min), times().fold(f64::MIN, f64::max));
    let course = |(points, dated): (&Vec<Point<'_>>, Option<Vec<Dated>>)| Some(course(points, &dated?, start, end));
    lines.iter().zip(dated).map(course).collect()
}

impl Dated {
    fn middle(&self) -> f64 {
        f64::midpoint(self.span.0, self.span.1)
    }

    /// Its length in days or so, to be compared; months are of one length.
    fn length(&self) -> u32 {
        ((self.span.1 - self.span.0) * 372.0).round() as u32
    }
}

/// The figures that have a place in time, in its order; none if too few are known. What is there at a date is there at the end
/// of a year. Anything else holds for a whole time, and can only be compared over times of one length: the most frequent one.
fn dated(kind: Kind, points: &[Point<'_>]) -> Option<Vec<Dated>> {
    if !kind.is_measure() {
        return None;
    }
    let dated = |(at, point): (usize, &Point<'_>)| {
        let (start, end) = point.period?.span()?;
        let span = if kind == Kind::Stock { (end, end) } else { (start, end) };
        Some(Dated { point: at, span, ends: point.value.quantity().and_then(|own| own.ends()) })
    };
    let mut all: Vec<Dated> = points.iter().enumerate().filter_map(dated).collect();
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    all.iter().filter(|own| own.ends.is_some()).for_each(|own| *counts.entry(own.length()).or_default() += 1);
    let usual = counts.into_iter().max_by_key(|(length, count)| (*count, *length))?.0;
    all.retain(|own| own.length() == usual);
    let says_more = |one: &Dated, other: &Dated| {
        let quantity = |own: &Dated| points[own.point].value.quantity().filter(|_| own.ends.is_some());
        match (quantity(one), quantity(other)) {
            (Some(one), Some(other)) => one.says_more(other),
            (one, _) => one.is_some(),
        }
    };
    all.sort_by(|one, other| one.middle().total_cmp(&other.middle()));
    // Several statements about one time agree, or are an error already.
    all.dedup_by(|later, first| {
        let same = later.length() == first.length() && (later.middle() - first.middle()).abs() < 1e-6;
        if same && says_more(later, first) {
            std::mem::swap(later, first);
        }
        same
    });
    (all.iter().filter(|own| own.ends.is_some()).count() >= FIGURES).then_some(all)
}

fn course(points: &[Point<'_>], dated: &[Dated], start: f64, end: f64) -> Course {
    let known: Vec<(&Dated, (Decimal, Decimal))> = dated.iter().filter_map(|own| Some((own, own.ends?))).collect();
    let lowest = known.iter().map(|(_, (low, _))| *low).min().unwrap_or_default();
    let highest = known.iter().map(|(_, (_, high))| *high).max().unwrap_or_default();
    let height = |value: Decimal| {
        let share = value.checked_sub(lowest)?.checked_div(highest.checked_sub(lowest)?)?;
        share.to_f64()
    };
    let place = |(own, (low, high)): &(&Dated, (Decimal, Decimal))| Place {
        point: own.point,
        at: if end > start { (own.middle() - start) / (end - start) } else { 0.5 },
        // Figures that are all the same are a line in the middle.
        low: height(*low).unwrap_or(0.5),
        high: height(*high).unwrap_or(0.5),
        hollow: !is_certain(&points[own.point]),
    };
    let mut steps: Vec<f64> = dated.windows(2).map(|two| two[1].middle() - two[0].middle()).collect();
    steps.sort_by(f64::total_cmp);
    let usual = steps.get((steps.len().max(1) - 1) / 2).copied().unwrap_or_default();
    let number = |own: &Dated| own.ends.is_some_and(|ends| is_number(&points[own.point], ends));
    let joins = |two: &[Dated]| two.iter().all(number) && two[1].middle() - two[0].middle() <= usual * SKIPPED;
    let mut joined = vec![];
    let mut before = 0;
    for two in dated.windows(2) {
        if joins(two) {
            joined.push(before);
        }
        before += usize::from(two[0].ends.is_some());
    }
    Course { places: known.iter().map(place).collect(), joined }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Period, Units, Value, read_period, read_value};

    /// The courses of lines, whose figures have their period behind an `@`: places in hundredths, and what is joined.
    fn of(kind: Kind, lines: &[&[&str]]) -> Vec<Option<(Vec<Drawn>, Vec<usize>)>> {
        let units = Units::default();
        let unit = units.get("count");
        let read = |written: &&str| {
            let (value, period) = written.split_once('@').unwrap();
            (read_value(value, kind, unit, &units).unwrap(), read_period(period).unwrap())
        };
        let read: Vec<Vec<(Value, Period)>> = lines.iter().map(|line| line.iter().map(read).collect()).collect();
        let point = |(value, period)| Point { value, period: Some(period), variant: "" };
        let points: Vec<Vec<Point<'_>>> =
            read.iter().map(|line| line.iter().map(|(value, period)| point((value, period))).collect()).collect();
        let round = |share: f64| (share * 100.0).round() as u32;
        let drawn = |own: &Place| (own.point, round(own.at), round(own.low), round(own.high), own.hollow);
        let course = |own: Course| (own.places.iter().map(drawn).collect(), own.joined);
        courses(kind, &points).into_iter().map(|own| own.map(course)).collect()
    }

    /// Which figure, when, its lower and upper end, and whether it is hollow.
    type Drawn = (usize, u32, u32, u32, bool);

    #[test]
    fn four_dated_figures_are_a_line_from_its_lowest_to_its_highest() {
        let line = ["30@2022", "10@2020", "20@2021", "约50@2023", "99@not stated"];
        let places =
            vec![(1, 0, 0, 0, false), (2, 33, 25, 25, false), (0, 67, 50, 50, false), (3, 100, 100, 100, true)];
        assert_eq!(of(Kind::Flow, &[&line, &line[..3]]), [Some((places, vec![0, 1, 2])), None]);
        let same = of(Kind::Flow, &[&["5@2020", "5@2021", "5@2022", "5@2023"]]).remove(0).unwrap();
        assert!(same.0.iter().all(|place| place.2 == 50), "{same:?}");
    }

    #[test]
    fn a_line_breaks_at_what_is_missing_skipped_or_no_number() {
        let years =
            ["1@2016", "2@2017", "not stated@2018", "3@2019", "more than 4@2020", "5–6@2021", "7@2022", "8@2023"];
        let (places, joined) = of(Kind::Stock, &[&years]).remove(0).unwrap();
        assert_eq!(places.iter().map(|place| place.0).collect::<Vec<_>>(), [0, 1, 3, 4, 5, 6, 7]);
        assert_eq!((places[4].2, places[4].3, joined), (57, 71, vec![0, 5]));
        let (_, joined) = of(Kind::Stock, &[&["1@2010", "2@2011", "3@2015", "4@2016"]]).remove(0).unwrap();
        assert_eq!(joined, [0, 2]);
    }

    #[test]
    fn all_have_one_axis_and_flows_one_length_of_time() {
        let (one, other) = (["1@2010", "2@2011", "3@2012", "4@2013"], ["1@2017", "2@2018", "3@2019", "4@2020"]);
        let both = of(Kind::Stock, &[&one, &other]);
        let across =
            |own: &Option<(Vec<Drawn>, _)>| own.as_ref().unwrap().0.iter().map(|place| place.1).collect::<Vec<_>>();
        assert_eq!((across(&both[0]), across(&both[1])), (vec![0, 10, 20, 30], vec![70, 80, 90, 100]));
        let mixed = ["1@2020", "2@2021", "3@2022", "4@2023", "2@2023-01/2023-06", "1@2023-05"];
        let (places, _) = of(Kind::Flow, &[&mixed]).remove(0).unwrap();
        assert_eq!(places.len(), 4);
        let months =
            ["1@2023-01-01/2023-03-31", "2@2023-04/2023-06", "3@2023-07-01/2023-09-30", "4@2023-10-01/2023-12-31"];
        let gaps = ["未说明@2022-01", "未说明@2022-02", "未说明@2022-03", "未说明@2022-04", "未说明@2022-05"];
        let both: Vec<&str> = months.into_iter().chain(gaps).collect();
        assert_eq!(of(Kind::Flow, &[&both]).remove(0).unwrap().1, [0, 1, 2]);
        let (places, _) = of(Kind::Stock, &[&["1@2020", "4@2023", "3@2023-11", "2@2021-06-30"]]).remove(0).unwrap();
        assert_eq!(places.iter().map(|place| place.0).collect::<Vec<_>>(), [0, 3, 2, 1]);
        // The same time twice is one place; of two statements that says more goes first, and a missing one last.
        let more = ["more than 5@2020", "6@2020", "7@2021", "8@2022", "9@2023"];
        assert_eq!(of(Kind::Flow, &[&more]).remove(0).unwrap().0[0].0, 1);
        let twice = ["1@2020", "not stated@2021", "2@2021", "2@2021", "3@2022"];
        assert_eq!(of(Kind::Flow, &[&twice]), [None]);
        assert!(of(Kind::Label, &[]).is_empty());
    }
}
