//! Ids of headings: GitHub's rule, the ordinal in front left out, each only once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use unicode_normalization::char::is_combining_mark;

/// The ids that a body has given out so far.
#[derive(Debug, Default)]
pub(super) struct Ids {
    used: HashSet<Arc<str>>,
    /// The number that the next id of this name gets.
    next: HashMap<String, usize>,
    /// Ids that the author writes somewhere: no made id takes them away.
    written: HashSet<String>,
}

impl Ids {
    /// No ids yet; those written as `{#id}` anywhere in `text` are kept free.
    pub(super) fn new(text: &str) -> Self {
        let mut written = HashSet::new();
        if memchr::memchr(b'{', text.as_bytes()).is_some() {
            let braces = text.lines().filter_map(|line| line.rsplit_once('{'));
            let words = braces.flat_map(|(_, inner)| inner.split('}').next().unwrap_or_default().split_whitespace());
            written.extend(words.filter_map(|word| word.strip_prefix('#')).map(str::to_owned));
        }
        Self { written, ..Self::default() }
    }

    /// `wanted`, or with `-1`, `-2` … behind it if it was given out already.
    pub(super) fn make(&mut self, wanted: &str) -> Arc<str> {
        if let Some(id) = self.make_if_free(wanted) {
            return id;
        }
        let mut number = self.next.get(wanted).copied().unwrap_or(1);
        let id = loop {
            let id = format!("{wanted}-{number}");
            number += 1;
            if let Some(id) = self.make_if_free(&id) {
                break id;
            }
        };
        self.next.insert(wanted.to_owned(), number);
        id
    }

    /// The id as the author wrote it; none if it was given out already.
    pub(super) fn take(&mut self, written: &str) -> Option<Arc<str>> {
        let id: Arc<str> = written.into();
        self.used.insert(id.clone()).then_some(id)
    }

    /// The id if nobody has it.
    pub(super) fn make_if_free(&mut self, wanted: &str) -> Option<Arc<str>> {
        if self.written.contains(wanted) { None } else { self.take(wanted) }
    }

    /// Every id that was given out.
    pub(super) fn into_used(self) -> HashSet<Arc<str>> {
        self.used
    }
}

/// The id of a heading by GitHub's rule: lower case, only letters, digits, marks, `_`, `-`; spaces become `-`.
pub(super) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' => out.push('-'),
            'a'..='z' | '0'..='9' | '-' | '_' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            _ if c.is_ascii() => {}
            _ if c.is_alphanumeric() && !is_other_number(c) || is_combining_mark(c) || is_connector(c) => {
                out.extend(c.to_lowercase());
            }
            _ => {}
        }
    }
    out
}

/// Unicode's category No: superscripts, fractions, circled and bracketed numbers; no words for GitHub.
fn is_other_number(c: char) -> bool {
    c.is_numeric() && !c.is_alphabetic() && !c.is_ascii_digit() && !is_decimal(c)
}

/// The decimal digits of scripts that stand in blocks of ten (the commonest of category Nd).
fn is_decimal(c: char) -> bool {
    matches!(c as u32, 0x660..=0x669 | 0x6F0..=0x6F9 | 0x966..=0x96F | 0x9E6..=0x9EF | 0xE50..=0xE59 | 0xFF10..=0xFF19)
}

/// Unicode's category Pc without `_`.
fn is_connector(c: char) -> bool {
    matches!(c as u32, 0x203F | 0x2040 | 0x2054 | 0xFE33 | 0xFE34 | 0xFE4D..=0xFE4F | 0xFF3F)
}

/// The text behind its ordinal: `一、`, `（二）`, `3.`, `3.1 `, `第一章`. The whole text if there is none, or nothing behind.
pub(super) fn without_ordinal(text: &str) -> &str {
    let text = text.trim();
    let rest = behind_bracketed(text).or_else(|| behind_division(text)).or_else(|| behind_number(text));
    match rest.map(|rest| rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '、'))) {
        Some(rest) if !slug(rest).is_empty() => rest,
        _ => text,
    }
}

fn is_chinese_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '零' | '〇' | '两')
}

/// `text` behind the numerals in front, either Chinese or at most three digits; none if there are none.
fn behind_numerals(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if digits > 0 { &text[digits..] } else { text.trim_start_matches(is_chinese_numeral) };
    (rest.len() < text.len() && digits <= 3).then_some(rest)
}

/// `（二）` and `(3)`.
fn behind_bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['（', '('])?;
    behind_numerals(inner)?.strip_prefix(['）', ')'])
}

/// `第一章` and its sisters. Only behind the larger ones a title may follow at once: `第一节课` is no division.
fn behind_division(text: &str) -> Option<&str> {
    let inner = behind_numerals(text.strip_prefix('第')?)?;
    if let Some(rest) = inner.strip_prefix(['章', '编', '編', '篇', '卷', '条', '條']) {
        return Some(rest);
    }
    let rest = inner.strip_prefix("部分").or_else(|| inner.strip_prefix(['节', '節', '部', '讲', '課', '课', '款']))?;
    rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '、')).then_some(rest)
}

/// `一、`, `3.`, `3、`, `3）` and `3.1 `.
fn behind_number(text: &str) -> Option<&str> {
    let mut rest = behind_numerals(text)?;
    let mut levels = 1;
    while let Some(deeper) = rest.strip_prefix('.').filter(|deeper| deeper.starts_with(|c: char| c.is_ascii_digit())) {
        rest = behind_numerals(deeper)?;
        levels += 1;
    }
    match rest.strip_prefix(['、', '．', '.', '）', ')']) {
        Some(behind) => Some(behind),
        None => (levels > 1 && rest.starts_with(char::is_whitespace)).then_some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_han_characters() {
        assert_eq!(slug("Hello, World! 你好，世界"), "hello-world-你好世界");
        assert_eq!(slug("a_b - c"), "a_b---c");
        assert_eq!(slug("第①节 ½"), "第节-");
    }

    #[test]
    fn ordinals_are_left_out() {
        for text in [
            "一、概况",
            "（二）概况",
            "(3) 概况",
            "3. 概况",
            "3.1 概况",
            "第一章 概况",
            "第十二条概况",
            "第一部分：概况",
        ] {
            assert_eq!(without_ordinal(text), "概况", "{text}");
        }
        for text in ["2023年", "3.5倍", "第一节课", "一带一路", "5 things", "一、", "第一次会议", "2023.5 概况"]
        {
            assert_eq!(without_ordinal(text), text);
        }
    }

    #[test]
    fn ids_are_given_out_once_and_written_ones_are_kept_free() {
        let mut ids = Ids::new("## A\n## B {.c #a}\n");
        assert_eq!(&*ids.make("a"), "a-1");
        assert_eq!(&*ids.make("a"), "a-2");
        assert_eq!(ids.take("a").as_deref(), Some("a"));
        assert_eq!(ids.take("a"), None);
    }
}
