//! Bylines: who reports, and in what role, on a line of its own.

use super::sentence::{Ending, ending};
use crate::import::ink::{count, is_han, is_ink, width};

/// A byline taken apart. Its ink is that of the line: label, name and role together, nothing added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Byline {
    /// What stood around the name and role: `文/`, `By`, a comma, brackets.
    pub(crate) label: String,
    /// Who.
    pub(crate) name: String,
    /// In what role, bureau included; empty if the line does not say.
    pub(crate) role: String,
}

/// Words in which the name of a bureau ends.
const BODIES: &[&str] = &[
    "局",
    "委",
    "厅",
    "部",
    "院",
    "大学",
    "学院",
    "公司",
    "集团",
    "中心",
    "办公室",
    "政府",
    "研究所",
    "协会",
    "学会",
    "报社",
    "市",
    "区",
    "县",
];
/// Words in which a role ends.
const ROLES: &[&str] = &[
    "书记",
    "主任",
    "局长",
    "厅长",
    "部长",
    "院长",
    "所长",
    "校长",
    "市长",
    "区长",
    "县长",
    "省长",
    "处长",
    "科长",
    "主席",
    "会长",
    "理事长",
    "秘书长",
    "董事长",
    "总经理",
    "总裁",
    "总监",
    "经理",
    "教授",
    "研究员",
    "院士",
    "记者",
    "组长",
    "成员",
    "委员",
    "负责人",
    "巡视员",
    "调研员",
];
const ENGLISH_ROLES: &[&str] = &[
    "Director",
    "Secretary",
    "Mayor",
    "Head",
    "Chair",
    "Chief",
    "Professor",
    "Minister",
    "President",
    "Commissioner",
    "Manager",
    "Dean",
    "Officer",
    "Reporter",
    "Correspondent",
    "Editor",
    "Researcher",
];

/// The byline that a line is; none if it is none.
pub(crate) fn byline(text: &str) -> Option<Byline> {
    let text = text.trim_matches(|c| !is_ink(c));
    if text.is_empty() || width(text) > 160 || ending(text) == Ending::Open {
        return None;
    }
    chinese(text).or_else(|| english(text))
}

fn chinese(text: &str) -> Option<Byline> {
    const LABELS: &[&str] =
        &["文/", "文／", "□", "■", "◎", "本报记者", "特约记者", "记者", "作者：", "作者:", "撰稿：", "供稿："];
    if ending(text) == Ending::Closed || text.contains(['。', '，', '；']) {
        return None;
    }
    let label = LABELS.iter().find(|label| text.starts_with(**label)).copied().unwrap_or("");
    let rest = text.get(label.len()..)?.trim_start();
    if let Some((name, role)) = rest.split_once(['（', '('])
        && let Some(role) = role.strip_suffix(['）', ')'])
        && let Some(name) = person(name)
        && is_role(role)
    {
        let brackets: String = rest.chars().filter(|c| matches!(c, '（' | '(' | '）' | ')')).collect();
        // Brackets inside the role would be counted twice: such a line is read without taking it apart.
        return (brackets.chars().count() == 2).then(|| Byline {
            label: format!("{label}{brackets}"),
            name,
            role: role.to_owned(),
        });
    }
    let (name, role) = first_name(rest)?;
    let known = is_role(role) || role.is_empty() && !label.is_empty();
    known.then(|| Byline { label: label.to_owned(), name, role: role.to_owned() })
}

/// The name in front, and what follows it: `张林 某局局长`, `李　明　某局局长`.
fn first_name(text: &str) -> Option<(String, &str)> {
    let cut = |text: &'_ str| text.find(|c: char| !is_ink(c)).unwrap_or(text.len());
    let end = cut(text);
    let (first, rest) = (text.get(..end)?, text.get(end..)?.trim_start());
    if first.chars().count() == 1 {
        let end = cut(rest);
        return Some((person(&format!("{first}{}", rest.get(..end)?))?, rest.get(end..)?.trim_start()));
    }
    Some((person(first)?, rest))
}

/// A Chinese name: two to four Han characters, or longer parts with a point between them.
fn person(text: &str) -> Option<String> {
    let name: String = text.chars().filter(|c| is_ink(*c)).collect();
    let parts: Vec<&str> = name.split('·').collect();
    let limit = if parts.len() > 1 { 12 } else { 4 };
    let han = parts.iter().all(|part| !part.is_empty() && part.chars().all(is_han));
    let fits = han && (2..=limit).contains(&count(&name)) && !ROLES.iter().any(|role| name.ends_with(role));
    (fits && !BODIES[..9].iter().any(|body| name.ends_with(body))).then_some(name)
}

fn is_role(text: &str) -> bool {
    let text = text.trim_end_matches(|c| !is_ink(c));
    ROLES.iter().any(|role| text.ends_with(role)) && (BODIES.iter().any(|body| text.contains(body)) || count(text) <= 4)
}

fn english(text: &str) -> Option<Byline> {
    let (label, rest) = match text.strip_prefix("By ").or_else(|| text.strip_prefix("by ")) {
        Some(rest) => ("By", rest.trim_start()),
        None => ("", text),
    };
    if rest.chars().any(is_han) || rest.ends_with('.') {
        return None;
    }
    let label = if label.is_empty() { "" } else { text.get(..2)? };
    let (name, role) = match rest.split_once(',') {
        Some((name, role)) => (name.trim(), role.trim()),
        None => (rest, ""),
    };
    let role_known =
        ENGLISH_ROLES.iter().any(|word| role.split(|c: char| !c.is_alphabetic()).any(|part| part == *word));
    let fits = western(name) && (role_known || role.is_empty() && !label.is_empty());
    let comma = if role.is_empty() { "" } else { "," };
    fits.then(|| Byline { label: format!("{label}{comma}"), name: name.to_owned(), role: role.to_owned() })
}

/// Two to five words that begin with a capital, `and` and `de` allowed between.
fn western(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c))
    };
    let particle = |word: &&str| matches!(*word, "and" | "de" | "van" | "von" | "der" | "bin" | "al");
    (2..=6).contains(&words.len())
        && words.iter().all(|word| capital(word) || particle(word))
        && words.first().is_some_and(capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_taken_apart() {
        for (text, label, name, role) in [
            ("王一 某市科学技术局党组书记、局长", "", "王一", "某市科学技术局党组书记、局长"),
            ("王　一　某市科学技术局局长", "", "王一", "某市科学技术局局长"),
            ("文/王一二（某市发展研究中心主任）", "文/（）", "王一二", "某市发展研究中心主任"),
            ("本报记者 王一", "本报记者", "王一", ""),
            (
                "By Jane Doe, Director, Harbour City Science Bureau",
                "By,",
                "Jane Doe",
                "Director, Harbour City Science Bureau",
            ),
            ("Jane A. Doe, Head of the Office", ",", "Jane A. Doe", "Head of the Office"),
        ] {
            let expected = Byline { label: label.into(), name: name.into(), role: role.into() };
            assert_eq!(byline(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_lines_are_no_bylines() {
        for text in [
            "建设科创中心",
            "全市 科技工作取得成效。",
            "近年来，某市局长",
            "",
            "By all means, go on.",
            "However, Director",
            "党组书记 局长",
        ] {
            assert_eq!(byline(text), None, "{text}");
        }
    }
}
