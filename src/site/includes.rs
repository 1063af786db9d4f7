//! Texts of pages that stand in other pages: what cannot be included.

use std::sync::Arc;

use super::links::Target;
use super::{Page, PageId};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::markdown::LinkKind;
use crate::source::Span;

/// Complains of pages that include themselves, over others too, and of ids that would stand in one page twice.
pub(super) fn check(pages: &[Page], out: &mut Vec<Diagnostic>) {
    let edges: Vec<Vec<(PageId, Span)>> = pages.iter().map(included).collect();
    for page in pages.iter().filter(|page| page.fallback.is_none()) {
        let Some(document) = page.own_document() else { continue };
        for (to, span) in &edges[page.id.index()] {
            let place = Place::new(document.source.path(), *span);
            if reaches(&edges, *to, page.id) {
                let message = "the page includes itself";
                out.push(
                    Diagnostic::error(Code::Component, place, message)
                        .hint("put the shared text into a page of its own"),
                );
            } else if let Some(id) = shared_id(page, &pages[to.index()]) {
                let message = format!("both pages have the id `{id}`");
                let hint = "give the heading another id with `{#id}`, or include a text without it";
                out.push(Diagnostic::error(Code::DuplicateId, place, message).hint(hint));
            }
        }
    }
}

fn included(page: &Page) -> Vec<(PageId, Span)> {
    let Some(document) = &page.document else { return vec![] };
    let pairs = document.body.links.iter().zip(&page.links).filter(|(link, _)| link.kind == LinkKind::Include);
    let page_of = |target: &Target| match target {
        Target::Page(to, _) => Some(*to),
        _ => None,
    };
    pairs.filter_map(|(link, target)| Some((page_of(target)?, link.span))).collect()
}

fn reaches(edges: &[Vec<(PageId, Span)>], from: PageId, to: PageId) -> bool {
    let mut seen = vec![false; edges.len()];
    let mut waiting = vec![from];
    while let Some(at) = waiting.pop() {
        if at == to {
            return true;
        }
        if !std::mem::replace(&mut seen[at.index()], true) {
            waiting.extend(edges[at.index()].iter().map(|(to, _)| *to));
        }
    }
    false
}

fn shared_id<'p>(one: &Page, other: &'p Page) -> Option<&'p Arc<str>> {
    let (one, other) = (one.document.as_ref()?, other.document.as_ref()?);
    other.body.ids.iter().find(|id| one.body.ids.binary_search(id).is_ok())
}
