//! Values in words for readers: the language's own scale, and no digit that the source did not write except the zeros
//! that a scale word stood for.

use rust_decimal::Decimal;

use super::number::shift;
use super::{Missing, Quantity, Reading, Scale, Support, SupportLevel, Units, Value, is_chinese};

/// Keeps a number and what belongs to it on one line.
const NO_BREAK: &str = "\u{a0}";

impl Value {
    /// For readers of this language: `1880.49亿元` or `CN¥188.049 billion`, `超过110` or `more than 110`.
    pub fn show(&self, language: &str) -> String {
        match &self.reading {
            Reading::Missing(missing) => missing.show(language).to_owned(),
            Reading::Quantity(quantity) => quantity.show(language),
            Reading::Label(text) | Reading::Version(text) => text.clone(),
            Reading::Support(support) => support.show(language),
            Reading::Date(date) => date.show(language),
        }
    }
}

impl Missing {
    /// For readers: `未说明` or `not stated`.
    pub fn show(self, language: &str) -> &'static str {
        let (zh, en) = match self {
            Missing::NotStated => ("未说明", "not stated"),
            Missing::NotApplicable => ("不适用", "not applicable"),
            Missing::NotCollected => ("未统计", "not collected"),
            Missing::Withheld => ("未公开", "withheld"),
            Missing::Pending => ("待公布", "pending"),
            Missing::Unknown => ("未知", "unknown"),
        };
        if is_chinese(language) { zh } else { en }
    }
}

impl Support {
    /// For readers: `部分（只读）` or `partial (read only)`; the reason stays in the words of the source.
    pub fn show(&self, language: &str) -> String {
        let (zh, en) = match self.level {
            SupportLevel::Yes => ("支持", "yes"),
            SupportLevel::Partial => ("部分支持", "partial"),
            SupportLevel::Planned => ("计划中", "planned"),
            SupportLevel::No => ("不支持", "no"),
        };
        match &self.reason {
            Some(reason) if is_chinese(language) => format!("{zh}（{reason}）"),
            Some(reason) => format!("{en} ({reason})"),
            None => (if is_chinese(language) { zh } else { en }).to_owned(),
        }
    }
}

impl Quantity {
    /// For readers, with its qualifier.
    pub fn show(&self, language: &str) -> String {
        self.qualifier.words(&self.unit, language).to_owned() + &counted(self, language)
    }
}

/// The number, its scale and its unit, without the qualifier.
pub(super) fn counted(quantity: &Quantity, language: &str) -> String {
    let chinese = is_chinese(language);
    let scale = shown_scale(quantity, chinese);
    let show = |number| digits(number, quantity.scale, scale, chinese);
    let sign = if quantity.low.is_sign_negative() && !quantity.low.is_zero() { "−" } else { "" };
    let mut number = show(quantity.low.abs());
    if let Some(high) = quantity.high {
        let high_sign = if high.is_sign_negative() && !high.is_zero() { "−" } else { "" };
        number = format!("{number}–{high_sign}{}", show(high.abs()));
    }
    if !scale.word.is_empty() {
        let space = if scale.chinese { "" } else { NO_BREAK };
        number = format!("{number}{space}{}", scale.word);
    }
    let symbol = symbol(quantity, language);
    let is_word = symbol.starts_with(|c: char| c.is_alphanumeric() && !is_han(c));
    match symbol {
        "" => format!("{sign}{number}"),
        symbol if quantity.unit.is_currency() && !symbol.starts_with(is_han) => {
            let space = if symbol.ends_with(|c: char| c.is_alphanumeric()) { NO_BREAK } else { "" };
            format!("{sign}{symbol}{space}{number}")
        }
        symbol if is_word || !chinese && symbol.starts_with(is_han) => format!("{sign}{number}{NO_BREAK}{symbol}"),
        symbol => format!("{sign}{number}{symbol}"),
    }
}

fn symbol<'q>(quantity: &'q Quantity, language: &str) -> &'q str {
    let one = quantity.high.is_none() && quantity.low == Decimal::ONE;
    if one && quantity.unit.id() == Units::POINT && !is_chinese(language) {
        return "percentage point";
    }
    quantity.unit.symbol(language)
}

fn is_han(char: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&char)
}

/// The scale as written where it is the language's own or none, else the largest of the language that fits.
fn shown_scale(quantity: &Quantity, chinese: bool) -> Scale {
    let written = quantity.scale;
    if written.word.is_empty() || written.chinese == chinese {
        return written;
    }
    let largest = quantity.high.map_or(quantity.low.abs(), |high| high.abs().max(quantity.low.abs()));
    let fits = |scale: &Scale| {
        let shown = shift(largest, i64::from(written.power) - i64::from(scale.power));
        shown.is_some_and(|shown| shown >= Decimal::ONE)
    };
    Scale::shown(chinese).into_iter().find(fits).unwrap_or(Scale::NONE)
}

/// An unsigned number moved from its written scale to the one shown.
fn digits(number: Decimal, from: Scale, to: Scale, chinese: bool) -> String {
    let Some(mut shown) = shift(number, i64::from(from.power) - i64::from(to.power)) else {
        return number.to_string();
    };
    // The zeros of 100亿 need not follow the point in 10 billion; those of 18.80亿 were written to be kept.
    if number.scale() == 0 {
        shown = shown.normalize();
    }
    let text = shown.to_string();
    if chinese {
        return text;
    }
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    fraction.map_or(grouped.clone(), |fraction| format!("{grouped}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{DeclaredUnit, Kind, read_value};

    #[test]
    fn every_language_has_its_own_scale() {
        for (text, unit, zh, en) in [
            ("1880.49亿元", "CNY", "1880.49亿元", "CN¥188.049_billion"),
            ("294.5亿元", "CNY", "294.5亿元", "CN¥29.45_billion"),
            ("100亿元", "CNY", "100亿元", "CN¥10_billion"),
            ("18.80亿元", "CNY", "18.80亿元", "CN¥1.880_billion"),
            ("0.5亿元", "CNY", "0.5亿元", "CN¥50_million"),
            ("3.5万元", "CNY", "3.5万元", "CN¥35,000"),
            ("CN¥1.2 billion", "CNY", "12亿元", "CN¥1.2_billion"),
            ("3–5万亿美元", "USD", "3–5万亿美元", "US$3–5_trillion"),
            ("-5亿欧元", "EUR", "−5亿欧元", "−€500_million"),
            ("1000 yuan", "CNY", "1000元", "CN¥1,000"),
            ("94.90%", "percent", "94.90%", "94.90%"),
            ("不低于30%", "percent", "不低于30%", "at least 30%"),
            ("超过110", "count", "超过110", "more than 110"),
            ("11996", "count", "11996", "11,996"),
            ("1.2 thousand", "count", "1200", "1.2_thousand"),
            ("100家以上", "count", "至少100", "at least 100"),
            ("近100", "count", "近100", "nearly 100"),
            ("withheld", "count", "未公开", "withheld"),
        ] {
            let units = Units::default();
            let value = read_value(text, Kind::Flow, units.get(unit), &units).unwrap();
            let en = en.replace('_', NO_BREAK);
            assert_eq!((value.show("zh-CN"), value.show("fr")), (zh.to_owned(), en), "{text}");
        }
    }

    #[test]
    fn declared_units_stand_where_their_language_puts_them() {
        let symbols = [("en".to_owned(), "km²".to_owned()), ("zh".to_owned(), "平方公里".to_owned())].into();
        let (units, _) = Units::with([DeclaredUnit { id: "km2".to_owned(), symbols, ..DeclaredUnit::default() }]);
        let value = read_value("1.5万平方公里", Kind::Stock, units.get("km2"), &units).unwrap();
        assert_eq!(value.show("zh"), "1.5万平方公里");
        assert_eq!(value.show("en"), "15,000\u{a0}km²");
    }
}
