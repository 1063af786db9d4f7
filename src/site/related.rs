//! Which pages are near a page: those that share its rarest terms.

use std::collections::BTreeMap;

use super::{Page, PageId, Site};

/// How many pages of one term are looked at around a page's own position, so that a term on every page stays cheap.
const WINDOW: usize = 40;

/// At most `most` pages that share terms with a page, the nearest first.
pub fn related(site: &Site, page: &Page, most: usize) -> Vec<PageId> {
    let mut scores: BTreeMap<PageId, f64> = BTreeMap::new();
    for (taxonomy, terms) in page.terms.iter().enumerate() {
        for term in terms {
            let pages = &site.terms(taxonomy, page.language).terms[*term].pages;
            let own = pages.iter().position(|id| *id == page.id).unwrap_or(0);
            let from = own.saturating_sub(WINDOW);
            // A term that few pages share says more than one that all have.
            let weight = 1.0 / (1.0 + (pages.len() as f64).ln());
            for other in pages.iter().skip(from).take(2 * WINDOW).filter(|id| **id != page.id) {
                *scores.entry(*other).or_default() += weight;
            }
        }
    }
    let mut near: Vec<(PageId, f64)> = scores.into_iter().collect();
    near.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    near.into_iter().take(most).map(|(id, _)| id).collect()
}
