//! `REVIEW.md`: every doubt with its place, its rule, an excerpt and what can be chosen.

use std::fmt::Write as _;

use super::doubt::{Doubt, RULES, Rule, Weight};
use super::escape::{Care, plain};

/// The most doubts of one weight that are listed; all of them stand in the ledger.
const MOST: usize = 2000;

/// What stands in front of the first source: a draft, so that no build publishes it.
const HEAD: &str = "---\ntitle: REVIEW\ndraft: true\nsearch: false\n---\n";

/// One source's part of `REVIEW.md`; it begins with a heading that names the source.
///
/// `unit` is what a line is there (`line`, `paragraph`, `block`).
pub(crate) fn section(name: &str, unit: &str, doubts: &[Doubt], chinese: bool) -> String {
    let mut out = format!("## {}\n", heading(name));
    let (open, decided): (Vec<&Doubt>, Vec<&Doubt>) = doubts.iter().partition(|doubt| doubt.is_open());
    let of = |weight| open.iter().copied().filter(move |doubt| doubt.weight == weight).collect::<Vec<_>>();
    let (doubts, offers) = (of(Weight::Doubt), of(Weight::Offer));
    let _ = match chinese {
        true => writeln!(
            out,
            "\n{} 处待定，{} 条建议，{} 处已定。第一个选项是现在的做法；用 `fangzhi import {name} --into … --accept 编号=选项` 决定，或写进配方的 `decisions`。",
            doubts.len(),
            offers.len(),
            decided.len()
        ),
        false => writeln!(
            out,
            "\n{} doubts, {} offers, {} decided. The first choice is what is done now; decide with `fangzhi import {name} --into … --accept ID=CHOICE`, or under `decisions` in the recipe.",
            doubts.len(),
            offers.len(),
            decided.len()
        ),
    };
    for (title, list) in [(["待定", "Doubts"], doubts), (["建议", "Offers"], offers), (["已定", "Decided"], decided)]
    {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n### {}", title[usize::from(!chinese)]);
        for rule in RULES {
            group(rule, name, unit, list.iter().copied().filter(|doubt| doubt.rule == rule.name), chinese, &mut out);
        }
    }
    out
}

fn group<'d>(
    rule: &Rule,
    name: &str,
    unit: &str,
    doubts: impl Iterator<Item = &'d Doubt>,
    chinese: bool,
    out: &mut String,
) {
    let mut doubts = doubts.peekable();
    if doubts.peek().is_none() {
        return;
    }
    let _ = writeln!(out, "\n**{}**: {}\n", rule.name, if chinese { rule.zh } else { rule.en });
    let mut left = 0;
    for (index, doubt) in doubts.enumerate() {
        if index >= MOST {
            left += 1;
            continue;
        }
        let place = match unit {
            "line" => format!("{name}:{}", doubt.lines),
            unit => format!("{name}, {unit} {}", doubt.lines),
        };
        let mut choices: Vec<String> = doubt.choices.iter().map(|choice| format!("`{choice}`")).collect();
        if doubt.free {
            choices.push(if chinese { "指标的名称".into() } else { "an indicator's id".into() });
        }
        let (separator, colon) = if chinese { ("、", "：") } else { (", ", ": ") };
        let chosen = doubt.chosen.as_ref().map(|chosen| format!(" → `{chosen}`")).unwrap_or_default();
        let _ = writeln!(
            out,
            "- `{place}` `{}`{chosen}{colon}{}\n  {}",
            doubt.id,
            plain(&doubt.excerpt, Care::Nice, " "),
            choices.join(separator)
        );
    }
    if left > 0 {
        let _ = match chinese {
            true => writeln!(out, "- 还有 {left} 处，见台账"),
            false => writeln!(out, "- {left} more in the ledger"),
        };
    }
}

fn heading(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).collect()
}

/// The whole of `REVIEW.md` with one source's part put in or replaced; the parts of other sources stay as they are.
pub fn merged(existing: Option<&str>, name: &str, section: &str) -> String {
    let mut parts: Vec<(String, String)> = existing.map(parts).unwrap_or_default();
    parts.retain(|(own, _)| *own != heading(name));
    parts.push((heading(name), section.to_owned()));
    parts.sort();
    let parts: Vec<String> = parts.into_iter().map(|(_, text)| text.trim_end().to_owned() + "\n").collect();
    format!("{HEAD}\n{}", parts.join("\n"))
}

/// One source's part of a `REVIEW.md`; none if it has none, or the file is not one that an import wrote.
pub fn part(existing: &str, name: &str) -> Option<String> {
    parts(existing)
        .into_iter()
        .find(|(own, _)| *own == heading(name))
        .map(|(_, text)| text.trim_end().to_owned() + "\n")
}

/// Whether a text is a `REVIEW.md` that an import wrote.
pub fn is_ours(existing: &str) -> bool {
    existing.starts_with(HEAD)
}

fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = vec![];
    for line in text.strip_prefix(HEAD).unwrap_or_default().split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("## ") {
            parts.push((name.trim_end().to_owned(), String::new()));
        }
        if let Some((_, part)) = parts.last_mut() {
            part.push_str(line);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_other_sources_stay() {
        let one = merged(None, "b.txt", "## b.txt\n\nx\n");
        let two = merged(Some(&one), "a.txt", "## a.txt\n\ny\n");
        assert_eq!(two, format!("{HEAD}\n## a.txt\n\ny\n\n## b.txt\n\nx\n"));
        assert_eq!(merged(Some(&two), "b.txt", "## b.txt\n\nz\n"), two.replace("\nx\n", "\nz\n"));
        assert_eq!(part(&two, "a.txt").as_deref(), Some("## a.txt\n\ny\n"));
        assert!(is_ours(&two) && !is_ours("# mine\n"));
    }
}
