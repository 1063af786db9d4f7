//! Sequences inside one paragraph: 一是…二是…三是…, ①…②…, First, … Second, …; a list only if they are complete.

use super::look::ordinal::{Kind, ordinal};

/// Where a clause with an ordinal begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clause {
    /// The byte where its ordinal begins.
    pub(crate) at: usize,
    pub(crate) kind: Kind,
    pub(crate) number: u32,
}

/// What the ordinals inside a paragraph make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sequence {
    /// There are none, or too few to be a list.
    None,
    /// They run from one to the last; the bytes where the clauses begin.
    Complete(Vec<usize>),
    /// Some are missing, double or out of order.
    Broken,
}

impl Sequence {
    /// Where its first clause begins, if it is complete.
    pub(crate) fn first(&self) -> Option<usize> {
        if let Self::Complete(starts) = self { starts.first().copied() } else { None }
    }
}

/// Every clause of a text that begins with an ordinal of the kind that comes first.
pub(crate) fn clauses(text: &str) -> Vec<Clause> {
    let mut found: Vec<Clause> = vec![];
    let mut boundary = true;
    for (at, c) in text.char_indices() {
        let inline = matches!(c, '①'..='⑳' | '（' | '(');
        if (boundary || inline)
            && let Some(ordinal) = ordinal(text.get(at..).unwrap_or_default())
            && matches!(ordinal.kind, Kind::Clause | Kind::Nth | Kind::Circled | Kind::DigitInBrackets)
            && found.first().is_none_or(|first| first.kind == ordinal.kind)
        {
            found.push(Clause { at, kind: ordinal.kind, number: ordinal.number });
        }
        boundary = matches!(c, '。' | '；' | '：' | '！' | '？' | '，' | ';' | ':' | '.' | '!' | '?' | ',')
            || boundary && (c.is_whitespace() || matches!(c, '”' | '’' | '）' | ')' | '"' | '」'));
    }
    found
}

/// What a paragraph's clauses make of it.
pub(crate) fn sequence(text: &str) -> Sequence {
    let found = clauses(text);
    let Some(first) = found.first() else { return Sequence::None };
    let complete = found.iter().zip(1..).all(|(clause, number)| clause.number == number);
    match (complete, found.len()) {
        (true, 2..) => Sequence::Complete(found.iter().map(|clause| clause.at).collect()),
        // What stands in front may go on in the next paragraph.
        (_, 1) if first.at == 0 => Sequence::None,
        // A lonely （3） or ① refers to something.
        _ if first.kind == Kind::Clause || found.len() > 1 && first.number == 1 => Sequence::Broken,
        _ => Sequence::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complete_sequences_are_lists() {
        for (text, starts) in [
            ("坚持创新。一是甲。二是乙；三是丙。", vec![15, 27, 39]),
            ("一是甲，二是乙。", vec![0, 12]),
            ("要点：①甲；②乙。", vec![9, 18]),
            ("第一，甲。第二，乙。", vec![0, 15]),
            ("We did two things. First, a. Second, b.", vec![19, 29]),
        ] {
            assert_eq!(sequence(text), Sequence::Complete(starts), "{text}");
        }
    }

    #[test]
    fn incomplete_ones_are_not() {
        for text in ["一是甲。三是丙。", "三是甲。一是乙。二是丙。", "创新。一是甲。", "二是甲。二是乙。"]
        {
            assert_eq!(sequence(text), Sequence::Broken, "{text}");
        }
        for text in ["一是甲。", "统一是好事。", "见（3）和（5）。", "这二是对的", "", "第一季度，第二季度"]
        {
            assert_eq!(sequence(text), Sequence::None, "{text}");
        }
    }
}
