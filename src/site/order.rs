//! The order of pages: Chinese ordinals as numbers, weight, sort key, then titles as a dictionary of the language has
//! them (ICU; pinyin for Chinese). The only door of `icu_collator` and `pinyin`.

use std::borrow::Cow;
use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use pinyin::ToPinyin as _;

use super::Page;
use crate::document::FrontMatter;

/// What a page's place among its siblings hangs on, before its title.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct SortKey {
    ordinal: Option<u32>,
    weight: i64,
    key: Option<String>,
}

impl SortKey {
    /// The key of a page with this title and front matter. Without a weight a page stands behind those with one.
    pub(super) fn of(title: &str, front: &FrontMatter) -> Self {
        Self { ordinal: ordinal(title), weight: front.weight.unwrap_or(i64::MAX), key: front.sort_key.clone() }
    }

    fn compare(&self, other: &Self) -> Ordering {
        last_if_none(self.ordinal.as_ref(), other.ordinal.as_ref())
            .then(self.weight.cmp(&other.weight))
            .then_with(|| last_if_none(self.key.as_ref(), other.key.as_ref()))
    }
}

fn last_if_none<T: Ord>(one: Option<&T>, other: Option<&T>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => one.cmp(other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// How titles are ordered in one language.
pub struct TitleOrder {
    collator: Option<CollatorBorrowed<'static>>,
    chinese: bool,
}

impl TitleOrder {
    /// The order of the language with this tag; by code point if ICU does not know it.
    pub fn of(tag: &str) -> Self {
        let locale: Option<icu_locale::Locale> = tag.parse().ok();
        let collator = locale.and_then(|locale| Collator::try_new(locale.into(), CollatorOptions::default()).ok());
        Self { collator, chinese: tag.starts_with("zh") }
    }

    /// Compares by key, then by title.
    pub(super) fn keyed(&self, one: (&SortKey, &str), other: (&SortKey, &str)) -> Ordering {
        one.0.compare(other.0).then_with(|| self.compare(one.1, other.1))
    }

    /// Compares titles.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        let respelt = |title| if self.chinese { respelt(title) } else { Cow::Borrowed(title) };
        let (one, other) = (respelt(one), respelt(other));
        self.collator.as_ref().map_or_else(|| one.cmp(&other), |collator| collator.compare(&one, &other))
    }
}

/// The positions from the home page down to a page: comparing these is comparing the order of the whole site.
pub(super) fn line(pages: &[Page], page: &Page) -> Vec<usize> {
    let mut line = vec![];
    let mut at = page;
    while let Some(parent) = at.parent.map(|parent| &pages[parent.index()]) {
        line.push(at.position);
        at = parent;
    }
    line.reverse();
    line
}

/// Names whose first character is read otherwise than ICU and `pinyin` read it alone, with one that sounds right.
const NAMES: [(&str, char); 22] = [
    ("厦门", '下'),
    ("长沙", '常'),
    ("长春", '常'),
    ("长江", '常'),
    ("长三角", '常'),
    ("长治", '常'),
    ("长安", '常'),
    ("重庆", '虫'),
    ("重阳", '虫'),
    ("朝阳", '潮'),
    ("六安", '路'),
    ("蚌埠", '棒'),
    ("台州", '胎'),
    ("丽水", '离'),
    ("乐清", '月'),
    ("都江堰", '督'),
    ("行业", '杭'),
    ("银行", '银'),
    ("曾", '增'),
    ("单县", '善'),
    ("解州", '谢'),
    ("仇", '求'),
];

/// The title with the first character of a name that is read in its own way replaced by one that sounds like it.
fn respelt(title: &str) -> Cow<'_, str> {
    let name = NAMES.iter().find(|(name, _)| title.starts_with(name));
    name.map_or(Cow::Borrowed(title), |(_, sound)| {
        Cow::Owned(std::iter::once(*sound).chain(title.chars().skip(1)).collect())
    })
}

/// The letter under which an index from A to Z lists a title: the first of its pinyin, or of its Latin name; `#` for
/// all else.
pub fn index_letter(title: &str) -> char {
    let respelt = respelt(title.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let first = respelt.chars().next().unwrap_or('#');
    let letter = match first.to_pinyin() {
        Some(reading) => reading.first_letter().chars().next(),
        None => Some(first),
    };
    letter.map(|letter| letter.to_ascii_uppercase()).filter(char::is_ascii_uppercase).unwrap_or('#')
}

/// The first character that a seal shows of a name.
pub fn initial(title: &str) -> Option<char> {
    title.chars().find(|c| c.is_alphanumeric())
}

/// The number in front of a title: `一、`, `（二）`, `第三章`, `4.`; none if it has none.
fn ordinal(title: &str) -> Option<u32> {
    let title = title.trim_start();
    let (inner, wrapped) = match title.strip_prefix(['（', '(']) {
        Some(rest) => (rest.split_once(['）', ')'])?.0, true),
        None => (title, false),
    };
    let (inner, counted) = match inner.strip_prefix('第') {
        Some(rest) => (rest, true),
        None => (inner, false),
    };
    let end = inner.find(|c: char| !"〇零一二三四五六七八九十百0123456789".contains(c)).unwrap_or(inner.len());
    let (number, rest) = inner.split_at(end);
    let ends_well = match rest.chars().next() {
        None => wrapped,
        Some(next) if counted => "章节篇条部回讲课编卷".contains(next),
        Some(next) => {
            wrapped || "、．.".contains(next) && !rest[next.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
        }
    };
    if number.is_empty() || !ends_well { None } else { chinese_number(number) }
}

/// A whole number below a thousand in Chinese or ASCII digits.
fn chinese_number(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let (mut total, mut digit) = (0_u32, None);
    for c in text.chars() {
        let scale = match c {
            '十' => 10,
            '百' => 100,
            _ => {
                let value = "零一二三四五六七八九".chars().position(|known| known == c).or((c == '〇').then_some(0))?;
                digit = u32::try_from(value).ok();
                continue;
            }
        };
        total += digit.take().unwrap_or(1) * scale;
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_numbers() {
        assert_eq!(ordinal("一、总则"), Some(1));
        assert_eq!(ordinal("（十二）其他"), Some(12));
        assert_eq!(ordinal("第二十三章 附则"), Some(23));
        assert_eq!(ordinal("3. Third"), Some(3));
        assert_eq!(ordinal("一体化"), None);
        assert_eq!(ordinal("2023年"), None);
        assert_eq!(ordinal("1.5 度"), None);
    }

    #[test]
    fn titles_are_in_the_order_of_a_dictionary() {
        let order = TitleOrder::of("zh-Hans");
        let mut names = ["郑州", "厦门", "长沙", "西安", "重庆", "大连", "曾国藩", "深圳"];
        names.sort_by(|one, other| order.compare(one, other));
        assert_eq!(names, ["长沙", "重庆", "大连", "深圳", "西安", "厦门", "曾国藩", "郑州"]);
        let mut chapters = ["第十章", "附录", "第二章", "第一章"];
        let key = |title: &str| SortKey::of(title, &FrontMatter::default());
        chapters.sort_by(|one, other| order.keyed((&key(one), one), (&key(other), other)));
        assert_eq!(chapters, ["第一章", "第二章", "第十章", "附录"]);
    }

    #[test]
    fn letters_follow_the_pinyin() {
        assert_eq!(index_letter("深圳"), 'S');
        assert_eq!(index_letter("“厦门”"), 'X');
        assert_eq!(index_letter("rust"), 'R');
        assert_eq!(index_letter("9 月"), '#');
    }
}
