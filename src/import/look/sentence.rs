//! Where sentences end, whether a line is cut, and whether it looks like a heading.

use crate::import::ink::{is_han, is_ink, width};

/// How a stretch of text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With the end of a sentence or the colon before a list.
    Closed,
    /// With a comma, an open bracket, or a quotation mark that is still open.
    Open,
    /// With a letter, a figure or a closing bracket: a heading ends so too.
    Unmarked,
}

/// How a text ends.
pub(crate) fn ending(text: &str) -> Ending {
    let mut balance = Balance::default();
    balance.push(text);
    balance.ending(text)
}

/// The marks that come in pairs.
const PAIRS: [(char, char); 6] = [('“', '”'), ('（', '）'), ('《', '》'), ('「', '」'), ('『', '』'), ('【', '】')];

/// Which marks that come in pairs are open, kept up as a paragraph grows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Balance {
    depth: [usize; PAIRS.len()],
    /// Whether one was closed before it was opened.
    stray: bool,
}

impl Balance {
    /// Reads on.
    pub(crate) fn push(&mut self, text: &str) {
        for c in text.chars() {
            for (depth, (open, close)) in self.depth.iter_mut().zip(PAIRS) {
                if c == open {
                    *depth += 1;
                } else if c == close {
                    self.stray |= *depth == 0;
                    *depth = depth.saturating_sub(1);
                }
            }
        }
    }

    /// How what was read ends; `last` is its last line.
    pub(crate) fn ending(&self, last: &str) -> Ending {
        let core = last.trim_end_matches(|c: char| !is_ink(c));
        let inner = core.trim_end_matches(CLOSERS);
        match inner.chars().next_back() {
            Some('。' | '！' | '？' | '；' | '：' | '…' | '.' | '!' | '?' | ';' | ':' | '．') => Ending::Closed,
            Some('，' | '、' | ',' | '（' | '(' | '“' | '‘' | '《' | '「' | '—') => Ending::Open,
            _ if self.depth.iter().any(|depth| *depth > 0) => Ending::Open,
            _ => Ending::Unmarked,
        }
    }
}

/// Marks that may stand behind the end of a sentence.
const CLOSERS: [char; 11] = ['”', '’', '」', '』', '）', ')', '】', '"', '\'', ']', '》'];

/// Whether a text ends with a closing mark: it may be whole without a full stop.
pub(crate) fn ends_with_closer(text: &str) -> bool {
    text.trim_end_matches(|c: char| !is_ink(c)).ends_with(CLOSERS)
}

/// Whether a mark that comes in pairs is opened and not closed.
pub(crate) fn unclosed(text: &str) -> bool {
    let mut balance = Balance::default();
    balance.push(text);
    balance.depth.iter().any(|depth| *depth > 0)
}

/// Whether a mark that comes in pairs is closed before it was opened.
pub(crate) fn unopened(text: &str) -> bool {
    let mut balance = Balance::default();
    balance.push(text);
    balance.stray
}

/// The byte behind the first sentence of a text (its closing marks included); none if no sentence ends in it.
pub(crate) fn first_end(text: &str) -> Option<usize> {
    ends(text).next()
}

/// The bytes behind which sentences of a text end.
pub(crate) fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().filter_map(move |(at, c)| {
        let after = at + c.len_utf8();
        let rest = text.get(after..)?;
        match c {
            '。' | '！' | '？' | '；' => {}
            // A point between figures, or in an abbreviation, ends nothing: white space must follow.
            '.' | '!' | '?' | ';' if rest.is_empty() || rest.starts_with(char::is_whitespace) => {}
            _ => return None,
        }
        let closers = rest.len() - rest.trim_start_matches(['”', '’', '」', '』', '）', ')', '"']).len();
        Some(after + closers)
    })
}

/// Whether a line looks like a heading by its words alone: short, no sentence in it, no open pair, not a bare figure.
pub(crate) fn is_heading_like(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && width(text) <= 72
        && ending(text) == Ending::Unmarked
        && !unopened(text)
        && first_end(text).is_none()
        && text.chars().filter(|c| matches!(c, '，' | ',')).count() <= 1
        && !text.chars().any(|c| matches!(c, '\t' | '|'))
        && (text.chars().any(is_han) || starts_large(text))
}

/// Whether an English line is written as titles are: most words of some length begin with a capital.
fn starts_large(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().count() > 3).collect();
    let large = words.iter().filter(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())).count();
    text.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && large * 2 >= words.len()
}

/// Whether a paragraph begins in the middle of a sentence: with punctuation, with a closing mark that nothing opened,
/// with a syllable that only ends words, with a small letter, or with one lonely character before a figure.
pub(crate) fn is_orphan(text: &str) -> bool {
    let mut chars = text.chars().filter(|c| is_ink(*c));
    let (Some(first), second) = (chars.next(), chars.next()) else { return false };
    if matches!(first, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '”' | '）' | '》' | ',' | ';' | ')')
    {
        return true;
    }
    let sentence = text.get(..first_end(text).unwrap_or(text.len())).unwrap_or(text);
    if unopened(sentence) {
        return true;
    }
    if matches!(first, '的' | '了' | '着' | '们' | '吗' | '呢' | '吧' | '化') {
        return true;
    }
    if first.is_ascii_lowercase() && first_end(text).is_some() {
        return true;
    }
    let figure = second.is_some_and(|c| c.is_ascii_digit());
    is_han(first) && figure && !"在至于近约超逾达共有到从自以第每前后仅按比为与和及计如早截".contains(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_told_apart() {
        assert_eq!(ending("提出目标。”"), Ending::Closed);
        assert_eq!(ending("实施“双百"), Ending::Open);
        assert_eq!(ending("支持企业、"), Ending::Open);
        assert_eq!(ending("支持龙头企"), Ending::Unmarked);
        assert_eq!(ending("It ends here.\u{3000}"), Ending::Closed);
    }

    #[test]
    fn headings_look_like_headings() {
        for text in ["建设科创中心", "打造“六个一流”体系", "The Soil, Made Better", "基础研究（2023年）"]
        {
            assert!(is_heading_like(text), "{text}");
        }
        for text in [
            "它完成了。",
            "疏浚“源头”。深化企业",
            "聚焦“当好国家队、提",
            "12",
            "it goes on without",
            "a\tb",
            "甲，乙，丙，丁",
        ] {
            assert!(!is_heading_like(text), "{text}");
        }
    }

    #[test]
    fn a_start_that_is_lost_is_seen() {
        for text in
            ["室1家，全市达到9家。", "强国”的目标，推进行动。", "，并且", "化改革，开展试点。", "went on for years."]
        {
            assert!(is_orphan(text), "{text}");
        }
        for text in ["近10年来。", "“源头”活水。", "全市达到9家。", "2023年。", ""] {
            assert!(!is_orphan(text), "{text}");
        }
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(ends("一。二！”三").collect::<Vec<_>>(), [6, 15]);
        assert_eq!(ends("It is 3.14. Yes.").collect::<Vec<_>>(), [11, 16]);
    }
}
