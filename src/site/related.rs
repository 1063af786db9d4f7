//! Which pages are near a page: those that share its rarest terms.

use super::{Page, PageId, Site};

/// How many pages of one term are looked at around a page's own position, so that a term on every page stays cheap.
const WINDOW: usize = 40;

/// At most `most` pages that share terms with a page, the nearest first.
pub fn related(site: &Site, page: &Page, most: usize) -> Vec<PageId> {
    let mut scores: Vec<(PageId, f64)> = vec![];
    for (taxonomy, terms) in page.terms.iter().enumerate() {
        for term in terms {
            let pages = &site.terms(taxonomy, page.language).terms[*term].pages;
            let own = pages.iter().position(|id| *id == page.id).unwrap_or(0);
            let from = own.saturating_sub(WINDOW);
            // A term that few pages share says more than one that all have.
            let weight = 1.0 / (1.0 + (pages.len() as f64).ln());
            let near = pages.iter().skip(from).take(2 * WINDOW).filter(|id| **id != page.id);
            scores.extend(near.map(|id| (*id, weight)));
        }
    }
    scores.sort_by_key(|(id, _)| *id);
    scores.dedup_by(|next, sum| {
        let same = next.0 == sum.0;
        sum.1 += if same { next.1 } else { 0.0 };
        same
    });
    let nearer = |one: &(PageId, f64), other: &(PageId, f64)| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0));
    if scores.len() > most {
        scores.select_nth_unstable_by(most, nearer);
        scores.truncate(most);
    }
    scores.sort_unstable_by(nearer);
    scores.into_iter().map(|(id, _)| id).collect()
}
