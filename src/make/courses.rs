//! What is drawn of figures over time: a line for each subject and definition that has enough of them.

use std::collections::HashMap;

use serde::Serialize;

use super::comparison::{Stated, said};
use super::here::{Here, Subject};
use crate::fact::{Course, Kind, Place, courses};
use crate::site::{Fact, Page};

/// The figures of a subject in the order of time; places are percentages of the width and the height, from the top.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct CourseView {
    subject: Option<Subject>,
    variant: Option<String>,
    first: Stated,
    last: Stated,
    dots: Vec<DotView>,
    lines: Vec<LineView>,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct DotView {
    x: String,
    y: String,
    /// The lower end of a range.
    low: Option<String>,
    hollow: bool,
}

#[derive(Debug, Clone, Hash, Serialize)]
struct LineView {
    x1: String,
    y1: String,
    x2: String,
    y2: String,
}

impl CourseView {
    /// Whether any of its marks is hollow.
    pub(super) fn is_hollow(&self) -> bool {
        self.dots.iter().any(|dot| dot.hollow)
    }
}

/// A fact with the number of the term that it is about, and the page that states it.
pub(super) type Stating<'s> = (Option<usize>, &'s Page, &'s Fact);

/// The courses of facts of an indicator of this kind, each with the number of the term that it is about, in the order in which
/// their subjects come first.
pub(super) fn of(here: &Here<'_>, kind: Kind, stated: &[Stating<'_>]) -> Vec<CourseView> {
    let mut places = HashMap::new();
    let mut groups: Vec<Vec<Stating<'_>>> = vec![];
    for own in stated {
        let place = *places.entry((own.0, own.2.variant.as_deref())).or_insert(groups.len());
        groups.resize(groups.len().max(place + 1), vec![]);
        groups[place].push(*own);
    }
    let lines: Vec<_> = groups.iter().map(|group| group.iter().map(|own| own.2.point()).collect()).collect();
    let taxonomy = here.site.config.subjects();
    let view = |(group, course): (&Vec<Stating<'_>>, Option<Course>)| {
        let course = course?;
        let said = |place: Option<&Place>| place.map(|place| said(here, group[place.point].1, group[place.point].2));
        let subject = taxonomy.zip(group.first()?.0).map(|(taxonomy, term)| here.subject(taxonomy, term));
        Some(CourseView {
            subject,
            variant: group.first()?.2.variant.clone(),
            first: said(course.places.first())?,
            last: said(course.places.last())?,
            dots: course.places.iter().map(dot).collect(),
            lines: course.joined.iter().map(|at| line(&course.places[*at], &course.places[at + 1])).collect(),
        })
    };
    groups.iter().zip(courses(kind, &lines)).filter_map(view).collect()
}

fn dot(place: &Place) -> DotView {
    let low = (place.low < place.high).then(|| percent(1.0 - place.low));
    DotView { x: percent(place.at), y: percent(1.0 - place.high), low, hollow: place.hollow }
}

fn line(from: &Place, to: &Place) -> LineView {
    LineView { x1: percent(from.at), y1: percent(1.0 - from.high), x2: percent(to.at), y2: percent(1.0 - to.high) }
}

/// A share as a percentage for a drawing: `33.33%`.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", (share * 10_000.0).round() / 100.0)
}
