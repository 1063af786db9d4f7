//! Ordinals in front of headings, items and sentences: 第一章, 一、, （一）, 1., （1）, ①, 一是; Chapter 1, (a), First,.

/// The kinds of ordinals, outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// 第一编, 第一篇, 第一部分, Part 1
    Part,
    /// 第一章, Chapter 1
    Chapter,
    /// 第一节, Section 1
    Section,
    /// 一、
    Han,
    /// （一）
    HanInBrackets,
    /// 1. or 1、 or 1)
    Digit,
    /// 1.2
    Decimal(u8),
    /// （1）
    DigitInBrackets,
    /// ①
    Circled,
    /// (a)
    Letter,
    /// 一是; First,
    Clause,
    /// 第一，
    Nth,
    /// a bullet: •, -, *
    Bullet,
}

/// An ordinal in front of some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ordinal {
    pub(crate) kind: Kind,
    /// Its number; 0 for a bullet.
    pub(crate) number: u32,
    /// How many bytes it takes, white space behind it included.
    pub(crate) length: usize,
}

/// The ordinal in front of a text; none if there is none.
pub(crate) fn ordinal(text: &str) -> Option<Ordinal> {
    let found = chapter(text)
        .or_else(|| nth(text))
        .or_else(|| bracketed(text))
        .or_else(|| circled(text))
        .or_else(|| clause(text))
        .or_else(|| han(text))
        .or_else(|| digits(text))
        .or_else(|| english(text))
        .or_else(|| letter(text))
        .or_else(|| bullet(text))?;
    let rest = text.get(found.length..)?;
    let spaces = rest.len() - rest.trim_start().len();
    (!rest.trim().is_empty()).then_some(Ordinal { length: found.length + spaces, ..found })
}

/// The value of a Chinese numeral up to 99 at the start of a text, and how many bytes it takes.
fn numeral(text: &str) -> Option<(u32, usize)> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u32 + 1);
    let (mut value, mut pending, mut length, mut tens) = (0, None, 0, false);
    for c in text.chars() {
        match (digit(c), c) {
            (Some(d), _) if pending.is_none() => pending = Some(d),
            (None, '十') if !tens => {
                value = pending.take().unwrap_or(1) * 10;
                tens = true;
            }
            _ => break,
        }
        length += c.len_utf8();
    }
    let value = value + pending.unwrap_or(0);
    (length > 0).then_some((value, length))
}

/// A plain number of at most three digits at the start of a text.
fn number(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut length = 0;
    for (index, c) in text.chars().enumerate() {
        let half = char::from_u32((c as u32).wrapping_sub(0xfee0)).filter(char::is_ascii_digit).unwrap_or(c);
        let Some(digit) = half.to_digit(10) else { break };
        if index == 3 {
            return None;
        }
        value = value * 10 + digit;
        length += c.len_utf8();
    }
    (length > 0).then_some((value, length))
}

fn chapter(text: &str) -> Option<Ordinal> {
    let inner = text.strip_prefix('第')?;
    let (number, length) = numeral(inner).or_else(|| number(inner))?;
    let rest = inner.get(length..)?;
    let words =
        [("部分", Kind::Part), ("编", Kind::Part), ("篇", Kind::Part), ("章", Kind::Chapter), ("节", Kind::Section)];
    let (word, kind) = words.into_iter().find(|(word, _)| rest.starts_with(word))?;
    let end = '第'.len_utf8() + length + word.len();
    let punctuation = text.get(end..)?.chars().next().filter(|c| "、：:．.".contains(*c));
    Some(Ordinal { kind, number, length: end + punctuation.map_or(0, char::len_utf8) })
}

/// 第一，
fn nth(text: &str) -> Option<Ordinal> {
    let (number, length) = numeral(text.strip_prefix('第')?)?;
    let end = '第'.len_utf8() + length;
    text.get(end..)?.starts_with(['，', '、', '：']).then_some(Ordinal {
        kind: Kind::Nth,
        number,
        length: end + '，'.len_utf8(),
    })
}

fn bracketed(text: &str) -> Option<Ordinal> {
    let open = text.chars().next().filter(|c| matches!(c, '（' | '('))?;
    let inner = text.get(open.len_utf8()..)?;
    let letter = inner.chars().next().filter(char::is_ascii_lowercase).map(|c| (c as u32 - 'a' as u32 + 1, 1));
    let (kind, (number, length)) = match (numeral(inner), number(inner), letter) {
        (Some(found), _, _) => (Kind::HanInBrackets, found),
        (_, Some(found), _) => (Kind::DigitInBrackets, found),
        (_, _, Some(found)) => (Kind::Letter, found),
        _ => return None,
    };
    let close = inner.get(length..)?.chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let end = open.len_utf8() + length + close.len_utf8();
    let behind = text.get(end..)?.chars().next().filter(|c| matches!(c, '、' | '.' | '．'));
    Some(Ordinal { kind, number, length: end + behind.map_or(0, char::len_utf8) })
}

fn circled(text: &str) -> Option<Ordinal> {
    let first = text.chars().next()?;
    let number = match first {
        '①'..='⑳' => first as u32 - '①' as u32 + 1,
        '⑴'..='⒇' => first as u32 - '⑴' as u32 + 1,
        '❶'..='❿' => first as u32 - '❶' as u32 + 1,
        _ => return None,
    };
    Some(Ordinal { kind: Kind::Circled, number, length: first.len_utf8() })
}

/// 一是; First, (with its comma).
fn clause(text: &str) -> Option<Ordinal> {
    if let Some((number, length)) = numeral(text)
        && text.get(length..)?.starts_with('是')
    {
        return Some(Ordinal { kind: Kind::Clause, number, length: length + '是'.len_utf8() });
    }
    const WORDS: [&[&str]; 6] = [
        &["First, ", "Firstly, "],
        &["Second, ", "Secondly, "],
        &["Third, ", "Thirdly, "],
        &["Fourth, ", "Fourthly, "],
        &["Fifth, "],
        &["Sixth, "],
    ];
    WORDS.iter().zip(1..).find_map(|(words, number)| {
        let word = words.iter().find(|word| text.starts_with(**word))?;
        Some(Ordinal { kind: Kind::Clause, number, length: word.len() })
    })
}

fn han(text: &str) -> Option<Ordinal> {
    let (number, length) = numeral(text)?;
    let mark = text.get(length..)?.chars().next().filter(|c| matches!(c, '、' | '．' | '.'))?;
    Some(Ordinal { kind: Kind::Han, number, length: length + mark.len_utf8() })
}

fn digits(text: &str) -> Option<Ordinal> {
    let (first, mut length) = number(text)?;
    let mut number_of = first;
    let mut depth = 0;
    while let Some((next, more)) = text.get(length..)?.strip_prefix('.').and_then(number) {
        number_of = next;
        length += 1 + more;
        depth += 1;
    }
    let behind = text.get(length..)?.chars().next()?;
    if depth > 0 {
        // `1.2 Title`: white space must follow, or it is a figure.
        return (behind.is_whitespace() && depth < 4).then_some(Ordinal {
            kind: Kind::Decimal(depth),
            number: number_of,
            length,
        });
    }
    let spaced =
        |mark: char| text.get(length + mark.len_utf8()..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    let fits = matches!(behind, '、' | '．' | '）')
        || matches!(behind, '.' | ')') && (spaced(behind) || followed_by_han(text, length));
    fits.then_some(Ordinal { kind: Kind::Digit, number: first, length: length + behind.len_utf8() })
}

fn followed_by_han(text: &str, length: usize) -> bool {
    text.get(length + 1..).and_then(|rest| rest.chars().next()).is_some_and(crate::import::ink::is_wide)
}

fn english(text: &str) -> Option<Ordinal> {
    let words = [("Part ", Kind::Part), ("Chapter ", Kind::Chapter), ("Section ", Kind::Section)];
    let (word, kind) = words.into_iter().find(|(word, _)| text.starts_with(word))?;
    let (number, length) = number(text.get(word.len()..)?)?;
    let end = word.len() + length;
    let behind = text.get(end..)?.chars().next().filter(|c| matches!(c, '.' | ':'));
    let length = end + behind.map_or(0, char::len_utf8);
    text.get(length..)?.starts_with(' ').then_some(Ordinal { kind, number, length })
}

/// a) with white space behind it
fn letter(text: &str) -> Option<Ordinal> {
    let first = text.chars().next().filter(char::is_ascii_lowercase)?;
    let spaced = text.get(1..)?.strip_prefix(')')?.starts_with(char::is_whitespace);
    spaced.then_some(Ordinal { kind: Kind::Letter, number: first as u32 - 'a' as u32 + 1, length: 2 })
}

fn bullet(text: &str) -> Option<Ordinal> {
    let first = text.chars().next()?;
    let spaced = text.get(first.len_utf8()..)?.starts_with(char::is_whitespace);
    let fits =
        matches!(first, '•' | '●' | '■' | '◆' | '▪' | '►' | '➢') || matches!(first, '-' | '*' | '–' | '·') && spaced;
    fits.then_some(Ordinal { kind: Kind::Bullet, number: 0, length: first.len_utf8() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_read() {
        for (text, kind, number, length) in [
            ("第十二章 总则", Kind::Chapter, 12, 13),
            ("第3部分：说明", Kind::Part, 3, 13),
            ("一、基本情况", Kind::Han, 1, 6),
            ("（二十三）做法", Kind::HanInBrackets, 23, 15),
            ("1.基本", Kind::Digit, 1, 2),
            ("1. Base", Kind::Digit, 1, 3),
            ("2、基本", Kind::Digit, 2, 4),
            ("（3）基本", Kind::DigitInBrackets, 3, 7),
            ("(b) base", Kind::Letter, 2, 4),
            ("c) base", Kind::Letter, 3, 3),
            ("④基本", Kind::Circled, 4, 3),
            ("三是基本", Kind::Clause, 3, 6),
            ("Second, the rest", Kind::Clause, 2, 8),
            ("1.2 Title", Kind::Decimal(1), 2, 4),
            ("Chapter 4: Ways", Kind::Chapter, 4, 11),
            ("• item", Kind::Bullet, 0, 4),
        ] {
            assert_eq!(ordinal(text), Some(Ordinal { kind, number, length }), "{text}");
        }
    }

    #[test]
    fn figures_are_no_ordinals() {
        for text in [
            "2023年",
            "3.14",
            "1880.49亿元",
            "一家企业",
            "（含税）",
            "第一季度",
            "1.",
            "一是",
            "-5%",
            "5.81%",
            "Partly 1 x",
        ] {
            assert_eq!(ordinal(text), None, "{text}");
        }
    }
}
