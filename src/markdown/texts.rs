//! The running text of a body with its places: what an author could put a link around.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::Events;
use crate::source::Span;

/// The pieces of text that stand in the source as they are read: none of headings, links, images and code.
pub(super) fn of(events: Events<'_>) -> Vec<(&str, Span)> {
    let (text, mut events) = (events.text, events);
    let (mut all, mut inside) = (vec![], 0_usize);
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(tag) if is_closed(&tag) => inside += 1,
            Event::End(tag) if is_end_of_closed(tag) => inside = inside.saturating_sub(1),
            Event::Text(read) if inside == 0 => {
                let same = text.get(range.clone()).filter(|text| **text == *read);
                all.extend(same.map(|text| (text, events.span(range))));
            }
            _ => {}
        }
    }
    all
}

fn is_closed(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Heading { .. } | Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::MetadataBlock(_)
    )
}

fn is_end_of_closed(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Heading(_) | TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::MetadataBlock(_))
}
