//! Fields in a report's head: title, date, issuing body, document number, as they are written.

use crate::fact::MONTHS;
use crate::import::ink::{is_han, is_ink, width};

/// What a field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// The title.
    Title,
    /// The author.
    Author,
    /// The date.
    Date,
    /// The body that issued it.
    Issuer,
    /// The document's number.
    Number,
    /// Where it was printed before.
    Printed,
    /// Key words.
    Keywords,
}

impl Key {
    /// The name in the ledger and in front matter's `extra`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Key::Title => "title",
            Key::Author => "author",
            Key::Date => "date",
            Key::Issuer => "issuer",
            Key::Number => "number",
            Key::Printed => "printed",
            Key::Keywords => "keywords",
        }
    }
}

/// A field taken apart: its ink is that of label and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) key: Key,
    /// What named it, colon included; empty where the value speaks for itself.
    pub(crate) label: String,
    pub(crate) value: String,
}

const LABELS: &[(Key, &[&str])] = &[
    (Key::Title, &["标题", "题目", "题名", "Title"]),
    (Key::Author, &["作者", "撰稿", "供稿", "Author"]),
    (Key::Date, &["日期", "发布日期", "成文日期", "印发日期", "发布时间", "Date", "Published"]),
    (Key::Issuer, &["发文机关", "发布机构", "发文单位", "印发机关", "发布单位", "Issued by", "Issuer"]),
    (Key::Number, &["文号", "发文字号", "文件编号", "Document No.", "Document number"]),
    (Key::Printed, &["来源", "信息来源", "Source"]),
    (Key::Keywords, &["关键词", "主题词", "Keywords"]),
];

/// The field that a line is; none if it is none.
pub(crate) fn field(text: &str) -> Option<Field> {
    let text = text.trim_matches(|c| !is_ink(c));
    if width(text) > 200 {
        return None;
    }
    labelled(text).or_else(|| bare(text))
}

fn labelled(text: &str) -> Option<Field> {
    let (before, value) = text.split_once(['：', ':'])?;
    let colon = text.get(before.len()..text.len() - value.len())?;
    let name: String = before.chars().filter(|c| !c.is_whitespace() || before.is_ascii()).collect();
    let (key, _) = LABELS.iter().find(|(_, names)| names.contains(&name.trim()))?;
    let value = value.trim();
    let date_missing = *key == Key::Date && iso(value).is_none();
    (!value.is_empty() && !date_missing).then(|| Field {
        key: *key,
        label: format!("{before}{colon}"),
        value: value.to_owned(),
    })
}

fn bare(text: &str) -> Option<Field> {
    let key = if is_number(text) {
        Key::Number
    } else if iso(text).is_some() && !text.chars().all(|c| c.is_ascii_digit()) {
        Key::Date
    } else {
        return None;
    };
    Some(Field { key, label: String::new(), value: text.to_owned() })
}

/// Whether a line is a document's number: 某科发〔2023〕12号.
fn is_number(text: &str) -> bool {
    let Some((body, rest)) = text.split_once(['〔', '［', '[']) else { return false };
    let Some((year, serial)) = rest.split_once(['〕', '］', ']']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    (1..=15).contains(&body.chars().count())
        && body.chars().all(is_han)
        && year.len() == 4
        && digits(year)
        && serial.strip_suffix('号').is_some_and(digits)
}

/// A written date in ISO 8601, as far as it goes: `2023年12月1日`, `2023年12月`, `2023-12-01`, `1 December 2023`,
/// `December 1, 2023`. None if the text is anything else, or no such day can be.
pub(crate) fn iso(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() || text.is_ascii()).collect();
    let (year, month, day) = chinese_date(&text).or_else(|| dashed(&text)).or_else(|| english_date(&text))?;
    let days = match month {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) => 29,
        _ => 31,
    };
    if !(1000..=2999).contains(&year)
        || month.is_some_and(|m| !(1..=12).contains(&m))
        || day.is_some_and(|d| !(1..=days).contains(&d))
    {
        return None;
    }
    Some(match (month, day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    })
}

type Date = (u32, Option<u32>, Option<u32>);

fn chinese_date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('年')?;
    let year = year.parse().ok()?;
    if rest.is_empty() {
        return Some((year, None, None));
    }
    let (month, rest) = rest.split_once('月')?;
    let day = match rest {
        "" => None,
        rest => Some(rest.strip_suffix('日')?.parse().ok()?),
    };
    Some((year, Some(month.parse().ok()?), day))
}

fn dashed(text: &str) -> Option<Date> {
    let mut parts = text.split(['-', '/', '.']);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next().map(str::parse).transpose().ok()?;
    parts.next().is_none().then_some((year, Some(month), day))
}

fn english_date(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let month = |word: &str| MONTHS.iter().position(|name| *name == word).map(|at| at as u32 + 1);
    match words.as_slice() {
        [day, name, year] if month(name).is_some() => Some((year.parse().ok()?, month(name), Some(day.parse().ok()?))),
        [name, day, year] if month(name).is_some() => Some((year.parse().ok()?, month(name), Some(day.parse().ok()?))),
        [name, year] if month(name).is_some() => Some((year.parse().ok()?, month(name), None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_taken_apart() {
        for (text, key, label, value) in [
            ("发布日期：2023年12月1日", Key::Date, "发布日期：", "2023年12月1日"),
            ("某科发〔2023〕12号", Key::Number, "", "某科发〔2023〕12号"),
            ("2023 年 12 月", Key::Date, "", "2023 年 12 月"),
            ("Issued by: Harbour City", Key::Issuer, "Issued by:", "Harbour City"),
        ] {
            assert_eq!(field(text), Some(Field { key, label: label.into(), value: value.into() }), "{text}");
        }
        for text in ["地点：某市", "日期：待定", "2023", "主题：", "2023年的工作", "近年来"] {
            assert_eq!(field(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_never_guessed() {
        for (text, expected) in [
            ("2023年12月1日", Some("2023-12-01")),
            ("2023年", Some("2023")),
            ("December 1, 2023", Some("2023-12-01")),
            ("1 December 2023", Some("2023-12-01")),
            ("2023/2/9", Some("2023-02-09")),
            ("2023年13月", None),
            ("2023年2月30日", None),
            ("今年", None),
        ] {
            assert_eq!(iso(text).as_deref(), expected, "{text}");
        }
    }
}
