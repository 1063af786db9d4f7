//! Written digits as exact decimals, and the words that move the decimal point.

use rust_decimal::Decimal;

use super::Trouble;
use super::scan::Scan;
use crate::diagnostic::Code;

/// More digits than any figure states, and few enough that every sum of them stays exact.
const MOST_DIGITS: usize = 20;

/// A word after a number that multiplies it by a power of ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// The word: `亿`, `million`, or nothing.
    pub word: &'static str,
    /// How many places it moves the decimal point.
    pub power: u32,
    /// Whether the word is Chinese.
    pub chinese: bool,
}

impl Scale {
    /// No word: the number is written in full.
    pub const NONE: Scale = Scale { word: "", power: 0, chinese: false };

    /// Those that are chosen for readers when the written one belongs to another language, largest first.
    pub(super) fn shown(chinese: bool) -> [Scale; 3] {
        if chinese {
            [zh("万亿", 12), zh("亿", 8), zh("万", 4)]
        } else {
            [en("trillion", 12), en("billion", 9), en("million", 6)]
        }
    }
}

/// Every scale that is read.
const SCALES: [Scale; 14] = [
    zh("千", 3),
    zh("万", 4),
    zh("十万", 5),
    zh("百万", 6),
    zh("千万", 7),
    zh("亿", 8),
    zh("十亿", 9),
    zh("百亿", 10),
    zh("千亿", 11),
    zh("万亿", 12),
    en("thousand", 3),
    en("million", 6),
    en("billion", 9),
    en("trillion", 12),
];

const fn zh(word: &'static str, power: u32) -> Scale {
    Scale { word, power, chinese: true }
}

const fn en(word: &'static str, power: u32) -> Scale {
    Scale { word, power, chinese: false }
}

/// The longest scale that stands here, with its length in characters; goes past nothing.
pub(super) fn scale(scan: &Scan) -> Option<(usize, Scale)> {
    SCALES.into_iter().filter_map(|scale| Some((scan.length_of(scale.word)?, scale))).max_by_key(|(length, _)| *length)
}

/// The unsigned number that stands here, its digits after the point kept; none if no digit does.
///
/// Commas are allowed where they part groups of three digits. Fails with [`Code::FactValue`].
pub(super) fn number(scan: &mut Scan) -> Result<Option<Decimal>, Trouble> {
    let is_digit = |char: Option<char>| char.is_some_and(|char| char.is_ascii_digit());
    if !is_digit(scan.peek()) {
        return Ok(None);
    }
    let start = scan.here();
    let mut text = String::new();
    let mut groups = vec![0];
    while let Some(char) = scan.peek() {
        match (char, groups.last_mut()) {
            (',', _) if is_digit(scan.peek_at(1)) => groups.push(0),
            (char, Some(group)) if char.is_ascii_digit() => {
                *group += 1;
                text.push(char);
            }
            _ => break,
        }
        scan.advance();
    }
    if scan.peek() == Some('.') && is_digit(scan.peek_at(1)) {
        text.push('.');
        scan.advance();
        while let Some(char) = scan.peek().filter(char::is_ascii_digit) {
            text.push(char);
            scan.advance();
        }
    }
    let at = scan.since(start);
    scan.skip_space();
    let parted = groups.len() == 1 || groups[0] <= 3 && groups.iter().skip(1).all(|group| *group == 3);
    if !parted {
        return Err(Trouble::new(Code::FactValue, at, "the commas do not stand between groups of three digits")
            .hint("write a decimal point as `.`, and thousands as `1,234` or `1234`"));
    }
    if text.trim_start_matches('0').bytes().filter(u8::is_ascii_digit).count() > MOST_DIGITS {
        return Err(Trouble::new(Code::FactValue, at, format!("a number has at most {MOST_DIGITS} digits")));
    }
    Decimal::from_str_exact(&text)
        .map(Some)
        .map_err(|_| Trouble::new(Code::FactValue, at, "the number cannot be kept exactly"))
}

/// The number with its point moved to the right (left if negative); none if it cannot be kept exactly.
pub(super) fn shift(number: Decimal, places: i64) -> Option<Decimal> {
    let digits = i64::from(number.scale()) - places;
    if let Ok(digits) = u32::try_from(digits) {
        return Decimal::try_from_i128_with_scale(number.mantissa(), digits).ok();
    }
    let factor = 10_i128.checked_pow(u32::try_from(-digits).ok()?)?;
    Decimal::try_from_i128_with_scale(number.mantissa().checked_mul(factor)?, 0).ok()
}

/// The product; none if it cannot be kept exactly.
pub(super) fn multiply(one: Decimal, other: Decimal) -> Option<Decimal> {
    let (one, other) = (one.normalize(), other.normalize());
    let mantissa = one.mantissa().checked_mul(other.mantissa())?;
    Decimal::try_from_i128_with_scale(mantissa, one.scale() + other.scale()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<String>, String> {
        number(&mut Scan::new(text)).map(|read| read.map(|n| n.to_string())).map_err(|trouble| trouble.message)
    }

    #[test]
    fn digits_are_kept_as_written() {
        for (text, expected) in [("5.80", "5.80"), ("1,880.49亿", "1880.49"), ("１２．５％", "12.5"), ("3. ", "3")]
        {
            assert_eq!(read(text), Ok(Some(expected.to_owned())), "{text}");
        }
        assert_eq!(read("亿"), Ok(None));
        assert!(read("1,88").is_err() && read("1234,567").is_err() && read(&"9".repeat(40)).is_err());
    }

    #[test]
    fn points_move_exactly() {
        let number = Decimal::new(188_049, 2);
        assert_eq!(shift(number, 8).unwrap().to_string(), "188049000000");
        assert_eq!(shift(number, -1).unwrap().to_string(), "188.049");
        assert_eq!(shift(Decimal::MAX, 1), None);
    }
}
