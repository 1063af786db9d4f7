//! The table of contents of a page.

use std::sync::Arc;

use serde::Serialize;

use crate::markdown::Heading;

/// A heading with those below it.
#[derive(Debug, Hash, Serialize)]
pub(super) struct TocItem {
    id: Arc<str>,
    title: String,
    html: String,
    level: u8,
    ordinal: bool,
    children: Vec<TocItem>,
}

/// Headings as a tree: a heading is below the nearest one above it with a smaller level. The title is not among them.
pub(super) fn toc(headings: &[Heading], without_first: bool) -> Vec<TocItem> {
    let headings = &headings[usize::from(without_first).min(headings.len())..];
    let mut stack: Vec<TocItem> = vec![];
    let mut top: Vec<TocItem> = vec![];
    let close = |stack: &mut Vec<TocItem>, top: &mut Vec<TocItem>| {
        if let Some(done) = stack.pop() {
            match stack.last_mut() {
                Some(parent) => parent.children.push(done),
                None => top.push(done),
            }
        }
    };
    for heading in headings.iter().filter(|heading| heading.level <= 4) {
        while stack.last().is_some_and(|open| open.level >= heading.level) {
            close(&mut stack, &mut top);
        }
        stack.push(TocItem {
            id: heading.id.clone(),
            title: heading.text.clone(),
            html: heading.html().to_owned(),
            level: heading.level,
            // What the id leaves out is the ordinal in front.
            ordinal: !heading.aliases.is_empty(),
            children: vec![],
        });
    }
    while !stack.is_empty() {
        close(&mut stack, &mut top);
    }
    top
}
