//! Which paragraphs with an ordinal are items of a list, and how deep: only complete runs from the first on are lists.

use super::look::ordinal::{Kind, Ordinal};

/// What a paragraph with an ordinal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// An item at a depth from 0; `fresh` if its list begins with it.
    Item { depth: u8, fresh: bool },
    /// It begins with an ordinal whose list is not complete.
    Broken,
}

/// The deepest list.
const DEEPEST: usize = 6;

/// A list that is open.
struct Open {
    kind: Kind,
    last: u32,
    /// The entries of its items.
    items: Vec<usize>,
}

/// What each paragraph is, by its ordinal; none for paragraphs without one. Items stand right behind one another; a
/// list inside an item begins at its first number.
pub(crate) fn entries(ordinals: &[Option<Ordinal>]) -> Vec<Option<Entry>> {
    let mut entries: Vec<Option<Entry>> = vec![None; ordinals.len()];
    let mut open: Vec<Open> = vec![];
    for (index, ordinal) in ordinals.iter().enumerate() {
        let Some(Ordinal { kind, number, .. }) = *ordinal else {
            close(&mut open, 0, &mut entries);
            continue;
        };
        let is_next = |list: &Open| list.kind == kind && (kind == Kind::Bullet || number == list.last + 1);
        if let Some(depth) = open.iter().rposition(is_next) {
            close(&mut open, depth + 1, &mut entries);
            if let Some(list) = open.last_mut() {
                list.last = number;
                list.items.push(index);
            }
            entries[index] = Some(Entry::Item { depth: depth as u8, fresh: false });
        } else if number <= 1 {
            // The same kind again from one is a new list in place of the old.
            let depth = open.iter().position(|list| list.kind == kind).unwrap_or(open.len()).min(DEEPEST);
            close(&mut open, depth, &mut entries);
            open.push(Open { kind, last: number, items: vec![index] });
            entries[index] = Some(Entry::Item { depth: depth as u8, fresh: true });
        } else {
            // 1, 2, 4: the items before the gap are not complete either.
            let same = open.iter().filter(|list| list.kind == kind).flat_map(|list| &list.items);
            let before: Vec<usize> = same.copied().chain([index]).collect();
            // A lonely b) behind other text may go on with anything; 三是 needs what comes before it.
            let told = before.len() > 1 || matches!(kind, Kind::Clause | Kind::Nth);
            close(&mut open, 0, &mut entries);
            before.into_iter().filter(|_| told).for_each(|index| entries[index] = Some(Entry::Broken));
        }
    }
    close(&mut open, 0, &mut entries);
    settle(&mut entries);
    entries
}

/// Ends the lists from a depth on; one item alone is no list, unless it has a bullet.
fn close(open: &mut Vec<Open>, depth: usize, entries: &mut [Option<Entry>]) {
    for list in open.drain(depth.min(open.len())..) {
        if let ([index], false) = (list.items.as_slice(), list.kind == Kind::Bullet) {
            // A lonely 一是 lacks what must follow; a lonely 1. or ① may be anything.
            entries[*index] = matches!(list.kind, Kind::Clause | Kind::Nth).then_some(Entry::Broken);
        }
    }
}

/// What hung below an item that is none moves up, all of one list together.
fn settle(entries: &mut [Option<Entry>]) {
    let mut above: Vec<u8> = vec![];
    for entry in entries {
        let Some(Entry::Item { depth, .. }) = entry else {
            above.clear();
            continue;
        };
        above.retain(|other| *other < *depth);
        above.push(*depth);
        *depth = above.len() as u8 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::look::ordinal::ordinal;

    fn read(texts: &[&str]) -> String {
        let ordinals: Vec<_> = texts.iter().map(|text| ordinal(text)).collect();
        let shown = |entry: Option<Entry>| match entry {
            None => "-".to_owned(),
            Some(Entry::Broken) => "?".to_owned(),
            Some(Entry::Item { depth, fresh }) => format!("{depth}{}", if fresh { "*" } else { "" }),
        };
        entries(&ordinals).into_iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn complete_runs_are_lists() {
        assert_eq!(read(&["一是甲。", "二是乙。", "文字", "1. a", "2. b", "1. c", "2. d"]), "0* 0 - 0* 0 0* 0");
        assert_eq!(read(&["1. a", "（1）b", "（2）c", "2. d", "• e", "• f"]), "0* 1* 1 0 1* 1");
        assert_eq!(read(&["（1）a", "1. b", "2. c", "• d", "3. e"]), "- 0* 0 1* 0");
        assert_eq!(read(&["一是甲。", "三是丙。"]), "? ?");
        assert_eq!(read(&["三是甲。", "1. a", "• b"]), "? - 0*");
        assert_eq!(read(&["一是甲。", "二是乙。", "四是丁。"]), "? ? ?");
    }
}
