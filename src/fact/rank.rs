//! A place among a group, as the source claims it.

use super::scan::{Scan, whole};
use super::{Trouble, is_chinese};
use crate::diagnostic::Code;

/// A claimed place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rank {
    /// The place, from 1.
    pub place: u32,
    /// The group, in the words of the source.
    pub among: Option<String>,
}

const ENGLISH: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

const CHINESE: [(&str, u32); 12] = [
    ("第一", 1),
    ("首位", 1),
    ("榜首", 1),
    ("第二", 2),
    ("第三", 3),
    ("第四", 4),
    ("第五", 5),
    ("第六", 6),
    ("第七", 7),
    ("第八", 8),
    ("第九", 9),
    ("第十", 10),
];

impl Rank {
    /// For readers: `第1（全国城市）` or `first among Chinese cities`.
    pub fn show(&self, language: &str) -> String {
        let place = self.place;
        if is_chinese(language) {
            return self.among.as_ref().map_or(format!("第{place}"), |group| format!("第{place}（{group}）"));
        }
        let named = place.checked_sub(1).and_then(|at| ENGLISH.get(usize::try_from(at).ok()?));
        let place = named.map_or_else(|| format!("{place}{}", ending(place)), |word| (*word).to_owned());
        self.among.as_ref().map_or(place.clone(), |group| format!("{place} among {group}"))
    }
}

/// The letters after an ordinal number.
fn ending(place: u32) -> &'static str {
    match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// The rank that `written` claims: `1`, `1 among Chinese cities`, `first`, `第1（全国城市）`.
///
/// Fails with [`Code::FactValue`].
pub fn read_rank(written: &str) -> Result<Rank, Trouble> {
    let scan = Scan::new(written);
    let text = scan.rest();
    let (place, group) = match text.find(['(', '（']) {
        Some(at) => text.split_at(at),
        None => [" among ", " of "].iter().find_map(|word| text.split_once(word)).unwrap_or((text, "")),
    };
    let trouble = || {
        Trouble::new(Code::FactValue, scan.left(), format!("`{text}` is not a rank"))
            .hint("write `1`, `1 among Chinese cities` or `第1（全国城市）`")
    };
    let place = place_of(place.trim()).ok_or_else(trouble)?;
    let group = group.trim_matches(['(', '（', ')', '）', ' ']);
    Ok(Rank { place, among: (!group.is_empty()).then(|| group.to_owned()) })
}

fn place_of(text: &str) -> Option<u32> {
    let english = || ENGLISH.iter().zip(1..).find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, place)| place);
    let digits = || {
        let plain = Scan::new(text).plain();
        let bare = plain.strip_prefix('第').unwrap_or(&plain).trim_end_matches(['名', '位']);
        let bare = ["st", "nd", "rd", "th"].iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare);
        let all_digits = bare.bytes().all(|byte| byte.is_ascii_digit());
        bare.parse().ok().filter(|place| all_digits && *place > 0)
    };
    let chinese = || whole(text.trim_end_matches(['名', '位']), &CHINESE).or_else(|| whole(text, &CHINESE));
    english().or_else(chinese).or_else(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_read_and_shown() {
        for (text, zh, en) in [
            ("1", "第1", "first"),
            ("1 among Chinese cities", "第1（Chinese cities）", "first among Chinese cities"),
            ("第1（全国城市）", "第1（全国城市）", "first among 全国城市"),
            ("第１名", "第1", "first"),
            ("第一", "第1", "first"),
            ("12th", "第12", "12th"),
            ("101", "第101", "101st"),
            ("second", "第2", "second"),
        ] {
            let rank = read_rank(text).unwrap();
            assert_eq!((rank.show("zh"), rank.show("en")), (zh.to_owned(), en.to_owned()), "{text}");
            assert_eq!(read_rank(&rank.show("en")), Ok(rank.clone()));
            assert_eq!(read_rank(&rank.show("zh")), Ok(rank));
        }
        for text in ["", "0", "-1", "+1", "top", "among cities", "99999999999"] {
            assert!(read_rank(text).is_err(), "{text}");
        }
    }
}
