//! Figures that a text asks for: of one indicator with marks, of several beside each other.

use std::collections::BTreeMap;

use serde::Serialize;

use super::comparison::{self, ComparisonView};
use super::figures::{self, IndicatorView};
use super::here::Here;
use crate::markdown::Component;
use crate::render::Shared;

#[derive(Serialize)]
struct AskedView {
    label: String,
    indicator: Option<IndicatorView>,
    comparison: Option<ComparisonView>,
}

/// What a component `facts` shows.
pub(super) fn shown(here: &Here<'_>, component: &Component, ui: &BTreeMap<String, String>) -> Shared {
    let asked = here.site.asked(component, here.language);
    let pages: Vec<_> = asked.indicators.iter().filter_map(|name| here.indicator(name)).collect();
    let titles: Vec<&str> = pages.iter().map(|page| page.title.as_str()).collect();
    let label = titles.join(" · ");
    let indicator = match pages.as_slice() {
        [only] => figures::table(here, only, asked.subjects.as_deref(), ui).map(IndicatorView::elsewhere),
        _ => None,
    };
    let comparison = indicator.is_none().then(|| comparison::of(here, &pages, asked.subjects)).flatten();
    Shared::of(&AskedView { label, indicator, comparison })
}
