//! Figures in running text: where a number stands together with its unit.

use std::ops::Range;

use super::Units;
use super::amount::{range_end, term_end};
use super::qualifier;

/// How many characters behind its first digit a figure is looked for in.
const REACH: usize = 40;

/// Every figure with a unit in a text, as byte ranges from left to right that do not overlap. A qualifier, a minus, a sign of a
/// currency and the second end of a range belong to it: `超过110家`, `CN¥3–5 billion`, `30%以上`. A bare number and a
/// year are none.
pub fn figures(text: &str, units: &Units) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = vec![];
    // The two characters in front: `1,880` has one number and `，880` another.
    let mut before = [None; 2];
    for (at, c) in text.char_indices() {
        let inside = match before {
            [_, Some(last)] if is_digit(last) || last.is_ascii_alphabetic() || "+第".contains(last) => true,
            [Some(first), Some(last)] => is_digit(first) && ".,，．".contains(last),
            _ => false,
        };
        let starts = is_digit(c) && !inside;
        before = [before[1], Some(c)];
        let last = found.last().map_or(0, |found| found.end);
        if !starts || at < last {
            continue;
        }
        let start = start(text.get(last..at).unwrap_or_default()) + last;
        let reach =
            text.get(at..).unwrap_or_default().char_indices().nth(REACH).map_or(text.len(), |(more, _)| at + more);
        let Some(piece) = text.get(start..reach) else { continue };
        if let Some(length) = range_end(piece, units).or_else(|| term_end(piece, units)) {
            found.push(start..start + length);
        }
    }
    found
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Where a figure begins of which the first digit stands behind this text.
fn start(before: &str) -> usize {
    let tail = before.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    let near = before.get(tail..).unwrap_or_default();
    let sign = near.trim_end_matches(['¥', '$', '€', '￥']);
    let currency = if sign.len() < near.len() { sign.trim_end_matches(|c: char| c.is_ascii_uppercase()) } else { near };
    tail + qualifier::start_of(negative(currency))
}

/// A text without the minus at its end. A hyphen behind a letter or a digit is none: `COVID-19`.
fn negative(before: &str) -> &str {
    let number = before.strip_suffix(['-', '−', '－']).unwrap_or(before);
    if number.ends_with(|c: char| c.is_ascii_alphanumeric()) { before } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        figures(text, &Units::default()).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn figures_have_units() {
        assert_eq!(
            found("2022年，投入1880.49亿元，强度5.81%，占94.9%，较上年增加3.31个百分点。"),
            ["1880.49亿元", "5.81%", "94.9%", "3.31个百分点"]
        );
        assert_eq!(
            found("不低于30%的投入，13个实验室和5家中心，召开20余场座谈会"),
            ["不低于30%", "13个", "5家", "20余场"]
        );
        assert_eq!(found("It spent CN¥3.5 billion in 2022, more than 12% of it."), ["CN¥3.5 billion", "more than 12%"]);
        assert_eq!(found("投资3–5亿元，1,880.5亿元"), ["3–5亿元", "1,880.5亿元"]);
        assert_eq!(found("同比约-3.1%，M-20万元"), ["约-3.1%", "20万元"]);
        assert_eq!(found("“20+8”集群，第1条，2023年11月，v1.2，12345"), Vec::<&str>::new());
    }
}
