//! The filters that templates have beside Tera's own.

use jiff::civil::Date;
use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Registers the filters for templates of the language with this tag.
pub(super) fn register(tera: &mut Tera, tag: &str) {
    tera.register_filter("fill", fill);
    tera.register_filter("thousands", |number: i64, _: Kwargs, _: &State| thousands(number));
    let tag = tag.to_owned();
    tera.register_filter("date", move |day: &str, _: Kwargs, _: &State| date(day, &tag));
}

/// Puts arguments into a text: `{{ "{n} pages" | fill(n=3) }}` is `3 pages`.
fn fill(text: &str, arguments: Kwargs, _: &State) -> TeraResult<String> {
    let mut filled = text.to_owned();
    for (name, value) in arguments.iter() {
        filled = filled.replace(&format!("{{{name}}}"), &shown(value));
    }
    Ok(filled)
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A number with a comma between groups of three digits.
fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if number < 0 { format!("-{grouped}") } else { grouped }
}

/// A day, month or year (`2023-11-30`, `2023-11`, `2023`) in the long form of a language; anything else stays as it is.
fn date(written: &str, tag: &str) -> String {
    let parts = written.matches('-').count();
    let whole = match parts {
        0 if written.len() == 4 => format!("{written}-01-01"),
        1 => format!("{written}-01"),
        _ => written.to_owned(),
    };
    let Ok(day) = whole.parse::<Date>() else { return written.to_owned() };
    let (year, month, number) = (day.year(), day.month(), day.day());
    match (tag.split('-').next().unwrap_or(tag), parts) {
        ("zh" | "ja", 0) => format!("{year}年"),
        ("zh" | "ja", 1) => format!("{year}年{month}月"),
        ("zh" | "ja", _) => format!("{year}年{month}月{number}日"),
        ("en", 1) => format!("{} {year}", english_month(month)),
        ("en", 2) => format!("{number} {} {year}", english_month(month)),
        _ => written.to_owned(),
    }
}

fn english_month(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_language_writes_them() {
        assert_eq!(date("2023-11-30", "zh-Hans"), "2023年11月30日");
        assert_eq!(date("2023-11-30", "en"), "30 November 2023");
        assert_eq!(date("2023-11-30", "sv"), "2023-11-30");
        assert_eq!(date("2023-12", "zh"), "2023年12月");
        assert_eq!(date("2023-12", "en"), "December 2023");
        assert_eq!(date("2023", "zh"), "2023年");
        assert_eq!(date("late 2023", "en"), "late 2023");
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(-12), "-12");
    }
}
